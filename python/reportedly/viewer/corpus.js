// The data as objects: documents, claims, figures, and what is known between them.

/** What the report and the explorer show; made from the columns of `_viewer.data`. */
export class Corpus {
  constructor(data) {
    const s = (i) => (i < 0 ? null : data.strings[i]);
    this.data = data;
    this.documents = documents(data.documents, s);
    this.claims = claims(data, this.documents, s);
    this.findings = findings(data.findings, s);
    this.figures = figures(data.ledger, s);
    this.series = series(data.ledger.series, s);
    this.parties = parties(data.parties, s);
    this.propositions = data.propositions.claims.map((members, i) => ({
      claims: members,
      independent: data.propositions.independent[i],
      opposite: data.propositions.opposite[i],
    }));
    this.stories = data.stories.documents.map((members, i) => ({
      index: i,
      label: data.stories.label[i],
      first: s(data.stories.first[i]),
      last: s(data.stories.last[i]),
      documents: members,
    }));
    this.copies = copies(data.copies, s);
    this.problems = data.problems.map(([severity, message, advice]) => ({ severity, message, advice }));
    this._relate();
  }

  _relate() {
    this._inPropositions = index(this.claims.length, this.propositions.map((p) => p.claims));
    this._inFindings = index(this.claims.length, this.findings.map((f) => f.claims));
    this._figures = index(this.claims.length, this.figures.map((f) => (f.claim < 0 ? [] : [f.claim])));
    this._parties = index(this.claims.length, this.parties.map((p) => p.claims));
    for (const story of this.stories) for (const d of story.documents) this.documents[d].story = story.index;
    const firm = new Set();
    for (const p of this.propositions) if (p.independent > 1) p.claims.forEach((c) => firm.add(c));
    for (const f of this.findings) if (f.kind === "corroborated") f.claims.forEach((c) => firm.add(c));
    /** Claims that an independent origin bears out. */
    this.corroborated = firm;
  }

  /** Title, or id where there is none. */
  name(document) {
    return document.title || document.id;
  }

  /** Parts of a message: texts, and articles where it names one by an id that can be nothing else. */
  parts(message) {
    this._ids ??= new Map(this.documents.filter((d) => /[\p{L}_]/u.test(d.id) && d.id.length >= 6).map((d) => [d.id, d]));
    return message.split(/([\p{L}\p{N}_.:/@-]*[\p{L}\p{N}_])/u).map((part) => this._ids.get(part) ?? part);
  }

  /** The words of a passage. */
  slice(document, start, end) {
    return this.documents[document].text.slice(start, end);
  }

  /** The words of a content, its fragments joined. */
  content(claim) {
    return this._words(claim, claim.spans.content);
  }

  cue(claim) {
    return this._words(claim, claim.spans.cue);
  }

  mention(claim) {
    return this._words(claim, claim.spans.source);
  }

  _words(claim, spans) {
    const parts = [];
    for (let i = 0; i < spans.length; i += 2) parts.push(this.slice(claim.document, spans[i], spans[i + 1]));
    return parts.join(" … ");
  }

  findingsOf(claim) {
    return (this._inFindings[claim.index] ?? []).map((i) => this.findings[i]);
  }

  figuresOf(claim) {
    return (this._figures[claim.index] ?? []).map((i) => this.figures[i]);
  }

  partiesOf(claim) {
    return (this._parties[claim.index] ?? []).map((i) => this.parties[i]);
  }

  /** Claims that say the same: propositions, and findings of agreement. */
  agreeing(claim) {
    const found = new Set();
    for (const i of this._inPropositions[claim.index] ?? []) this.propositions[i].claims.forEach((c) => found.add(c));
    for (const f of this.findingsOf(claim)) {
      if (f.kind === "corroborated" || f.kind === "restated") f.claims.forEach((c) => found.add(c));
    }
    return this._others(claim, found);
  }

  /** From how many independent origins the same is said, where that is known. */
  independent(claim) {
    return Math.max(0, ...(this._inPropositions[claim.index] ?? []).map((i) => this.propositions[i].independent));
  }

  /** Claims at odds with it: opposite propositions, contradictions, and denials with what they are aimed at. */
  clashing(claim) {
    const found = new Set();
    for (const i of this._inPropositions[claim.index] ?? []) {
      const opposite = this.propositions[this.propositions[i].opposite];
      opposite?.claims.forEach((c) => found.add(c));
    }
    for (const f of this.findingsOf(claim)) {
      if (f.kind === "contradicted") f.claims.forEach((c) => found.add(c));
      // A denial names the claim that denies first, and then what it is aimed at.
      if (f.kind === "denied") (f.claims[0] === claim.index ? f.claims.slice(1) : [f.claims[0]]).forEach((c) => found.add(c));
    }
    return this._others(claim, found);
  }

