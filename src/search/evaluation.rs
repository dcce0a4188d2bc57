//! From the steps of a query to units.

use std::borrow::Cow;
use std::ops::Range;

use super::index::{Index, Words};
use super::query::{Query, Slot, Step, What};
use super::{Found, Hit, Selection};
use crate::document::{Claim, Document};
use crate::table::Filter;

/// What is searched.
pub(super) struct Corpus<'c> {
    pub(super) index: &'c Index,
    pub(super) documents: &'c [Document],
    pub(super) claims: &'c [Claim],
}

/// Where an operand of the query holds.
pub(super) struct Matches<'c> {
    /// Numbers of the words that it begins with, in order; none for conditions.
    pub(super) starts: Cow<'c, [u32]>,
    /// How many words it takes.
    pub(super) words: u32,
    /// Units, in order, each with how often.
    pub(super) units: Vec<(u32, u32)>,
    /// Whether it counts for the score and is marked.
    pub(super) sought: bool,
}

/// Units in order, or all others.
struct Set {
    units: Vec<u32>,
    complement: bool,
}

impl<'c> Corpus<'c> {
    /// Where each operand holds.
    pub(super) fn leaves(&self, query: &Query) -> Vec<Matches<'c>> {
        let matches = |leaf: &super::query::Leaf| match &leaf.what {
            What::Words(slots) => {
                let (starts, words) = (self.index.starts_of(slots), slots.len() as u32);
                let units = self.index.units_with(&starts, words);
                Matches { starts, words, units, sought: leaf.sought }
            }
            What::Field(filter) => {
                let units = self.units_that_meet(filter).into_iter().map(|unit| (unit, 0)).collect();
                Matches { starts: Cow::Borrowed(&[]), words: 0, units, sought: false }
            }
        };
        query.leaves.iter().map(matches).collect()
    }

    /// The units for which the query holds, in order.
    pub(super) fn units(&self, query: &Query, leaves: &[Matches<'_>]) -> Vec<u32> {
        let mut stack: Vec<Set> = Vec::new();
        for step in &query.steps {
            let set = match step {
                Step::Leaf(leaf) => {
                    Set { units: leaves[*leaf].units.iter().map(|u| u.0).collect(), complement: false }
                }
                Step::Not => {
                    let Some(set) = stack.pop() else { continue };
                    Set { complement: !set.complement, ..set }
                }
                Step::And | Step::Or => {
                    let (Some(b), Some(a)) = (stack.pop(), stack.pop()) else { continue };
                    if *step == Step::And { a.and(b) } else { a.or(b) }
                }
            };
            stack.push(set);
        }
        // No query is a mere complement: it is refused when it is read.
        stack.pop().filter(|set| !set.complement).map(|set| set.units).unwrap_or_default()
    }

    /// The units that meet a condition, in order.
    fn units_that_meet(&self, filter: &Filter) -> Vec<u32> {
        let mut out = Vec::new();
        for (index, document) in self.documents.iter().enumerate() {
            if !filter.keeps_document(document) {
                continue;
            }
            let (sentences, claims) = self.index.units_of(index);
            if !filter.is_of_claims() {
                out.extend((sentences.start..claims.end).map(|u| u as u32));
                continue;
            }
            let first = self.index.documents[index].claim as usize;
            let kept = claims.clone().filter(|u| {
                let claim = self.claims.get(first + u - claims.start);
                claim.is_some_and(|claim| filter.keeps_claim(document, claim))
            });
            out.extend(kept.map(|u| u as u32));
        }
        out
    }

    /// Those of `units` that are claims, and the sentences that none of these claims lies on.
    pub(super) fn reported(&self, units: &[u32]) -> Vec<u32> {
        let mut out = Vec::with_capacity(units.len());
        let mut rest = units;
        while let Some(first) = rest.first() {
            let (sentences, claims) = self.index.units_of(self.index.document_of(*first));
            let (own, others) = rest.split_at(rest.partition_point(|u| (*u as usize) < claims.end));
            let (own_sentences, own_claims) =
                own.split_at(own.partition_point(|u| (*u as usize) < sentences.end));
            let words = |u: &u32| self.index.units[*u as usize];
            let mut found: Vec<Words> = own_claims.iter().map(words).collect();
            found.sort_unstable_by_key(|w| (w.first, w.end));
            // Claims overlap, so what is asked is how far they have reached so far, in order of start.
            let (mut at, mut reach) = (0, 0);
            for sentence in own_sentences {
                while at < found.len() && found[at].first < words(sentence).end {
                    reach = reach.max(found[at].end);
                    at += 1;
                }
                if reach <= words(sentence).first {
                    out.push(*sentence);
                }
            }
            out.extend_from_slice(own_claims);
            rest = others;
        }
        out
    }

    /// Those of `units` that are wanted.
    pub(super) fn kept(&self, units: &[u32], query: &Query, selection: &Selection) -> Vec<u32> {
        let filter = &selection.filter;
        let only_claims = query.is_of_claims() || filter.is_of_claims();
        if *filter == Filter::default() && selection.found.is_none() && !only_claims {
            return units.to_vec();
        }
        let (mut document, mut kept) = (usize::MAX, false);
        let wanted = |unit: &&u32| {
            let (index, claim) = self.place(**unit);
            if index != document {
                (document, kept) = (index, filter.keeps_document(&self.documents[index]));
            }
            let found = if claim.is_some() { Found::Claim } else { Found::Passage };
            let own = match claim {
                Some(claim) => filter.keeps_claim(&self.documents[index], &self.claims[claim as usize]),
                None => !only_claims,
            };
            kept && selection.found.is_none_or(|f| f == found) && own
        };
        units.iter().filter(wanted).copied().collect()
    }

    /// The document of a unit, and the claim that it is, if it is one.
    fn place(&self, unit: u32) -> (usize, Option<u32>) {
        let document = self.index.document_of(unit);
        let part = self.index.documents[document];
        (document, unit.checked_sub(part.claim_unit).map(|i| part.claim + i))
    }

    /// A unit as a hit, without highlights.
    pub(super) fn hit(&self, unit: u32, score: f64) -> Hit {
        let (document, claim) = self.place(unit);
        let sentence = (unit - self.index.documents[document].unit) as usize;
        let span = match claim {
            Some(claim) => self.claims[claim as usize].span(),
            None => self.documents[document].sentences[sentence].span,
        };
        Hit { document: document as u32, claim, span, score, highlights: Vec::new() }
    }

    /// The words of a hit.
    pub(super) fn words(&self, hit: &Hit) -> Words {
        let part = self.index.documents[hit.document as usize];
        let unit = match hit.claim {
            Some(claim) => part.claim_unit + (claim - part.claim),
            None => {
                let sentences = &self.documents[hit.document as usize].sentences;
                part.unit + sentences.partition_point(|s| s.span < hit.span) as u32
            }
        };
        self.index.units[unit as usize]
    }
}

