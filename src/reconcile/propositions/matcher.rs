//! Whether two mentions tell one event: how likely, and what speaks for it.
//!
//! A mention is a predicate with its arguments and what stands around it. What is seen of a pair is read off both (is
//! it one word, one derivation, are the words near; do names, nouns, figures, places and times agree or clash; how much
//! of the context is shared; how common is the word), and weighed by logistic regression (Cybulska and Vossen, "Bag of
//! events approach to event coreference resolution", *SEM 2015, weigh much the same by decision trees). The weights are
//! in `lexicon/agreement.tsv`, so they can be read: what `src/train/ecbplus` learnt from ECB+.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::mention::{Context, Figure, Mention, Spot, Told};
use super::words;
use crate::document::Role;
use crate::language::gazetteer::rows;
use crate::reconcile::similarity::Vocabulary;

/// What is seen of a pair, in the order of the table.
pub(crate) const SIGNS: [&str; 60] = [
    "always",
    "same lemma",
    "same family",
    "close synonyms",
    "far synonyms",
    "paraphrases",
    "same beginning",
    "common word, same family",
    "common word, other family",
    "word of many stories, same family",
    "context",
    "context, same family",
    "much context",
    "figures agree",
    "figures differ",
    "places agree",
    "places differ",
    "times agree",
    "times differ",
    "same document",
    "same document, same family",
    "same document, context",
    "named in the other's context",
    "two verbs",
    "verb and noun",
    "polarity differs",
    "speech",
    "subjects bear one name",
    "objects bear one name",
    "others bear one name",
    "subjects bear two names",
    "objects bear two names",
    "subjects are one noun",
    "objects are one noun",
    "others are one noun",
    "subjects are two nouns",
    "objects are two nouns",
    "roles crossed",
    "both name participants",
    "common word, subjects bear one name",
    "common word, subjects bear two names",
    "common word, objects are one noun",
    "common word, objects are two nouns",
    "common word, context",
    "common word, objects bear one name",
    "common word, objects bear two names",
    "common word, subjects are one noun",
    "common word, subjects are two nouns",
    "common word, roles crossed",
    "common word, both name participants",
    "two of speech",
    "share of the story's documents that tell of it",
    "share of documents, same family",
    "told again within a document",
    "told again, same family",
    "times told in one of the documents",
    "terms of the shorter context",
    "terms shared",
    "share of documents that tell of the other",
    "told in the whole story",
];

/// More mentions than this in a document tell no more.
const MOST_TOLD: f64 = 8.0;
/// Fewer mentions than this, in each document of the story, tell no more.
const LEAST_TOLD: f64 = 0.02;
/// More terms than this tell no more.
const MOST_TERMS: f64 = 24.0;

/// What is seen of a pair.
pub(crate) type Signs = [f64; SIGNS.len()];

static WEIGHTS: LazyLock<Signs> = LazyLock::new(|| {
    let mut weights = [0.0; SIGNS.len()];
    for row in rows(include_str!("../../../lexicon/agreement.tsv")) {
        if let &[sign, weight] = row.as_slice()
            && let Some(i) = SIGNS.iter().position(|s| *s == sign)
            && let Ok(weight) = weight.parse()
        {
            weights[i] = weight;
        }
    }
    weights
});

/// In how many stories each family of words is met.
#[derive(Default)]
pub(crate) struct Spread(FxHashMap<String, u32>);

impl Spread {
    /// Takes the families of one story.
    pub(crate) fn add(&mut self, mut families: Vec<&str>) {
        families.sort_unstable();
        families.dedup();
        for family in families {
            match self.0.get_mut(family) {
                Some(n) => *n += 1,
                None => _ = self.0.insert(family.to_owned(), 1),
            }
        }
    }

    fn of(&self, family: &str) -> u32 {
        self.0.get(family).copied().unwrap_or(1)
    }
}

/// Mentions of one or more stories, ready to be compared.
pub(crate) struct Mentions {
    pub(crate) list: Vec<Mention>,
    pub(crate) contexts: Vec<Context>,
    weight: Vec<f64>,
}

