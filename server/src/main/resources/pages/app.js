// The frame around the pages: who is logged in, where to go, light or dark.

import { api } from "./api.js";
import { fill, h, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { session } from "./session.js";
import { complain, failed, loading, toast } from "./toast.js";

const PAGES = [
  { name: "chat", title: "Chat", load: () => import("./chat.js") },
  { name: "history", title: "History", load: () => import("./history.js") },
  { name: "analytics", title: "Analytics", load: () => import("./analytics.js") },
  { name: "operations", title: "Operations", load: () => import("./operations.js") },
  { name: "accounts", title: "Accounts", load: () => import("./accounts.js"), admin: true },
];

const THEMES = [
  { name: "auto", icon: "auto", label: "as the system" },
  { name: "light", icon: "sun", label: "light" },
  { name: "dark", icon: "moon", label: "dark" },
];

const app = document.getElementById("app");
let main = null;
let leave = null;
let visit = 0;

/** Where the address says that one is: a page, the parts of its path, its query. */
function place() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/");
  let parts = [];
  try {
    parts = rest.filter((part) => part !== "").map(decodeURIComponent);
  } catch {
    // A broken escape names nothing.
  }
  return { page: PAGES.find((p) => p.name === name) ?? PAGES[0], parts, query: new URLSearchParams(query) };
}

async function go() {
  if (location.hash.startsWith("#code=") || !session.open) {
    await logIn();
    return;
  }
  const at = place();
  const mine = ++visit;
  leave?.();
  leave = null;
  showPlace(at.page);
  fill(main, loading());
  try {
    const { show } = await at.page.load();
    if (mine === visit) {
      const area = h("div", { class: `page ${at.page.name}` });
      fill(main, area);
      leave = (await show(area, at)) ?? null;
      if (document.activeElement === document.body) {
        main.focus({ preventScroll: true });
      }
      if (mine !== visit) {
        leave?.();
      }
    }
  } catch (e) {
    if (mine === visit && session.open) {
      fill(main, failed(e, go));
    }
  }
}

function showPlace(page) {
  document.title = `${page.title} · Verbatim`;
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.dataset.page === page.name;
    here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
}

function frame() {
  main = h("main", { id: "main", tabindex: "-1" });
  const links = PAGES.filter((page) => !page.admin || session.isAdmin).map((page) => {
    const link = h("a", { href: `#/${page.name}` }, icon(page.name), h("span", null, page.title));
    link.dataset.page = page.name;
    return link;
  });
  fill(
    app,
    h("button", { type: "button", class: "skip", onclick: () => main.focus() }, "Skip to the content"),
    h(
      "div",
      { class: "frame" },
      h(
        "header",
        { class: "rail" },
        h("a", { href: "#/chat", class: "brand" }, mark(), h("span", null, "Verbatim")),
        h("nav", { "aria-label": "Pages" }, links),
        h("div", { class: "rail-end" }, themeButton(), h("span", { class: "who", title: whoLong() }, who()), leaveButton()),
      ),
      main,
    ),
  );
}

function mark() {
  return h("span", { class: "mark", "aria-hidden": "true" }, "V");
}

function who() {
  const me = session.me;
  return session.actsFor ?? me.email ?? me.name ?? (me.role === "admin" ? "Admin" : me.id.slice(0, 8));
}

function whoLong() {
  return `${who()}, role ${session.me.role}`;
}

function leaveButton() {
  return h(
    "button",
    { type: "button", class: "quiet", title: "Log out", onclick: logOut },
    icon("leave"),
    unseen("Log out"),
  );
}

async function logOut() {
  try {
    if (session.kind === "token") {
      await api.remove("/api/login");
    }
  } catch (e) {
    complain(e);
  }
  session.end();
  location.hash = "";
  await go();
}

function themeButton() {
  const button = h("button", { type: "button", class: "quiet theme" });
  const paint = () => {
    const theme = THEMES.find((t) => t.name === document.documentElement.dataset.theme) ?? THEMES[0];
    fill(button, icon(theme.icon), unseen(`Colours: ${theme.label}`));
    button.title = `Colours: ${theme.label}`;
  };
  button.addEventListener("click", () => {
    const at = THEMES.findIndex((t) => t.name === document.documentElement.dataset.theme);
    const next = THEMES[(at + 1) % THEMES.length].name;
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("verbatim.theme", next);
    } catch {
      // It then lasts as long as the page.
    }
    paint();
    window.dispatchEvent(new CustomEvent("verbatim:theme"));
  });
  paint();
  return button;
}

/** Shows the log-in until somebody is in, then the page that the address names. */
async function logIn() {
  leave?.();
  leave = null;
  main = null;
  document.title = "Log in · Verbatim";
  const { showLogin } = await import("./login.js");
  await showLogin(app);
  await enter();
}

/** Asks whom the service takes this for, and builds the frame for them. */
async function enter() {
  fill(app, loading());
  try {
    session.me = await api.get("/api/me");
    frame();
  } catch (e) {
    if (session.open) {
      fill(app, failed(e, enter));
      return;
    }
  }
  await go();
}

window.addEventListener("hashchange", go);
window.addEventListener("verbatim:ended", () => {
  toast("The log-in has ended. Log in again to go on.", { bad: true });
  logIn();
});
window.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k" && session.open) {
    e.preventDefault();
    location.hash = "#/history?search";
    document.getElementById("search")?.focus();
  }
});

if (session.open && !location.hash.startsWith("#code=")) {
  enter();
} else {
  logIn();
}
