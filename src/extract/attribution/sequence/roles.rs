//! First pass: which tokens are cue, source and content, and on which side their cue stands.
//!
//! The templates go through what was found to matter on PolNeAR: words, spelling, tags, quotations, position, likely
//! cues around, trees, names, the document's memory, clusters, rules. `docs/method.md` has the share of each group.

use super::context::{Context, sort};
use super::keys::{Keys, distance};
use super::reading::{Quoted, Reading, Seen};
use super::vocabulary::prefix;

/// Labels of the first pass. Even labels go on what the label before them began.
pub(crate) const LABELS: usize = 11;
pub(crate) const CUE: usize = 1;
/// Source whose cue stands to the right, to the left.
pub(crate) const SOURCE_RIGHT: usize = 3;
pub(crate) const SOURCE_LEFT: usize = 5;
/// Content whose cue stands to the right, to the left.
pub(crate) const CONTENT_RIGHT: usize = 7;
pub(crate) const CONTENT_LEFT: usize = 9;

/// Bits of a feature's key.
pub(crate) const KEY_BITS: u32 = 21;

/// Groups of templates, for ablation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Groups(pub(crate) u32);

impl Groups {
    pub(crate) const WORDS: u32 = 1;
    pub(crate) const SPELLING: u32 = 1 << 1;
    pub(crate) const TAGS: u32 = 1 << 2;
    pub(crate) const QUOTATIONS: u32 = 1 << 3;
    pub(crate) const POSITION: u32 = 1 << 4;
    pub(crate) const CUES: u32 = 1 << 5;
    pub(crate) const TREES: u32 = 1 << 6;
    pub(crate) const NAMES: u32 = 1 << 7;
    pub(crate) const MEMORY: u32 = 1 << 8;
    pub(crate) const CLUSTERS: u32 = 1 << 9;
    pub(crate) const RULES: u32 = 1 << 10;
    pub(crate) const ENCODER: u32 = 1 << 11;
    pub(crate) const ALL: Groups = Groups(u32::MAX);
    /// Each group with its name.
    pub(crate) const NAMED: [(u32, &str); 12] = [
        (Groups::WORDS, "words"),
        (Groups::SPELLING, "spelling"),
        (Groups::TAGS, "parts of speech"),
        (Groups::QUOTATIONS, "quotation marks"),
        (Groups::POSITION, "position"),
        (Groups::CUES, "likely cues"),
        (Groups::TREES, "trees"),
        (Groups::NAMES, "names"),
        (Groups::MEMORY, "who speaks elsewhere"),
        (Groups::CLUSTERS, "word clusters"),
        (Groups::RULES, "rules"),
        (Groups::ENCODER, "network"),
    ];

    pub(super) fn has(self, group: u32) -> bool {
        self.0 & group != 0
    }
}

/// A token of the passage beside token `i`, and its index.
struct View<'a> {
    reading: &'a Reading,
    context: &'a Context,
    i: usize,
    start: usize,
    end: usize,
}

impl View<'_> {
    fn at(&self, offset: isize) -> Option<usize> {
        let index = self.i.wrapping_add_signed(offset);
        (index >= self.start && index < self.end).then_some(index)
    }

    fn of(&self, offset: isize, outside: u32, read: impl Fn(&Seen) -> u32) -> u32 {
        self.at(offset).map_or(outside, |j| read(&self.reading.tokens[j]))
    }

    fn word(&self, offset: isize) -> u32 {
        self.of(offset, 3, |t| t.word.form)
    }

    fn tag(&self, offset: isize) -> u32 {
        self.of(offset, 99, |t| t.tag)
    }

    fn shape(&self, offset: isize) -> u32 {
        self.of(offset, 5, |t| t.word.shape)
    }

    fn cluster(&self, offset: isize, bits: u32) -> u32 {
        self.of(offset, 7, |t| prefix(t.cluster, bits))
    }

    fn name(&self, offset: isize) -> u32 {
        self.of(offset, 6, |t| t.name)
    }

    fn quoted(&self, offset: isize) -> u32 {
        self.of(offset, 9, |t| t.quoted as u32)
    }

    fn rule(&self, offset: isize) -> u32 {
        self.of(offset, 99, |t| t.rule)
    }

    fn cue(&self, offset: isize) -> u32 {
        self.at(offset).map_or(20, |j| u32::from(self.context.cues[j]))
    }
}

