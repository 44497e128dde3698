// What one does with a whole conversation, wherever it is shown.

import { api, conversationPath } from "./api.js";
import { ask, field } from "./dialog.js";
import { h } from "./dom.js";
import { complain, toast } from "./toast.js";

const UNDO_MS = 8000;
const FORMATS = { json: "json", jsonl: "jsonl", markdown: "md" };

/** Conversations whose deletion can still be undone: by id, what sends it off. */
const doomed = new Map();

/** Whether lists leave it out. */
export const isDoomed = (id) => doomed.has(id);

export const titleOf = (conversation) => conversation.title || "Without a title";

/** Tells all lists that something changed. */
export function changed(detail) {
  window.dispatchEvent(new CustomEvent("verbatim:conversations", { detail }));
}

/** Asks for another title; resolves to the conversation as it then is, or undefined. */
export async function rename(conversation) {
  const input = h("input", { name: "title", value: conversation.title ?? "", maxlength: "1000", autocomplete: "off" });
  const renamed = await ask({
    title: "Rename the conversation",
    body: [field("Title", input)],
    confirm: "Rename",
    run: (data) => api.patch(conversationPath(conversation.id), { title: data.get("title").trim() || null }),
  });
  if (renamed) {
    changed({ renamed });
  }
  return renamed;
}

/** Makes a new conversation with the messages up to `seq`, or all; resolves to it. */
export async function fork(id, seq = null) {
  const made = await api.post(conversationPath(id, "/fork"), seq === null ? {} : { at_seq: seq });
  changed({ made });
  return made;
}

/** Makes a fork and goes there. */
export async function forkAndOpen(id, seq = null) {
  try {
    const made = await fork(id, seq);
    toast("This is the fork. The conversation it comes from stays as it is.");
    location.hash = `#/chat/${encodeURIComponent(made.id)}`;
  } catch (e) {
    complain(e);
  }
}

/** Saves it as a file. */
export async function exportAs(conversation, format) {
  const name = titleOf(conversation).replace(/[^\p{L}\p{N} ._-]+/gu, " ").trim().slice(0, 80) || "conversation";
  try {
    await api.download(conversationPath(conversation.id, `/export?format=${format}`), `${name}.${FORMATS[format]}`);
  } catch (e) {
    complain(e);
  }
}

/** Entries of a menu for saving it. */
export function exportEntries(conversation) {
  return [
    { icon: "download", label: "Export as JSON", run: () => exportAs(conversation, "json") },
    { icon: "download", label: "Export as JSON Lines", run: () => exportAs(conversation, "jsonl") },
    { icon: "download", label: "Export as Markdown", run: () => exportAs(conversation, "markdown") },
  ];
}

/** Takes it out of all lists at once, and deletes it when nobody undid that in time. */
export function removeLater(conversation) {
  const { id } = conversation;
  const timer = setTimeout(() => send(id), UNDO_MS);
  const close = toast(`“${titleOf(conversation)}” is deleted.`, {
    ms: UNDO_MS,
    action: { label: "Undo", run: () => undo(id) },
  });
  doomed.set(id, { timer, close });
  changed({ removed: id });
}

function undo(id) {
  clearTimeout(doomed.get(id)?.timer);
  doomed.delete(id);
  changed({ kept: id });
}

/** Once: what is brought under the same id later is another conversation. */
async function send(id) {
  const one = doomed.get(id);
  if (one.sent) {
    return;
  }
  one.sent = true;
  clearTimeout(one.timer);
  one.close();
  const problem = await api.remove(conversationPath(id), { keepalive: true }).then(
    () => null,
    (e) => (e.status === 404 ? null : e),
  );
  doomed.delete(id);
  if (problem) {
    changed({ kept: id });
    complain(problem);
  } else {
    changed({ removed: id });
  }
}

/** Who closes the page meant what was said. */
window.addEventListener("pagehide", () => doomed.forEach((_, id) => send(id)));
