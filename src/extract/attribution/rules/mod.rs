//! Attributions by rule, over quotation marks, the cue lexicon and shallow clause structure. One file a construction:
//!
//! - [`verb`]: "Kirby said that …", "…, said Kirby", "…, Kirby said, …", "…, adding that …"
//! - [`phrase`]: "according to …", "… reportedly …", "the claim that …", "KIRBY: …"
//! - [`quote`]: quotations that no cue takes, and quotations that go on
//!
//! [`subject`] finds the source of a verb, [`complement`] its content.

mod complement;
mod phrase;
mod quote;
mod subject;
#[cfg(test)]
mod tests;
mod verb;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Attribution;
use crate::document::Tag;
use crate::extract::cues::{self, CueClass, Match};
use crate::extract::quotation::Quotation;
use crate::language::Annotated;

/// Tokens of a sentence that are looked at together.
const LONGEST_SENTENCE: usize = 500;

/// Which tokens the attributions found so far have taken.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) content: Vec<bool>,
    /// Sources and cues.
    pub(super) spoken: Vec<bool>,
    content_starts: Vec<bool>,
    /// Contents of silences ("no official comment").
    silent: Vec<bool>,
}

impl Taken {
    pub(super) fn new(tokens: usize, found: &[Attribution]) -> Self {
        let blank = vec![false; tokens];
        let mut taken = Taken {
            content: blank.clone(),
            spoken: blank.clone(),
            content_starts: blank.clone(),
            silent: blank,
        };
        for attribution in found {
            taken.add(attribution);
        }
        taken
    }

    fn add(&mut self, attribution: &Attribution) {
        for range in &attribution.content {
            self.content[range.clone()].fill(true);
            if attribution.rule == "phrase.no_comment" {
                self.silent[range.clone()].fill(true);
            }
            if let Some(start) = self.content_starts.get_mut(range.start) {
                *start = true;
            }
        }
        for range in attribution.source.iter().chain(&attribution.cue) {
            self.spoken[range.clone()].fill(true);
        }
    }
}

/// What the rules look at: the article, its quotations, and where the lexicon's cues stand.
pub(super) struct Scene<'a, 'd> {
    article: &'a Annotated<'d>,
    quotations: &'a [Quotation],
    /// For each token, the quotation it lies in, marks included.
    quotation_of: Vec<Option<u32>>,
    /// Cues in prose, outside quotations, in order of their first token.
    cues: Vec<Match>,
}

impl<'a, 'd> Scene<'a, 'd> {
    fn new(article: &'a Annotated<'d>, quotations: &'a [Quotation], turns: &[Attribution]) -> Self {
        let mut quotation_of = vec![None; article.len()];
        for (index, quotation) in quotations.iter().enumerate() {
            for i in quotation.tokens.clone() {
                quotation_of[i] = Some(index as u32);
            }
        }
        // what a transcript gives word for word is left alone, like a quotation
        let mut verbatim = vec![false; article.len()];
        for range in turns.iter().flat_map(|t| &t.content) {
            verbatim[range.clone()].fill(true);
        }
        let mut cues = Vec::new();
        for sentence in article.sentences.iter() {
            if !article.document.blocks[sentence.block as usize].kind.is_prose() {
                continue;
            }
            let mut i = sentence.first_token as usize;
            while i < sentence.last_token as usize {
                match cues::at(article, i).or_else(|| mistagged(article, i, sentence.last_token as usize)) {
                    Some(found) if quotation_of[i].is_none() && !verbatim[i] => {
                        i = found.tokens.end.max(i + 1);
                        cues.push(found);
                    }
                    _ => i += 1,
                }
            }
        }
        Scene { article, quotations, quotation_of, cues }
    }

