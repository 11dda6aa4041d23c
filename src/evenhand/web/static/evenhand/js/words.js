// Sentences come from the page, translated; moments are said in the page's language.
const language = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** "4 seconds ago". */
export const ago = (moment) => said(Date.now() - moment, -1);

/** "in 4 seconds". */
export const ahead = (moment) => said(moment - Date.now(), 1);

/** Put values into the {places} of a sentence. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

function said(milliseconds, direction) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? UNITS.at(-1);
  return relative.format(direction * Math.floor(seconds / size), unit);
}
