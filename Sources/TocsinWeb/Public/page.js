// The public page: draws the first picture, then follows the stream.
import { byId, el, put, sign } from "./dom.js";
import { clockRate, now, setClock } from "./clock.js";
import { showHealth, showList, showTimeline } from "./lists.js";
import { headline, showNow } from "./now.js";
import { myDistricts, myPlaces, showPlaces, startPlaces } from "./places.js";
import { placesChanged, startPush } from "./push.js";
import { soundClear, soundDanger, startSound, stayAwake } from "./sound.js";
import { activeRows, answer, withNotice } from "./state.js";
import { listen } from "./stream.js";
import { clockTime, data, lang, names, pick, say, setTimeZone, timeZone, words } from "./words.js";

let picture = data.picture;
let recent = []; // notices that a picture on its way may not know yet
let map = null;
let heardAt = Date.parse(picture.as_of);
let told = null; // what the screen reader was told last
let line = { isLost: () => false };

setClock(data.clock.now, data.clock.rate);

function take(next) {
  recent = recent.filter((notice) => notice.issued > next.as_of);
  picture = recent.reduce(withNotice, next);
  setTimeZone(picture.time_zone);
  draw();
}

function notice(next) {
  setClock(next.now, next.rate);
  recent.push(next);
  picture = withNotice(picture, next);
  draw();
}

function announce(next, reply) {
  if (told?.key === next.key) return;
  const before = told;
  told = next;
  byId(next.danger ? "loud" : "quiet").textContent = next.text;
  byId(next.danger ? "quiet" : "loud").textContent = "";
  if (!before) return;
  const grew = next.danger && reply.rows.some((row) => !before.zones.includes(row.zone + row.warning));
  if (grew && reply.state !== "stay") soundDanger();
  else if ((reply.state === "ended" || reply.state === "corrected") && before.state !== reply.state) soundClear();
}

function showStrip(reply) {
  const notes = [];
  if (!picture.recorded) notes.push(el("p", { class: "strip strip-fault" }, sign("lost", "small"), " ", words.not_recorded));
  if (picture.mode === "replay") notes.push(el("p", { class: "strip strip-replay" }, `${words.replay}: ${pick(picture.title)}. ${words.replay_note}`));
  else if (activeRows(picture, now()).some((row) => row.mode === "exercise")) notes.push(el("p", { class: "strip strip-exercise" }, words.exercise_note));
  put(byId("strips"), notes);
  const link = byId("link");
  link.className = reply.lost ? "link link-lost" : "link";
  link.textContent = reply.lost ? words.lost : words.live;
}

function showFrame(reply) {
  const exercise = activeRows(picture, now()).some((row) => row.mode === "exercise");
  const mode = picture.mode === "replay" ? "replay" : exercise ? "exercise" : "actual";
  const root = document.documentElement;
  root.dataset.mode = mode;
  root.dataset.state = reply.state;
  root.dataset.word = words[mode];
  const danger = ["shelter", "impact", "stay"].includes(reply.state);
  const icon = mode !== "actual" ? mode : danger ? "danger" : ["blind", "uncovered", "lost"].includes(reply.state) ? "blind" : "calm";
  byId("icon").href = `/icon-${icon}.svg`;
  const title = headline(reply);
  document.title = `${mode !== "actual" && !title.startsWith(words[mode]) ? `${words[mode]}: ` : ""}${title} · ${pick(picture.title)}`;
}

function draw() {
  const moment = now();
  const reply = answer(picture, { mine: myPlaces(), districts: myDistricts(), now: moment, link: { lost: line.isLost() }, textOf: pick });
  const word = showNow(byId("now"), reply, picture, heardAt);
  announce({ ...word, state: reply.state, zones: reply.rows.map((row) => row.zone + row.warning) }, reply);
  showFrame(reply);
  showStrip(reply);
  showPlaces(picture, reply.sight, moment);
  showList(byId("list-now"), byId("list-ended"), picture, moment);
  showHealth(byId("health-list"), reply.sight);
  showTimeline(byId("timeline-list"), picture, moment);
  byId("as-of").textContent = `${say("as_of", { t: clockTime(moment) })} · ${say("time_in", { zone: timeZone(moment) })}`;
  stayAwake(word.danger);
  map?.show(picture, moment, myPlaces());
}

async function learnNames() {
  const response = await fetch(`/api/zones?names=${lang}`);
  for (const [id, entry] of Object.entries(await response.json())) names.set(id, entry);
  draw();
}

async function startMap() {
  try {
    const { ZoneMap } = await import("./map.js");
    map = await ZoneMap.open(byId("map"));
    draw();
  } catch {
    byId("map").replaceChildren(el("p", { class: "none" }, words.map_none));
    byId("map-box").classList.add("no-map");
  }
}

startSound();
startPlaces(() => { draw(); placesChanged(); });
startPush();
line = listen("/api/events", { picture: take, warning: notice, "all-clear": notice,
  health: (health) => { picture = { ...picture, health }; draw(); } }, { heard: () => { heardAt = now(); } });
(function tick() {
  draw();
  setTimeout(tick, clockRate() === 1 ? 1000 - (Math.floor(now()) % 1000) : 250);
})();
learnNames().catch(() => setTimeout(() => learnNames().catch(() => {}), 5_000)).finally(startMap);
