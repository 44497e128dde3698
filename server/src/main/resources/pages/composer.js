// Where one writes.

import { h, unseen } from "./dom.js";
import { icon } from "./icons.js";

const AGENT = "verbatim.agent";

/** A form for the next message; `send(text, agent)` is called with it, `stop()` while an answer is under way. */
export function composer({ send, stop }) {
  const text = h("textarea", { id: "message", rows: "1", placeholder: "Write a message", autocomplete: "off" });
  const agent = h("input", { type: "checkbox", role: "switch", id: "agent", checked: remembered() });
  const button = h("button", { class: "primary round" });
  const form = h(
    "form",
    { class: "composer", "aria-label": "New message" },
    h("label", { for: "message", class: "unseen" }, "Message"),
    text,
    h(
      "div",
      { class: "row between" },
      h("label", { class: "switch" }, agent, h("span", { class: "track", "aria-hidden": "true" }), h("span", null, "Agent", h("span", { class: "wide-only muted" }, ": searches your history first"))),
      button,
    ),
  );
  let busy = false;

  const paint = () => {
    button.replaceChildren(icon(busy ? "stop" : "send"), unseen(busy ? "Stop the answer" : "Send"));
    button.title = busy ? "Stop the answer (Escape)" : "Send (Enter)";
    button.disabled = !busy && text.value.trim() === "";
  };
  const grow = () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, window.innerHeight * 0.4)}px`;
    paint();
  };
  const submit = () => {
    if (busy) {
      stop();
    } else if (text.value.trim() !== "") {
      const said = text.value;
      text.value = "";
      grow();
      send(said, agent.checked);
    }
  };

  form.addEventListener("submit", (e) => {
    e.preventDefault();
    submit();
  });
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      if (!busy) {
        submit();
      }
    } else if (e.key === "Escape" && busy) {
      stop();
    }
  });
  agent.addEventListener("change", () => remember(agent.checked));
  paint();

  return {
    form,
    focus: () => text.focus(),
    get agent() {
      return agent.checked;
    },
    set busy(value) {
      const stopped = !value && document.activeElement === button;
      busy = value;
      paint();
      if (stopped) {
        text.focus();
      }
    },
  };
}

function remembered() {
  try {
    return localStorage.getItem(AGENT) === "on";
  } catch {
    return false;
  }
}

function remember(on) {
  try {
    localStorage.setItem(AGENT, on ? "on" : "off");
  } catch {
    // It is then off again next time.
  }
}
