//! The predication a figure stands in: the verb that governs it, who does it, where it leads to, as of when, and
//! whether it is so.
//!
//! The predicate is read off the tree: the verb whose subject, object or adjunct the counted phrase is ("3,000 soldiers
//! have been sent", "could rise to 12,000"), a noun that stands for one ("the deployment of 3,000 soldiers"), or a
//! participle behind the phrase ("3,000 soldiers sent to Russia"). Its polarity and certainty are those of
//! [`crate::extract::certainty`].

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::counted::WINDOW;
use super::owner::{between, country_in, name_at, recent_country};
use crate::document::{
    AsOf, Deprel, Frame, Granularity, Place, PlaceSense, Polarity, Tag, Time, TimeKind, Upos,
};
use crate::extract::certainty;
use crate::extract::clause::{Clause, Tense, dependents};
use crate::extract::negation;
use crate::language::Annotated;
use crate::language::gazetteer::{list, rows};
use crate::span::Span;

/// Classes of words in `lexicon/frames.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Measure = 1,
    Level = 2,
    Moved = 4,
    Own = 8,
    State = 16,
    Future = 32,
    Possible = 64,
    Goal = 128,
    Raised = 256,
}

impl Class {
    fn named(name: &str) -> Option<Class> {
        Some(match name {
            "measure" => Class::Measure,
            "level" => Class::Level,
            "moved" => Class::Moved,
            "own" => Class::Own,
            "state" => Class::State,
            "future" => Class::Future,
            "possible" => Class::Possible,
            "goal" => Class::Goal,
            "raised" => Class::Raised,
            _ => return None,
        })
    }
}

static WORDS: LazyLock<FxHashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut out: FxHashMap<&'static str, u16> = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/frames.tsv")) {
        if let &[class, words] = row.as_slice()
            && let Some(class) = Class::named(class)
        {
            for word in list(words) {
                *out.entry(word).or_default() |= class as u16;
            }
        }
    }
    out
});

/// Whether a lemma is of a class.
pub(super) fn is(class: Class, word: &str) -> bool {
    word.len() <= 24 && WORDS.get(word).is_some_and(|classes| classes & class as u16 != 0)
}

static NOUNS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/nominalizations.tsv"))
        .filter_map(|row| if let &[noun, verb] = row.as_slice() { Some((noun, verb)) } else { None })
        .collect()
});

/// A predicate: its token and its lemma.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Predicate<'a> {
    token: usize,
    lemma: &'a str,
}

/// The frame of a figure. `top` is the head of its phrase, `noun` what is counted; `whole` tells that the figure is the
/// whole of a partitive, of which is said what is said right after it.
pub(super) fn frame(
    article: &Annotated<'_>,
    top: usize,
    noun: usize,
    whole: bool,
    places: &[Place],
    times: &[Time],
) -> Frame {
    let behind = participle(article, noun);
    // "indicating 3,000 soldiers have been dispatched": who reads it as "indicate soldiers" errs.
    let ahead = predicate(article, top)
        .filter(|p| !(behind.is_some() && (whole || p.token < top && is(Class::Raised, p.lemma))));
    let Some(found) = ahead.or(behind) else {
        let place = place(article, top, noun, places);
        return Frame { place, as_of: as_of(article, top, noun, times), ..Frame::default() };
    };
    let clause = Clause::of(article, found.token);
    let certainty = certainty::of_event(article, found.token);
    let negated = clause.is_negated() || clause.negated_object;
    Frame {
        predicate: Some(found.lemma.to_owned()),
        predicate_span: Some(article.span(found.token)),
        subject: subject(article, &clause, top, places)
            .filter(|(span, _)| !told_around(article, top, times).iter().any(|t| t.span.overlaps(*span)))
            .map(|(_, name)| name),
        place: place(article, found.token, noun, places),
        as_of: as_of(article, found.token, noun, times),
        polarity: if negated { Polarity::Negative } else { Polarity::Positive },
        certainty: certainty.value,
        hypothetical: is_hypothetical(article, &clause),
    }
}

