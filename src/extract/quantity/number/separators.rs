//! Numerals over several tokens, by what separates their digits: "40 000", "1,3 million".

use super::digits::{Numeral, number, scale_at};
use super::{Form, Number, is_currency_mark, touches, words};
use crate::extract::quantity::unit;
use crate::language::Annotated;

/// "1,3 million", "€2,75", "0,5 %": one or two digits behind a comma are decimals where a scale, a unit or a currency
/// says that they are a measure. "1,300" is one thousand and three hundred, "1,3,5" a list.
pub(super) fn decimal_comma(
    article: &Annotated<'_>,
    i: usize,
    end: usize,
    numeral: &Numeral<'_>,
) -> Option<Number> {
    let (comma, last, next) = (i + 1, i + 2, i + 3);
    let plain = numeral.bare && numeral.tail.is_empty() && !numeral.share;
    if !plain
        || last >= end
        || article.word(comma) != ","
        || !touches(article, comma)
        || !touches(article, last)
    {
        return None;
    }
    let is_comma = |k: usize| article.word(k) == ",";
    let in_list = i > 0 && is_comma(i - 1) && touches(article, i)
        || next < end && is_comma(next) && touches(article, next);
    let word = article.word(last);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if in_list || !matches!(digits, 1 | 2) {
        return None;
    }
    let (decimals, rest) = word.split_at(digits);
    let scale = words::glued(rest);
    let measured = scale.is_some()
        || i > 0 && is_currency_mark(article.word(i - 1))
        || !rest.is_empty() && unit::tail(rest).is_some()
        || rest.is_empty() && next < end && scale_at(article, next, end).is_some()
        || rest.is_empty() && unit::after(article, next, end).is_some();
    if !measured {
        return None;
    }
    let value: f64 = format!("{}.{decimals}", article.word(i)).parse().ok()?;
    let tail = if scale.is_some() { "" } else { rest };
    let value = value * scale.unwrap_or(1.0);
    let found = Numeral { value, to: None, scaled: scale.is_some(), bare: false, share: false, tail };
    number(article, i, article.cover(i..next), found, next, end)
}

/// "40 000", "1 234 567": groups of three digits, a space apart.
pub(super) fn grouped(
    article: &Annotated<'_>,
    i: usize,
    end: usize,
    numeral: &Numeral<'_>,
) -> Option<Number> {
    if !numeral.bare
        || !numeral.tail.is_empty()
        || numeral.share
        || article.word(i).len() > 3
        || numeral.value == 0.0
    {
        return None;
    }
    let gap = |k: usize| &article.text()[article.span(k - 1).end()..article.span(k).start()];
    let is_group = |k: usize, whole: bool| {
        let word = article.word(k).as_bytes();
        matches!(gap(k), " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
            && word.len() >= 3
            && word[..3].iter().all(u8::is_ascii_digit)
            && if whole { word.len() == 3 } else { word.get(3) == Some(&b'.') }
    };
    let mut next = i + 1;
    while next < end && is_group(next, true) {
        next += 1;
    }
    let mut value_end = next;
    if next < end && is_group(next, false) {
        value_end = next + 1;
    }
    // "Boeing 737 800", "the S&P 500 100 points": a name's number is no group.
    let named = i > 0 && article.tag(i - 1).is_proper() && gap(i) == " ";
    if value_end == i + 1 || named {
        return None;
    }
    let span = article.cover(i..value_end);
    let text: String = span.of(article.text()).chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let value: f64 = text.parse().ok()?;
    (text.len() <= 24).then_some(Number {
        first: i,
        next: value_end,
        span,
        low: value,
        high: value,
        form: Form::Digits,
        tail: None,
    })
}
