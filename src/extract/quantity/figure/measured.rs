//! What a number is of: its unit behind it, before it, or farther off; an age; what counted things are per.

use crate::document::Tag;
use crate::extract::quantity::bound;
use crate::extract::quantity::number::{self, Form, Number};
use crate::extract::quantity::unit::{self, Unit};
use crate::language::Annotated;

/// "10,000 shells a day", "500 people per square mile": what the counted things are per.
pub(super) fn rate(article: &Annotated<'_>, next: usize, end: usize) -> Option<String> {
    let phrase = |&k: &usize| article.tag(k).is_noun() || article.tag(k).is_adjective();
    let noun = (next..end.min(next + 4)).take_while(phrase).find(|&k| {
        article.tag(k) == Tag::NNS || matches!(article.lower(k), "people" | "police" | "personnel")
    })?;
    unit::rate_after(article, noun + 1, end)
}

/// The unit of a number, and the token after it. `sign` is the currency that stands before.
pub(super) fn unit_of(
    article: &Annotated<'_>,
    number: &mut Number,
    sign: Option<Unit>,
    end: usize,
) -> (Option<Unit>, usize) {
    let mut next = number.next;
    if number.form == Form::Multiple {
        return (unit::named("fold"), next);
    }
    let text = article.text();
    let mut unit = number.tail.and_then(|t| unit::tail(t.of(text)));
    // "100km/hr": the tokenizer cuts at the slash.
    if let Some(found) = unit
        && let Some((compound, after)) = unit::per_after(article, found, next, end)
    {
        return (Some(compound), after);
    }
    // "3923sq m"
    if unit.is_none()
        && let Some(tail) = number.tail
        && next < end
        && let Some(found) = unit::named(&[tail.of(text), article.word(next)].join(" "))
    {
        return (Some(found), next + 1);
    }
    let counted =
        number.tail.is_none_or(|t| unit::is_suffix_of_count(text, t) || bound::tail(t.of(text)).is_some());
    if unit.is_none() && counted {
        // "1/4 mile", "half a mile", "1/16 of a pint": a part of a unit, and no share.
        let part = number.form == Form::Share;
        let skips: &[usize] = if part { &[0, 1, 2] } else { &[0] };
        for &skip in skips {
            let fits = match skip {
                0 => true,
                1 => next < end && matches!(article.lower(next), "a" | "an"),
                _ => {
                    number::follow(article, next, end, &["of", "a"])
                        || number::follow(article, next, end, &["of", "an"])
                }
            };
            if let Some((found, after)) = fits.then(|| unit::after(article, next + skip, end)).flatten()
                && !(part && matches!(found.kind, "share" | "currency" | "price"))
            {
                unit = Some(found);
                next = after;
                if part {
                    number.form = Form::Digits;
                }
                break;
            }
        }
    }
    // "7- or 8-inch": the unit of the one that follows.
    if unit.is_none() && number.tail.is_none() && number::suspended(article, next, end) {
        let links = |k: usize| matches!(article.lower(k), "or" | "and" | "to" | "," | "-");
        let mut k = next + 1;
        while k < end && k < next + 10 && (links(k) || number::alone(article, k, end).is_some()) {
            if let Some(tail) = number::alone(article, k, end).and_then(|n| n.tail) {
                unit = unit::tail(tail.of(text));
                number.tail = None;
                next += 1;
                break;
            }
            k += 1;
        }
    }
    if let Some(currency) = sign
        && unit.is_none_or(|u| u.kind != "currency" && u.kind != "price")
    {
        // "$5 per cent" does not occur; "$5 m" does, and is money.
        let mut money = currency;
        next = number.next;
        if let Some(country) = unit::country_after(article, next, end).filter(|_| currency.code() == "USD") {
            money = country;
            next += 1;
        }
        if let Some((price, after)) = unit::per_after(article, money, next, end) {
            return (Some(price), after);
        }
        return (Some(behind_brackets(article, money, next, end)), next);
    }
    if let Some(found) = unit.filter(|u| u.kind == "currency") {
        return (Some(behind_brackets(article, found, next, end)), next);
    }
    // "tens of thousands of dollars"
    if unit.is_none()
        && matches!(number.form, Form::Vague | Form::Words)
        && number::follow(article, next, end, &["of"])
        && let Some((found, after)) = unit::after(article, next + 1, end)
    {
        return (Some(found), after);
    }
    // "361 million pounds" are money, "361 million pounds of beef" a weight.
    if let Some(found) = unit
        && found.code() == "[lb_av]"
        && number.high >= 1e6
        && matches!(article.lower(next - 1), "pounds" | "pound")
        && !number::follow(article, next, end, &["of"])
    {
        unit = unit::named("pounds sterling");
    }
    (unit, next)
}

/// "C$6 (US$4.46) per share", "9 billion shekels ($2.4 billion) a year": what it is per stands behind the brackets.
fn behind_brackets(article: &Annotated<'_>, unit: Unit, next: usize, end: usize) -> Unit {
    if next >= end || article.word(next) != "(" {
        return unit;
    }
    let close = (next + 1..end.min(next + 10)).find(|&k| article.word(k) == ")");
    close.and_then(|close| unit::per_after(article, unit, close + 1, end)).map_or(unit, |(price, _)| price)
}

/// "Jamie Armstrong, 25, said", "aged 18 to 34", "at the age of 30", "age 87".
pub(super) fn is_age(article: &Annotated<'_>, number: &Number, start: usize, end: usize) -> bool {
    if number.first <= start
        || number.high > 120.0
        || number.low < 0.0
        || number.next >= end
        || number.tail.is_some()
    {
        return false;
    }
    let before = number.first - 1;
    let of_age = matches!(article.lower(before), "aged" | "ages" | "age")
        || article.lower(before) == "of" && before > start && article.lower(before - 1) == "age";
    let apposition = article.lower(before) == ","
        && before > start
        && article.tag(before - 1).is_proper()
        && number.form == Form::Bare
        && matches!(article.lower(number.next), "," | ".");
    of_age || apposition || is_their_age(article, number, start, end)
}

/// "He will be 35 by May", "Maria, who was 10."
fn is_their_age(article: &Annotated<'_>, number: &Number, start: usize, end: usize) -> bool {
    let closes = matches!(article.lower(number.next), "," | "." | ";" | "by" | "when" | "at" | "and")
        || number.next >= end;
    let mut k = number.first - 1;
    if !closes || article.lemma(k) != "be" || number.form != Form::Bare || number.high < 1.0 {
        return false;
    }
    while k > start && (article.lemma(k) == "be" || matches!(article.tag(k), Tag::MD | Tag::RB)) {
        k -= 1;
    }
    matches!(article.lower(k), "he" | "she" | "who")
}
