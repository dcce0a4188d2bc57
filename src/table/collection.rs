//! Documents with their claims.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Offsets, sound};
use crate::corpus::Extraction;
use crate::document::{Claim, Document};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::span::Span;

/// Changes whenever a stored collection of an earlier version could be misread.
const FORMAT: &str = concat!("reportedly ", env!("CARGO_PKG_VERSION"));

/// Documents, what went wrong when they were read, and their claims once those are known.
#[derive(Debug, Default)]
pub struct Collection {
    documents: Vec<Document>,
    problems: Vec<Problem>,
    offsets: Vec<OnceLock<Offsets>>,
    extraction: OnceLock<Extraction>,
    /// Whether another version of this program read and extracted; such claims are not mixed with own ones.
    foreign: bool,
}

#[derive(Serialize, Deserialize)]
struct Stored<D, P, E> {
    documents: D,
    problems: P,
    extraction: E,
    foreign: bool,
}

/// Equal if documents and problems are, and claims, where both know them: claims follow from documents.
impl PartialEq for Collection {
    fn eq(&self, other: &Self) -> bool {
        let claims = self.claims().zip(other.claims());
        self.documents == other.documents
            && self.problems == other.problems
            && claims.is_none_or(|(own, others)| own == others)
    }
}

impl Collection {
    /// A collection without claims.
    #[must_use]
    pub fn new(documents: Vec<Document>, problems: Vec<Problem>) -> Self {
        let offsets = documents.iter().map(|_| OnceLock::new()).collect();
        Collection { documents, problems, offsets, extraction: OnceLock::new(), foreign: false }
    }

    /// The same, made by another version of this program.
    #[must_use]
    pub fn foreign(self, foreign: bool) -> Self {
        Collection { foreign, ..self }
    }

    /// Whether another version of this program made it.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// Sets the claims; they must be those of the documents, in order. The first to set them wins.
    pub fn set_extraction(&self, extraction: Extraction) {
        let claims = &extraction.claims;
        debug_assert!(claims.is_sorted_by_key(|c| c.document), "claims follow the documents");
        // Whoever comes second computed the same: claims depend on nothing but the documents.
        let _ = self.extraction.set(extraction);
    }

    /// The claims and the names in their articles, if they are known.
    #[must_use]
    pub fn extraction(&self) -> Option<&Extraction> {
        self.extraction.get()
    }

    /// The documents.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// What went wrong when they were read.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The claims, if they are known.
    #[must_use]
    pub fn claims(&self) -> Option<&[Claim]> {
        self.extraction.get().map(|extraction| extraction.claims.as_slice())
    }

    /// Which claims are of document `index`; empty if no claims are known.
    #[must_use]
    pub fn claims_of(&self, index: usize) -> Range<usize> {
        let claims = self.claims().unwrap_or_default();
        let first = claims.partition_point(|c| (c.document as usize) < index);
        let last = claims.partition_point(|c| c.document as usize <= index);
        first..last
    }

    /// `span` of document `index`, in code points of the text as it was decoded.
    #[must_use]
    pub fn code_points(&self, index: usize, span: Span) -> (usize, usize) {
        let span = self.documents[index].in_decoded(span);
        (self.code_point(index, span.start()), self.code_point(index, span.end()))
    }

    /// Code points of the text of document `index`, as it was decoded.
    #[must_use]
    pub fn characters(&self, index: usize) -> usize {
        self.code_point(index, self.documents[index].decoded().len())
    }

    fn code_point(&self, index: usize, byte: usize) -> usize {
        let text = self.documents[index].decoded();
        self.offsets[index].get_or_init(|| Offsets::new(text)).code_point(text, byte)
    }

    /// What was written where `span` of document `index` stands.
    #[must_use]
    pub fn slice(&self, index: usize, span: Span) -> &str {
        self.documents[index].written(span)
    }

    /// Document `index` alone, with its claims if they are known.
    #[must_use]
    pub fn only(&self, index: usize) -> Collection {
        let alone = Collection::new(vec![self.documents[index].clone()], Vec::new());
        if let Some(claims) = self.claims() {
            let own = claims[self.claims_of(index)].iter().cloned();
            let claims = own.map(|c| Claim { document: 0, ..c }).collect();
            // One document is no corpus, to which others could come: names stay as they are.
            alone.set_extraction(Extraction { claims, renamed: Vec::new() });
        }
        alone
    }

    /// The collection as bytes, in the [postcard](https://postcard.jamesmunns.com/wire-format) wire format.
    ///
    /// # Errors
    /// Never, in practice: every part can be serialised.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let (extraction, foreign) = (self.extraction(), self.foreign);
        let stored = Stored { documents: &self.documents, problems: &self.problems, extraction, foreign };
        encode(&stored)
    }

    /// The collection that [`Collection::to_bytes`] stored.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] if the bytes are something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let stored: Stored<Vec<Document>, Vec<Problem>, Option<Extraction>> = decode(bytes)?;
        sound::check_all(&stored.documents, stored.extraction.as_ref()).map_err(|why| wrong(&why))?;
        let collection = Collection::new(stored.documents, stored.problems).foreign(stored.foreign);
        if let Some(extraction) = stored.extraction {
            collection.set_extraction(extraction);
        }
        Ok(collection)
    }
}

/// Bytes that [`decode`] understands, marked with the version that wrote them.
pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    postcard::to_stdvec(&(FORMAT, value))
        .map_err(|e| Error::new(ErrorKind::Format, format!("cannot be stored: {e}")))
}

/// What is said of bytes that cannot be restored.
pub(crate) fn wrong(why: &str) -> Error {
    let message =
        format!("these bytes were not stored by {FORMAT} ({why}); make them again from the articles");
    Error::new(ErrorKind::Format, message)
}

/// What [`encode`] stored.
pub(crate) fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T> {
    let (format, rest): (&str, &[u8]) =
        postcard::take_from_bytes(bytes).map_err(|e| wrong(&e.to_string()))?;
    if format != FORMAT {
        return Err(wrong(&format!("their mark is {:?}", format.chars().take(40).collect::<String>())));
    }
    postcard::from_bytes(rest).map_err(|e| wrong(&e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_are_refused() {
        for bytes in [&b""[..], b"x", b"\xff\xff\xff\xff\xff\xff", b"\x10reportedly 0.0.0\x00\x00\x00"] {
            let error = Collection::from_bytes(bytes).expect_err("not a collection");
            assert_eq!(error.kind(), ErrorKind::Format);
        }
    }

    #[test]
    fn an_empty_collection_returns() {
        let collection = Collection::new(Vec::new(), Vec::new());
        let again = Collection::from_bytes(&collection.to_bytes().unwrap()).unwrap();
        assert!(again.documents().is_empty() && again.claims().is_none());
    }
}
