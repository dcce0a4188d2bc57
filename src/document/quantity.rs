//! Figures, as intervals with what they count.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Polarity;
use crate::span::Span;

/// A figure: an interval, what it counts, and how it is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The figure with its bound and unit words ("at least 3,000", "7,300 kilometers"), without the counted noun.
    pub span: Span,
    /// Lower end, closed; `None` if open ("as many as 12,000").
    pub low: Option<f64>,
    /// Upper end, closed; `None` if open ("at least 3,000").
    pub high: Option<f64>,
    /// The number stated, if it is one.
    pub value: Option<f64>,
    /// How figure and fact relate.
    pub relation: Relation,
    /// Hedged ("around", "some") or vague ("dozens").
    pub approximate: bool,
    /// `count`, `%`, an ISO 4217 code (`USD`) or a UCUM code (`km`).
    pub unit: String,
    /// The interval in the base unit of its kind ("7,300 kilometers": 7,300,000 m), if the unit has one.
    pub base: Option<Base>,
    /// What is counted.
    pub counted: Option<Counted>,
    /// The whole of which this is a part ("around 1,000 of the country's 11,000 troops").
    pub partitive: Option<Partitive>,
    /// Whether it is a change rather than a level.
    pub change: Option<Change>,
    /// The predication it stands in.
    pub frame: Frame,
}

/// A figure in a base unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// UCUM code of the unit.
    pub unit: String,
    /// Lower end, closed.
    pub low: Option<f64>,
    /// Upper end, closed.
    pub high: Option<f64>,
}

/// How a figure relates to the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// Exactly.
    Equal,
    /// About.
    About,
    /// At least.
    AtLeast,
    /// At most, up to, as many as.
    AtMost,
    /// More than.
    More,
    /// Less than.
    Less,
    /// Between two stated ends.
    Range,
}

impl Relation {
    /// The sign used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Equal => "=",
            Relation::About => "~",
            Relation::AtLeast => ">=",
            Relation::AtMost => "<=",
            Relation::More => ">",
            Relation::Less => "<",
            Relation::Range => "range",
        }
    }
}

/// The counted noun phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// "North Korean soldiers" in "1,500 North Korean soldiers".
    pub span: Span,
    /// Lemma of its head ("soldier").
    pub lemma: String,
    /// Whose: possessor or nationality, as a canonical name ("North Korea"), if stated or clear.
    pub whose: Option<String>,
}

/// The whole of a partitive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partitive {
    /// Where the whole is stated ("11,000").
    pub span: Span,
    /// Its number, if one is stated.
    pub value: Option<f64>,
}

/// A figure as a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Change {
    /// On top of what there was ("1,000 additional", "another 1,000").
    Additional,
    /// By how much it rose.
    Up,
    /// By how much it fell.
    Down,
    /// The level it rose to ("rose to 12,000").
    RoseTo,
    /// The level it fell to ("fell to 800").
    FellTo,
}

impl Change {
    /// Whether the figure is a level that was reached by it, and not the change itself.
    #[must_use]
    pub fn is_level(self) -> bool {
        matches!(self, Change::RoseTo | Change::FellTo)
    }

    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Change::Additional => "additional",
            Change::Up => "up",
            Change::Down => "down",
            Change::RoseTo => "rose_to",
            Change::FellTo => "fell_to",
        }
    }
}

/// The predication that a figure stands in: what happens to what is counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Lemma of the governing predicate ("send", "kill", "deploy"), if found.
    pub predicate: Option<String>,
    /// Where that predicate stands.
    pub predicate_span: Option<Span>,
    /// Who does it or has it: the subject of the predicate, unless that is what is counted; a country by its canonical
    /// name ("North Korea"), anybody else as written.
    pub subject: Option<String>,
    /// Where it happens or leads to: canonical name of a place in the same clause ("Russia").
    pub place: Option<String>,
    /// As of when, if the sentence says so.
    pub as_of: Option<AsOf>,
    /// Whether the predication is affirmed or negated.
    pub polarity: Polarity,
    /// How certain the predication is made, in [-3, 3]: 3 certain that it is so, 0 open, -3 certain that it is not.
    pub certainty: f32,
    /// Whether the predication is hypothetical or future ("could be deployed", "expected to").
    pub hypothetical: bool,
}

/// The time that a figure is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// The time expression.
    pub span: Span,
    /// Start of its interval, closed.
    pub start: Option<DateTime>,
    /// End of its interval, open.
    pub end: Option<DateTime>,
}

impl Default for Frame {
    /// No predicate: nothing softens the figure.
    fn default() -> Self {
        Frame {
            predicate: None,
            predicate_span: None,
            subject: None,
            place: None,
            as_of: None,
            polarity: Polarity::Positive,
            certainty: 3.0,
            hypothetical: false,
        }
    }
}
