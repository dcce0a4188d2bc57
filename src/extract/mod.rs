//! Claims from one annotated document.
//!
//! [`claims`] is the whole of it: [`quotation`]s are found first, then [`attribution`]s over them, then figures,
//! times and places; each attribution becomes a [`Claim`] with what lies in its content, and what is left over is
//! the outlet's own assertion ([`narrated`]).

pub mod act;
pub mod attribution;
pub mod certainty;
pub(crate) mod clause;
pub mod cues;
pub mod narrated;
pub mod negation;
pub mod place;
pub(crate) mod predicates;
pub mod quantity;
pub mod quotation;
#[cfg(test)]
pub(crate) mod specimen;
#[cfg(test)]
pub(crate) mod tagged;
pub mod time;

use std::ops::Range;

use crate::document::{Act, Certainty, Claim, Document, Kind, Place, Polarity, Predicate, Quantity, Time};
use crate::language::{self, Annotated};
use crate::span::Span;
use attribution::Attribution;
use jiff::civil::Date;
use quotation::Quotation;

/// What relative times in a document are anchored to, when the document itself states no date.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// Date of the corpus (the median publication date of its documents), if known.
    pub corpus_date: Option<Date>,
}

/// Every claim of the document, in order of their first character. `Claim::document` is left 0; `source` and `via`
/// are filled by [`crate::resolve`].
#[must_use]
pub fn claims(article: &Annotated<'_>, context: Context) -> Vec<Claim> {
    let article = &article.compounded();
    let quotations = quotation::quotations(article);
    let attributions = attribution::attributions(article, &quotations);
    let assertions = narrated::assertions(article, &quotations, &attributions);
    let places = place::places(article);
    let times = time::times(article, context);
    let quantities = quantity::quantities(article, &places, &times);
    let mut figures = Figures { quantities, times, places, predicates: Vec::new() };
    figures.quantities.sort_by_key(|q| q.span);
    figures.times.sort_by_key(|t| t.span);
    figures.places.sort_by_key(|p| p.span);
    let telling: Vec<Span> = figures.quantities.iter().filter(|q| tells(q)).map(|q| q.span).collect();
    let lines = narrated::figure_lines(article, &quotations, &attributions, &assertions, &telling);
    figures.predicates = predicates::predicates(article, &figures.places, &figures.times);
    let mut claims: Vec<Claim> = attributions
        .iter()
        .map(|a| attributed(article, &quotations, a, &figures))
        .chain(assertions.iter().chain(&lines).map(|tokens| narrated(article, tokens, &figures)))
        .collect();
    claims.sort_by_key(|c| (c.span().start(), c.span().end(), c.content_spans[0].start()));
    claims
}

/// Whether a figure says something where no clause does: it counts what news counts, or measures. Prices and times stand in lists
/// of every sort.
fn tells(quantity: &Quantity) -> bool {
    match &quantity.counted {
        Some(counted) if quantity.unit == "count" => quantity::counted::class(&counted.lemma).is_some(),
        _ => !matches!(quantity::unit::kind(&quantity.unit), None | Some("time" | "currency" | "multiple")),
    }
}

/// The figures of a document by themselves, in order.
///
/// ```
/// use reportedly::{extract, parse, read};
/// let document = parse::plain(read::text("a", "Seoul said at least 1,000 additional soldiers had been sent."));
/// let quantities = extract::quantities(&document);
/// assert_eq!((quantities[0].low, quantities[0].high), (Some(1000.0), None));
/// assert_eq!(quantities[0].counted.as_ref().unwrap().lemma, "soldier");
/// ```
#[must_use]
pub fn quantities(document: &Document) -> Vec<Quantity> {
    let article = language::annotate(document).compounded();
    quantity::quantities(&article, &place::places(&article), &time::times(&article, Context::default()))
}

/// The figures of a document without what they count and without frames, in order: much faster, for no sentence needs
/// its tree, and those without a number not even tags.
///
/// ```
/// use reportedly::{extract, parse, read};
/// let document = parse::plain(read::text("a", "It rained. Prices rose by 10-15%."));
/// assert_eq!(extract::values(&document)[0].high, Some(15.0));
/// ```
#[must_use]
pub fn values(document: &Document) -> Vec<Quantity> {
    quantity::values(&language::tagged_where(document, quantity::number::may_tell).compounded())
}

/// The time expressions of a document by themselves, in order.
///
/// ```
/// use reportedly::{extract, parse, read};
/// let document = parse::plain(read::text("a", "It began in February 2022."));
/// assert_eq!(extract::times(&document)[0].value.as_deref(), Some("2022-02"));
/// ```
#[must_use]
pub fn times(document: &Document) -> Vec<Time> {
    time::times(&language::tagged_where(document, time::may_tell).compounded(), Context::default())
}

