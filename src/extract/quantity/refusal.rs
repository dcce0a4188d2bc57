//! Numbers that are not figures: years, names, lists, scores, and "one" the pronoun.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::number::{Form, Number};
use crate::document::Tag;
use crate::language::Annotated;
use crate::language::gazetteer::rows;

static WORDS: LazyLock<FxHashMap<(&'static str, &'static str), ()>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/designators.tsv"))
        .filter_map(|row| match row.as_slice() {
            &[word, class] => Some(((class, word), ())),
            _ => None,
        })
        .collect()
});

fn is(class: &'static str, word: &str) -> bool {
    word.len() <= 16 && WORDS.contains_key(&(class, word))
}

/// Whether a word before a number makes it the name of something: "Room 101", "article 5".
fn is_designator(word: &str) -> bool {
    is("designator", word)
}

/// Whether a word joined to the back of a number is no unit: "10,000-strong", "12-member".
pub(super) fn is_joined(word: &str) -> bool {
    is("joined", word) || is_member(word)
}

/// Whether a word joined to the back of a number is what is counted: "12-member".
pub(super) fn is_member(word: &str) -> bool {
    is("member", word)
}

/// Whether the number is no figure. `unit` tells that a unit or a currency sign stands beside it, `bounded` that a
/// bound word does.
pub(super) fn refuses(
    article: &Annotated<'_>,
    n: &Number,
    start: usize,
    end: usize,
    unit: bool,
    bounded: bool,
) -> bool {
    if matches!(n.form, Form::Word) {
        return refuses_word(article, n, start, end, unit, bounded);
    }
    if !unit && is_address(article, n, end) {
        return true;
    }
    if n.form == Form::Range && !unit && (is_score(article, n, start, end) || is_years(article, n)) {
        return true;
    }
    if n.form != Form::Bare || unit {
        return false;
    }
    opens_list(article, n, start, end)
        || in_brackets(article, n, start, end)
        || is_designated(article, n, start, end)
        || is_year(article, n, start, end, bounded)
        || is_score(article, n, start, end)
        || is_rating(article, n, start, end)
        || n.span.len() > 12
        || article.word(n.first).starts_with('0') && n.span.len() > 1
}

/// Small numbers in words: "the two leaders", "one of the reasons", "no one", "at one point".
fn refuses_word(
    article: &Annotated<'_>,
    n: &Number,
    start: usize,
    end: usize,
    unit: bool,
    bounded: bool,
) -> bool {
    let next = (n.next < end).then(|| article.lower(n.next));
    if let Some(tail) = n.tail {
        return !unit && !super::unit::is_suffix_of_count(article.text(), tail);
    }
    // "the Big Ten", "Kick Six": a name.
    let capital = |k: usize| article.word(k).starts_with(char::is_uppercase);
    if capital(n.first)
        && n.first > start + 1
        && capital(n.first - 1)
        && !unit
        && article.tag(n.first - 1).is_proper()
    {
        return true;
    }
    if n.first > start
        && is_designator(article.lower(n.first - 1))
        && article.lower(n.first - 1) != "call"
        && !unit
    {
        return true;
    }
    if n.low == 1.0 {
        let counted = next.is_some_and(|_| super::counted::class(article.lemma(n.next)).is_some());
        let determined = n.first > start
            && matches!(
                article.lower(n.first - 1),
                "no" | "any" | "the" | "this" | "that" | "each" | "every" | "which"
            );
        let noun = n.next < end && article.tag(n.next).is_noun() && !article.tag(n.next).is_proper();
        // "pleaded guilty to one count", "lost one leg", but "said one official", "at one point"
        let idiom = noun && is("idiom", article.lemma(n.next));
        let object = noun
            && !idiom
            && n.first > start
            && (article.lower(n.first - 1) == "to"
                || article.tag(n.first - 1).is_verb()
                    && !matches!(
                        article.lemma(n.first - 1),
                        "be" | "say" | "tell" | "ask" | "add" | "write" | "argue"
                    ));
        let figure = !determined && (unit || counted || object) || bounded && (counted || noun && !idiom);
        return !figure;
    }
    // Definite pairs and groups are mentioned again, not counted: "the two countries", "these three men".
    let definite = n.first > start
        && matches!(
            article.lower(n.first - 1),
            "the" | "these" | "those" | "both" | "our" | "their" | "its" | "his" | "her" | "all"
        );
    if definite && !unit && !bounded && n.low <= 10.0 {
        return true;
    }
    // A number word that ends its phrase is a pronoun: "the two of them", "the two agreed".
    n.low == 0.0 && !unit
}

fn opens_list(article: &Annotated<'_>, n: &Number, start: usize, end: usize) -> bool {
    n.first == start
        && n.next < end
        && matches!(article.lower(n.next), "." | ")" | "]" | ":")
        && n.low < 200.0
}

fn in_brackets(article: &Annotated<'_>, n: &Number, start: usize, end: usize) -> bool {
    let closed = n.next < end && matches!(article.lower(n.next), ")" | "]");
    closed && n.first > start && matches!(article.lower(n.first - 1), "(" | "[")
}

