// The messages of one conversation: shown, continued, changed.

import { api, conversationPath, newId } from "./api.js";
import { fork, forkAndOpen } from "./conversation.js";
import { fill, h } from "./dom.js";
import { messageView, textOf } from "./message.js";
import { renderMarkdown } from "./markdown.js";
import { complain, empty, failed, loading, toast } from "./toast.js";
import { say } from "./turn.js";

const PAGE = 50;
const MOST = 1000;
const LOOKS = 40;
const BETWEEN_LOOKS_MS = 250;

/** What is to be said in a conversation as soon as it is open: for an answer made anew in a fork. */
let next = null;

export class Talk {
  /**
   * @param id the conversation, or null for one not begun yet
   * @param hear {busy(bool), began(id), settled(), announce(text)}
   */
  constructor(id, hear) {
    this.id = id;
    this.exists = id !== null;
    this.hear = hear;
    this.messages = [];
    this.area = h("div", { class: "messages", role: "log", "aria-label": "Messages", "aria-live": "off" });
    this.older = h("button", { type: "button", class: "link", hidden: true, onclick: () => this.showOlder() }, "Show earlier messages");
    this.scroller = h("div", { class: "talk", tabindex: "0", role: "region", "aria-label": "Conversation" }, this.older, this.area);
    this.stopping = null;
  }

  /** Shows the newest messages, or those around `seq`. */
  async open(seq) {
    if (this.id !== null) {
      fill(this.area, loading());
      const from = seq ? `after=${Math.max(0, seq - PAGE / 2)}&limit=${MOST}` : `limit=${PAGE}`;
      const page = await api.get(conversationPath(this.id, `/messages?${from}`));
      fill(this.area);
      this.put(page.data);
      this.older.hidden = seq ? page.data[0]?.seq <= 1 : !page.has_more;
      if (seq && page.has_more) {
        this.put(await this.catchUp());
      }
    }
    this.showEmpty();
    this.find(seq) ?? this.toEnd();
    if (next && next.id === this.id) {
      const { text, agent } = next;
      next = null;
      this.send(text, agent);
    }
  }

  get lastSeq() {
    return this.messages.at(-1)?.seq ?? 0;
  }

  put(messages, first = false) {
    const views = messages.map((message) => this.view(message));
    first ? this.area.prepend(...views) : this.area.append(...views);
    this.messages = first ? [...messages, ...this.messages] : [...this.messages, ...messages];
  }

  view(message) {
    return messageView(message, this.actions(message));
  }

  actions(message) {
    const plain = typeof message.content === "string";
    const mine = message.role === "user" || message.role === "assistant";
    return [
      mine && plain && { icon: "edit", label: "Edit", run: () => this.edit(message) },
      message.role === "assistant" && { icon: "again", label: "Answer again, in a fork", run: () => this.answerAgain(message) },
      { icon: "fork", label: "Fork from here", run: () => forkAndOpen(this.id, message.seq) },
    ].filter(Boolean);
  }

  showEmpty() {
    if (this.messages.length === 0) {
      const text = "Everything that is said is kept, and can be found again in the history.";
      fill(this.area, empty("chat", this.id === null ? "What is on your mind?" : "Nothing was said here yet", text));
    }
  }

