//! What evaluation sees beneath the quantities (feature `train`): numbers as such, also those that are refused, and
//! where number, unit and bound words of a figure end.

use super::change;
use super::figure::Figure;
use super::number;
use super::unit;
use crate::document::Relation;
use crate::language::Annotated;
use crate::span::Span;

/// A figure, with the ends of its parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parts {
    /// Number and unit, without bound words.
    pub(crate) measured: Span,
    /// Bound words and number, without unit.
    pub(crate) bounded: Span,
    /// Lower end.
    pub(crate) low: Option<f64>,
    /// Upper end.
    pub(crate) high: Option<f64>,
    /// How they relate to the fact.
    pub(crate) relation: Relation,
    /// Code of the unit.
    pub(crate) unit: String,
}

/// Every number as it is written, one at a time: years, names and lists among them, ranges as their two ends. Numbers
/// written together with a unit are left out.
pub(crate) fn numbers(article: &Annotated<'_>) -> Vec<(Span, f64)> {
    let mut out = Vec::new();
    let mut i = 0;
    for sentence in article.sentences.iter() {
        let end = sentence.tokens().end.min(article.len());
        i = i.max(sentence.first_token as usize);
        while i < end {
            let Some(found) = number::alone(article, i, end) else {
                i += 1;
                continue;
            };
            i = found.next;
            // "180ml" is a measure.
            if found.tail.is_none_or(|tail| unit::tail(tail.of(article.text())).is_none()) {
                out.push((found.span, found.low));
            }
        }
    }
    out
}

/// The figures of the article, before nouns and frames.
pub(crate) fn figures(article: &Annotated<'_>) -> Vec<Parts> {
    super::figures(article).flat_map(|(_, figures)| figures).map(|figure| parts(&figure)).collect()
}

fn parts(figure: &Figure) -> Parts {
    let measure = figure.measure(None);
    Parts {
        measured: figure.measured,
        bounded: figure.bounded,
        low: measure.low,
        high: measure.high,
        relation: measure.relation,
        unit: measure.unit,
    }
}

/// The code and the factor of the unit with that English name.
pub(crate) fn unit(name: &str) -> Option<(String, f64)> {
    unit::named(name).map(|unit| (unit.code().into_owned(), unit.factor))
}

/// Whether the change of the figure at `span` is told by a noun or behind it: "a cut of 5 %", "a 5 % drop", "5 % lower".
pub(crate) fn is_told_by_noun(text: &str, span: Span) -> bool {
    let next = text[span.end()..].split_whitespace().next().unwrap_or_default();
    text[..span.start()].ends_with(" of ") || change::says_behind(next.trim_end_matches(['.', ',']))
}
