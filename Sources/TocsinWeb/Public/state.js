// What a reader is told: pure functions of the picture, the reader's places, the clock and the line.

const SHOWN_AFTER_END = 600_000;
const IMPACT_LASTS = 30_000;
const UNTIMED_LASTS = 60_000;
const GRACE = 5_000;
const RANK = { impact: 6, shelter: 5, stay: 4, early: 3, corrected: 2, ended: 2, calm: 0 };

const time = (text) => (text ? Date.parse(text) : null);

/** One zone's state now, with the seconds that are left if anybody knows them. */
export function rowNow(row, now) {
  const issued = time(row.issued);
  if (row.stage === "ended") {
    return { ...row, state: row.corrected ? "corrected" : "ended", endedAt: time(row.ended) ?? issued, issuedAt: issued };
  }
  const known = row.seconds ?? row.shelter_seconds;
  const target = time(row.expected) ?? (known === null || known === undefined ? null : issued + known * 1000);
  const left = target === null ? null : (target - now) / 1000;
  const minutes = Math.max(0, Math.ceil((time(row.expires) - now) / 60_000));
  let state = "early";
  if (row.stage === "shelter") {
    if (left === null) state = now - issued < UNTIMED_LASTS ? "shelter" : "stay";
    else if (left > 0) state = "shelter";
    else state = -left * 1000 < IMPACT_LASTS ? "impact" : "stay";
  }
  return { ...row, state, left, minutes, issuedAt: issued, target };
}

const weight = { actual: 2, replay: 2, exercise: 1 };

const urgentFirst = (a, b) =>
  weight[b.mode] - weight[a.mode] || RANK[b.state] - RANK[a.state] ||
  (a.left ?? 1e9) - (b.left ?? 1e9) || (a.zone < b.zone ? -1 : 1);

export function activeRows(picture, now) {
  return picture.zones.filter((row) => row.stage !== "ended" && time(row.expires) + GRACE > now)
    .map((row) => rowNow(row, now)).sort(urgentFirst);
}

/** What ended in the last ten minutes; a zone that is warned again is not shown as ended. */
export function endedRows(picture, now) {
  const active = new Set(activeRows(picture, now).map((row) => row.zone + row.mode));
  return picture.zones.filter((row) => row.stage === "ended" && !active.has(row.zone + row.mode))
    .map((row) => rowNow(row, now))
    .filter((row) => now - row.endedAt < SHOWN_AFTER_END)
    .sort((a, b) => b.endedAt - a.endedAt || (a.zone < b.zone ? -1 : 1));
}

/**
 * The answer to the one question.
 * - mine: ids of the reader's places; none means that the page speaks about all.
 * - districts: the districts of those places, in the reader's language.
 * - link: {lost: whether nothing has come for 15 s}.
 */
export function answer(picture, { mine, districts, now, link, textOf }) {
  const personal = mine.length > 0;
  const concerns = (row) => !personal || mine.includes(row.zone);
  const active = activeRows(picture, now);
  const own = active.filter(concerns);
  const elsewhere = new Set(active.filter((row) => !concerns(row)).map((row) => row.zone)).size;
  const sight = eyes(picture, personal ? districts : null, textOf);
  const base = { personal, elsewhere, sight, lost: link.lost, mode: picture.mode, rows: [] };
  if (own.length) {
    const rows = own.filter((row) => row.mode === own[0].mode);
    return { ...base, state: rows[0].state, mode: rows[0].mode, rows, stage: rows[0].stage };
  }
  if (link.lost) return { ...base, state: "lost" };
  const over = endedRows(picture, now).filter(concerns);
  // A replay whose day is over has no source any more: what ended is the better word then.
  if (sight.all && sight.state === "blind" && !(picture.mode === "replay" && over.length)) return { ...base, state: "blind" };
  if (over.length) {
    const rows = over.filter((row) => row.state === over[0].state && row.mode === over[0].mode);
    return { ...base, state: rows[0].state, mode: rows[0].mode, rows };
  }
  if (sight.all && picture.mode === "actual") return { ...base, state: sight.state };
  return { ...base, state: "calm" };
}

/** Which districts we cannot see; `all`: the answer must be "we cannot see". */
export function eyes(picture, districts, textOf) {
  const rows = picture.health.map((row) => ({ name: textOf(row.district), state: row.state, since: row.since }));
  const relevant = districts ? rows.filter((row) => districts.includes(row.name)) : rows;
  const blind = relevant.filter((row) => row.state === "blind");
  const uncovered = relevant.filter((row) => row.state === "uncovered");
  const unseen = [...blind, ...uncovered];
  const all = districts ? unseen.length > 0 : unseen.length === relevant.length;
  return { all, state: blind.length ? "blind" : "uncovered", blind, uncovered, rows };
}

/** The picture after one notice of the stream: the same shape as the server's own. */
export function withNotice(picture, notice) {
  const over = notice.kind === "all-clear" || notice.kind === "correction";
  const zones = [...picture.zones];
  for (const row of notice.rows) {
    // Another warning holds the zone: the next picture shows it, and until then nothing is taken back.
    if (row.still_under) continue;
    const at = zones.findIndex((z) => z.zone === row.zone && z.warning === notice.warning);
    const old = at >= 0 ? zones[at] : null;
    if (old && old.stage === "ended") continue;
    const next = over
      ? { ...(old ?? { ...row, mode: notice.mode, hazard: notice.hazard, warning: notice.warning, issued: notice.issued }),
        stage: "ended", ended: notice.issued, corrected: notice.kind === "correction" }
      : { ...row, stage: notice.stage, mode: notice.mode, hazard: notice.hazard, warning: notice.warning,
        issued: old && notice.kind === "renewal" ? old.issued : notice.issued, corrected: false };
    if (at >= 0) zones[at] = next;
    else zones.push(next);
  }
  const mineOf = zones.filter((z) => z.warning === notice.warning);
  const ended = mineOf.every((z) => z.stage === "ended");
  const old = picture.warnings.find((w) => w.id === notice.warning);
  const warning = {
    ...(old ?? { id: notice.warning, mode: notice.mode, hazard: notice.hazard, hazard_name: notice.hazard_name, issued: notice.issued }),
    stage: ended ? "ended" : over ? old?.stage ?? notice.stage : notice.stage, text: notice.texts,
    ended: ended ? notice.issued : undefined, corrected: notice.kind === "correction",
    zones: [...new Set([...(old?.zones ?? []), ...notice.rows.map((r) => r.zone)])],
  };
  const rest = picture.warnings.filter((w) => w.id !== notice.warning);
  return { ...picture, zones, warnings: [warning, ...rest].sort((a, b) => (a.issued < b.issued ? 1 : -1)) };
}
