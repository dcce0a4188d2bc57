//! One figure as an entry: what it is of, when it holds, who vouches.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::super::terms::words;
use super::classes::{self, Surroundings, counted_class};
use super::places::{self, Known, Where};
use super::rows;
use crate::document::{
    Act, Base, Change, Claim, Document, Granularity, Polarity, Quantity, Relation, Time, TimeKind,
};
use crate::extract::quantity::counted;
use crate::language::gazetteer::{self, Sense};
use crate::resolve::tables::singular;
use crate::span::Span;

/// One figure in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The claim that gives it.
    pub claim: u32,
    /// Which of the claim's quantities it is.
    pub quantity: u32,
    /// The row it stands in: index into the rows. Entries of one row may be compared, others may not.
    pub row: u32,
    /// The document.
    pub document: u32,
    /// Where the figure stands.
    pub span: Span,
    /// What is counted, as a class ("soldier" for troops, soldiers, personnel); of a measure, what it is of ("speed of gusts").
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
    /// The interval in the base unit, if the unit has one: what is compared.
    pub base: Option<Base>,
    /// Whether it is a change.
    pub change: Option<Change>,
    /// Whether it is a part of another figure of its sentence, under the same key ("65 of the 85 homes destroyed").
    pub part: bool,
    /// Whether it is a forecast or possibility and not a count.
    pub hypothetical: bool,
    /// Whether it is given as so. `false` for a figure quoted to be denied, declined or asked about.
    pub put_forward: bool,
    /// Who vouches.
    pub source: Option<String>,
    /// The chain in words, outermost first ("reuters > Yonhap > National Intelligence Service").
    pub chain: String,
    /// Index into `origins`.
    pub origin: u32,
    /// Certainty of the claim, in [-3, 3].
    pub certainty: f32,
}

impl Entry {
    /// The unit that it is compared in.
    #[must_use]
    pub fn measured_in(&self) -> &str {
        self.base.as_ref().map_or(&self.unit, |b| &b.unit)
    }

    /// The interval in the unit that it is compared in, open ends as infinities.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let (low, high) = self.base.as_ref().map_or((self.low, self.high), |b| (b.low, b.high));
        (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))
    }

    /// The interval, with some play on either side: `tolerance` if the figure is hedged, up to half of it if it is rounded.
    #[must_use]
    pub fn widened(&self, tolerance: f64) -> (f64, f64) {
        let (low, high) = self.interval();
        let play = if self.approximate || self.relation == Relation::About { tolerance } else { 0.0 };
        // An open end stays open.
        let part = |x: f64| {
            if x.is_finite() { x.abs() * play.max(self.rounding().min(tolerance / 2.0)) } else { 0.0 }
        };
        (low - part(low), high + part(high))
    }

    /// By what share of it a number may be rounded: "9,600" may be 9,614, "six inches" may be 15 cm. Nobody rounds counts below a
    /// thousand.
    fn rounding(&self) -> f64 {
        let Some(value) = self.value.map(f64::abs).filter(|v| *v > 0.0 && v.is_finite()) else { return 0.0 };
        let mut last = match &self.base {
            Some(_) if value.fract() == 0.0 => 1.0,
            Some(_) => 0.1,
            None if value >= 1000.0 && value % 100.0 == 0.0 => 100.0,
            None => return 0.0,
        };
        while last >= 1.0 && value % (last * 10.0) == 0.0 {
            last *= 10.0;
        }
        last / 2.0 / value
    }

    /// Whether it counts or measures what is so: put forward, no forecast, no change, no part.
    #[must_use]
    pub fn is_level(&self) -> bool {
        self.put_forward
            && !self.hypothetical
            && !self.part
            && self.change.is_none_or(Change::is_level)
            && (self.low.is_some() || self.high.is_some())
    }
}

/// A figure named as possible is no surer than "could" in its own clause, however firm the claim around it
/// (`lexicon/hedges.tsv`).
const POSSIBLE: f32 = 0.7;

/// The entry of quantity `q` of claim `i`, and where it lies. `None` for a bare number.
pub(super) fn entry(
    documents: &[Document],
    claims: &[Claim],
    origin_of: &[u32],
    known: &Known<'_>,
    i: usize,
    q: usize,
) -> Option<(Entry, Where)> {
    let claim = &claims[i];
    let quantity = &claim.quantities[q];
    let document = &documents[claim.document as usize];
    let around = Surroundings::new(document, quantity.span);
    let said = said(document, beside(claim, q), quantity, &around)?;
    let whose = quantity.counted.as_ref().and_then(|c| c.whose.clone());
    let whose = whose.or_else(|| whose_nearby(document, quantity, &said.counted));
    let sent = said.predicate.as_deref() == Some(rows::SENT);
    let (place, whose) = places::place_and_owner(known, document, claim, quantity, whose, sent);
    let said_on = document.published();
    // "told to leave" and "ordered to leave" are no forecasts: it is of that order that the figure is.
    let ordered = said.phrase.filter(|p| p.of(&document.text).contains(" to "));
    let possible = match ordered {
        Some(phrase) => around.is_modal_before(phrase.start()),
        None => quantity.frame.hypothetical || around.is_modal_before(quantity.span.start()),
    };
    let demanded = claim.act == Act::Demand && ordered.is_none();
    let hypothetical = possible || demanded || matches!(claim.act, Act::Predict | Act::Hope);
    let put_forward = claim.polarity == Polarity::Positive
        && !matches!(claim.act, Act::Deny | Act::Decline | Act::Disagree | Act::Ask);
    let mut chain: Vec<&str> = claim.via.iter().map(|v| v.name.as_str()).collect();
    chain.extend(claim.source.iter().map(|s| s.name.as_str()));
    let entry = Entry {
        claim: i as u32,
        quantity: q as u32,
        row: 0,
        document: claim.document,
        span: quantity.span,
        whose,
        counted: said.counted,
        predicate: said.predicate,
        place: place.name.clone(),
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
        base: quantity.base.clone(),
        change: quantity
            .change
            .filter(|_| quantity.unit == "count" || !around.is_above_a_level(quantity.span)),
        part: said.part,
        put_forward,
        source: claim.source.as_ref().map(|s| s.name.clone()),
        chain: chain.join(" > "),
        origin: origin_of[i],
        certainty: certainty(claim, quantity, hypothetical),
        hypothetical,
    };
    Some((entry, place))
}

