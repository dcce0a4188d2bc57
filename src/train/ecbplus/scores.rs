//! How well clusters agree with gold clusters: MUC, B³, CEAFe, and their mean, the CoNLL score.
//!
//! MUC counts links (Vilain et al., "A model-theoretic coreference scoring scheme", MUC-6, 1995), B³ mentions (Bagga and
//! Baldwin, "Algorithms for scoring coreference chains", 1998), CEAFe pairs clusters one to one by φ₄, the share of
//! their mentions that is common (Luo, "On coreference resolution performance metrics", 2005). Their mean is the score
//! of the CoNLL-2011 and 2012 shared tasks. Mentions are the same on both sides here, so the variants of B³ for
//! mentions that were invented or missed do not come up.

use std::collections::BTreeMap;

/// Precision and recall, in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Of what was put together, the share that belongs together.
    pub precision: f64,
    /// Of what belongs together, the share that was put together.
    pub recall: f64,
}

impl Score {
    /// Harmonic mean.
    #[must_use]
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }
}

/// All scores.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Links.
    pub muc: Score,
    /// Mentions.
    pub b3: Score,
    /// Clusters paired one to one.
    pub ceafe: Score,
}

impl Scores {
    /// Mean of the three F1.
    #[must_use]
    pub fn conll(self) -> f64 {
        (self.muc.f1() + self.b3.f1() + self.ceafe.f1()) / 3.0
    }
}

/// Scores the clusters `found` against `gold`: one label a mention, in the same order.
///
/// # Panics
/// If the two are not of one length.
#[must_use]
pub fn scores<G: Ord, F: Ord>(gold: &[G], found: &[F]) -> Scores {
    assert_eq!(gold.len(), found.len(), "the same mentions on both sides");
    let (gold, found) = (numbered(gold), numbered(found));
    let n = gold.len().max(1) as f64;
    let (gold_sizes, found_sizes) = (sizes(&gold), sizes(&found));
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (g, f) in gold.iter().zip(&found) {
        *common.entry((*g, *f)).or_default() += 1;
    }
    let mut parts = (vec![0_usize; gold_sizes.len()], vec![0_usize; found_sizes.len()]);
    let mut b3 = Score::default();
    for (&(g, f), &c) in &common {
        parts.0[g] += 1;
        parts.1[f] += 1;
        b3.recall += (c * c) as f64 / gold_sizes[g] as f64 / n;
        b3.precision += (c * c) as f64 / found_sizes[f] as f64 / n;
    }
    let links = |sizes: &[usize], parts: &[usize]| {
        let all: usize = sizes.iter().map(|s| s - 1).sum();
        let kept: usize = sizes.iter().zip(parts).map(|(s, p)| s - p).sum();
        kept as f64 / all.max(1) as f64
    };
    let muc = Score { recall: links(&gold_sizes, &parts.0), precision: links(&found_sizes, &parts.1) };
    let paired = paired(&common, &gold_sizes, &found_sizes);
    let ceafe = Score {
        recall: paired / gold_sizes.len().max(1) as f64,
        precision: paired / found_sizes.len().max(1) as f64,
    };
    Scores { muc, b3, ceafe }
}

fn numbered<T: Ord>(labels: &[T]) -> Vec<usize> {
    let mut numbers: BTreeMap<&T, usize> = BTreeMap::new();
    labels
        .iter()
        .map(|label| {
            let next = numbers.len();
            *numbers.entry(label).or_insert(next)
        })
        .collect()
}

fn sizes(labels: &[usize]) -> Vec<usize> {
    let mut sizes = vec![0; labels.iter().max().map_or(0, |m| m + 1)];
    labels.iter().for_each(|&l| sizes[l] += 1);
    sizes
}

