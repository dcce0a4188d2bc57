//! One article.

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDate, PyString};

use super::claims::Claims;
use super::corpus::count;
use super::frame::Frame;
use super::pickle::{self, Reduced};
use super::shared::Shared;
use super::tokens::{self, Name, Tokens};
use super::values::{self, Block, Span};
use crate::table::{self, Collection, Words};

/// Bytes of text in a corpus whose claims are soon had: some tenths of a second.
const SOON: usize = 100_000;

/// One article: a handle into its corpus, not a copy.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> document = rp.Corpus.from_texts(["It rained in Seoul."], titles=["Rain"])[0]
/// >>> document.title
/// 'Rain'
#[pyclass(frozen, eq, hash, module = "reportedly")]
pub struct Document {
    shared: Arc<Shared>,
    index: usize,
    /// The text as Python has it: `document.text[a:b]` in a loop must not copy the text every time.
    text: PyOnceLock<Py<PyString>>,
    /// Tags, lemmas, trees and names, once they were asked for. Kept here and not in the corpus, whose memory they
    /// would multiply: they go when this handle goes.
    words: OnceLock<Arc<Words>>,
}

impl Document {
    pub(super) fn new(shared: Arc<Shared>, index: usize) -> Self {
        Document { shared, index, text: PyOnceLock::new(), words: OnceLock::new() }
    }

    fn core(&self) -> &crate::document::Document {
        self.shared.document(self.index)
    }

    fn words(&self, py: Python<'_>) -> PyResult<Arc<Words>> {
        if let Some(words) = self.words.get() {
            return Ok(words.clone());
        }
        let words = tokens::words(py, &self.shared, self.index)?;
        // Of two threads that ask at once, both work and find the same.
        Ok(self.words.get_or_init(|| words).clone())
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        (self.shared.is(&other.shared) && self.index == other.index) || self.core() == other.core()
    }
}

impl Hash for Document {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.core().id.hash(state);
        self.core().decoded().hash(state);
    }
}

#[pymethods]
impl Document {
    /// Short name, unique in the corpus.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."])[0].id
    /// 'text-1'
    #[getter]
    fn id(&self) -> &str {
        &self.core().id
    }

    /// Position in the corpus.
    #[getter]
    fn index(&self) -> usize {
        self.index
    }

