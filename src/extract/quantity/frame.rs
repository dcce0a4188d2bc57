//! The predication a figure stands in: the verb that governs it, where it leads to, and whether it is only possible.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::counted::{WINDOW, between, is_adjective};
use crate::document::{Frame, Place, Tag};
use crate::language::Annotated;
use crate::language::gazetteer::rows;

/// Where a figure and its noun phrase stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    /// First token of the figure, bound words included.
    pub(super) first: usize,
    /// One past the counted noun phrase, or past the figure if there is none.
    pub(super) next: usize,
    /// The sentence.
    pub(super) start: usize,
    /// One past the sentence.
    pub(super) end: usize,
    /// Whether it is the whole of a partitive: what is said right after it is said of the whole.
    pub(super) whole: bool,
    /// First token of the noun phrase that holds it, determiner and possessor included.
    pub(super) outer: usize,
}

static NOUNS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/nominalizations.tsv"))
        .filter_map(|row| if let &[noun, verb] = row.as_slice() { Some((noun, verb)) } else { None })
        .collect()
});

/// A predicate: its token, its lemma, and whether it follows the figure (which is then its subject).
#[derive(Clone, Debug, PartialEq)]
struct Predicate {
    token: usize,
    lemma: String,
    hypothetical: bool,
}

/// The frame of the figure.
pub(super) fn frame(article: &Annotated<'_>, at: Position, places: &[Place]) -> Frame {
    let Some(predicate) = predicate(article, at) else {
        let hypothetical = is_hypothetical(article, at.first, at);
        let place = place(article, at.first..clause_end(article, at.next, at.end), at, places);
        return Frame { hypothetical, place, ..Frame::default() };
    };
    let from = if predicate.token >= at.next { predicate.token } else { predicate.token.min(at.first) };
    let to = clause_end(article, predicate.token.max(at.next.saturating_sub(1)), at.end);
    let place = place(article, from..to, at, places);
    Frame {
        predicate_span: Some(article.span(predicate.token)),
        hypothetical: predicate.hypothetical || is_hypothetical(article, predicate.token, at),
        predicate: Some(predicate.lemma),
        place,
        ..Frame::default()
    }
}

fn predicate(article: &Annotated<'_>, at: Position) -> Option<Predicate> {
    if at.whole {
        // "the 11,000 troops sent to aid Russia have been killed": the whole was sent.
        if let Some(relative) = relative(article, at.next, at.end) {
            return Some(relative);
        }
    }
    let left = skip_left(article, at.outer, at.start);
    let after = subject_of(article, at);
    if let Some(k) = left {
        let tag = article.tag(k);
        let lemma = article.lemma(k);
        if is_lexical_verb(article, k) {
            let reports = REPORTING.contains(&lemma);
            if !(reports && after.is_some()) {
                return Some(verb(article, k));
            }
        } else if article.lower(k) == "of" && k > at.start {
            if let Some(verb) = NOUNS.get(article.lemma(k - 1)) {
                let lemma = (*verb).to_owned();
                return Some(Predicate { token: k - 1, lemma, hypothetical: false });
            }
        } else if !matches!(
            article.lower(k),
            "that" | "whether" | "if" | "because" | "while" | "as" | "after" | "when"
        ) && matches!(tag, Tag::IN | Tag::TO)
            || matches!(article.lower(k), "to" | "by" | "at" | "with" | "for" | "from")
        {
            // "rise to 12,000", "grew by 3,000": the verb a few words before, unless the figure is itself a subject.
            if let Some(verb) = verb_before(article, k, at.start) {
                return Some(verb);
            }
        }
    }
    after.or_else(|| relative(article, at.next, at.end)).or_else(|| verb_before(article, at.outer, at.start))
}

/// The token before the figure that is no adverb or determiner.
fn skip_left(article: &Annotated<'_>, first: usize, start: usize) -> Option<usize> {
    let mut k = first;
    while k > start && k + 6 > first {
        k -= 1;
        if !(matches!(article.tag(k), Tag::RB | Tag::DT | Tag::PRPS | Tag::JJ | Tag::OpenQuote)
            || matches!(article.lower(k), "additional" | "another" | "up"))
        {
            return Some(k);
        }
    }
    None
}

