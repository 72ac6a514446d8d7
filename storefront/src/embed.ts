// The app embed: five events of the storefront, and the merchant's own, through Netcore's SDK.
// The sixth, Checkout, belongs to the web pixel: no event has two senders.

import { watchCart, type Change } from "./cart.ts";
import { onConsent, type Shopify } from "./consent.ts";
import { added, dated, ofPage, removed, spelt, SWITCHED, type Happened } from "./events.ts";
import { identity, named } from "./identity.ts";
import { Memory } from "./memory.ts";
import { Netcore } from "./netcore.ts";
import { readPage, type Page, type Params, type Tracking } from "./page.ts";

/** What a theme may call; the block leaves one behind that only collects calls. */
interface Public {
  track(name: string, params?: Params): void;
  loaded?: boolean;
  calls?: ArrayLike<unknown>[];
}

declare global {
  interface Window {
    shopbridge?: Public;
    Shopify?: Shopify;
  }
}

/** Calls that wait for the SDK; a theme that calls without end must not fill the memory. */
const MOST_WAITING = 50;
const LONGEST_NAME = 100;

/** Links that log out, of both kinds of customer accounts. */
const LOG_OUT = 'a[href*="/account/logout"], a[href*="/customer_authentication/logout"]';

class Embed {
  #page: Page & { tracking: Tracking };
  #memory = new Memory(() => localStorage);
  #netcore: Netcore;
  /** Null until the visitor's word is known. */
  #allowed: boolean | null = null;
  #waiting: Happened[] = [];
  #told = false;
  #stopCart = () => {};

  constructor(page: Page & { tracking: Tracking }) {
    this.#page = page;
    this.#netcore = new Netcore(page, (call) => {
      const who = named(call);
      if (who) this.#memory.write({ identity: who });
    });
  }

  /** Takes the visitor's word, the first or another one. */
  consent(allowed: boolean): void {
    if (this.#allowed === allowed) return;
    this.#allowed = allowed;
    if (allowed) {
      this.#netcore.start(identity(this.#page, this.#memory), () => this.#ready());
    } else {
      this.#waiting = [];
      this.#stopCart();
      this.#netcore.stop();
      this.#memory.forget();
    }
  }

  /** A merchant's own event; dropped where it may not be sent. */
  track(name: unknown, params: unknown = {}): void {
    if (typeof name !== "string" || !name.trim() || name.length > LONGEST_NAME) return;
    if (SWITCHED.includes(name) || typeof params !== "object" || !params) return;
    if (this.#allowed === false || !this.#netcore.isComing) return;
    const happened = { name: name.trim(), params: { ...params } as Params };
    if (this.#netcore.isReady) this.#send(happened);
    else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(happened);
  }

  /** Whoever logs out at a shared computer is nobody to the next visitor. */
  loggedOut(): void {
    if (this.#allowed) this.#memory.write({ identity: "" });
  }

  #ready(): void {
    if (!this.#told) {
      this.#told = true;
      ofPage(this.#page, location, document.title).forEach((each) => this.#tell(each));
    }
    this.#waiting.splice(0).forEach((each) => this.#send(each));
    this.#stopCart = watchCart({
      memory: this.#memory,
      root: this.#page.root,
      rendered: this.#page.cart,
      tell: (change) => this.#changed(change),
      isAllowed: () => this.#allowed === true,
    });
  }

  #changed({ item, pieces }: Change): void {
    const happened =
      pieces > 0
        ? added(item, pieces, this.#page, location)
        : removed(item, -pieces, this.#page, location);
    this.#tell(dated(happened, this.#page.tracking, Date.now()));
  }

  /** An event of the settings page: as it is spelt, if it is switched on. */
  #tell(happened: Happened): void {
    const { tracking } = this.#page;
    if (tracking.events[happened.name]) this.#send(spelt(happened, tracking));
  }

  #send({ name, params }: Happened): void {
    if (this.#allowed) this.#netcore.call("dispatch", name, params);
  }
}

function begin(): void {
  const page = readPage();
  const before = window.shopbridge;
  if (before?.loaded || !page || window.Shopify?.designMode) return;
  const embed = new Embed(page);
  window.shopbridge = { loaded: true, track: (name, params) => embed.track(name, params) };
  for (const [name, params] of (before?.calls ?? []).map((call) => Array.from(call))) {
    embed.track(name, params);
  }
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element && target.closest(LOG_OUT);
    if (link) embed.loggedOut();
  });
  onConsent(window.Shopify, (allowed) => embed.consent(allowed));
}

begin();
