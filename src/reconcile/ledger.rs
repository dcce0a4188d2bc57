//! The ledger: every figure, under what it counts, whose, what happens to it, and where.
//!
//! Figures are compared only under one key. "Soldiers", "troops" and "personnel" are one class
//! ([`counted::class`]), so are "sent", "deployed" and "arrived" (`lexicon/predicates.tsv`); a place stands
//! for its country. A figure that several nested claims contain is entered once, for the innermost: whoever is
//! nearest to the figure vouches for it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Reconciliation;
use super::terms::words;
use crate::document::{Act, Change, Claim, Document, Granularity, Kind, Quantity, Relation, Time, TimeKind};
use crate::extract::place::country_code;
use crate::extract::quantity::{counted, unit};
use crate::language::gazetteer::{self, Sense};
use crate::resolve::tables::{rows, singular};
use crate::span::Span;

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

static PREDICATES: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(include_str!("../../lexicon/predicates.tsv")).map(|r| (r[0], r[1])).collect());

/// The class of a counted noun: "soldier" for troops and personnel; the noun itself if it has none.
#[must_use]
pub(super) fn counted_class(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let known = |w: &str| counted::class(w).map(str::to_owned);
    let single = singular(&lower);
    let last = lower.rsplit(' ').next().unwrap_or(&lower).to_owned();
    known(&lower)
        .or_else(|| known(&single))
        .or_else(|| known(&last))
        .or_else(|| known(&singular(&last)))
        .unwrap_or(single)
}

/// The class of a predicate: "sent" for deploy and dispatch; the lemma itself if it has none.
#[must_use]
pub(super) fn predicate_class(lemma: &str) -> String {
    let lower = lemma.to_lowercase();
    PREDICATES.get(lower.as_str()).map_or(lower, |c| (*c).to_owned())
}

/// A figure named as possible is no surer than "could" in its own clause, however firm the claim around it
/// (`lexicon/hedges.tsv`).
const POSSIBLE: f32 = 0.7;

/// Class of the predicates that move the number and not what is counted ("could rise to 12,000").
const NUMBER: &str = "number";

/// The country a place lies in, if known; otherwise the place.
pub(super) fn broad(place: &str) -> &str {
    if let Some((country, _)) = gazetteer::lookup(place) {
        return country.name;
    }
    match country_code(place).and_then(gazetteer::by_code) {
        Some(country) => country.name,
        None => place,
    }
}

/// The entries, by key, then by when said, then by document and place in it.
pub(super) fn ledger(documents: &[Document], claims: &[Claim], origin_of: &[u32]) -> Vec<Entry> {
    // The innermost claim for each figure: the one whose content is smallest.
    let mut innermost: BTreeMap<(u32, Span), (usize, usize, usize)> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let size: usize = claim.content_spans.iter().map(|s| s.len()).sum::<usize>() * 2
            + usize::from(claim.kind == Kind::Narrated);
        for (q, quantity) in claim.quantities.iter().enumerate() {
            let best = innermost.entry((claim.document, quantity.span)).or_insert((size, i, q));
            if (size, i) < (best.0, best.1) {
                *best = (size, i, q);
            }
        }
    }
    let mut out: Vec<Entry> =
        innermost.into_values().filter_map(|(_, i, q)| entry(documents, claims, origin_of, i, q)).collect();
    out.sort_by(|a, b| order(a).cmp(&order(b)));
    out
}

type Order<'e> =
    (&'e str, &'e Option<String>, &'e Option<String>, Option<&'e str>, bool, Option<Date>, u32, Span);

fn order(e: &Entry) -> Order<'_> {
    let place = e.place.as_deref().map(broad);
    (&e.counted, &e.whose, &e.predicate, place, e.said_on.is_none(), e.said_on, e.document, e.span)
}

