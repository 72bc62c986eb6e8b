// A button that copies the text of a field: a token or a link that is shown only once.
export function startCopy() {
  const buttons = document.querySelectorAll("[data-copy]");
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return; // no clipboard without TLS: the text stays selected for Ctrl+C
  }
  button.textContent = "Copied";
}
