// Reads what the service tells Prometheus.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([^ ]+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;
const SHOWN_ROUTES = 12;

/** Samples as {name, labels, value}. */
export function read(text) {
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => LINE.exec(line))
    .filter(Boolean)
    .map(([, name, labels = "", value]) => ({
      name,
      labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, key, said]) => [key, said])),
      value: Number(value),
    }));
}

/** When the process started, in milliseconds since 1970; null when it does not say. */
export function startOf(samples) {
  const seconds = samples.find((s) => s.name === "process_start_time_seconds")?.value;
  return seconds ? seconds * 1000 : null;
}

/** The few figures that tell how it goes. */
export function figures(samples) {
  const total = (name, which = () => true) =>
    samples.filter((s) => s.name === name && which(s.labels)).reduce((sum, s) => sum + s.value, 0);
  const isError = (labels) => labels.status?.startsWith("5");
  const reads = "verbatim_reads_total";
  return {
    requests: total("http_server_requests_seconds_count"),
    seconds: total("http_server_requests_seconds_sum"),
    errors: total("http_server_requests_seconds_count", isError),
    reads: total(reads),
    hits: total(reads, (labels) => labels.source === "hit"),
    routes: routes(samples, isError),
  };
}

function routes(samples, isError) {
  const all = new Map();
  for (const { name, labels, value } of samples) {
    const key = `${labels.method} ${labels.route}`;
    const route = all.get(key) ?? { name: key, requests: 0, seconds: 0, errors: 0 };
    if (name === "http_server_requests_seconds_count") {
      route.requests += value;
      route.errors += isError(labels) ? value : 0;
      all.set(key, route);
    } else if (name === "http_server_requests_seconds_sum") {
      route.seconds += value;
      all.set(key, route);
    }
  }
  return [...all.values()].sort((a, b) => b.requests - a.requests).slice(0, SHOWN_ROUTES);
}
