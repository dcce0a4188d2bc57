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
//! 6. [`counted`]: the noun phrase
//! 7. [`owner`]: whose it is
//! 8. [`frame`]: the governing verb, who does it, where, as of when, and whether it is so
//! 9. [`change`]: on top of what there was, up, or down
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
mod owner;
mod refusal;
#[cfg(feature = "train")]
pub(crate) mod trial;
pub mod unit;

use std::ops::Range;

use crate::document::{Change, Counted, Frame, Partitive, Place, Quantity, Time};
use crate::language::Annotated;
use counted::{Found, NounPhrase};
use figure::Figure;

/// The figures of the document, in order. `places` are those of [`super::place::places`], `times` those of
/// [`super::time::times`]. The article needs its trees ([`crate::language::annotate`]).
#[must_use]
pub fn quantities(article: &Annotated<'_>, places: &[Place], times: &[Time]) -> Vec<Quantity> {
    let mut out = Vec::new();
    for (tokens, figures) in figures(article) {
        let mut of_last: Option<&Figure> = None;
        let mut is_whole = false;
        for (k, figure) in figures.iter().enumerate() {
            let of_next = whole(article, &figures, k);
            let context = Context {
                figure,
                of_next,
                of_last: of_last.filter(|last| is_taken_from(article, last, figure, tokens.start)),
                is_whole,
                start: tokens.start,
                end: tokens.end,
            };
            out.push(quantity(article, context, places, times, &out));
            (of_last, is_whole) = (Some(figure), of_next.is_some());
        }
    }
    out
}

/// The same without what is counted and without frames. Tags are all that is asked of `article`: sentences without a
/// number ([`number::may_tell`]) may be missing, too.
#[must_use]
pub fn values(article: &Annotated<'_>) -> Vec<Quantity> {
    let mut out = Vec::new();
    for (tokens, figures) in figures(article) {
        for (k, figure) in figures.iter().enumerate() {
            let change = change::change(article, figure, None, tokens.start).or(figure.change);
            out.push(measured(figure, whole(article, &figures, k), change));
        }
    }
    out
}

/// The tokens of each sentence, and its figures.
fn figures(article: &Annotated<'_>) -> impl Iterator<Item = (Range<usize>, Vec<Figure>)> {
    article.sentences.iter().map(|sentence| {
        let (start, end) = (sentence.first_token as usize, sentence.tokens().end.min(article.len()));
        (start..end, figure::figures(article, start, end))
    })
}

/// The figure that figure `k` is a part of, if it is the next one.
fn whole<'f>(article: &Annotated<'_>, figures: &'f [Figure], k: usize) -> Option<&'f Figure> {
    figures.get(k + 1).filter(|next| is_part_of(article, &figures[k], next))
}

/// A figure and what stands around it.
#[derive(Clone, Copy)]
struct Context<'f> {
    figure: &'f Figure,
    /// The whole, if it follows: "11,000" for "1,000" in "1,000 of the 11,000".
    of_next: Option<&'f Figure>,
    /// The whole, if it stands before: "210" for "167" in "Of the 210 passengers, 167 were rescued".
    of_last: Option<&'f Figure>,
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

/// Whether `part` is taken from a whole that opens the sentence: "Of the 210 passengers, 167 were rescued".
fn is_taken_from(article: &Annotated<'_>, whole: &Figure, part: &Figure, start: usize) -> bool {
    let opens = whole.first - start <= 3 && article.lower(start) == "of";
    opens && !part.is_measured() && (whole.next..part.first).any(|k| article.lower(k) == ",")
}

fn quantity(
    article: &Annotated<'_>,
    context: Context<'_>,
    places: &[Place],
    times: &[Time],
    before: &[Quantity],
) -> Quantity {
    let Context { figure, of_next, of_last, is_whole, start, .. } = context;
    let (mut counted, np) = count(article, context, places, before);
    let stem = counted::stem(article, figure);
    let noun = np.map_or(stem, |np| np.head);
    // Of a part is said what is said of its number, not of the whole.
    let top = if of_next.is_some() { stem } else { noun };
    let frame = frame::frame(article, top, noun, is_whole, places, times);
    let change = change::change(article, figure, np, start).or(figure.change);
    if let Some(c) = &mut counted
        && c.whose.is_none()
    {
        c.whose = np
            .and_then(|np| owner::sender(article, &frame, np, stem))
            .or_else(|| owner::restated(article, figure, before))
            .or_else(|| owner::mentioned_before(article, figure.first, &c.lemma));
    }
    let whole = of_next.or(of_last).map(|w| Partitive { span: w.number.span, value: w.stated() });
    Quantity { counted, partitive: whole, frame, ..measured(figure, of_next, change) }
}

/// A figure as a quantity, in the unit of `whole` if this is a part of it and has none of its own.
fn measured(figure: &Figure, whole: Option<&Figure>, change: Option<Change>) -> Quantity {
    let measure = figure.measure(whole);
    Quantity {
        span: figure.span,
        low: measure.low,
        high: measure.high,
        value: measure.value,
        relation: measure.relation,
        approximate: measure.approximate,
        unit: measure.unit,
        base: measure.base,
        counted: None,
        partitive: None,
        change,
        frame: Frame::default(),
    }
}

/// What is counted, and the noun phrase if it stands beside the figure.
fn count(
    article: &Annotated<'_>,
    context: Context<'_>,
    places: &[Place],
    before: &[Quantity],
) -> (Option<Counted>, Option<NounPhrase>) {
    let Context { figure, of_next, start, end, .. } = context;
    let beside = of_next.unwrap_or(figure);
    let owned =
        |np: NounPhrase| owner::owner(article, np, counted::stem(article, beside), beside.first, places);
    if let Some(member) = counted::member(article, figure) {
        return (Some(member), None);
    }
    if let Some(np) = counted::phrase(article, beside, end) {
        return (Some(np.counted(article, owned(np))), Some(np));
    }
    match counted::elsewhere(article, figure, start, before) {
        Some(Found::Phrase(np)) => (Some(np.counted(article, owned(np))), None),
        Some(Found::Counted(counted)) => (Some(counted), None),
        None => (None, None),
    }
}

#[cfg(test)]
mod tests;
