//! Figures as intervals with what they count.
//!
//! "At least 1,000 additional soldiers have been sent" becomes an interval (1,000 and up), the counted noun
//! (soldiers), the change (additional) and the frame (send). The steps, each in a file of its own:
//!
//! 1. [`number`]: numerals and number words
//! 2. [`unit`]: per cent, currencies, measures
//! 3. [`bound`]: "at least", "as many as", "nearly"
//! 4. [`refusal`]: years, names, scores and lists, which are no figures
//! 5. [`counted`]: the noun phrase, and whose it is
//! 6. [`frame`]: the governing verb, the place, and whether it is only possible
//!
//! The interval is read as in Almasian et al., "CQE: A Comprehensive Quantity Extractor" (EMNLP 2023):
//! relation, value, unit and concept; ranges keep both ends. For `>` and `<` the stated number is the open end:
//! `low` or `high` holds it, and the relation says that it is not included.

mod bound;
pub mod counted;
mod frame;
pub(in crate::extract) mod number;
mod refusal;
pub mod unit;

use crate::document::{Change, Counted, Partitive, Place, Quantity, Relation};
use crate::language::Annotated;
use counted::NounPhrase;
use frame::Position;
use number::{Form, Number};
use unit::Unit;

/// The figures of the document, in order. `places` are those of [`super::place::places`].
#[must_use]
pub fn quantities(article: &Annotated<'_>, places: &[Place]) -> Vec<Quantity> {
    let mut out = Vec::new();
    for sentence in article.sentences.iter() {
        let (start, end) = (sentence.first_token as usize, sentence.tokens().end.min(article.len()));
        let figures = figures(article, start, end);
        for (k, figure) in figures.iter().enumerate() {
            let whole = figures.get(k + 1).filter(|next| is_part_of(article, figure, next));
            let is_whole = k > 0 && is_part_of(article, &figures[k - 1], figure);
            out.push(quantity(article, Context { figure, whole, is_whole, start, end }, places, &out));
        }
    }
    out
}

/// A number with its unit and bounds.
#[derive(Clone, Debug)]
struct Figure {
    number: Number,
    unit: Option<Unit>,
    /// First token, with bound words and currency sign.
    first: usize,
    /// One past the last token of number and unit.
    next: usize,
    span: crate::span::Span,
    relation: Relation,
    approximate: bool,
    change: Option<Change>,
}

/// A figure and what stands around it.
#[derive(Clone, Copy)]
struct Context<'f> {
    figure: &'f Figure,
    /// The whole, if this is a part: "11,000" for "1,000" in "1,000 of the 11,000".
    whole: Option<&'f Figure>,
    is_whole: bool,
    start: usize,
    end: usize,
}

fn figures(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    let mut dates = super::time::date_tokens(article, start, end).into_iter().peekable();
    let mut i = start;
    while i < end {
        while dates.next_if(|d| d.end <= i).is_some() {}
        if dates.peek().is_some_and(|d| d.contains(&i)) {
            i += 1;
            continue;
        }
        let Some(number) = number::at(article, i, end) else {
            i += 1;
            continue;
        };
        let after = number.next;
        if let Some(figure) = figure(article, number, out.last().map_or(start, |f| f.next), end) {
            i = figure.next.max(after);
            out.push(figure);
        } else {
            i = after;
        }
    }
    out
}

