//! Who is who: mentions to sources, in the article and across the corpus.

mod mention;
mod tables;
mod words;

use crate::document::{Claim, Document};
use crate::language::Annotated;

/// Resolves pronouns, roles and surnames of the sources of one document to the party they stand for.
pub fn article(article: &Annotated<'_>, claims: &mut [Claim]) {
    let _ = (article, claims);
}

/// Gives one name to one party across the corpus. `claims` are those of all documents.
pub fn corpus(documents: &[Document], claims: &mut [Claim]) {
    let _ = (documents, claims);
}
