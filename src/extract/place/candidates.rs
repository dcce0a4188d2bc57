//! Candidates: every name in the text that some table knows, longest first.
//!
//! "New York City" is not "York", "Guinea-Bissau" not "Guinea". A hyphen parts words, so that "Russia-Ukraine" names
//! two countries and "Austin-based" a city. Mentions of one name share a group, and with it their readings.

use rustc_hash::FxHashMap;

use super::names::{self, Known, NAMES, Sort};
use super::reading::{Reading, demonym, readings};
use super::table;
use crate::document::PlaceKind;
use crate::language::Annotated;
use crate::language::gazetteer::{Word, may_name, words_from};
use crate::span::Span;

/// A name found in the text, before it is known to be a place.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) span: Span,
    /// First token.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
    /// Whether it begins and ends with its tokens, and is not a part of a hyphenated word.
    pub(super) whole: bool,
    /// What all mentions of its name share.
    pub(super) group: usize,
    pub(super) sentence: usize,
}

/// What all mentions of a name share.
#[derive(Debug)]
pub(super) struct Group {
    /// What it may stand for, likeliest first; never empty.
    pub(super) readings: Vec<Reading>,
    /// How many words it has.
    pub(super) words: usize,
    /// Mentions, in order.
    pub(super) mentions: Vec<usize>,
}

impl Group {
    /// The likeliest reading without context.
    pub(super) fn top(&self) -> &Reading {
        &self.readings[0]
    }
}

/// The names of an article.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) candidates: Vec<Candidate>,
    pub(super) groups: Vec<Group>,
    keys: FxHashMap<String, usize>,
}

impl Names {
    pub(super) fn group(&self, candidate: usize) -> &Group {
        &self.groups[self.candidates[candidate].group]
    }
}

/// The names in an article, in order, not overlapping.
pub(super) fn candidates(article: &Annotated<'_>) -> Names {
    let mut names = Names::default();
    for (number, sentence) in article.sentences.iter().enumerate() {
        let mut i = sentence.first_token as usize;
        let end = sentence.tokens().end.min(article.tokens.len());
        while i < end {
            i = names.collect(article, i, number);
        }
    }
    names
}

impl Names {
    /// Collects the names that begin in token `i`, and returns the next token to look at.
    fn collect(&mut self, article: &Annotated<'_>, i: usize, sentence: usize) -> usize {
        let word = article.word(i);
        let joined = word.len() < 80 && word.contains(['-', '–', '—', '/', '‑', '‐']);
        if !may_name(word) && !joined {
            return i + 1;
        }
        if let Some(code) = names::abbreviated(word).filter(|_| self.follows_with_comma(article, i)) {
            self.add_abbreviation(article, i, sentence, code);
            return i + 1;
        }
        let text = article.text();
        // A long run of hyphens in one token costs no more than its first few parts.
        let words = words_from(article, i, NAMES.longest + 8);
        let mut at = 0;
        while at < words.len() && words[at].token == i {
            let found = if may_name(words[at].span.of(text)) { find(text, &words[at..]) } else { None };
            let Some((used, known)) = found else {
                at += 1;
                continue;
            };
            let (first, last) = (words[at], words[at + used - 1]);
            let span = first.span.cover(last.span);
            // a possessive ending that the tokenizer left is none of the name's
            let ends = last.span.end() == article.span(last.token).end() || !joined;
            let whole = first.span.start() == article.span(i).start() && ends;
            let part = known.is_none() && !whole;
            if !part || is_of(article, last) {
                let phrase: Vec<&str> = words[at..at + used].iter().map(|w| w.span.of(text)).collect();
                self.add(
                    Candidate { span, first: i, last: last.token, whole, group: 0, sentence },
                    &phrase,
                    known,
                );
            }
            at += used;
            if last.token > i {
                // The rest of a hyphenated last token, as in "North Korea-Russia", is looked at as a token of its own.
                for word in words[at..].iter().take_while(|w| w.token == last.token) {
                    if let Some((1, known)) = NAMES.longest_match(text, &[*word]) {
                        let (first, last) = (word.token, word.token);
                        let part =
                            Candidate { span: word.span, first, last, whole: false, group: 0, sentence };
                        self.add(part, &[word.span.of(text)], Some(known));
                    }
                }
                return last.token + 1;
            }
        }
        i + 1
    }

