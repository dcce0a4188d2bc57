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

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::number::{is_currency_mark, touches};
use crate::document::Base;
use crate::language::Annotated;
use crate::language::gazetteer::rows;
use crate::span::Span;

/// A unit found beside a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    /// Its code; of a compound, that of the first part.
    code: &'static str,
    /// What sort of unit.
    pub(super) kind: &'static str,
    /// What one of it is worth in `code`.
    pub(super) factor: f64,
    /// What one of `code` is worth in the base unit, and the offset.
    base: Option<(f64, f64)>,
    /// What it is per.
    per: Option<Per>,
}

/// The second part of a compound.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Per {
    code: &'static str,
    kind: &'static str,
    factor: f64,
    base: Option<f64>,
}

impl Unit {
    /// The code: UCUM or ISO 4217.
    pub(super) fn code(&self) -> Cow<'static, str> {
        match self.per {
            None => Cow::Borrowed(self.code),
            Some(per) => Cow::Owned(format!("{}/{}", self.code, per.code)),
        }
    }

    /// Whether both are the same unit, in whatever form.
    pub(super) fn is_same(&self, other: Unit) -> bool {
        self.code == other.code
            && self.factor == other.factor
            && self.per.map(|p| p.code) == other.per.map(|p| p.code)
    }

    /// The interval in the base unit, if there is one.
    pub(super) fn based(&self, low: Option<f64>, high: Option<f64>) -> Option<Base> {
        let ((factor, offset), first) = (self.base?, base_code(self.kind_of_code())?);
        let (factor, unit) = match self.per {
            None => (factor, Cow::Borrowed(first)),
            Some(per) => (factor / per.base?, Cow::Owned(format!("{first}/{}", base_code(per.kind)?))),
        };
        // Twelve digits: what binary fractions add behind them is no information.
        let convert = |v: f64| rounded(v * factor + offset, 12);
        Some(Base { unit: unit.into_owned(), low: low.map(convert), high: high.map(convert) })
    }

    fn kind_of_code(&self) -> &'static str {
        KINDS.get(self.code).copied().unwrap_or(self.kind)
    }

    /// How much larger one of this is than one of the other, if they measure the same.
    pub(super) fn ratio(&self, smaller: Unit) -> Option<f64> {
        if self.per.is_some() || smaller.per.is_some() || self.kind != smaller.kind {
            return None;
        }
        if self.code == smaller.code {
            return Some(smaller.factor / self.factor);
        }
        let (own, other) = (self.base?.0 * self.factor, smaller.base?.0 * smaller.factor);
        Some(other / own)
    }

    /// This per what the other is per.
    pub(super) fn per_as(self, other: Unit) -> Unit {
        if self.per.is_some() || self.kind != "currency" {
            return self;
        }
        Unit { per: other.per, kind: other.kind, ..self }
    }

    fn per(self, per: Unit) -> Unit {
        let kind = match (self.kind, per.kind) {
            ("currency", _) => "price",
            ("length", "time") => "speed",
            _ => "rate",
        };
        let base = per.base.map(|(factor, _)| factor);
        let per = Per { code: per.code, kind: per.kind, factor: per.factor, base };
        Unit { kind, factor: self.factor / per.factor, per: Some(per), ..self }
    }
}

/// `v` to so many digits.
pub(super) fn rounded(v: f64, digits: i32) -> f64 {
    if v == 0.0 || !v.is_finite() {
        return v;
    }
    let places = digits - 1 - v.abs().log10().floor() as i32;
    if !(-300..=300).contains(&places) {
        return v;
    }
    // Dividing by a power of ten keeps what multiplying by its inverse would not.
    if places >= 0 {
        let scale = 10f64.powi(places);
        (v * scale).round() / scale
    } else {
        let scale = 10f64.powi(-places);
        (v / scale).round() * scale
    }
}

fn entries() -> impl Iterator<Item = (Unit, &'static str)> {
    let money = rows(include_str!("../../../lexicon/currencies.tsv")).filter_map(|row| {
        let &[code, factor, forms] = row.as_slice() else { return None };
        let factor = factor.parse().ok()?;
        Some((Unit { code, kind: "currency", factor, base: None, per: None }, forms))
    });
    let measures = rows(include_str!("../../../lexicon/units.tsv")).filter_map(|row| {
        let &[code, kind, factor, base, forms] = row.as_slice() else { return None };
        let factor = factor.parse().ok()?;
        let base = match base.split_once(' ') {
            Some((scale, offset)) => Some((scale.parse().ok()?, offset.parse().ok()?)),
            None => base.parse().ok().map(|scale| (scale, 0.0)),
        };
        Some((Unit { code, kind, factor, base, per: None }, forms))
    });
    measures.chain(money)
}

