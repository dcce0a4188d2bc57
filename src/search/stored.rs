//! The index as tables of the Arrow columnar format, which any tool reads.
//!
//! `terms`: `term` and `positions` (list: numbers of the words that are this term, over all sentences of the corpus),
//! in order of the terms' bytes. `units`: `document` (its place in the corpus), `claim` (position, null for
//! sentences), `first` and `end` (numbers of the first word and of one past the last), sentences before claims,
//! document after document.
//!
//! What comes back is checked in full, against itself and against the corpus that it is to be of, because a search
//! trusts it. What is not checked is that the words are those of the texts: that is for whoever stores both.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{Array, ListArray, RecordBatch, StringArray, UInt32Array};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field};

use super::index::{Index, MOST_WORDS, Part, Terms, Words};
use crate::document::{Claim, Document};
use crate::error::{Error, ErrorKind, Result};

/// Positions in one batch, about: Arrow's offsets are 32-bit.
const BATCH: usize = 1 << 26;

impl Index {
    /// Every term with its positions, in batches.
    #[must_use]
    pub fn terms_batches(&self) -> Vec<RecordBatch> {
        self.terms_in_batches(BATCH)
    }

    fn terms_in_batches(&self, size: usize) -> Vec<RecordBatch> {
        let (mut out, mut first) = (Vec::new(), 0);
        while first < self.terms.len() || out.is_empty() {
            let full = self.starts[first] + size;
            let end = self.starts.partition_point(|s| *s <= full).saturating_sub(1);
            let end = end.clamp((first + 1).min(self.terms.len()), self.terms.len());
            let terms: StringArray = (first..end).map(|t| Some(self.terms.get(t))).collect();
            let lengths = (first..end).map(|t| self.starts[t + 1] - self.starts[t]);
            let positions = self.positions[self.starts[first]..self.starts[end]].to_vec();
            let item = Arc::new(Field::new("item", DataType::UInt32, false));
            let lists = ListArray::new(
                item,
                OffsetBuffer::from_lengths(lengths),
                Arc::new(UInt32Array::from(positions)),
                None,
            );
            out.push(batch([("term", Arc::new(terms) as _), ("positions", Arc::new(lists) as _)]));
            first = end;
        }
        out
    }

    /// Every sentence and claim with its words.
    #[must_use]
    pub fn units_batch(&self) -> RecordBatch {
        let mut documents = Vec::with_capacity(self.units.len());
        let mut claims: Vec<Option<u32>> = Vec::with_capacity(self.units.len());
        for (index, parts) in self.documents.windows(2).enumerate() {
            let (part, next) = (parts[0], parts[1]);
            documents.extend((part.unit..next.unit).map(|_| index as u32));
            claims.extend((part.unit..part.claim_unit).map(|_| None));
            claims.extend((part.claim..next.claim).map(Some));
        }
        batch([
            ("document", Arc::new(UInt32Array::from(documents)) as _),
            ("claim", Arc::new(UInt32Array::from(claims)) as _),
            ("first", Arc::new(self.units.iter().map(|u| Some(u.first)).collect::<UInt32Array>()) as _),
            ("end", Arc::new(self.units.iter().map(|u| Some(u.end)).collect::<UInt32Array>()) as _),
        ])
    }

    /// The index of `documents` and `claims` that was stored as these tables, each in one or more batches.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] if they are not the tables of an index, or of one of another corpus.
    pub fn from_batches(
        terms: &[RecordBatch],
        units: &[RecordBatch],
        documents: &[Document],
        claims: &[Claim],
    ) -> Result<Self> {
        let (units, documents) = read_units(units, documents, claims)?;
        let words = documents.last().map_or(0, |end: &Part| end.word);
        let (terms, starts, positions) = read_terms(terms, words)?;
        Ok(Index { terms, starts, positions, units, documents })
    }
}

fn batch<const N: usize>(columns: [(&str, Arc<dyn Array>); N]) -> RecordBatch {
    RecordBatch::try_from_iter(columns).expect("every column has one value a row")
}

