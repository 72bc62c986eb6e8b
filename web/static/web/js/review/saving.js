// What a person does is sent one after the other, each on what the one before it left.
import { fieldOf, inputs, review, unchanged } from "./parts.js";

export class Saving {
  // ``saveChanged`` saves an input once more; ``notSaved`` hears that something could not be sent.
  constructor(list, saveChanged, notSaved) {
    this.list = list;
    this.saveChanged = saveChanged;
    this.notSaved = notSaved;
    this.queue = [];
    document.addEventListener("htmx:responseError", ({ detail }) => this.complain(detail.xhr.status));
    document.addEventListener("htmx:sendError", () => this.complain(0));
  }

  get isBusy() {
    return this.queue.length > 0;
  }

  // What was typed stays where it is: leaving the field again saves it.
  complain(status) {
    if (!this.queue.length) return;
    for (const input of inputs()) delete input.dataset.sent;
    this.notSaved();
    const reason = status ? `the server answered with error ${status}` : "the server does not answer";
    const words = Object.assign(document.createElement("p"), { className: "notice tone-bad", textContent: `Not saved: ${reason}. Nothing you typed is lost: try again.` });
    review().querySelector(".review-said").replaceChildren(words);
    review().querySelector(".review-said").scrollIntoView({ block: "nearest" });
  }

  post(url, values, field = null) {
    return new Promise((resolve) => {
      this.queue.push({ url, values, field, resolve });
      if (this.queue.length === 1) this.work();
    });
  }

  async work() {
    while (this.queue.length) {
      const { url, values, field, resolve } = this.queue[0];
      review().setAttribute("aria-busy", "true");
      const typed = remember(() => this.typedNow(field));
      const all = { list: this.list, ...values, basis: review().dataset.basis };
      await htmx.ajax("POST", url, { target: "#review", swap: "outerHTML", values: all }).catch(() => {});
      review().removeAttribute("aria-busy");
      typed.stop();
      this.queue.shift();
      resolve();
      if (field) this.showTrouble(field);
      for (const input of typed.left()) this.saveChanged(input);
    }
  }

  // What could not be kept is told where it stands, unless the person is typing elsewhere by now.
  showTrouble(field) {
    const element = review().querySelector(`[data-field="${field}"]:has(> .field-notes > [role=alert])`);
    const active = document.activeElement;
    if (!element || active?.value !== active?.defaultValue) return;
    element.querySelector("[data-input]").focus();
    element.scrollIntoView({ block: "nearest" });
  }

  typedNow(except) {
    const changed = inputs().filter((input) => fieldOf(input).dataset.field !== except && input.value !== unchanged(input));
    const queued = new Set(this.queue.slice(1).map(({ field }) => field));
    return changed.map((input) => ({ id: input.id, value: input.value, queued: queued.has(fieldOf(input).dataset.field) }));
  }
}

// What a person types into other fields while one is saved outlives the swap, and is then saved in its turn.
function remember(typedNow) {
  let kept = [];
  const before = ({ detail }) => detail.target?.id === "review" && (kept = typedNow());
  const after = () => {
    for (const { id, value } of kept) {
      const input = document.getElementById(id);
      if (input) input.value = value;
    }
  };
  document.addEventListener("htmx:beforeSwap", before);
  document.addEventListener("htmx:afterSwap", after);
  return {
    stop() {
      document.removeEventListener("htmx:beforeSwap", before);
      document.removeEventListener("htmx:afterSwap", after);
    },
    left() {
      const waiting = kept.filter(({ queued }) => !queued).map(({ id }) => document.getElementById(id));
      return waiting.filter((input) => input && input !== document.activeElement);
    },
  };
}
