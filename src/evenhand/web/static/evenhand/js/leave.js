// Signing out removes what is kept on this device; words that are only here are asked about first.
import { ask } from "./confirm.js";
import { draftsOf, forget } from "./drafts.js";

const account = document.body.dataset.account;

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-sign-out]");
  if (!form) return;
  const kept = draftsOf(account);
  if (kept.length > 0) {
    event.preventDefault();
    const { unsavedQuestion: question, unsavedText: text, unsavedYes: yes } = form.dataset;
    if (!(await ask({ question, text, yes, danger: true }))) return;
    kept.forEach(forget);
    form.submit();
  }
});
