//! Figures: numbers with their unit and bound words, and the interval that they mean.

use std::borrow::Cow;

use super::bound::{self, Bound};
use super::number::{self, Form, Number};
use super::unit::{self, Unit};
use super::{change, refusal};
use crate::document::{Base, Change, Relation, Tag};
use crate::language::Annotated;
use crate::span::Span;

/// A number with its unit and bounds.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) number: Number,
    pub(super) unit: Option<Unit>,
    /// First token, with bound words and currency sign.
    pub(super) first: usize,
    /// One past the last token of number and unit.
    pub(super) next: usize,
    pub(super) span: Span,
    /// Number and unit, without bound words.
    pub(super) measured: Span,
    /// Bound words and number, without the unit behind it.
    pub(super) bounded: Span,
    pub(super) relation: Relation,
    pub(super) approximate: bool,
    pub(super) change: Option<Change>,
    /// What the counted things are per: `/d` in "10,000 shells a day".
    pub(super) rate: Option<String>,
}

/// The figures of a sentence, in order.
pub(super) fn figures(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    // Dates are looked for only where there is a number at all.
    let mut dates = None;
    let mut i = start;
    while i < end {
        let Some(mut number) = number::at(article, i, end) else {
            i += 1;
            continue;
        };
        let dates = dates.get_or_insert_with(|| crate::extract::time::date_tokens(article, start, end));
        let passed = dates.partition_point(|d| d.end <= i);
        if let Some(date) = dates.get(passed).filter(|d| d.start < number.next) {
            // "10 to 12 May": what runs into a date ends before it.
            let cut = if date.start > i { number::at(article, i, date.start) } else { None };
            let Some(cut) = cut else {
                i += 1;
                continue;
            };
            number = cut;
        }
        let after = number.next;
        if let Some(figure) = figure(article, number, out.last().map_or(start, |f| f.next), end) {
            i = figure.next.max(after);
            // "from 13.5 to 14.0 mm": two levels in one unit.
            if let Some(last) = out.last_mut()
                && last.unit.is_none()
                && last.number.form == Form::Digits
                && figure.first == last.next + 1
                && article.lower(last.next) == "to"
                && last.first > start
                && article.lower(last.first - 1) == "from"
            {
                last.unit = figure.unit;
            }
            let mut figure = figure;
            if let Some(last) = out.last() {
                figure.says_again(article, last);
            }
            if !out.last_mut().is_some_and(|last| last.takes_in(article, &figure)) {
                out.push(figure);
            }
        } else {
            i = after;
        }
    }
    out
}

/// The figure of a number, unless it is none. `start` is the first token that is free for bound words.
fn figure(article: &Annotated<'_>, mut number: Number, start: usize, end: usize) -> Option<Figure> {
    let text = article.text();
    let prefix = &text
        [article.span(number.first).start()..number.span.start().max(article.span(number.first).start())];
    let sign = if prefix.is_empty() {
        unit::before(article, number.first, start)
    } else {
        unit::glued(prefix).map(|unit| (unit, number.first))
    };
    let first = sign.map_or(number.first, |(_, first)| first);
    let (mut unit, mut next) = unit_of(article, &mut number, sign.map(|(unit, _)| unit), end);
    let tail_bound = number.tail.and_then(|t| bound::tail(t.of(text)));
    let tail_unit = number.tail.and_then(|t| unit::tail(t.of(text)));
    let known = |t: Span| tail_unit.is_some() || tail_bound.is_some() || unit::is_suffix_of_count(text, t);
    if number.tail.is_some_and(|t| !known(t)) && sign.is_none() && unit.is_none() {
        return None;
    }
    let mut bound = bound::around(article, first, next, start, end);
    // "two or more years": the bound words stand before the unit.
    if unit.is_none()
        && bound.next > next
        && number.tail.is_none()
        && let Some((found, after)) = unit::after(article, bound.next, end)
    {
        unit = Some(found);
        bound.next = after;
    }
    if let Some((relation, approximate)) = tail_bound.or_else(|| bound::joined(prefix)) {
        bound.combine(relation, approximate);
    }
    if number.form == Form::Range
        && bound.first > start
        && matches!(article.lower(bound.first - 1), "between" | "from")
    {
        if bound.binding == bound.first {
            bound.binding -= 1;
        }
        // "from up to 252 miles to 287 miles"
        if bound.relation == Relation::AtMost {
            bound.relation = Relation::Equal;
        }
        bound.first -= 1;
    }
    if unit.is_none() && is_age(article, &number, start, end) {
        unit = unit::tail("years");
    }
    let bounded_words = bound.first < first || bound.next > next;
    // "155mm" and "10-mile" have a unit; "$5" has one; a share is one.
    let has_unit = unit.is_some() || matches!(number.form, Form::Share | Form::Multiple);
    if refusal::refuses(article, &number, start.min(first), end, has_unit, bounded_words) {
        return None;
    }
    let additional = |k: usize| k.checked_sub(1).filter(|&k| k >= start && change::is_additional(article, k));
    let change = additional(bound.first).or_else(|| additional(first)).map(|_| Change::Additional);
    let rate = if has_unit { None } else { rate(article, bound.next.max(next), end) };
    let figure = spans(article, number, unit, bound, first, next);
    next = figure.next;
    Some(Figure { next, change, rate, ..figure })
}

