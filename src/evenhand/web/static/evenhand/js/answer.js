// An answer is what the fields of one question hold: text, rating or "not rated", choice.

const isOn = (field) => field.selected ?? field.checked;
const wasOn = (field) => field.defaultSelected ?? field.defaultChecked;
const plain = (text) => (text ?? "").replaceAll("\r\n", "\n");

export class Fields {
  constructor(section) {
    const id = section.dataset.question;
    const named = (part) => [...section.querySelectorAll(`[name="q-${id}-${part}"]`)];
    [this.text] = named("text");
    [this.notRated] = named("not-rated");
    this.ratings = named("rating");
    this.choices = named("choice").flatMap((field) => [...(field.options ?? [field])]);
  }

  /** What is in the fields now. */
  read() {
    return this.#answer(plain(this.text?.value), isOn);
  }

  /** What the server put into them. */
  original() {
    return this.#answer(plain(this.text?.defaultValue), wasOn);
  }

  write(answer) {
    if (this.text) this.text.value = answer.text ?? "";
    if (this.notRated) this.notRated.checked = Boolean(answer.not_rated);
    for (const field of this.ratings) field.checked = Number(field.value) === answer.rating;
    for (const field of this.choices) {
      field["selected" in field ? "selected" : "checked"] = field.value === (answer.choice ?? "");
    }
  }

  /** A level and "not rated" exclude each other. */
  settle(changed) {
    if (changed === this.notRated && changed.checked) {
      for (const field of this.ratings) field.checked = false;
    } else if (this.ratings.includes(changed) && this.notRated) {
      this.notRated.checked = false;
    }
  }

  /** The words on the button of the level, or of the choice, in an answer. */
  words(answer) {
    const level = this.ratings.find((field) => Number(field.value) === answer.rating);
    const field = answer.not_rated ? this.notRated : level ?? this.#chosen(answer);
    const label = field?.labels?.[0];
    return (label?.querySelector("b, span") ?? label ?? field)?.textContent.trim() ?? "";
  }

  #chosen(answer) {
    return this.choices.find((field) => field.value && field.value === answer.choice);
  }

  #answer(text, isChosen) {
    const rating = this.ratings.find(isChosen);
    return {
      text,
      rating: rating ? Number(rating.value) : null,
      not_rated: this.notRated ? isChosen(this.notRated) : false,
      choice: this.choices.find(isChosen)?.value || null,
    };
  }
}

export function same(one, other) {
  return Boolean(one && other)
    && plain(one.text) === plain(other.text)
    && (one.rating ?? null) === (other.rating ?? null)
    && Boolean(one.not_rated) === Boolean(other.not_rated)
    && (one.choice || null) === (other.choice || null);
}

/** Both texts, one after the other. Where I rated or chose nothing, theirs is taken. */
export function joined(mine, theirs) {
  const isRated = mine.rating !== null || mine.not_rated;
  const { rating = null, not_rated = false } = isRated ? mine : theirs;
  return {
    text: joinedText(plain(mine.text), plain(theirs.text)),
    rating,
    not_rated,
    choice: mine.choice ?? theirs.choice ?? null,
  };
}

function joinedText(mine, theirs) {
  if (mine.includes(theirs)) return mine;
  if (theirs.includes(mine)) return theirs;
  return `${theirs}\n\n${mine}`;
}
