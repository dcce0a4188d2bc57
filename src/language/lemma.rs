//! Lemmas: a table of irregular forms, and rules for the rest.
//!
//! The rules strip an inflection and repair the stem's spelling (`denied` deny, `stopping` stop, `escalating`
//! escalate), after Minnen, Carroll and Pearce, "Applied morphological processing of English" (2001), much
//! reduced. The part of speech decides which rules apply.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::Tag;

/// Word classes that inflect.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    Verb,
    Noun,
    Adjective,
}

static IRREGULAR: LazyLock<FxHashMap<(Class, &'static str), &'static str>> =
    LazyLock::new(|| parse(include_str!("../../lexicon/lemmas.tsv")));

fn parse(table: &'static str) -> FxHashMap<(Class, &'static str), &'static str> {
    let rows = crate::lexicon::rows(table);
    rows.map(|row| {
        let mut columns = row.split('\t');
        let mut next = || columns.next().expect("every row has three columns");
        let (form, class, lemma) = (next(), next(), next());
        let class = match class {
            "verb" => Class::Verb,
            "noun" => Class::Noun,
            "adjective" => Class::Adjective,
            other => unreachable!("no such word class: {other}"),
        };
        ((class, form), lemma)
    })
    .collect()
}

/// The lemma of an irregular form of a verb ("blown", "sent"), in lower case; `None` for any other word.
pub(crate) fn irregular_verb(lower: &str) -> Option<&'static str> {
    IRREGULAR.get(&(Class::Verb, lower)).copied()
}

/// The singular of an irregular plural ("children"), in lower case; `None` for any other word.
pub(crate) fn irregular_noun(lower: &str) -> Option<&'static str> {
    IRREGULAR.get(&(Class::Noun, lower)).copied()
}

/// The lemma of a word, given as written, in lower case, and with its tag.
///
/// Proper nouns keep their capitals; everything else is in lower case.
#[must_use]
pub fn lemma(word: &str, lower: &str, tag: Tag) -> String {
    use Tag::{DT, JJR, JJS, MD, NNP, NNPS, NNS, PRP, RB, RBR, RBS, VB, VBD, VBG, VBN, VBP, VBZ};
    match tag {
        NNP => word.to_owned(),
        NNPS => plural_name(word),
        NNS => inflected(Class::Noun, lower, noun),
        VBZ | VBP | VB | VBD | VBN | VBG => match (lower, tag) {
            ("'s" | "s", VBZ) => "be".to_owned(),
            ("'d", VBD | VBN) => "have".to_owned(),
            _ => inflected(Class::Verb, lower, |form| verb(form, tag)),
        },
        MD => inflected(Class::Verb, lower, str::to_owned),
        RBR | RBS if matches!(lower, "better" | "best") => "well".to_owned(),
        JJR | JJS | RBR | RBS => inflected(Class::Adjective, lower, adjective),
        PRP => pronoun(lower).to_owned(),
        DT if lower == "an" => "a".to_owned(),
        DT if lower == "these" => "this".to_owned(),
        DT if lower == "those" => "that".to_owned(),
        RB if lower == "n't" => "not".to_owned(),
        _ => lower.to_owned(),
    }
}

/// Looks the form up, or the last part of a hyphenated one, before the rules are applied.
fn inflected(class: Class, lower: &str, rules: impl Fn(&str) -> String) -> String {
    if let Some(lemma) = IRREGULAR.get(&(class, lower)) {
        return (*lemma).to_owned();
    }
    if let Some((first, last)) = lower.rsplit_once('-')
        && !last.is_empty()
    {
        let last = IRREGULAR.get(&(class, last)).map_or_else(|| rules(last), |l| (*l).to_owned());
        return format!("{first}-{last}");
    }
    rules(lower)
}

fn pronoun(lower: &str) -> &str {
    match lower {
        "me" | "i" => "I",
        "him" => "he",
        "her" => "she",
        "us" | "'s" => "we",
        "them" | "'em" => "they",
        other => other,
    }
}

fn plural_name(word: &str) -> String {
    if matches!(
        word,
        "Netherlands" | "Philippines" | "Olympics" | "Headquarters" | "States" | "News" | "Times" | "Affairs"
    ) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 2
    {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

fn noun(form: &str) -> String {
    if form.len() < 4 && !form.ends_with('s') || form.ends_with("ss") {
        return form.to_owned();
    }
    if form.starts_with(|c: char| c.is_ascii_digit()) && form.ends_with("0s") {
        return form.to_owned();
    }
    if let Some(stem) = form.strip_suffix("men") {
        return format!("{stem}man");
    }
    if let Some(stem) = form.strip_suffix("'s") {
        return stem.to_owned();
    }
    strip_s(form)
}

/// Takes off a plural or third-person `s`.
fn strip_s(form: &str) -> String {
    if let Some(stem) = form.strip_suffix("ies") {
        let short = stem.chars().count() < 2;
        return if short { format!("{stem}ie") } else { format!("{stem}y") };
    }
    if let Some(stem) = form.strip_suffix("es") {
        let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end));
        // "boxes" and "passes", but "causes", "sizes", "leases".
        let silent =
            ends(stem, &["us", "as", "is", "os", "ns", "rs", "ps", "ws", "iz", "az", "oz", "yz", "ls"]);
        if hissing && !(silent || stem.ends_with("es") && !stem.ends_with("ss")) {
            return stem.to_owned();
        }
        if ends(stem, &["go", "ho", "to", "do"]) && stem.len() > 2 && !stem.ends_with("oo") {
            return stem.to_owned();
        }
        return format!("{stem}e");
    }
    form.strip_suffix('s').filter(|stem| !stem.is_empty()).unwrap_or(form).to_owned()
}

