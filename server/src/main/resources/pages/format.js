// Numbers, sizes and times for people, in the browser's language.

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2, minimumFractionDigits: 2 });
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

const NONE = "–";
const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);

export const count = (n) => (known(n) ? whole.format(n) : NONE);
export const compact = (n) => (known(n) ? (Math.abs(n) < 10000 ? whole.format(Math.round(n)) : short.format(n)) : NONE);
export const share = (n) => (known(n) ? percent.format(n) : NONE);
export const quality = (n) => (known(n) ? twoDigits.format(n) : NONE);
export const dateTime = (at) => moment.format(new Date(at));
export const date = (at) => day.format(new Date(at));
export const plural = (n, one, many, written = count) => `${written(n)} ${n === 1 ? one : many}`;

/** Milliseconds, as seconds from one on. */
export function duration(ms) {
  if (!known(ms)) {
    return NONE;
  }
  if (ms === 0) {
    return "0\u00a0ms";
  }
  if (ms < 1) {
    return `${twoDigits.format(ms)}\u00a0ms`;
  }
  return ms < 1000 ? `${whole.format(Math.round(ms))}\u00a0ms` : `${twoDigits.format(ms / 1000)}\u00a0s`;
}

export function bytes(n) {
  if (!known(n)) {
    return NONE;
  }
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = n < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(n) / 10));
  const value = n / 1024 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}

/** A line of Markdown without its marks, for where it only hints at what is there. */
export const withoutMarks = (line) => line.replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/, "").replace(/(\*\*|__|`)(\S.*?)\1/g, "$2");

const STEPS = [
  [3600, "minute", 60],
  [86400, "hour", 3600],
  [604800, "day", 86400],
];

/** How long ago, or the day when that is more than a week. */
export function since(at) {
  const seconds = (Date.now() - new Date(at).getTime()) / 1000;
  if (Math.abs(seconds) < 60) {
    return "just now";
  }
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  return step ? ago.format(-Math.round(seconds / step[2]), step[1]) : date(at);
}
