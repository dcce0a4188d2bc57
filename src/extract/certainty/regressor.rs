//! The regressor: from what is seen of a predicate to how certain a reader takes it to be, on the scale of [-3, 3].
//!
//! Two linear models over hashed words and relations, one learned from news and one from the web, and boosted trees
//! (Friedman 2001) over what the two say and some hundred numbers. Trees see what words alone do not: that a negation
//! and a denying verb cancel out, that a modal counts for less under "if".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::evidence::{Evidence, KEY_BITS};
use crate::forest::Forest;
use crate::language::storage::{self, Reader};
use crate::language::weights::Rows;

/// The model as embedded.
static EMBEDDED: &[u8] = include_bytes!("../../../models/factuality.bin");

/// Opens the file, version last.
const MAGIC: [u8; 4] = *b"RPF1";

/// How many linear models there are.
pub(crate) const LINEAR: usize = 2;

// See `language/tagger.rs`.
const _: () = {
    let model = include_bytes!("../../../models/factuality.bin");
    assert!(
        storage::is_whole(model, MAGIC),
        "models/factuality.bin is of another version or cut short: see models/README.md"
    );
};

/// The embedded regressor.
pub(super) static REGRESSOR: LazyLock<Regressor> = LazyLock::new(|| {
    Regressor::decode(EMBEDDED).expect("the embedded model is checked when built and tested")
});

/// One linear model: what it says without features, and the size of the largest weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Scale {
    pub(crate) base: f32,
    pub(crate) largest: f32,
}

/// Linear weights and trees.
#[derive(Debug)]
pub(crate) struct Regressor {
    scales: [Scale; LINEAR],
    weights: FxHashMap<u32, [i8; LINEAR]>,
    forest: Forest,
}

impl Regressor {
    /// Reads a file; `None` if it is damaged.
    pub(crate) fn decode(file: &[u8]) -> Option<Regressor> {
        let body = storage::open(file, MAGIC)?;
        let (forest, rest) = Forest::read(&body, usize::from(u8::MAX))?;
        let mut reader = Reader::new(rest);
        let mut scales = [Scale::default(); LINEAR];
        for scale in &mut scales {
            let mut number = || Some(f32::from_le_bytes(reader.bytes(4)?.try_into().ok()?));
            *scale = Scale { base: number()?, largest: number()? };
        }
        let rows = Rows::decode(&mut reader, KEY_BITS, LINEAR)?;
        let mut weights = FxHashMap::default();
        let mut start = 0;
        for (key, end) in rows.keys.iter().zip(&rows.ends) {
            let mut both = [0; LINEAR];
            for (label, weight) in rows.runs.get(start..*end as usize)? {
                both[usize::from(*label)] = *weight;
            }
            start = *end as usize;
            weights.insert(*key, both);
        }
        Some(Regressor { scales, weights, forest })
    }

    /// The file that [`Regressor::decode`] reads.
    #[cfg(feature = "train")]
    pub(crate) fn encode(forest: &Forest, scales: &[Scale; LINEAR], rows: &Rows) -> Vec<u8> {
        let mut body = Vec::new();
        forest.write(&mut body);
        for scale in scales {
            body.extend(scale.base.to_le_bytes());
            body.extend(scale.largest.to_le_bytes());
        }
        rows.encode(&mut body);
        storage::seal(&body, MAGIC)
    }

    /// What each linear model says.
    pub(crate) fn linear(&self, keys: &[u32]) -> [f32; LINEAR] {
        let mut sums = [0i32; LINEAR];
        for both in keys.iter().filter_map(|key| self.weights.get(key)) {
            for (sum, weight) in sums.iter_mut().zip(both) {
                *sum += i32::from(*weight);
            }
        }
        let mut out = [0.0; LINEAR];
        for ((said, scale), sum) in out.iter_mut().zip(&self.scales).zip(sums) {
            *said = scale.base + sum as f32 * scale.largest / 127.0;
        }
        out
    }

    /// How certain the predicate is, in [-3, 3].
    pub(crate) fn value(&self, evidence: &Evidence) -> f32 {
        let mut row = evidence.numbers.clone();
        row.extend(self.linear(&evidence.keys));
        if row.len() > usize::from(u8::MAX) {
            return 0.0;
        }
        row.resize(usize::from(u8::MAX), 0.0);
        self.forest.score(&row).clamp(-3.0, 3.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_intact() {
        let model = Regressor::decode(EMBEDDED).expect("models/factuality.bin is damaged");
        assert!(!model.weights.is_empty() && !model.forest.trees.is_empty());
        assert!(EMBEDDED.len() <= 500_000);
        assert!(Regressor::decode(&EMBEDDED[..EMBEDDED.len() - 1]).is_none());
    }

    #[test]
    fn nothing_seen_is_still_a_value() {
        assert!(REGRESSOR.value(&Evidence::default()).abs() <= 3.0);
    }
}
