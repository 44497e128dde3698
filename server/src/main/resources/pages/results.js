// What a search found.

import { api } from "./api.js";
import { isDoomed } from "./conversation.js";
import { fill, h, marked } from "./dom.js";
import { plural, since } from "./format.js";
import { empty, failed, loading } from "./toast.js";

const HITS = 50;
const TITLES = 20;
const TITLES_FIRST = 4;

let newest = null;

/** Shows in `area` what answers `text`; an older search under way is given up. */
export async function showResults(area, text) {
  newest?.abort();
  const mine = (newest = new AbortController());
  if (!area.hasChildNodes()) {
    fill(area, loading("Searching"));
  }
  try {
    const [titles, hits] = await Promise.all([
      api.get(`/api/conversations?limit=${TITLES}&q=${encodeURIComponent(text)}`, { signal: mine.signal }),
      api.get(`/api/search?limit=${HITS}&q=${encodeURIComponent(text)}`, { signal: mine.signal }),
    ]);
    paint(area, text, titles.data, hits);
  } catch (e) {
    if (e.name !== "AbortError") {
      fill(area, failed(e, () => showResults(area, text)));
    }
  }
}

function paint(area, text, listed, hits) {
  const found = hits.data.filter((hit) => !isDoomed(hit.conversation_id));
  const titles = titleRows(listed, found);
  const messages = found.filter((hit) => hit.message_id !== null).map(messageRow);
  if (titles.length + messages.length === 0) {
    const hint = "Try fewer or shorter words. A word of three letters or more also finds words that begin with it.";
    fill(area, empty("search", `Nothing has “${text}” in it`, hint));
    return;
  }
  fill(
    area,
    h("p", { class: "unseen", role: "status" }, `${plural(titles.length, "title", "titles")} and ${plural(messages.length, "message", "messages")} found.`),
    titles.length > 0 && [h("h2", null, "Titles"), titleList(titles, messages.length > 0)],
    messages.length > 0 && [h("h2", null, "Messages"), h("ul", null, messages)],
    hits.has_more && h("p", { class: "muted small-text pad" }, `These are the best ${HITS}; more words find fewer.`),
  );
}

/** Of many titles only the first, so that the messages that were found are in sight. */
function titleList(titles, shorten) {
  const first = shorten && titles.length > TITLES_FIRST + 1 ? TITLES_FIRST : titles.length;
  const list = h("ul", null, titles.slice(0, first));
  const rest = titles.slice(first);
  const more = h("button", { type: "button", class: "link", onclick: () => (list.append(...rest), more.remove()) }, `Show ${plural(rest.length, "more title", "more titles")}`);
  return [list, rest.length > 0 && h("p", { class: "pad" }, more)];
}

/** Titles that contain the text as it stands, then those that have its words. */
function titleRows(listed, found) {
  const rows = new Map();
  listed
    .filter((conversation) => !isDoomed(conversation.id))
    .forEach((c) => rows.set(c.id, resultRow(c.id, null, [c.title], [since(c.updated_at)])));
  found
    .filter((hit) => hit.message_id === null && !rows.has(hit.conversation_id))
    .forEach((hit) => rows.set(hit.conversation_id, resultRow(hit.conversation_id, null, marked(hit.snippet), [since(hit.created_at)])));
  return [...rows.values()];
}

function messageRow(hit) {
  return resultRow(hit.conversation_id, hit.seq, marked(hit.snippet), [hit.title || "Without a title", hit.role, since(hit.created_at)]);
}

function resultRow(id, seq, text, about) {
  return h(
    "li",
    null,
    h(
      "a",
      { href: `#/chat/${encodeURIComponent(id)}${seq === null ? "" : `?seq=${seq}`}` },
      h("span", { class: "two-lines" }, text),
      h("span", { class: "line muted small-text" }, about.join(" · ")),
    ),
  );
}
