//! Numbers as they are written: "1,500", "1.2m", "two and a half million", "a few thousand", "hundreds of
//! thousands", "one in five", "10-15".

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::Annotated;
use crate::language::gazetteer::rows;
use crate::span::Span;

/// A number in the text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::extract) struct Number {
    /// First token.
    pub(in crate::extract) first: usize,
    /// One past its last token.
    pub(in crate::extract) next: usize,
    /// Its text.
    pub(in crate::extract) span: Span,
    /// The least it can mean.
    pub(in crate::extract) low: f64,
    /// The most it can mean.
    pub(in crate::extract) high: f64,
    /// How it is written.
    pub(in crate::extract) form: Form,
    /// What is written together with it: "mm" in "155mm", "kilometer" in "7,300-kilometer".
    pub(in crate::extract) tail: Option<Span>,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Form {
    /// Digits alone, such as a year or the number of a bus would be: "2024", "737".
    Bare,
    /// Digits with separators, a point or a scale word: "1,500", "2.5 million".
    Digits,
    /// One word below a hundred or so: "three".
    Word,
    /// Several words: "two hundred", "half a million".
    Words,
    /// "dozens", "a few thousand".
    Vague,
    /// "a third", "one in five": a share, in per cent.
    Share,
    /// "10-15", "2 to 3 million".
    Range,
}

/// What a number word does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Small(f64),
    Tens(f64),
    Scale(f64),
    Plural(f64),
    Vague(f64),
    Fraction(f64),
}

static WORDS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/numbers.tsv"))
        .filter_map(|row| {
            let &[word, class, value] = row.as_slice() else { return None };
            let value = value.parse().ok()?;
            let class = match class {
                "small" => Word::Small(value),
                "tens" => Word::Tens(value),
                "scale" => Word::Scale(value),
                "plural" => Word::Plural(value),
                "vague" => Word::Vague(value),
                "fraction" => Word::Fraction(value),
                _ => return None,
            };
            Some((word, class))
        })
        .collect()
});

fn word(lower: &str) -> Option<Word> {
    // No number word is longer; this keeps hashing cheap on text without spaces.
    if lower.len() > 9 { None } else { WORDS.get(lower).copied() }
}

/// The number that begins at token `i`, with its range if it opens one. `end` bounds the sentence.
pub(in crate::extract) fn at(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let first = single(article, i, end)?;
    Some(range(article, &first, end).unwrap_or(first))
}

/// "1,500 to 2,000", "2 to 3 million", "between 1,500 and 2,000", "two or three", "10 – 15".
fn range(article: &Annotated<'_>, first: &Number, end: usize) -> Option<Number> {
    if matches!(first.form, Form::Share | Form::Vague) || first.low != first.high {
        return None;
    }
    let mut at = first.next;
    // "5% to 10%", "3 miles to 5 miles": the unit of the first end is the second's too.
    let repeated = |k: usize| k < end && matches!(article.lower(k), "%" | "percent");
    if repeated(at) {
        at += 1;
    } else if follow(article, at, end, &["per", "cent"]) {
        at += 2;
    }
    if at + 1 >= end {
        return None;
    }
    // "rose by 3 to 12": a change and a level.
    if first.first > 0
        && (article.lower(first.first - 1) == "by"
            || first.first > 1 && article.lower(first.first - 2) == "by")
    {
        return None;
    }
    let between = first.first > 0 && preceded_by(article, first.first, "between");
    let or = article.lower(at) == "or" && matches!(first.form, Form::Word | Form::Bare);
    let joins = match article.lower(at) {
        "to" | "-" | "–" | "—" | "−" | "through" => true,
        "and" => between,
        "or" => or,
        _ => false,
    };
    if !joins || (matches!(article.lower(at), "-" | "–" | "—") && !tight(article, at)) {
        return None;
    }
    let mut k = at + 1;
    while k < end && is_currency_mark(article.lower(k)) {
        k += 1;
    }
    // "3.5% to $58.24" is no range.
    let money = k > at + 1;
    if money && !(first.first > 0 && is_currency_mark(article.lower(first.first - 1))) {
        return None;
    }
    let second = single(article, k, end)?;
    let per_cent = at > first.next;
    if per_cent && !repeated(second.next) && !follow(article, second.next, end, &["per", "cent"]) {
        return None;
    }
    if matches!(second.form, Form::Share) || (second.form == Form::Vague) || first.tail.is_some() {
        return None;
    }
    let (mut low, high) = (first.low, second.high);
    // "2 to 3 million" means millions in both ends; "500 to 1 million" does not: only a smaller lead takes part.
    if let Some(scale) = scale_of(article, &second)
        && scale_of(article, first).is_none()
        && low < second.high / scale
    {
        low *= scale;
    }
    if low >= high || (or && high - low > 5.0) {
        return None;
    }
    let span = first.span.cover(second.span);
    Some(Number {
        first: first.first,
        next: second.next,
        span,
        low,
        high,
        form: Form::Range,
        tail: second.tail,
    })
}

