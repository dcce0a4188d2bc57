//! How the parser's model is stored: a byte a weight, and what a byte of each row or table stands for.

use serde::{Deserialize, Serialize};

use super::Parser;
use super::inputs::{self, COUNT, WIDTHS};
use super::layers::{Dense, Lstm, Matrix};
use super::network::{Network, Table};
use crate::language::storage;

/// Opens the file of the parser's model, version last.
pub(crate) const MAGIC: [u8; 4] = *b"RPP1";

/// A trained model as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Model {
    /// Hashes of the known forms, sorted.
    pub(crate) known: Vec<u32>,
    /// Tables of embeddings.
    pub(crate) tables: Vec<Packed>,
    /// Matrices, in the order in which [`Parser::new`] takes them.
    pub(crate) matrices: Vec<Packed>,
    /// Biases and the vectors of the root, likewise.
    pub(crate) vectors: Vec<Vec<f32>>,
}

/// A matrix in bytes, with a scale for each column; tables of embeddings have one scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Packed {
    rows: u32,
    scales: Vec<f32>,
    bytes: Vec<i8>,
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

    pub(crate) fn matrix(&self) -> Option<Matrix> {
        let (rows, columns) = (self.rows as usize, self.scales.len());
        let mut values = Vec::with_capacity(self.bytes.len());
        for row in self.bytes.chunks_exact(columns.max(1)) {
            values.extend(row.iter().zip(&self.scales).map(|(byte, scale)| f32::from(*byte) * scale));
        }
        (columns > 0 && values.len() == rows * columns).then_some(Matrix { rows, columns, values })
    }
}

impl Model {
    /// Reads a stored model.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Model> {
        postcard::from_bytes(&storage::open(bytes, MAGIC)?).ok()
    }

    /// The bytes that [`Model::decode`] reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn encode(&self) -> Vec<u8> {
        storage::seal(&postcard::to_allocvec(self).expect("numbers can be written"), MAGIC)
    }
}

impl Parser {
    /// Lays a stored model out for speed; `None` if its parts do not fit together.
    pub(crate) fn new(model: &Model) -> Option<Parser> {
        let rows = inputs::rows(model.known.len());
        let fits = |(t, table): (usize, &Packed)| {
            table.scales.len() == 1 && table.bytes.len() == rows[t] * WIDTHS[t]
        };
        if model.tables.len() != COUNT || !model.tables.iter().enumerate().all(fits) {
            return None;
        }
        let tables = std::array::from_fn(|t| Table {
            bytes: model.tables[t].bytes.clone(),
            scale: model.tables[t].scales[0],
        });
        let mut matrices = model.matrices.iter().map(Packed::matrix);
        let mut vectors = model.vectors.iter();
        let layers = model.matrices.len().checked_sub(7)? / 4;
        let mut pairs = Vec::new();
        for _ in 0..layers {
            let forward = Lstm::new(&matrices.next()??, vectors.next()?, &matrices.next()??)?;
            let backward = Lstm::new(&matrices.next()??, vectors.next()?, &matrices.next()??)?;
            pairs.push([forward, backward]);
        }
        let network = Network {
            tables,
            layers: pairs,
            dependent: Dense::new(&matrices.next()??, vectors.next()?),
            head: Dense::new(&matrices.next()??, vectors.next()?),
            between: Dense::new(&matrices.next()??, vectors.next()?),
            label_dependent: Dense::new(&matrices.next()??, vectors.next()?),
            label_head: Dense::new(&matrices.next()??, &[]),
            label: Dense::new(&matrices.next()??, vectors.next()?),
            upos: Dense::new(&matrices.next()??, vectors.next()?),
            root: vectors.next()?.clone(),
            label_root: vectors.next()?.clone(),
        };
        Some(Parser { known: model.known.clone(), network })
    }
}
