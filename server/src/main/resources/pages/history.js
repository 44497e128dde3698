// All conversations: found, opened, renamed, forked, saved, brought, deleted.

import { api } from "./api.js";
import { exportEntries, forkAndOpen, isDoomed, removeLater, rename, titleOf } from "./conversation.js";
import { menuButton } from "./dialog.js";
import { calmly, fill, h } from "./dom.js";
import { count, plural, since, withoutMarks } from "./format.js";
import { icon } from "./icons.js";
import { importer } from "./import.js";
import { showResults } from "./results.js";
import { session } from "./session.js";
import { complain, empty, failed, loading, toast } from "./toast.js";
import { VirtualList } from "./virtual.js";

const ROW_PX = 68;
const FIRST = 100;
const MORE = 1000;
const TYPING_MS = 150;

export async function show(area, { query }) {
  const book = new Book();
  const results = h("div", { class: "results", hidden: true });
  const known = h("p", { class: "muted small-text", role: "status" });
  const search = h("input", { id: "search", type: "search", placeholder: "Search titles and messages", autocomplete: "off", "aria-label": "Search titles and messages", value: query.get("q") ?? "" });
  const bring = importer(() => book.reload());

  book.told = () => fill(known, book.summary());
  let here = true;
  const look = (text) => {
    if (!here) {
      return;
    }
    results.hidden = text === "";
    book.area.hidden = text !== "";
    known.hidden = text !== "";
    history.replaceState(null, "", text === "" ? "#/history" : `#/history?q=${encodeURIComponent(text)}`);
    if (text !== "") {
      showResults(results, text);
    }
  };
  const typed = calmly(TYPING_MS, () => look(search.value.trim()));
  search.addEventListener("input", typed);
  const listChanged = () => book.reload();
  window.addEventListener("verbatim:conversations", listChanged);

  area.append(
    h(
      "div",
      { class: "page-head" },
      h("h1", null, "History"),
      h(
        "div",
        { class: "row wrap" },
        bring.button,
        h("button", { type: "button", onclick: exportAll }, icon("download"), "Export all"),
        h("a", { href: "#/chat", class: "button primary" }, icon("plus"), "New chat"),
      ),
    ),
    bring.panel,
    h("div", { class: "search" }, icon("search"), search),
    known,
    results,
    book.area,
  );
  await book.reload();
  look(search.value.trim());
  if (query.has("search") || search.value) {
    search.focus();
  }
  return () => {
    here = false;
    window.removeEventListener("verbatim:conversations", listChanged);
    bring.close();
    book.list.close();
  };
}

async function exportAll() {
  toast("The file is being made.");
  await api.download("/api/export", "conversations.jsonl").catch(complain);
}

/** The conversations as far as they were fetched. */
class Book {
  constructor() {
    this.list = new VirtualList({
      label: "Conversations",
      rowHeight: ROW_PX,
      row: (conversation) => row(conversation),
      near: () => this.more(),
    });
    this.area = h("div", { class: "book" }, loading());
    this.all = [];
    this.next = null;
    this.fetching = null;
    this.told = () => {};
  }

  get complete() {
    return this.next === null;
  }

  summary() {
    const n = this.shown().length;
    if (n === 0) {
      return "";
    }
    return this.complete ? plural(n, "conversation", "conversations") : `${count(n)} conversations so far, more as you scroll`;
  }

  shown() {
    return this.all.filter((conversation) => !isDoomed(conversation.id));
  }

  /** Fetches as many anew as there are. */
  async reload() {
    try {
      const limit = Math.min(MORE, Math.max(FIRST, this.all.length));
      const page = await api.get(`/api/conversations?limit=${limit}`);
      const rest = this.all.length > limit ? this.all.slice(limit).filter((old) => !page.data.some((c) => c.id === old.id)) : [];
      this.all = [...page.data, ...rest];
      this.next = rest.length > 0 ? this.next : page.next;
      this.paint();
    } catch (e) {
      fill(this.area, failed(e, () => this.reload()));
    }
  }

  paint() {
    const shown = this.shown();
    if (shown.length === 0) {
      const text = "Begin a chat, or import a file, which may also be dropped here: an export of this service, of ChatGPT, Open WebUI or LibreChat.";
      const others = "These are the admin's own. To see those of a user, log in with an API key and name the user.";
      fill(this.area, empty("history", "No conversations yet", text, session.isAdmin && session.actsFor === null && h("p", null, others)));
    } else {
      if (!this.list.area.isConnected) {
        fill(this.area, this.list.area);
      }
      this.list.set(shown, this.complete);
    }
    this.told();
  }

  more() {
    if (!this.complete && !this.fetching) {
      this.fetching = this.fetchMore().catch(complain).finally(() => (this.fetching = null));
    }
  }

  async fetchMore() {
    const page = await api.get(`/api/conversations?limit=${MORE}&after=${encodeURIComponent(this.next)}`);
    const there = new Set(this.all.map((conversation) => conversation.id));
    this.all.push(...page.data.filter((conversation) => !there.has(conversation.id)));
    this.next = page.next;
    this.paint();
  }
}

function row(conversation) {
  return [
    h(
      "a",
      { href: `#/chat/${encodeURIComponent(conversation.id)}`, class: "book-row" },
      h("span", { class: "line strong" }, titleOf(conversation)),
      h("span", { class: "line muted small-text" }, h("span", { class: "narrow-only" }, `${since(conversation.updated_at)} · `), conversation.preview ? withoutMarks(conversation.preview) : "No text"),
    ),
    h("span", { class: "muted small-text counts wide-only" }, `${plural(conversation.message_count, "message", "messages")} · ${since(conversation.updated_at)}`),
    h("button", { type: "button", class: "quiet small danger-text wide-only", "aria-label": `Delete ${titleOf(conversation)}`, title: "Delete", onclick: () => removeLater(conversation) }, icon("trash")),
    menuButton(`Actions for ${titleOf(conversation)}`, () => [
      { icon: "chat", label: "Open", run: () => (location.hash = `#/chat/${encodeURIComponent(conversation.id)}`) },
      { icon: "edit", label: "Rename", run: () => rename(conversation) },
      { icon: "fork", label: "Fork", run: () => forkAndOpen(conversation.id) },
      ...exportEntries(conversation),
      { icon: "trash", label: "Delete", danger: true, run: () => removeLater(conversation) },
    ]),
  ];
}
