//! Claims: who says what, how firmly.

use serde::{Deserialize, Serialize};

use super::{Place, Predicate, Quantity, Time};
use crate::span::Span;

/// One attribution (source, cue, content), or an assertion in the outlet's own voice.
///
/// The three roles follow PDTB, PARC 3.0 and PolNeAR; each may be discontinuous.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Index of the document in its corpus.
    pub document: u32,
    /// Index of the sentence in which the claim's first fragment stands.
    pub sentence: u32,
    /// Direct, mixed, indirect, or narrated.
    pub kind: Kind,
    /// Source as mentioned, in order; empty if the text names none.
    pub source_spans: Vec<Span>,
    /// Cue, in order; empty for narrated claims.
    pub cue_spans: Vec<Span>,
    /// Content, in order; never empty.
    pub content_spans: Vec<Span>,
    /// Who vouches: the last link of the chain. `None` if the text names nobody.
    pub source: Option<Source>,
    /// The links before the source, outermost first; the outlet comes first for every attributed claim.
    pub via: Vec<Source>,
    /// Speech act.
    pub act: Act,
    /// Whether the content is put forward (`+`) or rejected (`-`).
    pub polarity: Polarity,
    /// Commitment to the content.
    pub certainty: Certainty,
    /// Figures in the content.
    pub quantities: Vec<Quantity>,
    /// Times in the content.
    pub times: Vec<Time>,
    /// Places in the content.
    pub places: Vec<Place>,
    /// What the content says happens, and who takes part.
    pub predicates: Vec<Predicate>,
    /// How likely the attribution is right, in [0, 1]: the measured precision of the rule that made it.
    pub confidence: f32,
    /// Name of the rule that made it.
    pub rule: String,
}

impl Claim {
    /// The smallest span that holds source, cue and content.
    #[must_use]
    pub fn span(&self) -> Span {
        let mut all = self.content_spans.iter().chain(&self.source_spans).chain(&self.cue_spans);
        let first = *all.next().unwrap_or(&Span::new(0, 0));
        all.fold(first, |a, b| a.cover(*b))
    }

    /// Gives back the room that its lists took to grow: of one figure and one link they would hold that of four each.
    pub(crate) fn shrink(&mut self) {
        for spans in [&mut self.source_spans, &mut self.cue_spans, &mut self.content_spans] {
            spans.shrink_to_fit();
        }
        for source in self.source.iter_mut().chain(&mut self.via) {
            source.spans.shrink_to_fit();
            source.path.shrink_to_fit();
        }
        for predicate in &mut self.predicates {
            predicate.arguments.shrink_to_fit();
        }
        self.via.shrink_to_fit();
        self.quantities.shrink_to_fit();
        self.times.shrink_to_fit();
        self.places.shrink_to_fit();
        self.predicates.shrink_to_fit();
    }
}

/// How the content is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Wholly in quotation marks.
    Direct,
    /// Partly in quotation marks.
    Mixed,
    /// In the writer's words.
    Indirect,
    /// The outlet's own assertion, attributed to nobody.
    Narrated,
}

impl Kind {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Mixed => "mixed",
            Kind::Indirect => "indirect",
            Kind::Narrated => "narrated",
        }
    }
}

/// A party that says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Canonical name: after resolution, one name for one party across the corpus.
    pub name: String,
    /// What sort of party.
    pub source_type: SourceType,
    /// Function or title, as the corpus states it ("Vice Foreign Minister").
    pub role: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country it belongs to or speaks for, if known.
    pub country: Option<String>,
    /// Where this link is mentioned; empty for the outlet.
    pub spans: Vec<Span>,
    /// How the mention was resolved to the name, step by step, for people.
    pub path: Vec<String>,
}

/// Sorts of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SourceType {
    /// A named person.
    Person,
    /// An organisation that is neither a government nor a medium.
    Organization,
    /// A state, its government or one of its bodies.
    Government,
    /// A newspaper, agency, broadcaster.
    Media,
    /// A document, report, law, video.
    Document,
    /// People kept nameless ("Western officials", "a source").
    Unnamed,
    /// A class of people ("analysts", "experts").
    Collective,
    /// The outlet of the article itself.
    Outlet,
}

impl SourceType {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            SourceType::Person => "person",
            SourceType::Organization => "organization",
            SourceType::Government => "government",
            SourceType::Media => "media",
            SourceType::Document => "document",
            SourceType::Unnamed => "unnamed",
            SourceType::Collective => "collective",
            SourceType::Outlet => "outlet",
        }
    }
}

macro_rules! acts {
    ($($variant:ident $name:literal $doc:literal),* $(,)?) => {
        /// Speech acts, as named in `lexicon/cues.tsv`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Act { $(#[doc = $doc] $variant),* }

        impl Act {
            /// Every act.
            pub const ALL: &'static [Act] = &[$(Act::$variant),*];

            /// The name used in tables and in the lexicon.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Act::$variant => $name),* }
            }
        }
    };
}

acts! {
    State "state" "Say, tell, write, note.",
    Report "report" "Pass on information: report, announce, reveal.",
    Confirm "confirm" "Vouch for what was already claimed.",
    Deny "deny" "Say that it is not so.",
    Decline "decline" "Withhold an answer: no comment, did not confirm.",
    Estimate "estimate" "Put a figure on it.",
    Predict "predict" "Say what will be.",
    Speculate "speculate" "Say what may be, without evidence.",
    Warn "warn" "Say that harm may come.",
    Accuse "accuse" "Say that somebody did wrong.",
    Demand "demand" "Call for, urge, order.",
    Promise "promise" "Bind oneself: vow, pledge.",
    Threaten "threaten" "Announce harm.",
    Condemn "condemn" "Disapprove in public.",
    Praise "praise" "Approve in public, welcome.",
    Propose "propose" "Suggest or offer a course.",
    Ask "ask" "Put a question.",
    Hope "hope" "Wish for.",
    Fear "fear" "Be worried that.",
    Judge "judge" "Hold an opinion: believe, think, consider.",
    Hint "hint" "Say by implication.",
    Agree "agree" "Say that another is right.",
    Disagree "disagree" "Say that another is wrong: dispute, reject.",
}

/// Whether content is put forward or rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Polarity {
    /// Put forward.
    Positive,
    /// Rejected or negated.
    Negative,
}

impl Polarity {
    /// `+` or `-`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Polarity::Positive => "+",
            Polarity::Negative => "-",
        }
    }
}

/// Commitment to the content, on the event-factuality scale of FactBank and UDS: 3 certain that it is so, 0 open,
/// -3 certain that it is not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certainty {
    /// Both shares together, in [-3, 3].
    pub value: f32,
    /// What the cue alone commits to (`said` 2.0, `speculated` 0.6, `denied` -2.0).
    pub cue: f32,
    /// What the content's own words commit to (modals, adverbs, conditionals, negation).
    pub content: f32,
    /// The value in words.
    pub label: CertaintyLabel,
}

/// Certainty in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CertaintyLabel {
    /// |value| >= 2.
    Certain,
    /// 1 <= |value| < 2.
    Probable,
    /// 0 < |value| < 1.
    Possible,
    /// Open: 0.
    Unknown,
}

impl CertaintyLabel {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            CertaintyLabel::Certain => "certain",
            CertaintyLabel::Probable => "probable",
            CertaintyLabel::Possible => "possible",
            CertaintyLabel::Unknown => "unknown",
        }
    }
}
