//! Claims as a column store.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict};

use super::arguments::{self, Key, Names, members};
use super::batches::Batches;
use super::claim::Claim;
use super::corpus::{Corpus, count};
use super::frame::{Frame, dicts, face, names, pandas};
use super::pickle::{self, Reduced};
use super::shared::{Held, Shared};
use super::{capsule, run};
use crate::document::{Act, Polarity};
use crate::reconcile;
use crate::table::{self, Collection, Filter};

/// Claims, in order of documents and position: a view, of which slices and filters are views too.
///
/// ``pl.DataFrame(claims)``, ``pa.table(claims)`` and ``duckdb.sql("from claims")`` work as they stand; for pandas
/// there is ``claims.to_pandas()``.
///
/// Columns: ``claim`` (position), ``document``, ``row`` (of the document, among those given; null if it is a whole
/// file), ``published``, ``outlet``, ``kind``, ``act``, ``polarity``,
/// ``certainty``, ``certainty_label``, ``certainty_cue``, ``certainty_content``, ``source``, ``source_type``,
/// ``source_role``, ``source_country``, ``mention``, ``chain``, ``cue``, ``content``, ``start``, ``end``, ``text``,
/// ``source_spans``, ``cue_spans``, ``content_spans``, ``quantities``, ``times``, ``places``, ``confidence``, ``rule``.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> claims = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims
/// >>> len(claims)
/// 1
/// >>> claims.filter(kind="direct")[0].cue
/// 'said'
#[pyclass(frozen, module = "reportedly")]
pub struct Claims {
    shared: Arc<Shared>,
    rows: Arc<Vec<u32>>,
}

/// What indexing gives.
#[derive(IntoPyObject)]
enum Item {
    One(Claim),
    Some(Claims),
}

impl Claims {
    /// All claims; they must be known.
    pub(super) fn all(shared: Arc<Shared>) -> Self {
        let len = shared.collection.claims().map_or(0, <[_]>::len) as u32;
        Claims::new(shared, (0..len).collect())
    }

    pub(super) fn new(shared: Arc<Shared>, rows: Vec<u32>) -> Self {
        Claims { shared, rows: Arc::new(rows) }
    }

    fn batches(&self) -> impl Iterator<Item = RecordBatch> + Send + 'static {
        table::claims(Held(self.shared.collection.clone()), Held(self.rows.clone()))
    }

    /// All batches at once, made on all cores.
    fn all_batches(&self, py: Python<'_>, flat: bool) -> PyResult<Batches> {
        let (collection, rows) = (self.shared.collection.clone(), self.rows.clone());
        let batches = run::run(py, self.shared.jobs, None, move |_| {
            let mut batches = table::all_claims(&collection, &rows);
            if batches.is_empty() {
                // What there are no rows of has columns all the same.
                batches.push(RecordBatch::new_empty(table::claims_schema()));
            }
            Some(if flat { batches.iter().map(table::flat).collect() } else { batches })
        })?;
        Ok(Batches::new(batches[0].schema(), batches))
    }

    fn claim(&self, row: usize) -> Option<Claim> {
        self.rows.get(row).map(|&index| Claim::new(self.shared.clone(), index))
    }
}

#[pymethods]
impl Claims {
    fn __len__(&self) -> usize {
        self.rows.len()
    }

    /// The independent origins of these claims: as many as there are parties behind them, not articles.
    ///
    /// Copies of one text fold together, a chain folds to its last link ("X, citing Yonhap, citing the NIS" is the NIS),
    /// and people without a name stay apart by outlet, for they may be others. Copies are sought in the whole corpus,
    /// with the default thresholds of :meth:`Corpus.reconcile`.
    ///
    /// Returns
    /// -------
    /// Frame
    ///     One row an origin: ``origin`` (name), ``source_type``, ``claims`` (positions in the corpus's claims),
    ///     ``documents`` (ids), ``folded`` (why accounts were counted as this one, a sentence each).
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(["Seoul said 9 had died.", "South Korea said 9 people had died."])
    /// >>> len(corpus.claims.independent)
    /// 1
    /// >>> corpus.claims.independent[0]["folded"]
    /// ['2 documents cite South Korea: text-1 and text-2.']
    #[getter]
    fn independent(&self, py: Python<'_>) -> PyResult<Frame> {
        let copies = self.shared.copies(py)?;
        let collection = &self.shared.collection;
        let claims = collection.claims().unwrap_or_default();
        let origins = reconcile::independent(collection.documents(), claims, copies, &self.rows);
        Ok(Frame::new("origins", table::origins(collection, &origins)))
    }

