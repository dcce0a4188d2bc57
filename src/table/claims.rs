//! The table of claims.
//!
//! | column | what |
//! |---|---|
//! | `claim` | position in the corpus's claims |
//! | `document` | id of the document |
//! | `row` | position of the document among the rows it came with; null if it is a whole file |
//! | `published`, `outlet` | date and publisher of the document |
//! | `kind`, `act`, `polarity` | how it is given, speech act, `+` or `-` |
//! | `certainty`, `certainty_label` | in [-3, 3], and in words |
//! | `certainty_cue`, `certainty_content` | what cue and content each commit to |
//! | `source`, `source_type`, `source_role`, `source_country` | who vouches; null if nobody is named |
//! | `mention` | the source as written |
//! | `chain` | names from the outlet to the source |
//! | `cue`, `content` | fragments joined by " … " |
//! | `start`, `end`, `text` | the whole, and where it stands |
//! | `source_spans`, `cue_spans`, `content_spans` | lists of (`start`, `end`) |
//! | `quantities`, `times`, `places` | lists of records, as the classes of those names |
//! | `confidence`, `rule` | how likely the attribution is right, and what made it |

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use rayon::prelude::*;

use super::Collection;
use super::columns::{Columns, batch_rows};
use super::figures::{self, Found};
use crate::document::{Claim, Document};
use crate::span::Span;

/// The columns of the table.
#[must_use]
pub fn schema() -> SchemaRef {
    batch(&Collection::default(), &[]).schema()
}

/// The claims at `rows` of a collection whose claims are known, made batch by batch as they are asked for.
///
/// # Panics
/// If a row is past the last claim.
pub fn batches<C, R>(collection: C, rows: R) -> impl Iterator<Item = RecordBatch>
where
    C: AsRef<Collection>,
    R: AsRef<[u32]>,
{
    let mut next = 0;
    std::iter::from_fn(move || {
        let (collection, rows) = (collection.as_ref(), rows.as_ref());
        let taken = take(collection, rows.get(next..)?)?;
        next += taken.len();
        Some(batch(collection, taken))
    })
}

/// The same batches, made in parallel.
///
/// # Panics
/// If a row is past the last claim.
#[must_use]
pub fn all(collection: &Collection, mut rows: &[u32]) -> Vec<RecordBatch> {
    let mut parts = Vec::new();
    while let Some(taken) = take(collection, rows) {
        parts.push(taken);
        rows = &rows[taken.len()..];
    }
    parts.into_par_iter().map(|rows| batch(collection, rows)).collect()
}

/// The first of `rows`, as many as one batch takes; `None` if there are none.
fn take<'r>(collection: &Collection, rows: &'r [u32]) -> Option<&'r [u32]> {
    let claims = collection.claims().unwrap_or_default();
    // Text, content and cue, and half as much again for figures and names.
    let count = batch_rows(rows.iter().map(|row| claims[*row as usize].span().len() * 5 / 2));
    Some(&rows[..count]).filter(|taken| !taken.is_empty())
}

/// The figures of the claims at `rows`, one row each: `claim`, `document`, `row`, then as in a table of quantities.
///
/// # Panics
/// If a row is past the last claim.
#[must_use]
pub fn quantities(collection: &Collection, rows: &[u32]) -> RecordBatch {
    tidy(collection, rows, |c| &c.quantities, figures::quantities)
}

/// The times of the claims at `rows`, in the same way.
///
/// # Panics
/// If a row is past the last claim.
#[must_use]
pub fn times(collection: &Collection, rows: &[u32]) -> RecordBatch {
    tidy(collection, rows, |c| &c.times, figures::times)
}

/// The places of the claims at `rows`, in the same way.
///
/// # Panics
/// If a row is past the last claim.
#[must_use]
pub fn places(collection: &Collection, rows: &[u32]) -> RecordBatch {
    tidy(collection, rows, |c| &c.places, figures::places)
}

