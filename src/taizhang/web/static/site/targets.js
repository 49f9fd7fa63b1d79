// The sum of the parts beside the task, while they are typed. Without scripts the sum stands there as it was when the page came.
"use strict";

(() => {
  const form = document.getElementById("target-form"), sum = document.getElementById("sum"), words = document.getElementById("sum-words");
  if (!form || !sum) return;
  // Whole numbers of the fourth decimal, so that 0.1 + 0.2 is 0.3.
  const read = (text) => { const value = Number(text.replace(/[,，\s]/g, "")); return text.trim() === "" || Number.isNaN(value) ? null : Math.round(value * 10000); };
  const show = (value) => String(value / 10000);
  const add = () => {
    const parts = [...form.querySelectorAll("input.task:not([data-whole])")].map((input) => read(input.value)).filter((value) => value !== null);
    const task = form.querySelector("input.task[data-whole]");
    const total = parts.reduce((one, other) => one + other, 0);
    sum.textContent = parts.length ? show(total) : "—";
    const wanted = task ? read(task.value) : null;
    words.textContent = "";
    if (wanted === null || !parts.length) return;
    words.className = total === wanted ? "good" : "bad";
    words.textContent = total === wanted ? sum.dataset.agrees : `${total > wanted ? sum.dataset.more : sum.dataset.less} ${show(Math.abs(total - wanted))}`;
  };
  form.addEventListener("input", add);
  add();
})();