fn entry(documents: &[Document], claims: &[Claim], origin_of: &[u32], i: usize, q: usize) -> Option<Entry> {
    let claim = &claims[i];
    let quantity = &claim.quantities[q];
    let document = &documents[claim.document as usize];
    let is_money = quantity.unit.len() == 3 && quantity.unit.bytes().all(|b| b.is_ascii_uppercase());
    let mut counted = match &quantity.counted {
        Some(c) => counted_class(&c.lemma),
        None if is_money => "money".to_owned(),
        // a distance, a weight, a share: the kind of measure stands for what is counted
        None => unit::kind(&quantity.unit)?.to_owned(),
    };
    let mut predicate = quantity.frame.predicate.as_deref().map(predicate_class).filter(|p| p != NUMBER);
    // "A death toll of 50" and "50 people were killed" say one thing.
    for (noun, said) in [("death", "killed"), ("injury", "wounded")] {
        if counted == noun {
            counted = "person".to_owned();
            predicate = Some(said.to_owned());
        }
    }
    let whose = quantity.counted.as_ref().and_then(|c| c.whose.clone());
    let said_on = document.published();
    let hypothetical =
        quantity.frame.hypothetical || matches!(claim.act, Act::Predict | Act::Hope | Act::Demand);
    let mut chain: Vec<&str> = claim.via.iter().map(|v| v.name.as_str()).collect();
    chain.extend(claim.source.iter().map(|s| s.name.as_str()));
    Some(Entry {
        claim: i as u32,
        quantity: q as u32,
        document: claim.document,
        span: quantity.span,
        whose: whose.or_else(|| whose_nearby(document, quantity, &counted)),
        counted,
        predicate,
        place: quantity.frame.place.clone(),
        as_of: as_of(document, claim, quantity).or_else(|| {
            let start = said_on?.at(0, 0, 0, 0);
            Some((start, start.checked_add(1.day()).ok()?))
        }),
        said_on,
        low: quantity.low,
        high: quantity.high,
        value: quantity.value,
        relation: quantity.relation,
        approximate: quantity.approximate,
        unit: quantity.unit.clone(),
        change: quantity.change,
        source: claim.source.as_ref().map(|s| s.name.clone()),
        chain: chain.join(" > "),
        origin: origin_of[i],
        certainty: certainty(claim, quantity, hypothetical),
        hypothetical,
    })
}

/// How certain the figure is: no more than its claim and than its own predicate ("did not send 3,000 soldiers").
fn certainty(claim: &Claim, quantity: &Quantity, hypothetical: bool) -> f32 {
    let (stated, own) = (claim.certainty.value, quantity.frame.certainty);
    let least = stated.abs().min(own.abs());
    let least = if hypothetical { least.min(POSSIBLE) } else { least };
    if stated < 0.0 || own < 0.0 { -least } else { least }
}

/// Whose, when the noun phrase itself does not say: the owner of the same sort of thing named before it in the
/// sentence ("a redeployment of North Korean troops, with estimates that 1,000 soldiers were sent").
fn whose_nearby(document: &Document, quantity: &Quantity, of: &str) -> Option<String> {
    let at = quantity.span.start();
    let s = document.sentences.partition_point(|s| s.span.end() <= at);
    let sentence = document.sentences.get(s).filter(|s| s.span.start() <= at)?;
    let text = &document.text;
    let spans: Vec<Span> = words(text, Span::new(sentence.span.start(), at)).take(200).collect();
    let mut owner = None;
    for (k, noun) in spans.iter().enumerate() {
        let word = noun.of(text).to_lowercase();
        let class = counted::class(&word).or_else(|| counted::class(&singular(&word)));
        if class.is_none_or(|c| c != of) {
            continue;
        }
        let found = (1..=4.min(k)).rev().find_map(|n| {
            let phrase = Span::new(spans[k - n].start(), spans[k - 1].end());
            let phrase = phrase.of(text).trim_end_matches("'s").trim_end_matches("’s");
            gazetteer::lookup(phrase).filter(|(_, sense)| matches!(sense, Sense::Adjective | Sense::Name))
        });
        if let Some((country, _)) = found {
            owner = Some(country.name.to_owned());
        }
    }
    owner
}

