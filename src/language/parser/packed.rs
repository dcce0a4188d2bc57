//! Matrices as they are stored and as they are computed with: a byte a weight, and what a byte of each column stands for.

use serde::{Deserialize, Serialize};

/// A matrix in bytes, with a scale for each column; tables of embeddings have one scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Packed {
    pub(crate) rows: u32,
    pub(crate) scales: Vec<f32>,
    /// Row by row.
    pub(crate) bytes: Vec<i8>,
}

impl Packed {
    /// Cuts a matrix down to bytes, a scale for each column.
    #[cfg(feature = "train")]
    pub(crate) fn columns(values: &[f32], rows: usize, columns: usize) -> Packed {
        let mut scales = vec![1e-12f32; columns];
        for row in values.chunks_exact(columns) {
            for (scale, x) in scales.iter_mut().zip(row) {
                *scale = scale.max(x.abs() / 127.0);
            }
        }
        let bytes = values.iter().enumerate().map(|(i, x)| (x / scales[i % columns]).round() as i8).collect();
        Packed { rows: rows as u32, scales, bytes }
    }

    /// Cuts a table down to bytes, one scale for all.
    #[cfg(feature = "train")]
    pub(crate) fn table(values: &[f32], rows: usize) -> Packed {
        // The largest few values are cut off for the sake of the many small ones.
        let mut sizes: Vec<f32> = values.iter().map(|x| x.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let scale = (sizes[(sizes.len() - 1) * 9999 / 10_000] / 127.0).max(1e-12);
        let bytes = values.iter().map(|x| (x / scale).round().clamp(-127.0, 127.0) as i8).collect();
        Packed { rows: rows as u32, scales: vec![scale], bytes }
    }

    /// Whether there are as many bytes as rows and columns ask for.
    pub(crate) fn is_whole(&self) -> bool {
        !self.scales.is_empty() && self.bytes.len() == self.rows as usize * self.scales.len()
    }

    /// Inputs of a layer.
    pub(crate) fn inputs(&self) -> usize {
        self.rows as usize
    }

    /// Outputs of a layer.
    pub(crate) fn outputs(&self) -> usize {
        self.scales.len()
    }
}
