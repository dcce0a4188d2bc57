//! Predicates with their arguments, off the tree.
//!
//! Every verb that is no auxiliary, every noun that names what a verb says, and every word with a copula is a predicate.
//! Its arguments are what hangs on it, with what the clause lends it: the subject of a coordinated verb, the noun that a
//! relative clause or a participle belongs to, the subject or object that governs an infinitive. Passives are turned
//! round. Times take no part; they are found elsewhere.

#[cfg(test)]
mod tests;
pub(crate) mod words;

use crate::document::{
    Argument, Deprel, Place, PlaceKind, PlaceSense, Polarity, Predicate, Role, Tag, Time, Upos,
};
use crate::extract::clause::Clause;
use crate::language::Annotated;
use crate::language::gazetteer::{self, Sense};
use crate::span::Span;
use words::Light;

/// Arguments of one predicate.
const MOST: usize = 8;
/// Words of an argument before its head.
const REACH: usize = 12;

/// The predicates of an article, in order; places and times in order of their first character.
pub(crate) fn predicates(article: &Annotated<'_>, places: &[Place], times: &[Time]) -> Vec<Predicate> {
    if !article.is_parsed() {
        return Vec::new();
    }
    let tree = Tree::new(article, places, times);
    (0..article.len()).filter_map(|i| tree.predicate(i)).collect()
}

/// The predicate whose word is token `i`, whatever that word is.
#[cfg(feature = "train")]
pub(crate) fn at(article: &Annotated<'_>, places: &[Place], times: &[Time], i: usize) -> Predicate {
    let tree = Tree::new(article, places, times);
    tree.predicate(i).unwrap_or_else(
        || {
            if article.tag(i).is_verb() { tree.of_verb(i) } else { tree.of_noun(i) }
        },
    )
}

/// The trees of an article, top down.
struct Tree<'a, 'd> {
    article: &'a Annotated<'d>,
    /// Where the children of each token begin in `children`.
    first: Vec<u32>,
    children: Vec<u32>,
    places: &'a [Place],
    times: &'a [Time],
}

impl<'a, 'd> Tree<'a, 'd> {
    fn new(article: &'a Annotated<'d>, places: &'a [Place], times: &'a [Time]) -> Self {
        let n = article.len();
        let mut first = vec![0_u32; n + 1];
        let heads = || (0..n).filter_map(|i| Some((i, article.head(i).filter(|&h| h < n)?)));
        heads().for_each(|(_, h)| first[h + 1] += 1);
        for i in 0..n {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut children = vec![0_u32; first[n] as usize];
        for (i, h) in heads() {
            children[next[h] as usize] = i as u32;
            next[h] += 1;
        }
        Tree { article, first, children, places, times }
    }

    fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.first[i] as usize..self.first[i + 1] as usize;
        self.children[range].iter().take(64).map(|&c| c as usize)
    }

    fn child(&self, i: usize, wanted: impl Fn(Deprel) -> bool) -> Option<usize> {
        self.children(i).find(|&c| wanted(self.article.deprel(c)))
    }

    /// The predicate that token `i` is, if it is one.
    fn predicate(&self, i: usize) -> Option<Predicate> {
        let (article, tag) = (self.article, self.article.tag(i));
        let relation = article.deprel(i);
        if matches!(
            relation,
            Deprel::Aux
                | Deprel::AuxPass
                | Deprel::Cop
                | Deprel::Case
                | Deprel::Mark
                | Deprel::Fixed
                | Deprel::Flat
        ) {
            return None;
        }
        if tag.is_verb() && article.upos(i) != Upos::AUX {
            if self.is_light(i) || matches!(article.lemma(i), "be") {
                return None;
            }
            return Some(self.of_verb(i));
        }
        if self.child(i, |d| d == Deprel::Cop).is_some() {
            return Some(self.of_copula(i));
        }
        if matches!(tag, Tag::NN | Tag::NNS) && words::is_deed(article.lemma(i)) {
            return Some(self.of_noun(i));
        }
        None
    }