/// The figure of a number, unless it is none. `start` is the first token that is free for bound words.
fn figure(article: &Annotated<'_>, number: Number, start: usize, end: usize) -> Option<Figure> {
    let mut next = number.next;
    let sign = unit::before(article, number.first, start);
    let mut first = sign.map_or(number.first, |(_, first)| first);
    let tail = number.tail.and_then(|t| unit::tail(t.of(article.text())));
    let mut unit = tail;
    if unit.is_none()
        && number.tail.is_none_or(|t| unit::is_suffix_of_count(article.text(), t))
        && number.form != Form::Share
        && let Some((found, after)) = unit::after(article, next, end)
    {
        unit = Some(found);
        next = after;
    }
    if let Some((currency, _)) = sign
        && unit.is_none_or(|u| u.kind != "currency")
    {
        // "$5 per cent" does not occur; "$5 m" does, and is money.
        unit = Some(currency);
    }
    // "tens of thousands of dollars"
    if unit.is_none()
        && matches!(number.form, Form::Vague | Form::Words)
        && number::follow(article, next, end, &["of"])
        && let Some((found, after)) = unit::after(article, next + 1, end)
    {
        unit = Some(found);
        next = after;
    }
    if unit.is_none() && is_age(article, &number, start, end) {
        unit = unit::tail("years");
    }
    let unknown_tail =
        number.tail.is_some_and(|t| !unit::is_suffix_of_count(article.text(), t)) && tail.is_none();
    if unknown_tail && sign.is_none() {
        return None;
    }
    let bound = bound::around(article, first, next, start, end);
    let bounded = bound.first < first || bound.next > next;
    // "155mm" and "10-mile" have a unit; "$5" has one; a share is one.
    let has_unit = unit.is_some() || number.form == Form::Share;
    if refusal::refuses(article, &number, start.min(first), end, has_unit, bounded) {
        return None;
    }
    let change =
        additional_before(article, bound.first, start).or_else(|| additional_before(article, first, start));
    first = bound.first;
    let number_end = number.tail.map_or(number.span.end(), |t| t.end());
    let mut span = article.span(first).cover(crate::span::Span::new(number.span.start(), number_end));
    if next > number.next {
        span = span.cover(article.span(next - 1));
    }
    if bound.next > next {
        next = bound.next;
        span = span.cover(article.span(next - 1));
    }
    Some(Figure {
        number,
        unit,
        first,
        next,
        span,
        relation: bound.relation,
        approximate: bound.approximate,
        change,
    })
}

/// "Jamie Armstrong, 25, said", "aged 18 to 34", "at the age of 30".
fn is_age(article: &Annotated<'_>, number: &Number, start: usize, end: usize) -> bool {
    if number.first <= start || number.high > 120.0 || number.next >= end {
        return false;
    }
    let before = number.first - 1;
    let of_age = matches!(article.lower(before), "aged" | "ages")
        || article.lower(before) == "of" && before > start && article.lower(before - 1) == "age";
    let apposition = article.lower(before) == ","
        && before > start
        && article.tag(before - 1).is_proper()
        && number.form == Form::Bare
        && matches!(article.lower(number.next), "," | ".");
    of_age || apposition
}

/// "another 1,000", "an additional 1,000", "a further 1,000".
fn additional_before(article: &Annotated<'_>, first: usize, start: usize) -> Option<Change> {
    let before = first.checked_sub(1).filter(|&k| k >= start)?;
    matches!(article.lower(before), "another" | "additional" | "further" | "extra")
        .then_some(Change::Additional)
}

/// Whether `part` is a part of `whole`: "1,000 of the country's 11,000", at most a possessor apart.
fn is_part_of(article: &Annotated<'_>, part: &Figure, whole: &Figure) -> bool {
    let of = part.next;
    if of >= whole.first || article.lower(of) != "of" || whole.first - of > 8 {
        return false;
    }
    (of + 1..whole.first).all(|k| {
        let tag = article.tag(k);
        tag.is_noun()
            || tag.is_adjective()
            || matches!(
                article.lower(k),
                "the"
                    | "these"
                    | "those"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "all"
                    | "a"
                    | "'s"
                    | "'"
                    | "total"
            )
    })
}

fn quantity(
    article: &Annotated<'_>,
    context: Context<'_>,
    places: &[Place],
    before: &[Quantity],
) -> Quantity {
    let Context { figure, whole, is_whole, start, end } = context;
    let (counted, np) = count(article, context, places, before);
    let span_end = np.map_or(whole.map_or(figure.next, |w| w.next), |np| np.next().max(figure.next));
    let outer = outer_start(article, figure.first, start);
    let position = Position { first: figure.first, next: span_end, start, end, whole: is_whole, outer };
    let mut frame = frame::frame(article, position, places);
    let change = change(article, figure, np, &frame, start).or(figure.change);
    let mut counted = counted;
    if let Some(c) = &mut counted
        && c.whose.is_none()
    {
        c.whose = sender(article, &frame, figure, start)
            .or_else(|| counted::mentioned_before(article, figure.first, &c.lemma));
    }
    if frame.predicate_span.is_some_and(|p| p.overlaps(figure.span)) {
        frame.predicate = None;
        frame.predicate_span = None;
    }
    let mut out = Quantity {
        span: figure.span,
        low: None,
        high: None,
        value: None,
        relation: figure.relation,
        approximate: figure.approximate,
        unit: whole
            .filter(|_| figure.unit.is_none() && figure.number.form != Form::Share)
            .map_or(unit_code(figure), unit_code)
            .to_owned(),
        counted,
        partitive: whole
            .map(|w| Partitive { span: w.number.span, value: stated(&w.number).map(|v| v * factor(w)) }),
        change,
        frame,
    };
    interval(figure, &mut out);
    out
}

