// The ledger: what is said of each thing, as intervals over time and as a table.

import { el, narrow, newId, row, said, scrolling, svg, table } from "./dom.js";
import { growing } from "./grow.js";
import { bounds, count, cut, day, number, short } from "./words.js";
import { days, round, scale } from "./scale.js";
import { gauge } from "./explanation.js";

const COLOURS = 6;
const HEIGHT = 260;
const LEFT = 56;
const GUTTER = 96;
const MARKS = 200;
const ROWS = 16;
// A change is no level, and says nothing on the same scale; what a figure rose to is one.
const CHANGES = new Set(["additional", "up", "down"]);

/** All rows; those of which several articles speak first. */
export function ledger(corpus, link, go) {
  const rows = new Map();
  for (const f of corpus.figures) (rows.get(f.row) ?? rows.set(f.row, []).get(f.row)).push(f);
  const spread = (figures) => new Set(figures.map((f) => f.document)).size;
  const several = [...rows.values()].filter((r) => r.length > 1).sort((a, b) => spread(b) - spread(a) || b.length - a.length);
  const single = [...rows.values()].filter((r) => r.length === 1).map((r) => r[0]);
  if (!rows.size) return el("p", { class: "rp-soft" }, "No figures were found.");
  const list = el("div", { class: "rp-ledger" });
  return [
    ...growing(list, several, (figures) => thing(corpus, figures, link, go), { step: 8, noun: "thing told of more than once", plural: "things told of more than once" }),
    single.length > 0 && alone(corpus, single, link, several.length === 0),
  ];
}

function alone(corpus, figures, link, open) {
  const head = [["Said on", "rp-nowrap"], ["About", "rp-where"], ["Figure", "rp-figure-cell"], ["Source", "rp-from"], ["Certainty", "rp-firm"], ["In its words", "rp-words"]];
  const filled = table("Figures of which no other account speaks", head, []);
  const draw = (f) => row([day(f.said_on), said(f.label), figure(f, link), said(f.source ?? "nobody named"), certain(f), words(corpus, f)], head);
  const [, more] = growing(filled.querySelector("tbody"), figures, draw, { step: 40, noun: "figure" });
  return el("details", { class: "rp-details", open }, el("summary", null, `${count(figures.length, "figure")} told only once`), scrolling("Figures told only once", filled), more);
}

/** One row of the ledger. */
function thing(corpus, figures, link, go) {
  const id = newId("row");
  const ordered = [...figures].sort((a, b) => (a.said_on ?? "9999").localeCompare(b.said_on ?? "9999") || a.index - b.index);
  const series = corpus.series.filter((s) => s.row === figures[0].row);
  const origins = colours(ordered);
  const drawn = ordered.filter((f) => !CHANGES.has(f.change) && [f.low, f.high].some((v) => v !== null));
  return el(
    "section",
    { class: "rp-thing", "aria-labelledby": id },
    el("h3", { id }, said(upper(figures[0].label))),
    el("p", { class: "rp-soft" }, lead(figures, series)),
    drawn.length > 1 && el("div", { class: "rp-drawing" }, chart(figures[0].label, fewer(drawn), series, origins, go), key(origins)),
    tableOf(corpus, ordered, drawn, origins, link),
  );
}

