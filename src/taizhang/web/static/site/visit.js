// The visit by keyboard: Enter moves on, digits choose; faults told beside the form are put at their inputs.
"use strict";

const form = document.getElementById("visit");

function stops() {
  const seen = new Set();
  return [...form.querySelectorAll("input:not([type=hidden]), select, #save")].filter((at) => {
    // What is folded away has a place on the page in some browsers, and takes no focus.
    if (at.offsetParent === null || at.closest("details:not([open])") || at.closest(".chips")) return false;
    if (at.type !== "radio" && at.type !== "checkbox") return true;
    const group = at.closest(".ask, .carry");
    if (seen.has(group)) return false;
    seen.add(group);
    return true;
  });
}

function moveOn(from) {
  const every = stops();
  const group = from.closest(".ask, .carry");
  const next = every.find((at) => from.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING && !(group && group.contains(at)));
  if (!next) return;
  const chosen = next.type === "radio" && next.closest(".ask").querySelector("input:checked");
  (chosen || next).focus();
  if (next.select && next.type === "text") next.select();
}

// On a small screen the bar with the save button stands at the bottom, and grows with what it tells: the field at hand moves above it.
function uncover(at) {
  const side = form.querySelector(".visit-side");
  if (side.contains(at) || !form.contains(at) || !window.matchMedia("(max-width: 1000px)").matches) return;
  const under = at.getBoundingClientRect().bottom + 12 - side.getBoundingClientRect().top;
  if (under > 0) window.scrollBy(0, under);
}

if (form) {
  form.addEventListener("focusin", (event) => uncover(event.target));
  form.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && at.matches("input, select")) {
      event.preventDefault();
      moveOn(at);
      return;
    }
    if (/^[0-9]$/.test(event.key) && (at.type === "radio" || at.type === "checkbox")) {
      const choice = at.closest(".ask, .carry").querySelector(`[data-digit="${event.key}"]`);
      if (!choice) return;
      event.preventDefault();
      choice.checked = choice.type === "radio" ? true : !choice.checked;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      choice.focus();
      if (choice.type === "radio") moveOn(choice);
    }
  });
  // A second press while the first is on its way sends nothing.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "outcome") return;
    uncover(document.activeElement);
    for (const place of form.querySelectorAll("[data-fault]")) {
      place.textContent = "";
      place.closest(".ask").classList.remove("wrong");
    }
    for (const mark of event.target.querySelectorAll("[data-mark]")) {
      const place = form.querySelector(`[data-fault="${CSS.escape(mark.dataset.mark)}"]`);
      if (!place) continue;
      place.textContent += mark.querySelector("span").textContent;
      place.closest(".ask").classList.add("wrong");
      const folded = place.closest("details");
      if (folded) folded.open = true;
    }
  });
  const opened = location.hash === "#opened" && document.getElementById("opened");
  const first = form.querySelector(".wrong input, .wrong select") || stops().find((at) => opened && opened.contains(at)) || stops().find((at) => at.id !== "day");
  if (first) first.focus({ preventScroll: !first.closest(".wrong") });
}