/// A reduced or full relative clause right after the noun phrase: "troops sent to aid Russia", "troops that were sent".
fn relative(article: &Annotated<'_>, next: usize, end: usize) -> Option<Predicate> {
    let mut k = next;
    if k < end && matches!(article.lower(k), "who" | "that" | "which" | ",") {
        if article.lower(k) == "," {
            return None;
        }
        k += 1;
        return group(article, k, end);
    }
    while k < end && article.tag(k).is_adverb() && k < next + 3 {
        k += 1;
    }
    (k < end && is_participle(article, k)).then(|| verb(article, k))
}

fn is_participle(article: &Annotated<'_>, k: usize) -> bool {
    let tag = article.tag(k);
    let past = matches!(tag, Tag::VBN | Tag::VBD) && !is_auxiliary(article, k);
    past || tag == Tag::VBG && !is_auxiliary(article, k)
}

/// The verb group whose subject the noun phrase is: "have been killed" in "troops sent to aid Russia have been killed".
fn subject_of(article: &Annotated<'_>, at: Position) -> Option<Predicate> {
    let limit = at.end.min(at.next + WINDOW / 2);
    let mut k = at.next;
    let mut first_plain = None;
    while k < limit {
        let lower = article.lower(k);
        match lower {
            ";" | ":" | "\"" | "—" | "--" | "–" | "while" | "because" | "although" | "but" | "when"
            | "whereas" | "if" => break,
            "," => {
                if k + 1 >= limit {
                    break;
                }
                // A parenthesis: ", including members of special forces, have arrived".
                let close = (k + 1..limit).find(|&j| article.lower(j) == ",").unwrap_or(limit);
                let opens = matches!(
                    article.lower(k + 1),
                    "including"
                        | "among"
                        | "mostly"
                        | "many"
                        | "some"
                        | "most"
                        | "mainly"
                        | "primarily"
                        | "who"
                        | "which"
                );
                if !opens
                    || close + 1 >= limit
                    || !(is_auxiliary(article, close + 1)
                        || article.tag(close + 1).is_adverb()
                        || is_lexical_verb(article, close + 1))
                {
                    break;
                }
                k = close + 1;
                continue;
            }
            "and" | "or" => break,
            _ => {}
        }
        if is_auxiliary(article, k) && !is_infinitive(article, k) {
            // A subject of its own between the figure and the verb: "a sign Moscow has ..."
            if k > at.next && has_new_subject(article, at.next, k) {
                break;
            }
            return group(article, k, at.end);
        }
        if first_plain.is_none() && is_lexical_verb(article, k) && !is_infinitive(article, k) {
            let tag = article.tag(k);
            let adjacent = (at.next..k).all(|j| article.tag(j).is_adverb());
            if adjacent && matches!(tag, Tag::VBP | Tag::VBZ | Tag::VBD | Tag::VBN) {
                first_plain = Some(k);
            }
        }
        k += 1;
    }
    first_plain.map(|k| verb(article, k))
}

/// Whether a pronoun or subordinator between the two tokens gives the later verb a subject of its own.
fn has_new_subject(article: &Annotated<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|k| {
        matches!(article.tag(k), Tag::PRP)
            || matches!(
                article.lower(k),
                "that" | "which" | "who" | "as" | "after" | "before" | "since" | "where" | "what" | "than"
            )
    })
}

fn is_infinitive(article: &Annotated<'_>, k: usize) -> bool {
    k > 0 && article.lower(k - 1) == "to"
}

