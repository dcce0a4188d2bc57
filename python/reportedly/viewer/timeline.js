// When the claims were made: how many a day, and by whom.

import { el, narrow, newId, said, scrolling, svg, table } from "./dom.js";
import { count, cut, day, month, number, period } from "./words.js";
import { dateOf, dayNumber, days, round, scale } from "./scale.js";

const BARS = 110;
const LANE = 26;
const LANES = 12;
// Up to so many days each has a bar; then weeks, then months.
const DAYS = 62;
const WEEKS = 420;
const LABELS = ["certain", "probable", "possible", "unknown"];

/** The drawing and its table. */
export function timeline(corpus, link, go) {
  const claims = corpus.claims.filter((c) => c.kind !== "narrated");
  const dated = claims.filter((c) => corpus.documents[c.document].published);
  if (!dated.length) return el("p", { class: "rp-soft" }, "No article with attributed claims has a date.");
  const dates = dated.map((c) => corpus.documents[c.document].published).sort();
  const unit = unitOf(dayNumber(dates.at(-1)) - dayNumber(dates[0]));
  const ordered = [...byPeriod(corpus, dated, unit)].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const left = claims.length - dated.length;
  const lanes = speakers(corpus, new Set(dated.map((c) => c.index)));
  return [
    el("p", { class: "rp-soft" }, `Attributed claims by the ${unit.name} of the article, ${period(dates[0], dates.at(-1))}${left ? `; ${count(left, "claim")} of undated articles left out` : ""}.`),
    el("div", { class: "rp-drawing" }, chart(corpus, ordered, unit, lanes, go), key()),
    el("details", { class: "rp-details" }, el("summary", null, "The same as a table"), scrolling("Claims over time", tableOf(ordered, unit, link))),
  ];
}

function byPeriod(corpus, claims, unit) {
  const periods = new Map();
  for (const c of claims) {
    const begin = unit.begin(corpus.documents[c.document].published);
    (periods.get(begin) ?? periods.set(begin, []).get(begin)).push(c);
  }
  return periods;
}

function unitOf(span) {
  if (span <= DAYS) return { name: "day", begin: (d) => d, end: (d) => d, label: day };
  if (span <= WEEKS) {
    // Weeks begin on Monday; day 4 of 1970 was one.
    const begin = (d) => dateOf(Math.floor((dayNumber(d) - 4) / 7) * 7 + 4);
    return { name: "week", begin, end: (d) => dateOf(dayNumber(d) + 6), label: (d) => `week of ${day(d)}` };
  }
  const begin = (d) => `${d.slice(0, 7)}-01`;
  return { name: "month", begin, end: (d) => dateOf(dayNumber(begin(dateOf(dayNumber(d) + 31))) - 1), label: month };
}

function speakers(corpus, dated) {
  return corpus.parties
    .filter((p) => p.type !== "outlet")
    .map((party) => ({ party, claims: party.claims.filter((c) => dated.has(c)).map((c) => corpus.claims[c]) }))
    .filter((lane) => lane.claims.length)
    .sort((a, b) => b.claims.length - a.claims.length || a.party.index - b.party.index)
    .slice(0, LANES);
}

