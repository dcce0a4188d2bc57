//! Words, phrases and prefixes in claims and passages, the best first.
//!
//! An inverted index of words with their positions, as in every search engine; one for a corpus, made in one pass.
//! What is looked through are *units*: every claim (its extent) and every sentence. A sentence is reported as a
//! *passage* where no claim that is found lies on it.
//!
//! - `words`: what a word is, and when two are the same
//! - `query`: from what people type to steps
//! - `index`: every word with its positions, every unit as a range of positions
//! - `evaluation`: from steps to units
//! - `ranking`: BM25
//! - `highlight`: which characters of a unit were meant
//! - `stored`: the index as Arrow tables (feature `arrow`)
//!
//! ```
//! use reportedly::corpus::{self, Progress};
//! use reportedly::search::{Index, Query, Selection};
//! use reportedly::{parse, read};
//!
//! let text = "\"The storm corps has arrived,\" Ann Lee said. The corps is large.";
//! let documents = vec![parse::parse(read::text("a", text))];
//! let claims = corpus::claims(&documents, &Progress::default()).unwrap();
//! let index = Index::new(&documents, &claims).unwrap();
//! let query = Query::new("\"storm corps\" arriv*").unwrap();
//! let hits = index.search(&documents, &claims, &query, &Selection::default());
//! assert_eq!(hits[0].claim, Some(0));
//! let marked: Vec<&str> = hits[0].highlights.iter().map(|h| h.of(text)).collect();
//! assert_eq!(marked, ["storm corps", "arrived"]);
//! ```

mod evaluation;
mod highlight;
mod index;
mod query;
mod ranking;
#[cfg(feature = "arrow")]
mod stored;
mod words;

pub use index::Index;
pub use query::Query;

use crate::document::{Claim, Document};
use crate::span::Span;
use crate::table::Filter;

/// A claim or passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Index of the document.
    pub document: u32,
    /// Index of the claim, or `None` for a sentence that no found claim lies on.
    pub claim: Option<u32>,
    /// The claim's extent, or the sentence.
    pub span: Span,
    /// BM25, to six decimals; 0 if only conditions were asked for.
    pub score: f64,
    /// Words and phrases of the query in it, in order, apart from one another.
    pub highlights: Vec<Span>,
}

impl Hit {
    /// What it is.
    #[must_use]
    pub fn found(&self) -> Found {
        if self.claim.is_some() { Found::Claim } else { Found::Passage }
    }
}

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A claim.
    Claim,
    /// A sentence that no found claim lies on.
    Passage,
}

impl Found {
    /// Both.
    pub const ALL: [Found; 2] = [Found::Claim, Found::Passage];

    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Found::Claim => "claim",
            Found::Passage => "passage",
        }
    }
}

/// Which hits are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Conditions. With one on claims, here or in the query, there are no passages.
    pub filter: Filter,
    /// Claims alone, or passages alone.
    pub found: Option<Found>,
    /// How many at most; `None` for all.
    pub limit: Option<usize>,
}

impl Index {
    /// What the query finds in the documents and claims that this index was made of: the best first, those of one score
    /// by document and position.
    #[must_use]
    pub fn search(
        &self,
        documents: &[Document],
        claims: &[Claim],
        query: &Query,
        selection: &Selection,
    ) -> Vec<Hit> {
        let corpus = evaluation::Corpus { index: self, documents, claims };
        let sought = corpus.leaves(query);
        let units = corpus.reported(&corpus.units(query, &sought));
        let units = corpus.kept(&units, query, selection);
        let scores = ranking::scores(self, &units, &sought);
        let least = selection.limit.map_or(f64::NEG_INFINITY, |limit| ranking::best(&scores, limit));
        let scored = units.iter().zip(scores).filter(|(_, score)| *score >= least);
        let mut hits: Vec<Hit> = scored.map(|(unit, score)| corpus.hit(*unit, score)).collect();
        let place = |h: &Hit| (h.document, h.span, h.claim);
        hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b))));
        hits.truncate(selection.limit.unwrap_or(usize::MAX));
        for hit in &mut hits {
            hit.highlights = highlight::highlights(&corpus, hit, &sought);
        }
        hits
    }
}

#[cfg(test)]
mod tests;
