// Speaks to the service, with the same API that everybody has.

import { session } from "./session.js";

/** What the service answered instead of what was asked for; status 0: it could not be reached. */
export class ApiError extends Error {
  constructor(status, message, code, param) {
    super(message);
    this.status = status;
    this.code = code ?? null;
    this.param = param ?? null;
  }
}

const AWAY = "The service cannot be reached. See whether it runs and whether you are connected, then try again.";

function failure(status, text) {
  try {
    const { message, code, param } = JSON.parse(text).error;
    return new ApiError(status, message, code, param);
  } catch {
    return new ApiError(status, `The service answered with status ${status}.`);
  }
}

async function call(method, path, { body, signal, headers, keepalive } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      keepalive,
      cache: "no-store",
      headers: { ...session.headers(), ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (e) {
    throw e.name === "AbortError" ? e : new ApiError(0, AWAY);
  }
  if (!response.ok) {
    throw ended(failure(response.status, await response.text()));
  }
  return response;
}

/** A key or token that is no longer good leads to the log-in, from wherever that is noticed. */
function ended(error) {
  if (error.status === 401 && session.open) {
    session.end();
    window.dispatchEvent(new CustomEvent("verbatim:ended"));
  }
  return error;
}

async function json(method, path, options) {
  const response = await call(method, path, options);
  return response.status === 204 ? null : response.json();
}

export const api = {
  get: (path, options) => json("GET", path, options),
  post: (path, body, options) => json("POST", path, { ...options, body }),
  patch: (path, body) => json("PATCH", path, { body }),
  remove: (path, options) => json("DELETE", path, options),

  async text(path, options) {
    return (await call("GET", path, options)).text();
  },

  /** An answer that says with its status that not all is well is an answer here. */
  async status(path) {
    try {
      return await (await fetch(path, { cache: "no-store" })).json();
    } catch {
      throw new ApiError(0, AWAY);
    }
  },

  /** Calls `each` with every server-sent event's JSON, until the stream ends. */
  async stream(path, body, { signal, each }) {
    const response = await call("POST", path, { body, signal });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const data = event.replace(/^data: ?/, "");
        if (data !== "[DONE]") {
          each(JSON.parse(data));
        }
      }
    }
  },

  /** Saves an answer as a file. */
  async download(path, name) {
    const blob = await (await call("GET", path)).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },

  /** Sends a file as it is; `progress` hears the share that was sent. */
  upload(path, file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", path);
      Object.entries(session.headers()).forEach(([name, value]) => request.setRequestHeader(name, value));
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.addEventListener("progress", (e) => progress(e.total ? e.loaded / e.total : 0));
      request.upload.addEventListener("load", () => progress(1));
      request.addEventListener("error", () => reject(new ApiError(0, AWAY)));
      request.addEventListener("load", () => {
        if (request.status === 200) {
          resolve(JSON.parse(request.responseText));
        } else {
          reject(ended(failure(request.status, request.responseText)));
        }
      });
      request.send(file);
    });
  },
};

/** The path of a conversation, whatever its id. */
export function conversationPath(id, rest = "") {
  return `/api/conversations/${encodeURIComponent(id)}${rest}`;
}

/** A new id, also where the page has no secure context. */
export function newId() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
