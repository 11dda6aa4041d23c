// The line that says, always truthfully, whether everything typed has been saved.
// It counts every second; the status beside it, read out by screen readers, only changes with the state.
import { fill } from "./words.js";

export class SavedLine {
  constructor(element) {
    this.element = element;
    this.sentences = element.dataset;
    this.text = element.querySelector("[data-saved-text]");
    this.link = element.querySelector("[data-saved-link]");
    this.status = element.querySelector("[role=status]");
  }

  /** State is one of nothing, saved, unsaved, saving, offline, session, refused, conflict, lost. */
  say(state, { when = "", href = "" } = {}) {
    const words = fill(this.sentences[state], { when });
    if (this.text.textContent !== words) this.text.textContent = words;
    this.link.hidden = !href;
    if (href) this.#point(state, href);
    if (state !== this.state) this.#enter(state, words);
  }

  #point(state, href) {
    this.link.textContent = this.sentences[`${state}Link`];
    this.link.href = href;
    this.link.target = state === "session" ? "_blank" : "";
  }

  #enter(state, words) {
    this.state = state;
    this.element.dataset.state = state;
    const isPassing = ["nothing", "unsaved", "saving"].includes(state);
    if (!isPassing && state !== this.announced) {
      this.announced = state;
      this.status.textContent = words;
    }
  }
}
