// What the agent says of its answer: what it decided, how good what it found was, and what that is.

import { h } from "./dom.js";
import { plural, quality, since } from "./format.js";

const MEANINGS = {
  ANSWER: "Answered from your history",
  REFINE: "Looked again with other words",
  CLARIFY: "Asks back",
  EXTERNAL: "Nothing of use in your history",
};

const BRACKETS = /(\[[^[\]\n]+\])/;

/** The class that gives each recommendation its colour. */
export const tone = (recommendation) => `rec-${String(recommendation).toLowerCase().replace(/[^a-z]/g, "")}`;

const contextsOf = (message) => (Array.isArray(message.agent?.contexts) ? message.agent.contexts : []);

/** The report of an answer; null when no agent gave it. */
export function agentReport(message) {
  if (!message.agent?.recommendation) {
    return null;
  }
  const { recommendation, retrieval_quality: found, refinement_count: tries } = message.agent;
  const contexts = contextsOf(message);
  return h(
    "div",
    { class: "agent-report" },
    h(
      "p",
      { class: "row wrap" },
      h("span", { class: `badge ${tone(recommendation)}` }, recommendation),
      h("span", null, MEANINGS[recommendation] ?? ""),
      h("span", { class: "muted" }, `quality ${quality(found)}${tries ? ` · ${plural(tries, "more try", "more tries")}` : ""}`),
    ),
    contexts.length > 0 && contextList(contexts),
  );
}

function contextList(contexts) {
  return h(
    "details",
    null,
    h("summary", null, `${plural(contexts.length, "message", "messages")} of your history`),
    h("ol", { class: "contexts" }, contexts.map(context)),
  );
}

function context(found) {
  return h(
    "li",
    null,
    h("a", { href: link(found) }, found.title || "Without a title"),
    h("span", { class: "muted" }, ` ${found.role} · ${since(found.created_at)} · ${quality(found.score)}`),
    h("p", { class: "as-is" }, found.text),
  );
}

const link = (found) => `#/chat/${encodeURIComponent(found.conversation_id)}?seq=${found.seq}`;

/** Puts links with the contexts' numbers into the place of the ids in brackets by which the answer cites them. */
export function linkCitations(body, message) {
  const contexts = contextsOf(message);
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (contexts.length > 0 && texts.nextNode()) {
    nodes.push(texts.currentNode);
  }
  nodes
    .filter((node) => node.data.includes("[") && !node.parentElement.closest("code, a"))
    .forEach((node) => node.replaceWith(...node.data.split(BRACKETS).map((part) => cited(part, contexts))));
}

/** A part in brackets that names nothing but contexts, as links to them; any other as it is. */
function cited(part, contexts) {
  const ids = BRACKETS.test(part) ? part.slice(1, -1).split(/[,;]\s*/) : [];
  const numbers = ids.map((id) => contexts.findIndex((found) => found.message_id === id));
  if (ids.length === 0 || numbers.includes(-1)) {
    return part;
  }
  const links = numbers.map((i) => h("a", { href: link(contexts[i]), title: contexts[i].title ?? null, "aria-label": `Context ${i + 1}` }, String(i + 1)));
  return h("sup", { class: "cited" }, links);
}
