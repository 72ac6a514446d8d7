// What is remembered in the visitor's browser, with their consent: one entry, ours alone.

import type { CartItem } from "./events.ts";

/** The cart as it was when it was last looked at. */
export interface Sighting {
  token: string;
  items: CartItem[];
  count: number;
  total: number;
}

export interface Remembered {
  /** Value of the store's primary key of whoever was logged in or signed in last. */
  identity?: string;
  cart?: Sighting;
}

const ENTRY = "shopbridge";

/** The entry in `storage`; a browser that keeps nothing is one that forgets at once. */
export class Memory {
  #storage: Storage | null;

  constructor(storage: () => Storage) {
    try {
      this.#storage = storage();
    } catch {
      this.#storage = null; // the browser denies it, or a sandbox does
    }
  }

  read(): Remembered {
    try {
      return JSON.parse(this.#storage?.getItem(ENTRY) ?? "{}") as Remembered;
    } catch {
      return {};
    }
  }

  write(more: Remembered): void {
    try {
      this.#storage?.setItem(ENTRY, JSON.stringify({ ...this.read(), ...more }));
    } catch {
      // Full or denied: the next page begins anew.
    }
  }

  forget(): void {
    try {
      this.#storage?.removeItem(ENTRY);
    } catch {
      // Denied: there is nothing either.
    }
  }
}
