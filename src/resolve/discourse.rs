//! Whom the pronouns and descriptions of an article stand for.
//!
//! A walk through the article, sentence by sentence, keeps for every person, body and group in play a salience, as
//! Lappin and Leass do (Computational Linguistics 20(4), 1994): a mention adds weight by its place in the clause,
//! subjects the most, names that are embedded in other phrases the least, and with each new sentence all weights are
//! halved. A pronoun stands for the most salient party that agrees with it in gender, number and kind, and then is a
//! mention itself. To their factors we add who speaks: a source weighs more; "he" inside somebody's words is not that
//! somebody; and whom a content names is not the "he" who says it (Reinhart 1983, principle C of binding).
//!
//! Where two are nearly as salient, none is taken: [`Answer::Between`].
//!
//! Genders that names do not tell are learned from the article: a first walk counts which pronouns come out for whom.

use rustc_hash::FxHashMap;

use super::fold::fold_words;
use super::gender;
use super::people::People;
use super::tables::{self, Gender};
use crate::document::{Deprel, NameKind, SourceType, Tag, Upos};
use crate::language::Annotated;
use crate::language::gazetteer;
use crate::span::Span;

/// What a mention can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    /// Somebody with a name: index of [`People::persons`].
    Person(usize),
    /// A human being without a name, by the description there.
    Human(Span),
    /// Several, by the description or the list there.
    Group(Span),
    /// A body, a state, a paper, by its first mention.
    Body(Span),
}

/// What became of a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It stands for the party, last mentioned in that sentence.
    Is(Party, usize),
    /// It could be either: left open.
    Between(Party, Party),
}

/// What is said of the article's words by whoever calls.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    /// Quotations and whose words they are, in order, not overlapping.
    pub(crate) quotations: Vec<(Span, usize)>,
    /// Turns of an interview and who speaks, in order, not overlapping.
    pub(crate) turns: Vec<(Span, usize)>,
    /// Labels of turns.
    pub(crate) labels: Vec<Span>,
    /// Contents of the claims whose source stands at a byte.
    pub(crate) contents: FxHashMap<usize, Vec<Span>>,
}

/// Answers for the pronouns and definite descriptions of an article, by token.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    answers: FxHashMap<usize, Answer>,
    /// Lists of persons or bodies ("Ruiz and Falk"): where they end, and what they span.
    pub(crate) lists: Vec<(usize, Span)>,
}

/// Endings of nouns for people, where a plural is not listed.
const HUMAN_ENDINGS: &[&str] = &["ist", "ian", "eer", "ologist", "man", "woman", "goer", "maker", "holder"];
/// Sentences after which a party is out of play.
const MEMORY: usize = 12;
/// Parties kept in play.
const MOST: usize = 48;
/// A rival with this share of the winner's salience makes it a tie.
const TIE: f32 = 0.97;
/// Weight of a party of unknown gender against one known to agree.
const UNKNOWN: f32 = 0.9;
/// Weight of human beings without a name against those with one: news is about the latter.
const NAMELESS: f32 = 0.7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Person(usize),
    Human(Option<Gender>),
    Humans,
    Body,
    Pronoun(Pronoun),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
    They,
    It,
}

fn pronoun(lower: &str) -> Option<Pronoun> {
    Some(match lower {
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "they" | "them" | "their" | "themselves" => Pronoun::They,
        "it" | "its" | "itself" => Pronoun::It,
        _ => return None,
    })
}

/// A mention in the text.
#[derive(Clone, Debug)]
struct Mention {
    head: usize,
    span: Span,
    what: What,
}

/// A party in play.
#[derive(Clone, Debug)]
struct Entity {
    party: Party,
    what: What,
    /// Words it is called by: lemma of a noun, folded words of a name.
    words: Vec<String>,
    salience: f32,
    /// Heaviest mention in `sentence`.
    heaviest: f32,
    sentence: usize,
    subject: bool,
    last: Span,
    /// Whether the last mention was a name or a noun.
    named: bool,
}

