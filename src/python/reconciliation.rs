//! What the corpus says as a whole.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::corpus::{Corpus, count};
use super::frame::Frame;
use super::ledger::Ledger;
use super::pickle::{self, Reduced};
use super::shared::Shared;
use crate::reconcile::{self, Entry};
use crate::table::{self, Collection, decode, encode, wrong};

/// Claims of many articles held against each other; every member is a table.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> rec = rp.Corpus.from_texts(["It rained.", "It snowed."]).reconcile()
/// >>> len(rec.copies)
/// 0
#[pyclass(frozen, module = "reportedly")]
pub struct Reconciliation {
    shared: Arc<Shared>,
    core: reconcile::Reconciliation,
}

impl Reconciliation {
    pub(super) fn new(shared: Arc<Shared>, core: reconcile::Reconciliation) -> Self {
        Reconciliation { shared, core }
    }

    pub(super) fn collection(&self) -> &Collection {
        &self.shared.collection
    }

    pub(super) fn core(&self) -> &reconcile::Reconciliation {
        &self.core
    }

    /// Entries of the ledger, by their positions.
    pub(super) fn entries(&self, positions: &[u32]) -> Vec<&Entry> {
        positions.iter().filter_map(|&i| self.core.ledger.get(i as usize)).collect()
    }
}

#[pymethods]
impl Reconciliation {
    /// The corpus that was reconciled.
    #[getter]
    fn corpus(&self) -> Corpus {
        Corpus { shared: self.shared.clone() }
    }

    /// Documents that share text: ``earlier``, ``later``, ``relation`` (`copy`, `cut`, `extended`, `contains`,
    /// `shares_passage`), the share of each in the other, and the ``passages``.
    #[getter]
    fn copies(&self) -> Frame {
        Frame::new("copies", table::copies(&self.shared.collection, &self.core.copies))
    }

    /// Groups of documents about one event: telling terms, first and last date, ids.
    #[getter]
    fn stories(&self) -> Frame {
        Frame::new("stories", table::stories(&self.shared.collection, &self.core.stories))
    }

    /// Independent roots of claims: copies fold together, and chains fold to their last link.
    #[getter]
    fn origins(&self) -> Frame {
        Frame::new("origins", table::origins(&self.shared.collection, &self.core.origins))
    }

    /// Claims that say the same within one story, whichever words they use: ``text``, ``polarity``, what they share
    /// (``predicate``, ``participants``, ``figures``, ``places``, ``start``, ``end``), ``claims`` (positions), ``documents``,
    /// ``origins`` and how many of these are ``independent``, the ``opposite``, and the ``matches`` that show it.
    #[getter]
    fn propositions(&self) -> Frame {
        Frame::new("propositions", table::propositions(&self.shared.collection, &self.core))
    }

    /// What a reader should know, the gravest first: ``kind``, ``severity``, ``message``, ``documents``, ``claims``,
    /// ``evidence``.
    #[getter]
    fn findings(&self) -> Frame {
        Frame::new("findings", table::findings(&self.shared.collection, &self.core.findings))
    }

    /// Everybody who says something, under one name, with every spelling.
    #[getter]
    fn parties(&self) -> Frame {
        Frame::new("parties", table::parties(&self.shared.collection, &self.core.parties))
    }

    /// The ledger of figures: one row a figure, by what it is about and when it was said.
    ///
    /// Parameters
    /// ----------
    /// counted : str, optional
    ///     What is counted; words of one class find each other ("troops" finds soldiers).
    /// of : str, optional
    ///     Whose: ``"North Korea"``.
    /// where : str, optional
    ///     Place: ``"Russia"``.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rec = rp.Corpus.from_texts(["It rained."]).reconcile()
    /// >>> rec.ledger("soldiers", of="North Korea").to_dicts()
    /// []
    #[pyo3(signature = (counted = None, *, of = None, r#where = None))]
    fn ledger(
        slf: &Bound<'_, Self>,
        counted: Option<&str>,
        of: Option<&str>,
        r#where: Option<&str>,
    ) -> PyResult<Py<Ledger>> {
        Ledger::new(slf, slf.get().core.ledger_for(counted, of, r#where))
    }

    fn __repr__(&self) -> String {
        let core = &self.core;
        let parts = [
            count(core.stories.len(), "group").replace("group", "story").replace("storys", "stories"),
            count(core.copies.len(), "pair") + " of documents that share text",
            count(core.origins.len(), "origin"),
            count(core.propositions.len(), "proposition"),
            count(core.ledger.len(), "figure"),
            count(core.findings.len(), "finding"),
        ];
        format!("<Reconciliation: {}>", parts.join(", "))
    }

    #[pyo3(signature = () -> "str")]
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly._show")?.call_method1("reconciliation_html", (slf,))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce::<Self>(py, &encode(&(self.shared.collection.to_bytes()?, &self.core))?)
    }

    #[staticmethod]
    fn _restore(data: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let (bytes, core): (Vec<u8>, reconcile::Reconciliation) = decode(data.as_bytes())?;
        let collection = Collection::from_bytes(&bytes)?;
        let claims = collection.claims().unwrap_or_default();
        core.check(collection.documents(), claims).map_err(|why| wrong(&why))?;
        Ok(Reconciliation { shared: Shared::new(collection, None), core })
    }
}
