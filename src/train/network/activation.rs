//! The functions between layers, as `language::parser::network` has them.

/// Hyperbolic tangent by the seventh convergent of its continued fraction (Lambert); off by less than 0.0002.
#[inline]
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let above = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let below = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    above / below
}

/// Logistic function.
#[inline]
pub(crate) fn sigmoid(x: f32) -> f32 {
    tanh(x * 0.5) * 0.5 + 0.5
}