/// The figure with its spans. `first` and `next` are the tokens of number and unit.
fn spans(
    article: &Annotated<'_>,
    number: Number,
    unit: Option<Unit>,
    bound: Bound,
    first: usize,
    next: usize,
) -> Figure {
    let number_end = number.tail.map_or(number.span.end(), |t| t.end());
    let cover = |span: Span, from: usize, to: usize| {
        if to > from { span.cover(article.cover(from..to)) } else { span }
    };
    let whole = Span::new(number.span.start(), number_end);
    let measured = cover(cover(whole, first, number.first), number.next, next);
    let bare =
        if prefix_is_sign(article, &number) { whole.cover(article.span(number.first)) } else { number.span };
    let mut bounded = cover(bare, bound.binding, number.first);
    if bound.next > next {
        bounded = bounded.cover(article.cover(next..bound.next));
    }
    let measured =
        if prefix_is_sign(article, &number) { measured.cover(article.span(number.first)) } else { measured };
    let span = cover(measured.cover(bounded), bound.first, number.first);
    Figure {
        unit,
        first: bound.first,
        next: bound.next.max(next),
        span,
        measured,
        bounded,
        relation: bound.relation,
        approximate: bound.approximate,
        change: None,
        rate: None,
        number,
    }
}

/// "10,000 shells a day", "500 people per square mile": what the counted things are per.
fn rate(article: &Annotated<'_>, next: usize, end: usize) -> Option<String> {
    let phrase = |&k: &usize| article.tag(k).is_noun() || article.tag(k).is_adjective();
    let noun = (next..end.min(next + 4)).take_while(phrase).find(|&k| {
        article.tag(k) == Tag::NNS || matches!(article.lower(k), "people" | "police" | "personnel")
    })?;
    unit::rate_after(article, noun + 1, end)
}

/// Whether the letters before the digits of the same word are a sign: "RM300", but not "now-18".
fn prefix_is_sign(article: &Annotated<'_>, number: &Number) -> bool {
    let start = article.span(number.first).start();
    start < number.span.start() && unit::glued(&article.text()[start..number.span.start()]).is_some()
}