static FORMS: LazyLock<FxHashMap<&'static str, Unit>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for (unit, forms) in entries().filter(|(unit, _)| unit.kind != "each") {
        for form in forms.split('|') {
            out.entry(form).or_insert(unit);
        }
    }
    out
});

/// What stands only behind "per": "share", "person".
static EACH: LazyLock<FxHashMap<&'static str, Unit>> = LazyLock::new(|| {
    let each = entries().filter(|(unit, _)| unit.kind == "each");
    each.map(|(unit, form)| (form, unit)).collect()
});

/// The forms in lower case: "degrees celsius", "KILOMETERS". Of two that differ in case alone the longer list's first.
static LOWER: LazyLock<FxHashMap<String, Unit>> = LazyLock::new(|| {
    let mut long: Vec<_> = FORMS.iter().filter(|(form, _)| form.len() > 3).collect();
    // Two forms that differ in case alone mean the same unit; sorting makes the choice certain.
    long.sort_unstable_by_key(|(form, _)| **form);
    long.into_iter().map(|(form, unit)| (form.to_lowercase(), *unit)).collect()
});

static KINDS: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| entries().map(|(unit, _)| (unit.code, unit.kind)).collect());

static BASES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/unit_kinds.tsv"))
        .filter_map(|row| match row.as_slice() {
            &[kind, base] => Some((kind, base)),
            _ => None,
        })
        .collect()
});

fn base_code(kind: &str) -> Option<&'static str> {
    BASES.get(kind).copied()
}

/// What a unit measures: "length" for `km`, "currency" for `USD`, "share" for `%`, "price" for `USD/[bbl_us]`.
#[must_use]
pub fn kind(code: &str) -> Option<&'static str> {
    if let Some(kind) = KINDS.get(code) {
        return Some(kind);
    }
    let (first, second) = code.split_once('/')?;
    if first.is_empty() {
        // "10,000 shells a day"
        return KINDS.get(second).map(|_| "rate");
    }
    match (KINDS.get(first).copied()?, KINDS.get(second).copied()?) {
        ("currency", _) => Some("price"),
        ("length", "time") => Some("speed"),
        _ => Some("rate"),
    }
}

/// Whether the code is put together of two ("USD/[bbl_us]"), and not one of the table ("km/h").
#[cfg(feature = "train")]
pub(crate) fn is_compound(code: &str) -> bool {
    !KINDS.contains_key(code) && kind(code).is_some()
}

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

fn denominator(phrase: &str, article_word: bool) -> Option<Unit> {
    if let Some(unit) = EACH.get(phrase) {
        return Some(*unit);
    }
    let unit = form(phrase)?;
    let fits = match unit.kind {
        "time" => !article_word || !phrase.contains(' '),
        "currency" | "share" | "multiple" => false,
        _ => !article_word || phrase.len() > 3,
    };
    let singular = !article_word || !phrase.ends_with('s') || phrase == "s";
    (fits && singular).then_some(unit)
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
    let letters =
        bare.chars().count() > 1 || matches!(bare, "m" | "g" | "%" | "L" | "l" | "W" | "V" | "p" | "h" | "°");
    letters.then_some(unit)
}

/// A unit in one word, which hyphens may hold together: "year-old", "barrel-a-day", "km/h"; the full stop of a sentence
/// may stick to it.
fn named_word(word: &str) -> Option<Unit> {
    if let Some(unit) = form(word).or_else(|| form(word.strip_suffix('.')?)) {
        return Some(unit);
    }
    if !word.contains(['-', '/']) || word.len() > 40 {
        return None;
    }
    named(&word.replace('-', " "))
}

/// The unit with that name, in one or two parts: "dollar per barrel", "kV/cm", "barrel a day".
pub(super) fn named(name: &str) -> Option<Unit> {
    if let Some(unit) = form(name) {
        return Some(unit);
    }
    [" per ", "/", " a ", " an "].into_iter().find_map(|between| {
        let (first, second) = name.split_once(between)?;
        Some(form(first)?.per(denominator(second, between.starts_with(" a"))?))
    })
}

fn form(phrase: &str) -> Option<Unit> {
    if let Some(unit) = FORMS.get(phrase) {
        return Some(*unit);
    }
    if phrase.len() <= 3 {
        return None;
    }
    if phrase.bytes().any(|b| b.is_ascii_uppercase()) {
        return LOWER.get(phrase.to_lowercase().as_str()).copied();
    }
    LOWER.get(phrase).copied()
}

