// Files that are brought: dropped on the page, or chosen.

import { api } from "./api.js";
import { fill, h } from "./dom.js";
import { bytes, plural, share } from "./format.js";
import { icon } from "./icons.js";

/** A button, a panel that tells how it goes, and the page as a place to drop files; `done()` is called after each file. */
export function importer(done) {
  const panel = h("div", { class: "imports", "aria-live": "polite" });
  const chooser = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files to import", onchange: () => bring(chooser.files) });
  const button = h("button", { type: "button", onclick: () => chooser.click() }, icon("upload"), "Import");
  const veil = h("div", { class: "veil", hidden: true }, h("p", null, icon("upload"), "Drop the files to import them"));

  /** One after the other: the service takes them so anyway. */
  const bring = async (files) => {
    for (const file of [...files]) {
      await bringOne(panel, file);
      done();
    }
    chooser.value = "";
  };
  const hasFiles = (e) => e.dataTransfer?.types.includes("Files");
  const over = (e) => {
    if (hasFiles(e)) {
      e.preventDefault();
      veil.hidden = false;
    }
  };
  const out = (e) => {
    if (e.relatedTarget === null) {
      veil.hidden = true;
    }
  };
  const drop = (e) => {
    if (hasFiles(e)) {
      e.preventDefault();
      veil.hidden = true;
      bring(e.dataTransfer.files);
    }
  };
  const listeners = { dragover: over, dragleave: out, drop };
  Object.entries(listeners).forEach(([name, listener]) => window.addEventListener(name, listener));
  document.body.append(veil);
  return {
    panel,
    button: [button, chooser],
    close() {
      Object.entries(listeners).forEach(([name, listener]) => window.removeEventListener(name, listener));
      veil.remove();
    },
  };
}

async function bringOne(panel, file) {
  const bar = h("progress", { max: "1", value: 0, "aria-label": `Import of ${file.name}` });
  const line = h("span", { class: "muted" }, "Sending");
  const box = h("div", { class: "import card" }, h("div", { class: "row between" }, h("span", { class: "strong line" }, file.name), h("span", { class: "muted" }, bytes(file.size))), bar, line);
  panel.prepend(box);
  try {
    const report = await api.upload("/api/import", file, (sent) => {
      if (sent < 1) {
        bar.value = sent;
        fill(line, `Sending: ${share(sent)}`);
      } else {
        bar.removeAttribute("value");
        fill(line, "Storing");
      }
    });
    box.replaceChildren(...told(file, report, box));
  } catch (e) {
    box.classList.add("bad");
    bar.remove();
    fill(line, e.message).setAttribute("role", "alert");
    box.append(closeButton(box));
  }
}

function told(file, report, box) {
  const stored = `${plural(report.conversations, "conversation", "conversations")} with ${plural(report.messages, "message", "messages")}`;
  const skipped = report.skipped > 0 ? `; ${plural(report.skipped, "entry", "entries")} could not be taken` : "";
  return [
    h("div", { class: "row between" }, h("span", { class: "strong line" }, icon(report.skipped ? "warn" : "check"), file.name), closeButton(box)),
    h("p", null, `${stored} ${report.conversations === 1 ? "is" : "are"} in the history now${skipped}.`),
    ...(report.errors.length > 0
      ? [h("details", null, h("summary", null, "What was skipped"), h("ul", null, report.errors.map((e) => h("li", null, `${e.at}: ${e.message}`))))]
      : []),
  ];
}

function closeButton(box) {
  return h("button", { type: "button", class: "quiet small", "aria-label": "Close", onclick: () => box.remove() }, icon("close"));
}
