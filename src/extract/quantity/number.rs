//! Numbers as they are written: "1,500", "1.2m", "two and a half million", "a few thousand", "hundreds of
//! thousands", "one in five", "10-15", "minus five", "three quarters".
//!
//! A number is read at a token, over as many tokens as it takes, and knows no context but its neighbours: that "2024" is
//! a year is told later ([`super::refusal`]). [`digits`] holds numerals, [`words`] what adds up, [`fractions`] shares and
//! parts, [`vague`] words that stand for an interval, [`range`] two ends. A vague word's interval is that of
//! `lexicon/numbers.tsv`: "dozens" is 24 to 96, "a few thousand" 2,000 to 9,000, "hundreds of thousands" 200,000 to
//! 999,999.

mod digits;
mod fractions;
mod range;
mod separators;
mod vague;
mod words;

use crate::document::Tag;
use crate::language::Annotated;
use crate::span::Span;
pub(super) use range::suspended;

/// A number in the text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::extract) struct Number {
    /// First token.
    pub(in crate::extract) first: usize,
    /// One past its last token.
    pub(in crate::extract) next: usize,
    /// Its text.
    pub(in crate::extract) span: Span,
    /// The least it can mean; a share is a part of one.
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
    /// "a third", "one in five": a share.
    Share,
    /// "10-15", "2 to 3 million".
    Range,
    /// "doubled", "threefold": how many times as much.
    Multiple,
}

/// Whether a token, in lower case and as the treebanks cut it, may be a part of a number. Sentences without one hold none.
pub(in crate::extract) fn may_tell(lower: &str) -> bool {
    lower.bytes().any(|b| b.is_ascii_digit() || b == 0xc2 || b == 0xe2)
        || words::word(lower).is_some()
        || lower.ends_with("fold")
}

/// The number that begins at token `i`, with its range if it opens one. `end` bounds the sentence.
pub(in crate::extract) fn at(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let first = alone(article, i, end)?;
    Some(range::range(article, &first, end).unwrap_or(first))
}

/// The number that begins at token `i`, by itself.
pub(in crate::extract) fn alone(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    if i >= end {
        return None;
    }
    // Most tokens leave here, by their first byte or their length.
    let text = article.word(i).as_bytes();
    match *text.first()? {
        b'0'..=b'9' => digits::digits(article, i, end),
        b'.' => digits::pointed(article, i, end),
        b'-' | 0xe2 => negative(article, i, end),
        0xc2 => digits::glyph(article, i, end),
        b'a'..=b'z' | b'A'..=b'Z' => {
            let capital = text[0].is_ascii_uppercase();
            if text[text.len() - 1].is_ascii_digit() || capital && text[1..].iter().any(u8::is_ascii_digit) {
                return digits::prefixed(article, i, end);
            }
            if !words::may_begin(article.lower(i)) {
                return None;
            }
            signed(article, i, end).or_else(|| words::words(article, i, end))
        }
        _ => None,
    }
}

/// "-5", "−2.3": a sign that is written together with the number and with nothing before it.
fn negative(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    if !matches!(article.word(i), "-" | "−") || i + 1 >= end || !touches(article, i + 1) {
        return None;
    }
    // "Sept. 20 -24", "COVID -19": a dash that lost its place.
    let free = i == 0
        || is_opening(article.word(i - 1))
        || !touches(article, i) && !article.tag(i - 1).is_noun() && article.tag(i - 1) != Tag::CD;
    if !free {
        return None;
    }
    negated(article, i, digits::digits(article, i + 1, end)?)
}

fn is_opening(word: &str) -> bool {
    matches!(word, "<" | ">" | "=" | "(" | "[" | "~") || is_currency_mark(word)
}

/// "minus five", "negative 3.2".
fn signed(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    if words::word(article.lower(i)) != Some(words::Word::Sign) || i + 1 >= end {
        return None;
    }
    let number = alone(article, i + 1, end)?;
    // "negative one" is a number, "negative 5G coverage" is not worth the risk.
    (number.tail.is_none() || article.lower(i) == "minus").then(|| negated(article, i, number))?
}

fn negated(article: &Annotated<'_>, i: usize, number: Number) -> Option<Number> {
    let form = if number.form == Form::Bare { Form::Digits } else { number.form };
    let span = article.span(i).cover(number.span);
    Some(Number { first: i, low: -number.high, high: -number.low, span, form, ..number })
}

/// Whether token `i` follows the one before it without a gap.
pub(super) fn touches(article: &Annotated<'_>, i: usize) -> bool {
    i > 0 && article.span(i - 1).end() == article.span(i).start()
}

/// Signs that stand before an amount of money.
pub(in crate::extract) fn is_currency_mark(word: &str) -> bool {
    word.len() <= 6
        && word.ends_with([
            '$', '€', '£', '¥', '₩', '₽', '₹', '₴', '₪', '₺', '₦', '₱', '₫', '฿', '₿', '₡', '₾', '₭', '₮',
            '₸', '₼', '֏', '₲', '₵', '৳', '؋',
        ])
}

/// Whether exactly these words stand from token `i` on.
pub(in crate::extract) fn follow(article: &Annotated<'_>, i: usize, end: usize, words: &[&str]) -> bool {
    i + words.len() <= end && words.iter().enumerate().all(|(k, w)| article.lower(i + k) == *w)
}

/// Whether token `k`, if there is one, is a noun or adjective that the words before belong to.
fn is_modified(article: &Annotated<'_>, k: usize, end: usize) -> bool {
    k < end && {
        let tag = article.tag(k);
        tag.is_noun() || tag.is_adjective() || tag == Tag::CD || tag == Tag::VBG
    }
}

#[cfg(test)]
mod tests;