impl Discourse {
    pub(crate) fn of(article: &Annotated<'_>, people: &mut People, spoken: &Spoken) -> Discourse {
        let walk = Walk::new(article, people, spoken);
        let (first, votes) = walk.walk(people);
        let mut learned = false;
        let mut counted: Vec<(usize, (u32, u32))> = votes.into_iter().collect();
        counted.sort_unstable();
        for (person, (he, she)) in counted {
            let known = &mut people.persons[person].gender;
            if known.is_none() && he.max(she) > 2 * he.min(she) {
                *known = Some(if he > she { Gender::Male } else { Gender::Female });
                learned = true;
            }
        }
        if learned { walk.walk(people).0 } else { first }
    }

    /// What a token stands for.
    pub(crate) fn answer(&self, token: usize) -> Option<Answer> {
        self.answers.get(&token).copied()
    }
}

struct Walk<'a, 'd> {
    article: &'a Annotated<'d>,
    spoken: &'a Spoken,
    mentions: Vec<Mention>,
    /// Nouns that somebody is called by: "founder", "coach".
    called: Vec<(usize, String)>,
}

/// Persons by the token that their name's others hang on, with the name's first token.
type Heads = FxHashMap<usize, (usize, usize)>;
type Votes = FxHashMap<usize, (u32, u32)>;

impl<'a, 'd> Walk<'a, 'd> {
    fn new(article: &'a Annotated<'d>, people: &mut People, spoken: &'a Spoken) -> Self {
        let mut walk = Walk { article, spoken, mentions: Vec::new(), called: Vec::new() };
        walk.collect(people);
        walk
    }

    fn collect(&mut self, people: &mut People) {
        let article = self.article;
        let mut taken = vec![false; article.len()];
        for label in &self.spoken.labels {
            taken[article.tokens_in(*label)].fill(true);
        }
        let mut person_at = Heads::default();
        for occurrence in people.occurrences.iter().filter(|o| !people.persons[o.person].weak) {
            let tokens = article.tokens_in(occurrence.span);
            let Some(head) = top(article, &tokens) else { continue };
            if taken[tokens.clone()].iter().any(|t| *t) {
                continue;
            }
            taken[tokens.clone()].fill(true);
            person_at.insert(head, (occurrence.person, tokens.start));
            self.mentions.push(Mention {
                head,
                span: occurrence.span,
                what: What::Person(occurrence.person),
            });
        }
        for name in article.names() {
            let tokens = name.tokens.0 as usize..name.tokens.1 as usize;
            let state = || gazetteer::lookup(name.span.of(article.text())).is_some();
            let body = name.kind == NameKind::Organization
                || (name.kind != NameKind::Person
                    && (state() || tables::is_medium(name.span.of(article.text()))));
            let Some(head) = top(article, &tokens).filter(|_| body) else { continue };
            if taken[tokens.clone()].iter().any(|t| *t) {
                continue;
            }
            taken[tokens].fill(true);
            self.mentions.push(Mention { head, span: name.span, what: What::Body });
        }
        let mut bearers: FxHashMap<usize, usize> = FxHashMap::default();
        for (i, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            if let Some(kind) = pronoun(article.lower(i)) {
                self.mentions.push(Mention { head: i, span: article.span(i), what: What::Pronoun(kind) });
            } else if article.upos(i) == Upos::NOUN
                && let Some(what) = self.noun(i)
            {
                // "Curator and director of the museum"
                let joined = || {
                    let head = article.head(i).filter(|_| article.deprel(i) == Deprel::Conj)?;
                    bearers.get(&head).copied()
                };
                if let Some(person) = self.bearer(i, &person_at).or_else(joined) {
                    bearers.insert(i, person);
                    self.called.push((person, article.lemma(i).to_owned()));
                } else if !matches!(article.deprel(i), Deprel::Compound | Deprel::NmodDesc | Deprel::Flat)
                    && !self.is_predicate(i)
                {
                    self.mentions.push(Mention { head: i, span: noun_phrase(article, i), what });
                }
            }
        }
        for (person, known) in people.persons.iter().enumerate() {
            let role = known.role.iter().flat_map(|r| fold_words(r));
            self.called.extend(role.filter(|w| gender::of_noun(w).is_some()).map(|w| (person, w)));
        }
        self.called.sort();
        self.called.dedup();
        for (person, noun) in &self.called {
            let known = &mut people.persons[*person].gender;
            *known = known.or(gender::of_noun(noun).flatten());
        }
        self.mentions.sort_by_key(|m| (m.head, m.span));
    }

