//! Units: per cent, currencies (ISO 4217), measures (UCUM), compounds of two of them, and base units.
//!
//! `lexicon/units.tsv` and `lexicon/currencies.tsv` list them with the forms in which news writes them. What is "per"
//! something else is put together: "$58.24 a barrel" is in `USD/[bbl_us]`, "10 kV/cm" in `kV/cm`, "$6 per share" in
//! `USD/{share}`.
//!
//! Conversion is a factor into the base unit of the kind (`lexicon/unit_kinds.tsv`), with an offset for temperatures; of
//! compounds the quotient. The factors stand in our own table, from NIST SP 811: the well-kept crates (`uom`, `measurements`)
//! fix units in types when they are compiled, know no UCUM codes, and would be the larger part of the build, for two
//! multiplications. Tests hold the table to the definitions that tie units together (1 mi = 1760 yd, 1 psi = 1 lbf/in²).

mod tables;

use super::number::{is_currency_mark, touches};
use crate::language::Annotated;
use crate::span::Span;
#[cfg(feature = "train")]
pub(crate) use tables::is_compound;
pub use tables::kind;
use tables::{FORMS, denominator, form, named_word};
pub(super) use tables::{Unit, glued, named, rounded};

/// Longest form of the tables, in tokens.
const LONGEST: usize = 5;

/// The unit that follows at token `i`, with what it is per, and the token after it.
pub(super) fn after(article: &Annotated<'_>, i: usize, end: usize) -> Option<(Unit, usize)> {
    let (unit, next) = simple(article, i, end)?;
    Some(per(article, next, end).map_or((unit, next), |(per, next)| (unit.per(per), next)))
}

/// The unit without what it is per.
fn simple(article: &Annotated<'_>, i: usize, end: usize) -> Option<(Unit, usize)> {
    if i >= end {
        return None;
    }
    // "20 (kg)"
    if matches!(article.word(i), "(" | "[" | "{" | "<") && i + 2 < end {
        let closed = matches!(article.word(i + 2), ")" | "]" | "}" | ">") && touches(article, i + 1);
        let unit =
            FORMS.get(article.word(i + 1)).filter(|u| closed && !matches!(u.kind, "currency" | "share"));
        return unit.map(|unit| (*unit, i + 3));
    }
    let i = if i + 1 < end && article.lower(i) == "-" && touches(article, i) == touches(article, i + 1) {
        i + 1
    } else {
        i
    };
    let mut phrase = String::new();
    (1..=LONGEST.min(end.saturating_sub(i))).rev().find_map(|n| {
        if !join(article, i, n, &mut phrase) {
            return None;
        }
        let unit = if n == 1 { named_word(&phrase) } else { form(&phrase) }?;
        let single = n == 1 && phrase.len() == 1 && phrase.starts_with(|c: char| c.is_ascii_alphabetic());
        let slash = i + 1 < end && article.word(i + 1) == "/" && touches(article, i + 1);
        // "5 C", "3 m" are written so; "plan 5 A", "group 2 h" are not worth the risk.
        let risky = single && !slash && !matches!(phrase.as_str(), "m" | "g" | "C" | "L" | "V");
        (!risky && !is_another_noun(article, i, n, end)).then_some((unit, i + n))
    })
}

/// The code of what counted things are per: "a day" in "10,000 shells a day", "per square mile". `i` is the token after
/// the noun.
pub(super) fn rate_after(article: &Annotated<'_>, i: usize, end: usize) -> Option<String> {
    let (per, _) = per(article, i, end)?;
    matches!(per.kind, "time" | "area" | "length" | "volume" | "mass").then(|| format!("/{}", per.code))
}

/// What the unit is per: "per barrel", "a day", "/cm2"; `i` is the token after the unit.
pub(super) fn per_after(article: &Annotated<'_>, unit: Unit, i: usize, end: usize) -> Option<(Unit, usize)> {
    if unit.per.is_some() {
        return None;
    }
    per(article, i, end).map(|(per, next)| (unit.per(per), next))
}

fn per(article: &Annotated<'_>, i: usize, end: usize) -> Option<(Unit, usize)> {
    if i + 1 >= end {
        // "a-year"
        let joined = (i < end).then(|| article.lower(i).split_once('-')).flatten()?;
        return joined_per(joined).map(|unit| (unit, i + 1));
    }
    let article_word = match article.lower(i) {
        "per" | "each" | "every" => false,
        "/" => {
            if !touches(article, i + 1) {
                return None;
            }
            false
        }
        "a" | "an" => true,
        lower => return joined_per(lower.split_once('-')?).map(|unit| (unit, i + 1)),
    };
    let mut phrase = String::new();
    let (unit, next) = (1..=3.min(end - i - 1)).rev().find_map(|n| {
        if !join(article, i + 1, n, &mut phrase) {
            return None;
        }
        Some((denominator(&phrase, article_word)?, i + 1 + n))
    })?;
    // "$5 a year ago", "2 % a week earlier": a time, and nothing per it.
    let dated = article_word
        && next < end
        && matches!(
            article.lower(next),
            "ago" | "earlier" | "later" | "before" | "after" | "old" | "apart" | "in" | "from"
        )
        && !(article.lower(next) == "in" || article.lower(next) == "from");
    // "a second later" and "a foot soldier" are none, "a year" before a noun is ("a year tobacco industry").
    (!dated).then_some((unit, next))
}