impl Mentions {
    /// Takes mentions with their contexts, whose terms are those of `vocabulary`; it and `spread` know all stories.
    pub(crate) fn new(
        mut list: Vec<Mention>,
        mut contexts: Vec<Context>,
        vocabulary: &Vocabulary,
        spread: &Spread,
    ) -> Mentions {
        let mut terms: Vec<u32> = contexts.iter().flat_map(|c| &c.terms).copied().collect();
        terms.sort_unstable();
        terms.dedup();
        let weight: Vec<f64> = terms.iter().map(|&t| vocabulary.rarity(t) + 0.2).collect();
        let local = |term: u32| terms.binary_search(&term).ok().map(|i| i as u32);
        for context in &mut contexts {
            context.terms = context.terms.iter().filter_map(|&t| local(t)).collect();
            context.norm = context.terms.iter().map(|&t| weight[t as usize].powi(2)).sum::<f64>().sqrt();
        }
        let mut keys: FxHashMap<String, u32> = FxHashMap::default();
        let mut id = |key: String| {
            let next = keys.len() as u32;
            *keys.entry(key).or_insert(next)
        };
        for mention in &mut list {
            let (own, others) = words::keys(&mention.lemma, &mention.family);
            let own = id(own);
            for other in others {
                let is_word = other.starts_with("f:");
                let other = id(other);
                mention.sought.push(other);
                if !is_word {
                    mention.keys.push(other);
                }
            }
            mention.keys.push(own);
            mention.sought.push(own);
            mention.keys.sort_unstable();
            mention.sought.sort_unstable();
            let first = mention.lemma.split(' ').next().unwrap_or_default();
            let term = crate::reconcile::terms::term(first);
            mention.term = term.and_then(|t| vocabulary.id(&t)).and_then(local);
            mention.stories = spread.of(&mention.family);
        }
        Told::count(&mut list);
        Mentions { list, contexts, weight }
    }

    /// The same, where these are all mentions that there are.
    #[cfg(feature = "train")]
    pub(crate) fn all(list: Vec<Mention>, contexts: &[(Context, Vec<String>)]) -> Mentions {
        let terms: Vec<Vec<String>> = contexts.iter().map(|(_, terms)| terms.clone()).collect();
        let (vocabulary, terms) = Vocabulary::of(&terms);
        let with = |((context, _), terms): (&(Context, _), _)| Context { terms, ..context.clone() };
        let contexts = contexts.iter().zip(terms).map(with).collect();
        let mut told: Vec<&Mention> = list.iter().collect();
        told.sort_by_key(|m| m.story);
        let mut spread = Spread::default();
        for of_story in told.chunk_by(|a, b| a.story == b.story) {
            spread.add(of_story.iter().map(|m| m.family.as_str()).collect());
        }
        Mentions::new(list, contexts, &vocabulary, &spread)
    }

    /// Whether the words can tell one event at all.
    pub(crate) fn is_related(&self, i: usize, j: usize) -> bool {
        let (a, b) = (&self.list[i], &self.list[j]);
        common(&a.keys, &b.sought).next().is_some() || common(&b.keys, &a.sought).next().is_some()
    }

    /// Pairs of one story whose words can tell one event, the earlier first; of every word the last `most` before it.
    pub(crate) fn pairs(&self, most: usize) -> Vec<(u32, u32)> {
        let mut posted: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
        let mut awaited: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
        let mut out = Vec::new();
        let mut near: Vec<u32> = Vec::new();
        for (i, mention) in self.list.iter().enumerate() {
            near.clear();
            for (keys, index) in [(&mention.sought, &posted), (&mention.keys, &awaited)] {
                for key in keys {
                    let list = index.get(&(mention.story, *key)).map_or(&[][..], Vec::as_slice);
                    near.extend(list.iter().rev().take(most));
                }
            }
            near.sort_unstable();
            near.dedup();
            out.extend(near.iter().map(|&j| (j, i as u32)));
            for (keys, index) in [(&mention.keys, &mut posted), (&mention.sought, &mut awaited)] {
                for key in keys {
                    index.entry((mention.story, *key)).or_default().push(i as u32);
                }
            }
        }
        out
    }

