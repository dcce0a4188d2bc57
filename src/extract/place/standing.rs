//! Standing: whether a name that tables know is a place's name here.
//!
//! "Reading", "Mobile", "Lincoln" and "Jordan" are words, men and women before they are places. Each mention adds up
//! what speaks for a place: how well known it is, what the names layer takes it for, prepositions, neighbours that say
//! where it lies, the other places of the article; and what speaks against it: a surname of the article, a common word,
//! another kind of name. A country stands unless something speaks against it; a town of the world's gazetteer falls
//! unless something speaks for it. Some mentions are ruled out before: parts of [persons'](super::persons) and
//! [other names](super::other_names), and [languages](super::languages).
//!
//! The weights were set by hand, on the scale on which [`ENOUGH`] is one.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{Candidate, Group, Names};
use super::links::Link;
use super::names::{Sort, is_given, is_personal};
use super::namesakes::Choice;
use super::reading::Reading;
use super::words::{Class, is};
use crate::document::{NameKind, PlaceKind};
use crate::language::Annotated;
use crate::language::features::form;
use crate::language::gazetteer;
use crate::language::tagger::TAGGER;

/// A mention that reaches this is a place.
const ENOUGH: f32 = 1.0;

/// What an article says of names as a whole.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    pub(super) article: &'a Annotated<'a>,
    /// Whether names were looked for.
    named: bool,
    /// Last words of persons' names, as written.
    surnames: FxHashSet<&'a str>,
    /// Groups and readings of which a neighbour says where they lie.
    placed: FxHashSet<(usize, usize)>,
    /// Members of lists, to those before them.
    listed_after: FxHashMap<usize, usize>,
    /// By group: mentions that are names of places, less those that are of persons.
    votes: FxHashMap<usize, i32>,
}

