// Forms: a slider tells its number, a second press of the button sends nothing, a filter answers at once.
// Bad input is answered by the site's own words at its field, not by the browser's.
for (const form of document.querySelectorAll("form[method=post]")) form.noValidate = true;

document.addEventListener("input", (event) => {
  const output = event.target.closest("[data-slider]")?.querySelector("output");
  if (output) output.value = event.target.value;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post], [hx-put], [hx-delete]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// Back from the next page: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

// Arrow keys go through every choice of a list on their way, so with keys the button sends.
let byKeys = false;
document.addEventListener("keydown", () => { byKeys = true; }, true);
document.addEventListener("pointerdown", () => { byKeys = false; }, true);

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (!form || byKeys) return;
  if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});
