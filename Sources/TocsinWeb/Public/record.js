// The as-of list as a slider, and languages that keep the place; the page works without it.
const select = document.getElementById("as-of");
if (select && select.options.length > 2) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: select.options.length - 1, value: select.selectedIndex });
  slider.setAttribute("aria-label", select.labels[0]?.textContent ?? "");
  slider.setAttribute("aria-valuetext", select.selectedOptions[0].textContent);
  slider.addEventListener("input", () => {
    select.selectedIndex = Number(slider.value);
    slider.setAttribute("aria-valuetext", select.selectedOptions[0].textContent);
  });
  slider.addEventListener("change", () => select.form.requestSubmit());
  select.addEventListener("change", () => { slider.value = select.selectedIndex; });
  select.after(slider);
}
for (const link of document.querySelectorAll(".languages a")) {
  const address = new URL(location.href);
  address.searchParams.set("lang", link.dataset.lang);
  link.href = address.search + address.hash;
  if (document.documentElement.lang === link.dataset.lang) link.setAttribute("aria-current", "true");
}
