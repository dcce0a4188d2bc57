//! The people of one article: everybody whom it introduces by name, and where each is mentioned.

use rustc_hash::FxHashMap;

use super::fold::fold_words;
use super::gender;
use super::mention::{self, Form, Mention, country_at, is_person_name, name_end, role_at};
use super::tables::{self, Gender};
use super::words::{Gap, Word, words};
use crate::document::{Document, NameKind, Tag};
use crate::language::Annotated;
use crate::span::Span;

/// Somebody whom the article names.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// The fullest name in the article.
    pub(crate) name: String,
    pub(crate) role: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub(crate) country: Option<&'static str>,
    pub(crate) gender: Option<Gender>,
    /// Capitals only, nothing that says it is a person: good for telling namesakes apart, not for pronouns.
    pub(crate) weak: bool,
}

/// A mention of somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occurrence {
    pub(crate) span: Span,
    pub(crate) person: usize,
    /// Whether it is the first in its sentence, where the subject stands in news prose.
    pub(crate) opens: bool,
}

/// Everybody in the article, and where.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) persons: Vec<Person>,
    pub(crate) occurrences: Vec<Occurrence>,
    by_name: FxHashMap<Vec<String>, usize>,
    by_word: FxHashMap<String, Vec<usize>>,
}

/// A name that may be short for one given elsewhere: "Vice Minister Kim", "Kirby".
struct Short {
    span: Span,
    mention: Mention,
    titled: bool,
}

impl People {
    /// Everybody whom the running text names.
    ///
    /// Titles and capitals say who is introduced as what; the recogniser of names says which bare capitals are a
    /// person's, and whose name it is that has no title.
    pub(crate) fn of(article: &Annotated<'_>) -> People {
        let document = article.document;
        let mut people = People::default();
        let mut shorts = Vec::new();
        for block in document.blocks.iter().filter(|b| b.kind.is_prose()) {
            let words = words(&document.text, block.span);
            people.scan(document, &words, &mut shorts);
        }
        people.recognised(article, &mut shorts);
        // Titles before bare names: "President Trump" introduces the "Trump" of the line above it.
        shorts.sort_by_key(|s| (!s.titled, s.span));
        for short in shorts {
            if let Some(person) = people.by_short_name(&short.mention, None) {
                people.enrich(person, &short.mention);
                people.occurrences.push(Occurrence { span: short.span, person, opens: false });
            } else if let Some(person) = people.misspelled(&short.mention) {
                people.occurrences.push(Occurrence { span: short.span, person, opens: false });
            } else if short.titled && people.candidates(&short.mention.name).is_empty() {
                let person = people.add(&short.mention, false);
                people.occurrences.push(Occurrence { span: short.span, person, opens: false });
            }
        }
        people.occurrences.sort_by_key(|o| (o.span, o.person));
        people.occurrences.dedup_by_key(|o| o.span);
        people.add_roles(document);
        let mut last = usize::MAX;
        for occurrence in &mut people.occurrences {
            let sentence = sentence_at(document, occurrence.span.start());
            occurrence.opens = sentence != last;
            last = sentence;
        }
        people
    }

