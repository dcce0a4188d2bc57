//! The best tree over a sentence: Chu and Liu (1965), Edmonds (1967).

/// Heads of the best tree with exactly one root. `scores` holds a row for each token: the score of the root as its
/// head, then that of each token. Heads are counted from 1; 0 is the root.
pub(crate) fn best_tree(scores: &[i32], tokens: usize) -> Vec<usize> {
    let width = tokens + 1;
    let row = |i: usize| &scores[i * width..(i + 1) * width];
    let heads: Vec<usize> = (0..tokens).map(|i| best_head(row(i), i + 1)).collect();
    // Nearly always the best heads are a tree already.
    if is_tree(&heads) {
        return heads;
    }
    let mut table = vec![vec![NEVER; width]; width];
    for (i, to) in table.iter_mut().skip(1).enumerate() {
        to.iter_mut().zip(row(i)).for_each(|(to, score)| *to = i64::from(*score));
        to[0] -= SECOND_ROOT;
        to[i + 1] = NEVER;
    }
    edmonds(&table)[1..].to_vec()
}

/// Below every score, with room to subtract from.
const NEVER: i64 = i64::MIN / 4;
/// What a root costs: a tree with two of them is never better than one with one.
const SECOND_ROOT: i64 = 1 << 40;

fn best_head(row: &[i32], own: usize) -> usize {
    let mut best = 0;
    for (j, score) in row.iter().enumerate() {
        if j != own && *score > row[best] {
            best = j;
        }
    }
    best
}

fn is_tree(heads: &[usize]) -> bool {
    let mut parents = vec![0];
    parents.extend_from_slice(heads);
    heads.iter().filter(|head| **head == 0).count() == 1 && cycle(&parents).is_none()
}

/// Best head of each node but node 0, given the scores of all heads of all nodes: best heads, and where they form a
/// cycle, the same again with the cycle as one node.
fn edmonds(scores: &[Vec<i64>]) -> Vec<usize> {
    let n = scores.len();
    let mut heads = vec![0; n];
    for i in 1..n {
        for j in 1..n {
            if j != i && scores[i][j] > scores[i][heads[i]] {
                heads[i] = j;
            }
        }
    }
    let Some(cycle) = cycle(&heads) else { return heads };
    let outside: Vec<usize> = (0..n).filter(|i| !cycle.contains(i)).collect();
    let m = outside.len();
    let mut table = vec![vec![NEVER; m + 1]; m + 1];
    // For each node outside: its best head in the cycle, and the arc by which it best breaks the cycle open.
    let (mut leaving, mut entering) = (vec![cycle[0]; m], vec![(cycle[0], 0); m]);
    for (a, i) in outside.iter().enumerate() {
        for (b, j) in outside.iter().enumerate() {
            table[a][b] = scores[*i][*j];
        }
        for (k, c) in cycle.iter().enumerate() {
            if scores[*i][*c] > table[a][m] {
                table[a][m] = scores[*i][*c];
                leaving[a] = *c;
            }
            let gain = scores[*c][*i] - scores[*c][heads[*c]];
            if k == 0 || gain > table[m][a] {
                table[m][a] = gain;
                entering[a] = (*c, *i);
            }
        }
    }
    let solved = edmonds(&table);
    for (a, i) in outside.iter().enumerate().skip(1) {
        heads[*i] = if solved[a] == m { leaving[a] } else { outside[solved[a]] };
    }
    let (inner, outer) = entering[solved[m]];
    heads[inner] = outer;
    heads
}

/// The nodes of a cycle, if there is one; node 0 has no head.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // From which start each node was reached first.
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_is_the_root() {
        assert_eq!(best_tree(&[-5, 9], 1), [0]);
        assert_eq!(best_tree(&[], 0), Vec::<usize>::new());
    }

    #[test]
    fn best_heads_that_are_a_tree_stay() {
        // "soldiers" hangs on "sent", "sent" on the root.
        assert_eq!(best_tree(&[1, 0, 9, 5, 3, 0], 2), [2, 0]);
    }

    #[test]
    fn no_tree_is_better() {
        let mut state = 7u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as i32 % 100
        };
        for round in 0..400 {
            let tokens = 2 + round % 4;
            let scores: Vec<i32> = (0..tokens * (tokens + 1)).map(|_| random()).collect();
            let value = |heads: &[usize]| -> i32 {
                heads.iter().enumerate().map(|(i, head)| scores[i * (tokens + 1) + head]).sum()
            };
            let all = (0..(tokens + 1).pow(tokens as u32)).map(|code| -> Vec<usize> {
                (0..tokens).map(|i| code / (tokens + 1).pow(i as u32) % (tokens + 1)).collect()
            });
            let best = all.filter(|heads| is_tree(heads)).map(|heads| value(&heads)).max();
            let found = best_tree(&scores, tokens);
            assert!(is_tree(&found), "{found:?} is no tree");
            assert_eq!(Some(value(&found)), best);
        }
    }
}
