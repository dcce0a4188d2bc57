// One claim in words: who, how firmly, why it is read so, who else says it and who says otherwise.

import { el, said } from "./dom.js";
import { bounds, certainty, count, cut, day, plain } from "./words.js";

const KINDS = {
  direct: "quoted word for word",
  mixed: "partly quoted",
  indirect: "told in the outlet’s words",
  narrated: "asserted by the outlet itself",
};
const MANY = 8;

/** A claim as one line: who says what, where; leads to the passage. */
export function claimLine(corpus, claim, link) {
  const document = corpus.documents[claim.document];
  return el(
    "li",
    { class: "rp-claim-line" },
    link(`c${claim.index}`, said(claim.source ?? "nobody named", { class: "rp-who" }), " ", el("span", { class: "rp-act" }, verb(claim)), " ",
      said(cut(corpus.content(claim), 160))),
    el("span", { class: "rp-soft" }, where(corpus, document)),
  );
}

/** "The Daily, 25 Oct 2024", or the title of an article without both. */
export function where(corpus, document) {
  const parts = [document.outlet ?? cut(corpus.name(document), 60), day(document.published)];
  return parts.map((part, i) => [i > 0 && ", ", said(part)]);
}

function verb(claim) {
  return claim.negative && claim.act !== "deny" ? `${claim.act} (rejects)` : claim.act;
}

/** The explanation. `host.explain(claim)`, where there is one, gives more of it. */
export function explanation(corpus, claim, link, host) {
  return el(
    "div",
    { class: "rp-explanation" },
    el("h3", null, said(claim.source ?? "Nobody named")),
    el("p", { class: "rp-soft" }, [claim.role, claim.type, claim.country].filter(Boolean).map((part, i) => [i > 0 && " · ", said(part)])),
    el("blockquote", null, said(cut(corpus.content(claim), 600))),
    facts(corpus, claim),
    related("Says the same", "rp-agree", corpus, corpus.agreeing(claim), link, origins(corpus.independent(claim))),
    related("At odds with", "rp-clash", corpus, corpus.clashing(claim), link, null),
    figures(corpus, claim, link),
    inFindings(corpus, claim, link),
    why(claim, host),
  );
}

function facts(corpus, claim) {
  const cue = corpus.cue(claim);
  const fact = (name, ...value) => [el("dt", null, name), el("dd", null, ...value)];
  return el(
    "dl",
    { class: "rp-facts" },
    fact("Act", verb(claim), cue && [" — “", said(cut(cue, 80)), "”"]),
    fact("Certainty", gauge(claim.certainty), " ", certainty(claim), el("span", { class: "rp-soft" }, ` (${claim.certainty} on a scale of −3 to 3)`)),
    claim.chain.length > 1 && fact("Passed on", claim.chain.map((link_, i) => [i > 0 && " → ", said(link_)])),
    fact("Form", KINDS[claim.kind] ?? claim.kind),
    fact("Attribution", `${claim.confidence}% likely to be right`, el("span", { class: "rp-soft" }, `, by ${rule(claim.rule)}`)),
  );
}

function rule(name) {
  return name === "model" ? "the trained model" : `the rule ${name}`;
}

/** Where a certainty lies between "certainly not" and "certain". */
export function gauge(value) {
  const dot = el("span", { class: "rp-gauge-dot", style: { left: `${((value + 3) / 6) * 100}%` } });
  return el("span", { class: "rp-gauge", "aria-hidden": "true" }, dot);
}

function origins(n) {
  return n > 0 && el("p", { class: "rp-soft" }, n === 1 ? "All from one origin: no independent source bears it out." : `From ${n} independent origins.`);
}

function related(name, kind, corpus, claims, link, note) {
  if (!claims.length) return null;
  const list = el("ul", { class: "rp-plain" }, claims.slice(0, MANY).map((c) => claimLine(corpus, c, link)));
  const rest = claims.slice(MANY);
  return el(
    "section",
    { class: `rp-related ${kind}` },
    el("h4", null, `${name} `, el("span", { class: "rp-number" }, String(claims.length))),
    note,
    list,
    rest.length > 0 && el("details", null, el("summary", null, `${rest.length} more`),
      el("ul", { class: "rp-plain" }, rest.slice(0, 200).map((c) => claimLine(corpus, c, link)))),
  );
}

function figures(corpus, claim, link) {
  const own = corpus.figuresOf(claim);
  if (!own.length) return null;
  return el(
    "section",
    { class: "rp-related" },
    el("h4", null, "Figures"),
    el("ul", { class: "rp-plain" }, own.map((f) => {
      const others = corpus.figures.filter((o) => o.row === f.row && o !== f);
      return el("li", null,
        el("b", null, bounds(f)), f.hypothetical && " (possible)", " ", said(f.label, { class: "rp-soft" }),
        others.length > 0 && el("ul", { class: "rp-plain" }, others.slice(0, MANY).map((o) => el("li", { class: "rp-claim-line" },
          link(o.claim < 0 ? `d${o.document}.${o.start}-${o.end}` : `c${o.claim}`, bounds(o), " ", said(o.source ?? "nobody named", { class: "rp-who" })),
          el("span", { class: "rp-soft" }, where(corpus, corpus.documents[o.document]))))),
        others.length > MANY && el("p", { class: "rp-soft" }, `and ${count(others.length - MANY, "more figure")} in the ledger`));
    })),
  );
}

function inFindings(corpus, claim, link) {
  const found = corpus.findingsOf(claim);
  if (!found.length) return null;
  return el(
    "section",
    { class: "rp-related" },
    el("h4", null, "Findings"),
    el("ul", { class: "rp-plain" }, found.slice(0, MANY).map((f) => el("li", null,
      el("span", { class: `rp-kind rp-kind-${f.severity}` }, plain(f.kind)), " ", said(cut(f.message, 400)),
      f.evidence.length > 0 && el("ul", { class: "rp-plain" }, f.evidence.slice(0, MANY).map((e) => el("li", { class: "rp-claim-line" },
        link(`d${e.document}.${e.start}-${e.end}`, said(cut(corpus.slice(e.document, e.start, e.end), 100))),
        el("span", { class: "rp-soft" }, where(corpus, corpus.documents[e.document])))))))),
  );
}

function why(claim, host) {
  if (!host?.explain) return null;
  const told = el("pre", { class: "rp-why", tabindex: "0" }, "…");
  const details = el("details", null, el("summary", null, "Why is it read so?"), told);
  details.addEventListener("toggle", async () => {
    if (!details.open || details.dataset.asked) return;
    details.dataset.asked = "yes";
    try {
      told.textContent = await host.explain(claim.index);
    } catch (error) {
      told.textContent = `No explanation: ${error?.message ?? error}`;
    }
  });
  return details;
}
