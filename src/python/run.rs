//! The one door for every long call: the interpreter is released, Ctrl-C is heard, progress is told.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::errors::{InternalError, argument};
use crate::corpus::Progress;

/// How long Ctrl-C may go unheard, and how often `progress` is called.
const TICK: Duration = Duration::from_millis(50);

/// What a job shows to the door while it runs.
#[derive(Default)]
pub(super) struct Job {
    /// Items done, and whether to stop.
    pub(super) progress: Progress,
    /// How many items there are, once that is known; progress is not told before.
    pub(super) total: AtomicUsize,
}

/// Runs `job` on a pool of `jobs` threads (`None`: `REPORTEDLY_JOBS`, or all cores) and returns what it returns.
///
/// The calling thread waits without the interpreter. Every [`TICK`] it takes it back to look for signals and to
/// call `progress(done, total)`. Workers never touch the interpreter: they count in an atomic that this reads.
///
/// If a signal handler or `progress` raises, the job is told to stop and left to itself, so that the exception
/// arrives at once even if one item takes long; that is why `job` must own what it works on. A panic in the job
/// becomes an `InternalError`.
pub(super) fn run<T, F>(
    py: Python<'_>,
    jobs: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
    job: F,
) -> PyResult<T>
where
    T: Send + 'static,
    F: FnOnce(&Job) -> Option<T> + Send + 'static,
{
    let pool = pool(jobs)?;
    let state = Arc::new(Job::default());
    let (sender, receiver) = mpsc::sync_channel(1);
    let seen = state.clone();
    let work = move || {
        let out = panic::catch_unwind(AssertUnwindSafe(|| pool.install(|| job(&seen))));
        // Nobody listens any more if the call was interrupted.
        let _ = sender.send(out);
    };
    thread::Builder::new().name("reportedly".to_owned()).spawn(work)?;
    // Ungil: the receiver is not Sync, and is only used while the interpreter is released.
    let receiver = Mutex::new(receiver);
    let wait = || match receiver.lock() {
        Ok(receiver) => receiver.recv_timeout(TICK),
        Err(_) => Err(RecvTimeoutError::Disconnected),
    };
    let mut told = None;
    loop {
        let out = py.detach(wait);
        let over = !matches!(out, Err(RecvTimeoutError::Timeout));
        if let Err(raised) = tick(py, &state, progress, &mut told, over) {
            state.progress.stop();
            return Err(raised);
        }
        match out {
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(InternalError::new_err("a worker vanished")),
            Ok(Ok(Some(value))) => return Ok(value),
            Ok(Ok(None)) => return Err(InternalError::new_err("a job stopped that nobody had stopped")),
            Ok(Err(panic)) => return Err(internal(panic.as_ref())),
        }
    }
}

/// Looks for signals and reports, if there is news.
fn tick(
    py: Python<'_>,
    state: &Job,
    progress: Option<&Bound<'_, PyAny>>,
    told: &mut Option<(usize, usize)>,
    over: bool,
) -> PyResult<()> {
    py.check_signals()?;
    let Some(report) = progress else { return Ok(()) };
    let total = state.total.load(Ordering::Acquire);
    let news = (state.progress.done().min(total), total);
    let worth = total > 0 && (over || *told != Some(news));
    if worth && *told != Some(news) {
        *told = Some(news);
        report.call1(news)?;
    }
    Ok(())
}

/// A panic as an exception.
pub(super) fn internal(panic: &(dyn Any + Send)) -> PyErr {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    InternalError::new_err(format!(
        "this is a bug in reportedly; please report it with the text that shows it: {text}"
    ))
}

/// A pool of the wanted size that belongs to this process.
///
/// Rayon's global pool does not survive `fork`, which is how `multiprocessing` starts children on Linux up to
/// Python 3.13: a child would wait for ever for threads that it does not have.
pub(super) fn pool(jobs: Option<usize>) -> PyResult<Arc<ThreadPool>> {
    type Slot = Option<(u32, usize, Arc<ThreadPool>)>;
    static POOL: Mutex<Slot> = Mutex::new(None);
    let (pid, size) = (std::process::id(), size(jobs)?);
    let build = || {
        let named = ThreadPoolBuilder::new().num_threads(size).thread_name(|i| format!("reportedly-{i}"));
        named.build().map(Arc::new).map_err(|e| InternalError::new_err(format!("no threads: {e}")))
    };
    // Never wait for the lock: in a forked child its owner may not exist. A private pool costs 0.1 ms.
    let Ok(mut slot) = POOL.try_lock() else { return build() };
    match &*slot {
        Some((owner, n, pool)) if *owner == pid && *n == size => Ok(pool.clone()),
        _ => {
            let pool = build()?;
            let old = slot.replace((pid, size, pool.clone()));
            if old.as_ref().is_some_and(|o| o.0 != pid) {
                // The parent's pool: dropping it would signal threads that are not there.
                std::mem::forget(old);
            }
            Ok(pool)
        }
    }
}

fn size(jobs: Option<usize>) -> PyResult<usize> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let size = match jobs {
        Some(jobs) => jobs,
        None => match std::env::var("REPORTEDLY_JOBS") {
            Ok(text) if !text.trim().is_empty() => text.trim().parse().map_err(|_| {
                argument(format!("REPORTEDLY_JOBS is {text:?}; it must be a number of threads, or not set"))
            })?,
            _ => cores(),
        },
    };
    if size == 0 || size > 1024 {
        return Err(argument(format!("jobs is {size}; it must be between 1 and 1024 threads")));
    }
    Ok(size)
}
