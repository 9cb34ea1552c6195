// The zones as a map: outlines, what is warned, names. No tiles: nothing is asked of another machine.
import * as L from "/leaflet/leaflet.esm.js";
import { activeRows, endedRows } from "./state.js";
import { el, sign } from "./dom.js";
import { names, nameOf, words } from "./words.js";

const FADE = 600_000;
const LABELS = 46;
const RANK = { impact: 6, shelter: 6, stay: 5, early: 4, ended: 2, corrected: 2, mine: 3, calm: 0 };

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Loads the zones once; the browser keeps them by their ETag. */
export async function loadZones() {
  const response = await fetch("/api/zones");
  if (!response.ok) throw new Error(`/api/zones answered ${response.status}`);
  return response.json();
}

const latLngs = (geometry) => {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [lat, lon])));
};

export class ZoneMap {
  static async open(box) {
    return new ZoneMap(box, await loadZones());
  }

  constructor(box, collection) {
    box.replaceChildren();
    this.box = box;
    this.zones = new Map(collection.features.map((feature) => [feature.properties.id, feature]));
    this.map = L.map(box, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.25, minZoom: 6, maxZoom: 14,
      fadeAnimation: !still(), zoomAnimation: !still(), markerZoomAnimation: !still(), maxBoundsViscosity: 0.8,
    });
    this.land = L.layerGroup().addTo(this.map);
    this.warned = L.layerGroup().addTo(this.map);
    this.extra = L.layerGroup().addTo(this.map);
    this.names = L.layerGroup().addTo(this.map);
    this.bounds = this.drawLand();
    this.states = new Map();
    this.mine = [];
    this.moved = false;
    this.controls();
    this.map.fitBounds(this.bounds, { padding: [12, 12] });
    this.map.setMaxBounds(this.bounds.pad(0.6));
    this.map.on("moveend zoomend resize", () => this.drawNames());
    this.map.on("dragstart", () => { this.moved = true; });
    box.addEventListener("keydown", () => { this.moved = true; });
    new ResizeObserver(() => this.map.invalidateSize()).observe(box);
  }

  drawLand() {
    const canvas = L.canvas({ padding: 0.4 });
    const bounds = L.latLngBounds([]);
    const css = getComputedStyle(this.box);
    this.outlines = [...this.zones.values()].map((feature) => {
      const polygon = L.polygon(latLngs(feature.geometry), { renderer: canvas, interactive: false, weight: 1, smoothFactor: 1.2, fillOpacity: 1 });
      bounds.extend(polygon.getBounds());
      return polygon.addTo(this.land);
    });
    this.colorLand(css);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.colorLand(getComputedStyle(this.box)));
    return bounds;
  }

  colorLand(css) {
    const color = css.getPropertyValue("--edge").trim();
    const fillColor = css.getPropertyValue("--land").trim();
    for (const polygon of this.outlines) polygon.setStyle({ color, fillColor });
  }

  controls() {
    const button = (label, icon, act) => el("button", { type: "button", class: "map-button", "aria-label": label, title: label,
      onclick: () => { this.moved = true; act(); } }, sign(icon));
    const box = el("div", { class: "map-buttons" },
      button(words.zoom_in, "plus", () => this.map.zoomIn(1)),
      button(words.zoom_out, "minus", () => this.map.zoomOut(1)),
      button(words.fit, "fit", () => this.map.fitBounds(this.bounds, { padding: [12, 12] })));
    L.DomEvent.disableClickPropagation(box);
    this.box.append(box);
  }

  /** Shows the picture; moves by itself only until the reader has moved the map. */
  show(picture, now, mine) {
    const ended = endedRows(picture, now);
    const active = activeRows(picture, now);
    const shown = new Map();
    for (const row of [...ended, ...active.reverse()]) shown.set(row.zone, row);
    const key = JSON.stringify([[...shown].map(([id, row]) => [id, row.state, row.mode, this.age(row, now)]), mine, names.size]);
    if (key === this.key) return;
    this.key = key;
    this.states = shown;
    this.mine = mine;
    this.drawWarned(now);
    this.focus();
    this.drawNames();
  }

  age(row, now) {
    return row.endedAt ? Math.round((now - row.endedAt) / 30_000) : 0;
  }

  drawWarned(now) {
    this.warned.clearLayers();
    for (const id of this.mine) {
      const feature = this.zones.get(id);
      if (feature) L.polygon(latLngs(feature.geometry), { interactive: false, fill: false, className: "area area-mine" }).addTo(this.warned);
    }
    for (const [id, row] of this.states) {
      const feature = this.zones.get(id);
      if (!feature) continue;
      const fade = row.endedAt ? Math.max(0.15, 1 - (now - row.endedAt) / FADE) : 1;
      const kind = row.state === "impact" ? "shelter" : row.state;
      L.polygon(latLngs(feature.geometry), {
        interactive: false, className: `area area-${kind} area-${row.mode}`, fillColor: `url(#hatch-${kind})`,
        fillOpacity: fade, opacity: fade,
      }).addTo(this.warned);
    }
  }

  focus() {
    const wanted = this.states.size ? [...this.states.keys()] : this.mine;
    const aim = wanted.slice().sort().join();
    if (this.moved || aim === this.aim) return;
    this.aim = aim;
    const shown = wanted.map((id) => this.zones.get(id)).filter(Boolean);
    if (!shown.length) return this.map.fitBounds(this.bounds, { padding: [12, 12] });
    const bounds = L.latLngBounds([]);
    for (const feature of shown) bounds.extend(L.polygon(latLngs(feature.geometry)).getBounds());
    this.map.fitBounds(bounds.pad(0.7), { maxZoom: 11.25, animate: !still(), padding: [20, 20] });
  }

  /** Names where there is room: the warned first, then my places, then the most populous. */
  drawNames() {
    const view = this.map.getBounds().pad(-0.02);
    const mine = new Set(this.mine);
    const all = [...this.zones.values()].map((feature) => {
      const { id, label, people } = feature.properties;
      const state = this.states.get(id)?.state;
      const weight = state ? RANK[state] : mine.has(id) ? RANK.mine : RANK.calm;
      return { id, at: L.latLng(label[1], label[0]), state: state ?? (mine.has(id) ? "mine" : "calm"), weight, people: people ?? 0 };
    }).filter((name) => view.contains(name.at) && (name.weight > 0 || this.map.getZoom() >= 8));
    all.sort((a, b) => b.weight - a.weight || b.people - a.people || Number(a.id) - Number(b.id));
    const taken = [];
    this.names.clearLayers();
    for (const name of all) {
      const text = nameOf(name.id);
      const point = this.map.latLngToContainerPoint(name.at);
      const half = (text.length * (name.weight ? 8 : 6.6)) / 2 + 8;
      const below = name.state === "calm" || name.state === "mine" ? 0 : 22; // beside a warned zone, not over it
      const box = [point.x - half, point.y - 12 + below, point.x + half, point.y + 12 + below];
      if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
      taken.push(box);
      L.marker(name.at, { interactive: false, keyboard: false,
        icon: L.divIcon({ className: `name name-${name.state}`, iconSize: null, html: el("span", { dir: "auto" }, text) }) }).addTo(this.names);
      if (taken.length >= LABELS) break;
    }
  }
}

export { L };