/// Whether "between" stands before the first end, at most a currency sign or a bound word apart.
fn preceded_by(article: &Annotated<'_>, i: usize, word: &str) -> bool {
    (1..=3).any(|back| i >= back && article.lower(i - back) == word)
}

/// Whether a dash has no space around it, or a space on both sides; " – " between figures is a range, too.
fn tight(article: &Annotated<'_>, dash: usize) -> bool {
    dash > 0 && article.span(dash - 1).end() == article.span(dash).start()
}

/// Signs that stand before an amount of money.
pub(in crate::extract) fn is_currency_mark(lower: &str) -> bool {
    lower.ends_with(['$', '€', '£', '¥', '₩', '₽', '₹', '₴', '₪', '₺', '₦', '₱', '₫', '฿', '₿'])
        && lower.len() <= 6
}

/// The scale word that ends a number, if any.
fn scale_of(article: &Annotated<'_>, number: &Number) -> Option<f64> {
    let last = number.next - 1;
    if let Some(Word::Scale(scale)) = word(article.lower(last)) {
        return Some(scale);
    }
    let digits = numeral(article.word(last))?;
    digits.scale
}

fn single(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    if i >= end {
        return None;
    }
    let text = article.word(i);
    let initial = text.as_bytes().first().copied()?;
    if initial.is_ascii_digit() || (initial == b'.' && text.len() > 1) {
        return digits(article, i, end);
    }
    if !initial.is_ascii_alphabetic() || text.len() > 24 {
        return None;
    }
    words(article, i, end)
}

// ---- digits ----

/// A token that begins with digits, taken apart.
#[derive(Clone, Debug, PartialEq)]
struct Numeral<'t> {
    value: f64,
    /// The far end, for "10-15".
    to: Option<f64>,
    /// Scale written with it: "1.2m".
    scale: Option<f64>,
    bare: bool,
    tail: &'t str,
}

fn digits(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let token = article.word(i);
    let mut numeral = numeral(token)?;
    let span = article.span(i);
    let mut next = i + 1;
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
    let mut scaled = numeral.scale.is_some();
    if numeral.tail.is_empty() {
        // "2.5 million", "2 and a half million"
        if follow(article, next, end, &["and", "a", "half"]) {
            numeral.value += 0.5;
            next += 3;
            scaled = true;
        }
        while next < end
            && let Some(Word::Scale(scale)) = word(article.lower(next))
            && !(article.lower(next) == "dozen" && scaled)
        {
            numeral.value *= scale;
            numeral.to = numeral.to.map(|to| to * scale);
            scaled = true;
            next += 1;
        }
    }
    let form = match numeral.to {
        Some(_) => Form::Range,
        None if numeral.bare && !scaled => Form::Bare,
        None => Form::Digits,
    };
    let tail = (!numeral.tail.is_empty()).then(|| Span::new(span.end() - numeral.tail.len(), span.end()));
    let number_end = tail.map_or(article.span(next - 1).end(), Span::start);
    let high = numeral.to.unwrap_or(numeral.value);
    let span = Span::new(span.start(), number_end);
    let finite = numeral.value.is_finite() && high.is_finite();
    finite.then_some(Number { first: i, next, span, low: numeral.value, high, form, tail })
}

fn numeral(token: &str) -> Option<Numeral<'_>> {
    let (value, bare, rest) = leading_number(token)?;
    let mut out = Numeral { value, to: None, scale: None, bare, tail: "" };
    if rest.is_empty() {
        return Some(out);
    }
    if let Some(after) = rest.strip_prefix(['-', '–', '‑'])
        && let Some((to, _, rest)) = leading_number(after)
    {
        // "2023-10-29", "555-1234", "2-1": dates, telephone numbers, scores.
        let telephone = token.len() - after.len() == 4 && after.len() - rest.len() == 4 && bare;
        let years =
            bare && (1500.0..2100.0).contains(&value) && (to < 100.0 || (1500.0..2100.0).contains(&to));
        if rest.starts_with(['-', '–', '/', ':', '.']) || telephone || years || to <= value {
            return None;
        }
        out.to = Some(to);
        out.bare = false;
        return with_tail(out, rest);
    }
    with_tail(out, rest)
}

