// Words of the document, to fill the field at hand: click one, or draw over several. Without a field, drawing moves the page.
import { makeRect } from "./viewer.js";

const STILL = 4; // pixels that a click may wander

export class Picker {
  constructor(viewer, panel) {
    this.viewer = viewer;
    this.panel = panel;
    const { scroller } = viewer;
    scroller.addEventListener("pointerdown", (event) => this.press(event));
    scroller.addEventListener("pointermove", (event) => this.move(event));
    scroller.addEventListener("pointerup", (event) => this.release(event));
    scroller.addEventListener("pointercancel", () => this.drop());
    scroller.addEventListener("pointerleave", () => this.point([]));
    scroller.addEventListener("mousedown", (event) => {
      if (panel.input && viewer.locate(event)) event.preventDefault(); // the field keeps the focus
    });
  }

  press(event) {
    if (event.button !== 0) return;
    const place = this.viewer.locate(event);
    if (!place) return;
    this.start = { ...place, screenX: event.clientX, screenY: event.clientY };
    this.pans = !this.panel.input && event.pointerType === "mouse";
    if (event.pointerType === "mouse") this.viewer.scroller.setPointerCapture(event.pointerId);
    if (this.panel.input) wordsOf(place.sheet);
  }

  move(event) {
    if (this.start && this.pans) {
      this.viewer.scroller.scrollBy(-event.movementX, -event.movementY);
    } else if (this.panel.input && event.pointerType === "mouse") {
      this.preview(event);
    }
  }

  async preview(event) {
    const here = this.start ? this.over(event) : this.viewer.locate(event);
    if (!here) return this.point([]);
    const words = await wordsOf(here.sheet);
    this.point(this.start ? within(words, here.area) : at(words, here), here.sheet);
  }

  async release(event) {
    const { start } = this;
    this.drop();
    if (!start || this.pans && moved(start, event)) return;
    if (!this.panel.input) return this.panel.focusField(event.target.closest?.("rect[data-name]")?.dataset.name ?? this.boxAt(start));
    if (event.pointerType !== "mouse" && moved(start, event)) return; // a finger that scrolls
    const words = await wordsOf(start.sheet);
    const picked = moved(start, event) ? within(words, this.over(event, start).area) : at(words, start);
    this.point([]);
    if (picked.length) this.panel.fill(picked.map(([text]) => text).join(" "), start.sheet.page.number, around(picked));
  }

  boxAt({ sheet, x, y }) {
    const found = this.viewer.boxes.find(({ page, sides }) => page === sheet.page.number && holds(sides, x, y));
    return found?.name;
  }

  drop() {
    this.start = null;
  }

  over(event, start = this.start) {
    const end = new DOMPoint(event.clientX, event.clientY).matrixTransform(start.sheet.svg.getScreenCTM().inverse());
    const [left, right] = [start.x, end.x].sort((one, other) => one - other);
    const [top, bottom] = [start.y, end.y].sort((one, other) => one - other);
    return { sheet: start.sheet, area: [left, top, right, bottom] };
  }

  point(words, sheet = null) {
    for (const { hover } of this.viewer.sheets) hover.replaceChildren();
    sheet?.hover.replaceChildren(...words.map(([, ...sides]) => makeRect(sides, "word")));
  }
}

// The words of a page, fetched once: [text, left, top, right, bottom].
function wordsOf(sheet) {
  sheet.words ??= sheet.page.words
    ? fetch(sheet.page.words).then(async (response) => (response.ok ? (await response.json()).words : []), () => [])
    : Promise.resolve([]);
  return sheet.words;
}

function at(words, { x, y }) {
  return words.filter(([, ...sides]) => holds(sides, x, y)).slice(0, 1);
}

function within(words, [left, top, right, bottom]) {
  return words.filter(([, l, t, r, b]) => l < right && r > left && t < bottom && b > top);
}

function holds([left, top, right, bottom], x, y) {
  return left <= x && x <= right && top <= y && y <= bottom;
}

function around(words) {
  const side = (index, best) => best(...words.map((word) => word[index]));
  return [side(1, Math.min), side(2, Math.min), side(3, Math.max), side(4, Math.max)];
}

function moved({ screenX, screenY }, { clientX, clientY }) {
  return Math.hypot(clientX - screenX, clientY - screenY) > STILL;
}
