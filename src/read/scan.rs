//! Inputs as a stream of batches: memory for a batch, and for the one that is read ahead, however much there is.
//!
//! A thread of its own reads one input after the other. It waits until a batch is taken before it hands out the next,
//! so that one is read while the one before it is worked on, and no more. What grows with the input is small: the list
//! of files, and eight bytes or so for each id that a file states, because ids are unique over the whole.

use std::any::Any;
use std::collections::VecDeque;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::mem;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rayon::ThreadPool;
use rayon::prelude::*;

use super::encoding::{self, Forced};
use super::identity::Ids;
use super::input::Input;
use super::walk::{self, Found};
use super::{RawArticle, ReadOptions, Source, each, gather, nothing_read};
use crate::error::{Error, ErrorKind, Problem, Result};

/// When a batch is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSize {
    /// So many articles and problems at most.
    pub items: usize,
    /// With so many bytes of text no further article is taken in.
    pub bytes: usize,
}

impl Default for BatchSize {
    fn default() -> Self {
        BatchSize { items: 1000, bytes: 32 << 20 }
    }
}

/// Some articles of a stream, and what was wrong on the way to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// In order of the input, with ids that are unique in the whole of it.
    pub articles: Vec<RawArticle>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many articles came before these.
    pub first: u64,
    /// Stands for all that was read up to the end of this batch; another input, or other options, give another.
    pub digest: u64,
}

/// What waiting for a batch brought.
pub enum Next {
    /// The next one.
    Batch(Box<Batch>),
    /// It is not there yet.
    Later,
    /// There are no more.
    End,
    /// The reader of a format panicked, with this.
    Panicked(Box<dyn Any + Send>),
}

enum Message {
    Batch(Box<Batch>),
    End(Option<Error>),
    Panicked(Box<dyn Any + Send>),
}

/// Batches of articles, as they are read.
pub struct Scan {
    receiver: Mutex<Receiver<Message>>,
    stop: Arc<AtomicBool>,
}

impl Scan {
    /// Begins to read. Records are decoded on `pool`; the batches do not depend on how many threads it has.
    ///
    /// # Errors
    /// As for [`super::sources`], as far as it is known before anything is read.
    pub fn new(
        sources: Vec<Source>,
        options: ReadOptions,
        size: BatchSize,
        pool: Arc<ThreadPool>,
    ) -> Result<Self> {
        let forced = encoding::forced(&options)?;
        if sources.is_empty() {
            return Err(Error::new(
                ErrorKind::Argument,
                "no input was given: name a file, a folder, or a glob",
            ));
        }
        let names: Vec<String> = sources.iter().map(|s| s.name().to_owned()).collect();
        let found = walk::find(sources, &options)?;
        // Of no capacity: the reader goes on only when its batch is taken.
        let (sender, receiver) = mpsc::sync_channel(0);
        let stop: Arc<AtomicBool> = Arc::default();
        let stopped = stop.clone();
        let read = move || {
            let ending = sender.clone();
            let work = || {
                let mut batches = Batches::new(size, sender, stopped);
                let all = Reading { options: &options, forced, pool: &pool };
                if all.inputs(found, &mut |item| batches.take(item)).is_break() {
                    return None;
                }
                batches.finish(&names)
            };
            let last = match panic::catch_unwind(AssertUnwindSafe(work)) {
                Ok(error) => Message::End(error),
                Err(panic) => Message::Panicked(panic),
            };
            // Nobody listens any more if the scan was dropped.
            let _ = ending.send(last);
        };
        let spawned = thread::Builder::new().name("reportedly-scan".to_owned()).spawn(read);
        spawned.map_err(|e| {
            Error::new(ErrorKind::Storage, format!("no thread could be started to read: {e}"))
        })?;
        Ok(Scan { receiver: Mutex::new(receiver), stop })
    }

    /// Waits for the next batch, but not longer than `patience`.
    ///
    /// # Errors
    /// `NoDocuments` at the end, if nothing at all could be read.
    pub fn next_within(&self, patience: Duration) -> Result<Next> {
        let Ok(receiver) = self.receiver.lock() else { return Ok(Next::End) };
        match receiver.recv_timeout(patience) {
            Ok(Message::Batch(batch)) => Ok(Next::Batch(batch)),
            Ok(Message::End(None)) | Err(RecvTimeoutError::Disconnected) => Ok(Next::End),
            Ok(Message::End(Some(error))) => Err(error),
            Ok(Message::Panicked(panic)) => Ok(Next::Panicked(panic)),
            Err(RecvTimeoutError::Timeout) => Ok(Next::Later),
        }
    }
}

impl Iterator for Scan {
    type Item = Result<Batch>;

