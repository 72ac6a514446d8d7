import assert from "node:assert/strict";
import { test } from "node:test";

import { added, dated, ofPage, removed, spelt, type CartItem } from "../src/events.ts";
import type { Page, Tracking } from "../src/page.ts";

const TRACKING: Tracking = {
  on: true,
  events: {},
  names: { "Page View": "Product View", "Add to Cart": "Add To Cart", "Remove from Cart": "Remove From Cart" },
  keys: {},
  primary_key: "CUSTID",
  website_id: "site",
  ids_as_text: false,
  milliseconds: false,
};

const PAGE: Page = {
  panel: "P", website: "site", data_centre: "us", script: "", tracking: TRACKING, customer: null,
  currency: "INR", cart: { count: 0, total: 0 }, root: "/",
};

const LINE: CartItem = {
  variant_id: 11, product_id: 7, quantity: 1, price: 1250, product_title: "Mug", product_type: "Kitchen",
  variant_title: "Blue", vendor: "Vapid", image: "//cdn.example.com/mug.png", url: "/products/mug?variant=11",
};

const at = (address: string) => new URL(address) as unknown as Location;

test("Page Browse says address and title, without what an address may tell of a person", () => {
  const [browse] = ofPage(PAGE, at("https://shop.example.com/pages/a?utm_source=m&email=a@b.c&variant=11#x"), "About");

  assert.deepEqual(browse, {
    name: "Page Browse",
    params: { pageurl: "https://shop.example.com/pages/a?utm_source=m&variant=11", pagetitle: "About" },
  });
});

test("a page whose path opens an account is never told", () => {
  assert.deepEqual(ofPage(PAGE, at("https://shop.example.com/account/reset/7/secret"), "Reset"), []);
});

test("Page View is dispatched as Product View, with Netcore's keys", () => {
  const product = {
    id: 7, price: 12.5, name: "Mug", image: "//cdn.example.com/mug.png", url: "/products/mug", type: "Kitchen",
    compare_at_price: 15, brand: "Vapid", collections: ["Kitchen", "Sale"], tags: ["blue", "new"],
  };

  const [, view] = ofPage({ ...PAGE, product }, at("https://shop.example.com/products/mug"), "Mug");

  assert.ok(view);
  assert.deepEqual(spelt(view, TRACKING), {
    name: "Product View",
    params: {
      prid: 7, price: 12.5, name: "Mug", image: "https://cdn.example.com/mug.png",
      produrl: "https://shop.example.com/products/mug", type: "Kitchen", currency: "INR",
      compare_at_price: 15, brand: "Vapid", collections: "Kitchen, Sale", tags: "blue, new",
    },
  });
});

test("Product Search says the keyword and the ids that were shown", () => {
  const search = { keyword: "mug", items: [7, 8] };

  const [, searched] = ofPage({ ...PAGE, search }, at("https://shop.example.com/search"), "Search");

  assert.deepEqual(searched, { name: "Product Search", params: { keyword: "mug", items: [7, 8] } });
});

test("Add to Cart and Remove from Cart differ in the key of the product's type", () => {
  const common = {
    prid: 7, price: 12.5, name: "Mug", image: "https://cdn.example.com/mug.png",
    produrl: "https://shop.example.com/products/mug?variant=11", currency: "INR", prqt: 2,
    brand: "Vapid", variant: "Blue",
  };

  const put = spelt(added(LINE, 2, PAGE, at("https://shop.example.com/")), TRACKING);
  const taken = spelt(removed(LINE, 2, PAGE, at("https://shop.example.com/")), TRACKING);

  assert.deepEqual(put, { name: "Add To Cart", params: { ...common, type: "Kitchen" } });
  assert.deepEqual(taken, { name: "Remove From Cart", params: { ...common, producttype: "Kitchen" } });
});

test("a panel may spell names and keys otherwise, take ids as text and count milliseconds", () => {
  const own = { ...TRACKING, keys: { prid: "productid" }, ids_as_text: true, milliseconds: true };
  const happened = { name: "Page View", params: { prid: 7, brand: "", tags: null } };

  const written = spelt(dated(happened, own, 1_700_000_000_123), { ...own, names: { "Page View": "Seen" } });

  assert.deepEqual(written, { name: "Seen", params: { productid: "7", activitydate: 1_700_000_000_123 } });
});

test("time is counted in seconds unless the panel wants otherwise", () => {
  const { params } = dated({ name: "Add to Cart", params: {} }, TRACKING, 1_700_000_000_123);

  assert.deepEqual(params, { activitydate: 1_700_000_000 });
});
