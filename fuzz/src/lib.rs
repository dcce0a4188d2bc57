//! Hostile bytes for every way into `reportedly`.
//!
//! A target is a function of bytes that panics if something is wrong. `fuzz_targets/` hands it to libFuzzer, and
//! `tests/replay.rs` gives it every file of `corpus/<its name>/`, which needs nothing but a stable compiler.
//!
//! - `readers`: a target a format
//! - `whole`: from bytes to findings
//! - `saved`: corpora on disk, and pickles
//! - `search`: queries
//! - `invariants`: what must hold of whatever comes out
//! - `made`: archives and tables of bytes

mod invariants;
pub mod made;
mod readers;
mod saved;
mod search;
mod whole;

pub use readers::{archive, columnar, csv, feed, html, json, mail, nexis, text, warc};
pub use saved::{folder, mark, pickle};
pub use search::search;
pub use whole::whole;

/// Every target, under its name.
pub const TARGETS: [(&str, fn(&[u8])); 14] = [
    ("archive", archive),
    ("columnar", columnar),
    ("csv", csv),
    ("feed", feed),
    ("folder", folder),
    ("html", html),
    ("json", json),
    ("mail", mail),
    ("nexis", nexis),
    ("pickle", pickle),
    ("search", search),
    ("text", text),
    ("warc", warc),
    ("whole", whole),
];

/// To be called before the first input.
///
/// One thread does it all, so that what is covered does not depend on scheduling. And a panic that is caught, as the
/// readers of tables do with those of the crates they use, is none: libFuzzer's hook would end the process before.
pub fn prepare() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("no other pool is there yet");
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        if !place.contains(".cargo/registry") {
            eprintln!("{panic}");
        }
    }));
}