/// The currency whose sign or code is written together with a number: "RM" in "RM300", "USD" in "USD1,700".
pub(super) fn glued(prefix: &str) -> Option<Unit> {
    FORMS
        .get(prefix)
        .filter(|u| u.kind == "currency" && prefix.starts_with(|c: char| c.is_ascii_uppercase()))
        .copied()
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
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let mut n = 0;
        for (unit, forms) in entries() {
            n += 1;
            assert!(!unit.code.is_empty() && unit.factor > 0.0, "{unit:?}");
            if unit.kind == "currency" {
                assert!(
                    unit.code.len() == 3 && unit.code.bytes().all(|b| b.is_ascii_uppercase()),
                    "{unit:?}"
                );
            } else if unit.kind != "each" {
                assert_eq!(
                    unit.base.is_some(),
                    base_code(unit.kind).is_some() && !matches!(unit.code, "{mach}" | "L/(100.km)"),
                    "{unit:?}"
                );
            }
            for form in forms.split('|') {
                assert!(!form.is_empty() && form.split(' ').count() <= LONGEST, "{form}");
            }
        }
        let lines = |table: &'static str| rows(table).count();
        let all = lines(include_str!("../../../lexicon/units.tsv"))
            + lines(include_str!("../../../lexicon/currencies.tsv"));
        assert_eq!(n, all, "every row is read");
    }

    /// No form means two units: the first would hide the second.
    #[test]
    fn forms_stand_once() {
        let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
        for (unit, forms) in entries() {
            for form in forms.split('|') {
                if let Some(other) = seen.insert(form, unit.code) {
                    panic!("{form:?} is {other} and {}", unit.code);
                }
            }
        }
    }

    #[test]
    fn written_together() {
        assert_eq!(tail("x"), None);
        assert_eq!(tail("mm").map(|u| u.code), Some("mm"));
        assert_eq!(tail("-kilometer").map(|u| u.code), Some("km"));
        assert_eq!(tail("-year-old").map(|u| u.code), Some("a"));
        assert_eq!(tail("-cent-a-share").map(|u| u.code().into_owned()), Some("USD/{share}".to_owned()));
    }

    #[test]
    fn compounds_are_put_together() {
        let code = |name: &str| named(name).map(|u| u.code().into_owned()).unwrap_or_default();
        assert_eq!(code("dollar per barrel"), "USD/[bbl_us]");
        assert_eq!(code("mile per hour"), "[mi_i]/h");
        assert_eq!(code("kilovolt per centimetre"), "kV/cm");
        assert_eq!(code("soldier per day"), "");
        assert_eq!(kind("USD/[bbl_us]"), Some("price"));
        assert_eq!(kind("m/s"), Some("speed"));
        assert_eq!(kind("count"), None);
    }

    /// One of `name` in the base unit.
    fn worth(name: &str) -> f64 {
        let unit = named(name).unwrap_or_else(|| panic!("{name} is a unit"));
        unit.based(Some(unit.factor), None).and_then(|base| base.low).unwrap_or(f64::NAN)
    }

    /// The definitions of NIST SP 811 tie the customary units together.
    #[test]
    fn factors_agree_with_definitions() {
        for (one, many, of) in [
            ("mile", 1760.0, "yard"),
            ("yard", 3.0, "foot"),
            ("foot", 12.0, "inch"),
            ("inch", 2.54, "cm"),
            ("nautical mile", 1.852, "km"),
            ("fathom", 6.0, "foot"),
            ("pound", 16.0, "ounce"),
            ("short ton", 2000.0, "pound"),
            ("long ton", 2240.0, "pound"),
            ("stone", 14.0, "pound"),
            ("troy ounce", 480.0 / 7000.0, "pound"),
            ("gallon", 231.0, "cubic inch"),
            ("gallon", 4.0, "quart"),
            ("gallon", 128.0, "fluid ounce"),
            ("quart", 2.0, "pint"),
            ("barrel", 42.0, "gallon"),
            ("bushel", 2150.42, "cubic inch"),
            ("cubic foot", 1728.0, "cubic inch"),
            ("square mile", 640.0, "acre"),
            ("square foot", 144.0, "square inch"),
            ("psi", 4.4482216152605 / 0.00064516, "pascal"),
            ("horsepower", 550.0, "foot-pounds per second"),
            ("Btu", 1055.05585262, "joule"),
            ("calorie", 4.184, "kJ"),
            ("kWh", 3.6, "MJ"),
            ("year", 365.25, "day"),
            ("year", 12.0, "month"),
            ("week", 7.0, "day"),
            ("knot", 1.852, "km/h"),
            ("mph", 1609.344 / 1000.0, "km/h"),
            ("light year", 299_792_458.0 * 31_557_600.0, "meter"),
        ] {
            let ratio = worth(one) / (many * worth(of));
            // The survey foot that acres and square miles rest on differs from the international one by 2 in a million.
            assert!((ratio - 1.0).abs() < 5e-6, "{one} = {many} {of}: {ratio}");
        }
        let celsius = named("degrees Fahrenheit").and_then(|f| f.based(Some(212.0), Some(32.0)));
        let celsius = celsius.map(|b| (b.low.map(|v| v.round()), b.high.map(|v| (v * 100.0).round())));
        assert_eq!(celsius, Some((Some(373.0), Some(27315.0))));
    }
}
