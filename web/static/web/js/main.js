// What every page of the desk needs besides HTML. No inline script is allowed, so all of it starts here.
import { csrfToken } from "./csrf.js";
import { startCharts } from "./charts.js";
import { startCopy } from "./copy.js";
import { startBulk } from "./list/bulk.js";
import { startRows } from "./list/rows.js";
import { startMenus } from "./menus.js";
import { startDropzone } from "./upload/dropzone.js";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("click", ({ target }) => {
  const pressed = (name) => target.closest(`[data-${name}]`);
  const button = pressed("dismiss");
  button?.closest(button.dataset.dismiss)?.remove();
  document.getElementById(pressed("open-dialog")?.dataset.openDialog)?.showModal();
  pressed("close-dialog")?.closest("dialog").close();
});

startDropzone();
startMenus();
startCharts();
startCopy();
startRows();
startBulk();
