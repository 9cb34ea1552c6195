// Shows what is pushed for the reader's places while no page is open. It knows nothing but what the page left it.
const fallback = { lang: "en", dir: "ltr", s: "{n} s", exercise: "Exercise", digits: "0123456789" };

async function words() {
  const kept = await (await caches.open("tocsin")).match("/push-words");
  return kept ? { ...fallback, ...await kept.json() } : fallback;
}

async function show(message) {
  const own = await words();
  const digits = [...own.digits];
  const number = (n) => String(Math.round(n)).replace(/\d/g, (d) => digits[d]);
  const places = message.places.map(({ name, seconds }) =>
    seconds === undefined || message.stage === "ended" ? name : `${name}: ${own.s.replace("{n}", number(seconds))}`);
  // A phone that was off may hear of it late: no alarm then, and the time says so.
  const isLate = Date.now() > Date.parse(message.expires);
  const time = new Date(message.issued).toLocaleTimeString(message.language, { hour: "2-digit", minute: "2-digit" });
  const mark = message.mode === "exercise" ? `${own.exercise}: ` : "";
  const isDanger = message.stage !== "ended";
  await registration.showNotification(mark + message.text, {
    body: `${places.join(", ")} · ${time}`, lang: message.language, dir: own.lang === message.language ? own.dir : "auto",
    tag: `${message.mode} ${message.warning}`, renotify: !isLate && message.kind !== "renewal", silent: isLate,
    requireInteraction: isDanger && !isLate, icon: isDanger ? "/icon-danger.svg" : "/icon-calm.svg",
    timestamp: Date.parse(message.issued), ...(isDanger && !isLate ? { vibrate: [600, 200, 600, 200, 600] } : {}),
  });
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(event.data.json())));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const [page] = await self.clients.matchAll({ type: "window" });
    await (page ? page.focus() : self.clients.openWindow("/"));
  })());
});

// The push service has given the browser another address: its places go on there.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil((async () => {
  const { path, lang } = await words();
  const subscription = event.newSubscription
    ?? await registration.pushManager.subscribe(event.oldSubscription.options);
  await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ subscription, language: lang, replaces: event.oldSubscription?.endpoint }) });
})()));