    /// "He is a legend" names nobody anew.
    fn is_predicate(&self, i: usize) -> bool {
        let article = self.article;
        (i.saturating_sub(8)..i).any(|k| article.head(k) == Some(i) && article.deprel(k) == Deprel::Cop)
    }

    /// What a common noun can stand for, if it is one for people or bodies.
    fn noun(&self, i: usize) -> Option<What> {
        let lemma = self.article.lemma(i);
        let plural = self.article.tag(i) == Tag::NNS || lemma == "people";
        if let Some(gender) = gender::of_noun(lemma) {
            return Some(if plural { What::Humans } else { What::Human(gender) });
        }
        if plural && HUMAN_ENDINGS.iter().any(|end| lemma.len() > end.len() + 3 && lemma.ends_with(end)) {
            return Some(What::Humans);
        }
        let kind = tables::noun_type(lemma)?;
        let acts = matches!(
            kind,
            SourceType::Organization | SourceType::Government | SourceType::Media | SourceType::Document
        );
        acts.then_some(if plural { What::Humans } else { What::Body })
    }

    /// The named person whom a noun describes: "founder Jack Herrick", "Herrick, the founder", "Herrick is the founder".
    fn bearer(&self, i: usize, person_at: &Heads) -> Option<usize> {
        let article = self.article;
        let head = article.head(i);
        if let Some(person) = head.and_then(|h| person_at.get(&h))
            && matches!(article.deprel(i), Deprel::Appos | Deprel::Compound | Deprel::NmodDesc | Deprel::Flat)
        {
            return Some(person.0);
        }
        // "Founder Jack Herrick", "the founder, Jack Herrick,": the parser need not see it.
        let end = article.tokens_in(noun_phrase(article, i)).end;
        let comma = usize::from(end < article.len() && article.lower(end) == ",");
        let next = (end + comma..(end + comma + 5).min(article.len())).find_map(|k| {
            let (person, start) = *person_at.get(&k)?;
            (start == end + comma).then_some((k, person))
        });
        if let Some((k, person)) = next {
            let closed = || {
                let after = (k..(k + 4).min(article.len())).find(|&j| article.upos(j) != Upos::PROPN);
                after.is_none_or(|j| matches!(article.lower(j), "," | "." | ";" | "\"" | ")"))
            };
            if comma == 0 || closed() {
                return Some(person);
            }
        }
        let (from, to) = (i.saturating_sub(12), (i + 12).min(article.len()));
        let copular = (from..i).any(|k| article.head(k) == Some(i) && article.deprel(k) == Deprel::Cop);
        (from..to).find_map(|k| {
            let (person, _) = person_at.get(&k)?;
            let joined = match article.deprel(k) {
                Deprel::Appos | Deprel::Flat => true,
                Deprel::Nsubj => copular,
                _ => false,
            };
            (joined && article.head(k) == Some(i)).then_some(*person)
        })
    }