/// The places that a document names, in order.
///
/// ```
/// use reportedly::{extract, parse, read};
/// let document = parse::plain(read::text("a", "Pyongyang denied it."));
/// assert_eq!(extract::places(&document)[0].country.as_deref(), Some("KP"));
/// ```
#[must_use]
pub fn places(document: &Document) -> Vec<Place> {
    place::places(&language::annotate(document).compounded())
}

/// Everything found in the text, to be dealt out to the claims in whose content it lies.
struct Figures {
    quantities: Vec<Quantity>,
    times: Vec<Time>,
    places: Vec<Place>,
    predicates: Vec<Predicate>,
}

fn attributed(
    article: &Annotated<'_>,
    quotations: &[Quotation],
    attribution: &Attribution,
    figures: &Figures,
) -> Claim {
    let mut spoken = act::spoken(article, &attribution.cue, attribution.matched.as_ref());
    if attribution.rule == "phrase.no_comment" {
        spoken = act::Spoken { act: Act::Decline, polarity: Polarity::Positive, negated: true, ..spoken };
    }
    let certainty = certainty::certainty(article, Some(&spoken), &attribution.content);
    let kind = kind(article, quotations, attribution);
    Claim {
        source_spans: spans(article, &attribution.source),
        cue_spans: spans(article, &attribution.cue),
        act: spoken.act,
        polarity: spoken.polarity,
        confidence: attribution.confidence,
        ..assertion(article, kind, &attribution.content, certainty, attribution.rule, figures)
    }
}

fn narrated(article: &Annotated<'_>, tokens: &Range<usize>, figures: &Figures) -> Claim {
    let content = std::slice::from_ref(tokens);
    let certainty = certainty::certainty(article, None, content);
    assertion(article, Kind::Narrated, content, certainty, "narrated", figures)
}

/// A claim that states its content, with what lies in it; nobody is credited yet.
fn assertion(
    article: &Annotated<'_>,
    kind: Kind,
    content: &[Range<usize>],
    certainty: Certainty,
    rule: &str,
    figures: &Figures,
) -> Claim {
    let content_spans = spans(article, content);
    let first = content.first().map_or(0, |r| r.start);
    Claim {
        document: 0,
        sentence: article.sentence_of(first) as u32,
        kind,
        source_spans: Vec::new(),
        cue_spans: Vec::new(),
        source: None,
        via: Vec::new(),
        act: Act::State,
        polarity: Polarity::Positive,
        certainty,
        quantities: inside(&figures.quantities, &content_spans, |q| q.span),
        times: inside(&figures.times, &content_spans, |t| t.span),
        places: inside(&figures.places, &content_spans, |p| p.span),
        predicates: bounded(inside(&figures.predicates, &content_spans, |p| p.span)),
        confidence: attribution::rules::precision(rule),
        rule: rule.to_owned(),
        content_spans,
    }
}

/// The first predicates of a content: a claim of many sentences is not compared by all it says.
fn bounded(mut predicates: Vec<Predicate>) -> Vec<Predicate> {
    const MOST: usize = 32;
    predicates.truncate(MOST);
    predicates
}

/// What lies wholly in one of the spans; `all` is in order of its first character.
fn inside<T: Clone>(all: &[T], spans: &[Span], span_of: fn(&T) -> Span) -> Vec<T> {
    let mut found = Vec::new();
    for span in spans {
        let first = all.partition_point(|x| span_of(x).start() < span.start());
        let within = all[first..].iter().take_while(|x| span_of(x).start() < span.end());
        found.extend(within.filter(|x| span.contains(span_of(x))).cloned());
    }
    found
}

fn spans(article: &Annotated<'_>, tokens: &[Range<usize>]) -> Vec<Span> {
    tokens.iter().filter(|r| !r.is_empty()).map(|r| article.cover(r.clone())).collect()
}

/// Direct, mixed or indirect, by how much of the content stands in quotation marks.
fn kind(article: &Annotated<'_>, quotations: &[Quotation], attribution: &Attribution) -> Kind {
    // a transcript gives its speakers word for word without marks
    if attribution.rule == "phrase.transcript" {
        return Kind::Direct;
    }
    let (mut inside, mut outside) = (0, 0);
    for range in &attribution.content {
        let first = quotations.partition_point(|q| q.tokens.end <= range.start);
        for i in range.clone().filter(|i| !article.tag(*i).is_mark()) {
            let quoted =
                quotations[first..].iter().take_while(|q| q.tokens.start <= i).any(|q| q.tokens.contains(&i));
            if quoted {
                inside += 1;
            } else {
                outside += 1;
            }
        }
    }
    match (inside, outside) {
        (0, _) => Kind::Indirect,
        (_, 0) => Kind::Direct,
        _ => Kind::Mixed,
    }
}

/// What spoke for a claim; `None` for claims without a cue. Analyses the document anew.
#[must_use]
pub fn explain(document: &Document, claim: &Claim) -> Option<attribution::Explanation> {
    let has_cue = !claim.cue_spans.is_empty();
    has_cue.then(|| attribution::explain(&language::annotate(document), &claim.cue_spans))
}
