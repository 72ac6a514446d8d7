// The five events that a theme sees, in Netcore's names and keys.
// https://cedocs.netcorecloud.com/docs/payloads-for-events

import type { Page, Params, Product, Tracking } from "./page.ts";

export const PAGE_BROWSE = "Page Browse";
export const PAGE_VIEW = "Page View";
export const PRODUCT_SEARCH = "Product Search";
export const ADD_TO_CART = "Add to Cart";
export const REMOVE_FROM_CART = "Remove from Cart";
export const CHECKOUT = "Checkout";

/** Names that the settings page switches; a merchant's own events have others. */
export const SWITCHED = [
  PAGE_BROWSE, PAGE_VIEW, PRODUCT_SEARCH, ADD_TO_CART, REMOVE_FROM_CART, CHECKOUT,
];

export interface Happened {
  name: string;
  params: Params;
}

/** A line of the cart as Shopify's `/cart.js` gives it; money in hundredths. */
export interface CartItem {
  variant_id: number;
  product_id: number;
  quantity: number;
  price: number;
  product_title: string;
  product_type: string;
  variant_title: string | null;
  vendor: string;
  image: string | null;
  url: string;
}

const IDS = new Set(["prid"]);

/** What this page alone means: seen, looked at, searched. */
export function ofPage(page: Page, location: Location, title: string): Happened[] {
  const found: Happened[] = [];
  if (!SECRET_PATH.test(location.pathname)) {
    const pageurl = withoutSecrets(location);
    found.push({ name: PAGE_BROWSE, params: { pageurl, pagetitle: title } });
  }
  if (page.product) found.push({ name: PAGE_VIEW, params: viewed(page.product, page, location) });
  if (page.search?.keyword) found.push({ name: PRODUCT_SEARCH, params: { ...page.search } });
  return found;
}

/** Paths that hold a token which lets its holder into an account. */
const SECRET_PATH = /\/account\/(activate|reset|invalid_token)\b/;

/** The page's address with campaign parameters alone: others may name a person. */
function withoutSecrets({ origin, pathname, search }: Location): string {
  const kept = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search)) {
    if (name.startsWith("utm_") || name === "variant") kept.append(name, value);
  }
  return `${origin}${pathname}${kept.size ? `?${kept}` : ""}`;
}

function viewed(product: Product, page: Page, location: Location): Params {
  return {
    prid: product.id,
    price: product.price,
    name: product.name,
    image: absolute(product.image, location),
    produrl: absolute(product.url, location),
    type: product.type,
    currency: page.currency,
    compare_at_price: product.compare_at_price,
    brand: product.brand,
    collections: product.collections.join(", "),
    tags: product.tags.join(", "),
  };
}

/** What putting `quantity` pieces into the cart means. */
export function added(item: CartItem, quantity: number, page: Page, location: Location): Happened {
  const params = inCart(item, quantity, page, location);
  return { name: ADD_TO_CART, params: { ...params, type: item.product_type } };
}

/** What taking `quantity` pieces out means; Netcore spells the type differently here. */
export function removed(item: CartItem, quantity: number, page: Page, location: Location): Happened {
  const params = inCart(item, quantity, page, location);
  return { name: REMOVE_FROM_CART, params: { ...params, producttype: item.product_type } };
}

function inCart(item: CartItem, quantity: number, page: Page, location: Location): Params {
  return {
    prid: item.product_id,
    price: item.price / 100,
    name: item.product_title,
    image: absolute(item.image, location),
    produrl: absolute(item.url, location),
    currency: page.currency,
    prqt: quantity,
    brand: item.vendor,
    variant: item.variant_title,
  };
}

function absolute(address: string | null, location: Location): string | null {
  return address ? new URL(address, location.origin).href : null;
}

/** Name and parameters as the store's panel has them; without what is empty. */
export function spelt({ name, params }: Happened, tracking: Tracking): Happened {
  return { name: tracking.names[name] ?? name, params: spell(params, tracking) };
}

/** When something was put in or taken out, as the panel counts time. */
export function dated(happened: Happened, tracking: Tracking, now: number): Happened {
  const activitydate = tracking.milliseconds ? now : Math.floor(now / 1000);
  return { ...happened, params: { ...happened.params, activitydate } };
}

function spell(params: Params, tracking: Tracking): Params {
  const written: Params = {};
  for (const [key, value] of Object.entries(params)) {
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value) && !value.length) continue;
    written[tracking.keys[key] ?? key] =
      tracking.ids_as_text && (IDS.has(key) || key === "items") ? asText(value) : value;
  }
  return written;
}

function asText(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String) : String(value);
}
