//! The tokens of a document as a column store.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict};
use serde::{Deserialize, Serialize};

use super::arguments::{self, Key};
use super::batches::Batches;
use super::corpus::count;
use super::document::Document;
use super::frame::{dicts, face, names, pandas};
use super::pickle::{self, Reduced};
use super::shared::{Held, Shared};
use super::values::literal;
use super::{capsule, run};
use crate::table::{self, Collection, Words};

/// Tokens of one document, in order: a view, of which slices are views too.
///
/// ``pl.DataFrame(tokens)``, ``pa.table(tokens)`` and ``duckdb.sql("from tokens")`` work as they stand; for pandas
/// there is ``tokens.to_pandas()``.
///
/// Columns: ``token`` (position in the document's tokens), ``sentence`` (position in its sentences), ``text``,
/// ``lemma``, ``upos``, ``xpos``, ``head`` (the ``token`` that this one depends on; null for a root), ``deprel``,
/// ``entity`` (``B-PER``, ``I-PER``, …, or ``O``), ``start``, ``end``.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> tokens = rp.Corpus.from_texts(["It rained in Seoul."])[0].tokens
/// >>> len(tokens)
/// 5
/// >>> [t.text for t in tokens[1:3]]
/// ['rained', 'in']
/// >>> tokens[1].lemma, tokens[1].upos, tokens[1].xpos
/// ('rain', 'VERB', 'VBD')
#[pyclass(frozen, module = "reportedly")]
pub struct Tokens {
    shared: Arc<Shared>,
    /// Which document.
    index: usize,
    words: Arc<Words>,
    rows: Arc<Vec<u32>>,
}

/// What indexing gives.
#[derive(IntoPyObject)]
enum Item {
    One(Token),
    Some(Tokens),
}

impl Tokens {
    /// All tokens of document `index`, whose words are known.
    pub(super) fn all(shared: Arc<Shared>, index: usize, words: Arc<Words>) -> Self {
        let rows = Arc::new((0..words.len() as u32).collect());
        Tokens { shared, index, words, rows }
    }

    fn batches(&self) -> impl Iterator<Item = arrow_array::RecordBatch> + Send + 'static {
        let (collection, words) = (Held(self.shared.collection.clone()), Held(self.words.clone()));
        table::tokens(collection, self.index, words, Held(self.rows.clone()))
    }

    fn all_batches(&self, py: Python<'_>) -> Batches {
        Batches::new(table::tokens_schema(), py.detach(|| self.batches().collect()))
    }

    fn token(&self, row: usize) -> Option<Token> {
        let i = *self.rows.get(row)? as usize;
        let (collection, words) = (&self.shared.collection, &self.words);
        let span = collection.documents()[self.index].tokens[i].span;
        let (start, end) = collection.code_points(self.index, span);
        Some(Token {
            index: i,
            sentence: words.sentence(i),
            text: collection.slice(self.index, span).to_owned(),
            lemma: words.lemma(i).to_owned(),
            upos: words.upos(i).as_str().to_owned(),
            xpos: words.xpos(i).as_str().to_owned(),
            head: words.head(i),
            deprel: words.deprel(i).as_str().to_owned(),
            entity: words.entity(i).to_owned(),
            start,
            end,
        })
    }
}

/// Tags, lemmas, trees and names of document `index`.
pub(super) fn words(py: Python<'_>, shared: &Shared, index: usize) -> PyResult<Arc<Words>> {
    let collection = shared.collection.clone();
    run::run(py, shared.jobs, None, move |_| Some(Arc::new(Words::new(&collection.documents()[index]))))
}

#[pymethods]
impl Tokens {
    fn __len__(&self) -> usize {
        self.rows.len()
    }

    fn __getitem__(&self, key: Key<'_>) -> PyResult<Item> {
        match key {
            Key::Index(i) => {
                let row = arguments::index(i, self.rows.len(), "token")?;
                Ok(Item::One(self.token(row).expect("the row was checked")))
            }
            Key::Slice(slice) => {
                let rows = Arc::new(arguments::slice(&slice, &self.rows)?);
                let (shared, words) = (self.shared.clone(), self.words.clone());
                Ok(Item::Some(Tokens { shared, index: self.index, words, rows }))
            }
        }
    }

    fn __iter__(slf: Py<Self>) -> TokenIter {
        TokenIter { tokens: slf, next: AtomicUsize::new(0) }
    }

    /// The document that the tokens are of.
    #[getter]
    fn document(&self) -> Document {
        Document::new(self.shared.clone(), self.index)
    }

    /// Names of the columns of the table.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."])[0].tokens.columns[2:4]
    /// ['text', 'lemma']
    #[getter]
    fn columns(&self) -> Vec<String> {
        names(&table::tokens_schema())
    }

