// How much was asked, how fast it was answered, how good.

import { api } from "./api.js";
import { fill, h } from "./dom.js";
import { compact, count, date, dateTime, duration, plural, quality, share, since } from "./format.js";
import { icon } from "./icons.js";
import { plot } from "./plot.js";
import { session } from "./session.js";
import { empty, failed, loading } from "./toast.js";
import { tone } from "./agent.js";

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const SLOWEST = 10;

/** An admin who acts for nobody sees what all asked, and the cache, which serves all. */
const seesAll = () => session.isAdmin && session.actsFor === null;
const RECOMMENDATIONS = ["ANSWER", "REFINE", "CLARIFY", "EXTERNAL"];

const RANGES = [
  { name: "24h", label: "24 hours", ms: DAY, bucket: "hour" },
  { name: "7d", label: "7 days", ms: 7 * DAY, bucket: "hour" },
  { name: "30d", label: "30 days", ms: 30 * DAY, bucket: "day" },
  { name: "1y", label: "A year", ms: 365 * DAY, bucket: "day" },
  { name: "own", label: "From – to" },
];

const PLOTS = [
  { title: "Queries", write: compact, series: [{ metric: "queries", label: "Queries", colour: "--accent", bars: true }] },
  {
    title: "Response time",
    write: duration,
    series: [
      { metric: "response_time_p50", label: "p50", colour: "--plot-2" },
      { metric: "response_time_p95", label: "p95", colour: "--plot-3" },
    ],
  },
  { title: "Quality of what was found", write: quality, most: 1, series: [{ metric: "retrieval_quality", label: "Average", colour: "--plot-4" }] },
];

export async function show(area) {
  const board = new Board();
  const repaint = () => board.load();
  area.append(board.head(), board.area);
  const system = matchMedia("(prefers-color-scheme: dark)");
  window.addEventListener("verbatim:theme", repaint);
  system.addEventListener("change", repaint);
  board.load();
  return () => {
    system.removeEventListener("change", repaint);
    window.removeEventListener("verbatim:theme", repaint);
    board.clear();
  };
}

class Board {
  constructor() {
    this.range = RANGES[1];
    this.area = h("div", { class: "board" }, loading());
    this.updated = h("span", { class: "muted small-text", role: "status" });
    this.plots = [];
    this.asked = 0;
  }

  head() {
    const today = new Date().toISOString().slice(0, 10);
    this.from = h("input", { type: "date", "aria-label": "From", value: new Date(Date.now() - 30 * DAY).toISOString().slice(0, 10), onchange: () => this.load() });
    this.to = h("input", { type: "date", "aria-label": "To, that day included", value: today, onchange: () => this.load() });
    const own = h("span", { class: "row own", hidden: true }, this.from, "–", this.to);
    const buttons = RANGES.map((range) =>
      h("button", { type: "button", "aria-pressed": String(range === this.range), onclick: (e) => choose(range, e.currentTarget) }, range.label),
    );
    const choose = (range, button) => {
      this.range = range;
      own.hidden = range.ms !== undefined;
      buttons.forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
      this.load();
    };
    const refresh = h("button", { type: "button", "aria-label": "Refresh", title: "Refresh", onclick: () => this.load() }, icon("again"), h("span", { class: "wide-only" }, "Refresh"));
    return h(
      "div",
      { class: "page-head" },
      h("div", null, h("h1", null, "Analytics"), this.updated),
      h("div", { class: "row wrap" }, h("div", { class: "segments", role: "group", "aria-label": "Range" }, buttons), own, refresh),
    );
  }

  /** The range in times and how finely to plot it. */
  span() {
    if (this.range.ms) {
      const to = Math.ceil(Date.now() / HOUR) * HOUR;
      return { from: to - this.range.ms, to, bucket: this.range.bucket };
    }
    const from = Date.parse(`${this.from.value}T00:00:00`);
    const to = Date.parse(`${this.to.value}T00:00:00`) + DAY;
    if (!(from < to)) {
      throw new Error("Choose a first day that is not after the last.");
    }
    return { from, to, bucket: to - from > 14 * DAY ? "day" : "hour" };
  }

  clear() {
    this.plots.forEach((take) => take());
    this.plots = [];
  }

  async load() {
    const mine = ++this.asked;
    try {
      const span = this.span();
      const range = `from=${new Date(span.from).toISOString()}&to=${new Date(span.to).toISOString()}`;
      const [overview, slowest, ...lines] = await Promise.all([
        api.get(`/api/analytics/overview?${range}`),
        api.get(`/api/query-logs?${range}&sort=-response_time_ms&limit=${SLOWEST}`),
        ...PLOTS.flatMap((p) => p.series).map((s) => api.get(`/api/analytics/timeseries?metric=${s.metric}&bucket=${span.bucket}&${range}`)),
      ]);
      if (mine === this.asked) {
        await this.paint(overview, slowest.data, lines, span);
      }
    } catch (e) {
      if (mine === this.asked) {
        this.clear();
        fill(this.area, failed(e, () => this.load()));
      }
    }
  }

