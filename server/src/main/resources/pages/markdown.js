// Markdown as elements. The library only takes the text apart; what it found becomes nodes here, HTML in it stays text.

import { fill, h, unescaped } from "./dom.js";
import { icon } from "./icons.js";
import { lexer } from "./marked.js";

const LINKS = /^(https?:|mailto:)/i;

/** Shows `text` in `area`; blocks that are as they were are left alone, so that a growing text does not flicker. */
export function renderMarkdown(area, text) {
  const shown = area.blocks ?? [];
  const tokens = lexer(text, { gfm: true, breaks: true }).filter((token) => token.type !== "space");
  const blocks = tokens.map((token, i) => (shown[i]?.raw === token.raw ? shown[i] : { raw: token.raw, node: block(token) }));
  for (let i = 0; i < Math.max(blocks.length, shown.length); i++) {
    if (shown[i] !== blocks[i]) {
      shown[i]?.node.remove();
      if (blocks[i]) {
        area.insertBefore(blocks[i].node, area.children[i] ?? null);
      }
    }
  }
  area.blocks = blocks;
  return area;
}

function block(token) {
  switch (token.type) {
    case "heading":
      return h(`h${Math.min(6, token.depth + 2)}`, null, inline(token.tokens));
    case "code":
      return code(token);
    case "hr":
      return h("hr");
    case "blockquote":
      return h("blockquote", null, token.tokens.filter(visible).map(block));
    case "list":
      return list(token);
    case "table":
      return table(token);
    case "paragraph":
    case "text":
      return h("p", null, token.tokens ? inline(token.tokens) : unescaped(token.text));
    default:
      return h("p", { class: "as-is" }, token.raw);
  }
}

const visible = (token) => token.type !== "space";

function code(token) {
  const lines = h("pre", { tabindex: "0" }, h("code", null, token.text));
  const copy = h("button", { type: "button", class: "quiet small" }, icon("copy"), h("span", null, "Copy"));
  copy.addEventListener("click", async () => {
    fill(copy.lastChild, (await copied(token.text)) ? "Copied" : "Could not copy");
    setTimeout(() => fill(copy.lastChild, "Copy"), 2000);
  });
  return h("div", { class: "code" }, h("div", { class: "code-head" }, h("span", null, token.lang || "text"), copy), lines);
}

/** Puts a text on the clipboard, which a browser gives only to pages of https and of this machine. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function list(token) {
  const items = token.items.map((item) => h("li", { class: item.task ? "task" : null }, item.tokens.filter(visible).map(listPart)));
  return token.ordered ? h("ol", { start: token.start === 1 ? null : token.start }, items) : h("ul", null, items);
}

/** In a list a line is no paragraph of its own. */
function listPart(token) {
  if (token.type === "checkbox") {
    return token.checked ? "☑ " : "☐ ";
  }
  return token.type === "text" ? (token.tokens ? inline(token.tokens) : unescaped(token.text)) : block(token);
}

function table(token) {
  const cell = (name) => (c) => h(name, { class: c.align ? `to-${c.align}` : null }, inline(c.tokens));
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h(
      "table",
      null,
      h("thead", null, h("tr", null, token.header.map(cell("th")))),
      h("tbody", null, token.rows.map((row) => h("tr", null, row.map(cell("td"))))),
    ),
  );
}

const SIMPLE = { strong: "strong", em: "em", del: "del" };

function inline(tokens) {
  return tokens.map((token) => {
    if (SIMPLE[token.type]) {
      return h(SIMPLE[token.type], null, inline(token.tokens));
    }
    switch (token.type) {
      case "codespan":
        return h("code", null, token.text);
      case "br":
        return h("br");
      case "link":
        return link(token.href, inline(token.tokens));
      case "image":
        return link(token.href, `🖼 ${token.text || token.href}`);
      case "checkbox":
        return token.checked ? "☑ " : "☐ ";
      case "escape":
        return token.text;
      case "text":
        return token.tokens ? inline(token.tokens) : unescaped(token.text);
      default:
        return token.raw;
    }
  });
}

/** Only to where a link may lead; pictures of others are linked, not fetched, for fetching tells them who reads. */
function link(href, children) {
  return LINKS.test(href) ? h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, children) : h("span", null, children);
}
