//! Boosted trees: what they look like in a file, and what they say of a row of numbers.
//!
//! Gradient boosting (Friedman 2001): the sum of what all trees say is the logarithm of the odds, if they were grown on
//! the logistic loss, or the value itself.
//! Every tree has the same depth and lies in an array, so that walking it is arithmetic.

/// Questions from the root to a leaf.
pub(crate) const DEPTH: usize = 5;
/// Questions of a tree.
pub(crate) const SPLITS: usize = (1 << DEPTH) - 1;
/// Answers of a tree.
pub(crate) const LEAVES: usize = 1 << DEPTH;

/// A tree; the questions after question `i` are `2 i + 1` and `2 i + 2`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    /// Which number is asked about.
    pub(crate) columns: [u16; SPLITS],
    /// Greater goes right.
    pub(crate) limits: [f32; SPLITS],
    pub(crate) leaves: [f32; LEAVES],
}

/// Trees that are added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Forest {
    pub(crate) start: f32,
    pub(crate) trees: Vec<Tree>,
}

impl Forest {
    /// The logarithm of the odds, or the value.
    pub(crate) fn score(&self, row: &[f32]) -> f32 {
        let mut sum = self.start;
        for tree in &self.trees {
            let mut at = 0;
            for _ in 0..DEPTH {
                let right = row[usize::from(tree.columns[at])] > tree.limits[at];
                at = 2 * at + 1 + usize::from(right);
            }
            sum += tree.leaves[at - SPLITS];
        }
        sum
    }

    /// The probability.
    pub(crate) fn probability(&self, row: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.score(row)).exp())
    }

    /// Trees of a file's body, and what is left of it; `None` if they are damaged or ask for columns there are not.
    pub(crate) fn read(body: &[u8], width: usize) -> Option<(Forest, &[u8])> {
        let mut rest = body;
        let mut take = |n: usize| {
            let (taken, left) = rest.split_at_checked(n)?;
            rest = left;
            Some(taken)
        };
        let number = |bytes: &[u8]| bytes.try_into().map(f32::from_le_bytes).ok();
        let count = u16::from_le_bytes(take(2)?.try_into().ok()?);
        let mut forest = Forest { start: number(take(4)?)?, trees: Vec::new() };
        for _ in 0..count {
            let mut tree = Tree { columns: [0; SPLITS], limits: [0.0; SPLITS], leaves: [0.0; LEAVES] };
            for column in &mut tree.columns {
                *column = u16::from(take(1)?[0]);
                if usize::from(*column) >= width {
                    return None;
                }
            }
            for limit in &mut tree.limits {
                *limit = number(take(4)?)?;
            }
            for leaf in &mut tree.leaves {
                *leaf = f32::from(i16::from_le_bytes(take(2)?.try_into().ok()?)) / LEAF;
            }
            forest.trees.push(tree);
        }
        Some((forest, rest))
    }

    /// Appends what [`Forest::read`] reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn write(&self, body: &mut Vec<u8>) {
        body.extend((self.trees.len() as u16).to_le_bytes());
        body.extend(self.start.to_le_bytes());
        for tree in &self.trees {
            body.extend(tree.columns.map(|c| c as u8));
            body.extend(tree.limits.iter().flat_map(|l| l.to_le_bytes()));
            body.extend(tree.leaves.iter().flat_map(|l| ((l * LEAF).round() as i16).to_le_bytes()));
        }
    }
}

/// Leaves are stored as whole numbers of such parts.
const LEAF: f32 = 4096.0;
