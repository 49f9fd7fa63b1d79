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
  const option = {
    animation: false, textStyle: font, color: colours,
    grid: { left: 4, right: 14, top: 12, bottom: 4, containLabel: true },
    // Drawn on the canvas: a tooltip of HTML would need inline styles, which the page's policy forbids.
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, textStyle: { fontFamily: font.fontFamily },
      formatter: (points) => [points[0].value[0], ...points.map((p) => p.seriesName + "  " + p.value[1])].join("\n") },
    xAxis: { type: "time", axisLine: { lineStyle: { color: colour("--rule-strong") } }, axisTick: { show: false }, axisLabel: { ...font, hideOverlap: true, formatter: "{yyyy}-{MM}" }, splitNumber: 3 },
    yAxis: { type: "value", min: Math.floor(low - room), max: Math.ceil(high + room), axisLabel: font, splitLine: { lineStyle: { color: colour("--rule") } } },
    series: lines.map((one) => ({ type: "line", name: one.name, data: one.data, symbolSize: 5, lineStyle: { width: 2 } })),
  };
  chart.setOption(option);
  offerPicture(element, option, lines.length > 1 ? lines.map((one, place) => [one.name, colours[place]]) : []);
  new ResizeObserver(() => chart.resize()).observe(element);
  element.dataset.drawn = "yes";
}

function pairs(text) {
  return text.split(";").filter(Boolean).map((pair) => pair.split("=").map(Number));
}

// A person's own points over the curves of a standard; the name of each curve stands at its end.
function drawGrowth(element) {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("--ink-soft") };
  const until = Number(element.dataset.until);
  const curves = [...element.querySelectorAll("[data-curve]")].map((part) => ({ name: part.dataset.name, data: pairs(part.dataset.curve).filter((point) => point[0] <= until) }));
  const own = pairs(element.dataset.points);
  const values = [...curves.flatMap((curve) => curve.data), ...own].map((point) => point[1]);
  const middle = Math.floor(curves.length / 2);
  // The bands between the curves at the same distance from the middle are shaded one upon the other, the narrower the deeper: the lower
  // curve, and upon it the distance to the upper.
  const bands = curves.slice(0, middle).flatMap((lower, place) => {
    const upper = curves[curves.length - 1 - place];
    const shade = { type: "line", stack: "band" + place, symbol: "none", silent: true, lineStyle: { opacity: 0 } };
    return [{ ...shade, data: lower.data }, { ...shade, data: lower.data.map((point, at) => [point[0], upper.data[at][1] - point[1]]), areaStyle: { color: colour("--good"), opacity: 0.07 } }];
  });
  // By the distance from the middle: the median, then what is common, what is to be watched, what is far out.
  const strokes = [{ width: 1.8, color: colour("--good") }, { width: 1, color: colour("--rule-strong") }, { width: 1.2, color: colour("--gold") }, { width: 1.2, color: colour("--bad"), type: "dashed" }];
  const chart = echarts.init(element, null, { renderer: "canvas" });
  const option = {
    animation: false, textStyle: font,
    grid: { left: 4, right: 40, top: 12, bottom: 20, containLabel: true },
    xAxis: { type: "value", min: 0, max: until, interval: until > 36 ? 12 : until > 12 ? 6 : 3, name: element.dataset.axis, nameLocation: "middle", nameGap: 22, nameTextStyle: font, axisLabel: font, axisLine: { lineStyle: { color: colour("--rule-strong") } }, axisTick: { show: false }, splitLine: { show: false } },
    yAxis: { type: "value", min: Math.floor(Math.min(...values)), max: Math.ceil(Math.max(...values)), axisLabel: font, splitLine: { lineStyle: { color: colour("--rule") } } },
    series: [
      ...bands,
      ...curves.map((curve, place) => ({ type: "line", name: curve.name, data: curve.data, symbol: "none", silent: true, smooth: true,
        lineStyle: strokes[Math.min(Math.abs(place - middle), strokes.length - 1)],
        endLabel: { show: true, formatter: curve.name, ...font, fontSize: 11 } })),
      { type: "line", name: element.dataset.name, data: own, symbolSize: 7, lineStyle: { width: 2, color: colour("--accent") }, itemStyle: { color: colour("--accent") } },
    ],
  };
  chart.setOption(option);
  offerPicture(element, option);
  new ResizeObserver(() => chart.resize()).observe(element);
  element.dataset.drawn = "yes";
}

if (window.echarts) for (const element of document.querySelectorAll("[data-growth]")) drawGrowth(element);
if (window.echarts) for (const element of document.querySelectorAll("[data-trend]")) drawTrend(element);