    /// The tokens as dicts, one key a column.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."])[0].tokens.to_dicts()[2]["upos"]
    /// 'PUNCT'
    #[pyo3(signature = () -> "list[dict[str, Any]]")]
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        dicts(py, self.batches())
    }

    /// The tokens as a pandas DataFrame; needs pandas, but not pyarrow.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> frame = rp.Corpus.from_texts(["It rained."])[0].tokens.to_pandas()
    /// >>> frame["text"].tolist()
    /// ['It', 'rained', '.']
    #[pyo3(signature = () -> "pandas.DataFrame")]
    fn to_pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        pandas(py, self.all_batches(py), None, None)
    }

    /// The tokens as a polars DataFrame; needs polars.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."])[0].tokens.to_polars()["end"].to_list()
    /// [2, 9, 10]
    #[pyo3(signature = () -> "polars.DataFrame")]
    fn to_polars<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        face(py, "to_polars", self.all_batches(py))
    }

    /// The tokens as a pyarrow Table; needs pyarrow.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."])[0].tokens.to_arrow().num_rows
    /// 3
    #[pyo3(signature = () -> "pyarrow.Table")]
    fn to_arrow<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        face(py, "to_arrow", self.all_batches(py))
    }

    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the wish; every reader here casts by itself.
        let _ = requested_schema;
        capsule::stream(py, table::tokens_schema(), self.batches())
    }

    #[pyo3(signature = () -> "object")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &table::tokens_schema())
    }

    fn __eq__(&self, other: &Tokens) -> bool {
        // The words follow from the document.
        self.rows == other.rows
            && ((self.shared.is(&other.shared) && self.index == other.index)
                || self.shared.document(self.index) == other.shared.document(other.index))
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut state = DefaultHasher::new();
        (&self.shared.document(self.index).id, &self.rows).hash(&mut state);
        state.finish()
    }

    fn __repr__(&self) -> String {
        let mut sentences: Vec<usize> = self.rows.iter().map(|r| self.words.sentence(*r as usize)).collect();
        sentences.sort_unstable();
        sentences.dedup();
        format!("<Tokens: {} in {}>", count(self.rows.len(), "token"), count(sentences.len(), "sentence"))
    }

    #[pyo3(signature = () -> "str")]
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly._show")?.call_method1("tokens_html", (slf,))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let (collection, index, rows) = (&self.shared.collection, self.index, &self.rows);
        let bytes = py.detach(|| table::encode(&(collection.only(index).to_bytes()?, rows.as_slice())))?;
        pickle::reduce::<Self>(py, &bytes)
    }

    #[staticmethod]
    fn _restore(data: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let (bytes, rows): (Vec<u8>, Vec<u32>) = pickle::restore(data.as_bytes())?;
        let shared = Shared::new(Collection::from_bytes(&bytes)?, None);
        let known = shared.collection.documents().first().map_or(0, |d| d.tokens.len());
        if shared.collection.documents().len() != 1 || rows.iter().any(|r| *r as usize >= known) {
            return Err(super::errors::FormatError::new_err("these bytes name tokens that they do not hold"));
        }
        let words = words(data.py(), &shared, 0)?;
        Ok(Tokens { shared, index: 0, words, rows: Arc::new(rows) })
    }
}

/// Tokens, in order.
#[pyclass(frozen, module = "reportedly")]
pub struct TokenIter {
    tokens: Py<Tokens>,
    next: AtomicUsize,
}

#[pymethods]
impl TokenIter {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self) -> Option<Token> {
        self.tokens.get().token(self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// A word, number or mark, with what it is in its sentence.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> document = rp.Corpus.from_texts(["It rained in Seoul."])[0]
/// >>> token = document.tokens[3]
/// >>> token.text, token.upos
/// ('Seoul', 'PROPN')
/// >>> document.text[token.start:token.end] == token.text
/// True
#[pyclass(frozen, eq, hash, get_all, module = "reportedly")]
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Token {
    /// Position in the document's tokens.
    index: usize,
    /// Position of its sentence in the document's sentences.
    sentence: usize,
    /// As written.
    text: String,
    /// Dictionary form, in lower case except for proper nouns.
    lemma: String,
    /// Universal part of speech (`NOUN`, `VERB`).
    upos: String,
    /// Tag of the Penn Treebank (`NNS`, `VBD`).
    xpos: String,
    /// Position of the token that it depends on; None for the root of a sentence.
    head: Option<usize>,
    /// Relation to that token (`nsubj`, `obl:agent`); `root` for the root.
    deprel: String,
    /// `B-PER` begins a name, `I-PER` goes on with it (`PER`, `ORG`, `LOC`, `MISC`); `O` is outside of names.
    entity: String,
    /// First code point.
    start: usize,
    /// One past the last code point.
    end: usize,
}

#[pymethods]
impl Token {
    #[classattr]
    #[allow(non_upper_case_globals)]
    const __match_args__: (&'static str, &'static str, &'static str) = ("text", "lemma", "upos");

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let head = self.head.map_or("None".to_owned(), |h| h.to_string());
        let text = literal(py, &self.text)?;
        Ok(format!("Token({}, {text}, {}, {}, head={head})", self.index, self.upos, self.deprel))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}

/// A name: of a person, an organisation, a place, or of something else.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> document = rp.Corpus.from_texts(["It rained in Seoul."])[0]
/// >>> all(document.text[n.start:n.end] == n.text for n in document.names)
/// True
#[pyclass(frozen, eq, hash, get_all, module = "reportedly")]
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// As written, without the title.
    pub(super) text: String,
    /// `PER`, `ORG`, `LOC` or `MISC`.
    pub(super) kind: String,
    /// The title before a person's name ("Vice Foreign Minister").
    pub(super) title: Option<String>,
    /// First code point.
    pub(super) start: usize,
    /// One past the last code point.
    pub(super) end: usize,
}

#[pymethods]
impl Name {
    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let title = match &self.title {
            Some(title) => format!(", title={}", literal(py, title)?),
            None => String::new(),
        };
        Ok(format!(
            "Name({}, '{}', {}, {}{title})",
            literal(py, &self.text)?,
            self.kind,
            self.start,
            self.end
        ))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}
