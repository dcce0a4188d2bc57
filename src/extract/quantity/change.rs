//! Figures that are a change and not a level: "another 1,000", "up 5 %", "rose by 300".

use super::counted::NounPhrase;
use super::figure::Figure;
use crate::document::{Change, Frame};
use crate::language::Annotated;

/// "1,000 more troops" is on top; "rose by 1,000" and "fell 5 %" are changes, too; "rose to 1,000" is a level.
pub(super) fn change(
    article: &Annotated<'_>,
    figure: &Figure,
    np: Option<NounPhrase>,
    frame: &Frame,
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
