//! Linear chains: the best sequence of labels, and how likely each label is at each token.
//!
//! A conditional random field (Lafferty, McCallum and Pereira 2001) whose transitions have weights of their own for
//! what is seen between two tokens. Labels come in pairs after 0, which is outside: an odd one begins a span, the even
//! one behind it goes on with it.

use rustc_hash::FxHashMap;

/// What forbids a transition.
const NEVER: f32 = -1e4;

/// Weights of transitions between `L` labels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Transitions<const L: usize> {
    /// For each thing seen between two tokens, from each label to each label.
    pub(crate) weights: Vec<[[f32; L]; L]>,
}

/// Whether `label` may follow `before`; `None` is the start.
pub(crate) fn allowed(before: Option<usize>, label: usize) -> bool {
    label == 0 || label % 2 == 1 || before == Some(label) || before == Some(label - 1)
}

impl<const L: usize> Transitions<L> {
    /// No weights yet, for so many things seen.
    pub(crate) fn new(seen: usize) -> Transitions<L> {
        Transitions { weights: vec![[[0.0; L]; L]; seen] }
    }

    /// Scores of all transitions where these bits are seen.
    fn table(&self, seen: u32) -> [[f32; L]; L] {
        let mut table = [[0.0; L]; L];
        for (bit, weights) in self.weights.iter().enumerate() {
            if seen >> bit & 1 == 1 {
                for (row, weights) in table.iter_mut().zip(weights) {
                    for (score, weight) in row.iter_mut().zip(weights) {
                        *score += weight;
                    }
                }
            }
        }
        for (before, row) in table.iter_mut().enumerate() {
            for (label, score) in row.iter_mut().enumerate() {
                if !allowed(Some(before), label) {
                    *score = NEVER;
                }
            }
        }
        table
    }

    /// The best labels, given each token's scores and what is seen before it.
    pub(crate) fn best(&self, nodes: &[[f32; L]], seen: &[u32]) -> Vec<u8> {
        let Some(first) = nodes.first() else { return Vec::new() };
        let mut tables: FxHashMap<u32, [[f32; L]; L]> = FxHashMap::default();
        let mut scores = *first;
        for (label, score) in scores.iter_mut().enumerate() {
            if !allowed(None, label) {
                *score = NEVER;
            }
        }
        let mut from: Vec<[u8; L]> = vec![[0; L]; nodes.len()];
        for t in 1..nodes.len() {
            let table = tables.entry(seen[t]).or_insert_with(|| self.table(seen[t]));
            let mut next = [f32::MIN; L];
            for before in 0..L {
                for label in 0..L {
                    let score = scores[before] + table[before][label];
                    if score > next[label] {
                        next[label] = score;
                        from[t][label] = before as u8;
                    }
                }
            }
            for label in 0..L {
                scores[label] = next[label] + nodes[t][label];
            }
        }
        let mut label = (1..L).fold(0, |best, l| if scores[l] > scores[best] { l } else { best });
        let mut labels = vec![0; nodes.len()];
        for t in (0..nodes.len()).rev() {
            labels[t] = label as u8;
            label = usize::from(from[t][label]);
        }
        labels
    }

    /// How likely each label is at each token, by the forward-backward algorithm; the logarithm of the sum over all
    /// sequences; and to `pairs`, if given, how likely each transition is at each token.
    pub(crate) fn likely(
        &self,
        nodes: &[[f32; L]],
        seen: &[u32],
        mut pairs: Option<&mut Vec<[[f32; L]; L]>>,
    ) -> (Vec<[f32; L]>, f64) {
        let count = nodes.len();
        let mut tables: FxHashMap<u32, usize> = FxHashMap::default();
        let mut known: Vec<[[f32; L]; L]> = Vec::new();
        let mut which = vec![0; count];
        for t in 1..count {
            which[t] = *tables.entry(seen[t]).or_insert_with(|| {
                known.push(self.table(seen[t]).map(|row| row.map(exp)));
                known.len() - 1
            });
        }
        let mut total = 0.0;
        let mut at: Vec<[f32; L]> = nodes.to_vec();
        for scores in &mut at {
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            total += f64::from(most);
            *scores = scores.map(|score| exp(score - most));
        }
        let mut forward: Vec<[f32; L]> = vec![[0.0; L]; count];
        let mut sums = vec![1.0f32; count];
        for t in 0..count {
            let mut row = [0.0; L];
            if t == 0 {
                row = std::array::from_fn(|label| if allowed(None, label) { at[0][label] } else { 0.0 });
            } else {
                for (before, transitions) in forward[t - 1].iter().zip(&known[which[t]]) {
                    for (sum, transition) in row.iter_mut().zip(transitions) {
                        *sum += before * transition;
                    }
                }
                for (sum, score) in row.iter_mut().zip(&at[t]) {
                    *sum *= score;
                }
            }
            sums[t] = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            total += f64::from(sums[t]).ln();
            forward[t] = row.map(|sum| sum / sums[t]);
        }
        let mut likely = forward.clone();
        let mut backward = [1.0f32; L];
        if let Some(pairs) = pairs.as_deref_mut() {
            pairs.clear();
            pairs.resize(count, [[0.0; L]; L]);
        }
        for t in (0..count).rev() {
            for (likely, backward) in likely[t].iter_mut().zip(&backward) {
                *likely *= backward;
            }
            if t == 0 {
                break;
            }
            let ahead: [f32; L] = std::array::from_fn(|label| at[t][label] * backward[label] / sums[t]);
            let table = &known[which[t]];
            if let Some(pairs) = pairs.as_deref_mut() {
                for (before, row) in pairs[t].iter_mut().enumerate() {
                    for (label, pair) in row.iter_mut().enumerate() {
                        *pair = forward[t - 1][before] * table[before][label] * ahead[label];
                    }
                }
            }
            backward = std::array::from_fn(|before| {
                table[before].iter().zip(&ahead).map(|(transition, ahead)| transition * ahead).sum()
            });
        }
        (likely, total)
    }
}

