use super::cues::Match;
use crate::document::{Act, Polarity};
use crate::language::Annotated;
pub fn act(_: &Annotated<'_>, m: &Match) -> (Act, Polarity, bool) {
    (m.cue.act, Polarity::Positive, false)
}
