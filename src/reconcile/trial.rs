//! What evaluation sees of reconciliation (feature `train`).

use super::{Options, copies, stories};
use crate::document::Document;

/// The story of each document.
pub(crate) fn stories(documents: &[Document]) -> Vec<usize> {
    let options = Options::default();
    stories::stories(documents, &copies::copies(documents, &options), &options).of
}
