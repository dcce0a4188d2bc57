//! What a figure counts: the noun phrase, the lemma of its head, and whose it is.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::{Counted, Place, PlaceKind, Quantity, Tag};
use crate::language::Annotated;
use crate::language::gazetteer::{self, Sense, list, rows};
use crate::span::Span;

/// How far to look, in tokens: a sentence is seldom longer, and text without full stops must not cost more.
pub(super) const WINDOW: usize = 60;

static CLASSES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/count_classes.tsv")) {
        if let &[class, lemmas] = row.as_slice() {
            for lemma in list(lemmas) {
                out.entry(lemma).or_insert(class);
            }
        }
    }
    out
});

/// The class of nouns that count the same thing: "soldier" for troops, soldiers, personnel
/// (`lexicon/count_classes.tsv`).
#[must_use]
pub fn class(lemma: &str) -> Option<&'static str> {
    if lemma.len() > 24 { None } else { CLASSES.get(lemma).copied() }
}

/// A noun phrase beside a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NounPhrase {
    /// First token, determiners left out.
    pub(super) first: usize,
    /// Head noun.
    pub(super) head: usize,
    /// Whether it says that what is counted comes on top: "additional", "more".
    pub(super) additional: bool,
}

impl NounPhrase {
    /// One past its last token.
    pub(super) fn next(self) -> usize {
        self.head + 1
    }
}

/// The noun phrase that begins at token `i`, after any determiner.
pub(super) fn phrase(article: &Annotated<'_>, i: usize, end: usize) -> Option<NounPhrase> {
    let mut first = i;
    while first < end && is_determiner(article.lower(first)) {
        first += 1;
    }
    let mut additional = false;
    while first < end
        && matches!(
            article.lower(first),
            "more" | "additional" | "extra" | "further" | "other" | "fresh" | "new"
        )
    {
        additional |= matches!(article.lower(first), "more" | "additional" | "extra" | "further" | "fresh");
        first += 1;
    }
    let mut head = None;
    let mut k = first;
    while k < end.min(first + 10) {
        let (tag, lower) = (article.tag(k), article.lower(k));
        let next = k + 1;
        let noun_next = next < end && (article.tag(next).is_noun() || class(article.lemma(next)).is_some());
        let plural_of_class = class(article.lemma(k)).is_some() && article.lemma(k) != lower
            || matches!(lower, "people" | "police" | "personnel" | "troops" | "staff" | "aircraft");
        if plural_of_class && article.word(k).starts_with(char::is_lowercase) {
            head = Some(k);
            // "troops exercise" does not happen; "police officers" and "police stations" do.
            if matches!(lower, "police" | "personnel" | "staff") && noun_next && article.tag(next) == Tag::NNS
            {
                k += 1;
                continue;
            }
            break;
        }
        let a_word = article.word(k).chars().any(char::is_alphabetic);
        if is_temporal(lower) || matches!(lower, "percent" | "%") {
            break;
        }
        if tag.is_noun() && a_word {
            head = Some(k);
            if tag == Tag::NNS && !(next < end && matches!(article.tag(next), Tag::NN | Tag::NNS)) {
                break;
            }
        } else if premodifies(article, k, end) && !(head.is_some() && tag.is_verb()) {
            // goes on
        } else {
            break;
        }
        k += 1;
    }
    let head = head?;
    // "3,000 North Korean" or "12,000 Kim": a name is counted only if it is a people.
    let word = article.word(head);
    if article.tag(head).is_proper() {
        let people =
            word.ends_with('s') || gazetteer::lookup(word).is_some_and(|(_, s)| s == Sense::Adjective);
        if !people && class(article.lemma(head)).is_none() {
            return None;
        }
    }
    (!is_temporal(article.lower(head))).then_some(NounPhrase { first, head, additional })
}

fn premodifies(article: &Annotated<'_>, k: usize, end: usize) -> bool {
    let next = k + 1;
    if next >= end {
        return false;
    }
    let goes_on = |i: usize| {
        i < end
            && (article.tag(i).is_noun()
                || article.tag(i).is_adjective()
                || matches!(article.tag(i), Tag::VBN | Tag::VBG | Tag::VBD))
    };
    match article.tag(k) {
        tag if tag.is_adjective() => true,
        Tag::VBN | Tag::VBG | Tag::VBD => article.tag(next).is_noun() || article.tag(next).is_adjective(),
        Tag::RB => matches!(article.tag(next), Tag::JJ | Tag::VBN | Tag::VBD | Tag::VBG) && goes_on(next + 1),
        Tag::CC | Tag::Comma => article.tag(next).is_adjective() && goes_on(next + 1),
        Tag::POS | Tag::HYPH => goes_on(next),
        _ => false,
    }
}

