// What becomes of the files after the upload: asks for those that have not ended, a page of them at a time.
const EVERY = 2000; // milliseconds
const MOST = 100; // in one question

export class Follower {
  constructor(url, show) {
    this.url = url;
    this.show = show;
    this.rows = new Map(); // id of the first invoice -> its row, and what it says
  }

  add(row, url) {
    const id = Number(url.match(/\d+/)?.[0]);
    if (!id) return;
    this.rows.set(id, { row });
    this.timer ??= setTimeout(() => this.ask(), EVERY);
  }

  forget() {
    this.rows.clear();
  }

  async ask() {
    try {
      if (!document.hidden) await this.learn();
    } catch {
      // Unreachable for now: the next question may be answered.
    }
    this.timer = this.rows.size ? setTimeout(() => this.ask(), EVERY) : null;
  }

  async learn() {
    const ids = [...this.rows.keys()].slice(0, MOST);
    const response = await fetch(`${this.url}?ids=${ids}`, { headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) return;
    const { files, progress } = await response.json();
    const found = new Set();
    for (const file of files) {
      found.add(file.id);
      const known = this.rows.get(file.id);
      if (known && known.text !== file.text) this.show.state(known.row, file);
      if (known) known.text = file.text;
      if (file.ended) this.rows.delete(file.id);
    }
    for (const id of ids) if (!found.has(id)) this.rows.delete(id); // deleted meanwhile
    this.show.progress(progress ? `${progress}.` : "");
  }
}