    /// Lemma with particle.
    fn lemma(&self, i: usize) -> String {
        let lemma = self.article.lemma(i);
        match self.child(i, |d| d == Deprel::CompoundPrt) {
            Some(particle) => format!("{lemma} {}", self.article.lower(particle)),
            None => lemma.to_owned(),
        }
    }

    /// The noun that a light verb carries: its object, or its subject.
    fn carried(&self, i: usize) -> Option<(usize, Light)> {
        if !self.article.tag(i).is_verb() {
            return None;
        }
        // "take place" before "take".
        let object = self.child(i, |d| d == Deprel::Obj);
        let with_object = object.map(|o| format!("{} {}", self.article.lemma(i), self.article.lemma(o)));
        let light = with_object.and_then(|l| words::light(&l)).or_else(|| words::light(&self.lemma(i)))?;
        let noun = match light {
            Light::Of(_) => self.child(i, |d| matches!(d, Deprel::Obj | Deprel::NsubjPass)),
            Light::Event => self.child(i, |d| d == Deprel::Nsubj),
        }?;
        let is_deed =
            matches!(self.article.tag(noun), Tag::NN | Tag::NNS) && words::is_deed(self.article.lemma(noun));
        is_deed.then_some((noun, light))
    }

    fn is_light(&self, i: usize) -> bool {
        self.carried(i).is_some()
    }

    fn of_verb(&self, i: usize) -> Predicate {
        let clause = Clause::of(self.article, i);
        let mut arguments = Arguments { tree: self, predicate: i, list: Vec::new() };
        let participle = self.article.tag(i) == Tag::VBN && clause.auxiliaries.is_empty();
        let relation = self.article.deprel(i);
        let passive = clause.passive || participle && matches!(relation, Deprel::Acl | Deprel::Amod);
        let (first, second) =
            if passive { (Role::Object, Role::Subject) } else { (Role::Subject, Role::Object) };
        if let Some(subject) = clause.subject.or_else(|| self.lent(i, relation)) {
            arguments.add(self.antecedent(i, subject), first);
        }
        for child in self.children(i) {
            match self.article.deprel(child) {
                Deprel::Obj => arguments.add(self.antecedent(i, child), second),
                Deprel::Iobj => arguments.add(child, Role::Oblique),
                Deprel::OblAgent => arguments.add(child, Role::Subject),
                Deprel::Obl if passive && self.case(child) == Some("by") => {
                    arguments.add(child, Role::Subject)
                }
                Deprel::Obl => arguments.add(child, Role::Oblique),
                _ => {}
            }
        }
        // "arrested and charged the man"
        let joined =
            self.child(i, |d| d == Deprel::Conj).filter(|&c| c == i + 2 && self.article.tag(c).is_verb());
        if let Some(object) =
            joined.filter(|_| clause.object.is_none()).and_then(|c| self.child(c, |d| d == Deprel::Obj))
        {
            arguments.add(object, second);
        }
        let negated = clause.is_negated() || clause.negated_object;
        self.made(i, self.lemma(i), negated, arguments.list)
    }

    fn of_copula(&self, i: usize) -> Predicate {
        let clause = Clause::of(self.article, i);
        let mut arguments = Arguments { tree: self, predicate: i, list: Vec::new() };
        if let Some(subject) = clause.subject {
            arguments.add(self.antecedent(i, subject), Role::Subject);
        }
        for child in self.children(i) {
            if matches!(self.article.deprel(child), Deprel::Nmod | Deprel::Obl) {
                arguments.add(child, Role::Oblique);
            }
        }
        self.made(i, self.article.lemma(i).to_lowercase(), clause.is_negated(), arguments.list)
    }

