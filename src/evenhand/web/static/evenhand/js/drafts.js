// What was typed and the server does not have yet, kept on this device under
// evenhand:draft:<review>:<question>:<tab>, so that two tabs never write over each other.
const PREFIX = "evenhand:draft:";

export function keep(draft) {
  try {
    localStorage.setItem(draft.key, JSON.stringify(draft));
    return true;
  } catch {
    return false; // storage is full or switched off
  }
}

export function forget({ key }) {
  try {
    localStorage.removeItem(key);
  } catch {
    // storage is switched off, so nothing was kept
  }
}

export function keyOf(review, question, tab) {
  return `${PREFIX}${review}:${question}:${tab}`;
}

/** The drafts of one account, the newest first. Another account's drafts are never read out. */
export function draftsOf(account, review = "", question = "") {
  const start = PREFIX + (review ? `${review}:` : "") + (question ? `${question}:` : "");
  return allKeys()
    .filter((key) => key.startsWith(start))
    .map(read)
    .filter((draft) => draft?.account === account)
    .sort((one, other) => other.at.localeCompare(one.at));
}

function allKeys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function read(key) {
  try {
    return { ...JSON.parse(localStorage.getItem(key)), key };
  } catch {
    return null;
  }
}