    fn scan(&mut self, document: &Document, words: &[Word<'_>], shorts: &mut Vec<Short>) {
        let text = &document.text;
        let mut i = 0;
        while i < words.len() {
            if !words[i].is_capital() {
                i += 1;
                continue;
            }
            let end = name_end(words, i);
            let mut from = i;
            while from < end && tables::is_opener(&words[from].lower()) {
                from += 1;
            }
            if from == end {
                i = end.max(i + 1);
                continue;
            }
            // A title inside the run ("Vice Foreign Minister Kim Hong-kyun") or before it ("spokesman John Kirby").
            let inside = (from..end)
                .rev()
                .find_map(|k| role_at(&words[..end], k).filter(|r| !r.1 && k + r.0 < end).map(|r| k + r.0));
            let before = from > 0
                && from == i
                && words[from].gap == Gap::Space
                && !words[from - 1].possessive
                && role_at(&words[..from], from - 1).is_some_and(|r| !r.1);
            let named_from = inside.unwrap_or(from);
            if (inside.is_some() || before) && is_person_name(&words[named_from..end]) {
                let left = left_edge(words, if inside.is_some() { from } else { from - 1 });
                let span = Span::new(words[left].span.start(), words[end - 1].span.end());
                self.introduce(span.of(text), Span::new(words[named_from].span.start(), span.end()), shorts);
                i = end;
                continue;
            }
            if let Some((n, ..)) = country_at(words, from) {
                // "Paris claims ..." where Valeska Paris is in the article; "in Paris" is the place.
                let placed = from > 0
                    && words[from].gap == Gap::Space
                    && matches!(
                        words[from - 1].text,
                        "in" | "from" | "to" | "at" | "near" | "of" | "outside" | "In" | "From"
                    );
                if n == 1 && end == from + 1 && !placed {
                    shorts.push(Short {
                        span: words[from].span,
                        mention: mention::person(words[from].text),
                        titled: false,
                    });
                }
                i = from + n;
                continue;
            }
            let name = &words[from..end];
            let comma_after =
                words.get(end).is_some_and(|w| w.gap == Gap::Comma) && !words[end - 1].possessive;
            // "Valeska Paris, an Australian woman" is no place, whatever her surname.
            let introduced = comma_after
                && name.len() > 1
                && words[end..words.len().min(end + 4)].iter().enumerate().any(|(k, w)| {
                    (k == 0 || w.gap == Gap::Space) && !w.is_capital() && gender::of_noun(w.text).is_some()
                });
            let placed = (0..name.len()).any(|k| country_at(name, k).is_some());
            if !is_person_name(name) || (placed && !introduced) {
                i = end;
                continue;
            }
            let span = Span::new(name[0].span.start(), words[end - 1].span.end());
            if name.len() == 1 {
                if let Some(mention) = mention::read(name[0].text).filter(|m| m.form == Form::Person) {
                    shorts.push(Short { span, mention, titled: false });
                }
                i = end;
                continue;
            }
            if placed {
                let person = self.add(&mention::person(span.of(text)), false);
                self.occurrences.push(Occurrence { span, person, opens: false });
                i = end;
                continue;
            }
            // "Ian Bremmer, founder of the Eurasia Group"
            let role_after = comma_after && {
                let stop = (end + 1..words.len().min(end + 14)).find(|&k| words[k].gap != Gap::Space);
                let stop = stop.unwrap_or(words.len().min(end + 14));
                let has = (end..stop.min(end + 5))
                    .any(|k| role_at(words, k).is_some_and(|r| !r.1 && !r.2.honorific))
                    && !words[end].is_capital();
                let has =
                    has || country_at(words, end).is_some_and(|(n, ..)| role_at(words, end + n).is_some());
                if has {
                    let whole = Span::new(span.start(), words[stop - 1].span.end());
                    self.introduce(whole.of(text), span, shorts);
                }
                has
            };
            // "the Russian ambassador, Georgiy Zinoviev,"
            let role_before = !role_after && from == i && from > 0 && words[from].gap == Gap::Comma && {
                let closes = words.get(end).is_none_or(|w| w.gap != Gap::Space) || words[end - 1].possessive;
                let has = closes && role_at(&words[..from], from - 1).is_some_and(|r| !r.1);
                if has {
                    let left = left_edge(words, from - 1);
                    self.introduce(&text[words[left].span.start()..span.end()], span, shorts);
                }
                has
            };
            if !role_after && !role_before && name.len() <= 4 && !tables::is_medium(span.of(text)) {
                let mention = mention::read(span.of(text)).filter(|m| m.form == Form::Person);
                if let Some(mention) = mention {
                    let person = self.add(&mention, true);
                    self.occurrences.push(Occurrence { span, person, opens: false });
                }
            }
            i = end;
        }
    }

    /// What the recogniser of names adds: persons whom nothing but their name introduces.
    fn recognised(&mut self, article: &Annotated<'_>, shorts: &mut Vec<Short>) {
        let document = article.document;
        self.occurrences.sort_by_key(|o| (o.span, o.person));
        let prose = |span: Span| {
            let block = document.blocks.partition_point(|b| b.span.end() <= span.start());
            document.blocks.get(block).is_some_and(|b| b.kind.is_prose() && b.span.contains(span))
        };
        let mut more: Vec<(Span, Mention)> = Vec::new();
        let mut firm: Vec<usize> = Vec::new();
        // "Warhol Polaroids" are things.
        let things = |tokens: (u32, u32)| {
            let last = article.tag((tokens.1 as usize).saturating_sub(1));
            tokens.1 > tokens.0 + 1 && matches!(last, Tag::NNS | Tag::NNPS | Tag::NN)
        };
        let persons = article.names().iter().filter(|n| n.kind == NameKind::Person);
        for name in persons.filter(|n| prose(n.span) && !things(n.tokens)) {
            let near = self.occurrences.partition_point(|o| o.span.end() <= name.span.start());
            if let Some(known) = self.occurrences.get(near).filter(|o| o.span.overlaps(name.span)) {
                firm.push(known.person);
                continue;
            }
            let surface = name.span.of(&document.text);
            match mention::read(surface).filter(|m| m.form == Form::Person) {
                Some(mention) => more.push((name.span, mention)),
                // Somebody may bear the name of a place.
                None if !self.candidates(surface).is_empty() => {
                    more.push((name.span, mention::person(surface)))
                }
                None => {}
            }
        }
        let given = self.persons.iter().enumerate().filter(|(_, p)| gender::of_name(&p.name).is_some());
        firm.extend(given.map(|(person, _)| person));
        for person in firm {
            self.persons[person].weak = false;
        }
        // Full names first, so that a surname finds them wherever they stand.
        for (span, mention) in more.iter().filter(|m| m.1.name.contains(' ')) {
            let person = self.add(mention, false);
            self.occurrences.push(Occurrence { span: *span, person, opens: false });
        }
        for (span, mention) in more.into_iter().filter(|m| !m.1.name.contains(' ')) {
            if let Some(short) = shorts.iter_mut().find(|s| s.span.overlaps(span)) {
                short.titled = true;
            } else {
                shorts.push(Short { span, mention, titled: true });
            }
        }
    }

    /// The one person whose surname differs by a letter or two from a name that nobody bears.
    pub(crate) fn misspelled(&self, mention: &Mention) -> Option<usize> {
        let wanted = fold_words(&mention.name).pop().filter(|w| w.chars().count() >= 5)?;
        if !self.candidates(&mention.name).is_empty() || mention.name.contains(' ') {
            return None;
        }
        let alike = |name: &str| {
            let words = fold_words(name);
            let last = words.last().filter(|w| words.len() > 1 && w.chars().next() == wanted.chars().next());
            last.is_some_and(|w| {
                rapidfuzz::distance::levenshtein::normalized_similarity(w.chars(), wanted.chars()) >= 0.8
            })
        };
        let mut found = (0..self.persons.len())
            .take(500)
            .filter(|&p| !self.persons[p].weak && alike(&self.persons[p].name));
        let one = found.next()?;
        found.next().is_none().then_some(one)
    }

    fn introduce(&mut self, surface: &str, span: Span, shorts: &mut Vec<Short>) {
        let Some(mention) = mention::read(surface).filter(|m| m.form == Form::Person) else { return };
        if mention.name.contains(' ') {
            let person = self.add(&mention, false);
            self.occurrences.push(Occurrence { span, person, opens: false });
        } else {
            shorts.push(Short { span, mention, titled: true });
        }
    }

    /// The person of that name, made known if new.
    pub(crate) fn add(&mut self, mention: &Mention, weak: bool) -> usize {
        let folded = fold_words(&mention.name);
        if let Some(&person) = self.by_name.get(&folded) {
            self.persons[person].weak &= weak;
            self.enrich(person, mention);
            return person;
        }
        let person = self.persons.len();
        self.persons.push(Person {
            name: mention.name.clone(),
            role: mention.role.clone(),
            country: mention.country.map(|c| c.code),
            gender: gender::of_name(&mention.name)
                .or(mention.gender)
                .or_else(|| gender::of_given_name(&mention.name)),
            weak,
        });
        for word in [folded.last(), folded.first()].into_iter().flatten() {
            let list = self.by_word.entry(word.clone()).or_default();
            if list.last() != Some(&person) {
                list.push(person);
            }
        }
        self.by_name.insert(folded, person);
        person
    }

    fn enrich(&mut self, person: usize, mention: &Mention) {
        let known = &mut self.persons[person];
        if known.role.is_none() {
            known.role.clone_from(&mention.role);
        }
        known.country = known.country.or(mention.country.map(|c| c.code));
        known.gender = known.gender.or(mention.gender);
    }

    /// The person of exactly that name.
    pub(crate) fn by_full_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(&fold_words(name)).copied()
    }

