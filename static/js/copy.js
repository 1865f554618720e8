// A button with data-copy copies the words of the field that it names. Without script the field can be selected by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    document.body.dispatchEvent(new CustomEvent("toast", { detail: { value: "Copied." } }));
  });
}
