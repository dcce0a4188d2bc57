//! Word clusters from running text: the exchange algorithm for class bigrams (Kneser and Ney 1993; Martin, Liermann
//! and Ney 1998), then the classes merged two by two into a tree, whose paths serve as clusters of every size, as in
//! Brown and others (1992).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

/// Number of classes.
const CLASSES: usize = 256;
/// Rarer words have no class of their own.
const LEAST: usize = 5;
const ROUNDS: usize = 12;
/// Longest path.
const LONGEST: u32 = 18;

/// Neighbours of a word with their counts.
type Neighbours = Vec<(u32, f64)>;

/// The path of each word's cluster, with a leading one; words in order.
pub(super) fn induce(sentences: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for word in sentences.iter().flatten() {
        *counts.entry(*word).or_default() += 1;
    }
    let mut words: Vec<(u32, usize)> = counts.into_iter().filter(|(_, count)| *count >= LEAST).collect();
    words.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
    let mut classes = Classes::new(sentences, &words);
    for _ in 0..ROUNDS {
        let moved = (0..words.len()).filter(|word| classes.exchange(*word)).count();
        if moved * 200 < words.len() {
            break;
        }
    }
    let paths = classes.merge();
    let mut out: Vec<(u32, u32)> =
        words.iter().enumerate().map(|(i, (word, _))| (*word, paths[classes.of[i]])).collect();
    out.sort_unstable();
    out
}

/// Counts of class bigrams. Behind the classes proper stand that of boundaries and that of rare words.
struct Classes {
    /// Class of each word.
    of: Vec<usize>,
    right: Vec<Neighbours>,
    left: Vec<Neighbours>,
    pairs: Vec<f64>,
    firsts: Vec<f64>,
    lasts: Vec<f64>,
}

const ALL: usize = CLASSES + 2;

fn entropy(count: f64) -> f64 {
    if count > 0.0 { count * count.ln() } else { 0.0 }
}

impl Classes {
    fn new(sentences: &[Vec<u32>], words: &[(u32, usize)]) -> Classes {
        let ids: FxHashMap<u32, u32> = words.iter().enumerate().map(|(i, (w, _))| (*w, i as u32)).collect();
        let (boundary, rare) = (words.len() as u32, words.len() as u32 + 1);
        let mut bigrams: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for sentence in sentences {
            let mut before = boundary;
            for word in sentence.iter().map(|w| *ids.get(w).unwrap_or(&rare)).chain([boundary]) {
                *bigrams.entry((before, word)).or_default() += 1.0;
                before = word;
            }
        }
        let mut of: Vec<usize> = (0..words.len()).map(|i| i % CLASSES).collect();
        of.extend([CLASSES, CLASSES + 1]);
        let mut classes = Classes {
            right: vec![Vec::new(); of.len()],
            left: vec![Vec::new(); of.len()],
            of,
            pairs: vec![0.0; ALL * ALL],
            firsts: vec![0.0; ALL],
            lasts: vec![0.0; ALL],
        };
        for ((a, b), count) in bigrams {
            classes.right[a as usize].push((b, count));
            classes.left[b as usize].push((a, count));
            let (a, b) = (classes.of[a as usize], classes.of[b as usize]);
            classes.pairs[a * ALL + b] += count;
            classes.firsts[a] += count;
            classes.lasts[b] += count;
        }
        classes
    }

    /// Moves a word to the class where the text is most likely; whether that is another one.
    fn exchange(&mut self, word: usize) -> bool {
        let mut right: BTreeMap<usize, f64> = BTreeMap::new();
        let mut left: BTreeMap<usize, f64> = BTreeMap::new();
        let mut own = 0.0;
        let mut total = 0.0;
        for (next, count) in &self.right[word] {
            total += count;
            if *next as usize == word {
                own += count;
            } else {
                *right.entry(self.of[*next as usize]).or_default() += count;
            }
        }
        for (before, count) in self.left[word].iter().filter(|(before, _)| *before as usize != word) {
            *left.entry(self.of[*before as usize]).or_default() += count;
        }
        let (right, left): (Vec<_>, Vec<_>) = (right.into_iter().collect(), left.into_iter().collect());
        let from = self.of[word];
        self.shift(from, &right, &left, own, total, -1.0);
        let mut best = (from, self.gain(from, &right, &left, own, total));
        for class in (0..CLASSES).filter(|class| *class != from) {
            let gain = self.gain(class, &right, &left, own, total);
            if gain > best.1 + 1e-9 {
                best = (class, gain);
            }
        }
        self.shift(best.0, &right, &left, own, total, 1.0);
        self.of[word] = best.0;
        best.0 != from
    }

