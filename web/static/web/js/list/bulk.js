// The bar for what is selected: it shows itself when something is, and says how much.
import { onKeys } from "../keys.js";

const bar = () => document.querySelector("[data-bulk]");
const boxes = () => [...document.querySelectorAll('input[name="selected"][form="bulk"]')];
const everything = () => bar()?.querySelector("[data-bulk-all]");
const wholePage = () => document.querySelector("[data-select-page]");

let last = null; // the box that was pressed last: with Shift all between it and the next follow

export function startBulk() {
  show();
  document.addEventListener("htmx:afterSwap", show);
  document.addEventListener("click", ({ target, shiftKey }) => {
    if (target.closest("[data-bulk-clear]")) clear();
    else if (target.matches('input[name="selected"][form="bulk"]')) pick(target, shiftKey);
    else if (target === wholePage()) for (const box of boxes()) box.checked = target.checked;
  });
  document.addEventListener("change", show);
  onKeys({ Escape: clear }, () => chosen());
}

function chosen() {
  return everything()?.checked || boxes().some((box) => box.checked);
}

function pick(box, withShift) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  if (withShift && from >= 0) for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  last = box;
  show();
}

function clear() {
  for (const box of boxes()) box.checked = false;
  if (everything()) everything().checked = false;
  show();
}

function show() {
  if (!bar()) return;
  const count = boxes().filter((box) => box.checked).length;
  bar().hidden = !chosen();
  bar().querySelector("[data-bulk-clear]").hidden = false;
  bar().querySelector("[data-bulk-count]").textContent = everything().checked ? "All selected" : `${count} selected`;
  if (!wholePage()) return;
  wholePage().hidden = false;
  wholePage().checked = count === boxes().length;
  wholePage().indeterminate = count > 0 && !wholePage().checked;
}
