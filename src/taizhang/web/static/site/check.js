// Checking a text: a file dropped on the form, and the way between a mark in the text and its finding. Without scripts the links do it.
"use strict";

function openFinding(number) {
  const finding = document.getElementById("f" + number);
  if (!finding) return;
  for (let box = finding; box; box = box.parentElement.closest("details")) box.open = true;
  finding.querySelector("summary").focus({ preventScroll: true });
  finding.scrollIntoView({ block: "nearest" });
}

function showMark(number) {
  for (const old of document.querySelectorAll(".fig.here")) old.classList.remove("here");
  const mark = document.querySelector(`.fig[data-findings~="${number}"]`);
  if (!mark) return;
  mark.classList.add("here");
  mark.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest("a.fig");
  const go = event.target.closest(".finding-go");
  if (mark) {
    event.preventDefault();
    for (const number of mark.dataset.findings.split(" ").reverse()) openFinding(number);
  } else if (go) {
    event.preventDefault();
    showMark(go.hash.slice(2));
  }
});

// A refusal is an answer too, and is shown where the result would stand.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

const form = document.querySelector("form[data-drop]");
if (form) {
  const file = form.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("dragged");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("dragged");
  });
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("dragged");
    file.files = event.dataTransfer.files;
    form.requestSubmit(form.querySelector(".check-go"));
  });
  // Text typed after a file was chosen is what is meant.
  form.querySelector("textarea").addEventListener("input", () => { file.value = ""; });
}