/// Where the noun phrase around the figure begins: before "the country's 11,000".
fn outer_start(article: &Annotated<'_>, first: usize, start: usize) -> usize {
    let mut k = first;
    while k > start && first - k < 6 {
        let before = k - 1;
        let possessive = matches!(article.lower(before), "'s" | "'");
        let inside = matches!(
            article.lower(before),
            "the"
                | "these"
                | "those"
                | "its"
                | "their"
                | "his"
                | "her"
                | "an"
                | "a"
                | "additional"
                | "another"
                | "further"
                | "total"
        );
        if inside {
            k = before;
        } else if possessive && before > start {
            k = before - 1;
        } else if k < first
            && (article.tag(before).is_proper() || article.tag(before).is_adjective())
            && matches!(article.lower(k + 1), "'s" | "'")
        {
            k = before;
        } else {
            break;
        }
    }
    k
}

fn unit_code(figure: &Figure) -> &'static str {
    match (figure.unit, figure.number.form) {
        (Some(unit), _) => unit.code,
        (None, Form::Share) => "%",
        (None, _) => "count",
    }
}

fn factor(figure: &Figure) -> f64 {
    figure.unit.map_or(1.0, |u| u.factor)
}

/// The number stated, if it is one.
fn stated(number: &Number) -> Option<f64> {
    (number.low == number.high).then_some(number.low)
}

/// Fills in the interval and what the number's own form says about relation and vagueness.
fn interval(figure: &Figure, out: &mut Quantity) {
    let factor = factor(figure);
    let scaled = |v: f64| if factor == 1.0 { v } else { (v * factor * 1e6).round() / 1e6 };
    let (low, high) = (scaled(figure.number.low), scaled(figure.number.high));
    out.value = stated(&figure.number).map(scaled);
    let vague = figure.number.form == Form::Vague;
    out.approximate |= vague || figure.relation == Relation::About;
    if out.value.is_none() && matches!(figure.relation, Relation::Equal | Relation::About) {
        out.relation = if vague { Relation::About } else { Relation::Range };
    }
    (out.low, out.high) = match out.relation {
        Relation::AtLeast | Relation::More => (Some(low), None),
        Relation::AtMost | Relation::Less => (None, Some(high)),
        _ => (Some(low), Some(high)),
    };
}

/// What is counted, and the noun phrase if it follows the figure.
fn count(
    article: &Annotated<'_>,
    context: Context<'_>,
    places: &[Place],
    before: &[Quantity],
) -> (Option<Counted>, Option<NounPhrase>) {
    let Context { figure, whole, start, end, .. } = context;
    if let Some(whole) = whole {
        let np = counted_phrase(article, whole, end);
        let counted = np.map(|np| {
            let whose = counted::nationality(article, np, end)
                .or_else(|| counted::possessor(article, whole.first, start, places));
            counted::counted(article, np, whose)
        });
        return (counted, np);
    }
    if let Some(np) = counted_phrase(article, figure, end) {
        let whose = counted::nationality(article, np, end)
            .or_else(|| counted::possessor(article, figure.first, start, places));
        return (Some(counted::counted(article, np, whose)), Some(np));
    }
    if figure.unit.is_some() || figure.number.form == Form::Share {
        return (None, None);
    }
    if let Some(np) = counted::subject_of_measure(article, figure.first, start, end) {
        let whose = counted::nationality(article, np, figure.first)
            .or_else(|| counted::mentioned_before(article, np.first, article.lemma(np.head)));
        return (Some(counted::counted(article, np, whose)), None);
    }
    // "As many as 12,000 could follow": what was counted before.
    let elliptical = figure.number.form != Form::Word && figure.number.form != Form::Bare
        || figure.relation != Relation::Equal;
    if !elliptical {
        return (None, None);
    }
    let counted = counted::inherited(article, figure.first, before).or_else(|| {
        let (np, _) = counted::antecedent(article, figure.first)?;
        Some(counted::counted(article, np, counted::nationality(article, np, figure.first)))
    });
    (counted, None)
}