  async paint(overview, slowest, lines, span) {
    this.clear();
    fill(this.updated, `${seesAll() ? "All users" : "Your own"} · ${date(span.from)} – ${date(span.to - 1)} · as of ${new Date().toLocaleTimeString()}`);
    if (overview.queries === 0) {
      const text = "Chat, or send query logs of another program to POST /api/query-logs, or choose a longer range.";
      fill(this.area, empty("analytics", "Nothing was asked in this range", text), cacheTiles(overview.cache));
      return;
    }
    const boxes = PLOTS.map((p) => h("section", { class: "card plot", "aria-label": p.title }, h("h2", null, p.title), h("div", { class: "canvas" })));
    fill(this.area, tiles(overview), h("div", { class: "plots" }, boxes, recommendations(overview)), slowestTable(slowest), cacheTiles(overview.cache));
    const given = [...lines];
    for (const [i, p] of PLOTS.entries()) {
      const data = p.series.map((s) => ({ ...s, points: points(given.shift()) }));
      this.plots.push(await drawn(boxes[i].lastChild, p, data, span));
    }
  }
}

/** Points as [seconds, value]. */
function points(answer) {
  return answer.data.map((point) => [Date.parse(point.at) / 1000, point.value]);
}

async function drawn(area, { title, write, most }, series, span) {
  const times = [...new Set(series.flatMap((s) => s.points.map(([at]) => at)))].sort((a, b) => a - b);
  const values = series.map((s) => {
    const at = new Map(s.points);
    return { ...s, values: times.map((time) => at.get(time) ?? null) };
  });
  const label = `${title} over time: ${values.map((s) => `${s.label}, last ${write(s.values.findLast((v) => v !== null))}`).join("; ")}`;
  return plot(area, { times, series: values, write, most, label, span: [span.from / 1000, span.to / 1000] });
}

function tile(label, value, note) {
  return h("div", { class: "tile" }, h("dt", null, label), h("dd", null, value), note && h("dd", { class: "note" }, note));
}

const some = (n, one, many = `${one}s`) => plural(n, one, many, compact);

function tiles(o) {
  const { response_time_ms: time, cache } = o;
  return h(
    "dl",
    { class: "tiles" },
    tile("Queries", compact(o.queries), `${some(o.conversations, "conversation")}${seesAll() ? `, ${some(o.users, "user")}` : ""}`),
    tile("Response time p95", duration(time.p95), `p50\u00a0${duration(time.p50)}, p99\u00a0${duration(time.p99)}`),
    cache && tile("Cache hit rate", share(cache.hit_rate), `${some(cache.hits, "hit")}, ${some(cache.misses, "miss", "misses")}`),
    tile("Quality", quality(o.retrieval_quality.avg), "average, from 0 to 1"),
    tile("Tokens", compact(o.tokens.total), `${compact(o.tokens.avg)} a query`),
    tile("Refinements", quality(o.refinements.avg), `${quality(o.contexts.avg)} contexts a query`),
  );
}

function cacheTiles(cache) {
  const read = cache?.read_ms;
  return (
    read &&
    h(
      "section",
      { class: "card" },
      h("h2", null, "Reads of histories, of all servers"),
      h("p", null, `${count(cache.hits + cache.misses)} reads, ${share(cache.hit_rate)} from the cache. Half took at most ${duration(read.p50)}, 95 % ${duration(read.p95)}, 99 % ${duration(read.p99)}.`),
    )
  );
}

function recommendations(overview) {
  const by = overview.retrieval_quality.by_recommendation ?? {};
  const rows = RECOMMENDATIONS.map((name) => ({ name, ...(by[name] ?? { count: 0, share: 0, avg: null }) }));
  const most = Math.max(...rows.map((row) => row.share ?? 0), 0.0001);
  return h(
    "section",
    { class: "card", "aria-label": "Recommendations" },
    h("h2", null, "What the agent decided"),
    h("table", { class: "bars" }, h("thead", { class: "unseen" }, h("tr", null, ["Recommendation", "Share", "Count", "Quality"].map((t) => h("th", null, t)))), h("tbody", null, rows.map((row) => bar(row, most)))),
  );
}

function bar(row, most) {
  const length = h("span", { class: `bar ${tone(row.name)}` });
  length.style.width = `${Math.round(((row.share ?? 0) / most) * 100)}%`;
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, row.name),
    h("td", { class: "grow" }, row.count > 0 && length),
    h("td", { class: "number" }, share(row.share ?? 0)),
    h("td", { class: "number muted" }, `${compact(row.count)} · quality ${quality(row.avg)}`),
  );
}

function slowestTable(logs) {
  return h(
    "section",
    { class: "card", "aria-label": "Slowest queries" },
    h("h2", null, "Slowest queries"),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Slowest queries, table" },
      h(
        "table",
        null,
        h("thead", null, h("tr", null, h("th", null, "Query"), h("th", { class: "number" }, "Time"), h("th", { class: "number" }, "Tokens"), h("th", null, "Decided"), h("th", null, "Model"), h("th", null, "When"))),
        h("tbody", null, logs.map(logRow)),
      ),
    ),
  );
}

function logRow(log) {
  const text = log.query || "No text";
  const query = log.conversation_id ? h("a", { href: `#/chat/${encodeURIComponent(log.conversation_id)}` }, text) : text;
  return h(
    "tr",
    null,
    h("td", { class: "cut", title: log.query }, query),
    h("td", { class: "number strong" }, duration(log.response_time_ms)),
    h("td", { class: "number" }, count(log.tokens_used)),
    h("td", null, log.recommendation ? h("span", { class: `badge ${tone(log.recommendation)}` }, log.recommendation) : "–"),
    h("td", null, log.model ?? "–"),
    h("td", { class: "muted", title: dateTime(log.created_at) }, since(log.created_at)),
  );
}
