// The activity page: finds what became of something, and lists what waits for somebody.
import { all, call, json, made, on, one, ready, show, toast } from "./core.js";
import { handOut } from "./csv.js";

const advice = json("advice");
const next = (cursor) => (cursor ? `&cursor=${encodeURIComponent(cursor)}` : "");

async function search(form) {
  const asked = one("[name=q]", form).value.trim();
  if (!asked) return;
  const { told } = asked.includes("@")
    ? await call("POST", "/activity/by-email", { email: asked })
    : await call("GET", `/activity?q=${encodeURIComponent(asked)}`);
  const found = told.deliveries.reverse().map((each) => made("delivery", each));
  one("#found").replaceChildren(...(found.length ? found : [made("nothing", {})]));
}

async function list(el) {
  const { told } = await call("GET", `${el.dataset.list}&limit=25${next(el.dataset.cursor)}`);
  el.append(...told.parked.map((each) => made("waiting", { ...each, advice: advice[each.reason] ?? advice[""] })));
  if (!el.childElementCount) el.textContent = el.dataset.empty;
  el.dataset.cursor = told.cursor ?? "";
  one(`[data-more="${el.id}"]`).hidden = !told.cursor;
}

async function download(el) {
  const names = ["id", "topic", "what", "state", "reason", "since"];
  const lines = [names];
  let cursor = "";
  do {
    const { told } = await call("GET", `${one(`#${el.dataset.download}`).dataset.list}&limit=100${next(cursor)}`);
    lines.push(...told.parked.map((each) => names.map((name) => each[name])));
    cursor = told.cursor;
  } while (cursor);
  handOut(el.dataset.download, lines);
}

on("[data-search]", "submit", search);
on("[data-more]", "click", (el) => list(one(`#${el.dataset.more}`)));
on("[data-download]", "click", download);
async function requests(el) {
  const { told } = await call("GET", "/privacy/requests");
  for (const each of told.requests) {
    const shown = made("request", each);
    if (each.state !== "ready") one("[data-link]", shown).remove();
    el.append(shown);
  }
  if (!el.childElementCount) el.textContent = "Nobody asked in the last 90 days.";
  on("[data-link]", "click", async (button) => {
    const { told: link } = await call("POST", "/privacy/requests/link", { id: button.dataset.id });
    location.assign(link.url); // it comes as an attachment, so this page stays
  });
}

document.addEventListener("click", (event) => {
  const el = event.target.closest("[data-again]");
  if (!el) return;
  call("POST", "/activity/send-again", { id: el.dataset.id })
    .then(({ told }) => toast(`Sent again: ${told.outcome}`))
    .catch(show);
});

await ready();
all("[data-list]").forEach((el) => list(el).catch(show));
all("[data-requests]").forEach((el) => requests(el).catch(show));