    fn follows_with_comma(&self, article: &Annotated<'_>, i: usize) -> bool {
        i > 1
            && article.word(i - 1) == ","
            && self.candidates.last().is_some_and(|c| c.last + 2 == i && c.whole)
    }

    fn add_abbreviation(&mut self, article: &Annotated<'_>, i: usize, sentence: usize, code: &'static str) {
        let Some(region) = table::region(code) else { return };
        // "Washington, D.C." is one name
        if code == "US-DC"
            && let Some(before) = self.candidates.last_mut()
        {
            before.span = before.span.cover(article.span(i));
            before.last = i;
            return;
        }
        let words: Vec<&str> = region.name.split(' ').collect();
        let key = format!("abbreviated {code}");
        let span = article.span(i);
        let candidate = Candidate { span, first: i, last: i, whole: true, group: 0, sentence };
        self.push(candidate, key, 1, || {
            let mut all = readings(&words, names::entry(region.name));
            all.retain(|r| r.kind == PlaceKind::Region && r.subdivision().as_deref() == Some(code));
            all
        });
    }

    fn add(&mut self, candidate: Candidate, phrase: &[&str], known: Option<Known>) {
        let mut key = phrase.join(" ");
        // "KYIV" and "Kyiv" are one name, "US" and "us" are not, but those were told apart by now.
        key.make_ascii_lowercase();
        let count = phrase.len();
        self.push(candidate, key, count, || match known {
            Some(Known::Entry(entry)) => readings(phrase, Some(entry)),
            Some(Known::People(place)) => demonym(place),
            None => readings(phrase, None),
        });
    }

    fn push(
        &mut self,
        mut candidate: Candidate,
        key: String,
        words: usize,
        readings: impl FnOnce() -> Vec<Reading>,
    ) {
        let group = match self.keys.get(&key) {
            Some(&group) => group,
            None => {
                let readings = readings();
                if readings.is_empty() {
                    return;
                }
                self.groups.push(Group { readings, words, mentions: Vec::new() });
                self.keys.insert(key, self.groups.len() - 1);
                self.groups.len() - 1
            }
        };
        candidate.group = group;
        self.groups[group].mentions.push(self.candidates.len());
        self.candidates.push(candidate);
    }
}

/// The longest name that `words` begin with, and what the tables by hand know of it. Of equals, theirs.
fn find(text: &str, words: &[Word]) -> Option<(usize, Option<Known>)> {
    let by_hand = NAMES.longest_match(text, words);
    let mut phrase = [""; 6];
    let count = words.len().min(phrase.len());
    for (to, word) in phrase.iter_mut().zip(words) {
        *to = word.span.of(text);
    }
    // "Of" and "Po" are cities, but no news means them.
    let table = table::longest_match(&phrase[..count]).filter(|used| {
        *used > 1 || !phrase[0].contains('.') && phrase[0].chars().nth(2).is_some() || phrase[0] == "LA"
    });
    match (by_hand, table) {
        (Some((used, _)), Some(more)) if more > used => Some((more, None)),
        (None, Some(used)) => Some((used, None)),
        (found, _) => found.map(|(used, known)| (used, Some(known))),
    }
}

/// "Austin-based", "Lyon-born": what follows in the token says that the name is a place's.
fn is_of(article: &Annotated<'_>, last: Word) -> bool {
    let rest = &article.text()[last.span.end()..article.span(last.token).end()];
    let rest = rest.trim_start_matches(['-', '‐', '‑', '–']);
    ["based", "born", "area", "bound", "raised"].iter().any(|end| rest.eq_ignore_ascii_case(end))
}

/// Whether a sort is of the tables by hand.
pub(super) fn by_hand(sort: Sort) -> bool {
    sort != Sort::Gazetteer
}
