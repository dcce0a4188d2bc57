//! Cues that are no verbs: "according to …", "… allegedly …", "the claim that …", "… are adamant that …", "KIRBY: …".

use std::ops::Range;

use super::complement::{self, Shape};
use super::verb::NOUN_RELIABILITY;
use super::{Attribution, Scene, Taken, precision, subject};
use crate::document::{Act, Tag};
use crate::extract::cues::{CueClass, Match};
use crate::language::Annotated;
use crate::language::chunk::{base_noun_phrase_ending, noun_phrase_starting, verb_group};

/// Nouns and adjectives with infinitives are mostly intentions ("a bid to win", "ready to fight"), not statements.
const NOUN_TO_RELIABILITY: f32 = 0.5;
/// "according to" and its like; "based on" and "via" seldom name who says so.
const PREPOSITION_RELIABILITY: f32 = 0.3;
/// "reports of looting": a noun with a noun phrase.
const NOUN_OF_RELIABILITY: f32 = 0.4;

pub(super) fn attributions(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    found.extend(silences(scene));
    let mut taken = Taken::new(scene.article.len(), found);
    for cue in &scene.cues {
        let attribution = match cue.cue.class {
            CueClass::Preposition => according_to(scene, cue),
            CueClass::Adverb => adverb(scene, cue, &taken),
            CueClass::Noun => noun(scene, cue, &taken),
            CueClass::Adjective => adjective(scene, cue),
            CueClass::Verb => None,
        };
        if let Some(attribution) = attribution {
            taken.add(&attribution);
            found.push(attribution);
        }
    }
}

/// "According to Yonhap, the troops left."; "The troops left, according to Yonhap."
fn according_to(scene: &Scene<'_, '_>, cue: &Match) -> Option<Attribution> {
    let article = scene.article;
    let sentence = scene.sentence(cue.tokens.start);
    let end = scene.sentence_body_end(&sentence).max(cue.tokens.end);
    let mut source = subject::after(scene, cue.tokens.end, end)
        .or_else(|| noun_phrase_starting(article, cue.tokens.end, end))?;
    let start = cue.tokens.start;
    let opens = start == sentence.start
        || (start == sentence.start + 1
            && (article.tag(start - 1) == Tag::CC || article.tag(start - 1).is_adverb()));
    let mut content: Vec<Range<usize>> = Vec::new();
    if opens {
        // the clause follows the comma; an apposition of the source may stand before it
        let plain = noun_phrase_starting(article, cue.tokens.end, end)?;
        let comma = clause_comma(scene, plain.end, end)?;
        source = source.start..comma.min(source.end.max(plain.end));
        content.push(comma + 1..end);
    } else {
        let last = start - usize::from(article.tag(start - 1) == Tag::Comma);
        let quotation =
            last.checked_sub(1).and_then(|l| scene.quotation_at(l)).filter(|q| q.tokens.end == last);
        let mut from =
            quotation.map_or(sentence.start, |q| q.tokens.start.min(sentence.start.max(q.tokens.start)));
        if quotation.is_some_and(|q| {
            q.tokens.start > sentence.start && scene.has_finite(sentence.start..q.tokens.start)
        }) {
            from = sentence.start;
        }
        if from < last && article.tag(from) == Tag::CC {
            from += 1;
        }
        if last > from {
            content.push(from..last);
        }
        // "The army, according to Kyiv, lost ground": the clause goes on
        if source.end + 2 < end && article.tag(source.end) == Tag::Comma {
            let rest = source.end + 1..end;
            if !scene.has_finite(from..last) && scene.has_finite(rest.clone()) {
                content.push(rest);
            }
        }
    }
    if content.is_empty() || cue.cue.reliability < PREPOSITION_RELIABILITY {
        return None;
    }
    Some(Attribution {
        source: vec![source],
        cue: vec![cue.tokens.clone()],
        content,
        matched: Some(cue.clone()),
        rule: "phrase.according",
        confidence: precision("phrase.according"),
    })
}

