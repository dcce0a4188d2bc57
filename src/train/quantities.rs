//! Figures against two public sets: NewsQuant, and the test cases of Microsoft's recognizers.
//!
//! [`newsquant`] measures as Almasian, Kazakov, Göttler and Gertz do ("CQE: A Comprehensive Quantity Extractor", EMNLP
//! 2023): a quantity is found if its normalised value is, then value with unit, then value with change. [`recognizers`]
//! asks for exact offsets.

pub mod newsquant;
pub mod recognizers;

use crate::document::Document;
use crate::language::{self, Annotated};

/// The reading that figures are taken from.
fn with_article<T>(document: &Document, read: impl FnOnce(&Annotated<'_>) -> T) -> T {
    read(&language::annotate(document).compounded())
}

/// Whether two numbers are the same, but for what is lost in arithmetic.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-9)
}
