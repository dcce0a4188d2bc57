//! Many documents.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::arguments::{self, Names, members};
use super::claims::Claims;
use super::document::{Document, DocumentIter};
use super::errors::argument;
use super::frame::Frame;
use super::given::Given;
use super::pickle::{self, Reduced};
use super::reconciliation::Reconciliation;
use super::run;
use super::shared::Shared;
use super::storage;
use crate::document::Act;
use crate::reconcile::{self, Options};
use crate::search::{Found, Query, Selection};
use crate::table::{self, Collection, Filter};

/// Many articles, parsed; claims are extracted when they are first asked for.
///
/// Make one with :func:`read`, of data at hand by :meth:`from_texts`, :meth:`from_pandas`, :meth:`from_polars` or
/// :meth:`from_arrow`, or :func:`load` one that was saved. Two are equal, and have the same hash, if their documents,
/// problems and claims are equal.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.', "Nothing happened."])
/// >>> len(corpus)
/// 2
/// >>> corpus[0].claims[0].cue
/// 'said'
#[pyclass(frozen, module = "reportedly")]
pub struct Corpus {
    pub(super) shared: Arc<Shared>,
}

#[pymethods]
impl Corpus {
    /// Make a corpus of texts at hand.
    ///
    /// Document ``i`` is made from ``texts[i]``, always. A lone surrogate, which no UTF-8 text can hold, is replaced
    /// by U+FFFD and reported in :attr:`problems`; positions still hold in the string that was given.
    ///
    /// Parameters
    /// ----------
    /// texts : sequence of str
    ///     The articles; None and NaN stand for an empty one.
    /// titles, outlets, bylines, urls : sequence of str, optional
    ///     What is known of each, None where it is not. What is not given is sought in the text.
    /// published : sequence of date, datetime or str, optional
    ///     Publication dates; strings as ``2024-10-26``.
    /// ids : sequence, optional
    ///     Short names; ``text-1``, ``text-2`` if not given. Repeated ones are numbered.
    /// progress : callable, optional
    ///     Called as ``progress(done, total)`` from time to time.
    /// jobs : int, optional
    ///     Threads for this corpus; ``REPORTEDLY_JOBS`` or all cores if not given.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(["It rained."], published=["2024-10-26"], outlets=["The Daily"])
    /// >>> corpus[0].published
    /// datetime.date(2024, 10, 26)
    #[staticmethod]
    #[pyo3(signature = (
        texts: "Iterable[str | None]", *, titles: "Sequence[object] | None" = None,
        published: "Sequence[object] | None" = None, outlets: "Sequence[object] | None" = None,
        bylines: "Sequence[object] | None" = None, urls: "Sequence[object] | None" = None,
        ids: "Sequence[object] | None" = None, progress: "Callable[[int, int], object] | None" = None, jobs = None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn from_texts(
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        titles: Option<Vec<Bound<'_, PyAny>>>,
        published: Option<Vec<Bound<'_, PyAny>>>,
        outlets: Option<Vec<Bound<'_, PyAny>>>,
        bylines: Option<Vec<Bound<'_, PyAny>>>,
        urls: Option<Vec<Bound<'_, PyAny>>>,
        ids: Option<Vec<Bound<'_, PyAny>>>,
        progress: Option<Bound<'_, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<Self> {
        if texts.is_instance_of::<pyo3::types::PyString>() {
            return Err(pyo3::exceptions::PyTypeError::new_err("texts is one str; put it into a list"));
        }
        let texts = texts.try_iter()?.collect::<PyResult<_>>()?;
        let given = Given { texts, titles, published, outlets, bylines, urls, ids, rows: false };
        Ok(Corpus { shared: given.parse(py, progress.as_ref(), jobs)? })
    }

