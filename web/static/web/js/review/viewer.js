// The pages of a document as pictures: zoom, turn, leaf through, and boxes drawn over them.
const SVG = "http://www.w3.org/2000/svg";
const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const MARGIN = 16; // pixels around a page

export class Viewer {
  constructor(element) {
    this.element = element;
    this.scroller = element.querySelector("[data-pages]");
    this.sheets = [];
    this.zoom = 1;
    this.turn = 0;
    this.boxes = [];
    element.querySelector(".viewer-bar").addEventListener("click", ({ target }) => this.act(target.closest("[data-do]")?.dataset.do));
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.scroller.addEventListener("scroll", () => this.showPlace(), { passive: true });
    new ResizeObserver(() => this.layOut()).observe(this.scroller);
    this.load();
  }

  async load() {
    const response = await fetch(this.element.dataset.viewer).catch(() => null);
    const { pages = [], of, error = "The server does not answer: reload the page." } = response?.ok ? await response.json() : {};
    this.of = of;
    this.sheets = pages.map((page) => makeSheet(page));
    if (pages.length) this.scroller.replaceChildren(...this.sheets.map((sheet) => sheet.frame));
    else this.fail(error);
    this.layOut();
    this.drawBoxes();
  }

  fail(reason) {
    const message = this.element.querySelector("[data-failure]").content.cloneNode(true);
    message.querySelector("[data-reason]").textContent = reason;
    this.scroller.replaceChildren(message);
  }

  act(what) {
    const actions = {
      smaller: () => this.zoomTo(STEPS.findLast((step) => step < this.zoom - 0.01) ?? STEPS[0]),
      larger: () => this.zoomTo(STEPS.find((step) => step > this.zoom + 0.01) ?? STEPS.at(-1)),
      fit: () => this.zoomTo(1),
      turn: () => this.turnTo(this.turn + 90),
      back: () => this.leaf(-1),
      forth: () => this.leaf(1),
    };
    actions[what]?.();
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomTo(Math.min(Math.max(this.zoom * Math.exp(-event.deltaY / 300), STEPS[0]), STEPS.at(-1)));
  }

  zoomTo(zoom) {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.scroller;
    const factor = zoom / this.zoom;
    this.zoom = zoom;
    this.layOut();
    this.scroller.scrollTop = (scrollTop + clientHeight / 2) * factor - clientHeight / 2;
    this.scroller.scrollLeft = (scrollLeft + clientWidth / 2) * factor - clientWidth / 2;
  }

  turnTo(degrees) {
    this.turn = degrees % 360;
    this.layOut();
  }

  layOut() {
    const width = Math.max(120, this.scroller.clientWidth - 2 * MARGIN) * this.zoom;
    for (const sheet of this.sheets) placeSheet(sheet, width, this.turn);
    const zoom = this.element.querySelector("[data-zoom]");
    if (zoom) zoom.textContent = `${Math.round(this.zoom * 100)} %`;
    this.showPlace();
  }

  get current() {
    const middle = this.scroller.scrollTop + this.scroller.clientHeight / 3;
    const at = this.sheets.findLastIndex(({ frame }) => frame.offsetTop <= middle);
    return Math.max(at, 0);
  }

  leaf(by) {
    const sheet = this.sheets[Math.min(Math.max(this.current + by, 0), this.sheets.length - 1)];
    if (sheet) this.scroller.scrollTo({ top: sheet.frame.offsetTop - MARGIN, behavior: motion() });
  }

  showPlace() {
    const many = this.sheets.length > 1;
    this.element.querySelector("[data-paging]").hidden = !many;
    const text = `${this.sheets[this.current]?.page.number} of ${this.of}`;
    const shown = this.element.querySelector("[data-page-of]");
    if (many && shown.textContent !== text) shown.textContent = text;
  }

  // Boxes by name: { name, page, sides: [left, top, right, bottom] in fractions, band }.
  showBoxes(boxes) {
    this.boxes = boxes;
    this.drawBoxes();
  }

  drawBoxes() {
    for (const sheet of this.sheets) {
      const here = this.boxes.filter((box) => box.page === sheet.page.number);
      sheet.marks.replaceChildren(...here.map((box) => makeRect(box.sides, `box box-${box.band}`, box.name)));
    }
    this.light(this.lit, false);
  }

  light(name, follow = true) {
    this.lit = name;
    for (const { marks } of this.sheets) {
      for (const rect of marks.children) rect.classList.toggle("is-lit", rect.dataset.name === name);
    }
    const rect = follow && name && this.element.querySelector(`rect[data-name="${name}"]`);
    if (rect) this.bringIntoView(rect);
  }

  bringIntoView(rect) {
    const [box, frame] = [rect.getBoundingClientRect(), this.scroller.getBoundingClientRect()];
    const inside = box.top > frame.top + 24 && box.bottom < frame.bottom - 24 && box.left > frame.left && box.right < frame.right;
    if (inside) return;
    this.scroller.scrollTo({
      top: this.scroller.scrollTop + box.top - frame.top - frame.height / 2 + box.height / 2,
      left: this.scroller.scrollLeft + box.left - frame.left - frame.width / 2 + box.width / 2,
      behavior: motion(),
    });
  }

  // The sheet under a point of the screen, and the point in fractions of the upright page.
  locate({ clientX, clientY, target }) {
    const sheet = this.sheets.find(({ frame }) => frame.contains(target));
    if (!sheet) return null;
    const point = new DOMPoint(clientX, clientY).matrixTransform(sheet.svg.getScreenCTM().inverse());
    return { sheet, x: point.x, y: point.y };
  }
}

function makeSheet(page) {
  const frame = make("div", "viewer-page");
  const paper = make("div", "viewer-sheet");
  const picture = make("img", "viewer-picture");
  Object.assign(picture, { src: page.picture, alt: `Page ${page.number} of the document`, draggable: false, decoding: "async" });
  if (page.number > 1) picture.loading = "lazy";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 1 1");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const [marks, hover] = [document.createElementNS(SVG, "g"), document.createElementNS(SVG, "g")];
  svg.append(marks, hover);
  paper.append(picture, svg);
  frame.append(paper);
  return { page, frame, paper, svg, marks, hover };
}

function placeSheet({ page, frame, paper }, width, turn) {
  const sideways = turn % 180 !== 0;
  const height = (width * (sideways ? page.width : page.height)) / (sideways ? page.height : page.width);
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
  Object.assign(paper.style, { width: `${sideways ? height : width}px`, height: `${sideways ? width : height}px` });
  const shift = { 0: [0, 0], 90: [width, 0], 180: [width, height], 270: [0, height] }[turn];
  paper.style.transform = `translate(${shift[0]}px, ${shift[1]}px) rotate(${turn}deg)`;
}

export function makeRect([left, top, right, bottom], classes, name) {
  const rect = document.createElementNS(SVG, "rect");
  const sides = { x: left, y: top, width: Math.max(right - left, 0.001), height: Math.max(bottom - top, 0.001) };
  for (const [side, value] of Object.entries(sides)) rect.setAttribute(side, value);
  rect.setAttribute("class", classes);
  if (name) rect.dataset.name = name;
  return rect;
}

function make(tag, classes) {
  return Object.assign(document.createElement(tag), { className: classes });
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
