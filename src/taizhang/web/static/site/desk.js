// The editor of a section: a figure goes where the cursor stood last; leaving with unsaved words asks first. Without scripts the code of a
// figure can be typed.
"use strict";

let target = null;
const typing = "[data-body], [data-figure]";

document.addEventListener("focusin", (event) => {
  if (event.target.matches(typing)) target = event.target;
});

function insert(text) {
  const into = target && document.contains(target) ? target : [...document.querySelectorAll("textarea[data-body][name=text]")].pop();
  if (!into) return;
  if (into.matches("[data-figure]")) into.value = text.slice(1, -1);
  else into.setRangeText(text, into.selectionStart, into.selectionEnd, "end");
  into.dispatchEvent(new Event("input", { bubbles: true }));
  into.focus();
}

const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-leave]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button.way");
  if (button) insert(button.dataset.insert);
});