    /// How alike the contexts of two mentions are, their own words aside: the cosine.
    fn likeness(&self, a: &Mention, b: &Mention) -> f64 {
        let (x, y) = (&self.contexts[a.context as usize], &self.contexts[b.context as usize]);
        if x.norm == 0.0 || y.norm == 0.0 {
            return 0.0;
        }
        let own = |t: u32| Some(t) == a.term || Some(t) == b.term;
        let sum: f64 =
            common(&x.terms, &y.terms).filter(|&t| !own(t)).map(|t| self.weight[t as usize].powi(2)).sum();
        sum / (x.norm * y.norm)
    }

    /// What is seen of the pair.
    pub(crate) fn signs(&self, i: usize, j: usize) -> Signs {
        let (a, b) = (&self.list[i], &self.list[j]);
        let (x, y) = (&self.contexts[a.context as usize], &self.contexts[b.context as usize]);
        let yes = f64::from;
        let family = yes(a.family == b.family);
        let near = if family > 0.0 { 0 } else { words::nearness(&a.family, &b.family) };
        let paraphrase = family == 0.0 && words::paraphrases(&a.lemma, &a.family, &b.lemma, &b.family);
        let beginning =
            family == 0.0 && a.lemma.len() > 4 && b.lemma.len() > 4 && a.lemma.get(..5) == b.lemma.get(..5);
        let common_word = a.common.max(b.common);
        let spread = |m: &Mention| f64::from(m.stories).ln() / 4.0;
        let context = self.likeness(a, b);
        let figures = agreement(&x.figures, &y.figures, |f, g| f.is_comparable(g), Figure::agrees);
        let places = agreement(&x.places, &y.places, |_, _| true, Spot::agrees);
        let times = agreement(&x.times, &y.times, |_, _| true, |p, q| p.0 < q.1 && q.0 < p.1);
        let document = yes(a.document == b.document);
        let named = |m: &Mention, c: &Context| yes(m.term.is_some_and(|t| c.terms.binary_search(&t).is_ok()));
        let [subject, object, other] =
            [Role::Subject, Role::Object, Role::Oblique].map(|r| Roles::of(a, b, r));
        let crossed =
            a.participants.iter().any(|p| b.participants.iter().any(|q| p.role != q.role && p.is(q)));
        let names =
            |m: &Mention| m.participants.iter().filter(|p| p.name.is_some()).count().min(2) as f64 / 2.0;
        let share = a.told.share.min(b.told.share);
        let each = a.told.each.max(b.told.each);
        let terms = |n: usize| (n as f64).min(MOST_TERMS);
        [
            1.0,
            yes(a.lemma == b.lemma),
            family,
            yes(near == 2),
            yes(near == 1),
            yes(paraphrase),
            yes(beginning),
            common_word * family,
            common_word * (1.0 - family),
            spread(a).max(spread(b)) * family,
            context,
            context * family,
            context * context,
            yes(figures == Some(true)),
            yes(figures == Some(false)),
            yes(places == Some(true)),
            yes(places == Some(false)),
            yes(times == Some(true)),
            yes(times == Some(false)),
            document,
            document * family,
            document * context,
            (named(a, y) + named(b, x)) / 2.0,
            yes(!a.noun && !b.noun),
            yes(a.noun != b.noun),
            yes(a.negative != b.negative),
            yes(a.speech || b.speech),
            yes(subject.name),
            yes(object.name),
            yes(other.name),
            yes(subject.names),
            yes(object.names),
            yes(subject.noun),
            yes(object.noun),
            yes(other.noun),
            yes(subject.nouns),
            yes(object.nouns),
            yes(crossed),
            names(a).min(names(b)),
            yes(subject.name) * common_word,
            yes(subject.names) * common_word,
            yes(object.noun) * common_word,
            yes(object.nouns) * common_word,
            context * common_word,
            yes(object.name) * common_word,
            yes(object.names) * common_word,
            yes(subject.noun) * common_word,
            yes(subject.nouns) * common_word,
            yes(crossed) * common_word,
            names(a).min(names(b)) * common_word,
            yes(a.speech && b.speech),
            share,
            share * family,
            each.min(MOST_TOLD),
            each.min(MOST_TOLD) * family,
            a.told.own.max(b.told.own).min(MOST_TOLD).ln(),
            terms(x.terms.len().min(y.terms.len())),
            terms(common(&x.terms, &y.terms).count()),
            a.told.share.max(b.told.share),
            (a.told.each * a.told.share + b.told.each * b.told.share).max(LEAST_TOLD).ln(),
        ]
    }

