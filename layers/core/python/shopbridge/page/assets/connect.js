// Before a store has tokens: trades the merchant's id token for them, then opens the page.
import { one, show } from "./core.js";

const headers = { Authorization: `Bearer ${await shopify.idToken()}` };
const answer = await fetch("auth/exchange", { method: "POST", headers }).catch(() => null);
if (answer?.ok) {
  location.replace(document.body.dataset.connect);
} else {
  one("[data-connecting]").textContent = "";
  show({ message: (await answer?.text()) ?? "No answer: reload in a moment." });
}
