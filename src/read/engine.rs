//! Another reader of web pages in place of our own.

use std::fmt;
use std::sync::Arc;

/// The blocks of an article: the name of a kind ("paragraph", "heading", "list_item", "quote") and a text for each,
/// or why there are none.
type Blocks = std::result::Result<Vec<(String, String)>, String>;

type Function = dyn Fn(&str, Option<&str>) -> Blocks + Send + Sync;

/// A function from a page and its address to the blocks of its article. It is called from many threads.
#[derive(Clone)]
pub struct Engine(Arc<Function>);

impl Engine {
    /// An engine that calls `function`.
    pub fn new(function: impl Fn(&str, Option<&str>) -> Blocks + Send + Sync + 'static) -> Self {
        Engine(Arc::new(function))
    }

    /// The blocks of a page's article.
    ///
    /// # Errors
    /// Why there are none, in words.
    pub fn blocks(&self, page: &str, address: Option<&str>) -> Blocks {
        (self.0)(page, address)
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine")
    }
}

impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Engine {}
