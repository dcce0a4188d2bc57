//! A corpus with more documents: only what is new is extracted.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{self, Progress};
use crate::document::{Claim, Document};
use crate::error::Problem;
use crate::resolve::as_in_articles;
use crate::table::Collection;

/// The documents and problems of `collection`, then those of `more` that it does not have.
///
/// An article of `more` is left out if `collection` has the same: read from the same file, or under the same id if it
/// was passed in, and equal in everything but its row. Another article under an id that is taken gets a number. If either
/// knows its claims, the result knows its own, the same as if all its documents were extracted now; `announce` is told
/// how many documents are extracted for that. `None` if stopped.
pub fn add(
    collection: &Collection,
    more: &Collection,
    progress: &Progress,
    announce: impl FnOnce(usize),
) -> Option<Collection> {
    let new = unknown(collection, more.documents());
    let ids = free_ids(collection.documents(), new.iter().map(|&i| more.documents()[i].id.as_str()));
    let mut documents = collection.documents().to_vec();
    let mut new_ids: Vec<Option<&String>> = vec![None; more.documents().len()];
    for (&i, id) in new.iter().zip(&ids) {
        new_ids[i] = Some(id);
        documents.push(Document { id: id.clone(), ..more.documents()[i].clone() });
    }
    let mut problems = problems(more, &new_ids);
    let seen: FxHashSet<&Problem> = collection.problems().iter().collect();
    problems.retain(|p| !seen.contains(p));
    problems.splice(0..0, collection.problems().iter().cloned());

    let date = corpus::median_date(&documents);
    let mut known: Vec<Option<Vec<Claim>>> = documents.iter().map(|_| None).collect();
    let places: Vec<Option<usize>> = (0..collection.documents().len()).map(Some).collect();
    take_over(collection, &places, date, &documents, &mut known);
    let mut places = vec![None; more.documents().len()];
    for (n, (&i, id)) in new.iter().zip(&ids).enumerate() {
        // An article without an outlet vouches under its id.
        if *id == more.documents()[i].id {
            places[i] = Some(collection.documents().len() + n);
        }
    }
    take_over(more, &places, date, &documents, &mut known);

    let sum = Collection::new(documents, problems);
    if collection.claims().is_some() || more.claims().is_some() {
        announce(known.iter().filter(|claims| claims.is_none()).count());
        sum.set_extraction(corpus::complete(sum.documents(), known, progress)?);
    }
    Some(sum)
}

/// The problems of `more`. Those of texts that were passed in go by their ids, which may be new, or left out.
fn problems(more: &Collection, new_ids: &[Option<&String>]) -> Vec<Problem> {
    let passed_in = more.documents().iter().zip(new_ids).filter(|(d, _)| d.path.is_none());
    let ids: FxHashMap<(&str, Option<u64>), Option<&String>> =
        passed_in.map(|(d, id)| ((d.id.as_str(), d.row), *id)).collect();
    let with_id = |problem: &Problem| match ids.get(&(problem.path.as_str(), problem.row)) {
        Some(None) => None,
        Some(Some(id)) => Some(Problem { path: (*id).clone(), ..problem.clone() }),
        None => Some(problem.clone()),
    };
    more.problems().iter().filter_map(with_id).collect()
}

/// The claims that `from` knows, with the names of their articles, to the documents at `places`; not those of undated
/// documents if they would now be anchored to another date.
fn take_over(
    from: &Collection,
    places: &[Option<usize>],
    date: Option<jiff::civil::Date>,
    documents: &[Document],
    known: &mut [Option<Vec<Claim>>],
) {
    let Some(extraction) = from.extraction().filter(|_| !from.is_foreign()) else { return };
    let same_date = corpus::median_date(from.documents()) == date;
    for &place in places.iter().flatten() {
        if same_date || documents[place].published().is_some() {
            known[place] = Some(Vec::new());
        }
    }
    let mut renamed = extraction.renamed.as_slice();
    for (index, claim) in extraction.claims.iter().enumerate() {
        let own = renamed.partition_point(|r| r.claim as usize <= index);
        let (of_claim, rest) = renamed.split_at(own);
        renamed = rest;
        let place = places[claim.document as usize];
        if let Some(claims) = place.and_then(|place| known[place].as_mut()) {
            let mut claim = claim.clone();
            as_in_articles(std::slice::from_mut(&mut claim), of_claim);
            claims.push(claim);
        }
    }
}

/// Indices of the documents of `more` that `collection` lacks.
fn unknown(collection: &Collection, more: &[Document]) -> Vec<usize> {
    fn key(document: &Document) -> (Option<&str>, &str) {
        (document.path.as_deref(), document.decoded())
    }
    let mut by_key: FxHashMap<(Option<&str>, &str), Vec<&Document>> = FxHashMap::default();
    for document in collection.documents() {
        by_key.entry(key(document)).or_default().push(document);
    }
    let is_known = |document: &Document| {
        let equal = |known: &Document| {
            // Another version may have read the same text otherwise.
            let like = || Document { id: known.id.clone(), row: known.row, ..document.clone() };
            collection.is_foreign() || *known == like()
        };
        let ones = by_key.get(&key(document));
        ones.is_some_and(|ones| ones.iter().any(|one| same_name(one, document) && equal(one)))
    };
    (0..more.len()).filter(|&i| !is_known(&more[i])).collect()
}

/// Whether `known` may be `document` by its id. Where a file tells which it is, ids depend on what else was read.
fn same_name(known: &Document, document: &Document) -> bool {
    known.path.is_some()
        || known.id == document.id
        || known.id.strip_prefix(&document.id).is_some_and(|rest| {
            rest.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        })
}

/// `ids`, which differ, numbered where one is taken by a document; those that are free stay.
fn free_ids<'i>(documents: &'i [Document], ids: impl Iterator<Item = &'i str> + Clone) -> Vec<String> {
    let own: FxHashSet<&str> = documents.iter().map(|d| d.id.as_str()).collect();
    let mut taken: FxHashSet<String> = own.iter().copied().chain(ids.clone()).map(str::to_owned).collect();
    ids.map(|id| {
        if !own.contains(id) {
            return id.to_owned();
        }
        let numbered = (2..).map(|n| format!("{id}-{n}")).find(|id| taken.insert(id.clone()));
        numbered.unwrap_or_else(|| id.to_owned())
    })
    .collect()
}
