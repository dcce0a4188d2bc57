// Who says what: how often, how firmly, how far borne out by others.

import { el, row, said, scrolling, svg, table } from "./dom.js";
import { growing } from "./grow.js";
import { claimLine } from "./explanation.js";
import { count, number } from "./words.js";
import { round } from "./scale.js";

const LABELS = ["certain", "probable", "possible", "unknown"];
const CLAIMS = 8;

/** The table of sources, which can be sorted by each of its numbers. */
export function sources(corpus, link) {
  const rows = corpus.parties.filter((p) => p.type !== "outlet").map((party) => measure(corpus, party));
  if (!rows.length) return el("p", { class: "rp-soft" }, "No article names a source.");
  const place = el("div");
  const orders = {
    claims: (r) => -r.claims.length,
    articles: (r) => -r.articles,
    firm: (r) => -r.firm,
    corroborated: (r) => -r.corroborated,
    name: null,
  };
  const status = el("span", { class: "rp-heard", role: "status", "aria-live": "polite" });
  const draw = (by, tell) => {
    const order = orders[by];
    const sorted = [...rows].sort((a, b) => (order ? order(a) - order(b) : 0) || (by === "name" ? a.party.name.localeCompare(b.party.name, "en") : b.claims.length - a.claims.length) || a.party.index - b.party.index);
    place.replaceChildren(...drawn(corpus, sorted, by, link));
    for (const button of place.querySelectorAll(".rp-sort")) button.addEventListener("click", () => {
      draw(button.dataset.by, true);
      place.querySelector(`.rp-sort[data-by="${button.dataset.by}"]`).focus({ preventScroll: true });
    });
    if (tell) status.textContent = `Sorted by ${by === "firm" ? "certainty" : by}.`;
  };
  draw("claims", false);
  return [place, status];
}

function measure(corpus, party) {
  const claims = party.claims.map((c) => corpus.claims[c]);
  const documents = new Set(claims.map((c) => c.document));
  const outlets = new Set([...documents].map((d) => corpus.documents[d].outlet).filter(Boolean));
  const labels = LABELS.map((label) => claims.filter((c) => c.label === label).length);
  return {
    party,
    claims,
    articles: documents.size,
    outlets: outlets.size,
    labels,
    firm: claims.reduce((sum, c) => sum + Math.abs(c.certainty), 0) / (claims.length || 1),
    corroborated: claims.filter((c) => corpus.corroborated.has(c.index)).length,
    denials: claims.filter((c) => c.negative || c.act === "deny" || c.act === "decline").length,
  };
}

function drawn(corpus, rows, by, link) {
  const sort = (name, text) => [el("button", { type: "button", class: by === name ? "rp-sort rp-sorted" : "rp-sort", "data-by": name }, text), name === "name" ? "rp-of" : name === "firm" ? null : "rp-n"];
  const head = [sort("name", "Source"), sort("claims", "Claims"), sort("articles", "Articles"), sort("firm", "How firm"), sort("corroborated", "Corroborated"), ["Denials", "rp-n"]];
  const filled = table("Sources: how often, how firm, how corroborated", head, []);
  [...filled.querySelectorAll("th")].forEach((th) => {
    if (th.querySelector(`[data-by="${by}"]`)) th.setAttribute("aria-sort", by === "name" ? "ascending" : "descending");
  });
  const [, more] = growing(filled.querySelector("tbody"), rows, (r) => row(line(corpus, r, link), head), { step: 25, noun: "source" });
  return [scrolling("Table of sources", filled), more];
}

function line(corpus, r, link) {
  const { party } = r;
  const what = [party.role, party.type, party.country].filter(Boolean);
  return [
    [details(corpus, r, link), el("span", { class: "rp-soft" }, what.map((part, i) => [i > 0 && " · ", said(part)]))],
    link(`q?${new URLSearchParams({ source: party.name })}`, number(r.claims.length)),
    [number(r.articles), r.outlets > 1 && el("span", { class: "rp-soft" }, ` (${count(r.outlets, "outlet")})`)],
    profile(r),
    r.corroborated ? `${number(r.corroborated)} of ${number(r.claims.length)}` : "0",
    number(r.denials),
  ];
}

function details(corpus, r, link) {
  const body = el("div", { class: "rp-said" });
  const node = el("details", { class: "rp-source-details" }, el("summary", null, said(r.party.name)), body);
  // A thousand sources have many claims: their lines are drawn when they are asked for.
  node.addEventListener("toggle", () => {
    if (!node.open || body.childNodes.length) return;
    const spellings = r.party.spellings;
    const list = el("ul", { class: "rp-plain" });
    if (spellings.length) body.append(el("p", { class: "rp-soft" }, "written ", spellings.slice(0, 12).map(([s], i) => [i > 0 && ", ", "“", said(s), "”"])));
    body.append(...growing(list, r.claims, (c) => claimLine(corpus, c, link), { step: CLAIMS, noun: "claim" }));
  });
  return node;
}

/** How firm the claims are, as shares of a bar. */
function profile(r) {
  const all = r.claims.length || 1;
  let x = 0;
  const told = LABELS.map((label, i) => r.labels[i] && `${r.labels[i]} ${label}`).filter(Boolean).join(", ");
  return [
    svg("svg", { class: "rp-profile", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": told },
      svg("title", null, told),
      LABELS.map((label, i) => {
        const width = (r.labels[i] / all) * 100;
        const rect = width > 0 && svg("rect", { class: `rp-bar rp-l-${label}`, x: round(x), y: 0, width: round(width), height: 10 });
        x += width;
        return rect;
      })),
  ];
}
