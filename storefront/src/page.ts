// What the block `netcore-embed.liquid` says of the page, and what the merchant chose.

/** Netcore's parameters: flat, except for lists of items. */
export type Params = Record<string, unknown>;

/** What the app writes into its metafield `shopbridge.tracking` when the merchant saves. */
export interface Tracking {
  /** Whether the store sends at all: enabled, and not paused. */
  on: boolean;
  /** By the settings page's names; what is missing is off. */
  events: Record<string, boolean>;
  /** Names to dispatch under, where they differ from the settings page's. */
  names: Record<string, string>;
  /** Keys that the store's panel spells otherwise. */
  keys: Record<string, string>;
  primary_key: "CUSTID" | "EMAIL" | "MOBILE";
  website_id: string;
  ids_as_text: boolean;
  milliseconds: boolean;
}

export interface Product {
  id: number;
  price: number;
  name: string;
  image: string | null;
  url: string;
  type: string;
  compare_at_price: number | null;
  brand: string;
  collections: string[];
  tags: string[];
}

export interface Page {
  panel: string;
  website: string;
  data_centre: "us" | "in" | "tin" | "eu";
  /** Another address of Netcore's script than the data centre's. */
  script: string;
  tracking: Tracking | null;
  /** The logged-in customer's value of the store's primary key, empty without; null for nobody. */
  customer: string | null;
  currency: string;
  cart: { count: number; total: number };
  /** Where the storefront's own addresses begin: `/`, or `/fr/`. */
  root: string;
  product?: Product;
  search?: { keyword: string; items: number[] };
}

/** Reads what the block wrote; null where nothing may be sent or nobody knows to whom. */
export function readPage(): (Page & { tracking: Tracking }) | null {
  const text = document.getElementById("shopbridge-page")?.textContent;
  const page = text ? (JSON.parse(text) as Page) : null;
  if (!page?.tracking?.on || !page.panel) return null;
  return { ...page, website: page.website || page.tracking.website_id, tracking: page.tracking };
}
