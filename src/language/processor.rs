//! The instructions of the processor at hand, asked for once.

use std::sync::LazyLock;

use fearless_simd::Level;

/// What `dispatch!` picks code for: wide vectors, and counting bits in one step.
pub(crate) static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);
