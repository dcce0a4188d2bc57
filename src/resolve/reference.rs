//! From a mention to the party it stands for, within one article.

use rustc_hash::FxHashSet;

use crate::document::{Claim, Deprel, Document, Kind, NameKind, Source, SourceType};
use crate::language::Annotated;
use crate::span::{Span, cover};

use super::discourse::{Answer, Discourse, Party, Spoken, top};
use super::fold::fold_words;
use super::mention::{self, Form, Mention};
use super::people::{People, sentence_at};
use super::tables;
use super::voice::Voices;

/// A source, or why there is none.
pub(crate) type Resolved = Result<Source, String>;

/// What is known of an article's parties, and what has been resolved so far, in the order of the text.
pub(crate) struct Resolver<'a, 'd> {
    article: &'a Annotated<'d>,
    document: &'d Document,
    people: People,
    discourse: Discourse,
    pub(crate) voices: Voices,
    /// Sources so far: where, and which.
    heard: Vec<(usize, Source, Form)>,
    /// Bodies named so far: where, the mention.
    bodies: Vec<(usize, Mention)>,
    /// Papers with a proper name: "National Nutrition Study".
    papers: Vec<Span>,
}

impl<'a, 'd> Resolver<'a, 'd> {
    pub(crate) fn new(article: &'a Annotated<'d>, claims: &[Claim]) -> Self {
        let document = article.document;
        let mut people = People::of(article);
        let mut bodies = super::bodies::named(document);
        let mut spoken = Spoken::default();
        for claim in claims.iter().filter(|c| c.kind != Kind::Narrated) {
            let Some((surface, at)) = surface(document, claim) else { continue };
            spoken.contents.entry(at).or_default().extend(&claim.content_spans);
            match mention::read(&surface) {
                Some(m) if m.form == Form::Person && m.name.contains(' ') => {
                    people.add(&m, false);
                }
                Some(m) if m.form == Form::Body => bodies.push((at, m)),
                _ => {}
            }
        }
        let shown: FxHashSet<String> = bodies.iter().map(|(_, m)| m.name.clone()).collect();
        for name in article.names().iter().filter(|n| n.kind == NameKind::Organization) {
            let mention = mention::read(name.span.of(&document.text));
            // What capitals already showed may know its country: "Peru’s National Police Service".
            let new = |m: &Mention| !shown.contains(&m.name);
            let mention = mention.filter(|m| m.form == Form::Body && m.proper && new(m));
            bodies.extend(mention.map(|m| (name.span.start(), m)));
        }
        bodies.sort_by_key(|b| b.0);
        let papers = article.names().iter().map(|n| n.span).filter(|span| {
            let name = span.of(&document.text);
            let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            name.contains(' ') && tables::noun_type(&last) == Some(SourceType::Document)
        });
        let papers = papers.collect();
        let voices = Voices::of(article, &people, claims);
        let known = |surface: &str| {
            let mention = mention::read(surface).filter(|m| m.form == Form::Person)?;
            people.by_full_name(&mention.name).or_else(|| people.by_short_name(&mention, None))
        };
        for (span, takers) in voices.quoted() {
            let said = takers.iter().find_map(|&i| known(&surface(document, &claims[i])?.0));
            spoken.quotations.extend(said.map(|person| (span, person)));
        }
        spoken.labels.clone_from(&voices.turns.labels);
        for turn in &voices.turns.turns {
            let speaker = turn.speaker.and_then(|s| known(&voices.turns.speakers[s]));
            spoken.turns.extend(speaker.map(|person| (turn.span, person)));
        }
        let discourse = Discourse::of(article, &mut people, &spoken);
        Resolver { article, document, people, discourse, voices, heard: Vec::new(), bodies, papers }
    }

    /// The source of a claim, as far as its own mention and what came before it tell.
    pub(crate) fn source(&mut self, claim: &Claim) -> Option<Resolved> {
        let (surface, at) = surface(self.document, claim)?;
        let mut mention = mention::read(&surface)?;
        if !matches!(mention.form, Form::Person | Form::Pronoun) {
            let bearer = || self.bears_a_place(&surface, at).then(|| mention::person(surface.trim()));
            if let Some(named) = self.named_inside(claim).or_else(bearer) {
                mention = named;
            }
        }
        let form = mention.form;
        let token = self.head_token(claim);
        let resolved = if let Some(pair) = self.pair(&mention, at) {
            pair
        } else {
            match form {
                Form::Pronoun => self.pronoun(&mention, at, token),
                Form::Person => Ok(self.person(&mention, at)),
                Form::Role => Ok(self.role(&mention, at, token)),
                Form::Body => Ok(self.body(mention, at)),
                Form::Group => Ok(self.group(mention, token)),
                Form::Paper => Ok(self.paper(mention, at)),
                Form::State => Ok(plain(mention)),
            }
        };
        Some(resolved.map(|mut source| {
            source.spans.clone_from(&claim.source_spans);
            self.heard.push((at, source.clone(), form));
            source
        }))
    }

