/** An element; children that are text stay text, so nothing from outside becomes markup. */
export function el(tag, properties = {}, ...children) {
  const element = tag === "svg" || tag === "use"
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A sign of signs.svg, which stands in the page itself: it must be there when the line is cut. */
export const sign = (name, size = "") =>
  el("svg", { class: `sign ${size}`, "aria-hidden": "true", focusable: "false" },
    el("use", { href: `#sign-${name}` }));

/** Replaces what is inside only where it differs, so that focus and reading position stay. */
export function put(parent, ...children) {
  const next = el("div", {}, ...children);
  if (parent.innerHTML === next.innerHTML && !parent.dataset.live) return;
  parent.replaceChildren(...next.childNodes);
}
