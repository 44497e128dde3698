// Short words at the edge of the page, and states that stand where content would.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 6000;

/** Shows a line; `action` is {label, run}. Returns what takes it away. */
export function toast(text, { action, ms = SHOWN_MS, bad = false } = {}) {
  const close = () => {
    clearTimeout(timer);
    box.remove();
  };
  const button =
    action &&
    h("button", { type: "button", class: "link", onclick: () => (close(), action.run()) }, action.label);
  const box = h(
    "div",
    { class: bad ? "toast bad" : "toast" },
    h("span", null, text),
    button,
    h("button", { type: "button", class: "quiet small", "aria-label": "Close this message", onclick: close }, icon("close")),
  );
  document.getElementById("toasts").append(box);
  const timer = setTimeout(close, ms);
  return close;
}

/** Shows what went wrong. */
export function complain(error) {
  if (error.name !== "AbortError") {
    toast(error.message, { bad: true, ms: 10_000 });
  }
}

/** In the place of content that could not be had: what is wrong, and what to do. */
export function failed(error, again) {
  return h(
    "div",
    { class: "state", role: "alert" },
    icon("warn"),
    h("p", null, error.message),
    again && h("button", { type: "button", onclick: again }, "Try again"),
  );
}

/** In the place of content that is not there. */
export function empty(name, title, text, ...actions) {
  return h("div", { class: "state" }, icon(name), h("p", { class: "strong" }, title), h("p", null, text), ...actions);
}

/** In the place of content that is on its way. */
export function loading(what = "Loading") {
  return h("div", { class: "state", role: "status" }, h("span", { class: "spinner" }), h("p", null, `${what} …`));
}
