//! Figures that are a change and not a level, and levels with a direction (`lexicon/changes.tsv`).
//!
//! | text | change |
//! |---|---|
//! | "another 1,000", "1,000 more troops", "an additional 500" | additional |
//! | "rose 5 %", "rose by 300", "up 5 %", "an increase of 5 %", "a 5 % rise", "5 % higher" | up |
//! | "fell 5 %", "was cut by 200", "down 2 %", "a drop of 500" | down |
//! | "rose to 12,000", "climbed 2 % to 12,000", "up 9 % to $84" | rose to |
//! | "fell to 800", "fell below 800", "cut its forecast to 2 %" | fell to |
//!
//! A word that says how many times as much something becomes is a figure too: "doubled" is 2, "tripled" 3, "halved" 0.5,
//! "grew sixfold" 6, in the unit `{fold}`, up or down as it is more or less than one; "more than doubled" is more than 2.
//! The two levels of "rose from 9 to 12" are two figures, and the second is one that was risen to.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::counted::NounPhrase;
use super::figure::Figure;
use super::number::Form;
use crate::document::Change;
use crate::language::Annotated;
use crate::language::gazetteer::rows;

/// How a word says which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Verb,
    /// A verb that tells of shares, points and other measures only ("gained 3 %").
    Measured,
    Noun,
    Particle,
    After,
    Additional,
}

static WORDS: LazyLock<FxHashMap<&'static str, (Class, Change)>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for (word, says) in rows(include_str!("../../../lexicon/changes.tsv")).filter_map(|row| entry(&row)) {
        // Verbs come first in the table.
        out.entry(word).or_insert(says);
    }
    out
});

/// Nouns stand apart: "rise" and "fall" are both.
static NOUNS: LazyLock<FxHashMap<&'static str, Change>> = LazyLock::new(|| of_class(Class::Noun));

/// Words behind a figure: "lower" is a verb as well.
static AFTER: LazyLock<FxHashMap<&'static str, Change>> = LazyLock::new(|| of_class(Class::After));

fn of_class(wanted: Class) -> FxHashMap<&'static str, Change> {
    let entries = rows(include_str!("../../../lexicon/changes.tsv")).filter_map(|row| entry(&row));
    entries.filter(|(_, (class, _))| *class == wanted).map(|(word, (_, change))| (word, change)).collect()
}

