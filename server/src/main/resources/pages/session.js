// Who is logged in. A log-in's token, which ends by itself, is kept until then; a key only as long as the tab.

const NAME = "verbatim.session";
const memory = new Map();

function storage(kind) {
  try {
    return kind === "token" ? localStorage : sessionStorage;
  } catch {
    return { getItem: (n) => memory.get(n) ?? null, setItem: (n, v) => memory.set(n, v), removeItem: (n) => memory.delete(n) };
  }
}

function read(kind) {
  try {
    const kept = JSON.parse(storage(kind).getItem(NAME));
    return kept && typeof kept.secret === "string" && !(Date.parse(kept.until) < Date.now()) ? kept : null;
  } catch {
    return null;
  }
}

let current = read("key") ?? read("token");

/** Headers that say who calls: a key or token, and whom it acts for. */
export function headersOf({ secret, user }) {
  return { Authorization: `Bearer ${secret}`, ...(user ? { "Verbatim-User": encodeURIComponent(user) } : {}) };
}

export const session = {
  /** Whom the service says that this is; null before it was asked. */
  me: null,

  get open() {
    return current !== null;
  },

  get kind() {
    return current?.kind;
  },

  get isAdmin() {
    return this.me?.role === "admin";
  },

  headers() {
    return current ? headersOf(current) : {};
  },

  /** The name that a trusted key acts for. */
  get actsFor() {
    return current?.user ?? null;
  },

  /** Begins; `kind` is `token` or `key`, `user` whom a trusted key acts for, `until` when it ends. */
  begin({ kind, secret, user = null, until = null }) {
    this.end();
    current = { kind, secret, user, until };
    storage(kind).setItem(NAME, JSON.stringify(current));
  },

  end() {
    current = null;
    this.me = null;
    storage("key").removeItem(NAME);
    storage("token").removeItem(NAME);
  },
};
