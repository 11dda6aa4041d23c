// One question of a review: what is in its fields, what the server has, and the way between.
import { Fields, same } from "./answer.js";
import { Conflict } from "./conflict.js";
import { forget, keep, keyOf } from "./drafts.js";

const A_PAUSE = 800;
const AT_MOST = 1500;

export class Question {
  constructor(section, page) {
    this.section = section;
    this.page = page;
    this.id = section.dataset.question;
    this.fields = new Fields(section);
    this.#stand(Number(section.dataset.revision));
    this.saved = this.fields.original();
    this.uncertain = []; // sent, but no reply said whether it arrived
    this.isKept = true;
    this.conflict = null;
    this.refusal = null;
    section.addEventListener("input", (event) => this.#changed(event.target));
    section.addEventListener("focusout", () => this.save());
    this.#heed();
  }

  get isUnsaved() {
    return Boolean(this.conflict) || !same(this.fields.read(), this.saved);
  }

  get isSending() {
    return Boolean(this.sending);
  }

  /** Send what the server does not have. One request at a time; the latest words win. */
  async save({ isLeaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.sending && !isLeaving) return this.sending.then(() => this.save());
    const waits = this.page.connection.isPausing && !isLeaving;
    if (this.sending || this.conflict || waits || !this.isUnsaved) return undefined;
    this.firstUnsavedAt = null;
    this.sending = this.#send(this.fields.read(), isLeaving);
    this.page.tell();
    await this.sending;
    this.page.tell();
    return undefined;
  }

  /** A draft that another tab left behind, or this one before it was closed. */
  takeOver(draft) {
    const isCurrent = draft.base === this.revision || same(draft.sent, this.saved);
    if (localStorage.getItem(draft.key) === null) return; // its tab has saved it meanwhile
    if (same(draft.answer, this.saved) || same(draft.answer, this.fields.read())) {
      forget(draft);
    } else if (isCurrent && !this.isUnsaved) {
      this.#restore(draft);
    } else if (this.isUnsaved) {
      this.#ask({ ...draft.answer, at: draft.at }, this.revision, draft);
    } else {
      const { by = "", at = "" } = this.section.dataset;
      const theirs = { ...this.saved, by, at };
      this.#restore(draft);
      this.#ask(theirs, this.revision);
    }
    this.page.tell();
  }

  /**
   * What already differs from the server's words was typed before this script had loaded, and is
   * kept; if nobody has touched the page, a browser filled it in again after a reload, and it may
   * be older than what the server has.
   */
  #heed() {
    if (!this.isUnsaved) return;
    if (navigator.userActivation?.hasBeenActive ?? true) {
      this.#keep();
      this.#soon();
    } else {
      this.fields.write(this.saved);
    }
  }

  /** On which of the server's revisions the fields stand; a plain form says it too. */
  #stand(revision) {
    this.revision = revision;
    this.section.dataset.revision = revision;
    const said = this.section.querySelector(`[name="q-${this.id}-revision"]`);
    if (said) said.value = revision;
  }

  #restore(draft) {
    this.fields.write(draft.answer);
    this.#keep();
    forget(draft);
    this.#soon();
  }

  #changed(field) {
    this.fields.settle(field);
    this.#clearRefusal();
    this.conflict?.refresh();
    this.#keep();
    this.#soon();
    this.page.tell();
  }

  #soon() {
    const now = Date.now();
    this.firstUnsavedAt ??= now;
    const pause = Math.min(A_PAUSE, Math.max(0, this.firstUnsavedAt + AT_MOST - now));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  get #key() {
    return keyOf(this.page.form.dataset.review, this.id, this.page.tab);
  }

  #keep() {
    const { account, tab } = this.page;
    const answer = this.fields.read();
    if (same(answer, this.saved) && !this.conflict) {
      forget({ key: this.#key });
      return;
    }
    const [sent = null] = this.uncertain.slice(-1);
    const at = new Date().toISOString();
    this.isKept = keep({ key: this.#key, account, tab, answer, sent, base: this.revision, at });
  }

  async #send(answer, isLeaving) {
    const { connection, tab } = this.page;
    this.uncertain.push(answer);
    const outcome = await connection.send(
      { question: Number(this.id), base: this.revision, tab, ...answer },
      { isLeaving },
    );
    this.sending = null;
    if (outcome.kind === "saved") this.#arrived(outcome.revision, answer);
    else if (outcome.kind === "conflict") this.#met(outcome);
    else if (outcome.kind === "refused") this.#refused(outcome.reason, answer);
  }

  #arrived(revision, answer) {
    this.#stand(revision);
    this.saved = answer;
    this.uncertain = [];
    this.page.saved();
    this.#clearRefusal();
    this.#keep();
    if (this.isUnsaved) this.#soon();
  }

  /** The server has another revision: ours that arrived unnoticed, the same words, or really another's. */
  #met({ revision, theirs }) {
    const isOurs = [...this.uncertain, this.saved, this.fields.read()].some((one) => same(one, theirs));
    if (isOurs) {
      this.#arrived(revision, theirs);
      if (this.isUnsaved) this.save();
    } else {
      this.uncertain = [];
      this.#ask(theirs, revision);
    }
  }

  #ask(theirs, revision, draft = null) {
    this.conflict?.close();
    const { section, fields } = this;
    const choose = (answer, kept) => this.#decided({ answer, kept, theirs, revision, draft });
    this.conflict = new Conflict({ section, fields, theirs, choose });
    this.#keep();
  }

  #decided({ answer, theirs, revision, draft }) {
    this.conflict = null;
    this.#stand(revision);
    if (draft) forget(draft);
    else this.saved = theirs;
    this.fields.write(answer);
    this.#keep();
    if (this.isUnsaved) this.save();
    else this.page.saved();
    this.page.tell();
  }

  #refused(reason, answer) {
    this.uncertain = this.uncertain.filter((one) => one !== answer);
    this.#clearRefusal();
    const template = document.getElementById("refusal");
    this.refusal = template.content.firstElementChild.cloneNode(true);
    this.refusal.id = `refusal-${this.id}`;
    if (reason) this.refusal.querySelector("[data-reason]").textContent = reason;
    this.section.append(this.refusal);
  }

  #clearRefusal() {
    this.refusal?.remove();
    this.refusal = null;
  }
}
