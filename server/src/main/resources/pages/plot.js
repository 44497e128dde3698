// Plots over time, with uPlot.

import { h } from "./dom.js";
import uPlot from "./uplot.js";

let styled = null;

/** The library's own style, once. */
function style() {
  styled ??= new Promise((resolve) => {
    const link = h("link", { rel: "stylesheet", href: new URL("./uplot.css", import.meta.url).pathname });
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    document.head.append(link);
  });
  return styled;
}

/** A colour of the style sheet as a canvas takes it. */
function colour(name) {
  const probe = h("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/**
 * A plot of {times, series: [{label, values, colour, bars?}]}; times in seconds. `write` makes a value's text.
 * Returns what draws it anew and what takes it away.
 */
export async function plot(area, { times, series, write, height = 180, label, span }) {
  await style();
  const text = colour("--muted");
  const line = { stroke: colour("--line"), width: 1 };
  const axis = { stroke: text, grid: line, ticks: line, font: "12px system-ui, sans-serif" };
  const legend = series.length > 1;
  const chart = new uPlot(
    {
      width: Math.max(200, area.clientWidth),
      height,
      legend: { show: true, live: true, markers: { show: legend } },
      cursor: { y: false, points: { size: 7 } },
      scales: { x: { time: true, range: span ? () => span : undefined }, y: { range: (_, min, max) => [0, max > 0 ? max * 1.08 : 1] } },
      axes: [axis, { ...axis, size: 62, values: (_, ticks) => ticks.map(write) }],
      series: [
        { label: "Time", value: (_, at) => (at === null || at === undefined ? "–" : new Date(at * 1000).toLocaleString()) },
        ...series.map((s) => ({
          label: s.label,
          stroke: colour(s.colour),
          fill: s.bars ? colour(s.colour) : undefined,
          width: s.bars ? 0 : 2,
          spanGaps: false,
          paths: s.bars ? uPlot.paths.bars({ size: [0.7, 60] }) : undefined,
          points: { show: s.bars ? false : times.length < 40, size: 5 },
          value: (_, value) => (value === null || value === undefined ? "–" : write(value)),
        })),
      ],
    },
    [times, ...series.map((s) => s.values)],
    area,
  );
  chart.root.setAttribute("role", "img");
  chart.root.setAttribute("aria-label", label);
  const watch = new ResizeObserver(() => chart.setSize({ width: Math.max(200, area.clientWidth), height }));
  watch.observe(area);
  return () => {
    watch.disconnect();
    chart.destroy();
  };
}
