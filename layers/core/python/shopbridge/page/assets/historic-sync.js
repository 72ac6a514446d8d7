// The page of the historic sync: starts it, follows it while it lasts, holds it, ends it.
import { all, call, fill, json, made, on, one, ready, toast } from "./core.js";
import { handOut } from "./csv.js";

const MOVING_MS = 2000;
const RESTING_MS = 20000; // paused, or waiting for something: whoever acts may be somebody else
const MOVES = ["planning", "reading", "sending", "verifying"];
const GOES_ON = ["RUNNING", "PAUSED"];
const advice = json("advice");
let next;
let said;

function span(seconds) {
  if (seconds < 100) return `${seconds} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function stay(els, told) {
  for (const el of els) {
    const { in: states, when, unless } = el.dataset;
    el.hidden = (states && !states.split(",").includes(told.state)) || (when && !told[when]) || !!told[unless];
  }
}

// What is spoken changes only where there is something new to say.
function speak(run) {
  const told = [run.state, run.waiting, run.reason, run.gaps].join();
  if (told === said) return;
  said = told;
  fill(one("#run"), run);
  one("[data-advice]").textContent = advice[run.waiting] ?? advice[""];
}

function timed(root, told) {
  for (const el of all("[data-span]", root)) el.textContent = span(told[el.dataset.span] ?? 0);
  return root;
}

function follow(told, at) {
  const list = one("#streams");
  if (!list.children[at]) list.append(made("stream", told));
  const row = timed(fill(list.children[at], told), told);
  const bar = one("progress", row);
  bar.value = told.share;
  bar.ariaLabel = told.stream;
  stay(all("[data-when]", row), told);
  one("[data-moves]", row).hidden = told.state !== "reading" || !told.seconds_left;
}

function draw({ told: run }) {
  clearTimeout(next);
  run.older = run.streams.some((each) => each.floor);
  speak(run);
  stay(all("[data-in]"), run);
  run.streams.forEach(follow);
  [...one("#streams").children].slice(run.streams.length).forEach((row) => row.remove());
  if (!GOES_ON.includes(run.state)) return;
  const moves = run.state === "RUNNING" && !run.waiting && run.streams.some((each) => MOVES.includes(each.state));
  next = setTimeout(look, moves ? MOVING_MS : RESTING_MS);
}

// Without an answer it stays as it was shown, until one comes.
const look = () => call("GET", "/sync").then(draw, () => (next = setTimeout(look, RESTING_MS)));

function wanted(form) {
  const days = one("[name=days]", form).value;
  return days && { days: Number(days) };
}

on("[data-start]", "submit", async (form) => {
  draw(await call("POST", "/sync/start", { ...wanted(form) }));
  one("#plan").replaceChildren();
  toast("Started");
});
on("[data-plan]", "click", async (el) => {
  const { told } = await call("POST", "/sync/start", { dry_run: true, ...wanted(el.closest("form")) });
  one("#plan").replaceChildren(...told.streams.map((each) => timed(made("planned", each), each)));
});
on("[data-post]", "click", async ({ dataset: { post, done } }) => {
  draw(await call("POST", post));
  toast(done);
});
on("[data-gaps]", "click", async () => {
  const { told } = await call("GET", "/sync/gaps");
  const names = ["stream", "id", "reason"];
  handOut("historic-sync", [names, ...told.gaps.map((gap) => names.map((name) => gap[name]))]);
});

await ready();
look();
