//! Standing: whether a name that tables know is a place's name here.
//!
//! "Reading", "Mobile", "Lincoln" and "Jordan" are words, men and women before they are places. Each mention adds up
//! what speaks for a place: how well known it is, what the names layer takes it for, prepositions, neighbours that say
//! where it lies, the other places of the article; and what speaks against it: a title or another part of a person's
//! name beside it, a surname of the article, a newspaper's, club's or school's name around it. A country stands unless
//! something speaks against it; a town of the world's gazetteer falls unless something speaks for it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{Candidate, Group, Names};
use super::names::{Sort, is_given, is_personal};
use super::namesakes::Choice;
use super::reading::Reading;
use super::words::{Class, is};
use crate::document::{NameKind, PlaceKind, Tag};
use crate::language::features::form;
use crate::language::gazetteer;
use crate::language::tagger::TAGGER;
use crate::language::Annotated;

/// A mention that reaches this is a place.
const ENOUGH: f32 = 1.0;

/// What an article says of names as a whole.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    article: &'a Annotated<'a>,
    /// Whether names were looked for.
    named: bool,
    /// Last words of persons' names, as written.
    surnames: FxHashSet<&'a str>,
    /// By group: mentions that are names of places, less those that are of persons.
    votes: FxHashMap<usize, i32>,
}