/// The noun phrase that the figure counts, right after it.
fn counted_phrase(article: &Annotated<'_>, figure: &Figure, end: usize) -> Option<NounPhrase> {
    let next = figure.next;
    if next >= end {
        return None;
    }
    let of = article.lower(next) == "of";
    match figure.unit {
        // "$60 billion in military aid", "$2 million worth of arms"
        Some(unit) if unit.kind == "currency" => {
            if article.lower(next) == "worth" && number::follow(article, next + 1, end, &["of"]) {
                return counted::phrase(article, next + 2, end);
            }
            if matches!(article.lower(next), "in" | "of") {
                let np = counted::phrase(article, next + 1, end)?;
                return (!article.tag(np.first).is_proper() || np.head > np.first).then_some(np);
            }
            None
        }
        Some(unit) if unit.kind == "time" || unit.kind == "length" => None,
        Some(_) => {
            if of {
                counted::phrase(article, next + 1, end)
            } else {
                None
            }
        }
        None if of => counted::phrase(article, next + 1, end),
        None => counted::phrase(article, next, end),
    }
}

/// "1,000 more troops" is on top; "rose by 1,000" and "fell 5 %" are changes, too; "rose to 1,000" is a level.
fn change(
    article: &Annotated<'_>,
    figure: &Figure,
    np: Option<NounPhrase>,
    frame: &crate::document::Frame,
    start: usize,
) -> Option<Change> {
    if np.is_some_and(|np| np.additional)
        || matches!(Some(figure.next).filter(|&k| k < article.len()).map(|k| article.lower(k)), Some("more"))
    {
        return Some(Change::Additional);
    }
    let before = figure.first.checked_sub(1).filter(|&k| k >= start)?;
    match article.lower(before) {
        "up" => return Some(Change::Up),
        "down" => return Some(Change::Down),
        "to" | "at" | "from" => return None,
        _ => {}
    }
    let by = article.lower(before) == "by";
    // "an increase of 10 %", "a drop of 500"
    if article.lower(before) == "of" && before > start {
        return direction(article.lemma(before - 1));
    }
    let measure = figure.unit.is_some_and(|u| !matches!(u.kind, "time"));
    let adjacent = frame.predicate_span.is_some_and(|p| p == article.span(before));
    if by || measure && adjacent {
        return frame.predicate.as_deref().and_then(direction);
    }
    None
}

fn direction(lemma: &str) -> Option<Change> {
    match lemma {
        "rise" | "increase" | "grow" | "climb" | "gain" | "jump" | "surge" | "soar" | "expand" | "growth"
        | "advance" | "rally" | "swell" | "spike" => Some(Change::Up),
        "fall" | "decrease" | "drop" | "decline" | "shrink" | "cut" | "reduce" | "reduction" | "slump"
        | "plunge" | "tumble" | "slide" | "dip" | "lower" | "slid" => Some(Change::Down),
        _ => None,
    }
}

/// Whose soldiers a country sends, loses or withdraws: its own. "North Korea has sent 3,000 soldiers."
fn sender(
    article: &Annotated<'_>,
    frame: &crate::document::Frame,
    figure: &Figure,
    start: usize,
) -> Option<String> {
    let verb = frame.predicate.as_deref()?;
    if !matches!(
        verb,
        "send"
            | "deploy"
            | "dispatch"
            | "lose"
            | "withdraw"
            | "mobilize"
            | "redeploy"
            | "field"
            | "commit"
            | "contribute"
            | "recall"
    ) {
        return None;
    }
    let at = article.tokens_in(frame.predicate_span?).start;
    if at >= figure.first || at < start {
        return None;
    }
    // The subject: the nearest name before the verb, over auxiliaries and adverbs.
    let mut k = at;
    while k > start && at - k < 6 {
        k -= 1;
        let tag = article.tag(k);
        // "plans to send", "vowed to send"
        let chained = article.lower(k + 1) == "to" && !tag.is_proper();
        if (tag.is_noun() || tag == crate::document::Tag::PRP) && !chained {
            break;
        }
        if article.lemma(k) == "be" {
            return None;
        }
    }
    (k.saturating_sub(3).max(start)..=k).find_map(|j| {
        let (range, country, sense) = crate::language::gazetteer::at(article, j)?;
        (range.end == k + 1 && sense != crate::language::gazetteer::Sense::Adjective)
            .then(|| country.name.to_owned())
    })
}

#[cfg(test)]
mod tests;
