//! The way through the house, for many documents at once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::document::{Claim, Document};
use crate::error::Problem;
use crate::extract::Context;
use crate::read::RawArticle;
use crate::resolve::Renamed;
use crate::{extract, language, parse, resolve};

/// What a running job shows to the outside, and how it is told to stop.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    stop: AtomicBool,
}

impl Progress {
    /// Items finished so far.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Tells the job to stop at its next item.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether the job was told to stop.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Runs `work` unless told to stop, and counts it.
    pub fn step<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        if self.stopped() {
            return None;
        }
        let out = work();
        self.done.fetch_add(1, Ordering::Relaxed);
        Some(out)
    }
}

/// Parses articles, in parallel, in order; `None` if stopped.
pub fn parse_all(articles: Vec<RawArticle>, progress: &Progress) -> Option<Vec<Document>> {
    articles.into_par_iter().map(|a| progress.step(|| shrunk(parse::parse(a)))).collect()
}

/// Texts that are no pages, each line of them read, in parallel, in order; `None` if stopped.
pub fn parse_plain(articles: Vec<RawArticle>, progress: &Progress) -> Option<Vec<Document>> {
    articles.into_par_iter().map(|a| progress.step(|| shrunk(parse::plain(a)))).collect()
}

fn shrunk(mut document: Document) -> Document {
    document.shrink();
    document
}

/// What `find` finds in each document, in parallel, in order; `None` if stopped.
pub fn find_all<T: Send>(
    documents: &[Document],
    progress: &Progress,
    find: fn(&Document) -> Vec<T>,
) -> Option<Vec<Vec<T>>> {
    documents.par_iter().map(|document| progress.step(|| find(document))).collect()
}

/// What is to be known of documents that were read: those, and passages, that are not in English.
#[must_use]
pub fn notes(documents: &[Document]) -> Vec<Problem> {
    documents.iter().flat_map(parse::notes).collect()
}

/// The claims of a corpus, and what it takes to settle its names anew.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The claims of all documents, in order, resolved across the corpus.
    pub claims: Vec<Claim>,
    /// Their sources as the articles have them, where the corpus has them otherwise; in order of the claims.
    pub renamed: Vec<Renamed>,
}

/// The claims of all documents, in order, resolved across the corpus; `None` if stopped.
///
/// Depends on nothing but `documents`: not on the number of threads, hash order, or a clock.
pub fn claims(documents: &[Document], progress: &Progress) -> Option<Vec<Claim>> {
    extract(documents, progress).map(|extraction| extraction.claims)
}

/// The same, with the way back to the names of the articles.
pub fn extract(documents: &[Document], progress: &Progress) -> Option<Extraction> {
    complete(documents, documents.iter().map(|_| None).collect(), progress)
}

/// The claims of all documents, of which `known` has some already, with the names of their articles; `None` if
/// stopped. Counts the documents that are not known.
pub fn complete(
    documents: &[Document],
    known: Vec<Option<Vec<Claim>>>,
    progress: &Progress,
) -> Option<Extraction> {
    let per_document = own(documents, known, median_date(documents), progress)?;
    let mut claims: Vec<Claim> = Vec::with_capacity(per_document.iter().map(Vec::len).sum());
    claims.extend(per_document.into_iter().flatten());
    let renamed = resolve::corpus(documents, &mut claims);
    Some(Extraction { claims, renamed })
}

/// The claims of each document, of which `known` has some already, with the names of their articles: all that can be
/// done for one document without the others, but for the date of the corpus. `None` if stopped.
pub(crate) fn own(
    documents: &[Document],
    known: Vec<Option<Vec<Claim>>>,
    corpus_date: Option<Date>,
    progress: &Progress,
) -> Option<Vec<Vec<Claim>>> {
    let context = Context { corpus_date };
    documents
        .par_iter()
        .zip(known)
        .enumerate()
        .map(|(i, (document, known))| match known {
            Some(mut claims) => {
                claims.iter_mut().for_each(|claim| claim.document = i as u32);
                Some(claims)
            }
            None => progress.step(|| document_claims(i as u32, document, context)),
        })
        .collect()
}

/// The claims of each document by itself, in order: no name is settled across documents, and undated documents are
/// anchored to no date, so that what is found in one does not depend on what it came with. `None` if stopped.
pub fn extract_apart(documents: &[Document], progress: &Progress) -> Option<Extraction> {
    let apart = |(i, document)| progress.step(|| document_claims(i as u32, document, Context::default()));
    let claims: Option<Vec<Vec<Claim>>> = documents.par_iter().enumerate().map(apart).collect();
    Some(Extraction { claims: claims?.into_iter().flatten().collect(), renamed: Vec::new() })
}

fn document_claims(index: u32, document: &Document, context: Context) -> Vec<Claim> {
    if !document.is_read() {
        return Vec::new();
    }
    let annotated = language::annotate(document);
    let mut claims = extract::claims(&annotated, context);
    resolve::article(&annotated, &mut claims);
    for claim in &mut claims {
        claim.document = index;
        claim.shrink();
    }
    claims
}

/// Why a claim has no source though the text mentions one: "he" that could be two people. Analyses the document anew.
#[must_use]
pub fn left_open(document: &Document, claim: &Claim) -> Option<String> {
    if claim.source.is_some() || claim.source_spans.is_empty() {
        return None;
    }
    let annotated = language::annotate(document);
    let mut claims = extract::claims(&annotated, Context::default());
    let open = resolve::article(&annotated, &mut claims);
    let same = |other: &Claim| {
        other.source_spans == claim.source_spans && other.content_spans == claim.content_spans
    };
    open.into_iter().find(|open| same(&claims[open.claim])).map(|open| open.why)
}

/// The median publication date: what undated documents are anchored to.
pub(crate) fn median_date(documents: &[Document]) -> Option<Date> {
    let mut dates: Vec<Date> = documents.iter().filter_map(Document::published).collect();
    dates.sort_unstable();
    dates.get(dates.len() / 2).copied()
}