    fn walk(&self, people: &People) -> (Discourse, Votes) {
        let article = self.article;
        let mut discourse = Discourse::default();
        let mut votes = Votes::default();
        let mut play: Vec<Entity> = Vec::new();
        let mut next = 0;
        for (number, sentence) in article.sentences.iter().enumerate() {
            let tokens = sentence.tokens();
            let from = next;
            while self.mentions.get(next).is_some_and(|m| m.head < tokens.end) {
                next += 1;
            }
            if !article.document.blocks.get(sentence.block as usize).is_some_and(|b| b.kind.is_prose()) {
                continue;
            }
            play.retain(|e| number - e.sentence <= MEMORY);
            if play.len() > MOST {
                play.sort_by(|a, b| b.weight(number).total_cmp(&a.weight(number)).then(a.last.cmp(&b.last)));
                play.truncate(MOST);
            }
            let mut row: Vec<(usize, usize)> = Vec::new();
            for mention in &self.mentions[from..next] {
                let found = self.meet(mention, number, people, &mut play, &mut discourse, &mut votes);
                let Some(entity) = found else { continue };
                // "Ruiz and Falk", "Ruiz, Falk and Soto" are a group, too.
                if article.deprel(mention.head) == Deprel::Conj
                    && let Some(head) = article.head(mention.head)
                    && row.iter().any(|r| r.0 == head)
                    && !matches!(mention.what, What::Pronoun(_))
                {
                    let start = self.mentions[from..next]
                        .iter()
                        .find(|m| m.head == head)
                        .map_or(mention.span, |m| m.span);
                    let span = start.cover(mention.span);
                    let last = !(mention.head + 1..tokens.end)
                        .any(|k| article.head(k) == Some(head) && article.deprel(k) == Deprel::Conj);
                    if last && span.len() < 200 {
                        let group = Mention { head, span, what: What::Humans };
                        discourse.lists.push((span.end(), span));
                        self.enter(&group, Party::Group(span), Vec::new(), number, &mut play);
                    }
                }
                row.push((mention.head, entity));
            }
        }
        (discourse, votes)
    }

    /// Takes a mention into play; index of its entity.
    fn meet(
        &self,
        mention: &Mention,
        sentence: usize,
        people: &People,
        play: &mut Vec<Entity>,
        discourse: &mut Discourse,
        votes: &mut Votes,
    ) -> Option<usize> {
        let article = self.article;
        match mention.what {
            What::Person(person) => {
                Some(self.enter(mention, Party::Person(person), Vec::new(), sentence, play))
            }
            What::Human(_) | What::Humans | What::Body => {
                let words = if mention.span == article.span(mention.head) || mention.what == What::Body {
                    fold_words(mention.span.of(article.text()))
                } else {
                    vec![article.lemma(mention.head).to_owned()]
                };
                let definite = article.tokens_in(mention.span).next().is_some_and(|first| {
                    matches!(article.lower(first), "the" | "this" | "that" | "these" | "those")
                });
                let lemma = article.lemma(mention.head).to_owned();
                if definite
                    && matches!(mention.what, What::Human(_))
                    && let Some(person) = self.called_so(&lemma, sentence, play)
                {
                    discourse.answers.insert(mention.head, Answer::Is(Party::Person(person), sentence));
                    return Some(self.enter(mention, Party::Person(person), Vec::new(), sentence, play));
                }
                let again = play.iter().position(|e| {
                    let alike = std::mem::discriminant(&e.what) == std::mem::discriminant(&mention.what);
                    let same = match e.party {
                        Party::Body(_) => {
                            let short = words.len() == 1 && e.words.len() > 1 && e.words.contains(&words[0]);
                            e.words.starts_with(&words) || short || (definite && e.words.contains(&lemma))
                        }
                        _ => definite && e.words.contains(&lemma),
                    };
                    alike && same
                });
                let party = match again {
                    Some(known) => play[known].party,
                    None if mention.what == What::Body => Party::Body(mention.span),
                    None if mention.what == What::Humans => Party::Group(mention.span),
                    None => Party::Human(mention.span),
                };
                let mut words = words;
                words.push(lemma);
                Some(self.enter(mention, party, words, sentence, play))
            }
            What::Pronoun(kind) => {
                let answer = self.resolve(mention, kind, sentence, people, play)?;
                discourse.answers.insert(mention.head, answer);
                let Answer::Is(party, _) = answer else { return None };
                if let Party::Person(person) = party {
                    let vote = votes.entry(person).or_default();
                    match kind {
                        Pronoun::He => vote.0 += 1,
                        Pronoun::She => vote.1 += 1,
                        Pronoun::They | Pronoun::It => {}
                    }
                }
                Some(self.enter(mention, party, Vec::new(), sentence, play))
            }
        }
    }

