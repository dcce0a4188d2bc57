//! The functions between layers, as `language::parser::layers` has them, for single numbers.

use crate::language::parser::layers::{STEEPEST, tangent};

/// Hyperbolic tangent.
#[inline]
pub(crate) fn tanh(x: f32) -> f32 {
    tangent(x.clamp(-STEEPEST, STEEPEST))
}

/// Logistic function.
#[inline]
pub(crate) fn sigmoid(x: f32) -> f32 {
    tanh(x * 0.5) * 0.5 + 0.5
}
