//! A mention as it is compared: its predicate and participants, and what stands around it.

use jiff::civil::DateTime;
use rustc_hash::FxHashMap;

use super::words;
use crate::document::{
    Act, Argument, Place, PlaceKind, PlaceSense, Polarity, Predicate, Quantity, Role, Time, TimeKind,
};
use crate::resolve::fold_words;

/// A participant, as it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    pub(crate) role: Role,
    /// Class of the noun, or its lemma; empty for pronouns.
    pub(crate) noun: String,
    /// Name as it is shown.
    pub(crate) name: Option<String>,
    /// Folded words of the name, sorted.
    pub(super) folded: Vec<String>,
}

impl Participant {
    fn new(argument: &Argument) -> Participant {
        let mut folded = argument.name.as_deref().map(fold_words).unwrap_or_default();
        folded.retain(|w| !matches!(w.as_str(), "the" | "of" | "s"));
        folded.sort_unstable();
        let pronoun = matches!(
            argument.lemma.as_str(),
            "he" | "she"
                | "it"
                | "they"
                | "him"
                | "her"
                | "them"
                | "we"
                | "i"
                | "you"
                | "who"
                | "this"
                | "that"
                | "one"
        );
        let noun = if pronoun { String::new() } else { words::noun_class(&argument.lemma).to_owned() };
        let name = argument.name.clone().filter(|_| !folded.is_empty());
        Participant { role: argument.role, noun, name, folded }
    }

    /// Whether the names can be one: all words of the shorter stand in the longer.
    pub(crate) fn shares_name(&self, other: &Participant) -> bool {
        let (short, long) =
            if self.folded.len() <= other.folded.len() { (self, other) } else { (other, self) };
        !short.folded.is_empty() && short.folded.iter().all(|w| long.folded.contains(w))
    }

    pub(super) fn is(&self, other: &Participant) -> bool {
        self.shares_name(other) || !self.noun.is_empty() && self.noun == other.noun && !self.clashes(other)
    }

    pub(super) fn clashes(&self, other: &Participant) -> bool {
        !self.folded.is_empty() && !other.folded.is_empty() && !self.shares_name(other)
    }
}

/// A figure, as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) unit: String,
    pub(crate) noun: String,
}

impl Figure {
    /// Whether the two measure one thing.
    pub(crate) fn is_comparable(&self, other: &Figure) -> bool {
        self.unit == other.unit && (self.noun == other.noun || self.noun.is_empty() || other.noun.is_empty())
    }

    pub(crate) fn agrees(&self, other: &Figure) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// A place, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(super) country: Option<String>,
    pub(super) is_country: bool,
}

impl Spot {
    /// Whether they are one, or one is the country of the other.
    pub(crate) fn agrees(&self, other: &Spot) -> bool {
        self.name == other.name
            || (self.is_country || other.is_country)
                && self.country.is_some()
                && self.country == other.country
    }
}

/// What is told of around a mention: its sentence, or the claim it stands in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// Ids of its terms, sorted.
    pub(crate) terms: Vec<u32>,
    /// Their length as a vector.
    pub(crate) norm: f64,
    pub(crate) figures: Vec<Figure>,
    pub(crate) places: Vec<Spot>,
    pub(crate) times: Vec<(DateTime, DateTime)>,
}

impl Context {
    /// What is told beside the predicates.
    pub(crate) fn new(quantities: &[&Quantity], times: &[&Time], places: &[&Place]) -> Context {
        let figure = |q: &&Quantity| {
            let (low, high, unit) = match &q.base {
                Some(base) => (base.low, base.high, base.unit.clone()),
                None => (q.low, q.high, q.unit.clone()),
            };
            let noun =
                q.counted.as_ref().map_or_else(String::new, |c| words::noun_class(&c.lemma).to_owned());
            let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
            Figure { low, high, unit, noun }
        };
        let spot = |p: &&Place| Spot {
            name: p.name.clone(),
            country: p.country.clone(),
            is_country: p.kind == PlaceKind::Country,
        };
        let dated = |t: &&Time| matches!(t.kind, TimeKind::Date | TimeKind::Time);
        Context {
            figures: quantities.iter().map(figure).collect(),
            places: places.iter().filter(|p| p.sense == PlaceSense::Location).map(spot).collect(),
            times: times.iter().filter(|t| dated(t)).filter_map(|t| t.start.zip(t.end)).collect(),
            ..Context::default()
        }
    }
}

