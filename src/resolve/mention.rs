//! Reading one mention: what sort of party it names, with role, country and bare name.
//!
//! [`read`] looks at the words of the mention only. What "he", "Kirby" or "the agency" stand for is found in the
//! article, by [`super::reference`].

use super::tables::{self, Gender};
use super::words::{Gap, Word, words};
use crate::document::SourceType;
use crate::language::gazetteer::{self, Country, Sense};
use crate::span::Span;

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "he", "they", "we".
    Pronoun,
    /// By a personal name, whole or in part.
    Person,
    /// By a function alone: "the ambassador".
    Role,
    /// A state or its government: "Seoul", "the South Korean government".
    State,
    /// An organisation, public body or medium, by name or description.
    Body,
    /// People without names: "Western officials", "analysts".
    Group,
    /// A report, a video, evidence.
    Paper,
}

/// A mention as read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mention {
    /// How it refers.
    pub(crate) form: Form,
    /// The bare name, or the mention without its article.
    pub(crate) name: String,
    /// What sort of party.
    pub(crate) sort: SourceType,
    /// Function or title, without country.
    pub(crate) role: Option<String>,
    /// Country it belongs to.
    pub(crate) country: Option<&'static Country>,
    /// Class of public body ("intelligence").
    pub(crate) class: Option<&'static str>,
    /// Whether it is named by a proper name.
    pub(crate) proper: bool,
    /// Whether it opens with "the" and so points back.
    pub(crate) definite: bool,
    /// Gender implied by its title.
    pub(crate) gender: Option<Gender>,
    /// An evidence noun that belongs to nobody ("estimates", "initial reports").
    pub(crate) ownerless: bool,
    /// What was done to get here, for people.
    pub(crate) steps: Vec<String>,
}

const PRONOUNS: &[&str] = &[
    "he", "she", "they", "it", "we", "i", "him", "her", "them", "us", "me", "who", "you", "himself",
    "herself",
];
const ARTICLES: &[&str] = &["the", "a", "an", "this", "that", "these", "those", "some", "several", "both"];
const STOPS: &[&str] = &[
    "of",
    "from",
    "for",
    "in",
    "at",
    "on",
    "with",
    "by",
    "to",
    "like",
    "such",
    "including",
    "close",
    "familiar",
    "who",
    "which",
    "that",
    "whose",
    "briefed",
    "speaking",
    "citing",
    "shared",
    "released",
    "published",
    "obtained",
    "seen",
    "issued",
    "provided",
    "posted",
    "conducted",
    "compiled",
    "prepared",
    "about",
    "inside",
    "within",
    "near",
    "based",
    "suggesting",
    "indicating",
    "showing",
    "among",
    "across",
    "under",
    "regarding",
    "on",
];
/// Nouns for somebody's words: who owns them says them.
const UTTERANCES: &[&str] = &[
    "comment",
    "remark",
    "statement",
    "word",
    "speech",
    "testimony",
    "tweet",
    "post",
    "response",
    "reply",
    "letter",
    "announcement",
    "admission",
    "claim",
    "assertion",
    "warning",
    "accusation",
    "denial",
    "confirmation",
    "message",
    "interview",
    "address",
    "conference",
    "briefing",
    "account",
    "estimate",
    "report",
    "data",
    "figure",
    "assessment",
    "analysis",
    "allegation",
    "view",
    "opinion",
    "insistence",
    "argument",
    "suggestion",
    "promise",
    "pledge",
    "vow",
    "declaration",
    "answer",
    "complaint",
    "criticism",
    "prediction",
    "forecast",
];
const PARTICLES: &[&str] = &[
    "de", "van", "von", "bin", "ibn", "al", "el", "der", "den", "da", "di", "la", "le", "du", "dos", "del",
    "ter", "abu",
];

/// Reads a mention; `None` if it holds no word.
pub(crate) fn read(surface: &str) -> Option<Mention> {
    read_nested(surface, 0)
}

fn read_nested(surface: &str, depth: usize) -> Option<Mention> {
    // A source longer than this is no name; reading its head is enough, and keeps the cost linear.
    let cut = surface.char_indices().nth(400).map_or(surface.len(), |(i, _)| i);
    let surface = surface[..cut].trim();
    let all = words(surface, Span::new(0, surface.len()));
    Reader { surface, words: &all, depth }.read()
}

