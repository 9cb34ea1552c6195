// An hour of the logs shown again on the map: the past, on its own clock.
const data = document.getElementById("hour-data");
if (data) start(JSON.parse(data.textContent));

/** Seconds for which a zone is marked, and then faintly. */
const SOUNDING = 90, RECENT = 600;

function start({ hour, digits, rows }) {
  const byId = (id) => document.getElementById(id);
  const [controls, play, slider, clock, speed, said] =
    ["hour-controls", "hour-play", "hour-time", "hour-clock", "hour-speed", "hour-now"].map(byId);
  const marks = [...document.querySelectorAll("#hour-map [data-zone]")];
  const lines = [...document.querySelectorAll("#hour-rows tbody tr")];
  const names = new Map(marks.filter((mark) => mark.tagName === "text").map((mark) => [mark.dataset.zone, mark.textContent]));
  const own = [...digits];
  const write = (text) => text.replace(/\d/g, (d) => own[d]);
  const pad = (n) => String(n).padStart(2, "0");
  const play_word = play.textContent;
  let frame = null, last = 0, time = 0, told = "";

  function draw() {
    const state = new Map();
    for (const { s, z, k } of rows) {
      if (s > time) break;
      for (const zone of z) {
        if (k === "ended") state.delete(zone);
        else if (k === "shelter") state.set(zone, time - s < SOUNDING ? "sounding" : time - s < RECENT ? "recent" : "");
      }
    }
    for (const mark of marks) {
      const now = state.get(mark.dataset.zone);
      mark.classList.toggle("sounding", now === "sounding");
      mark.classList.toggle("recent", now === "recent");
    }
    const whole = Math.floor(time);
    clock.textContent = write(`${pad((hour + Math.floor(whole / 3600)) % 24)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`);
    slider.value = whole;
    slider.setAttribute("aria-valuetext", clock.textContent);
    const sounding = [...state].filter(([, now]) => now === "sounding").map(([zone]) => names.get(zone) ?? zone);
    const text = sounding.join(", ");
    if (text !== told) said.textContent = told = text;
  }

  function step(moment) {
    time = Math.min(3600, time + (moment - last) / 1000 * Number(speed.value));
    last = moment;
    draw();
    if (time >= 3600) stop(); else frame = requestAnimationFrame(step);
  }

  function stop() {
    cancelAnimationFrame(frame);
    frame = null;
    play.textContent = play_word;
    play.setAttribute("aria-pressed", "false");
  }

  play.addEventListener("click", () => {
    if (frame) return stop();
    if (time >= 3600) time = 0;
    last = performance.now();
    frame = requestAnimationFrame(step);
    play.textContent = play.dataset.pause;
    play.setAttribute("aria-pressed", "true");
  });
  slider.addEventListener("input", () => { time = Number(slider.value); draw(); });
  // A row of the table leads to its moment.
  lines.forEach((line) => line.addEventListener("click", () => {
    const [h, m, s] = [...line.cells[0].textContent].map((d) => own.includes(d) ? own.indexOf(d) : d).join("").split(":").map(Number);
    time = ((h - hour + 24) % 24) * 3600 + m * 60 + s;
    draw();
  }));
  controls.hidden = false;
  // It begins where something happens.
  time = Math.max(0, (rows[0]?.s ?? 0) - 5);
  draw();
}