/// The greatest sum of φ₄ over pairings of clusters one to one. Clusters without a common mention gain nothing from
/// each other, so each connected part is paired by itself.
fn paired(common: &BTreeMap<(usize, usize), usize>, gold: &[usize], found: &[usize]) -> f64 {
    let mut of_gold = vec![Vec::new(); gold.len()];
    let mut of_found = vec![Vec::new(); found.len()];
    for &(g, f) in common.keys() {
        of_gold[g].push(f);
        of_found[f].push(g);
    }
    let mut seen = vec![false; gold.len()];
    let mut total = 0.0;
    for start in 0..gold.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let (mut gs, mut fs, mut i) = (vec![start], Vec::new(), 0);
        while i < gs.len() {
            for &f in &of_gold[gs[i]] {
                if fs.contains(&f) {
                    continue;
                }
                fs.push(f);
                for &g in &of_found[f] {
                    if !std::mem::replace(&mut seen[g], true) {
                        gs.push(g);
                    }
                }
            }
            i += 1;
        }
        let value = |g: usize, f: usize| {
            let c = common.get(&(g, f)).copied().unwrap_or(0);
            2.0 * c as f64 / (gold[g] + found[f]) as f64
        };
        total += if gs.len() <= fs.len() {
            assignment(gs.len(), fs.len(), |i, j| value(gs[i], fs[j]))
        } else {
            assignment(fs.len(), gs.len(), |i, j| value(gs[j], fs[i]))
        };
    }
    total
}

/// The greatest sum of values when each row takes one column of its own (Kuhn, "The Hungarian method", 1955, by
/// shortest augmenting paths); there are at least as many columns as rows.
fn assignment(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> f64 {
    let (mut u, mut v) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut row_of = vec![0; columns + 1];
    let mut way = vec![0; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut used = vec![false; columns + 1];
        loop {
            used[column] = true;
            let i = row_of[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for j in 1..=columns {
                if used[j] {
                    continue;
                }
                let reduced = -value(i - 1, j - 1) - u[i] - v[j];
                if reduced < least[j] {
                    (least[j], way[j]) = (reduced, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=columns {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let before = way[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    (1..=columns).filter(|&j| row_of[j] != 0).map(|j| value(row_of[j] - 1, j - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn what_is_the_same_scores_one() {
        let s = scores(&[1, 1, 2, 3, 3], &["a", "a", "b", "c", "c"]);
        near(s.conll(), 1.0);
        near(s.muc.f1(), 1.0);
    }

    /// Bagga and Baldwin's second example: {1 to 5}, {6, 7}, {8 to C}, where the last two (first and last) are joined.
    #[test]
    fn the_example_of_bagga_and_baldwin() {
        let gold = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3];
        let small = scores(&gold, &[1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
        let large = scores(&gold, &[1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1]);
        // One wrong link of ten either way; B³ tells the greater damage.
        near(small.muc.precision, 0.9);
        near(large.muc.precision, 0.9);
        near(small.b3.precision, (5.0 + 4.0 / 7.0 + 25.0 / 7.0) / 12.0);
        near(large.b3.precision, (2.5 + 2.0 + 2.5) / 12.0);
        near(small.b3.recall, 1.0);
    }

    /// Gold {a b c} {d e f g}; found {a b} {c d} {f g h}, without the mentions that one side lacks: {a b} {c d} {f g}
    /// {e}. φ₄: 2·2/5 and 2·2/6, each with what fits best.
    #[test]
    fn clusters_are_paired_one_to_one() {
        let s = scores(&[1, 1, 1, 2, 2, 2, 2], &[1, 1, 2, 2, 3, 4, 4]);
        near(s.ceafe.recall, (0.8 + 2.0 / 3.0) / 2.0);
        near(s.ceafe.precision, (0.8 + 2.0 / 3.0) / 4.0);
        // Links: gold 2 + 3, of which {a b} and {f g} were kept; found 1 + 1 + 1, of which {c d} is wrong.
        near(s.muc.recall, 2.0 / 5.0);
        near(s.muc.precision, 2.0 / 3.0);
        near(s.b3.precision, (2.0 + 1.0 + 1.0 + 2.0) / 7.0);
        near(s.b3.recall, ((4.0 + 1.0) / 3.0 + (1.0 + 1.0 + 4.0) / 4.0) / 7.0);
    }

    /// The best single pair is not in the best pairing.
    #[test]
    fn the_best_sum_wins() {
        near(assignment(2, 2, |i, j| [[0.9, 0.8], [0.8, 0.1]][i][j]), 1.6);
        near(assignment(1, 3, |_, j| [0.1, 0.3, 0.2][j]), 0.3);
        near(assignment(0, 0, |_, _| 0.0), 0.0);
    }

    #[test]
    fn nothing_scores_nothing() {
        near(scores::<u8, u8>(&[], &[]).conll(), 0.0);
        near(scores(&[1, 2], &[1, 2]).b3.f1(), 1.0);
    }
}
