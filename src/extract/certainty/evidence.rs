//! What is seen of a predicate, as features of the regressor: the predicate and its clause, what governs it and how,
//! the words of certainty around it.
//!
//! Training and reading share this file, so that they cannot drift apart: to change anything here is to retrain.
//! Some features are numbers, for trees; the others are words and relations, each hashed to a key, for linear weights.

use super::governors::Governor;
use super::hedges::{Kind, hedge};
use super::rules::Reading;
use crate::document::{Deprel, Tag, Upos};
use crate::extract::clause::{Clause, Tense, dependents};
use crate::language::Annotated;

/// Bits of a key.
pub(crate) const KEY_BITS: u32 = 20;

/// How many governors are described by numbers.
const GOVERNORS: usize = 3;

/// Features of one predicate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Hashed words and relations.
    pub(crate) keys: Vec<u32>,
    /// Numbers, as many for each predicate.
    pub(crate) numbers: Vec<f32>,
}

/// A string of features, folded into a key.
fn key(template: u8, parts: &[&str]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(template);
    hash = hash.wrapping_mul(0x0100_0000_01b3);
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    ((hash ^ (hash >> 32)) as u32) & ((1 << KEY_BITS) - 1)
}

/// The features of the predicate at token `event`, under `governors`, innermost first.
pub(crate) fn evidence(article: &Annotated<'_>, event: usize, governors: &[Governor<'_>]) -> Evidence {
    let rule = by_rule(article, event, governors);
    let clause = Clause::of(article, event);
    let sentence = article.sentences.get(article.sentence_of(event)).map_or(event..event + 1, |s| s.tokens());
    let scene = Scene {
        asked: !sentence.is_empty() && article.lower(sentence.end - 1) == "?",
        quoted: quoted(article, event, sentence.start),
        condition: governors.iter().any(|g| g.condition)
            || clause.mark.is_some_and(|m| is_condition(article.lower(m))),
        depth: governors.len(),
        place: event - sentence.start,
        length: sentence.len(),
        conjoined: article.deprel(event) == Deprel::Conj,
    };
    let mut out = Evidence::default();
    words(article, event, &clause, governors, &scene, &mut out.keys);
    out.keys.sort_unstable();
    out.keys.dedup();
    numbers(article, event, &clause, governors, &scene, rule, &mut out.numbers);
    out
}

struct Scene {
    asked: bool,
    quoted: bool,
    condition: bool,
    depth: usize,
    place: usize,
    length: usize,
    conjoined: bool,
}

pub(super) fn is_condition(word: &str) -> bool {
    matches!(word, "if" | "unless" | "whether" | "lest" | "provided" | "assuming" | "should")
}

/// Whether an odd number of quotation marks stands before the predicate in its sentence.
fn quoted(article: &Annotated<'_>, event: usize, start: usize) -> bool {
    let from = start.max(event.saturating_sub(60));
    let marks = (from..event).filter(|&i| matches!(article.tag(i), Tag::OpenQuote | Tag::CloseQuote));
    marks.count() % 2 == 1
}

/// The words of a verb group as one: "have be VBN".
fn group(article: &Annotated<'_>, clause: &Clause) -> String {
    let mut out = String::new();
    for i in clause.modal.iter().chain(&clause.auxiliaries) {
        out.push_str(article.lemma(*i));
        out.push(' ');
    }
    if clause.to {
        out.push_str("to ");
    }
    out.push_str(article.tag(clause.predicate).as_str());
    out
}

fn sign(negated: bool) -> &'static str {
    if negated { "-" } else { "+" }
}