/// How a name of the names layer lies about a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Named {
    /// The candidate and nothing else.
    Exactly(NameKind),
    /// More words, the candidate first or not.
    Around {
        kind: NameKind,
        first: bool,
        start: usize,
        next: usize,
        end: usize,
    },
    Nothing,
    Unknown,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(article: &'a Annotated<'a>, names: &Names) -> Surroundings<'a> {
        let named = article.is_parsed() && !article.is_empty();
        let mut out = Surroundings {
            article,
            named,
            surnames: FxHashSet::default(),
            placed: FxHashSet::default(),
            listed_after: FxHashMap::default(),
            votes: FxHashMap::default(),
        };
        for name in article.names().iter().filter(|n| n.kind == NameKind::Person) {
            let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
            if end > first + 1 || name.title.is_some() {
                out.surnames.insert(article.word(end - 1).trim_end_matches("'s").trim_end_matches("’s"));
            }
        }
        for (i, candidate) in names.candidates.iter().enumerate() {
            let vote = out.vote(candidate);
            *out.votes.entry(names.candidates[i].group).or_default() += vote;
            let before = candidate.first.checked_sub(1).map_or("", |k| article.lower(k));
            if matches!(before, "storm" | "hurricane" | "typhoon" | "cyclone") {
                out.surnames.insert(candidate.span.of(article.text()));
            }
            if out.is_person(candidate, names.group(i))
                && candidate.whole
                && candidate.first == candidate.last
            {
                out.surnames.insert(candidate.span.of(article.text()));
            }
        }
        out
    }

    /// Takes note of lists of names.
    pub(super) fn list(&mut self, links: &[Link]) {
        for link in links {
            if let Link::Alike { first, second } = *link {
                self.listed_after.insert(second, first);
            }
        }
    }

    /// Takes note of which names a neighbour places.
    pub(super) fn note(&mut self, names: &Names, choices: &[Choice]) {
        let placed = choices.iter().zip(&names.candidates).filter(|(choice, _)| choice.placed);
        self.placed = placed.map(|(choice, candidate)| (candidate.group, choice.reading)).collect();
    }

    /// What the names layer makes of a mention, for the others of its name.
    fn vote(&self, candidate: &Candidate) -> i32 {
        match self.named_as(candidate) {
            Named::Exactly(NameKind::Location) => 1,
            Named::Exactly(NameKind::Person) => -1,
            _ => 0,
        }
    }

    pub(super) fn named_as(&self, candidate: &Candidate) -> Named {
        if !self.named || !candidate.whole {
            return Named::Unknown;
        }
        let all = self.article.names();
        let at = all.partition_point(|n| n.tokens.1 as usize <= candidate.first);
        let Some(name) = all.get(at).filter(|n| (n.tokens.0 as usize) <= candidate.last) else {
            return Named::Nothing;
        };
        let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
        if first >= candidate.first && end <= candidate.last + 1 {
            return Named::Exactly(name.kind);
        }
        let starts = first == candidate.first;
        Named::Around { kind: name.kind, first: starts, start: first, next: candidate.last + 1, end }
    }

    /// Whether the mention is a place.
    pub(super) fn is_place(&self, names: &Names, i: usize, choice: Choice, coherent: bool) -> bool {
        let candidate = &names.candidates[i];
        let group = names.group(i);
        let reading = &group.readings[choice.reading];
        if self.is_part_of_name(candidate, reading) || reading.demonym && self.is_language(candidate) {
            return false;
        }
        if self.is_no_name(candidate, reading) {
            return false;
        }
        let person = candidate.whole && self.is_person(candidate, group);
        if person && !choice.placed {
            return false;
        }
        let mut score = known(reading, group, candidate.span.of(self.article.text()));
        if choice.placed {
            score += 6.0;
        } else if self.placed.contains(&(candidate.group, choice.reading)) {
            score += 5.0;
        }
        let local = self.local_of(names, i);
        score += local;
        if !candidate.whole || self.opens_dateline(candidate) {
            score += 3.0;
        }
        if coherent && reading.sort == Sort::Gazetteer {
            score += 0.6;
        }
        if !reading.demonym {
            let named = self.as_named(candidate, reading);
            let least = match (choice.placed, local >= 2.0) {
                (true, _) => -2.5,
                (_, true) if !matches!(self.named_as(candidate), Named::Around { .. }) => -1.5,
                _ => f32::NEG_INFINITY,
            };
            score += named.max(least);
            let others = self.votes.get(&candidate.group).copied().unwrap_or(0) - self.vote(candidate);
            score += others.clamp(-2, 2) as f32 * 0.6;
            let surname = candidate.first == candidate.last
                && self.surnames.contains(candidate.span.of(self.article.text()));
            if surname {
                score -= match (reading.sort, local >= 2.0) {
                    (_, true) => 1.0,
                    (Sort::Country | Sort::Capital, _)
                        if !is_personal(self.article.word(candidate.first)) =>
                    {
                        1.0
                    }
                    _ => 6.0,
                };
            }
            score -= self.commonness(candidate, reading);
        }
        score >= ENOUGH
    }

    /// What the names layer says.
    fn as_named(&self, candidate: &Candidate, reading: &Reading) -> f32 {
        use NameKind::{Location, Organization, Other, Person};
        let state = reading.kind == PlaceKind::Country;
        match self.named_as(candidate) {
            Named::Exactly(Location) => 2.5,
            Named::Exactly(Person) => match reading.sort {
                Sort::Country | Sort::Capital => -2.0,
                Sort::Listed if !is_personal(self.article.word(candidate.first)) => -1.5,
                _ => -3.5,
            },
            Named::Exactly(Organization) => match reading.sort {
                Sort::Country => -1.0,
                Sort::Capital => -1.0,
                Sort::Listed => -1.0,
                Sort::Gazetteer => -2.0,
            },
            Named::Exactly(Other) => -1.0,
            Named::Around { kind: Location, first, next, end, .. } => {
                if self.is_place_around(candidate, next, end) {
                    1.5
                } else if state && first {
                    // "the US West Coast"
                    -1.5
                } else {
                    -4.0
                }
            }
            Named::Around { kind: Person, .. } => -6.0,
            Named::Around { kind: Organization, first, start, .. } => {
                // "U.S. Senate", "Government of Albania"
                let own = first || is(self.article.lower(start), Class::Body);
                if state && own { -0.5 } else { -5.0 }
            }
            Named::Around { kind: Other, .. } => {
                if state {
                    -0.5
                } else {
                    -3.5
                }
            }
            Named::Nothing if reading.sort == Sort::Gazetteer => -0.5,
            Named::Nothing if is_personal(self.article.word(candidate.first)) => -0.7,
            Named::Nothing | Named::Unknown => 0.0,
        }
    }

    /// Whether the other words of a place's name are known not to make it another's: "Kursk region", "eastern Ukraine".
    fn is_place_around(&self, candidate: &Candidate, next: usize, end: usize) -> bool {
        let small = |k: usize| {
            let word = self.article.lower(k);
            is(word, Class::Administrative)
                || is(word, Class::Compass)
                || is(word, Class::Settlement)
                || word == ","
        };
        let after = (next..end).all(|k| small(k) || gazetteer::lookup(self.article.word(k)).is_some());
        let before = candidate.first == 0
            || small(candidate.first - 1)
            || gazetteer::lookup(self.article.word(candidate.first - 1)).is_some()
            || !self.article.tag(candidate.first - 1).is_proper();
        after && before
    }

    /// What [`local`](Self::local) says of a name, or of those before it in a list: "in London and Kingston".
    fn local_of(&self, names: &Names, i: usize) -> f32 {
        let mut best = self.local(&names.candidates[i]);
        let mut k = i;
        for _ in 0..8 {
            let Some(first) = self.listed_after.get(&k) else { break };
            k = *first;
            best = best.max(self.local(&names.candidates[k]));
        }
        best
    }

    /// Words beside it that only, or often, places have there.
    pub(super) fn local(&self, candidate: &Candidate) -> f32 {
        let article = self.article;
        let start = article.sentences[candidate.sentence].tokens().start;
        let before = |n: usize| {
            if candidate.first >= start + n { article.lower(candidate.first - n) } else { "" }
        };
        let (one, two) = (before(1), before(2));
        // "Austin-based", where hyphens are tokens
        let end = article.sentences[candidate.sentence].tokens().end;
        if candidate.last + 2 < end
            && article.word(candidate.last + 1) == "-"
            && matches!(article.lower(candidate.last + 2), "based" | "born" | "area" | "bound")
        {
            return 3.0;
        }
        // "in the Hague", "in downtown Portland", "in nearby Tula"
        let word =
            if matches!(one, "the" | "nearby" | "neighboring" | "neighbouring") || is(one, Class::Compass) {
                two
            } else {
                one
            };
        if one == "of" && is(two, Class::Settlement) {
            return 3.0;
        }
        if is(one, Class::Settlement) && !matches!(one, "mayor" | "residents" | "people" | "citizens") {
            return 1.0;
        }
        match word {
            w if is(w, Class::Local) => 2.0,
            w if is(w, Class::Direction) => 1.0,
            // "Paris and Berlin": as its neighbour
            _ => 0.0,
        }
    }

    /// "KYIV, Ukraine (Reuters) —", "MOSCOW — "
    fn opens_dateline(&self, candidate: &Candidate) -> bool {
        let article = self.article;
        let sentence = article.sentences[candidate.sentence].tokens();
        let word = candidate.span.of(article.text());
        let capitals = word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
        candidate.first == sentence.start
            && capitals
            && word.len() > 3
            && candidate.last + 1 < sentence.end
            && matches!(article.word(candidate.last + 1), "," | "(" | "—" | "–" | "--" | "-" | ":")
    }

    /// How far the word is one that texts use for other things.
    fn commonness(&self, candidate: &Candidate, reading: &Reading) -> f32 {
        if candidate.first != candidate.last || !candidate.whole || reading.sort == Sort::Country {
            return 0.0;
        }
        let lower = self.article.lower(candidate.first);
        let mut against = 0.0;
        let tag = self.article.tag(candidate.first);
        if !tag.is_proper() {
            against += if reading.sort == Sort::Gazetteer { 1.5 } else { 0.7 };
        }
        if reading.sort == Sort::Gazetteer {
            if TAGGER.usual(form(lower)).is_some_and(|usual| !usual.is_proper()) {
                against += 1.5;
            }
            if is_given(lower) || is(lower, Class::Title) {
                against += 1.5;
            }
            let other = [
                Class::Calendar,
                Class::Beside,
                Class::Head,
                Class::Body,
                Class::Media,
                Class::Administrative,
            ];
            if other.iter().any(|class| is(lower, *class)) {
                against += 8.0;
            }
        }
        against
    }
}

/// How well known a place is by its name.
fn known(reading: &Reading, group: &Group, word: &str) -> f32 {
    let thousands = reading.thousands.max(1) as f32;
    match reading.sort {
        Sort::Country => 4.0,
        Sort::Capital => 3.0,
        Sort::Listed if group.words == 1 && is_personal(word) => 1.5,
        Sort::Listed => 2.5,
        Sort::Gazetteer => {
            let size = match reading.kind {
                PlaceKind::City => thousands.log10() - 2.7,
                _ if reading.thousands == 0 => 0.3,
                _ => (thousands.log10() - 2.7).clamp(-1.0, 1.2),
            };
            size + if group.words > 1 { 0.7 } else { 0.0 }
        }
    }
}
