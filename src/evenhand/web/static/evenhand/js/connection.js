// The way to the server: one answer per request, and patience when it does not reply.
import { renewToken, token } from "./csrf.js";

const PATIENCE = 15_000;
const LONGEST_PAUSE = 15_000;
// A request that outlives its page may carry little: browsers give all of them together 64 kB.
const MOST_AT_ONCE = 8_000;
const MOST_WHEN_LEAVING = 60_000;

export class Connection {
  /** `again` is called when it is worth trying again. */
  constructor(url, again) {
    this.url = url;
    this.again = again;
    this.failures = 0;
    this.retryAt = null;
    this.trouble = null; // null, "offline" or "session"
  }

  /** Whether to wait before sending the next answer. */
  get isPausing() {
    return this.trouble !== null;
  }

  /** Answers {kind: saved | conflict | refused | unknown, ...what the server said}. */
  async send(answer, { isLeaving = false } = {}) {
    try {
      return await this.#understood(await this.#post(answer, isLeaving), answer);
    } catch {
      return this.#failed(); // no connection, no reply in time, or a reply cut off
    }
  }

  tryNow() {
    if (!this.trouble) return;
    clearTimeout(this.timer);
    this.trouble = null;
    this.again();
  }

  #post(answer, isLeaving) {
    const body = JSON.stringify(answer);
    return fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body,
      redirect: "manual",
      keepalive: sizeOf(body) < (isLeaving ? MOST_WHEN_LEAVING : MOST_AT_ONCE),
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  async #understood(response, answer) {
    if (response.type === "opaqueredirect" || response.status === 401) return this.#ended();
    if (response.status >= 500 || response.status === 429) return this.#failed();
    const said = await wordsOf(response);
    if (response.ok) return this.#well({ kind: "saved", ...said });
    if (response.status === 409 && said.code === "conflict") return this.#well({ kind: "conflict", ...said });
    if (response.status === 403 && !said.reason) return this.#strange(answer);
    return this.#well({ kind: "refused", reason: said.reason ?? "" });
  }

  /** A 403 without a reason means that the page's token is out of date. */
  async #strange(answer) {
    if (answer === this.renewedFor) return this.#well({ kind: "refused", reason: "" });
    this.renewedFor = answer;
    if ((await renewToken()) === "ended") return this.#ended();
    return this.#understood(await this.#post(answer, false), answer);
  }

  #well(outcome) {
    clearTimeout(this.timer);
    this.failures = 0;
    this.trouble = null;
    this.retryAt = null;
    return outcome;
  }

  #ended() {
    this.trouble = "session";
    return { kind: "unknown" };
  }

  #failed() {
    if (this.trouble === "offline") return { kind: "unknown" }; // another answer failed with this one
    const pause = Math.min(1000 * 2 ** this.failures, LONGEST_PAUSE);
    this.failures += 1;
    this.trouble = "offline";
    this.retryAt = Date.now() + pause;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tryNow(), pause);
    return { kind: "unknown" };
  }
}

const sizeOf = (text) => new TextEncoder().encode(text).length;

async function wordsOf(response) {
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return isJson ? response.json() : {};
}
