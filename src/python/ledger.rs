//! The ledger of figures.

use std::collections::BTreeMap;

use pyo3::prelude::*;

use super::errors::argument;
use super::frame::Frame;
use super::reconciliation::Reconciliation;
use crate::reconcile::{Agreement, Entry, series};
use crate::table;

/// Figures of a corpus, sorted into rows of what may be compared: a table with more to it.
///
/// Columns: ``row`` (figures of one row may be compared), ``label`` (what it is of: ``"North Korean soldiers sent to
/// Russia"``), ``said_on``, ``as_of_start``, ``as_of_end``, ``document``, ``outlet``, ``figure`` (as written), ``low``,
/// ``high`` (closed; null where open), ``value``, ``relation``, ``approximate``, ``unit``, ``change``, ``part``,
/// ``hypothetical``, ``put_forward``, ``counted``, ``whose``, ``predicate``, ``place``, ``source``, ``chain``, ``origin``,
/// ``certainty``, ``quote``, ``start``, ``end`` (code points into the document's text), ``claim``.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> rec = rp.Corpus.from_texts(["Seoul said 3,000 soldiers had been sent to Kursk."]).reconcile()
/// >>> rec.ledger("troops")["figure"]
/// ['3,000']
#[pyclass(frozen, extends = Frame, module = "reportedly")]
pub struct Ledger {
    reconciliation: Py<Reconciliation>,
    /// Positions in the ledger of the reconciliation.
    entries: Vec<u32>,
}

impl Ledger {
    pub(super) fn new(reconciliation: &Bound<'_, Reconciliation>, entries: Vec<u32>) -> PyResult<Py<Self>> {
        let of = reconciliation.get();
        let chosen = of.entries(&entries);
        let frame = Frame::new("figures", table::ledger(of.collection(), of.core(), &chosen));
        let ledger = Ledger { reconciliation: reconciliation.clone().unbind(), entries };
        Py::new(reconciliation.py(), PyClassInitializer::from(frame).add_subclass(ledger))
    }
}

#[pymethods]
impl Ledger {
    /// The interval on which the most independent origins agree, over time, for each row of the ledger.
    ///
    /// On each day every origin that has spoken stands with its latest level; forecasts, changes, parts and figures
    /// quoted to be denied are left out. It says where accounts agree, not which is right.
    ///
    /// Parameters
    /// ----------
    /// tolerance : float
    ///     Play given to either side of a hedged figure ("about 1,000"), as a share of it.
    ///
    /// Returns
    /// -------
    /// Frame
    ///     ``row``, ``label``, ``date``, ``low``, ``high`` (float64; null where open), ``unit``, ``origins`` (how many
    ///     the interval holds for), ``of`` (how many have spoken), ``disputed`` (whether some lie outside).
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     If ``tolerance`` is negative or not finite.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(
    /// ...     ["Seoul said 3,000 soldiers had been sent to Kursk."], published=["2024-10-18"]
    /// ... )
    /// >>> corpus.reconcile().ledger("soldiers").series()[0]["low"]
    /// 3000.0
    #[pyo3(signature = (*, tolerance = 0.1))]
    fn series(&self, tolerance: f64) -> PyResult<Frame> {
        if !(tolerance >= 0.0 && tolerance.is_finite()) {
            return Err(argument(format!("tolerance is {tolerance}; it must be a share of 0 or more")));
        }
        let of = self.reconciliation.get();
        let mut rows: BTreeMap<u32, Vec<&Entry>> = BTreeMap::new();
        for entry in of.entries(&self.entries) {
            rows.entry(entry.row).or_default().push(entry);
        }
        let found: Vec<(u32, Agreement)> = rows
            .into_iter()
            .flat_map(|(row, entries)| series(&entries, tolerance).into_iter().map(move |a| (row, a)))
            .collect();
        Ok(Frame::new("days", table::series(of.core(), &found)))
    }

    /// Draw the intervals by the day on which they were said, coloured by source, marked by certainty; needs matplotlib.
    ///
    /// A figure is a point, an interval a bar, an open end an arrow. Certain figures are filled, probable ones half,
    /// merely possible ones hollow. Each row of the ledger has a marker of its own.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib.axes.Axes, optional
    ///     Where to draw; a new figure by default.
    ///
    /// Returns
    /// -------
    /// matplotlib.axes.Axes
    ///
    /// Raises
    /// ------
    /// ImportError
    ///     If matplotlib is not installed: ``pip install "reportedly[plot]"``.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> corpus = rp.Corpus.from_texts(["Seoul said 3,000 soldiers had been sent."], published=["2024-10-18"])
    /// >>> ax = corpus.reconcile().ledger("soldiers").plot()  # doctest: +SKIP
    #[pyo3(signature = (*, ax: "matplotlib.axes.Axes | None" = None) -> "matplotlib.axes.Axes")]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly.plot")?.call_method1("ledger", (slf, ax))
    }
}
