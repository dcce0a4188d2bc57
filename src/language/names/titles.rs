//! Titles before names of persons: "Vice Foreign Minister Kim Hong-kyun", "Lt. Gen. Kirby".
//!
//! A title is a run of words right before the name that ends in a role (`lexicon/roles.tsv`) and has with it what
//! narrows the role down: words with a capital that are no name themselves ("Vice Foreign"), other roles ("Lt. Gen."), or
//! nouns ("foreign ministry spokesman"). In "Secretary of State John Kerry" the role opens the run. Countries ("South
//! Korean Foreign Minister") and "former" stay outside.

use super::lists;
use crate::document::Tag;
use crate::language::Annotated;
use crate::language::gazetteer::may_name;
use crate::span::Span;

/// Longest title, in tokens.
const LONGEST: usize = 9;

/// Words that open no title.
const OUTSIDE: &[&str] =
    &["former", "then", "late", "ex", "incoming", "outgoing", "longtime", "current", "new", "the", "a", "an"];

/// Adjectives and other words that narrow a role down, also when written small.
const MODIFIERS: &[&str] = &[
    "vice",
    "deputy",
    "foreign",
    "prime",
    "first",
    "assistant",
    "associate",
    "senior",
    "chief",
    "defense",
    "defence",
    "interior",
    "acting",
    "military",
    "presidential",
    "national",
    "general",
    "executive",
    "managing",
    "lead",
    "press",
    "joint",
];

/// The title that ends right before token `start`, where a person's name begins; no token before `floor` is in it.
pub(super) fn before(article: &Annotated<'_>, floor: usize, start: usize) -> Option<Span> {
    let floor = floor.max(start.saturating_sub(LONGEST));
    let joined = |i: usize| {
        let (end, next) = (article.span(i).end(), article.span(i + 1).start());
        article.text()[end..next].chars().all(|c| matches!(c, ' ' | '\u{a0}' | '\t' | '\n' | '\r'))
    };
    let open = (floor..start).rev().find(|i| !joined(*i)).map_or(floor, |i| i + 1);
    let role = |i: usize| lists::is_role(article.lower(i));
    let mut from = if start > open && role(start - 1) {
        start - 1
    } else {
        of_phrase(article, open, start).filter(|i| role(*i))?
    };
    while from > open && narrows(article, from - 1) {
        from -= 1;
    }
    while from < start && OUTSIDE.contains(&article.lower(from)) {
        from += 1;
    }
    // "-led minister": no title begins with a mark.
    while from < start && !article.word(from).starts_with(char::is_alphanumeric) {
        from += 1;
    }
    (from < start).then(|| article.cover(from..start))
}

/// Where a role stands in "Secretary of State", "Speaker of the House": all words after "of" begin with a capital.
fn of_phrase(article: &Annotated<'_>, open: usize, start: usize) -> Option<usize> {
    let of = (open..start).rev().find(|i| article.lower(*i) == "of")?;
    let after = if article.lower(of + 1) == "the" { of + 2 } else { of + 1 };
    let named =
        after < start && (after..start).all(|i| may_name(article.word(i)) || article.lower(i) == "and");
    if named { of.checked_sub(1).filter(|i| *i >= open) } else { None }
}

/// Whether a word before a role belongs to the title.
fn narrows(article: &Annotated<'_>, i: usize) -> bool {
    let (lower, tag) = (article.lower(i), article.tag(i));
    if OUTSIDE.contains(&lower)
        || matches!(lists::at(article, i), Some((_, listed)) if listed != lists::Listed::Organization)
    {
        return false;
    }
    // "-" in "vice - president" as treebanks cut it.
    let hyphen = matches!(lower, "-" | "‐" | "‑");
    let capital = article.word(i).starts_with(char::is_uppercase)
        && !matches!(tag, Tag::IN | Tag::CC | Tag::DT | Tag::PRP | Tag::RB);
    hyphen
        || lists::is_role(lower)
        || MODIFIERS.contains(&lower)
        || tag == Tag::NN
        || capital && !tag.is_verb()
}
