// Below the answer: who is warned, what ended, what we can see, what happened.
import { el, put, sign } from "./dom.js";
import { activeRows, endedRows } from "./state.js";
import { rest, withMode } from "./now.js";
import { clockTime, dayInWords, dayOf, digit, districtOf, nameOf, pick, say, words } from "./words.js";

const SIGN_OF = { shelter: "shelter", impact: "impact", stay: "stay", early: "early", ended: "clear", corrected: "corrected" };
const LINES = 60;

function byDistrict(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = districtOf(row.zone);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups];
}

function zoneItem(row) {
  return el("li", { class: `zone zone-${row.state}`, "data-zone": row.zone },
    sign(SIGN_OF[row.state]),
    el("span", { class: "zone-name" }, nameOf(row.zone)),
    el("span", { class: "zone-state" }, withMode(row.mode, words[`state_${row.state}`])),
    el("span", { class: "zone-rest" }, row.state === "early" || row.state === "impact" ? "" : rest(row)));
}

/** Zones under warning by district, then what ended. */
export function showList(current, past, picture, now) {
  const active = activeRows(picture, now);
  put(current, active.length
    ? byDistrict(active).map(([district, rows]) => el("div", { class: "district" },
      district && el("h3", {}, district), el("ul", { class: "zones" }, rows.map(zoneItem))))
    : el("p", { class: "none" }, words.now_none));
  const ended = endedRows(picture, now);
  const hidden = new Set(ended.map((row) => row.warning));
  const earlier = picture.warnings.filter((w) => w.ended && !hidden.has(w.id));
  put(past, ended.length || earlier.length
    ? el("ul", { class: "zones" }, ended.slice(0, LINES).map(zoneItem),
      earlier.slice(0, 12).map((w) => el("li", { class: "zone zone-past" },
        sign(w.corrected ? "corrected" : "clear"),
        el("span", { class: "zone-name" }, namesOf(w.zones)),
        el("span", { class: "zone-state" }, withMode(w.mode, pick(w.hazard_name))),
        el("span", { class: "zone-rest" },
          say(w.corrected ? "corrected_at" : "ended_at", { t: clockTime(Date.parse(w.ended)) })))))
    : el("p", { class: "none" }, words.ended_none));
}

export function namesOf(zones, most = 8) {
  const shown = zones.slice(0, most).map(nameOf).join(", ");
  return zones.length > most ? `${shown} ${say("and_more", { n: zones.length - most }).replace(/\s*\S+$/, "")}` : shown;
}

export function showHealth(box, sight) {
  const unseen = [...sight.blind, ...sight.uncovered];
  const line = (row) => el("li", { class: `eye eye-${row.state}` }, sign(row.state === "covered" ? "seen" : "blind", "small"), " ",
    el("span", {}, row.name || words.map), " ",
    el("strong", {}, words[row.state === "covered" ? "covered" : `${row.state}_word`]), " ",
    row.since && row.state !== "covered" && el("span", { class: "dim" }, say("since", { t: clockTime(Date.parse(row.since)) })));
  const seen = sight.rows.filter((row) => row.state === "covered");
  put(box,
    unseen.length === 0 && sight.rows.length > 0 && el("p", { class: "eye" }, sign("seen", "small"), " ", say("all_covered", { n: sight.rows.length })),
    unseen.length > 0 && el("ul", { class: "eyes" }, unseen.map(line)),
    unseen.length > 0 && seen.length > 0 && el("details", {}, el("summary", {}, `${words.covered}: ${digit(seen.length)}`), el("ul", { class: "eyes" }, seen.map(line))));
}

/** Newest first; a day is named where it changes. */
export function showTimeline(box, picture, now) {
  const lines = [...picture.timeline].reverse();
  if (!lines.length) return put(box, el("p", { class: "none" }, words.timeline_none));
  let day = dayOf(now);
  const items = lines.slice(0, LINES * 2).flatMap((line) => {
    const moment = Date.parse(line.t);
    const head = dayOf(moment) === day ? [] : [el("li", { class: "day" }, dayInWords(moment))];
    day = dayOf(moment);
    return [...head, timelineItem(line, moment, picture)];
  });
  put(box, el("ol", { class: "timeline" }, items));
}

function timelineItem(line, moment, picture) {
  const warning = line.warning ? picture.warnings.find((w) => w.id === line.warning) : null;
  const told = line.kind === "statement" || !line.zones.length
    ? el("span", { class: "line-text" }, el("bdi", { lang: line.kind === "statement" ? null : "en" }, line.text))
    : el("span", { class: "line-text" }, `${withMode(warning?.mode, words[line.kind])}: ${namesOf(line.zones)}`,
      warning && line.kind !== "all-clear" ? ` (${pick(warning.hazard_name)})` : "");
  return el("li", { class: `line line-${line.kind}` },
    el("time", { datetime: line.t }, clockTime(moment)), el("div", {}, told,
      el("span", { class: "line-source" }, say("source", { source: "\u2068" + line.source + "\u2069" }))));
}

