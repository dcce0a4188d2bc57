//! What every handle looks into.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;

use super::errors::ReportedlyError;
use super::run;
use crate::corpus;
use crate::document::{Claim, Document};
use crate::reconcile::{self, Copy, Options};
use crate::search::Index;
use crate::span::Span;
use crate::table::Collection;

/// A collection, and who is extracting its claims at the moment.
pub(super) struct Shared {
    pub(super) collection: Arc<Collection>,
    /// Threads for long calls, if the user gave a number.
    pub(super) jobs: Option<usize>,
    /// Pairs of documents that share text, once they were asked for.
    copies: OnceLock<Vec<Copy>>,
    /// The index for searches, once something was searched.
    index: OnceLock<Arc<Index>>,
    /// Process id and thread number of who extracts; 0 for nobody.
    owner: AtomicU64,
}

/// What outlives the Python object: Arrow readers may keep the stream.
pub(super) struct Held<T>(pub(super) Arc<T>);

impl<T> AsRef<T> for Held<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

impl AsRef<[u32]> for Held<Vec<u32>> {
    fn as_ref(&self) -> &[u32] {
        &self.0
    }
}

impl Shared {
    pub(super) fn new(collection: Collection, jobs: Option<usize>) -> Arc<Self> {
        Shared::with_index(collection, None, jobs)
    }

    /// With the index for searches, if it is at hand.
    pub(super) fn with_index(collection: Collection, index: Option<Index>, jobs: Option<usize>) -> Arc<Self> {
        Arc::new(Shared {
            collection: Arc::new(collection),
            jobs,
            copies: OnceLock::new(),
            index: index.map(Arc::new).map_or_else(OnceLock::new, OnceLock::from),
            owner: AtomicU64::new(0),
        })
    }

    /// Extracts the claims if that was not done yet. Of several threads that ask, one works and the others wait.
    pub(super) fn extract(&self, py: Python<'_>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let me = u64::from(std::process::id()) << 32 | u64::from(thread_number());
        loop {
            if self.collection.claims().is_some() {
                return Ok(());
            }
            let owner = self.owner.load(Ordering::Acquire);
            if owner == me {
                let message =
                    "claims were asked for while this thread extracts them (in a progress function?)";
                return Err(ReportedlyError::new_err(message));
            }
            // An owner of another process is the parent's thread, which a forked child does not have.
            let free = owner == 0 || owner >> 32 != me >> 32;
            if free && self.owner.compare_exchange(owner, me, Ordering::AcqRel, Ordering::Acquire).is_ok() {
                let _release = Release(&self.owner);
                return self.extract_now(py, progress);
            }
            py.detach(|| thread::sleep(Duration::from_millis(5)));
            py.check_signals()?;
        }
    }

    fn extract_now(&self, py: Python<'_>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let collection = self.collection.clone();
        let extraction = run::run(py, self.jobs, progress, move |job| {
            job.total.store(collection.documents().len(), Ordering::Release);
            corpus::extract(collection.documents(), &job.progress)
        })?;
        self.collection.set_extraction(extraction);
        Ok(())
    }

    /// The pairs of documents that share text, with the default thresholds.
    pub(super) fn copies(&self, py: Python<'_>) -> PyResult<&[Copy]> {
        if self.copies.get().is_none() {
            let collection = self.collection.clone();
            let found = run::run(py, self.jobs, None, move |_| {
                Some(reconcile::copies(collection.documents(), &Options::default()))
            })?;
            self.copies.get_or_init(|| found);
        }
        Ok(self.copies.get().map_or(&[], Vec::as_slice))
    }

    /// The index of the claims, which must be known, and of the sentences.
    pub(super) fn index(&self, py: Python<'_>) -> PyResult<Arc<Index>> {
        if let Some(index) = self.index.get() {
            return Ok(index.clone());
        }
        let collection = self.collection.clone();
        let made = run::run(py, self.jobs, None, move |job| {
            let claims = collection.claims().unwrap_or_default();
            Index::build(collection.documents(), claims, &job.progress).transpose()
        })??;
        Ok(self.index.get_or_init(|| Arc::new(made)).clone())
    }

    pub(super) fn document(&self, index: usize) -> &Document {
        &self.collection.documents()[index]
    }

    /// Claim `index`; a handle to a claim exists only once the claims are known.
    pub(super) fn claim(&self, index: u32) -> &Claim {
        &self.collection.claims().expect("handles to claims are made after extraction")[index as usize]
    }

    /// `span` of document `index`, for Python.
    pub(super) fn span(&self, index: usize, span: Span) -> super::values::Span {
        let (start, end) = self.collection.code_points(index, span);
        super::values::Span { start, end, text: self.collection.slice(index, span).to_owned() }
    }

    /// Whether both look into the same documents.
    pub(super) fn is(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(&self.collection, &other.collection)
    }
}

struct Release<'a>(&'a AtomicU64);

impl Drop for Release<'_> {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Release);
    }
}

/// A number for the calling thread, never 0.
fn thread_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    thread_local!(static NUMBER: u32 = NEXT.fetch_add(1, Ordering::Relaxed));
    NUMBER.with(|n| *n)
}
