// Users who log in, and keys of applications; for admins.

import { api } from "./api.js";
import { ask, field, tell } from "./dialog.js";
import { fill, h } from "./dom.js";
import { copied } from "./markdown.js";
import { date, dateTime } from "./format.js";
import { icon } from "./icons.js";
import { session } from "./session.js";
import { complain, empty, failed, loading, toast } from "./toast.js";

const PAGE = 200;
const ROLES = {
  user: "user: their own conversations",
  service: "service: an application that acts for its users",
  admin: "admin: everything",
};

export async function show(area) {
  if (!session.isAdmin) {
    area.append(empty("accounts", "This page is for admins", "Log in with an admin's account or key to manage users and keys."));
    return;
  }
  const users = table("/api/users", ["User", "Role", "Department", "Since", ""], userRow);
  const keys = table("/api/keys", ["Key", "Role", "For", "Since", "Until", ""], keyRow);
  const action = (label, run, list) => h("button", { type: "button", onclick: async () => (await run()) && list.load() }, icon("plus"), label);
  area.append(
    h("div", { class: "page-head" }, h("h1", null, "Accounts")),
    h(
      "div",
      { class: "board" },
      h("section", { class: "card", "aria-label": "Users" }, h("div", { class: "row between" }, h("h2", null, "Users"), action("New user", newUser, users)), users.area),
      h("section", { class: "card", "aria-label": "Keys" }, h("div", { class: "row between" }, h("h2", null, "API keys"), action("New key", newKey, keys)), keys.area),
    ),
  );
  users.load();
  keys.load();
}

