// The page of one invoice: the document, the fields beside it, and the keyboard.
import { Divider } from "./divider.js";
import { startKeyboard } from "./keyboard.js";
import { Panel } from "./panel.js";
import { Picker } from "./picker.js";
import { Viewer } from "./viewer.js";

const viewers = [...document.querySelectorAll("[data-viewer]")].map((element) => new Viewer(element));
const root = document.querySelector("[data-review]");
if (root) startReview(root, viewers[0]);

function startReview(element, viewer) {
  const panel = new Panel(element, viewer);
  new Picker(viewer, panel);
  new Divider(element.querySelector("[data-divider]"));
  startKeyboard(panel, viewer);
  document.body.addEventListener("finished", () => viewer.load()); // its pages are upright and its words known now
  window.addEventListener("load", () => setTimeout(fetchNext, 300));
}

// The first page of the next invoice is there before it is asked for.
async function fetchNext() {
  const next = document.querySelector("[data-next]");
  if (!next) return;
  const response = await fetch(`${new URL(next.href).pathname}pages/`);
  if (!response.ok) return;
  const { pages } = await response.json();
  if (pages.length) new Image().src = pages[0].picture;
}