    fn __getitem__(&self, key: Key<'_>) -> PyResult<Item> {
        match key {
            Key::Index(i) => {
                let row = arguments::index(i, self.rows.len(), "claim")?;
                Ok(Item::One(Claim::new(self.shared.clone(), self.rows[row])))
            }
            Key::Slice(slice) => {
                Ok(Item::Some(Claims::new(self.shared.clone(), arguments::slice(&slice, &self.rows)?)))
            }
        }
    }

    /// The claims at some positions, in their order; a position may come more than once.
    ///
    /// Parameters
    /// ----------
    /// positions : iterable of int
    ///     Positions among these claims, from 0; negative ones count from the end. In ``corpus.claims`` they are what
    ///     ``claim`` says in every table, and ``claims`` in those of :meth:`Corpus.reconcile`.
    ///
    /// Raises
    /// ------
    /// IndexError
    ///     There is no such claim.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(["Seoul said 9 had died.", "South Korea said 9 people had died."])
    /// >>> origin = corpus.reconcile().origins[0]
    /// >>> corpus.claims.take(origin["claims"])
    /// <Claims: 2 claims in 2 documents>
    #[pyo3(signature = (positions: "Iterable[int]"))]
    fn take(&self, positions: &Bound<'_, PyAny>) -> PyResult<Claims> {
        let row = |position: PyResult<Bound<'_, PyAny>>| {
            Ok(self.rows[arguments::index(position?.extract()?, self.rows.len(), "claim")?])
        };
        Ok(Claims::new(self.shared.clone(), positions.try_iter()?.map(row).collect::<PyResult<_>>()?))
    }

    fn __iter__(slf: Py<Self>) -> ClaimIter {
        ClaimIter { claims: slf, next: AtomicUsize::new(0) }
    }

    /// The corpus that the claims are of.
    #[getter]
    fn corpus(&self) -> Corpus {
        Corpus { shared: self.shared.clone() }
    }

    /// The claims for which everything that is said here holds; of several values for one argument, any may.
    ///
    /// Parameters
    /// ----------
    /// source : str or list of str, optional
    ///     Words of the source's name, or of how it is written, in any letter case: ``"intelligence service"``.
    /// act, kind, certainty : str or list of str, optional
    ///     Speech acts (``"deny"``), kinds (``"direct"``), certainty labels (``"probable"``).
    /// polarity : {"+", "-"}, optional
    /// min_certainty, min_confidence : float, optional
    ///     Lowest certainty, in [-3, 3]; lowest confidence, in [0, 1].
    /// since, until : date or str, optional
    ///     First and last publication date; claims of undated documents fall out.
    /// document, outlet : str or list of str, optional
    ///     Ids of documents; names of outlets, in any letter case.
    /// has_quantity : bool, optional
    ///     Whether there must be a figure, or must be none.
    /// place : str or list of str, optional
    ///     Places in the content, or codes of their countries (``"KR"``).
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     An act, kind, label or date that there is not.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> claims = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims
    /// >>> len(claims.filter(source="lee", act=["state", "deny"])), len(claims.filter(polarity="-"))
    /// (1, 0)
    #[pyo3(signature = (
        *, source: "str | Sequence[str] | None" = None, act: "str | Sequence[str] | None" = None,
        kind: "str | Sequence[str] | None" = None, polarity: "str | None" = None,
        certainty: "str | Sequence[str] | None" = None, min_certainty = None,
        since: "date | str | None" = None, until: "date | str | None" = None,
        document: "str | Sequence[str] | None" = None, outlet: "str | Sequence[str] | None" = None,
        has_quantity = None, place: "str | Sequence[str] | None" = None, min_confidence = None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn filter(
        &self,
        py: Python<'_>,
        source: Option<Names>,
        act: Option<Names>,
        kind: Option<Names>,
        polarity: Option<String>,
        certainty: Option<Names>,
        min_certainty: Option<f32>,
        since: Option<Bound<'_, PyAny>>,
        until: Option<Bound<'_, PyAny>>,
        document: Option<Names>,
        outlet: Option<Names>,
        has_quantity: Option<bool>,
        place: Option<Names>,
        min_confidence: Option<f32>,
    ) -> PyResult<Claims> {
        let signs = [Polarity::Positive, Polarity::Negative];
        let sign = members("polarity", polarity.map(Names::One), &signs, Polarity::as_str)?;
        let filter = Filter {
            source: Names::list(source),
            act: members("act", act, Act::ALL, Act::as_str)?,
            kind: members("kind", kind, &table::KINDS, |k| k.as_str())?,
            polarity: sign.first().copied(),
            certainty: members("certainty", certainty, &table::LABELS, |l| l.as_str())?,
            min_certainty,
            since: arguments::required_date("since", since)?,
            until: arguments::required_date("until", until)?,
            document: Names::list(document),
            outlet: Names::list(outlet),
            has_quantity,
            place: Names::list(place),
            min_confidence,
        };
        let (collection, rows) = (&self.shared.collection, &self.rows);
        let kept = py.detach(|| {
            let (documents, claims) = (collection.documents(), collection.claims().unwrap_or_default());
            let keeps = |row: &u32| {
                let claim = &claims[*row as usize];
                filter.keeps(&documents[claim.document as usize], claim)
            };
            rows.iter().copied().filter(keeps).collect()
        });
        Ok(Claims::new(self.shared.clone(), kept))
    }

    /// Names of the columns of the table.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).claims.columns[:3]
    /// ['claim', 'document', 'row']
    #[getter]
    fn columns(&self) -> Vec<String> {
        names(&table::claims_schema())
    }

    /// The claims as dicts, one key a column.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims.to_dicts()[0]["cue"]
    /// 'said'
    #[pyo3(signature = () -> "list[dict[str, Any]]")]
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        dicts(py, self.batches())
    }

    /// The claims as a pandas DataFrame; needs pandas, but not pyarrow.
    ///
    /// Numbers are float64, counts and positions int64 (Int64 where some are missing), dates ``datetime64[s]``, text is
    /// the text of pandas; lists and records stay lists and dicts.
    ///
    /// Parameters
    /// ----------
    /// flat : bool
    ///     Take lists and records apart, so that any CSV, spreadsheet or database takes the table. Spans become the
    ///     extent that covers them (``source_start``, ``source_end``), ``chain`` is joined by " → ", and of figures,
    ///     times and places there is how many (``quantities``) and the first (``quantity_low``, ``time_begins``,
    ///     ``place_name``, …). All of them are in :attr:`quantities`, :attr:`times`, :attr:`places`.
    /// index : pandas.Index, optional
    ///     Index of the rows that the documents came from, to be the index here, repeated as needed, so that
    ///     ``df.join(claims.to_pandas(index=df.index)[["source", "content"]])`` puts every claim to its row.
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     A document came from no row, or there is no such row in ``index``, or documents came from several tables.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> claims = rp.Corpus.from_texts(["", '"It rains," Ann Lee said.']).claims
    /// >>> claims.to_pandas()["cue"].tolist()
    /// ['said']
    /// >>> claims.to_pandas(flat=True)[["source_start", "source_end", "quantities"]].values.tolist()
    /// [[12, 19, 0]]
    /// >>> import pandas as pd
    /// >>> claims.to_pandas(index=pd.Index(["mon", "tue"]))["source"].to_dict()
    /// {'tue': 'Ann Lee'}
    #[pyo3(signature = (*, flat = false, index: "pandas.Index[Any] | None" = None) -> "pandas.DataFrame")]
    fn to_pandas<'py>(
        &self,
        py: Python<'py>,
        flat: bool,
        index: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        pandas(py, self.all_batches(py, flat)?, index, Some("row"))
    }

    /// The claims as a polars DataFrame; needs polars.
    ///
    /// Parameters
    /// ----------
    /// flat : bool
    ///     Take lists and records apart, as for :meth:`to_pandas`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims.to_polars()["cue"].to_list()
    /// ['said']
    #[pyo3(signature = (*, flat = false) -> "polars.DataFrame")]
    fn to_polars<'py>(&self, py: Python<'py>, flat: bool) -> PyResult<Bound<'py, PyAny>> {
        face(py, "to_polars", self.all_batches(py, flat)?)
    }

    /// The claims as a pyarrow Table; needs pyarrow.
    ///
    /// Parameters
    /// ----------
    /// flat : bool
    ///     Take lists and records apart, as for :meth:`to_pandas`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims.to_arrow().num_rows
    /// 1
    #[pyo3(signature = (*, flat = false) -> "pyarrow.Table")]
    fn to_arrow<'py>(&self, py: Python<'py>, flat: bool) -> PyResult<Bound<'py, PyAny>> {
        face(py, "to_arrow", self.all_batches(py, flat)?)
    }

    /// The figures of these claims, one row each.
    ///
    /// Returns
    /// -------
    /// Frame
    ///     ``claim`` (uint32, position in the corpus's claims), ``document`` (id), ``row`` (uint32, of the document
    ///     among those given; null if it is a whole file), then the columns of :func:`reportedly.quantities`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> claims = rp.Corpus.from_texts(["Police said 9 men had died and 5 had fled."]).claims
    /// >>> claims.quantities["value"]
    /// [9.0, 5.0]
    #[getter]
    fn quantities(&self, py: Python<'_>) -> Frame {
        let (collection, rows) = (&self.shared.collection, &self.rows);
        Frame::new("quantities", py.detach(|| table::claim_quantities(collection, rows)))
    }

    /// The time expressions of these claims, one row each.
    ///
    /// Returns
    /// -------
    /// Frame
    ///     ``claim``, ``document``, ``row`` as for :attr:`quantities`, then the columns of :func:`reportedly.times`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["Police said it rained on 3 May 2024."]).claims.times["value"]
    /// ['2024-05-03']
    #[getter]
    fn times(&self, py: Python<'_>) -> Frame {
        let (collection, rows) = (&self.shared.collection, &self.rows);
        Frame::new("times", py.detach(|| table::claim_times(collection, rows)))
    }

    /// The places of these claims, one row each.
    ///
    /// Returns
    /// -------
    /// Frame
    ///     ``claim``, ``document``, ``row`` as for :attr:`quantities`, then the columns of :func:`reportedly.places`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["Police said it rained in Seoul."]).claims.places["country"]
    /// ['KR']
    #[getter]
    fn places(&self, py: Python<'_>) -> Frame {
        let (collection, rows) = (&self.shared.collection, &self.rows);
        Frame::new("places", py.detach(|| table::claim_places(collection, rows)))
    }

    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the wish; every reader here casts by itself.
        let _ = requested_schema;
        capsule::stream(py, table::claims_schema(), self.batches())
    }

    #[pyo3(signature = () -> "object")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &table::claims_schema())
    }

    fn __eq__(&self, other: &Claims) -> bool {
        let same = |row| self.claim(row) == other.claim(row);
        self.rows.len() == other.rows.len()
            && ((self.shared.is(&other.shared) && self.rows == other.rows) || (0..self.rows.len()).all(same))
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut state = DefaultHasher::new();
        self.rows.len().hash(&mut state);
        if let Some(first) = self.claim(0) {
            first.hash(&mut state);
        }
        state.finish()
    }

    fn __repr__(&self) -> String {
        let documents: std::collections::BTreeSet<u32> =
            self.rows.iter().map(|&r| self.shared.claim(r).document).collect();
        format!("<Claims: {} in {}>", count(self.rows.len(), "claim"), count(documents.len(), "document"))
    }

    #[pyo3(signature = () -> "str")]
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly._show")?.call_method1("claims_html", (slf,))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let (collection, rows) = (self.shared.collection.clone(), self.rows.clone());
        let bytes = py.detach(move || table::encode(&(collection.to_bytes()?, rows.as_slice())))?;
        pickle::reduce::<Self>(py, &bytes)
    }

    #[staticmethod]
    fn _restore(data: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let (bytes, rows): (Vec<u8>, Vec<u32>) = pickle::restore(data.as_bytes())?;
        let collection = Collection::from_bytes(&bytes)?;
        let len = collection.claims().map_or(0, <[_]>::len);
        if rows.iter().any(|r| *r as usize >= len) {
            return Err(super::errors::FormatError::new_err("these bytes name claims that they do not hold"));
        }
        Ok(Claims::new(Shared::new(collection, None), rows))
    }
}

/// Claims, in order.
#[pyclass(frozen, module = "reportedly")]
pub struct ClaimIter {
    claims: Py<Claims>,
    next: AtomicUsize,
}

#[pymethods]
impl ClaimIter {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self) -> Option<Claim> {
        self.claims.get().claim(self.next.fetch_add(1, Ordering::Relaxed))
    }
}
