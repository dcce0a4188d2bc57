//! Saving, loading and adding.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::corpus::Corpus;
use super::read;
use super::run;
use super::shared::Shared;
use crate::search::Index;
use crate::storage::Part;
use crate::{addition, storage};

/// Load a corpus that :meth:`Corpus.save` wrote: equal to the one that was saved, and nothing is extracted again.
///
/// Every file is checked against the manifest before anything is believed.
///
/// Parameters
/// ----------
/// folder : str or os.PathLike
///     The folder that was saved to.
/// jobs : int, optional
///     Threads for this corpus; ``REPORTEDLY_JOBS`` or all cores if not given.
///
/// Returns
/// -------
/// Corpus
///     With its documents, problems and claims.
///
/// Raises
/// ------
/// NotFoundError
///     There is no such folder.
/// FormatError
///     It is no saved corpus, or one that a newer version wrote, or a file of it is missing or damaged.
/// StorageError
///     The system cannot read it.
///
/// Examples
/// --------
/// >>> import pathlib, tempfile
/// >>> import reportedly as rp
/// >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
/// >>> folder = corpus.save(pathlib.Path(tempfile.mkdtemp()) / "rain.reportedly")
/// >>> rp.load(folder) == corpus
/// True
#[pyfunction]
#[pyo3(signature = (folder: "str | os.PathLike[str]", *, jobs: "int | None" = None) -> "Corpus")]
pub fn load(py: Python<'_>, folder: PathBuf, jobs: Option<usize>) -> PyResult<Corpus> {
    let (collection, index) = run::run(py, jobs, None, move |job| {
        let saved = storage::load(&folder, &job.progress).transpose()?;
        Some(saved.map(|saved| {
            let index = stored_index(&saved);
            (saved.collection, index)
        }))
    })??;
    Ok(Corpus { shared: Shared::with_index(collection, index, jobs) })
}

/// The tables of the index of searches, beside those of the corpus.
const TERMS: &str = "search_terms";
const UNITS: &str = "search_units";

/// The index that was saved with a corpus. One that does not fit, or that another version made, whose words may be
/// others, is made anew when it is needed.
fn stored_index(saved: &storage::Saved) -> Option<Index> {
    let collection = &saved.collection;
    if collection.is_foreign() {
        return None;
    }
    let (terms, units) = (saved.part(TERMS).ok()??, saved.part(UNITS).ok()??);
    Index::from_batches(&terms, &units, collection.documents(), collection.claims()?).ok()
}

/// Whether a folder holds a saved corpus, of whatever version; looks at its manifest only.
#[pyfunction]
pub fn _is_saved(folder: PathBuf) -> bool {
    storage::is_saved(&folder)
}

/// Extracts what is not extracted yet, and writes everything.
pub(super) fn save(
    py: Python<'_>,
    shared: &Arc<Shared>,
    folder: PathBuf,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<PathBuf> {
    shared.extract(py, progress)?;
    let (collection, index) = (shared.collection.clone(), shared.index(py)?);
    run::run(py, shared.jobs, None, move |job| {
        let parts = [
            Part { name: TERMS.to_owned(), batches: index.terms_batches() },
            Part { name: UNITS.to_owned(), batches: vec![index.units_batch()] },
        ];
        match storage::save(&collection, &parts, &folder, &job.progress) {
            Ok(false) => None,
            Ok(true) => Some(Ok(folder)),
            Err(error) => Some(Err(error)),
        }
    })?
    .map_err(PyErr::from)
}

/// A corpus of the documents of both.
pub(super) fn add(
    py: Python<'_>,
    shared: &Arc<Shared>,
    more: &Bound<'_, PyAny>,
    progress: Option<&Bound<'_, PyAny>>,
    jobs: Option<usize>,
) -> PyResult<Corpus> {
    let jobs = jobs.or(shared.jobs);
    let more = match more.cast::<Corpus>() {
        Ok(corpus) => corpus.get().shared.clone(),
        Err(_) => read_more(py, more, jobs)?.shared.clone(),
    };
    let (collection, more) = (shared.collection.clone(), more.collection.clone());
    let sum = run::run(py, jobs, progress, move |job| {
        let announce = |total| job.total.store(total, Ordering::Release);
        addition::add(&collection, &more, &job.progress, announce)
    })?;
    Ok(Corpus { shared: Shared::new(sum, jobs) })
}

/// What is to be added, if it is no corpus yet.
fn read_more(py: Python<'_>, more: &Bound<'_, PyAny>, jobs: Option<usize>) -> PyResult<Corpus> {
    read::read_all(py, more, jobs).map_err(|error| {
        if !error.is_instance_of::<PyTypeError>(py) {
            return error;
        }
        let sort = more.get_type().name().map_or_else(|_| "object".to_owned(), |n| n.to_string());
        let wanted = "a Corpus, paths, bytes or binary file objects";
        PyTypeError::new_err(format!("more must be {wanted}, not {sort}"))
    })
}