fn wrong(why: &str) -> Error {
    let message =
        format!("the stored search index is damaged or of another corpus ({why}); it can be made again");
    Error::new(ErrorKind::Format, message)
}

/// A column of numbers.
fn numbers(batch: &RecordBatch, name: &str) -> Result<UInt32Array> {
    let column = batch.column_by_name(name).ok_or_else(|| wrong(&format!("no column {name}")))?;
    let column = column.as_primitive_opt::<UInt32Type>();
    column.cloned().ok_or_else(|| wrong(&format!("{name} is not of uint32")))
}

/// The units, and where each document begins, if they fit to the documents and claims.
fn read_units(
    batches: &[RecordBatch],
    documents: &[Document],
    claims: &[Claim],
) -> Result<(Vec<Words>, Vec<Part>)> {
    let mut units = Vec::new();
    for batch in batches {
        let (first, end) = (numbers(batch, "first")?, numbers(batch, "end")?);
        if first.null_count() + end.null_count() > 0 {
            return Err(wrong("a unit without words"));
        }
        units.extend(first.values().iter().zip(end.values()).map(|(&first, &end)| Words { first, end }));
    }
    let sentences: usize = documents.iter().map(|d| d.sentences.len()).sum();
    if units.len() != sentences + claims.len() || units.len() > MOST_WORDS {
        return Err(wrong("it has other sentences or claims"));
    }
    let (mut word, mut unit, mut claim) = (0, 0, 0);
    let mut parts = Vec::with_capacity(documents.len() + 1);
    for (index, document) in documents.iter().enumerate() {
        let claim_unit = unit + document.sentences.len();
        let own = claims[claim..].iter().take_while(|c| c.document as usize == index).count();
        let start = word;
        let part = Part { word, unit: unit as u32, claim_unit: claim_unit as u32, claim: claim as u32 };
        for sentence in &units[unit..claim_unit] {
            if sentence.first != word || sentence.end < word {
                return Err(wrong("sentences that do not follow one another"));
            }
            word = sentence.end;
        }
        (unit, claim) = (claim_unit + own, claim + own);
        if units[claim_unit..unit].iter().any(|u| u.first < start || u.first > u.end || u.end > word) {
            return Err(wrong("a claim outside of its document"));
        }
        parts.push(part);
    }
    if claim != claims.len() || word as usize > MOST_WORDS {
        return Err(wrong("it has other claims"));
    }
    parts.push(Part { word, unit: unit as u32, claim_unit: unit as u32, claim: claim as u32 });
    Ok((units, parts))
}

