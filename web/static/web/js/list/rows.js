// The list by keyboard: j and k go up and down, x selects, Enter opens, / searches, ? tells all of them.
import { onKeys } from "../keys.js";

const rows = () => [...document.querySelectorAll("[data-list] tbody tr")];
const help = () => document.getElementById("list-help");
const current = () => document.querySelector("[data-list] tr.is-current");

export function startRows() {
  onKeys({ "/": focusSearch }, () => document.querySelector("[data-search]"));
  onKeys({ "?": () => help().showModal() }, help);
  onKeys({ j: () => step(1), k: () => step(-1), x: select, Enter: open }, () => document.querySelector("[data-list]"));
  document.addEventListener("htmx:afterSwap", () => mark(rows().find((row) => row.id === kept)));
}

let kept = null; // the id of the row at hand: the list renews itself while a batch runs

function mark(row) {
  current()?.classList.remove("is-current");
  if (!row) return;
  kept = row.id;
  row.classList.add("is-current");
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  const row = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  mark(row);
  row.querySelector("[data-open]").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function select() {
  current()?.querySelector("input[name=selected]")?.click();
}

function open(event) {
  if (event.target.closest("a, button, summary, input")) return false; // it does so by itself
  current()?.querySelector("[data-open]").click();
}

function focusSearch() {
  const search = document.querySelector("[data-search]");
  search.focus();
  search.select();
}