/// "a-year", "per-share".
fn joined_per((word, unit): (&str, &str)) -> Option<Unit> {
    if matches!(word, "a" | "an" | "per") { denominator(unit, word != "per") } else { None }
}

/// The words of tokens `i..i + n` with a space between them, if they may be a unit.
fn join(article: &Annotated<'_>, i: usize, n: usize, phrase: &mut String) -> bool {
    phrase.clear();
    for k in i..i + n {
        let word = article.word(k);
        if word.len() > 24 || phrase.len() > 48 {
            return false;
        }
        if k > i {
            phrase.push(' ');
        }
        phrase.push_str(word);
    }
    true
}

/// "foot soldiers", "won" the verb, "second" the ordinal, "square" the place: words that are no unit here.
fn is_another_noun(article: &Annotated<'_>, i: usize, words: usize, end: usize) -> bool {
    if words != 1 {
        return false;
    }
    let next = (i + 1 < end).then(|| article.lower(i + 1));
    match article.lower(i) {
        "foot" => next.is_some_and(|w| w.starts_with("soldier") || w == "patrol" || w == "patrols"),
        "won" => {
            next.is_some_and(|w| matches!(w, "the" | "a" | "their" | "his" | "her" | "its" | "in" | "by"))
        }
        "second" | "real" | "pounds" if next.is_some_and(|w| matches!(w, "sterling" | "estate" | "time")) => {
            true
        }
        "stone" | "bar" | "mole" => {
            i + 1 < end && (article.tag(i + 1).is_noun() || article.tag(i + 1).is_adjective())
        }
        "real" | "rand" | "dong" | "mi" | "pc" | "sol" | "som" => {
            article.word(i).starts_with(char::is_uppercase)
        }
        _ => false,
    }
}

/// The unit written together with a number: "mm", "-kilometer", "-year-old", "-cent-a-share".
pub(super) fn tail(text: &str) -> Option<Unit> {
    let bare = text.strip_prefix(['-', '‑', '–']).unwrap_or(text);
    // "6ft 2in"; a word apart from its number is the preposition.
    let unit = named_word(if bare == "in" { "inch" } else { bare })?;
    let letters = bare.chars().count() > 1
        || !bare.is_ascii()
        || matches!(bare, "m" | "g" | "%" | "L" | "l" | "W" | "V" | "p" | "h" | "°");
    letters.then_some(unit)
}

/// The currency sign or code that stands before token `i`, and its first token.
pub(super) fn before(article: &Annotated<'_>, i: usize, start: usize) -> Option<(Unit, usize)> {
    if i == start {
        return None;
    }
    let word = article.word(i - 1);
    if word.len() > 8 {
        return None;
    }
    let currency = |form: &str| FORMS.get(form).filter(|u| u.kind == "currency").copied();
    // "US $5", "U.S. $5", "HK $5", "c $ 5", but "A $5 bill"
    if word == "$" && i >= start + 2 {
        let prefix = article.word(i - 2);
        let apart = !touches(article, i - 1);
        if prefix.len() <= 4
            && !(apart && matches!(prefix, "A" | "a" | "S" | "s" | "R" | "B" | "L" | "N" | "J" | "G"))
        {
            let country: String = prefix.chars().filter(|c| *c != '.').collect();
            if let Some(unit) = currency(&format!("{}$", country.to_uppercase())) {
                return Some((unit, i - 2));
            }
        }
    }
    if is_currency_mark(word) {
        return currency(word).map(|unit| (unit, i - 1));
    }
    // "Y=590 billion", "Rs. 500"
    if matches!(word, "=" | ".") && i >= start + 2 && touches(article, i - 1) {
        let form = [article.word(i - 2), word].concat();
        return currency(&form).map(|unit| (unit, i - 2));
    }
    let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let sign =
        code || matches!(word, "Rs" | "Rs." | "RM" | "Rp" | "Tk" | "Dh" | "Dhs" | "KSh" | "sen" | "元");
    currency(word).filter(|_| sign).map(|unit| (unit, i - 1))
}

/// "$31.20 US", "$5 Canadian": the country behind an amount in dollars.
pub(super) fn country_after(article: &Annotated<'_>, i: usize, end: usize) -> Option<Unit> {
    if i >= end {
        return None;
    }
    let form = match article.word(i) {
        "US" | "U.S." | "USD" => "US$",
        "Canadian" | "CAD" | "Cdn" => "C$",
        "Australian" | "AUD" => "A$",
        _ => return None,
    };
    // "$5 US dollars" and "$5 Canadian bills" say it again, or another thing.
    let noun = i + 1 < end && article.tag(i + 1).is_noun();
    FORMS.get(form).filter(|_| !noun).copied()
}

/// Whether the span, which follows a number without a space, says only how the number is used: "-strong", "-member"
/// (`lexicon/designators.tsv`).
pub(super) fn is_suffix_of_count(text: &str, tail: Span) -> bool {
    super::refusal::is_joined(tail.of(text).trim_start_matches(['-', '‑', '–']))
}

#[cfg(test)]
mod tests;