function upper(label) {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function lead(figures, series) {
  const documents = new Set(figures.map((f) => f.document)).size;
  const origins = new Set(figures.map((f) => f.origin)).size;
  const told = `${count(figures.length, "figure")} in ${count(documents, "article")}, from ${count(origins, "origin")}.`;
  const last = series.at(-1);
  // One origin agrees with itself.
  if (!last || last.origins < 2) return told;
  const interval = last.low !== null && last.low === last.high ? number(last.low) : last.low === null ? `at most ${number(last.high)}` : last.high === null ? `at least ${number(last.low)}` : `${number(last.low)} to ${number(last.high)}`;
  return `${told} As of ${day(last.date)}, ${last.origins} of ${last.of} origins agree on ${interval}${last.disputed ? "; others differ" : ""}.`;
}

/** What is drawn: figures that look the same once, and no more than can be told apart. */
function fewer(figures) {
  const seen = new Map();
  for (const f of figures) seen.set([f.said_on, f.origin, f.low, f.high, f.value, f.certainty >= 2].join("|"), f);
  const distinct = [...seen.values()];
  const every = Math.ceil(distinct.length / MARKS);
  return distinct.filter((_, i) => i % every === 0);
}

/** Each origin has a number: the first ones a colour of their own, the others one together. */
function colours(figures) {
  const counts = new Map();
  for (const f of figures) counts.set(f.origin, (counts.get(f.origin) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return new Map(names.map((name, i) => [name, Math.min(i, COLOURS)]));
}

function key(origins) {
  const shown = [...origins].filter(([, c]) => c < COLOURS);
  const dot = (c) => svg("svg", { class: "rp-swatch", viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("circle", { class: `rp-dot rp-c${c}`, cx: 5, cy: 5, r: 4 }));
  return el("ul", { class: "rp-key", "aria-label": "Origins" },
    shown.map(([name, c]) => el("li", null, dot(c), said(cut(name ?? "nobody named", 40)))),
    origins.size > shown.length && el("li", null, dot(COLOURS), count(origins.size - shown.length, "other")),
    el("li", { class: "rp-soft" }, "● certain  ◐ probable  ○ possible"));
}

// The table has the same figures as links; in the drawing they are for the eye and the pointer.
function chart(label, figures, series, origins, go) {
  const width = narrow() ? 400 : 760;
  const dated = figures.filter((f) => f.said_on);
  const undated = figures.filter((f) => !f.said_on);
  const ends = figures.flatMap((f) => [f.low, f.high]).concat(series.flatMap((s) => [s.low, s.high])).filter((v) => v !== null);
  const right = width - (undated.length && dated.length ? GUTTER : 16);
  const y = scale(ends, HEIGHT - 34, 14);
  const x = dated.length ? days([...dated, ...series].map((f) => f.said_on ?? f.date), LEFT + (narrow() ? 12 : 26), right - (narrow() ? 18 : 30)) : null;
  const ids = [newId("title"), newId("desc")];
  const gap = (LEFT + width - 16) / 2;
  return svg(
    "svg",
    { class: "rp-chart", viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-labelledby": ids.join(" ") },
    svg("title", { id: ids[0] }, `Intervals over time: ${label}`),
    svg("desc", { id: ids[1] }, `${count(figures.length, "figure")} as intervals by the day on which they were said. The table that follows has the same figures.`),
    y.ticks.map((t) => [svg("line", { class: "rp-grid", x1: LEFT, x2: width - 8, y1: y.at(t), y2: y.at(t) }),
      svg("text", { class: "rp-tick", x: LEFT - 8, y: y.at(t) + 4, "text-anchor": "end" }, short(t))]),
    x && x.ticks.map(([date, unit]) => svg("text", { class: "rp-tick", x: x.at(date), y: HEIGHT - 10, "text-anchor": "middle" }, unit === "day" ? day(date).replace(/ \d{4}$/, "") : day(date).replace(/^\d+ /, ""))),
    x && undated.length > 0 && svg("line", { class: "rp-divide", x1: right, x2: right, y1: 8, y2: HEIGHT - 26 }),
    undated.length > 0 && svg("text", { class: "rp-tick", x: x ? (right + width - 8) / 2 : gap, y: HEIGHT - 10, "text-anchor": "middle" }, "undated"),
    x && band(series, x, y, right),
    spread(dated, (f) => f.said_on, narrow() ? 20 : 30).map(([f, off]) => mark(f, x.at(f.said_on) + off, y, origins, go)),
    spread(undated, () => "", x ? GUTTER - 24 : width - LEFT - 60).map(([f, off]) => mark(f, (x ? (right + width - 8) / 2 : gap) + off, y, origins, go)),
  );
}

/** Figures of one day stand side by side. */
function spread(figures, of, room) {
  const groups = new Map();
  for (const f of figures) (groups.get(of(f)) ?? groups.set(of(f), []).get(of(f))).push(f);
  return figures.map((f) => {
    const group = groups.get(of(f));
    const step = group.length > 1 ? Math.min(14, room / (group.length - 1)) : 0;
    return [f, round((group.indexOf(f) - (group.length - 1) / 2) * step)];
  });
}

/** Where the most origins agree, from day to day. */
function band(series, x, y, right) {
  if (series.length < 2) return null;
  return series.map((s, i) => {
    if (s.origins < 2) return null;
    const x1 = x.at(s.date);
    const x2 = i + 1 < series.length ? x.at(series[i + 1].date) : right - 8;
    const [top, bottom] = [s.high === null ? 8 : y.at(s.high), s.low === null ? HEIGHT - 34 : y.at(s.low)];
    return svg("rect", { class: "rp-band", x: x1, y: round(top - 2), width: Math.max(round(x2 - x1), 1), height: round(Math.max(bottom - top, 0) + 4) });
  });
}

function mark(f, x, y, origins, go) {
  const kind = `rp-c${origins.get(f.origin)}`;
  const open = f.low === null || f.high === null;
  const points = [f.low, f.high].filter((v) => v !== null).map(y.at);
  const middle = f.value !== null && f.value !== undefined ? y.at(f.value) : points.reduce((a, b) => a + b, 0) / points.length;
  const fill = f.certainty >= 2 ? "full" : f.certainty >= 1 ? "half" : "none";
  const far = f.high === null ? Math.max(middle - 34, 6) : Math.min(middle + 34, HEIGHT - 30);
  const up = f.high === null ? 1 : -1;
  return svg(
    "g",
    { class: `rp-figure-mark ${kind}`, onclick: () => go(routeOf(f)) },
    svg("title", null, `${bounds(f)}${f.hypothetical ? " (possible)" : ""}, ${f.source ?? "nobody named"}, ${day(f.said_on)}`),
    svg("rect", { class: "rp-hit", x: x - 7, y: Math.min(...points, middle, open ? far : middle) - 7, width: 14, height: Math.abs(Math.max(...points, middle, open ? far : middle) - Math.min(...points, middle, open ? far : middle)) + 14 }),
    !open && points[0] !== points[1] && svg("line", { class: "rp-interval", x1: x, x2: x, y1: points[0], y2: points[1] }),
    open && [svg("line", { class: "rp-open", x1: x, x2: x, y1: middle, y2: far }),
      svg("path", { class: "rp-arrow", d: `M${x - 4} ${far + 6 * up}L${x} ${far}L${x + 4} ${far + 6 * up}` })],
    svg("circle", { class: fill === "full" ? "rp-dot" : "rp-ring", cx: x, cy: middle, r: 5 }),
    fill === "half" && svg("path", { class: "rp-half", d: `M${x} ${middle - 5}A5 5 0 0 0 ${x} ${middle + 5}Z` }),
  );
}

function routeOf(f) {
  return `d${f.document}.${f.start}-${f.end}`;
}

function tableOf(corpus, figures, drawn, origins, link) {
  const ends = drawn.flatMap((f) => [f.low, f.high]).filter((v) => v !== null);
  const x = ends.length ? scale(ends, 6, 114) : null;
  const places = figures.some((f) => f.place);
  const head = [["Said on", "rp-nowrap"], ["Figure", "rp-figure-cell"], x && drawn.length > 1 && ["Interval", "rp-interval-cell"], places && ["Where", "rp-where"], ["Source", "rp-from"], ["Certainty", "rp-firm"], ["In its words", "rp-words"]].filter(Boolean);
  const draw = (f) => row([
    day(f.said_on),
    figure(f, link),
    x && drawn.length > 1 && [small(f, x, origins)],
    places && [said(f.place)],
    said(f.source ?? "nobody named"),
    certain(f),
    words(corpus, f),
  ].filter((cell) => cell !== false && cell !== null), head);
  const filled = table(el("span", { class: "rp-heard" }, `Figures: ${figures[0].label}`), head, []);
  const [, more] = growing(filled.querySelector("tbody"), figures, draw, { step: ROWS, noun: "figure" });
  return [scrolling(`Figures: ${figures[0].label}`, filled), more];
}

function figure(f, link) {
  const notes = [f.hypothetical && "possible", f.part && "part"].filter(Boolean).join(", ");
  return [link(routeOf(f), el("b", null, bounds(f))), notes && el("span", { class: "rp-soft" }, ` ${notes}`)];
}

function certain(f) {
  const word = Math.abs(f.certainty) >= 2 ? "certain" : Math.abs(f.certainty) >= 1 ? "probable" : f.certainty ? "possible" : "unknown";
  return [gauge(f.certainty), " ", f.certainty < 0 ? `${word} not` : word];
}

/** The interval on a line, on one scale for the whole table. */
function small(f, x, origins) {
  if (CHANGES.has(f.change) || (f.low === null && f.high === null)) return null;
  const [a, b] = [f.low === null ? 2 : x.at(f.low), f.high === null ? 118 : x.at(f.high)];
  const kind = `rp-c${origins.get(f.origin)}`;
  return svg("svg", { class: `rp-small ${kind}`, viewBox: "0 0 120 16", "aria-hidden": "true" },
    svg("line", { class: "rp-grid", x1: 2, x2: 118, y1: 8, y2: 8 }),
    a !== b && svg("line", { class: f.low === null || f.high === null ? "rp-open" : "rp-interval", x1: a, x2: b, y1: 8, y2: 8 }),
    f.low !== null && svg("circle", { class: "rp-dot", cx: a, cy: 8, r: 3.5 }),
    f.high !== null && a !== b && svg("circle", { class: "rp-dot", cx: b, cy: 8, r: 3.5 }));
}

/** The sentence around a figure, cut to what is near it. */
function words(corpus, f) {
  const text = corpus.documents[f.document].text;
  const [first, last] = f.quote;
  const room = 90;
  const from = f.start - first > room ? text.indexOf(" ", f.start - room) + 1 || f.start : first;
  const to = last - f.end > room ? Math.max(text.lastIndexOf(" ", f.end + room), f.end) : last;
  const line = (a, b) => text.slice(a, b).replace(/\s+/g, " ");
  return el("bdi", { class: "rp-quote" }, from > first && "… ", line(Math.min(from, f.start), f.start), el("b", null, line(f.start, f.end)), line(f.end, to), to < last && " …");
}
