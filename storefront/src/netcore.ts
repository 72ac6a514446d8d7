// Netcore's web SDK: loaded late and only with consent, called in the order that Netcore names.
// https://developer.netcorecloud.com/docs/web-event-tracking

import type { Page } from "./page.ts";

export type Smartech = (...call: unknown[]) => unknown;

declare global {
  interface Window {
    smartech?: Smartech;
  }
}

/** Netcore's script by data centre; the EU's is not documented and ASSUMED to be the same. */
const SCRIPTS: Record<Page["data_centre"], string> = {
  us: "https://cdnt.netcoresmartech.com/smartechclient.js",
  eu: "https://cdnt.netcoresmartech.com/smartechclient.js",
  in: "https://tw.netcore.co.in/smartechclient.js",
  tin: "https://tw.netcore.co.in/smartechclient.js",
};

/** Third argument of `create`, which leads to India's data centres. */
const CENTRES: Partial<Record<Page["data_centre"], string>> = { in: "IN", tin: "TIN" };

type State = "idle" | "loading" | "ready" | "stopped" | "failed";

export class Netcore {
  #state: State = "idle";
  #page: Page;
  #notice: (call: unknown[]) => void;
  #arrival: "none" | "asked" | "here" = "none";
  #begin = () => {};

  /** `notice` hears of every call that goes through, also of those of web messages' forms. */
  constructor(page: Page, notice: (call: unknown[]) => void) {
    this.#page = page;
    this.#notice = notice;
  }

  get isReady(): boolean {
    return this.#state === "ready";
  }

  /** Whether calls may come later: not where a blocker or an outage keeps the script away. */
  get isComing(): boolean {
    return this.#state !== "failed" && this.#state !== "stopped";
  }

  /** Loads the script unless it is there, then calls `ready`; again after a `stop` too. */
  start(identity: string, ready: () => void): void {
    if (this.#state !== "idle" && this.#state !== "stopped") return;
    this.#state = "loading";
    this.#begin = () => {
      this.#state = "ready";
      this.#introduce(identity);
      ready();
    };
    if (this.#arrival === "here") this.#begin();
    else whenIdle(() => this.#state === "loading" && this.#inject());
  }

  /** Lets nothing through any more, neither ours nor anybody else's calls on the page. */
  stop(): void {
    if (this.#state !== "failed") this.#state = "stopped";
  }

  call(...call: unknown[]): void {
    if (this.isReady) window.smartech?.(...call);
  }

  #introduce(identity: string): void {
    const { panel, website, data_centre } = this.#page;
    const centre = CENTRES[data_centre];
    this.call("create", panel, ...(centre ? [centre] : []));
    this.call("register", website);
    this.call("identify", identity);
  }

  #inject(): void {
    if (this.#arrival !== "none") return;
    this.#arrival = "asked";
    const script = document.createElement("script");
    script.async = true;
    script.src = this.#page.script || SCRIPTS[this.#page.data_centre] || SCRIPTS.us;
    script.onload = () => this.#arrived();
    // A visitor's blocker is their word too: nothing goes another way instead.
    script.onerror = () => (this.#state = "failed");
    document.head.append(script);
  }

  #arrived(): void {
    this.#arrival = "here";
    this.#guard();
    if (this.#state === "loading") this.#begin();
  }

  /** Puts us in front of Netcore's function, so that a withdrawal stops everybody's calls. */
  #guard(): void {
    const smartech = window.smartech;
    if (!smartech) return;
    window.smartech = new Proxy(smartech, {
      apply: (target, self, call: unknown[]) => {
        if (!this.isReady) return undefined;
        this.#notice(call);
        return Reflect.apply(target, self, call);
      },
    });
  }
}

/** After the page has loaded and has nothing better to do. */
function whenIdle(act: () => void): void {
  const idle = () =>
    "requestIdleCallback" in window ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 1);
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });
}
