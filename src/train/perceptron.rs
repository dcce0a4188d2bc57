//! An averaged perceptron with sparse rows.

/// Weights of all features. The average over all updates is kept lazily, as usual.
#[derive(Debug)]
pub struct Perceptron {
    rows: Vec<Vec<Cell>>,
    clock: u32,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    label: u8,
    weight: f32,
    sum: f64,
    since: u32,
}

impl Perceptron {
    /// No weights yet, for keys of so many bits.
    #[must_use]
    pub fn new(bits: u32) -> Perceptron {
        Perceptron { rows: vec![Vec::new(); 1 << bits], clock: 0 }
    }

    /// Advances the clock by one example.
    pub fn tick(&mut self) {
        self.clock += 1;
    }

    /// Starts the average anew, from the weights as they are.
    pub fn forget_average(&mut self) {
        self.clock = 0;
        for cell in self.rows.iter_mut().flatten() {
            cell.sum = 0.0;
            cell.since = 0;
        }
    }

    /// Adds up the weights of `keys`.
    pub fn score(&self, keys: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        self.add(keys, scores);
    }

    /// Adds the weights of `keys` to `scores`.
    pub fn add(&self, keys: &[u32], scores: &mut [f32]) {
        for key in keys {
            for cell in &self.rows[*key as usize] {
                scores[cell.label as usize] += cell.weight;
            }
        }
    }

    /// Adds `step` to the weight of `label` under every key.
    pub fn update(&mut self, keys: &[u32], label: usize, step: f32) {
        for key in keys {
            let row = &mut self.rows[*key as usize];
            let at = row.iter().position(|c| c.label as usize == label).unwrap_or_else(|| {
                row.push(Cell { label: label as u8, weight: 0.0, sum: 0.0, since: self.clock });
                row.len() - 1
            });
            let cell = &mut row[at];
            cell.sum += f64::from(self.clock - cell.since) * f64::from(cell.weight);
            cell.since = self.clock;
            cell.weight += step;
        }
    }

    /// The averaged weights, in order of keys and labels, without those that are smaller than `least` in size.
    #[must_use]
    pub fn averaged(&self, least: f32) -> Vec<(u32, Vec<(u8, f32)>)> {
        let clock = self.clock.max(1);
        let mut out = Vec::new();
        for (key, row) in self.rows.iter().enumerate() {
            let mut weights: Vec<(u8, f32)> = Vec::new();
            for cell in row {
                let sum = cell.sum + f64::from(clock - cell.since) * f64::from(cell.weight);
                let mean = (sum / f64::from(clock)) as f32;
                if mean.abs() >= least {
                    weights.push((cell.label, mean));
                }
            }
            if !weights.is_empty() {
                weights.sort_by_key(|(label, _)| *label);
                out.push((key as u32, weights));
            }
        }
        out
    }
}