    /// Whom a phrase of the text stands for, by name: a pronoun, a description, a surname. `name` is what it names
    /// itself. `None` where the text does not tell, or gives nobody's name.
    pub(crate) fn stands_for(&self, phrase: Span, name: Option<&str>) -> Option<String> {
        let fullest = |person: usize| self.people.persons[person].name.clone();
        if let Some(name) = name {
            let short = !name.contains(' ') && name.len() <= 32;
            let mention = short.then(|| mention::person(name))?;
            return self.people.by_short_name(&mention, None).map(fullest);
        }
        let token = self.article.tokens_in(phrase).next_back()?;
        match self.discourse.answer(token)? {
            Answer::Is(Party::Person(person), _) => Some(fullest(person)),
            Answer::Is(party @ Party::Body(_), _) => {
                let source = self.party(party, phrase.start());
                source.name.starts_with(char::is_uppercase).then_some(source.name)
            }
            _ => None,
        }
    }

    /// The token of a claim's source that the others hang on.
    fn head_token(&self, claim: &Claim) -> Option<usize> {
        top(self.article, &self.article.tokens_in(*claim.source_spans.first()?))
    }

    /// Whether somebody of the article is mentioned just there, by a surname that is a place's name, too.
    fn bears_a_place(&self, surface: &str, at: usize) -> bool {
        let surface = surface.trim();
        let occurrences = &self.people.occurrences;
        let next = occurrences.partition_point(|o| o.span.start() < at);
        !surface.contains(' ')
            && occurrences.get(next).is_some_and(|o| {
                o.span == Span::new(at, at + surface.len()) && !self.people.persons[o.person].weak
            })
    }

