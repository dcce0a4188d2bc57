//! Learns the weights of `lexicon/agreement.tsv`: logistic regression by Newton's method, with a ridge.

use crate::reconcile::trial::{SIGNS, Signs};

const N: usize = SIGNS.len();
/// Weight of the ridge: keeps signs that hardly ever show from growing without bound.
const RIDGE: f64 = 2.0;

/// The weights under which the answers are likeliest.
pub(super) fn fit(signs: &[&Signs], same: &[bool]) -> Signs {
    let mut weights = [0.0; N];
    for _ in 0..12 {
        let mut gradient = weights.map(|w| -RIDGE * w);
        let mut hessian = vec![[0.0; N]; N];
        (0..N).for_each(|k| hessian[k][k] = RIDGE);
        for (x, &y) in signs.iter().zip(same) {
            let shown: Vec<(usize, f64)> = x.iter().copied().enumerate().filter(|(_, v)| *v != 0.0).collect();
            let sum: f64 = shown.iter().map(|&(k, v)| v * weights[k]).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let (error, curve) = (f64::from(y) - p, (p * (1.0 - p)).max(1e-9));
            for &(k, v) in &shown {
                gradient[k] += error * v;
                for &(l, w) in &shown {
                    hessian[k][l] += curve * v * w;
                }
            }
        }
        let step = solve(hessian, gradient);
        (0..N).for_each(|k| weights[k] += step[k]);
        if step.iter().all(|s| s.abs() < 1e-5) {
            break;
        }
    }
    weights
}

/// Solves a symmetric positive definite system, by Gaussian elimination.
fn solve(mut a: Vec<[f64; N]>, mut b: Signs) -> Signs {
    for k in 0..N {
        for i in k + 1..N {
            let factor = a[i][k] / a[k][k];
            if factor != 0.0 {
                let row = a[k];
                (k..N).for_each(|j| a[i][j] -= factor * row[j]);
                b[i] -= factor * b[k];
            }
        }
    }
    for k in (0..N).rev() {
        let rest: f64 = (k + 1..N).map(|j| a[k][j] * b[j]).sum();
        b[k] = (b[k] - rest) / a[k][k];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_sign_gets_weight() {
        let mut with = [0.0; N];
        (with[0], with[1]) = (1.0, 1.0);
        let mut without = with;
        without[1] = 0.0;
        let signs: Vec<&Signs> = (0..200).map(|i| if i % 2 == 0 { &with } else { &without }).collect();
        let same: Vec<bool> = (0..200).map(|i| i % 2 == 0 && i % 20 != 0).collect();
        let weights = fit(&signs, &same);
        assert!(weights[1] > 2.0 && weights[0] < -1.0, "{weights:?}");
    }
}
