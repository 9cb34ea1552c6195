// Notifications for my places while the page is closed: off until the reader turns them on.
import { byId } from "./dom.js";
import { myPlaces } from "./places.js";
import { data, lang, words } from "./words.js";

const KEY = "tocsin.push";
const offer = data.push;
let on = stored(); // what the reader wants
let works = false; // whether the server has it so
let sent = ""; // what the server was told last

function stored() {
  try { return localStorage.getItem(KEY) === "on"; } catch { return false; }
}

function keep(next) {
  on = next;
  try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* kept until the page closes */ }
}

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const tell = (method, body) =>
  fetch(offer.path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** The words of the reader's language, for notifications that come while no page is open. */
async function leaveWords() {
  const { dir, s, exercise } = words;
  const cache = await caches.open("tocsin");
  await cache.put("/push-words", new Response(JSON.stringify({ lang, dir, s, exercise, digits: words.digits, path: offer.path })));
}

async function subscribe() {
  const worker = await navigator.serviceWorker.register("/push-worker.js");
  await navigator.serviceWorker.ready;
  await leaveWords();
  const subscription = await worker.pushManager.getSubscription()
    ?? await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(offer.key) });
  const body = { subscription, zones: myPlaces(), language: lang };
  if (JSON.stringify(body) === sent) return;
  const answer = await tell("POST", body);
  if (!answer.ok) throw new Error((await answer.json()).reason);
  sent = JSON.stringify(body);
}

async function unsubscribe() {
  const worker = await navigator.serviceWorker.getRegistration("/");
  const subscription = await worker?.pushManager.getSubscription();
  sent = "";
  if (!subscription) return;
  await tell("DELETE", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

function draw(fault = "") {
  const button = byId("push-toggle");
  button.setAttribute("aria-pressed", String(works));
  button.textContent = works ? words.push_off_do : words.push_on_do;
  byId("push-state").textContent = works ? words.push_on : words.push_off;
  byId("push-fault").textContent = fault;
  byId("places-kept").hidden = works;
}

/** Brings what the server knows to what is chosen here. */
async function settle() {
  try {
    if (on && myPlaces().length) await subscribe(); else await unsubscribe();
    works = on && myPlaces().length > 0;
    draw(on && !works ? words.push_no_places : "");
  } catch (error) {
    works = false;
    const refused = globalThis.Notification?.permission === "denied";
    draw(refused ? words.push_denied : `${words.push_failed} (${error.message})`);
    if (refused) { keep(false); draw(words.push_denied); }
  }
}

/** To be called whenever my places have changed. */
export const placesChanged = () => { if (offer && on) settle(); };

export function startPush() {
  if (!offer || !("serviceWorker" in navigator) || !("PushManager" in globalThis)) return;
  byId("push").hidden = false;
  draw();
  byId("push-toggle").addEventListener("click", async () => {
    if (!works && !myPlaces().length) { draw(words.push_no_places); byId("place-search").focus(); return; }
    if (!works && await Notification.requestPermission() !== "granted") { draw(words.push_denied); return; }
    keep(!works);
    byId("push-toggle").disabled = true; // until the server has answered: "on" is said only when it is
    await settle();
    byId("push-toggle").disabled = false;
  });
  if (on) settle();
}
