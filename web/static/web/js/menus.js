// Menus close when a person presses elsewhere, opens another one, or presses Escape.
export function startMenus() {
  document.addEventListener("click", ({ target }) => closeAll(target.closest?.(".menu")));
  document.addEventListener("keydown", ({ key }) => {
    const open = document.querySelector(".menu[open]");
    if (key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  // What a filter asks for is left out of the address where it asks for nothing.
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-filter], [role=search]")) return;
    for (const field of target.elements) if (field.name && !field.value) field.disabled = true;
  });
}

function closeAll(except) {
  for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== except) menu.open = false;
}