fn tidy<'c, T: 'c>(
    collection: &'c Collection,
    rows: &[u32],
    of: fn(&'c Claim) -> &'c Vec<T>,
    columns: fn(&[Found<'c, T>]) -> Columns,
) -> RecordBatch {
    let claims = collection.claims().unwrap_or_default();
    // Every figure with the claim that it is of.
    let (indices, all): (Vec<u32>, Vec<Found<'c, T>>) = rows
        .iter()
        .flat_map(|&index| {
            let claim = &claims[index as usize];
            let document = claim.document as usize;
            of(claim).iter().map(move |item| (index, Found { collection, document, item }))
        })
        .unzip();
    let documents = || all.iter().map(|f| &collection.documents()[f.document]);
    Columns::default()
        .count("claim", indices.iter().map(|index| *index as usize))
        .word("document", documents().map(|d| &d.id))
        .counts("row", documents().map(|d| d.row.map(|row| row as usize)))
        .and(columns(&all))
        .finish()
}

/// One claim where it stands.
struct Row<'c> {
    collection: &'c Collection,
    index: u32,
    claim: &'c Claim,
    document: &'c Document,
}

impl Row<'_> {
    fn place(&self) -> usize {
        self.claim.document as usize
    }

    fn joined(&self, spans: &[Span]) -> Option<String> {
        join(self.document, spans)
    }

    fn code_points(&self, span: Span) -> (usize, usize) {
        self.collection.code_points(self.place(), span)
    }
}

/// The fragments as one string, or `None` if there are none.
pub(crate) fn join(document: &Document, spans: &[Span]) -> Option<String> {
    let parts: Vec<&str> = spans.iter().map(|s| document.written(*s)).collect();
    (!parts.is_empty()).then(|| parts.join(" … "))
}

fn batch(collection: &Collection, rows: &[u32]) -> RecordBatch {
    let claims = collection.claims().unwrap_or_default();
    let documents = collection.documents();
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|&index| {
            let claim = &claims[index as usize];
            Row { collection, index, claim, document: &documents[claim.document as usize] }
        })
        .collect();
    let rows = rows.as_slice();
    let each = || rows.iter();
    let source = || rows.iter().map(|r| r.claim.source.as_ref());
    let chain = |r: &Row<'_>| r.claim.via.iter().chain(&r.claim.source).map(|s| s.name.clone()).collect();
    let extent: Vec<(usize, usize)> = each().map(|r| r.code_points(r.claim.span())).collect();

    Columns::default()
        .count("claim", each().map(|r| r.index as usize))
        .word("document", each().map(|r| &r.document.id))
        .counts("row", each().map(|r| r.document.row.map(|row| row as usize)))
        .date("published", each().map(|r| r.document.published()))
        .text("outlet", each().map(|r| r.document.metadata.outlet.as_ref().map(|o| &o.value)))
        .word("kind", each().map(|r| r.claim.kind.as_str()))
        .word("act", each().map(|r| r.claim.act.as_str()))
        .word("polarity", each().map(|r| r.claim.polarity.as_str()))
        .decimal("certainty", each().map(|r| r.claim.certainty.value))
        .word("certainty_label", each().map(|r| r.claim.certainty.label.as_str()))
        .decimal("certainty_cue", each().map(|r| r.claim.certainty.cue))
        .decimal("certainty_content", each().map(|r| r.claim.certainty.content))
        .text("source", source().map(|s| s.map(|s| &s.name)))
        .text("source_type", source().map(|s| s.map(|s| s.source_type.as_str())))
        .text("source_role", source().map(|s| s.and_then(|s| s.role.as_ref())))
        .text("source_country", source().map(|s| s.and_then(|s| s.country.as_ref())))
        .text("mention", each().map(|r| r.joined(&r.claim.source_spans)))
        .words("chain", each().map(chain))
        .text("cue", each().map(|r| r.joined(&r.claim.cue_spans)))
        .text("content", each().map(|r| r.joined(&r.claim.content_spans)))
        .count("start", extent.iter().map(|e| e.0))
        .count("end", extent.iter().map(|e| e.1))
        .word("text", each().map(|r| r.document.written(r.claim.span())))
        .positions("source_spans", rows, |c| &c.source_spans)
        .positions("cue_spans", rows, |c| &c.cue_spans)
        .positions("content_spans", rows, |c| &c.content_spans)
        .records(
            "quantities",
            lengths(rows, |c| c.quantities.len()),
            figures::quantities(&found(rows, |c| &c.quantities)),
        )
        .records("times", lengths(rows, |c| c.times.len()), figures::times(&found(rows, |c| &c.times)))
        .records("places", lengths(rows, |c| c.places.len()), figures::places(&found(rows, |c| &c.places)))
        .decimal("confidence", each().map(|r| r.claim.confidence))
        .word("rule", each().map(|r| &r.claim.rule))
        .finish()
}

fn lengths(rows: &[Row<'_>], of: impl Fn(&Claim) -> usize) -> Vec<usize> {
    rows.iter().map(|r| of(r.claim)).collect()
}

/// The figures, times or places of all rows, and where they stand.
fn found<'c, T>(rows: &'c [Row<'_>], of: impl Fn(&'c Claim) -> &'c [T]) -> Vec<Found<'c, T>> {
    let found = |r: &'c Row<'_>| {
        of(r.claim).iter().map(|item| Found { collection: r.collection, document: r.place(), item })
    };
    rows.iter().flat_map(found).collect()
}

impl Columns {
    fn positions(self, name: &str, rows: &[Row<'_>], of: impl Fn(&Claim) -> &[Span]) -> Self {
        let inner = Columns::default().extent(rows, |c| of(c).to_vec());
        self.records(name, lengths(rows, |c| of(c).len()), inner)
    }

    /// `start` and `end` of the spans of all rows.
    fn extent(self, rows: &[Row<'_>], of: impl Fn(&Claim) -> Vec<Span>) -> Self {
        let all: Vec<(usize, usize)> =
            rows.iter().flat_map(|r| of(r.claim).into_iter().map(|s| r.code_points(s))).collect();
        self.count("start", all.iter().map(|s| s.0)).count("end", all.iter().map(|s| s.1))
    }
}
