//! Claims from one annotated document.

pub mod cues;
pub mod place;
pub mod quantity;
#[cfg(test)]
pub(crate) mod specimen;
pub mod time;

use jiff::civil::Date;

use crate::document::Claim;
use crate::language::Annotated;

/// What relative times in a document are anchored to, when the document itself states no date.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// Date of the corpus (the median publication date of its documents), if known.
    pub corpus_date: Option<Date>,
}

/// Every claim of the document, in order of their first fragment. `Claim::document` is left 0.
#[must_use]
pub fn claims(article: &Annotated<'_>, context: Context) -> Vec<Claim> {
    let _ = (article, context);
    Vec::new()
}
