//! Who said what, how sure, and who else says so.
//!
//! `reportedly` reads news articles, extracts every claim with its source, cue and content, and reconciles
//! the claims of many articles: copies, origins, a ledger of figures, findings.
//!
//! The stages, in order; each is a pure function of the one before:
//!
//! 1. [`read`]: bytes to [`read::RawArticle`] (encoding, format)
//! 2. [`parse`]: to a [`document::Document`] (metadata, blocks, sentences, tokens)
//! 3. [`language`]: to a [`language::Annotated`] (tags, lemmas)
//! 4. [`extract`]: to [`document::Claim`]s (attribution, certainty, figures, times, places)
//! 5. [`resolve`]: who is who, in the article and across the corpus
//! 6. [`reconcile`]: copies, stories, origins, the ledger, findings
//!
//! Every span is a half-open range of bytes into `Document::text`, which is never modified.

pub mod addition;
pub mod corpus;
pub mod document;
pub mod error;
pub mod extract;
pub(crate) mod forest;
pub mod language;
mod lexicon;
pub mod parse;
pub mod parts;
#[cfg(feature = "python")]
mod python;
pub mod read;
pub mod reconcile;
pub mod resolve;
pub mod search;
pub mod span;
pub mod storage;
pub mod table;
#[cfg(feature = "train")]
pub mod train;