fn entry(row: &[&'static str]) -> Option<(&'static str, (Class, Change))> {
    let &[word, class, direction] = row else { return None };
    let class = match class {
        "verb" => Class::Verb,
        "measured" => Class::Measured,
        "noun" => Class::Noun,
        "particle" => Class::Particle,
        "after" => Class::After,
        _ => Class::Additional,
    };
    let change = match direction {
        "up" => Change::Up,
        "down" => Change::Down,
        _ => Change::Additional,
    };
    Some((word, (class, change)))
}

/// Whether a word behind a figure says which way: "lower", "increase".
#[cfg(feature = "train")]
pub(super) fn says_behind(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    AFTER.contains_key(word) || NOUNS.contains_key(singular)
}

/// How far back a verb may stand from the "to" or "by" of its figure, in tokens.
const REACH: usize = 12;

/// What the figure says of a change. `np` is the counted noun phrase that follows it.
pub(super) fn change(
    article: &Annotated<'_>,
    figure: &Figure,
    np: Option<NounPhrase>,
    start: usize,
) -> Option<Change> {
    if figure.number.form == Form::Multiple {
        return Some(if figure.number.high > 1.0 { Change::Up } else { Change::Down });
    }
    let next = np.map_or(figure.next, |np| np.next().max(figure.next));
    if np.is_some_and(|np| np.additional)
        || is_additional(article, figure.next)
        || is_additional(article, next)
    {
        return Some(Change::Additional);
    }
    behind(article, figure).or_else(|| before(article, figure, start))
}

/// Whether "another", "additional", "more" stands at token `k`.
pub(super) fn is_additional(article: &Annotated<'_>, k: usize) -> bool {
    // "5 more than last year" compares.
    k < article.len()
        && matches!(WORDS.get(article.lower(k)), Some((Class::Additional, _)))
        && !(k + 1 < article.len() && article.lower(k + 1) == "than")
}

/// "0.7 percent lower", "a 12 % increase".
fn behind(article: &Annotated<'_>, figure: &Figure) -> Option<Change> {
    let next = figure.next;
    if next >= article.len() || !figure.is_measured() {
        return None;
    }
    if let Some(change) = AFTER.get(article.lower(next)) {
        return Some(*change);
    }
    let noun = (next..article.len().min(next + 2)).find(|&k| article.tag(k).is_noun())?;
    // "a 3 % rise", "a 4 % price rise", but "$5 billion in cuts"
    let joined = (next..noun).all(|k| article.tag(k).is_adjective());
    NOUNS.get(article.lemma(noun)).copied().filter(|_| joined)
}

fn before(article: &Annotated<'_>, figure: &Figure, start: usize) -> Option<Change> {
    let mut k = figure.first;
    // "rose sharply, by 5 %", "rose only 5 %"
    let adverb =
        |k: usize| article.tag(k) == crate::document::Tag::RB && !WORDS.contains_key(article.lower(k));
    let mut skipped = 0;
    while k > start && skipped < 3 && adverb(k - 1) {
        k -= 1;
        skipped += 1;
    }
    let before = k.checked_sub(1).filter(|&k| k >= start)?;
    match article.lower(before) {
        "by" => direction_before(article, before, start, figure),
        "to" | "at" => level(article, before, start),
        "from" => None,
        // "190 points, or 0.6 %"
        "or" if before > start && article.lower(before - 1) == "," && figure.is_share() => {
            latest(article, before, start.max(before.saturating_sub(REACH)), true)
        }
        "of" => NOUNS.get(article.lemma(before.checked_sub(1).filter(|&k| k >= start)?)).copied(),
        _ => {
            let change = direct(article, before, figure)?;
            // "fell below 3 %" tells a level, "fell 3 %" a change.
            let level =
                matches!(article.lower(figure.first), "below" | "above" | "under" | "past" | "beyond");
            Some(match change {
                Change::Up if level => Change::RoseTo,
                Change::Down if level => Change::FellTo,
                change => change,
            })
        }
    }
}

/// "rose 5 %", "up 5 %", "an increase 5 % above".
fn direct(article: &Annotated<'_>, k: usize, figure: &Figure) -> Option<Change> {
    let (class, change) = *WORDS.get(article.lemma(k)).or_else(|| WORDS.get(article.lower(k)))?;
    let verb = article.tag(k).is_verb();
    match class {
        Class::Particle => Some(change),
        Class::Verb if verb => Some(change),
        // tags of headlines: "Shares slump 5 %"
        Class::Verb if figure.is_share() => Some(change),
        Class::Measured
            if verb && (figure.is_share() || figure.is_physical() || is_points(article, figure)) =>
        {
            Some(change)
        }
        _ => None,
    }
}

/// "lost 190 points", "added 15 sen".
fn is_points(article: &Annotated<'_>, figure: &Figure) -> bool {
    figure.is_minor()
        || figure.next < article.len() && matches!(article.lemma(figure.next), "point" | "pip" | "tick")
}

/// The direction of what stands before "by".
fn direction_before(article: &Annotated<'_>, by: usize, start: usize, figure: &Figure) -> Option<Change> {
    // "was raised by 5 officers" is an agent, "cut by 200" a change; only the verb decides, and it is near.
    let near = latest(article, by, start.max(by.saturating_sub(6)), true);
    near.or_else(|| {
        // "down 2.3 %, Burlington by 2.6 %"
        let far = start.max(by.saturating_sub(REACH));
        figure.is_share().then(|| latest(article, by, far, true)).flatten()
    })
}

/// "rose to 43", "climbed 2 % to 43", "up 2 % at 43".
fn level(article: &Annotated<'_>, to: usize, start: usize) -> Option<Change> {
    let at = article.lower(to) == "at";
    let from = start.max(to.saturating_sub(REACH));
    let change = latest(article, to, from, !at)?;
    // "expected to rise at 9 o'clock" is no level, "rose 2 % at 43" is: something measured stands between.
    let measured = !at
        || (from..to)
            .any(|k| matches!(article.lower(k), "%" | "percent" | "cent" | "points" | "higher" | "lower"));
    measured.then_some(match change {
        Change::Up => Change::RoseTo,
        _ => Change::FellTo,
    })
}

/// The direction of the latest word of change before token `until`, in the same clause.
fn latest(article: &Annotated<'_>, until: usize, from: usize, nouns: bool) -> Option<Change> {
    for k in (from..until).rev() {
        if matches!(article.lower(k), ";" | ":" | "that" | "who" | "which" | "\"" | "“" | "”") {
            return None;
        }
        let Some((class, change)) = WORDS.get(article.lemma(k)).or_else(|| WORDS.get(article.lower(k)))
        else {
            // Another verb's "to" is not that of the change before it: "rose because it sold them to 12 states".
            let tag = article.tag(k);
            if tag.is_verb()
                && !matches!(
                    article.lemma(k),
                    "be" | "have" | "end" | "close" | "settle" | "finish" | "trade" | "stand" | "revise"
                )
            {
                return None;
            }
            continue;
        };
        let verb = article.tag(k).is_verb();
        let says = match class {
            Class::Verb | Class::Measured => {
                verb || nouns && article.tag(k).is_noun() && NOUNS.contains_key(article.lemma(k))
            }
            Class::Noun => nouns && article.tag(k).is_noun(),
            Class::Particle => !matches!(article.lower(k + 1), "to" | "the" | "a") || k + 1 == until,
            Class::After => true,
            Class::Additional => false,
        };
        if says {
            return Some(*change);
        }
    }
    None
}

/// Whether a word of change stands close before token `first`, so that "3 to 12" behind it is a change and a level, and
/// "from 3 to 12" two levels.
pub(super) fn moves_before(article: &Annotated<'_>, first: usize) -> bool {
    let start = article.sentences.get(article.sentence_of(first)).map_or(first, |s| s.first_token as usize);
    latest(article, first, start.max(first.saturating_sub(8)), false).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for row in rows(include_str!("../../../lexicon/changes.tsv")) {
            let &[word, class, direction] = row.as_slice() else { panic!("{row:?}") };
            assert!(word == word.to_lowercase() && !word.contains(' '), "{row:?}");
            assert!(
                matches!(class, "verb" | "measured" | "noun" | "particle" | "after" | "additional"),
                "{row:?}"
            );
            assert!(matches!(direction, "up" | "down" | "additional"), "{row:?}");
        }
        assert_eq!(NOUNS.get("rise"), Some(&Change::Up));
        assert_eq!(WORDS.get("rise").map(|(class, _)| *class), Some(Class::Verb), "verbs before nouns");
    }
}
