// Pages about people: printing, and the courses of what was measured, drawn from the table beside them.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

function drawTrend(element) {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("--ink-soft") };
  const lines = [...element.querySelectorAll("[data-points]")].map((part) => ({
    name: part.dataset.name,
    data: part.dataset.points.split(";").map((point) => { const [day, value] = point.split("="); return [day, Number(value)]; }),
  }));
  const colours = [colour("--accent"), colour("--bad"), colour("--good")];
  const values = lines.flatMap((one) => one.data.map((point) => point[1]));
  const low = Math.min(...values), high = Math.max(...values), room = (high - low || Math.abs(high) * 0.1 || 1) * 0.15;
  const chart = echarts.init(element, null, { renderer: "canvas" });
  chart.setOption({
    animation: false, textStyle: font, color: colours,
    grid: { left: 4, right: 14, top: 12, bottom: 4, containLabel: true },
    // Drawn on the canvas: a tooltip of HTML would need inline styles, which the page's policy forbids.
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, textStyle: { fontFamily: font.fontFamily },
      formatter: (points) => [points[0].value[0], ...points.map((p) => p.seriesName + "  " + p.value[1])].join("\n") },
    xAxis: { type: "time", axisLine: { lineStyle: { color: colour("--rule-strong") } }, axisTick: { show: false }, axisLabel: { ...font, hideOverlap: true, formatter: "{yyyy}-{MM}" }, splitNumber: 3 },
    yAxis: { type: "value", min: Math.floor(low - room), max: Math.ceil(high + room), axisLabel: font, splitLine: { lineStyle: { color: colour("--rule") } } },
    series: lines.map((one) => ({ type: "line", name: one.name, data: one.data, symbolSize: 5, lineStyle: { width: 2 } })),
  });
  new ResizeObserver(() => chart.resize()).observe(element);
  element.dataset.drawn = "yes";
}

if (window.echarts) for (const element of document.querySelectorAll("[data-trend]")) drawTrend(element);
