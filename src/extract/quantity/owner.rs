//! Whose the counted things are: a country by its canonical name, anybody else with a name as written.
//!
//! An owner stands in the counted phrase ("North Korean soldiers", "Hamas fighters"), after it ("workers from India"),
//! before it ("North Korea's 11,000 troops", "the country's", "its"), or is who sends, has or loses them ("Iran fired 180
//! missiles"). Where nothing says so, things of one class that were somebody's before still are.

use std::ops::RangeInclusive;

use super::counted::{NounPhrase, WINDOW, class, noun_after};
use super::figure::Figure;
use super::frame::{Class, is};
use crate::document::{Deprel, Frame, Name, NameKind, Place, PlaceKind, Quantity, Tag};
use crate::extract::clause::dependents;
use crate::language::Annotated;
use crate::language::gazetteer::{self, Sense};

/// Whose, by the phrase itself and what hangs on it.
pub(super) fn owner(
    article: &Annotated<'_>,
    np: NounPhrase,
    stem: usize,
    first: usize,
    places: &[Place],
) -> Option<String> {
    inside(article, np).or_else(|| possessor(article, np, stem, first, places)).or_else(|| after(article, np))
}

/// A nationality or name inside the phrase: "North Korean soldiers", "Hamas fighters", "Texas residents".
fn inside(article: &Annotated<'_>, np: NounPhrase) -> Option<String> {
    if let Some(country) = country_among(article, np.first..=np.head, np.next()) {
        return Some(country);
    }
    let name = name_at(article, np.head.checked_sub(1).filter(|k| *k >= np.first)?)?;
    let owns = matches!(name.kind, NameKind::Organization | NameKind::Location)
        && name.tokens.1 as usize == np.head
        && !article.tag(np.head).is_proper();
    owns.then(|| name.span.of(article.text()).to_owned())
}

/// "soldiers from North Korea", "students of the Institute"; nobody where several are named.
fn after(article: &Annotated<'_>, np: NounPhrase) -> Option<String> {
    let noun = noun_after(article, np.head, np.next(), &["of", "from"]).filter(|d| *d <= np.head + 8)?;
    if dependents(article, noun).any(|d| article.deprel(d) == Deprel::Conj) {
        return None;
    }
    // "soldiers from North Korean units" and "troops of Russian origin" are theirs as well.
    let from = dependents(article, noun).find(|&d| d > np.head).unwrap_or(noun).min(noun);
    if let Some(country) = country_among(article, from..=noun, article.len()) {
        return Some(country);
    }
    let name = name_at(article, noun)?;
    (name.kind == NameKind::Organization).then(|| name.span.of(article.text()).to_owned())
}

/// The first country named at one of the tokens that does not go on behind token `end`.
fn country_among(article: &Annotated<'_>, tokens: RangeInclusive<usize>, end: usize) -> Option<String> {
    tokens.into_iter().find_map(|k| {
        let (range, country, sense) = gazetteer::at(article, k)?;
        (sense != Sense::Seat && range.end <= end).then(|| country.name.to_owned())
    })
}

/// The owner before the figure or the noun: "North Korea's 11,000 troops", "the country's", "14 of its tanks".
fn possessor(
    article: &Annotated<'_>,
    np: NounPhrase,
    stem: usize,
    first: usize,
    places: &[Place],
) -> Option<String> {
    let of = |token: usize| {
        dependents(article, token)
            .find(|&d| article.deprel(d) == Deprel::NmodPoss && d < np.head && np.head - d < 16)
    };
    let clitic = first.checked_sub(2).filter(|_| matches!(article.lower(first - 1), "'s" | "'"));
    let owner = of(np.head).or_else(|| of(stem)).or(clitic)?;
    if article.tag(owner) == Tag::PRPS {
        return match article.lower(owner) {
            "its" | "their" => {
                recent_country(article, owner, places).or_else(|| subject_name(article, owner))
            }
            _ => None,
        };
    }
    if let Some(country) = country_in(article, owner) {
        return Some(country.to_owned());
    }
    if let Some(name) = name_at(article, owner) {
        return Some(name.span.of(article.text()).to_owned());
    }
    if is(Class::State, article.lemma(owner)) { recent_country(article, owner, places) } else { None }
}

