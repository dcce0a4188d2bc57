// The explorer: articles on the left, the text in the middle, a claim's explanation on the right, filters above.

import { el, said, heard } from "./dom.js";
import { count, cut, day } from "./words.js";
import { growing } from "./grow.js";
import { Filters, matching } from "./filters.js";
import { article, choosePart } from "./marks.js";
import { explanation } from "./explanation.js";

/**
 * `link(route, …children)` makes what leads somewhere, `go(route)` goes there; routes are `c12` (a claim), `d3` (an
 * article), `d3.10-20` (a passage of it) and `q?act=deny` (filters).
 */
export class Explorer {
  constructor(corpus, { link, go }, host) {
    this.corpus = corpus;
    this.link = link;
    this.go = go;
    this.host = host;
    this.document = null;
    this.claim = null;
    this.filters = new Filters(corpus, () => this._filter());
    this.list = el("nav", { class: "rp-pane rp-list", "aria-label": "Articles", tabindex: "0" });
    this.text = el("div", { class: "rp-pane rp-text", role: "region", "aria-label": "Article", tabindex: "0" });
    this.side = el("aside", { class: "rp-pane rp-side", "aria-label": "The chosen claim", tabindex: "0" });
    this.node = el("div", { class: "rp-explorer" }, this.filters.node, el("div", { class: "rp-panes" }, this.list, this.text, this.side));
    this._filter();
  }

  /** Shows what a route names; false if there is no such thing. With `focus`, the keyboard goes there, too. */
  show(route, focus = true) {
    const claim = /^c(\d+)$/.exec(route);
    const place = /^d(\d+)(?:\.(\d+)-(\d+))?$/.exec(route);
    if (claim && this.corpus.claims[claim[1]]) this._showClaim(this.corpus.claims[claim[1]], focus);
    else if (place && this.corpus.documents[place[1]]) {
      const passage = place[2] === undefined ? null : { start: Number(place[2]), end: Number(place[3]) };
      this._showPassage(this.corpus.documents[place[1]], passage, focus);
    } else if (route.startsWith("q?")) {
      this.filters.set(Object.fromEntries(new URLSearchParams(route.slice(2))), true);
      if (focus) this.list.querySelector("a, button")?.focus();
    } else return false;
    return true;
  }

  /** Chooses a claim, or none, from outside. */
  select(index) {
    const claim = this.corpus.claims[index];
    if (claim) this._showClaim(claim, false);
    else this._choose(null);
  }

  _showClaim(claim, focus) {
    this._draw(this.corpus.documents[claim.document], null, claim);
    this._choose(claim);
    this._reach(this.text.querySelector(`[data-anchor="${claim.index}"]`) ?? this.text.querySelector(".rp-on"), focus);
  }

  _showPassage(document, passage, focus) {
    const claim = passage && this._over(document, passage);
    this._draw(document, passage, claim);
    this._choose(claim);
    const node = passage ? this.text.querySelector(".rp-passage") : this.text.querySelector("h3");
    if (!passage) this.text.scrollTop = 0;
    this._reach(node, focus);
  }

  /** The closest claim around a passage, attributed ones first. */
  _over(document, { start, end }) {
    let best = null;
    const size = (c) => c.end - c.start + (c.kind === "narrated" ? 1e7 : 0);
    for (let i = document.first; i < document.last; i += 1) {
      const claim = this.corpus.claims[i];
      if (claim.start < end && claim.end > start && (!best || size(claim) < size(best))) best = claim;
    }
    return best;
  }