    fn shift(
        &mut self,
        class: usize,
        right: &[(usize, f64)],
        left: &[(usize, f64)],
        own: f64,
        total: f64,
        sign: f64,
    ) {
        for (next, count) in right {
            self.pairs[class * ALL + next] += sign * count;
        }
        for (before, count) in left {
            self.pairs[before * ALL + class] += sign * count;
        }
        self.pairs[class * ALL + class] += sign * own;
        self.firsts[class] += sign * total;
        self.lasts[class] += sign * total;
    }

    fn gain(&self, class: usize, right: &[(usize, f64)], left: &[(usize, f64)], own: f64, total: f64) -> f64 {
        let mut gain = 0.0;
        let mut inner = own;
        for (next, count) in right {
            if *next == class {
                inner += count;
            } else {
                let before = self.pairs[class * ALL + next];
                gain += entropy(before + count) - entropy(before);
            }
        }
        for (last, count) in left {
            if *last == class {
                inner += count;
            } else {
                let before = self.pairs[last * ALL + class];
                gain += entropy(before + count) - entropy(before);
            }
        }
        let before = self.pairs[class * ALL + class];
        gain += entropy(before + inner) - entropy(before);
        gain - 2.0 * (entropy(self.firsts[class] + total) - entropy(self.firsts[class]))
    }

    /// Merges the two classes that lose least until one is left; the path of each class in the tree.
    fn merge(&mut self) -> Vec<u32> {
        let mut alive: Vec<usize> = (0..CLASSES).collect();
        let mut node: Vec<usize> = (0..CLASSES).collect();
        let mut tree: Vec<(usize, usize)> = Vec::new();
        while alive.len() > 1 {
            let mut best = (f64::MIN, 0, 0);
            for (i, a) in alive.iter().enumerate() {
                for b in &alive[i + 1..] {
                    let gain = self.merged(*a, *b, &alive);
                    if gain > best.0 {
                        best = (gain, *a, *b);
                    }
                }
            }
            let (_, a, b) = best;
            for x in 0..ALL {
                self.pairs[a * ALL + x] += std::mem::take(&mut self.pairs[b * ALL + x]);
            }
            for x in 0..ALL {
                self.pairs[x * ALL + a] += std::mem::take(&mut self.pairs[x * ALL + b]);
            }
            self.firsts[a] += self.firsts[b];
            tree.push((node[a], node[b]));
            node[a] = CLASSES + tree.len() - 1;
            alive.retain(|class| *class != b);
        }
        let mut paths = vec![1; CLASSES];
        let mut stack = vec![(CLASSES + tree.len() - 1, 1u32)];
        while let Some((at, path)) = stack.pop() {
            if at < CLASSES {
                paths[at] = path;
            } else {
                let (a, b) = tree[at - CLASSES];
                let deeper = path.leading_zeros() > 31 - LONGEST;
                stack.push((a, if deeper { path << 1 } else { path }));
                stack.push((b, if deeper { path << 1 | 1 } else { path }));
            }
        }
        paths
    }

    /// What the likelihood gains if two classes are one.
    fn merged(&self, a: usize, b: usize, alive: &[usize]) -> f64 {
        let (first_a, first_b) = (self.firsts[a], self.firsts[b]);
        let mut gain = 2.0 * (entropy(first_a) + entropy(first_b) - entropy(first_a + first_b));
        let pair = |x: usize, y: usize| self.pairs[x * ALL + y];
        for x in alive.iter().copied().chain([CLASSES, CLASSES + 1]).filter(|x| *x != a && *x != b) {
            for (p, q) in [(pair(a, x), pair(b, x)), (pair(x, a), pair(x, b))] {
                if p > 0.0 && q > 0.0 {
                    gain += entropy(p + q) - entropy(p) - entropy(q);
                }
            }
        }
        let inner = [pair(a, a), pair(b, b), pair(a, b), pair(b, a)];
        gain + entropy(inner.iter().sum()) - inner.iter().map(|count| entropy(*count)).sum::<f64>()
    }
}