    /// Everybody who may be meant by a surname, or a given name, alone.
    pub(crate) fn candidates(&self, name: &str) -> &[usize] {
        fold_words(name).last().and_then(|w| self.by_word.get(w)).map_or(&[], Vec::as_slice)
    }

    /// The person meant by part of a name, with the help of a title; `None` if nobody or more than one could be.
    ///
    /// `near` are the persons mentioned shortly before, the last one first: a bare surname means the namesake
    /// just spoken of.
    pub(crate) fn by_short_name(&self, mention: &Mention, near: Option<&[usize]>) -> Option<usize> {
        let candidates: Vec<usize> = self
            .candidates(&mention.name)
            .iter()
            .copied()
            .filter(|&p| {
                let known = self.persons[p].country;
                mention.country.is_none_or(|c| known.is_none_or(|k| k == c.code))
            })
            .collect();
        match candidates.as_slice() {
            [] => return None,
            [one]
                if mention.role.is_none() || self.persons[*one].role.is_none() || self.persons[*one].weak =>
            {
                return Some(*one);
            }
            _ => {}
        }
        let Some(role) = &mention.role else {
            return near?.iter().copied().find(|p| candidates.contains(p));
        };
        let scored: Vec<(usize, usize)> = candidates
            .iter()
            .map(|&p| (overlap(role, self.persons[p].role.as_deref().unwrap_or("")), p))
            .collect();
        let best = scored.iter().map(|s| s.0).max()?;
        let mut winners = scored.iter().filter(|s| s.0 == best);
        let winner = winners.next()?.1;
        if winners.next().is_some() {
            return None;
        }
        (best > 0 || candidates.len() == 1).then_some(winner)
    }

