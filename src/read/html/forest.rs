//! Boosted trees: the model that tells the article from the rest of its page.
//!
//! A sum of small decision trees over the numbers of a row (Friedman, "Greedy function approximation: a gradient
//! boosting machine", 2001), read as log-odds. Training is in `train/boosting.rs`.

use serde::{Deserialize, Serialize};

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Forest {
    pub(crate) bias: f32,
    pub(crate) trees: Vec<DecisionTree>,
}

/// Inner nodes, the root first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct DecisionTree {
    pub(crate) nodes: Vec<Decision>,
    pub(crate) leaves: Vec<f32>,
}

/// Left if the row's value is at most the threshold. A child below zero is a leaf, -1 the first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Decision {
    pub(crate) column: u16,
    pub(crate) threshold: f32,
    pub(crate) left: i16,
    pub(crate) right: i16,
}

impl Forest {
    /// Probability of a row.
    pub(crate) fn probability(&self, row: &[f32]) -> f32 {
        let sum = self.bias + self.trees.iter().map(|t| t.value(row)).sum::<f32>();
        1.0 / (1.0 + (-sum).exp())
    }

    /// The stored form.
    pub(crate) fn of(bytes: &[u8]) -> Option<Forest> {
        postcard::from_bytes(bytes).ok()
    }
}

impl DecisionTree {
    pub(crate) fn value(&self, row: &[f32]) -> f32 {
        let mut at = if self.nodes.is_empty() { -1 } else { 0 };
        // Children come after their parents, so this ends.
        while let Ok(node) = usize::try_from(at) {
            let Some(decision) = self.nodes.get(node) else { return 0.0 };
            let value = row.get(decision.column as usize).copied().unwrap_or(0.0);
            at = if value <= decision.threshold { decision.left } else { decision.right };
        }
        self.leaves.get((-1 - i32::from(at)) as usize).copied().unwrap_or(0.0)
    }
}
