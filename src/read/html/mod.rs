//! Web pages: the article in them, what they say of it, and where each piece of it stands.

pub(crate) mod classes;
pub(crate) mod content;
pub(crate) mod features;
pub(crate) mod forest;
mod jsonld;
mod reference;
pub(crate) mod tags;
pub(crate) mod text;
pub(crate) mod tree;