    fn of_noun(&self, i: usize) -> Predicate {
        let article = self.article;
        let mut arguments = Arguments { tree: self, predicate: i, list: Vec::new() };
        let mut negated = false;
        for child in self.children(i) {
            match (article.deprel(child), self.case(child)) {
                (Deprel::NmodPoss, _) | (Deprel::Nmod, Some("by")) => arguments.add(child, Role::Subject),
                (Deprel::Nmod, Some("of" | "on" | "against")) => arguments.add(child, Role::Object),
                (Deprel::Nmod, _) => arguments.add(child, Role::Oblique),
                (Deprel::Compound, _) if !article.tag(child).is_proper() => {
                    arguments.add(child, Role::Object)
                }
                (Deprel::Compound | Deprel::Amod, _) if self.named(child..child + 1, child).is_some() => {
                    arguments.add(child, Role::Subject);
                }
                (Deprel::Det, _) => negated |= super::negation::is_determiner(article, child),
                _ => {}
            }
        }
        // "carried out an attack": who carries it out attacks.
        if let Some(verb) = article.head(i)
            && let Some((noun, light)) = self.carried(verb)
            && noun == i
        {
            let clause = Clause::of(article, verb);
            negated |= clause.is_negated();
            if let (Light::Of(role), Some(subject)) =
                (light, clause.subject.or_else(|| self.lent(verb, article.deprel(verb))))
                && subject != i
            {
                arguments.add(self.antecedent(verb, subject), role);
            }
            for child in self.children(verb).filter(|&c| article.deprel(c) == Deprel::Obl) {
                let against = matches!(self.case(child), Some("on" | "against"));
                arguments.add(child, if against { Role::Object } else { Role::Oblique });
            }
        }
        self.made(i, article.lemma(i).to_lowercase(), negated, arguments.list)
    }

    fn made(&self, i: usize, lemma: String, negated: bool, mut arguments: Vec<Argument>) -> Predicate {
        arguments.sort_by_key(|a| (a.role, a.span));
        let polarity = if negated { Polarity::Negative } else { Polarity::Positive };
        Predicate { span: self.article.span(i), lemma, polarity, arguments }
    }

    /// What a verb without a subject takes for one: the noun it is said of, or what governs it has.
    fn lent(&self, i: usize, relation: Deprel) -> Option<usize> {
        let (mut at, mut relation) = (i, relation);
        for _ in 0..3 {
            let head = self.article.head(at)?;
            match relation {
                Deprel::Acl | Deprel::AclRelcl | Deprel::Amod => {
                    let tag = self.article.tag(at);
                    return (tag != Tag::VB && !self.article.tag(head).is_verb()).then_some(head);
                }
                Deprel::Xcomp | Deprel::Advcl => {
                    let clause = Clause::of(self.article, head);
                    // "told the army to leave"; but "sent troops to keep order" keeps the sender.
                    let told = self.child(head, |d| d == Deprel::Iobj);
                    let object = told.or(clause.object.filter(|_| relation == Deprel::Xcomp));
                    if let Some(found) = object.or(clause.subject) {
                        return Some(found);
                    }
                    (at, relation) = (head, self.article.deprel(head));
                }
                Deprel::Conj => (at, relation) = (head, self.article.deprel(head)),
                _ => return None,
            }
        }
        None
    }

    /// The noun that "who", "which" or "that" stands for, in the relative clause of token `i`.
    fn antecedent(&self, i: usize, argument: usize) -> usize {
        let article = self.article;
        let relative = matches!(article.lower(argument), "who" | "which" | "that" | "whom");
        if !relative {
            return argument;
        }
        let mut at = i;
        for _ in 0..3 {
            let Some(head) = article.head(at) else { break };
            match article.deprel(at) {
                Deprel::AclRelcl => return head,
                Deprel::Conj | Deprel::Xcomp => at = head,
                _ => break,
            }
        }
        argument
    }

    fn case(&self, i: usize) -> Option<&str> {
        self.child(i, |d| d == Deprel::Case).map(|c| self.article.lower(c))
    }

    /// The first token of the noun phrase with this head, before the head, and the end of what is written with it.
    fn phrase(&self, head: usize) -> std::ops::Range<usize> {
        let (mut first, mut end) = (head, head + 1);
        for child in self.children(head) {
            match self.article.deprel(child) {
                Deprel::Flat | Deprel::Fixed | Deprel::Goeswith if child >= end => end = child + 1,
                Deprel::Det
                | Deprel::Amod
                | Deprel::Compound
                | Deprel::Nummod
                | Deprel::NmodPoss
                | Deprel::Flat
                    if child < first && head - child <= REACH =>
                {
                    first = child;
                    // "Russia 's"; "the Russian president 's".
                    let inner = self.children(child).filter(|&c| c < child && child - c <= 4).min();
                    first = inner.unwrap_or(first).min(first);
                }
                _ => {}
            }
        }
        first..end
    }

