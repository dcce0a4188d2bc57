// From numbers and days to places in a drawing.

const DAY = 86400000;
// From this ratio of the largest to the smallest figure on, the scale is logarithmic.
const LOG = 40;
// What the name of a day or month takes.
const TICK = 62;

/** Days since 1970 of "2024-10-25". */
export function dayNumber(date) {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** "2024-10-25" of days since 1970. */
export function dateOf(n) {
  return new Date(n * DAY).toISOString().slice(0, 10);
}

/** A scale of numbers over `from`…`to`, linear or logarithmic: `at(value)`, `ticks`. */
export function scale(values, from, to) {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const log = low > 0 && high / low > LOG;
  if (!log) {
    // From zero, unless that would squeeze the figures into a corner.
    const pad = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
    low = low >= 0 && low <= high * 0.7 ? 0 : low - pad;
    high += pad;
  } else {
    low /= 1.3;
    high *= 1.3;
  }
  const f = log ? Math.log10 : (v) => v;
  const at = (value) => {
    const share = (f(value) - f(low)) / (f(high) - f(low));
    return Number.isFinite(share) ? round(from + Math.min(Math.max(share, 0), 1) * (to - from)) : (from + to) / 2;
  };
  return { at, low, high, ticks: log ? decades(low, high) : steps(low, high) };
}

function decades(low, high) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.floor(Math.log10(high))];
  const step = Math.max(1, Math.ceil((last - first + 1) / 6));
  const between = last - first < 3 ? [1, 2, 5] : [1];
  const out = [];
  for (let e = first; e <= last; e += step) for (const m of between) out.push(Number((m * 10 ** e).toPrecision(3)));
  return out.filter((t) => t >= low && t <= high);
}

function steps(low, high) {
  const rough = (high - low) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * size).find((s) => s >= rough);
  if (!Number.isFinite(step) || step <= 0) return [low];
  const out = [];
  for (let i = Math.ceil(low / step); i * step <= high && out.length < 12; i += 1) out.push(Number((i * step).toPrecision(12)));
  return out;
}

/** A scale of days: `at(date)`, `ticks` as `[date, "day" | "month" | "year"]`. */
export function days(dates, from, to) {
  const numbers = dates.map(dayNumber);
  let [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  if (first === last) [first, last] = [first - 1, last + 1];
  const at = (date) => round(from + ((dayNumber(date) - first) / (last - first)) * (to - from));
  const ticks = dayTicks(first, last);
  // As many as there is room for.
  const every = Math.ceil((ticks.length * TICK) / Math.max(to - from, 1));
  return { at, ticks: ticks.filter((_, i) => i % every === 0) };
}

function dayTicks(first, last) {
  const span = last - first;
  const out = [];
  if (span <= 60) {
    const step = Math.max(1, Math.ceil(span / 7));
    for (let d = Math.ceil(first); d <= last; d += step) out.push([dateOf(d), "day"]);
    return out;
  }
  const months = Math.ceil(span / 30.4 / 7);
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((m) => m >= months) ?? 240;
  const date = new Date(first * DAY);
  for (let y = date.getUTCFullYear() * 12, m = Math.ceil((y + date.getUTCMonth()) / step) * step; ; m += step) {
    const tick = `${String(Math.floor(m / 12)).padStart(4, "0")}-${String((m % 12) + 1).padStart(2, "0")}-01`;
    const n = dayNumber(tick);
    if (!(n <= last) || out.length > 20) return out;
    if (n >= first) out.push([tick, "month"]);
  }
}

/** One digit after the point is enough for a drawing. */
export function round(value) {
  return Math.round(value * 10) / 10;
}
