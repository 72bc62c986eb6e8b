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

function acceptDrops(start, refuse) {
  const overlay = document.getElementById("drop-overlay");
  let depth = 0; // dragenter and dragleave fire for every element passed over
  const show = (entered) => {
    depth = Math.max(0, depth + (entered ? 1 : -1));
    overlay.hidden = depth === 0;
  };
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  window.addEventListener("dragenter", (event) => carriesFiles(event) && show(true));
  window.addEventListener("dragleave", (event) => carriesFiles(event) && show(false));
  window.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    overlay.hidden = true;
    filesOfTransfer(event.dataTransfer).then(start, () => refuse("The browser could not read what was dropped."));
  });
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
