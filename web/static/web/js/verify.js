// The dialog of GST verification: opens with the first request, keeps the focus where the answer goes.
const dialog = document.querySelector("#verify");
const step = document.querySelector("#verify-step");

function show(template) {
  step.replaceChildren(document.querySelector(template).content.cloneNode(true));
}

if (dialog) {
  let verified = false;

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target === step && !dialog.open) {
      show("#verify-waits");
      dialog.showModal();
    }
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target === step) step.querySelector("#answer, [data-focus]")?.focus();
  });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, ({ detail }) => {
      if (detail.target === step) show("#verify-failed");
    });
  }
  document.addEventListener("verified", () => {
    verified = true;
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (!event.altKey) return;
    const button = step.querySelector(`[data-key="${event.code.replace("Key", "").toLowerCase()}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  dialog.addEventListener("close", () => {
    step.replaceChildren();
    if (verified && "reloads" in dialog.dataset) location.reload();
  });
}

for (const select of document.querySelectorAll("[data-submits]")) {
  select.addEventListener("change", () => select.form.submit());
}