  _others(claim, found) {
    found.delete(claim.index);
    return [...found].sort((a, b) => a - b).map((i) => this.claims[i]);
  }
}

/** For each of `n` things, in which of the lists it stands. */
function index(n, lists) {
  const out = new Array(n);
  lists.forEach((members, i) => {
    for (const m of new Set(members)) (out[m] ??= []).push(i);
  });
  return out;
}

function documents(d, s) {
  let first = 0;
  return d.id.map((id, i) => {
    const document = {
      index: i,
      id,
      title: d.title[i],
      outlet: s(d.outlet[i]),
      published: s(d.published[i]),
      byline: s(d.byline[i]),
      dateline: s(d.dateline[i]),
      url: d.url[i],
      path: d.path[i],
      language: s(d.language[i]),
      text: d.text[i],
      blocks: [],
      first,
      last: first + d.claims[i],
      story: -1,
    };
    first = document.last;
    const flat = d.blocks[i];
    for (let b = 0; b < flat.length; b += 3) document.blocks.push({ kind: s(flat[b]), start: flat[b + 1], end: flat[b + 2] });
    return document;
  });
}

function claims(data, docs, s) {
  const c = data.claims;
  const negative = new Set(c.negative);
  const out = [];
  for (const document of docs) {
    for (let i = document.first; i < document.last; i += 1) {
      const who = c.source[i] < 0 ? null : c.sources[c.source[i]];
      const spans = {
        source: c.source_spans[i],
        cue: c.cue_spans[i],
        content: c.content_spans[i],
        figure: c.figure_spans[i],
      };
      const ends = [...spans.source, ...spans.cue, ...spans.content];
      out.push({
        index: i,
        document: document.index,
        source: who && s(who[0]),
        type: who && s(who[1]),
        role: who && s(who[2]),
        country: who && s(who[3]),
        chain: c.chains[c.chain[i]].map(s),
        kind: s(c.kind[i]),
        act: s(c.act[i]),
        negative: negative.has(i),
        certainty: c.certainty[i] / 10,
        label: s(c.label[i]),
        confidence: c.confidence[i],
        rule: s(c.rule[i]),
        spans,
        start: ends.length ? Math.min(...ends) : 0,
        end: ends.length ? Math.max(...ends) : 0,
      });
    }
  }
  return out;
}

function findings(f, s) {
  return f.kind.map((kind, i) => {
    const flat = f.evidence[i];
    const evidence = [];
    for (let e = 0; e < flat.length; e += 3) evidence.push({ document: flat[e], start: flat[e + 1], end: flat[e + 2] });
    return {
      index: i,
      kind: s(kind),
      severity: f.severity[i],
      message: f.message[i],
      documents: f.documents[i],
      claims: f.claims[i],
      evidence,
    };
  });
}

function figures(l, s) {
  const marked = (name) => new Set(l[name]);
  const [approximate, hypothetical, part] = [marked("approximate"), marked("hypothetical"), marked("part")];
  return l.row.map((row, i) => ({
    index: i,
    row,
    document: l.document[i],
    start: l.start[i],
    end: l.end[i],
    quote: l.quote[i],
    claim: l.claim[i],
    certainty: l.certainty[i] / 10,
    low: l.low[i],
    high: l.high[i],
    value: l.value[i],
    approximate: approximate.has(i),
    hypothetical: hypothetical.has(i),
    part: part.has(i),
    ...Object.fromEntries(
      ["said_on", "as_of_start", "as_of_end", "label", "relation", "unit", "change", "place", "source", "origin"].map(
        (name) => [name, s(l[name][i])],
      ),
    ),
  }));
}

function series(l, s) {
  const disputed = new Set(l.disputed);
  return l.row.map((row, i) => ({
    row,
    date: s(l.date[i]),
    low: l.low[i],
    high: l.high[i],
    origins: l.origins[i],
    of: l.of[i],
    disputed: disputed.has(i),
  }));
}

function parties(p, s) {
  return p.name.map((name, i) => ({
    index: i,
    name: s(name),
    type: s(p.type[i]),
    role: s(p.role[i]),
    country: s(p.country[i]),
    claims: p.claims[i],
    spellings: p.spellings[i],
  }));
}

function copies(c, s) {
  return c.earlier.map((earlier, i) => {
    const flat = c.passages[i];
    const passages = [];
    for (let p = 0; p < flat.length; p += 4) passages.push(flat.slice(p, p + 4));
    return {
      earlier,
      later: c.later[i],
      relation: s(c.relation[i]),
      earlierInLater: c.earlier_in_later[i],
      laterInEarlier: c.later_in_earlier[i],
      passages,
    };
  });
}
