// The tray at the bottom of the page: every file of an upload with its own result.
import { Follower } from "./follow.js";
import { bytesOf } from "./groups.js";

const TONES = { queued: "text-good", already: "text-muted", refused: "text-bad", failed: "text-bad" };
const STATE_TONES = { good: "text-good", warn: "text-warn", bad: "text-bad", busy: "text-busy", plain: "text-muted" };
const megabytes = (bytes) => `${(bytes / 1e6).toLocaleString("en-IN", { maximumFractionDigits: 1 })} MB`;

export class Tray {
  constructor(element) {
    this.element = element;
    this.openUrl = element.dataset.openUrl;
    this.follower = new Follower(element.dataset.statesUrl, {
      state: (row, { text, tone, url }) => this.mark(row, text, STATE_TONES[tone], url),
      progress: (text) => (this.part("reading").textContent = text),
    });
    this.maxMb = Number(element.dataset.maxMb);
    this.maxArchiveMb = Number(element.dataset.maxArchiveMb);
    this.rows = this.part("rows");
    this.template = this.part("row").content.firstElementChild;
    this.part("toggle").addEventListener("click", () => this.toggle(this.rows.hidden));
    this.part("close").addEventListener("click", () => (this.element.hidden = true));
    this.clear();
  }

  part(name) {
    return this.element.querySelector(`[data-tray-${name}]`);
  }

  clear() {
    this.rows.replaceChildren();
    this.counts = { queued: 0, already: 0, refused: 0 };
    this.total = this.done = 0; // bytes
    this.onTheWay = new Map(); // group -> bytes sent
    this.follower.forget();
  }

  toggle(open) {
    this.rows.hidden = !open;
    this.part("toggle").setAttribute("aria-expanded", String(open));
  }

  begin(name) {
    if (this.part("close").hidden === false) this.clear(); // the upload before this one has ended
    this.element.hidden = false;
    this.part("close").hidden = true;
    this.part("again").hidden = true;
    this.part("title").textContent = name;
    this.part("status").textContent = "Starting…";
    this.toggle(window.matchMedia("(min-width: 40rem)").matches);
  }

  complain(text) {
    this.begin("Nothing to upload");
    this.part("status").textContent = text;
    this.part("close").hidden = false;
  }

  add(file) {
    return { file, element: this.line(file.name, "Waiting") };
  }

  line(name, text, tone = "text-muted") {
    const element = this.template.cloneNode(true);
    element.querySelector("[data-name]").textContent = name;
    element.querySelector("[data-name]").title = name;
    this.rows.append(element);
    this.mark(element, text, tone);
    return element;
  }

  mark(element, text, tone = "text-muted", url = "") {
    const shown = element.querySelector("[data-text]");
    shown.className = `max-w-3/5 text-right text-xs ${tone}`;
    shown.textContent = text;
    if (url) {
      const link = Object.assign(document.createElement("a"), { href: url, textContent: text, className: "underline-offset-4 hover:underline" });
      shown.replaceChildren(link);
    }
  }

  expect(bytes) {
    this.part("again").hidden = true;
    this.total += bytes;
    this.show();
  }

  sending(group) {
    for (const row of group) this.mark(row.element, "Uploading");
  }

  sent(group, bytes) {
    this.onTheWay.set(group, Math.min(bytes, bytesOf(group)));
    this.show();
  }

  // One result a file, in their order; only an archive, which travels alone, has one for each file in it.
  answer(group, results) {
    this.onTheWay.delete(group);
    this.done += bytesOf(group);
    if (results.length === group.length) {
      results.forEach((result, index) => this.result(group[index].element, result));
    } else {
      for (const row of group) row.element.remove();
      for (const result of results) this.result(this.line(result.name, ""), result);
    }
    this.show();
  }

  result(element, { outcome, text, url }) {
    this.counts[outcome] += 1;
    this.mark(element, text, TONES[outcome], url);
    if (outcome === "queued") this.follower.add(element, url);
  }

  refuse(row, reason) {
    this.result(row.element, { outcome: "refused", text: reason });
  }

  fail(group, reason) {
    this.onTheWay.delete(group);
    for (const row of group) this.mark(row.element, `Not sent: ${reason}`, TONES.failed);
    this.total -= Math.min(this.total, bytesOf(group));
    this.show();
    this.part("status").textContent = reason;
    this.part("close").hidden = false;
  }

  offerAgain(send) {
    this.part("again").hidden = false;
    this.part("again").querySelector("button").onclick = send;
  }

  end() {
    const { queued, already, refused } = this.counts;
    const words = [`${queued} uploaded`];
    if (already) words.push(`${already} already there`);
    if (refused) words.push(`${refused} refused`);
    this.part("status").textContent = `${words.join(", ")}. You may close this page.`;
    this.part("progress").value = 1;
    this.part("close").hidden = false;
    if (refused) this.toggle(true);
  }

  show() {
    const sent = this.done + [...this.onTheWay.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.part("progress").value = this.total ? sent / this.total : 0;
    this.part("status").textContent = `Uploading: ${megabytes(sent)} of ${megabytes(this.total)}. Please keep this page open.`;
  }
}