fn verb(form: &str, tag: Tag) -> String {
    match tag {
        Tag::VBZ if form.ends_with('s') && !form.ends_with("ss") => strip_s(form),
        Tag::VBD | Tag::VBN => match form.strip_suffix("ed") {
            Some(stem) if let Some(stem) = stem.strip_suffix('i') => format!("{stem}y"),
            Some(stem) if has_vowel(stem) => stem_of(stem),
            _ => form.to_owned(),
        },
        Tag::VBG => match form.strip_suffix("ing").or_else(|| form.strip_suffix("in'")) {
            Some(stem) if has_vowel(stem) => stem_of(stem),
            _ => form.to_owned(),
        },
        _ => form.to_owned(),
    }
}

fn adjective(form: &str) -> String {
    let Some(stem) = form.strip_suffix("er").or_else(|| form.strip_suffix("est")) else {
        return form.to_owned();
    };
    if let Some(stem) = stem.strip_suffix('i') {
        return format!("{stem}y");
    }
    if stem.len() < 3 {
        return form.to_owned();
    }
    undoubled(stem).unwrap_or(stem).to_owned()
}

/// Repairs the stem that is left when `ed` or `ing` is taken off.
fn stem_of(stem: &str) -> String {
    if let Some(stem) = undoubled(stem) {
        return stem.to_owned();
    }
    if lost_e(stem) { format!("{stem}e") } else { stem.to_owned() }
}

/// The stem without a consonant that was doubled before the ending: `stopp` stop; but `kill`, `pass`.
fn undoubled(stem: &str) -> Option<&str> {
    let bytes = stem.as_bytes();
    let [.., before, last] = bytes else { return None };
    let doubled = before == last && matches!(last, b'b' | b'd' | b'g' | b'm' | b'n' | b'p' | b'r' | b't');
    (doubled && bytes.len() > 3).then(|| &stem[..stem.len() - 1])
}

/// Whether the stem is spelled with a final `e` that the ending swallowed: `escalat`, `forc`, `believ`.
fn lost_e(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    let [.., before, last] = bytes else { return false };
    let third = bytes.len().checked_sub(3).map(|i| bytes[i]);
    let vowel = |b: &u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    // One vowel letter before the last consonant, as in "decid", "persuad", "requir", but not "load", "need".
    let after_vowel = third.is_some_and(|t| vowel(&t)) && !stem[..stem.len() - 2].ends_with("qu");
    let single = vowel(before) && (!after_vowel || third == Some(b'u') && *before == b'a');
    match last {
        b'v' | b'c' | b'u' => true,
        b'z' => *before != b'z',
        b's' => *before != b's',
        b'e' => *before != b'e',
        b'g' => match before {
            b'n' => third == Some(b'a') || third == Some(b'e') || third == Some(b'u'),
            b'd' | b'r' | b'l' => true,
            _ => vowel(before),
        },
        b'l' => match before {
            b'b' | b'c' | b'd' | b'f' | b'g' | b'k' | b'p' | b't' | b'z' | b's' => true,
            b'i' => single && stem.len() > 2 && !ends(stem, &["evil", "unveil", "council", "pencil"]),
            b'a' => {
                single
                    && ends(stem, &["hal", "cal", "tal", "mal", "pal", "sal", "wal"])
                    && !stem.ends_with("signal")
            }
            b'u' => single && ends(stem, &["rul", "dul"]),
            b'o' => single && ends(stem, &["consol", "cajol", "parol"]),
            _ => false,
        },
        b't' => match before {
            b'a' => !matches!(third, Some(b'e' | b'o')) && stem.len() > 2,
            b'u' => single,
            _ => false,
        },
        b'd' => single,
        b'k' => single && *before != b'e',
        b'm' => {
            single
                && matches!(before, b'a' | b'i' | b'u' | b'o')
                && !ends(stem, &["ransom", "fathom", "custom"])
        }
        b'n' => single && matches!(before, b'i' | b'u'),
        b'p' => {
            single && matches!(before, b'a' | b'u' | b'o') && !ends(stem, &["gallop", "envelop", "wallop"])
        }
        b'r' if *before == b'o' => ends(stem, &["scor", "plor", "ador", "gnor", "restor"]),
        b'r' => single && matches!(before, b'i' | b'u' | b'a'),
        b'b' => single && matches!(before, b'i' | b'o' | b'u'),
        _ => false,
    }
}

