// Dialogs and menus, with the browser's own means: focus stays inside, Escape closes.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

let number = 0;

/**
 * Asks with a form. `body` are its fields; `confirm` the word on the button; `run` gets the form's data, and what it throws
 * is shown in the dialog. Resolves to what `run` returned, or undefined when it was cancelled.
 */
export function ask({ title, body = [], confirm = "OK", danger = false, run = () => true }) {
  return new Promise((resolve) => {
    const id = `dialog-${++number}`;
    const problem = h("p", { class: "problem", role: "alert", hidden: true });
    const yes = h("button", { class: danger ? "danger" : "primary" }, confirm);
    const form = h(
      "form",
      { method: "dialog", class: "stack" },
      h("h2", { id }, title),
      ...body,
      problem,
      h("div", { class: "row end" }, h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), yes),
    );
    const dialog = h("dialog", { "aria-labelledby": id }, form);
    let result;
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      yes.disabled = true;
      try {
        result = await run(new FormData(form));
        dialog.close();
      } catch (error) {
        fill(problem, error.message).hidden = false;
        yes.disabled = false;
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows something until it is closed. */
export function tell({ title, body }) {
  const id = `dialog-${++number}`;
  const dialog = h(
    "dialog",
    { "aria-labelledby": id },
    h("div", { class: "stack" }, h("h2", { id }, title), ...body),
  );
  dialog.firstChild.append(
    h("div", { class: "row end" }, h("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** A labelled field. */
export function field(label, input, hint) {
  const id = (input.id ||= `field-${++number}`);
  if (hint) {
    input.setAttribute("aria-describedby", `${id}-hint`);
  }
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    input,
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
  );
}

/** A button that opens a menu; `entries` are {icon, label, run, danger?}, made when it opens. */
export function menuButton(label, entries, properties = {}) {
  const button = h(
    "button",
    { type: "button", class: "quiet small", "aria-label": label, "aria-haspopup": "menu", title: label, ...properties },
    icon("more"),
  );
  button.addEventListener("click", (e) => {
    e.preventDefault();
    e.stopPropagation();
    openMenu(button, label, entries());
  });
  return button;
}

function openMenu(button, label, entries) {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label });
  const items = entries.map((entry) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: entry.danger ? "danger-text" : null,
        onclick: () => {
          menu.hidePopover();
          entry.run();
        },
      },
      icon(entry.icon),
      entry.label,
    ),
  );
  menu.append(...items);
  menu.addEventListener("keydown", (e) => move(e, items));
  menu.addEventListener("toggle", (e) => {
    if (e.newState === "closed") {
      menu.remove();
      button.setAttribute("aria-expanded", "false");
      if (document.activeElement === document.body) {
        button.focus();
      }
    }
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, button);
  button.setAttribute("aria-expanded", "true");
  items[0].focus();
}

function move(e, items) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[e.key];
  if (to !== undefined) {
    e.preventDefault();
    items[to % items.length].focus();
  }
}

function place(menu, button) {
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + size.height + 8 < window.innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - size.width, window.innerWidth - size.width - 8))}px`;
}
