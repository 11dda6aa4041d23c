// The token that lets this page send. Signing in again makes a new one; the page then asks for it.
const meta = document.querySelector("meta[name=csrf-token]");

export const token = () => meta?.content ?? "";

/** Fetch this page's new token. "ended": nobody is signed in, or somebody else is. */
export async function renewToken() {
  const answer = await fetch(window.location.href, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return "ended";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("meta[name=csrf-token]")?.content;
  if (!fresh || page.body.dataset.account !== document.body.dataset.account) return "ended";
  meta.content = fresh;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = fresh;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
  return "renewed";
}
