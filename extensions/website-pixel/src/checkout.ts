// `checkout_started` in Netcore's keys.

import type { PixelEvents } from "@shopify/web-pixels-extension";
import type { Body } from "../../../storefront/src/body.ts";

type Started = PixelEvents["checkout_started"];
type Line = Started["data"]["checkout"]["lineItems"][number];
type Params = Record<string, unknown>;

/** Lines that an event carries: a journey needs a few, and bodies stay small. */
export const MOST_ITEMS = 40;

/** What our own settings say, and where the storefront is. */
export interface Place {
  store: string;
  key: string;
  storefront: string;
}

/** The body for a checkout that somebody began; null without a token, which says whose it is. */
export function body(event: Started, place: Place): Body | null {
  const { checkout } = event.data;
  if (!checkout.token) return null;
  return {
    store: place.store,
    key: place.key,
    name: "Checkout",
    id: event.id,
    at: event.timestamp,
    visitor: event.clientId,
    consent: { analytics: true, marketing: true },
    checkout_token: checkout.token,
    params: full({
      itemcount: checkout.lineItems.reduce((sum, line) => sum + line.quantity, 0),
      total_price: checkout.totalPrice?.amount,
      currency: checkout.currencyCode,
      items: checkout.lineItems.slice(0, MOST_ITEMS).map((line) => item(line, place.storefront)),
    }),
  };
}

function item({ title, quantity, variant }: Line, storefront: string): Params {
  return full({
    prid: variant?.product.id,
    name: variant?.product.title || title,
    image: absolute(variant?.image?.src, storefront),
    price: variant?.price.amount,
    produrl: absolute(variant?.product.url, storefront),
    type: variant?.product.type,
    currency: variant?.price.currencyCode,
    prqt: quantity,
    brand: variant?.product.vendor,
    variant: variant?.title,
  });
}

/** Shopify writes addresses from the storefront's root, or without their scheme. */
function absolute(address: string | null | undefined, storefront: string): string | undefined {
  try {
    return address ? new URL(address, storefront).href : undefined;
  } catch {
    return undefined;
  }
}

/** Without what is empty: Netcore takes neither null nor empty lists. */
function full(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).filter(
      ([, value]) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && !value.length),
    ),
  );
}
