//! Claims and findings as tables: the public contract.
//!
//! - [`Collection`]: documents with their claims, and code point positions for languages that count in those
//! - [`Filter`]: which claims to keep
//! - with the feature `arrow`: Arrow record batches, one file a table
//!
//! Every table of the [Arrow columnar format](https://arrow.apache.org/docs/format/Columnar.html) made here gives
//! positions as code points (what Python's `str` counts), dates as `date32`, times as `timestamp[us]` without a
//! zone, and words (kinds, acts, labels) as strings, so that any tool reads it without this crate.

mod collection;
mod filter;
mod offsets;
pub(crate) mod sound;

#[cfg(feature = "arrow")]
mod claims;
#[cfg(feature = "arrow")]
mod columns;
#[cfg(feature = "arrow")]
mod figures;
#[cfg(feature = "arrow")]
mod flat;
#[cfg(feature = "arrow")]
mod ledger;
#[cfg(feature = "arrow")]
mod reconciliation;
#[cfg(feature = "arrow")]
mod saved;
#[cfg(feature = "arrow")]
mod tokens;

pub use collection::Collection;
#[cfg(feature = "python")]
pub(crate) use collection::wrong;
pub(crate) use collection::{decode, encode};
pub use filter::{Filter, KINDS, LABELS};
pub use offsets::Offsets;

#[cfg(feature = "python")]
pub(crate) use claims::join;
#[cfg(feature = "arrow")]
pub use claims::{
    all as all_claims, batches as claims, places as claim_places, quantities as claim_quantities,
    schema as claims_schema, times as claim_times,
};
#[cfg(feature = "python")]
pub(crate) use columns::widen;
#[cfg(feature = "arrow")]
pub use figures::{
    places_table as places, quantities_table as quantities, times_table as times, values_table as values,
};
#[cfg(feature = "arrow")]
pub use flat::flat;
#[cfg(feature = "arrow")]
pub use ledger::{ledger, series};
#[cfg(feature = "arrow")]
pub use reconciliation::{
    copies, dates, documents, findings, hits, origins, parties, problems, propositions, stories,
};
#[cfg(feature = "arrow")]
pub use saved::{articles, figures, places as places_of_claims, times as times_of_claims};
#[cfg(feature = "arrow")]
pub use tokens::{Words, batches as tokens, schema as tokens_schema};
