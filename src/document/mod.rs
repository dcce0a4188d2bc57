//! The data model. No logic beyond looking things up; depends on nothing else here but [`crate::span`].

mod article;
mod claim;
mod original;
mod page;
mod place;
mod predicate;
mod quantity;
mod syntax;
mod tag;
mod time;

pub use article::{Block, BlockKind, DateCandidate, DateKind, Document, Metadata, Sentence, Stated, Token};
pub use claim::{Act, Certainty, CertaintyLabel, Claim, Kind, Polarity, Source, SourceType};
pub use original::{Edit, Original};
pub use page::{PageMap, Run};
pub use place::{Place, PlaceKind, PlaceSense};
pub use predicate::{Argument, Predicate, Role};
pub use quantity::{AsOf, Base, Change, Counted, Frame, Partitive, Quantity, Relation};
pub use syntax::{Deprel, Name, NameKind, Upos};
pub use tag::Tag;
pub use time::{Anchor, Granularity, Modifier, Time, TimeKind};
