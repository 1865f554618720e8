// Messages can be closed; what a part of the page has to say (HX-Trigger: {"toast": "…"}) shows at the foot.
const showClosers = (root) => {
  for (const button of root.querySelectorAll("[data-close]")) button.hidden = false;
};

document.addEventListener("DOMContentLoaded", () => showClosers(document));
document.addEventListener("htmx:afterSwap", (event) => showClosers(event.target));
document.addEventListener("click", (event) => {
  event.target.closest("[data-close]")?.closest(".alert")?.remove();
});
document.addEventListener("toast", (event) => {
  const words = event.detail?.value;
  if (!words) return;
  const toast = document.createElement("p");
  toast.className = "alert alert--success";
  toast.textContent = words;
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), 8000);
});
