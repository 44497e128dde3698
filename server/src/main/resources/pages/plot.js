// Plots over time, with uPlot.

import { fill, h } from "./dom.js";
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

const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const hour = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const DAY = 86_400;

/** So few values may stand alone, and are then dots. */
const FEW = 40;

/** The names of the times on the axis: days, or hours with the day where one begins. */
function timeNames(times, step) {
  return times.map((at, i) => {
    const date = new Date(at * 1000);
    const begins = i === 0 || date.toDateString() !== new Date(times[i - 1] * 1000).toDateString();
    return step >= DAY ? day.format(date) : `${hour.format(date)}${begins ? `\n${day.format(date)}` : ""}`;
  });
}

/** Under the plot: what each line is, and its value where the pointer is, else the newest. */
function keyOf(times, series, write) {
  const area = h("p", { class: "key", "aria-hidden": "true" });
  const paint = (at) => {
    const i = at ?? times.length - 1;
    fill(
      area,
      series.map((s) => {
        const patch = h("i");
        patch.style.background = `var(${s.colour})`;
        return h("span", null, patch, `${s.label} `, h("span", { class: "strong" }, write(s.values[i])));
      }),
      times.length > 0 && h("span", { class: "muted" }, moment.format(new Date(times[i] * 1000))),
    );
  };
  paint();
  return { area, paint };
}

/**
 * A plot of {times, series: [{label, values, colour, bars?}]}; times in seconds. `write` makes a value's text, `most` is the largest there can be.
 * Returns what draws it anew and what takes it away.
 */
export async function plot(area, { times, series, write, height = 180, label, span, most }) {
  await style();
  const text = colour("--muted");
  const line = { stroke: colour("--line"), width: 1 };
  const axis = { stroke: text, grid: line, ticks: line, font: "12px system-ui, sans-serif" };
  const key = keyOf(times, series, write);
  const chart = new uPlot(
    {
      width: Math.max(200, area.clientWidth),
      height,
      legend: { show: false },
      hooks: { setCursor: [(u) => key.paint(u.cursor.idx)] },
      cursor: { y: false, points: { size: 7 } },
      scales: { x: { time: true, range: span ? () => span : undefined }, y: { range: (_, min, max) => [0, most ?? (max > 0 ? max * 1.08 : 1)] } },
      axes: [{ ...axis, values: (_, ticks, axisIndex, space, step) => timeNames(ticks, step) }, { ...axis, size: 62, values: (_, ticks) => ticks.map(write) }],
      series: [
        {},
        ...series.map((s) => ({
          stroke: colour(s.colour),
          fill: s.bars ? colour(s.colour) : undefined,
          width: s.bars ? 0 : 2,
          spanGaps: false,
          paths: s.bars ? uPlot.paths.bars({ size: [0.7, 60] }) : undefined,
          points: { show: !s.bars && s.values.filter((value) => value !== null).length < FEW, size: 5 },
        })),
      ],
    },
    [times, ...series.map((s) => s.values)],
    area,
  );
  area.append(key.area);
  chart.root.setAttribute("role", "img");
  chart.root.setAttribute("aria-label", label);
  const watch = new ResizeObserver(() => chart.setSize({ width: Math.max(200, area.clientWidth), height }));
  watch.observe(area);
  return () => {
    watch.disconnect();
    key.area.remove();
    chart.destroy();
  };
}
