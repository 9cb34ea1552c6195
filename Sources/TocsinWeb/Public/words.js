// What the server put into the page: language, words, zones' names and the first picture.
export const data = JSON.parse(document.getElementById("data").textContent);
export const lang = data.lang;
export const words = data.strings;

const digits = [...words.digits];

/** Digits as the reader's language writes them. */
export const digit = (value) => String(value).replace(/\d/g, (d) => digits[d]);

/** A sentence of the page's language with its places filled. */
export function say(key, values = {}) {
  let text = words[key] ?? key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, digit(value));
  return text;
}

/** The text in the reader's language, else English, else any. */
export const pick = (texts) =>
  !texts ? "" : typeof texts === "string" ? texts : texts[lang] ?? texts.en ?? Object.values(texts)[0] ?? "";

let zoneOfTime = data.picture?.time_zone ?? "UTC";
export const setTimeZone = (name) => { zoneOfTime = name; };

const format = (options) => {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zoneOfTime });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  }
};

/** 18:33:04 in the time zone of the place, not of the browser. */
export const clockTime = (moment) =>
  digit(format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(moment));

export const dayOf = (moment) =>
  format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(moment).split("/").reverse().join("-");

/** "Asia/Jerusalem (UTC+3)": a time without its offset says nothing. */
export function timeZone(moment) {
  const part = format({ timeZoneName: "shortOffset" }).formatToParts(moment).find((p) => p.type === "timeZoneName");
  return `${zoneOfTime} (${(part?.value ?? "UTC").replace("GMT", "UTC")})`;
}

export function dayInWords(moment) {
  const day = new Intl.DateTimeFormat(lang === "ar" ? "ar-u-nu-arab" : lang, {
    day: "numeric", month: "long", year: "numeric", timeZone: zoneOfTime });
  return day.format(moment);
}

/** How long ago, in the largest unit that is honest. */
export const ago = (seconds) =>
  seconds < 100 ? say("ago_s", { n: Math.max(0, Math.round(seconds)) }) : say("ago_min", { n: Math.round(seconds / 60) });

// Zone names; filled from /api/zones once that has come.
export const names = new Map(Object.entries(data.names ?? {}));
export const nameOf = (zone) => names.get(zone)?.[0] ?? zone;
export const districtOf = (zone) => names.get(zone)?.[1] ?? "";
export const shelterSecondsOf = (zone) => names.get(zone)?.[2] ?? null;
