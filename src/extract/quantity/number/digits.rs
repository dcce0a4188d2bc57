//! Numerals: "1,500", "2.5 million", "1.2m", "10-15", "155mm", "3 1/2", "40 000", "RM300".

use super::words::{self, Word, cardinal, word};
use super::{Form, Number, follow, is_currency_mark, separators, touches};
use crate::document::Tag;
use crate::extract::quantity::{bound, unit};
use crate::language::Annotated;
use crate::span::Span;

/// A token that begins with digits, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral<'t> {
    pub(super) value: f64,
    /// The far end, for "10-15".
    pub(super) to: Option<f64>,
    /// Whether a scale is written with it: "1.2m".
    pub(super) scaled: bool,
    pub(super) bare: bool,
    pub(super) share: bool,
    pub(super) tail: &'t str,
}

/// The number that begins with the digits of token `i`.
pub(super) fn digits(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let written = article.word(i);
    let numeral = numeral(written).filter(|n| !(n.scaled && is_metres(article, i, n.value, end)));
    let numeral = numeral.or_else(|| metres(written))?;
    if let Some(grouped) = separators::grouped(article, i, end, &numeral) {
        return Some(grouped);
    }
    if let Some(decimal) = separators::decimal_comma(article, i, end, &numeral) {
        return Some(decimal);
    }
    number(article, i, article.span(i), numeral, i + 1, end)
}

/// ".5" where the point is a token of its own, behind a currency sign.
pub(super) fn pointed(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    if article.word(i).len() > 1 {
        return digits(article, i, end);
    }
    let money = i > 0 && touches(article, i) && is_currency_mark(article.word(i - 1));
    let fraction = i + 1 < end
        && touches(article, i + 1)
        && article.word(i + 1).starts_with(|c: char| c.is_ascii_digit());
    if !money || !fraction {
        return None;
    }
    let span = article.span(i).cover(article.span(i + 1));
    number(article, i, span, numeral(span.of(article.text()))?, i + 2, end)
}

/// "½".
pub(super) fn glyph(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let value = simple_fraction(article.word(i))?;
    let numeral = Numeral { value, to: None, scaled: false, bare: false, share: true, tail: "" };
    number(article, i, article.span(i), numeral, i + 1, end)
}

/// A number behind letters in the same word: "RM300", "USD1,700", "sub-500", "minus-130".
pub(super) fn prefixed(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let word = article.word(i);
    let at = word.bytes().take(8).position(|b| b.is_ascii_digit())?;
    let prefix = &word[..at];
    let minus = prefix.eq_ignore_ascii_case("minus-");
    if !minus && bound::joined(prefix).is_none() && unit::glued(prefix).is_none() {
        return None;
    }
    // The tokenizer may have cut such a word at its commas.
    let start = article.span(i).start() + at;
    let rest = &article.text()[start..article.span(end - 1).end()];
    let length = rest
        .char_indices()
        .take(32)
        .find(|(_, c)| !(c.is_alphanumeric() || matches!(c, ',' | '.' | '-' | '°' | '+')))
        .map_or_else(|| rest.char_indices().nth(32).map_or(rest.len(), |(at, _)| at), |(at, _)| at);
    let written = rest[..length].trim_end_matches([',', '.', '-', '+']);
    let span = Span::new(start, start + written.len());
    let mut next = i + 1;
    while next < end && article.span(next).start() < span.end() {
        next += 1;
    }
    let mut found = number(article, i, span, numeral(written)?, next, end)?;
    if minus {
        (found.low, found.high) = (-found.high, -found.low);
        found.span = Span::new(article.span(i).start(), found.span.end());
    }
    if found.form == Form::Bare {
        found.form = Form::Digits;
    }
    Some(found)
}

