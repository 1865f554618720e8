// A link with data-dialog opens the dialog it points to. Without script the browser shows it by :target.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.hash.slice(1));
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  const open = closer?.closest("dialog") ?? (event.target.matches("dialog[open]") ? event.target : null);
  if (!open?.open) return;
  const box = open.getBoundingClientRect();
  const isOutside =
    event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  if (closer || isOutside) {
    event.preventDefault();
    open.close();
  }
});