fn is_determiner(lower: &str) -> bool {
    matches!(
        lower,
        "the"
            | "these"
            | "those"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "such"
            | "all"
            | "any"
            | "some"
            | "a"
            | "an"
    )
}

fn is_temporal(lower: &str) -> bool {
    matches!(
        lower,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "year"
            | "years"
            | "month"
            | "months"
            | "week"
            | "weeks"
            | "day"
            | "days"
            | "hours"
            | "hour"
            | "minutes"
            | "ago"
            | "time"
            | "times"
            | "night"
            | "morning"
    )
}

/// The figure's noun phrase as a result, with its owner.
pub(super) fn counted(article: &Annotated<'_>, np: NounPhrase, whose: Option<String>) -> Counted {
    Counted { span: article.cover(np.first..np.next()), lemma: article.lemma(np.head).to_owned(), whose }
}

/// The country that the phrase itself names, before its head ("North Korean soldiers") or after it ("soldiers from
/// North Korea").
pub(super) fn nationality(article: &Annotated<'_>, np: NounPhrase, end: usize) -> Option<String> {
    for k in np.first..=np.head {
        if let Some((_, country, sense)) = gazetteer::at(article, k)
            && sense != Sense::Seat
        {
            return Some(country.name.to_owned());
        }
    }
    let after = np.next();
    if after + 1 < end && matches!(article.lower(after), "of" | "from") {
        let k = after + 1 + usize::from(article.lower(after + 1) == "the");
        let (range, country, sense) = gazetteer::at(article, k)?;
        // "soldiers from North Korean units" and "troops of Russian origin" are theirs as well.
        let of_its_own = sense != Sense::Seat && range.end <= end;
        return of_its_own.then(|| country.name.to_owned());
    }
    None
}

/// The owner that stands before the figure: "North Korea's 11,000 troops", "the country's", "its".
pub(super) fn possessor(
    article: &Annotated<'_>,
    first: usize,
    start: usize,
    places: &[Place],
) -> Option<String> {
    if first == start {
        return None;
    }
    let before = first - 1;
    if matches!(article.lower(before), "its" | "their") {
        return recent_country(article, before, places);
    }
    // "the army's roughly 11,000": bound words are part of the figure, so the clitic stands right before it.
    if !(matches!(article.lower(before), "'s" | "'") && before > start) {
        return gazetteer_ending_at(article, first, start)
            .filter(|(_, s)| *s == Sense::Adjective)
            .map(|(c, _)| c);
    }
    if let Some((country, _)) = gazetteer_ending_at(article, before, start) {
        return Some(country);
    }
    // "North Korea's army's", "the North Korean army's": a nationality inside the owner's phrase.
    for k in (before.saturating_sub(4).max(start)..before).rev() {
        if article.tag(k).is_verb() || article.tag(k) == Tag::IN {
            break;
        }
        if let Some((range, country, _)) = gazetteer::at(article, k)
            && range.end < before
        {
            return Some(country.name.to_owned());
        }
    }
    let owner = article.lemma(before - 1);
    let a_state = matches!(
        owner,
        "country"
            | "nation"
            | "state"
            | "regime"
            | "government"
            | "kingdom"
            | "republic"
            | "army"
            | "military"
            | "capital"
    );
    if a_state { recent_country(article, before, places) } else { None }
}

fn gazetteer_ending_at(article: &Annotated<'_>, next: usize, start: usize) -> Option<(String, Sense)> {
    (next.saturating_sub(6).max(start)..next).find_map(|k| {
        let (range, country, sense) = gazetteer::at(article, k)?;
        (range.end == next).then(|| (country.name.to_owned(), sense))
    })
}

