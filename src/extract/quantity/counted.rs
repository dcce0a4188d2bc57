//! What a figure counts: the noun phrase that the number modifies in the tree ("1,500 North Korean soldiers"), the one
//! that it is a part of ("dozens of homes", "14 of its tanks"), the one whose measure it is ("the number of soldiers rose
//! to 412"), or, where it stands alone, the one of the figure before ("as many as 12,000 could follow").

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::figure::Figure;
use super::frame::{self, Class, is};
use super::refusal;
use crate::document::{Counted, Deprel, Quantity, Relation, Tag, Upos};
use crate::extract::clause::{Clause, dependents};
use crate::language::Annotated;
use crate::language::gazetteer::{list, rows};
use crate::span::Span;

/// How far to look, in tokens: a sentence is seldom longer, and text without full stops must not cost more.
pub(super) const WINDOW: usize = 60;

static CLASSES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/count_classes.tsv")) {
        if let [class, lemmas, ..] = row[..] {
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

/// A noun phrase that a figure counts.
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

    /// The phrase as a result, with its owner.
    pub(super) fn counted(self, article: &Annotated<'_>, whose: Option<String>) -> Counted {
        let lemma = article.lemma(self.head).to_owned();
        Counted { span: article.cover(self.first..self.next()), lemma, whose }
    }
}

/// The token of a figure that depends on a word outside of it; the last one if there are several.
pub(super) fn stem(article: &Annotated<'_>, figure: &Figure) -> usize {
    let outside = |t: &usize| {
        let loose = matches!(
            article.deprel(*t),
            Deprel::Case | Deprel::Punct | Deprel::Advmod | Deprel::Cc | Deprel::Mark | Deprel::Det
        );
        !loose && article.head(*t).is_none_or(|h| !(figure.first..figure.next).contains(&h))
    };
    let tokens = figure.first..figure.next;
    tokens.clone().rev().find(outside).unwrap_or(tokens.end - 1)
}

/// The noun joined to the figure: "a 12-member council".
pub(super) fn member(article: &Annotated<'_>, figure: &Figure) -> Option<Counted> {
    let tail = figure.number.tail.filter(|_| figure.unit.is_none())?;
    let written = tail.of(article.text());
    let noun = written.trim_start_matches(['-', '‑', '–']);
    let span = Span::new(tail.end() - noun.len(), tail.end());
    refusal::is_member(noun).then(|| Counted { span, lemma: noun.to_owned(), whose: None })
}

/// The noun phrase beside the figure that it counts.
pub(super) fn phrase(article: &Annotated<'_>, figure: &Figure, end: usize) -> Option<NounPhrase> {
    let part = |cases| part_of(article, figure, end, cases);
    match figure.unit {
        // "$60 billion in military aid", "$2 million worth of arms"
        Some(unit) if unit.kind == "currency" => {
            let worth = figure.next < end && article.lower(figure.next) == "worth";
            let noun =
                if worth { case_of(article, figure.next + 1, end, &["of"]) } else { part(&["of", "in"]) };
            let np = ending_at(article, noun?, figure.next, end)?;
            (!article.tag(np.first).is_proper() || np.head > np.first).then_some(np)
        }
        Some(unit) if matches!(unit.kind, "time" | "length") => None,
        Some(_) => ending_at(article, part(&["of"])?, figure.next, end),
        None => modified(article, figure)
            .or_else(|| part(&["of"]))
            .or_else(|| right_behind(article, figure, end))
            .and_then(|noun| ending_at(article, noun, figure.next, end)),
    }
}

/// The noun after the figure whose modifier it is.
fn modified(article: &Annotated<'_>, figure: &Figure) -> Option<usize> {
    let stem = stem(article, figure);
    let modifies = matches!(
        article.deprel(stem),
        Deprel::Nummod | Deprel::Compound | Deprel::Amod | Deprel::Det | Deprel::DetPredet | Deprel::NmodDesc
    );
    let noun = article.head(stem).filter(|h| modifies && *h >= figure.next)?;
    // "special forces units": the parser may stop at a noun that itself modifies the next.
    let last = article.head(noun).filter(|h| *h == noun + 1 && article.deprel(noun) == Deprel::Compound);
    Some(last.unwrap_or(noun))
}

/// The noun that the figure is a part of: "dozens of homes", "three of the men".
fn part_of(article: &Annotated<'_>, figure: &Figure, end: usize, cases: &[&str]) -> Option<usize> {
    case_of(article, figure.next, end, cases).or_else(|| {
        (figure.first..figure.next).rev().find_map(|k| noun_after(article, k, figure.next, cases))
    })
}

