// A list of any length of which only the rows in sight are elements.

import { h } from "./dom.js";

const SPARE = 6;

/** What in a row can have the focus. */
const stops = (row) => [...(row?.querySelectorAll("a, button") ?? [])];

/** Rows of one height; `row(item)` makes the content, `near()` is called when the end of what is known comes near. */
export class VirtualList {
  constructor({ label, rowHeight, row, near }) {
    this.rowHeight = rowHeight;
    this.row = row;
    this.near = near;
    this.items = [];
    this.complete = false;
    this.shown = new Map();
    this.current = 0;
    this.space = h("div", { class: "virtual-space", role: "list", "aria-label": label });
    this.area = h("div", { class: "virtual", tabindex: "-1" }, this.space);
    this.area.addEventListener("scroll", () => this.paint(), { passive: true });
    this.space.addEventListener("keydown", (e) => this.key(e));
    this.space.addEventListener("focusin", (e) => this.focused(e));
    this.watch = new ResizeObserver(() => this.paint());
    this.watch.observe(this.area);
  }

  close() {
    this.watch.disconnect();
  }

  /** Shows these; `complete` says that there are no more. */
  set(items, complete) {
    const stop = stops(document.activeElement?.closest(".virtual-row")).indexOf(document.activeElement);
    const hadFocus = this.space.contains(document.activeElement);
    this.items = items;
    this.complete = complete;
    this.current = Math.min(this.current, Math.max(0, items.length - 1));
    this.shown.forEach((node) => node.remove());
    this.shown.clear();
    this.paint();
    if (hadFocus && items.length > 0) {
      this.focus(this.current, Math.max(0, stop));
    }
  }

  paint() {
    const { scrollTop, clientHeight } = this.area;
    this.space.style.height = `${this.items.length * this.rowHeight}px`;
    const from = Math.max(0, Math.floor(scrollTop / this.rowHeight) - SPARE);
    const to = Math.min(this.items.length, Math.ceil((scrollTop + clientHeight) / this.rowHeight) + SPARE);
    this.forget(from, to);
    for (let i = from; i < to; i++) {
      this.shown.get(i) ?? this.place(i);
    }
    if (!this.complete && to >= this.items.length - 2 * SPARE) {
      this.near();
    }
  }

  /** A row that has the focus stays, so that the focus is not lost. */
  forget(from, to) {
    for (const [i, node] of this.shown) {
      if ((i < from || i >= to) && !node.contains(document.activeElement)) {
        node.remove();
        this.shown.delete(i);
      }
    }
  }

  place(i) {
    const node = h(
      "div",
      { class: "virtual-row", role: "listitem", "aria-posinset": i + 1, "aria-setsize": this.complete ? this.items.length : -1 },
      this.row(this.items[i]),
    );
    node.style.height = `${this.rowHeight}px`;
    node.style.transform = `translateY(${i * this.rowHeight}px)`;
    node.dataset.index = i;
    this.entry(node, i === this.current);
    const after = [...this.shown].filter(([k]) => k > i).sort(([a], [b]) => a - b)[0];
    this.space.insertBefore(node, after ? after[1] : null);
    this.shown.set(i, node);
    return node;
  }

  /** With Tab one comes to one row only, and with the arrows from row to row. */
  entry(node, on) {
    stops(node).forEach((stop) => stop.setAttribute("tabindex", on ? "0" : "-1"));
  }

  focused(e) {
    const node = e.target.closest(".virtual-row");
    if (node) {
      this.shown.forEach((other) => this.entry(other, other === node));
      this.current = Number(node.dataset.index);
    }
  }

  key(e) {
    const page = Math.max(1, Math.floor(this.area.clientHeight / this.rowHeight) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[e.key];
    if (step !== undefined) {
      e.preventDefault();
      this.focus(Math.min(this.items.length - 1, Math.max(0, this.current + step)));
    }
  }

  /** Brings a row into sight and puts the focus on it: on its first link or button, or that of this number. */
  focus(i, stop = 0) {
    const top = i * this.rowHeight;
    const { scrollTop, clientHeight } = this.area;
    if (top < scrollTop) {
      this.area.scrollTop = top;
    } else if (top + this.rowHeight > scrollTop + clientHeight) {
      this.area.scrollTop = top + this.rowHeight - clientHeight;
    }
    this.paint();
    stops(this.shown.get(i))[stop]?.focus({ preventScroll: true });
  }
}
