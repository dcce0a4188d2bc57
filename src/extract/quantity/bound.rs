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
    /// First token, without words before those that bound: without the "about" of "about 500 or more".
    pub(super) binding: usize,
    /// The relation; `Equal` if there are no such words.
    pub(super) relation: Relation,
    /// Whether the figure is hedged.
    pub(super) approximate: bool,
}

/// What a phrase says, and the lemmas behind which it does another work.
#[derive(Clone, Copy, Debug)]
struct Entry {
    relation: Relation,
    approximate: bool,
    not_after: &'static str,
}

type Table = FxHashMap<&'static str, Entry>;

static BEFORE: LazyLock<Table> = LazyLock::new(|| table("before"));
static AFTER: LazyLock<Table> = LazyLock::new(|| table("after"));
static JOINED: LazyLock<Table> = LazyLock::new(|| table("joined"));

fn table(position: &str) -> Table {
    rows(include_str!("../../../lexicon/bounds.tsv"))
        .filter_map(|row| {
            let &[phrase, at, relation, approximate, not_after] = row.as_slice() else { return None };
            let relation = match relation {
                ">=" => Relation::AtLeast,
                "<=" => Relation::AtMost,
                ">" => Relation::More,
                "<" => Relation::Less,
                "~" => Relation::About,
                _ => Relation::Equal,
            };
            (at == position)
                .then_some((phrase, Entry { relation, approximate: approximate == "1", not_after }))
        })
        .collect()
}

/// Longest phrase of the table, in words.
const LONGEST: usize = 5;

/// What letters joined to the front of a number say of it: "sub-500".
pub(super) fn joined(prefix: &str) -> Option<(Relation, bool)> {
    if prefix.len() > 6 {
        return None;
    }
    JOINED.get(prefix.to_lowercase().as_str()).map(|e| (e.relation, e.approximate))
}

/// What is written behind a number without a space, if it bounds it: "500-odd", "100+", "40-plus".
pub(super) fn tail(text: &str) -> Option<(Relation, bool)> {
    AFTER.get(text.trim_start_matches(['-', '‑', '–'])).map(|e| (e.relation, e.approximate))
}

/// The bound words around tokens `first..next`, within the sentence `start..end`.
///
/// Several may stand together ("at least some 500"): the one that bounds wins over the one that hedges.
pub(super) fn around(article: &Annotated<'_>, first: usize, next: usize, start: usize, end: usize) -> Bound {
    let mut out = Bound { first, next, binding: first, relation: Relation::Equal, approximate: false };
    let mut phrase = String::new();
    while let Some((words, relation, approximate)) = before(article, out.first, start, &mut phrase) {
        out.first -= words;
        if relation != Relation::About {
            out.binding = out.first;
        }
        out.combine(relation, approximate);
    }
    if let Some((words, relation, approximate)) = after(article, out.next, end, &mut phrase) {
        out.next += words;
        // "more than 5,000 or equal": the end belongs to it.
        let equal = relation == Relation::Equal;
        match out.relation {
            Relation::More if equal => out.relation = Relation::AtLeast,
            Relation::Less if equal => out.relation = Relation::AtMost,
            _ => out.combine(relation, approximate),
        }
    }
    out
}

impl Bound {
    /// Takes in what another word says: what bounds wins over what hedges.
    pub(super) fn combine(&mut self, relation: Relation, approximate: bool) {
        self.approximate |= approximate;
        if matches!(self.relation, Relation::Equal | Relation::About) && relation != Relation::Equal {
            self.relation = relation;
        }
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
        let entry = *BEFORE.get(phrase.as_str())?;
        // "take over 5 towns", "not only 5"
        let other = !entry.not_after.is_empty()
            && first - n > start
            && entry.not_after.split('|').any(|lemma| lemma == article.lemma(first - n - 1));
        (!other).then_some((n, entry.relation, entry.approximate))
    })
}

fn after(
    article: &Annotated<'_>,
    next: usize,
    end: usize,
    phrase: &mut String,
) -> Option<(usize, Relation, bool)> {
    (1..=3.min(end.saturating_sub(next))).rev().find_map(|n| {
        join(article, next, n, phrase);
        let entry = *AFTER.get(phrase.as_str())?;
        // "1,000 soldiers, at least 200 of them ...": what bounds the next figure does not bound this one.
        let before_figure = phrase.starts_with("at ") || phrase.as_str() == "approximately";
        let figure_follows =
            next + n < end && article.lower(next + n).starts_with(|c: char| c.is_ascii_digit() || c == '$');
        let equal_to = phrase.starts_with("or ") && !phrase.ends_with("more") && figure_follows;
        // "less than 10 and more than 40"
        let than = !phrase.ends_with("than") && next + n < end && article.lower(next + n) == "than";
        (!(before_figure && figure_follows || equal_to || than)).then_some((
            n,
            entry.relation,
            entry.approximate,
        ))
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
            let &[phrase, position, relation, approximate, not_after] = row.as_slice() else {
                panic!("{row:?}")
            };
            assert!(phrase.split(' ').count() <= LONGEST && phrase == phrase.to_lowercase(), "{phrase}");
            assert!(matches!(position, "before" | "after" | "joined"), "{row:?}");
            assert!(matches!(relation, ">=" | "<=" | ">" | "<" | "~" | "="), "{row:?}");
            assert!(matches!(approximate, "0" | "1"), "{row:?}");
            assert!(not_after.is_empty() || position == "before", "{row:?}");
            rows_read += 1;
        }
        assert_eq!(rows_read, BEFORE.len() + AFTER.len() + JOINED.len(), "no phrase stands twice");
    }
}