/// The number of a numeral that is written at `span`, with the tokens from `next` on that go on with it.
pub(super) fn number(
    article: &Annotated<'_>,
    i: usize,
    span: Span,
    mut numeral: Numeral<'_>,
    mut next: usize,
    end: usize,
) -> Option<Number> {
    // "3 1/2 miles"
    if let Some(part) = (next < end).then(|| simple_fraction(article.word(next))).flatten()
        && numeral.tail.is_empty()
        && numeral.to.is_none()
        && numeral.bare
    {
        numeral.value += part;
        numeral.bare = false;
        next += 1;
    }
    if numeral.tail.is_empty() && !numeral.share {
        if let Some((next, share)) =
            (numeral.bare).then(|| proportion(article, numeral.value, next, end)).flatten()
        {
            let span = Span::new(span.start(), article.span(next - 1).end());
            return Some(Number {
                first: i,
                next,
                span,
                low: share,
                high: share,
                form: Form::Share,
                tail: None,
            });
        }
        if let Some((value, after)) = power(article, numeral.value, next, end) {
            (numeral.value, next, numeral.bare) = (value, after, false);
        }
        // "2.5 million", "2 and a half million", "2 million and a half"
        let mut last = 1.0;
        if follow(article, next, end, &["and", "a", "half"]) {
            numeral.value += 0.5;
            next += 3;
            numeral.bare = false;
        }
        while next < end
            && let Some(scale) = scale_at(article, next, end)
            && !(numeral.scaled && scale == 12.0)
        {
            numeral.value *= scale;
            numeral.to = numeral.to.map(|to| to * scale);
            numeral.scaled = true;
            last = scale;
            next += 1;
        }
        if last >= 1000.0 && follow(article, next, end, &["and", "a", "half"]) {
            numeral.value += 0.5 * last;
            next += 3;
        }
    }
    let form = match numeral.to {
        Some(_) => Form::Range,
        None if numeral.share => Form::Share,
        None if numeral.bare && !numeral.scaled => Form::Bare,
        None => Form::Digits,
    };
    let tail = (!numeral.tail.is_empty()).then(|| Span::new(span.end() - numeral.tail.len(), span.end()));
    let number_end = tail.map_or_else(|| article.span(next - 1).end().max(span.end()), Span::start);
    let high = numeral.to.unwrap_or(numeral.value);
    let (span, finite) = (Span::new(span.start(), number_end), numeral.value.is_finite() && high.is_finite());
    let (form, tail) = match tail {
        Some(t) if matches!(t.of(article.text()), "x" | "X" | "-fold" | "fold") => (Form::Multiple, None),
        _ => (form, tail),
    };
    let span =
        if form == Form::Multiple { Span::new(span.start(), article.span(next - 1).end()) } else { span };
    finite.then_some(Number { first: i, next, span, low: numeral.value, high, form, tail })
}

/// "10^6": the value, and the token after it. `at` is the token after the base.
fn power(article: &Annotated<'_>, base: f64, at: usize, end: usize) -> Option<(f64, usize)> {
    if at + 1 >= end || article.word(at) != "^" || !touches(article, at) {
        return None;
    }
    let mut k = at + 1;
    while k < end && k < at + 3 && matches!(article.word(k), "+" | "-" | "−") {
        k += 1;
    }
    let minus = k == at + 2 && article.word(k - 1) != "+";
    let digits = (k < end)
        .then(|| article.word(k))
        .filter(|w| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit()))?;
    let exponent: i32 = digits.parse().ok()?;
    let value = base.powi(if minus { -exponent } else { exponent });
    (value.is_finite() && value != 0.0).then_some((value, k + 1))
}

/// A scale that stands apart from its digits: "million", "bn", "K", "B", "dozen".
pub(super) fn scale_at(article: &Annotated<'_>, i: usize, end: usize) -> Option<f64> {
    match word(article.lower(i)) {
        Some(Word::Scale(scale)) => Some(scale),
        Some(Word::Plural(12.0)) => Some(12.0),
        _ => {
            let letter = article.word(i);
            let single = matches!(letter, "k" | "K" | "M" | "B" | "MM");
            let apart = single && !(i + 1 < end && article.tag(i + 1).is_proper());
            words::glued(letter).filter(|_| apart)
        }
    }
}

