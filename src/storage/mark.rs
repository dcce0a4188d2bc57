//! By what a saved corpus is told from other folders.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use serde::Deserialize;

/// The file in the folder that says so.
pub(super) const NAME: &str = "manifest.json";

/// By this a manifest is told from other files of that name.
pub(super) const KIND: &str = "reportedly corpus";

/// More than any manifest has.
const LONGEST: u64 = 1 << 20;

/// What every version of the format has.
#[derive(Deserialize)]
pub(super) struct Head {
    pub(super) kind: String,
    #[cfg_attr(
        not(feature = "arrow"),
        expect(dead_code, reason = "only what loads a corpus asks for its version")
    )]
    pub(super) version: u64,
}

/// The manifest of `folder` as it stands there; `None` if there is none.
pub(super) fn text(folder: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(folder.join(NAME)) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut text = Vec::new();
    if !file.metadata()?.is_dir() {
        file.take(LONGEST).read_to_end(&mut text)?;
    }
    Ok(Some(text))
}

/// Whether `folder` holds a saved corpus, of whatever version; looks at its manifest only.
#[must_use]
pub fn is_saved(folder: &Path) -> bool {
    let head = |text: Vec<u8>| serde_json::from_slice::<Head>(&text).ok();
    text(folder).ok().flatten().and_then(head).is_some_and(|head| head.kind == KIND)
}
