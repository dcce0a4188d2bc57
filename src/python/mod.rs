//! Bindings. Thin: convert, release the interpreter, call the core, wrap.
//!
//! - `run`: the one door for every long call
//! - `shared`: what the handles below look into; computes claims once
//! - `corpus`, `document`, `claims`, `claim`, `tokens`, `reconciliation`: handles, no copies
//! - `figures`: figures, times and places as objects; `texts`: the same of texts at hand, as tables
//! - `read`, `scan`: files into a corpus, or into batches of one that is larger than memory
//! - `parts`: a corpus in parts, for engines that spread work over machines
//! - `storage`: saving, loading and adding
//! - `copies`: which texts at hand share text, at once or one by one
//! - `values`: small classes that own what they show
//! - `frame`, `cells`, `batches`, `capsule`: tables, for data frame libraries and for plain Python
//! - `given`: texts that are passed in, with what is known of them
//! - `arguments`, `errors`, `pickle`: the border itself

mod arguments;
mod batches;
mod capsule;
mod cells;
mod claim;
mod claims;
mod copies;
mod corpus;
mod document;
mod errors;
mod figures;
mod frame;
mod given;
mod ledger;
mod parts;
mod pickle;
mod read;
mod reconciliation;
mod run;
mod scan;
mod shared;
mod storage;
mod texts;
mod tokens;
mod values;

use pyo3::prelude::*;

/// Compiled half of `reportedly`.
#[pymodule(name = "_reportedly")]
mod _reportedly {
    #[pymodule_export]
    use super::claim::Claim;
    #[pymodule_export]
    use super::claims::{ClaimIter, Claims};
    #[pymodule_export]
    use super::copies::{CopyIndex, copies};
    #[pymodule_export]
    use super::corpus::Corpus;
    #[pymodule_export]
    use super::document::{Document, DocumentIter};
    #[pymodule_export]
    use super::figures::{Place, Quantity, Time};
    #[pymodule_export]
    use super::frame::{Frame, RowIter};
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::parts::{_anchor_parts, _gather_names, _join_parts, _parts, _settle_names};
    #[pymodule_export]
    use super::read::read;
    #[pymodule_export]
    use super::reconciliation::Reconciliation;
    #[pymodule_export]
    use super::scan::{Batch, Scan, scan};
    #[pymodule_export]
    use super::storage::{_is_saved, load};
    #[pymodule_export]
    use super::texts::{places, quantities, times};
    #[pymodule_export]
    use super::tokens::{Name, Token, TokenIter, Tokens};
    #[pymodule_export]
    use super::values::{Block, Source, Span};

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