/** A list that is fetched page by page. */
function table(path, titles, row) {
  const area = h("div", null, loading());
  const load = async () => {
    try {
      const first = await api.get(`${path}?limit=${PAGE}`);
      const body = h("tbody", null, first.data.map((entry) => row(entry, load)));
      const more = h("button", { type: "button", class: "link", hidden: !first.has_more }, "Show more");
      let next = first.next;
      more.addEventListener("click", async () => {
        try {
          const page = await api.get(`${path}?limit=${PAGE}&after=${encodeURIComponent(next)}`);
          body.append(...page.data.map((entry) => row(entry, load)));
          next = page.next;
          more.hidden = !page.has_more;
        } catch (e) {
          complain(e);
        }
      });
      fill(
        area,
        first.data.length === 0
          ? h("p", { class: "muted" }, "None yet.")
          : h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${titles[0]}s, table` }, h("table", null, h("thead", null, h("tr", null, titles.map((t) => (t ? h("th", null, t) : h("td"))))), body)),
        more,
      );
    } catch (e) {
      fill(area, failed(e, load));
    }
  };
  return { area, load };
}

const BUILT_IN = "00000000-0000-7000-8000-000000000000";
const nameOf = (user) => user.email ?? user.name ?? (user.id === BUILT_IN ? "Built-in admin" : user.id);

function userRow(user, load) {
  return h(
    "tr",
    null,
    h("td", { class: "cut", title: user.id }, nameOf(user), user.namespace ? h("span", { class: "muted" }, ` in ${user.namespace}`) : null),
    h("td", null, user.role),
    h("td", null, user.dept_id ?? "–"),
    h("td", { class: "muted" }, user.created_at ? date(user.created_at) : "–"),
    h("td", { class: "number" }, user.id !== BUILT_IN && removeButton(`Erase ${nameOf(user)}`, () => erase(user, load))),
  );
}

function keyRow(key, load) {
  return h(
    "tr",
    null,
    h("td", null, key.name, " ", h("code", { class: "muted" }, `${key.prefix}…`)),
    h("td", null, key.role),
    h("td", { class: "cut" }, key.role === "service" ? `namespace ${key.namespace}` : key.user_id ?? "–"),
    h("td", { class: "muted" }, key.created_at ? date(key.created_at) : "–"),
    h("td", { class: "muted" }, key.expires_at ? dateTime(key.expires_at) : "no end"),
    h("td", { class: "number" }, removeButton(`Revoke ${key.name}`, () => revoke(key, load))),
  );
}

function removeButton(label, run) {
  return h("button", { type: "button", class: "quiet small danger-text", "aria-label": label, title: label, onclick: run }, icon("trash"));
}

async function erase(user, load) {
  const done = await ask({
    title: `Erase ${nameOf(user)}?`,
    body: [h("p", null, "The user and all their conversations are deleted at once. This cannot be undone.")],
    confirm: "Erase",
    danger: true,
    run: async () => {
      await api.remove(`/api/users/${encodeURIComponent(user.id)}`);
      return true;
    },
  });
  if (done) {
    toast(`${nameOf(user)} is erased.`);
    load();
  }
}

async function revoke(key, load) {
  const done = await ask({
    title: `Revoke the key ${key.name}?`,
    body: [h("p", null, "Whoever uses it is refused from then on, on every server, within a second.")],
    confirm: "Revoke",
    danger: true,
    run: async () => {
      await api.remove(`/api/keys/${encodeURIComponent(key.id)}`);
      return true;
    },
  });
  if (done) {
    toast(`The key ${key.name} is revoked.`);
    load();
  }
}

const options = () => Object.entries(ROLES).map(([value, label]) => h("option", { value }, label));

function newUser() {
  return ask({
    title: "New user",
    body: [
      field("Email", h("input", { name: "email", type: "email", required: true, autocomplete: "off" })),
      field("Password", h("input", { name: "password", type: "password", required: true, minlength: "8", autocomplete: "new-password" }), "8 characters or more."),
      field("Department (optional)", h("input", { name: "dept_id", autocomplete: "off" })),
      field("Role", h("select", { name: "role" }, options())),
    ],
    confirm: "Make the user",
    run: (data) =>
      api.post("/api/users", {
        email: data.get("email"),
        password: data.get("password"),
        dept_id: data.get("dept_id").trim() || null,
        role: data.get("role"),
      }),
  });
}

async function newKey() {
  const user = field("User", h("input", { name: "user_id", autocomplete: "off", spellcheck: "false" }), "The id of the user the key acts for: hold the pointer over a user above.");
  const space = field("Namespace", h("input", { name: "namespace", value: "default", autocomplete: "off" }), "Two applications that must not share users have two.");
  const role = h("select", { name: "role" }, options());
  const fit = () => {
    user.hidden = role.value !== "user";
    space.hidden = role.value !== "service";
  };
  role.value = "service";
  role.addEventListener("change", fit);
  fit();
  const made = await ask({
    title: "New API key",
    body: [
      field("Name", h("input", { name: "name", required: true, autocomplete: "off" })),
      field("Role", role),
      user,
      space,
      field("Good until (optional)", h("input", { name: "expires_at", type: "datetime-local" })),
    ],
    confirm: "Make the key",
    run: (data) => api.post("/api/keys", keyBody(data)),
  });
  if (made) {
    showKey(made);
  }
  return made;
}

function keyBody(data) {
  const role = data.get("role");
  const until = data.get("expires_at");
  return {
    name: data.get("name").trim(),
    role,
    ...(role === "user" ? { user_id: data.get("user_id").trim() || null } : {}),
    ...(role === "service" ? { namespace: data.get("namespace").trim() || null } : {}),
    ...(until ? { expires_at: new Date(until).toISOString() } : {}),
  };
}

function showKey(made) {
  const text = h("input", { value: made.key, readonly: true, id: "made-key" });
  text.addEventListener("focus", () => text.select());
  const copy = h("button", { type: "button", onclick: async () => toast((await copied(made.key)) ? "Copied." : "Mark the key and copy it by hand.") }, icon("copy"), "Copy");
  tell({
    title: `The key ${made.name}`,
    body: [h("p", null, "It is shown this once. Keep it where secrets are kept."), h("label", { class: "unseen", for: "made-key" }, "The key"), h("div", { class: "row" }, text, copy)],
  });
}
