// The fields beside the document: each change is saved at once, and the part comes back judged anew.
import { Grid } from "./lines.js";
import { fieldOf, review, unchanged } from "./parts.js";
import { Saving } from "./saving.js";

const STOPS = "input, select, textarea, button, a, summary";
const follows = (one, other) => other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;

export class Panel {
  constructor(root, viewer) {
    this.url = root.dataset.url;
    this.viewer = viewer;
    this.saving = new Saving(root.dataset.query, (input) => this.saveChanged(input), () => this.grid.keepDirty());
    this.input = null; // that words of the document would fill
    this.grid = new Grid(this);
    const side = root.querySelector(".review-side");
    side.addEventListener("focusin", ({ target }) => this.enter(target));
    side.addEventListener("change", ({ target }) => target.matches("[data-input]") && this.saveChanged(target));
    side.addEventListener("input", ({ target }) => target.matches("[data-input]") && delete target.dataset.place);
    side.addEventListener("mouseover", ({ target }) => this.hover(fieldOf(target)));
    side.addEventListener("mouseleave", () => this.hover(null));
    side.addEventListener("keydown", (event) => (event.key === "Tab" ? this.tab(event) : this.key(event)));
    document.addEventListener("click", (event) => this.click(event));
    side.addEventListener("click", (event) => this.jump(event));
    document.addEventListener("htmx:afterSwap", () => this.refresh());
    window.addEventListener("beforeunload", (event) => (this.grid.dirty || this.saving.isBusy) && event.preventDefault());
    this.refresh();
  }

  refresh() {
    const fields = review()?.querySelectorAll("[data-box]") ?? [];
    this.viewer.showBoxes(
      [...fields].map(({ dataset, id }) => ({
        name: dataset.field ?? id, page: Number(dataset.page), sides: dataset.box.split(",").map(Number), band: dataset.band,
      })),
    );
    this.grid.refresh();
  }

  enter(target) {
    const fills = target.matches("[data-input]:not([readonly], select), [data-cell]:not([readonly])");
    this.input = fills ? target : null;
    const name = fieldOf(target)?.dataset.field ?? (target.dataset.box && target.id);
    if (name) this.viewer.light(name);
  }

  leave() {
    this.input = null;
    document.activeElement?.blur();
  }

  hover(field) {
    clearTimeout(this.resting);
    if (this.input) return; // the field at hand stays lit
    this.resting = setTimeout(() => this.viewer.light(field?.dataset.field ?? null), 120);
  }

  key(event) {
    const { key, target } = event;
    if (!target.matches("[data-input]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Enter") {
      event.preventDefault();
      if (!target.readOnly && !target.disabled) this.save(target);
      this.nextDoubtful();
    } else if (key === "Escape") {
      target.value = unchanged(target);
      this.leave();
      if (target.ariaInvalid === "true") this.reload(); // what the desk has kept instead
    }
  }

  // Tab goes past the fields that are sure. Shift+Tab passes nothing, and what is offered at a field comes first.
  tab(event) {
    const field = fieldOf(event.target);
    if (!field || event.shiftKey || [...field.querySelectorAll(STOPS)].at(-1) !== event.target) return;
    const next = this.doubtful.find((input) => follows(input, event.target));
    if (!next) return;
    event.preventDefault();
    this.go(next);
  }

  click({ target }) {
    const pressed = (selector) => target.closest?.(selector);
    let button = pressed("[data-post]");
    if (button) return this.saving.post(button.dataset.post, JSON.parse(button.dataset.values ?? "{}"));
    if ((button = pressed("[data-approve]"))) return this.approve(button);
    if ((button = pressed("[data-fill]"))) return this.take(fieldOf(button), button.dataset.fill);
    if ((button = pressed("[data-mine]"))) return this.save(fieldOf(button).querySelector("[data-input]"));
    if (pressed("[data-keep]")) return this.reload();
  }

  // The way from the list of what to look at to its field.
  jump(event) {
    const link = event.target.closest("[data-go]");
    if (!link) return;
    event.preventDefault();
    this.focusField(link.dataset.go);
  }

  reload() {
    return htmx.ajax("GET", `${this.url}live/`, { target: "#live", swap: "outerHTML" });
  }

  take(field, text) {
    const input = field.querySelector("[data-input]");
    input.value = text;
    this.save(input);
  }

  // What was picked up in the document goes into the field or cell at hand.
  fill(text, page, sides) {
    const { input } = this;
    input.value = text;
    if (input.matches("[data-cell]")) return input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dataset.place = [page, ...sides.map((side) => Math.min(Math.max(side, 0), 1).toFixed(4))].join(",");
    this.save(input);
  }

  saveChanged(input) {
    if (input.value !== unchanged(input) && input.value !== input.dataset.sent) this.save(input);
  }

  save(input) {
    input.dataset.sent = input.value;
    const { field } = fieldOf(input).dataset;
    return this.saving.post(`${this.url}correct/`, { field, value: input.value, place: input.dataset.place ?? "" }, field);
  }

  get doubtful() {
    return [...review().querySelectorAll("[data-doubtful] [data-input], [data-cell][aria-invalid]")];
  }

  nextDoubtful() {
    const from = document.activeElement?.closest("#review [data-input], #review [data-cell]");
    const others = this.doubtful.filter((input) => input !== from);
    const after = others.find((input) => !from || follows(input, from));
    const next = after ?? others[0] ?? review().querySelector("[data-approve]:not(:disabled)");
    if (next) this.go(next);
    else this.leave();
  }

  focusField(name) {
    const input = name && (document.getElementById(`field-${name}`) ?? document.getElementById(name));
    if (input) this.go(input);
  }

  go(input) {
    input.closest("details")?.setAttribute("open", "");
    input.focus();
    input.select?.();
    input.scrollIntoView({ block: "nearest" });
  }

  async approve(button) {
    if (!button || button.disabled) return;
    const active = document.activeElement;
    if (active?.matches("[data-input]") && active.value !== unchanged(active)) await this.save(active);
    await this.grid.save();
    const wrong = review().querySelector("[aria-invalid=true]");
    if (wrong) return wrong.focus();
    await this.saving.post(button.dataset.approve, {});
  }
}
