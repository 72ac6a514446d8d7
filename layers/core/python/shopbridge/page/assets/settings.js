// Pages that change settings. A field's name is the place of its value in them.
import { all, call, fill, goOn, item, json, made, on, one, ready, show, toast } from "./core.js";

let settings = json("settings");
let etag = document.body.dataset.etag;
let saving = false;
const began = new Map();
const fields = () => [...began.keys()];
const changed = () => fields().filter((el) => value(el) !== began.get(el));

function value(el) {
  if (el.localName === "s-switch") return el.checked;
  if (el.localName === "s-choice-list") return el.values[0];
  const text = el.value.trim();
  if (text || !el.dataset.as) return el.dataset.as === "number" && !isNaN(text) ? Number(text) : text;
  return null;
}

function put(el, was) {
  if (el.localName === "s-switch") el.checked = was;
  else if (el.localName === "s-choice-list") el.values = [was];
  else el.value = was ?? "";
  el.removeAttribute("error");
}

function refresh() {
  for (const el of fields().filter((f) => f.dataset.needs && !began.get(f))) {
    el.disabled = !value(one(`[name="${el.dataset.needs}"]`));
    if (el.disabled) el.checked = false;
  }
  shopify.saveBar[changed().length ? "show" : "hide"]("save-bar");
}

function place(target, name, what) {
  const keys = name.split(".");
  const last = keys.pop();
  keys.reduce((inner, key) => (inner[key] ??= {}), target)[last] = what;
}

function wanted(form) {
  const next = structuredClone(settings);
  for (const el of changed().filter((f) => form.contains(f))) place(next, el.getAttribute("name"), value(el));
  next.attributes.own = next.attributes.own.filter((own) => own.label);
  const { step } = form.dataset;
  if (step) next.guide.done = [...new Set([...next.guide.done, step])];
  return form.dataset.save === "netcore" ? next.netcore : next;
}

// Asks before what cannot be undone; says how much it is about.
function confirmed(forGood) {
  const modal = one("#once");
  one("[data-once-list]").replaceChildren(...forGood.map((el) => item(el.label)));
  call("POST", "/sync/start", { dry_run: true, streams: forGood.map((el) => el.dataset.once) })
    .then(({ told }) => fill(modal, told)).catch(() => {});
  modal.showOverlay();
  return new Promise((answer) => {
    modal.addEventListener("hide", () => answer(false), { once: true });
    one("#once-yes").onclick = () => { answer(true); modal.hideOverlay(); };
  });
}

async function save(form) {
  const forGood = changed().filter((el) => el.dataset.once && value(el));
  if (saving || (forGood.length && !(await confirmed(forGood)))) return;
  saving = true;
  try {
    ({ told: settings, tag: etag } = await call("PUT", `/${form.dataset.save}`, wanted(form), { "If-Match": etag }));
    for (const el of fields().filter((f) => form.contains(f))) {
      el.removeAttribute("error");
      if (el.localName === "s-password-field") el.value = "";
      began.set(el, value(el));
    }
    refresh();
    goOn("Saved", form.dataset.next);
  } catch (refused) {
    if (refused.status === 412) await stale();
    else throw refused;
  } finally {
    saving = false;
  }
}

async function stale() {
  one("#stale").hidden = false;
  toast("Not saved", true);
  const { told: { changes: [last] } } = await call("GET", "/settings/changes?limit=1");
  const what = last.what.map((change) => change.field).join(", ");
  one("[data-stale]").textContent = `${last.by} changed ${what}. Reload, then change yours again.`;
}

async function granted(scope) {
  const { result } = await shopify.scopes.request([scope]);
  if (result === "granted-all") await call("POST", "/scopes");
  return result === "granted-all";
}

async function embed() {
  const found = (await shopify.app.extensions()).filter((each) => each.type === "theme_app_extension");
  if (found.some((each) => each.activations.some((one) => one.status === "active"))) return "on";
  return found.length ? "off" : "not released yet";
}

on("form[data-save]", "submit", save);
on("#save", "click", async () => {
  for (const form of new Set(changed().map((el) => el.closest("form")))) await save(form);
});
on("#discard", "click", () => { began.forEach((was, el) => put(el, was)); refresh(); });
on("[data-post]", "click", async ({ dataset: { post, shown, done } }) => {
  const { told } = await call("POST", post, shown && {});
  if (shown) fill(one(shown), told).hidden = false;
  else goOn(done, location.href);
});
on("[data-request-scope]", "click", async (el) => (await granted(el.dataset.requestScope)) && location.reload());
on("[data-try]", "click", async (el) => {
  const { told } = await call("POST", el.dataset.try);
  one("[data-tried]").replaceChildren(...told.tried.map((each) => made("tried", each)));
  toast(told.ok ? "Connected" : "Not connected", !told.ok);
});

await ready();
for (const el of all("form[data-save] [name]")) {
  await customElements.whenDefined(el.localName);
  began.set(el, value(el));
}
for (const event of ["input", "change"]) {
  fields().forEach((el) => el.addEventListener(event, () => { el.removeAttribute("error"); refresh(); }));
}
on("[data-scope]", "change", async (el) => {
  if (!el.checked || (await granted(el.dataset.scope))) return;
  put(el, false);
  refresh();
  toast("Not granted", true);
});
refresh();
for (const el of all("[data-load]")) {
  call("GET", el.dataset.load).then(({ told }) => fill(el, told)).catch(() => el.replaceChildren("Not known now."));
}
if (one("[data-embed]")) {
  embed().catch(() => "not known now").then((told) => all("[data-embed]").forEach((el) => (el.textContent = told)));
}
