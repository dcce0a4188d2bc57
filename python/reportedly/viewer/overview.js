// What the corpus is, and what a reader should know first.

import { add, el, newId, said } from "./dom.js";
import { growing } from "./grow.js";
import { count, cut, language, listed, number, period, plain } from "./words.js";
import { where } from "./explanation.js";
import { storyName } from "./filters.js";

const PASSAGES = 4;
const GRAVE = { 3: "Grave", 2: "Important", 1: "Worth knowing" };

/** The corpus in a few sentences and figures. */
export function overview(corpus, link) {
  const documents = corpus.documents;
  const dates = documents.map((d) => d.published).filter(Boolean).sort();
  const undated = documents.length - dates.length;
  const own = corpus.claims.filter((c) => c.kind === "narrated").length;
  const tally = (name) => [...documents.reduce((m, d) => m.set(d[name], (m.get(d[name]) ?? 0) + 1), new Map())].sort((a, b) => b[1] - a[1]);
  const outlets = tally("outlet").filter(([o]) => o);
  const languages = tally("language").filter(([l]) => l);
  const rows = new Set(corpus.figures.map((f) => f.row));
  const facts = [
    ["Articles", number(documents.length), dates.length ? [period(dates[0], dates.at(-1)), undated > 0 && `, ${number(undated)} undated`] : documents.length ? "none of them dated" : null],
    ["Claims", number(corpus.claims.length - own), `attributed; ${number(own)} more in the outlets’ own voice`],
    ["Sources", number(corpus.parties.filter((p) => p.type !== "outlet").length), `${number(corpus.parties.filter((p) => p.spellings.length > 1).length)} of them written in several ways`],
    ["Figures", number(corpus.figures.length), `about ${count(rows.size, "thing")}`],
  ];
  const several = corpus.stories.filter((s) => s.documents.length > 1);
  return [
    el("dl", { class: "rp-totals" }, facts.map(([name, n, about]) => el("div", null, el("dt", null, name), el("dd", null, el("b", null, n), " ", el("span", { class: "rp-soft" }, about))))),
    el("dl", { class: "rp-facts rp-about-corpus" },
      outlets.length > 0 && [el("dt", null, "Outlets"), el("dd", null, named(outlets, (o) => link(`q?${new URLSearchParams({ outlet: o, voice: "all" })}`, said(o))))],
      languages.length > 0 && [el("dt", null, languages.length > 1 ? "Languages" : "Language"), el("dd", null, named(languages, (l) => language(l), languages.length > 1))],
      several.length > 0 && [el("dt", null, several.length > 1 ? "Stories" : "Story"), el("dd", null, stories(several, corpus, link))]),
    problems(corpus),
  ];
}

/** "A (3), B (2) and 4 more". */
function named(counted, show, counts = true) {
  const many = 12;
  const rest = counted.length - many;
  return [counted.slice(0, many).map(([name, n], i) => [i > 0 && ", ", show(name), counts && el("span", { class: "rp-soft" }, ` (${number(n)})`)]),
    rest > 0 && ` and ${number(rest)} more`];
}

function stories(several, corpus, link) {
  const list = el("ul", { class: "rp-plain" });
  return growing(list, [...several].sort((a, b) => b.documents.length - a.documents.length), (s) =>
    el("li", null, corpus.stories.length > 1 ? link(`q?story=${s.index}&voice=all`, said(storyName(s))) : said(storyName(s)),
      el("span", { class: "rp-soft" }, `, ${count(s.documents.length, "article")}`)), { step: 6, noun: "story", plural: "stories" });
}

function problems(corpus) {
  if (!corpus.problems.length) return null;
  const list = el("ul", { class: "rp-problems" });
  const nodes = growing(list, corpus.problems, (p) => el("li", null, el("b", null, `${p.severity}: `), said(p.message), p.advice && ["; ", said(p.advice)]), { step: 50, noun: "problem" });
  return el("details", { class: "rp-details" }, el("summary", null, `${count(corpus.problems.length, "article or passage", "articles or passages")} not read, or read with a reservation`), ...nodes);
}

/** Findings, the gravest first. */
export function findings(corpus, link) {
  if (!corpus.findings.length) return el("p", { class: "rp-soft" }, "No contradiction, denial, copy, update or odd date was found.");
  const kinds = new Map();
  for (const f of corpus.findings) kinds.set(f.kind, (kinds.get(f.kind) ?? 0) + 1);
  const place = el("div");
  const draw = (kind) => {
    const chosen = corpus.findings.filter((f) => !kind || f.kind === kind);
    place.replaceChildren(...growing(el("ol", { class: "rp-findings" }), chosen, (f) => finding(corpus, f, link), { step: 12, noun: "finding" }));
  };
  draw("");
  const summary = listed([...kinds].map(([kind, n]) => `${number(n)} ${plain(kind)}`));
  return [
    corpus.findings.length > 5 && el("p", { class: "rp-soft" }, `${count(corpus.findings.length, "finding")}: ${summary}.`),
    kinds.size > 1 && corpus.findings.length > 12 && choice([...kinds.keys()], draw),
    place,
  ];
}

function choice(kinds, draw) {
  const id = newId("kind");
  const select = el("select", { id }, el("option", { value: "" }, "all kinds"), kinds.map((kind) => el("option", { value: kind }, plain(kind))));
  select.addEventListener("change", () => draw(select.value));
  return el("div", { class: "rp-field rp-choice" }, el("label", { for: id }, "Show"), select);
}

function finding(corpus, f, link) {
  const passages = f.evidence.map((e) => passage(corpus, e, link));
  const rest = passages.slice(PASSAGES);
  return el(
    "li",
    { class: `rp-finding rp-severity-${f.severity}` },
    el("p", null, el("span", { class: `rp-kind rp-kind-${f.severity}`, title: GRAVE[f.severity] }, plain(f.kind)), " ", message(corpus, f, link)),
    passages.length > 0 && el("ul", { class: "rp-passages" }, passages.slice(0, PASSAGES)),
    rest.length > 0 && el("details", null, el("summary", null, count(rest.length, "more passage")), el("ul", { class: "rp-passages" }, rest)),
  );
}

/** A finding's sentence; ids of articles become their numbers, which lead to them. */
function message(corpus, f, link) {
  return el("bdi", null, corpus.parts(f.message).map((part) =>
    typeof part === "string" ? part : link(`d${part.index}`, `article ${part.index + 1}`)));
}

/** Words of an article that lead to where they stand. */
export function passage(corpus, { document, start, end }, link) {
  const node = el("li", null, link(`d${document}.${start}-${end}`, said(cut(corpus.slice(document, start, end), 220), { class: "rp-quote" })));
  add(node, [el("span", { class: "rp-soft" }, " ", where(corpus, corpus.documents[document]))]);
  return node;
}
