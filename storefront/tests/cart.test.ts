import assert from "node:assert/strict";
import { test } from "node:test";

import { changes } from "../src/cart.ts";
import type { CartItem } from "../src/events.ts";
import type { Sighting } from "../src/memory.ts";

const MUG = item(11, 1);
const SHIRT = item(22, 2);

function item(variant_id: number, quantity: number): CartItem {
  return {
    variant_id, quantity, product_id: 7, price: 1250, product_title: "Mug", product_type: "Kitchen",
    variant_title: "Blue", vendor: "Vapid", image: "//cdn.example.com/mug.png", url: "/products/mug",
  };
}

function cart(token: string, ...items: CartItem[]): Sighting {
  return { token, items, count: 0, total: 0 };
}

test("what is new in the cart was added, with as many pieces as there are", () => {
  const found = changes(cart("a"), cart("a", MUG, SHIRT));

  assert.deepEqual(found.map(({ item, pieces }) => [item.variant_id, pieces]), [[11, 1], [22, 2]]);
});

test("more pieces of a line are added, fewer are removed, none at all too", () => {
  const found = changes(cart("a", MUG, SHIRT, item(33, 1)), cart("a", item(11, 3), item(22, 1)));

  assert.deepEqual(
    found.map(({ item, pieces }) => [item.variant_id, pieces]),
    [[11, 2], [22, -1], [33, -1]],
  );
});

test("a variant that is split over two lines counts once", () => {
  const found = changes(cart("a", item(11, 3)), cart("a", item(11, 2), item(11, 1)));

  assert.deepEqual(found, []);
});

test("a cart that was ordered lost nothing: the next one has another token", () => {
  const found = changes(cart("a", MUG, SHIRT), cart("b", MUG));

  assert.deepEqual(found.map(({ item, pieces }) => [item.variant_id, pieces]), [[11, 1]]);
});
