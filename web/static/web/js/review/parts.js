// The parts of the page that its scripts speak of.
export const review = () => document.getElementById("review");
export const inputs = () => [...review().querySelectorAll("[data-input]")];
export const fieldOf = (element) => element?.closest?.("[data-field]");

// What an input held when it came from the server.
export function unchanged(input) {
  return input.matches("select") ? [...input.options].find((option) => option.defaultSelected)?.value ?? "" : input.defaultValue;
}
