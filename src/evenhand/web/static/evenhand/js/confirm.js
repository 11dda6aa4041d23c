// A question before a consequence: <form data-confirm="Delete this template?"
// data-confirm-text="…" data-confirm-yes="Delete" data-confirm-danger>, or the same on a button.
const dialog = document.getElementById("confirm");

export function ask({ question, text = "", yes = "", danger = false }) {
  const consequence = dialog.querySelector("#confirm-consequence");
  const button = dialog.querySelector("[value=yes]");
  dialog.querySelector("#confirm-question").textContent = question;
  consequence.textContent = text;
  consequence.hidden = !text;
  button.textContent = yes || button.dataset.yes;
  button.classList.toggle("danger", danger);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function questionOf(element) {
  const { confirm, confirmText, confirmYes } = element.dataset;
  return { question: confirm, text: confirmText, yes: confirmYes, danger: "confirmDanger" in element.dataset };
}

if (dialog) {
  const answered = new WeakSet();
  // In the capture phase: asked before anything else, htmx included, sees the form leave.
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    const asks = [submitter, form].find((element) => element?.dataset.confirm);
    if (!asks) return;
    if (answered.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(questionOf(asks)))) return;
    answered.add(form);
    form.requestSubmit(submitter);
  }, true);
}