    /// The most salient person who is called by a noun.
    fn called_so(&self, lemma: &str, sentence: usize, play: &[Entity]) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for entity in play {
            let Party::Person(person) = entity.party else { continue };
            let called = self.called.binary_search_by(|c| (c.0, c.1.as_str()).cmp(&(person, lemma))).is_ok();
            let weight = entity.weight(sentence);
            if called && best.is_none_or(|b| weight > b.0) {
                best = Some((weight, person));
            }
        }
        best.map(|b| b.1)
    }

    fn enter(
        &self,
        mention: &Mention,
        party: Party,
        words: Vec<String>,
        sentence: usize,
        play: &mut Vec<Entity>,
    ) -> usize {
        let (weight, subject) = self.place(mention);
        let index = play.iter().position(|e| e.party == party).unwrap_or_else(|| {
            let what = match party {
                Party::Person(person) => What::Person(person),
                _ => mention.what,
            };
            let last = mention.span;
            play.push(Entity {
                party,
                what,
                words,
                salience: 0.0,
                heaviest: 0.0,
                sentence,
                subject,
                last,
                named: true,
            });
            play.len() - 1
        });
        let entity = &mut play[index];
        if entity.sentence == sentence {
            entity.salience += if weight > entity.heaviest { weight - entity.heaviest } else { 10.0 };
            entity.heaviest = entity.heaviest.max(weight);
        } else {
            entity.salience = entity.weight(sentence) + weight;
            entity.heaviest = weight;
        }
        entity.sentence = sentence;
        entity.subject = subject;
        entity.last = mention.span;
        entity.named = !matches!(mention.what, What::Pronoun(_));
        index
    }

    /// Weight of a mention by its place in the clause, and whether it is a subject.
    fn place(&self, mention: &Mention) -> (f32, bool) {
        let article = self.article;
        let mut i = mention.head;
        for _ in 0..6 {
            let up =
                matches!(article.deprel(i), Deprel::Conj | Deprel::Appos | Deprel::Flat | Deprel::Compound);
            match article.head(i).filter(|_| up) {
                Some(head) => i = head,
                None => break,
            }
        }
        let (weight, subject) = match article.deprel(i) {
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter | Deprel::Csubj => (260.0, true),
            Deprel::Obj | Deprel::Iobj | Deprel::Root => (230.0, false),
            Deprel::Obl | Deprel::OblAgent | Deprel::Xcomp | Deprel::Ccomp => (210.0, false),
            Deprel::Nmod | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::NmodUnmarked => (120.0, false),
            _ => (160.0, false),
        };
        let speaks = self.spoken.contents.contains_key(&mention.span.start());
        (weight + if speaks { 60.0 } else { 0.0 }, subject)
    }

    fn resolve(
        &self,
        mention: &Mention,
        kind: Pronoun,
        sentence: usize,
        people: &People,
        play: &[Entity],
    ) -> Option<Answer> {
        let article = self.article;
        let at = mention.span.start();
        if kind == Pronoun::It && self.is_expletive(mention.head) {
            return None;
        }
        let spoken = [&self.spoken.quotations, &self.spoken.turns];
        let speakers = spoken.map(|all| {
            let before = all.partition_point(|w| w.0.start() <= at);
            before.checked_sub(1).map(|i| all[i]).filter(|w| w.0.contains(mention.span)).map(|w| w.1)
        });
        let contents = self.spoken.contents.get(&at).map_or(&[][..], Vec::as_slice);
        let (_, subject) = self.place(mention);
        let clause = article.head(mention.head);
        let mut best: Option<(f32, &Entity)> = None;
        let mut second: Option<(f32, &Entity)> = None;
        for entity in play {
            let Some(fit) = fits(kind, entity, people) else { continue };
            if let Party::Person(person) = entity.party
                && speakers.contains(&Some(person))
            {
                continue;
            }
            // "Their website" is not "they".
            let owned = match entity.party {
                Party::Body(span) | Party::Group(span) => {
                    article.tokens_in(span).next().and_then(|t| pronoun(article.lower(t))) == Some(kind)
                }
                _ => false,
            };
            if owned {
                continue;
            }
            // Principle C: whoever is named in the content is not the pronoun that says it.
            if entity.named && contents.iter().any(|c| c.contains(entity.last)) {
                continue;
            }
            // "He hit him": subject and object of one verb are two, unless the word says so.
            let object =
                !subject && matches!(article.deprel(mention.head), Deprel::Obj | Deprel::Obl | Deprel::Iobj);
            let same_clause = object
                && entity.subject
                && entity.sentence == sentence
                && article.tokens_in(entity.last).any(|t| article.head(t) == clause)
                && !article.lower(mention.head).ends_with("self");
            if same_clause {
                continue;
            }
            let parallel = if subject && entity.subject { 35.0 } else { 0.0 };
            let score = (entity.weight(sentence) + parallel) * fit;
            if best.is_none_or(|b| score > b.0) {
                second = best;
                best = Some((score, entity));
            } else if second.is_none_or(|b| score > b.0) {
                second = Some((score, entity));
            }
        }
        let (score, entity) = best?;
        if score < 8.0 {
            return None;
        }
        match second {
            Some((rival, other)) if rival > TIE * score => Some(Answer::Between(entity.party, other.party)),
            _ => Some(Answer::Is(entity.party, entity.sentence)),
        }
    }

    /// "It is clear that", "it rains", "it seems".
    fn is_expletive(&self, i: usize) -> bool {
        self.article.deprel(i) == Deprel::Expl
    }
}

