//! The speech act of a cue as it stands in its sentence: "confirmed" confirms, "did not confirm" declines.
//!
//! A cue is given by its tokens, as a reader marks it, with auxiliaries, negation and particles or without: "has not
//! been able to confirm", "was quoted as saying", "the claim that". [`spoken`] finds the entry of `lexicon/cues.tsv`
//! that it rests on, and decides whether that is negated or questioned, and whether its content is put forward or
//! rejected. "Denied" rejects; "did not deny" neither rejects nor puts forward, it declines. "Does not believe that"
//! rejects too: verbs of judgement hand their negation down to their clause (Horn 1978), which the table shows by a
//! negated certainty below zero.

use std::ops::Range;

use super::clause::{Clause, dependents};
use super::cues::{self, Cue, CueClass, Match};
use super::negation;
use crate::document::{Act, Deprel, Polarity, Tag};
use crate::language::Annotated;
use crate::language::chunk::is_auxiliary;

/// Certainty below which a negated cue counts as rejecting its content.
const REJECTS: f32 = -0.15;

/// Cues are read no further than this many tokens.
const LONGEST: usize = 40;

/// What is done by saying something.
#[derive(Clone, Debug, PartialEq)]
pub struct Spoken {
    /// The act.
    pub act: Act,
    /// Whether the content is put forward or rejected.
    pub polarity: Polarity,
    /// Whether the entry is negated where it stands.
    pub negated: bool,
    /// The entry of the lexicon that the cue rests on.
    pub entry: Option<Match>,
}

/// The act of the cue that covers these tokens. `hint` is the entry, where a rule has found the cue by it.
#[must_use]
pub fn spoken(article: &Annotated<'_>, cue: &[Range<usize>], hint: Option<&Match>) -> Spoken {
    let entry = hint.cloned().or_else(|| entry(article, cue));
    match entry {
        Some(entry) => of_entry(article, entry),
        None => unlisted(article, cue),
    }
}

/// The act of a cue that rests on an entry.
fn of_entry(article: &Annotated<'_>, entry: Match) -> Spoken {
    let cue = entry.cue;
    let make = |act, polarity, negated| Spoken { act, polarity, negated, entry: Some(entry.clone()) };
    if is_question(article, &entry) {
        return make(Act::Ask, Polarity::Positive, false);
    }
    if is_negated(article, &entry) {
        // "did not rule out" holds open what "ruled out" rejects
        if cue.pattern == "rule out" {
            return make(Act::Hint, Polarity::Positive, true);
        }
        let act = match in_frame(article, &entry) {
            Act::Agree => Act::Disagree,
            _ => cue.negated_act,
        };
        // who does not know or believe it does not put it forward
        let polarity = match act {
            Act::Judge => Polarity::Negative,
            _ => polarity(act, cue.negated_certainty),
        };
        return make(act, polarity, true);
    }
    let act = in_frame(article, &entry);
    make(act, polarity(act, cue.certainty), false)
}

/// Whether an act of this certainty rejects its content. What is asked, wished or imagined is not put forward as so, but
/// not rejected either.
fn polarity(act: Act, certainty: f32) -> Polarity {
    match act {
        Act::Deny | Act::Disagree => Polarity::Negative,
        Act::State | Act::Report | Act::Confirm | Act::Accuse | Act::Judge | Act::Predict | Act::Hint
            if certainty <= REJECTS =>
        {
            Polarity::Negative
        }
        _ => Polarity::Positive,
    }
}

/// The act of an entry with the complement that it has here: "asked whether" asks, "asked him to leave" demands.
fn in_frame(article: &Annotated<'_>, entry: &Match) -> Act {
    let (cue, verb) = (entry.cue, entry.tokens.start);
    match cue.pattern {
        // "agreed to pay" promises, "agreed that" says that another is right
        "agree" if !takes_infinitive(article, verb) => Act::Agree,
        "agreement" if holds_that(article, verb) => Act::Agree,
        _ if cue.class != CueClass::Verb => cue.act,
        // "is backed by satellite images"
        "back" if Clause::of(article, verb).passive => Act::Confirm,
        "ask" | "tell" if takes_infinitive(article, verb) => Act::Demand,
        // "questioned the claim that", not "questioned the driver"
        "question" if questions_claim(article, verb) => Act::Disagree,
        _ => cue.act,
    }
}