/// What may be written after a number without a space.
fn with_tail<'t>(mut numeral: Numeral<'t>, rest: &'t str) -> Option<Numeral<'t>> {
    if rest.is_empty() {
        return Some(numeral);
    }
    let letters = rest.strip_prefix(['-', '‑', '–']).unwrap_or(rest);
    if letters.is_empty()
        || !letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '°' | '/' | '²' | '+'))
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
        && matches!(lower.as_str(), "st" | "nd" | "rd" | "th" | "s" | "pm" | "am" | "d" | "x")
    {
        return None;
    }
    let scale = match letters {
        "m" | "M" | "mn" | "mln" => Some(1e6),
        "bn" | "b" | "B" | "BN" | "bln" => Some(1e9),
        "tn" | "T" | "trn" => Some(1e12),
        "k" | "K" => Some(1e3),
        _ => match word(&lower) {
            Some(Word::Scale(scale)) if rest.len() != letters.len() => Some(scale),
            _ => None,
        },
    };
    if let Some(scale) = scale {
        numeral.value *= scale;
        numeral.to = numeral.to.map(|to| to * scale);
        numeral.scale = Some(scale);
        numeral.bare = false;
    } else {
        numeral.tail = rest;
    }
    Some(numeral)
}

/// Digits with separators at the start of `token`: the value, whether it is bare, and what follows.
fn leading_number(token: &str) -> Option<(f64, bool, &str)> {
    let bytes = token.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = run(0);
    let mut bare = true;
    if at <= 3 {
        while at > 0 && bytes.get(at) == Some(&b',') && matches!(run(at + 1), 2 | 3) {
            at += 1 + run(at + 1);
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

/// "1/2", "3/4".
fn simple_fraction(token: &str) -> Option<f64> {
    if let Some(glyph) = match token {
        "½" => Some(0.5),
        "¼" => Some(0.25),
        "¾" => Some(0.75),
        _ => None,
    } {
        return Some(glyph);
    }
    let (over, under) = token.split_once('/')?;
    let (over, under): (u8, u8) = (over.parse().ok()?, under.parse().ok()?);
    (over > 0 && over < under && matches!(under, 2 | 3 | 4 | 5 | 8))
        .then(|| f64::from(over) / f64::from(under))
}

// ---- words ----

fn words(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let lower = article.lower(i);
    let number = |next: usize, bounds: RangeInclusive<f64>, form: Form| {
        let span = article.cover(i..next);
        Some(Number { first: i, next, span, low: *bounds.start(), high: *bounds.end(), form, tail: None })
    };
    if let Some((next, share)) = share(article, i, end) {
        return number(next, share..=share, Form::Share);
    }
    if let Some((next, low, high)) = vague(article, i, end) {
        return number(next, low..=high, Form::Vague);
    }
    if let Some((next, value)) = half(article, i, end) {
        return number(next, value..=value, Form::Words);
    }
    if matches!(lower, "a" | "an") {
        let Some(Word::Scale(scale)) = (i + 1 < end).then(|| word(article.lower(i + 1))).flatten() else {
            return None;
        };
        let (value, next) = tail_of_scale(article, i + 2, end, scale);
        let vague = article.lower(i + 1) == "dozen";
        return number(next, value..=value, if vague { Form::Word } else { Form::Words });
    }
    if lower.contains('-') {
        return hyphenated(article, i, end);
    }
    let (value, next) = cardinal(article, i, end)?;
    let (value, next) = if follow(article, next, end, &["and", "a", "half"]) {
        let (scale, after) = scales(article, next + 3, end);
        ((value + 0.5) * scale, after)
    } else {
        (value, next)
    };
    number(next, value..=value, if next == i + 1 { Form::Word } else { Form::Words })
}

/// Number words that add up: "two hundred and fifty thousand".
fn cardinal(article: &Annotated<'_>, i: usize, end: usize) -> Option<(f64, usize)> {
    let (mut total, mut current) = (0.0, 0.0);
    let mut at = i;
    let mut last_scale = f64::INFINITY;
    while at < end {
        let lower = article.lower(at);
        let part = if lower.contains('-') { compound(lower).map(Word::Small) } else { word(lower) };
        match part {
            Some(Word::Small(v))
                if current % 100.0 == 0.0
                    || (current % 10.0 == 0.0 && current % 100.0 >= 20.0 && v < 10.0) =>
            {
                current += v;
            }
            Some(Word::Tens(v)) if current % 100.0 == 0.0 => current += v,
            Some(Word::Scale(scale)) if at > i && current > 0.0 && scale <= 100.0 => current *= scale,
            Some(Word::Scale(scale)) if at > i && current > 0.0 && scale < last_scale => {
                total += current * scale;
                current = 0.0;
                last_scale = scale;
            }
            None if lower == "and"
                && at > i
                && matches!(word(article.lower(at - 1)), Some(Word::Scale(_)))
                && at + 1 < end
                && is_small(article.lower(at + 1)) => {}
            _ => break,
        }
        at += 1;
    }
    (at > i).then_some((total + current, at))
}

fn is_small(lower: &str) -> bool {
    matches!(word(lower), Some(Word::Small(_) | Word::Tens(_))) || compound(lower).is_some()
}

/// "twenty-five".
fn compound(lower: &str) -> Option<f64> {
    let (tens, small) = lower.split_once('-')?;
    match (word(tens)?, word(small)?) {
        (Word::Tens(tens), Word::Small(small)) if small > 0.0 && small < 10.0 => Some(tens + small),
        _ => None,
    }
}

/// "twenty-five", "half-dozen", "six-month": the number and what is joined to it.
fn hyphenated(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let lower = article.lower(i);
    let whole = article.span(i);
    if let Some((value, next)) = cardinal(article, i, end) {
        let span = article.cover(i..next);
        return Some(Number { first: i, next, span, low: value, high: value, form: Form::Words, tail: None });
    }
    let (head, rest) = lower.split_once('-')?;
    let value = match (word(head)?, word(rest)) {
        (Word::Small(v) | Word::Tens(v), None) => v,
        (Word::Small(v) | Word::Tens(v), Some(Word::Scale(scale))) => {
            let span = article.cover(i..i + 1);
            let value = v * scale;
            return Some(Number {
                first: i,
                next: i + 1,
                span,
                low: value,
                high: value,
                form: Form::Words,
                tail: None,
            });
        }
        _ => return None,
    };
    // Lower case may change lengths beyond ASCII; the head is ASCII by the table.
    let split = whole.start() + head.len();
    let tail = Span::new(split, whole.end());
    article.text().is_char_boundary(split).then_some(())?;
    Some(Number {
        first: i,
        next: i + 1,
        span: Span::new(whole.start(), split),
        low: value,
        high: value,
        form: Form::Word,
        tail: Some(tail),
    })
}

/// "dozens", "tens of thousands", "a few hundred", "several dozen".
fn vague(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64, f64)> {
    let word_at = |k: usize| (k < end).then(|| word(article.lower(k))).flatten();
    let (few, start) = match article.lower(i) {
        "a" => (word_at(i + 1), i + 1),
        _ => (word_at(i), i),
    };
    match few? {
        Word::Vague(least) => {
            let of = usize::from(start + 2 < end && article.lower(start + 1) == "of");
            match word_at(start + 1 + of)? {
                Word::Scale(scale) if of == 0 => {
                    let most = if article.lower(start) == "couple" { 2.0 } else { 9.0 };
                    Some((start + 2, least * scale, most * scale))
                }
                Word::Plural(scale) => Some((start + 2 + of, least * scale, (10.0 * scale) - 1.0)),
                Word::Scale(scale) if article.lower(start) == "couple" => {
                    Some((start + 3, 2.0 * scale, 2.0 * scale))
                }
                _ => None,
            }
        }
        Word::Plural(scale) if start == i => {
            let (low, high) = match article.lower(i) {
                "dozens" => (24.0, 96.0),
                "scores" => (40.0, 100.0),
                "tens" => (20.0, 99.0),
                _ => (2.0 * scale, 10.0 * scale - 1.0),
            };
            if start + 2 < end
                && article.lower(start + 1) == "of"
                && let Some(Word::Plural(by)) = word_at(start + 2)
                && by > scale
            {
                let high = if high == 99.0 || high == 999.0 { (high + 1.0) * by - 1.0 } else { high * by };
                return Some((start + 3, low * by, high));
            }
            // "tens" and "scores" alone are seldom figures ("scores a goal").
            let alone =
                !matches!(article.lower(i), "tens" | "scores") || follow(article, i + 1, end, &["of"]);
            alone.then_some((start + 1, low, high))
        }
        _ => None,
    }
}

/// "half a million", "a quarter of a million", "half a dozen", "a half-million".
fn half(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64)> {
    let lower = article.lower(i);
    if let Some(rest) = lower.strip_prefix("half-")
        && let Some(Word::Scale(scale)) = word(rest.strip_prefix("a-").unwrap_or(rest))
    {
        return Some((i + 1, scale / 2.0));
    }
    let scale_at = |k: usize| match (k < end).then(|| word(article.lower(k))).flatten() {
        Some(Word::Scale(scale)) => Some(scale),
        _ => None,
    };
    if lower == "half" {
        let skip = usize::from(follow(article, i + 1, end, &["a"]));
        return scale_at(i + 1 + skip).map(|scale| (i + 2 + skip, scale / 2.0));
    }
    if lower == "a" {
        if follow(article, i + 1, end, &["half"]) {
            return scale_at(i + 2).map(|scale| (i + 3, scale / 2.0));
        }
        if follow(article, i + 1, end, &["quarter", "of", "a"]) {
            return scale_at(i + 4).map(|scale| (i + 5, scale / 4.0));
        }
    }
    None
}

/// "a third of", "two-thirds of", "half of", "one in five", "9 out of 10": in per cent.
fn share(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64)> {
    let lower = article.lower(i);
    let fraction_at = |k: usize| match (k < end).then(|| word(article.lower(k))).flatten() {
        Some(Word::Fraction(part)) => Some(part),
        _ => None,
    };
    let of = |k: usize| follow(article, k, end, &["of"]);
    if let Some((many, part)) = lower.split_once('-')
        && let (Some(Word::Small(many)), Some(Word::Fraction(part))) = (word(many), word(part))
    {
        return (many * part < 1.0).then_some((i + 1, percent(many * part)));
    }
    if lower == "half"
        && (of(i + 1) || follow(article, i + 1, end, &["the"]) || follow(article, i + 1, end, &["its"]))
    {
        return Some((i + 1, 50.0));
    }
    if matches!(lower, "a" | "an") {
        return fraction_at(i + 1)
            .filter(|_| of(i + 2) && !follow(article, i + 3, end, &["a"]))
            .map(|part| (i + 2, percent(part)));
    }
    let Some(Word::Small(many)) = word(lower) else { return None };
    if let Some(part) = fraction_at(i + 1).filter(|part| of(i + 2) && many * part < 1.0) {
        return Some((i + 2, percent(many * part)));
    }
    let link = if follow(article, i + 1, end, &["in"]) {
        1
    } else if follow(article, i + 1, end, &["out", "of"]) {
        2
    } else {
        return None;
    };
    let (whole, next) = if i + 1 + link < end { cardinal(article, i + 1 + link, end)? } else { return None };
    // "one in the morning" does not get here; "three in two years" does.
    let plausible = many > 0.0 && whole > many && !is_time_noun(article, next, end);
    plausible.then_some((next, percent(many / whole)))
}

fn is_time_noun(article: &Annotated<'_>, i: usize, end: usize) -> bool {
    i < end && matches!(article.lemma(i), "year" | "month" | "week" | "day" | "hour" | "minute" | "decade")
}

fn percent(share: f64) -> f64 {
    (share * 1e4).round() / 100.0
}

/// "a thousand", then "and a half", then further scales: "a million and a half".
fn tail_of_scale(article: &Annotated<'_>, at: usize, end: usize, scale: f64) -> (f64, usize) {
    let (more, next) = scales(article, at, end);
    let value = scale * more;
    if follow(article, next, end, &["and", "a", "half"]) {
        return (value * 1.5, next + 3);
    }
    (value, next)
}

fn scales(article: &Annotated<'_>, mut at: usize, end: usize) -> (f64, usize) {
    let mut value = 1.0;
    while at < end
        && let Some(Word::Scale(scale)) = word(article.lower(at))
    {
        value *= scale;
        at += 1;
    }
    (value, at)
}

/// Whether exactly these words stand from token `i` on.
pub(in crate::extract) fn follow(article: &Annotated<'_>, i: usize, end: usize, words: &[&str]) -> bool {
    i + words.len() <= end && words.iter().enumerate().all(|(k, w)| article.lower(i + k) == *w)
}

#[cfg(test)]
mod tests;