impl Index {
    fn positions(&self, terms: Range<usize>) -> &[u32] {
        &self.positions[self.starts[terms.start]..self.starts[terms.end]]
    }

    /// Where the words of a phrase follow one another: the number of the first of each.
    fn starts_of(&self, slots: &[Slot]) -> Cow<'_, [u32]> {
        let terms = |slot: &Slot| self.terms.range(&slot.word, slot.prefix);
        let mut order: Vec<usize> = (0..slots.len()).collect();
        // The rarest first, so that there is little to compare.
        order.sort_by_key(|i| self.positions(terms(&slots[*i])).len());
        let mut starts: Option<Cow<'_, [u32]>> = None;
        for i in order {
            let found = self.merged(terms(&slots[i]));
            let before = i as u32;
            starts = Some(match starts {
                None if i == 0 => found,
                None => found.iter().filter_map(|p| p.checked_sub(before)).collect(),
                Some(starts) => {
                    let mut rest = &*found;
                    let follows = |start: &u32| {
                        rest = from(rest, *start + before, |p| *p);
                        rest.first() == Some(&(*start + before))
                    };
                    starts.iter().copied().filter(follows).collect()
                }
            });
        }
        starts.unwrap_or_default()
    }

    /// The positions of several terms in order.
    fn merged(&self, terms: Range<usize>) -> Cow<'_, [u32]> {
        if terms.len() <= 1 {
            return Cow::Borrowed(self.positions(terms));
        }
        let mut all = self.positions(terms).to_vec();
        // The lists are runs, which the stable sort finds and merges.
        all.sort();
        Cow::Owned(all)
    }

    /// Units that hold phrases of `words` words, which begin at `starts`; each with how many.
    fn units_with(&self, starts: &[u32], words: u32) -> Vec<(u32, u32)> {
        let mut out = Vec::new();
        let mut rest = starts;
        while let Some(first) = rest.first() {
            let index = self.document_at(*first);
            let end = self.documents[index + 1].word;
            let (own, others) = rest.split_at(rest.partition_point(|p| *p < end));
            let (sentences, claims) = self.units_of(index);
            self.sentences_with(own, words, sentences, &mut out);
            for unit in claims {
                let count = count(own, self.units[unit], words);
                if count > 0 {
                    out.push((unit as u32, count));
                }
            }
            rest = others;
        }
        out
    }

    /// Sentences lie one after the other, so those without a word are passed over.
    fn sentences_with(&self, starts: &[u32], words: u32, sentences: Range<usize>, out: &mut Vec<(u32, u32)>) {
        let (mut rest, mut unit) = (starts, sentences.start);
        while let Some(start) = rest.first() {
            let sentence = from(&self.units[unit..sentences.end], *start + 1, |w| w.end);
            let Some(range) = sentence.first() else { return };
            unit = sentences.end - sentence.len();
            let count = count(rest, *range, words);
            if count > 0 {
                out.push((unit as u32, count));
            }
            rest = from(rest, range.end, |p| *p);
        }
    }
}

