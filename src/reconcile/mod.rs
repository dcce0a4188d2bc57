//! Claims across documents: copies, stories, origins, the ledger of figures, findings.
//!
//! [`reconcile`] runs the parts in order: which documents are one text ([`Copy`]), which tell one event
//! ([`Story`]), who vouches for each claim at the root ([`Origin`]), what every figure is ([`Entry`]), and what
//! follows from that ([`Finding`]). Nothing is adjudicated: bounds, origins and who said so are shown side by side.

mod copies;
mod dates;
mod findings;
mod ledger;
mod origins;
mod parties;
mod propositions;
mod similarity;
#[cfg(feature = "python")]
mod sound;
mod stance;
mod stories;
mod terms;
#[cfg(feature = "train")]
pub(crate) mod trial;

use serde::{Deserialize, Serialize};

pub use copies::{Copy, CopyIndex, CopyRelation, Wording};
pub use findings::{Finding, FindingKind};
pub use ledger::{Agreement, Entry, Row, series};
pub use origins::{Origin, independent};
pub use parties::Party;
pub use propositions::{Match, Proposition};
pub use stories::Story;

use crate::document::{Claim, Document};

/// What the corpus says as a whole. Indices point into the documents and claims it was made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// Pairs of documents that share text.
    pub copies: Vec<Copy>,
    /// Groups of documents about the same event.
    pub stories: Vec<Story>,
    /// Independent roots of claims.
    pub origins: Vec<Origin>,
    /// Claims that say the same.
    pub propositions: Vec<Proposition>,
    /// The ledger of figures, by row and then by date.
    pub ledger: Vec<Entry>,
    /// The rows of the ledger: which of its figures may be compared.
    pub rows: Vec<Row>,
    /// What a reader should know, the gravest first.
    pub findings: Vec<Finding>,
    /// Everybody who says something, under one name, with every spelling.
    pub parties: Vec<Party>,
}

/// Thresholds of a reconciliation.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Containment from which two documents share text, in [0, 1].
    pub containment: f64,
    /// Words of an unbroken shared passage from which it counts though little else is shared.
    pub passage: usize,
    /// Unrelated documents that carry a passage from which it is stock, and makes no copy.
    pub stock: usize,
    /// Similarity from which two documents tell the same story, in [0, 1].
    pub story_similarity: f64,
    /// Days between two documents in which half of what fades of their similarity has faded.
    pub story_half_life: f64,
    /// Similarity from which two claims of a story say the same, in [0, 1].
    pub proposition_similarity: f64,
    /// Play given to either side of a hedged figure ("about 1,000"), as a share of it.
    pub tolerance: f64,
    /// Days by which two as-of times may differ and yet be one: 0 for the same day. Counts move from day to day.
    pub same_time: i32,
    /// Days from which a stated date lies off its story.
    pub date_distance: i32,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            containment: 0.5,
            passage: 40,
            stock: 6,
            story_similarity: 0.21,
            story_half_life: 30.0,
            proposition_similarity: 0.6,
            tolerance: 0.1,
            same_time: 0,
            date_distance: 180,
        }
    }
}

/// Pairs of documents that share text, in order of the earlier and then of the later one.
#[must_use]
pub fn copies(documents: &[Document], options: &Options) -> Vec<Copy> {
    copies::copies(documents, options)
}

/// Reconciles the claims of a corpus. `claims` are those of all documents, resolved.
///
/// Depends on nothing but its arguments: the same claims in the same order give the same result.
#[must_use]
pub fn reconcile(documents: &[Document], claims: &[Claim], options: &Options) -> Reconciliation {
    let copies = copies::copies(documents, options);
    let stories = stories::stories(documents, &copies, options);
    let (origins, origin_of) = origins::origins(documents, claims, &copies);
    let propositions = propositions::propositions(documents, claims, &stories.of, &origin_of, options);
    let (ledger, rows) = ledger::ledger(documents, claims, &origin_of, &stories.of, options);
    let findings = findings::findings(&findings::Evidence {
        documents,
        claims,
        copies: &copies,
        sharing: findings::sharing(&copies),
        stories: &stories,
        origins: &origins,
        origin_of: &origin_of,
        propositions: &propositions,
        ledger: &ledger,
        replies: &stance::replies(documents, claims),
        rows: &rows,
        options,
    });
    let parties = parties::parties(documents, claims);
    Reconciliation {
        copies,
        stories: stories.stories,
        origins,
        propositions: propositions.list,
        ledger,
        rows,
        findings,
        parties,
    }
}

#[cfg(test)]
pub(crate) mod tests;
