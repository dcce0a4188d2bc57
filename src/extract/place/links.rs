//! Links: names whose neighbours say where they lie.
//!
//! "Paris, Texas", "Cambridge, Mass.", "Georgia's Fulton County", "the Syrian city of Tripoli", "Springfield in
//! Illinois". The inner name is a place inside the outer one. Names that are listed side by side ("Washington, Oregon
//! and California") are alike instead.

use super::candidates::{Candidate, Names};
use super::words::{Class, is};
use crate::document::{PlaceKind, Tag};
use crate::language::Annotated;

/// How two neighbouring names belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Link {
    /// The inner one, by candidate, lies in the outer; how much that tells.
    Inside { inner: usize, outer: usize, weight: f32 },
    /// The inner one lies in the outer, though no table knows a place of its name there.
    Unknown { inner: usize, outer: usize },
    /// They are members of one list.
    Alike { first: usize, second: usize },
}

/// Every link between neighbours, in order.
pub(super) fn links(article: &Annotated<'_>, names: &Names) -> Vec<Link> {
    let mut out = Vec::new();
    for (i, pair) in names.candidates.windows(2).enumerate() {
        if pair[0].sentence == pair[1].sentence
            && let Some(link) = link(article, names, i)
        {
            out.push(link);
        }
    }
    out
}

fn link(article: &Annotated<'_>, names: &Names, i: usize) -> Option<Link> {
    let (a, b) = (&names.candidates[i], &names.candidates[i + 1]);
    if b.first <= a.last + 1 && !(b.first == a.last + 1 && a.whole && b.whole) {
        return None;
    }
    let gap = a.last + 1..b.first;
    if gap.len() > 6 {
        return None;
    }
    let words: Vec<&str> = gap.clone().map(|k| article.lower(k)).collect();
    let inside = |inner: usize, outer: usize, weight: f32| {
        lies(names, inner, outer).then_some(Link::Inside { inner, outer, weight })
    };
    match words.as_slice() {
        [","] | ["("] => comma(article, names, i),
        ["and" | "or" | "/"] | [",", "and" | "or"] => Some(Link::Alike { first: i, second: i + 1 }),
        ["in"] | ["in", "the"] => inside(i, i + 1, 4.0),
        ["in", middle @ ..] if middle.iter().all(|w| is_between(w)) => inside(i, i + 1, 3.0),
        ["'s", middle @ ..] if gap.clone().skip(1).all(|k| is_small(article, k)) => {
            inside(i + 1, i, if middle.len() < 2 { 5.0 } else { 4.0 })
        }
        middle
            if gap.clone().all(|k| is_small(article, k))
                && middle.iter().any(|w| is(w, Class::Settlement))
                || middle.is_empty() =>
        {
            inside(i + 1, i, if middle.is_empty() { 1.5 } else { 5.0 })
        }
        _ => None,
    }
}

/// Words between "in" and the outer name: "in the southern state of".
fn is_between(word: &str) -> bool {
    is(word, Class::Compass) || is(word, Class::Settlement) || matches!(word, "the" | "of" | "us" | "u.s.")
}

/// A word that is no name and no verb.
fn is_small(article: &Annotated<'_>, k: usize) -> bool {
    let tag = article.tag(k);
    article.word(k).chars().all(|c| c.is_lowercase() || c == '-')
        && (!tag.is_finite() || is(article.lower(k), Class::Settlement))
        && !matches!(tag, Tag::CC | Tag::TO)
}

/// Whether some place of the one name lies in some place of the other.
fn lies(names: &Names, inner: usize, outer: usize) -> bool {
    let (inner, outer) = (names.group(inner), names.group(outer));
    // demonyms stand for their country: "the Syrian city of Tripoli"
    inner.readings.iter().any(|r| !r.demonym && outer.readings.iter().any(|o| within(r, o)))
}

/// Whether the one lies in the other, its people standing for it.
pub(super) fn within(inner: &super::reading::Reading, outer: &super::reading::Reading) -> bool {
    if outer.demonym {
        let outer = super::reading::Reading { demonym: false, ..outer.clone() };
        return inner.lies_in(&outer);
    }
    inner.lies_in(outer)
}

/// "Paris, Texas": a place and where it lies, or two of a list.
fn comma(article: &Annotated<'_>, names: &Names, i: usize) -> Option<Link> {
    let (a, b) = (&names.candidates[i], &names.candidates[i + 1]);
    let (inner, outer) = (names.group(i), names.group(i + 1));
    let alike = Link::Alike { first: i, second: i + 1 };
    if !a.whole || !b.whole || inner.top().demonym || outer.top().demonym {
        return None;
    }
    let same_kind = inner.top().kind == outer.top().kind;
    let listed = same_kind && goes_on(article, names.candidates.get(i + 2), b);
    if lies(names, i, i + 1) && !listed {
        return Some(Link::Inside { inner: i, outer: i + 1, weight: 6.0 });
    }
    let state = outer.readings.iter().any(|r| {
        r.kind == PlaceKind::Region && matches!(r.country, "US" | "CA" | "AU") && !r.division.is_empty()
    });
    let city =
        inner.readings.iter().any(|r| r.kind == PlaceKind::City) && inner.top().kind != PlaceKind::Region;
    if state && city && !same_kind && ends(article, b) {
        return Some(Link::Unknown { inner: i, outer: i + 1 });
    }
    Some(alike)
}

/// Whether a list goes on after `last`: ", Syria and Jordan".
fn goes_on(article: &Annotated<'_>, next: Option<&Candidate>, last: &Candidate) -> bool {
    next.is_some_and(|next| {
        next.sentence == last.sentence
            && next.first > last.last + 1
            && (last.last + 1..next.first).all(|k| matches!(article.lower(k), "," | "and" | "or"))
    })
}

/// Whether after the outer name the clause pauses, as it does after "Paris, Texas,".
fn ends(article: &Annotated<'_>, outer: &Candidate) -> bool {
    let after = outer.last + 1;
    after >= article.tokens.len()
        || article.sentence_of(after) != outer.sentence
        || matches!(article.word(after), "," | "." | ";" | ")" | ":" | "—" | "–" | "--" | "-" | "(")
}