    /// Adds "the ambassador" and the like where only one person so called can be meant.
    fn add_roles(&mut self, document: &Document) {
        let mut more = Vec::new();
        for block in document.blocks.iter().filter(|b| b.kind.is_prose()) {
            let words = words(&document.text, block.span);
            for i in 0..words.len() {
                if words[i].gap == Gap::Comma || !matches!(words[i].text, "the" | "The") {
                    continue;
                }
                let stop = (i + 1..words.len().min(i + 5)).find(|&k| words[k].gap != Gap::Space);
                let stop = stop.unwrap_or(words.len().min(i + 5));
                let Some((k, n)) =
                    (i + 1..stop).find_map(|k| role_at(&words[..stop], k).filter(|r| !r.1).map(|r| (k, r.0)))
                else {
                    continue;
                };
                let next = words.get(k + n);
                if words[k + n - 1].possessive || next.is_some_and(|w| w.is_capital() && w.gap != Gap::Break)
                {
                    continue;
                }
                let span = Span::new(words[i].span.start(), words[k + n - 1].span.end());
                if let Some(mention) = mention::read(span.of(&document.text)).filter(|m| m.form == Form::Role)
                    && let Some(person) = self.by_role(document, &mention, span.start())
                {
                    more.push(Occurrence { span, person, opens: false });
                }
            }
        }
        self.occurrences.extend(more);
        self.occurrences.sort_by_key(|o| (o.span, o.person));
    }

