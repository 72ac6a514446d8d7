// Sends what was switched on, while the visitor allows it.

import type { ExtensionApi } from "@shopify/web-pixels-extension";
import type { Body } from "../../../storefront/src/body.ts";
import { body } from "./checkout.ts";

interface Privacy {
  analyticsProcessingAllowed: boolean;
  marketingAllowed: boolean;
}

export type Send = (endpoint: string, body: Body) => void;

/** Subscribes to what the settings name; nothing is kept in the browser. */
export function watch({ analytics, init, settings, customerPrivacy }: ExtensionApi, send: Send): void {
  const { endpoint, key, events } = settings as Record<string, string | undefined>;
  let allowed = isAllowed(init.customerPrivacy);
  customerPrivacy.subscribe("visitorConsentCollected", (event) => {
    allowed = isAllowed(event.customerPrivacy);
  });
  if (!endpoint || !key || !events?.split(",").includes("Checkout")) return;
  const { shop } = init.data;
  const place = {
    store: shop.myshopifyDomain,
    key,
    storefront: shop.storefrontUrl || `https://${shop.myshopifyDomain}`,
  };
  analytics.subscribe("checkout_started", (event) => {
    const told = allowed ? body(event, place) : null;
    if (told) send(endpoint, told);
  });
}

function isAllowed(privacy: Privacy): boolean {
  return privacy.analyticsProcessingAllowed && privacy.marketingAllowed;
}
