import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import type { ExtensionApi } from "@shopify/web-pixels-extension";
import { watch } from "../../extensions/website-pixel/src/pixel.ts";
import type { Body } from "../src/body.ts";

const STARTED = JSON.parse(readFileSync("storefront/tests/checkout_started.json", "utf8"));
const SETTINGS = { endpoint: "https://api.example.com/collect", key: "k1", events: "Checkout" };
const YES = { analyticsProcessingAllowed: true, marketingAllowed: true };

/** A stand-in for Shopify's pixel manager: what was subscribed can be published. */
function manager(settings: Record<string, string>, privacy: typeof YES) {
  const subscribed = new Map<string, (event: unknown) => void>();
  const sent: Body[] = [];
  const subscribe = (name: string, act: (event: unknown) => void) => {
    subscribed.set(name, act);
    return () => true;
  };
  const shop = { myshopifyDomain: "vapid-store.myshopify.com", storefrontUrl: "https://shop.example.com" };
  const api = {
    settings,
    analytics: { subscribe },
    customerPrivacy: { subscribe },
    init: { data: { shop, customer: null, cart: null }, customerPrivacy: privacy },
  };
  watch(api as unknown as ExtensionApi, (_, body) => sent.push(body));
  return { sent, publish: (name: string, event: unknown) => subscribed.get(name)?.(event), subscribed };
}

test("a checkout that begins is told in Netcore's keys, under its token", () => {
  const { sent, publish } = manager(SETTINGS, YES);

  publish("checkout_started", STARTED);

  assert.deepEqual(sent, [
    {
      store: "vapid-store.myshopify.com",
      key: "k1",
      name: "Checkout",
      id: "sh-5a1f9a7c-8f33-4b4e-9b4f-3a2b1c0d9e8f",
      at: "2026-11-25T09:30:00.000Z",
      visitor: "5f8c1f7e-6f0a-4f0e-8a53-0c8d2f9b7a61",
      consent: { analytics: true, marketing: true },
      checkout_token: "c0ffee00c0ffee00c0ffee00c0ffee00",
      params: {
        itemcount: 3,
        total_price: 37.5,
        currency: "INR",
        items: [
          {
            prid: "7", name: "Mug", image: "https://cdn.example.com/mug.png", price: 12.5,
            produrl: "https://shop.example.com/products/mug", type: "Kitchen", currency: "INR",
            prqt: 3, brand: "Vapid", variant: "Blue",
          },
        ],
      },
    },
  ]);
});

test("nothing is sent without consent to both, whatever Shopify's manager does", () => {
  const { sent, publish } = manager(SETTINGS, { ...YES, marketingAllowed: false });

  publish("checkout_started", STARTED);

  assert.deepEqual(sent, []);
});

test("a withdrawal stops it at once, and consent given later lets it go on", () => {
  const { sent, publish } = manager(SETTINGS, YES);

  publish("visitorConsentCollected", { customerPrivacy: { ...YES, analyticsProcessingAllowed: false } });
  publish("checkout_started", STARTED);
  publish("visitorConsentCollected", { customerPrivacy: YES });
  publish("checkout_started", { ...STARTED, id: "second" });

  assert.deepEqual(sent.map((body) => body.id), ["second"]);
});

test("an event that is switched off is not even listened to", () => {
  const { subscribed } = manager({ ...SETTINGS, events: "-" }, YES);

  assert.equal(subscribed.has("checkout_started"), false);
});

test("the pixel listens to nothing that the app embed tells", () => {
  const { subscribed } = manager(SETTINGS, YES);

  assert.deepEqual([...subscribed.keys()], ["visitorConsentCollected", "checkout_started"]);
});

test("a checkout without token cannot be anybody's, and one of 100 lines tells 40", () => {
  const { sent, publish } = manager(SETTINGS, YES);
  const { checkout } = STARTED.data;
  const lines = Array.from({ length: 100 }, () => checkout.lineItems[0]);

  publish("checkout_started", { ...STARTED, data: { checkout: { ...checkout, token: null } } });
  publish("checkout_started", { ...STARTED, data: { checkout: { ...checkout, lineItems: lines } } });

  assert.deepEqual(sent.map((body) => (body.params.items as unknown[]).length), [40]);
});
