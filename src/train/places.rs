//! Places against GUM (Zeldes 2017): is what we call a place one, and is it the right one?
//!
//! The pipeline's analysis runs on a document's plain text, with its own tokens. GUM marks every mention of an entity
//! with its kind, and names with the title of their article in Wikipedia.
//!
//! *A place is right* if the smallest gold mention around the token that heads its name is a `place`, or has as identity
//! the very place that we gave (GUM calls states that act organisations), and the identity, where there is one, agrees.
//! A demonym is right if its token is an adjective in GUM, or a noun in a mention of a person, people or organisation.
//!
//! *Identities agree* if the title's name is ours or one of ours is a name of it, folded, and what the title says in
//! brackets or after a comma ("Georgia (U.S. state)", "Irving, Texas") names our country or region; or if the title
//! names the country that we gave. A mention that is longer than the name ("the capital of Ghana") may have an identity
//! of its own, so that only identities of mentions headed by the name are compared.
//!
//! *Recall* counts the gold mentions of kind `place` that are proper names with an identity, found by an overlapping
//! place.

use std::path::Path;
use std::time::Instant;

use crate::document::{Place, PlaceKind, PlaceSense, Upos};
use crate::error;
use crate::extract::place;
use crate::language::gazetteer::{self, Sense};
use crate::read::RawArticle;
use crate::resolve::fold_words;
use crate::span::Span;
use crate::train::names::gold::mentions;
use crate::train::sources::Share;
use crate::train::sources::gold::{self, Article};
use crate::{language, parse};

/// What is asked of places.
#[derive(Debug, Default)]
pub struct Report {
    /// Sentences read.
    pub sentences: usize,
    /// Precision by class, in this order: [`CLASSES`].
    pub precision: [Share; CLASSES.len()],
    /// Places whose gold mention has an identity: is it ours?
    pub identity: Share,
    /// Named gold places that were found.
    pub recall: Share,
    /// Words analysed, and seconds that places took.
    pub words: usize,
    /// Seconds that places took, without the analysis before.
    pub seconds: f64,
    /// Seconds of the first document, which reads the tables too.
    pub tables: Option<f64>,
    /// Disagreements, to be read.
    pub errors: Vec<String>,
    /// Gold places that were missed.
    pub missed: Vec<String>,
}

/// Classes of places found.
pub const CLASSES: [&str; 6] = ["country", "capital", "demonym", "large city", "other city", "region"];

/// How many cities are large.
const LARGE: usize = 300;

/// Compares the places of GUM's documents of a genre, of a split, with the corpus.
///
/// # Errors
/// If the corpus cannot be read.
pub fn evaluate(data: &Path, split: &str, set: Option<&str>, with_names: bool) -> error::Result<Report> {
    let mut report = Report::default();
    let large = place::largest(LARGE);
    for split in split.split('+') {
        let unreadable = |e| error::Error::new(error::ErrorKind::Format, format!("GUM {split}: {e}"));
        let articles = gold::read(data, split).map_err(unreadable)?;
        for article in articles.iter().filter(|a| set.is_none_or(|s| a.name.contains(&format!("_{s}_")))) {
            compare(article, &large, with_names, &mut report);
        }
    }
    Ok(report)
}

/// A gold mention, with tokens counted through the document.
struct Mention {
    from: usize,
    to: usize,
    kind: String,
    link: String,
}

fn compare(gold: &Article, large: &[u32], with_names: bool, report: &mut Report) {
    let document =
        parse::parse(RawArticle { id: gold.name.clone(), text: gold.text.clone(), ..RawArticle::default() });
    let article =
        if with_names { language::annotate(&document).compounded() } else { language::tagged(&document) };
    // The tables are read once; what they cost is told apart.
    let warm = Instant::now();
    let _ = place::places(&article);
    report.tables.get_or_insert(warm.elapsed().as_secs_f64());
    let start = Instant::now();
    let places = place::places(&article);
    report.seconds += start.elapsed().as_secs_f64();
    report.words += gold.text.split_whitespace().count();
    report.sentences += gold.sentences.len();
    let mut all = Vec::new();
    for (s, first) in gold.sentences.iter().enumerate() {
        let end = gold.sentences.get(s + 1).copied().unwrap_or(gold.tokens.len());
        all.extend(mentions(&gold.tokens[*first..end]).into_iter().map(|m| Mention {
            from: first + m.from,
            to: first + m.to,
            kind: m.kind,
            link: m.link,
        }));
    }
    for place in &places {
        let class = class(place, large);
        let (right, identity, what) = judge(gold, &all, place);
        report.precision[class].add(right);
        if let Some(agrees) = identity {
            report.identity.add(agrees);
        }
        if !right || identity == Some(false) {
            report.errors.push(format!(
                "{} [{}] {} = {} ({} {} {}): {what} | {}",
                gold.name,
                CLASSES[class],
                place.span.of(&gold.text),
                place.name,
                place.kind.as_str(),
                place.country.as_deref().unwrap_or("-"),
                place.subdivision.as_deref().unwrap_or("-"),
                around(&gold.text, place.span)
            ));
        }
    }
    for mention in all.iter().filter(|m| m.kind == "place" && !m.link.is_empty()) {
        let Some(head) = head(gold, mention).filter(|h| gold.tokens[*h].upos == Some(Upos::PROPN)) else {
            continue;
        };
        let found = places.iter().any(|p| p.span.overlaps(gold.spans[head]));
        report.recall.add(found);
        if !found {
            let span = gold.spans[mention.from].cover(gold.spans[mention.to - 1]);
            report.missed.push(format!(
                "{} {} = {} | {}",
                gold.name,
                span.of(&gold.text),
                mention.link,
                around(&gold.text, span)
            ));
        }
    }
}

