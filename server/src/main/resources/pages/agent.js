// What the agent says of its answer: what it decided, how good what it found was, and what that is.

import { h } from "./dom.js";
import { quality } from "./format.js";

const MEANINGS = {
  ANSWER: "Answered from your history",
  REFINE: "Looked again with other words",
  CLARIFY: "Asks back",
  EXTERNAL: "Nothing of use in your history",
};

/** The class that gives each recommendation its colour. */
export const tone = (recommendation) => `rec-${String(recommendation).toLowerCase().replace(/[^a-z]/g, "")}`;

/** The report of an answer; null when no agent gave it. */
export function agentReport(message) {
  const said = message.agent ?? message;
  const { recommendation, contexts = [], retrieval_quality: found, refinement_count: tries } = said;
  if (!recommendation) {
    return null;
  }
  return h(
    "div",
    { class: "agent-report" },
    h(
      "p",
      { class: "row wrap" },
      h("span", { class: `badge ${tone(recommendation)}` }, recommendation),
      h("span", null, MEANINGS[recommendation] ?? ""),
      h("span", { class: "muted" }, `quality ${quality(found)}${tries ? ` · ${tries} refined` : ""}`),
    ),
    Array.isArray(contexts) && contexts.length > 0 && contextList(contexts),
  );
}

function contextList(contexts) {
  return h(
    "details",
    null,
    h("summary", null, `${contexts.length} ${contexts.length === 1 ? "context" : "contexts"} of your history`),
    h("ol", { class: "contexts" }, contexts.map(context)),
  );
}

function context(found) {
  const text = found.text ?? found.content ?? found.snippet ?? "";
  const title = found.title || found.conversation_id || "Conversation";
  const score = found.score ?? found.quality ?? found.rank;
  return h(
    "li",
    null,
    h("a", { href: link(found) }, title),
    Number.isFinite(score) && h("span", { class: "muted" }, ` ${quality(score)}`),
    h("p", { class: "as-is" }, typeof text === "string" ? text : JSON.stringify(text)),
  );
}

function link(found) {
  const seq = Number.isFinite(found.seq) ? `?seq=${found.seq}` : "";
  return `#/chat/${encodeURIComponent(found.conversation_id ?? "")}${seq}`;
}
