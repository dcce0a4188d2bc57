//! Second pass: for each likely cue, which tokens around it are its cue, its source, its content, given what the first
//! pass found likely everywhere.

use super::context::Context;
use super::keys::{Keys, distance};
use super::reading::{Quoted, Reading};
use super::roles::{
    CONTENT_LEFT, CONTENT_RIGHT, CUE, Groups, LABELS as ROLES, SOURCE_LEFT, SOURCE_RIGHT, begins, best, step,
    transition,
};

use std::ops::Range;

/// Labels of the second pass.
pub(crate) const LABELS: usize = 7;
pub(crate) const OWN_CUE: usize = 1;
pub(crate) const OWN_SOURCE: usize = 3;
pub(crate) const OWN_CONTENT: usize = 5;

/// Bits of a feature's key.
pub(crate) const KEY_BITS: u32 = 21;
/// Bits of [`seen`].
pub(crate) const TRANSITIONS: usize = super::roles::TRANSITIONS + 4;
/// Tokens on each side of a cue that may belong to it; fewer, but never fewer than the least, where a passage has more
/// likely cues than any real one, so that the work stays linear in the length of the text.
const REACH: usize = 320;
const LEAST_REACH: usize = 40;
const MOST_CUES: usize = 24;
/// Steps from a token to the branch that a cue hangs on.
const HEIGHT: u32 = 15;

/// What the first pass finds likely: of each token, each label.
pub(crate) type Likely = [[f32; ROLES]];

fn pair(row: &[f32; ROLES], label: usize) -> f32 {
    row[label] + row[label + 1]
}

/// How likely a token is part of a cue.
pub(crate) fn is_cue(row: &[f32; ROLES]) -> f32 {
    pair(row, CUE)
}

/// The cue, source or content that a label of the first pass stands for.
fn kind(label: u32) -> u32 {
    match label {
        0 => 0,
        1 | 2 => 1,
        3..=6 => 2,
        _ => 3,
    }
}

/// The tokens that are likely to be the heart of a cue: the likeliest of each run of likely ones.
pub(crate) fn candidates(reading: &Reading, likely: &Likely, least: f32) -> Vec<usize> {
    let mut found = Vec::new();
    for passage in &reading.passages {
        let mut t = passage.start;
        while t < passage.end {
            if is_cue(&likely[t]) < least {
                t += 1;
                continue;
            }
            let new = |t: usize| likely[t][CUE] > likely[t][CUE + 1] && likely[t][CUE] > 0.25;
            let mut end = t + 1;
            while end < passage.end && is_cue(&likely[end]) >= least && !new(end) {
                end += 1;
            }
            // of equally likely tokens the verb
            let score = |t: usize| is_cue(&likely[t]) + if reading.tokens[t].is_verb { 0.05 } else { 0.0 };
            found.push((t + 1..end).fold(t, |best, k| if score(k) > score(best) + 0.02 { k } else { best }));
            t = end;
        }
    }
    found
}

/// Adds a group of features.
type Add<'a> = for<'r, 'n> fn(&'r Relation<'a>, &Near<'n>, &mut Keys);

/// What relates tokens to one likely cue.
pub(crate) struct Relation<'a> {
    reading: &'a Reading,
    context: &'a Context,
    likely: &'a Likely,
    cue: usize,
    /// The tokens that may belong to it.
    pub(crate) window: Range<usize>,
    /// The cue and what stands above it in its tree.
    chain: Vec<usize>,
    /// Likely cues before each token of the window, but for this one.
    cues: Vec<u32>,
    /// Of each token, how many spans of its kind stand between it and the cue.
    rivals: Vec<u32>,
}

