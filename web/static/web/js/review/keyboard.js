// The keys of the page of one invoice; what they do stands in its help.
import { onKeys } from "../keys.js";

export function startKeyboard(panel, viewer) {
  const press = (selector) => () => document.querySelector(selector)?.click();
  const focus = (selector) => () => document.querySelector(selector)?.focus();
  onKeys({
    j: press("[data-next]"),
    k: press("[data-previous]"),
    n: () => panel.nextDoubtful(),
    x: press("[data-open-dialog=reject-dialog]"),
    c: focus("#comment"),
    "?": press("[data-open-dialog=review-help]"),
    "/": find,
    "+": () => viewer.act("larger"),
    "=": () => viewer.act("larger"),
    "-": () => viewer.act("smaller"),
    0: () => viewer.act("fit"),
    r: () => viewer.act("turn"),
    "[": () => viewer.act("back"),
    "]": () => viewer.act("forth"),
  });
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      panel.approve(document.querySelector("[data-approve]"));
    } else if (event.altKey && event.code === "KeyN") {
      event.preventDefault();
      panel.nextDoubtful();
    }
  });
}

// The search stands on the page where there is room, else in the inbox.
function find() {
  const search = document.querySelector("[data-search]");
  if (search?.checkVisibility()) search.focus();
  else location.assign(search.form.action);
}
