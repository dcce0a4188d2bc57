//! The cue lexicon: words and phrases that attribute, with their act and certainty (`lexicon/cues.tsv`).
//!
//! A cue is found by [`at`], which takes the longest entry that starts at a token and whose word class fits the
//! token's tag: "called for" is `call for`, a demand, and not `call`.
//!
//! ```
//! use reportedly::document::Act;
//! use reportedly::extract::cues;
//! let cue = cues::verb("speculate").unwrap();
//! assert_eq!(cue.act, Act::Speculate);
//! assert!(cue.certainty < 1.0);
//! ```

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::{Act, Tag};
use crate::language::Annotated;

/// Word class of a cue. The order decides between entries of equal length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CueClass {
    /// "say", "point out": matched on lemmas.
    Verb,
    /// "report", "estimate", "rumor".
    Noun,
    /// "convinced", "adamant" (be + adjective + that).
    Adjective,
    /// "allegedly", "reportedly".
    Adverb,
    /// "according to", "in the words of": the source follows.
    Preposition,
}

impl CueClass {
    fn from_name(name: &str) -> Option<CueClass> {
        Some(match name {
            "verb" => CueClass::Verb,
            "noun" => CueClass::Noun,
            "adjective" => CueClass::Adjective,
            "adverb" => CueClass::Adverb,
            "preposition" => CueClass::Preposition,
            _ => return None,
        })
    }
}

/// One entry of the lexicon.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Lemma, or several separated by spaces.
    pub pattern: &'static str,
    /// Word class.
    pub class: CueClass,
    /// Speech act.
    pub act: Act,
    /// Act when the cue is negated ("did not confirm": decline).
    pub negated_act: Act,
    /// Certainty of the complement in [-3, 3], after MegaVeridicality.
    pub certainty: f32,
    /// The same when the cue is negated.
    pub negated_certainty: f32,
    /// The same for an infinitive ("refused to leave": -2.6), if it was rated.
    pub to_certainty: Option<f32>,
    /// The same for an infinitive when the cue is negated.
    pub negated_to_certainty: Option<f32>,
    /// CAMEO root code ("01" to "20"), if one fits.
    pub cameo: Option<&'static str>,
    /// Complements it takes.
    pub frames: Frames,
    /// How often the word is a cue, wherever it stands, in [0, 1].
    pub reliability: f32,
    /// How often it is one before a clause, outside quotations and other contents; "that" or without, or a quotation.
    pub that_reliability: f32,
    /// The same before a noun phrase, or "as".
    pub np_reliability: f32,
    /// The same before an infinitive.
    pub to_reliability: f32,
    /// The same before a wh-clause.
    pub wh_reliability: f32,
}

/// Complements that a cue takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Frames {
    /// A clause, with "that" or without.
    pub that: bool,
    /// A noun phrase ("denied the allegations").
    pub np: bool,
    /// An infinitive ("vowed to respond").
    pub to: bool,
    /// A quotation.
    pub quote: bool,
    /// A wh-clause ("explained why").
    pub wh: bool,
    /// "as" plus predicate ("described it as").
    pub r#as: bool,
}

/// A cue found in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The entry.
    pub cue: &'static Cue,
    /// The tokens it covers.
    pub tokens: Range<usize>,
}

/// Every entry, in the order of the table.
#[must_use]
pub fn all() -> &'static [Cue] {
    &LEXICON.cues
}

