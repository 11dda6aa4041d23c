// The same answer was written in two places: both are shown, and nothing is overwritten
// until the person has chosen.
import { joined } from "./answer.js";
import { ago, fill } from "./words.js";

export class Conflict {
  /** `theirs` is the other answer, `by` and `at` say whose; `choose(answer)` gets the decision. */
  constructor({ section, fields, theirs, choose }) {
    const template = document.getElementById("conflict");
    this.panel = template.content.firstElementChild.cloneNode(true);
    this.panel.id = `conflict-${section.dataset.question}`;
    this.fields = fields;
    this.theirs = theirs;
    this.choose = choose;
    this.#name();
    this.#show("theirs", theirs);
    this.refresh();
    for (const button of this.panel.querySelectorAll("[data-keep]")) {
      button.addEventListener("click", () => this.#decide(button.dataset.keep));
    }
    section.append(this.panel);
  }

  /** Mine may go on changing while the panel is open. */
  refresh() {
    this.#show("mine", this.fields.read());
  }

  close() {
    this.panel.remove();
  }

  #name() {
    const heading = this.panel.querySelector("h3");
    heading.id = `${this.panel.id}-heading`;
    this.panel.setAttribute("aria-labelledby", heading.id);
    const whose = this.panel.querySelector("[data-whose]");
    const { by, at } = this.theirs;
    const sentence = by ? whose.dataset.by : whose.dataset.elsewhere;
    whose.textContent = fill(sentence, { name: by, when: at ? ago(Date.parse(at)) : "" }).trim();
  }

  #show(side, answer) {
    this.panel.querySelector(`[data-${side}]`).textContent = answer.text;
    this.panel.querySelector(`[data-${side}-level]`).textContent = this.fields.words(answer);
  }

  #decide(keep) {
    const mine = this.fields.read();
    const kept = { mine: () => mine, theirs: () => this.theirs, both: () => joined(mine, this.theirs) };
    this.close();
    this.choose(kept[keep](), keep);
    (this.fields.text ?? this.fields.ratings[0])?.focus();
  }
}