/// The verb group that begins at an auxiliary: its main verb.
fn group(article: &Annotated<'_>, first: usize, end: usize) -> Option<Predicate> {
    let mut hypothetical = false;
    let mut k = first;
    let mut last = None;
    let limit = end.min(first + 12);
    while k < limit {
        let lower = article.lower(k);
        if is_modal(article, k) {
            hypothetical |= MODALS.contains(&lower);
        } else if is_auxiliary(article, k) {
            last = Some(k);
        } else if article.tag(k).is_adverb()
            || matches!(lower, "not" | "n't" | "to" | "reportedly" | "allegedly" | "also")
        {
            hypothetical |= POSSIBLY.contains(&lower);
        } else if chains(article, k, limit) {
            hypothetical |= FUTURE.contains(&article.lemma(k)) || FUTURE.contains(&lower);
            last = Some(k);
        } else if article.tag(k).is_verb()
            || last.is_some_and(|l| is_auxiliary(article, l)) && looks_like_participle(article, k)
        {
            let mut found = verb(article, k);
            found.hypothetical |= hypothetical;
            return Some(found);
        } else {
            break;
        }
        k += 1;
    }
    let token = last?;
    Some(Predicate { token, lemma: article.lemma(token).to_owned(), hypothetical })
}

/// A verb or adjective that hands on to an infinitive: "expected to", "believed to have", "likely to", "began to".
fn chains(article: &Annotated<'_>, k: usize, limit: usize) -> bool {
    let to = k + 1 < limit && article.lower(k + 1) == "to" && k + 2 < limit;
    to && (FUTURE.contains(&article.lemma(k))
        || FUTURE.contains(&article.lower(k))
        || REPORTING.contains(&article.lemma(k))
        || matches!(article.lemma(k), "begin" | "start" | "continue" | "appear" | "seem" | "go"))
}

fn looks_like_participle(article: &Annotated<'_>, k: usize) -> bool {
    let lower = article.lower(k);
    lower.ends_with("ed")
        || lower.ends_with("en")
        || lower.ends_with("ing")
        || article.lemma(k) != lower && !article.tag(k).is_noun()
}

/// The nearest verb before token `k` in its clause.
fn verb_before(article: &Annotated<'_>, k: usize, start: usize) -> Option<Predicate> {
    for j in (start.max(k.saturating_sub(12))..k).rev() {
        if is_lexical_verb(article, j) {
            return Some(verb(article, j));
        }
        if is_auxiliary(article, j) && article.lemma(j) == "be" {
            return Some(verb(article, j));
        }
        if matches!(article.lower(j), ";" | ":" | "\"" | "that" | "," | "which" | "who") {
            return None;
        }
    }
    None
}

fn verb(article: &Annotated<'_>, k: usize) -> Predicate {
    Predicate { token: k, lemma: article.lemma(k).to_owned(), hypothetical: false }
}

fn is_lexical_verb(article: &Annotated<'_>, k: usize) -> bool {
    article.tag(k).is_verb()
        && !is_auxiliary(article, k)
        && !matches!(article.lower(k), "including" | "according" | "following")
}

fn is_modal(article: &Annotated<'_>, k: usize) -> bool {
    article.tag(k) == Tag::MD || MODALS.contains(&article.lower(k)) && article.word(k) != "May"
}

fn is_auxiliary(article: &Annotated<'_>, k: usize) -> bool {
    is_modal(article, k)
        || matches!(
            article.lower(k),
            "is" | "are"
                | "was"
                | "were"
                | "be"
                | "been"
                | "being"
                | "has"
                | "have"
                | "had"
                | "having"
                | "do"
                | "does"
                | "did"
                | "'ve"
                | "'re"
                | "can"
                | "must"
                | "wo"
                | "ca"
        )
}

/// Whether what token `k` says is only possible or still to come.
fn is_hypothetical(article: &Annotated<'_>, k: usize, at: Position) -> bool {
    let from = at.start.max(k.saturating_sub(WINDOW / 4));
    for j in (from..k).rev() {
        let lower = article.lower(j);
        if matches!(lower, ";" | ":" | "\"" | "that" | "which" | "who") {
            return ahead(article, j, from);
        }
        let near = k - j <= 4;
        if near && is_modal(article, j) && MODALS.contains(&lower) {
            return true;
        }
        if near
            && (POSSIBLY.contains(&lower)
                || article.lower(j) == "to" && j > from && {
                    let governor = j - 1;
                    FUTURE.contains(&article.lemma(governor)) || FUTURE.contains(&article.lower(governor))
                })
        {
            return true;
        }
        if k - j <= 8
            && matches!(
                lower,
                "possibility" | "prospect" | "potential" | "risk" | "threat" | "chance" | "plan" | "plans"
            )
        {
            return true;
        }
        if matches!(lower, "if" | "unless" | "whether" | "should")
            && (j == at.start || !article.tag(j).is_verb())
        {
            return true;
        }
    }
    // "12,000 soldiers potentially arriving"
    (at.first.saturating_sub(3).max(at.start)..at.next.min(at.end))
        .any(|j| POSSIBLY.contains(&article.lower(j)))
}

