// Nothing typed is lost. What is typed is first kept on this device, then sent to the server;
// the draft on this device goes when the server has it.
import { Connection } from "./connection.js";
import { draftsOf } from "./drafts.js";
import { Question } from "./question.js";
import { SavedLine } from "./saved.js";
import { ago, ahead } from "./words.js";

const A_SECOND = 1000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.tab = newTab();
    this.account = document.body.dataset.account;
    this.line = new SavedLine(document.querySelector("[data-saved]"));
    this.connection = new Connection(form.dataset.autosaveUrl, () => this.saveAll());
    this.savedAt = Date.parse(form.dataset.savedAt ?? "") || null;
    this.questions = [...form.querySelectorAll("[data-question]")].map(
      (section) => new Question(section, this),
    );
  }

  start() {
    this.form.dataset.autosaving = "";
    // Held as long as this tab lives: while it does, no other tab takes over its drafts.
    navigator.locks?.request(lockOf(this.tab), () => new Promise(() => {}));
    this.#listen();
    this.#takeOverDrafts();
    setInterval(() => this.tell(), A_SECOND);
    this.tell();
  }

  saveAll({ isLeaving = false } = {}) {
    return Promise.all(this.questions.map((question) => question.save({ isLeaving })));
  }

  saved() {
    this.savedAt = Date.now();
  }

  tell() {
    const state = this.#state();
    const question = this.questions.find((one) => one.conflict || one.refusal);
    const places = {
      saved: { when: ago(this.savedAt) },
      offline: { when: ahead(this.connection.retryAt) },
      session: { href: this.line.sentences.signIn },
      conflict: { href: `#conflict-${question?.id}` },
      refused: { href: `#refusal-${question?.id}` },
    };
    this.line.say(state, places[state]);
  }

  #state() {
    const unsaved = this.questions.filter((question) => question.isUnsaved);
    if (unsaved.some((question) => !question.isKept)) return "lost";
    if (this.questions.some((question) => question.conflict)) return "conflict";
    if (unsaved.length > 0 && this.connection.trouble) return this.connection.trouble;
    if (unsaved.some((question) => question.refusal)) return "refused";
    if (unsaved.some((question) => question.isSending)) return "saving";
    if (unsaved.length > 0) return "unsaved";
    return this.savedAt ? "saved" : "nothing";
  }

  #listen() {
    const comeBack = () => this.connection.tryNow();
    window.addEventListener("online", comeBack);
    window.addEventListener("focus", comeBack);
    window.addEventListener("pagehide", () => this.saveAll({ isLeaving: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saveAll({ isLeaving: true });
      else comeBack();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.questions.some((question) => question.isUnsaved && !question.isKept)) event.preventDefault();
    });
    // On the window and on the way down: before anything else sees the form leave.
    window.addEventListener("submit", (event) => this.#submit(event), true);
  }

  /** Handing in waits until everything is saved. */
  async #submit(event) {
    const { target: form, submitter } = event;
    const waits = form === this.form || "afterSaving" in form.dataset;
    if (!waits || !this.questions.some((question) => question.isUnsaved)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await this.saveAll();
    this.tell();
    const isSaved = !this.questions.some((question) => question.isUnsaved);
    if (isSaved) form.requestSubmit(submitter);
  }

  /** Drafts of tabs that have gone come back; those of a living tab when it goes. */
  #takeOverDrafts() {
    for (const question of this.questions) {
      for (const draft of draftsOf(this.account, this.form.dataset.review, question.id)) {
        const takeOver = () => question.takeOver(draft);
        if (navigator.locks) navigator.locks.request(lockOf(draft.tab), takeOver);
        else takeOver();
      }
    }
  }
}

const lockOf = (tab) => `evenhand:tab:${tab}`;

function newTab() {
  // randomUUID is missing where the page comes over plain http.
  const digits = crypto.getRandomValues(new Uint8Array(16));
  return [...digits].map((digit) => digit.toString(16).padStart(2, "0")).join("")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

const form = document.querySelector("form[data-autosave-url]");
if (form) new Autosave(form).start();