    /// The person who is named at the heart of a longer source: "Facebook co-founder Mark Zuckerberg", "his father Ali".
    fn named_inside(&self, claim: &Claim) -> Option<Mention> {
        let article = self.article;
        let [whole] = claim.source_spans.as_slice() else { return None };
        let tokens = article.tokens_in(*whole);
        let head = top(article, &tokens)?;
        let joined = |k: usize| article.deprel(k) == Deprel::Conj && article.head(k) == Some(head);
        if tokens.clone().take(60).any(joined) {
            return None;
        }
        let first = article.names().partition_point(|n| n.span.start() < whole.start());
        // A source may be cut short before the name: "the site's founder[, Jack Herrick]".
        let near = |n: &&crate::document::Name| n.span.start() <= whole.end() + 2;
        let inside = article.names()[first..].iter().take(12).take_while(near);
        let mut names = inside.filter(|n| n.kind == NameKind::Person).filter(|n| {
            let range = n.tokens.0 as usize..n.tokens.1 as usize;
            let heart = top(article, &range).is_some_and(|t| {
                t == head
                    || (article.head(t) == Some(head)
                        && matches!(article.deprel(t), Deprel::Appos | Deprel::Flat))
            });
            // The parser may take a long title for the head's own modifier.
            let last = range.end == tokens.end
                && range.start > tokens.start
                && whole.contains(n.span)
                && !matches!(
                    article.lower(range.start - 1),
                    "of" | "for" | "by" | "with" | "and" | "to" | "from"
                );
            let next = range.start == tokens.end + 1
                && article.lower(tokens.end) == ","
                && (range.end == article.len() || article.lower(range.end) == ",")
                && super::gender::of_noun(article.lemma(head)).is_some();
            heart || last || next
        });
        let name = names.next()?;
        let surface = name.span.of(&self.document.text);
        // Somebody may bear the name of a place, but not if nobody here does: "Lima said".
        let mut mention = match mention::read(surface) {
            Some(mention) if mention.form == Form::Person => mention,
            Some(_) if !surface.contains(' ') && self.people.candidates(surface).is_empty() => return None,
            _ => mention::person(surface),
        };
        if name.span.start() <= whole.start() {
            return Some(mention);
        }
        let before = &self.document.text[whole.start()..name.span.start()];
        let owned =
            ["’s ", "'s ", "s’ ", "s' "].iter().filter_map(|e| before.rfind(e).map(|i| i + e.len())).max();
        let role = before[owned.unwrap_or(0)..].trim().trim_end_matches(',');
        let role =
            ["the ", "The ", "a ", "A ", "an ", "An ", "his ", "His ", "her ", "Her ", "their ", "Their "]
                .iter()
                .find_map(|article| role.strip_prefix(article))
                .unwrap_or(role);
        let titled = role.split(' ').any(|w| super::gender::of_noun(&w.to_lowercase()).is_some());
        mention.role = titled.then(|| role.to_owned()).filter(|r| r.len() < 160);
        mention.country = mention::read(before).and_then(|m| m.country);
        Some(mention)
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

    pub(crate) fn person(&self, mention: &Mention, at: usize) -> Source {
        let path = mention.steps.clone();
        if let Some(person) = self.people.by_full_name(&mention.name) {
            let mut source = self.known(person, path, None);
            source.role = mention.role.clone().or(source.role);
            source.country = mention.country.map(|c| c.code.to_owned()).or(source.country);
            return source;
        }
        if !mention.name.contains(' ') {
            let near = self.people.before(self.document, at + 1, 3);
            let called = match &mention.role {
                Some(role) => format!("{role} {}", mention.name),
                None => mention.name.clone(),
            };
            if let Some(person) = self.people.by_short_name(mention, Some(&near)) {
                let known = &self.people.persons[person];
                let step = match &known.role {
                    Some(role) => format!("“{called}” is {}, {role}", known.name),
                    None => format!("“{called}” is {}", known.name),
                };
                let step = (known.name != mention.name).then_some(step);
                return self.known(person, path, step);
            }
            if let Some(person) = self.people.misspelled(mention) {
                let name = &self.people.persons[person].name;
                let step = format!("“{called}” is {name}, whose name alone in the article is so near to it");
                return self.known(person, path, Some(step));
            }
            let several = self.people.candidates(&mention.name);
            if several.len() > 1 {
                let names: Vec<&str> =
                    several.iter().take(4).map(|&p| self.people.persons[p].name.as_str()).collect();
                let mut source = plain(mention.clone());
                source.path.push(format!("“{called}” could be {}: left open", names.join(" or ")));
                return source;
            }
        }
        plain(mention.clone())
    }

    fn role(&self, mention: &Mention, at: usize, token: Option<usize>) -> Source {
        // "A minister" was read as a group; what is left says which one, or points back.
        if mention.definite || mention.country.is_some() {
            let found = self.people.by_role(self.document, mention, at);
            let found = found.or_else(|| {
                let after = self.people.occurrences.iter().find(|o| o.span.start() >= at)?;
                let same = sentence_at(self.document, after.span.start()) == sentence_at(self.document, at);
                (same && after.span.start() == at).then_some(after.person)
            });
            if let Some(person) = found.or_else(|| self.described(mention, token)) {
                return self.as_described(mention, person);
            }
        }
        // "A spokeswoman for the ministry said so. The spokeswoman added ..."
        let noun = mention.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let earlier = |form: Form, s: &Source| {
            let head = s
                .name
                .split([' ', ','])
                .take_while(|w| !matches!(*w, "of" | "for" | "from" | "at" | "in"))
                .last();
            matches!(form, Form::Group | Form::Role) && s.name != mention.name && head == Some(noun.as_str())
        };
        if mention.definite
            && let Some(mut source) = self.last_heard(at, 6, earlier)
        {
            source.path.push(format!("“the {}” is the {} heard before", mention.name, source.name));
            return source;
        }
        let mut source = plain(mention.clone());
        source.source_type = SourceType::Unnamed;
        source
    }

    /// "The boy", "the director": somebody who is called so before.
    fn described(&self, mention: &Mention, token: Option<usize>) -> Option<usize> {
        match self.discourse.answer(token?)? {
            Answer::Is(Party::Person(person), _) if mention.definite => Some(person),
            _ => None,
        }
    }

    fn as_described(&self, mention: &Mention, person: usize) -> Source {
        let known = &self.people.persons[person];
        let role = known.role.as_deref().unwrap_or("so called before");
        let step = format!("“{}” is {}, {role}", mention.name, known.name);
        self.known(person, mention.steps.clone(), Some(step))
    }

    fn group(&self, mention: Mention, token: Option<usize>) -> Source {
        match self.described(&mention, token) {
            Some(person) => self.as_described(&mention, person),
            None => plain(mention),
        }
    }

    /// "The pair", "the two", "both": the last two who were named together.
    fn pair(&self, mention: &Mention, at: usize) -> Option<Resolved> {
        let word = mention.name.to_lowercase();
        let points = mention.definite && matches!(word.as_str(), "pair" | "two" | "couple" | "duo");
        if !points && word != "both" {
            return None;
        }
        let here = sentence_at(self.document, at);
        let near = |byte: usize| here.saturating_sub(sentence_at(self.document, byte)) <= 4;
        let end = self.discourse.lists.partition_point(|l| l.0 <= at);
        let listed = self.discourse.lists[..end].last().filter(|l| near(l.1.start())).map(|l| l.1);
        let names = match listed {
            Some(list) => self.names_in(list),
            None => {
                let mut near = self.people.before(self.document, at, 2);
                near.retain(|&p| !self.people.persons[p].weak);
                let [two, one] = near.as_slice() else {
                    return Some(Err(format!(
                        "“{}” points back to no two who are named together",
                        mention.name
                    )));
                };
                format!("{} and {}", self.people.persons[*one].name, self.people.persons[*two].name)
            }
        };
        let step = format!("“{}” are {names}, the last two named together", mention.name);
        Some(Ok(Source {
            name: names,
            source_type: SourceType::Collective,
            role: None,
            country: None,
            spans: Vec::new(),
            path: vec![step],
        }))
    }

    /// "Ana Ruiz and Ivo Falk" for "Ruiz and her deputy, Falk".
    fn names_in(&self, list: Span) -> String {
        let occurrences = &self.people.occurrences;
        let first = occurrences.partition_point(|o| o.span.start() < list.start());
        let inside = occurrences[first..].iter().take_while(|o| o.span.start() < list.end());
        let mut persons: Vec<usize> = inside.filter(|o| list.contains(o.span)).map(|o| o.person).collect();
        persons.dedup();
        match persons.as_slice() {
            [one, two] => {
                format!("{} and {}", self.people.persons[*one].name, self.people.persons[*two].name)
            }
            _ => list.of(&self.document.text).to_owned(),
        }
    }

    fn pronoun(&self, mention: &Mention, at: usize, token: Option<usize>) -> Resolved {
        let word = &mention.name;
        let open = || format!("“{word}” stands for nobody who can be told");
        let token = token.ok_or_else(open)?;
        if matches!(word.as_str(), "who" | "which" | "that")
            && let Some(source) = self.relative(word, token)
        {
            return Ok(source);
        }
        match self.discourse.answer(token) {
            Some(Answer::Is(party, sentence)) => {
                let mut source = self.party(party, at);
                let step = format!(
                    "“{word}” is {}, the most prominent that agrees with it, last mentioned in sentence {}",
                    source.name,
                    sentence + 1
                );
                source.path.push(step);
                Ok(source)
            }
            Some(Answer::Between(one, other)) => Err(format!(
                "“{word}” could be {} or {}: left open",
                self.party(one, at).name,
                self.party(other, at).name
            )),
            None => Err(open()),
        }
    }

    /// "Officials who say": what the clause hangs on.
    fn relative(&self, word: &str, token: usize) -> Option<Source> {
        let article = self.article;
        let mut verb = article.head(token)?;
        for _ in 0..3 {
            if article.deprel(verb) == Deprel::AclRelcl {
                break;
            }
            verb = article.head(verb)?;
        }
        let noun = article.head(verb).filter(|_| article.deprel(verb) == Deprel::AclRelcl)?;
        let span = article.span(noun);
        let occurrences = &self.people.occurrences;
        let at = occurrences.partition_point(|o| o.span.end() < span.end());
        let person = occurrences.get(at).filter(|o| o.span.overlaps(span)).map(|o| o.person);
        let mut source = match person {
            Some(person) => self.known(person, Vec::new(), None),
            None => {
                let named = article.names().iter().find(|n| n.span.overlaps(span)).map(|n| n.span);
                let described = named.unwrap_or_else(|| super::discourse::noun_phrase(article, noun));
                let mention = mention::read(described.of(&self.document.text))?;
                if matches!(mention.form, Form::Pronoun) {
                    return None;
                }
                match mention.form {
                    Form::Body => self.body(mention, span.start()),
                    Form::Role => self.role(&mention, span.start(), Some(noun)),
                    _ => plain(mention),
                }
            }
        };
        source.path.push(format!("“{word}” opens a clause on {}", source.name));
        Some(source)
    }

    /// A party in play as a source.
    fn party(&self, party: Party, at: usize) -> Source {
        match party {
            Party::Person(person) => self.known(person, Vec::new(), None),
            Party::Group(span) if span.of(&self.document.text).contains(" and ") => Source {
                name: self.names_in(span),
                source_type: SourceType::Collective,
                role: None,
                country: None,
                spans: Vec::new(),
                path: Vec::new(),
            },
            Party::Human(span) | Party::Group(span) | Party::Body(span) => {
                let read = mention::read(span.of(&self.document.text));
                match read {
                    Some(mut mention) if mention.form == Form::Body => {
                        mention.definite |= ["the ", "The "]
                            .iter()
                            .any(|the| self.document.text[..span.start()].ends_with(the));
                        self.body(mention, span.start().min(at))
                    }
                    Some(mention) if mention.form == Form::Person && matches!(party, Party::Body(_)) => {
                        let mut source = plain(mention);
                        source.source_type = SourceType::Organization;
                        source
                    }
                    Some(mention) => {
                        let mut source = plain(mention);
                        if matches!(party, Party::Human(_)) {
                            source.source_type = SourceType::Unnamed;
                        }
                        source
                    }
                    None => Source {
                        name: span.of(&self.document.text).to_owned(),
                        source_type: SourceType::Unnamed,
                        role: None,
                        country: None,
                        spans: Vec::new(),
                        path: Vec::new(),
                    },
                }
            }
        }
    }

    /// Whoever speaks in a turn, by its label.
    pub(crate) fn speaker(&self, label: &str, at: usize) -> Option<Source> {
        let mention = mention::read(label)?;
        Some(match mention.form {
            Form::Person => self.person(&mention, at),
            Form::Body if mention.proper => plain(mention),
            // "Bill:" is somebody, "Q:" nobody.
            _ if label.chars().count() < 2 => return None,
            _ => self.person(&mention::person(label), at),
        })
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
        if acronym && let Some(long) = self.initialled(&mention.name) {
            let mut source = plain(long);
            source.path.push(format!("“{}” are the initials of {}", mention.name, source.name));
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
        if bare && tables::is_any_body(&wanted) {
            return self.only_body(mention, at);
        }
        plain(mention)
    }

    /// "The report", "the study": the only paper that the article has named.
    fn paper(&self, mention: Mention, at: usize) -> Source {
        let bare = mention.definite && mention.country.is_none() && !mention.name.contains(' ');
        if !bare {
            return plain(mention);
        }
        let end = self.papers.partition_point(|p| p.start() < at);
        let named = |span: &Span| fold_words(span.of(&self.document.text));
        let Some(full) = self.papers[..end].iter().take(200).max_by_key(|p| named(p).len()) else {
            return plain(mention);
        };
        let words = named(full);
        if !self.papers[..end].iter().take(200).all(|p| named(p).iter().all(|w| words.contains(w))) {
            return plain(mention);
        }
        let name = full.of(&self.document.text).to_owned();
        let step = format!("“the {}” is the {name}, the only paper named before", mention.name);
        let mut source = plain(mention);
        source.name = name;
        source.path.push(step);
        source
    }

    /// The one body of the article whose initials are those.
    fn initialled(&self, acronym: &str) -> Option<Mention> {
        let fits = |name: &str| {
            let words = name.split([' ', '-']).filter(|w| w.chars().next().is_some_and(char::is_uppercase));
            words.filter_map(|w| w.chars().next()).eq(acronym.chars())
        };
        let mut found = self.bodies.iter().take(2000).map(|b| &b.1).filter(|m| m.proper && fits(&m.name));
        let one = found.next()?;
        found.all(|m| fold_words(&m.name) == fold_words(&one.name)).then(|| one.clone())
    }

    /// "The company", "the group": the organisation that the sentences before name, if they name but one.
    fn only_body(&self, mention: Mention, at: usize) -> Source {
        let here = sentence_at(self.document, at);
        let end = self.bodies.partition_point(|b| b.0 < at);
        let near = self.bodies[..end].iter().rev().take(24).filter(|b| {
            here.saturating_sub(sentence_at(self.document, b.0)) <= 3
                && b.1.proper
                && b.1.sort == SourceType::Organization
        });
        let mut names: Vec<&Mention> = Vec::new();
        for (_, body) in near {
            if !names.iter().any(|n| fold_words(&n.name) == fold_words(&body.name)) {
                names.push(body);
            }
        }
        match names.as_slice() {
            [one] => {
                let mut source = plain((*one).clone());
                source.path.push(format!(
                    "“the {}” is {}, the only one named shortly before",
                    mention.name, one.name
                ));
                source
            }
            [] => plain(mention),
            [one, other, ..] => {
                let step =
                    format!("“the {}” could be {} or {}: left open", mention.name, one.name, other.name);
                let mut source = plain(mention);
                source.path.push(step);
                source
            }
        }
    }
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
