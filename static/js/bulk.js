// Boxes to tick in a list: one for all, how many are ticked, the bar that appears.
const tell = (form) => {
  const boxes = [...form.querySelectorAll("input[data-bulk]")];
  const ticked = boxes.filter((box) => box.checked).length;
  const bar = form.querySelector("[data-bulk-bar]");
  if (bar) bar.hidden = ticked === 0;
  for (const count of form.querySelectorAll("[data-bulk-count]")) count.textContent = String(ticked);
  const all = form.querySelector("input[data-bulk-all]");
  if (!all) return;
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
};

document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (!form) return;
  if (event.target.matches("[data-bulk-all]"))
    for (const box of form.querySelectorAll("input[data-bulk]")) box.checked = event.target.checked;
  if (event.target.matches("[data-bulk], [data-bulk-all]")) tell(form);
});
for (const form of document.querySelectorAll("form:has(input[data-bulk])")) tell(form);