/// Adds a group of features.
type Add = fn(&View<'_>, &mut Keys);

/// Adds the keys of all features of token `i`.
pub(crate) fn keys(reading: &Reading, context: &Context, i: usize, groups: Groups, out: &mut Keys) {
    let passage = reading.passage(i);
    let view = View { reading, context, i, start: passage.start, end: passage.end };
    out.from(0);
    out.add([]);
    let all: [(u32, u64, Add); 12] = [
        (Groups::WORDS, 100, words),
        (Groups::SPELLING, 200, spelling),
        (Groups::TAGS, 300, tags),
        (Groups::QUOTATIONS, 400, quotations),
        (Groups::POSITION, 500, position),
        (Groups::CUES, 600, cues),
        (Groups::TREES, 700, trees),
        (Groups::NAMES, 800, names),
        (Groups::MEMORY, 900, memory),
        (Groups::CLUSTERS, 1000, clusters),
        (Groups::RULES, 1100, rules),
        (Groups::ENCODER, 1200, encoded),
    ];
    for (group, template, add) in all {
        if groups.has(group) {
            out.from(template);
            add(&view, out);
        }
    }
}

fn words(v: &View<'_>, out: &mut Keys) {
    let w = |offset| v.word(offset);
    for offset in -3..=3 {
        out.add([w(offset)]);
    }
    out.add([v.reading.tokens[v.i].raw]);
    out.add([w(-1), w(0)]);
    out.add([w(0), w(1)]);
    out.add([w(-1), w(1)]);
    out.add([w(-2), w(-1)]);
    out.add([w(1), w(2)]);
    out.add([w(-2), w(-1), w(0)]);
    out.add([w(0), w(1), w(2)]);
    for offset in -1..=1 {
        out.add([v.of(offset, 1, |t| t.lemma)]);
    }
}

fn spelling(v: &View<'_>, out: &mut Keys) {
    let word = &v.reading.tokens[v.i].word;
    for suffix in &word.suffix[1..4] {
        out.add([*suffix]);
    }
    out.add([word.prefix[1]]);
    out.add([word.prefix[2]]);
    let s = |offset| v.shape(offset);
    out.add([s(0)]);
    out.add([s(-1)]);
    out.add([s(1)]);
    out.add([s(-1), s(0)]);
    out.add([s(0), s(1)]);
}

fn tags(v: &View<'_>, out: &mut Keys) {
    let (w, p) = (|offset| v.word(offset), |offset| v.tag(offset));
    for offset in -3..=3 {
        out.add([p(offset)]);
    }
    out.add([p(-1), p(0)]);
    out.add([p(0), p(1)]);
    out.add([p(-1), p(0), p(1)]);
    out.add([p(-2), p(-1), p(0)]);
    out.add([p(0), p(1), p(2)]);
    out.add([w(0), p(1)]);
    out.add([w(0), p(-1)]);
    out.add([w(0), p(0)]);
    out.add([w(-1), p(0)]);
    out.add([w(1), p(0)]);
    out.add([p(-1), p(0), p(1), p(2)]);
    out.add([p(-2), p(-1), p(0), p(1)]);
    out.add([w(0), p(1), p(2)]);
    out.add([w(0), p(-2), p(-1)]);
}

/// Distance to another token, 99 if there is none.
fn to(i: usize, other: i32) -> u32 {
    usize::try_from(other).map_or(99, |j| distance(i.abs_diff(j)))
}

fn quotations(v: &View<'_>, out: &mut Keys) {
    let (w, p, q) = (|offset| v.word(offset), |offset| v.tag(offset), |offset| v.quoted(offset));
    let (tokens, context) = (&v.reading.tokens, v.context);
    let token = &tokens[v.i];
    let here = token.quoted as u32;
    let (mut since, mut until, mut length, mut spans) = (99, 99, 99, 0);
    if token.opened >= 0 {
        let (first, last) = (token.opened as usize, token.closes.max(0) as usize);
        since = distance(v.i - first);
        until = distance(last.saturating_sub(v.i));
        length = distance(last.saturating_sub(first));
        spans = 1 + u32::from(tokens[first].sentence != tokens[last.min(v.end - 1)].sentence);
    }
    let shape = context.shapes[v.i];
    let openings = context.openings[v.i];
    let opens = u32::from(tokens[v.start].quoted == Quoted::Opening);
    let (before, behind) = (to(v.i, context.last_close[v.i]), to(v.i, context.next_open[v.i]));
    out.add([here]);
    out.add([here, since]);
    out.add([here, until]);
    out.add([here, length]);
    out.add([here, length, spans]);
    out.add([here, q(-1), q(1)]);
    out.add([here, q(-1), q(-2)]);
    out.add([here, shape.full]);
    out.add([here, openings, opens]);
    out.add([here, before]);
    out.add([here, behind]);
    out.add([here, before, behind]);
    out.add([here, w(0)]);
    out.add([here, p(0)]);
    out.add([here, w(-1)]);
    out.add([q(-1), w(-1)]);
    out.add([q(-2), w(-1)]);
    out.add([here, shape.full, openings]);
    out.add([here, length, v.cue(0)]);
    out.add([q(-1), p(0)]);
    out.add([q(-2), w(-1), p(0)]);
    out.add([here, length, p(0)]);
    let (outside, anywhere) = (u32::from(shape.cue_outside), u32::from(shape.cue_outside_in_passage));
    out.add([here, outside]);
    out.add([here, outside, shape.full, spans]);
    out.add([here, anywhere]);
    out.add([here, length, anywhere, spans]);
    if token.opened >= 0 {
        let at = &context.quotations[v.i];
        out.add([at.number, at.gap, at.since, at.own]);
        out.add([at.number, at.since, at.own, at.all]);
        out.add([here, at.number, at.own, at.all]);
        out.add([at.own, at.all, length, spans]);
        out.add([at.number, at.since, at.own, at.all, length]);
        out.add([here, at.since, at.own, spans, opens]);
        out.add([here, (token.paragraph - tokens[v.start].paragraph).min(5), at.own, at.all]);
    }
}

fn position(v: &View<'_>, out: &mut Keys) {
    let (w, p) = (|offset| v.word(offset), |offset| v.tag(offset));
    let tokens = &v.reading.tokens;
    let sentence = v.reading.sentence(v.i);
    let (first, last) = ((v.i - sentence.start).min(6) as u32, (sentence.end - 1 - v.i).min(6) as u32);
    let number = tokens[v.i].sentence - tokens[v.start].sentence;
    let sentences = tokens[v.end - 1].sentence - tokens[v.start].sentence;
    let passage = tokens[v.i].passage.min(2);
    out.add([first]);
    out.add([last]);
    out.add([distance(v.i - sentence.start)]);
    out.add([number.min(3), sentences.min(4)]);
    out.add([passage]);
    out.add([passage, w(0)]);
    out.add([first, w(0)]);
    out.add([first, p(0)]);
    out.add([first, w(0), w(1)]);
    out.add([distance(sentence.len())]);
    out.add([last, w(0)]);
    out.add([last, p(0)]);
    out.add([w(0), tokens[sentence.end - 1].word.form]);
    out.add([tokens[sentence.start].word.form, first.min(2)]);
    out.add([distance(v.end - v.start)]);
    out.add([passage, v.cue(0)]);
}

/// A likely cue to one side.
struct Side {
    /// 0 none, 1 in another sentence, 2 in this one.
    where_: u32,
    distance: u32,
    word: u32,
    step: u32,
}

fn side(v: &View<'_>, cue: i32) -> Side {
    let Ok(j) = usize::try_from(cue) else {
        return Side { where_: 0, distance: 99, word: 9, step: 30 };
    };
    let tokens = &v.reading.tokens;
    Side {
        where_: 1 + u32::from(tokens[j].sentence == tokens[v.i].sentence),
        distance: distance(v.i.abs_diff(j)),
        word: tokens[j].word.form,
        step: u32::from(v.context.cues[j]),
    }
}

fn cues(v: &View<'_>, out: &mut Keys) {
    let (w, p, c) = (|offset| v.word(offset), |offset| v.tag(offset), |offset| v.cue(offset));
    let (tokens, context) = (&v.reading.tokens, v.context);
    let token = &tokens[v.i];
    let here = token.quoted as u32;
    let (l, r) = (side(v, context.left[v.i]), side(v, context.right[v.i]));
    out.add([c(0)]);
    out.add([c(0), p(0)]);
    out.add([c(0), c(1)]);
    out.add([c(0), c(-1)]);
    out.add([c(0), p(-1)]);
    out.add([c(0), p(1)]);
    out.add([c(0), p(-1), p(1)]);
    out.add([c(0), w(1)]);
    out.add([c(0), w(-1)]);
    out.add([l.where_, l.distance]);
    out.add([r.where_, r.distance]);
    out.add([l.where_, l.word]);
    out.add([r.where_, r.word]);
    out.add([l.where_, l.distance, p(0)]);
    out.add([r.where_, r.distance, p(0)]);
    out.add([l.where_, l.step, r.where_, r.step]);
    out.add([l.where_, l.distance, r.where_, r.distance]);
    out.add([l.where_, l.step, l.distance, w(0)]);
    out.add([l.where_, l.step, w(0)]);
    out.add([r.where_, r.step, w(0)]);
    out.add([l.word, p(0), l.where_]);
    out.add([r.word, p(0), r.where_]);
    out.add([u32::from(context.sources[v.i])]);
    out.add([u32::from(context.sources[v.i]), p(0)]);
    out.add([u32::from(context.sources[v.i]), r.distance, r.where_]);
    out.add([u32::from(context.sources[v.i]), l.distance, l.where_]);
    out.add([c(0), here, context.below[v.i]]);
    out.add([token.entry]);
    out.add([token.entry, p(0)]);
    out.add([token.entry, context.below[v.i] & 31]);
    out.add([token.entry, v.of(1, 0, |t| t.entry)]);
    out.from(640);
    if let Ok(j) = usize::try_from(context.left[v.i]) {
        // what stands between the cue and here
        let next = tokens[j + 1].word.form;
        let commas = (token.commas - tokens[j + 1].commas).min(3);
        let verbs = (token.verbs - tokens[j + 1].verbs).min(3);
        let that = u32::from(token.thats > tokens[j + 1].thats);
        out.add([next, l.where_]);
        out.add([next, l.step, l.where_]);
        out.add([l.word, next, l.where_]);
        out.add([l.where_, commas]);
        out.add([l.where_, commas, l.step, here]);
        out.add([l.where_, verbs, commas]);
        out.add([l.where_, that, verbs, commas]);
        out.add([here, l.where_, tokens[j].quoted as u32]);
        out.add([l.where_, tokens[j].entry]);
    }
    out.from(660);
    if let Ok(j) = usize::try_from(context.right[v.i]) {
        let after = |t: u32, own: bool| t - u32::from(own);
        let commas = after(tokens[j].commas - token.commas, token.is_comma).min(3);
        let verbs = after(tokens[j].verbs - token.verbs, token.is_verb).min(3);
        out.add([r.where_, tokens[j - 1].word.form]);
        out.add([r.where_, commas]);
        out.add([r.where_, verbs]);
        out.add([r.where_, commas, verbs, r.step]);
        out.add([here, r.where_, tokens[j].quoted as u32]);
        out.add([r.where_, verbs, p(0), r.distance]);
        out.add([r.where_, tokens[j].entry]);
    }
}

fn trees(v: &View<'_>, out: &mut Keys) {
    let (tokens, context) = (&v.reading.tokens, v.context);
    let token = &tokens[v.i];
    let (w, p) = (|offset| v.word(offset), |offset| v.tag(offset));
    let here = token.quoted as u32;
    let own = token.relation;
    let step = |j: usize| u32::from(context.cues[j]);
    let head = usize::try_from(token.head).ok();
    let (word, tag, head_step, above_it, side) = head.map_or((1, 2, 40, 0, 0), |h| {
        let t = &tokens[h];
        (t.word.form, t.tag, step(h), t.relation, u32::from(h > v.i) + 1)
    });
    out.add([own]);
    out.add([own, side]);
    out.add([own, word]);
    out.add([own, tag]);
    out.add([own, head_step, side]);
    out.add([own, p(0), head_step]);
    out.add([above_it, own]);
    out.add([above_it, own, head_step]);
    out.add([own, word, w(0)]);
    out.add([word, side]);
    out.add([head_step, p(0), side]);
    out.from(720);
    if let Some(above) = &context.above[v.i] {
        let cue = &tokens[above.cue];
        let side = u32::from(above.cue > v.i) + 1;
        let (relation, steps, cue_step) = (above.relation, above.steps, step(above.cue));
        out.add([relation, cue_step, side]);
        out.add([relation, cue.word.form, side]);
        out.add([relation, side]);
        out.add([relation, side, steps.min(4)]);
        out.add([relation, cue_step, side, steps.min(3)]);
        out.add([relation, side, distance(above.cue.abs_diff(v.i))]);
        out.add([relation, side, p(0)]);
        out.add([relation, side, here]);
        out.add([relation, side, w(0)]);
        out.add([relation, cue.word.form, side, steps.min(2)]);
        out.add([relation, cue_step, side, own]);
        let branch = &tokens[above.branch];
        let (first, last) = v.reading.yields[above.branch];
        let edge = u32::from(first == v.i as u32) * 2 + u32::from(last == v.i as u32);
        out.add([relation, side, edge]);
        out.add([relation, side, edge, cue_step]);
        out.add([branch.tag, relation, side]);
        out.add([branch.word.form, relation, side]);
    }
    out.from(750);
    let below = context.below[v.i];
    out.add([below]);
    out.add([below, w(0)]);
    out.add([below, v.cue(0)]);
    out.add([below, p(0)]);
    out.add([token.lemma, below & 31]);
    out.add([token.lemma, below & 1]);
    out.add([token.lemma, below & 2]);
    out.add([below, own, v.cue(0)]);
    out.add([below & 31, own, head_step]);
    let around = head.map_or(9999, |h| context.below[h]);
    out.add([own, around & 31, head_step]);
    out.add([own, around & 31, word]);
    for &child in v.reading.children(v.i) {
        let t = &tokens[child as usize];
        if sort(t.relation).is_some_and(|sort| sort < 8) {
            out.put(790, [t.relation, t.word.form]);
            out.put(791, [t.relation, t.word.form, token.lemma]);
            out.put(792, [t.relation, t.tag, v.cue(0)]);
            out.put(793, [t.relation, t.name, v.cue(0)]);
            out.put(794, [t.relation, u32::from(context.sources[child as usize]), v.cue(0)]);
        }
    }
}

fn names(v: &View<'_>, out: &mut Keys) {
    let n = |offset| v.name(offset);
    out.add([n(0)]);
    out.add([n(-1)]);
    out.add([n(1)]);
    out.add([n(0), v.tag(0)]);
    out.add([n(-1), n(0)]);
    out.add([n(0), n(1)]);
    out.add([n(-1), v.word(0)]);
    out.add([n(1), v.word(0)]);
    out.add([n(-2), n(-1), v.word(0)]);
    out.add([n(0), v.cue(1)]);
    out.add([n(0), v.cue(-1)]);
    let token = &v.reading.tokens[v.i];
    if let Ok(head) = usize::try_from(token.head) {
        out.add([n(0), token.relation, u32::from(v.context.cues[head])]);
    }
}

fn memory(v: &View<'_>, out: &mut Keys) {
    let speaks = v.context.speaks[v.i];
    out.add([speaks]);
    out.add([speaks, v.tag(0)]);
    out.add([speaks, v.cue(1)]);
    out.add([speaks, v.cue(-1)]);
    out.add([speaks, v.reading.tokens[v.i].relation]);
}

fn clusters(v: &View<'_>, out: &mut Keys) {
    let c = |offset, bits| v.cluster(offset, bits);
    for bits in [4, 6, 8, 12, 20] {
        out.add([c(0, bits)]);
        out.add([c(-1, bits)]);
        out.add([c(1, bits)]);
    }
    out.add([c(0, 20), v.tag(1)]);
    out.add([c(0, 20), v.tag(-1)]);
    out.add([c(0, 8), c(1, 8)]);
    out.add([c(-1, 8), c(0, 8)]);
    out.add([c(0, 8), c(1, 8), c(2, 8)]);
    out.add([c(-2, 8), c(-1, 8), c(0, 8)]);
    out.add([c(-1, 8), c(0, 8), c(1, 8)]);
    out.add([c(0, 20), v.context.below[v.i] & 31]);
    let token = &v.reading.tokens[v.i];
    if let Ok(head) = usize::try_from(token.head) {
        let path = v.reading.tokens[head].cluster;
        out.add([token.relation, prefix(path, 8)]);
        out.add([token.relation, prefix(path, 20)]);
        out.add([token.relation, prefix(path, 8), c(0, 8)]);
    }
}

fn rules(v: &View<'_>, out: &mut Keys) {
    let r = |offset| v.rule(offset);
    let name = v.reading.tokens[v.i].rule_name;
    out.add([r(0)]);
    out.add([r(0), name]);
    out.add([r(-1), r(0)]);
    out.add([r(0), r(1)]);
    out.add([r(-1), r(0), r(1)]);
    out.add([r(0), v.tag(0)]);
    out.add([r(0), v.word(0)]);
    out.add([r(0), v.word(-1)]);
    out.add([r(0), v.cue(0)]);
    out.add([r(0), v.quoted(0)]);
    out.add([r(1), v.word(0), v.tag(1)]);
}

fn encoded(v: &View<'_>, out: &mut Keys) {
    let none = [0.0; LABELS];
    let at = |offset: isize| v.at(offset).map_or(&none, |j| &v.context.encoded[j]);
    let best = |offset: isize| v.at(offset).map_or(20, |j| best(&v.context.encoded[j]));
    let row = at(0);
    let label = best(0);
    let sure = step(row[label.min(10) as usize]);
    for first in (1..LABELS).step_by(2) {
        out.add([step(row[first] + row[first + 1])]);
        out.add([step(row[first])]);
    }
    out.add([label]);
    out.add([label, sure]);
    out.add([best(-1), label]);
    out.add([label, best(1)]);
    out.add([best(-1), label, best(1)]);
    out.add([label, sure, best(-1), best(1)]);
    out.add([label, v.word(0)]);
    out.add([label, v.word(-1)]);
    out.add([label, v.tag(0)]);
    out.add([label, v.tag(0), v.tag(1)]);
    out.add([label, v.cue(0)]);
    out.add([label, v.quoted(0)]);
    out.add([label, v.rule(0)]);
    out.add([label, sure, v.rule(0)]);
    out.add([label, v.reading.tokens[v.i].relation]);
    out.add([step(begins(row)), label]);
}

/// The likeliest label.
pub(super) fn best(row: &[f32; LABELS]) -> u32 {
    (1..LABELS).fold(0, |best, l| if row[l] > row[best] { l } else { best }) as u32
}

/// How likely a span begins.
pub(super) fn begins(row: &[f32; LABELS]) -> f32 {
    (1..LABELS).step_by(2).map(|label| row[label]).sum()
}

/// A probability in steps.
pub(super) fn step(p: f32) -> u32 {
    const LIMITS: [f32; 7] = [0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.93];
    LIMITS.iter().take_while(|limit| p >= **limit).count() as u32
}

/// What is seen between token `i` and the one before, for the weights of transitions: a bit each.
pub(crate) fn transition(reading: &Reading, context: &Context, i: usize) -> u32 {
    if i == reading.passage(i).start {
        return 1;
    }
    let (token, before) = (&reading.tokens[i], &reading.tokens[i - 1]);
    let new = token.sentence != before.sentence;
    let within = token.opened >= 0
        && token.opened == before.opened
        && token.quoted != Quoted::Closing
        && before.quoted != Quoted::Opening;
    let seen = [
        true,
        new,
        token.quoted == Quoted::Opening,
        before.quoted == Quoted::Closing,
        before.is_comma,
        token.quoted == Quoted::Closing,
        context.is_strong(i),
        context.is_strong(i - 1),
        new && token.opened >= 0,
        token.is_that,
        token.is_to,
        token.is_comma,
        token.is_verb,
        before.is_verb,
        before.quoted == Quoted::Opening,
        token.is_stop,
        within,
        token.paragraph != before.paragraph,
        token.rule != 0 && token.rule & 1 == 1,
        token.rule == 0 && before.rule != 0,
    ];
    seen.iter().enumerate().fold(0, |bits, (k, seen)| bits | u32::from(*seen) << k)
}

/// Number of bits of [`transition`].
pub(crate) const TRANSITIONS: usize = 20;