/// A predicate with its participants and context.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) document: u32,
    pub(crate) story: u32,
    /// Index of its context.
    pub(crate) context: u32,
    pub(crate) lemma: String,
    pub(crate) family: String,
    pub(crate) participants: Vec<Participant>,
    pub(super) negative: bool,
    pub(super) noun: bool,
    pub(super) speech: bool,
    /// Id of its own term, if it is one.
    pub(super) term: Option<u32>,
    /// What it is found under: its family, its rows, its beginning. Sorted.
    pub(super) keys: Vec<u32>,
    /// What it is compared with: what is found under these. Sorted.
    pub(super) sought: Vec<u32>,
    /// How common the word is in English, in [0, 1].
    pub(crate) common: f64,
    /// In how many stories its family is met.
    pub(super) stories: u32,
    /// How its story tells of what its family names.
    pub(super) told: Told,
}

/// How often a story tells of what one family of words names. What nearly every article of a story tells is the event
/// of the story, and mentions of it are one; what one article tells again and again is rather several events.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    /// Share of the documents of the story that tell of it.
    pub(super) share: f64,
    /// Mentions in each document that tells of it, on average.
    pub(super) each: f64,
    /// Mentions in its own document.
    pub(super) own: f64,
}

/// The family of a predicate's word.
pub(super) fn family(predicate: &Predicate) -> &str {
    words::family(predicate.lemma.split(' ').next().unwrap_or_default())
}

impl Mention {
    pub(crate) fn new(document: u32, story: u32, context: u32, predicate: &Predicate) -> Mention {
        let first = predicate.lemma.split(' ').next().unwrap_or_default();
        let family = family(predicate).to_owned();
        let noun = words::is_noun(first);
        Mention {
            document,
            story,
            context,
            family,
            participants: predicate.arguments.iter().map(Participant::new).collect(),
            negative: predicate.polarity == Polarity::Negative,
            noun,
            speech: crate::extract::cues::verb(first).is_some_and(|cue| {
                matches!(cue.act, Act::State | Act::Report | Act::Confirm | Act::Deny | Act::Ask)
            }),
            term: None,
            keys: Vec::new(),
            sought: Vec::new(),
            common: words::commonness(first),
            stories: 1,
            told: Told::default(),
            lemma: predicate.lemma.clone(),
        }
    }

    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(move |p| p.role == role)
    }
}

impl Told {
    /// Counts what the stories tell.
    pub(super) fn count(list: &mut [Mention]) {
        let mut by_family: Vec<(u32, &str, u32)> =
            list.iter().map(|m| (m.story, m.family.as_str(), m.document)).collect();
        by_family.sort_unstable();
        let mut documents: Vec<(u32, u32)> = list.iter().map(|m| (m.story, m.document)).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut told: FxHashMap<(u32, &str, u32), Told> = FxHashMap::default();
        for of_story in by_family.chunk_by(|x, y| x.0 == y.0) {
            let from = documents.partition_point(|d| d.0 < of_story[0].0);
            let all = documents[from..].partition_point(|d| d.0 == of_story[0].0) as f64;
            for of_family in of_story.chunk_by(|x, y| x.1 == y.1) {
                let tells = of_family.chunk_by(|x, y| x.2 == y.2).count() as f64;
                for of_document in of_family.chunk_by(|x, y| x.2 == y.2) {
                    let own = of_document.len() as f64;
                    let each = of_family.len() as f64 / tells;
                    told.insert(of_document[0], Told { share: tells / all, each, own });
                }
            }
        }
        let told: Vec<Told> = list.iter().map(|m| told[&(m.story, m.family.as_str(), m.document)]).collect();
        list.iter_mut().zip(told).for_each(|(m, t)| m.told = t);
    }
}
