//! What it takes to restore a corpus as it was: one row a document, in the
//! [postcard](https://postcard.jamesmunns.com/wire-format) wire format.
//!
//! | column | what |
//! |---|---|
//! | `document` | the document without its text, which the table of documents has |
//! | `claims` | its claims, and those of their sources that the corpus names otherwise than the article |

use std::sync::Arc;

use arrow_array::{Array, LargeBinaryArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::document::{Claim, Document, Original};
use crate::error::{Error, ErrorKind, Result};
use crate::resolve::Renamed;
use crate::table::{Collection, sound};

/// Bytes of text after which a batch ends; the state of them may be ten times as many.
const BATCH_BYTES: usize = 16 << 20;
/// Documents of one batch.
pub(super) const BATCH_ROWS: usize = 4096;

/// Pages of Parquet have a length of 32 bits.
const LONGEST: usize = 1 << 30;

#[derive(Serialize, Deserialize)]
struct Own<C, R> {
    claims: C,
    /// With claims counted from the first of the document.
    renamed: R,
}

/// One document and its claims.
pub(super) struct Restored {
    pub(super) document: Document,
    pub(super) claims: Vec<Claim>,
    /// With claims counted from the first of the document.
    pub(super) renamed: Vec<Renamed>,
}

/// The rows of all documents; at least one batch.
pub(super) fn batches(collection: &Collection) -> impl Iterator<Item = Result<RecordBatch>> {
    let all = collection.documents();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let first = next?;
        let mut sum = 0;
        let rest = all[first..].iter().take(BATCH_ROWS);
        let fits = rest.take_while(|d| {
            let fits = sum < BATCH_BYTES;
            sum += d.decoded().len();
            fits
        });
        let end = first + fits.count();
        next = Some(end).filter(|end| *end < all.len());
        let rows: Result<Vec<(Vec<u8>, Vec<u8>)>> =
            (first..end).into_par_iter().map(|index| row(collection, index)).collect();
        Some(rows.map(|rows| batch(&rows)))
    })
}

fn batch(rows: &[(Vec<u8>, Vec<u8>)]) -> RecordBatch {
    let documents: LargeBinaryArray = rows.iter().map(|row| Some(&row.0)).collect();
    let claims: LargeBinaryArray = rows.iter().map(|row| Some(&row.1)).collect();
    let field = |name: &str| Field::new(name, DataType::LargeBinary, false);
    let schema = Arc::new(Schema::new(vec![field("document"), field("claims")]));
    RecordBatch::try_new(schema, vec![Arc::new(documents), Arc::new(claims)])
        .expect("both columns have one value a row")
}

fn row(collection: &Collection, index: usize) -> Result<(Vec<u8>, Vec<u8>)> {
    let document = &collection.documents()[index];
    let range = collection.claims_of(index);
    let (mut claims, mut renamed) = (Vec::new(), Vec::new());
    if let Some(extraction) = collection.extraction() {
        claims = extraction.claims[range.clone()].to_vec();
        claims.iter_mut().for_each(|claim| claim.document = 0);
        let all = &extraction.renamed;
        let place = |claim: usize| all.partition_point(|r| (r.claim as usize) < claim);
        renamed = all[place(range.start)..place(range.end)].to_vec();
        renamed.iter_mut().for_each(|r| r.claim -= range.start as u32);
    }
    let row = (encode(&without_text(document))?, encode(&Own { claims, renamed })?);
    if row.0.len().max(row.1.len()).max(document.decoded().len()) > LONGEST {
        let message = format!("`{}` is too long to be saved: split it, or leave it out", document.origin());
        return Err(Error::new(ErrorKind::Storage, message));
    }
    Ok(row)
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|e| Error::new(ErrorKind::Format, format!("cannot be stored: {e}")))
}

/// A document whose decoded text is empty; where that is the original, the repaired view of it stays.
fn without_text(document: &Document) -> Document {
    let mut copy = document.clone();
    match &document.original {
        Some(original) => copy.original = Some(Original::new(String::new(), original.edits().to_vec())),
        None => copy.text.clear(),
    }
    copy
}

fn with_text(mut document: Document, text: String) -> Document {
    match &document.original {
        Some(original) => document.original = Some(Original::new(text, original.edits().to_vec())),
        None => document.text = text,
    }
    document
}

/// The rows of a batch, with the texts of its documents; an error says what is wrong with it.
pub(super) fn restore(
    batch: &RecordBatch,
    texts: Vec<String>,
    first: usize,
) -> std::result::Result<Vec<Restored>, String> {
    let column = |name: &str| {
        let column = batch.column_by_name(name).and_then(|c| c.as_any().downcast_ref::<LargeBinaryArray>());
        column.ok_or_else(|| format!("it has no column `{name}` of bytes"))
    };
    let (documents, claims) = (column("document")?, column("claims")?);
    let read = |(index, text): (usize, String)| {
        let wrong = |e: postcard::Error| format!("row {}: {e}", first + index);
        let document: Document = postcard::from_bytes(documents.value(index)).map_err(wrong)?;
        let document = with_text(document, text);
        let own: Own<Vec<Claim>, Vec<Renamed>> = postcard::from_bytes(claims.value(index)).map_err(wrong)?;
        let mut claims = own.claims;
        claims.iter_mut().for_each(|claim| claim.document = (first + index) as u32);
        let known = own.renamed.iter().all(|r| (r.claim as usize) < claims.len());
        let sound =
            if known { sound::check(&document, &claims) } else { Err("a name of no claim".to_owned()) };
        sound.map_err(|why| format!("row {}: {why}", first + index))?;
        Ok(Restored { document, claims, renamed: own.renamed })
    };
    texts.into_par_iter().enumerate().map(read).collect()
}
