// How the service is: what it says of its own health, its figures, its tables.

import { api } from "./api.js";
import { fill, h } from "./dom.js";
import { bytes, compact, count, duration, plural, share, since } from "./format.js";
import { icon } from "./icons.js";
import { figures, read, startOf } from "./metrics.js";
import { session } from "./session.js";
import { failed, loading } from "./toast.js";

const NEWEST_ROWS = 5;

export async function show(area) {
  const parts = [
    part("Servers", servers, health),
    ...(session.isAdmin ? [part("What the doctor says", () => api.get("/api/admin/doctor"), doctor)] : []),
    part("Figures of this server since it started", () => api.text("/metrics"), numbers),
    ...(session.isAdmin ? [part("Tables", () => api.get(`/api/admin/tables?limit=${NEWEST_ROWS}`), tables)] : []),
  ];
  const load = () => Promise.all(parts.map((p) => p.load()));
  area.append(
    h("div", { class: "page-head" }, h("h1", null, "Operations"), h("button", { type: "button", onclick: load }, icon("again"), "Refresh")),
    h("div", { class: "board" }, parts.map((p) => p.area), session.isAdmin ? null : h("p", { class: "muted" }, "The doctor and the tables are for admins.")),
  );
  load();
}

/** A section that is fetched by itself, so that one that fails does not hide the others. */
function part(title, fetch, paint) {
  const body = h("div", null, loading());
  const load = async () => {
    try {
      fill(body, paint(await fetch()));
    } catch (e) {
      fill(body, failed(e, load));
    }
  };
  return { area: h("section", { class: "card", "aria-label": title }, h("h2", null, title), body), load };
}

function sign(well) {
  return h("span", { class: well ? "sign well" : "sign ill" }, icon(well ? "check" : "warn"), h("span", { class: "unseen" }, well ? "Well" : "Not well"));
}

const STATES = {
  ok: "All is well.",
  degraded: "Redis is away or not trusted: all works, from PostgreSQL, only slower.",
  unavailable: "PostgreSQL is away: nothing can be read or written until it is back.",
};

/** How they are, and since when this one runs. */
async function servers() {
  const [state, samples] = await Promise.all([api.status("/health/ready"), api.text("/metrics").then(read).catch(() => [])]);
  return { ...state, start: startOf(samples) };
}

function health(state) {
  const row = (label, well, text, note) => h("div", { class: "tile" }, h("dt", null, label), h("dd", { class: "row" }, sign(well), text), note && h("dd", { class: "note" }, note));
  return [
    h("p", { class: "strong" }, STATES[state.status] ?? state.status),
    h("p", { class: "muted small-text" }, "So it is for the server that this page comes from. Every other one tells its own at /health/ready and /metrics."),
    h(
      "dl",
      { class: "tiles" },
      row("This server", true, "answers", [location.host, state.start && `, started ${since(state.start)}`]),
      row("PostgreSQL", state.postgres, state.postgres ? "answers" : "away"),
      row("Redis", state.redis, state.redis ? "answers" : "away"),
      row("Cache", state.cache_trusted, state.cache_trusted ? "trusted" : "not trusted"),
      row("Behind other servers", state.changes_behind_ms < 1000, duration(state.changes_behind_ms)),
    ),
  ];
}

function doctor({ well, findings }) {
  return [
    h("p", { class: "strong" }, well ? "All that was looked at is well." : needed(findings)),
    h("ul", { class: "findings" }, [...findings].sort((a, b) => a.well - b.well).map(finding)),
  ];
}

function needed(findings) {
  const ill = findings.filter((f) => !f.well).length;
  return `${ill} of ${findings.length} things ${ill === 1 ? "needs" : "need"} attention.`;
}

/** A question as a sentence begins; names of settings stay as they are written. */
const begun = (question) => question.replace(/^(?=(?:the|no|most|this|enough|a) )./, (letter) => letter.toUpperCase());

function finding(found) {
  return h(
    "li",
    null,
    sign(found.well),
    h(
      "div",
      null,
      h("p", null, h("span", { class: "strong" }, begun(found.question)), h("span", { class: "muted" }, ` · ${found.found}`)),
      h("p", { class: "muted small-text" }, found.meaning),
      found.remedy && h("p", { class: "remedy" }, found.remedy),
    ),
  );
}

function numbers(text) {
  const f = figures(read(text));
  const tile = (label, value, note) => h("div", { class: "tile" }, h("dt", null, label), h("dd", null, value), note && h("dd", { class: "note" }, note));
  return [
    h(
      "dl",
      { class: "tiles" },
      tile("Requests", compact(f.requests), `${share(f.requests ? f.errors / f.requests : 0)} failed on the server's side`),
      tile("Mean time", duration(f.requests ? (f.seconds / f.requests) * 1000 : null)),
      tile("Reads from the cache", share(f.reads ? f.hits / f.reads : null), `${compact(f.reads)} reads`),
    ),
    f.routes.length > 0 && routeTable(f.routes),
  ];
}

function routeTable(routes) {
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Requests by route" },
    h(
      "table",
      null,
      h("thead", null, h("tr", null, h("th", null, "Route"), h("th", { class: "number" }, "Requests"), h("th", { class: "number" }, "Mean time"), h("th", { class: "number" }, "Failed"))),
      h("tbody", null, routes.map((r) => h("tr", null, h("td", null, h("code", null, r.name)), h("td", { class: "number" }, count(r.requests)), h("td", { class: "number" }, duration((r.seconds / r.requests) * 1000)), h("td", { class: "number" }, count(r.errors))))),
    ),
  );
}

function tables({ data }) {
  const total = data.reduce((sum, table) => sum + table.bytes, 0);
  return [
    h("p", null, `${data.length} tables, ${bytes(total)} with indexes. Rows are PostgreSQL's estimate.`),
    h("div", { class: "tables" }, [...data].sort((a, b) => b.bytes - a.bytes).map(tableLine)),
  ];
}

function tableLine(table) {
  const name = table.name.split(/(?<=_)/).map((part) => [part, h("wbr")]);
  const line = [h("code", null, name), h("span", { class: "number" }, table.rows === null ? "not counted yet" : plural(table.rows, "row", "rows")), h("span", { class: "number" }, bytes(table.bytes))];
  return table.newest.length === 0
    ? h("div", { class: "table-line" }, line)
    : h("details", null, h("summary", { class: "table-line" }, line), newestRows(table));
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d|Z)$/;

/** In UTC, as logs have it. */
const time = (value) => `${new Date(value).toISOString().slice(0, 19).replace("T", " ")}Z`;

function newestRows(table) {
  const columns = Object.keys(table.newest[0]);
  const cell = (value) => (TIME.test(value) ? time(value) : value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": `Newest rows of ${table.name}` },
    h(
      "table",
      { class: "dense" },
      h("thead", null, h("tr", null, columns.map((name) => h("th", null, name)))),
      h("tbody", null, table.newest.map((row) => h("tr", null, columns.map((name) => h("td", { class: "cut", title: cell(row[name]) }, cell(row[name])))))),
    ),
  );
}
