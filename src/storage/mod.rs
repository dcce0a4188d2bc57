//! A corpus on disk: a folder of Parquet files and a manifest that names them.
//!
//! - [`save`] writes, [`load`] reads, [`is_saved`] tells whether a folder is one
//! - `mark`: by what a saved corpus is told from other folders
//! - `manifest`: what `manifest.json` says
//! - `folder`: the one writer, files that appear whole or not at all
//! - `tables`: the public tables, for any tool that reads Parquet
//! - `state`: what it takes to restore the corpus as it was
//!
//! Files are written beside those that are there, under names that follow from their content, and then the manifest is
//! replaced in one step. Until that step the folder holds the old corpus, after it the new one.

mod mark;

#[cfg(feature = "arrow")]
mod folder;
#[cfg(feature = "arrow")]
mod load;
#[cfg(feature = "arrow")]
mod manifest;
#[cfg(feature = "arrow")]
mod save;
#[cfg(feature = "arrow")]
mod state;
#[cfg(all(test, feature = "arrow"))]
mod tests;

#[cfg(feature = "arrow")]
pub use load::{Saved, load};
pub use mark::is_saved;
#[cfg(feature = "arrow")]
pub use save::save;

/// A table that is kept with a corpus though it is none of its own, such as the index of a search.
///
/// It is stored as a file of its own and given back by [`Saved::part`].
#[cfg(feature = "arrow")]
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name: letters of ASCII in lower case and `_`, and none of the corpus's own tables.
    pub name: String,
    /// Its rows, all of one schema; at least one batch.
    pub batches: Vec<arrow_array::RecordBatch>,
}
