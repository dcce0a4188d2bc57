// Which claims are shown: the form, and what it lets through.

import { el, newId } from "./dom.js";
import { count, cut, period } from "./words.js";

const NOTHING = { text: "", source: "", act: "", certainty: "", figure: "", since: "", until: "", story: "", outlet: "", voice: "attributed" };
const LABELS = ["certain", "probable", "possible", "unknown"];

/** Claims that pass, as a list, and how many of them each document has (-1: not even one, and its text does not say it). */
export function matching(corpus, state) {
  const text = state.text.trim().toLowerCase();
  const source = state.source.trim().toLowerCase();
  const ofSource = source && names(corpus, source);
  const claims = [];
  const counts = new Map();
  // Without anything asked of claims, articles without any are listed as well.
  const only = source || state.act || state.certainty || state.figure || state.voice === "own";
  for (const document of corpus.documents) {
    if (!fits(document, state)) continue;
    const inText = !text || `${document.title ?? ""}\n${document.text}`.toLowerCase().includes(text);
    if (!inText && !document.outlet?.toLowerCase().includes(text)) continue;
    let n = 0;
    for (let i = document.first; i < document.last; i += 1) {
      const claim = corpus.claims[i];
      if (!passes(claim, state) || (ofSource && !ofSource(claim))) continue;
      if (text && !words(corpus, claim).includes(text)) continue;
      claims.push(i);
      n += 1;
    }
    if (n || !only) counts.set(document.index, n);
  }
  return { claims: new Set(claims), counts };
}

function fits(document, state) {
  if (state.outlet && document.outlet !== state.outlet) return false;
  if (state.story !== "" && document.story !== Number(state.story)) return false;
  if (state.since && !(document.published >= state.since)) return false;
  return !state.until || (document.published !== null && document.published <= state.until);
}

function passes(claim, state) {
  const own = claim.kind === "narrated";
  if (state.voice === "attributed" ? own : state.voice === "own" && !own) return false;
  if (state.act && claim.act !== state.act) return false;
  if (state.certainty && (state.certainty === "not" ? claim.certainty >= 0 : claim.label !== state.certainty)) return false;
  return !state.figure || (state.figure === "with") === claim.spans.figure.length > 0;
}

/** Whether a claim is of a source with these words in its name, or in one of its spellings. */
function names(corpus, words_) {
  const found = new Set();
  for (const party of corpus.parties) {
    const written = [party.name, ...party.spellings.map(([spelling]) => spelling)];
    if (written.some((name) => name.toLowerCase().includes(words_))) party.claims.forEach((c) => found.add(c));
  }
  return (claim) => found.has(claim.index) || claim.source?.toLowerCase().includes(words_);
}

function words(corpus, claim) {
  return `${claim.source ?? ""}\n${corpus.documents[claim.document].text.slice(claim.start, claim.end)}`.toLowerCase();
}

/** The form. `change(state)` is called when something in it was changed. */
export class Filters {
  constructor(corpus, change) {
    this.state = { ...NOTHING };
    this.inputs = {};
    this._change = change;
    this.status = el("p", { class: "rp-status", role: "status", "aria-live": "polite" });
    this.node = el(
      "form",
      { class: "rp-filters", role: "search", "aria-label": "Filter claims and articles", onsubmit: (e) => e.preventDefault() },
      this._fields(corpus),
      el("button", { type: "button", class: "rp-button rp-clear", onclick: () => this.set({}, true) }, "Clear filters"),
      this.status,
    );
  }

  _fields(corpus) {
    const seen = (values) => [...new Set(values)].filter(Boolean).sort();
    const shown = corpus.claims;
    const outlets = seen(corpus.documents.map((d) => d.outlet));
    const stories = corpus.stories.filter((s) => s.documents.length > 1);
    const dated = corpus.documents.some((d) => d.published);
    const list = newId("names");
    const known = corpus.parties.filter((p) => p.type !== "outlet").sort((a, b) => b.claims.length - a.claims.length);
    return [
      this._input("text", "Words", { type: "search", placeholder: "in claims and articles" }),
      this._input("source", "Source", { type: "search", list, placeholder: "any" }),
      el("datalist", { id: list }, known.slice(0, 300).map((p) => el("option", { value: p.name }))),
      this._select("act", "Act", [["", "any"], ...seen(shown.map((c) => c.act)).map((a) => [a, a])]),
      this._select("certainty", "Certainty", [["", "any"], ...LABELS.map((l) => [l, l]), ["not", "that it is not so"]]),
      this._select("figure", "Figures", [["", "any"], ["with", "with a figure"], ["without", "without"]]),
      this._select("voice", "Voice", [["attributed", "attributed"], ["own", "the outlet’s own"], ["all", "both"]]),
      outlets.length > 1 && this._select("outlet", "Outlet", [["", "any"], ...outlets.map((o) => [o, cut(o, 40)])]),
      stories.length > 0 && corpus.stories.length > 1 && this._select("story", "Story", [
        ["", "any"],
        ...stories.map((s) => [s.index, `${cut(s.label.slice(0, 3).join(", "), 48)} (${s.documents.length})`]),
      ]),
      dated && this._input("since", "Since", { type: "date" }),
      dated && this._input("until", "Until", { type: "date" }),
    ];
  }

  _input(name, label, props) {
    const input = el("input", { id: newId(name), name, autocomplete: "off", ...props });
    let waits;
    input.addEventListener("input", () => {
      clearTimeout(waits);
      waits = setTimeout(() => this._read(name, input.value), props.type === "search" ? 150 : 0);
    });
    return this._field(name, label, input);
  }

  _select(name, label, options) {
    const input = el("select", { id: newId(name), name }, options.map(([value, text]) => el("option", { value }, text)));
    input.addEventListener("change", () => this._read(name, input.value));
    return this._field(name, label, input);
  }

  _field(name, label, input) {
    this.inputs[name] = input;
    return el("div", { class: `rp-field rp-field-${name}` }, el("label", { for: input.id }, label), input);
  }

  _read(name, value) {
    this.state = { ...this.state, [name]: value };
    this._change(this.state);
  }

  /** Sets all filters: those not named are open. */
  set(state, tell) {
    this.state = { ...NOTHING };
    for (const [name, value] of Object.entries(state)) if (name in NOTHING) this.state[name] = value;
    for (const [name, input] of Object.entries(this.inputs)) {
      input.value = this.state[name];
      // What the form cannot say does not filter in secret.
      if (input.value !== String(this.state[name])) this.state[name] = input.value;
    }
    if (tell) this._change(this.state);
  }

  /** Tells how much is left. */
  tell(documents, claims) {
    this.status.textContent = documents || claims ? `${count(claims, "claim")} in ${count(documents, "article")}` : "No claim is like that.";
  }
}

/** A story in words. */
export function storyName(story) {
  return `${story.label.slice(0, 3).join(", ")} (${period(story.first, story.last)})`;
}