    fn quotation_at(&self, i: usize) -> Option<&'a Quotation> {
        self.quotation_of.get(i).copied().flatten().map(|q| &self.quotations[q as usize])
    }

    /// The sentence of token `i`, as tokens; of a very long one (text without full stops) the part around `i`, so
    /// that the work stays linear in the length of the text.
    fn sentence(&self, i: usize) -> Range<usize> {
        let sentences = &self.article.sentences;
        let whole = sentences[self.article.sentence_of(i).min(sentences.len() - 1)].tokens();
        if whole.len() <= LONGEST_SENTENCE {
            return whole;
        }
        let half = LONGEST_SENTENCE / 2;
        whole.start.max(i.saturating_sub(half))..whole.end.min(i + half)
    }

    /// The sentence's end without its final marks.
    fn sentence_body_end(&self, sentence: &Range<usize>) -> usize {
        let mut end = sentence.end;
        while end > sentence.start
            && self.quotation_of[end - 1].is_none()
            && (matches!(self.article.word(end - 1), "." | "!" | "?" | ";" | ":" | "…" | "..." | ","))
        {
            end -= 1;
        }
        end
    }

    /// The cue that starts at token `i`, of the given class.
    fn cue_at(&self, i: usize, class: CueClass) -> Option<&Match> {
        let index = self.cues.partition_point(|m| m.tokens.start < i);
        self.cues.get(index).filter(|m| m.tokens.start == i && m.cue.class == class)
    }

    /// Whether a finite verb or modal stands in the tokens, outside quotations.
    fn has_finite(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|i| self.article.tag(i).is_finite())
    }
}

/// "the editor doubts that", "intelligence states there is": a present tense that passes for a plural noun.
fn mistagged(article: &Annotated<'_>, i: usize, end: usize) -> Option<Match> {
    let clause =
        i + 1 < end && matches!(article.lower(i + 1), "that" | "there" | "he" | "she" | "they" | "it");
    let fits = article.tag(i) == Tag::NNS && clause && i > 0 && article.tag(i - 1).is_noun();
    let cue = fits.then(|| cues::verb(article.lower(i).strip_suffix('s')?))??;
    (cue.that_reliability >= complement::STRONG_RELIABILITY).then(|| Match { cue, tokens: i..i + 1 })
}

/// Every attribution that a rule finds, in order.
#[must_use]
pub fn attributions(article: &Annotated<'_>, quotations: &[Quotation]) -> Vec<Attribution> {
    if article.sentences.is_empty() {
        return Vec::new();
    }
    let turns = phrase::transcript_turns(article);
    let scene = Scene::new(article, quotations, &turns);
    let mut found = verb::attributions(&scene);
    phrase::attributions(&scene, &mut found);
    quote::attributions(&scene, &mut found);
    quote::extend(&scene, &mut found);
    found.extend(turns);
    found.retain(|a| a.content.iter().any(|r| !r.is_empty()));
    drop_abstract(&scene, &mut found);
    found.sort_by_key(|a| (a.first(), a.cue.first().map_or(0, |c| c.start), a.content[0].start));
    found.dedup_by(|b, a| a.cue == b.cue && a.content == b.content);
    found
}

/// Inside what somebody says, an event that "indicates" or "shows" something is part of the argument, not a party
/// of its own: "the paper wrote that the deployment indicates …".
fn drop_abstract(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let article = scene.article;
    let taken = Taken::new(article.len(), found);
    found.retain(|a| {
        let nested = a.cue.first().is_some_and(|c| taken.content[c.start]);
        let evidence = a.matched.as_ref().is_some_and(|m| {
            m.cue.class == CueClass::Verb
                && matches!(
                    article.lemma(m.tokens.start),
                    "indicate" | "suggest" | "show" | "signify" | "mean" | "imply" | "prove"
                )
        });
        let abstract_source = a.source.iter().all(|r| {
            let head = r.clone().take_while(|i| article.tag(*i) != Tag::IN).last().unwrap_or(r.start);
            matches!(article.tag(head), Tag::NN | Tag::NNS) && scene.cue_at(head, CueClass::Noun).is_none()
        });
        !(nested && evidence && abstract_source)
    });
}

/// Measured precision of each rule, from `lexicon/rules.tsv`.
pub(crate) fn precision(rule: &str) -> f32 {
    static TABLE: LazyLock<FxHashMap<&str, f32>> = LazyLock::new(|| {
        crate::lexicon::rows(include_str!("../../../../lexicon/rules.tsv"))
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(rule, precision)| Some((rule, precision.trim().parse().ok()?)))
            .collect()
    });
    TABLE.get(rule).copied().unwrap_or(0.5)
}