fn class(place: &Place, large: &[u32]) -> usize {
    match (place.sense, place.kind) {
        (PlaceSense::Demonym, _) => 2,
        (_, PlaceKind::Country) => 0,
        (_, PlaceKind::City) if gazetteer::lookup(&place.name).is_some_and(|(_, s)| s == Sense::Capital) => 1,
        (_, PlaceKind::City) if place.geonames.is_some_and(|id| large.contains(&id)) => 3,
        (_, PlaceKind::City) => 4,
        _ => 5,
    }
}

/// Whether a place is right, whether its identity is if gold has one, and what gold says.
fn judge(gold: &Article, all: &[Mention], place: &Place) -> (bool, Option<bool>, String) {
    let tokens: Vec<usize> = (0..gold.tokens.len()).filter(|&i| gold.spans[i].overlaps(place.span)).collect();
    let Some(head) = gold::head_of(&gold.heads, &tokens) else {
        return (false, None, "no token".to_owned());
    };
    let around = |i: usize| all.iter().filter(move |m| (m.from..m.to).contains(&i));
    let smallest = around(head).min_by_key(|m| m.to - m.from);
    let what = smallest.map_or("no mention".to_owned(), |m| format!("{} {}", m.kind, m.link));
    if place.sense == PlaceSense::Demonym {
        let person = smallest
            .is_some_and(|m| matches!(m.kind.as_str(), "person" | "organization" | "place" | "animal"));
        let right = match gold.tokens[head].upos {
            Some(Upos::ADJ) => true,
            Some(Upos::NOUN | Upos::PROPN) => person,
            _ => false,
        };
        return (right, None, format!("{:?} {what}", gold.tokens[head].upos));
    }
    let Some(mention) = smallest else { return (false, None, what) };
    let headed = self::head(gold, mention) == Some(head) || mention.from + 1 == mention.to;
    let identity = (headed && !mention.link.is_empty()).then(|| agrees(place, &mention.link));
    let right = match identity {
        Some(agrees) => agrees,
        None => mention.kind == "place",
    };
    (right, identity, what)
}

fn head(gold: &Article, mention: &Mention) -> Option<usize> {
    gold::head_of(&gold.heads, &(mention.from..mention.to).collect::<Vec<_>>())
}

/// Whether the title of an article in Wikipedia is about our place.
fn agrees(place: &Place, title: &str) -> bool {
    let title = unescaped(title).replace('_', " ");
    let (name, context) = match (title.split_once(" ("), title.split_once(", ")) {
        (Some((name, context)), _) => (name, context.trim_end_matches(')')),
        (None, Some((name, context))) => (name, context),
        _ => (title.as_str(), ""),
    };
    if let Some((country, Sense::Name)) = gazetteer::lookup(name)
        && place.country.as_deref() == Some(country.code)
        && place.kind != PlaceKind::City
        && context.is_empty()
    {
        return place.kind == PlaceKind::Country || place.name.contains(name);
    }
    let (ours, theirs) = (fold_words(&place.name), fold_words(name));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let same_name = within(&ours, &theirs)
        || within(&theirs, &ours)
        || place::country_code(name).is_some() && place::same(&place.name, name);
    let fits = context.is_empty()
        || place::country_code(context).is_none_or(|code| place.country.as_deref() == Some(code))
        || context.contains("state");
    same_name && fits
}

/// Percent escapes of a title decoded.
fn unescaped(title: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = title.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code =
            escape.and_then(|e| std::str::from_utf8(e).ok()).and_then(|e| u8::from_str_radix(e, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text about a span, on one line.
fn around(text: &str, span: Span) -> String {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = boundary(span.start().saturating_sub(50));
    let to = boundary((span.end() + 40).min(text.len()));
    text[from..to].replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_unescaped() {
        assert_eq!(unescaped("Victoria_%28Australia%29"), "Victoria_(Australia)");
        assert_eq!(unescaped("100%"), "100%");
        assert_eq!(unescaped("%zz"), "%zz");
    }
}