    /// The columns of a data frame: texts, titles, dates, outlets, bylines, URLs, ids.
    #[staticmethod]
    #[pyo3(signature = (columns: "Sequence[Any]", progress: "Any", jobs) -> "Corpus")]
    fn _from_rows(
        py: Python<'_>,
        columns: [Option<Vec<Bound<'_, PyAny>>>; 7],
        progress: Option<Bound<'_, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<Self> {
        let [texts, titles, published, outlets, bylines, urls, ids] = columns;
        let texts = texts.unwrap_or_default();
        let given = Given { texts, titles, published, outlets, bylines, urls, ids, rows: true };
        Ok(Corpus { shared: given.parse(py, progress.as_ref(), jobs)? })
    }

    /// Make a corpus of a pandas DataFrame: one row, one document, in order.
    ///
    /// Texts may be of any dtype that gives ``str``: object, ``str``, ``string[pyarrow]``, categories. A cell that is
    /// missing or holds something else makes an empty document, and is told in :attr:`problems` with its row.
    ///
    /// Parameters
    /// ----------
    /// df : pandas.DataFrame
    ///     With any index; see ``claims.to_pandas(index=df.index)``.
    /// text : label of a column
    ///     The column with the texts.
    /// title, published, outlet, byline, url, id : label of a column, optional
    ///     The columns with what is known of each article. Of a time with a zone the day there counts.
    /// progress, jobs
    ///     As for :meth:`from_texts`.
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     No such column, or two of that name.
    ///
    /// Examples
    /// --------
    /// >>> import pandas as pd
    /// >>> import reportedly as rp
    /// >>> df = pd.DataFrame({"body": ['"It rains," Ann Lee said.'], "site": ["The Daily"]}, index=["a"])
    /// >>> corpus = rp.Corpus.from_pandas(df, text="body", outlet="site")
    /// >>> corpus[0].outlet
    /// 'The Daily'
    /// >>> corpus.claims.to_pandas(index=df.index).loc["a", "cue"]
    /// 'said'
    #[staticmethod]
    #[pyo3(signature = (
        df: "object", *, text: "Hashable", title: "Hashable | None" = None, published: "Hashable | None" = None,
        outlet: "Hashable | None" = None, byline: "Hashable | None" = None, url: "Hashable | None" = None,
        id: "Hashable | None" = None, progress: "Callable[[int, int], object] | None" = None, jobs: "int | None" = None
    ) -> "Corpus")]
    #[allow(clippy::too_many_arguments)]
    fn from_pandas<'py>(
        py: Python<'py>,
        df: Bound<'py, PyAny>,
        text: Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
        published: Option<Bound<'py, PyAny>>,
        outlet: Option<Bound<'py, PyAny>>,
        byline: Option<Bound<'py, PyAny>>,
        url: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
        progress: Option<Bound<'py, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let arguments = (df, text, title, published, outlet, byline, url, id, progress, jobs);
        py.import("reportedly._frames")?.call_method1("from_pandas", arguments)
    }

    /// Make a corpus of a polars DataFrame or LazyFrame: one row, one document, in order.
    ///
    /// A cell that is null or holds no string makes an empty document, and is told in :attr:`problems` with its row.
    ///
    /// Parameters
    /// ----------
    /// df : polars.DataFrame or polars.LazyFrame
    ///     Of a LazyFrame only the columns named here are collected.
    /// text : str
    ///     Name of the column with the texts: String, Categorical or Enum.
    /// title, published, outlet, byline, url, id : str, optional
    ///     Names of the columns with what is known of each article. Of a time with a zone the day there counts.
    /// progress, jobs
    ///     As for :meth:`from_texts`.
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     No such column.
    ///
    /// Examples
    /// --------
    /// >>> import polars as pl
    /// >>> import reportedly as rp
    /// >>> df = pl.DataFrame({"body": ['"It rains," Ann Lee said.'], "site": ["The Daily"]})
    /// >>> corpus = rp.Corpus.from_polars(df, text="body", outlet="site")
    /// >>> claims = corpus.claims.to_polars().select("row", "cue")
    /// >>> df.with_row_index("row").join(claims, on="row")["cue"].to_list()
    /// ['said']
    #[staticmethod]
    #[pyo3(signature = (
        df: "object", *, text: "str", title: "str | None" = None, published: "str | None" = None,
        outlet: "str | None" = None, byline: "str | None" = None, url: "str | None" = None,
        id: "str | None" = None, progress: "Callable[[int, int], object] | None" = None, jobs: "int | None" = None
    ) -> "Corpus")]
    #[allow(clippy::too_many_arguments)]
    fn from_polars<'py>(
        py: Python<'py>,
        df: Bound<'py, PyAny>,
        text: Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
        published: Option<Bound<'py, PyAny>>,
        outlet: Option<Bound<'py, PyAny>>,
        byline: Option<Bound<'py, PyAny>>,
        url: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
        progress: Option<Bound<'py, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let arguments = (df, text, title, published, outlet, byline, url, id, progress, jobs);
        py.import("reportedly._frames")?.call_method1("from_polars", arguments)
    }

    /// Make a corpus of an Arrow table or stream: one row, one document, in order.
    ///
    /// The stream is read batch by batch, by pyarrow or else by polars, whichever is installed. A cell that is null or
    /// holds no string makes an empty document, and is told in :attr:`problems` with its row.
    ///
    /// Parameters
    /// ----------
    /// table : object with ``__arrow_c_stream__``
    ///     A pyarrow Table or RecordBatchReader, a duckdb relation, a polars DataFrame, ….
    /// text : str
    ///     Name of the column with the texts: any type of string, or a dictionary of strings.
    /// title, published, outlet, byline, url, id : str, optional
    ///     Names of the columns with what is known of each article. Of a time with a zone the day there counts.
    /// progress, jobs
    ///     As for :meth:`from_texts`.
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     No such column, or an object that is no Arrow stream.
    /// ImportError
    ///     Neither pyarrow nor polars is installed.
    ///
    /// Examples
    /// --------
    /// >>> import pyarrow as pa
    /// >>> import reportedly as rp
    /// >>> table = pa.table({"body": ["It rained.", None], "site": ["The Daily", None]})
    /// >>> corpus = rp.Corpus.from_arrow(table, text="body", outlet="site")
    /// >>> corpus[0].outlet, corpus.problems["row"]
    /// ('The Daily', [1])
    #[staticmethod]
    #[pyo3(signature = (
        table: "object", *, text: "str", title: "str | None" = None, published: "str | None" = None,
        outlet: "str | None" = None, byline: "str | None" = None, url: "str | None" = None,
        id: "str | None" = None, progress: "Callable[[int, int], object] | None" = None, jobs: "int | None" = None
    ) -> "Corpus")]
    #[allow(clippy::too_many_arguments)]
    fn from_arrow<'py>(
        py: Python<'py>,
        table: Bound<'py, PyAny>,
        text: Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
        published: Option<Bound<'py, PyAny>>,
        outlet: Option<Bound<'py, PyAny>>,
        byline: Option<Bound<'py, PyAny>>,
        url: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
        progress: Option<Bound<'py, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let arguments = (table, text, title, published, outlet, byline, url, id, progress, jobs);
        py.import("reportedly._frames")?.call_method1("from_arrow", arguments)
    }

    fn __len__(&self) -> usize {
        self.shared.collection.documents().len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<Document> {
        let index = arguments::index(index, self.__len__(), "document")?;
        Ok(Document::new(self.shared.clone(), index))
    }

    fn __iter__(&self) -> DocumentIter {
        DocumentIter::new(self.shared.clone())
    }

    /// What could not be read, or was read with a reservation, or is good to know; one row each, in order of the
    /// input.
    ///
    /// ``path`` (the file as it was named; the id, for texts that were passed in) and ``row`` (counted from 0, null
    /// where the file is one article), ``stage`` ("read", "parse"), ``severity`` ("error": left out, "warning": used
    /// with a reservation, "information"), ``kind`` (a stable word for programs, as "binary", "encoding", "empty",
    /// "language"), ``message`` (what happened, and where), ``advice`` (what to do about it; null if nothing).
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(["It rained.", ""])
    /// >>> [(p["row"], p["severity"], p["kind"]) for p in corpus.problems]
    /// [(1, 'warning', 'empty')]
    #[getter]
    fn problems(&self) -> Frame {
        Frame::new("problems", table::problems(&self.shared.collection))
    }

    /// An overview, one row a document: id, date, outlet, title, length, number of claims if they are known.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents["characters"]
    /// [10]
    #[getter]
    fn documents(&self) -> Frame {
        Frame::new("documents", table::documents(&self.shared.collection))
    }

    /// Every claim, extracted on all cores when first asked for, and kept.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
    /// >>> corpus.claims[0].content
    /// '"It rains,"'
    #[getter]
    fn claims(&self, py: Python<'_>) -> PyResult<Claims> {
        self.shared.extract(py, None)?;
        Ok(Claims::all(self.shared.clone()))
    }

    /// Extract the claims now, with progress; the same as :attr:`claims` otherwise.
    ///
    /// Parameters
    /// ----------
    /// progress : callable, optional
    ///     Called as ``progress(done, total)`` from time to time; what it raises stops the extraction.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> seen = []
    /// >>> claims = rp.Corpus.from_texts(["It rained."]).extract(progress=lambda done, total: seen.append((done, total)))
    /// >>> seen[-1]
    /// (1, 1)
    #[pyo3(signature = (*, progress: "Callable[[int, int], object] | None" = None))]
    fn extract(&self, py: Python<'_>, progress: Option<Bound<'_, PyAny>>) -> PyResult<Claims> {
        self.shared.extract(py, progress.as_ref())?;
        Ok(Claims::all(self.shared.clone()))
    }

    /// Hold the claims of all documents against each other.
    ///
    /// Parameters
    /// ----------
    /// containment : float
    ///     Share of a document's 5-word shingles in another from which the two count as copies, in [0, 1].
    /// passage : int
    ///     Words of an unbroken shared passage from which two documents count as sharing it, though little else is shared.
    /// stock : int
    ///     Unrelated documents that carry a passage from which it is stock and makes no copy.
    /// story_similarity : float
    ///     Similarity (cosine of TF-IDF vectors, faded by days) from which two documents tell the same story, in [0, 1].
    /// story_half_life : float
    ///     Days between two documents in which half of what fades of their similarity has faded.
    /// proposition_similarity : float
    ///     Similarity from which two claims of a story say the same, in [0, 1].
    /// tolerance : float
    ///     Play given to either side of a hedged figure ("about 1,000"), as a share of it.
    /// same_time : int
    ///     Days by which two as-of times may differ and yet be one.
    /// date_distance : int
    ///     Days from which a stated date lies off its story.
    ///
    /// Returns
    /// -------
    /// Reconciliation
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     If a threshold lies outside its bounds.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(["It rained.", "It snowed."])
    /// >>> len(corpus.reconcile().copies)
    /// 0
    #[pyo3(signature = (
        *, containment = 0.5, passage = 40, stock = 6, story_similarity = 0.21, story_half_life = 30.0,
        proposition_similarity = 0.6, tolerance = 0.1, same_time = 0, date_distance = 180
    ))]
    #[allow(clippy::too_many_arguments)]
    fn reconcile(
        &self,
        py: Python<'_>,
        containment: f64,
        passage: usize,
        stock: usize,
        story_similarity: f64,
        story_half_life: f64,
        proposition_similarity: f64,
        tolerance: f64,
        same_time: i32,
        date_distance: i32,
    ) -> PyResult<Reconciliation> {
        let shares = [
            ("containment", containment),
            ("story_similarity", story_similarity),
            ("proposition_similarity", proposition_similarity),
        ];
        for (name, value) in shares {
            if !(0.0..=1.0).contains(&value) {
                return Err(argument(format!("{name} is {value}; it must be between 0 and 1")));
            }
        }
        for (name, value) in [("story_half_life", story_half_life), ("tolerance", tolerance)] {
            if !(value >= 0.0 && value.is_finite()) || name == "story_half_life" && value == 0.0 {
                return Err(argument(format!("{name} is {value}; it must be a positive number")));
            }
        }
        for (name, days) in [("same_time", same_time), ("date_distance", date_distance)] {
            if days < 0 {
                return Err(argument(format!("{name} is {days}; it must be a number of days")));
            }
        }
        let options = Options {
            containment,
            passage,
            stock,
            story_similarity,
            story_half_life,
            proposition_similarity,
            tolerance,
            same_time,
            date_distance,
        };
        self.shared.extract(py, None)?;
        let collection = self.shared.collection.clone();
        let core = run::run(py, self.shared.jobs, None, move |_| {
            let claims = collection.claims().unwrap_or_default();
            Some(reconcile::reconcile(collection.documents(), claims, &options))
        })?;
        Ok(Reconciliation::new(self.shared.clone(), core))
    }

    /// Claims and passages that hold what a query asks for, the best first.
    ///
    /// A passage is a sentence that no claim lies on that is found itself. Words count whole, without letter case and
    /// diacritics, without a possessive "'s"; a hyphen parts words. All must be there; a query can say more:
    ///
    /// - ``"storm corps"``: the words one after the other
    /// - ``soldier*``: words that begin so, also in a phrase
    /// - ``-drill`` or ``NOT drill``: without the word
    /// - ``drill OR exercise`` or ``drill | exercise``: either; parentheses group
    /// - ``source:Moscow``, ``source:"intelligence service"``, ``act:deny,warn``, ``kind:direct``,
    ///   ``certainty:possible``, ``place:KR``, ``outlet:Yonhap``, ``document:id``, ``since:2024-10-01``,
    ///   ``until:2024-10-31``: conditions as in :meth:`Claims.filter`
    ///
    /// The order is that of BM25, where a phrase or prefix counts as one word. The index is made in the first search, and
    /// kept.
    ///
    /// Parameters
    /// ----------
    /// query : str
    ///     What to look for. A quotation mark or parenthesis that is not closed ends with the query.
    /// source, act, kind : str or list of str, optional
    ///     Only claims for which this holds, as in :meth:`Claims.filter`; no passages.
    /// outlet : str or list of str, optional
    ///     Names of outlets, in any letter case.
    /// since, until : date or str, optional
    ///     First and last publication date; undated documents fall out.
    /// found : {"claim", "passage"}, optional
    ///     Only claims, or only passages.
    /// limit : int or None
    ///     How many hits at most; None for all.
    ///
    /// Returns
    /// -------
    /// Frame
    ///     One row a hit: ``document`` (id), ``published``, ``outlet``, ``found`` ("claim" or "passage"), ``source``,
    ///     ``act``, ``kind`` (None for passages), ``text``, ``start``, ``end``, ``claim`` (position in
    ///     :attr:`claims`; None for passages), ``score``, ``highlights`` (list of ``start``, ``end``: the words and
    ///     phrases that were looked for). Positions are code points, half-open, into ``document.text``.
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     If the query holds nothing to look for, or more than 1,000 words; if a condition has a value that there is
    ///     not; if `limit` is negative.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(["It rained in Seoul. Ann Lee said it had snowed in Busan."])
    /// >>> hits = corpus.search("snow* busan")
    /// >>> hits["source"]
    /// ['Ann Lee']
    /// >>> [corpus[0].text[h["start"] : h["end"]] for h in hits[0]["highlights"]]
    /// ['snowed', 'Busan']
    /// >>> corpus.search('"in busan" -rained act:state')["found"]
    /// ['claim']
    #[pyo3(signature = (
        query: "str", *, source: "str | Sequence[str] | None" = None, act: "str | Sequence[str] | None" = None,
        kind: "str | Sequence[str] | None" = None, outlet: "str | Sequence[str] | None" = None,
        since: "date | str | None" = None, until: "date | str | None" = None, found: "str | None" = None,
        limit: "int | None" = 100
    ))]
    #[allow(clippy::too_many_arguments)]
    fn search(
        &self,
        py: Python<'_>,
        query: &Bound<'_, PyAny>,
        source: Option<Names>,
        act: Option<Names>,
        kind: Option<Names>,
        outlet: Option<Names>,
        since: Option<Bound<'_, PyAny>>,
        until: Option<Bound<'_, PyAny>>,
        found: Option<String>,
        limit: Option<i64>,
    ) -> PyResult<Frame> {
        let query = Query::new(&arguments::string(query)?.0)?;
        let filter = Filter {
            source: Names::list(source),
            act: members("act", act, Act::ALL, Act::as_str)?,
            kind: members("kind", kind, &table::KINDS, |k| k.as_str())?,
            outlet: Names::list(outlet),
            since: arguments::required_date("since", since)?,
            until: arguments::required_date("until", until)?,
            ..Filter::default()
        };
        let found = members("found", found.map(Names::One), &Found::ALL, Found::as_str)?.first().copied();
        let wrong = |n: i64| argument(format!("limit is {n}; give how many hits at most, or None for all"));
        let limit = limit.map(|n| usize::try_from(n).map_err(|_| wrong(n))).transpose()?;
        let selection = Selection { filter, found, limit };
        self.shared.extract(py, None)?;
        let index = self.shared.index(py)?;
        let collection = self.shared.collection.clone();
        let batch = run::run(py, self.shared.jobs, None, move |_| {
            let claims = collection.claims().unwrap_or_default();
            let hits = index.search(collection.documents(), claims, &query, &selection);
            Some(table::hits(&collection, &hits))
        })?;
        Ok(Frame::new("hits", batch))
    }

    /// Write one self-contained page about the corpus: findings, ledger, sources, and every article with its claims
    /// marked.
    ///
    /// Parameters
    /// ----------
    /// path : str or os.PathLike
    ///     Where to write it.
    /// title : str, optional
    ///     Heading of the page.
    ///
    /// Returns
    /// -------
    /// str
    ///     The path that was written.
    ///
    /// Examples
    /// --------
    /// >>> import pathlib, tempfile
    /// >>> import reportedly as rp
    /// >>> path = pathlib.Path(tempfile.mkdtemp()) / "report.html"
    /// >>> rp.Corpus.from_texts(["It rained."]).report(path) == str(path)
    /// True
    #[pyo3(signature = (path: "str | os.PathLike[str]", *, title: "str | None" = None) -> "str")]
    fn report<'py>(
        slf: &Bound<'py, Self>,
        path: Bound<'py, PyAny>,
        title: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly.report")?.call_method1("write", (slf, path, title))
    }

    /// Read the articles in a notebook, with their claims marked: filters, explanations, what agrees and what clashes.
    ///
    /// Needs the extra ``notebook``.
    ///
    /// Returns
    /// -------
    /// Explorer
    ///     A widget; ``explorer.selected`` is the claim that is selected in it.
    ///
    /// Raises
    /// ------
    /// ImportError
    ///     If anywidget is missing; it says what to install.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> explorer = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).explore()
    /// >>> explorer.selected = 0
    /// >>> explorer.selected.cue
    /// 'said'
    #[pyo3(signature = () -> "Explorer")]
    fn explore<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly._explorer")?.call_method1("explore", (slf,))
    }

    /// Save the corpus to a folder, from which :func:`load` restores an equal one.
    ///
    /// The folder holds a Parquet file for each of ``documents``, ``claims``, ``figures``, ``times``, ``places`` and
    /// ``problems``, which any tool reads, one for the rest, and ``manifest.json``. Claims that were not asked for are
    /// extracted first. What the folder held before, if it is a saved corpus, is replaced in one step at the end:
    /// whatever interrupts the save, the folder holds the old corpus or the new one. The same corpus gives the same
    /// bytes.
    ///
    /// Parameters
    /// ----------
    /// folder : str or os.PathLike
    ///     Where to; made if it is not there. It must be empty or hold a saved corpus.
    /// progress : callable, optional
    ///     Called as ``progress(done, total)`` while claims are extracted.
    ///
    /// Returns
    /// -------
    /// str
    ///     The folder.
    ///
    /// Raises
    /// ------
    /// StorageError
    ///     The folder holds something else, is being written by another save, or cannot be written.
    /// FormatError
    ///     The folder holds a corpus that a newer version wrote.
    ///
    /// Examples
    /// --------
    /// >>> import pathlib, tempfile
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
    /// >>> folder = pathlib.Path(tempfile.mkdtemp()) / "rain.reportedly"
    /// >>> corpus.save(folder) == str(folder)
    /// True
    /// >>> rp.load(folder).claims[0].content
    /// '"It rains,"'
    #[pyo3(signature = (
        folder: "str | os.PathLike[str]", *, progress: "Callable[[int, int], object] | None" = None
    ) -> "str")]
    fn save(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<std::ffi::OsString> {
        storage::save(py, &self.shared, folder, progress.as_ref()).map(PathBuf::into_os_string)
    }

    /// Make a corpus of these documents and more; only what is new is extracted.
    ///
    /// Articles that are already there are left out, so that a folder that grows can be added day after day: an
    /// article is the same if it was read from the same file (or was passed in under the same id) and is equal in
    /// everything but its row. Another article under an id that is taken gets a number. The claims are the same as if all
    /// documents had been extracted at once: names are settled over all of them, and undated documents, whose times
    /// hang on the median date of the corpus, are extracted again if that has moved. If neither corpus has been asked
    /// for claims yet, none are extracted.
    ///
    /// Parameters
    /// ----------
    /// more : Corpus, or what :func:`read` takes
    ///     The articles to come behind those that are there.
    /// progress : callable, optional
    ///     Called as ``progress(done, total)`` while claims are extracted; ``total`` is the number of documents that
    ///     are.
    /// jobs : int, optional
    ///     Threads for the new corpus; those of this one if not given.
    ///
    /// Returns
    /// -------
    /// Corpus
    ///     A new one; this one stays as it is.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> monday = rp.Corpus.from_texts(["It rained."], ids=["rain"])
    /// >>> tuesday = rp.Corpus.from_texts(["It rained.", "It snowed."], ids=["rain", "snow"])
    /// >>> [document.id for document in monday.add(tuesday)]
    /// ['rain', 'snow']
    #[pyo3(signature = (
        more: "Corpus | str | os.PathLike[str] | bytes | BinaryIO | Sequence[str | os.PathLike[str] | bytes | BinaryIO]",
        *, progress: "Callable[[int, int], object] | None" = None, jobs: "int | None" = None
    ))]
    fn add(
        &self,
        py: Python<'_>,
        more: Bound<'_, PyAny>,
        progress: Option<Bound<'_, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<Self> {
        storage::add(py, &self.shared, &more, progress.as_ref(), jobs)
    }

    fn __eq__(&self, other: &Corpus) -> bool {
        self.shared.is(&other.shared) || self.shared.collection == other.shared.collection
    }

    fn __hash__(&self) -> u64 {
        let mut state = DefaultHasher::new();
        for document in self.shared.collection.documents() {
            (&document.id, document.text.len()).hash(&mut state);
        }
        state.finish()
    }

    fn __repr__(&self) -> String {
        let collection = &self.shared.collection;
        let mut parts = vec![count(collection.documents().len(), "document")];
        parts.extend(collection.claims().map(|c| count(c.len(), "claim")));
        if !collection.problems().is_empty() {
            parts.push(count(collection.problems().len(), "problem"));
        }
        format!("<Corpus: {}>", parts.join(", "))
    }

    #[pyo3(signature = () -> "str")]
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly._show")?.call_method1("corpus_html", (slf,))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let collection = self.shared.collection.clone();
        let bytes = py.detach(move || collection.to_bytes())?;
        pickle::reduce::<Self>(py, &bytes)
    }

    #[staticmethod]
    fn _restore(data: &Bound<'_, PyBytes>) -> PyResult<Self> {
        Ok(Corpus { shared: Shared::new(Collection::from_bytes(data.as_bytes())?, None) })
    }
}

/// "1 claim", "2 claims".
pub(super) fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
