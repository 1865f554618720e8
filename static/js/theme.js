// The switch between light and dark, without a reload. Without script the form does the same by itself.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  fetch(form.action, { method: "POST", body: data, redirect: "manual" });
  const chosen = event.submitter.value;
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button"))
    button.setAttribute("aria-pressed", String(button.value === chosen));
});
