// Charts of a figure's page: its course of time, read when the page stands, and its units as bars, drawn from the table beside them.
"use strict";

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("--ink-soft") };
const axis = { axisLine: { lineStyle: { color: colour("--rule-strong") } }, axisTick: { show: false }, axisLabel: font };
const value = { type: "value", axisLabel: font, splitLine: { lineStyle: { color: colour("--rule") } } };
// Drawn on the canvas: a tooltip of HTML would need inline styles, which the page's policy forbids.
const tooltip = { trigger: "axis", renderMode: "richText", confine: true, textStyle: { fontFamily: font.fontFamily } };

function show(element, option) {
  for (const child of [...element.children]) child.remove();
  const chart = echarts.init(element, null, { renderer: "canvas" });
  chart.setOption({ animation: false, textStyle: font, ...option });
  new ResizeObserver(() => chart.resize()).observe(element);
  element.dataset.drawn = "yes";
  offerPicture(element, { animation: false, textStyle: font, ...option });
}

function fill(table, data) {
  const rows = data.labels.map((label, place) => {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    const cell = document.createElement("td");
    head.scope = "row";
    head.textContent = label;
    cell.className = "num";
    cell.textContent = data.printed[place];
    row.append(head, cell);
    return row;
  });
  table.tBodies[0].textContent = "";
  table.tBodies[0].append(...rows);
}

function floor(values) {
  // A line may begin above nought, so that a change of a point is seen; it never ends at the frame.
  const present = values.filter((v) => v !== null);
  if (!present.length) return 0;
  const low = Math.min(...present), high = Math.max(...present);
  const room = (high - low || Math.abs(high) * 0.1 || 1) * 0.6;
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, 1)));
  return low - room <= 0 || low < high / 3 ? 0 : Math.floor((low - room) / step) * step;
}

async function line(element) {
  try {
    const answer = await fetch(element.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const data = await answer.json();
    const values = data.values.map((v) => (v === null ? null : Number(v)));
    const table = document.getElementById(element.dataset.series);
    if (table) fill(table, data);
    const unit = data.unit === "%" || data.unit === "‰" ? data.unit : "";
    show(element, {
      grid: { left: 8, right: 30, top: 28, bottom: 8, containLabel: true },
      tooltip: { ...tooltip, formatter: (points) => data.labels[points[0].dataIndex] + "  " + data.printed[points[0].dataIndex] },
      xAxis: { type: "category", data: data.labels, boundaryGap: false, ...axis },
      yAxis: { ...value, min: floor(values), minInterval: values.every((v) => v === null || Number.isInteger(v)) && !unit ? 1 : 0, name: unit ? "" : data.unit, nameTextStyle: font, axisLabel: { ...font, formatter: "{value}" + unit } },
      series: [{ type: "line", name: data.name, data: values, symbolSize: 7, connectNulls: false,
        lineStyle: { width: 2.5, color: colour("--accent") }, itemStyle: { color: colour("--accent") },
        label: { show: values.length <= 12, position: "top", formatter: (p) => (p.dataIndex === values.length - 1 ? data.printed[p.dataIndex] : ""), fontFamily: font.fontFamily, color: colour("--ink") } }],
    });
  } catch {
    element.querySelector(".waiting")?.remove();
    const failed = element.querySelector(".failed");
    if (failed) failed.hidden = false;
  }
}

function bars(element) {
  const table = document.getElementById(element.dataset.table);
  const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.value !== "").map((row) => [row.dataset.name, Number(row.dataset.value), row.dataset.printed]);
  rows.sort((a, b) => a[1] - b[1]);
  if (rows.length < 2) { element.remove(); return; }
  // Below the whole's rate a bar is pale; counts have no such line.
  const mean = /[%‰]$/.test(rows[0][2]) && table.dataset.mean ? Number(table.dataset.mean) : null;
  element.classList.add("bars");
  element.dataset.rows = String(Math.min(rows.length, 30));
  show(element, {
    grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
    tooltip: { ...tooltip, axisPointer: { type: "shadow" }, formatter: (points) => points[0].name + "  " + rows[points[0].dataIndex][2] },
    xAxis: { ...value, axisLabel: { show: false }, splitLine: { show: false }, min: 0 },
    yAxis: { type: "category", data: rows.map((row) => row[0]), ...axis },
    series: [{ type: "bar", barMaxWidth: 18, label: { show: true, position: "right", formatter: (p) => rows[p.dataIndex][2], fontFamily: font.fontFamily, color: colour("--ink") },
      data: rows.map(([, v]) => ({ value: v, itemStyle: { color: mean !== null && v < mean ? colour("--accent-soft") : colour("--accent"), borderRadius: [0, 3, 3, 0] } })) }],
  });
}

for (const element of document.querySelectorAll("[data-chart]")) (element.dataset.chart === "line" ? line : bars)(element);
