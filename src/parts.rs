//! A corpus in parts, for engines that spread work over machines.
//!
//! What extraction does for a document needs no other document, with two exceptions, and both are small: the date of the
//! corpus, to which undated documents are anchored, and the names of the corpus. So a task extracts its documents
//! ([`extract`]), tells what they say about names ([`gathered`]), and later, when names were settled from what all tasks
//! told ([`settle`]), puts them in ([`join`]). The claims are those of one process, in the same order.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::corpus::{self, Extraction, Progress};
use crate::document::{Claim, Document};
use crate::error::Result;
use crate::resolve::{Gathered, Settled};
use crate::table::{Collection, decode, encode};

/// A document with its claims, under the names of its own article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The document.
    pub document: Document,
    /// Its claims; each is of document 0.
    pub claims: Vec<Claim>,
}

impl Part {
    /// The part as bytes.
    ///
    /// # Errors
    /// Never, in practice: every member can be serialised.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        encode(self)
    }

    /// What [`Part::to_bytes`] stored.
    ///
    /// # Errors
    /// The bytes are something else, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Part> {
        decode(bytes)
    }
}

/// The parts of some documents, of which `known` has the claims of some. `None` if stopped.
///
/// Undated documents are anchored to `corpus_date`, if that is known.
pub fn extract(
    documents: Vec<Document>,
    known: Vec<Option<Vec<Claim>>>,
    corpus_date: Option<Date>,
    progress: &Progress,
) -> Option<Vec<Part>> {
    let claims = corpus::own(&documents, known, corpus_date, progress)?;
    let part = |(document, mut claims): (Document, Vec<Claim>)| {
        claims.iter_mut().for_each(|claim| claim.document = 0);
        Part { document, claims }
    };
    Some(documents.into_iter().zip(claims).map(part).collect())
}

/// The same parts, those of undated documents anchored to the date of the corpus. `None` if stopped.
pub fn anchor(parts: Vec<Part>, corpus_date: Date, progress: &Progress) -> Option<Vec<Part>> {
    let (documents, known): (Vec<Document>, Vec<Option<Vec<Claim>>>) = parts
        .into_iter()
        .map(|part| {
            let dated = part.document.published().is_some();
            (part.document, dated.then_some(part.claims))
        })
        .unzip();
    extract(documents, known, Some(corpus_date), progress)
}

/// What documents say about names; `places` are their positions in the corpus.
#[must_use]
pub fn gathered(parts: Vec<Part>, places: &[u32]) -> Gathered {
    let (documents, claims) = apart(parts);
    Gathered::whole(&documents, &claims, places)
}

/// The names of a corpus, from what all its documents say, told in any order.
#[must_use]
pub fn settle(gathered: impl IntoIterator<Item = Gathered>) -> Settled {
    let mut all = Gathered::default();
    gathered.into_iter().for_each(|one| all.merge(one));
    Settled::new(&all)
}

/// The documents as one collection, their claims under the names of the corpus.
#[must_use]
pub fn join(parts: Vec<Part>, names: &Settled) -> Collection {
    let (documents, mut claims) = apart(parts);
    let renamed = names.apply(&mut claims);
    let collection = Collection::new(documents, Vec::new());
    collection.set_extraction(Extraction { claims, renamed });
    collection
}

fn apart(parts: Vec<Part>) -> (Vec<Document>, Vec<Claim>) {
    let (mut documents, mut claims) = (Vec::with_capacity(parts.len()), Vec::new());
    for part in parts {
        let document = documents.len() as u32;
        claims.extend(part.claims.into_iter().map(|claim| Claim { document, ..claim }));
        documents.push(part.document);
    }
    (documents, claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::read::RawArticle;

    const TEXTS: [(&str, &str); 4] = [
        (
            "2024-10-25",
            "The National Intelligence Service (NIS) said 1,500 soldiers had arrived. \u{201c}It is so,\u{201d} said Foreign Minister Cho Tae-yul of South Korea.",
        ),
        ("", "NIS officials said on Monday that more would come. South Korea's foreign minister denied it."),
        (
            "2024-10-27",
            "South Korea's intelligence agency confirmed the figure. Cho Tae-yeol, South Korea's Foreign Minister, declined to comment.",
        ),
        ("2024-10-27", "The agency said so. \u{201c}We know,\u{201d} Cho said."),
    ];

    fn documents() -> Vec<Document> {
        let article = |(i, (day, text)): (usize, &(&str, &str))| RawArticle {
            id: i.to_string(),
            text: (*text).to_owned(),
            published: day.parse().ok(),
            ..RawArticle::default()
        };
        TEXTS.iter().enumerate().map(article).map(parse::parse).collect()
    }

    #[test]
    fn in_parts_is_as_at_once() {
        let documents = documents();
        let progress = Progress::default();
        let whole = corpus::extract(&documents, &progress).expect("not stopped");
        for tasks in [vec![0..4], vec![0..1, 1..2, 2..3, 3..4], vec![2..4, 0..2]] {
            let mut done: Vec<(usize, Part)> = Vec::new();
            let mut told = Vec::new();
            for task in tasks {
                let own = documents[task.clone()].to_vec();
                let known = own.iter().map(|_| None).collect();
                let parts = extract(own, known, None, &progress).expect("not stopped");
                let date = corpus::median_date(&documents).expect("three are dated");
                let parts = anchor(parts, date, &progress).expect("not stopped");
                let places: Vec<u32> = task.clone().map(|i| i as u32).collect();
                let stored = encode(&gathered(parts.clone(), &places)).expect("it can be stored");
                told.push(decode(&stored).expect("it was stored"));
                done.extend(task.zip(parts));
            }
            done.sort_by_key(|(i, _)| *i);
            let stored: Vec<Vec<u8>> =
                done.iter().map(|(_, part)| part.to_bytes().expect("it can be stored")).collect();
            let parts = stored.iter().map(|b| Part::from_bytes(b).expect("it was stored")).collect();
            let joined = join(parts, &settle(told));
            assert_eq!(joined.documents(), documents);
            assert_eq!(joined.extraction(), Some(&whole));
        }
    }
}