    /// Whom a noun phrase names.
    fn named(&self, tokens: std::ops::Range<usize>, head: usize) -> Option<String> {
        let article = self.article;
        let span = article.cover(tokens.clone());
        let from = self.places.partition_point(|p| p.span.end() <= span.start());
        let at_head = article.span(head);
        let mut of_people = None;
        for place in self.places[from..].iter().take_while(|p| p.span.start() < span.end()).take(8) {
            let country = place.country.as_deref().and_then(gazetteer::by_code).map(|c| c.name.to_owned());
            if place.span.overlaps(at_head) {
                let stands = place.kind == PlaceKind::Country || place.sense == PlaceSense::Government;
                return if stands {
                    country.or_else(|| Some(place.name.clone()))
                } else {
                    Some(place.name.clone())
                };
            }
            if place.kind == PlaceKind::Country {
                of_people = of_people.or(country);
            }
        }
        let names = article.names();
        let after = names.partition_point(|name| name.tokens.0 as usize <= head);
        if let Some(name) = after.checked_sub(1).map(|k| &names[k]).filter(|n| head < n.tokens.1 as usize) {
            let text = name.span.of(article.text());
            // "the Kremlin" is Russia; "Washington" is a place unless the places say otherwise.
            return match gazetteer::lookup(text) {
                Some((country, Sense::Name | Sense::Seat)) => Some(country.name.to_owned()),
                _ => Some(text.to_owned()),
            };
        }
        if of_people.is_some() {
            return of_people;
        }
        // "Apple executives", "the Lohan case": whose they are.
        let modifier = tokens.clone().take_while(|&k| k < head).find_map(|k| {
            let after = names.partition_point(|name| name.tokens.0 as usize <= k);
            after.checked_sub(1).map(|n| &names[n]).filter(|n| k < n.tokens.1 as usize)
        });
        modifier.map(|name| name.span.of(article.text()).to_owned())
    }

    fn is_time(&self, span: Span) -> bool {
        let from = self.times.partition_point(|t| t.span.end() <= span.start());
        self.times.get(from).is_some_and(|t| t.span.overlaps(span))
    }
}

struct Arguments<'t, 'a, 'd> {
    tree: &'t Tree<'a, 'd>,
    predicate: usize,
    list: Vec<Argument>,
}

impl Arguments<'_, '_, '_> {
    /// Adds a noun phrase, and what is coordinated with it.
    fn add(&mut self, head: usize, role: Role) {
        self.add_one(head, role);
        let article = self.tree.article;
        for other in self.tree.children(head) {
            if article.deprel(other) == Deprel::Conj && !article.tag(other).is_verb() {
                self.add_one(other, role);
            }
        }
    }

    fn add_one(&mut self, head: usize, role: Role) {
        let article = self.tree.article;
        let is_word = matches!(
            article.upos(head),
            Upos::NOUN | Upos::PROPN | Upos::PRON | Upos::NUM | Upos::ADJ | Upos::VERB | Upos::SYM | Upos::X
        );
        let empty = article.deprel(head) == Deprel::Expl
            || matches!(article.lower(head), "who" | "which" | "that" | "there" | "whom" | "what");
        let given = head == self.predicate || self.list.len() >= MOST;
        if !is_word || empty || given || self.tree.is_time(article.span(head)) {
            return;
        }
        let tokens = self.tree.phrase(head);
        let span = article.cover(tokens.clone());
        if self.list.iter().any(|a| a.span == span) {
            return;
        }
        let name = self.tree.named(tokens, head);
        self.list.push(Argument { role, span, lemma: article.lemma(head).to_lowercase(), name });
    }
}
