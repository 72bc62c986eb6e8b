// The line items: a grid that is edited like a spreadsheet and saved when a person leaves it.
import { cellsOf } from "./paste.js";

const grid = () => document.querySelector("[data-grid]");
const rows = () => [...grid().querySelectorAll("[data-line]")];
const cells = (row) => [...row.querySelectorAll("[data-cell]")];
const section = () => grid().closest("section");

export class Grid {
  constructor(panel) {
    this.panel = panel;
    this.dirty = false;
    document.addEventListener("input", ({ target }) => target.matches?.("[data-cell]") && this.mark());
    document.addEventListener("keydown", (event) => event.target.matches?.("[data-cell]") && this.key(event));
    document.addEventListener("paste", (event) => event.target.matches?.("[data-cell]") && this.paste(event));
    document.addEventListener("focusout", (event) => this.left(event));
    document.addEventListener("click", ({ target }) => this.click(target));
    document.addEventListener("htmx:beforeSwap", ({ detail }) => this.beforeSwap(detail));
  }

  get isEditable() {
    return Boolean(grid()?.querySelector("[data-empty-line]"));
  }

  refresh() {
    if (!grid()) return;
    if (this.kept) this.putBack();
    else this.dirty = grid().hasAttribute("data-unsaved");
    this.show();
  }

  // A part that comes back after another change must not take away lines that are not saved yet.
  beforeSwap({ target }) {
    if (target?.id === "review" && this.dirty && !this.saving) this.kept = { element: grid(), active: document.activeElement };
  }

  putBack() {
    const { element, active } = this.kept;
    this.kept = null;
    grid().replaceWith(element);
    if (element.contains(active)) active.focus();
  }

  mark() {
    this.dirty = true;
    this.show();
  }

  show() {
    const buttons = section().querySelector("[data-grid-save]");
    if (buttons) buttons.hidden = !this.dirty;
    section().querySelector("[data-line-count]").textContent = rows().length;
  }

  async click(target) {
    const button = target.closest?.("[data-add-line], [data-remove-line], [data-save-lines], [data-drop-lines]");
    if (!button) return;
    const place = rows().indexOf(button.closest("[data-line]"));
    await this.saving; // it brings another grid
    if (button.matches("[data-add-line]")) this.add().querySelector("[data-cell]").focus();
    else if (button.matches("[data-remove-line]")) this.remove(rows()[place]);
    else if (button.matches("[data-save-lines]")) this.save();
    else this.discard();
  }

  add(after = rows().at(-1)) {
    const row = grid().querySelector("[data-empty-line]").content.firstElementChild.cloneNode(true);
    if (after) after.after(row);
    else grid().querySelector("[data-rows]").append(row);
    this.number();
    return row;
  }

  remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.number();
    this.mark();
    (next?.querySelector("[data-cell]") ?? section().querySelector("[data-add-line]")).focus();
  }

  number() {
    rows().forEach((row, index) => {
      for (const cell of cells(row)) {
        cell.id = `line-${index + 1}-${cell.dataset.cell}`;
        cell.setAttribute("aria-label", cell.ariaLabel.replace(/line \d+$/, `line ${index + 1}`));
      }
      row.querySelector("[data-remove-line]").ariaLabel = `Remove line ${index + 1}`;
    });
    this.show();
  }

  key(event) {
    const { key, target, altKey } = event;
    const row = target.closest("[data-line]");
    if (key === "Escape") return this.panel.leave();
    if (key !== "ArrowUp" && key !== "ArrowDown" && key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const down = key !== "ArrowUp";
    const beside = down ? row.nextElementSibling : row.previousElementSibling;
    if (altKey && this.isEditable) this.moveRow(row, beside, down, target);
    else if (beside) focusCell(beside, target.dataset.cell);
    else if (key === "Enter" && this.isEditable) focusCell(this.add(row), "description");
  }

  moveRow(row, beside, down, target) {
    if (!beside) return;
    if (down) beside.after(row);
    else beside.before(row);
    this.number();
    this.mark();
    target.focus();
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!this.isEditable || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    let row = event.target.closest("[data-line]");
    const columns = cells(row).map((cell) => cell.dataset.cell);
    const shown = columns.filter((name) => name === event.target.dataset.cell || isShown(name));
    const pasted = cellsOf(text, shown, event.target.dataset.cell);
    pasted.forEach((values, index) => {
      if (index) row = row.nextElementSibling ?? this.add(row);
      for (const cell of cells(row)) if (cell.dataset.cell in values) cell.value = values[cell.dataset.cell];
    });
    this.mark();
    this.save();
  }

  left({ target, relatedTarget }) {
    if (!target.closest?.("[data-grid]") || !this.dirty) return;
    if (!relatedTarget || section().contains(relatedTarget)) return; // the window lost the focus, or a button of ours got it
    this.save();
  }

  async save() {
    if (!grid() || !this.dirty) return;
    this.dirty = false;
    const values = { was: rows().map((row) => row.dataset.was) };
    for (const row of rows()) for (const { dataset, value } of cells(row)) (values[dataset.cell] ??= []).push(value);
    this.saving = this.panel.saving.post(grid().dataset.grid, values);
    await this.saving;
    this.saving = null;
  }

  // Lines that were on their way and did not arrive.
  keepDirty() {
    if (this.saving) this.dirty = true;
  }

  discard() {
    this.dirty = false;
    this.panel.reload();
  }
}

function isShown(column) {
  return column !== "discount" || !grid().querySelector(".without-discount");
}

function focusCell(row, column) {
  const cell = row.querySelector(`[data-cell="${column}"]`);
  cell.focus();
  cell.select();
}
