//! From a mention to the party it stands for, within one article.

use crate::document::{Claim, Document, Kind, Source, SourceType};
use crate::span::{Span, cover};

use super::mention::{self, Form, Mention};
use super::people::{People, sentence_at};
use super::tables;

/// What has been resolved so far, in the order of the text.
pub(crate) struct Resolver<'d> {
    document: &'d Document,
    people: People,
    /// Sources so far: where, and which.
    heard: Vec<(usize, Source, Form)>,
    /// Bodies named so far: where, the mention, its folded last word.
    bodies: Vec<(usize, Mention)>,
}

impl<'d> Resolver<'d> {
    pub(crate) fn new(document: &'d Document, claims: &[Claim]) -> Self {
        let mut people = People::of(document);
        let mut bodies = super::bodies::named(document);
        for claim in claims.iter().filter(|c| c.kind != Kind::Narrated) {
            let Some((surface, at)) = surface(document, claim) else { continue };
            match mention::read(&surface) {
                Some(m) if m.form == Form::Person && m.name.contains(' ') => {
                    people.add(&m, false);
                }
                Some(m) if m.form == Form::Body => bodies.push((at, m)),
                _ => {}
            }
        }
        bodies.sort_by_key(|b| b.0);
        Resolver { document, people, heard: Vec::new(), bodies }
    }

    /// The source of a claim, as far as its own mention and what came before it tell.
    pub(crate) fn source(&mut self, claim: &Claim) -> Option<Source> {
        let (surface, at) = surface(self.document, claim)?;
        let mention = mention::read(&surface)?;
        let form = mention.form;
        let mut source = match form {
            Form::Pronoun => self.pronoun(&mention, at),
            Form::Person => self.person(&mention, at),
            Form::Role => self.role(&mention, at),
            Form::Body => self.body(mention, at),
            Form::State | Form::Group | Form::Paper => plain(mention),
        };
        source.spans.clone_from(&claim.source_spans);
        self.heard.push((at, source.clone(), form));
        Some(source)
    }

    fn known(&self, person: usize, mut path: Vec<String>, step: Option<String>) -> Source {
        let known = &self.people.persons[person];
        path.extend(step);
        Source {
            name: known.name.clone(),
            source_type: SourceType::Person,
            role: known.role.clone(),
            country: known.country.map(str::to_owned),
            spans: Vec::new(),
            path,
        }
    }

    fn person(&self, mention: &Mention, at: usize) -> Source {
        let path = mention.steps.clone();
        if let Some(person) = self.people.by_full_name(&mention.name) {
            let mut source = self.known(person, path, None);
            source.role = mention.role.clone().or(source.role);
            source.country = mention.country.map(|c| c.code.to_owned()).or(source.country);
            return source;
        }
        if !mention.name.contains(' ') {
            let near = self.people.before(self.document, at + 1, 3);
            if let Some(person) = self.people.by_short_name(mention, Some(&near)) {
                let known = &self.people.persons[person];
                let called = match &mention.role {
                    Some(role) => format!("{role} {}", mention.name),
                    None => mention.name.clone(),
                };
                let step = match &known.role {
                    Some(role) => format!("“{called}” is {}, {role}", known.name),
                    None => format!("“{called}” is {}", known.name),
                };
                let step = (known.name != mention.name).then_some(step);
                return self.known(person, path, step);
            }
        }
        plain(mention.clone())
    }

    fn role(&self, mention: &Mention, at: usize) -> Source {
        // "A minister" was read as a group; what is left says which one, or points back.
        if mention.definite || mention.country.is_some() {
            let found = self.people.by_role(self.document, mention, at);
            let found = found.or_else(|| {
                let after = self.people.occurrences.iter().find(|o| o.span.start() >= at)?;
                let same = sentence_at(self.document, after.span.start()) == sentence_at(self.document, at);
                (same && after.span.start() == at).then_some(after.person)
            });
            if let Some(person) = found {
                let known = &self.people.persons[person];
                let step = format!(
                    "“{}” is {}, {}",
                    mention.name,
                    known.name,
                    known.role.as_deref().unwrap_or("so called before")
                );
                return self.known(person, mention.steps.clone(), Some(step));
            }
        }
        let mut source = plain(mention.clone());
        source.source_type = SourceType::Unnamed;
        source
    }

    fn pronoun(&self, mention: &Mention, at: usize) -> Source {
        match mention.name.as_str() {
            "he" | "she" | "him" | "her" | "himself" | "herself" | "who" => {
                if let Some((person, sentence)) = self.antecedent(&mention.name, at) {
                    let known = &self.people.persons[person];
                    let step = format!(
                        "“{}” is {}, the last fitting person before, in sentence {}",
                        mention.name,
                        known.name,
                        sentence + 1
                    );
                    return self.known(person, Vec::new(), Some(step));
                }
            }
            "they" | "them" => {
                let plural = |form: Form, s: &Source| {
                    matches!(form, Form::Group | Form::State)
                        && (s.name.contains(" and ") || is_plural(&s.name))
                        && (matches!(s.source_type, SourceType::Collective | SourceType::Unnamed)
                            || s.name.contains(" and "))
                };
                if let Some(source) = self.last_heard(at, 2, plural) {
                    return self.echo(&mention.name, source);
                }
                // A singular "they": only when one person alone is near.
                let near = self.people.before(self.document, at, 1);
                if let [one] = near.as_slice()
                    && !self.people.persons[*one].weak
                {
                    let step = format!(
                        "“they” is taken as {}, the only person near",
                        self.people.persons[*one].name
                    );
                    return self.known(*one, Vec::new(), Some(step));
                }
            }
            "it" => {
                let thing = |form: Form, s: &Source| {
                    !is_plural(&s.name)
                        && matches!(form, Form::Body | Form::State | Form::Paper)
                        && s.source_type != SourceType::Unnamed
                };
                if let Some(source) = self.last_heard(at, 2, thing) {
                    return self.echo(&mention.name, source);
                }
            }
            _ => {}
        }
        plain(mention.clone())
    }

