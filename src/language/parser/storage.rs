//! How the parser's model is stored.

use serde::{Deserialize, Serialize};

use super::Parser;
use super::inputs::{self, COUNT, WIDTHS};
use super::layers::{Dense, Lstm};
use super::network::{Network, Table};
use super::packed::Packed;
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
        if !model.matrices.iter().all(Packed::is_whole) {
            return None;
        }
        let tables = std::array::from_fn(|t| Table {
            bytes: model.tables[t].bytes.clone(),
            scale: model.tables[t].scales[0],
        });
        let mut matrices = model.matrices.iter();
        let mut vectors = model.vectors.iter();
        let layers = model.matrices.len().checked_sub(7)? / 4;
        let mut pairs = Vec::new();
        for _ in 0..layers {
            let forward = Lstm::new(matrices.next()?, vectors.next()?, matrices.next()?)?;
            let backward = Lstm::new(matrices.next()?, vectors.next()?, matrices.next()?)?;
            pairs.push([forward, backward]);
        }
        let network = Network {
            tables,
            layers: pairs,
            dependent: Dense::new(matrices.next()?, vectors.next()?)?,
            head: Dense::new(matrices.next()?, vectors.next()?)?,
            between: Dense::new(matrices.next()?, vectors.next()?)?,
            label_dependent: Dense::new(matrices.next()?, vectors.next()?)?,
            label_head: Dense::new(matrices.next()?, &[])?,
            label: Dense::new(matrices.next()?, vectors.next()?)?,
            upos: Dense::new(matrices.next()?, vectors.next()?)?,
            root: vectors.next()?.clone(),
            label_root: vectors.next()?.clone(),
        };
        Some(Parser { known: model.known.clone(), network })
    }
}
