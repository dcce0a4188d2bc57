//! A trained random field: weights of hashed features, and of transitions.

use fearless_simd::dispatch;

use super::chain::Transitions;
use crate::language::processor::LEVEL;
use crate::language::storage::Reader;
#[cfg(feature = "train")]
use crate::language::storage::{push_number, push_sorted};
use crate::language::weights::KeySet;

/// Room for the labels of a row: a whole vector.
const WIDTH: usize = 16;

/// Keys that are looked up together.
const GROUP: usize = 64;

/// A key is left out if none of its weights comes up to this, in bytes: most keys are of that sort, and all of them
/// together change next to nothing, but look-ups among the others are faster.
#[cfg(feature = "train")]
const LEAST_WEIGHT: u8 = 4;

/// Weights of keys and transitions between `L` labels.
#[derive(Debug)]
pub(crate) struct Field<const L: usize> {
    keys: KeySet,
    rows: Vec<[i8; WIDTH]>,
    /// What a weight of 1 counts.
    scale: f32,
    pub(crate) transitions: Transitions<L>,
}

impl<const L: usize> Field<L> {
    /// From rows in order of their keys.
    fn new(
        keys: &[u32],
        rows: Vec<[i8; WIDTH]>,
        bits: u32,
        scale: f32,
        transitions: Transitions<L>,
    ) -> Field<L> {
        Field { keys: KeySet::new(keys, bits), rows, scale, transitions }
    }

    /// Scores of the labels of a token with these features.
    pub(crate) fn score(&self, keys: &[u32]) -> [f32; L] {
        dispatch!(*LEVEL, _ => self.sum(keys))
    }

    #[inline(always)]
    fn sum(&self, keys: &[u32]) -> [f32; L] {
        let mut sums = [0i32; WIDTH];
        for keys in keys.chunks(GROUP) {
            let mut found = [0u32; GROUP];
            let count = self.keys.find(keys, &mut found);
            // a group of bytes fits into 16 bits: half as much to add
            let mut group = [0i16; WIDTH];
            for row in &found[..count] {
                let row = &self.rows[*row as usize];
                for label in 0..WIDTH {
                    group[label] += i16::from(row[label]);
                }
            }
            for label in 0..WIDTH {
                sums[label] += i32::from(group[label]);
            }
        }
        std::array::from_fn(|label| sums[label] as f32 * self.scale)
    }

    /// Reads what [`Trained::encode`] wrote.
    pub(super) fn decode(reader: &mut Reader<'_>, bits: u32, seen: usize) -> Option<Field<L>> {
        let count = reader.number()?;
        let keys = reader.sorted(count)?;
        if keys.last().is_some_and(|key| key >> bits > 0) {
            return None;
        }
        let float = |reader: &mut Reader<'_>| Some(f32::from_le_bytes(reader.bytes(4)?.try_into().ok()?));
        let scale = float(reader)?;
        let mut rows = vec![[0; WIDTH]; keys.len()];
        for label in 0..L {
            for (row, weight) in rows.iter_mut().zip(reader.bytes(keys.len())?) {
                row[label] = *weight as i8;
            }
        }
        let mut transitions = Transitions::new(seen);
        for weight in transitions.weights.iter_mut().flatten().flatten() {
            *weight = float(reader)?;
        }
        Some(Field::new(&keys, rows, bits, scale, transitions))
    }
}

/// A field as it comes out of training.
#[cfg(feature = "train")]
#[derive(Debug)]
pub(crate) struct Trained<const L: usize> {
    pub(crate) bits: u32,
    /// Keys in order, with their weights.
    pub(crate) rows: Vec<(u32, [f32; L])>,
    pub(crate) transitions: Transitions<L>,
}

#[cfg(feature = "train")]
impl<const L: usize> Trained<L> {
    /// Rows cut down to bytes, without those of which nothing is left; and what 1 counts.
    fn bytes(&self) -> (Vec<u32>, Vec<[i8; WIDTH]>, f32) {
        let largest = self.rows.iter().flat_map(|(_, row)| row).fold(0.0f32, |most, w| most.max(w.abs()));
        // few weights are large: they are cut, so that the small ones are told apart
        let scale = (largest.min(2.0) / 127.0).max(f32::MIN_POSITIVE);
        let byte = |weight: f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        let mut keys = Vec::new();
        let mut rows = Vec::new();
        for (key, row) in &self.rows {
            let mut bytes = [0; WIDTH];
            for (to, weight) in bytes.iter_mut().zip(row) {
                *to = byte(*weight);
            }
            if bytes.iter().any(|b| b.unsigned_abs() >= LEAST_WEIGHT) {
                keys.push(*key);
                rows.push(bytes);
            }
        }
        (keys, rows, scale)
    }

    /// As it works in the product.
    pub(crate) fn field(&self) -> Field<L> {
        let (keys, rows, scale) = self.bytes();
        Field::new(&keys, rows, self.bits, scale, self.transitions.clone())
    }

    /// As it is stored.
    pub(crate) fn encode(&self, body: &mut Vec<u8>) {
        let (keys, rows, scale) = self.bytes();
        push_number(body, keys.len() as u32);
        push_sorted(body, keys.iter().copied());
        body.extend(scale.to_le_bytes());
        for label in 0..L {
            body.extend(rows.iter().map(|row| row[label] as u8));
        }
        for weight in self.transitions.weights.iter().flatten().flatten() {
            body.extend(weight.to_le_bytes());
        }
    }
}