impl<'a> Relation<'a> {
    pub(crate) fn new(
        reading: &'a Reading,
        context: &'a Context,
        likely: &'a Likely,
        cue: usize,
        candidates: &[usize],
    ) -> Relation<'a> {
        let passage = reading.passage(cue);
        let first = candidates.partition_point(|c| *c < passage.start);
        let rivals = candidates[first..].partition_point(|c| *c < passage.end);
        let reach = (REACH * MOST_CUES / rivals.max(MOST_CUES)).max(LEAST_REACH);
        let window = passage.start.max(cue.saturating_sub(reach))..passage.end.min(cue + reach);
        let mut chain = vec![cue];
        while let Ok(head) = usize::try_from(reading.tokens[chain[chain.len() - 1]].head) {
            if chain.len() == 12 {
                break;
            }
            chain.push(head);
        }
        let first = candidates.partition_point(|c| *c < window.start);
        let mut near = candidates[first..].iter().peekable();
        let mut cues = Vec::with_capacity(window.len() + 1);
        let mut sum = 0;
        for t in window.clone() {
            cues.push(sum);
            if near.next_if(|c| **c == t).is_some() && t != cue && is_cue(&likely[t]) > 0.4 {
                sum += 1;
            }
        }
        cues.push(sum);
        let mut relation =
            Relation { reading, context, likely, cue, rivals: vec![0; window.len()], window, chain, cues };
        relation.count_rivals();
        relation
    }

    /// Walks away from the cue on both sides and counts the spans of each kind.
    fn count_rivals(&mut self) {
        let (start, cue) = (self.window.start, self.cue);
        let left: Vec<usize> = (start..cue).rev().collect();
        let right: Vec<usize> = (cue + 1..self.window.end).collect();
        for side in [left, right] {
            let mut seen = [0u32; 4];
            let mut last = kind(best(&self.likely[cue]));
            for t in side {
                let kind = kind(best(&self.likely[t]));
                if kind != last {
                    seen[kind as usize] += 1;
                }
                self.rivals[t - start] = seen[kind as usize].saturating_sub(1).min(3);
                last = kind;
            }
        }
    }

    /// The number of something between the cue and token `t`, given how many stand before each token.
    fn between(&self, t: usize, count: impl Fn(usize) -> u32) -> u32 {
        let (low, high) = if t < self.cue { (t + 1, self.cue) } else { (self.cue + 1, t) };
        if high > low { (count(high) - count(low)).min(3) } else { 0 }
    }

    /// Where the branch of token `t` meets the cue's chain: how far up the chain, steps, the branch's top.
    fn meeting(&self, t: usize) -> Option<(usize, u32, usize)> {
        let tokens = &self.reading.tokens;
        let (mut at, mut top) = (t, t);
        for steps in 0..=HEIGHT {
            if let Some(height) = self.chain.iter().position(|c| *c == at) {
                return Some((height, steps, top));
            }
            top = at;
            at = usize::try_from(tokens[at].head).ok()?;
        }
        None
    }

    /// What is seen between token `t` and the one before.
    pub(crate) fn seen(&self, t: usize) -> u32 {
        let more = [
            t == self.cue,
            t == self.cue + 1,
            begins(&self.likely[t]) > 0.4,
            t > self.window.start && t <= self.cue,
        ];
        let more = more.iter().enumerate().fold(0, |bits, (k, seen)| bits | u32::from(*seen) << k);
        transition(self.reading, self.context, t) | more << super::roles::TRANSITIONS
    }

    /// Adds the keys of all features of token `t`.
    pub(crate) fn keys(&self, t: usize, groups: Groups, out: &mut Keys) {
        let near = Near::new(self, t);
        out.from(5000);
        out.add([near.side, near.sentences]);
        self.distances(&near, out);
        out.from(5050);
        self.roles(&near, out);
        let optional: [(u32, u64, Add<'a>); 6] = [
            (Groups::TREES, 5100, Self::paths),
            (Groups::WORDS, 5150, Self::words),
            (Groups::QUOTATIONS, 5200, Self::quotations),
            (Groups::CUES, 5250, Self::steps),
            (Groups::RULES, 5270, Self::rules),
            (Groups::ENCODER, 5290, Self::encoded),
        ];
        for (group, template, add) in optional {
            if groups.has(group) {
                out.from(template);
                add(self, &near, out);
            }
        }
    }

    fn steps(&self, near: &Near<'_>, out: &mut Keys) {
        let t = near.t;
        let (cue_step, source_step) = (u32::from(self.context.cues[t]), u32::from(self.context.sources[t]));
        let own_step = u32::from(self.context.cues[self.cue]);
        let entry = self.reading.tokens[self.cue].entry;
        out.add([near.side, cue_step]);
        out.add([near.side, cue_step, near.sentences, near.cues]);
        out.add([near.side, source_step]);
        out.add([near.side, source_step, near.sentences, near.cues]);
        out.add([near.offset, source_step]);
        out.add([near.side, cue_step, best(&self.likely[t])]);
        out.add([near.offset, cue_step, own_step]);
        out.add([near.offset, cue_step, near.tag(0)]);
        out.add([near.side, entry]);
        out.add([near.offset, entry]);
        out.add([near.side, entry, near.tag(0), near.cues]);
    }

    fn rules(&self, near: &Near<'_>, out: &mut Keys) {
        let (token, cue) = (&self.reading.tokens[near.t], &self.reading.tokens[self.cue]);
        out.add([near.side, token.rule, cue.rule]);
        out.add([near.side, token.rule, near.cues, near.sentences]);
        out.add([near.side, token.rule, cue.rule_name, near.cues]);
        out.add([near.side, token.rule, u32::from(token.rule_name == cue.rule_name), near.cues]);
    }

    fn encoded(&self, near: &Near<'_>, out: &mut Keys) {
        let encoded = &self.context.encoded[near.t];
        let label = best(&self.likely[near.t]);
        out.add([near.side, best(encoded), near.cues]);
        out.add([near.side, best(encoded), label, near.cues, near.sentences]);
        out.add([near.side, best(encoded), step(begins(encoded)), near.cues]);
    }

    fn distances(&self, near: &Near<'_>, out: &mut Keys) {
        let tokens = &self.reading.tokens;
        let cue = &tokens[self.cue];
        let beside = |offset: isize, read: fn(&super::reading::Seen) -> u32| {
            let j = self.cue.wrapping_add_signed(offset);
            if self.window.contains(&j) { read(&tokens[j]) } else { 98 }
        };
        let (next, next_tag, tag_before) =
            (beside(1, |t| t.word.form), beside(1, |t| t.tag), beside(-1, |t| t.tag));
        let below = self.context.below[self.cue] & 31;
        let own_step = u32::from(self.context.cues[self.cue]);
        let first = (near.t - self.reading.sentence(near.t).start).min(3) as u32;
        let Near { side, sentences, offset, cues, commas, .. } = *near;
        out.add([offset]);
        out.add([side, sentences, cues]);
        out.add([offset, cues]);
        out.add([side, sentences, cues, commas]);
        out.add([offset, near.tag(0)]);
        out.add([offset, near.word(0)]);
        out.add([offset, cue.lemma]);
        out.add([side, sentences, cue.tag]);
        out.add([offset, cue.tag, next_tag]);
        out.add([side, sentences, next_tag]);
        out.add([side, sentences, next, cue.lemma]);
        out.add([side, sentences, own_step, cues]);
        out.add([side, sentences, tag_before, cues]);
        out.add([side, cue.lemma, near.tag(0)]);
        out.add([side, cue.lemma, near.word(0)]);
        out.add([offset, next, cue.lemma]);
        out.add([offset, near.tag(0), near.tag(1), cues]);
        out.add([offset, cue.tag, near.tag(0)]);
        out.add([side, sentences, below]);
        out.add([offset, below, near.tag(0)]);
        out.add([side, sentences, self.cues[self.cues.len() - 1].min(6)]);
        out.add([side, sentences, first]);
        out.add([side, sentences, first, cues, near.tag(0)]);
    }

    fn roles(&self, near: &Near<'_>, out: &mut Keys) {
        let tokens = &self.reading.tokens;
        let cue = &tokens[self.cue];
        let row = &self.likely[near.t];
        let mut sides = [(SOURCE_RIGHT, CONTENT_RIGHT), (SOURCE_LEFT, CONTENT_LEFT)];
        if near.t >= self.cue {
            sides.reverse();
        }
        let [(s1, c1), (s2, c2)] = sides.map(|(s, c)| (step(pair(row, s)), step(pair(row, c))));
        let (a_cue, the_cue) = (step(is_cue(row)), step(is_cue(&self.likely[self.cue])));
        let label = best(row);
        let beside = |offset: isize| near.at(offset).map_or(20, |j| best(&self.likely[j]));
        let next_tag = if self.window.contains(&(self.cue + 1)) { tokens[self.cue + 1].tag } else { 98 };
        let Near { side, sentences, offset, cues, .. } = *near;
        out.add([side, s1]);
        out.add([side, c1]);
        out.add([a_cue]);
        out.add([side, s1, c1, a_cue, cues]);
        out.add([side, s2, c2, cues]);
        out.add([side, c1, cues, sentences]);
        out.add([side, s1, cues, sentences]);
        out.add([side, label, cues]);
        out.add([side, label, beside(-1), cues]);
        out.add([side, label, beside(1), cues]);
        out.add([side, label, cues, sentences]);
        out.add([side, label, cue.lemma]);
        out.add([side, label, the_cue]);
        out.add([side, label, offset]);
        out.add([side, label, step(begins(row)), cues]);
        out.add([the_cue, a_cue, side]);
        out.add([side, label, beside(-1), beside(1)]);
        out.add([side, label, cues, the_cue, sentences]);
        out.add([side, label, near.word(0)]);
        out.add([side, label, next_tag, cues]);
        let encoded = &self.context.encoded[near.t];
        out.add([side, best(encoded), cues]);
        out.add([side, best(encoded), label, cues, sentences]);
        out.add([side, best(encoded), step(begins(encoded)), cues]);
        out.add([offset, the_cue, a_cue]);
        if kind(label) > 1 {
            let rivals = self.rivals[near.t - self.window.start];
            out.add([side, label, rivals, cues]);
            out.add([side, label, rivals]);
        }
    }

    fn paths(&self, near: &Near<'_>, out: &mut Keys) {
        let tokens = &self.reading.tokens;
        let token = &tokens[near.t];
        let cue = &tokens[self.cue];
        let Near { side, sentences, offset, cues, .. } = *near;
        out.add([side, token.relation]);
        out.add([offset, token.relation]);
        out.add([side, token.relation, cue.lemma]);
        let Some((height, steps, top)) = self.meeting(near.t) else {
            out.add([side, 77]);
            out.add([side, sentences, 78, token.relation]);
            return;
        };
        out.from(5105);
        let below = if height > 0 { tokens[self.chain[height - 1]].relation } else { 0 };
        let (up, high) = (steps.min(4), height.min(4) as u32);
        let (relation, edge) = if steps > 0 {
            let (first, last) = self.reading.yields[top];
            let here = near.t as u32;
            (tokens[top].relation, u32::from(first == here) * 2 + u32::from(last == here))
        } else {
            (0, 5)
        };
        let meet = tokens[self.chain[height]].word.form;
        let own_step = u32::from(self.context.cues[self.cue]);
        out.add([side, high, up, relation]);
        out.add([side, high, relation]);
        out.add([side, high, relation, below]);
        out.add([side, high, relation, edge]);
        out.add([side, high, relation, cue.lemma]);
        out.add([side, high, relation, tokens[top].tag]);
        out.add([side, high, relation, cues]);
        out.add([side, high, relation, below, up]);
        out.add([side, high, relation, near.tag(0)]);
        out.add([side, high, relation, near.word(0)]);
        out.add([side, high, relation, token.relation]);
        out.add([side, high, below, meet]);
        out.add([side, high, relation, token.quoted as u32]);
        out.add([side, high, relation, own_step]);
        out.add([side, high, relation, tokens[top].word.form]);
        out.add([side, high, relation, below, edge]);
        out.add([side, high, relation, self.chain.len().min(5) as u32]);
        out.add([offset, high, relation]);
        let before = near.at(-1).and_then(|j| self.meeting(j));
        let (code, same) = before.map_or((7, false), |(h, s, branch)| {
            let relation = if s > 0 { tokens[branch].relation } else { 0 };
            (relation << 5 | h.min(20) as u32, branch == top && s > 0)
        });
        out.add([side, high, relation, code]);
        out.add([side, high, relation, u32::from(same), edge]);
    }

    fn words(&self, near: &Near<'_>, out: &mut Keys) {
        let token = &self.reading.tokens[near.t];
        let (w, p) = (|offset| near.word(offset), |offset| near.tag(offset));
        let Near { side, sentences, .. } = *near;
        out.add([side, w(0)]);
        out.add([side, w(-1)]);
        out.add([side, w(1)]);
        out.add([side, w(-1), w(0)]);
        out.add([side, w(0), w(1)]);
        out.add([side, sentences, w(0)]);
        out.add([side, sentences, w(-1)]);
        out.add([side, token.word.suffix[2]]);
        out.add([side, token.word.shape, sentences]);
        out.add([side, token.cluster]);
        for offset in -2..=2 {
            out.add([side, p(offset)]);
        }
        out.add([side, p(-1), p(0)]);
        out.add([side, p(0), p(1)]);
        out.add([side, p(-1), p(0), p(1)]);
        out.add([side, w(-1), p(0)]);
        out.add([side, w(0), p(1)]);
        out.add([side, sentences, p(0)]);
        out.add([side, p(-2), p(-1), p(0)]);
        out.add([side, p(0), p(1), p(2)]);
        out.add([side, token.name, p(0)]);
    }

    fn quotations(&self, near: &Near<'_>, out: &mut Keys) {
        let tokens = &self.reading.tokens;
        let (token, cue) = (&tokens[near.t], &tokens[self.cue]);
        let here = token.quoted as u32;
        let cue_quoted = u32::from(cue.opened >= 0);
        let same = u32::from(token.opened >= 0 && token.opened == cue.opened);
        let range = (token.opened.max(0) as usize, token.closes.max(0) as usize);
        let mut length = 99;
        let mut gap = 99;
        if token.opened >= 0 {
            length = distance(range.1.saturating_sub(range.0));
            gap = match range {
                (first, _) if first > self.cue => distance(first - self.cue),
                (_, last) if last < self.cue => 50 + distance(self.cue - last),
                _ => 88,
            };
        }
        let full = self.context.shapes[near.t].full;
        let marks = self.between(near.t, |t| tokens.get(t).map_or(0, |t| t.marks));
        let next = tokens.get(self.cue + 1).map_or(8, |t| t.word.form);
        let q = |offset| near.of(offset, 9, |t| t.quoted as u32);
        let Near { side, sentences, cues, commas, .. } = *near;
        out.add([side, here, cue_quoted, same]);
        out.add([side, here, marks]);
        out.add([side, here, length, cues]);
        out.add([side, sentences, full, cues]);
        out.add([side, here, gap]);
        out.add([side, here, gap, cues]);
        out.add([side, sentences, full, here, marks]);
        out.add([side, q(-1), here, q(1)]);
        out.add([side, q(-2), q(-1), near.word(-1)]);
        out.add([side, sentences, here, near.word(0)]);
        out.add([side, here, same, cue.lemma]);
        out.add([side, sentences, here, next]);
        out.add([side, here, commas, sentences]);
        out.add([side, here, near.tag(0), sentences]);
        out.add([side, here, length, gap]);
        out.add([side, sentences, here, full, next, cues]);
        out.add([side, q(-1), near.word(-1), near.tag(0)]);
        let is = |t: usize, quoted: Quoted| self.window.contains(&t) && tokens[t].quoted == quoted;
        let opens_behind = u32::from((self.cue + 1..self.cue + 4).any(|t| is(t, Quoted::Opening)));
        let closed_before = u32::from((self.cue.saturating_sub(4)..self.cue).any(|t| is(t, Quoted::Closing)));
        out.add([side, sentences, here, opens_behind, closed_before, cues]);
        out.add([side, sentences, here, opens_behind, closed_before, full]);
        if token.opened >= 0 {
            let (first, last) = (range.0, range.1.min(self.window.end - 1).max(range.0));
            let open = |from: usize, to: usize| self.context.open_cues[to] - self.context.open_cues[from];
            let rivals = match (first, last) {
                (first, _) if first > self.cue => open(self.cue + 1, first),
                (_, last) if last < self.cue => open(last, self.cue),
                _ => 9,
            };
            let own = tokens[first].sentence <= cue.sentence && cue.sentence <= tokens[last].sentence;
            let at = &self.context.quotations[near.t];
            let (rivals, own) = (rivals.min(3), u32::from(own));
            let paragraphs = (token.paragraph + 50).saturating_sub(cue.paragraph);
            out.add([side, rivals, own, at.since, at.own]);
            out.add([side, rivals, own, at.all, at.number]);
            out.add([side, rivals, own, at.own, sentences]);
            out.add([side, rivals, own, cues, length]);
            out.add([side, own, at.own, paragraphs]);
        }
    }
}

