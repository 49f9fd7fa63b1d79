// Small helps on pages: sorting a table by a column, closing the menu. Without scripts every page works as it is.
"use strict";

function sortBy(button) {
  const cell = button.closest("th");
  const table = cell.closest("table");
  const index = [...cell.parentNode.children].indexOf(cell);
  const down = cell.getAttribute("aria-sort") !== "descending";
  for (const other of cell.parentNode.children) other.removeAttribute("aria-sort");
  cell.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const key = (row) => {
    const at = row.children[index];
    const written = at.dataset.value ?? at.textContent.trim().replace(/,/g, "");
    const number = parseFloat(written);
    return Number.isNaN(number) ? written : number;
  };
  const compare = (a, b) => {
    const x = key(a), y = key(b);
    if (typeof x === "number" && typeof y === "number") return x - y;
    if (typeof x !== typeof y) return typeof x === "number" ? 1 : -1;
    return x.localeCompare(y, document.documentElement.lang);
  };
  const rows = [...body.rows].sort(compare);
  if (down) rows.reverse();
  body.append(...rows);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.sort");
  if (button) sortBy(button);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
// On a narrow screen a row of doors is longer than the screen: the door one stands in is brought into sight.
for (const door of document.querySelectorAll("nav a[aria-current]")) {
  const row = door.closest("nav");
  if (row.scrollWidth > row.clientWidth) row.scrollLeft += door.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - door.offsetWidth) / 2;
}

// A part of a page that comes when its reader is signed out says so, in the place of what was asked for, unless the page has words of its own.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 401 && !document.querySelector("[data-expired]")) event.detail.shouldSwap = true;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
