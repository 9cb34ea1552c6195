// The situation, for operators, read only: tracks, forecasts, what we did and why.
import { byId, el, put } from "./dom.js";
import { clockRate, now, setClock } from "./clock.js";
import { activeRows, rowNow, withNotice } from "./state.js";
import { listen } from "./stream.js";
import { ago, clockTime, nameOf, names, pick, setTimeZone, timeZone } from "./words.js";

const KEY = "tocsin.operator";
const TRACK_OLD = 5; // seconds without a plot after which a track is grey
const SENTENCES = 300;

let picture = null;
let situation = null;
let map = null;
let line = { isLost: () => true };
const entries = new Map();

const percent = (p) => (p >= 0.995 ? "> 99 %" : p < 0.001 ? "< 0.1 %" : `${(p * 100).toFixed(p < 0.1 ? 1 : 0)} %`);
const age = (moment) => ago((now() - Date.parse(moment)) / 1000);
const some = (zones, most = 6) => zones.slice(0, most).map(nameOf).join(", ") + (zones.length > most ? ` and ${zones.length - most} more` : "");
const ends = { burst: "burst in the air", impact: "came down", unknown: "ended, how is not known" };
const grounds = { open: "over open ground", zone: "in or near a zone", unknown: "where is not known" };

/** The key becomes a cookie that lasts an hour and that no script can read. */
async function signIn(key) {
  const response = await fetch("/api/session", { method: "POST", headers: { Authorization: `Bearer ${key}` } });
  if (response.ok) return null;
  const problem = await response.json().catch(() => ({}));
  return problem.reason ?? `The server answered ${response.status}.`;
}

async function open(key) {
  const fault = await signIn(key).catch(() => "The server cannot be reached. Try again.");
  byId("door-fault").textContent = fault ?? "";
  if (fault) return;
  sessionStorage.setItem(KEY, key);
  byId("door").hidden = true;
  byId("board").hidden = false;
  byId("leave").hidden = false;
  const zones = await fetch("/api/zones?names=en").then((r) => r.json()).catch(() => ({}));
  for (const [id, entry] of Object.entries(zones)) names.set(id, entry);
  line = listen("/api/events?as=operator", {
    picture: (next) => { picture = next; setTimeZone(next.time_zone); draw(); },
    warning: notice, "all-clear": notice,
    health: (health) => { if (picture) picture = { ...picture, health }; },
    situation: (next) => { situation = next; draw(); },
    entry: (next) => { entries.set(`${next.number} ${next.kind}`, next); drawEntries(); },
  }, { heard: () => {}, refused: () => signIn(key) });
  startMap();
  (function tick() { draw(); setTimeout(tick, 1000 / Math.min(4, Math.max(1, clockRate()))); })();
}

function notice(next) {
  setClock(next.now, next.rate);
  if (picture) picture = withNotice(picture, next);
  draw();
}

async function startMap() {
  try {
    const { SituationMap } = await import("./situation-map.js");
    map = await SituationMap.open(byId("map"));
    draw();
  } catch {
    byId("map").replaceChildren(el("p", { class: "dim" }, "The map cannot be shown here; the tables say the same."));
  }
}

/** When the whole comes down, or the slowest of its pieces. */
function downAt(track) {
  const pieces = (track.fragments ?? []).map((part) => Date.parse(part.impact_t) + 2000 * part.sigma_t_s);
  const last = pieces.length ? ` · pieces until ${clockTime(Math.max(...pieces))}` : "";
  if (track.phase === "ended") return `ended${last}`;
  if (!track.impact_t) return "no forecast yet";
  const left = (Date.parse(track.impact_t) - now()) / 1000;
  return (left > 0 ? `down in ${Math.ceil(left)} s ± ${Math.max(1, Math.round(track.sigma_t_s ?? 0))} s` : "should be down") + last;
}

// Of a track, or of a decision that rests on one: null where there is no doubt.
function doubt({ purity, rivals }) {
  if (purity === undefined || purity === null) return null;
  const sure = purity < 0.01 ? "below 1 %" : percent(purity);
  return `All plots of one body: ${sure}${rivals?.length ? `, some may be of track ${rivals.join(", ")}` : ""}`;
}

