// Drafts out of a news text, one card each: recorded, mended or dropped by a person.
import { byId, el } from "./dom.js";

const form = byId("read-form");
if (form) form.addEventListener("submit", (event) => { event.preventDefault(); read(); });

const FIELDS = [["speaker", "Speaker"], ["kind", "Kind"], ["role", "Role"], ["stance", "Stance"], ["attribute", "About"],
  ["value", "Value, or what was said in other words"], ["quote", "Verbatim words"], ["printed", "When, as printed"]];
const LONG = ["value", "quote"];

async function ask(path, body) {
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${byId("read-key").value.trim()}` } });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.reason ?? `The server answered ${response.status}.`);
  return answer;
}

async function read() {
  byId("read-fault").textContent = "";
  byId("read-drafts").replaceChildren();
  byId("read-count").textContent = "";
  try {
    const found = await ask("/api/record/read", { text: byId("read-text").value, outlet: byId("read-outlet").value,
      published: byId("read-published").value, narrator: byId("read-narrator").checked });
    const odd = found.faults.length ? ` Odd: ${found.faults.join("; ")}` : "";
    byId("read-count").textContent = `${found.sentences.length} sentences, ${found.drafts.length} drafts. Nothing is recorded yet.${odd}`;
    byId("read-drafts").append(...found.drafts.map((draft, i) => card(draft, i, found)));
    byId("read-count").scrollIntoView();
  } catch (fault) {
    byId("read-fault").textContent = fault.message;
  }
}

function input(name, label, value, id) {
  const terms = byId("read-terms").content.querySelector(`[data-of=${name}]`);
  const box = terms ? terms.cloneNode(true) : el(LONG.includes(name) ? "textarea" : "input", LONG.includes(name) ? { rows: 2 } : {});
  box.id = `${id}-${name}`;
  box.value = value;
  return [el("label", { for: box.id }, label), box];
}

function card({ sentence, statement }, index, { sentences, capture }) {
  const id = `draft-${index}`;
  const note = el("p", { class: "draft-note", role: "status" });
  const fields = el("div", { class: "draft-fields" }, ...FIELDS.map(([name, label]) => input(name, label, statement[name], id)));
  const through = statement.relays.length ? el("p", { class: "dim" }, `Through: ${statement.relays.join(", ")}`) : null;
  const buttons = el("p", { class: "buttons" },
    el("button", { type: "button", class: "button main", onclick: () => record() }, "Record"),
    el("button", { type: "button", class: "button", onclick: () => close("Dropped.") }, "Drop"));
  const whole = el("article", { class: "card draft", "aria-labelledby": `${id}-h` },
    el("h2", { id: `${id}-h` }, `${index + 1}. Sentence ${sentence}`), el("blockquote", {}, sentences[sentence - 1] ?? ""),
    through, fields, buttons, note);

  function close(words, link) {
    for (const box of whole.querySelectorAll("input, select, textarea, button")) box.disabled = true;
    buttons.remove();
    whole.classList.add("closed");
    note.replaceChildren(words, link ?? "");
    whole.nextElementSibling?.querySelector("button")?.focus();
  }

  async function record() {
    const mended = { ...statement };
    for (const [name] of FIELDS) mended[name] = fields.querySelector(`#${id}-${name}`).value;
    note.textContent = "";
    try {
      const { id: recorded } = await ask(`/api/record/${encodeURIComponent(form.dataset.incident)}/confirm`,
        { outlet: byId("read-outlet").value, capture, statement: mended });
      close("Recorded: ", el("a", { href: `/record/${encodeURIComponent(form.dataset.incident)}#${recorded}` }, recorded));
    } catch (fault) {
      note.textContent = fault.message;
    }
  }
  return whole;
}
