//! How figures, who gives them and what they are of are put into words.

use super::super::super::dates::called;
use super::super::Evidence;
use crate::reconcile::{Entry, Row};

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
    let written = |span: crate::span::Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let quantity = &evidence.claims[e.claim as usize].quantities[e.quantity as usize];
    match &quantity.partitive {
        Some(whole) => format!("{} of {}", written(e.span), written(whole.span)),
        None => written(e.span),
    }
}

/// Who vouches, and in which document: "Kirby (003)".
pub(super) fn by(evidence: &Evidence<'_>, e: &Entry) -> String {
    evidence.who(e.claim as usize)
}

/// The same inside of brackets: "Kirby, 003".
pub(super) fn inside(evidence: &Evidence<'_>, e: &Entry) -> String {
    let id = document(evidence, e);
    match &e.source {
        Some(source) if source != id => format!("{source}, {id}"),
        _ => id.to_owned(),
    }
}

/// The document's name.
pub(super) fn document<'e>(evidence: &'e Evidence<'_>, e: &Entry) -> &'e str {
    called(&evidence.documents[e.document as usize])
}