/// The longest cue that starts at token `i`, if any.
#[must_use]
pub fn at(article: &Annotated<'_>, i: usize) -> Option<Match> {
    let lexicon = &*LEXICON;
    let (lower, lemma) = (article.lower(i), article.lemma(i));
    // "was convinced that": after a copula a participle is an adjective, if the table knows it as one.
    let participle = article.tag(i) == Tag::VBN && follows_copula(article, i);
    let rank = |class: CueClass| if participle && class == CueClass::Adjective { None } else { Some(class) };
    let mut best: Option<(usize, &'static Cue, usize)> = None;
    let mut consider = |first: &str| {
        for &index in lexicon.by_first.get(first).into_iter().flatten() {
            let cue = &lexicon.cues[index as usize];
            let parts = cue.pattern.split(' ').count();
            // Entries are sorted by length, so nothing after a shorter one can win.
            if best.is_some_and(|(n, ..)| parts < n) {
                break;
            }
            let better = best.is_none_or(|(n, b, _)| parts > n || rank(cue.class) < rank(b.class));
            if better && let Some(end) = fit(article, i, cue) {
                best = Some((parts, cue, end));
            }
        }
    };
    consider(lower);
    if lemma != lower {
        consider(lemma);
    }
    best.map(|(_, cue, end)| Match { cue, tokens: i..end })
}

/// Whether a copula stands before token `i`, adverbs and negations aside.
fn follows_copula(article: &Annotated<'_>, i: usize) -> bool {
    let first = i.saturating_sub(3);
    let before = (first..i).rev().find(|&j| !article.tag(j).is_adverb());
    before.is_some_and(|j| {
        matches!(
            article.lemma(j),
            "be" | "'s" | "'re" | "remain" | "seem" | "appear" | "feel" | "become" | "get"
        )
    })
}

/// The verb cue of that lemma or phrase.
#[must_use]
pub fn verb(lemma: &str) -> Option<&'static Cue> {
    entry(CueClass::Verb, lemma)
}

/// The noun cue of that lemma or phrase.
#[must_use]
pub fn noun(lemma: &str) -> Option<&'static Cue> {
    entry(CueClass::Noun, lemma)
}

/// The adjective cue of that word or phrase.
#[must_use]
pub fn adjective(word: &str) -> Option<&'static Cue> {
    entry(CueClass::Adjective, word)
}

/// The adverb cue of that word.
#[must_use]
pub fn adverb(word: &str) -> Option<&'static Cue> {
    entry(CueClass::Adverb, word)
}

fn entry(class: CueClass, pattern: &str) -> Option<&'static Cue> {
    let first = pattern.split(' ').next()?;
    let candidates = LEXICON.by_first.get(first)?;
    candidates.iter().map(|&i| &LEXICON.cues[i as usize]).find(|c| c.class == class && c.pattern == pattern)
}

/// Where the entry ends if it stands at token `i`. Stays inside the sentence.
fn fit(article: &Annotated<'_>, i: usize, cue: &Cue) -> Option<usize> {
    let mut parts = cue.pattern.split(' ');
    let mut noun = false;
    let mut j = i;
    let mut limit = i + 1;
    if let Some(first) = parts.next()
        && !word_fits(article, i, first, cue.class)
    {
        return None;
    }
    if !tag_fits(article.tag(i), cue) {
        return None;
    }
    for part in parts {
        if limit == i + 1 {
            limit = article.sentences.get(article.sentence_of(i)).map_or(i + 1, |s| s.tokens().end);
            limit = limit.min(article.len());
        }
        noun |= is_common_noun(article.tag(j));
        j += 1;
        // "called again for": one adverb may stand between the parts of a verb.
        if cue.class == CueClass::Verb
            && j + 1 < limit
            && article.tag(j).is_adverb()
            && article.lower(j) != part
        {
            j += 1;
        }
        if j >= limit || !word_fits(article, j, part, cue.class) {
            return None;
        }
    }
    noun |= is_common_noun(article.tag(j));
    (cue.class != CueClass::Noun || noun).then_some(j + 1)
}

fn word_fits(article: &Annotated<'_>, i: usize, part: &str, class: CueClass) -> bool {
    article.lower(i) == part || (matches!(class, CueClass::Verb | CueClass::Noun) && article.lemma(i) == part)
}

/// Whether the first token's tag lets it begin this entry. Phrases carry their own evidence, except verbs.
fn tag_fits(tag: Tag, cue: &Cue) -> bool {
    let phrase = cue.pattern.contains(' ');
    match cue.class {
        CueClass::Verb => tag.is_verb(),
        CueClass::Noun | CueClass::Preposition => true,
        CueClass::Adjective => phrase || tag.is_adjective() || matches!(tag, Tag::VBN | Tag::IN | Tag::RB),
        CueClass::Adverb => phrase || tag.is_adverb() || tag.is_adjective(),
    }
}

