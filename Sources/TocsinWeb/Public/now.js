// The top of the page: one state in words and shape.
import { el, put, sign } from "./dom.js";
import { clockTime, data, digit, nameOf, pick, say, words } from "./words.js";

const SIGNS = {
  shelter: "shelter", impact: "impact", stay: "stay", early: "early", ended: "clear", corrected: "corrected",
  calm: "calm", blind: "blind", uncovered: "blind", lost: "lost",
};
const ROWS = 6;

const hazardOf = (id) => data.hazards?.[id] ?? { name: id, shelter: true };

/** The word before every sentence of an exercise or a replay: "Exercise: Take shelter now". */
export const withMode = (mode, sentence) => (mode && mode !== "actual" ? `${words[mode]}: ${sentence}` : sentence);

/** "Take shelter now", or the plan's own words where the danger asks for something else. */
function order(row, several) {
  const hazard = hazardOf(row.hazard);
  if (hazard.shelter) return several ? words[`${row.state === "impact" ? "shelter" : row.state}_in`] ?? words[row.state] : words[row.state];
  if (row.state === "early") return words.early_other;
  return hazard.instruction || words.holds;
}

export function headline(reply) {
  const [first] = reply.rows;
  const sentence = (() => {
    switch (reply.state) {
      case "shelter": case "stay": case "early": return order(first, !reply.personal);
      case "impact": return !reply.personal ? order(first, true) : hazardOf(first.hazard).shelter ? words.impact_now : order(first, false);
      case "ended": case "corrected": return words[reply.personal ? reply.state : `${reply.state}_in`];
      case "calm": return reply.personal ? words.calm_mine : words.calm;
      case "lost": return words.lost;
      default: return words.blind;
    }
  })();
  return withMode(reply.mode, sentence);
}

/** The big number, or the words that stand for it. */
function count(row) {
  if (row.state === "shelter" && row.left !== null) {
    return el("p", { class: "count", role: "timer" },
      el("span", { class: "count-number" }, digit(Math.ceil(row.left))), " ",
      el("span", { class: "count-unit" }, words.seconds));
  }
  if (row.state === "stay") return el("p", { class: "count-words" }, say("at_most", { n: row.minutes }));
  if (row.state === "impact" && !hazardOf(row.hazard).shelter) return el("p", { class: "count-words" }, words.expected_now);
  return null;
}

/** What stands behind a place's name: "15 s", "impact expected now", "at most 9 min more". */
export function rest(row) {
  switch (row.state) {
    case "shelter": return row.left === null ? words.state_shelter : say("s", { n: Math.ceil(row.left) });
    case "impact": return hazardOf(row.hazard).shelter ? words.impact_now : words.expected_now;
    case "stay": return say("at_most", { n: row.minutes });
    case "ended": return say("ended_at", { t: clockTime(row.endedAt) });
    case "corrected": return say("corrected_at", { t: clockTime(row.endedAt) });
    case "early": return "";
    default: return words[`state_${row.state}`];
  }
}

function places(reply) {
  const { rows } = reply;
  const same = rows.every((row) => row.state === "stay" && row.minutes === rows[0].minutes);
  if (reply.personal && (rows.length === 1 || same)) return el("p", { class: "where" }, rows.map((row) => nameOf(row.zone)).join(" · "));
  return el("ul", { class: reply.personal ? "where-rows" : "where-rows big" },
    rows.slice(0, ROWS).map((row) => el("li", {}, el("span", { class: "where-name" }, nameOf(row.zone)), " ",
      el("span", { class: "where-rest" }, rest(row)))),
    rows.length > ROWS && el("li", {}, el("a", { href: "#list" }, say("and_more", { n: rows.length - ROWS }))));
}

function sentences(reply, picture, heard) {
  const lines = [];
  const warning = reply.rows.length ? picture.warnings.find((w) => w.id === reply.rows[0].warning) : null;
  // Who stays in shelter is not told to go there again.
  const stays = reply.state === "stay" && hazardOf(warning?.hazard).shelter;
  if (warning) lines.push(withMode(reply.mode, stays ? pick(warning.hazard_name) : pick(warning.text)));
  if (reply.mode === "exercise") lines.push(words.exercise_note);
  if (reply.state === "calm") {
    lines.push(withMode(reply.mode, reply.elsewhere ? say("elsewhere", { n: reply.elsewhere }) : picture.mode === "replay" ? words.replay_note : words.calm_note));
    if (!reply.personal && reply.sight.blind.length) lines.push(say("blind_some", { places: reply.sight.blind.map((d) => d.name).join(", ") }));
  }
  if (reply.state === "blind" || reply.state === "uncovered") {
    lines.push(words.blind_do);
    const unseen = [...reply.sight.blind, ...reply.sight.uncovered].map((d) => d.name).join(", ");
    lines.push(reply.personal ? say(`${reply.state}_mine`, { places: unseen }) : words[`${reply.state}_all`]);
  }
  if (reply.state === "lost") lines.push(say("lost_do", { t: clockTime(heard) }));
  return lines;
}

/** Fills the section; answers with what a screen reader is to be told. */
export function showNow(section, reply, picture, heard) {
  const danger = ["shelter", "impact", "stay"].includes(reply.state);
  section.className = `now now-${reply.state}${reply.rows.length && !reply.personal ? " now-listed" : ""}`;
  section.dataset.state = reply.state;
  section.dataset.mode = reply.mode;
  const single = reply.rows.length > 0 && reply.personal;
  put(section,
    el("div", { class: "now-in" },
      el("div", { class: "now-head" }, sign(SIGNS[reply.state]), el("h1", { id: "headline" }, headline(reply))),
      single && count(reply.rows[0]),
      reply.rows.length > 0 && places(reply),
      sentences(reply, picture, heard).map((line, i) => el("p", { class: i === 0 ? "now-say" : "now-more" }, line)),
      reply.lost && danger && el("p", { class: "now-stale" }, sign("lost", "small"), " ", say("stale", { t: clockTime(heard) }))));
  const where = reply.rows.slice(0, ROWS).map((row) => [nameOf(row.zone), rest(row)].filter(Boolean).join(", ")).join(". ");
  return { danger, key: `${reply.state}|${reply.mode}|${reply.rows.map((r) => r.zone + r.state).join()}`,
    text: [headline(reply), where, ...sentences(reply, picture, heard)].filter(Boolean).join(". ") };
}