fn has_vowel(stem: &str) -> bool {
    stem.len() > 1 && stem.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn ends(stem: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| stem.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: Tag, pairs: &[(&str, &str)]) {
        for (form, expected) in pairs {
            assert_eq!(lemma(form, &form.to_lowercase(), tag), *expected, "{form}");
        }
    }

    #[test]
    fn the_table_is_well_formed() {
        assert!(IRREGULAR.len() > 500);
        let lowered = |s: &str| s.to_lowercase() == s && !s.is_empty();
        assert!(IRREGULAR.iter().all(|((_, form), lemma)| lowered(form) && lowered(lemma)));
    }

    #[test]
    fn other_words_stay() {
        check(Tag::NN, &[("news", "news"), ("boss", "boss"), ("Meeting", "meeting")]);
        check(Tag::VB, &[("need", "need"), ("pass", "pass")]);
        check(Tag::NNP, &[("Kursk", "Kursk"), ("Times", "Times")]);
        check(Tag::NNS, &[("series", "series"), ("people", "people")]);
        check(Tag::NN, &[("", ""), ("s", "s")]);
        check(Tag::NNS, &[("s", "s"), ("", "")]);
    }

    #[test]
    fn verbs() {
        check(
            Tag::VBD,
            &[
                ("said", "say"),
                ("deployed", "deploy"),
                ("denied", "deny"),
                ("stopped", "stop"),
                ("killed", "kill"),
                ("announced", "announce"),
                ("escalated", "escalate"),
                ("agreed", "agree"),
                ("used", "use"),
                ("expressed", "express"),
                ("warned", "warn"),
                ("claimed", "claim"),
                ("stated", "state"),
                ("suggested", "suggest"),
                ("condemned", "condemn"),
                ("urged", "urge"),
                ("decided", "decide"),
                ("reported", "report"),
                ("loaded", "load"),
                ("prepared", "prepare"),
                ("visited", "visit"),
                ("accused", "accuse"),
                ("acknowledged", "acknowledge"),
                ("settled", "settle"),
                ("feared", "fear"),
                ("required", "require"),
                ("repaired", "repair"),
                ("planned", "plan"),
                ("determined", "determine"),
                ("resigned", "resign"),
                ("opened", "open"),
                ("mentioned", "mention"),
                ("raised", "raise"),
                ("failed", "fail"),
                ("filed", "file"),
                ("treated", "treat"),
                ("argued", "argue"),
                ("underscored", "underscore"),
                ("monitored", "monitor"),
                ("called", "call"),
            ],
        );
        check(
            Tag::VBG,
            &[
                ("saying", "say"),
                ("citing", "cite"),
                ("warning", "warn"),
                ("stating", "state"),
                ("dying", "die"),
                ("making", "make"),
                ("vowing", "vow"),
                ("asserting", "assert"),
                ("emphasizing", "emphasize"),
                ("bring", "bring"),
                ("seeing", "see"),
                ("fleeing", "flee"),
                ("planning", "plan"),
                ("hoping", "hope"),
            ],
        );
        check(
            Tag::VBZ,
            &[
                ("says", "say"),
                ("denies", "deny"),
                ("does", "do"),
                ("goes", "go"),
                ("poses", "pose"),
                ("expresses", "express"),
                ("watches", "watch"),
                ("'s", "be"),
                ("raises", "raise"),
                ("uses", "use"),
            ],
        );
        check(Tag::MD, &[("ca", "can"), ("wo", "will"), ("could", "could"), ("'ll", "will")]);
    }

    #[test]
    fn nouns() {
        check(
            Tag::NNS,
            &[
                ("soldiers", "soldier"),
                ("countries", "country"),
                ("men", "man"),
                ("crises", "crisis"),
                ("forces", "force"),
                ("losses", "loss"),
                ("boxes", "box"),
                ("houses", "house"),
                ("wives", "wife"),
                ("attaches", "attach"),
                ("missiles", "missile"),
                ("gunmen", "gunman"),
                ("1990s", "1990s"),
                ("vice-presidents", "vice-president"),
                ("heroes", "hero"),
                ("buses", "bus"),
                ("causes", "cause"),
            ],
        );
        check(Tag::NNPS, &[("Americans", "American"), ("States", "States"), ("Koreans", "Korean")]);
    }

    #[test]
    fn adjectives_and_pronouns() {
        check(Tag::JJR, &[("better", "good"), ("bigger", "big"), ("larger", "large"), ("heavier", "heavy")]);
        check(Tag::JJS, &[("worst", "bad"), ("strongest", "strong"), ("latest", "late")]);
        check(Tag::PRP, &[("him", "he"), ("They", "they"), ("us", "we")]);
        check(Tag::RB, &[("n't", "not"), ("reportedly", "reportedly")]);
        check(Tag::DT, &[("these", "this"), ("An", "a"), ("the", "the")]);
        check(Tag::PRPS, &[("his", "his")]);
    }
}
