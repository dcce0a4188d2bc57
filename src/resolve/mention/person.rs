//! People in a mention: a title and a name, a name and what its bearer is.

use super::{ARTICLES, Form, Mention, Reader, country_at, is_person_name, role_at};
use crate::document::SourceType;
use crate::resolve::tables;
use crate::resolve::words::Gap;

impl Reader<'_, '_> {
    pub(super) fn person_with_role(
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
        let plain = |role: tables::Role| (!role.honorific || stacked).then(|| role_text.clone());
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
            // "the director, Dr. Ines Calder": a title is no part of the name.
            let is_title = |k: &usize| role_at(self.words, *k).is_some_and(|r| r.0 == 1 && r.2.honorific);
            let first = comma + (comma..stop).take_while(is_title).count();
            let full = stop > first + 1 || stop > first && first > comma;
            if clean && full && is_person_name(&self.words[first..stop]) {
                return Some(Mention {
                    name: self.text(first, stop),
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

    /// "Ian Bremmer, founder of the Eurasia Group": the role after the name.
    pub(super) fn apposition(&self, mention: &mut Mention, end: usize) {
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
}
