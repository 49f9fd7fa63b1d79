// Filling a return: moving by keys, pasting a block, taking a number, marking what the checks found, keeping what is typed until it is
// saved. Without scripts the table is a plain form.
"use strict";

(() => {
  const form = document.getElementById("return-form");
  if (!form) return;
  const cells = () => [...form.querySelectorAll("input.cell")];
  const notice = document.getElementById("restored");
  const tell = (words) => { notice.textContent = words; notice.hidden = false; };
  const lines = () => [...form.querySelectorAll("table.sheet-grid tbody tr")].map((row) => [...row.querySelectorAll("input.cell")]).filter((row) => row.length);
  const noteOf = (cell) => form.elements[cell.name.replace(/^c-/, "n-")];

  function put(cell, value, note = "") {
    cell.value = value;
    noteOf(cell).value = note;
    cell.closest("td").querySelector(".note")?.remove();
    if (note) {
      const mark = document.createElement("span");
      mark.className = "note";
      mark.textContent = note;
      cell.after(mark);
    }
    cell.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // -- keys ------------------------------------------------------------------------------------------------------------
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("input.cell") || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const table = lines();
    const row = table.findIndex((each) => each.includes(cell));
    const column = table[row].indexOf(cell);
    const atStart = cell.selectionStart === 0 && cell.selectionEnd === 0;
    const atEnd = cell.selectionStart === cell.value.length && cell.selectionEnd === cell.value.length;
    const whole = cell.selectionStart === 0 && atEnd === false && cell.selectionEnd === cell.value.length;
    let next;
    if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) next = table[row + 1]?.[column] ?? (event.key === "Enter" ? table[0][column + 1] : null);
    else if (event.key === "ArrowUp" || event.key === "Enter") next = table[row - 1]?.[column];
    else if (event.key === "ArrowRight" && (atEnd || whole)) next = table[row][column + 1];
    else if (event.key === "ArrowLeft" && (atStart || whole)) next = table[row][column - 1];
    if (next) { next.focus(); next.select(); }
    if (next || event.key === "Enter") event.preventDefault();  // Enter never hands a return in
  });

  // -- a block from Excel ----------------------------------------------------------------------------------------------
  form.addEventListener("paste", (event) => {
    const cell = event.target;
    if (!cell.matches("input.cell")) return;
    const text = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const table = lines();
    const row = table.findIndex((each) => each.includes(cell));
    const column = table[row].indexOf(cell);
    let left = false;
    text.split("\n").forEach((line, down) => line.split("\t").forEach((value, across) => {
      const at = table[row + down]?.[column + across];
      if (at) put(at, value.trim()); else if (value.trim() !== "") left = true;
    }));
    if (left) tell(form.dataset.pasted);
  });

  // -- taking a number -------------------------------------------------------------------------------------------------
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button.take");
    if (!button) return;
    const cell = document.getElementById(`c-${button.dataset.for}`);
    if (!cell) return;
    event.preventDefault();
    put(cell, button.dataset.value, button.dataset.note ?? "");
    cell.focus();
  });

  // -- what the checks found -------------------------------------------------------------------------------------------
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const landed = new URL(event.detail.xhr.responseURL || location.href).pathname;
    if (event.detail.requestConfig?.path && landed === new URL(event.detail.requestConfig.path, location.href).pathname) return;
    event.detail.shouldSwap = false;  // the sign-in page came instead
    tell(form.dataset.expired);
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    if ([401, 403].includes(event.detail.xhr.status)) tell(form.dataset.expired);
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "checks") return;
    const blamed = new Map([...document.querySelectorAll("#checks [data-cell]")].map((item) => [item.dataset.cell, item.textContent]));
    for (const cell of cells()) {
      if (blamed.has(cell.id)) cell.setAttribute("aria-invalid", "true");
      else {
        cell.removeAttribute("aria-invalid");
        cell.closest("td").querySelector(".fault")?.remove();
      }
    }
  });

  // -- kept in this browser until it is saved --------------------------------------------------------------------------
  const key = `return:${form.dataset.form}`;
  const fields = () => [...form.querySelectorAll("input.cell, input.name, input[name^='n-']")];
  form.addEventListener("input", (event) => {
    if (event.target.matches("input.cell") && event.isTrusted) {
      noteOf(event.target).value = "";  // typed over: it no longer comes from records
      event.target.closest("td").querySelector(".note")?.remove();
    }
    const values = Object.fromEntries(fields().map((field) => [field.name, field.value]));
    try { sessionStorage.setItem(key, JSON.stringify({ stamp: form.elements.seen.value, values })); } catch { /* no room: the server keeps drafts */ }
  });
  // A browser told to keep nothing refuses at every touch; then only the server keeps.
  const stored = (act) => { try { return act(sessionStorage); } catch { return null; } };
  const here = new URL(location.href);
  if (here.searchParams.has("kept")) {
    stored((store) => store.removeItem(key));
    here.searchParams.delete("kept");
    history.replaceState(null, "", here);
  } else if (!("typed" in form.dataset)) {
    const kept = stored((store) => JSON.parse(store.getItem(key) ?? "null"));
    if (kept && fields().some((field) => field.name in kept.values && kept.values[field.name] !== field.value)) {
      for (const field of fields()) if (field.name in kept.values) field.value = kept.values[field.name];
      form.elements.seen.value = kept.stamp;  // if another changed it meanwhile, saving says so
      tell(form.dataset.restored);
    }
  }
})();
