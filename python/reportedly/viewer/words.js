// Numbers, figures, dates and certainty in words.

const SIGNS = { ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< " };
const CHANGES = { additional: "+ ", up: "up ", down: "down " };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// Told by hand, not by the reader's locale: two readers of one report see the same.
/** A number as people write it. */
export function number(value) {
  if (value === null || value === undefined) return "?";
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return grouped(String(value));
  if (Math.abs(value) >= 1e15 || Math.abs(value) < 1e-4) return value.toExponential(2).replace("e+", "e");
  const digits = String(Number(value.toPrecision(4)));
  const [whole, rest] = digits.split(".");
  return rest ? `${grouped(whole)}.${rest}` : grouped(whole);
}

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A number on an axis: 1.2M. */
export function short(value) {
  const size = Math.abs(value);
  for (const [unit, name] of [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e4, "k"]]) {
    if (size >= unit) {
      const by = unit === 1e4 ? 1e3 : unit;
      return `${number(Number((value / by).toPrecision(3)))}${name}`;
    }
  }
  return number(Number(value.toPrecision(6)));
}

/** "3 articles", "1 article". */
export function count(n, noun, plural) {
  return `${number(n)} ${n === 1 ? noun : plural ?? `${noun}s`}`;
}

/** "date_anomaly" as people say it. */
export function plain(kind) {
  return (kind ?? "").replaceAll("_", " ");
}

/** The figure with its bound: "≥ 3,000", "1,000 to 3,000", "about 1,500", "+ 1,000". */
export function bounds(f) {
  let sign = "";
  let shown;
  if (f.relation === "range" || (f.value === null && f.low !== null && f.high !== null && f.low !== f.high)) {
    shown = `${number(f.low)} to ${number(f.high)}`;
  } else {
    const ends = { ">=": f.low, ">": f.low, "<=": f.high, "<": f.high };
    shown = number(f.value ?? ends[f.relation] ?? f.low ?? f.high);
    sign = SIGNS[f.relation] ?? "";
  }
  if (f.relation === "~" || f.approximate) sign = `about ${sign}`;
  const unit = !f.unit || f.unit === "count" ? "" : f.unit === "%" ? "%" : ` ${f.unit}`;
  return (CHANGES[f.change] ?? "") + sign + shown + unit;
}

/** "25 Oct 2024" of "2024-10-25". */
export function day(date) {
  if (!date) return "undated";
  const [year, month, d] = date.split("-");
  return `${Number(d)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** "Oct 2024" of "2024-10-25". */
export function month(date) {
  const [year, m] = date.split("-");
  return `${MONTHS[Number(m) - 1] ?? m} ${year}`;
}

/** "24–26 Oct 2024", as short as it can be told. */
export function period(first, last) {
  return !first ? "undated" : first === last ? day(first) : `${day(first)} to ${day(last)}`;
}

/** Certainty in words: "probable", "certain not". */
export function certainty(claim) {
  return claim.certainty < 0 ? `${claim.label} not` : claim.label;
}

/** At most so many characters of one line, cut at a space. */
export function cut(value, room) {
  const line = value.replace(/\s+/g, " ").trim();
  if (line.length <= room) return line;
  const at = line.lastIndexOf(" ", room);
  let end = at > room * 0.6 ? at : room;
  // Not through the middle of a pair of surrogates.
  if (/[\ud800-\udbff]/.test(line[end - 1])) end -= 1;
  return `${line.slice(0, end)}…`;
}

/** "a, b and c". */
export function listed(items) {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** Names of languages, for the codes that are met. */
export function language(code) {
  const names = { en: "English", de: "German", fr: "French", es: "Spanish", ru: "Russian", uk: "Ukrainian", ko: "Korean",
    zh: "Chinese", ja: "Japanese", ar: "Arabic", pt: "Portuguese", it: "Italian", nl: "Dutch", pl: "Polish", tr: "Turkish" };
  return names[code] ?? code;
}