/// "9 out of 10", "2 in 5": behind the first number.
fn proportion(article: &Annotated<'_>, many: f64, at: usize, end: usize) -> Option<(usize, f64)> {
    let out_of = follow(article, at, end, &["out", "of"]);
    if follow(article, at, end, &["over"]) {
        return super::fractions::over(article, many, at + 1, end);
    }
    let link = if out_of {
        2
    } else if follow(article, at, end, &["in"]) || follow(article, at, end, &["of", "every"]) {
        1 + usize::from(article.lower(at) == "of")
    } else {
        return None;
    };
    let k = at + link + usize::from(follow(article, at + link, end, &["every"]));
    if k >= end {
        return None;
    }
    let (whole, next) = if article.word(k).starts_with(|c: char| c.is_ascii_digit()) {
        let n = numeral(article.word(k)).filter(|n| n.tail.is_empty() && n.to.is_none() && !n.share)?;
        // "2 in 2009", "5 in 14 games"
        let round = n.value <= 10.0
            || n.value % 10.0 == 0.0 && !n.bare
            || matches!(n.value, 20.0 | 50.0 | 100.0 | 1000.0);
        if !out_of && !round {
            return None;
        }
        (n.value, k + 1)
    } else {
        cardinal(article, k, end)?
    };
    let plausible = many > 0.0 && many < whole && !super::fractions::is_time_noun(article, next, end);
    plausible.then_some((next, many / whole))
}

/// Whether the "m" of "200m" is metres and no millions: "1.8m tall", "the 100m final", but "1.2m people", "$5m".
fn is_metres(article: &Annotated<'_>, i: usize, value: f64, end: usize) -> bool {
    const HIGH: &[&str] = &[
        "tall",
        "long",
        "high",
        "wide",
        "deep",
        "away",
        "above",
        "below",
        "apart",
        "x",
        "by",
        "ahead",
        "behind",
        "underwater",
        "thick",
        "freestyle",
    ];
    if !article.word(i).ends_with('m') || value >= 1e11 || i > 0 && is_currency_mark(article.word(i - 1)) {
        return false;
    }
    let next = i + 1;
    if next >= end {
        return false;
    }
    let counts = matches!(article.lower(next), "people" | "worth" | "dollar" | "pound" | "euro" | "strong")
        || unit::after(article, next, end).is_some();
    // "the 100m final"
    let named = i > 0
        && matches!(article.lower(i - 1), "the" | "a" | "an")
        && article.tag(next) != Tag::NNS
        && value <= 1e10;
    HIGH.contains(&article.lower(next)) || (article.tag(next) == Tag::NN || named) && !counts
}

fn metres(written: &str) -> Option<Numeral<'_>> {
    let (value, bare, rest) = leading_number(written)?;
    matches!(rest, "m" | "-m").then_some(Numeral {
        value,
        to: None,
        scaled: false,
        bare,
        share: false,
        tail: rest,
    })
}

fn numeral(token: &str) -> Option<Numeral<'_>> {
    if let Some(value) = simple_fraction(token) {
        return Some(Numeral { value, to: None, scaled: false, bare: false, share: true, tail: "" });
    }
    let (value, bare, rest) = leading_number(token)?;
    let mut out = Numeral { value, to: None, scaled: false, bare, share: false, tail: "" };
    if rest.is_empty() {
        return Some(out);
    }
    if let Some(value) = scientific(token) {
        return Some(Numeral { value, bare: false, ..out });
    }
    // "5k-20k": a scale before the dash.
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let scale = words::glued(&rest[..letters]).filter(|_| rest[letters..].starts_with(['-', '–']));
    let dashed = if scale.is_some() { &rest[letters..] } else { rest };
    let joint = dashed.strip_prefix("-to-").or_else(|| dashed.strip_prefix(['-', '–', '‑']));
    if let Some(after) = joint
        && let Some((to, _, rest)) = leading_number(after)
    {
        // "2023-10-29", "555-1234", "2-1": dates, telephone numbers, scores.
        let again =
            rest.strip_prefix(['-', '–']).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        let telephone = token.len() - after.len() == 4 && after.len() - rest.len() == 4 && bare;
        let years =
            bare && (1500.0..2100.0).contains(&value) && (to < 100.0 || (1500.0..2100.0).contains(&to));
        if rest.starts_with(['/', ':', '.']) || again || telephone || years {
            return None;
        }
        let far = with_tail(Numeral { value: to, ..out.clone() }, rest)?;
        // "10-15m" is millions at both ends.
        out.value *= scale.unwrap_or(if far.scaled { far.value / to } else { 1.0 });
        let increasing = out.value < far.value;
        return increasing.then_some(Numeral { value: out.value, to: Some(far.value), bare: false, ..far });
    }
    with_tail(out, rest)
}

