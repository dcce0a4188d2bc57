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
mod similarity;
mod stories;
mod terms;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::document::{Change, Claim, Document, Relation, SourceType};
use crate::span::Span;

/// What the corpus says as a whole. Indices point into the documents and claims it was made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// Pairs of documents that share text.
    pub copies: Vec<Copy>,
    /// Groups of documents about the same event.
    pub stories: Vec<Story>,
    /// Independent roots of claims.
    pub origins: Vec<Origin>,
    /// The ledger of figures, by key and then by date.
    pub ledger: Vec<Entry>,
    /// What a reader should know, the gravest first.
    pub findings: Vec<Finding>,
    /// Everybody who says something, under one name, with every spelling.
    pub parties: Vec<Party>,
}

/// Thresholds; the defaults are documented where they are used.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Containment from which two documents share text.
    pub containment: f64,
    /// Similarity from which two documents tell the same story.
    pub story_similarity: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options { containment: 0.5, story_similarity: 0.2 }
    }
}

/// Two documents that share text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The likely earlier one: by date, then the longer.
    pub earlier: u32,
    /// The other.
    pub later: u32,
    /// How they relate.
    pub relation: CopyRelation,
    /// Share of the earlier one's 5-shingles that stand in the later one.
    pub earlier_in_later: f64,
    /// Share of the later one's 5-shingles that stand in the earlier one.
    pub later_in_earlier: f64,
    /// Shared passages: span in the earlier, span in the later.
    pub passages: Vec<(Span, Span)>,
}

/// How two documents share text, seen from the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CopyRelation {
    /// The same text.
    Copy,
    /// The later one is the earlier one, shortened.
    Cut,
    /// The later one is the earlier one with more.
    Extended,
    /// The later one holds the earlier one among other matter.
    Contains,
    /// They share a passage.
    SharesPassage,
}

impl CopyRelation {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            CopyRelation::Copy => "copy",
            CopyRelation::Cut => "cut",
            CopyRelation::Extended => "extended",
            CopyRelation::Contains => "contains",
            CopyRelation::SharesPassage => "shares_passage",
        }
    }
}

/// Documents about the same event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The documents, in order.
    pub documents: Vec<u32>,
    /// Its most telling terms.
    pub label: Vec<String>,
    /// First and last publication date of its documents, where known.
    pub dates: Option<(Date, Date)>,
}

/// The independent root of claims: copies fold together, chains fold to their last link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Name of the party that vouches.
    pub name: String,
    /// What sort of party.
    pub source_type: SourceType,
    /// Its claims.
    pub claims: Vec<u32>,
    /// Documents in which it is heard.
    pub documents: Vec<u32>,
    /// Why other accounts were folded into it, one sentence each.
    pub folded: Vec<String>,
}

/// One figure in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The claim that gives it.
    pub claim: u32,
    /// Which of the claim's quantities it is.
    pub quantity: u32,
    /// The document.
    pub document: u32,
    /// Where the figure stands.
    pub span: Span,
    /// What is counted, as a class ("soldier" for troops, soldiers, personnel).
    pub counted: String,
    /// Whose ("North Korea").
    pub whose: Option<String>,
    /// What happens to it, as a class ("sent", "killed").
    pub predicate: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When it holds.
    pub as_of: Option<(DateTime, DateTime)>,
    /// When it was said: the document's date.
    pub said_on: Option<Date>,
    /// Lower end, closed.
    pub low: Option<f64>,
    /// Upper end, closed.
    pub high: Option<f64>,
    /// The number stated.
    pub value: Option<f64>,
    /// How figure and fact relate.
    pub relation: Relation,
    /// Hedged or vague.
    pub approximate: bool,
    /// Unit.
    pub unit: String,
    /// Whether it is a change.
    pub change: Option<Change>,
    /// Whether it is a forecast or possibility and not a count.
    pub hypothetical: bool,
    /// Who vouches.
    pub source: Option<String>,
    /// The chain in words, outermost first ("reuters > Yonhap > National Intelligence Service").
    pub chain: String,
    /// Index into `origins`.
    pub origin: u32,
    /// Certainty of the claim, in [-3, 3].
    pub certainty: f32,
}

/// Something a reader should know, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What sort.
    pub kind: FindingKind,
    /// 3 changes how the corpus is to be read, 2 deserves a look, 1 is for the record.
    pub severity: u8,
    /// One plain sentence.
    pub message: String,
    /// The documents concerned.
    pub documents: Vec<u32>,
    /// The claims concerned.
    pub claims: Vec<u32>,
    /// The passages that show it: document and span.
    pub evidence: Vec<(u32, Span)>,
}

/// Sorts of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FindingKind {
    /// A date that cannot be right, given the corpus.
    DateAnomaly,
    /// Disjoint figures for the same thing at the same time, or opposite polarity.
    Contradicted,
    /// A denial, or a refusal to confirm.
    Denied,
    /// Documents that are one account.
    Copied,
    /// A later figure for the same thing.
    Updated,
    /// The same origin gives another figure.
    Restated,
    /// Two or more independent origins agree.
    Corroborated,
}

impl FindingKind {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FindingKind::DateAnomaly => "date_anomaly",
            FindingKind::Contradicted => "contradicted",
            FindingKind::Denied => "denied",
            FindingKind::Copied => "copied",
            FindingKind::Updated => "updated",
            FindingKind::Restated => "restated",
            FindingKind::Corroborated => "corroborated",
        }
    }
}

/// A party that says something somewhere in the corpus, with every way it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Canonical name.
    pub name: String,
    /// What sort of party.
    pub source_type: SourceType,
    /// Function or title.
    pub role: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Its claims.
    pub claims: Vec<u32>,
    /// Each spelling of its name, and the documents that use it.
    pub spellings: Vec<(String, Vec<u32>)>,
}

/// Reconciles the claims of a corpus. `claims` are those of all documents, resolved.
///
/// Depends on nothing but its arguments: the same claims in the same order give the same result.
#[must_use]
pub fn reconcile(documents: &[Document], claims: &[Claim], options: &Options) -> Reconciliation {
    let copies = copies::copies(documents, options.containment);
    let stories = stories::stories(documents, &copies, options.story_similarity);
    let (origins, origin_of) = origins::origins(documents, claims, &copies);
    let ledger = ledger::ledger(documents, claims, &origin_of);
    let findings = findings::findings(&findings::Evidence {
        documents,
        claims,
        copies: &copies,
        stories: &stories,
        origins: &origins,
        origin_of: &origin_of,
        ledger: &ledger,
    });
    let parties = parties::parties(documents, claims);
    Reconciliation { copies, stories: stories.stories, origins, ledger, findings, parties }
}

#[cfg(test)]
pub(crate) mod tests;
