//! Bounds and approximators: "at least", "as many as", "nearly", "or more" (`lexicon/bounds.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::Relation;
use crate::language::Annotated;
use crate::language::gazetteer::rows;

/// What the words around a number say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// First token of the figure with its bound words.
    pub(super) first: usize,
    /// One past the last.
    pub(super) next: usize,
    /// The relation; `Equal` if there are no such words.
    pub(super) relation: Relation,
    /// Whether the figure is hedged.
    pub(super) approximate: bool,
}

type Table = FxHashMap<&'static str, (Relation, bool)>;

static BEFORE: LazyLock<Table> = LazyLock::new(|| table("before"));
static AFTER: LazyLock<Table> = LazyLock::new(|| table("after"));

fn table(position: &str) -> Table {
    rows(include_str!("../../../lexicon/bounds.tsv"))
        .filter_map(|row| {
            let &[phrase, at, relation, approximate] = row.as_slice() else { return None };
            let relation = match relation {
                ">=" => Relation::AtLeast,
                "<=" => Relation::AtMost,
                ">" => Relation::More,
                "<" => Relation::Less,
                "~" => Relation::About,
                _ => Relation::Equal,
            };
            (at == position).then_some((phrase, (relation, approximate == "1")))
        })
        .collect()
}

/// Longest phrase of the table, in words.
const LONGEST: usize = 5;

/// The bound words around tokens `first..next`, within the sentence `start..end`.
///
/// Several may stand together ("at least some 500"): the one that bounds wins over the one that hedges.
pub(super) fn around(article: &Annotated<'_>, first: usize, next: usize, start: usize, end: usize) -> Bound {
    let mut out = Bound { first, next, relation: Relation::Equal, approximate: false };
    let mut phrase = String::new();
    while let Some((words, relation, approximate)) = before(article, out.first, start, &mut phrase) {
        out.first -= words;
        combine(&mut out, relation, approximate);
    }
    if let Some((words, relation, approximate)) = after(article, out.next, end, &mut phrase) {
        out.next += words;
        combine(&mut out, relation, approximate);
    }
    out
}

fn combine(bound: &mut Bound, relation: Relation, approximate: bool) {
    bound.approximate |= approximate;
    if matches!(bound.relation, Relation::Equal | Relation::About) && relation != Relation::Equal {
        bound.relation = relation;
    }
}

fn before(
    article: &Annotated<'_>,
    first: usize,
    start: usize,
    phrase: &mut String,
) -> Option<(usize, Relation, bool)> {
    (1..=LONGEST.min(first - start)).rev().find_map(|n| {
        join(article, first - n, n, phrase);
        let (relation, approximate) = *BEFORE.get(phrase.as_str())?;
        (!is_something_else(article, first - n, n, start)).then_some((n, relation, approximate))
    })
}

/// Words of the table that do another work here: "take over 5 towns", "turn about 90 degrees", "as long as 5 ...".
fn is_something_else(article: &Annotated<'_>, at: usize, words: usize, start: usize) -> bool {
    if words > 1 || at == start {
        return false;
    }
    match article.lower(at) {
        "over" => matches!(
            article.lemma(at - 1),
            "take" | "hand" | "turn" | "win" | "victory" | "lead" | "advantage"
        ),
        "about" => matches!(article.lemma(at - 1), "talk" | "speak" | "bring" | "complain" | "worry"),
        "only" | "just" => matches!(article.lower(at - 1), "not"),
        "some" => matches!(article.lower(at - 1), "for"),
        "under" | "below" | "above" => {
            matches!(article.lemma(at - 1), "law" | "article" | "come" | "fall" | "title")
        }
        _ => false,
    }
}

fn after(
    article: &Annotated<'_>,
    next: usize,
    end: usize,
    phrase: &mut String,
) -> Option<(usize, Relation, bool)> {
    (1..=3.min(end.saturating_sub(next))).rev().find_map(|n| {
        join(article, next, n, phrase);
        let (relation, approximate) = *AFTER.get(phrase.as_str())?;
        // "1,000 soldiers, at least 200 of them ...": what bounds the next figure does not bound this one.
        let before_figure = phrase.starts_with("at ") || phrase.as_str() == "approximately";
        let figure_follows =
            next + n < end && article.lower(next + n).starts_with(|c: char| c.is_ascii_digit() || c == '$');
        (!(before_figure && figure_follows)).then_some((n, relation, approximate))
    })
}

fn join(article: &Annotated<'_>, at: usize, words: usize, into: &mut String) {
    into.clear();
    for i in at..at + words {
        // No phrase of the table is longer; this bounds the work on text without spaces.
        if into.len() > 40 {
            return;
        }
        if i > at {
            into.push(' ');
        }
        let word = article.lower(i);
        into.push_str(if word.len() > 24 { "\0" } else { word });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut rows_read = 0;
        for row in rows(include_str!("../../../lexicon/bounds.tsv")) {
            let &[phrase, position, relation, approximate] = row.as_slice() else { panic!("{row:?}") };
            assert!(phrase.split(' ').count() <= LONGEST && phrase == phrase.to_lowercase(), "{phrase}");
            assert!(matches!(position, "before" | "after"), "{row:?}");
            assert!(matches!(relation, ">=" | "<=" | ">" | "<" | "~" | "="), "{row:?}");
            assert!(matches!(approximate, "0" | "1"), "{row:?}");
            rows_read += 1;
        }
        assert_eq!(rows_read, BEFORE.len() + AFTER.len(), "no phrase stands twice");
    }
}
