//! What a content's own words commit to, by rule: modals, hedges, negation, conditions, read from tags.
//!
//! The weakest hedge decides. The regressor takes this for one piece of evidence among others; for noun phrases it is all
//! there is.

use super::CERTAIN;
use super::hedges::{Kind, hedge};
use crate::document::{Act, Tag};
use crate::extract::negation;
use crate::language::Annotated;
use crate::language::chunk::is_auxiliary;

/// What is left of a modal when it is negated: "could not", "will not" deny more firmly than "could" affirms.
const NEGATED_MODAL: f32 = 2.0;
/// What is left of an infinitive whose governor is not in the tables: what is aimed at may come about (the mean rating
/// right after "to" in UW, train split, is 1.36).
const INTENDED: f32 = 1.3;

/// A clause while it is read: positions are indices into `clause`, which lists tokens of the article.
pub(super) struct Reading<'a, 'd> {
    pub(super) article: &'a Annotated<'d>,
    pub(super) clause: &'a [usize],
}

/// A verb group: first auxiliary or adverb, main verb, and whether it is negated.
struct Group {
    start: usize,
    /// The last verb of the group: "join" in "could soon be expected to join".
    head: usize,
}

impl Reading<'_, '_> {
    fn lower(&self, k: usize) -> &str {
        self.clause.get(k).map_or("", |&i| self.article.lower(i))
    }

    fn lemma(&self, k: usize) -> &str {
        self.clause.get(k).map_or("", |&i| self.article.lemma(i))
    }

    fn tag(&self, k: usize) -> Tag {
        self.clause.get(k).map_or(Tag::XX, |&i| self.article.tag(i))
    }

    /// What the content's own words commit to.
    pub(super) fn share(&self) -> f32 {
        let n = self.clause.len();
        if n == 0 {
            return CERTAIN;
        }
        if self.lower(n - 1) == "?" {
            return 0.0;
        }
        let mut start = 0;
        let mut share = CERTAIN;
        if hedge(Kind::Open, self.lower(0)).is_some() {
            return 0.0;
        }
        if let Some(left) = self.opens_condition(0) {
            // "if X, Y": Y depends on X. Without a comma, the whole is the condition ("asked if X").
            let Some(comma) = (1..n).find(|&k| self.lower(k) == ",") else { return 0.0 };
            share = left;
            start = comma + 1;
        } else if self.is_subordinator(0)
            && let Some(comma) = (1..n).find(|&k| self.lower(k) == ",")
        {
            start = comma + 1;
        }
        let own = match self.group(start) {
            Some(group) => self.predicate(start, &group, 0),
            None => self.noun_phrase(start),
        };
        if own.abs() < share { own } else { share.copysign(own) }
    }

    /// What the words around the predicate at `k` commit to.
    pub(super) fn share_at(&self, k: usize) -> f32 {
        let from = (0..k)
            .rev()
            .take_while(|&j| k - j <= 12)
            .find(|&j| self.bounds_clause(j))
            .map_or(k.saturating_sub(12), |j| j + 1);
        let mut share = CERTAIN;
        if from > 0 {
            let opener = from - 1;
            if hedge(Kind::Open, self.lower(opener)).is_some() {
                return 0.0;
            }
            share = self.opens_condition(opener).unwrap_or(CERTAIN);
        }
        if let Some(left) = self.opens_condition(from) {
            share = share.min(left);
        }
        let group = (from..=k)
            .filter(|&j| self.tag(j).is_verb() || self.tag(j) == Tag::MD)
            .map(|j| self.extend(j))
            .find(|g| g.head == k);
        let bare = self.tag(k) == Tag::VBG && group.as_ref().is_none_or(|g| g.start == k);
        let own = match group {
            _ if self.is_infinitive(k) => self.dependent(k),
            Some(group) if !bare => self.predicate(from, &group, 1),
            _ if self.tag(k).is_verb() => self.signed(k, negation::negates_verb, from),
            _ => {
                let negated = negation::negates_noun(self.article, self.clause[k], self.clause[from]);
                let own = self.noun_phrase(k.saturating_sub(4).max(from)).abs();
                if negated { -own } else { own }
            }
        };
        if own.abs() < share { own } else { share.copysign(own) }
    }

