// Keys that act where nobody is typing. The last ones registered for a key win while they are wanted.
const handlers = [];

export function onKeys(actions, wanted = () => true) {
  handlers.unshift({ actions, wanted });
}

function isTyping({ target }) {
  if (target.isContentEditable) return true;
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== "Escape" && isTyping(event)) return;
  if (document.querySelector("dialog[open]")) return;
  const found = handlers.find(({ actions, wanted }) => actions[event.key] && wanted());
  if (found && found.actions[event.key](event) !== false) event.preventDefault();
});
