// Answers that do not belong where they were asked for: refusals go to the notices at the top,
// and a whole page (the sign-in, after a long break) is opened as a page.
const notice = document.getElementById("notice");

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const answer = detail.serverResponse ?? "";
  if (/^\s*<!doctype html/i.test(answer)) {
    detail.shouldSwap = false;
    if (!isWriting()) window.location.assign(detail.xhr.responseURL);
  } else if (notice && answer.includes("data-refusal=")) {
    detail.target = notice;
    detail.swapOverride = "innerHTML";
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === notice) notice.scrollIntoView({ block: "center" });
});

/** Nobody is taken away from what they write; autosave says that the session ended. */
const isWriting = () => document.querySelector("form[data-autosave-url]") !== null;

function tell(text) {
  const message = document.createElement("div");
  message.className = "message error";
  message.append(Object.assign(document.createElement("p"), { textContent: text }));
  notice.replaceChildren(message);
}

document.addEventListener("htmx:sendError", () => notice && tell(notice.dataset.offline));
document.addEventListener("htmx:responseError", () => notice && tell(notice.dataset.broken));
