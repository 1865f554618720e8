// A page that stood open while the token changed (after signing in elsewhere) sends the present one.
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

document.addEventListener(
  "submit",
  (event) => {
    const field = event.target.elements?.csrfmiddlewaretoken;
    const now = token();
    if (field && now) field.value = now;
  },
  true,
);
document.addEventListener("htmx:configRequest", (event) => {
  const now = token();
  if (now) event.detail.headers["X-CSRFToken"] = now;
});

for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = false;
  button.addEventListener("click", () => history.back());
}
