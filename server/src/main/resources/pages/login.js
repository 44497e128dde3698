// Getting in: with the one-time code that the service prints, with email and password, or with an API key.

import { api } from "./api.js";
import { field } from "./dialog.js";
import { fill, h } from "./dom.js";
import { headersOf, session } from "./session.js";

const WAYS = [
  { name: "email", label: "Email", fields: emailFields, begin: withEmail },
  { name: "code", label: "One-time code", fields: codeFields, begin: withCode },
  { name: "key", label: "API key", fields: keyFields, begin: withKey },
];

/** Shows the log-in in `area`; resolves once somebody is in. */
export function showLogin(area) {
  return new Promise((done) => {
    const code = new URLSearchParams(location.hash.slice(1)).get("code");
    if (code) {
      history.replaceState(null, "", location.pathname);
    }
    card(area, code, done);
  });
}

function card(area, code, done) {
  const body = h("div", { class: "stack" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const button = h("button", { class: "primary wide" }, "Log in");
  let way = null;
  const form = h("form", { class: "card stack", "aria-labelledby": "login-title" });
  const choose = (next) => {
    way = next;
    problem.hidden = true;
    fill(body, way.fields());
    form.querySelectorAll(".segments button").forEach((b) => b.setAttribute("aria-pressed", b.textContent === way.label));
    body.querySelector("input").focus();
  };
  form.append(
    h("h1", { id: "login-title" }, "Log in to Verbatim"),
    h("p", { class: "muted" }, "Conversations, kept word for word."),
    h(
      "div",
      { class: "segments", role: "group", "aria-label": "How to log in" },
      WAYS.map((w) => h("button", { type: "button", onclick: () => choose(w) }, w.label)),
    ),
    body,
    problem,
    button,
  );
  const submit = async () => {
    button.disabled = true;
    try {
      await way.begin(new FormData(form));
      done();
    } catch (e) {
      fill(problem, e.message).hidden = false;
      button.disabled = false;
    }
  };
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    submit();
  });
  fill(area, h("main", { class: "gate" }, form));
  choose(code ? WAYS[1] : WAYS[0]);
  if (code) {
    body.querySelector("input").value = code;
    submit();
  }
}

function emailFields() {
  return [
    field("Email", h("input", { name: "email", type: "email", required: true, autocomplete: "username" })),
    field("Password", h("input", { name: "password", type: "password", required: true, autocomplete: "current-password" })),
  ];
}

function codeFields() {
  const hint = "The service prints one when it starts. It is good once, for 10 minutes.";
  return [field("Code", h("input", { name: "code", required: true, autocomplete: "one-time-code", spellcheck: "false" }), hint)];
}

function keyFields() {
  const hint = "Of a key for an application or an admin: whose conversations to see. A user's own key needs none.";
  return [
    field("Key", h("input", { name: "key", type: "password", required: true, autocomplete: "off" })),
    field("For the user (optional)", h("input", { name: "user", autocomplete: "off", spellcheck: "false" }), hint),
  ];
}

async function token(body) {
  const login = await api.post("/api/login", body);
  session.begin({ kind: "token", secret: login.token, until: login.expires_at });
}

function withEmail(data) {
  return token({ email: data.get("email"), password: data.get("password") });
}

function withCode(data) {
  return token({ code: data.get("code").trim() });
}

async function withKey(data) {
  const key = { kind: "key", secret: data.get("key").trim(), user: data.get("user").trim() || null };
  await api.get("/api/me", { headers: headersOf(key) }).catch((e) => {
    throw e.param === "Verbatim-User" ? new Error("This key acts for users of an application: name one.") : e;
  });
  session.begin(key);
}