/// Whether an infinitive hangs on the verb: "asked residents to leave", "were told to leave".
fn takes_infinitive(article: &Annotated<'_>, verb: usize) -> bool {
    let infinitive = dependents(article, verb).any(|i| {
        i > verb
            && matches!(article.deprel(i), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl)
            && article.tag(i) == Tag::VB
            && Clause::of(article, i).to
            && !asks(article, verb + 1..i)
    });
    let next = verb + 1;
    let bare = next < article.len() && article.lower(next) == "to" && article.tag(next) == Tag::TO;
    infinitive || bare
}

/// Whether a clause with "that" hangs on the noun: "agreement among doctors that".
fn holds_that(article: &Annotated<'_>, noun: usize) -> bool {
    dependents(article, noun)
        .any(|i| i > noun && Clause::of(article, i).mark.is_some_and(|mark| article.lower(mark) == "that"))
}

/// Whether a question word stands among the tokens: "told them how to leave".
fn asks(article: &Annotated<'_>, mut tokens: Range<usize>) -> bool {
    tokens.any(|i| matches!(article.tag(i), Tag::WRB | Tag::WP | Tag::WDT) || article.lower(i) == "whether")
}

fn questions_claim(article: &Annotated<'_>, verb: usize) -> bool {
    Clause::of(article, verb).object.is_some_and(|object| cues::noun(article.lemma(object)).is_some())
}

/// A cue that no entry explains says something, or, negated, withholds it.
fn unlisted(article: &Annotated<'_>, cue: &[Range<usize>]) -> Spoken {
    let verb = tokens(article, cue).into_iter().rev().find(|&i| article.tag(i).is_verb());
    let negated = verb.is_some_and(|i| negates(article, i));
    let act = if negated { Act::Decline } else { Act::State };
    Spoken { act, polarity: Polarity::Positive, negated, entry: None }
}

