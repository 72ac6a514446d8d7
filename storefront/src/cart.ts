// Notices what is put into and taken out of the cart, whatever theme or app does it: not by
// listening to buttons or replacing `fetch`, but by comparing the cart with what it was.

import type { CartItem } from "./events.ts";
import type { Memory, Sighting } from "./memory.ts";

export interface Change {
  item: CartItem;
  /** Pieces put in, negative for pieces taken out. */
  pieces: number;
}

export interface Watching {
  memory: Memory;
  root: string;
  /** Count and total as the page was rendered with. */
  rendered: { count: number; total: number };
  tell: (change: Change) => void;
  isAllowed: () => boolean;
}

const CALLS = /\/cart\/(add|change|update|clear)(\.js|\.json)?$/;
const EMPTY: Sighting = { token: "", items: [], count: 0, total: 0 };

/**
 * What changed from one sighting to the next. Another token is another cart: the one before was
 * ordered or given up, and nobody took anything out of it.
 */
export function changes(before: Sighting, now: Sighting): Change[] {
  const had = before.token === now.token ? pieces(before.items) : new Map<number, Change>();
  const has = pieces(now.items);
  const found: Change[] = [];
  for (const [variant, { item, pieces: number }] of has) {
    const more = number - (had.get(variant)?.pieces ?? 0);
    if (more) found.push({ item, pieces: more });
  }
  for (const [variant, { item, pieces: number }] of had) {
    if (!has.has(variant)) found.push({ item, pieces: -number });
  }
  return found;
}

/** Lines of one variant count together: properties and discounts split them. */
function pieces(items: CartItem[]): Map<number, Change> {
  const total = new Map<number, Change>();
  for (const item of items) {
    const before = total.get(item.variant_id)?.pieces ?? 0;
    total.set(item.variant_id, { item, pieces: before + item.quantity });
  }
  return total;
}

/** Watches the cart from now on; returns what stops it. */
export function watchCart(watching: Watching): () => void {
  const look = () => void together(() => compare(watching)).catch(() => undefined);
  const observer = new PerformanceObserver((list) => {
    const called = list.getEntries().some(({ name }) => CALLS.test(new URL(name).pathname));
    if (called) look();
  });
  observer.observe({ type: "resource" });
  const known = watching.memory.read().cart;
  if (!known && !watching.rendered.count) watching.memory.write({ cart: EMPTY });
  else if (!known || differs(known, watching.rendered)) look();
  return () => observer.disconnect();
}

function differs(known: Sighting, { count, total }: Watching["rendered"]): boolean {
  return known.count !== count || known.total !== total;
}

/** One tab at a time: two that look at once would both tell of the same change. */
function together(act: () => Promise<void>): Promise<void> {
  return navigator.locks ? navigator.locks.request("shopbridge-cart", act) : act();
}

async function compare({ memory, root, tell, isAllowed }: Watching): Promise<void> {
  const answer = await fetch(`${root}cart.js`, { headers: { Accept: "application/json" } });
  if (!answer.ok || !isAllowed()) return;
  const now = seen(await answer.json());
  const before = memory.read().cart;
  if (!isAllowed()) return;
  memory.write({ cart: now });
  // Without an earlier sighting there is nothing to compare with: what lies in the cart was put
  // there before anything might be said.
  if (before) changes(before, now).forEach(tell);
}

/** Keeps of a cart what an event may need later, when the line itself is gone. */
function seen(cart: { token: string; item_count: number; total_price: number; items: CartItem[] }): Sighting {
  return {
    token: cart.token,
    count: cart.item_count,
    total: cart.total_price,
    items: cart.items.map((item) => ({
      variant_id: item.variant_id,
      product_id: item.product_id,
      quantity: item.quantity,
      price: item.price,
      product_title: item.product_title,
      product_type: item.product_type,
      variant_title: item.variant_title,
      vendor: item.vendor,
      image: item.image,
      url: item.url,
    })),
  };
}
