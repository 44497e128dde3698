// One message as it is shown.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { copied, renderMarkdown } from "./markdown.js";
import { count, dateTime, duration, since } from "./format.js";
import { agentReport, linkCitations } from "./agent.js";
import { toast } from "./toast.js";

const NAMES = { user: "You", assistant: "Assistant", system: "System", developer: "Developer", tool: "Tool" };
const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,/;

/** What was said, as text: the content, or its text parts. */
export function textOf(message) {
  const { content } = message;
  if (typeof content === "string") {
    return content;
  }
  const parts = Array.isArray(content) ? content.filter((part) => typeof part?.text === "string") : [];
  return parts.map((part) => part.text).join("\n");
}

/** The element of a message; `actions` are {icon, label, run}. */
export function messageView(message, actions = []) {
  const name = message.agent ? "Agent" : (NAMES[message.role] ?? message.role);
  const body = h("div", { class: "body" });
  showContent(body, message);
  linkCitations(body, message);
  const view = h(
    "article",
    { class: `message ${known(message.role)}`, "aria-label": `${name}, ${since(message.created_at)}` },
    h("div", { class: "by" }, name, h("time", { datetime: message.created_at, title: dateTime(message.created_at) }, since(message.created_at))),
    body,
    agentReport(message),
    h("div", { class: "under" }, facts(message), h("div", { class: "actions" }, [copyAction(message), ...actions].map(actionButton))),
  );
  view.dataset.seq = message.seq;
  return view;
}

const known = (role) => (role === "user" || role === "assistant" ? role : "other");

function copyAction(message) {
  return {
    icon: "copy",
    label: "Copy",
    run: async () => toast((await copied(textOf(message))) ? "Copied." : "The browser does not let this page copy."),
  };
}

function actionButton(action) {
  return h(
    "button",
    { type: "button", class: "quiet small", "aria-label": action.label, title: action.label, onclick: action.run },
    icon(action.icon),
  );
}

function facts(message) {
  const known = [
    message.status === "incomplete" && "stopped before its end",
    message.model,
    Number.isFinite(message.latency_ms) && duration(message.latency_ms),
    Number.isFinite(message.tokens_used) && `${count(message.tokens_used)} tokens`,
  ].filter(Boolean);
  return h("span", { class: "facts" }, known.join(" · "));
}

function showContent(body, message) {
  const text = textOf(message);
  if (message.role === "assistant" || text.includes("```")) {
    renderMarkdown(body, text);
  } else if (message.role === "user") {
    fill(body, h("p", { class: "as-is" }, text));
  } else {
    const first = text.split("\n", 1)[0].slice(0, 120);
    fill(body, h("details", null, h("summary", null, first || "No text"), h("pre", { tabindex: "0" }, text)));
  }
  body.append(...rest(message));
}

/** What of a message is no text. */
function rest(message) {
  const parts = Array.isArray(message.content) ? message.content.filter((part) => typeof part?.text !== "string") : [];
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  return [
    ...parts.map((part) => {
      const url = part?.image_url?.url;
      return PICTURE.test(url) ? h("img", { src: url, alt: "Picture in the message", class: "picture" }) : folded(part?.type ?? "Part", part);
    }),
    ...calls.map((call) => folded(`Calls ${call?.function?.name ?? "a tool"}`, call?.function?.arguments ?? call)),
  ];
}

function folded(title, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return h("details", null, h("summary", null, title), h("pre", { tabindex: "0" }, text));
}