/// The tokens of a cue, in order, within bounds.
fn tokens(article: &Annotated<'_>, cue: &[Range<usize>]) -> Vec<usize> {
    let mut all: Vec<usize> =
        cue.iter().flat_map(|r| r.start..r.end.min(article.len())).take(LONGEST).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The entry that a cue rests on. Of several verbs it is the last, because what stands before it only leads there
/// ("went on to say", "was quoted as saying", "refused to confirm"); of verb and noun the verb, unless all it does is
/// to carry the noun ("issued a warning").
fn entry(article: &Annotated<'_>, cue: &[Range<usize>]) -> Option<Match> {
    let tokens = tokens(article, cue);
    let mut found: Vec<Match> = Vec::new();
    let mut end = 0;
    for &i in &tokens {
        if i < end {
            continue;
        }
        let Some(entry) = at(article, i, &tokens) else { continue };
        end = entry.tokens.end;
        found.push(entry);
    }
    let of = |class: CueClass| found.iter().rev().find(move |m| m.cue.class == class);
    let verb = found
        .iter()
        .rev()
        .find(|m| m.cue.class == CueClass::Verb && !leads(article, m))
        .or_else(|| of(CueClass::Verb));
    let noun = of(CueClass::Noun);
    match (verb, noun) {
        (Some(verb), Some(noun)) if carries(article, verb, noun) => Some(noun.clone()),
        (Some(verb), _) => Some(verb.clone()),
        (None, Some(noun)) => Some(noun.clone()),
        (None, None) => of(CueClass::Adjective)
            .or_else(|| of(CueClass::Preposition))
            .or_else(|| of(CueClass::Adverb))
            .cloned(),
    }
}

/// The entry at token `i` of a cue, if it lies in the cue but for particles: "called" of "called on" is all that some
/// readers mark.
fn at(article: &Annotated<'_>, i: usize, tokens: &[usize]) -> Option<Match> {
    let inside = |m: &Match| {
        m.tokens.clone().all(|j| tokens.binary_search(&j).is_ok())
            || m.cue.class == CueClass::Verb
                && m.tokens.clone().skip(1).all(|j| matches!(article.tag(j), Tag::IN | Tag::RP | Tag::TO))
    };
    if let Some(entry) = cues::at(article, i).filter(inside) {
        return Some(entry);
    }
    let (lemma, tag) = (article.lemma(i), article.tag(i));
    if is_auxiliary(article.lower(i)) || tag == Tag::MD {
        return None;
    }
    let alone = |cue: &'static Cue| Match { cue, tokens: i..i + 1 };
    if tag.is_verb() {
        // a participle of a verb that only an adjective's entry spells: "was united"
        return cues::verb(lemma).or_else(|| cues::adjective(article.lower(i))).map(alone);
    }
    if tag.is_noun() {
        return cues::noun(lemma).or_else(|| cues::verb(lemma)).map(alone);
    }
    if tag.is_adjective() {
        return cues::adjective(article.lower(i)).or_else(|| cues::verb(lemma)).map(alone);
    }
    // the tagger errs; who marks a word as a cue does not
    cues::verb(lemma).or_else(|| cues::noun(lemma)).map(alone)
}

/// Whether a verb only leads to another one in the cue and says nothing itself.
fn leads(article: &Annotated<'_>, entry: &Match) -> bool {
    entry.tokens.len() == 1 && matches!(article.lemma(entry.tokens.start), "be" | "have" | "do")
}

/// Whether the verb only carries the noun: "issued a warning", "found no evidence", "voiced concern".
fn carries(article: &Annotated<'_>, verb: &Match, noun: &Match) -> bool {
    let lemma = article.lemma(verb.tokens.start);
    let light = matches!(
        lemma,
        "express"
            | "voice"
            | "issue"
            | "make"
            | "give"
            | "drop"
            | "raise"
            | "sound"
            | "offer"
            | "have"
            | "see"
            | "find"
            | "provide"
            | "deliver"
            | "lodge"
            | "file"
            | "repeat"
            | "reiterate"
            | "renew"
            | "send"
            | "release"
            | "publish"
            | "level"
            | "hold"
            | "put"
            | "pay"
            | "take"
            | "stress"
            | "share"
    );
    verb.tokens.len() == 1 && light && noun.tokens.start > verb.tokens.start
}

/// Whether the entry is negated in its sentence.
#[must_use]
pub fn is_negated(article: &Annotated<'_>, matched: &Match) -> bool {
    let i = matched.tokens.start;
    let from = article.sentences.get(article.sentence_of(i)).map_or(i, |s| s.first_token as usize);
    if is_negated_entry(matched) {
        return false;
    }
    match matched.cue.class {
        CueClass::Verb => negates(article, i) || says_nothing(article, matched),
        CueClass::Noun => negation::negates_noun(article, i, from),
        CueClass::Adjective => negates(article, i),
        CueClass::Adverb | CueClass::Preposition => false,
    }
}

/// Whether the verb at token `i` is negated, by the words before it or by its place in the tree.
fn negates(article: &Annotated<'_>, i: usize) -> bool {
    let from = article.sentences.get(article.sentence_of(i)).map_or(i, |s| s.first_token as usize);
    if negation::negates_verb(article, i, from) {
        return !is_undone(article, i, from);
    }
    Clause::of(article, i).is_negated() && !is_undone(article, i, from)
}

/// "could not but admit", "cannot help admitting".
fn is_undone(article: &Annotated<'_>, i: usize, from: usize) -> bool {
    let near = i.saturating_sub(3).max(from)..i;
    let not = near.clone().find(|&j| negation::is_particle(article, j));
    not.is_some_and(|not| (not + 1..i).any(|j| matches!(article.lower(j), "but" | "help")))
}

/// "No comment" is negated as it stands in the table.
fn is_negated_entry(matched: &Match) -> bool {
    matched.cue.pattern.starts_with("no ") || matched.cue.pattern.starts_with("not ")
}

/// "said nothing about it", but not "said nothing had changed".
fn says_nothing(article: &Annotated<'_>, matched: &Match) -> bool {
    let next = matched.tokens.end;
    if next >= article.len() || !matches!(article.lower(next), "nothing" | "little") {
        return false;
    }
    next + 1 >= article.len()
        || article.tag(next + 1).is_mark()
        || matches!(article.lower(next + 1), "about" | "of" | "on" | "to" | "more" | "else")
}

/// "Did Moscow confirm this?": asked, not said. The sentence ends with a question mark and its verb is inverted.
fn is_question(article: &Annotated<'_>, matched: &Match) -> bool {
    let i = matched.tokens.start;
    let Some(sentence) = article.sentences.get(article.sentence_of(i)) else { return false };
    let tokens = sentence.tokens();
    if matched.cue.class != CueClass::Verb || tokens.is_empty() || article.lower(tokens.end - 1) != "?" {
        return false;
    }
    let opens = |j: usize| {
        is_auxiliary(article.lower(j))
            || article.tag(j) == Tag::MD
            || matches!(article.tag(j), Tag::WRB | Tag::WP | Tag::WDT)
    };
    i > tokens.start && opens(tokens.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagged::Tagged;

    /// Checks "act polarity" or "act polarity negated" of the cue that starts at the word marked with `*`.
    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        let at = sentence.split_whitespace().position(|w| w.starts_with('*')).expect("a marked word");
        let tagged = Tagged::new(&sentence.replace('*', ""));
        let article = tagged.annotated();
        let matched = cues::at(&article, at).expect("a cue at the marked word");
        let Spoken { act, polarity, negated, .. } = spoken(&article, &[], Some(&matched));
        let got = format!("{} {}{}", act.as_str(), polarity.as_str(), if negated { " negated" } else { "" });
        assert_eq!(got, expected, "{sentence} ({})", matched.cue.pattern);
    }

    #[test]
    fn plain_cues_are_not_negated() {
        check("Kirby *said/VBD that troops/NNS had arrived/VBN .", "state +");
        check("Kirby *confirmed/VBD the/DT deployment .", "confirm +");
        check("The president has *said/VBN it .", "state +");
        check("Not everyone agrees/VBZ , but Kim *said/VBD so .", "state +");
        check("It was n't clear/JJ , Kim *said/VBD .", "state +");
        check("Kim *said/VBD nothing had changed/VBN .", "state +");
        check("Kim *said/VBD no troops/NNS were sent/VBN/send .", "state +");
        check("Not only did he *warn/VB them .", "warn +");
        check("He did not only *warn/VB them .", "warn +");
        check("Seoul , which had no troops/NNS there , *warned/VBD of war .", "warn +");
        check("He was *expected/VBN to win/VB .", "predict +");
        check("The soldiers/NNS are *believed/VBN to be in Kursk .", "judge +");
        check("He was *accused/VBN of lying/VBG/lie .", "accuse +");
        check("He did it without shame and *admitted/VBD it .", "confirm +");
        check("No. was there , officials/NNS *said/VBD .", "state +");
        check("According/VBG to a few officials/NNS , Yoon *hinted/VBD at arms/NNS/arms .", "hint +");
    }

    #[test]
    fn rejections_reject() {
        check("Moscow *denied/VBD the claim .", "deny -");
        check("Russia *rejected/VBD the allegations/NNS .", "disagree -");
        check("He *disputed/VBD the figure .", "disagree -");
        check("The Kremlin *dismissed/VBD the reports/NNS .", "deny -");
        check("He *doubts/VBZ that it is true/JJ .", "judge -");
        check("Kim *refuted/VBD it .", "deny -");
    }

    #[test]
    fn negated_reports_decline() {
        check("He did not *confirm/VB allegations/NNS .", "decline + negated");
        check("He did n't *confirm/VB them .", "decline + negated");
        check("Seoul has not *said/VBN how .", "decline + negated");
        check("Seoul has not yet *announced/VBN it .", "decline + negated");
        check("He never *claimed/VBD it .", "decline + negated");
        check("He would not *say/VB when .", "decline + negated");
        check("He will no longer *comment/VB .", "decline + negated");
        check("Pyongyang did not *deny/VB the reports/NNS .", "decline + negated");
        check("Officials/NNS did not immediately *respond/VB .", "decline + negated");
        check("He did not *confirm/VB or deny/VB it .", "decline + negated");
        check("He did not confirm/VB or *deny/VB it .", "decline + negated");
        check("He neither confirmed/VBD nor *denied/VBD it .", "decline + negated");
        check("He neither *confirmed/VBD nor denied/VBD it .", "decline + negated");
        check("He *said/VBD nothing about it .", "decline + negated");
        check("He *said/VBD little .", "decline + negated");
    }

    #[test]
    fn governing_words_negate() {
        check("Moscow refused/VBD to *confirm/VB it .", "decline + negated");
        check("He declined/VBD to *say/VB why .", "decline + negated");
        check("They/PRP failed/VBD to *announce/VB it .", "decline + negated");
        check("He was unable/JJ to *confirm/VB it .", "decline + negated");
        check("He was unwilling/JJ to publicly *acknowledge/VB it .", "decline + negated");
        check("Seoul has yet to *confirm/VB it .", "decline + negated");
        check("He left/VBD/leave without *confirming/VBG it .", "decline + negated");
        check("He stopped/VBD/stop short of *saying/VBG so .", "decline + negated");
        check("He spoke/VBD/speak of peace instead of *confirming/VBG it .", "decline + negated");
        check("He refrained/VBD/refrain from *commenting/VBG .", "decline + negated");
        check("He avoided/VBD/avoid *saying/VBG so .", "decline + negated");
        check("He denied/VBD *saying/VBG so .", "decline + negated");
        check("He did not want/VB to *say/VB why .", "decline + negated");
        check("His refusal to *confirm/VB it irked/VBD them .", "decline + negated");
        check("He chose/VBD/choose not to *comment/VB .", "decline + negated");
        check("He *declined/VBD to comment/VB .", "decline +");
        check("He *refused/VBD to leave/VB .", "decline +");
    }

    #[test]
    fn two_negations_cancel_out() {
        check("He did not refuse/VB to *confirm/VB it .", "confirm +");
        check("He never failed/VBD to *mention/VB it .", "state +");
        check("He did not hesitate/VB to *warn/VB them .", "warn +");
    }

    #[test]
    fn subjects_negate() {
        check("No official *confirmed/VBD it .", "decline + negated");
        check("Neither side *commented/VBD .", "decline + negated");
        check("Nobody *said/VBD so .", "decline + negated");
        check("None of the officials/NNS *said/VBD so .", "decline + negated");
        check("No , he *said/VBD .", "state +");
    }

    #[test]
    fn judgements_hand_their_negation_down() {
        check("He does not *believe/VB that they will fight/VB .", "judge - negated");
        check("Analysts/NNS do n't *think/VB so .", "judge - negated");
        check("He does not *expect/VB a war .", "predict - negated");
        check("He does not *agree/VB with her .", "disagree - negated");
        check("He is not *convinced/VBN that it works/VBZ .", "judge - negated");
    }

    #[test]
    fn nouns_are_negated_by_determiners() {
        check("There was *evidence of it .", "confirm +");
        check("There is no *evidence that it works/VBZ .", "decline + negated");
        check("There has been no official *comment from Pyongyang .", "decline + negated");
        check("He did not provide/VB any *evidence .", "decline + negated");
        check("for lack of *evidence", "decline + negated");
        check("He did not deny/VB the *reports/NNS .", "report +");
        check("He had no *comment .", "decline + negated");
        check("The *statement was not long/JJ .", "state +");
    }

    #[test]
    fn questions_ask() {
        check("Did Moscow *confirm/VB this ?", "ask +");
        check("Why has Seoul *said/VBN so ?", "ask +");
        check("He *said/VBD this ?", "state +");
    }
}
