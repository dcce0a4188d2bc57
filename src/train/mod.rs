//! Training and evaluation on open corpora. Feature `train`; never in the wheel.

pub mod polnear;
pub mod score;
