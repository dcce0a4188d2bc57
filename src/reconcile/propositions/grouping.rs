//! Groups over verified pairs, by average linkage.

use std::collections::{BTreeMap, BinaryHeap};

/// The group of each of `n` things, as the least of its members. Pairs that were not compared, or did not pass, count as
/// unlike; two groups become one as long as the mean over all pairs between them is `least` or more.
pub(crate) fn groups(n: usize, pairs: &[(u32, u32, f64)], least: f64) -> Vec<u32> {
    let mut sums: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); n];
    for &(a, b, p) in pairs.iter().filter(|p| p.0 != p.1) {
        sums[a as usize].insert(b, p);
        sums[b as usize].insert(a, p);
    }
    let mut size = vec![1.0_f64; n];
    let mut into: Vec<u32> = (0..n as u32).collect();
    let mut queue: BinaryHeap<Join> = pairs
        .iter()
        .filter(|p| p.2 >= least && p.0 != p.1)
        .map(|&(a, b, mean)| Join::new(mean, a, b))
        .collect();
    while let Some(Join { mean, a, b }) = queue.pop() {
        let alive = into[a as usize] == a && into[b as usize] == b;
        let now = sums[a as usize].get(&b).map(|s| s / (size[a as usize] * size[b as usize]));
        if !alive || now != Some(mean) {
            continue;
        }
        into[b as usize] = a;
        size[a as usize] += size[b as usize];
        sums[a as usize].remove(&b);
        for (other, sum) in std::mem::take(&mut sums[b as usize]) {
            sums[other as usize].remove(&b);
            if other != a {
                *sums[a as usize].entry(other).or_default() += sum;
            }
        }
        for (other, sum) in sums[a as usize].clone() {
            sums[other as usize].insert(a, sum);
            let mean = sum / (size[a as usize] * size[other as usize]);
            if mean >= least {
                queue.push(Join::new(mean, a, other));
            }
        }
    }
    (0..n).map(|i| root(&into, i as u32)).collect()
}

fn root(into: &[u32], mut i: u32) -> u32 {
    while into[i as usize] != i {
        i = into[i as usize];
    }
    i
}

/// Two groups that could be one; the likest comes first, then the one that begins earlier.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Join {
    mean: f64,
    a: u32,
    b: u32,
}

impl Join {
    fn new(mean: f64, a: u32, b: u32) -> Join {
        Join { mean, a: a.min(b), b: a.max(b) }
    }
}

impl Eq for Join {}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.mean.total_cmp(&other.mean).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_do_not_close() {
        // 0 ~ 1 ~ 2, but 0 and 2 were found unlike.
        assert_eq!(groups(3, &[(0, 1, 0.9), (1, 2, 0.8)], 0.5), [0, 0, 2]);
        assert_eq!(groups(3, &[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.6)], 0.5), [0, 0, 0]);
        assert_eq!(groups(0, &[], 0.5), Vec::<u32>::new());
    }

    /// The likest pair of groups is sought again each time, and its likeness counted again.
    fn slow(n: usize, pairs: &[(u32, u32, f64)], least: f64) -> Vec<u32> {
        let like = |a: u32, b: u32| {
            pairs.iter().find(|p| (p.0, p.1) == (a, b) || (p.1, p.0) == (a, b)).map_or(0.0, |p| p.2)
        };
        let mut groups: Vec<Vec<u32>> = (0..n as u32).map(|i| vec![i]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for j in 0..groups.len() {
                for i in 0..j {
                    let sum: f64 =
                        groups[i].iter().flat_map(|a| groups[j].iter().map(|b| like(*a, *b))).sum();
                    let mean = sum / (groups[i].len() * groups[j].len()) as f64;
                    let first = best.is_none_or(|b| mean > b.0 || mean == b.0 && (i, j) < (b.1, b.2));
                    if mean >= least && sum > 0.0 && first {
                        best = Some((mean, i, j));
                    }
                }
            }
            let Some((_, i, j)) = best else { break };
            let other = groups.remove(j);
            groups[i].extend(other);
        }
        let mut of = vec![0; n];
        groups.iter().for_each(|group| group.iter().for_each(|i| of[*i as usize] = group[0]));
        of
    }

    #[test]
    fn a_slow_search_finds_the_same_groups() {
        // A sequence of numbers that looks random (Knuth's MMIX), the same each time.
        let mut state = 1u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..400 {
            let n = 1 + next(9) as u32;
            let share = 1 + next(3);
            let mut pairs = Vec::new();
            for b in 0..n {
                for a in 0..b {
                    if next(3) < share {
                        // Powers of two, so that sums in any order are the same to the last bit.
                        pairs.push((a, b, (1 + next(64)) as f64 / 64.0));
                    }
                }
            }
            for least in [0.25, 0.5, 0.75] {
                assert_eq!(groups(n as usize, &pairs, least), slow(n as usize, &pairs, least), "{pairs:?}");
            }
        }
    }
}
