// An article's text with its claims marked. Marks may nest, overlap and repeat.

import { el, text } from "./dom.js";
import { cut, day } from "./words.js";

// Which role shows where several lie over each other: the innermost matter first.
const ORDER = ["cue", "source", "content"];
const OUTSIDE = new Set(["teaser", "navigation", "comment", "notice", "foreign"]);

/**
 * The article. `shown(claim)` says which claims are marked; `passage` is `{start, end}` or nothing. The parts of a claim
 * light up together under the pointer and the focus; `choose(claim)` is called for a click on any of them.
 */
export function article(corpus, document, { shown, passage, link, choose }) {
  const parts = new Map();
  const claims = [];
  for (let i = document.first; i < document.last; i += 1) if (shown(corpus.claims[i])) claims.push(corpus.claims[i]);
  const pieces = cutUp(document, claims, passage);
  const anchored = new Set();
  let at = 0;
  const body = el("div", { class: "rp-body" });
  for (const block of document.blocks) {
    const paragraph = el("p", { class: OUTSIDE.has(block.kind) ? `rp-outside rp-${block.kind}` : `rp-${block.kind}`, dir: "auto" });
    while (at < pieces.length && pieces[at].end <= block.start) at += 1;
    for (; at < pieces.length && pieces[at].start < block.end; at += 1) {
      paragraph.append(...piece(document, pieces[at], { anchored, parts, link }));
    }
    body.append(paragraph);
  }
  listen(body, parts, corpus, choose);
  return { node: el("article", { class: "rp-article" }, head(corpus, document), body), parts, claims };
}

function head(corpus, document) {
  const about = [document.outlet, document.published ? day(document.published) : "undated", document.byline, document.dateline];
  const title = document.blocks.some((b) => b.kind === "title");
  return el(
    "header",
    { class: "rp-head" },
    el("p", { class: "rp-about" }, about.filter(Boolean).map((part, i) => [i > 0 && " · ", el("bdi", null, part)])),
    el("h3", { tabindex: "-1", class: title ? "rp-small-title" : null }, el("bdi", null, cut(corpus.name(document), 240))),
    el("p", { class: "rp-about" }, address(document)),
  );
}

function address(document) {
  if (!document.url) return document.path && document.path !== document.id ? el("bdi", null, document.path) : el("bdi", null, document.id);
  // Only addresses of the web are links; anything else that stands in the field is told as it is.
  if (!/^https?:\/\//i.test(document.url)) return el("bdi", null, document.url);
  return el("a", { href: document.url, target: "_blank", rel: "noopener noreferrer", class: "rp-url" }, el("bdi", null, document.url));
}

/** Stretches of text over which the same marks lie, in order. One sweep, however the marks lie. */
function cutUp(document, claims, passage) {
  const marks = [];
  for (const claim of claims) {
    for (const role of ["source", "cue", "content", "figure"]) {
      const spans = claim.spans[role];
      for (let i = 0; i < spans.length; i += 2) marks.push({ start: spans[i], end: spans[i + 1], role, claim });
    }
  }
  if (passage) marks.push({ start: passage.start, end: passage.end, role: "passage", claim: null });
  const opens = [...marks].sort((a, b) => a.start - b.start);
  const cuts = new Set();
  for (const b of document.blocks) cuts.add(b.start).add(b.end);
  for (const m of marks) cuts.add(m.start).add(m.end);
  const order = [...cuts].sort((a, b) => a - b);
  const pieces = [];
  let active = [];
  let next = 0;
  for (let i = 0; i + 1 < order.length; i += 1) {
    const [start, end] = [order[i], order[i + 1]];
    active = active.filter((m) => m.end > start);
    while (next < opens.length && opens[next].start <= start) {
      if (opens[next].end > start) active.push(opens[next]);
      next += 1;
    }
    pieces.push({ start, end, marks: active });
  }
  return pieces;
}

/** The nodes of a piece, those of a claim noted in `parts`. */
function piece(document, { start, end, marks }, { anchored, parts, link }) {
  const words = document.text.slice(start, end);
  if (!marks.length) return text(words);
  const ofClaims = marks.filter((m) => m.claim).sort((a, b) => a.end - a.start - (b.end - b.start));
  const roles = new Set(marks.map((m) => m.role));
  const shown = ORDER.find((role) => roles.has(role));
  const classes = ["rp-mark", shown && `rp-${shown}`, roles.has("figure") && "rp-figure", roles.has("passage") && "rp-passage"];
  const claims = [...new Set(ofClaims.map((m) => m.claim.index))];
  // Every claim can be reached by keys once: at its cue, or where it begins if it has none.
  const first = ofClaims.find((m) => !anchored.has(m.claim.index) && words.trim() && m.role === (m.claim.spans.cue.length ? "cue" : "content"));
  const node = first ? link(`c${first.claim.index}`, words) : el("span", null, words);
  node.classList.add(...classes.filter(Boolean));
  if (first) {
    anchored.add(first.claim.index);
    node.dataset.anchor = first.claim.index;
  }
  if (claims.length) node.dataset.claims = claims.join(" ");
  // For each claim the role that it has here, so that a chosen claim shows its own parts.
  for (const m of ofClaims) {
    const known = parts.get(m.claim.index) ?? parts.set(m.claim.index, new Map()).get(m.claim.index);
    if (!known.has(node) || m.role !== "figure") known.set(node, m.role);
  }
  return [node];
}

function listen(body, parts, corpus, choose) {
  let lit = null;
  const of = (event) => {
    const node = event.target.closest?.("[data-claims]");
    return node ? Number(node.dataset.anchor ?? node.dataset.claims.split(" ")[0]) : null;
  };
  const light = (claim) => {
    if (claim === lit) return;
    for (const node of parts.get(lit)?.keys() ?? []) node.classList.remove("rp-lit");
    for (const node of parts.get(claim)?.keys() ?? []) node.classList.add("rp-lit");
    lit = claim;
  };
  body.addEventListener("pointerover", (e) => light(of(e)));
  body.addEventListener("pointerleave", () => light(null));
  body.addEventListener("focusin", (e) => light(of(e)));
  body.addEventListener("focusout", () => light(null));
  body.addEventListener("click", (e) => {
    const claim = of(e);
    // Whoever marks words to copy them does not choose.
    if (claim !== null && !e.target.closest("a, button") && !String(getSelection())) choose(corpus.claims[claim]);
  });
}

/** Marks one claim as the chosen one. */
export function choosePart(body, parts, claim) {
  for (const node of body.querySelectorAll(".rp-on")) {
    node.classList.remove("rp-on", "rp-on-source", "rp-on-cue", "rp-on-content", "rp-on-figure");
    node.removeAttribute("aria-current");
  }
  body.classList.toggle("rp-chosen", Boolean(claim && parts.has(claim.index)));
  for (const [node, role] of parts.get(claim?.index) ?? []) {
    node.classList.add("rp-on", `rp-on-${role}`);
    if (node.dataset.anchor === String(claim.index)) node.setAttribute("aria-current", "true");
  }
}
