//! Words of running text, as terms to compare: stop words aside, endings cut.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::document::Document;
use crate::language::lemma::irregular_verb;
use crate::span::Span;

const STOP_WORDS: &str = "a about above across after again against all almost also although always am amid among an and \
    any are around as at away back be became because been before being below between both but by came can cannot could \
    did do does doing done down during each either else ever every few for from further get given go going got had has \
    have having he her here hers herself him himself his how however i if in indeed into is it its itself just last least \
    less let like likely made make many may me might more most mr mrs ms much must my myself near need neither never next \
    no nor not now of off often on once one only onto or other others our ours out over own part per perhaps put quite \
    rather re really s said same say says see seem seemed seems several shall she should since so some still such t take \
    than that the their theirs them themselves then there these they this those though through thus to together told too \
    toward towards two under until up upon us use used very via was way we well went were what when where whether which \
    while who whom whose why will with within without would yet you your yours yourself new year years day days week \
    weeks month months time times today yesterday monday tuesday wednesday thursday friday saturday sunday according \
    added adding called including reported reports report statement statements allegation allegations accusation accusations \
    claim claims claimed rumor rumors rumour rumours regarding concerning";

static STOPS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());

/// The words of `text[within]`: runs of letters and digits, where they stand.
pub(super) fn words(text: &str, within: Span) -> impl Iterator<Item = Span> + '_ {
    let base = within.start();
    let part = within.of(text);
    let mut chars = part.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, c) = chars.next()?;
            if !c.is_alphanumeric() {
                continue;
            }
            let mut end = start + c.len_utf8();
            while let Some(&(at, c)) = chars.peek() {
                if !c.is_alphanumeric() {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            return Some(Span::new(base + start, base + end));
        }
    })
}

/// A word as a term: lower case, endings cut; `None` for stop words, single letters and numbers.
///
/// Cutting words to their first letters is the crudest stemmer and, for grouping news, as good as an elaborate one
/// (Can et al., "Information retrieval on Turkish texts", JASIST 2008, measured the same for a far richer morphology).
pub(super) fn term(word: &str) -> Option<String> {
    if word.len() < 2 || word.len() > 64 {
        return None;
    }
    let lower = word.to_lowercase();
    if STOPS.contains(lower.as_str()) || lower.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut stem = irregular_verb(&lower).unwrap_or(&lower);
    // "dumping", "dumped", "dump"; "thing" and "bed" are left alone
    for ending in ["ing", "ed"] {
        let vowel = |s: &str| s.bytes().any(|b| b"aeiouy".contains(&b));
        if let Some(rest) = stem.strip_suffix(ending).filter(|rest| rest.len() >= 3 && vowel(rest)) {
            let doubled = rest.as_bytes()[rest.len() - 2..].windows(2).all(|p| p[0] == p[1]);
            // "stopped" is "stop", "killed" is "kill"
            let kept = rest.ends_with(['l', 's', 'z']) || !rest.is_ascii();
            stem = if doubled && !kept { &rest[..rest.len() - 1] } else { rest };
            break;
        }
    }
    // "Korean" is "Korea"; "troops" is "troop".
    let adjective = stem.len() >= 6 && stem.ends_with("an");
    let plural = stem.len() > 4 && stem.ends_with('s') && !stem.ends_with("ss");
    if adjective || plural {
        stem = &stem[..stem.len() - 1];
    }
    let cut = stem.char_indices().nth(6).map_or(stem.len(), |(i, _)| i);
    let mut stem = &stem[..cut];
    if stem.len() > 3 {
        stem = stem.strip_suffix('e').unwrap_or(stem);
    }
    Some(stem.to_owned())
}

/// The terms of some spans, sorted, each once.
pub(super) fn terms_in(text: &str, spans: &[Span]) -> Vec<String> {
    let mut out: Vec<String> =
        spans.iter().flat_map(|s| words(text, *s)).take(400).filter_map(|w| term(w.of(text))).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The running text of a document: its prose blocks.
pub(super) fn prose(document: &Document) -> impl Iterator<Item = Span> + '_ {
    document.blocks.iter().filter(|b| b.kind.is_prose()).map(|b| b.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_term() {
        assert_eq!(term("deployed"), term("deployment"));
        assert_eq!(term("blown"), term("blowing"));
        assert_eq!(term("moved"), term("move"));
        assert_eq!(term("stopping"), term("stopped"));
        assert_eq!(term("Korean"), term("Korea"));
        assert_eq!(term("troops"), term("troop"));
        assert_ne!(term("soldier"), term("sold"));
        assert_eq!(term("the"), None);
        assert_eq!(term("1,500"), None);
    }
}
