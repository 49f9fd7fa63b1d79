// A chart handed over as a picture: drawn anew off the page, twice the size, under its title and the names of its lines.
"use strict";

// The small build of the chart library has neither titles nor legends, so both are written on the canvas. lines: [[name, colour], ...]
function handOverPicture(element, option, name, lines = []) {
  const css = getComputedStyle(document.documentElement);
  const face = getComputedStyle(document.body).fontFamily;
  const scale = 2, head = lines.length ? 62 : 40;
  const size = { width: element.clientWidth, height: element.clientHeight + head };
  const copy = echarts.init(document.createElement("div"), null, { renderer: "canvas", devicePixelRatio: scale, ...size });
  copy.setOption({ ...option, grid: { ...option.grid, top: option.grid.top + head } });
  const canvas = copy.renderToCanvas({ pixelRatio: scale, backgroundColor: "#fff" });
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.font = `600 15px ${face}`;
  context.fillStyle = css.getPropertyValue("--ink").trim();
  context.textAlign = "center";
  context.fillText(name, size.width / 2, 26, size.width - 24);
  context.font = `12px ${face}`;
  context.textAlign = "left";
  const widths = lines.map(([label]) => context.measureText(label).width + 36);
  let left = (size.width - widths.reduce((one, other) => one + other, 0)) / 2;
  lines.forEach(([label, colour], place) => {
    context.fillStyle = colour;
    context.fillRect(left, 45, 14, 3);
    context.fillStyle = css.getPropertyValue("--ink-soft").trim();
    context.fillText(label, left + 19, 50);
    left += widths[place];
  });
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = name + ".png";
  link.click();
  copy.dispose();
}

// The buttons of a chart that stands. They are hidden until then: without scripts there is no picture to hand over.
function offerPicture(element, option, lines = []) {
  for (const button of document.querySelectorAll(`[data-picture="${element.id}"]`)) {
    button.hidden = false;
    button.addEventListener("click", () => handOverPicture(element, option, button.dataset.name, lines));
  }
}
