// The line to the server: events with resume, and the honest word when it is cut.
import { setClock } from "./clock.js";

const SILENCE = 15_000;
const RETRY = 1_500;

/** Listens, and starts again whenever the browser gives up. `heard` is called for every sign of life. */
export function listen(url, events, { heard, refused }) {
  let source = null;
  let last = performance.now();
  const alive = () => { last = performance.now(); heard(); };
  const open = () => {
    source?.close();
    source = new EventSource(url);
    source.addEventListener("clock", ({ data }) => {
      const clock = JSON.parse(data);
      setClock(clock.now, clock.rate);
      alive();
    });
    for (const [name, take] of Object.entries(events)) {
      source.addEventListener(name, ({ data }) => { alive(); take(JSON.parse(data)); });
    }
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      setTimeout(refused ? () => refused().finally(open) : open, RETRY);
    });
  };
  open();
  // A line can be dead without an error; every 10 s something should have come.
  setInterval(() => {
    if (performance.now() - last > SILENCE * 2 && source.readyState === EventSource.OPEN) { last = performance.now() - SILENCE; open(); }
  }, 5_000);
  addEventListener("online", open);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && performance.now() - last > SILENCE) open();
  });
  return { isLost: () => performance.now() - last > SILENCE };
}