/// A token as it stands to the cue.
struct Near<'r> {
    relation: &'r Relation<'r>,
    t: usize,
    /// 0 the cue itself, 1 before it, 2 behind it.
    side: u32,
    /// Sentences from the cue's to the token's, shifted.
    sentences: u32,
    /// Distance with its side.
    offset: u32,
    /// Likely cues, commas between.
    cues: u32,
    commas: u32,
}

impl<'r> Near<'r> {
    fn new(relation: &'r Relation<'r>, t: usize) -> Near<'r> {
        let tokens = &relation.reading.tokens;
        let side = match t.cmp(&relation.cue) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Greater => 2,
        };
        let sentences = tokens[t].sentence as i32 - tokens[relation.cue].sentence as i32;
        let start = relation.window.start;
        Near {
            relation,
            t,
            side,
            sentences: (sentences.clamp(-2, 3) + 5) as u32,
            offset: distance(t.abs_diff(relation.cue)) + if side == 1 { 100 } else { 0 },
            cues: relation.between(t, |t| relation.cues[t - start]),
            commas: relation.between(t, |t| tokens.get(t).map_or(0, |t| t.commas)),
        }
    }

    fn at(&self, offset: isize) -> Option<usize> {
        Some(self.t.wrapping_add_signed(offset)).filter(|t| self.relation.window.contains(t))
    }

    fn of(&self, offset: isize, outside: u32, read: fn(&super::reading::Seen) -> u32) -> u32 {
        self.at(offset).map_or(outside, |j| read(&self.relation.reading.tokens[j]))
    }

    fn word(&self, offset: isize) -> u32 {
        self.of(offset, 3, |t| t.word.form)
    }

    fn tag(&self, offset: isize) -> u32 {
        self.of(offset, 99, |t| t.tag)
    }
}
