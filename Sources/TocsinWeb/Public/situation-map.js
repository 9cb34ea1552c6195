// The operators' map: the public one with tracks, their past and where they are expected to come down.
import { L, loadZones, ZoneMap } from "./map.js";
import { el } from "./dom.js";

const NINETY = Math.sqrt(4.605170186); // radius, in sigmas, that holds 90 % of a plane normal distribution
const METERS_PER_DEGREE = 111_320;
const GAP = 3_000; // milliseconds between positions from which a line is drawn as a gap

/** The 90 % ellipse of a covariance in square meters, as latitude and longitude. */
function ellipse({ lat, lon }, { eastEast, eastNorth, northNorth }) {
  const half = (eastEast + northNorth) / 2;
  const root = Math.hypot((eastEast - northNorth) / 2, eastNorth);
  const [a, b] = [Math.sqrt(Math.max(0, half + root)), Math.sqrt(Math.max(0, half - root))].map((s) => s * NINETY);
  const turn = Math.atan2(2 * eastNorth, eastEast - northNorth) / 2;
  return Array.from({ length: 48 }, (_, i) => {
    const angle = (i / 48) * 2 * Math.PI;
    const east = a * Math.cos(angle) * Math.cos(turn) - b * Math.sin(angle) * Math.sin(turn);
    const north = a * Math.cos(angle) * Math.sin(turn) + b * Math.sin(angle) * Math.cos(turn);
    return [lat + north / METERS_PER_DEGREE, lon + east / (METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180))];
  });
}

export class SituationMap extends ZoneMap {
  static async open(box) {
    return new SituationMap(box, await loadZones());
  }

  constructor(box, zones) {
    super(box, zones);
    this.pasts = new Map();
  }

  showAll(picture, situation, now) {
    this.show(picture, now, []);
    if (!situation || situation === this.shownSituation) return;
    this.shownSituation = situation;
    this.extra.clearLayers();
    for (const track of situation.tracks) this.drawTrack(track);
    for (const id of this.pasts.keys()) if (!situation.tracks.some((t) => t.id === id)) this.pasts.delete(id);
  }

  drawTrack(track) {
    const here = [track.position.lat, track.position.lon];
    const at = Date.parse(track.last_plot);
    const past = this.pasts.get(track.id) ?? [];
    if (past.at(-1)?.at !== at) past.push({ at, here });
    this.pasts.set(track.id, past.slice(-200));
    const plain = { interactive: false };
    for (let i = 1; i < past.length; i += 1) {
      const gap = past[i].at - past[i - 1].at > GAP;
      L.polyline([past[i - 1].here, past[i].here], { ...plain, className: `flight ${gap ? "flight-gap" : ""}` }).addTo(this.extra);
    }
    const broken = track.phase === "ended" && track.fragments?.length > 0;
    for (const part of track.fragments ?? []) {
      L.polygon(ellipse(part.impact, part.covariance_m2), { ...plain, className: "ellipse ellipse-piece" }).addTo(this.extra);
    }
    for (const part of track.parts ?? []) {
      L.polygon(ellipse(part.impact, part.covariance_m2), { ...plain, className: "ellipse-part" }).addTo(this.extra);
    }
    if (track.impact && !broken) {
      L.polyline([here, [track.impact.lat, track.impact.lon]], { ...plain, className: "flight flight-gap" }).addTo(this.extra);
      if (track.covariance_m2) L.polygon(ellipse(track.impact, track.covariance_m2), { ...plain, className: "ellipse" }).addTo(this.extra);
    }
    L.circleMarker(here, { ...plain, radius: 6, className: "plot" }).addTo(this.extra);
    L.marker(here, { ...plain, keyboard: false, icon: L.divIcon({ className: "name name-track", iconSize: null, html: el("span", {}, `${track.id} · ${Math.round(track.speed_mps)} m/s`) }) }).addTo(this.extra);
  }
}
