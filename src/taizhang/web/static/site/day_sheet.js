// The examination day's sheet: moving as in a spreadsheet, pasting a block, saving a row when it is left. Without scripts one button saves all.
"use strict";

const form = document.querySelector("form.day-sheet");
const rows = form ? [...form.querySelectorAll("tr[data-row]")] : [];
const cellsOf = (row) => [...row.querySelectorAll("td > input:not([type])")];
const written = (row) => cellsOf(row).map((cell) => cell.value).join("\u0001");
const saved = new Map(rows.map((row) => [row, written(row)]));
const sent = new Map();

function mark(row) {
  if (written(row) === saved.get(row)) delete row.dataset.dirty;
  else row.dataset.dirty = "";
}

function leave(row) {
  if (row.dataset.dirty === undefined) return;
  sent.set(row, written(row));
  htmx.trigger(row, "leave");
}

function go(from, down, right) {
  const row = from.closest("tr");
  const place = cellsOf(row).indexOf(from) + right;
  const target = cellsOf(rows[rows.indexOf(row) + down] ?? row)[place];
  if (target) { target.focus(); target.select(); target.scrollIntoView({ block: "nearest", inline: "nearest" }); }
}

function keys(event) {
  const cell = event.target;
  if (!cell.matches?.("td > input:not([type])")) return;
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); go(cell, event.shiftKey ? -1 : 1, 0); }
  else if (event.key === "ArrowUp") { event.preventDefault(); go(cell, -1, 0); }
  else if (event.key === "ArrowRight" && (whole || cell.selectionEnd === cell.value.length)) { event.preventDefault(); go(cell, 0, 1); }
  else if (event.key === "ArrowLeft" && (whole || cell.selectionStart === 0)) { event.preventDefault(); go(cell, 0, -1); }
  else if (event.key === "d" && event.ctrlKey && cell.dataset.coded !== undefined) {
    // Only an answer out of a list is repeated: what was measured is never carried from one person to another.
    event.preventDefault();
    const row = cell.closest("tr");
    const above = rows[rows.indexOf(row) - 1];
    if (above) { cell.value = cellsOf(above)[cellsOf(row).indexOf(cell)].value; mark(row); cell.dispatchEvent(new Event("change", { bubbles: true })); }
  }
}

function paste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const first = event.target.closest("tr");
  const left = cellsOf(first).indexOf(event.target);
  text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
    const row = rows[rows.indexOf(first) + down];
    if (!row) return;
    line.split("\t").forEach((value, right) => { const cell = cellsOf(row)[left + right]; if (cell) cell.value = value.trim(); });
    mark(row);
    if (row !== first) leave(row);
    else cellsOf(row)[left].dispatchEvent(new Event("change", { bubbles: true }));
  });
}

if (form) {
  form.addEventListener("input", (event) => { const row = event.target.closest("tr[data-row]"); if (row) mark(row); });
  form.addEventListener("keydown", keys);
  form.addEventListener("paste", paste);
  form.addEventListener("focusout", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (row && !row.contains(event.relatedTarget)) leave(row);
  });
  form.addEventListener("focusin", (event) => { if (event.target.matches("td > input:not([type])")) event.target.select(); });
  let posting = false;
  form.addEventListener("submit", () => { posting = true; });
  window.addEventListener("beforeunload", (event) => { if (!posting && rows.some((row) => row.dataset.dirty !== undefined)) event.preventDefault(); });

  const away = (target) => {
    const state = target?.closest?.("tr")?.querySelector(".state");
    if (state) { state.textContent = form.dataset.away; state.className = "state bad"; }
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    // An expired session answers with the page to sign in on: what was typed stays where it is.
    if (event.detail.target?.closest?.("tr[data-row]") && !event.detail.serverResponse.trimStart().startsWith("<div class=\"told-in\"")) {
      event.detail.shouldSwap = false;
      away(event.detail.target);
    }
  });
  document.addEventListener("htmx:sendError", (event) => away(event.detail.target));
  document.addEventListener("htmx:responseError", (event) => away(event.detail.target));
  document.addEventListener("htmx:afterSettle", (event) => {
    for (const row of rows) {
      const told = row.querySelector(".told-in");
      if (!told || told.dataset.seen) continue;
      told.dataset.seen = "yes";
      const faulty = (told.dataset.faulty ?? "").split(" ");
      for (const cell of cellsOf(row)) {
        if (faulty.includes(cell.name.replace(/^r\d+-/, ""))) cell.setAttribute("aria-invalid", "true");
        else cell.removeAttribute("aria-invalid");
      }
      if (told.dataset.saved !== undefined && sent.has(row)) { saved.set(row, sent.get(row)); sent.delete(row); }
      mark(row);
    }
  });
}
