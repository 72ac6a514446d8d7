// Who the visitor is to Netcore: the store's primary key, kept from visit to visit.

import type { Memory } from "./memory.ts";
import type { Page, Tracking } from "./page.ts";

/**
 * Who to identify: who is logged in, else who was last; empty for nobody known. Somebody logged in
 * who has no value of the key is not whoever came before.
 */
export function identity(page: Page & { tracking: Tracking }, memory: Memory): string {
  if (page.customer === null) return memory.read().identity ?? "";
  const customer = spelt(page.customer, page.tracking.primary_key);
  memory.write({ identity: customer });
  return customer;
}

/**
 * The primary key that a call of Netcore's names, so that the next page does not undo what a
 * sign-in form of a web message said.
 */
export function named(call: unknown[]): string {
  const [verb, value, attributes] = call;
  if (verb === "identify") return text(value);
  if (verb !== "contact" || typeof attributes !== "object" || !attributes) return "";
  const key = Object.entries(attributes).find(([name]) => name.startsWith("pk^"));
  return text(key?.[1]);
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** As Netcore has it: a mobile number is digits alone. */
function spelt(value: string, key: Tracking["primary_key"]): string {
  return key === "MOBILE" ? value.replace(/\D/g, "") : value;
}