/// The comma after which the main clause starts.
fn clause_comma(scene: &Scene<'_, '_>, from: usize, end: usize) -> Option<usize> {
    let article = scene.article;
    let mut first = None;
    for i in from..end.saturating_sub(1) {
        if article.tag(i) == Tag::Comma && scene.quotation_of[i].is_none() {
            first = first.or(Some(i));
            if complement::clause_from(scene, i + 1, end) || scene.quotation_of[i + 1].is_some() {
                return Some(i);
            }
        }
    }
    first
}

/// "troops allegedly stationed in Russia": the clause or phrase that the adverb hedges; nobody is named.
fn adverb(scene: &Scene<'_, '_>, cue: &Match, taken: &Taken) -> Option<Attribution> {
    let article = scene.article;
    let i = cue.tokens.start;
    // "apparently" and "famously" hedge or colour; "allegedly" and "reportedly" credit somebody else
    if !article.tag(i).is_adverb() || !matches!(cue.cue.act, Act::Accuse | Act::Report) {
        return None;
    }
    let sentence = scene.sentence(i);
    // inside the content of another attribution, the adverb is a hedge of that content
    if taken.content[i] {
        return None;
    }
    let end = scene.sentence_body_end(&sentence);
    let content = if scene.has_finite(sentence.clone()) {
        hedged_clause(scene, i, &sentence, end)
    } else {
        vec![sentence.start..i, cue.tokens.end..end]
    };
    let content: Vec<Range<usize>> = content.into_iter().filter(|r| !r.is_empty()).collect();
    if content.is_empty() || article.len() <= i {
        return None;
    }
    Some(Attribution {
        source: Vec::new(),
        cue: vec![cue.tokens.clone()],
        content,
        matched: Some(cue.clone()),
        rule: "phrase.adverb",
        confidence: precision("phrase.adverb"),
    })
}

/// The clause around a hedging adverb, without the adverb.
fn hedged_clause(
    scene: &Scene<'_, '_>,
    adverb: usize,
    sentence: &Range<usize>,
    end: usize,
) -> Vec<Range<usize>> {
    let article = scene.article;
    let next = adverb + 1;
    // "troops allegedly stationed in Russia": a participle hangs on the noun phrase before
    let participle = next < end && matches!(article.tag(next), Tag::VBN | Tag::VBG | Tag::JJ);
    if participle
        && adverb > sentence.start
        && article.tag(adverb - 1).is_noun()
        && let Some(np) = base_noun_phrase_ending(article, adverb - 1, sentence.start)
    {
        let stop = (next..end).find(|i| article.tag(*i) == Tag::Comma).unwrap_or(end);
        return vec![np.start..adverb, next..stop];
    }
    let start = (sentence.start..adverb)
        .rev()
        .find(|i| {
            article.tag(*i) == Tag::Comma && complement::clause_from(scene, i + 1, end)
                || matches!(article.lower(*i), "that" | "because" | "while")
        })
        .map_or(sentence.start, |i| i + 1);
    vec![start..adverb, next..complement::clause_end(scene, next, end).max(next)]
}

/// "There has been no official comment from Pyongyang (about the deployment)."
fn silences(scene: &Scene<'_, '_>) -> Vec<Attribution> {
    let article = scene.article;
    let mut found = Vec::new();
    for cue in scene.cues.iter().filter(|m| m.cue.class == CueClass::Noun) {
        let (noun, end) = (cue.tokens.start, cue.tokens.end);
        if !matches!(
            article.lemma(noun),
            "comment" | "response" | "reply" | "answer" | "reaction" | "confirmation"
        ) {
            continue;
        }
        let sentence = scene.sentence(noun);
        let limit = scene.sentence_body_end(&sentence);
        let Some(phrase) = base_noun_phrase_ending(article, noun, sentence.start) else { continue };
        if end >= limit || article.lower(phrase.start) != "no" || !matches!(article.lower(end), "from" | "by")
        {
            continue;
        }
        let Some(source) = noun_phrase_starting(article, end + 1, limit) else { continue };
        let about =
            matches!(article.lower(source.end.min(limit - 1)), "about" | "on" | "regarding" | "concerning");
        let (cue_tokens, content) = if about && source.end + 1 < limit {
            (phrase, source.end + 1..limit)
        } else {
            // nothing else is said of what is not commented on
            let Some(verb) = (sentence.start..phrase.start).rev().find(|i| article.tag(*i).is_verb()) else {
                continue;
            };
            (verb_group(article, verb, sentence.start).tokens, phrase)
        };
        found.push(Attribution {
            source: vec![source],
            cue: vec![cue_tokens],
            content: vec![content],
            matched: Some(cue.clone()),
            rule: "phrase.no_comment",
            confidence: precision("phrase.no_comment"),
        });
    }
    found
}

