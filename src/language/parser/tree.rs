//! The best tree over a sentence: Chu and Liu (1965), Edmonds (1967), with one root.

/// Heads for the best tree with exactly one root, given `score(dependent, head)`, with head 0 for the root and
/// tokens counted from 1. `scores` holds a row for each token, of `tokens + 1` columns.
pub(crate) fn best_tree(scores: &[i32], tokens: usize) -> Vec<usize> {
    let width = tokens + 1;
    let mut heads: Vec<usize> =
        (0..tokens).map(|i| best(&scores[i * width..(i + 1) * width], i + 1)).collect();
    if is_tree(&heads) {
        return heads;
    }
    // One root: the token whose own root score beats its best other head by most; then the rest hang on tokens.
    let root = (0..tokens)
        .max_by_key(|i| {
            let row = &scores[i * width..(i + 1) * width];
            let other = (1..width).filter(|j| *j != i + 1).map(|j| row[j]).max().unwrap_or(i32::MIN / 2);
            // The first of equals.
            (i64::from(row[0]) - i64::from(other), std::cmp::Reverse(*i))
        })
        .unwrap_or(0);
    let mut table: Vec<Vec<i64>> = vec![vec![i64::MIN / 4; width]; width];
    for i in 0..tokens {
        for j in 1..width {
            if j != i + 1 && i != root {
                table[i + 1][j] = i64::from(scores[i * width + j]);
            }
        }
    }
    table[root + 1][0] = 0;
    let found = edmonds(&table);
    heads.copy_from_slice(&found[1..]);
    heads
}

fn best(row: &[i32], own: usize) -> usize {
    let mut best = usize::from(own == 0);
    for (j, score) in row.iter().enumerate() {
        if j != own && *score > row[best] {
            best = j;
        }
    }
    best
}

fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|h| **h == 0).count() != 1 {
        return false;
    }
    // 0: not seen, 1: reaches the root, 2: on the way now.
    let mut state = vec![0u8; heads.len() + 1];
    state[0] = 1;
    for start in 1..=heads.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = 2;
            at = heads[at - 1];
        }
        if state[at] == 2 {
            return false;
        }
        at = start;
        while state[at] == 2 {
            state[at] = 1;
            at = heads[at - 1];
        }
    }
    true
}

/// Best incoming arc of each node but node 0, by contracting cycles.
fn edmonds(scores: &[Vec<i64>]) -> Vec<usize> {
    let n = scores.len();
    let mut heads = vec![0usize; n];
    for i in 1..n {
        for j in 0..n {
            if j != i && (scores[i][j] > scores[i][heads[i]] || heads[i] == i) {
                heads[i] = j;
            }
        }
    }
    let Some(cycle) = cycle(&heads) else { return heads };
    let mut inside = vec![false; n];
    cycle.iter().for_each(|i| inside[*i] = true);
    let total: i64 = cycle.iter().map(|i| scores[*i][heads[*i]]).sum();
    let _ = total;
    let old: Vec<usize> = (0..n).filter(|i| !inside[*i]).collect();
    let m = old.len();
    let mut table = vec![vec![i64::MIN / 4; m + 1]; m + 1];
    // For each outer node: the arc that it stands for when it enters or leaves the cycle.
    let (mut enters, mut leaves) = (vec![(0, 0); m], vec![0; m]);
    for (a, i) in old.iter().enumerate() {
        for (b, j) in old.iter().enumerate() {
            table[a][b] = scores[*i][*j];
        }
        for c in &cycle {
            if *i != 0 && scores[*i][*c] > table[a][m] {
                table[a][m] = scores[*i][*c];
                leaves[a] = *c;
            }
            let gain = scores[*c][*i] - scores[*c][heads[*c]];
            if gain > table[m][a] || enters[a].0 == 0 {
                table[m][a] = gain;
                enters[a] = (*c, *i);
            }
        }
    }
    let solved = edmonds(&table);
    for (a, i) in old.iter().enumerate().skip(1) {
        heads[*i] = if solved[a] == m { leaves[a] } else { old[solved[a]] };
    }
    let (inner, outer) = enters[solved[m]];
    heads[inner] = outer;
    heads
}

fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && state[at] == 0 {
            state[at] = start;
            at = heads[at];
        }
        if at != 0 && state[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}
