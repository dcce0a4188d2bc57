//! The ledger of figures as a table.

use arrow_array::RecordBatch;

use super::Collection;
use super::columns::Columns;
use crate::reconcile::{Agreement, Entry, Reconciliation};
use crate::span::Span;

/// The given entries of the ledger, one row a figure, in their order.
///
/// Columns: `row` (figures of one row may be compared with one another), `label` (what the row is of, in words); `said_on`, `as_of_start`, `as_of_end`, `document`, `outlet`; the figure as written (`figure`) with
/// `low`, `high`, `value`, `relation`, `approximate`, `unit`, `change`, `part` (of another figure of the text),
/// `hypothetical`, `put_forward` (false where it is quoted to be denied or asked about); what it is about (`counted`,
/// `whose`, `predicate`, `place`); who says so (`source`, `chain`, `origin`) and how firmly (`certainty`); where
/// (`start`, `end`, and the sentence as `quote`); and `claim`, its position in the corpus's claims.
///
/// # Panics
/// If an entry is not of `collection`.
#[must_use]
pub fn ledger(collection: &Collection, reconciliation: &Reconciliation, entries: &[&Entry]) -> RecordBatch {
    let each = || entries.iter().copied();
    let document = |e: &Entry| &collection.documents()[e.document as usize];
    let positions: Vec<(usize, usize)> =
        each().map(|e| collection.code_points(e.document as usize, e.span)).collect();
    let origin = |e: &Entry| reconciliation.origins.get(e.origin as usize).map(|o| o.name.clone());
    let label = |e: &Entry| reconciliation.rows.get(e.row as usize).map(|r| r.label.as_str());
    Columns::default()
        .count("row", each().map(|e| e.row as usize))
        .text("label", each().map(label))
        .date("said_on", each().map(|e| e.said_on))
        .moment("as_of_start", each().map(|e| e.as_of.map(|t| t.0)))
        .moment("as_of_end", each().map(|e| e.as_of.map(|t| t.1)))
        .word("document", each().map(|e| document(e).id.as_str()))
        .text("outlet", each().map(|e| document(e).metadata.outlet.as_ref().map(|o| o.value.as_str())))
        .word("figure", each().map(|e| document(e).written(e.span)))
        .number("low", each().map(|e| e.low))
        .number("high", each().map(|e| e.high))
        .number("value", each().map(|e| e.value))
        .word("relation", each().map(|e| e.relation.as_str()))
        .flag("approximate", each().map(|e| e.approximate))
        .word("unit", each().map(|e| e.unit.as_str()))
        .text("change", each().map(|e| e.change.map(|c| c.as_str())))
        .flag("part", each().map(|e| e.part))
        .flag("hypothetical", each().map(|e| e.hypothetical))
        .flag("put_forward", each().map(|e| e.put_forward))
        .word("counted", each().map(|e| e.counted.as_str()))
        .text("whose", each().map(|e| e.whose.as_deref()))
        .text("predicate", each().map(|e| e.predicate.as_deref()))
        .text("place", each().map(|e| e.place.as_deref()))
        .text("source", each().map(|e| e.source.as_deref()))
        .word("chain", each().map(|e| e.chain.as_str()))
        .text("origin", each().map(origin))
        .decimal("certainty", each().map(|e| e.certainty))
        .word("quote", each().map(|e| sentence(collection, e)))
        .count("start", positions.iter().map(|p| p.0))
        .count("end", positions.iter().map(|p| p.1))
        .count("claim", each().map(|e| e.claim as usize))
        .finish()
}

/// What the origins of rows agree on, from day to day: `row`, `label`, `date`, `low`, `high` (null where open), `unit`,
/// `origins` (how many the interval holds for), `of` (how many have spoken), `disputed`.
#[must_use]
pub fn series(reconciliation: &Reconciliation, series: &[(u32, Agreement)]) -> RecordBatch {
    let each = || series.iter();
    let label = |row: u32| reconciliation.rows.get(row as usize).map(|r| r.label.as_str());
    Columns::default()
        .count("row", each().map(|s| s.0 as usize))
        .text("label", each().map(|s| label(s.0)))
        .date("date", each().map(|s| Some(s.1.date)))
        .number("low", each().map(|s| s.1.low))
        .number("high", each().map(|s| s.1.high))
        .word("unit", each().map(|s| s.1.unit.as_str()))
        .count("origins", each().map(|s| s.1.origins as usize))
        .count("of", each().map(|s| s.1.of as usize))
        .flag("disputed", each().map(|s| s.1.disputed))
        .finish()
}

/// The sentence in which the figure stands, or the figure alone.
fn sentence<'c>(collection: &'c Collection, entry: &Entry) -> &'c str {
    let document = &collection.documents()[entry.document as usize];
    let after = document.sentences.partition_point(|s| s.span.start() <= entry.span.start());
    let span: Span = match after.checked_sub(1).map(|i| document.sentences[i].span) {
        Some(sentence) if sentence.contains(entry.span) => sentence,
        _ => entry.span,
    };
    document.written(span)
}
