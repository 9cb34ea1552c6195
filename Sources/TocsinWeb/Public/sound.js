// Sound, vibration and a screen that stays on: off until the reader turns it on, and it can be tried.
import { byId } from "./dom.js";
import { words } from "./words.js";

const KEY = "tocsin.sound";
let context = null;
let on = false;
let lock = null;
let playing = [];

const stored = () => { try { return localStorage.getItem(KEY) === "on"; } catch { return false; } };

function ready() {
  const Audio = window.AudioContext ?? window.webkitAudioContext;
  if (!Audio) return null;
  context ??= new Audio();
  if (context.state === "suspended") context.resume().catch(() => {});
  return context;
}

function hush() {
  for (const oscillator of playing) try { oscillator.stop(); } catch { /* it has already ended */ }
  playing = [];
}

function tone(shape, seconds, bend) {
  const audio = ready();
  if (!audio) return;
  const start = audio.currentTime + 0.03;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = shape;
  bend(oscillator.frequency, gain.gain, start);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
  playing.push(oscillator);
}

/** A wail that rises and falls, as sirens do. */
function danger(turns) {
  hush();
  tone("sawtooth", turns * 2, (pitch, level, start) => {
    level.setValueAtTime(0.0001, start);
    level.exponentialRampToValueAtTime(0.5, start + 0.05);
    for (let turn = 0; turn < turns; turn += 1) {
      pitch.setValueAtTime(420, start + turn * 2);
      pitch.linearRampToValueAtTime(880, start + turn * 2 + 1);
      pitch.linearRampToValueAtTime(420, start + turn * 2 + 2);
    }
    level.setValueAtTime(0.5, start + turns * 2 - 0.1);
    level.linearRampToValueAtTime(0.0001, start + turns * 2);
  });
  navigator.vibrate?.([600, 200, 600, 200, 600, 200, 600]);
}

/** Two low, steady, soft tones: nothing like the wail. */
function clear() {
  hush();
  for (const [pitchHz, at] of [[392, 0], [523, 0.7]]) {
    tone("sine", at + 1.4, (pitch, level, start) => {
      pitch.setValueAtTime(pitchHz, start);
      level.setValueAtTime(0.0001, start + at);
      level.exponentialRampToValueAtTime(0.35, start + at + 0.08);
      level.exponentialRampToValueAtTime(0.0001, start + at + 1.3);
    });
  }
  navigator.vibrate?.([1200]);
}

export const soundDanger = () => { if (on) danger(5); };
export const soundClear = () => { if (on) clear(); };

/** Keeps the screen on while the reader is under warning. */
export async function stayAwake(wanted) {
  if (!navigator.wakeLock) return;
  try {
    if (wanted && !lock && document.visibilityState === "visible") {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => { lock = null; });
    } else if (!wanted && lock) await lock.release();
  } catch {
    lock = null; // a phone low on power refuses; the page works without
  }
}

function draw() {
  const button = byId("sound-toggle");
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? words.turn_off : words.turn_on;
  byId("sound-state").textContent = on ? words.sound_on : words.sound_off;
}

export function startSound() {
  on = stored();
  draw();
  byId("sound-toggle").addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* kept until the page closes */ }
    if (on) clear(); else hush();
    draw();
  });
  byId("try-danger").addEventListener("click", () => danger(2));
  byId("try-clear").addEventListener("click", clear);
  // Browsers let a page sound only after the reader has touched it.
  if (on) addEventListener("pointerdown", ready, { once: true });
}