/// How a name of the names layer lies about a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Named {
    /// The candidate and nothing else.
    Exactly(NameKind),
    /// More words, the candidate first or not.
    Around { kind: NameKind, first: bool, last: bool, next: usize, end: usize },
    Nothing,
    Unknown,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(article: &'a Annotated<'a>, names: &Names) -> Surroundings<'a> {
        let named = article.analysis.heads.len() == article.len() && !article.is_empty();
        let mut out = Surroundings { article, named, surnames: FxHashSet::default(), votes: FxHashMap::default() };
        for name in article.names().iter().filter(|n| n.kind == NameKind::Person) {
            let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
            if end > first + 1 || name.title.is_some() {
                out.surnames.insert(article.word(end - 1).trim_end_matches("'s").trim_end_matches("’s"));
            }
        }
        for (i, candidate) in names.candidates.iter().enumerate() {
            let vote = match out.named_as(candidate) {
                Named::Exactly(NameKind::Location) => 1,
                Named::Exactly(NameKind::Person) => -1,
                _ => 0,
            };
            *out.votes.entry(names.candidates[i].group).or_default() += vote;
            if out.is_person(candidate, names.group(i)) && candidate.whole && candidate.first == candidate.last {
                out.surnames.insert(candidate.span.of(article.text()));
            }
        }
        out
    }

    fn named_as(&self, candidate: &Candidate) -> Named {
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
        let (starts, ends) = (first == candidate.first, end == candidate.last + 1);
        Named::Around { kind: name.kind, first: starts, last: ends, next: candidate.last + 1, end }
    }

    /// Whether the mention is a place.
    pub(super) fn is_place(&self, names: &Names, i: usize, choice: Choice, coherent: bool) -> bool {
        let candidate = &names.candidates[i];
        let group = names.group(i);
        let reading = &group.readings[choice.reading];
        if self.is_part_of_name(candidate, reading) || reading.demonym && self.is_language(candidate) {
            return false;
        }
        let person = candidate.whole && self.is_person(candidate, group);
        if person && !choice.placed {
            return false;
        }
        let mut score = known(reading, group, candidate.span.of(self.article.text()));
        if choice.placed {
            score += 4.0;
        }
        let local = self.local(candidate);
        score += local;
        if !candidate.whole || self.opens_dateline(candidate) {
            score += 3.0;
        }
        if coherent && reading.sort == Sort::Gazetteer {
            score += 0.6;
        }
        if !reading.demonym {
            score += self.as_named(candidate, reading);
            score += (self.votes.get(&candidate.group).copied().unwrap_or(0).clamp(-2, 2) as f32) * 0.6;
            let surname = candidate.first == candidate.last
                && self.surnames.contains(candidate.span.of(self.article.text()));
            if surname {
                score -= match (reading.sort, local >= 2.0) {
                    (_, true) => 1.0,
                    (Sort::Country | Sort::Capital, _) if !is_personal(self.article.word(candidate.first)) => 1.0,
                    _ => 4.5,
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
                _ => -3.5,
            },
            Named::Exactly(Organization) => match reading.sort {
                Sort::Country => -1.0,
                Sort::Capital => -1.0,
                Sort::Listed => -1.0,
                Sort::Gazetteer => -2.0,
            },
            Named::Exactly(Other) => -1.0,
            Named::Around { kind: Location, next, end, .. } => {
                if self.is_place_around(candidate, next, end) { 1.5 } else { -4.0 }
            }
            Named::Around { kind: Person, .. } => -6.0,
            Named::Around { kind: Organization, first, .. } => {
                if state && first { -0.5 } else { -5.0 }
            }
            Named::Around { kind: Other, .. } => if state { -0.5 } else { -3.5 },
            Named::Nothing if reading.sort == Sort::Gazetteer => -0.5,
            Named::Nothing | Named::Unknown => 0.0,
        }
    }

    /// Whether the other words of a place's name are known not to make it another's: "Kursk region", "eastern Ukraine".
    fn is_place_around(&self, candidate: &Candidate, next: usize, end: usize) -> bool {
        let small = |k: usize| {
            let word = self.article.lower(k);
            is(word, Class::Administrative) || is(word, Class::Compass) || is(word, Class::Settlement) || word == ","
        };
        let after = (next..end).all(|k| small(k) || gazetteer::lookup(self.article.word(k)).is_some());
        let before = candidate.first == 0
            || small(candidate.first - 1)
            || gazetteer::lookup(self.article.word(candidate.first - 1)).is_some()
            || !self.article.tag(candidate.first - 1).is_proper();
        after && before
    }

    /// Words beside it that only, or often, places have there.
    fn local(&self, candidate: &Candidate) -> f32 {
        let article = self.article;
        let start = article.sentences[candidate.sentence].tokens().start;
        let before = |n: usize| {
            if candidate.first >= start + n { article.lower(candidate.first - n) } else { "" }
        };
        let (one, two) = (before(1), before(2));
        // "in the Hague", "in downtown Portland", "in nearby Tula"
        let word = if matches!(one, "the" | "nearby" | "neighboring" | "neighbouring") || is(one, Class::Compass) {
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

    /// Names of newspapers, clubs, schools, rivers, offices that bear the place's name.
    fn is_part_of_name(&self, candidate: &Candidate, reading: &Reading) -> bool {
        if !candidate.whole {
            return false;
        }
        let article = self.article;
        let sentence = article.sentences[candidate.sentence].tokens();
        let capital = |k: usize| article.word(k).starts_with(char::is_uppercase);
        let state = reading.kind == PlaceKind::Country || reading.demonym;
        if candidate.first > sentence.start {
            let one = article.lower(candidate.first - 1);
            if capital(candidate.first - 1)
                && is(one, Class::NamePart)
                && !(is(one, Class::Title) && reading.kind == PlaceKind::Country)
            {
                return true;
            }
            if one == "of" && candidate.first > sentence.start + 1 && capital(candidate.first - 2) {
                let bearer = article.lower(candidate.first - 2);
                if is(bearer, Class::Bearer) && !(matches!(bearer, "king" | "queen") && state) {
                    return true;
                }
            }
        }
        // "Boston Public Library", "U.S. Senate": what heads the capitals that follow
        let mut k = candidate.last + 1;
        let mut head = None;
        while k < sentence.end && k < candidate.last + 6 && capital(k) && article.tag(k).is_noun() | article.tag(k).is_adjective() {
            if gazetteer::lookup(article.word(k)).is_some() && k == candidate.last + 1 {
                return false;
            }
            head = Some(k);
            k += 1;
        }
        let Some(head) = head else { return false };
        let any = |class: Class| (candidate.last + 1..=head).any(|k| is(article.lower(k), class));
        if any(Class::Body) && !any(Class::Media) {
            // "US Army", "Russian Foreign Ministry" hold their country, "Chicago Police Department" no city
            return !state && head > candidate.last + 1 && !any(Class::StateCue);
        }
        let newspaper = any(Class::Media) && !reading.demonym;
        newspaper || any(Class::Head) && !(reading.demonym && !is(article.lower(head), Class::Head))
    }

    /// Languages: "speaks Russian", "in English", "the Welsh language".
    fn is_language(&self, candidate: &Candidate) -> bool {
        let article = self.article;
        let sentence = article.sentences[candidate.sentence].tokens();
        let next = candidate.last + 1;
        if !candidate.whole {
            let rest = &article.text()[candidate.span.end()..article.span(candidate.last).end()];
            return rest.trim_start_matches(['-', '‐', '‑', '–']).eq_ignore_ascii_case("speaking")
                || rest.trim_start_matches(['-', '‐', '‑', '–']).eq_ignore_ascii_case("language");
        }
        if next < sentence.end && is(article.lower(next), Class::Tongue) {
            return true;
        }
        let modifies = next < sentence.end && (article.tag(next).is_noun() || article.tag(next).is_adjective());
        if modifies || article.word(candidate.last).ends_with('s') || candidate.first == sentence.start {
            return false;
        }
        let before = article.lower(candidate.first - 1);
        is(before, Class::Speak) || matches!(before, "in" | "into")
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
            if is(lower, Class::Calendar) {
                against += 4.0;
            }
        }
        against
    }

    /// Whether the words beside it make it part of a person's name.
    fn is_person(&self, candidate: &Candidate, group: &Group) -> bool {
        let article = self.article;
        let top = group.top();
        if candidate.first != candidate.last || !candidate.whole || top.demonym && !is_personal(article.word(candidate.first)) {
            return false;
        }
        let word = article.word(candidate.first);
        // countries and capitals that are nobody's name
        if top.sort != Sort::Gazetteer && !is_personal(word) {
            return false;
        }
        let sentence = article.sentences[candidate.sentence].tokens();
        let first = candidate.first;
        if first > sentence.start {
            let before = article.word(first - 1);
            let titled = is(article.lower(first - 1).trim_end_matches('.'), Class::Title);
            if titled && before.starts_with(char::is_uppercase)
                || self.is_name_like(first - 1, first - 1 == sentence.start)
                || is_initial(before)
            {
                return true;
            }
        }
        let next = candidate.last + 1;
        next < sentence.end
            && !top.demonym
            && self.is_name_like(next, false)
            && article.tag(next) != Tag::NNPS
            && self.local(candidate) < 1.0
            && !is(article.lower(next).trim_end_matches('.'), Class::Head)
    }

    /// Whether token `i` looks like part of a person's name.
    fn is_name_like(&self, i: usize, opens_sentence: bool) -> bool {
        let article = self.article;
        let word = article.word(i);
        let lower = article.lower(i);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        word.starts_with(char::is_uppercase)
            && letters > 1
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
            && word.chars().any(char::is_lowercase)
            && article.tag(i) == Tag::NNP
            && (!opens_sentence || article.lemma(i) != lower)
            && !is(lower, Class::Beside)
            && !is(lower, Class::Calendar)
            && !is(lower, Class::Local)
            && !is(lower, Class::NamePart)
            && gazetteer::lookup(word).is_none()
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

fn is_initial(word: &str) -> bool {
    word.len() == 2 && word.ends_with('.') && word.starts_with(|c: char| c.is_ascii_uppercase())
}
