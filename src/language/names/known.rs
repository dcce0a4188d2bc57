//! Words that are known as parts of persons' names, by hash: a column of the model.

use rustc_hash::FxHashMap;

use crate::language::storage::Reader;
#[cfg(any(test, feature = "train"))]
use crate::language::storage::{push_number, push_sorted};

/// Before the last word of a name.
#[cfg(feature = "train")]
pub(crate) const GIVEN: u8 = 1;
/// The last word of a name.
#[cfg(feature = "train")]
pub(crate) const FAMILY: u8 = 2;

/// Hash of the normalised form, and where in names it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known(FxHashMap<u32, u8>);

impl Known {
    /// From words in order of their hashes.
    pub(crate) fn new(words: Vec<(u32, u8)>) -> Known {
        Known(words.into_iter().collect())
    }

    /// 0 if it is not known.
    pub(crate) fn of(&self, form: u32) -> u32 {
        self.0.get(&form).copied().map_or(0, u32::from)
    }

    /// Reads what [`Known::encode`] wrote.
    pub(crate) fn decode(reader: &mut Reader<'_>) -> Option<Known> {
        let count = reader.number()?;
        let forms = reader.sorted(count)?;
        let parts = reader.bytes(count as usize)?;
        Some(Known::new(forms.into_iter().zip(parts.iter().copied()).collect()))
    }

    /// Appends the words.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn encode(&self, body: &mut Vec<u8>) {
        let mut words: Vec<(u32, u8)> = self.0.iter().map(|(form, part)| (*form, *part)).collect();
        words.sort_unstable();
        push_number(body, words.len() as u32);
        push_sorted(body, words.iter().map(|(form, _)| *form));
        body.extend(words.iter().map(|(_, part)| part));
    }
}