function trackCard(track) {
  const silent = (now() - Date.parse(track.last_plot)) / 1000;
  const likely = track.probabilities.slice(0, 8);
  return el("article", { class: `track ${silent > TRACK_OLD ? "old" : ""}` },
    el("h3", {}, el("span", {}, `Track ${track.id}`),
      el("span", {}, downAt(track))),
    el("p", { class: "facts num" }, `${track.phase} · ${Math.round(track.speed_mps)} m/s · ${(track.height_m / 1000).toFixed(1)} km high · ${track.plots} plots from ${track.radars.join(", ")}`),
    doubt(track) && el("p", { class: "facts num" }, doubt(track)),
    el("p", { class: "dim num" }, `Last plot ${ago(silent)}${silent > TRACK_OLD ? ": older than it should be" : ""}`,
      track.p_burst > 0.01 ? ` · already burst: ${percent(track.p_burst)}` : ""),
    likely.length
      ? el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Zone"), el("th", { scope: "col", class: "number" }, "P(zone)"), el("th", {}))),
        el("tbody", {}, likely.map(({ zone, p }) => el("tr", {}, el("td", {}, nameOf(zone)), el("td", { class: "number" }, percent(p)), el("td", { class: "bar-cell", "data-p": p })))))
      : el("p", { class: "dim" }, track.impact ? "Over open ground: no zone above 1 in 10,000." : ""));
}

function cause(warning) {
  const [[kind, value]] = Object.entries(warning.cause);
  const word = value?._0 ?? value;
  return { track: `track ${word}`, source: `source ${word}`, operatorOrder: `ordered by ${word}` }[kind] ?? kind;
}

function decision(row) {
  const why = row.zones.filter((z) => z.p !== undefined || z.probability !== undefined);
  const p = (z) => z.p ?? z.probability;
  const reason = why.length
    ? why.slice(0, 5).map((z) => `${nameOf(z.zone)}: ${percent(p(z))}${z.threshold !== undefined ? ` against ${percent(z.threshold)}` : ""}`).join("; ")
    : some(row.zones.map((z) => z.zone));
  const basis = row.plots ? ` ${row.plots} plots from ${row.radars.join(", ")}.` : "";
  return el("li", {}, el("span", { class: "num" }, `${clockTime(Date.parse(row.time))} · entry ${row.entry} · ${row.kind}. `), `${reason}.${basis}${doubt(row) ? ` ${doubt(row)}.` : ""} `,
    row.note && el("em", {}, row.note));
}

function warningCard(warning) {
  const rows = Object.entries(warning.zones).map(([zone, z]) => rowNow({ zone, stage: z.ended ? "ended" : z.stage, mode: warning.mode, issued: z.issued, expected: z.expected, seconds: z.seconds, shelter_seconds: z.shelterSeconds, expires: z.expires, ended: z.ended, corrected: z.corrected }, now()));
  const active = rows.filter((row) => !row.endedAt);
  const first = active.sort((a, b) => (a.left ?? 1e9) - (b.left ?? 1e9))[0];
  const state = active.length ? (first.left > 0 ? `${Math.ceil(first.left)} s left` : `at most ${first.minutes} min more`)
    : rows.some((r) => r.corrected) ? "corrected" : `ended ${clockTime(Math.max(...rows.map((r) => r.endedAt)))}`;
  return el("article", { class: `warning ${active.length ? `active-warning stage-${first.stage}` : ""} ${warning.mode}` },
    el("h3", {}, el("span", {}, `${warning.mode === "actual" ? "" : `${warning.mode.toUpperCase()} · `}${warning.id} · ${warning.hazard}`), el("span", { class: "num" }, state)),
    el("p", {}, `${some(Object.keys(warning.zones).sort())}.`),
    el("p", { class: "dim" }, `Cause: ${cause(warning)} · told: ${warning.outlets.join(", ") || "nobody"}`),
    el("ul", { class: "why" }, warning.decisions.slice(-4).map(decision)));
}

