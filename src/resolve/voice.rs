//! Whose words a place of the article is: quotations, turns of an interview, the author's own.
//!
//! "I" in a quotation is whoever the quotation is credited to; in a turn its speaker; elsewhere the author. "You" in a
//! turn is whoever is spoken to.

use super::people::People;
use super::turns::Turns;
use crate::document::{Claim, Kind};
use crate::extract::quotation::quotations;
use crate::language::Annotated;
use crate::span::Span;

/// Quotations and turns, with the claims that take the quotations.
#[derive(Debug, Default)]
pub(crate) struct Voices {
    /// Quotations in order; those that run over paragraphs share a number.
    quotations: Vec<(Span, usize)>,
    /// For each number, the claims that take part of it, their source standing outside.
    takers: Vec<Vec<usize>>,
    pub(crate) turns: Turns,
}

impl Voices {
    pub(crate) fn of(article: &Annotated<'_>, people: &People, claims: &[Claim]) -> Voices {
        let mut voices = Voices { turns: Turns::of(article.document, people), ..Voices::default() };
        let mut goes_on = false;
        for quotation in quotations(article).into_iter().filter(|q| !q.tokens.is_empty()) {
            if !goes_on {
                voices.takers.push(Vec::new());
            }
            goes_on = quotation.continues;
            let number = voices.takers.len() - 1;
            voices.quotations.push((article.cover(quotation.tokens), number));
        }
        for (i, claim) in claims.iter().enumerate().filter(|(_, c)| c.kind != Kind::Narrated) {
            for content in &claim.content_spans {
                let first = voices.quotations.partition_point(|q| q.0.end() <= content.start());
                for k in first..voices.quotations.len().min(first + 64) {
                    let (span, number) = voices.quotations[k];
                    if span.start() >= content.end() {
                        break;
                    }
                    let outside = !claim.source_spans.is_empty()
                        && claim.source_spans.iter().all(|s| voices.quotation_at(s.start()) != Some(number));
                    if outside && !voices.takers[number].contains(&i) {
                        voices.takers[number].push(i);
                    }
                }
            }
        }
        voices
    }

    /// Number of the quotation that holds a byte.
    pub(crate) fn quotation_at(&self, byte: usize) -> Option<usize> {
        let after = self.quotations.partition_point(|q| q.0.start() <= byte);
        let (span, number) = *self.quotations.get(after.checked_sub(1)?)?;
        (byte < span.end()).then_some(number)
    }

    /// The claims that take the quotation that holds a byte; `None` if there is no quotation.
    pub(crate) fn takers(&self, byte: usize) -> Option<&[usize]> {
        self.quotation_at(byte).map(|number| self.takers[number].as_slice())
    }

    /// Quotations with the claims that take them.
    pub(crate) fn quoted(&self) -> impl Iterator<Item = (Span, &[usize])> {
        self.quotations.iter().map(|(span, number)| (*span, self.takers[*number].as_slice()))
    }
}