/// The noun whose preposition token `at` is, whatever the noun hangs on: a parser errs there most.
fn case_of(article: &Annotated<'_>, at: usize, end: usize, cases: &[&str]) -> Option<usize> {
    let case = at < end && cases.contains(&article.lower(at)) && article.deprel(at) == Deprel::Case;
    if case { article.head(at).filter(|h| *h > at) } else { None }
}

/// The noun that depends on token `head` by one of the prepositions, from token `from` on.
pub(super) fn noun_after(article: &Annotated<'_>, head: usize, from: usize, cases: &[&str]) -> Option<usize> {
    dependents(article, head).filter(|&d| d >= from && article.deprel(d) == Deprel::Nmod).find(|&d| {
        let mut before = dependents(article, d).take_while(|&c| c < d);
        before.any(|c| article.deprel(c) == Deprel::Case && cases.contains(&article.lower(c)))
    })
}

/// The noun whose phrase begins right behind the figure: "half its soldiers", "1.2 million homeless".
fn right_behind(article: &Annotated<'_>, figure: &Figure, end: usize) -> Option<usize> {
    let next = Some(figure.next).filter(|k| *k < end)?;
    match article.deprel(next) {
        Deprel::NmodPoss | Deprel::Det | Deprel::Amod | Deprel::Compound => {
            article.head(next).filter(|h| *h > next && article.tag(*h).is_noun())
        }
        _ => class(article.lemma(next)).or(class(article.lower(next))).map(|_| next),
    }
}

/// The noun phrase that ends with token `head` and begins after token `from`, if it is one that can be counted.
fn ending_at(article: &Annotated<'_>, head: usize, from: usize, end: usize) -> Option<NounPhrase> {
    if head < from || head >= end || head > from + 12 {
        return None;
    }
    let noun = article.tag(head).is_noun()
        || matches!(article.upos(head), Upos::NOUN | Upos::PROPN)
        || class(article.lemma(head)).is_some()
        || article.tag(head).is_adjective() && head == from;
    if !noun || is_temporal(article.lower(head)) || !article.word(head).contains(char::is_alphabetic) {
        return None;
    }
    let mut np = NounPhrase { first: from, head, additional: false };
    for k in from..head {
        let lower = article.lower(k);
        np.additional |= matches!(lower, "more" | "additional" | "extra" | "further" | "fresh");
        let opens =
            matches!(lower, "of" | "in" | "worth" | "all" | "such" | "other" | "new" | "some" | "any")
                || matches!(article.tag(k), Tag::DT | Tag::PDT | Tag::PRPS)
                || matches!(lower, "more" | "additional" | "extra" | "further" | "fresh" | "\"" | "'s" | "'");
        let possessor = article.deprel(k) == Deprel::NmodPoss
            || k + 1 < head && matches!(article.lower(k + 1), "'s" | "'" | "’s" | "’");
        if opens || possessor {
            np.first = k + 1;
        } else if matches!(
            article.tag(k),
            Tag::MD | Tag::VBZ | Tag::VBP | Tag::IN | Tag::TO | Tag::WDT | Tag::WP
        ) || matches!(lower, ";" | ":" | "(" | ")" | "—")
        {
            return None;
        }
    }
    Some(np)
}

/// What a figure without a noun of its own counts: by the relative clause it stands in ("43 of whom"), by what its
/// verb measures, or by the figure before it.
pub(super) fn elsewhere(
    article: &Annotated<'_>,
    figure: &Figure,
    start: usize,
    before: &[Quantity],
) -> Option<Found> {
    let stem = stem(article, figure);
    if let Some(pronoun) = part_of(article, figure, article.len(), &["of"])
        && matches!(article.tag(pronoun), Tag::WP | Tag::WDT | Tag::WPS)
    {
        return related(article, stem, start).map(Found::Phrase);
    }
    if let Some(np) = measured(article, figure, stem, start) {
        return Some(Found::Phrase(np));
    }
    if figure.is_measured() {
        return None;
    }
    let sentence = article.span(start).start();
    let last = before.iter().rev().take(6).find(|q| q.unit == "count" && q.counted.is_some());
    let in_sentence = last.is_some_and(|q| q.span.start() >= sentence);
    // A bare number alone may be a score or an age; a large, bounded or coordinated one goes on with what was counted.
    let counts = figure.relation != Relation::Equal
        || figure.number.high >= 100.0
        || figure.number.low != figure.number.high;
    if in_sentence || counts {
        let earlier = article.sentences.get(article.sentence_of(start).saturating_sub(1))?;
        if let Some(last) = last.filter(|q| q.span.start() >= earlier.span.start()) {
            return last.counted.clone().map(Found::Counted);
        }
    }
    if !counts {
        return None;
    }
    antecedent(article, figure.first).map(Found::Phrase)
}

