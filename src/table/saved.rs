//! Tables that only a saved corpus has: documents with their texts, and the figures, times and places of all claims, one
//! row each, with `claim` (position in the corpus's claims) and `document` (id) in front.

use std::sync::Arc;

use arrow_array::{ArrayRef, LargeStringArray, RecordBatch};
use arrow_schema::{Field, Schema};

use super::Collection;
use super::columns::{Columns, batch_rows};
use super::figures::{self, Found};
use super::reconciliation::documents;
use crate::document::Claim;

/// Claims whose figures make one batch.
const CLAIMS: usize = 32_768;

/// The table of documents with one more column, `text`: the text that positions are of. At least one batch.
pub fn articles(collection: &Collection) -> impl Iterator<Item = RecordBatch> {
    let all = documents(collection);
    let mut fields = all.schema().fields().to_vec();
    fields.push(Arc::new(Field::new("text", arrow_schema::DataType::LargeUtf8, true)));
    let schema = Arc::new(Schema::new(fields));
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let first = next?;
        let rest = &collection.documents()[first..];
        let count = batch_rows(rest.iter().map(|d| d.decoded().len()));
        next = Some(first + count).filter(|n| *n < collection.documents().len());
        let texts: LargeStringArray = rest[..count].iter().map(|d| Some(d.decoded())).collect();
        let mut columns: Vec<ArrayRef> = all.slice(first, count).columns().to_vec();
        columns.push(Arc::new(texts));
        Some(RecordBatch::try_new(schema.clone(), columns).expect("the texts are those of the rows"))
    })
}

/// The figures of all claims. At least one batch.
pub fn figures(collection: &Collection) -> impl Iterator<Item = RecordBatch> {
    mentions(collection, |c| &c.quantities, figures::quantities)
}

/// The times of all claims. At least one batch.
pub fn times(collection: &Collection) -> impl Iterator<Item = RecordBatch> {
    mentions(collection, |c| &c.times, figures::times)
}

/// The places of all claims. At least one batch.
pub fn places(collection: &Collection) -> impl Iterator<Item = RecordBatch> {
    mentions(collection, |c| &c.places, figures::places)
}

fn mentions<'c, T>(
    collection: &'c Collection,
    of: fn(&Claim) -> &[T],
    columns: fn(&[Found<'_, T>]) -> Columns,
) -> impl Iterator<Item = RecordBatch> {
    let claims = collection.claims().unwrap_or_default();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let first = next?;
        let rows = &claims[first..claims.len().min(first + CLAIMS)];
        next = Some(first + CLAIMS).filter(|n| *n < claims.len());
        let found =
            |c: &'c Claim| of(c).iter().map(|item| Found { collection, document: c.document as usize, item });
        let all: Vec<Found<'_, T>> = rows.iter().flat_map(found).collect();
        let claim = rows.iter().enumerate().flat_map(|(i, c)| of(c).iter().map(move |_| first + i));
        let ids = all.iter().map(|f| &collection.documents()[f.document].id);
        Some(Columns::default().count("claim", claim).word("document", ids).and(columns(&all)).finish())
    })
}