function chart(corpus, periods, unit, lanes, go) {
  const size = narrow() ? { width: 400, left: 126, letters: 15 } : { width: 760, left: 190, letters: 27 };
  const { width, left } = size;
  const x = days(periods.map(([d]) => d), left + 26, width - 30);
  const most = Math.max(...periods.map(([, c]) => c.length));
  const y = scale([0, most], BARS, 12);
  const height = BARS + 30 + lanes.length * LANE + 8;
  const ids = [newId("title"), newId("desc")];
  const gaps = periods.slice(1).map(([d], i) => x.at(d) - x.at(periods[i][0]));
  const wide = Math.max(3, Math.min(30, ...gaps.map((g) => g * 0.8)));
  const often = Math.max(...lanes.flatMap((lane) => [...byPeriod(corpus, lane.claims, unit).values()].map((c) => c.length)));
  const largest = Math.min(LANE / 2 - 2, Math.max(3.5, Math.min(...gaps, LANE) / 2 - 0.5));
  // By area, as eyes compare.
  const radius = (n) => round(Math.max(2, Math.sqrt(n / Math.max(often, 4)) * largest));
  return svg(
    "svg",
    { class: "rp-chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": ids.join(" ") },
    svg("title", { id: ids[0] }, "Claims over time"),
    svg("desc", { id: ids[1] }, `Bars: how many claims each ${unit.name}, by certainty. Dots below: when the most quoted sources spoke. The table has the same numbers.`),
    y.ticks.filter(Number.isInteger).map((t) => [svg("line", { class: "rp-grid", x1: left, x2: width - 8, y1: y.at(t), y2: y.at(t) }),
      svg("text", { class: "rp-tick", x: left - 8, y: y.at(t) + 4, "text-anchor": "end" }, number(t))]),
    periods.map(([begin, claims]) => bar(begin, claims, x.at(begin), y, wide, unit, go)),
    x.ticks.map(([date, kind]) => svg("text", { class: "rp-tick", x: x.at(date), y: BARS + 18, "text-anchor": "middle" }, kind === "day" ? day(date).replace(/ \d{4}$/, "") : month(date))),
    lanes.map((lane, i) => laneOf(corpus, lane, BARS + 30 + LANE * i + LANE / 2, x, unit, go, { ...size, radius })),
  );
}

function bar(begin, claims, x, y, wide, unit, go) {
  let below = 0;
  const parts = LABELS.map((label) => {
    const n = claims.filter((c) => c.label === label).length;
    const [bottom, top] = [y.at(below), y.at(below + n)];
    below += n;
    return n > 0 && svg("rect", { class: `rp-bar rp-l-${label}`, x: round(x - wide / 2), y: top, width: round(wide), height: round(bottom - top) });
  });
  return svg("g", { class: "rp-figure-mark", onclick: () => go(`q?since=${begin}&until=${unit.end(begin)}`) },
    svg("title", null, `${unit.label(begin)}: ${count(claims.length, "claim")}`), parts);
}

function laneOf(corpus, { party, claims }, y, x, unit, go, { width, left, letters, radius }) {
  const at = byPeriod(corpus, claims, unit);
  return svg("g", null,
    svg("line", { class: "rp-grid", x1: left, x2: width - 8, y1: y, y2: y }),
    svg("text", { class: "rp-lane", x: left - 10, y: y + 4, "text-anchor": "end" }, cut(party.name, letters)),
    [...at].map(([begin, said_]) => svg("g", { class: "rp-figure-mark", onclick: () => go(said_.length === 1 ? `c${said_[0].index}` : `q?${new URLSearchParams({ source: party.name, since: begin, until: unit.end(begin) })}`) },
      svg("title", null, `${party.name}, ${unit.label(begin)}: ${count(said_.length, "claim")}`),
      svg("circle", { class: "rp-dot rp-c0", cx: x.at(begin), cy: y, r: radius(said_.length) }))));
}

function key() {
  const box = (label) => svg("svg", { class: "rp-swatch", viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("rect", { class: `rp-bar rp-l-${label}`, x: 1, y: 1, width: 8, height: 8 }));
  return el("ul", { class: "rp-key", "aria-label": "Certainty" }, LABELS.map((label) => el("li", null, box(label), label)));
}

function tableOf(periods, unit, link) {
  const head = [[`${unit.name[0].toUpperCase()}${unit.name.slice(1)}`, "rp-of"], ["Claims", "rp-n"], ...LABELS.map((l) => [l, "rp-n"])];
  const rows = periods.map(([begin, claims]) => [
    link(`q?since=${begin}&until=${unit.end(begin)}`, said(unit.label(begin))),
    number(claims.length),
    ...LABELS.map((label) => number(claims.filter((c) => c.label === label).length)),
  ]);
  return table(`Claims by ${unit.name} and certainty`, head, rows);
}