/// The time of the figure's predicate; else the one nearest to the figure in its sentence, if it is no longer than a
/// quarter.
fn as_of(document: &Document, claim: &Claim, quantity: &Quantity) -> Option<(DateTime, DateTime)> {
    if let Some(stated) = &quantity.frame.as_of
        && let (Some(start), Some(end)) = (stated.start, stated.end)
    {
        return Some((start, end));
    }
    let at = quantity.span;
    let s = document.sentences.partition_point(|s| s.span.end() <= at.start());
    let sentence = document.sentences.get(s)?.span;
    let distance = |t: &Time| {
        let before = at.start().saturating_sub(t.span.end());
        before.max(t.span.start().saturating_sub(at.end()))
    };
    let fits = |t: &&Time| {
        matches!(t.kind, TimeKind::Date | TimeKind::Time)
            && t.granularity <= Granularity::Quarter
            && sentence.contains(t.span)
    };
    let nearest = claim.times.iter().filter(fits).min_by_key(|t| (distance(t), t.span))?;
    Some((nearest.start?, nearest.end?))
}

impl Reconciliation {
    /// The ledger's entries for what is counted, whose, and where; each may be left open.
    ///
    /// `counted` may be any word of a class ("soldiers", "troops"); `of` and `place` may be a name, an adjective, a
    /// capital or an ISO code. A place inside the country asked for is found too.
    #[must_use]
    pub fn ledger_for(&self, counted: Option<&str>, of: Option<&str>, place: Option<&str>) -> Vec<&Entry> {
        let counted = counted.map(counted_class);
        let of = of.map(country_or_name);
        let place = place.map(country_or_name);
        self.ledger
            .iter()
            .filter(|e| counted.as_ref().is_none_or(|c| e.counted == *c))
            .filter(|e| of.as_ref().is_none_or(|o| e.whose.as_deref().is_some_and(|w| same_party(w, o))))
            .filter(|e| place.as_ref().is_none_or(|p| e.place.as_deref().is_some_and(|at| same_party(at, p))))
            .collect()
    }
}

fn same_party(stated: &str, asked: &str) -> bool {
    stated.eq_ignore_ascii_case(asked) || broad(stated).eq_ignore_ascii_case(asked)
}

/// "KP", "North Korean", "Pyongyang" and "north korea" are all North Korea.
fn country_or_name(asked: &str) -> String {
    let asked = asked.trim();
    if let Some(country) = gazetteer::by_code(&asked.to_uppercase()) {
        return country.name.to_owned();
    }
    let titled: String = asked
        .split(' ')
        .map(|w| w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ");
    let found = gazetteer::lookup(asked).or_else(|| gazetteer::lookup(&titled));
    found.map_or_else(|| asked.to_owned(), |(country, _)| country.name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let mut seen = std::collections::BTreeSet::new();
        for row in rows(include_str!("../../lexicon/predicates.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(seen.insert(row[0]), "{row:?} twice");
        }
    }

    #[test]
    fn classes() {
        for noun in ["soldiers", "troops", "Soldier", "personnel", "special troops"] {
            assert_eq!(counted_class(noun), "soldier", "{noun}");
        }
        assert_eq!(counted_class("bicycles"), "bicycle");
        assert_eq!(predicate_class("deploy"), "sent");
        assert_eq!(predicate_class("kill"), "killed");
        assert_ne!(predicate_class("deploy"), predicate_class("kill"));
        assert_eq!(broad("Kursk"), "Russia");
        assert_eq!(country_or_name("kp"), "North Korea");
        assert_eq!(country_or_name("north korean"), "North Korea");
        assert_eq!(country_or_name("Atlantis"), "Atlantis");
    }
}