    fn last_heard(
        &self,
        at: usize,
        sentences: usize,
        fits: impl Fn(Form, &Source) -> bool,
    ) -> Option<Source> {
        let here = sentence_at(self.document, at);
        let recent = self.heard.iter().rev().take(8);
        recent
            .filter(|h| h.0 < at && here.saturating_sub(sentence_at(self.document, h.0)) <= sentences)
            .find(|h| fits(h.2, &h.1))
            .map(|h| h.1.clone())
    }

    fn echo(&self, pronoun: &str, mut source: Source) -> Source {
        source.path.push(format!("“{pronoun}” is {}, the last fitting source before", source.name));
        source
    }

    /// The person that "he" or "she" stands for, and the sentence of the mention.
    ///
    /// Nearer sentences first; in one sentence whoever spoke, then whoever stands first, where the subject stands.
    fn antecedent(&self, pronoun: &str, at: usize) -> Option<(usize, usize)> {
        let gender = match pronoun {
            "he" | "him" | "himself" => Some(tables::Gender::Male),
            "she" | "her" | "herself" => Some(tables::Gender::Female),
            _ => None,
        };
        let here = sentence_at(self.document, at);
        let occurrences = &self.people.occurrences;
        let end = occurrences.partition_point(|o| o.span.start() < at);
        let mut best: Option<(i64, usize, usize)> = None;
        for occurrence in occurrences[..end].iter().rev().take(64) {
            let sentence = sentence_at(self.document, occurrence.span.start());
            let distance = here.saturating_sub(sentence);
            if distance > 4 {
                break;
            }
            let person = &self.people.persons[occurrence.person];
            let fits = person.gender.is_none() || gender.is_none() || person.gender == gender;
            if person.weak || !fits {
                continue;
            }
            let spoke = self.heard.iter().rev().take(32).any(|h| {
                h.1.source_type == SourceType::Person && h.1.spans.iter().any(|s| s.overlaps(occurrence.span))
            });
            let score = 10 - 3 * distance as i64 + i64::from(occurrence.opens) * 2 + i64::from(spoke) * 3;
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, occurrence.person, sentence));
            }
        }
        best.map(|(_, person, sentence)| (person, sentence))
    }

    /// "the agency", "the ministry", "the newspaper": the nearest body before that is called so.
    fn body(&self, mention: Mention, at: usize) -> Source {
        let bare =
            mention.definite && !mention.proper && mention.country.is_none() && !mention.name.contains(' ');
        let short = mention.definite && mention.proper && !mention.name.contains(' ');
        let acronym =
            mention.proper && mention.name.len() >= 2 && mention.name.chars().all(char::is_uppercase);
        if acronym && let Some(long) = super::bodies::spelled_out(self.document, &mention.name) {
            let mut source = plain(mention::read(&long).unwrap_or(mention.clone()));
            source.path.push(format!("“{}” is short for {}", mention.name, source.name));
            return source;
        }
        if !bare && !short {
            return plain(mention);
        }
        let wanted = mention.name.to_lowercase();
        let sort = tables::noun_type(&wanted);
        let end = self.bodies.partition_point(|b| b.0 < at);
        let found = self.bodies[..end].iter().rev().take(64).map(|b| &b.1).find(|body| {
            if body.name.eq_ignore_ascii_case(&mention.name) {
                return false;
            }
            let last_matches = body.name.to_lowercase().split(' ').any(|w| w == wanted);
            let medium = matches!(
                wanted.as_str(),
                "newspaper" | "paper" | "daily" | "broadcaster" | "outlet" | "publication" | "magazine"
            ) && body.sort == SourceType::Media
                && body.proper;
            let agency = matches!(wanted.as_str(), "agency" | "service")
                && (body.class == Some("intelligence") || (body.sort == SourceType::Media && body.proper));
            last_matches || medium || agency
        });
        if let Some(body) = found
            && sort.is_some()
        {
            let mut source = plain(body.clone());
            source.path.push(format!("“the {}” is {}, the last body so called", mention.name, source.name));
            return source;
        }
        plain(mention)
    }
}

/// Whether the head of a common noun phrase is a plural: "officials of the ministry".
fn is_plural(name: &str) -> bool {
    let head = name
        .split([' ', ','])
        .take_while(|w| !matches!(*w, "of" | "from" | "in" | "at" | "for" | "with" | "like" | "who"))
        .last();
    head.is_some_and(|w| {
        w.chars().next().is_some_and(char::is_lowercase) && tables::is_plural(&w.to_lowercase())
    })
}

/// The mention of a claim's source, in one piece, and where it starts.
pub(crate) fn surface(document: &Document, claim: &Claim) -> Option<(String, usize)> {
    let whole: Span = cover(&claim.source_spans)?;
    let pieces: Vec<&str> = claim.source_spans.iter().map(|s| s.of(&document.text)).collect();
    let joined = pieces.join(" ");
    (!joined.trim().is_empty()).then(|| (joined, whole.start()))
}

/// A mention that stands for itself.
pub(crate) fn plain(mention: Mention) -> Source {
    Source {
        name: mention.name,
        source_type: mention.sort,
        role: if mention.sort == SourceType::Person { mention.role } else { None },
        country: mention.country.map(|c| c.code.to_owned()),
        spans: Vec::new(),
        path: mention.steps,
    }
}