    /// Whether who does it and to whom it is done have changed places.
    pub(crate) fn is_swapped(&self, i: usize, j: usize) -> bool {
        let (a, b) = (&self.list[i], &self.list[j]);
        let meets = |x: Role, y: Role| a.of(x).any(|p| b.of(y).any(|q| p.is(q)));
        a.family == b.family
            && meets(Role::Subject, Role::Object)
            && (meets(Role::Object, Role::Subject)
                || b.of(Role::Subject).any(|q| a.of(Role::Subject).any(|p| p.clashes(q))))
            && !meets(Role::Subject, Role::Subject)
    }

    /// How likely two predicates inside claims tell one event, whatever the claims hold of it, in [0, 1].
    pub(crate) fn affinity(&self, i: usize, j: usize) -> f64 {
        if self.is_swapped(i, j) { 0.0 } else { likelihood(&self.signs(i, j), &OF_CLAIMS) }
    }

    /// How likely the two tell one event, in [0, 1].
    #[cfg(feature = "train")]
    pub(crate) fn likelihood(&self, i: usize, j: usize) -> f64 {
        if self.is_swapped(i, j) {
            return 0.0;
        }
        likelihood(&self.signs(i, j), &WEIGHTS)
    }
}

/// Signs that claims are not weighed by: whether it is so is told by their certainty, and their predicates are what is
/// said, not who says it, though a verb may be one of speech elsewhere ("send", "dispatch").
const BESIDE: [&str; 3] = ["polarity differs", "speech", "two of speech"];

static OF_CLAIMS: LazyLock<Signs> = LazyLock::new(|| {
    let mut weights = *WEIGHTS;
    for (weight, sign) in weights.iter_mut().zip(SIGNS) {
        if BESIDE.contains(&sign) {
            *weight = 0.0;
        }
    }
    weights
});

/// The logistic of the weighed signs.
pub(crate) fn likelihood(signs: &Signs, weights: &Signs) -> f64 {
    let sum: f64 = signs.iter().zip(weights).map(|(s, w)| s * w).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// How the participants of one role compare.
#[derive(Clone, Copy, Debug, Default)]
struct Roles {
    name: bool,
    names: bool,
    noun: bool,
    nouns: bool,
}

impl Roles {
    fn of(a: &Mention, b: &Mention, role: Role) -> Roles {
        let mut roles = Roles::default();
        let (mut nouns, mut clash) = (false, false);
        for (p, q) in a.of(role).flat_map(|p| b.of(role).map(move |q| (p, q))) {
            roles.name |= p.shares_name(q);
            clash |= p.clashes(q);
            roles.noun |= !p.noun.is_empty() && p.noun == q.noun;
            nouns |= !p.noun.is_empty() && !q.noun.is_empty();
        }
        Roles { names: clash && !roles.name, nouns: nouns && !roles.noun, ..roles }
    }
}

/// Whether anything of both lists that can be compared agrees; `None` if nothing can be.
pub(crate) fn agreement<T>(
    a: &[T],
    b: &[T],
    comparable: impl Fn(&T, &T) -> bool,
    agrees: impl Fn(&T, &T) -> bool,
) -> Option<bool> {
    let mut found = None;
    for (x, y) in a.iter().take(8).flat_map(|x| b.iter().take(8).map(move |y| (x, y))) {
        if comparable(x, y) {
            found = Some(found.unwrap_or(false) || agrees(x, y));
        }
    }
    found
}

/// What two sorted lists share.
pub(crate) fn common<'l>(a: &'l [u32], b: &'l [u32]) -> impl Iterator<Item = u32> + 'l {
    let mut j = 0;
    a.iter().copied().filter(move |x| {
        while j < b.len() && b[j] < *x {
            j += 1;
        }
        j < b.len() && b[j] == *x
    })
}