fn is_common_noun(tag: Tag) -> bool {
    matches!(tag, Tag::NN | Tag::NNS)
}

struct Lexicon {
    cues: Vec<Cue>,
    /// Entries by first word, longest first, then by class.
    by_first: FxHashMap<&'static str, Vec<u32>>,
}

static TABLE: &str = include_str!("../../lexicon/cues.tsv");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let cues: Vec<Cue> = rows().filter_map(parse).collect();
    let mut by_first: FxHashMap<&'static str, Vec<u32>> = FxHashMap::default();
    for (i, cue) in cues.iter().enumerate() {
        let first = cue.pattern.split(' ').next().unwrap_or_default();
        by_first.entry(first).or_default().push(i as u32);
    }
    for entries in by_first.values_mut() {
        entries.sort_by_key(|&i| {
            let cue = &cues[i as usize];
            (std::cmp::Reverse(cue.pattern.split(' ').count()), cue.class, i)
        });
    }
    Lexicon { cues, by_first }
});

fn rows() -> impl Iterator<Item = &'static str> {
    crate::lexicon::rows(TABLE)
}

/// One row of the table; `None` if it is malformed (a unit test sees to it that none is).
fn parse(row: &'static str) -> Option<Cue> {
    let mut columns = row.split('\t');
    let mut next = || columns.next();
    let optional = |s: &str| if s == "-" { Some(None) } else { s.parse::<f32>().ok().map(Some) };
    Some(Cue {
        pattern: next()?,
        class: CueClass::from_name(next()?)?,
        act: act_from_name(next()?)?,
        negated_act: act_from_name(next()?)?,
        certainty: next()?.parse().ok()?,
        negated_certainty: next()?.parse().ok()?,
        to_certainty: optional(next()?)?,
        negated_to_certainty: optional(next()?)?,
        cameo: Some(next()?).filter(|c| *c != "-"),
        frames: frames(next()?)?,
        reliability: next()?.parse().ok()?,
        that_reliability: next()?.parse().ok()?,
        np_reliability: next()?.parse().ok()?,
        to_reliability: next()?.parse().ok()?,
        wh_reliability: next()?.parse().ok()?,
    })
}

fn act_from_name(name: &str) -> Option<Act> {
    Act::ALL.iter().copied().find(|a| a.as_str() == name)
}