  _reach(node, focus) {
    if (!node) return;
    if (!node.matches("a, button, [tabindex]")) node.tabIndex = -1;
    if (focus) node.focus({ preventScroll: true });
    const pane = this.text;
    if (pane.scrollHeight > pane.clientHeight + 1) {
      // Within the pane alone: the page around it stays where it is.
      const offset = node.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      pane.scrollTop += offset - pane.clientHeight / 3;
    }
    if (focus) {
      const box = node.getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight) node.scrollIntoView({ block: "center" });
    }
  }

  _filter() {
    const found = matching(this.corpus, this.filters.state);
    this.found = found;
    this.filters.tell(found.counts.size, found.claims.size);
    const held = this.text.contains(document.activeElement) ? document.activeElement : null;
    this._list();
    if (this.document) this._draw(this.document, this.passage, this.claim);
    else this._welcome();
    this._choose(this.claim, false);
    // The keyboard stays where it was in the text, which was drawn anew.
    if (held) (this.text.querySelector(`[data-anchor="${held.dataset.anchor}"]`) ?? this.text).focus({ preventScroll: true });
    this.host?.filter?.(this.filters.state, found.claims);
  }

  _list() {
    // The keyboard stays at its article, which is drawn anew.
    const held = [...(this.entries ?? [])].find(([, entry]) => entry === document.activeElement)?.[0];
    const articles = [...this.found.counts.keys()].map((i) => this.corpus.documents[i]);
    const list = el("ul", { class: "rp-plain" });
    this.entries = new Map();
    const draw = (d) => {
      const n = this.found.counts.get(d.index);
      const about = [d.outlet, day(d.published)].filter(Boolean);
      const entry = this.link(
        `d${d.index}`,
        el("span", { class: "rp-entry-title" }, el("span", { class: "rp-soft" }, `${d.index + 1}. `), said(cut(this.corpus.name(d), 110))),
        el("span", { class: "rp-entry-about" }, about.map((part, i) => [i > 0 && " · ", said(part)])),
        el("span", { class: "rp-entry-count" }, String(n), heard(n === 1 ? " claim" : " claims")),
      );
      entry.classList.add("rp-entry");
      if (d === this.document) entry.setAttribute("aria-current", "true");
      this.entries.set(d.index, entry);
      return el("li", null, entry);
    };
    const nodes = growing(list, articles, draw, { step: 100, noun: "article" });
    this.list.replaceChildren(...(articles.length ? nodes : [el("p", { class: "rp-empty" }, "No article has a claim like that.")]));
    if (held !== undefined) (this.entries.get(held) ?? this.list).focus({ preventScroll: true });
  }

  _draw(document, passage, claim) {
    for (const entry of this.entries.values()) entry.removeAttribute("aria-current");
    const entry = this.entries.get(document.index);
    entry?.setAttribute("aria-current", "true");
    if (document !== this.document && entry) within(this.list, entry);
    this.document = document;
    this.passage = passage;
    // A claim that was asked for is marked, whatever the filters say.
    const shown = (c) => this.found.claims.has(c.index) || c === claim;
    this.drawn = article(this.corpus, document, {
      shown,
      passage,
      link: this.link,
      choose: (c) => this.go(`c${c.index}`),
    });
    this.text.replaceChildren(this.drawn.node, legend());
  }

  _choose(claim, tell = true) {
    this.claim = claim;
    if (this.drawn) choosePart(this.drawn.node.querySelector(".rp-body"), this.drawn.parts, claim);
    const nodes = claim ? [this._steps(claim), explanation(this.corpus, claim, this.link, this.host)] : [this._hint()];
    const held = this.side.contains(document.activeElement);
    this.side.replaceChildren(...nodes);
    this.side.scrollTop = 0;
    if (held) this.side.focus({ preventScroll: true });
    if (tell) this.host?.select?.(claim ? claim.index : null);
  }

  _hint() {
    return el("p", { class: "rp-empty" }, "Choose a marked claim to see who says it, how firmly, and who says the same or otherwise.");
  }

  _welcome() {
    const n = this.corpus.documents.length;
    this.text.replaceChildren(
      n ? el("p", { class: "rp-empty" }, `Choose one of ${count(n, "article")}.`) : el("p", { class: "rp-empty" }, "There are no articles."),
    );
  }

  /** Buttons to the claims before and after. */
  _steps(claim) {
    const claims = this.drawn.claims;
    const at = claims.indexOf(claim);
    const step = (to, name) => to
      ? el("button", { type: "button", class: "rp-button", onclick: () => this._step(to, name) }, name)
      : el("button", { type: "button", class: "rp-button", disabled: true }, name);
    return el("div", { class: "rp-steps" }, step(claims[at - 1], "Previous"),
      el("span", { class: "rp-soft" }, `${at + 1} of ${count(claims.length, "claim")}`), step(claims[at + 1], "Next"));
  }

  _step(claim, name) {
    this.select(claim.index);
    // The keyboard stays on the button, which was drawn anew.
    const buttons = [...this.side.querySelectorAll(".rp-steps button")];
    (buttons.find((b) => b.textContent === name && !b.disabled) ?? buttons.find((b) => !b.disabled))?.focus();
  }
}

/** Scrolls a pane, and nothing else, until a node in it is seen. */
function within(pane, node) {
  const [outer, inner] = [pane.getBoundingClientRect(), node.getBoundingClientRect()];
  if (inner.top < outer.top) pane.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) pane.scrollTop += inner.bottom - outer.bottom;
}

/** What the marks mean. */
export function legend() {
  return el("p", { class: "rp-legend" }, "Marked: ", ["source", "cue", "content", "figure"].map((role) =>
    [el("span", { class: `rp-mark rp-${role}` }, { source: "who", cue: "how it is said", content: "what", figure: "figures" }[role]), " "]));
}
