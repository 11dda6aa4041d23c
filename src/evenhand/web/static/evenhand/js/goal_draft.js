// A goal that is being written is kept on this device until the server has it. Where something
// was left behind, the page offers it back; it never writes over what stands in the form by itself.
import { draftsOf, forget, keep, keyOf } from "./drafts.js";

const SAVED = "#draft-";
const account = document.body.dataset.account;

class Draft {
  constructor(form) {
    this.form = form;
    this.goal = form.dataset.draft;
    this.mark = form.elements.namedItem("draft");
    this.mark.value ||= newMark();
    this.key = keyOf(this.goal, "plan", this.mark.value);
    this.begun = entriesOf(form);
    form.addEventListener("input", () => this.keep());
    document.addEventListener("htmx:afterSwap", () => this.keep());
  }

  keep() {
    const entries = entriesOf(this.form);
    if (same(entries, this.begun)) return;
    const at = new Date().toISOString();
    keep({ key: this.key, account, tab: this.mark.value, entries, at });
  }

  /** The newest draft that says something else than the form does now. */
  leftBehind() {
    return draftsOf(account, this.goal).find(
      (draft) => draft.key !== this.key && draft.entries && !same(draft.entries, this.begun),
    );
  }

  offer(note) {
    const left = this.leftBehind();
    if (!left) return;
    note.hidden = false;
    note.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-choose]")?.dataset.choose;
      if (!choice) return;
      if (choice === "take") this.#take(left);
      forget(left);
      note.hidden = true;
      this.form.querySelector("input:not([type=hidden]), textarea").focus();
    });
  }

  #take({ entries }) {
    const more = this.form.querySelector("[data-add-row]");
    const rows = ({ elements }) => elements.namedItem("parts-TOTAL_FORMS");
    const wanted = Number(entries.find(({ name }) => name === "parts-TOTAL_FORMS")?.value ?? 0);
    while (more && Number(rows(this.form).value) < wanted) addRow(more);
    for (const field of [...this.form.elements].filter(isFilledIn)) write(field, entries);
    entries.filter(({ label }) => label).forEach((entry) => choose(this.form, entry));
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    this.keep();
  }
}

const isFilledIn = ({ name, type }) => name && !["hidden", "submit", "button"].includes(type);
const isChoice = ({ type }) => type === "radio" || type === "checkbox";

function entriesOf(form) {
  const isSaid = (field) => (isChoice(field) ? field.checked : true);
  return [...form.elements]
    .filter((field) => (isFilledIn(field) || field.name === "parts-TOTAL_FORMS") && isSaid(field))
    .filter((field) => !("search" in field.dataset))
    .map(({ name, value, dataset }) => ({ name, value, ...(dataset.label && { label: dataset.label }) }));
}

const plain = (entries) => JSON.stringify(entries.map(({ name, value }) => [name, value]).sort());
const same = (one, other) => plain(one) === plain(other);

function write(field, entries) {
  const said = entries.filter(({ name }) => name === field.name);
  if (isChoice(field)) field.checked = said.some(({ value }) => value === field.value);
  else if (said.length > 0) field.value = said[0].value;
}

/** Choose again what a search had found; its words are kept with the draft. */
function choose(form, { name, value, label }) {
  const list = form.querySelector(`[data-picked="${name}"]`);
  if (!list || list.querySelector(`input[value="${CSS.escape(value)}"]`)) return;
  const { type } = list.dataset;
  const input = Object.assign(document.createElement("input"), { type, name, value, checked: true });
  input.dataset.label = label;
  const [row, words, text] = ["li", "label", "span"].map((tag) => document.createElement(tag));
  text.textContent = label;
  words.append(input, text);
  row.append(words);
  list.prepend(row);
}

function addRow(button) {
  const total = button.form.elements.namedItem("parts-TOTAL_FORMS");
  const row = document.getElementById("part-row").innerHTML.replaceAll("__prefix__", total.value);
  document.querySelector("[data-rows]").insertAdjacentHTML("beforeend", row);
  total.value = Number(total.value) + 1;
  button.hidden = Number(total.value) >= Number(button.dataset.most);
}

function newMark() {
  // randomUUID is missing where the page comes over plain http.
  const digits = crypto.getRandomValues(new Uint8Array(12));
  return [...digits].map((digit) => digit.toString(16).padStart(2, "0")).join("");
}

/** The server has it: the address says which draft this page came from. */
function forgetSaved() {
  if (!window.location.hash.startsWith(SAVED)) return;
  const mark = window.location.hash.slice(SAVED.length);
  draftsOf(account).filter(({ tab }) => tab === mark).forEach(forget);
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
}

const form = document.querySelector("form[data-draft]");
const note = document.querySelector("[data-draft-found]");
forgetSaved();
if (form) {
  new Draft(form).offer(note);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    event.preventDefault();
    addRow(button);
    document.querySelector("[data-rows] > :last-child input:not([type=hidden])").focus();
  });
}
