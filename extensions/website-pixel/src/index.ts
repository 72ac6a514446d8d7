import { register } from "@shopify/web-pixels-extension";
import { watch } from "./pixel.ts";

register((api) =>
  watch(api, (endpoint, body) => {
    // As plain text it needs no preflight, and `keepalive` lets it outlive the page.
    void fetch(endpoint, { method: "POST", keepalive: true, body: JSON.stringify(body) }).catch(() => {});
  }),
);