/// The verb that token `i`, the head of a phrase, depends on, over what it is coordinated with or a part of.
pub(super) fn governor(article: &Annotated<'_>, i: usize) -> Option<usize> {
    let mut k = i;
    for _ in 0..8 {
        if is_verbal(article, k) && k != i {
            return Some(k);
        }
        // "unemployment was 5 %": the figure itself is what is said.
        if dependents(article, k).any(|d| article.deprel(d) == Deprel::Cop) {
            return Some(k);
        }
        match article.deprel(k) {
            Deprel::Acl | Deprel::AclRelcl | Deprel::Parataxis | Deprel::Punct => return None,
            _ => k = article.head(k)?,
        }
    }
    None
}

fn predicate<'a>(article: &'a Annotated<'_>, top: usize) -> Option<Predicate<'a>> {
    let mut k = top;
    for _ in 0..8 {
        if k != top && is_verbal(article, k) {
            let verb = raised(article, k, top);
            return Some(Predicate { token: verb, lemma: article.lemma(verb) });
        }
        if let Some(&lemma) = NOUNS.get(article.lemma(k))
            && k != top
            && !article.tag(k).is_proper()
        {
            return Some(Predicate { token: k, lemma });
        }
        if let Some(copula) = dependents(article, k).find(|&d| article.deprel(d) == Deprel::Cop) {
            let verb = raised(article, k, top);
            if verb != k {
                return Some(Predicate { token: verb, lemma: article.lemma(verb) });
            }
            // "3,000 soldiers are dead": what is said of them says more than the verb.
            let said = k != top && article.tag(k).is_adjective();
            return Some(Predicate {
                token: k,
                lemma: if said { article.lemma(k) } else { article.lemma(copula) },
            });
        }
        match article.deprel(k) {
            Deprel::Acl | Deprel::AclRelcl | Deprel::Parataxis | Deprel::Punct => return None,
            _ => k = article.head(k)?,
        }
    }
    None
}

/// What is said of the subject under a verb that only hands it on: "are expected to be deployed", "likely to be sent".
fn raised(article: &Annotated<'_>, verb: usize, top: usize) -> usize {
    let mut verb = verb;
    for _ in 0..3 {
        let hands_on = is(Class::Raised, article.lemma(verb)) || is(Class::Future, article.lemma(verb));
        let below = dependents(article, verb)
            .find(|&d| d > verb && article.deprel(d) == Deprel::Xcomp && Clause::of(article, d).to);
        match below.filter(|_| hands_on && top < verb) {
            Some(below) => verb = below,
            None => break,
        }
    }
    verb
}