/// The unit of a number, and the token after it. `sign` is the currency that stands before.
fn unit_of(
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
fn is_age(article: &Annotated<'_>, number: &Number, start: usize, end: usize) -> bool {
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

/// What a figure means: an interval in a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) value: Option<f64>,
    pub(super) relation: Relation,
    pub(super) approximate: bool,
    pub(super) unit: String,
    pub(super) base: Option<Base>,
}

impl Figure {
    /// Whether it is of a unit or a share, so that no noun need be counted.
    pub(super) fn is_measured(&self) -> bool {
        self.unit.is_some() || self.number.form == Form::Share
    }

    /// Whether it is in per cent, or points of it.
    pub(super) fn is_share(&self) -> bool {
        self.number.form == Form::Share || self.unit.is_some_and(|u| u.kind == "share")
    }

    /// Whether it is in a measure other than money, time and shares.
    pub(super) fn is_physical(&self) -> bool {
        self.unit.is_some_and(|u| !matches!(u.kind, "currency" | "price" | "time" | "share" | "multiple"))
    }

    /// Whether it is in cents or the like.
    pub(super) fn is_minor(&self) -> bool {
        self.unit.is_some_and(|u| u.kind == "currency" && u.factor < 1.0)
    }

    /// The number stated, in its unit, if it is one.
    pub(super) fn stated(&self) -> Option<f64> {
        (self.number.low == self.number.high).then(|| self.scaled(self.number.low))
    }

    fn scaled(&self, v: f64) -> f64 {
        if self.number.form == Form::Share {
            return unit::rounded(v * 100.0, 6);
        }
        let factor = self.unit.map_or(1.0, |u| u.factor);
        if factor == 1.0 { v } else { unit::rounded(v * factor, 12) }
    }

    fn unit_code(&self) -> Cow<'static, str> {
        match (self.unit, self.number.form) {
            (Some(unit), _) => unit.code(),
            (None, Form::Share) => Cow::Borrowed("%"),
            (None, _) => self.rate.clone().map_or(Cow::Borrowed("count"), Cow::Owned),
        }
    }

    /// "more than 100 kilometers (60 miles)": what is in brackets is bounded as what it converts.
    fn says_again(&mut self, article: &Annotated<'_>, last: &Figure) {
        let brackets = self.first == last.next + 1
            && article.word(last.next) == "("
            && self.next < article.len()
            && article.word(self.next) == ")";
        let same = match (self.unit, last.unit) {
            (Some(a), Some(b)) => {
                let unit = a.per_as(b);
                if brackets && unit.kind == b.kind {
                    self.unit = Some(unit);
                }
                unit.kind == b.kind && !unit.is_same(b)
            }
            _ => false,
        };
        if brackets
            && same
            && self.relation == Relation::Equal
            && self.stated().is_some()
            && last.stated().is_some()
        {
            self.relation = last.relation;
            self.approximate |= last.approximate;
        }
    }

    /// Makes one of this and the figure behind it, if they are: "more than 20 and less than 30", "3 dollars 50 cents", "5
    /// feet 4 inches".
    fn takes_in(&mut self, article: &Annotated<'_>, other: &Figure) -> bool {
        let between = (self.next..other.first).map(|k| article.lower(k));
        let joined = between.clone().all(|w| matches!(w, "and" | "but" | "," | "or"))
            && other.first - self.next.min(other.first) <= 2;
        if !joined || other.first < self.next {
            return false;
        }
        let or = between.clone().any(|w| w == "or");
        let units = match (self.unit, other.unit) {
            (Some(a), Some(b)) => a.is_same(b),
            (a, b) => a.is_none() || b.is_none(),
        };
        let (a, b) = (&self.number, &other.number);
        let (low, high) = match (self.relation, other.relation) {
            (Relation::More | Relation::AtLeast, Relation::Less | Relation::AtMost) => (a.low, b.high),
            (Relation::Less | Relation::AtMost, Relation::More | Relation::AtLeast) => (b.low, a.high),
            _ => return !or && self.takes_in_part(article, other),
        };
        if low >= high
            || !units
            || or
            || between.count() == 0
            || a.form == Form::Vague
            || b.form == Form::Vague
        {
            return false;
        }
        let share = a.form == Form::Share && b.form == Form::Share;
        if (a.form == Form::Share) != (b.form == Form::Share) {
            return false;
        }
        self.number.low = low;
        self.number.high = high;
        self.number.form = if share { Form::Share } else { Form::Range };
        self.relation = Relation::Range;
        self.unit = self.unit.or(other.unit);
        self.approximate |= other.approximate;
        self.grow(other);
        true
    }

    /// "3 dollars and 50 cents", "6ft 2in", "2 hours 30 minutes".
    fn takes_in_part(&mut self, article: &Annotated<'_>, other: &Figure) -> bool {
        let (Some(unit), Some(smaller)) = (self.unit, other.unit) else { return false };
        let pair = (unit.code(), smaller.code());
        let told_together = unit.kind == "currency"
            || matches!(
                (&*pair.0, &*pair.1),
                ("[ft_i]", "[in_i]")
                    | ("[stone_av]", "[lb_av]")
                    | ("[lb_av]", "[oz_av]")
                    | ("h", "min")
                    | ("min", "s")
            );
        if !told_together {
            return false;
        }
        let Some(ratio) = unit.ratio(smaller).filter(|ratio| *ratio < 0.5) else { return false };
        let words: Vec<&str> = (self.next..other.first).map(|k| article.lower(k)).collect();
        let plain = other.first == other.number.first && matches!(other.relation, Relation::Equal);
        let exact = self.stated().is_some()
            && other.stated().is_some()
            && matches!(self.number.form, Form::Bare | Form::Word);
        let part = other.number.high * ratio;
        if !plain
            || !exact
            || !matches!(words.as_slice(), [] | ["and"])
            || part >= 1.0
            || other.number.low < 0.0
        {
            return false;
        }
        let value = unit::rounded(self.number.low + part, 12);
        (self.number.low, self.number.high) = (value, value);
        self.number.form = Form::Digits;
        self.grow(other);
        true
    }

    fn grow(&mut self, other: &Figure) {
        self.next = other.next;
        self.number.next = other.number.next;
        self.span = self.span.cover(other.span);
        self.measured = self.measured.cover(other.measured);
        self.bounded = self.bounded.cover(other.bounded);
    }

    /// The interval, in the unit of `whole` if this is a part of it and has none of its own.
    pub(super) fn measure(&self, whole: Option<&Figure>) -> Measure {
        let (low, high) = (self.scaled(self.number.low), self.scaled(self.number.high));
        let value = self.stated();
        let vague = self.number.form == Form::Vague;
        let relation = match self.relation {
            Relation::Equal | Relation::About if value.is_none() => {
                if vague {
                    Relation::About
                } else {
                    Relation::Range
                }
            }
            relation => relation,
        };
        let (low, high) = match relation {
            Relation::AtLeast | Relation::More => (Some(low), None),
            Relation::AtMost | Relation::Less => (None, Some(high)),
            _ => (Some(low), Some(high)),
        };
        let of = whole.filter(|_| !self.is_measured()).unwrap_or(self);
        Measure {
            low,
            high,
            value,
            relation,
            approximate: self.approximate || vague || self.relation == Relation::About,
            unit: of.unit_code().into_owned(),
            base: of.unit.and_then(|unit| unit.based(low, high)),
        }
    }
}
