//! How figures, who gives them and what they are of are put into words.

use super::super::super::dates::called;
use super::super::Evidence;
use crate::reconcile::{Entry, Row};
use crate::resolve::tables::is_plural;
use crate::span::Span;

/// What a row is of: "North Korean soldiers sent to Russia".
pub(super) fn thing(row: &Row) -> &str {
    &row.label
}

/// "the number of soldiers sent", "the area burned".
pub(super) fn quantity_of(row: &Row) -> String {
    if row.unit == "count" { format!("the number of {}", thing(row)) } else { format!("the {}", thing(row)) }
}

/// A figure as written, with its whole: "around 1,000 of 11,000".
pub(super) fn figure(evidence: &Evidence<'_>, e: &Entry) -> String {
    let text = &evidence.documents[e.document as usize].text;
    let written = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let quantity = &evidence.claims[e.claim as usize].quantities[e.quantity as usize];
    // "150 mph." may end its sentence.
    let own = in_sentence(written(e.span).trim_end_matches('.'));
    match &quantity.partitive {
        Some(whole) => format!("{own} of {}", written(whole.span)),
        None => own,
    }
}

/// "At least 30" opened its sentence, and does not open ours; "US$5" keeps its capitals.
fn in_sentence(written: &str) -> String {
    let mut chars = written.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => written.to_owned(),
    }
}

/// The same after "put it": "at 30", "at least 30".
pub(super) fn at(evidence: &Evidence<'_>, e: &Entry) -> String {
    let figure = figure(evidence, e);
    if figure.starts_with("at ") { figure } else { format!("at {figure}") }
}

/// Who vouches, and in which document: "Kirby (003)".
pub(super) fn by(evidence: &Evidence<'_>, e: &Entry) -> String {
    let id = document(evidence, e);
    match &e.source {
        Some(source) if source != id => format!("{} ({id})", named(source)),
        _ => id.to_owned(),
    }
}

/// The same inside of brackets: "Kirby, 003".
pub(super) fn inside(evidence: &Evidence<'_>, e: &Entry) -> String {
    let id = document(evidence, e);
    match &e.source {
        Some(source) if source != id => format!("{}, {id}", named(source)),
        _ => id.to_owned(),
    }
}

/// A party known by one common noun takes the article: "the army", but "recent reports", "Kirby".
pub(super) fn named(source: &str) -> String {
    let one = !source.contains(' ') && source.starts_with(char::is_lowercase) && !is_plural(source);
    if one { format!("the {source}") } else { source.to_owned() }
}

/// The document's name.
pub(super) fn document<'e>(evidence: &'e Evidence<'_>, e: &Entry) -> &'e str {
    called(&evidence.documents[e.document as usize])
}