/// The country that words name from `i` on: how many words, which, and how.
pub(crate) fn country_at(words: &[Word<'_>], i: usize) -> Option<(usize, &'static Country, Sense)> {
    let first = words.get(i)?;
    if !first.is_capital() && !first.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    (1..=4.min(words.len() - i)).rev().find_map(|n| {
        let part = &words[i..i + n];
        let joined =
            part[1..].iter().all(|w| w.gap == Gap::Space) && part[..n - 1].iter().all(|w| !w.possessive);
        if !joined || part.iter().any(|w| w.text.len() > 32) {
            return None;
        }
        let phrase = part.iter().map(|w| w.text).collect::<Vec<_>>().join(" ");
        gazetteer::lookup(&phrase).map(|(country, sense)| (n, country, sense))
    })
}

/// A role named by the words from `i` on: how many words, whether plural, and what is known of it.
pub(crate) fn role_at(words: &[Word<'_>], i: usize) -> Option<(usize, bool, tables::Role)> {
    for n in (1..=4.min(words.len().saturating_sub(i))).rev() {
        let part = &words[i..i + n];
        if part[1..].iter().any(|w| w.gap != Gap::Space) || part.iter().any(|w| w.text.len() > 24) {
            continue;
        }
        let phrase = part.iter().map(Word::lower).collect::<Vec<_>>().join(" ");
        if let Some(role) = tables::role(&phrase) {
            return Some((n, false, role));
        }
        let single = tables::singular(&phrase);
        if single != phrase
            && let Some(role) = tables::role(&single)
        {
            return Some((n, true, role));
        }
        // "Vice-Admiral", "ex-minister", "vice-chairman".
        if n == 1
            && let Some((_, last)) = phrase.rsplit_once('-')
            && let Some(role) = tables::role(last)
        {
            return Some((1, false, role));
        }
    }
    None
}

/// End of the run of capitalised words and name particles from `start`; a possessive ends it and is included.
pub(crate) fn name_end(words: &[Word<'_>], start: usize) -> usize {
    let mut end = start;
    while let Some(word) = words.get(end) {
        let goes_on = word.is_capital()
            || (PARTICLES.contains(&word.text)
                && words
                    .get(end + 1)
                    .is_some_and(|w| w.gap == Gap::Space && (w.is_capital() || PARTICLES.contains(&w.text))));
        if !goes_on || (end > start && word.gap != Gap::Space) || end > start + 8 {
            break;
        }
        end += 1;
        if word.possessive {
            break;
        }
    }
    end
}

/// Whether the words could be a personal name: capitals and particles, one to five of them.
pub(crate) fn is_person_name(words: &[Word<'_>]) -> bool {
    let capitals = words.iter().filter(|w| w.is_capital()).count();
    (1..=5).contains(&words.len())
        && words.first().is_some_and(Word::is_capital)
        && words.last().is_some_and(Word::is_capital)
        && capitals <= 4
        && words[1..].iter().all(|w| w.gap == Gap::Space && (w.is_capital() || PARTICLES.contains(&w.text)))
        && words.iter().all(|w| w.text.len() <= 24 && !w.text.contains(|c: char| c.is_ascii_digit()))
        && !words.iter().any(|w| {
            let lower = w.lower();
            is_acronym(w.text) && w.text.len() > 2
                || matches!(
                    tables::noun_type(&lower),
                    Some(
                        SourceType::Organization
                            | SourceType::Government
                            | SourceType::Media
                            | SourceType::Document
                    )
                ) && !matches!(
                    lower.as_str(),
                    "bill"
                        | "law"
                        | "mark"
                        | "post"
                        | "page"
                        | "house"
                        | "chase"
                        | "grant"
                        | "story"
                        | "word"
                        | "wire"
                        | "bond"
                )
        })
}

fn is_acronym(word: &str) -> bool {
    word.len() >= 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.' || c == '&')
}

struct Reader<'w, 't> {
    surface: &'t str,
    words: &'w [Word<'t>],
    depth: usize,
}

impl<'t> Reader<'_, 't> {
    fn read(&self) -> Option<Mention> {
        let first = self.words.first()?;
        let lower = first.lower();
        if self.words.len() == 1 && PRONOUNS.contains(&lower.as_str()) && (first.text != "US") {
            return Some(Mention { name: lower, ..self.blank(Form::Pronoun, SourceType::Unnamed) });
        }
        let start = usize::from(ARTICLES.contains(&lower.as_str()) && self.words.len() > 1);
        let definite = start == 1 && matches!(lower.as_str(), "the" | "this" | "that" | "these" | "those");
        let indefinite = start == 1 && !definite;
        let mut mention = self.named_medium(start).or_else(|| self.parse(start, definite, indefinite))?;
        mention.definite = definite;
        if matches!(mention.form, Form::Group | Form::Paper) {
            mention.name = uncapitalised(&mention.name);
        }
        Some(mention)
    }

    fn blank(&self, form: Form, sort: SourceType) -> Mention {
        Mention {
            form,
            name: String::new(),
            sort,
            role: None,
            country: None,
            class: None,
            proper: false,
            definite: false,
            gender: None,
            ownerless: false,
            steps: Vec::new(),
        }
    }

    /// The text from word `from` up to and without word `to`.
    fn text(&self, from: usize, to: usize) -> String {
        if from >= to {
            return String::new();
        }
        self.surface[self.words[from].span.start()..self.words[to - 1].span.end()].to_owned()
    }

    /// The mention without its article, to the end of what it covers.
    fn rest(&self, start: usize) -> String {
        self.surface[self.words[start].span.start()..].trim_end_matches([',', ';', ' ', '.']).to_owned()
    }

    fn named_medium(&self, start: usize) -> Option<Mention> {
        let end = self.capitals_from(start);
        let whole =
            end == self.words.len() || self.words[end].gap != Gap::Space || !self.words[end].is_capital();
        if end == start || !whole {
            return None;
        }
        let name = self.text(start, end);
        let sort = if tables::is_medium(&name) {
            SourceType::Media
        } else if tables::is_organization(&name) {
            SourceType::Organization
        } else {
            return None;
        };
        // "NATO Secretary-General", "Reuters reports": only when the name is the whole of the mention's core.
        if self.words.get(end).is_some_and(|w| w.gap == Gap::Space && !STOPS.contains(&w.lower().as_str()))
            || self.words[end - 1].possessive
        {
            return None;
        }
        Some(Mention { name, proper: true, ..self.blank(Form::Body, sort) })
    }

    /// End of the run of capitalised words from `start`, up to a possessive, which is included.
    fn capitals_from(&self, start: usize) -> usize {
        let mut end = start;
        while let Some(word) = self.words.get(end) {
            if !word.is_capital() || (end > start && word.gap != Gap::Space) {
                break;
            }
            end += 1;
            if word.possessive {
                break;
            }
        }
        end
    }

    /// End of the core noun phrase: up to the first comma, preposition or relative.
    fn core_end(&self, from: usize, start: usize) -> usize {
        let mut end = from;
        while let Some(word) = self.words.get(end) {
            if end > start && (word.gap != Gap::Space || STOPS.contains(&word.lower().as_str())) {
                break;
            }
            end += 1;
        }
        end
    }

    fn parse(&self, start: usize, definite: bool, indefinite: bool) -> Option<Mention> {
        // Country: at the start, or after adjectives such as "former" and "senior".
        let mut country = None;
        let mut at = start;
        let mut found_at = start;
        for j in start..self.core_end(start, start).min(start + 3) {
            if let Some((n, c, sense)) = country_at(self.words, j) {
                country = Some((c, sense, self.words[j + n - 1].possessive));
                (found_at, at) = (j, j + n);
                break;
            }
            if self.words[j].possessive {
                break;
            }
        }
        if let Some((c, sense, possessive)) = country
            && found_at == start
        {
            if at == self.words.len() && !possessive {
                return Some(self.state(c, sense, start));
            }
            if let Some(mention) = self.joint_states(start, at) {
                return Some(mention);
            }
        }
        let coordinated = self.words.get(at).is_some_and(|w| w.lower() == "and");
        let mut core_end = self.core_end(at, start);
        let modifiers = found_at - start;
        let role_start = at.max(start);

        if let Some(mut mention) = self.person_with_role(start, role_start, &mut core_end, indefinite) {
            if modifiers > 0
                && let Some(role) = &mut mention.role
            {
                let before = self.text(start, found_at).to_lowercase();
                if matches!(
                    before.as_str(),
                    "former" | "ex" | "acting" | "outgoing" | "then" | "deputy" | "incoming"
                ) {
                    *role = format!("{before} {role}");
                }
            }
            mention.country = mention.country.or(country.filter(|_| !coordinated).map(|c| c.0));
            return Some(mention);
        }
        if let Some(mention) = self.owned_words(start, core_end) {
            return Some(mention);
        }
        let country = country.filter(|_| !coordinated);
        if let Some(mention) = self.proper_name(start, at, core_end, country, definite) {
            return Some(mention);
        }
        Some(self.common_noun(start, at, core_end, country, indefinite))
    }

    fn state(&self, country: &'static Country, sense: Sense, start: usize) -> Mention {
        let mention = Mention {
            country: Some(country),
            proper: true,
            ..self.blank(Form::State, SourceType::Government)
        };
        let stated = self.text(start, self.words.len());
        match sense {
            Sense::Name => Mention { name: country.name.to_owned(), ..mention },
            Sense::Capital => Mention {
                name: country.name.to_owned(),
                steps: vec![format!("{stated} stands for the government of {}", country.name)],
                ..mention
            },
            Sense::Seat => Mention { name: stated, form: Form::Body, ..mention },
            Sense::Adjective if stated == country.name || stated.contains('.') || is_acronym(&stated) => {
                Mention { name: country.name.to_owned(), ..mention }
            }
            Sense::Adjective => Mention {
                name: stated,
                form: Form::Group,
                sort: SourceType::Collective,
                proper: false,
                ..mention
            },
        }
    }

    /// "The United States and Japan".
    fn joint_states(&self, start: usize, mut at: usize) -> Option<Mention> {
        let mut n = 1;
        while at < self.words.len() {
            if self.words[at].lower() == "and" {
                at += 1;
            } else if self.words[at].gap != Gap::Comma {
                return None;
            }
            if self.words.get(at).is_some_and(|w| w.lower() == "the") {
                at += 1;
            }
            let (used, _, sense) = country_at(self.words, at)?;
            if self.words[at + used - 1].possessive || sense == Sense::Seat {
                return None;
            }
            at += used;
            n += 1;
        }
        (n > 1).then(|| Mention {
            name: self.rest(start),
            proper: true,
            ..self.blank(Form::State, SourceType::Government)
        })
    }

    fn person_with_role(
        &self,
        start: usize,
        from: usize,
        core_end: &mut usize,
        indefinite: bool,
    ) -> Option<Mention> {
        // The last role word of the core whose right side is a name or nothing.
        let mut best = None;
        let mut i = from;
        while i < *core_end {
            if let Some((n, plural, role)) = role_at(self.words, i) {
                let end = self.core_end(i + n, i + n.saturating_sub(1)).max(i + n);
                best = Some((
                    i + n,
                    plural,
                    role,
                    end,
                    best.is_some_and(|b: (_, _, tables::Role, _, _)| !b.2.honorific),
                ));
                i += n;
            } else {
                i += 1;
            }
        }
        let (role_end, plural, role, end, stacked) = best?;
        let after = &self.words[role_end..end];
        let role_text = self.text(from, role_end);
        let plain = |role: tables::Role| (!(role.honorific && !stacked)).then(|| role_text.clone());
        if !after.is_empty() {
            // "Senators Smith and Jones" name two people: left to the group reading.
            let title_like =
                self.words[role_end - 1].is_capital() || after.len() >= 2 || role_end - from >= 1;
            if plural || !title_like || !is_person_name(after) {
                return None;
            }
            *core_end = end;
            let name = self.text(role_end, end);
            return Some(Mention {
                name,
                role: plain(role),
                proper: true,
                gender: role.gender,
                ..self.blank(Form::Person, SourceType::Person)
            });
        }
        if plural {
            return None;
        }
        // "the Russian ambassador, Georgiy Zinoviev", "the head of the agency, Rafael Grossi"
        if let Some(comma) = (role_end..self.words.len()).find(|&k| self.words[k].gap == Gap::Comma) {
            let stop = self.capitals_from(comma);
            let clean = self.words.get(stop).is_none_or(|w| w.gap != Gap::Space);
            if clean && stop > comma + 1 && is_person_name(&self.words[comma..stop]) {
                return Some(Mention {
                    name: self.text(comma, stop),
                    role: Some(self.text(from, comma)),
                    country: self.country_in(role_end, comma),
                    proper: true,
                    gender: role.gender,
                    ..self.blank(Form::Person, SourceType::Person)
                });
            }
        }
        let stop = (role_end..self.words.len())
            .find(|&k| self.words[k].gap == Gap::Comma)
            .unwrap_or(self.words.len());
        let mention = Mention {
            name: self.rest(start),
            role: Some(self.text(from, stop)),
            country: self.country_in(role_end, stop),
            gender: role.gender,
            ..self.blank(Form::Role, SourceType::Person)
        };
        if indefinite {
            return Some(Mention { form: Form::Group, sort: SourceType::Unnamed, ..mention });
        }
        Some(mention)
    }

    /// The first country named between two words.
    fn country_in(&self, from: usize, to: usize) -> Option<&'static Country> {
        (from..to.min(from + 12)).find_map(|i| country_at(&self.words[..to], i)).map(|(_, c, _)| c)
    }

    /// "Zinoviev's comments", "the ministry's statement": who owns the words says them.
    fn owned_words(&self, start: usize, core_end: usize) -> Option<Mention> {
        if self.depth > 2 {
            return None;
        }
        let k = (start..core_end).find(|&k| self.words[k].possessive)?;
        // "Zinoviev's comments following the meeting": a participle may follow, another noun may not.
        let head = (k + 1..core_end.min(k + 5)).find(|&j| {
            let ends = j + 1 >= core_end || {
                let next = self.words[j + 1].lower();
                next.ends_with("ing")
                    || next.ends_with("ed")
                    || next.ends_with("ly")
                    || matches!(
                        next.as_str(),
                        "after"
                            | "before"
                            | "during"
                            | "since"
                            | "over"
                            | "this"
                            | "last"
                            | "that"
                            | "when"
                            | "as"
                    )
            };
            ends && UTTERANCES.contains(&tables::singular(&self.words[j].lower()).as_str())
        })?;
        let owner = &self.surface[..self.words[k].span.end()];
        let mut mention = read_nested(owner, self.depth + 1)?;
        mention
            .steps
            .insert(0, format!("“{}” are the words of {}", self.text(start, head + 1), mention.name));
        Some(mention)
    }

    fn proper_name(
        &self,
        start: usize,
        at: usize,
        core_end: usize,
        country: Option<(&'static Country, Sense, bool)>,
        definite: bool,
    ) -> Option<Mention> {
        // "China Daily": a country that is neither possessive nor adjective belongs to the name.
        let from = match country {
            Some((_, Sense::Name | Sense::Capital | Sense::Seat, false)) if at > start => start,
            _ => at,
        };
        let name_like = |w: &Word<'_>| w.is_capital() || PARTICLES.contains(&w.text);
        if from >= core_end
            || !self.words[from].is_capital()
            || !self.words[from..core_end].iter().all(name_like)
        {
            return None;
        }
        // "Reports", "Analysts", "Congress" at the head of a sentence: a noun with a capital.
        if from + 1 == core_end {
            match tables::noun_type(&self.words[from].lower()) {
                None => {}
                Some(SourceType::Organization | SourceType::Government)
                    if self.extended(core_end) > core_end => {}
                Some(_) => return None,
            }
        }
        let mut end = core_end;
        let is_body = |words: &[Word<'_>]| {
            words.iter().any(|w| {
                matches!(
                    tables::noun_type(&w.lower()),
                    Some(SourceType::Organization | SourceType::Government | SourceType::Media)
                )
            })
        };
        if is_body(&self.words[from..end]) {
            end = self.extended(end);
        }
        let name = self.text(from, end);
        let lowers: Vec<String> = self.words[from..end].iter().map(Word::lower).collect();
        let code = country.map(|c| c.0).or_else(|| self.country_in(end, self.words.len().min(end + 4)));
        if let Some(class) = tables::body_class(&lowers) {
            let mut mention = self.blank(Form::Body, SourceType::Government);
            let generic = is_generic(&lowers);
            mention.name = if generic { described(code, &name, from == at) } else { name };
            return Some(Mention { class: Some(class), country: code, proper: !generic, ..mention });
        }
        let last = lowers.last().map_or("", |w| w.as_str());
        let group = matches!(tables::noun_type(last), Some(SourceType::Collective | SourceType::Unnamed))
            && tables::is_plural(last);
        let person = &self.words[from..end];
        if !group
            && from == at
            && !definite
            && is_person_name(person)
            && !is_acronym(&name)
            && !tables::is_organization(&name)
        {
            let mut mention =
                Mention { name, country: code, proper: true, ..self.blank(Form::Person, SourceType::Person) };
            self.apposition(&mut mention, end);
            return Some(mention);
        }
        if group {
            return None;
        }
        let sort = person.iter().rev().find_map(|w| match tables::noun_type(&w.lower()) {
            Some(t @ (SourceType::Organization | SourceType::Government | SourceType::Media)) => Some(t),
            _ => None,
        });
        Some(Mention {
            name,
            country: code,
            proper: true,
            ..self.blank(Form::Body, sort.unwrap_or(SourceType::Organization))
        })
    }

    /// "Ministry of Defence", "Center for Strategic and International Studies".
    fn extended(&self, mut end: usize) -> usize {
        loop {
            let mut next = end;
            while self.words.get(next).is_some_and(|w| {
                w.gap == Gap::Space && matches!(w.text, "of" | "for" | "and" | "on" | "the" | "to" | "&")
            }) {
                next += 1;
            }
            let stop = next
                + self.words[next..].iter().take_while(|w| w.is_capital() && w.gap == Gap::Space).count();
            if next == end && stop == end || stop == next {
                return end;
            }
            end = stop;
        }
    }

    /// "Ian Bremmer, founder of the Eurasia Group": the role after the name.
    fn apposition(&self, mention: &mut Mention, end: usize) {
        if self.words.get(end).is_none_or(|w| w.gap != Gap::Comma) {
            return;
        }
        let stop = (end + 1..self.words.len())
            .find(|&k| self.words[k].gap != Gap::Space)
            .unwrap_or(self.words.len());
        let Some(role) = (end..stop.min(end + 8)).find_map(|k| role_at(self.words, k)) else { return };
        let mut from = end;
        if ARTICLES.contains(&self.words[from].lower().as_str()) && from + 1 < stop {
            from += 1;
        }
        if let Some((n, country, _)) = country_at(&self.words[..stop], from)
            && from + n < stop
        {
            mention.country = Some(country);
            from += n;
        } else {
            mention.country = mention.country.or(self.country_in(from, stop));
        }
        mention.gender = role.2.gender;
        mention.role = Some(self.text(from, stop));
    }

    fn common_noun(
        &self,
        start: usize,
        at: usize,
        core_end: usize,
        country: Option<(&'static Country, Sense, bool)>,
        indefinite: bool,
    ) -> Mention {
        let code = country.map(|c| c.0);
        let name = self.rest(start);
        let lowers: Vec<String> = self.words[at.min(core_end)..core_end].iter().map(Word::lower).collect();
        let head = lowers.last().cloned().unwrap_or_default();
        let of_country = || {
            let of = self.words.get(core_end).filter(|w| w.lower() == "of")?;
            let _ = of;
            let next =
                core_end + 1 + usize::from(self.words.get(core_end + 1).is_some_and(|w| w.lower() == "the"));
            country_at(self.words, next).map(|(n, c, _)| (c, next + n == self.words.len()))
        };
        let code_or_of = code.or_else(|| of_country().map(|c| c.0));
        if matches!(head.as_str(), "government" | "administration" | "regime" | "leadership")
            && lowers.len() == 1
            && let Some(country) = code.or_else(|| of_country().filter(|c| c.1).map(|c| c.0))
        {
            return Mention {
                name: country.name.to_owned(),
                country: Some(country),
                proper: true,
                ..self.blank(Form::State, SourceType::Government)
            };
        }
        if let Some(class) = tables::body_class(&lowers) {
            let generic = is_generic(&lowers);
            let described =
                if generic { described(code_or_of, &self.text(at, core_end), true) } else { name };
            return Mention {
                name: described,
                country: code_or_of,
                class: Some(class),
                ..self.blank(Form::Body, SourceType::Government)
            };
        }
        let sort = tables::noun_type(&head);
        match sort {
            Some(SourceType::Document) => self.paper(start, core_end, &lowers, code),
            Some(SourceType::Media | SourceType::Organization | SourceType::Government) => {
                let sort = sort.unwrap_or(SourceType::Organization);
                Mention { name, country: code_or_of, ..self.blank(Form::Body, sort) }
            }
            Some(SourceType::Collective) if !tables::is_plural(&head) => {
                let sort = if indefinite && tables::role(&head).is_some() {
                    SourceType::Unnamed
                } else {
                    SourceType::Collective
                };
                Mention { name, country: code_or_of, ..self.blank(Form::Group, sort) }
            }
            Some(sort) => Mention { name, country: code_or_of, ..self.blank(Form::Group, sort) },
            None => {
                let sort =
                    if tables::is_plural(&head) { SourceType::Collective } else { SourceType::Unnamed };
                Mention { name, country: code_or_of, ..self.blank(Form::Group, sort) }
            }
        }
    }

    /// Reports, videos, estimates: "reports from South Korean media" are the media's.
    fn paper(
        &self,
        start: usize,
        core_end: usize,
        lowers: &[String],
        country: Option<&'static Country>,
    ) -> Mention {
        let name = self.rest(start);
        let kind = lowers.last().map_or("", |w| w.as_str());
        let media = matches!(lowers, [.., a, _] if a == "media" || a == "news" || a == "press");
        let blank = self.blank(Form::Paper, if media { SourceType::Media } else { SourceType::Document });
        let giver =
            self.words.get(core_end).filter(|w| matches!(w.text, "from" | "by") && w.gap == Gap::Space);
        let secret = lowers.iter().rev().skip(1).any(|w| w == "intelligence");
        if giver.is_some() && !secret && self.depth < 2 && core_end + 1 < self.words.len() {
            let rest = &self.surface[self.words[core_end + 1].span.start()..];
            if !rest.contains(" and ")
                && let Some(mut owner) = read_nested(rest, self.depth + 1)
                && !matches!(owner.form, Form::Paper | Form::Pronoun)
                && !matches!(owner.sort, SourceType::Document)
            {
                owner.steps.insert(0, format!("the {} come from {}", kind.trim(), owner.name));
                return owner;
            }
        }
        let given = giver.is_some();
        let country = country.or_else(|| {
            let mut found = (core_end..self.words.len().min(core_end + 10))
                .filter_map(|i| country_at(self.words, i))
                .map(|(_, c, _)| c);
            let first = found.next()?;
            let from_whom = self.words[core_end..].iter().take(3).any(|w| matches!(w.text, "by" | "from"));
            (from_whom && found.all(|c| c.code == first.code)).then_some(first)
        });
        let ownerless = !given && country.is_none() && core_end == self.words.len() && lowers.len() <= 3;
        Mention { name, country, ownerless, ..blank }
    }
}

/// "officials" for "Officials", "initial reports" for "Initial reports": the capital is the sentence's, not the name's.
fn uncapitalised(name: &str) -> String {
    let first = name.split([' ', ',']).next().unwrap_or(name);
    let lower = first.to_lowercase();
    let common = tables::noun_type(&lower).is_some()
        || tables::role(&tables::singular(&lower)).is_some()
        || matches!(
            lower.as_str(),
            "initial"
                | "recent"
                | "military"
                | "security"
                | "senior"
                | "local"
                | "various"
                | "many"
                | "most"
                | "few"
                | "official"
                | "early"
                | "preliminary"
                | "new"
                | "several"
                | "some"
                | "independent"
                | "political"
                | "intelligence"
                | "media"
                | "news"
                | "legal"
                | "foreign"
                | "other"
                | "multiple"
                | "numerous"
                | "medical"
        );
    if common && first.chars().skip(1).all(|c| !c.is_uppercase()) && name.starts_with(first) {
        format!("{lower}{}", &name[first.len()..])
    } else {
        name.to_owned()
    }
}

/// Whether the words are nothing but a description of a class of bodies ("foreign ministry").
fn is_generic(lowers: &[String]) -> bool {
    tables::is_body_phrase(&lowers.join(" "))
}

/// "Russian Defence Ministry" for "Russia's Defence Ministry": one name however the country is attached.
fn described(country: Option<&'static Country>, name: &str, bare: bool) -> String {
    match country {
        Some(c) if bare => match c.adjectives.first() {
            Some(adjective) => format!("{adjective} {name}"),
            None => format!("{} {name}", c.name),
        },
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "sort | name | role | country" of a mention.
    fn show(surface: &str) -> String {
        let m = read(surface).expect("has words");
        let role = m.role.as_deref().unwrap_or("-");
        format!(
            "{:?} {} | {} | {} | {}",
            m.form,
            m.sort.as_str(),
            m.name,
            role,
            m.country.map_or("-", |c| c.code)
        )
    }

    fn check(cases: &[(&str, &str)]) {
        for (surface, expected) in cases {
            assert_eq!(&show(surface), expected, "{surface}");
        }
    }

    #[test]
    fn people() {
        check(&[
            (
                "South Korea’s Vice Foreign Minister Kim Hong-kyun",
                "Person person | Kim Hong-kyun | Vice Foreign Minister | KR",
            ),
            (
                "Ukrainian President Volodymyr Zelenskiy",
                "Person person | Volodymyr Zelenskiy | President | UA",
            ),
            (
                "Ian Bremmer, founder of the Eurasia Group,",
                "Person person | Ian Bremmer | founder of the Eurasia Group | -",
            ),
            (
                "the Russian ambassador, Georgiy Zinoviev",
                "Person person | Georgiy Zinoviev | ambassador | RU",
            ),
            (
                "Valeriy Ryabykh, editor of the Ukrainian publication Defence Express",
                "Person person | Valeriy Ryabykh | editor of the Ukrainian publication Defence Express | UA",
            ),
            (
                "Chinese foreign ministry spokesperson Lin Jian",
                "Person person | Lin Jian | foreign ministry spokesperson | CN",
            ),
            (
                "National Security Council spokesman John Kirby",
                "Person person | John Kirby | National Security Council spokesman | -",
            ),
            ("NATO Secretary-General Mark Rutte", "Person person | Mark Rutte | NATO Secretary-General | -"),
            ("Secretary of State Antony Blinken", "Person person | Antony Blinken | Secretary of State | -"),
            ("former U.S. President Donald Trump", "Person person | Donald Trump | former President | US"),
            ("Vice Minister Kim", "Person person | Kim | Vice Minister | -"),
            ("Mr. Ruiz", "Person person | Ruiz | - | -"),
            ("Kirby", "Person person | Kirby | - | -"),
            ("Zinoviev’s comments following the meeting", "Person person | Zinoviev | - | -"),
            ("the ambassador", "Role person | ambassador | ambassador | -"),
            (
                "South Korea’s defense minister",
                "Role person | South Korea’s defense minister | defense minister | KR",
            ),
            ("Ursula von der Leyen", "Person person | Ursula von der Leyen | - | -"),
        ]);
    }

    #[test]
    fn governments_and_bodies() {
        check(&[
            ("Pyongyang", "State government | North Korea | - | KP"),
            ("The South Korean government", "State government | South Korea | - | KR"),
            ("the government of Japan", "State government | Japan | - | JP"),
            ("South Korea", "State government | South Korea | - | KR"),
            ("The United States and Japan", "State government | United States and Japan | - | -"),
            ("the Kremlin", "Body government | Kremlin | - | RU"),
            (
                "South Korea’s National Intelligence Service",
                "Body government | National Intelligence Service | - | KR",
            ),
            (
                "South Korea’s intelligence agency",
                "Body government | South Korean intelligence agency | - | KR",
            ),
            ("South Korean intelligence", "Body government | South Korean intelligence | - | KR"),
            ("Russia’s Defence Ministry", "Body government | Russian Defence Ministry | - | RU"),
            ("the Ministry of Defence", "Body government | Ministry of Defence | - | -"),
            ("the ministry", "Body government | ministry | - | -"),
            ("the Eurasia Group", "Body organization | Eurasia Group | - | -"),
            (
                "the Center for Strategic and International Studies (CSIS)",
                "Body organization | Center for Strategic and International Studies | - | -",
            ),
            ("NATO", "Body organization | NATO | - | -"),
            ("Hamas", "Body organization | Hamas | - | -"),
        ]);
    }

    #[test]
    fn media_and_papers() {
        check(&[
            ("The Korea Times", "Body media | Korea Times | - | -"),
            ("NK News", "Body media | NK News | - | -"),
            ("Reuters", "Body media | Reuters | - | -"),
            ("Reports from South Korean media", "Body media | South Korean media | - | KR"),
            (
                "initial reports from South Korean intelligence",
                "Body government | South Korean intelligence | - | KR",
            ),
            (
                "intelligence reports from the United States and South Korea",
                "Paper document | intelligence reports from the United States and South Korea | - | -",
            ),
            ("Recent media reports", "Paper media | recent media reports | - | -"),
            ("estimates", "Paper document | estimates | - | -"),
            ("Reports of looting", "Paper document | reports of looting | - | -"),
            (
                "Video evidence shared by the Ukrainian government",
                "Paper document | video evidence shared by the Ukrainian government | - | UA",
            ),
        ]);
        assert!(read("initial reports").expect("words").ownerless);
        assert!(!read("a report by the UN").expect("words").ownerless);
    }

    #[test]
    fn the_nameless() {
        check(&[
            ("Western officials", "Group unnamed | Western officials | - | -"),
            ("U.S. officials", "Group unnamed | U.S. officials | - | US"),
            ("U.S. and Ukrainian officials", "Group unnamed | U.S. and Ukrainian officials | - | -"),
            ("a source familiar with the matter", "Group unnamed | source familiar with the matter | - | -"),
            ("people familiar with the talks", "Group unnamed | people familiar with the talks | - | -"),
            ("analysts", "Group collective | analysts | - | -"),
            ("military experts", "Group collective | military experts | - | -"),
            (
                "a spokesman for the ministry",
                "Group unnamed | spokesman for the ministry | spokesman for the ministry | -",
            ),
            ("He", "Pronoun unnamed | he | - | -"),
        ]);
    }

    #[test]
    fn nothing_panics() {
        for text in [
            "",
            "’s",
            "the",
            "The ’s",
            "🙂",
            "\0",
            "of",
            "a of",
            "Minister",
            "Minister of",
            ", ,",
            "’s comments",
        ] {
            let _ = read(text);
        }
        let _ = read(&"x".repeat(10_000));
        let _ = read(&"Kim ".repeat(10_000));
    }
}