/// "Smith: 7 Had a quiet game": a mark for a player.
fn is_rating(article: &Annotated<'_>, n: &Number, start: usize, end: usize) -> bool {
    n.low <= 10.0
        && n.first >= start + 2
        && article.word(n.first - 1) == ":"
        && article.tag(n.first - 2).is_proper()
        && n.next < end
        && article.word(n.next).starts_with(char::is_uppercase)
}

/// "Boeing 737", "Article 5", "Storm Shadow 2", "No. 5".
fn is_designated(article: &Annotated<'_>, n: &Number, start: usize, end: usize) -> bool {
    if n.first == start {
        return false;
    }
    // "COVID -19"
    let hyphen =
        n.first > start + 1 && article.word(n.first - 1) == "-" && super::number::touches(article, n.first);
    if hyphen && article.tag(n.first - 2).is_proper() {
        return true;
    }
    let before = article.lower(n.first - 1);
    if is_designator(before) {
        // "the unit 3,000 men", "a building 30 floors high": only where no counted noun follows.
        return !counts_noun(article, n, end) || article.tag(n.first - 1).is_proper();
    }
    let word = article.word(n.first - 1);
    let proper = (article.tag(n.first - 1).is_proper() || n.first - 1 > start)
        && word.starts_with(char::is_uppercase)
        && (n.first - 1 > start || n.next == end || !counts_noun(article, n, end));
    proper
        && n.low < 10_000.0
        && crate::language::gazetteer::lookup(word).is_none()
        && !counts_noun(article, n, end)
}

/// Whether a plural noun in lower case follows within two words, so that something is counted.
fn counts_noun(article: &Annotated<'_>, n: &Number, end: usize) -> bool {
    let phrase =
        |&k: &usize| article.tag(k).is_noun() || article.tag(k).is_adjective() || article.tag(k) == Tag::VBN;
    (n.next..end.min(n.next + 3)).take_while(phrase).any(|k| {
        let noun = article.tag(k) == Tag::NNS || super::counted::class(article.lemma(k)).is_some();
        noun && article.word(k).starts_with(char::is_lowercase)
    })
}

/// Four digits that are a year: after "in", before a noun that is not counted, or alone.
fn is_year(article: &Annotated<'_>, n: &Number, start: usize, end: usize, bounded: bool) -> bool {
    if n.span.len() != 4 || !(1400.0..2200.0).contains(&n.low) {
        return false;
    }
    // "an average of 1500"
    if bounded && !(1800.0..2100.0).contains(&n.low) {
        return false;
    }
    let before = if n.first > start { article.lower(n.first - 1) } else { "" };
    if matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "during"
            | "of"
            | "from"
            | "by"
            | "to"
            | "and"
            | "before"
            | "after"
            | "late"
            | "early"
            | "mid"
    ) {
        return !(bounded && counts_noun(article, n, end));
    }
    // "at least 2000 soldiers": a bound and a counted noun, or the noun at once.
    let counted_next = n.next < end && super::counted::class(article.lemma(n.next)).is_some();
    !(bounded && counts_noun(article, n, end) || counted_next)
}

/// "16-18 Industrial Avenue".
fn is_address(article: &Annotated<'_>, n: &Number, end: usize) -> bool {
    let names =
        (n.next..end.min(n.next + 4)).take_while(|&k| article.word(k).starts_with(char::is_uppercase));
    let mut last = "";
    for k in names {
        last = article.lower(k);
    }
    is("street", last.trim_end_matches('.'))
}

/// Whether a range of bare numbers is a range of years: "1914 to 1918".
fn is_years(article: &Annotated<'_>, n: &Number) -> bool {
    let written = n.span.of(article.text());
    (1400.0..2200.0).contains(&n.low) && (1400.0..2200.0).contains(&n.high) && !written.contains(',')
}

/// "beat them 5 to 3", "a 25-21 win", "voted 52 to 48".
fn is_score(article: &Annotated<'_>, n: &Number, start: usize, end: usize) -> bool {
    let dash_or_to = n.form == Form::Range
        || n.next + 1 < end
            && matches!(article.lower(n.next), "to" | "-" | "–")
            && is_digit(article, n.next + 1)
        || n.first >= start + 2
            && matches!(article.lower(n.first - 1), "to" | "-" | "–")
            && is_digit(article, n.first - 2);
    if !dash_or_to || n.high > 250.0 {
        return false;
    }
    let from = n.first.saturating_sub(4).max(start);
    (from..end.min(n.next + 4)).any(|k| is("score", article.lower(k)))
}

fn is_digit(article: &Annotated<'_>, i: usize) -> bool {
    article.lower(i).bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut n = 0;
        for row in rows(include_str!("../../../lexicon/designators.tsv")) {
            let &[word, class] = row.as_slice() else { panic!("{row:?}") };
            assert!(
                matches!(class, "designator" | "score" | "street" | "joined" | "member" | "idiom"),
                "{row:?}"
            );
            assert!(word == word.to_lowercase() && is(class, word), "{row:?}");
            n += 1;
        }
        assert_eq!(n, WORDS.len(), "no row stands twice");
    }
}
