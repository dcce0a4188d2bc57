//! Figures as intervals with what they count.
//!
//! "At least 1,000 additional soldiers have been sent" becomes an interval (1,000 and up), the counted noun
//! (soldiers), the change (additional) and the frame (send). The steps, each in a file of its own:
//!
//! 1. [`number`]: numerals and number words
//! 2. [`unit`]: per cent, currencies, measures
//! 3. [`bound`]: "at least", "as many as", "nearly"
//! 4. [`refusal`]: years, names, scores and lists, which are no figures
//! 5. [`figure`]: all of these together, and the interval that they mean
//! 6. [`counted`]: the noun phrase, and whose it is
//! 7. [`frame`]: the governing verb, the place, and whether it is only possible
//! 8. [`change`]: on top of what there was, up, or down
//!
//! The interval is read as in Almasian et al., "CQE: A Comprehensive Quantity Extractor" (EMNLP 2023):
//! relation, value, unit and concept; ranges keep both ends. For `>` and `<` the stated number is the open end:
//! `low` or `high` holds it, and the relation says that it is not included.

mod bound;
mod change;
pub mod counted;
mod figure;
mod frame;
pub(in crate::extract) mod number;
mod refusal;
#[cfg(feature = "train")]
pub(crate) mod trial;
pub mod unit;

use crate::document::{Counted, Partitive, Place, Quantity, Relation, Time};
use crate::language::Annotated;
use counted::NounPhrase;
use figure::Figure;
use frame::Position;
use number::Form;

/// The figures of the document, in order. `places` are those of [`super::place::places`], `times` those of
/// [`super::time::times`].
#[must_use]
pub fn quantities(article: &Annotated<'_>, places: &[Place], times: &[Time]) -> Vec<Quantity> {
    let _ = times;
    let mut out = Vec::new();
    for sentence in article.sentences.iter() {
        let (start, end) = (sentence.first_token as usize, sentence.tokens().end.min(article.len()));
        let figures = figure::figures(article, start, end);
        for (k, figure) in figures.iter().enumerate() {
            let whole = figures.get(k + 1).filter(|next| is_part_of(article, figure, next));
            let is_whole = k > 0 && is_part_of(article, &figures[k - 1], figure);
            out.push(quantity(article, Context { figure, whole, is_whole, start, end }, places, &out));
        }
    }
    out
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
    let change = change::change(article, figure, np, &frame, start).or(figure.change);
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
    let measure = figure.measure(whole);
    Quantity {
        span: figure.span,
        low: measure.low,
        high: measure.high,
        value: measure.value,
        relation: measure.relation,
        approximate: measure.approximate,
        unit: measure.unit.to_owned(),
        base: measure.base,
        counted,
        partitive: whole.map(|w| Partitive { span: w.number.span, value: w.stated() }),
        change,
        frame,
    }
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
    if figure.is_measured() {
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