/// "rumors that …", "Clinton's claim that …", "reports of …".
fn noun(scene: &Scene<'_, '_>, cue: &Match, taken: &Taken) -> Option<Attribution> {
    let article = scene.article;
    let i = cue.tokens.start;
    let sentence = scene.sentence(i);
    let end = scene.sentence_body_end(&sentence).max(cue.tokens.end);
    // a noun that is part of another attribution's source or cue is spoken for
    if taken.spoken[i] || taken.silent[i] {
        return None;
    }
    let after = cue.tokens.end;
    let phrase = base_noun_phrase_ending(article, after - 1, sentence.start)?;
    // "rejected the notion that": the verb has it as its content already
    if taken.content_starts[phrase.start] {
        return None;
    }
    let mut start = after;
    let mut whole = cue.tokens.clone();
    let mut source = possessor(scene, &phrase, i);
    if source.is_none()
        && let Some((subject, verb)) = support_verb(scene, &phrase, sentence.start)
    {
        // "did not confirm allegations": the verb is the cue, the noun its content
        if let Some(reporting) = scene
            .cue_at(verb.end - 1, CueClass::Verb)
            .filter(|m| m.cue.frames.np && m.cue.np_reliability >= NOUN_RELIABILITY)
        {
            return Some(Attribution {
                source: vec![subject],
                cue: vec![verb],
                content: vec![phrase.start..complement::phrase_end(scene, phrase.start, end)],
                matched: Some(reporting.clone()),
                rule: "verb.noun",
                confidence: precision("verb.noun"),
            });
        }
        source = Some(subject);
        whole = verb.start..after;
    }
    // ", warning of a robust response": a participle that passes for a noun
    let participle =
        i > sentence.start && article.tag(i - 1) == Tag::Comma && article.lower(i).ends_with("ing");
    if source.is_none() && participle {
        source = subject::of_main_clause(scene, i, sentence.start);
    }
    if source.is_none()
        && after < end
        && matches!(article.lower(after), "by" | "from")
        && let Some(np) = noun_phrase_starting(article, after + 1, end)
    {
        start = np.end;
        source = Some(np);
    }
    let mut frames = cue.cue.frames;
    frames.np = false;
    frames.quote = false;
    let clause = complement::after(scene, "", frames, start, end).filter(|c| match c.shape {
        // "the claim that troops left", not "the attacks that killed them"
        Shape::That => complement::clause_from(scene, c.tokens.start + 1, c.tokens.end),
        Shape::To => source.is_some() && cue.cue.to_reliability >= NOUN_TO_RELIABILITY,
        _ => false,
    });
    let of = || {
        let opens = cue.cue.frames.np
            && start < end
            && matches!(article.lower(start), "of" | "about" | "over" | "regarding");
        (opens && cue.cue.np_reliability >= NOUN_OF_RELIABILITY)
            .then(|| noun_phrase_starting(article, start + 1, end))
            .flatten()
            .map(|np| np.start..participle_tail(scene, np.end, end))
    };
    let (content, rule) = match clause {
        Some(c) => (c.tokens, "phrase.noun_that"),
        None => (of()?, "phrase.noun_of"),
    };
    Some(Attribution {
        source: source.into_iter().collect(),
        cue: vec![whole],
        content: vec![content],
        matched: Some(cue.clone()),
        rule,
        confidence: precision(rule),
    })
}