/// The participle or relative clause right behind the phrase: "troops sent to aid Russia", "troops that were sent".
fn participle<'a>(article: &'a Annotated<'_>, top: usize) -> Option<Predicate<'a>> {
    let hangs = dependents(article, top).find(|&d| {
        d > top && matches!(article.deprel(d), Deprel::Acl | Deprel::AclRelcl) && is_verbal(article, d)
    });
    // An auxiliary right behind has the phrase as its subject, whatever the tree says.
    let auxiliary = || {
        let next = Some(top + 1).filter(|k| *k < article.len())?;
        let is_one = matches!(article.deprel(next), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        article.head(next).filter(|h| is_one && *h > next)
    };
    let verb = hangs.or_else(auxiliary)?;
    Some(Predicate { token: verb, lemma: article.lemma(verb) })
}

fn is_verbal(article: &Annotated<'_>, k: usize) -> bool {
    article.tag(k).is_verb() && !matches!(article.upos(k), Upos::NOUN | Upos::ADP | Upos::ADJ)
        || article.upos(k) == Upos::VERB
}

/// The subject that a verb without its own shares with the verb over it: "plans to send", "rose, then fell".
pub(super) fn shared_subject(article: &Annotated<'_>, verb: usize) -> Option<usize> {
    let mut k = verb;
    for _ in 0..4 {
        if !matches!(article.deprel(k), Deprel::Xcomp | Deprel::Advcl | Deprel::Conj | Deprel::Ccomp) {
            return None;
        }
        let xcomp = article.deprel(k) == Deprel::Xcomp;
        let to = Clause::of(article, k).to;
        k = article.head(k)?;
        let control = xcomp || to && is(Class::Future, article.lemma(k));
        let clause = Clause::of(article, k);
        // "ordered its troops to withdraw": the object is who does it.
        if control && clause.object.is_some_and(|o| k < o && o < verb) {
            return clause.object;
        }
        if clause.subject.is_some() {
            return clause.subject;
        }
    }
    None
}

/// Who does it: the subject of an active clause, the agent of a passive one, unless that is what is counted.
fn subject(article: &Annotated<'_>, clause: &Clause, top: usize, places: &[Place]) -> Option<(Span, String)> {
    let agent = || {
        dependents(article, clause.predicate).find(|&d| {
            article.deprel(d) == Deprel::OblAgent
                || article.deprel(d) == Deprel::Obl
                    && dependents(article, d).any(|c| c < d && article.lower(c) == "by")
        })
    };
    // "located 7,300 km away": a participle without auxiliaries is passive, too.
    let mut who = if clause.passive || clause.tense == Tense::Participle {
        agent()?
    } else {
        clause.subject.or_else(|| shared_subject(article, clause.predicate))?
    };
    if matches!(article.tag(who), Tag::WDT | Tag::WP) || article.lower(who) == "that" {
        who = article
            .head(clause.predicate)
            .filter(|_| article.deprel(clause.predicate) == Deprel::AclRelcl)?;
    }
    if who == top {
        return None;
    }
    name_of(article, who, places).map(|name| (article.span(who), name))
}

/// What the noun phrase with this head is called.
fn name_of(article: &Annotated<'_>, who: usize, places: &[Place]) -> Option<String> {
    if matches!(article.tag(who), Tag::PRP | Tag::DT) {
        return matches!(article.lower(who), "it" | "they")
            .then(|| recent_country(article, who, places))
            .flatten();
    }
    if let Some(country) = country_in(article, who) {
        return Some(country.to_owned());
    }
    if let Some(name) = name_at(article, who) {
        return Some(name.span.of(article.text()).to_owned());
    }
    if !article.tag(who).is_noun() || negation::is_subject(article, who) {
        return None;
    }
    let first = dependents(article, who)
        .find(|&d| {
            !matches!(
                article.deprel(d),
                Deprel::Punct | Deprel::Cc | Deprel::Case | Deprel::Det | Deprel::Advmod
            )
        })
        .unwrap_or(who)
        .clamp(who.saturating_sub(5), who);
    Some(article.cover(first..who + 1).of(article.text()).to_owned())
}

/// The token below `to` on the way up from `i`, if `to` is on it within a few steps.
fn climbs(article: &Annotated<'_>, i: usize, to: usize) -> Option<usize> {
    let mut k = i;
    for _ in 0..6 {
        let head = article.head(k)?;
        if head == to {
            return Some(k);
        }
        // "sent to aid Russia": the purpose of going there.
        let purpose = article.tag(head) == Tag::VB
            && matches!(article.deprel(head), Deprel::Xcomp | Deprel::Advcl | Deprel::Acl);
        if is_verbal(article, head) && !purpose {
            return None;
        }
        k = head;
    }
    None
}

/// The place that the predication leads to or happens in: one that hangs on the predicate or on the counted phrase, with
/// a preposition of place before it; else one that opens the sentence.
fn place(article: &Annotated<'_>, predicate: usize, top: usize, places: &[Place]) -> Option<String> {
    let sentence = article.sentences.get(article.sentence_of(top))?;
    // "the troops sent to aid Russia have been killed": what lies between belongs to the participle.
    let behind = participle(article, top).map(|p| p.token);
    let candidate = |p: &&Place| {
        let tokens = article.tokens_in(p.span);
        let at = tokens.start;
        let near = at.abs_diff(predicate).min(at.abs_diff(top)) < WINDOW;
        let elsewhere = behind.is_some_and(|b| b < at && at < predicate);
        let owner = tokens.clone().any(|t| {
            article.deprel(t) == Deprel::NmodPoss && article.head(t).is_some_and(|h| !tokens.contains(&h))
        });
        near && !elsewhere && !owner && p.sense != PlaceSense::Demonym && is_goal(article, at)
    };
    let here = between(places, sentence.span.start(), sentence.span.end());
    let candidates = || here.iter().filter(candidate).take(12);
    let hangs = |p: &&Place, on: usize| {
        let tokens = article.tokens_in(p.span);
        tokens.clone().rev().take(4).any(|t| climbs(article, t, on).is_some())
            || behind == Some(on) && leads(article, on, tokens.start)
    };
    let opens = |p: &&Place| {
        let first = sentence.first_token as usize;
        is(Class::Goal, article.lower(first)) && article.tokens_in(p.span).start <= first + 4
    };
    let found = candidates()
        .find(|p| hangs(p, predicate))
        .or_else(|| candidates().find(|p| hangs(p, top)))
        .or_else(|| candidates().find(opens))?;
    Some(found.name.clone())
}

/// Whether a preposition of place stands before token `at`, with at most the rest of its phrase between.
fn is_goal(article: &Annotated<'_>, at: usize) -> bool {
    let case = (at.saturating_sub(7)..at).rev().find(|&k| {
        let infinitive = k > 0 && article.tag(k - 1) == Tag::TO;
        // "in the frontline of the Kursk region"
        let preposition = matches!(article.tag(k), Tag::IN | Tag::TO) && article.lower(k) != "of";
        preposition || article.tag(k).is_verb() && !infinitive || article.lower(k) == ","
    });
    case.is_some_and(|k| is(Class::Goal, article.lower(k)) && !(k > 0 && article.lower(k - 1) == "according"))
}

/// Whether no finite verb stands between the participle and the place behind it.
fn leads(article: &Annotated<'_>, participle: usize, at: usize) -> bool {
    let finite = |k| matches!(article.tag(k), Tag::VBZ | Tag::VBP | Tag::VBD | Tag::MD);
    participle < at && at - participle < 10 && !(participle + 1..at).any(finite)
}

/// The time that the predication is told to be of: one that hangs on the predicate or the phrase, no longer than a year.
fn as_of(article: &Annotated<'_>, predicate: usize, top: usize, times: &[Time]) -> Option<AsOf> {
    let fits =
        |t: &&Time| matches!(t.kind, TimeKind::Date | TimeKind::Time) && t.granularity <= Granularity::Year;
    let here = || told_around(article, top, times).iter().filter(fits);
    let hangs = |t: &&Time, on: usize| article.tokens_in(t.span).any(|k| climbs(article, k, on).is_some());
    let found = here().find(|t| hangs(t, predicate)).or_else(|| here().find(|t| hangs(t, top)))?;
    Some(AsOf { span: found.span, start: found.start, end: found.end })
}

/// The first few times of the sentence of token `i`.
fn told_around<'t>(article: &Annotated<'_>, i: usize, times: &'t [Time]) -> &'t [Time] {
    let Some(sentence) = article.sentences.get(article.sentence_of(i)) else { return &[] };
    let from = times.partition_point(|t| t.span.start() < sentence.span.start());
    let within = times[from..].iter().take(12).take_while(|t| t.span.end() <= sentence.span.end()).count();
    &times[from..from + within]
}

/// Whether the predication is only possible or still to come.
fn is_hypothetical(article: &Annotated<'_>, clause: &Clause) -> bool {
    let mut clause = clause.clone();
    for _ in 0..4 {
        if matches!(clause.tense, Tense::Modal | Tense::Future)
            || clause.adverbs.iter().any(|&a| is(Class::Possible, article.lower(a)))
            || clause.mark.is_some_and(|m| matches!(article.lower(m), "if" | "unless" | "whether"))
        {
            return true;
        }
        let k = clause.predicate;
        let Some(head) = article.head(k) else { return false };
        let under = is(Class::Future, article.lemma(head)) || is(Class::Future, article.lower(head));
        match article.deprel(k) {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl | Deprel::Acl if clause.to && under => return true,
            Deprel::Acl | Deprel::Ccomp
                if matches!(
                    article.lemma(head),
                    "possibility" | "prospect" | "risk" | "chance" | "likelihood" | "threat" | "plan"
                ) =>
            {
                return true;
            }
            Deprel::Xcomp | Deprel::Conj => clause = Clause::of(article, head),
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::quantities;
    use super::*;
    use crate::extract::{Context, place, specimen, time};
    use crate::language::annotate;

    /// Subject, sign, certainty and time of the frame of the first figure.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let document = specimen::document(text, "2024-10-26");
        let article = annotate(&document).compounded();
        let (places, times) = (place::places(&article), time::times(&article, Context::default()));
        let found = quantities(&article, &places, &times);
        let frame = &found.first().expect("a figure").frame;
        let label = certainty::label(frame.certainty).as_str();
        let as_of = frame.as_of.as_ref().map_or("-", |t| t.span.of(text));
        let (who, what) =
            (frame.subject.as_deref().unwrap_or("-"), frame.predicate.as_deref().unwrap_or("-"));
        let found = format!("{who} {}{what}, {label}, {as_of}", frame.polarity.as_str());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn nobody_does_it() {
        check("On Friday 3,000 soldiers arrived.", "- +arrive, certain, Friday");
        check("At least 20 people were killed last week.", "- +kill, certain, last week");
        check("It lies 7,300 kilometers from the capital.", "- +lie, certain, -");
        check("A toll of 400 deaths.", "- +-, certain, -");
    }

    #[test]
    fn somebody_does_it() {
        check("North Korea sent 3,000 soldiers to Russia in October.", "North Korea +send, certain, October");
        check("Pyongyang plans to send 10,000 troops.", "North Korea +send, possible, -");
        check("The Russian army lost 300 tanks since February 2022.", "Russia +lose, certain, February 2022");
        check("Some 3,000 soldiers were sent by North Korea.", "North Korea +send, certain, -");
        check("Boeing will cut 17,000 jobs next year.", "Boeing +cut, probable, next year");
        check("The rebels who captured 12 villages fled.", "rebels +capture, certain, -");
        check("The storm killed 12 people in Florida on Monday.", "storm +kill, certain, Monday");
    }

    #[test]
    fn it_is_not_so() {
        check("North Korea did not send 3,000 soldiers.", "North Korea -send, certain, -");
        check("None of the 3,000 soldiers returned.", "- -return, possible, -");
        check("Moscow denies that 600 soldiers died.", "- +die, possible, -");
    }

    #[test]
    fn it_may_be_so() {
        check("As many as 12,000 soldiers could be deployed by December.", "- +deploy, possible, December");
        check("Analysts doubt that 12,000 soldiers will follow.", "- +follow, possible, -");
    }

    #[test]
    fn the_table_is_well_formed() {
        for row in rows(include_str!("../../../lexicon/frames.tsv")) {
            let &[name, words] = row.as_slice() else { panic!("{row:?}") };
            let class = Class::named(name).expect(name);
            for word in list(words) {
                assert!(is(class, word) && word == word.to_lowercase(), "{word}");
            }
        }
    }
}
