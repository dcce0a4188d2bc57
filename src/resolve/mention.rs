//! Reading one mention: what sort of party it names, with role, country and bare name.
//!
//! [`read`] looks at the words of the mention only. What "he", "Kirby" or "the agency" stand for is found in the
//! article, by [`super::reference`].

mod name;
mod party;
mod person;

use super::tables::{self, Gender};
use super::words::{Gap, Word, words};
use crate::document::SourceType;
use crate::language::gazetteer::{self, Country, Sense};
use crate::span::Span;

use name::{PARTICLES, is_acronym};
pub(crate) use name::{is_person_name, name_end, role_at};

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
    "he",
    "she",
    "they",
    "it",
    "we",
    "i",
    "him",
    "her",
    "them",
    "us",
    "me",
    "who",
    "you",
    "himself",
    "herself",
    "themselves",
    "itself",
    "my",
    "our",
    "your",
    "his",
    "its",
    "their",
    "this",
    "that",
    "these",
    "those",
    "which",
    "myself",
    "ourselves",
    "mine",
    "ours",
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

/// A mention of somebody by name, whatever else the words could be: "Paris" where it is a surname.
pub(crate) fn person(name: &str) -> Mention {
    Mention {
        form: Form::Person,
        name: name.to_owned(),
        sort: SourceType::Person,
        role: None,
        country: None,
        class: None,
        proper: true,
        definite: false,
        gender: None,
        ownerless: false,
        steps: Vec::new(),
    }
}

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

/// The federation whose state bears a country's name, where the office is one that only states have: "Georgia's
/// governor" is of the United States.
fn state_of(country: &'static Country, role: Option<&str>) -> &'static Country {
    const NAMESAKES: &[(&str, &str)] = &[("GE", "US")];
    const OFFICES: &[&str] =
        &["governor", "gov", "senator", "sen", "congressman", "congresswoman", "sheriff"];
    let federation = NAMESAKES.iter().find(|n| n.0 == country.code).and_then(|n| gazetteer::by_code(n.1));
    let of_state = role.is_some_and(|r| r.to_lowercase().split([' ', '.']).any(|w| OFFICES.contains(&w)));
    federation.filter(|_| of_state).unwrap_or(country)
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
        let described = mention.form == Form::Body && !mention.proper && mention.class.is_none();
        if described || matches!(mention.form, Form::Group | Form::Paper) {
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
            // "South Korea", "South Korea, which ..."
            let ends = self.words.get(at).is_none_or(|w| {
                matches!(w.gap, Gap::Comma | Gap::Bracket)
                    && (matches!(w.text, "which" | "whose" | "where" | "along" | "together" | "for")
                        || w.text.ends_with("ing")
                        || w.gap == Gap::Bracket)
            });
            if ends && !possessive {
                return Some(self.state(c, sense, start, at));
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
            mention.country = mention.country.map(|c| state_of(c, mention.role.as_deref()));
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

    fn state(&self, country: &'static Country, sense: Sense, start: usize, end: usize) -> Mention {
        let mention = Mention {
            country: Some(country),
            proper: true,
            ..self.blank(Form::State, SourceType::Government)
        };
        let stated = self.text(start, end);
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

#[cfg(test)]
mod tests;