/// "issued a warning that": the subject of the verb that takes the noun as its object, and the verb.
fn support_verb(
    scene: &Scene<'_, '_>,
    phrase: &Range<usize>,
    floor: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let article = scene.article;
    let verb = phrase.start.checked_sub(1).filter(|v| *v > floor && article.tag(*v).is_verb())?;
    // what "raises" or "eases" fears does not hold them
    const CAUSES: &[&str] = &[
        "be", "become", "remain", "raise", "spark", "fuel", "stoke", "ease", "prompt", "cause", "trigger",
        "reflect",
    ];
    if CAUSES.contains(&article.lemma(verb)) {
        return None;
    }
    let group = verb_group(article, verb, floor);
    if group.passive || group.infinitive {
        return None;
    }
    let subject = if group.finite {
        subject::before(scene, group.tokens.start, floor)
    } else {
        subject::of_main_clause(scene, group.tokens.start, floor)
    }?;
    Some((subject, group.tokens))
}

/// "reports of troops joining the fight": a participle after the noun phrase belongs to the content.
fn participle_tail(scene: &Scene<'_, '_>, from: usize, end: usize) -> usize {
    let article = scene.article;
    if from < end && matches!(article.tag(from), Tag::VBG | Tag::VBN) {
        return (from..end)
            .find(|i| article.tag(*i) == Tag::Comma || article.tag(*i).is_finite())
            .unwrap_or(end);
    }
    from
}

/// "South Korea’s" in "South Korea’s claim".
fn possessor(scene: &Scene<'_, '_>, phrase: &Range<usize>, noun: usize) -> Option<Range<usize>> {
    let article = scene.article;
    if article.tag(phrase.start) == Tag::PRPS {
        return Some(phrase.start..phrase.start + 1);
    }
    let mark = (phrase.start..noun).rev().find(|i| article.tag(*i) == Tag::POS)?;
    (mark > phrase.start).then_some(phrase.start..mark)
}

/// "officials are adamant that …".
fn adjective(scene: &Scene<'_, '_>, cue: &Match) -> Option<Attribution> {
    let article = scene.article;
    let i = cue.tokens.start;
    let sentence = scene.sentence(i);
    let end = scene.sentence_body_end(&sentence).max(cue.tokens.end);
    let verb = (sentence.start..i).rev().take(3).find(|v| {
        article.tag(*v).is_verb()
            && matches!(article.lemma(*v), "be" | "seem" | "remain" | "become" | "feel" | "sound")
    })?;
    let group = verb_group(article, verb, sentence.start);
    let source = subject::before(scene, group.tokens.start, sentence.start)?;
    let mut frames = cue.cue.frames;
    frames.np = false;
    frames.to &= cue.cue.to_reliability >= NOUN_TO_RELIABILITY;
    let found = complement::after(scene, "", frames, cue.tokens.end, end)
        .filter(|c| c.shape != Shape::Wh || cue.cue.wh_reliability >= NOUN_TO_RELIABILITY)?;
    // "it is clear that" has no source
    let impersonal = matches!(article.lower(source.start), "it" | "there") && source.len() == 1;
    Some(Attribution {
        source: if impersonal { Vec::new() } else { vec![source] },
        cue: vec![group.tokens.start..cue.tokens.end],
        content: vec![found.tokens],
        matched: Some(cue.clone()),
        rule: "phrase.adjective",
        confidence: precision("phrase.adjective"),
    })
}

/// "KIRBY: We have seen the reports." Speakers of transcripts and interviews.
pub(super) fn transcript_turns(article: &Annotated<'_>) -> Vec<Attribution> {
    let mut found = Vec::new();
    for block in &article.document.blocks {
        if !block.kind.is_prose() {
            continue;
        }
        let tokens = article.tokens_in(block.span);
        let Some(colon) = tokens.clone().take(7).find(|i| article.word(*i) == ":") else { continue };
        let speaker = tokens.start..colon;
        let named = !speaker.is_empty()
            && speaker.clone().all(|i| {
                let word = article.word(i);
                word.chars().next().is_some_and(char::is_uppercase) || word == "."
            })
            && speaker
                .clone()
                .any(|i| article.word(i).len() > 2 && article.word(i).chars().all(|c| !c.is_lowercase()));
        if named && colon + 2 < tokens.end {
            found.push(Attribution {
                source: vec![speaker],
                cue: vec![colon..colon + 1],
                content: vec![colon + 1..tokens.end],
                matched: None,
                rule: "phrase.transcript",
                confidence: precision("phrase.transcript"),
            });
        }
    }
    found
}