/// The exponential, by a polynomial of the sixth degree on [-1/2, 1/2] in powers of 2; off by less than 1e-6 of itself.
/// From + and × alone, so that every processor gives the same bits.
pub(crate) fn exp(x: f32) -> f32 {
    let scaled = (x.clamp(-87.0, 87.0)) * std::f32::consts::LOG2_E;
    let whole = (scaled + 0.5).floor();
    let rest = (scaled - whole) * std::f32::consts::LN_2;
    let power = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0)))));
    power * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// The spans that labels mark: which label began each, and its tokens, counted from `start`.
pub(crate) fn spans(labels: &[u8], start: usize) -> Vec<(usize, std::ops::Range<usize>)> {
    let mut spans: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    let mut t = 0;
    while t < labels.len() {
        let label = usize::from(labels[t]);
        if label == 0 {
            t += 1;
            continue;
        }
        let begin = if label % 2 == 1 { label } else { label - 1 };
        let mut end = t + 1;
        while end < labels.len() && usize::from(labels[end]) == begin + 1 {
            end += 1;
        }
        spans.push((begin, start + t..start + end));
        t = end;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: usize = 5;

    fn chain() -> (Transitions<LABELS>, Vec<[f32; LABELS]>, Vec<u32>) {
        let mut transitions = Transitions::new(2);
        let mut number = 7u32;
        let mut next = || {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (number >> 16) as f32 / 32_768.0 - 1.0
        };
        for weights in &mut transitions.weights {
            *weights = std::array::from_fn(|_| std::array::from_fn(|_| next()));
        }
        let nodes = (0..4).map(|_| std::array::from_fn(|_| next())).collect();
        (transitions, nodes, vec![1, 1, 3, 1])
    }

    /// All sequences with their scores.
    fn all() -> Vec<(Vec<usize>, f64)> {
        let (transitions, nodes, seen) = chain();
        let mut out = Vec::new();
        for code in 0..LABELS.pow(nodes.len() as u32) {
            let labels: Vec<usize> = (0..nodes.len()).map(|t| code / LABELS.pow(t as u32) % LABELS).collect();
            let mut score = 0.0;
            for t in 0..nodes.len() {
                if !allowed(t.checked_sub(1).map(|b| labels[b]), labels[t]) {
                    score = f64::NEG_INFINITY;
                    break;
                }
                score += f64::from(nodes[t][labels[t]]);
                if t > 0 {
                    score += f64::from(transitions.table(seen[t])[labels[t - 1]][labels[t]]);
                }
            }
            out.push((labels, score));
        }
        out
    }

    #[test]
    fn the_best_sequence_is_the_best_of_all() {
        let (transitions, nodes, seen) = chain();
        let all = all();
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let found: Vec<usize> = transitions.best(&nodes, &seen).into_iter().map(usize::from).collect();
        assert_eq!(found, best.0);
    }

    #[test]
    fn likelihoods_are_shares_of_all_sequences() {
        let (transitions, nodes, seen) = chain();
        let mut pairs = Vec::new();
        let (likely, total) = transitions.likely(&nodes, &seen, Some(&mut pairs));
        let sum: f64 = all().iter().map(|(_, score)| score.exp()).sum();
        assert!((total - sum.ln()).abs() < 1e-4, "{total} {}", sum.ln());
        for t in 0..nodes.len() {
            for label in 0..LABELS {
                let share = |keep: &dyn Fn(&[usize]) -> bool| -> f64 {
                    all().iter().filter(|(l, _)| keep(l)).map(|(_, score)| score.exp()).sum::<f64>() / sum
                };
                let expected = share(&|l| l[t] == label);
                assert!((f64::from(likely[t][label]) - expected).abs() < 1e-4);
                if t > 0 {
                    let expected = share(&|l| l[t - 1] == 3 && l[t] == label);
                    assert!((f64::from(pairs[t][3][label]) - expected).abs() < 1e-4);
                }
            }
        }
    }

    #[test]
    fn the_exponential_is_near() {
        for x in [-80.0f32, -3.3, -0.5, 0.0, 0.1, 1.0, 20.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn spans_are_read_off_labels() {
        assert_eq!(spans(&[0, 1, 2, 3, 1, 0], 10), [(1, 11..13), (3, 13..14), (1, 14..15)]);
    }
}
