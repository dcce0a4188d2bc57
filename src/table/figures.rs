//! Tables of figures, times and places: by themselves, and as records in the table of claims.
//!
//! Quantities:
//!
//! | column | what |
//! |---|---|
//! | `row` | position of the text among those given (only in a table of its own) |
//! | `start`, `end`, `text` | the figure with its bound and unit words |
//! | `low`, `high`, `value` | the interval, closed, either end may be open (null); the number stated, if it is one |
//! | `relation`, `approximate` | `=`, `~`, `>=`, `<=`, `>`, `<`, `range`; whether it is hedged or vague |
//! | `unit` | `count`, `%`, an ISO 4217 or a UCUM code |
//! | `base_low`, `base_high`, `base_unit` | the interval in the base unit of its kind |
//! | `change` | `additional`, `up`, `down`, `rose_to`, `fell_to` |
//! | `counted`, `lemma`, `whose` | the counted noun phrase, the lemma of its head, its owner |
//! | `whole` | the number it is a part of |
//! | `predicate`, `subject`, `place` | what happens to what is counted, who does it, where |
//! | `as_of`, `as_of_begins`, `as_of_ends` | the time expression that says as of when, and its interval |
//! | `polarity`, `certainty`, `hypothetical` | of the predicate: `+` or `-`, in [-3, 3], whether it is only possible |
//!
//! Times: `row`, `start`, `end`, `text`, `kind`, `value`, `modifier` (after TIMEX3), `begins`, `ends`, `granularity`,
//! `anchor`. Places: `row`, `start`, `end`, `text`, `name`, `kind`, `sense`, `country`, `subdivision`, `geonames`,
//! `latitude`, `longitude`.

use arrow_array::RecordBatch;

use super::Collection;
use super::columns::Columns;
use crate::document::{Place, Quantity, Time};
use crate::span::Span;

/// One of them, and the document it stands in.
pub(super) struct Found<'c, T> {
    pub(super) collection: &'c Collection,
    pub(super) document: usize,
    pub(super) item: &'c T,
}

impl<T> Found<'_, T> {
    fn written(&self, span: Span) -> &str {
        self.collection.slice(self.document, span)
    }
}

/// A table of the quantities of each document.
#[must_use]
pub fn quantities_table(collection: &Collection, rows: &[Vec<Quantity>]) -> RecordBatch {
    table(collection, rows, quantities)
}

/// The same without the columns from `counted` on.
#[must_use]
pub fn values_table(collection: &Collection, rows: &[Vec<Quantity>]) -> RecordBatch {
    table(collection, rows, values)
}

/// A table of the times of each document.
#[must_use]
pub fn times_table(collection: &Collection, rows: &[Vec<Time>]) -> RecordBatch {
    table(collection, rows, times)
}

/// A table of the places of each document.
#[must_use]
pub fn places_table(collection: &Collection, rows: &[Vec<Place>]) -> RecordBatch {
    table(collection, rows, places)
}

fn table<T>(
    collection: &Collection,
    rows: &[Vec<T>],
    columns: fn(&[Found<'_, T>]) -> Columns,
) -> RecordBatch {
    let all: Vec<Found<'_, T>> = rows
        .iter()
        .enumerate()
        .flat_map(|(document, items)| items.iter().map(move |item| Found { collection, document, item }))
        .collect();
    Columns::default().count("row", all.iter().map(|f| f.document)).and(columns(&all)).finish()
}

/// `start`, `end` and `text`.
fn extent<T>(all: &[Found<'_, T>], span: fn(&T) -> Span) -> Columns {
    let at: Vec<(usize, usize)> =
        all.iter().map(|f| f.collection.code_points(f.document, span(f.item))).collect();
    Columns::default()
        .count("start", at.iter().map(|s| s.0))
        .count("end", at.iter().map(|s| s.1))
        .word("text", all.iter().map(|f| f.written(span(f.item))))
}

fn values(all: &[Found<'_, Quantity>]) -> Columns {
    let each = || all.iter().map(|f| f.item);
    let base = || each().map(|q| q.base.as_ref());
    extent(all, |q| q.span)
        .number("low", each().map(|q| q.low))
        .number("high", each().map(|q| q.high))
        .number("value", each().map(|q| q.value))
        .word("relation", each().map(|q| q.relation.as_str()))
        .flag("approximate", each().map(|q| q.approximate))
        .word("unit", each().map(|q| &q.unit))
        .number("base_low", base().map(|b| b.and_then(|b| b.low)))
        .number("base_high", base().map(|b| b.and_then(|b| b.high)))
        .text("base_unit", base().map(|b| b.map(|b| &b.unit)))
        .text("change", each().map(|q| q.change.map(|c| c.as_str())))
}

pub(super) fn quantities(all: &[Found<'_, Quantity>]) -> Columns {
    let each = || all.iter().map(|f| f.item);
    let counted = || each().map(|q| q.counted.as_ref());
    let as_of = || each().map(|q| q.frame.as_of.as_ref());
    values(all)
        .text("counted", all.iter().map(|f| f.item.counted.as_ref().map(|c| f.written(c.span))))
        .text("lemma", counted().map(|c| c.map(|c| &c.lemma)))
        .text("whose", counted().map(|c| c.and_then(|c| c.whose.as_ref())))
        .number("whole", each().map(|q| q.partitive.as_ref().and_then(|p| p.value)))
        .text("predicate", each().map(|q| q.frame.predicate.as_ref()))
        .text("subject", each().map(|q| q.frame.subject.as_ref()))
        .text("place", each().map(|q| q.frame.place.as_ref()))
        .text("as_of", all.iter().map(|f| f.item.frame.as_of.as_ref().map(|t| f.written(t.span))))
        .moment("as_of_begins", as_of().map(|t| t.and_then(|t| t.start)))
        .moment("as_of_ends", as_of().map(|t| t.and_then(|t| t.end)))
        .word("polarity", each().map(|q| q.frame.polarity.as_str()))
        .decimal("certainty", each().map(|q| q.frame.certainty))
        .flag("hypothetical", each().map(|q| q.frame.hypothetical))
}

pub(super) fn times(all: &[Found<'_, Time>]) -> Columns {
    let each = || all.iter().map(|f| f.item);
    extent(all, |t| t.span)
        .word("kind", each().map(|t| t.kind.as_str()))
        .text("value", each().map(|t| t.value.as_ref()))
        .text("modifier", each().map(|t| t.modifier.map(|m| m.as_str())))
        .moment("begins", each().map(|t| t.start))
        .moment("ends", each().map(|t| t.end))
        .word("granularity", each().map(|t| t.granularity.as_str()))
        .word("anchor", each().map(|t| t.anchor.as_str()))
}

pub(super) fn places(all: &[Found<'_, Place>]) -> Columns {
    let each = || all.iter().map(|f| f.item);
    extent(all, |p| p.span)
        .word("name", each().map(|p| &p.name))
        .word("kind", each().map(|p| p.kind.as_str()))
        .word("sense", each().map(|p| p.sense.as_str()))
        .text("country", each().map(|p| p.country.as_ref()))
        .text("subdivision", each().map(|p| p.subdivision.as_ref()))
        .counts("geonames", each().map(|p| p.geonames.map(|id| id as usize)))
        .number("latitude", each().map(|p| p.coordinates.map(|c| c.0)))
        .number("longitude", each().map(|p| p.coordinates.map(|c| c.1)))
}
