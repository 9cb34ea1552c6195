// "My places": chosen here, kept in this browser, sent nowhere.
import { byId, el, put, sign } from "./dom.js";
import { activeRows, endedRows } from "./state.js";
import { rest } from "./now.js";
import { districtOf, nameOf, names, say, shelterSecondsOf, words } from "./words.js";

const KEY = "tocsin.places";
const MOST = 8;
let mine = read();

function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string").slice(0, 50) : [];
  } catch {
    return [];
  }
}

export const myPlaces = () => mine;

/** Districts of my places; a place whose district is not known yet has none. */
export const myDistricts = () => [...new Set(mine.map(districtOf))].filter(Boolean);

function keep(next, changed) {
  mine = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(mine));
  } catch {
    // A browser that keeps nothing still shows them until the page closes.
  }
  changed();
}

/** Without marks and case, so that "ashqelon" or a name without niqqud is found. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/['"’׳״-]/g, " ").toLowerCase().trim();

function found(text) {
  const wanted = plain(text);
  if (!wanted) return [];
  const hits = [...names].filter(([id]) => !mine.includes(id))
    .map(([id, [name, district]]) => ({ id, name, district, at: plain(name).indexOf(wanted) }))
    .filter((hit) => hit.at >= 0);
  return hits.sort((a, b) => a.at - b.at || a.name.localeCompare(b.name)).slice(0, MOST);
}

export function startPlaces(changed) {
  const box = byId("place-search");
  const list = byId("place-hits");
  let hits = [];
  let chosen = -1;
  const close = () => { hits = []; chosen = -1; draw(); };
  const take = (id) => { box.value = ""; close(); keep([...mine, id], changed); box.focus(); };
  const draw = () => {
    const typed = box.value.trim() !== "";
    list.hidden = !typed;
    box.setAttribute("aria-expanded", String(typed && hits.length > 0));
    box.setAttribute("aria-activedescendant", chosen >= 0 ? `hit-${chosen}` : "");
    list.replaceChildren(...(hits.length
      ? hits.map((hit, i) => el("li", { id: `hit-${i}`, role: "option", "aria-selected": String(i === chosen),
        onpointerdown: (event) => { event.preventDefault(); take(hit.id); } },
      el("span", {}, hit.name), " ", el("span", { class: "dim" }, hit.district)))
      : [el("li", { class: "none" }, words.none_found)]));
  };
  box.addEventListener("input", () => { hits = found(box.value); chosen = hits.length ? 0 : -1; draw(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") chosen = Math.min(hits.length - 1, chosen + 1);
    else if (event.key === "ArrowUp") chosen = Math.max(0, chosen - 1);
    else if (event.key === "Enter" && hits[chosen]) take(hits[chosen].id);
    else if (event.key === "Escape") { box.value = ""; close(); } else return;
    event.preventDefault();
    draw();
  });
  box.addEventListener("blur", () => { list.hidden = true; });
  box.addEventListener("focus", () => { if (box.value) { hits = found(box.value); draw(); } });
  byId("places").addEventListener("click", (event) => {
    const button = event.target.closest("button[data-remove]");
    if (button) keep(mine.filter((id) => id !== button.dataset.remove), changed);
  });
}

const SIGN_OF = { shelter: "shelter", impact: "impact", stay: "stay", early: "early", ended: "clear", corrected: "corrected",
  calm: "calm", blind: "blind", uncovered: "blind" };

/** The state of one place that is not warned: seen or not. */
function quiet(zone, sight) {
  const row = sight.rows.find((r) => r.name === districtOf(zone));
  return row && row.state !== "covered" ? row.state : "calm";
}

export function showPlaces(picture, sight, now) {
  const active = activeRows(picture, now);
  const ended = endedRows(picture, now);
  byId("places").classList.toggle("has-places", mine.length > 0);
  put(byId("place-list"), mine.map((zone) => {
    const row = active.find((r) => r.zone === zone) ?? ended.find((r) => r.zone === zone);
    const state = row?.state ?? quiet(zone, sight);
    const seconds = shelterSecondsOf(zone);
    const note = row ? rest(row) : seconds === null ? "" : say("shelter_time", { n: seconds });
    return el("li", { class: `place place-${state}` }, sign(SIGN_OF[state]),
      el("span", { class: "place-name" }, nameOf(zone)),
      el("span", { class: "place-state" }, words[`state_${state}`]),
      el("span", { class: "place-rest" }, note === words[`state_${state}`] || state === "impact" ? "" : note),
      el("button", { type: "button", class: "remove", "data-remove": zone, "aria-label": say("remove", { place: nameOf(zone) }) }, sign("remove", "small")));
  }));
}