/// The terms, if every one of `words` words is one of them.
fn read_terms(batches: &[RecordBatch], words: u32) -> Result<(Terms, Vec<usize>, Vec<u32>)> {
    let (mut terms, mut starts, mut positions) = (Terms::default(), Vec::new(), Vec::new());
    let mut before: Option<String> = None;
    for batch in batches {
        let names = batch.column_by_name("term").and_then(|c| c.as_string_opt::<i32>());
        let lists = batch.column_by_name("positions").and_then(|c| c.as_list_opt::<i32>());
        let (Some(names), Some(lists)) = (names, lists) else {
            return Err(wrong("no columns term and positions"));
        };
        if names.null_count() + lists.null_count() > 0 {
            return Err(wrong("a term without positions"));
        }
        for (name, list) in names.iter().flatten().zip(lists.iter().flatten()) {
            if before.as_deref().is_some_and(|before| before >= name) {
                return Err(wrong("terms out of order"));
            }
            let list = list.as_primitive_opt::<UInt32Type>().filter(|list| list.null_count() == 0);
            let list = list.ok_or_else(|| wrong("positions that are not numbers"))?.values();
            let rises = list.windows(2).all(|pair| pair[0] < pair[1]);
            if !rises || list.last().is_none_or(|last| *last >= words) {
                return Err(wrong("positions out of order"));
            }
            terms.push(name);
            starts.push(positions.len());
            positions.extend_from_slice(list);
            before = Some(name.to_owned());
        }
    }
    starts.push(positions.len());
    if positions.len() != words as usize {
        return Err(wrong("words that are missing"));
    }
    Ok((terms, starts, positions))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus;
    use crate::resolve::tests::document;
    use crate::search::{Query, Selection};

    const TEXTS: [&str; 3] = ["The storm corps came, Ann Lee said. It rained.", "", "“Storm,” Bob Ray said."];

    fn sample() -> (Vec<Document>, Vec<Claim>, Index) {
        let documents: Vec<Document> = TEXTS.iter().map(|text| document("d", None, text)).collect();
        let claims = corpus::claims(&documents, &corpus::Progress::default()).unwrap();
        let index = Index::new(&documents, &claims).unwrap();
        (documents, claims, index)
    }

    fn refused(
        terms: &[RecordBatch],
        units: &[RecordBatch],
        documents: &[Document],
        claims: &[Claim],
    ) -> String {
        let error = Index::from_batches(terms, units, documents, claims).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Format);
        error.to_string()
    }

    #[test]
    fn an_index_returns() {
        let (documents, claims, index) = sample();
        assert!(!claims.is_empty());
        for size in [0, 1, 5, BATCH] {
            let (terms, units) = (index.terms_in_batches(size), index.units_batch());
            assert_eq!(terms.len() > 1, size < 6);
            let again = Index::from_batches(&terms, &[units], &documents, &claims).unwrap();
            assert_eq!(again, index);
        }
    }

    #[test]
    fn an_empty_index_returns() {
        let index = Index::new(&[], &[]).unwrap();
        let (terms, units) = (index.terms_batches(), index.units_batch());
        assert_eq!(Index::from_batches(&terms, &[units], &[], &[]).unwrap(), index);
    }

    #[test]
    fn an_index_of_another_corpus_is_refused() {
        let (documents, claims, index) = sample();
        let (terms, units) = (index.terms_batches(), [index.units_batch()]);
        assert!(refused(&terms, &units, &documents[1..], &[]).contains("other sentences"));
        assert!(refused(&terms, &units, &documents, &claims[1..]).contains("other sentences or claims"));
        assert!(refused(&units, &terms, &documents, &claims).contains("no column"));
        assert!(refused(&[], &units, &documents, &claims).contains("missing"));
        let twice = [terms.clone(), terms].concat();
        assert!(refused(&twice, &units, &documents, &claims).contains("out of order"));
    }

    proptest! {
        /// Whatever one number is changed to: refused, or searched without harm.
        #[test]
        fn damage_does_no_harm(column in 0..5usize, at in 0..60usize, value in prop_oneof![0..40u32, any::<u32>()]) {
            let (documents, claims, index) = sample();
            let (terms, units) = (index.terms_batches().remove(0), index.units_batch());
            let change = |array: &UInt32Array| {
                let mut values = array.values().to_vec();
                let at = at % values.len();
                values[at] = value;
                UInt32Array::new(values.into(), array.nulls().cloned())
            };
            let mut columns: Vec<Arc<dyn Array>> = units.columns().to_vec();
            let mut lists = terms.column(1).clone();
            match columns.get_mut(column) {
                Some(numbers) => *numbers = Arc::new(change(numbers.as_primitive())),
                None => {
                    let (item, offsets, values, nulls) = terms.column(1).as_list::<i32>().clone().into_parts();
                    let values = Arc::new(change(values.as_primitive()));
                    lists = Arc::new(ListArray::new(item, offsets, values, nulls));
                }
            }
            let units = RecordBatch::try_new(units.schema(), columns).unwrap();
            let terms = RecordBatch::try_new(terms.schema(), vec![terms.column(0).clone(), lists]).unwrap();
            if let Ok(index) = Index::from_batches(&[terms], &[units], &documents, &claims) {
                for query in ["storm", "s* OR \"storm corps\" OR -rained", "said"] {
                    let query = Query::new(query);
                    let Ok(query) = query else { continue };
                    for hit in index.search(&documents, &claims, &query, &Selection::default()) {
                        prop_assert!(hit.span.end() <= documents[hit.document as usize].text.len());
                    }
                }
            }
        }
    }
}
