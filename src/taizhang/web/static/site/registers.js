// Ticking a whole page at once; a warning before typed work is left. Without scripts the pages work as they are.
"use strict";

const every = document.querySelector("input[data-every]");
if (every) {
  every.hidden = false;
  every.addEventListener("change", () => {
    for (const box of document.querySelectorAll("input[name=key]")) box.checked = every.checked;
  });
}

const guarded = document.querySelector("form[data-guard]");
if (guarded) {
  let changed = false;
  guarded.addEventListener("input", () => { changed = true; });
  guarded.addEventListener("submit", (event) => {
    changed = false;
    const button = event.submitter;
    if (button) setTimeout(() => { button.disabled = true; });
  });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// The choice of columns says what is shown now, as soon as somebody looks at it.
const choosing = document.querySelector("details.choosing");
if (choosing) {
  choosing.addEventListener("toggle", () => {
    if (choosing.open) for (const box of choosing.querySelectorAll("input[data-shown]")) { box.checked = true; delete box.dataset.shown; }
  });
}