    /// The person last mentioned before `at`, within a few sentences, who has that role.
    pub(crate) fn by_role(&self, document: &Document, mention: &Mention, at: usize) -> Option<usize> {
        let role = mention.role.as_deref()?;
        let wanted = head_of(role)?;
        let end = self.occurrences.partition_point(|o| o.span.start() < at);
        let here = sentence_at(document, at);
        let mut seen: Vec<usize> = Vec::new();
        for occurrence in self.occurrences[..end].iter().rev() {
            if here.saturating_sub(sentence_at(document, occurrence.span.start())) > 8 {
                break;
            }
            let person = &self.persons[occurrence.person];
            let Some(known) = person.role.as_deref() else { continue };
            if seen.contains(&occurrence.person) {
                continue;
            }
            seen.push(occurrence.person);
            let same_country = mention.country.is_none_or(|c| person.country.is_none_or(|p| p == c.code));
            let modifiers = role.split(' ').count() - 1;
            if same_country
                && head_of(known) == Some(wanted.clone())
                && overlap(role, known) > modifiers.min(1)
            {
                return Some(occurrence.person);
            }
        }
        None
    }

    /// Persons mentioned before `at`, the last one first, each once, within `sentences` sentences.
    pub(crate) fn before(&self, document: &Document, at: usize, sentences: usize) -> Vec<usize> {
        let end = self.occurrences.partition_point(|o| o.span.start() < at);
        let here = sentence_at(document, at);
        let mut out = Vec::new();
        for occurrence in self.occurrences[..end].iter().rev() {
            if here.saturating_sub(sentence_at(document, occurrence.span.start())) > sentences
                || out.len() > 32
            {
                break;
            }
            if !out.contains(&occurrence.person) {
                out.push(occurrence.person);
            }
        }
        out
    }
}

/// Index of the sentence that holds a byte.
pub(crate) fn sentence_at(document: &Document, at: usize) -> usize {
    document.sentences.partition_point(|s| s.span.start() <= at).saturating_sub(1)
}

/// Where a title that ends at or after word `i` begins: leftwards over its modifiers, to the country before it.
fn left_edge(words: &[Word<'_>], i: usize) -> usize {
    let mut left = i;
    while left > 0 && i - left < 6 && words[left].gap == Gap::Space {
        let word = &words[left - 1];
        let lower = word.lower();
        let belongs = word.possessive
            || (word.is_capital() && !tables::is_opener(&lower))
            || tables::is_role_modifier(&lower)
            || tables::role(&lower).is_some()
            || tables::noun_type(&lower).is_some();
        if !belongs || (word.possessive && !word.is_capital()) {
            break;
        }
        left -= 1;
        if word.possessive {
            // The whole of a possessor's name: "South Korea's".
            while left > 0 && words[left].gap == Gap::Space && words[left - 1].is_capital() && i - left < 8 {
                if tables::is_opener(&words[left - 1].lower()) {
                    break;
                }
                left -= 1;
            }
            break;
        }
    }
    left
}

/// The noun that a role is: "minister" in "Vice Foreign Minister", "founder" in "founder of the Eurasia Group".
fn head_of(role: &str) -> Option<String> {
    let words = words(role, Span::new(0, role.len()));
    let end = words
        .iter()
        .position(|w| {
            matches!(w.text, "of" | "for" | "at" | "in" | "to")
                || (w.gap != Gap::Space && w.gap != Gap::Break)
        })
        .unwrap_or(words.len());
    words[..end].last().map(Word::lower)
}

/// How many words two roles share.
fn overlap(a: &str, b: &str) -> usize {
    let a = fold_words(a);
    let b = fold_words(b);
    a.iter().filter(|w| w.len() > 2 && b.contains(w)).count()
}