#[allow(clippy::too_many_lines)] // a table of templates reads best in one piece
fn words(
    article: &Annotated<'_>,
    event: usize,
    clause: &Clause,
    governors: &[Governor<'_>],
    scene: &Scene,
    keys: &mut Vec<u32>,
) {
    let mut template = 0;
    let mut add = |parts: &[&str]| {
        template += 1;
        if parts.iter().all(|p| !p.is_empty()) {
            keys.push(key(template, parts));
        }
    };
    let at = |i: Option<usize>| i.map_or("", |i| article.lemma(i));
    let near = |offset: isize| {
        event.checked_add_signed(offset).filter(|&i| i < article.len()).map_or("-", |i| article.lower(i))
    };
    let (lemma, tag, relation) = (
        article.lemma(event),
        article.tag(event).as_str(),
        if governors.is_empty() { Deprel::Root } else { article.deprel(event) },
    );
    let relation = relation.as_str();
    let tense = clause.tense.as_str();
    let group = group(article, clause);
    let negated = sign(clause.is_negated());
    let none = Governor::NONE;
    let (g1, g2) = (governors.first().unwrap_or(&none), governors.get(1).unwrap_or(&none));
    let mark = clause.mark.map_or("-", |i| article.lower(i));
    let modal = at(clause.modal);
    let subject = clause.subject.map_or("-", |i| article.lower(i));
    let subject_tag = clause.subject.map_or("-", |i| article.tag(i).as_str());
    let quoted = sign(scene.quoted);
    let asked = sign(scene.asked);

    add(&["bias"]);
    add(&[lemma]);
    add(&[lemma, tag]);
    add(&[lemma, relation]);
    add(&[lemma, tense]);
    add(&[article.lower(event)]);
    add(&[tag, relation]);
    add(&[tag, relation, g1.lemma]);
    add(&[&group]);
    add(&[&group, negated]);
    add(&[&group, relation]);
    add(&[tense, negated, relation]);
    add(&[modal, negated]);
    add(&[modal, relation]);
    add(&[modal, lemma]);
    add(&[mark, relation]);
    add(&[mark, tense]);
    add(&[subject]);
    add(&[subject, tense]);
    add(&[subject_tag, tense]);
    add(&[at(clause.object)]);
    add(&[at(clause.case), relation]);
    add(&[at(clause.case), g1.lemma]);
    add(&[at(clause.determiner), tag]);
    add(&[at(clause.determiner), relation]);
    add(&[at(clause.particle), lemma]);
    add(&[quoted, tense]);
    add(&[asked, tense]);
    // what governs it
    add(&[g1.lemma, g1.relation]);
    add(&[g1.lemma, g1.relation, sign(g1.negated)]);
    add(&[g1.lemma, g1.relation, tense]);
    add(&[g1.lemma, g1.relation, mark]);
    add(&[g1.lemma]);
    add(&[g1.lemma, g1.tense.as_str(), g1.relation]);
    add(&[g1.tag, g1.relation, tense]);
    add(&[g1.tense.as_str(), g1.relation, tense]);
    add(&[g1.tense.as_str(), g1.relation, sign(g1.negated), tense]);
    add(&[g1.modal, g1.relation]);
    add(&[g1.modal, g1.relation, tense]);
    add(&[g1.modal, g1.lemma]);
    add(&[g1.mark, g1.relation]);
    add(&[g2.lemma, g2.relation]);
    add(&[g2.lemma, g2.relation, g1.relation]);
    add(&[g2.lemma, g1.lemma, g1.relation]);
    add(&[g2.tense.as_str(), g2.relation, g1.relation, sign(g2.negated)]);
    add(&[g2.modal, g1.relation]);
    add(&[g2.mark, g2.relation]);
    add(&[g1.passive, g1.relation, g1.lemma]);
    let path: Vec<&str> = governors.iter().take(4).map(|g| g.relation).collect();
    add(&[&path.join(" ")]);
    add(&[&path.join(" "), tense]);
    add(&[sign(scene.condition), tense]);
    // neighbours
    add(&[near(-1)]);
    add(&[near(-2), near(-1)]);
    add(&[near(-1), tag]);
    add(&[near(1)]);
    add(&[near(1), near(2)]);
    add(&[near(-2)]);
    add(&[lemma, near(1)]);
    add(&[lemma, near(-1)]);
    // each of what may be several
    for i in dependents(article, event) {
        let (word, of) = (article.lemma(i), article.deprel(i));
        let template = 100;
        keys.push(key(template, &[of.as_str()]));
        if matches!(
            of,
            Deprel::Advmod
                | Deprel::Amod
                | Deprel::Aux
                | Deprel::Obl
                | Deprel::OblUnmarked
                | Deprel::Cc
                | Deprel::Nmod
                | Deprel::NmodPoss
                | Deprel::Compound
                | Deprel::Nummod
                | Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Advcl
                | Deprel::Acl
        ) {
            keys.push(key(template + 1, &[word, of.as_str()]));
        }
        if matches!(of, Deprel::Advmod | Deprel::Obl | Deprel::OblUnmarked | Deprel::Amod) {
            keys.push(key(template + 2, &[word, tense]));
        }
    }
    for g in governors.iter().take(5) {
        keys.push(key(110, &[g.lemma]));
        keys.push(key(111, &[g.modal, g.tense.as_str()]));
        keys.push(key(112, &[g.mark]));
        keys.push(key(113, &[g.lemma, g.relation, sign(g.negated)]));
        keys.push(key(114, &[g.adverb]));
    }
}

/// Groups of relations, for trees.
fn relation_group(relation: Deprel) -> usize {
    match relation {
        Deprel::Root => 0,
        Deprel::Ccomp => 1,
        Deprel::Xcomp => 2,
        Deprel::Advcl | Deprel::AdvclRelcl => 3,
        Deprel::Acl => 4,
        Deprel::AclRelcl => 5,
        Deprel::Conj | Deprel::List => 6,
        Deprel::Parataxis => 7,
        Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => 8,
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => 9,
        Deprel::Obj | Deprel::Iobj => 10,
        Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => 11,
        Deprel::Nmod | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::NmodUnmarked => 12,
        Deprel::Compound | Deprel::Amod | Deprel::Flat => 13,
        _ => 14,
    }
}

/// Groups of marks, for trees.
fn mark_group(word: &str) -> usize {
    match word {
        "that" => 1,
        "if" | "unless" | "lest" | "provided" => 2,
        "whether" => 3,
        "because" | "since" | "as" => 4,
        "when" | "while" | "after" | "once" => 5,
        "before" | "until" => 6,
        "without" => 7,
        "" | "-" => 0,
        _ => 8,
    }
}

fn modal_group(word: &str) -> usize {
    match word {
        "will" | "'ll" | "wo" | "shall" => 1,
        "would" | "'d" => 2,
        "can" | "ca" => 3,
        "could" => 4,
        "may" | "might" => 5,
        "should" | "ought" => 6,
        "must" => 7,
        _ => 0,
    }
}

fn numbers(
    article: &Annotated<'_>,
    event: usize,
    clause: &Clause,
    governors: &[Governor<'_>],
    scene: &Scene,
    rule: f32,
    out: &mut Vec<f32>,
) {
    let flag = |b: bool| f32::from(u8::from(b));
    let one_hot = |out: &mut Vec<f32>, which: usize, of: usize| {
        out.extend((0..of).map(|k| f32::from(u8::from(k == which))));
    };
    let modal = clause.modal.map_or("", |i| article.lower(i));
    let adverb =
        clause.adverbs.iter().filter_map(|&i| hedge(Kind::Adverb, article.lower(i))).fold(3.0, f32::min);
    let adjective = dependents(article, event)
        .filter(|&i| article.deprel(i) == Deprel::Amod)
        .filter_map(|i| hedge(Kind::Adjective, article.lower(i)))
        .fold(3.0, f32::min);
    out.push(rule);
    out.push(hedge(Kind::Modal, modal).unwrap_or(3.0));
    out.push(adverb);
    out.push(adjective);
    out.push(flag(clause.is_negated()));
    out.push(flag(clause.negated_subject));
    out.push(flag(clause.negated_object));
    out.push(flag(clause.passive));
    out.push(flag(clause.copula.is_some()));
    out.push(flag(scene.asked));
    out.push(flag(scene.quoted));
    out.push(flag(scene.condition));
    out.push(flag(scene.conjoined));
    out.push(scene.depth as f32);
    out.push(scene.place as f32);
    out.push(scene.length as f32);
    out.push(flag(clause.subject.is_some_and(|i| matches!(article.lower(i), "i" | "we"))));
    out.push(flag(clause.subject.is_some_and(|i| article.lower(i) == "you")));
    out.push(flag(clause.subject.is_some_and(|i| article.tag(i) == Tag::NNS)));
    one_hot(out, clause.tense as usize, Tense::None as usize + 1);
    let relation = if governors.is_empty() { Deprel::Root } else { article.deprel(event) };
    one_hot(out, relation_group(relation), 15);
    one_hot(out, mark_group(clause.mark.map_or("", |i| article.lower(i))), 9);
    one_hot(out, modal_group(modal), 8);
    let upos = match article.upos(event) {
        Upos::VERB => 0,
        Upos::NOUN => 1,
        Upos::ADJ => 2,
        Upos::PROPN => 3,
        _ => 4,
    };
    one_hot(out, upos, 5);
    let none = Governor::NONE;
    for k in 0..GOVERNORS {
        let g = governors.get(k).unwrap_or(&none);
        out.push(flag(g.known));
        out.push(g.left);
        out.push(hedge(Kind::Modal, g.modal).unwrap_or(3.0));
        out.push(flag(g.negated));
        out.push(flag(g.condition));
        out.push(flag(g.tense == Tense::Future));
        out.push(flag(matches!(g.tense, Tense::Past | Tense::Perfect)));
        out.push(flag(g.tense == Tense::Present));
        out.push(g.link.map_or(15, relation_group) as f32);
        out.push(mark_group(g.mark) as f32);
    }
    let left = governors.iter().map(|g| g.left.abs()).fold(3.0, f32::min);
    out.push(left);
    out.push(governors.iter().map(|g| hedge(Kind::Modal, g.modal).unwrap_or(3.0)).fold(3.0, f32::min));
    let turns = governors.iter().filter(|g| g.left < 0.0).count() + usize::from(clause.is_negated());
    out.push((turns % 2) as f32);
    out.push(flag(governors.iter().any(|g| g.negated)));
}

/// What the rules of this module's parent say of the predicate, in its sentence.
fn by_rule(article: &Annotated<'_>, event: usize, governors: &[Governor<'_>]) -> f32 {
    let Some(sentence) = article.sentences.get(article.sentence_of(event)) else { return 3.0 };
    let all = sentence.tokens();
    // only what is near can hold; a sentence without end must not cost its square
    let from = all.start.max(event.saturating_sub(60));
    let tokens: Vec<usize> = (from..all.end.min(event + 30).min(article.len()))
        .filter(|&i| !matches!(article.tag(i), Tag::OpenQuote | Tag::CloseQuote))
        .collect();
    let Some(at) = tokens.iter().position(|&i| i == event) else { return 3.0 };
    let own = Reading { article, clause: &tokens }.share_at(at);
    governors.iter().filter(|g| g.known).fold(own, |value, g| {
        let weaker = value.abs().min(g.left.abs());
        if (value < 0.0) == (g.left < 0.0) { weaker } else { -weaker }
    })
}
