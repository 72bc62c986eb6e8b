// The ways in: dropping on the window, choosing files or a folder, taking a photo.
import { filesOfInput, filesOfTransfer } from "./collect.js";
import { Tray } from "./tray.js";
import { upload } from "./upload.js";

export function startDropzone() {
  const trayElement = document.getElementById("upload-tray");
  if (!trayElement) return; // this person may look but not upload
  const tray = new Tray(trayElement);
  const dialog = document.getElementById("upload-dialog");
  const start = (picked) => {
    if (dialog.open) dialog.close();
    if (picked.files.length) upload(picked, tray);
    else tray.complain("No file was found in it.");
  };
  acceptDrops(start, (reason) => tray.complain(reason));
  acceptChoices(start);
  openDialog(dialog);
}

const GONE_AFTER = 1000; // milliseconds; browsers repeat dragover at least twice a second while it lasts

function acceptDrops(start, refuse) {
  const overlay = document.getElementById("drop-overlay");
  let timer;
  const hide = () => (overlay.hidden = true);
  window.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    overlay.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(hide, GONE_AFTER);
  });
  window.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    hide();
    filesOfTransfer(event.dataTransfer).then(start, () => refuse("The browser could not read what was dropped."));
  });
}

function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

function acceptChoices(start) {
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-upload-input]")) return;
    const picked = filesOfInput(target);
    target.value = ""; // choosing the same file again is a choice, too
    start(picked);
  });
  const reveal = () => {
    for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
  };
  reveal();
  document.addEventListener("htmx:afterSwap", reveal);
}

function openDialog(dialog) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-upload-open]")) {
      event.preventDefault();
      dialog.showModal();
    } else if (event.target === dialog) {
      dialog.close(); // a click beside it
    }
  });
}
