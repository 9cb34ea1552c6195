// The server's clock: people count down by the time the warning was made in, not by their phone's.
let offset = 0; // server milliseconds − own milliseconds × rate
let rate = 1;
let samples = [];

const own = () => performance.now();

/** Takes one reading of the server's clock. A reading can only be late, never early: the greatest offset is the best. */
export function setClock(now, newRate = 1) {
  const server = Date.parse(now);
  if (!Number.isFinite(server)) return;
  const sample = server - own() * newRate;
  if (newRate !== rate || newRate !== 1 || Math.abs(sample - offset) > 2000) samples = [];
  rate = newRate;
  samples = [...samples.slice(-7), sample];
  offset = Math.max(...samples);
}

export const now = () => own() * rate + offset;
export const clockRate = () => rate;