/// "1e10", "1.3e6".
fn scientific(token: &str) -> Option<f64> {
    let (mantissa, exponent) = token.split_once(['e', 'E'])?;
    let digits =
        |s: &str| !s.is_empty() && s.len() < 20 && s.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    (digits(mantissa) && digits(power) && !power.contains('.') && power.len() <= 2)
        .then(|| token.parse().ok())?
}

/// What may be written after a number without a space.
fn with_tail<'t>(mut numeral: Numeral<'t>, rest: &'t str) -> Option<Numeral<'t>> {
    if rest.is_empty() {
        return Some(numeral);
    }
    let letters = rest.strip_prefix(['-', '‑', '–']).unwrap_or(rest);
    if letters.is_empty()
        || !letters
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '°' | '/' | '²' | '³' | '+' | '2' | '3'))
        || letters.starts_with(['2', '3'])
    {
        return None;
    }
    if rest == "+" {
        numeral.tail = rest;
        return Some(numeral);
    }
    // "1st", "22nd", "1990s", "5pm", "747s"
    let lower = letters.to_ascii_lowercase();
    if rest.len() == letters.len()
        && matches!(lower.as_str(), "st" | "nd" | "rd" | "th" | "s" | "pm" | "am" | "d")
    {
        return None;
    }
    // "1080p" is a picture.
    if rest == "p" && matches!(numeral.value as u32, 240 | 360 | 480 | 720 | 1080 | 1440 | 2160 | 4320) {
        return None;
    }
    let (head, after) = letters.split_once('-').unwrap_or((letters, ""));
    let scale = words::glued(head).filter(|_| rest.len() == letters.len()).or_else(|| match word(&lower) {
        Some(Word::Scale(scale)) if rest.len() != letters.len() => Some(scale),
        _ => None,
    });
    let Some(scale) = scale else {
        // "2.5-million-dollar"
        if rest.len() != letters.len()
            && !after.is_empty()
            && let Some(Word::Scale(scale)) = word(&head.to_ascii_lowercase())
        {
            scaled(&mut numeral, scale);
            numeral.tail = &rest[rest.len() - after.len() - 1..];
            return Some(numeral);
        }
        numeral.tail = rest;
        return Some(numeral);
    };
    scaled(&mut numeral, scale);
    if rest.len() == letters.len() && !after.is_empty() {
        numeral.tail = &rest[head.len()..];
    }
    Some(numeral)
}

fn scaled(numeral: &mut Numeral<'_>, scale: f64) {
    numeral.value *= scale;
    numeral.to = numeral.to.map(|to| to * scale);
    numeral.scaled = true;
    numeral.bare = false;
}

/// Digits with separators at the start of `token`: the value, whether it is bare, and what follows.
fn leading_number(token: &str) -> Option<(f64, bool, &str)> {
    let bytes = token.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = run(0);
    let mut bare = true;
    if at <= 3 {
        // "1,500", "1,50,000"; the last group has three.
        let (mut to, mut last) = (at, 3);
        while at > 0 && bytes.get(to) == Some(&b',') && matches!(run(to + 1), 2 | 3) {
            last = run(to + 1);
            to += 1 + last;
        }
        if last == 3 && to > at {
            at = to;
            bare = false;
        }
    }
    if bytes.get(at) == Some(&b'.') && run(at + 1) > 0 {
        at += 1 + run(at + 1);
        bare = false;
    }
    // More digits than any count has are an account number or noise.
    if at == 0 || at > 24 {
        return None;
    }
    let value = token[..at].replace(',', "").parse().ok()?;
    Some((value, bare, &token[at..]))
}

/// "1/2", "3/4", "1⁄32", "½"; "9/11" and "24/7" are none.
fn simple_fraction(token: &str) -> Option<f64> {
    let glyph = match token {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "⅕" => 0.2,
        "⅛" => 0.125,
        _ => 0.0,
    };
    if glyph > 0.0 {
        return Some(glyph);
    }
    let (over, under) = token.split_once(['/', '⁄'])?;
    let (over, under): (u8, u8) = (over.parse().ok()?, under.parse().ok()?);
    (over > 0 && over < under && matches!(under, 2 | 3 | 4 | 5 | 6 | 8 | 16 | 32 | 64 | 128))
        .then(|| f64::from(over) / f64::from(under))
}
