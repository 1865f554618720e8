// A list that people put in order: arrows instead of place numbers.
const number = (list) => {
  [...list.children].forEach((item, index) => {
    item.querySelector("select").value = String(index + 1);
    item.querySelector(".ranking__number").textContent = String(index + 1);
    item.querySelector('[data-move="-1"]').disabled = index === 0;
    item.querySelector('[data-move="1"]').disabled = index === list.children.length - 1;
  });
};

for (const list of document.querySelectorAll("[data-ranking]")) {
  list.classList.add("ranking--live");
  number(list);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    if (button.dataset.move === "-1") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    number(list);
    (button.disabled ? item.querySelector("[data-move]:not(:disabled)") : button)?.focus();
  });
}
