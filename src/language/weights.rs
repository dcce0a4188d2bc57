//! The weights of a linear model over hashed features: rows of (label, weight), one row a feature.

use fearless_simd::dispatch;

use super::processor::LEVEL;
use super::storage::Reader;
#[cfg(any(test, feature = "train"))]
use super::storage::{push_number, push_sorted};

/// Weights in the form in which they are stored.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Rows {
    /// Keys of features that have weights, sorted.
    pub(crate) keys: Vec<u32>,
    /// Where the weights of each key end in `runs`; they begin where those of the key before end.
    pub(crate) ends: Vec<u32>,
    /// Label and weight.
    pub(crate) runs: Vec<(u8, i8)>,
}

impl Rows {
    /// Reads what [`Rows::encode`] wrote; `None` if a key has more than `bits` or a label is not below `labels`.
    pub(crate) fn decode(reader: &mut Reader<'_>, bits: u32, labels: usize) -> Option<Rows> {
        let count = reader.number()?;
        let keys = reader.sorted(count)?;
        let mut total = 0u32;
        let ends: Option<Vec<u32>> = (0..count)
            .map(|_| {
                total = total.checked_add(reader.number()?)?;
                Some(total)
            })
            .collect();
        let of = reader.bytes(total as usize)?;
        let weights = reader.bytes(total as usize)?;
        if of.iter().any(|label| usize::from(*label) >= labels) || keys.last().is_some_and(|k| k >> bits > 0)
        {
            return None;
        }
        Some(Rows { keys, ends: ends?, runs: of.iter().zip(weights).map(|(l, w)| (*l, *w as i8)).collect() })
    }

    /// Appends them, as columns.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn encode(&self, body: &mut Vec<u8>) {
        push_number(body, self.keys.len() as u32);
        push_sorted(body, self.keys.iter().copied());
        let mut start = 0;
        for end in &self.ends {
            push_number(body, end - start);
            start = *end;
        }
        body.extend(self.runs.iter().map(|(label, _)| label));
        body.extend(self.runs.iter().map(|(_, weight)| *weight as u8));
    }

    /// Cuts averaged weights down to bytes; `largest` and what is larger become the largest byte.
    #[cfg(feature = "train")]
    pub(crate) fn quantised(rows: Vec<(u32, Vec<(u8, f32)>)>, largest: f32) -> Rows {
        let byte = |weight: f32| (weight * 127.0 / largest).round().clamp(-127.0, 127.0) as i8;
        let mut out = Rows::default();
        for (key, row) in rows {
            out.runs.extend(row.into_iter().map(|(label, weight)| (label, byte(weight))));
            out.keys.push(key);
            out.ends.push(out.runs.len() as u32);
        }
        out
    }
}

/// A set of keys that knows which one each is: a bit for each key, with the number of keys before each 64. Most lookups
/// find nothing, and for those one cache line is read.
#[derive(Debug)]
pub(crate) struct KeySet(Vec<(u64, u32)>);

impl KeySet {
    /// For keys of so many bits.
    pub(crate) fn new(keys: &[u32], bits: u32) -> KeySet {
        let mut present = vec![(0u64, 0u32); 1 << (bits - 6)];
        for key in keys {
            present[(key >> 6) as usize].0 |= 1 << (key & 63);
        }
        let mut count = 0;
        for (bits, before) in &mut present {
            *before = count;
            count += bits.count_ones();
        }
        KeySet(present)
    }

    /// Writes the places of the keys that are in the set to the front of `rows`, which must have room for all; how many
    /// they are. Nothing branches on what was read, so that the reads wait for memory together.
    #[inline(always)]
    pub(crate) fn find(&self, keys: &[u32], rows: &mut [u32]) -> usize {
        let mut found = 0;
        for key in keys {
            let (bits, before) = self.0[(key >> 6) as usize];
            let bit = key & 63;
            rows[found] = before + (bits & ((1 << bit) - 1)).count_ones();
            found += (bits >> bit & 1) as usize;
        }
        found
    }
}

/// Weights laid out for speed.
#[derive(Debug)]
pub(crate) struct Weights {
    keys: KeySet,
    /// Where the weights of the n-th key begin; one more at the end.
    starts: Vec<u32>,
    /// Label and weight.
    runs: Vec<(u8, i8)>,
}

impl Weights {
    /// For keys of so many bits.
    pub(crate) fn new(rows: Rows, bits: u32) -> Weights {
        let mut starts = vec![0];
        starts.extend(rows.ends);
        Weights { keys: KeySet::new(&rows.keys, bits), starts, runs: rows.runs }
    }

    /// Adds the weights of `keys` to the scores of the labels.
    pub(crate) fn add<const N: usize>(&self, keys: &[u32; N], scores: &mut [i32; 64]) {
        dispatch!(*LEVEL, _ => self.sum(keys, scores));
    }

    #[inline(always)]
    fn sum<const N: usize>(&self, keys: &[u32; N], scores: &mut [i32; 64]) {
        // The time goes into waiting for memory. In three passes without branches on what was read, the reads of
        // each pass wait together instead of one after the other.
        let mut rows = [0u32; N];
        let found = self.keys.find(keys, &mut rows);
        let mut spans = [(0u32, 0u32); N];
        for (span, row) in spans.iter_mut().zip(&rows[..found]) {
            *span = (self.starts[*row as usize], self.starts[*row as usize + 1]);
        }
        let touched = spans[..found].iter().fold(0, |sum, span| sum ^ self.runs[span.0 as usize].0);
        std::hint::black_box(touched);
        for &(start, end) in &spans[..found] {
            for &(label, weight) in &self.runs[start as usize..end as usize] {
                scores[usize::from(label & 63)] += i32::from(weight);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const BITS: u32 = 12;

    /// Rows of weights for every seventh key or so, and the same as a map.
    fn model() -> (Weights, BTreeMap<u32, Vec<(u8, i8)>>) {
        let (mut rows, mut map) = (Rows::default(), BTreeMap::new());
        for key in (0..1usize << BITS).filter(|k| k * 2_654_435_761 % 7 == 0) {
            let run: Vec<(u8, i8)> =
                (0..=key % 5).map(|i| ((key + i * 13) as u8 % 64, (key * 31 + i) as i8)).collect();
            rows.keys.push(key as u32);
            rows.runs.extend(&run);
            rows.ends.push(rows.runs.len() as u32);
            map.insert(key as u32, run);
        }
        (Weights::new(rows, BITS), map)
    }

    #[test]
    fn sums_are_those_of_a_map() {
        let (weights, map) = model();
        for first in 0..(1u32 << BITS) {
            // Known and unknown keys, some of them twice, in no order.
            let keys = [0, 1, 63, 64, 7, 7, 911, 4095].map(|step| (first * 37 + step * 129) % (1 << BITS));
            let (mut scores, mut expected) = ([0; 64], [0; 64]);
            weights.add(&keys, &mut scores);
            for &(label, weight) in keys.iter().filter_map(|key| map.get(key)).flatten() {
                expected[usize::from(label)] += i32::from(weight);
            }
            assert_eq!(scores, expected, "{keys:?}");
        }
    }
}
