//! Web pages: the article in them, what they say of it, and where each piece of it stands.
//!
//! A page goes through `tree` (elements and texts, with a limit to both), `text` (the text as a browser shows it, in
//! segments), `features` and `forest` (how likely each segment is of the article), `content` (which are, and what they
//! are in it), `metadata`, `jsonld` and `dates` (what the page says of its article).
//!
//! A tree of our own, and not one of the HTML standard with Readability's algorithm on it (`dom_smoothie`): its cost is
//! linear whatever the page, it knows its bytes, so that nothing needs to be searched for in the page afterwards, and
//! the forest finds the article better than the published figure of the latter (`docs/method.md`).

#[cfg(feature = "html")]
mod article;
#[cfg(feature = "html")]
pub(crate) mod classes;
#[cfg(feature = "html")]
pub(crate) mod content;
#[cfg(feature = "html")]
mod dates;
#[cfg(feature = "html")]
pub(crate) mod features;
mod head;
#[cfg(feature = "html")]
mod jsonld;
#[cfg(feature = "html")]
mod metadata;
#[cfg(feature = "html")]
mod reference;
#[cfg(feature = "html")]
pub(crate) mod tags;
#[cfg(feature = "html")]
mod text;
#[cfg(feature = "html")]
mod tree;

#[cfg(feature = "html")]
pub(super) use article::fill;
#[cfg(all(feature = "html", feature = "train"))]
pub(crate) use article::{Html, page_by};
pub(super) use head::{declared_charset, is_page};

#[cfg(not(feature = "html"))]
use super::record::Media;
#[cfg(not(feature = "html"))]
use super::{RawArticle, ReadOptions};
#[cfg(not(feature = "html"))]
use crate::error::Problem;

/// This build reads no pages.
#[cfg(not(feature = "html"))]
pub(super) fn fill(
    article: &mut RawArticle,
    _: Media,
    _: &ReadOptions,
) -> std::result::Result<Vec<Problem>, Box<Problem>> {
    let name = article.path.clone().unwrap_or_default();
    let message = format!("`{name}` was skipped: it is a web page, and this build reads none");
    Err(Box::new(Problem::read(&name, "format", message, "build with the feature `html`")))
}

#[cfg(all(test, feature = "html"))]
mod tests;