    /// Full certainty, turned round if the word at `k` is negated.
    fn signed(&self, k: usize, negates: fn(&Annotated<'_>, usize, usize) -> bool, from: usize) -> f32 {
        if negates(self.article, self.clause[k], self.clause[from]) { -CERTAIN } else { CERTAIN }
    }

    /// Whether the verb at `k` follows "to".
    fn is_infinitive(&self, k: usize) -> bool {
        let to = (0..k).rev().find(|&j| !self.tag(j).is_adverb());
        self.tag(k) == Tag::VB && to.is_some_and(|j| self.lower(j) == "to")
    }

    /// Whether the word at `k` parts two clauses.
    fn bounds_clause(&self, k: usize) -> bool {
        matches!(self.tag(k), Tag::Comma | Tag::Colon | Tag::WDT | Tag::WP | Tag::WRB | Tag::Period)
            || self.is_subordinator(k)
            || matches!(self.lower(k), "that" | "if" | "unless" | "whether" | "and" | "but" | "or")
    }

    /// The share of the infinitive at `k` under the verb before it: what that verb leaves of it, by the lexicons.
    fn dependent(&self, k: usize) -> f32 {
        let Some(to) = (0..k).rev().find(|&j| self.lower(j) == "to") else { return INTENDED };
        let near = to.saturating_sub(4);
        let Some(g) = (near..to).rev().find(|&g| self.tag(g).is_verb() || self.tag(g).is_adjective()) else {
            return INTENDED;
        };
        let i = self.clause[g];
        let from = self.clause[g.saturating_sub(8)];
        let negated = negation::negates_verb(self.article, i, from);
        if negation::is_catenative(self.article, i) {
            return if negated { CERTAIN } else { -CERTAIN };
        }
        if let Some(left) =
            hedge(Kind::Raising, self.lower(g)).or_else(|| hedge(Kind::Raising, self.lemma(g)))
        {
            return if negated { -left } else { left };
        }
        let Some(cue) = crate::extract::cues::verb(self.lemma(g)) else {
            return if negated { -INTENDED } else { INTENDED };
        };
        if negated {
            cue.negated_to_certainty.unwrap_or(-INTENDED)
        } else {
            cue.to_certainty.unwrap_or(INTENDED)
        }
    }

    /// Certainty left by the condition that opens at `k`, if one does. "as if" and "even if" are none.
    fn opens_condition(&self, k: usize) -> Option<f32> {
        let left = hedge(Kind::Conditional, self.lower(k))?;
        let word = self.lower(k);
        if k > 0 && matches!(self.lower(k - 1), "as" | "even" | "only" | "what") {
            return None;
        }
        // Inversion: "should the situation escalate", "were it to fall".
        if matches!(word, "should" | "were") && (k > 0 || self.tag(k + 1).is_verb()) {
            return None;
        }
        if matches!(word, "provided" | "assuming") && !matches!(self.lower(k + 1), "that" | "the") {
            return None;
        }
        Some(left)
    }

    fn is_subordinator(&self, k: usize) -> bool {
        // "as many as 12,000 soldiers" opens no clause
        if self.lower(k) == "as" && (self.tag(k + 1).is_adjective() || self.tag(k + 1).is_adverb()) {
            return false;
        }
        matches!(
            self.lower(k),
            "when"
                | "while"
                | "although"
                | "though"
                | "because"
                | "as"
                | "after"
                | "before"
                | "since"
                | "until"
        )
    }

    /// The verb group of the main clause at or after `from`: the first finite one that is not of a relative clause,
    /// or else an infinitive or participle.
    fn group(&self, from: usize) -> Option<Group> {
        let n = self.clause.len();
        let mut relative = 0_usize;
        let mut fallback = None;
        let mut k = from;
        while k < n {
            let tag = self.tag(k);
            let relativizer = k > from
                && (matches!(tag, Tag::WDT | Tag::WP | Tag::WPS)
                    || self.lower(k) == "that" && self.tag(k - 1).is_noun());
            if relativizer {
                relative += 1;
            }
            if !(tag.is_verb() || tag == Tag::MD) {
                k += 1;
                continue;
            }
            let group = self.extend(k);
            if tag.is_finite() || is_auxiliary(self.lower(k)) && tag != Tag::VBG && tag != Tag::VB {
                if relative == 0 {
                    return Some(group);
                }
                relative -= 1;
            }
            k = group.head + 1;
            if fallback.is_none() {
                fallback = Some(group);
            }
        }
        fallback.filter(|g| g.start <= from + 1)
    }

    /// The whole group that opens at `k`: auxiliaries, adverbs, "expected to", main verb.
    fn extend(&self, k: usize) -> Group {
        let mut start = k;
        while start > 0 && self.tag(start - 1).is_adverb() {
            start -= 1;
        }
        let mut head = k;
        let mut j = k + 1;
        while j < self.clause.len() {
            let (tag, word) = (self.tag(j), self.lower(j));
            let chains = |k: usize| self.raises(k) || negation::is_catenative(self.article, self.clause[k]);
            if tag.is_verb()
                && (is_auxiliary(self.lower(head)) || self.tag(head) == Tag::MD || self.lower(j - 1) == "to")
            {
                head = j;
            } else if tag.is_adverb() || word == "n't" {
                // looked over
            } else if tag.is_adjective() && chains(j) && self.follows_to(j + 1) {
                head = j;
            } else if word == "to" && chains(head) && self.infinitive(j + 1) {
                // "is expected to"
            } else {
                break;
            }
            j += 1;
        }
        Group { start, head }
    }

    fn raises(&self, k: usize) -> bool {
        hedge(Kind::Raising, self.lower(k)).or_else(|| hedge(Kind::Raising, self.lemma(k))).is_some()
    }

    fn follows_to(&self, k: usize) -> bool {
        self.lower(k) == "to"
    }

    fn infinitive(&self, k: usize) -> bool {
        (k..k + 3).find(|&k| !self.tag(k).is_adverb()).is_some_and(|k| self.tag(k) == Tag::VB)
    }

    /// The share of a clause with a verb group.
    fn predicate(&self, from: usize, group: &Group, depth: usize) -> f32 {
        let mut share = CERTAIN;
        let mut sign = 1.0;
        let mut modal = false;
        let mut weaken = |left: f32, sign: &mut f32| {
            if left < 0.0 {
                *sign = -*sign;
            }
            share = share.min(left.abs());
        };
        // Adverbs of the clause: before its group, in it, or right after it.
        for k in from..(group.head + 3).min(self.clause.len()) {
            if self.tag(k).is_adverb()
                && let Some(left) = hedge(Kind::Adverb, self.lower(k))
                && !self.raises_here(k, group)
            {
                weaken(left, &mut sign);
            }
        }
        for k in group.start..=group.head {
            if self.tag(k) == Tag::MD
                && let Some(left) = hedge(Kind::Modal, self.lower(k))
            {
                modal = true;
                weaken(left, &mut sign);
            }
            if self.raises_here(k, group) {
                let left =
                    hedge(Kind::Raising, self.lower(k)).or_else(|| hedge(Kind::Raising, self.lemma(k)));
                weaken(left.unwrap_or(CERTAIN), &mut sign);
            }
        }
        if self.negated(from, group) {
            sign = -sign;
            if modal {
                share = share.max(NEGATED_MODAL);
            }
        }
        // A condition that follows: "would respond if attacked".
        let after = group.head + 1..self.clause.len();
        if let Some(left) = after.clone().find_map(|k| self.opens_condition(k)) {
            share = share.min(left.max(0.6));
        }
        // "We estimate the first are expected to join": the speaker's own hedge, and what it holds.
        if depth < 2
            && let Some(left) = self.own_judgement(group)
        {
            let next = group.head + 1 + usize::from(self.lower(group.head + 1) == "that");
            let inner = self.group(next).map_or(CERTAIN, |g| self.predicate(next, &g, depth + 1));
            if inner < 0.0 {
                sign = -sign;
            }
            share = share.min(left).min(inner.abs());
        }
        // "it is possible that …", "there is a chance that …", "it remains unclear whether …"
        if depth < 2
            && let Some((left, next)) = self.predicative(group)
        {
            let inner = match (left, next) {
                (_, None) => CERTAIN,
                (_, Some(next)) => match self.group(next) {
                    Some(inner) => self.predicate(next, &inner, depth + 1),
                    None => CERTAIN,
                },
            };
            if left < 0.0 {
                sign = -sign;
            }
            if inner < 0.0 {
                sign = -sign;
            }
            share = share.min(left.abs()).min(inner.abs());
        }
        share * sign
    }

    /// Whether the word at `k` raises the infinitive after it inside the group: "expected" in "is expected to join".
    fn raises_here(&self, k: usize, group: &Group) -> bool {
        k < group.head
            && k >= group.start
            && self.raises(k)
            && (k + 1..=group.head).any(|j| self.lower(j) == "to")
    }

    /// Certainty that "I think", "we estimate" leave of their clause.
    fn own_judgement(&self, group: &Group) -> Option<f32> {
        let speaker = group.start > 0 && matches!(self.lower(group.start - 1), "i" | "we");
        let cue = crate::extract::cues::verb(self.lemma(group.head)).filter(|_| speaker)?;
        let judges = matches!(
            cue.act,
            Act::Judge | Act::Estimate | Act::Predict | Act::Speculate | Act::Hope | Act::Fear
        );
        let clause = matches!(
            self.tag(group.head + 1),
            Tag::DT | Tag::PRP | Tag::NNP | Tag::NNS | Tag::EX | Tag::PRPS
        ) || self.lower(group.head + 1) == "that";
        (judges && clause && cue.certainty > 0.0).then_some(cue.certainty)
    }

    /// A hedging predicate after "be" and the clause that depends on it: its value, and where the clause starts.
    fn predicative(&self, group: &Group) -> Option<(f32, Option<usize>)> {
        if !matches!(self.lemma(group.head), "be" | "remain" | "seem" | "appear" | "become" | "have" | "'s") {
            return None;
        }
        for k in group.head + 1..(group.head + 5).min(self.clause.len()) {
            let left = if self.tag(k).is_adjective() {
                hedge(Kind::Adjective, self.lower(k))
            } else if self.tag(k).is_noun() {
                hedge(Kind::Noun, self.lemma(k))
            } else {
                None
            };
            if let Some(left) = left {
                let next = self.lower(k + 1);
                return match next {
                    "whether" | "if" | "how" | "why" | "what" | "when" | "where" | "who" => Some((0.0, None)),
                    "that" => Some((left, Some(k + 2))),
                    // "there is speculation about it", "has the potential to do harm"
                    "about" if self.tag(k).is_noun() => Some((left, None)),
                    // The subject itself is what is hedged: "an attack is possible", "the risk of war is real" is not.
                    _ if self.tag(k).is_adjective() || matches!(next, "of" | "to") => Some((left, None)),
                    _ => None,
                };
            }
            if matches!(self.lower(k), "that" | "whether" | "," | "to") {
                return None;
            }
        }
        None
    }

    /// Whether the group, its subject or its object is negated, or something in it turns it round ("failed to").
    fn negated(&self, from: usize, group: &Group) -> bool {
        let mut negated = false;
        for k in group.start..=group.head {
            let i = self.clause[k];
            negated ^= negation::is_particle(self.article, i);
            negated ^= k < group.head && negation::is_catenative(self.article, i);
        }
        // "is not safe": the particle after a copula
        if is_auxiliary(self.lower(group.head)) {
            for k in group.head + 1..self.clause.len() {
                if !(self.tag(k).is_adverb() || self.lower(k) == "n't") {
                    break;
                }
                negated ^= negation::is_particle(self.article, self.clause[k]);
            }
        }
        let subject_end = group.start.saturating_sub(1);
        for k in from..group.start {
            let i = self.clause[k];
            if negation::is_subject(self.article, i) || negation::is_determiner(self.article, i) {
                let near = subject_end - k <= 5 && (k..=subject_end).all(|j| self.lower(j) != ",");
                negated ^= near;
                break;
            }
        }
        // "sent no troops", "has no plans to"
        let object = group.head + 1;
        if object < self.clause.len() && !negated {
            let i = self.clause[object];
            negated = self.lower(object) == "no" && negation::is_determiner(self.article, i)
                || matches!(self.lower(object), "nothing" | "nobody" | "none");
        }
        negated
    }

    /// The share of a content without a verb: "the possible deployment of troops", "no evidence of an attack".
    fn noun_phrase(&self, from: usize) -> f32 {
        let mut share = CERTAIN;
        let mut sign = 1.0;
        let end = (from..self.clause.len())
            .find(|&k| matches!(self.lower(k), "," | ";" | ":" | "in" | "at" | "with" | "after" | "before"))
            .unwrap_or(self.clause.len());
        for k in from..end {
            let left = match self.tag(k) {
                t if t.is_adjective() || t == Tag::VBN => hedge(Kind::Adjective, self.lower(k)),
                t if t.is_adverb() => hedge(Kind::Adverb, self.lower(k)),
                t if t.is_noun() && matches!(self.lower(k + 1), "of" | "that" | "to" | "about") => {
                    hedge(Kind::Noun, self.lemma(k))
                }
                _ => None,
            };
            if let Some(left) = left {
                share = share.min(left.abs());
                sign *= if left < 0.0 { -1.0 } else { 1.0 };
            }
        }
        if from < end && negation::is_determiner(self.article, self.clause[from]) {
            sign = -sign;
        }
        share * sign
    }
}
