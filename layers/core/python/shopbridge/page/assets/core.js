// What every page of ours does: asks the settings API, and shows what it answers.
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const one = (selector, root = document) => root.querySelector(selector);
export const json = (id) => JSON.parse(one(`#${id}`).textContent);
export const toast = (text, isError = false) => shopify.toast.show(text, { isError });
export const item = (text) => Object.assign(document.createElement("li"), { textContent: text });
const at = (told, path) => path.split(".").reduce((found, key) => found?.[key], told);
const when = (text) => new Date(text).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

// Answers {told, tag}, or throws a refusal: {status, field, message, also}.
export async function call(method, path, body, headers = {}) {
  const bearer = { Authorization: `Bearer ${await shopify.idToken()}` };
  const type = body && { "Content-Type": "application/json" };
  const asked = { method, headers: { ...bearer, ...type, ...headers }, body: body && JSON.stringify(body) };
  const answer = await fetch(`api/v1${path}`, asked).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (answer?.ok) return { told, tag: answer.headers.get("ETag") };
  throw { status: answer?.status, ...(told?.message ? told : { message: "No answer: try again in a moment." }) };
}

// Shows a refusal at its fields, and in the banner what belongs to none.
export function show(refused) {
  if (!refused.message) throw refused;
  const lost = [];
  for (const { field, message } of [refused, ...(refused.also ?? [])]) {
    const el = field && (one(`[name="${field}"]`) ?? one(`[name="netcore.${field}"]`));
    if (el) el.setAttribute("error", message);
    else lost.push(message);
  }
  const banner = one("#problem");
  if (banner) {
    one("[data-problem]").replaceChildren(...lost.map(item));
    banner.hidden = !lost.length;
  }
  one("[error]")?.focus();
  toast(lost[0] ?? "Not saved: look at the marked fields", true);
}

// Acts on `event` of each `selector`; what is refused is shown, wherever it comes from.
export function on(selector, event, act) {
  for (const el of all(selector)) {
    el.addEventListener(event, async (happened) => {
      happened.preventDefault();
      try { await act(el); } catch (refused) { show(refused); }
    });
  }
}

// Says `text` on the page that comes next.
export function goOn(text, next) {
  if (!next) return toast(text);
  sessionStorage.setItem("toast", text);
  location.assign(next);
}

// Fills `root` with what was told; its marks say which part goes where.
export function fill(root, told) {
  const each = (mark, act) => all(`[data-${mark}]`, root).forEach((el) => act(el, at(told, el.dataset[mark])));
  each("text", (el, found) => (el.textContent = "signed" in el.dataset && found > 0 ? `+${found}` : found ?? ""));
  each("time", (el, found) => (el.textContent = found ? when(found) : "to come"));
  each("id", (el, found) => (el.dataset.id = found));
  each("each", (el, found) => {
    const line = el.firstElementChild;
    el.replaceChildren(...(found ?? []).map((part) => fill(line.cloneNode(true), part)));
  });
  return root;
}
export const made = (id, told) => fill(one(`#${id}`).content.cloneNode(true), told);

export async function ready() {
  for (const el of all("[datetime]")) el.textContent = when(el.getAttribute("datetime"));
  const said = sessionStorage.getItem("toast");
  sessionStorage.removeItem("toast");
  await customElements.whenDefined("s-page");
  if (said) toast(said);
}