/// What [`elsewhere`] found.
pub(super) enum Found {
    /// A noun phrase whose owner is to be found.
    Phrase(NounPhrase),
    /// What another figure counts.
    Counted(Counted),
}

/// A noun phrase before the figure: its head with the adjectives and nouns right before it.
fn around(article: &Annotated<'_>, head: usize, start: usize) -> NounPhrase {
    let mut first = head;
    while first > start
        && head - first < 6
        && (article.tag(first - 1).is_adjective() || article.tag(first - 1).is_noun())
        && article.head(first - 1).is_some_and(|h| (first..=head).contains(&h))
    {
        first -= 1;
    }
    NounPhrase { first, head, additional: false }
}

/// The noun that the relative clause around token `at` modifies.
fn related(article: &Annotated<'_>, at: usize, start: usize) -> Option<NounPhrase> {
    let mut k = at;
    for _ in 0..8 {
        let head = article.head(k)?;
        if matches!(article.deprel(k), Deprel::AclRelcl | Deprel::Acl | Deprel::Parataxis | Deprel::Appos)
            && head < at
        {
            let noun = if article.tag(head).is_noun() { head } else { Clause::of(article, head).object? };
            return article.tag(noun).is_noun().then(|| around(article, noun, start));
        }
        k = head;
    }
    None
}

/// What the verb over a figure measures: "the number of troops could rise to 12,000", "casualties reached 500", "cut
/// fatalities by 15 %".
fn measured(article: &Annotated<'_>, figure: &Figure, stem: usize, start: usize) -> Option<NounPhrase> {
    if figure.unit.is_some_and(|u| matches!(u.kind, "time" | "length")) {
        return None;
    }
    let verb = frame::governor(article, stem)?;
    let clause = Clause::of(article, verb);
    let case = dependents(article, stem).find(|&c| article.deprel(c) == Deprel::Case);
    let preposition = case.map_or("", |c| article.lower(c));
    let subject = clause.subject.or_else(|| frame::shared_subject(article, verb));
    let noun = if is(Class::Moved, article.lemma(verb))
        && clause.object.is_some_and(|o| o < figure.first)
        && (matches!(preposition, "by" | "to" | "from" | "at" | "above" | "over" | "below" | "under")
            || figure.relation != Relation::Equal)
    {
        clause.object?
    } else if is(Class::Level, article.lemma(verb)) || clause.copula.is_some() {
        let adrift = matches!(preposition, "in" | "on" | "during" | "after" | "of" | "for" | "with");
        subject.filter(|s| *s < figure.first && !adrift)?
    } else {
        return None;
    };
    let noun = measured_noun(article, noun)?;
    (article.tag(noun).is_noun() && !article.tag(noun).is_proper()).then(|| around(article, noun, start))
}

/// What is measured: "soldiers" of "the number of soldiers", "death" of "the death toll", else the noun itself.
fn measured_noun(article: &Annotated<'_>, noun: usize) -> Option<usize> {
    if article.tag(noun) == Tag::PRP {
        return None;
    }
    if !is(Class::Measure, article.lemma(noun)) {
        return Some(noun);
    }
    let of = noun_after(article, noun, noun, &["of", "among"]);
    let compound = dependents(article, noun)
        .filter(|&d| d < noun && article.deprel(d) == Deprel::Compound && !article.tag(d).is_proper())
        .last();
    match (of, compound) {
        (Some(of), _) => Some(of),
        (None, compound) => {
            Some(compound.unwrap_or(noun)).filter(|n| *n != noun || article.lemma(noun) != "number")
        }
    }
}

/// The noun phrase that is the likely antecedent where no figure stands before: the latest of a class in the sentence
/// before.
fn antecedent(article: &Annotated<'_>, first: usize) -> Option<NounPhrase> {
    let sentence = article.sentence_of(first);
    let start = article.sentences.get(sentence.checked_sub(1)?)?.first_token as usize;
    let from = start.max(first.saturating_sub(WINDOW));
    let head = (from..first).rev().find(|&k| {
        class(article.lemma(k)).is_some()
            && article.tag(k).is_noun()
            && article.lemma(k) != article.lower(k)
            && article.word(k).starts_with(char::is_lowercase)
    })?;
    Some(around(article, head, from))
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
            | "night"
            | "morning"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for row in rows(include_str!("../../../lexicon/count_classes.tsv")) {
            let [name, lemmas, ..] = row[..] else { panic!("{row:?}") };
            assert!(list(lemmas).contains(&name), "{name} is of its own class");
            for lemma in list(lemmas) {
                assert_eq!(class(lemma), Some(name), "{lemma} stands in one class");
            }
        }
        assert_eq!(class("table"), None);
    }
}
