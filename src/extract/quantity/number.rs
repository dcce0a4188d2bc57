//! Numbers as they are written: "1,500", "1.2m", "two and a half million", "a few thousand", "hundreds of
//! thousands", "one in five", "10-15".

mod digits;
mod words;

use crate::language::Annotated;
use crate::span::Span;
use digits::{digits, numeral};
use words::{Word, word, words};

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

/// Whether exactly these words stand from token `i` on.
pub(in crate::extract) fn follow(article: &Annotated<'_>, i: usize, end: usize, words: &[&str]) -> bool {
    i + words.len() <= end && words.iter().enumerate().all(|(k, w)| article.lower(i + k) == *w)
}

#[cfg(test)]
mod tests;