  find(seq) {
    const view = seq && this.area.querySelector(`[data-seq="${Number(seq)}"]`);
    if (view) {
      view.classList.add("found");
      view.scrollIntoView({ block: "center" });
    }
    return view || null;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Changes what is shown, and stays at the end when one was there. */
  keepingEnd(change) {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    const atEnd = scrollTop + clientHeight > scrollHeight - 60;
    change();
    if (atEnd) {
      this.toEnd();
    }
  }

  async showOlder() {
    this.older.disabled = true;
    try {
      const before = this.messages[0].seq;
      const page = await api.get(conversationPath(this.id, `/messages?before=${before}&limit=${PAGE}`));
      const height = this.scroller.scrollHeight;
      this.put(page.data, true);
      this.older.hidden = !page.has_more;
      this.scroller.scrollTop += this.scroller.scrollHeight - height;
    } catch (e) {
      complain(e);
    }
    this.older.disabled = false;
  }

  /** Takes in what is stored behind what is shown; returns that. */
  async catchUp() {
    const all = [];
    for (;;) {
      const page = await api.get(conversationPath(this.id, `/messages?after=${all.at(-1)?.seq ?? this.lastSeq}&limit=${MOST}`));
      all.push(...page.data);
      if (!page.has_more) {
        return all;
      }
    }
  }

  stop() {
    this.stopping?.abort();
  }

  /** Says something and shows the answer as it comes in. */
  async send(text, agent, id = newId()) {
    const question = { id, role: "user", content: text };
    const asked = messageView({ ...question, created_at: new Date().toISOString() });
    asked.classList.add("passing");
    const body = h("div", { class: "body" }, h("span", { class: "dots" }, h("i"), h("i"), h("i")));
    const answer = h("article", { class: "message assistant passing", "aria-label": "Answer" }, h("div", { class: "by" }, agent ? "Agent" : "Assistant"), body);
    if (this.messages.length === 0) {
      fill(this.area);
    }
    this.area.querySelectorAll(".turn-failed, .passing").forEach((node) => node.remove());
    const isNew = !this.messages.some((message) => message.id === id);
    this.area.append(...(isNew ? [asked, answer] : [answer]));
    this.toEnd();
    await this.converse({ question, agent, body, shown: { asked, answer } });
  }

  async converse({ question, agent, body, shown }) {
    this.stopping = new AbortController();
    this.id ??= newId();
    this.hear.busy(true);
    this.hear.announce("The answer is on its way.");
    const turn = { answerId: null, problem: null };
    const paint = painter((text) => this.keepingEnd(() => this.grow(body, text)));
    try {
      await say({
        conversationId: this.id,
        create: this.messages.length === 0,
        question,
        agent,
        signal: this.stopping.signal,
        hear: { begun: (answerId) => this.begun(turn, answerId), grown: paint },
      });
    } catch (e) {
      turn.problem = e;
    }
    await this.settle(turn, question, shown).catch(complain);
    paint(null);
    if (turn.problem && turn.problem.name !== "AbortError") {
      this.showFailure(turn.problem, question);
    }
    this.hear.announce(turn.problem ? "There is no whole answer." : "The answer is complete.");
    this.hear.busy(false);
    this.hear.settled();
  }

  begun(turn, answerId) {
    turn.answerId = answerId;
    this.isThere();
  }

  /** From now on the conversation has an address of its own. */
  isThere() {
    if (!this.exists) {
      this.exists = true;
      this.hear.began(this.id);
    }
  }

  grow(body, text) {
    body.querySelector(".dots")?.remove();
    renderMarkdown(body, text);
  }

  /** Puts what is stored into the place of what was shown meanwhile. A stopped answer is stored a little later; a question that is not stays in sight. */
  async settle(turn, question, { asked, answer }) {
    let stored = [];
    for (let look = 0; look < LOOKS; look++) {
      stored = await this.catchUp().catch((e) => (e.status === 404 || turn.problem ? [] : Promise.reject(e)));
      if (turn.answerId === null || stored.some((message) => message.id === turn.answerId)) {
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
    }
    if (stored.length > 0) {
      this.isThere();
    }
    this.keepingEnd(() => {
      answer.remove();
      asked.remove();
      this.put(stored);
      if (!this.messages.some((message) => message.id === question.id)) {
        this.area.append(asked);
      }
    });
  }

  showFailure(problem, question) {
    const box = failed(problem, () => this.send(question.content, this.hear.agent(), question.id));
    box.classList.add("turn-failed");
    this.area.append(box);
    this.toEnd();
  }

  /** In a fork that ends before the question; what was answered before stays where it is. */
  async answerAgain(message, text = null) {
    try {
      const question = message.role === "user" ? message : await this.questionOf(message);
      if (!question) {
        toast("There is no question before this answer.", { bad: true });
        return;
      }
      const made = await fork(this.id, question.seq - 1);
      next = { id: made.id, text: text ?? textOf(question), agent: this.hear.agent() };
      toast("Answering again in a fork. The conversation it comes from stays as it is.");
      location.hash = `#/chat/${encodeURIComponent(made.id)}`;
    } catch (e) {
      complain(e);
    }
  }

  async questionOf(answer) {
    const before = (messages) => messages.findLast((m) => m.role === "user" && m.seq < answer.seq);
    return before(this.messages) ?? before((await api.get(conversationPath(this.id, `/messages?before=${answer.seq}&limit=${MOST}`))).data);
  }

  /** Changes a message where it stands; a question may also be asked again. */
  edit(message) {
    const view = this.area.querySelector(`[data-seq="${message.seq}"]`);
    const close = (now) => {
      const closed = this.view(now);
      view.replaceWith(closed);
      closed.querySelector('[aria-label="Edit"]').focus();
    };
    const input = h("textarea", { rows: String(Math.min(16, message.content.split("\n").length + 1)), "aria-label": "Message", value: message.content });
    const form = h(
      "form",
      { class: "stack edit" },
      input,
      h(
        "div",
        { class: "row end wrap" },
        h("button", { type: "button", onclick: () => close(message) }, "Cancel"),
        message.role === "user" && h("button", { type: "button", onclick: () => this.answerAgain(message, input.value) }, "Ask again, in a fork"),
        h("button", { class: "primary" }, "Save"),
      ),
    );
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      try {
        const path = `/messages/${encodeURIComponent(message.id)}`;
        const saved = await api.patch(conversationPath(this.id, path), { content: input.value });
        this.messages = this.messages.map((m) => (m.id === saved.id ? saved : m));
        close(saved);
        this.hear.settled();
      } catch (error) {
        complain(error);
      }
    });
    form.addEventListener("keydown", (e) => {
      if (e.key === "Escape") {
        e.stopPropagation();
        close(message);
      }
    });
    fill(view.querySelector(".body"), form);
    view.querySelector(".under").hidden = true;
    input.focus();
  }
}

/** Paints at most once a frame, the newest text; null: what was not painted yet is not needed any more. */
function painter(paint) {
  let text = null;
  let frame = 0;
  return (newest) => {
    text = newest;
    if (newest === null) {
      cancelAnimationFrame(frame);
    } else {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        paint(text);
      });
    }
  };
}