    /// The text, as it was read.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."])[0].text
    /// 'It rained.'
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.text.get_or_init(py, || PyString::new(py, self.core().decoded()).unbind()).bind(py).clone()
    }

    /// Headline.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.core().metadata.title.as_ref().map(|s| s.value.as_str())
    }

    /// Publication date, if the text states it or it was given.
    #[getter]
    fn published<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        values::day(py, self.core().published())
    }

    /// Publisher: newspaper, agency, site.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.core().metadata.outlet.as_ref().map(|s| s.value.as_str())
    }

    /// Author or authors, as written.
    #[getter]
    fn byline(&self) -> Option<&str> {
        self.core().metadata.byline.as_ref().map(|s| s.value.as_str())
    }

    /// Place of the dateline.
    #[getter]
    fn dateline(&self) -> Option<&str> {
        self.core().metadata.dateline.as_ref().map(|s| s.value.as_str())
    }

    /// Address of the article.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.core().metadata.url.as_deref()
    }

    /// Language, as an ISO 639-1 code.
    #[getter]
    fn language(&self) -> Option<&str> {
        self.core().metadata.language.as_deref()
    }

    /// File it was read from, as it was named; ``archive.zip/inner.txt`` for a file in an archive.
    #[getter]
    fn origin_path(&self) -> Option<&str> {
        self.core().path.as_deref()
    }

    /// Row (line, message, record) of that file or of what was passed in, counted from 0; None if the file is one
    /// article.
    #[getter]
    fn origin_row(&self) -> Option<u64> {
        self.core().row
    }

    /// Encoding it was decoded from, as the WHATWG Encoding standard names it.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.read("The café’s owner said no.".encode("windows-1252"))[0].encoding
    /// 'windows-1252'
    #[getter]
    fn encoding(&self) -> &str {
        &self.core().encoding
    }

    /// How sure the encoding is, from 0 to 1.
    #[getter]
    fn encoding_confidence(&self) -> f64 {
        table::widen(self.core().encoding_confidence)
    }

    /// When the article was last changed, if that is stated.
    #[getter]
    fn modified<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        values::day(py, self.core().metadata.modified.as_ref().map(|m| m.value))
    }

    /// Every date that is stated of the article as a whole, from the best to the worst: what states it (``kind``),
    /// whether of publication or of a later change, how likely it is right, and where it stands.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> len(rp.Corpus.from_texts(["It rained."])[0].dates)
    /// 0
    #[getter]
    fn dates(&self) -> Frame {
        Frame::new("dates", table::dates(&self.shared.collection, self.index))
    }

    /// Where the characters from ``start`` to ``end`` of :attr:`text` stand in the web page that the article was taken
    /// from: the first byte and one past the last, in the file itself (in the field's value as UTF-8, for pages that a
    /// table, JSON or a feed holds). Tags may lie between. None if it was no page, or if nothing of it stands there.
    ///
    /// Raises
    /// ------
    /// IndexError
    ///     The positions are none of the text.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> page = b"<html><body><h1>Rain</h1><p>It <b>rained</b> in Seoul on Friday, officials said.</p></body></html>"
    /// >>> document = rp.read(page)[0]
    /// >>> start = document.text.index("rained")
    /// >>> first, last = document.page_bytes(start, start + 6)
    /// >>> page[first:last]
    /// b'rained'
    fn page_bytes(&self, start: usize, end: usize) -> PyResult<Option<(u64, u64)>> {
        let document = self.core();
        let text = document.decoded();
        let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let from = places.nth(start);
        let to = if end == start { from } else { end.checked_sub(start + 1).and_then(|n| places.nth(n)) };
        let (Some(from), Some(to)) = (from, to) else {
            let message = format!("characters {start} to {end} of a text of {}", text.chars().count());
            return Err(PyIndexError::new_err(message));
        };
        let range = document.page.as_ref().and_then(|page| page.range(crate::span::Span::new(from, to)));
        Ok(range.map(|r| (r.start, r.end)))
    }

    /// The text as it is analysed: :attr:`text` without broken encodings (“â€œ” for a quotation mark), soft hyphens,
    /// zero-width characters, marks of writing direction, ligatures, and character references that nobody resolved.
    ///
    /// Positions are never those of this view: whatever is found in it is given as it stands in :attr:`text`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> document = rp.Corpus.from_texts(["â€œIt rains,â€\x9d the of\u00adficial said."])[0]
    /// >>> document.repaired
    /// '“It rains,” the official said.'
    /// >>> document.claims[0].source.mention == "the of\u00adficial"
    /// True
    #[getter]
    fn repaired(&self) -> &str {
        &self.core().text
    }

    /// Lines and paragraphs, each with its function.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> document = rp.Corpus.from_texts(["It rained in Seoul on Friday, officials said."])[0]
    /// >>> document.blocks[0].text == document.text
    /// True
    #[getter]
    fn blocks(&self) -> Vec<Block> {
        let block = |b: &crate::document::Block| {
            let Span { start, end, text } = self.shared.span(self.index, b.span);
            Block { kind: b.kind.as_str().to_owned(), start, end, text }
        };
        self.core().blocks.iter().map(block).collect()
    }

    /// Sentences, in order.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> document = rp.Corpus.from_texts(["It rained in Seoul. It snowed in Busan."])[0]
    /// >>> [s.text for s in document.sentences]
    /// ['It rained in Seoul.', 'It snowed in Busan.']
    #[getter]
    fn sentences(&self) -> Vec<Span> {
        self.core().sentences.iter().map(|s| self.shared.span(self.index, s.span)).collect()
    }

    /// Words, numbers and marks, with lemma, part of speech, place in the tree of the sentence, and whether they are
    /// part of a name. Analysed when first asked for, and kept as long as this object lives.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> document = rp.Corpus.from_texts(["It rained in Seoul."])[0]
    /// >>> [(t.text, t.upos) for t in document.tokens]
    /// [('It', 'PRON'), ('rained', 'VERB'), ('in', 'ADP'), ('Seoul', 'PROPN'), ('.', 'PUNCT')]
    #[getter]
    fn tokens(&self, py: Python<'_>) -> PyResult<Tokens> {
        Ok(Tokens::all(self.shared.clone(), self.index, self.words(py)?))
    }

    /// Names of people, organisations, places and other things, in order.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["it rained."])[0].names
    /// []
    #[getter]
    fn names(&self, py: Python<'_>) -> PyResult<Vec<Name>> {
        let name = |n: &crate::document::Name| {
            let Span { start, end, text } = self.shared.span(self.index, n.span);
            let title = n.title.map(|t| self.shared.collection.slice(self.index, t).to_owned());
            Name { text, kind: n.kind.as_str().to_owned(), title, start, end }
        };
        Ok(self.words(py)?.names().iter().map(name).collect())
    }

    /// Claims of this document; those of the whole corpus are extracted if they were not yet.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.'])[0].claims[0].kind
    /// 'direct'
    #[getter]
    fn claims(&self, py: Python<'_>) -> PyResult<Claims> {
        self.shared.extract(py, None)?;
        let rows = self.shared.collection.claims_of(self.index).map(|c| c as u32).collect();
        Ok(Claims::new(self.shared.clone(), rows))
    }

    fn __repr__(&self) -> String {
        let document = self.core();
        let metadata = &document.metadata;
        let mut parts = vec![document.id.clone()];
        parts.extend(document.published().map(|d| d.to_string()));
        parts.extend(metadata.outlet.as_ref().map(|o| o.value.clone()));
        parts.extend(metadata.title.as_ref().map(|t| format!("{:?}", t.value)));
        parts.push(count(document.sentences.len(), "sentence"));
        format!("<Document {}>", parts.join(", "))
    }

    #[pyo3(signature = () -> "str")]
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        // A display must not set off the extraction of a large corpus.
        let collection = &slf.get().shared.collection;
        let soon = || collection.documents().iter().map(|d| d.text.len()).sum::<usize>() <= SOON;
        let marked = collection.claims().is_some() || soon();
        slf.py().import("reportedly._show")?.call_method1("document_html", (slf, marked))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce::<Self>(py, &self.shared.collection.only(self.index).to_bytes()?)
    }

    #[staticmethod]
    fn _restore(data: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let collection = Collection::from_bytes(data.as_bytes())?;
        if collection.documents().len() != 1 {
            return Err(super::errors::FormatError::new_err("these bytes do not hold one document"));
        }
        Ok(Document::new(Shared::new(collection, None), 0))
    }
}

/// The documents of a corpus, in order.
#[pyclass(frozen, module = "reportedly")]
pub struct DocumentIter {
    shared: Arc<Shared>,
    next: AtomicUsize,
}

impl DocumentIter {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        DocumentIter { shared, next: AtomicUsize::new(0) }
    }
}

#[pymethods]
impl DocumentIter {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self) -> Option<Document> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        (index < self.shared.collection.documents().len()).then(|| Document::new(self.shared.clone(), index))
    }
}