impl Entity {
    /// Its salience, as of a sentence.
    fn weight(&self, sentence: usize) -> f32 {
        let passed = sentence.saturating_sub(self.sentence).min(30) as i32;
        self.salience * 0.5f32.powi(passed)
    }
}

/// Whether an entity agrees with a pronoun, and how well.
fn fits(pronoun: Pronoun, entity: &Entity, people: &People) -> Option<f32> {
    let wanted = match pronoun {
        Pronoun::He => Gender::Male,
        Pronoun::She => Gender::Female,
        Pronoun::They => {
            return match entity.what {
                What::Humans => Some(1.0),
                What::Body => Some(0.6),
                _ => None,
            };
        }
        Pronoun::It => return (entity.what == What::Body).then_some(1.0),
    };
    let (gender, weight) = match entity.what {
        What::Person(person) => (people.persons[person].gender, 1.0),
        What::Human(gender) => (gender, NAMELESS),
        _ => return None,
    };
    match gender {
        Some(gender) => (gender == wanted).then_some(weight),
        None => Some(weight * UNKNOWN),
    }
}

/// The token of a range whose head lies outside.
pub(crate) fn top(article: &Annotated<'_>, tokens: &std::ops::Range<usize>) -> Option<usize> {
    tokens.clone().take(40).find(|&i| article.head(i).is_none_or(|h| !tokens.contains(&h)))
}

/// A noun with what stands before it, and "of", "for", "at" or "from" after it.
pub(crate) fn noun_phrase(article: &Annotated<'_>, i: usize) -> Span {
    let hangs = |mut k: usize| {
        for _ in 0..5 {
            match article.head(k) {
                Some(h) if h == i => return Some(article.deprel(k)),
                Some(h) => k = h,
                None => return None,
            }
        }
        None
    };
    let before = |k: usize| {
        matches!(
            hangs(k),
            Some(
                Deprel::Det
                    | Deprel::DetPredet
                    | Deprel::Amod
                    | Deprel::Compound
                    | Deprel::Nummod
                    | Deprel::NmodPoss
                    | Deprel::NmodDesc
                    | Deprel::NmodUnmarked
                    | Deprel::Flat
            )
        )
    };
    let mut start = i;
    while start > 0
        && i - start < 10
        && before(start - 1)
        && !matches!(article.lower(start - 1), "," | ";" | "(")
    {
        start -= 1;
    }
    let mut end = i + 1;
    let linked = |k: usize| matches!(article.lower(k), "of" | "for" | "at" | "from");
    if end < article.len() && linked(end) && hangs(end).is_some() {
        while end < article.len()
            && end - i < 10
            && hangs(end).is_some()
            && !matches!(article.lower(end), "," | ";" | "." | "(" | "who" | "which" | "that")
        {
            end += 1;
        }
    }
    article.cover(start..end)
}
