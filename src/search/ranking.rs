//! BM25.
//!
//! Robertson and Zaragoza (2009), with k1 = 1.2 and b = 0.75. A phrase or prefix counts as one word: as often as it
//! occurs, and as rare as the units that hold it are. How rare is asked of all claims and sentences of the corpus, so
//! no condition changes a score.

use super::evaluation::Matches;
use super::index::{Index, Words};

const K1: f64 = 1.2;
const B: f64 = 0.75;

/// The score of each of `units`, which are in order: the sum over what is looked for and not left out.
pub(super) fn scores(index: &Index, units: &[u32], sought: &[Matches<'_>]) -> Vec<f64> {
    let all = index.units.len() as f64;
    let length: u64 = index.units.iter().map(|u| u64::from(u.len())).sum();
    let mean = length as f64 / all;
    let mut scores = vec![0.0; units.len()];
    for leaf in sought.iter().filter(|leaf| leaf.sought && !leaf.units.is_empty()) {
        let rarity = rarity(all, leaf.units.len() as f64);
        let mut holding = leaf.units.iter().peekable();
        for (unit, score) in units.iter().zip(&mut scores) {
            while holding.next_if(|(u, _)| u < unit).is_some() {}
            if let Some((_, times)) = holding.next_if(|(u, _)| u == unit) {
                *score += rarity * saturation(f64::from(*times), index.units[*unit as usize], mean);
            }
        }
    }
    // The last bits depend on the order of the sum; nobody should.
    scores.iter().map(|score| (score * 1e6).round() / 1e6).collect()
}

/// The score of the last of the `count` best.
pub(super) fn best(scores: &[f64], count: usize) -> f64 {
    let Some(last) = count.checked_sub(1) else { return f64::INFINITY };
    if last >= scores.len() {
        return f64::NEG_INFINITY;
    }
    *scores.to_vec().select_nth_unstable_by(last, |a, b| b.total_cmp(a)).1
}

/// Inverse document frequency, never negative.
fn rarity(all: f64, holding: f64) -> f64 {
    libm::log(1.0 + (all - holding + 0.5) / (holding + 0.5))
}

/// What a word counts that occurs so many times: less for each further one, and less in a long unit.
fn saturation(times: f64, unit: Words, mean: f64) -> f64 {
    times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * f64::from(unit.len()) / mean))
}