fn frames(list: &str) -> Option<Frames> {
    let mut frames = Frames::default();
    for name in list.split(',').filter(|n| *n != "-") {
        match name {
            "that" => frames.that = true,
            "np" => frames.np = true,
            "to" => frames.to = true,
            "quote" => frames.quote = true,
            "wh" => frames.wh = true,
            "as" => frames.r#as = true,
            _ => return None,
        }
    }
    Some(frames)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagged::Tagged;

    /// The cues of a tagged sentence, left to right, not overlapping: "pattern@words".
    fn found(sentence: &str) -> Vec<String> {
        let tagged = Tagged::new(sentence);
        let article = tagged.annotated();
        let mut out = Vec::new();
        let mut i = 0;
        while i < article.len() {
            if let Some(m) = at(&article, i) {
                out.push(format!("{}@{}", m.cue.pattern, article.cover(m.tokens.clone()).of(article.text())));
                i = m.tokens.end;
            } else {
                i += 1;
            }
        }
        out
    }

    #[track_caller]
    fn check(sentence: &str, expected: &[&str]) {
        assert_eq!(found(sentence), expected, "{sentence}");
    }

    #[test]
    fn the_table_is_well_formed() {
        assert_eq!(rows().count(), all().len(), "a row does not parse");
        assert!(all().len() >= 600);
        let mut seen = rustc_hash::FxHashSet::default();
        for (row, cue) in rows().zip(all()) {
            assert_eq!(row.split('\t').count(), 17, "{row}");
            assert!(seen.insert((cue.class, cue.pattern)), "twice: {}", cue.pattern);
            assert!(
                cue.pattern.split(' ').all(|w| !w.is_empty() && w == w.to_lowercase()),
                "{}",
                cue.pattern
            );
            let numbers = [
                Some(cue.certainty),
                Some(cue.negated_certainty),
                cue.to_certainty,
                cue.negated_to_certainty,
            ];
            for number in numbers.into_iter().flatten() {
                assert!((-3.0..=3.0).contains(&number), "{}", cue.pattern);
            }
            let shares = [
                cue.reliability,
                cue.that_reliability,
                cue.np_reliability,
                cue.to_reliability,
                cue.wh_reliability,
            ];
            assert!(shares.iter().all(|r| (0.0..=1.0).contains(r)), "{}", cue.pattern);
            if let Some(code) = cue.cameo {
                assert!((1..=20).contains(&code.parse::<u8>().unwrap()), "{}", cue.pattern);
            }
        }
    }

    #[test]
    fn every_act_has_a_cue() {
        for act in Act::ALL {
            assert!(all().iter().any(|c| c.act == *act), "{act:?}");
        }
    }

    #[test]
    fn nothing_where_the_tag_does_not_fit() {
        check("The/DT statement/NN", &["statement@statement"]);
        check("Bob/NNP Hope/NNP arrived/VBD/arrive", &[]);
        check("the/DT house/NN collapsed/VBD/collapse", &[]);
        check("John/NNP Claim/NNP slept/VBD/sleep", &[]);
        // Nothing reaches over the end of a sentence.
        check("They/PRP called/VBD/call ./. For/IN years/NNS/year Ann/NNP slept/VBD/sleep", &["call@called"]);
    }

    #[test]
    fn the_longest_entry_wins() {
        check("Seoul/NNP called/VBD/call for/IN talks/NNS/talk", &["call for@called for", "talk@talks"]);
        check("Yoon/NNP called/VBD/call again/RB for/IN restraint/NN", &["call for@called again for"]);
        check("He/PRP pointed/VBD/point out/RP the/DT gap/NN", &["point out@pointed out"]);
        check("She/PRP made/VBD/make clear/JJ that/IN", &["make clear@made clear"]);
        check("She/PRP made/VBD/make it/PRP clear/JJ", &["make it clear@made it clear"]);
        check("He/PRP declined/VBD/decline to/TO comment/VB", &["decline to comment@declined to comment"]);
    }

    #[test]
    fn classes_are_told_apart_by_tag() {
        check("Reports/NNS/report say/VBP so/RB", &["report@Reports", "say so@say so"]);
        check("It/PRP reports/VBZ/report losses/NNS/loss", &["report@reports"]);
        let tagged = Tagged::new("Media/NNS/medium reports/NNS/report");
        let m = at(&tagged.annotated(), 1).unwrap();
        assert_eq!(m.cue.class, CueClass::Noun);
        check("the/DT alleged/JJ plot/NN", &["alleged@alleged"]);
        check("He/PRP alleged/VBD/allege a/DT plot/NN", &["allege@alleged"]);
    }

    #[test]
    fn sources_may_follow() {
        check("According/VBG/accord to/IN Yonhap/NNP", &["according to@According to"]);
        check("in/IN the/DT words/NNS/word of/IN Kim/NNP", &["in the words of@in the words of"]);
        check("They/PRP are/VBP/be convinced/VBN/convince that/IN", &["convinced@convinced"]);
        check("He/PRP is/VBZ/be aware/JJ", &["aware@aware"]);
    }

    #[test]
    fn lookups_find_exact_entries() {
        assert!(verb("house").is_none());
        assert!(noun("say").is_none());
        assert!(verb("").is_none());
        assert_eq!(verb("deny").unwrap().act, Act::Deny);
        assert!(verb("deny").unwrap().certainty <= -1.5);
        assert_eq!(verb("confirm").unwrap().negated_act, Act::Decline);
        assert_eq!(noun("rumor").unwrap().act, Act::Speculate);
        assert!(adverb("allegedly").unwrap().certainty < 1.0);
        assert!(adjective("convinced").is_some());
        assert!(verb("say").unwrap().frames.that && verb("say").unwrap().frames.quote);
    }
}
