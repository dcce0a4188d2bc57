//! Ridge regression over sparse features that are there or not: Hoerl and Kennard (1970), solved by conjugate gradients
//! (Hestenes and Stiefel 1952).

/// Weights of the features, and what is said without any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ridge {
    pub(crate) base: f32,
    pub(crate) weights: Vec<f32>,
}

impl Ridge {
    /// Fits `values` of rows, each a list of features below `width`; `pull` draws weights towards nothing.
    pub(crate) fn fit(rows: &[&[u32]], values: &[f32], width: usize, pull: f64, steps: usize) -> Ridge {
        let base = values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len().max(1) as f64;
        let times = |x: &[f64]| -> Vec<f64> {
            rows.iter().map(|row| row.iter().map(|k| x[*k as usize]).sum()).collect()
        };
        let transposed = |y: &[f64]| -> Vec<f64> {
            let mut out = vec![0.0; width];
            for (row, value) in rows.iter().zip(y) {
                for k in *row {
                    out[*k as usize] += value;
                }
            }
            out
        };
        let centred: Vec<f64> = values.iter().map(|v| f64::from(*v) - base).collect();
        let mut x = vec![0.0; width];
        let mut rest = transposed(&centred);
        let mut direction = rest.clone();
        let mut size: f64 = rest.iter().map(|r| r * r).sum();
        let first = size;
        for _ in 0..steps {
            if size <= first * 1e-8 {
                break;
            }
            let mut image = transposed(&times(&direction));
            for (i, d) in image.iter_mut().zip(&direction) {
                *i += pull * d;
            }
            let bend: f64 = direction.iter().zip(&image).map(|(d, i)| d * i).sum();
            let step = size / bend;
            for k in 0..width {
                x[k] += step * direction[k];
                rest[k] -= step * image[k];
            }
            let left: f64 = rest.iter().map(|r| r * r).sum();
            for (d, r) in direction.iter_mut().zip(&rest) {
                *d = r + left / size * *d;
            }
            size = left;
        }
        Ridge { base: base as f32, weights: x.into_iter().map(|w| w as f32).collect() }
    }

    /// What it says of a row.
    pub(crate) fn value(&self, row: &[u32]) -> f32 {
        self.base + row.iter().map(|k| self.weights[*k as usize]).sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_found() {
        // What is said without any feature is the mean: a feature that is always there makes up for it.
        let rows: [&[u32]; 4] = [&[2], &[0, 2], &[1, 2], &[0, 1, 2]];
        let model = Ridge::fit(&rows, &[0.0, 1.0, -2.0, -1.0], 3, 1e-6, 20);
        for (row, value) in rows.iter().zip([0.0, 1.0, -2.0, -1.0]) {
            assert!((model.value(row) - value).abs() < 1e-2, "{row:?} {}", model.value(row));
        }
    }
}
