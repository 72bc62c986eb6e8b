// The line between document and fields: beside each other on a wide screen, else one above the other.
const wide = matchMedia("(min-width: 80rem)");
const STEP = 2; // percent that an arrow key moves it
const [FIELDS, DOCUMENT] = [384, 288]; // pixels that each keeps, as in review.css

export class Divider {
  constructor(element) {
    this.element = element;
    this.panes = element.closest(".review-panes");
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => element.hasPointerCapture(event.pointerId) && this.to(this.under(event)));
    element.addEventListener("lostpointercapture", () => this.keep());
    element.addEventListener("dblclick", () => this.reset());
    element.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.tell()).observe(this.panes);
  }

  // What it moves: the share of the fields in the width, or of the document in the height.
  get name() {
    return wide.matches ? "--review-side" : "--review-top";
  }

  get limits() {
    if (!wide.matches) return [15, 65];
    const width = this.panes.clientWidth;
    return [Math.ceil((100 * FIELDS) / width), Math.floor(100 - (100 * DOCUMENT) / width)];
  }

  get share() {
    const box = this.element.parentElement.getBoundingClientRect();
    return wide.matches ? 100 - (100 * box.width) / this.panes.clientWidth : (100 * box.height) / innerHeight;
  }

  press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.element.focus();
    this.element.setPointerCapture(event.pointerId);
  }

  under({ clientX, clientY }) {
    if (wide.matches) {
      const { right, width } = this.panes.getBoundingClientRect();
      return (100 * (right - clientX)) / width;
    }
    return (100 * (clientY - this.element.parentElement.getBoundingClientRect().top)) / innerHeight;
  }

  key(event) {
    const [least, most] = this.limits;
    const larger = wide.matches ? "ArrowLeft" : "ArrowDown";
    const smaller = wide.matches ? "ArrowRight" : "ArrowUp";
    const places = { [larger]: this.share + STEP, [smaller]: this.share - STEP, Home: least, End: most };
    if (event.key === "Enter") this.reset();
    else if (event.key in places) this.to(places[event.key]);
    else return;
    event.preventDefault();
    this.keep();
  }

  to(share) {
    const [least, most] = this.limits;
    const size = Math.min(Math.max(share, least), most).toFixed(1);
    document.documentElement.style.setProperty(this.name, size + (wide.matches ? "%" : "dvh"));
    this.tell();
  }

  reset() {
    document.documentElement.style.removeProperty(this.name);
    localStorage.removeItem(this.name);
    this.tell();
  }

  keep() {
    const size = document.documentElement.style.getPropertyValue(this.name);
    if (size) localStorage.setItem(this.name, size);
    this.tell();
  }

  // For those who hear the page.
  tell() {
    const [least, most] = this.limits;
    const said = { orientation: wide.matches ? "vertical" : "horizontal", valuemin: least, valuemax: most, valuenow: Math.round(this.share) };
    for (const [name, value] of Object.entries(said)) this.element.setAttribute(`aria-${name}`, value);
  }
}
