//! Claims and findings as tables: the public contract.
//!
//! - [`Collection`]: documents with their claims, and code point positions for languages that count in those
//! - [`Filter`]: which claims to keep
//! - with the feature `python`: Arrow record batches, one file a table
//!
//! Every table of the [Arrow columnar format](https://arrow.apache.org/docs/format/Columnar.html) made here gives
//! positions as code points (what Python's `str` counts), dates as `date32`, times as `timestamp[us]` without a
//! zone, and words (kinds, acts, labels) as strings, so that any tool reads it without this crate.

mod collection;
mod filter;
mod offsets;

#[cfg(feature = "python")]
mod claims;
#[cfg(feature = "python")]
mod columns;
#[cfg(feature = "python")]
mod ledger;
#[cfg(feature = "python")]
mod reconciliation;

pub use collection::Collection;
#[cfg(feature = "python")]
pub(crate) use collection::{decode, encode};
pub use filter::{Filter, KINDS, LABELS};
pub use offsets::Offsets;

#[cfg(feature = "python")]
pub(crate) use claims::join;
#[cfg(feature = "python")]
pub use claims::{batches as claims, schema as claims_schema};
#[cfg(feature = "python")]
pub(crate) use columns::widen;
#[cfg(feature = "python")]
pub use ledger::{ledger, select};
#[cfg(feature = "python")]
pub use reconciliation::{copies, documents, findings, hits, origins, parties, stories};
