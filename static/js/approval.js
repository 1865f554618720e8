// HR's approval table by keyboard: j k move, a approve, r reject, s swap, w why, x choose, / search, ? help.
const allRows = () => [...document.querySelectorAll("tr[data-row]")];
const rowOf = (element) => element?.closest?.("tr[data-row]") ?? null;

const focusRow = (row) => {
  if (!row) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

const move = (steps) => {
  const rows = allRows();
  const here = rows.indexOf(rowOf(document.activeElement));
  focusRow(rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + steps))]);
};

// The field for a reason stands in the row once somebody asks for it; without script a page of its own has it.
const reasonOf = (link) => {
  const row = rowOf(link);
  const known = row.querySelector(".suggestions__reject");
  if (known) return known;
  const reason = document.querySelector("#why-not").content.firstElementChild.cloneNode(true);
  link.closest("td").append(reason);
  const [label, words, button] = ["label", "textarea", "button"].map((name) => reason.querySelector(name));
  label.htmlFor = words.id = words.name = `because-${row.id.replace("suggestion-", "")}`;
  button.setAttribute("formaction", link.href);
  button.setAttribute("hx-post", link.href);
  htmx.process(reason);
  reason.hidden = true;
  return reason;
};

const showReason = (link, open) => {
  const reason = reasonOf(link);
  reason.hidden = !open;
  link.setAttribute("aria-expanded", String(open));
  if (open) reason.querySelector("textarea").focus();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("tr[data-row] a[data-do=reject]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  showReason(link, reasonOf(link).hidden);
});

const openReason = (row) => {
  const link = row.querySelector("a[data-do=reject]");
  if (link) showReason(link, true);
};

const approve = (row) => {
  const allow = row.querySelector("input[data-allow]");
  if (allow && !allow.checked) allow.focus();
  else row.querySelector("[data-do=approve]")?.click();
};

// Once: all on this page; a second time: all that match.
const chooseAll = () => {
  const all = document.querySelector("input[data-bulk-all]");
  const everything = document.querySelector("input[name=everything]");
  if (all && !all.checked) all.click();
  else everything?.click();
};

const decideOnChosen = (decision) => {
  const bar = document.querySelector("[data-bulk-bar]");
  if (bar && !bar.hidden) bar.querySelector(`button[name=do][value=${decision}]`).click();
};

const onRow = {
  a: approve,
  r: openReason,
  s: (row) => row.querySelector("[data-do=swap]")?.click(),
  u: (row) => row.querySelector("[data-do=undo]")?.click(),
  x: (row) => row.querySelector("input[data-bulk]")?.click(),
  w: (row) => {
    const why = row.querySelector("details");
    if (why) why.open = !why.open;
  },
};
const anywhere = {
  j: () => move(1),
  k: () => move(-1),
  n: () => document.querySelector("a[rel=next]")?.click(),
  p: () => document.querySelector("a[rel=prev]")?.click(),
  A: () => decideOnChosen("approve"),
  R: () => decideOnChosen("reject"),
  "*": chooseAll,
  "/": () => document.querySelector("form.filters input[name=q]")?.focus(),
  "?": () => document.querySelector("[data-keys]")?.click(),
};

const isTyping = (element) => element.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("textarea[data-because]")) {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      event.target.parentElement.querySelector("button").click();
    } else if (event.key === "Escape") {
      const row = rowOf(event.target);
      showReason(row.querySelector("a[data-do=reject]"), false);
      focusRow(row);
    }
    return;
  }
  if (isTyping(event.target)) return;
  const row = rowOf(document.activeElement);
  const act = anywhere[event.key] ?? (row && onRow[event.key] && (() => onRow[event.key](row)));
  if (!act) return;
  event.preventDefault();
  act();
});

// A row that was decided comes back as it is now; the next one that waits is at hand.
document.addEventListener("htmx:afterSwap", (event) => {
  const id = event.detail.target?.id;
  const row = id?.startsWith("suggestion-") ? document.getElementById(id) : null;
  if (!row) return;
  const rows = allRows();
  const after = rows.slice(rows.indexOf(row) + 1).find((other) => "waits" in other.dataset);
  focusRow("waits" in row.dataset ? row : (after ?? row));
  document.querySelector("input[data-bulk-all]")?.form.querySelector("input[data-bulk]")
    ?.dispatchEvent(new Event("change", { bubbles: true }));
});