function table(head, rows, none) {
  if (!rows.length) return el("p", { class: "dim" }, none);
  return el("table", {}, el("thead", {}, el("tr", {}, head.map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, rows));
}

const cell = (text, name = null) => el("td", { class: name }, text);

function drawTables() {
  const tracks = [...situation.tracks].sort((a, b) => (a.impact_t ?? "9") < (b.impact_t ?? "9") ? -1 : 1);
  put(byId("tracks"), tracks.length ? tracks.slice(0, 40).map(trackCard) : el("p", { class: "dim" }, "Nothing is tracked."),
    tracks.length > 40 && el("p", {}, `and ${tracks.length - 40} tracks more`));
  for (const bar of document.querySelectorAll(".bar-cell[data-p]")) {
    const mark = el("span", { class: "bar-p" });
    mark.style.width = `${Math.round(bar.dataset.p * 64)}px`;
    bar.replaceChildren(mark);
  }
  put(byId("outcomes"), table(["Time", "Track", "End"], [...situation.outcomes].reverse().slice(0, 20).map((o) => el("tr", {},
    cell(clockTime(Date.parse(o.t))), cell(o.track), cell(`${ends[o.end]}, ${grounds[o.ground]}${o.zones.length ? `: ${some(o.zones.map((z) => z.zone), 3)}` : ""}`))), "None has ended."));
  const order = [...situation.warnings].sort((a, b) => Number(Object.values(b.zones).some((z) => !z.ended)) - Number(Object.values(a.zones).some((z) => !z.ended)) || (a.issued < b.issued ? 1 : -1));
  put(byId("warnings"), order.length ? order.slice(0, 20).map(warningCard) : el("p", { class: "dim" }, "We have warned nobody."));
  put(byId("sources"), table(["Source", "State", "Last heard"], situation.sources.map((s) => el("tr", {},
    cell(`${pick(s.name)} (${s.kind}${s.authority ? ", may warn" : ""})`), cell(s.blind ? "✕ silent" : s.last_heard ? "● heard" : "○ nothing yet", s.blind ? "blind state" : "state"),
    cell(s.last_heard ? age(s.last_heard) : "never", s.blind ? "blind" : null))), "The plan has no sources."));
  put(byId("open"), table(["Warning", "Channel", "Since", "Failure"], situation.open_deliveries.slice(0, 30).map((d) => el("tr", {},
    cell(d.warning), cell(d.outlet), cell(age(d.since)), cell(d.failure ?? "", d.failure ? "blind" : null))), "All are confirmed."));
  put(byId("refusals"), table(["What", "Why, and what to do"], [...situation.refusals].reverse().slice(0, 12).map((r) => el("tr", {},
    cell(`${r.subject}${r.count > 1 ? ` × ${r.count}` : ""}`), cell(r.text))), "Nothing was refused."));
}

function drawEntries() {
  const newest = [...entries.values()].sort((a, b) => b.number - a.number).slice(0, SENTENCES);
  put(byId("entries"), newest.map((e) => el("li", { class: `entry-${e.kind}` }, el("span", { class: "dim" }, String(e.number)), el("time", { datetime: e.t }, clockTime(Date.parse(e.t))), el("span", {}, e.text))));
}

function drawFrame(active) {
  const exercise = active.some((row) => row.mode === "exercise");
  const mode = picture.mode === "replay" ? "replay" : exercise ? "exercise" : "actual";
  document.documentElement.dataset.mode = mode;
  document.documentElement.dataset.word = { replay: "Replay", exercise: "Exercise", actual: "" }[mode];
  const danger = active.some((row) => row.mode === "actual");
  byId("icon").href = `/icon-${mode !== "actual" ? mode : danger ? "danger" : "calm"}.svg`;
  document.title = `${mode === "actual" ? "" : `${document.documentElement.dataset.word}: `}Situation · ${active.length ? `${active.length} zones warned` : "nothing warned"} · ${pick(picture.title)}`;
  put(byId("strips"),
    !picture.recorded && el("p", { class: "strip strip-fault" }, "Not recorded: the journal cannot be written. Warnings still go out; other orders are refused."),
    mode === "replay" && el("p", { class: "strip" }, `Replay: ${pick(picture.title)}. The past on its own clock${clockRate() === 1 ? "" : `, ${clockRate()} times as fast`}.`),
    mode === "exercise" && el("p", { class: "strip strip-exercise" }, "Exercise: nothing is coming."));
}

function draw() {
  const moment = now();
  const link = byId("link");
  link.textContent = line.isLost() ? "Connection lost: what you see is old" : "Connected";
  link.className = `link ${line.isLost() ? "link-lost" : "link-live"}`;
  if (!picture) return;
  byId("as-of").textContent = `${clockTime(moment)} ${timeZone(moment)}`;
  const active = activeRows(picture, moment);
  drawFrame(active);
  if (situation) drawTables();
  map?.showAll(picture, situation, moment);
}

byId("door").addEventListener("submit", (event) => {
  event.preventDefault();
  open(byId("key").value.trim());
  byId("key").value = "";
});
byId("leave").addEventListener("click", () => { sessionStorage.removeItem(KEY); location.reload(); });
const known = sessionStorage.getItem(KEY);
if (known) open(known);