/// The country that "the country" or "its" means before token `i`: the latest in the sentence that is not the goal or
/// place of something, else the latest in it, else the first of the sentence before.
fn recent_country(article: &Annotated<'_>, i: usize, places: &[Place]) -> Option<String> {
    let sentence = article.sentence_of(i);
    let start = article.sentences.get(sentence)?.span.start();
    let until = article.span(i).start();
    let here = between(places, start, until);
    let names = || here.iter().rev().take(WINDOW).filter_map(country_name);
    let subject = here.iter().rev().take(WINDOW).find(|p| {
        let first = article.tokens_in(p.span).start;
        country_name(p).is_some()
            && !(first > 0
                && matches!(
                    article.lower(first - 1),
                    "to" | "in" | "into" | "with" | "against" | "from" | "on" | "near"
                ))
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

/// What a figure counts that no noun follows: "the number of troops could rise to 12,000", "total troop numbers
/// reaching 12,000", "casualties reached 500".
pub(super) fn subject_of_measure(
    article: &Annotated<'_>,
    first: usize,
    start: usize,
    end: usize,
) -> Option<NounPhrase> {
    let from = start.max(first.saturating_sub(WINDOW / 2));
    let mut measured = false;
    for k in (from..first).rev() {
        let lemma = article.lemma(k);
        if matches!(article.lower(k), ";" | "\"" | ":") {
            return None;
        }
        measured |= MEASURE_VERBS.contains(&lemma);
        if !(MEASURES.contains(&lemma) && article.tag(k).is_noun()) {
            continue;
        }
        if k + 1 < first && article.lower(k + 1) == "of" {
            return phrase(article, k + 2, first.min(end));
        }
        // "troop numbers", "the death toll"
        if k > from && article.tag(k - 1).is_noun() && !article.tag(k - 1).is_proper() {
            return Some(NounPhrase { first: k - 1, head: k - 1, additional: false });
        }
        return None;
    }
    if !measured {
        return None;
    }
    let mut seen = false;
    for k in (from..first).rev() {
        seen |= MEASURE_VERBS.contains(&article.lemma(k));
        if seen
            && class(article.lemma(k)).is_some()
            && article.tag(k).is_noun()
            && !article.tag(k).is_proper()
        {
            return Some(NounPhrase { first: k, head: k, additional: false });
        }
        if matches!(article.lower(k), "," | ";" | ":" | "that") {
            return None;
        }
    }
    None
}

const MEASURES: &[&str] =
    &["number", "total", "count", "toll", "tally", "strength", "figure", "level", "size", "estimate"];

const MEASURE_VERBS: &[&str] = &[
    "reach", "total", "number", "rise", "grow", "exceed", "hit", "climb", "swell", "be", "stand", "increase",
    "fall", "drop", "top", "surpass", "come", "double", "amount", "jump", "decline", "decrease",
];

/// The counted noun of the figure before, in the same sentence or the one before it, for a figure without its own.
pub(super) fn inherited(article: &Annotated<'_>, first: usize, before: &[Quantity]) -> Option<Counted> {
    let sentence = article.sentence_of(first);
    let earlier = article.sentences.get(sentence.saturating_sub(1))?;
    let last = before.iter().rev().take(6).find(|q| q.unit == "count" && q.counted.is_some())?;
    (last.span.start() >= earlier.span.start()).then(|| last.counted.clone()).flatten()
}

/// The noun phrase that is the likely antecedent where no figure stands before: the latest of a class in the sentence
/// before.
pub(super) fn antecedent(article: &Annotated<'_>, first: usize) -> Option<(NounPhrase, Range<usize>)> {
    let sentence = article.sentence_of(first);
    let sentences = &article.sentences;
    let from =
        (sentences.get(sentence.checked_sub(1)?)?.first_token as usize).max(first.saturating_sub(WINDOW));
    let head = (from..first).rev().find(|&k| {
        class(article.lemma(k)).is_some()
            && article.lemma(k) != article.lower(k)
            && article.word(k).starts_with(char::is_lowercase)
    })?;
    let mut np_first = head;
    while np_first > from
        && premodifies(article, np_first - 1, head + 1) | article.tag(np_first - 1).is_proper()
    {
        np_first -= 1;
    }
    Some((NounPhrase { first: np_first, head, additional: false }, np_first..head + 1))
}

/// Whether `span` names its place by an adjective ("Russian").
pub(super) fn is_adjective(text: &str, span: Span) -> bool {
    gazetteer::lookup(span.of(text)).is_some_and(|(_, sense)| sense == Sense::Adjective)
        && !matches!(span.of(text), "U.S." | "US" | "U.S" | "USA" | "UK" | "U.K.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for row in rows(include_str!("../../../lexicon/count_classes.tsv")) {
            let &[name, lemmas] = row.as_slice() else { panic!("{row:?}") };
            assert!(list(lemmas).contains(&name), "{name} is of its own class");
            for lemma in list(lemmas) {
                assert_eq!(class(lemma), Some(name), "{lemma} stands in one class");
            }
        }
        assert_eq!(class("table"), None);
    }
}
