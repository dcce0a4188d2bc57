//! The tables of units and currencies: codes, forms, kinds, and what each is worth in its base unit.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::Base;
use crate::language::gazetteer::rows;

/// A unit found beside a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::extract::quantity) struct Unit {
    /// Its code; of a compound, that of the first part.
    pub(super) code: &'static str,
    /// What sort of unit.
    pub(in crate::extract::quantity) kind: &'static str,
    /// What one of it is worth in `code`.
    pub(in crate::extract::quantity) factor: f64,
    /// What one of `code` is worth in the base unit, and the offset.
    pub(super) base: Option<(f64, f64)>,
    /// What it is per.
    pub(super) per: Option<Per>,
}

/// The second part of a compound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Per {
    code: &'static str,
    kind: &'static str,
    factor: f64,
    base: Option<f64>,
}

impl Unit {
    /// The code: UCUM or ISO 4217.
    pub(in crate::extract::quantity) fn code(&self) -> Cow<'static, str> {
        match self.per {
            None => Cow::Borrowed(self.code),
            Some(per) => Cow::Owned(format!("{}/{}", self.code, per.code)),
        }
    }

    /// Whether both are the same unit, in whatever form.
    pub(in crate::extract::quantity) fn is_same(&self, other: Unit) -> bool {
        self.code == other.code
            && self.factor == other.factor
            && self.per.map(|p| p.code) == other.per.map(|p| p.code)
    }

    /// The interval in the base unit, if there is one.
    pub(in crate::extract::quantity) fn based(&self, low: Option<f64>, high: Option<f64>) -> Option<Base> {
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
    pub(in crate::extract::quantity) fn ratio(&self, smaller: Unit) -> Option<f64> {
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
    pub(in crate::extract::quantity) fn per_as(self, other: Unit) -> Unit {
        if self.per.is_some() || self.kind != "currency" {
            return self;
        }
        Unit { per: other.per, kind: other.kind, ..self }
    }

    pub(super) fn per(self, per: Unit) -> Unit {
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
pub(in crate::extract::quantity) fn rounded(v: f64, digits: i32) -> f64 {
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

pub(super) fn entries() -> impl Iterator<Item = (Unit, &'static str)> {
    let money = rows(include_str!("../../../../lexicon/currencies.tsv")).filter_map(|row| {
        let &[code, factor, forms] = row.as_slice() else { return None };
        let factor = factor.parse().ok()?;
        Some((Unit { code, kind: "currency", factor, base: None, per: None }, forms))
    });
    let measures = rows(include_str!("../../../../lexicon/units.tsv")).filter_map(|row| {
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

pub(super) static FORMS: LazyLock<FxHashMap<&'static str, Unit>> = LazyLock::new(|| {
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
    rows(include_str!("../../../../lexicon/unit_kinds.tsv"))
        .filter_map(|row| match row.as_slice() {
            &[kind, base] => Some((kind, base)),
            _ => None,
        })
        .collect()
});

pub(super) fn base_code(kind: &str) -> Option<&'static str> {
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

pub(super) fn denominator(phrase: &str, article_word: bool) -> Option<Unit> {
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

/// A unit in one word, which hyphens may hold together: "year-old", "barrel-a-day", "km/h"; the full stop of a sentence
/// may stick to it.
pub(super) fn named_word(word: &str) -> Option<Unit> {
    if let Some(unit) = form(word).or_else(|| form(word.strip_suffix('.')?)) {
        return Some(unit);
    }
    if !word.contains(['-', '/']) || word.len() > 40 {
        return None;
    }
    named(&word.replace('-', " "))
}

/// The unit with that name, in one or two parts: "dollar per barrel", "kV/cm", "barrel a day".
pub(in crate::extract::quantity) fn named(name: &str) -> Option<Unit> {
    if let Some(unit) = form(name) {
        return Some(unit);
    }
    [" per ", "/", " a ", " an "].into_iter().find_map(|between| {
        let (first, second) = name.split_once(between)?;
        Some(form(first)?.per(denominator(second, between.starts_with(" a"))?))
    })
}

pub(super) fn form(phrase: &str) -> Option<Unit> {
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
pub(in crate::extract::quantity) fn glued(prefix: &str) -> Option<Unit> {
    FORMS
        .get(prefix)
        .filter(|u| u.kind == "currency" && prefix.starts_with(|c: char| c.is_ascii_uppercase()))
        .copied()
}