/// "the possibility that": the noun before a clause makes it possible only.
fn ahead(article: &Annotated<'_>, j: usize, from: usize) -> bool {
    j > from
        && matches!(
            article.lower(j - 1),
            "possibility" | "prospect" | "risk" | "chance" | "likelihood" | "threat"
        )
}

/// The place that the predication leads to or happens in, within `tokens`.
fn place(article: &Annotated<'_>, tokens: Range<usize>, at: Position, places: &[Place]) -> Option<String> {
    let text = article.text();
    if tokens.start < tokens.end {
        let span = article.cover(tokens.clone());
        for place in between(places, span.start(), span.end()).iter().take(12) {
            if is_adjective(text, place.span) {
                continue;
            }
            let first = article.tokens_in(place.span).start;
            if follows_goal(article, first, tokens.start) {
                return Some(place.name.clone());
            }
        }
    }
    // "In Russia, 3,000 soldiers ..."
    let opening = at.start..at.first.min(at.start + 7);
    if opening.start < opening.end && matches!(article.lower(at.start), "in" | "near" | "across" | "at") {
        let comma = opening.clone().find(|&k| article.lower(k) == ",")?;
        let span = article.cover(at.start..comma);
        return between(places, span.start(), span.end())
            .iter()
            .find(|p| !is_adjective(text, p.span))
            .map(|p| p.name.clone());
    }
    None
}

fn follows_goal(article: &Annotated<'_>, first: usize, from: usize) -> bool {
    for k in (from.max(first.saturating_sub(7))..first).rev() {
        match article.lower(k) {
            "to" | "in" | "into" | "at" | "on" | "near" | "inside" | "within" | "across" | "toward"
            | "towards" | "onto" | "outside" | "along" | "around" | "through" | "throughout" | "over" => {
                return true;
            }
            "from" | "by" | "against" | "," | ";" | "with" | "than" => return false,
            _ if is_lexical_verb(article, k) && !is_infinitive(article, k) => return false,
            _ => {}
        }
    }
    false
}

/// One past the clause that token `k` stands in.
fn clause_end(article: &Annotated<'_>, k: usize, end: usize) -> usize {
    let limit = end.min(k + WINDOW);
    for j in k..limit {
        let lower = article.lower(j);
        if matches!(lower, "," | ";" | "while" | "whereas" | "although" | "because") && j > k {
            return j;
        }
    }
    limit
}

const MODALS: &[&str] = &["could", "may", "might", "would", "will", "'ll", "wo", "shall", "should"];

const POSSIBLY: &[&str] =
    &["potentially", "possibly", "probably", "perhaps", "maybe", "likely", "eventually"];

/// Words before "to" that put what follows in the future.
const FUTURE: &[&str] = &[
    "expect", "set", "poise", "poised", "plan", "likely", "due", "schedule", "intend", "want", "prepare",
    "ready", "about", "going", "go", "vow", "pledge", "promise", "agree", "threaten", "aim", "hope", "seek",
    "slate", "project", "ability", "willing", "able", "decide", "offer", "order", "need", "propose",
    "unlikely", "predict", "forecast",
];

/// Verbs whose complement is a clause: "said 3,000 soldiers were sent".
const REPORTING: &[&str] = &[
    "say",
    "believe",
    "think",
    "estimate",
    "claim",
    "report",
    "suggest",
    "know",
    "understand",
    "suspect",
    "add",
    "note",
    "assess",
    "indicate",
    "reveal",
    "confirm",
    "announce",
    "tell",
    "show",
    "find",
    "allege",
    "see",
    "state",
    "warn",
    "expect",
    "hear",
    "learn",
    "acknowledge",
    "deny",
    "declare",
    "conclude",
    "predict",
    "fear",
    "speculate",
    "assert",
];
