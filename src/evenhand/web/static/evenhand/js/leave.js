// Signing out removes what is kept on this device; words that are only here are asked about first.
import { ask } from "./confirm.js";
import { draftsOf, forget } from "./drafts.js";

const account = document.body.dataset.account;

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-sign-out]");
  if (!form) return;
  if (draftsOf(account).length === 0) return;
  event.preventDefault();
  const kept = await stillKept();
  if (kept.length > 0) {
    const { unsavedQuestion: question, unsavedText: text, unsavedYes: yes } = form.dataset;
    if (!(await ask({ question, text, yes, danger: true }))) return;
    kept.forEach(forget);
  }
  form.submit();
});

/** What was typed a moment ago may be on its way to the server. */
async function stillKept() {
  for (let tries = 0; tries < 6 && draftsOf(account).length > 0; tries += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  }
  return draftsOf(account);
}
