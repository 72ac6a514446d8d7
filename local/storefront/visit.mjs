// A visit without a browser: runs the snippet of a headless storefront and the built web pixel,
// both unchanged, with as much of a browser and of Shopify around them as they use, and sends what
// they send. Reads the visit as JSON and writes how each request was answered; `in_node.py` starts
// it. What a real browser adds, blocks or delays is for the tests in Chromium.

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const { origin, snippet, calls, pixel, reach } = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
const sent = [];

/** Sends from where a browser would say that it is: the page's origin, or a sandbox's `null`. */
function fetchFrom(from) {
  return (address, options) => {
    const url = address === reach.from ? reach.to : address;
    const answer = fetch(url, { ...options, headers: { Origin: from } });
    const { name } = JSON.parse(options.body);
    sent.push(answer.then(({ status }) => answers.push({ name, status })));
    return answer;
  };
}

/** Waits until all that was sent is answered, so that a visit keeps its order. */
const answered = () => Promise.all(sent.splice(0));

const privacy = { analyticsProcessingAllowed: () => true, marketingAllowed: () => true };

function page() {
  const kept = new Map();
  const window = { Shopify: { customerPrivacy: privacy } };
  const localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: (name) => kept.delete(name),
  };
  const document = new EventTarget();
  const context = { window, document, localStorage, crypto, fetch: fetchFrom(origin) };
  runInContext(snippet, createContext(context));
  return window.shopbridge;
}

/** What Shopify's pixel manager does: hands over settings, and publishes what is subscribed to. */
function manager({ code, settings, init }) {
  const subscribed = {};
  const analytics = { subscribe: (name, act) => (subscribed[name] = act) };
  const customerPrivacy = { subscribe: () => {} };
  const allowed = { analyticsProcessingAllowed: true, marketingAllowed: true };
  const api = { analytics, customerPrivacy, settings, init: { ...init, customerPrivacy: allowed } };
  const shopify = { extend: (point, run) => run(api) };
  runInContext(code, createContext({ shopify, URL, fetch: fetchFrom("null") }));
  return (event) => subscribed[event.name]?.(event);
}

const shopbridge = page();
for (const [name, params, tokens] of calls) {
  shopbridge.track(name, params, tokens);
  await answered();
}
const publish = manager(pixel);
for (const event of pixel.events) {
  publish(event);
  await answered();
}
console.log(JSON.stringify(answers));
