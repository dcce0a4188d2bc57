//! Organisations, public bodies, media, groups and papers in a mention.

use super::{Form, Mention, PARTICLES, Reader, STOPS, country_at, is_acronym, is_person_name, read_nested};
use crate::document::SourceType;
use crate::language::gazetteer::{Country, Sense};
use crate::resolve::tables;
use crate::resolve::words::{Gap, Word};

impl Reader<'_, '_> {
    pub(super) fn named_medium(&self, start: usize) -> Option<Mention> {
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

    pub(super) fn proper_name(
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
    pub(super) fn extended(&self, mut end: usize) -> usize {
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

    pub(super) fn common_noun(
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
        // "Intelligence suggests" names no body.
        if lowers == ["intelligence"] && code_or_of.is_none() {
            return self.paper(start, core_end, &lowers, code);
        }
        if matches!(lowers.as_slice(), [.., a, b] if matches!(a.as_str(), "news" | "media" | "press") && matches!(b.as_str(), "sources" | "outlets" | "organizations" | "organisations"))
        {
            return Mention { name, country: code_or_of, ..self.blank(Form::Body, SourceType::Media) };
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
    pub(super) fn paper(
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
