// Articles that share text.

import { el, row, said, scrolling, svg, table } from "./dom.js";
import { growing } from "./grow.js";
import { cut, plain } from "./words.js";
import { where } from "./explanation.js";

const PASSAGES = 3;

/** One row for each pair of articles that share text. */
export function copies(corpus, link) {
  if (!corpus.copies.length) return el("p", { class: "rp-soft" }, "No two articles share text.");
  const head = [["Earlier", "rp-of"], ["Later", "rp-later"], ["The later one is", null], ["Of the earlier", null], ["Of the later", null], ["Shared passages", "rp-words"]];
  const filled = table("Articles that share text, and how much of each stands in the other", head, []);
  const [, more] = growing(filled.querySelector("tbody"), corpus.copies, (c) => row(line(corpus, c, link), head), { step: 20, noun: "pair" });
  return [scrolling("Table of articles that share text", filled), more];
}

function line(corpus, c, link) {
  const name = (i) => {
    const d = corpus.documents[i];
    return [link(`d${i}`, said(cut(corpus.name(d), 70))), el("span", { class: "rp-soft rp-block" }, where(corpus, d))];
  };
  return [name(c.earlier), name(c.later), RELATIONS[c.relation] ?? plain(c.relation), share(c.earlierInLater), share(c.laterInEarlier), passages(corpus, c, link)];
}

const RELATIONS = {
  copy: "a copy",
  cut: "a cut version",
  extended: "an extended version",
  contains: "one that contains it",
  shares_passage: "one with a shared passage",
};

function share(value) {
  return [
    svg("svg", { class: "rp-share", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: "rp-track", x: 0, y: 0, width: 100, height: 10 }),
      svg("rect", { class: "rp-bar rp-c0", x: 0, y: 0, width: Math.round(value * 100), height: 10 })),
    ` ${Math.round(value * 100)}%`,
  ];
}

function passages(corpus, c, link) {
  const one = ([a, b, x, y]) => el("li", null,
    link(`d${c.earlier}.${a}-${b}`, said(cut(corpus.slice(c.earlier, a, b), 120), { class: "rp-quote" })),
    " and ", link(`d${c.later}.${x}-${y}`, "in the later one"));
  const rest = c.passages.slice(PASSAGES);
  return [el("ul", { class: "rp-plain" }, c.passages.slice(0, PASSAGES).map(one)),
    rest.length > 0 && el("details", null, el("summary", null, `${rest.length} more`), el("ul", { class: "rp-plain" }, rest.slice(0, 50).map(one)))];
}
