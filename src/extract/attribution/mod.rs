//! Attributions: which source, by which cue, said which content.
//!
//! The roles follow PARC 3.0 (Pareti 2016) and PolNeAR (Newell et al. 2018): the content holds its "that" and its
//! quotation marks, the cue holds its auxiliaries, the source holds its appositions.
//!
//! Two systems work together. [`rules`] read quotation marks, the cue lexicon and clauses; [`sequence`] is a trained
//! model over whole passages that sees, among much else, what the rules found. The model has the say. It was trained
//! on a corpus without nesting, so what is attributed inside a content ("… the NIS said that defectors reported …"),
//! and turns of transcripts, are the rules'; so are verbs where the model saw nothing at all.

pub(crate) mod relays;
mod replies;
pub(crate) mod rules;
pub(crate) mod sequence;

use std::ops::Range;

use super::cues::{self, Match};
use super::quotation::Quotation;
use crate::language::Annotated;
use rules::Taken;
pub use sequence::explanation::{Explanation, explain};
use sequence::linking::Link;

/// Name of the model among the rules.
const MODEL: &str = "model";

/// How often a verb's attribution by rule is right where the model saw nothing: measured on PolNeAR's development
/// split, where it is rare (4 of 100). Other kinds of text have more of them.
const UNSEEN: f32 = 0.35;

/// Rules that are trusted inside contents: the share of what they find that is right is half at least.
const LEAST_NESTED: f32 = 0.5;

/// One attribution, as ranges of tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Source; empty if the text names none.
    pub source: Vec<Range<usize>>,
    /// Cue; empty for a quotation that stands alone.
    pub cue: Vec<Range<usize>>,
    /// Content; never empty.
    pub content: Vec<Range<usize>>,
    /// The entry of the lexicon, if a word of it made the attribution.
    pub matched: Option<Match>,
    /// Name of the rule, or "model".
    pub rule: &'static str,
    /// How likely it is right, in [0, 1]: the model's judgement, or the measured precision of the rule.
    pub confidence: f32,
}

impl Attribution {
    /// First token of all roles.
    pub(super) fn first(&self) -> usize {
        self.source.iter().chain(&self.cue).chain(&self.content).map(|r| r.start).min().unwrap_or(0)
    }
}

/// Every attribution of the document, in order.
#[must_use]
pub fn attributions(article: &Annotated<'_>, quotations: &[Quotation]) -> Vec<Attribution> {
    let ruled = rules::attributions(article, quotations);
    let links = sequence::attributions(article, quotations, &ruled);
    let mut found: Vec<Attribution> =
        links.into_iter().map(|(link, confidence)| linked(article, link, confidence, &ruled)).collect();
    let taken = Taken::new(article.len(), &found);
    found.extend(ruled.into_iter().filter_map(|a| Some(Attribution { confidence: left(&taken, &a)?, ..a })));
    relays::chain(article, &mut found);
    let replies = replies::replies(article, quotations, &found);
    found.extend(replies);
    found.sort_by_key(|a| (a.first(), a.cue.first().map_or(0, |c| c.start), a.content[0].start));
    found
}

/// What the model found, with the entry of the lexicon that its cue rests on.
fn linked(article: &Annotated<'_>, link: Link, confidence: f32, ruled: &[Attribution]) -> Attribution {
    let meets = |m: &Match| link.cue.iter().any(|c| m.tokens.start < c.end && c.start < m.tokens.end);
    let by_rule = || ruled.iter().filter_map(|a| a.matched.as_ref()).find(|m| meets(m)).cloned();
    let matched = cues::at(article, link.heart).or_else(by_rule).or_else(|| {
        let mut tokens = link.cue.iter().flat_map(Clone::clone);
        tokens.find_map(|i| cues::at(article, i))
    });
    let Link { source, cue, content, .. } = link;
    Attribution { source, cue, content, matched, rule: MODEL, confidence }
}

/// Whether an attribution by rule is kept, and how likely it is right then: what is nested in a content, a turn of
/// a transcript, and where the model saw nothing at all a verb, "according to", "allegedly", a silence.
fn left(taken: &Taken, attribution: &Attribution) -> Option<f32> {
    let all = |ranges: &[Range<usize>], marks: &[bool]| {
        !ranges.is_empty() && ranges.iter().all(|r| marks[r.clone()].iter().all(|m| *m))
    };
    let any =
        |ranges: &[Range<usize>], marks: &[bool]| ranges.iter().any(|r| marks[r.clone()].iter().any(|m| *m));
    let Attribution { source, cue, content, rule, confidence, .. } = attribution;
    if *rule == "phrase.transcript" {
        return (!any(content, &taken.content) && !any(source, &taken.content)).then_some(*confidence);
    }
    let nested = all(cue, &taken.content) && all(content, &taken.content) && !any(cue, &taken.spoken);
    // "allegedly" is a level of its own, though the corpus seldom counts it as one
    if nested && (*confidence >= LEAST_NESTED || *rule == "phrase.adverb") {
        return Some(*confidence);
    }
    let unseen = [cue, content].iter().all(|r| !any(r, &taken.content) && !any(r, &taken.spoken));
    let plain = rule.starts_with("verb.") || matches!(*rule, "phrase.according" | "phrase.adverb");
    match *rule {
        "phrase.no_comment" => unseen.then_some(*confidence),
        _ => (unseen && plain).then_some(UNSEEN),
    }
}
