// The page of one conversation, beside the newest others.

import { api, conversationPath } from "./api.js";
import { composer } from "./composer.js";
import { exportEntries, forkAndOpen, isDoomed, removeLater, rename, titleOf } from "./conversation.js";
import { menuButton } from "./dialog.js";
import { fill, h } from "./dom.js";
import { since, withoutMarks } from "./format.js";
import { icon } from "./icons.js";
import { Talk } from "./talk.js";
import { complain, empty, failed } from "./toast.js";

const NEWEST = 40;

export async function show(area, { parts, query }) {
  const recent = recentList(() => talk.id);
  const head = h("div", { class: "chat-head" });
  const status = h("p", { class: "unseen", role: "status" });
  let here = true;
  const talk = new Talk(parts[0] ?? null, {
    busy: (busy) => (writing.busy = busy),
    began: (id) => here && history.replaceState(null, "", `#/chat/${encodeURIComponent(id)}`),
    settled: () => here && Promise.all([showHead(head, talk), recent.load()]).catch(complain),
    announce: (text) => fill(status, text),
    agent: () => writing.agent,
  });
  const writing = composer({ send: (text, agent) => talk.send(text, agent), stop: () => talk.stop() });
  const stop = (e) => e.key === "Escape" && !document.querySelector("dialog, .menu") && talk.stop();
  const listChanged = ({ detail }) => {
    recent.load();
    if (detail.removed === talk.id) {
      location.hash = "#/chat";
    }
  };
  area.append(recent.area, h("section", { class: "chat-main", "aria-label": "Chat" }, head, talk.scroller, status, writing.form));
  window.addEventListener("keydown", stop);
  window.addEventListener("verbatim:conversations", listChanged);
  recent.load();
  await open(talk, head, query.get("seq"));
  if (matchMedia("(pointer: fine)").matches) {
    writing.focus();
  }
  return () => {
    here = false;
    window.removeEventListener("keydown", stop);
    window.removeEventListener("verbatim:conversations", listChanged);
  };
}

async function open(talk, head, seq) {
  try {
    await Promise.all([showHead(head, talk), talk.open(Number(seq) || null)]);
  } catch (e) {
    if (e.status === 404) {
      fill(talk.area, empty("history", "There is no such conversation", "It may have been deleted, or belong to somebody else.", h("a", { href: "#/history", class: "button" }, "See the history")));
    } else {
      fill(talk.area, failed(e, () => open(talk, head, seq)));
    }
  }
}

async function showHead(head, talk) {
  if (!talk.exists) {
    fill(head, h("h1", null, "New chat"));
    return;
  }
  const conversation = await api.get(conversationPath(talk.id)).catch((e) => (e.status === 404 ? null : Promise.reject(e)));
  const again = () => showHead(head, talk).catch(complain);
  fill(
    head,
    conversation ? h("h1", { title: titleOf(conversation) }, titleOf(conversation)) : h("h1", null, "Not there"),
    h("a", { href: "#/chat", class: "button", title: "New chat" }, icon("plus"), h("span", { class: "wide-only" }, "New chat")),
    conversation && menuButton("Actions for this conversation", () => [
      { icon: "edit", label: "Rename", run: async () => (await rename(conversation)) && again() },
      { icon: "fork", label: "Fork", run: () => forkAndOpen(conversation.id) },
      ...exportEntries(conversation),
      { icon: "trash", label: "Delete", danger: true, run: () => removeLater(conversation) },
    ]),
  );
}

/** The conversations that something was said in last. */
function recentList(openId) {
  const list = h("ul");
  const area = h(
    "nav",
    { class: "recent", "aria-label": "Recent conversations" },
    h("div", { class: "recent-head" }, h("h2", null, "Recent"), h("a", { href: "#/history", class: "link" }, "All")),
    list,
  );
  const load = async () => {
    try {
      const page = await api.get(`/api/conversations?limit=${NEWEST}`);
      const shown = page.data.filter((conversation) => !isDoomed(conversation.id));
      fill(list, shown.length ? shown.map((c) => recentRow(c, c.id === openId())) : h("li", { class: "muted pad" }, "None yet."));
    } catch (e) {
      fill(list, h("li", { class: "muted pad" }, e.message));
    }
  };
  return { area, load };
}

function recentRow(conversation, here) {
  return h(
    "li",
    null,
    h(
      "a",
      { href: `#/chat/${encodeURIComponent(conversation.id)}`, "aria-current": here ? "true" : null },
      h("span", { class: "line strong" }, titleOf(conversation)),
      h("span", { class: "line muted small-text" }, `${since(conversation.updated_at)}${conversation.preview ? ` · ${withoutMarks(conversation.preview)}` : ""}`),
    ),
  );
}