    fn next(&mut self) -> Option<Result<Batch>> {
        const SOME_TIME: Duration = Duration::from_secs(3600);
        loop {
            match self.next_within(SOME_TIME) {
                Ok(Next::Batch(batch)) => return Some(Ok(*batch)),
                Ok(Next::Later) => {}
                Ok(Next::End) => return None,
                Ok(Next::Panicked(panic)) => panic::resume_unwind(panic),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Drop for Scan {
    fn drop(&mut self) {
        // The reader sees it at its next record. It is not waited for: it may be waiting for who drops this.
        self.stop.store(true, Ordering::Relaxed);
    }
}

type Item = std::result::Result<RawArticle, Problem>;

/// How inputs are gone through.
struct Reading<'a> {
    options: &'a ReadOptions,
    forced: Forced,
    pool: &'a ThreadPool,
}

impl Reading<'_> {
    /// Hands out what all inputs hold, in order. Small files are read several at a time.
    fn inputs(&self, found: Vec<Found>, out: &mut dyn FnMut(Item) -> ControlFlow<()>) -> ControlFlow<()> {
        /// Files that are looked at together.
        const TOGETHER: usize = 64;
        let mut found: VecDeque<Found> = found.into();
        while let Some(first) = found.pop_front() {
            match first {
                Found::Problem(problem) => out(Err(problem))?,
                Found::Bytes(name, bytes) => {
                    self.stream(&name, Ok(Input::bytes(name.as_str(), bytes)), out)?
                }
                Found::Stream(name, stream) => {
                    self.stream(&name, Input::stream(name.as_str(), stream), out)?;
                }
                Found::File(path) => {
                    let mut files = vec![path];
                    while files.len() < TOGETHER && matches!(found.front(), Some(Found::File(_))) {
                        if let Some(Found::File(path)) = found.pop_front() {
                            files.push(path);
                        }
                    }
                    self.files(files, out)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn files(&self, files: Vec<PathBuf>, out: &mut dyn FnMut(Item) -> ControlFlow<()>) -> ControlFlow<()> {
        /// What a file holds: all of it, if that is little.
        enum Opened {
            Read(Vec<RawArticle>, Vec<Problem>),
            Large,
        }
        let opened: Vec<(PathBuf, Opened)> = self.pool.install(|| {
            let open = |path: PathBuf| {
                let name = path.to_string_lossy().into_owned();
                match File::open(&path).and_then(|file| Input::file(name.as_str(), file)) {
                    Ok(input) if !input.is_small() => (path, Opened::Large),
                    input => {
                        let (articles, problems) = gather(&name, input, self.options, self.forced);
                        (path, Opened::Read(articles, problems))
                    }
                }
            };
            files.into_par_iter().map(open).collect()
        });
        for (path, opened) in opened {
            match opened {
                Opened::Read(articles, problems) => {
                    articles.into_iter().try_for_each(|article| out(Ok(article)))?;
                    problems.into_iter().try_for_each(|problem| out(Err(problem)))?;
                }
                // Opened again: sixty files that wait open would be many.
                Opened::Large => {
                    let name = path.to_string_lossy().into_owned();
                    let input = File::open(&path).and_then(|file| Input::file(name.as_str(), file));
                    self.stream(&name, input, out)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn stream(
        &self,
        name: &str,
        input: io::Result<Input>,
        out: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        each(name, input, self.options, self.forced, Some(self.pool), out)
    }
}

/// Articles on their way into batches.
struct Batches {
    size: BatchSize,
    batch: Batch,
    bytes: usize,
    ids: Ids,
    digest: DefaultHasher,
    articles: u64,
    /// The first thing that could not be read, for the case that nothing could.
    wrong: Vec<Problem>,
    sender: SyncSender<Message>,
    stop: Arc<AtomicBool>,
}

impl Batches {
    fn new(size: BatchSize, sender: SyncSender<Message>, stop: Arc<AtomicBool>) -> Self {
        Batches {
            size,
            batch: Batch::default(),
            bytes: 0,
            ids: Ids::default(),
            digest: DefaultHasher::new(),
            articles: 0,
            wrong: Vec::new(),
            sender,
            stop,
        }
    }

    fn take(&mut self, item: Item) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        match item {
            Ok(mut article) => {
                self.ids.settle(&mut article);
                let RawArticle { id, path, row, text, title, published, outlet, byline, url, .. } = &article;
                (id, path, row, text, title, published, outlet, byline, url).hash(&mut self.digest);
                self.bytes += article.text.len();
                self.articles += 1;
                self.batch.articles.push(article);
            }
            Err(problem) => {
                problem.hash(&mut self.digest);
                if self.articles == 0 && self.wrong.len() < 2 {
                    self.wrong.push(problem.clone());
                }
                self.batch.problems.push(problem);
            }
        }
        let items = self.batch.articles.len() + self.batch.problems.len();
        if items >= self.size.items || self.bytes >= self.size.bytes {
            return self.send();
        }
        ControlFlow::Continue(())
    }

    fn send(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        let mut batch = mem::take(&mut self.batch);
        batch.first = self.articles - batch.articles.len() as u64;
        batch.digest = self.digest.finish();
        match self.sender.send(Message::Batch(Box::new(batch))) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// The last batch, and what is to be said if there was not one article.
    fn finish(mut self, names: &[String]) -> Option<Error> {
        let any = !self.batch.articles.is_empty() || !self.batch.problems.is_empty();
        if any && self.send().is_break() || self.articles > 0 {
            return None;
        }
        Some(Error::new(ErrorKind::NoDocuments, nothing_read(names, &self.wrong)))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rayon::ThreadPoolBuilder;

    use super::*;

    fn scan(sources: Vec<Source>, items: usize, threads: usize) -> Vec<Batch> {
        let pool = Arc::new(ThreadPoolBuilder::new().num_threads(threads).build().unwrap());
        let size = BatchSize { items, ..BatchSize::default() };
        Scan::new(sources, ReadOptions::default(), size, pool).unwrap().map(|batch| batch.unwrap()).collect()
    }

    fn lines(count: usize) -> Source {
        let text: String = (0..count).map(|i| format!("{{\"text\": \"Seoul said no {i}.\"}}\n")).collect();
        Source::Bytes("big.jsonl".to_owned(), text.into_bytes())
    }

    #[test]
    fn batches_of_the_size_that_is_wished_whatever_the_threads() {
        let one = scan(vec![lines(25)], 10, 1);
        let sizes: Vec<(u64, usize)> = one.iter().map(|b| (b.first, b.articles.len())).collect();
        assert_eq!(sizes, [(0, 10), (10, 10), (20, 5)]);
        assert_eq!(one[2].articles[4].id, "big-25");
        assert_eq!(one, scan(vec![lines(25)], 10, 3));
        let digests = |batches: &[Batch]| batches.iter().map(|b| b.digest).collect::<Vec<_>>();
        assert_eq!(digests(&one)[..2], digests(&scan(vec![lines(26)], 10, 2))[..2]);
        assert_ne!(digests(&one)[2], digests(&scan(vec![lines(26)], 10, 2))[2]);
    }

    #[test]
    fn the_same_articles_as_all_at_once() {
        let dir = tempfile::tempdir().unwrap();
        for i in 0..100 {
            fs::write(dir.path().join(format!("{i:03}.txt")), format!("Seoul said no {i}.")).unwrap();
        }
        fs::write(
            dir.path().join("050.jsonl"),
            "{\"text\": \"x y\"}\nbad\n{\"text\": \"y z\"}\n".repeat(900),
        )
        .unwrap();
        fs::write(dir.path().join("051.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
        let source = || vec![Source::Path(dir.path().to_string_lossy().into_owned())];
        let (articles, problems) = super::super::sources(source(), &ReadOptions::default()).unwrap();
        for items in [1, 7, 5000] {
            let batches = scan(source(), items, 2);
            let found: Vec<RawArticle> = batches.iter().flat_map(|b| b.articles.clone()).collect();
            let wrong: Vec<Problem> = batches.iter().flat_map(|b| b.problems.clone()).collect();
            assert_eq!((found.len(), wrong), (articles.len(), problems.clone()));
            let texts = |articles: &[RawArticle]| articles.iter().map(|a| a.text.clone()).collect::<Vec<_>>();
            assert_eq!(texts(&found), texts(&articles));
        }
    }

    #[test]
    fn a_batch_with_much_text_ends_early() {
        let pool = Arc::new(ThreadPoolBuilder::new().num_threads(1).build().unwrap());
        let size = BatchSize { items: 100, bytes: 40 };
        let scan = Scan::new(vec![lines(7)], ReadOptions::default(), size, pool).unwrap();
        // Seventeen bytes each.
        assert_eq!(scan.map(|batch| batch.unwrap().articles.len()).collect::<Vec<_>>(), [3, 3, 1]);
    }

    #[test]
    fn nothing_at_all_is_an_error_at_the_end() {
        let pool = Arc::new(ThreadPoolBuilder::new().num_threads(1).build().unwrap());
        let none = vec![Source::Bytes("a.txt".to_owned(), b"  ".to_vec())];
        let mut scan = Scan::new(none, ReadOptions::default(), BatchSize::default(), pool).unwrap();
        assert_eq!(scan.next().unwrap().unwrap().problems.len(), 1);
        assert_eq!(scan.next().unwrap().unwrap_err().kind(), ErrorKind::NoDocuments);
        assert!(scan.next().is_none());
    }
}
