//! Who passes on whom: "Reuters reported, citing Yonhap, that …", "CNN said, with reference to the police".
//!
//! The model takes "citing" for a cue of its own whose content is the party, or the party and all that follows. A reader
//! wants the chain: an attribution to whoever reports, and within it, with the same content, one to whoever is cited. The
//! last one cited vouches.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Attribution, cues};
use crate::document::Tag;
use crate::language::Annotated;
use crate::language::chunk::noun_phrase_starting;
use crate::language::gazetteer::rows;

/// Name of the rule: its content is that of the attribution around it.
pub(crate) const RELAY: &str = "phrase.citing";

/// Nouns for parties that are cited ("officials", "report"), against what is cited as a reason ("citing concerns").
static PARTIES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../../../lexicon/source_types.tsv")).map(|r| r[0]).collect());

/// Tokens of a content from which it is one, and not the rest of a phrase.
const LEAST: usize = 3;

/// A party that is cited: the words that say so, and who.
struct Cited {
    cue: Range<usize>,
    party: Range<usize>,
}

/// Turns what is cited into chains.
pub(super) fn chain(article: &Annotated<'_>, found: &mut Vec<Attribution>) {
    let mut by_sentence: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (k, attribution) in found.iter().enumerate() {
        if let Some(cue) = attribution.cue.first() {
            by_sentence.entry(article.sentence_of(cue.start)).or_default().push(k);
        }
    }
    for (s, sentence) in article.sentences.iter().enumerate() {
        let Some(near) = by_sentence.get_mut(&s) else { continue };
        let tokens = sentence.tokens();
        let mut within = tokens.clone();
        while let Some(cited) = within.find_map(|i| cited(article, i, tokens.end)) {
            within.start = cited.party.end.max(within.start);
            relay(article, &tokens, &cited, found, near);
        }
    }
}

fn cited(article: &Annotated<'_>, i: usize, end: usize) -> Option<Cited> {
    let after = |word: &str| i > 0 && article.lower(i - 1) == word;
    let cue = match article.lower(i) {
        "citing" | "quoting" => i..i + 1,
        "cited" | "quoted" | "cites" | "quotes" if after("which") || after("who") => i..i + 1,
        "reference" if after("with") && i + 1 < end && article.lower(i + 1) == "to" => i - 1..i + 2,
        _ => return None,
    };
    let party = noun_phrase_starting(article, cue.end, end)?;
    let named = party.clone().any(|t| matches!(article.tag(t), Tag::NNP | Tag::NNPS));
    let known =
        party.clone().any(|t| PARTIES.contains(article.lemma(t)) || PARTIES.contains(article.lower(t)));
    (named || known).then_some(Cited { cue, party })
}

fn relay(
    article: &Annotated<'_>,
    sentence: &Range<usize>,
    cited: &Cited,
    found: &mut Vec<Attribution>,
    near: &mut Vec<usize>,
) {
    let at = cited.cue.start;
    let meets = |ranges: &[Range<usize>], t: usize| ranges.iter().any(|r| r.contains(&t));
    let is_own = |a: &Attribution| meets(&a.cue, at) || meets(&a.cue, cited.cue.end - 1);
    let own = near.iter().copied().find(|&k| is_own(&found[k]));
    // Of several reports in the sentence, the one whose verb the citing hangs on, else the one before.
    let reports = |a: &Attribution| {
        let here = a.cue.first().is_some_and(|c| {
            sentence.contains(&c.start) && self::cited(article, c.start, sentence.end).is_none()
        });
        here && a.rule != RELAY && !a.source.is_empty() && words(&a.content) >= LEAST
    };
    let hangs_on = article.head(at);
    let report = near
        .iter()
        .copied()
        .filter(|&k| Some(k) != own && reports(&found[k]))
        .max_by_key(|&k| (hangs_on.is_some_and(|h| meets(&found[k].cue, h)), std::cmp::Reverse(k)));
    let report = match (report, own) {
        (Some(k), _) => k,
        (None, Some(k)) => match report_of(article, sentence, cited, &found[k]) {
            Some(report) => {
                found[k] = report;
                k
            }
            None => return,
        },
        (None, None) => return,
    };
    let content = without(article, &found[report].content, &(at..cited.party.end));
    if words(&content) < LEAST || meets(&found[report].source, at) {
        return;
    }
    found[report].content.clone_from(&content);
    let confidence = found[report].confidence;
    let passed_on = Attribution {
        source: vec![cited.party.clone()],
        cue: vec![cited.cue.clone()],
        content,
        matched: cues::at(article, at),
        rule: RELAY,
        confidence,
    };
    match own.filter(|&k| k != report) {
        Some(k) => found[k] = passed_on,
        None => {
            near.push(found.len());
            found.push(passed_on);
        }
    }
}

/// "Reuters reported, citing officials, that …", where the citing was taken for the only cue: the report around it.
fn report_of(
    article: &Annotated<'_>,
    sentence: &Range<usize>,
    cited: &Cited,
    citing: &Attribution,
) -> Option<Attribution> {
    let verb = article.head(cited.cue.start).filter(|v| sentence.contains(v))?;
    let says = article.tag(verb).is_verb() && cues::verb(article.lemma(verb)).is_some();
    let mut content = without(article, &citing.content, &cited.party);
    // "said, citing Yonhap, citing the NIS, that …": nobody took what follows
    let rest = rest(article, sentence, cited);
    if citing.content.iter().all(|r| r.end <= rest.start) {
        content = vec![rest];
    }
    (says && !citing.source.is_empty() && words(&content) >= LEAST).then(|| Attribution {
        cue: vec![verb..verb + 1],
        content,
        matched: cues::at(article, verb),
        ..citing.clone()
    })
}

/// What follows a citation, and others that follow it, up to the end of the sentence.
fn rest(article: &Annotated<'_>, sentence: &Range<usize>, citing: &Cited) -> Range<usize> {
    let is = |t: usize, tag: Tag| t < sentence.end && article.tag(t) == tag;
    let mut start = citing.party.end;
    loop {
        start += usize::from(is(start, Tag::Comma));
        match (start < sentence.end).then(|| cited(article, start, sentence.end)).flatten() {
            Some(next) => start = next.party.end,
            None => break,
        }
    }
    let mut end = sentence.end;
    while end > start && matches!(article.tag(end - 1), Tag::Period | Tag::CloseQuote) {
        end -= 1;
    }
    start..end
}

/// A content without the words of a citation, and without the comma that they leave at its edge.
fn without(article: &Annotated<'_>, content: &[Range<usize>], words: &Range<usize>) -> Vec<Range<usize>> {
    let comma = |t: usize| article.tag(t) == Tag::Comma;
    content
        .iter()
        .flat_map(|r| [r.start..r.end.min(words.start), r.start.max(words.end)..r.end])
        .map(|mut r| {
            while r.start < r.end && comma(r.start) {
                r.start += 1;
            }
            while r.start < r.end && comma(r.end - 1) {
                r.end -= 1;
            }
            r
        })
        .filter(|r| r.start < r.end)
        .collect()
}

fn words(content: &[Range<usize>]) -> usize {
    content.iter().map(Range::len).sum()
}