/// What a figure is of.
struct What {
    counted: String,
    predicate: Option<String>,
    part: bool,
    /// The words that say the predicate, if it is not the governing verb.
    phrase: Option<Span>,
}

/// The figures around figure `q` of a claim: parts and wholes stand close together.
fn beside(claim: &Claim, q: usize) -> &[Quantity] {
    const EACH_WAY: usize = 8;
    &claim.quantities[q.saturating_sub(EACH_WAY)..claim.quantities.len().min(q + EACH_WAY + 1)]
}

fn said(document: &Document, near: &[Quantity], quantity: &Quantity, around: &Surroundings) -> Option<What> {
    let noun = quantity.counted.as_ref().map(|c| c.lemma.to_lowercase());
    if quantity.unit != "count" {
        let kind = classes::kind_of(&quantity.unit);
        if let Some(measure) =
            kind.and_then(|kind| classes::measure(around, noun.as_deref(), quantity.span, kind))
        {
            return Some(What { counted: measure.to_owned(), predicate: None, part: false, phrase: None });
        }
    }
    let is_name = |lemma: &str| quantity.unit != "count" && !lemma.starts_with(|c: char| c.is_lowercase());
    // A noun of another sentence says less than "without power" beside the figure.
    let beside = |span: Span| around.holds(span);
    let mut counted = match &quantity.counted {
        // "The Ridge Fire is 200 acres": its area, whatever its name.
        Some(c) if !is_name(&c.lemma) && (beside(c.span) || quantity.unit != "count") => {
            class_of(document, c.span, &c.lemma)
        }
        _ if quantity.unit == "count" => {
            let nearby = classes::counted_nearby(around, quantity.span, quantity.frame.predicate.as_deref());
            let earlier = quantity.counted.as_ref().map(|c| class_of(document, c.span, &c.lemma));
            nearby.map(str::to_owned).or(earlier)?
        }
        _ if classes::kind_of(&quantity.unit) == Some("currency") => "money".to_owned(),
        // a distance, a weight, a share: the kind of measure stands for what is counted
        _ => classes::kind_of(&quantity.unit)?.to_owned(),
    };
    let whole = whole_of(near, quantity);
    let frame = &quantity.frame;
    // What is said of a part is not said of the whole: "4 of the 30 soldiers died".
    let is_whole = near.iter().any(|part| {
        part.span != quantity.span
            && part.partitive.as_ref().is_some_and(|p| quantity.span.overlaps(p.span))
            && part.frame.predicate_span == frame.predicate_span
    });
    let found = if is_whole {
        classes::Predication::default()
    } else {
        let lemma = frame.predicate.as_deref();
        classes::predication(around, &counted, quantity.span, lemma, frame.predicate_span)
    };
    let mut predicate = found.class;
    if let Some((of, said)) = classes::saying(&counted) {
        (counted, predicate) = (of.to_owned(), Some(said.to_owned()));
    } else if let Some(counts) = found.counts {
        counted = counts.to_owned();
    }
    let mut part = is_of_them(document, quantity);
    if let Some(whole) = whole {
        let of = &whole.frame;
        let same = of.predicate_span.is_some() && of.predicate_span != frame.predicate_span;
        let said = same.then(|| {
            classes::predication(around, &counted, whole.span, of.predicate.as_deref(), of.predicate_span)
        });
        part |= said.is_some_and(|w| w.class == predicate || predicate.is_none());
    }
    Some(What { counted, predicate, part, phrase: found.phrase })
}

/// The class of a counted noun, by its last words or its lemma.
fn class_of(document: &Document, span: Span, lemma: &str) -> String {
    let written = span.of(&document.text).to_lowercase();
    let mut from_end = written.rmatch_indices(' ');
    let two = from_end.nth(1).map_or(written.as_str(), |(i, _)| &written[i + 1..]);
    counted::class(two)
        .or_else(|| counted::class(&singular(two)))
        .map_or_else(|| counted_class(lemma), str::to_owned)
}

/// The figure that this one is a part of.
fn whole_of<'c>(near: &'c [Quantity], quantity: &Quantity) -> Option<&'c Quantity> {
    let whole = quantity.partitive.as_ref()?;
    near.iter().find(|w| w.span.overlaps(whole.span))
}

/// "three of them", "two of whom": a part of what was just counted.
fn is_of_them(document: &Document, quantity: &Quantity) -> bool {
    let behind = &document.text[quantity.span.end()..];
    let mut next = behind.split_whitespace().take(2);
    next.next() == Some("of")
        && next.next().is_some_and(|w| {
            matches!(
                w.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str(),
                "them" | "whom" | "which" | "those"
            )
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
    const EACH_WAY: usize = 24;
    let k = claim.times.partition_point(|t| t.span.start() < at.start());
    let near = &claim.times[k.saturating_sub(EACH_WAY)..claim.times.len().min(k + EACH_WAY)];
    let nearest = near.iter().filter(fits).min_by_key(|t| (distance(t), t.span))?;
    Some((nearest.start?, nearest.end?))
}