/// How many phrases that begin at `starts` lie in `unit`.
fn count(starts: &[u32], unit: Words, words: u32) -> u32 {
    within(starts, unit, words).len() as u32
}

/// The phrases of `words` words that lie in `unit`.
pub(super) fn within(starts: &[u32], unit: Words, words: u32) -> &[u32] {
    let from = starts.partition_point(|p| *p < unit.first);
    let to = starts.partition_point(|p| p + words <= unit.end);
    &starts[from..to.max(from)]
}

/// What is left of a sorted list from the first item on whose key is at least `least`. Fast if that is near.
fn from<T>(list: &[T], least: u32, key: impl Fn(&T) -> u32) -> &[T] {
    let mut step = 1;
    while step < list.len() && key(&list[step]) < least {
        step *= 2;
    }
    let reach = list.len().min(step + 1);
    &list[list[..reach].partition_point(|item| key(item) < least)..]
}

impl Set {
    fn and(self, other: Set) -> Set {
        let (units, complement) = match (self.complement, other.complement) {
            (false, false) => (both(&self.units, &other.units), false),
            (false, true) => (without(&self.units, &other.units), false),
            (true, false) => (without(&other.units, &self.units), false),
            (true, true) => (either(&self.units, &other.units), true),
        };
        Set { units, complement }
    }

    fn or(self, other: Set) -> Set {
        let (a, b) = (self.complement, other.complement);
        let and = Set { complement: !a, ..self }.and(Set { complement: !b, ..other });
        Set { complement: !and.complement, ..and }
    }
}

fn both(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (few, mut many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let also = |unit: &u32| {
        many = from(many, *unit, |u| *u);
        many.first() == Some(unit)
    };
    few.iter().copied().filter(also).collect()
}

fn without(a: &[u32], mut b: &[u32]) -> Vec<u32> {
    let not = |unit: &u32| {
        b = from(b, *unit, |u| *u);
        b.first() != Some(unit)
    };
    a.iter().copied().filter(not).collect()
}

fn either(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut all = [a, b].concat();
    // Two runs, which the stable sort finds and merges.
    all.sort();
    all.dedup();
    all
}