/// The country that a noun phrase with this head names: "North Korea", "the North Korean army".
pub(super) fn country_in(article: &Annotated<'_>, head: usize) -> Option<&'static str> {
    let start = article.sentences.get(article.sentence_of(head))?.first_token as usize;
    let first = dependents(article, head)
        .find(|&d| matches!(article.deprel(d), Deprel::Amod | Deprel::Compound | Deprel::Flat))
        .unwrap_or(head)
        .min(head);
    (first.max(head.saturating_sub(4)).max(start)..=head).find_map(|k| {
        let (range, country, sense) = gazetteer::at(article, k)?;
        let whole =
            range.end == head + 1 || sense == Sense::Adjective && is(Class::State, article.lemma(head));
        whole.then_some(country.name)
    })
}

/// The name that token `i` is a part of.
pub(super) fn name_at<'a>(article: &'a Annotated<'_>, i: usize) -> Option<&'a Name> {
    let names = article.names();
    let after = names.partition_point(|name| name.tokens.0 as usize <= i);
    names.get(after.checked_sub(1)?).filter(|name| i < name.tokens.1 as usize)
}

/// The named subject of the clause that token `i` stands in: "Boeing will cut 10 % of its workforce".
fn subject_name(article: &Annotated<'_>, i: usize) -> Option<String> {
    let mut k = i;
    for _ in 0..10 {
        k = article.head(k)?;
        let subject = dependents(article, k)
            .find(|&d| d < i && matches!(article.deprel(d), Deprel::Nsubj | Deprel::NsubjPass));
        if let Some(subject) = subject {
            let name = name_at(article, subject)?;
            return (name.kind != NameKind::Person).then(|| name.span.of(article.text()).to_owned());
        }
    }
    None
}

/// Whose soldiers a country sends, has or loses: its own.
pub(super) fn sender(article: &Annotated<'_>, frame: &Frame, np: NounPhrase, stem: usize) -> Option<String> {
    let verb = frame.predicate.as_deref()?;
    let at = article.tokens_in(frame.predicate_span?).start;
    // "sent $60 billion in aid", but not "sent weapons in 20,000 containers"
    let role = if article.head(stem) == Some(np.head) { np.head } else { stem };
    if at >= np.head || !is(Class::Own, verb) || article.deprel(role) == Deprel::Obl {
        return None;
    }
    let subject = frame.subject.as_deref()?;
    gazetteer::lookup(subject).filter(|(_, sense)| *sense == Sense::Name).map(|(c, _)| c.name.to_owned())
}

/// "10 % of its workforce, or about 17,000 employees": the figure before says whose.
pub(super) fn restated(article: &Annotated<'_>, figure: &Figure, before: &[Quantity]) -> Option<String> {
    let or = figure.first.checked_sub(1).filter(|&k| article.lower(k) == "or")?;
    let last = before.last()?;
    let apart = article.span(or).start().checked_sub(last.span.end())?;
    if apart > 80 {
        return None;
    }
    last.counted.as_ref()?.whose.clone()
}

/// Whose the counted things are by an earlier mention: "a redeployment of North Korean troops, with estimates that
/// at least 1,000 additional soldiers ...". Looks back in the sentence, then in the one before.
pub(super) fn mentioned_before(article: &Annotated<'_>, first: usize, lemma: &str) -> Option<String> {
    let wanted = class(lemma)?;
    let sentence = article.sentence_of(first);
    let sentences = &article.sentences;
    let here = sentences.get(sentence)?.first_token as usize;
    let from = here.max(first.saturating_sub(2 * WINDOW));
    if let Some(name) = nationalities(article, from, first, wanted).next() {
        return Some(name.to_owned());
    }
    // In the sentence before, only if it speaks of nobody else's.
    let earlier = sentences.get(sentence.checked_sub(1)?)?.first_token as usize;
    let mut names = nationalities(article, earlier.max(here.saturating_sub(2 * WINDOW)), here, wanted);
    let name = names.next()?;
    names.all(|other| other == name).then(|| name.to_owned())
}

/// The nationalities of nouns of that class between two tokens, the last one first.
fn nationalities<'a>(
    article: &'a Annotated<'_>,
    from: usize,
    to: usize,
    wanted: &'static str,
) -> impl Iterator<Item = &'static str> + 'a {
    (from..to).rev().filter(move |&head| class(article.lemma(head)) == Some(wanted)).filter_map(move |head| {
        for k in (head.saturating_sub(4).max(from)..head).rev() {
            if article.tag(k).is_verb() && article.tag(k) != Tag::VBN {
                return None;
            }
            if let Some((range, country, sense)) = gazetteer::at(article, k) {
                return (sense == Sense::Adjective && range.end <= head).then_some(country.name);
            }
        }
        None
    })
}

/// The country that "the country" or "its" means before token `i`: the latest in the sentence that is not the goal or
/// place of something, else the latest in it, else the first of the sentence before.
pub(super) fn recent_country(article: &Annotated<'_>, i: usize, places: &[Place]) -> Option<String> {
    let sentence = article.sentence_of(i);
    let start = article.sentences.get(sentence)?.span.start();
    let until = article.span(i).start();
    let here = between(places, start, until);
    let names = || here.iter().rev().take(WINDOW).filter_map(country_name);
    let subject = here.iter().rev().take(WINDOW).find(|p| {
        let first = article.tokens_in(p.span).start;
        country_name(p).is_some()
            && !(first > 0 && is(Class::Goal, article.lower(first - 1)))
            && !(first > 0 && matches!(article.lower(first - 1), "with" | "against" | "from"))
    });
    if let Some(name) = subject.and_then(country_name).or_else(|| names().next()) {
        return Some(name.to_owned());
    }
    let before = article.sentences.get(sentence.checked_sub(1)?)?;
    between(places, before.span.start(), before.span.end())
        .iter()
        .take(WINDOW)
        .find_map(country_name)
        .map(str::to_owned)
}

/// The country that a place is or stands for; regions stand for none.
fn country_name(place: &Place) -> Option<&'static str> {
    let stands = matches!(place.kind, PlaceKind::Country)
        || place.kind == PlaceKind::City
            && gazetteer::lookup(&place.name).is_some_and(|(_, s)| s == Sense::Capital);
    let code = place.country.as_deref().filter(|_| stands)?;
    gazetteer::by_code(code).map(|c| c.name)
}

/// The places that lie between two bytes.
pub(super) fn between(places: &[Place], from: usize, to: usize) -> &[Place] {
    let first = places.partition_point(|p| p.span.start() < from);
    let last = places.partition_point(|p| p.span.end() <= to);
    &places[first..last.max(first)]
}
