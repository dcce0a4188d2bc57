//! Gradient descent over batches of sentences.

use std::time::Instant;

use rayon::prelude::*;

use super::model::{Network, Pass, SCALE};
use super::{Example, Plan, evaluate};
use crate::language::parser::Parser;
use crate::language::parser::inputs::{WIDTH, WIDTHS};
use crate::language::parser::storage::Model;
use crate::train::Random;
use crate::train::network::{Adam, Layout, add, axpy, dot};

/// Gradients are made larger, so that Adam's smallest divisor does not matter.
const GAIN: f32 = 20.0;
/// Longest gradient, per token; longer ones are cut (Pascanu et al. 2013).
const LONGEST: f32 = 5.0;
/// Steps until the rate is at its highest.
const WARM: f32 = 200.0;

/// Trains on gold and silver trees; prints how well the development sets are read now and then.
pub(super) fn train(
    plan: &Plan,
    gold: &[Example],
    silver: &[Example],
    known: &[u32],
    development: &[(&str, Vec<Example>)],
) -> Model {
    let mut layout = Layout::new(0x5eed_0003);
    let network = Network::new(&mut layout, plan, known.len());
    let mut values = layout.values;
    eprintln!("{} dense parameters, {} in all", network.dense, values.len());
    let stored = |values: &[f32]| Model { known: known.to_vec(), ..network.stored(values) };
    let mut adam = Adam::new(values.len());
    let mut random = Random::new(0x5eed_0004);
    let mut table_gradient = vec![0.0f32; values.len() - network.dense];
    let size = |examples: &[Example]| -> usize { examples.iter().map(|e| e.rows.len()).sum() };
    let steps = (plan.epochs * size(gold) + plan.silver * size(silver)).div_ceil(plan.batch);
    let mut step = 0usize;
    for epoch in 1..=plan.epochs {
        let started = Instant::now();
        let mut batches = batches(gold, plan.batch, &mut random);
        if epoch <= plan.silver {
            batches.extend(self::batches(silver, plan.batch, &mut random));
            random.shuffle(&mut batches);
        }
        let (mut loss, mut total) = (0.0, 0);
        for batch in batches {
            let tokens: usize = batch.iter().map(|e| e.rows.len()).sum();
            let mut pass = gradient(&network, &values, &batch, plan, &mut random);
            total += tokens;
            loss += pass.loss / SCALE;
            let factor = 1.0 / SCALE / tokens as f32 * GAIN;
            pass.gradient.iter_mut().for_each(|g| *g *= factor);
            let norm = dot(&pass.gradient, &pass.gradient).sqrt();
            let clip = (LONGEST * GAIN / norm).min(1.0);
            pass.gradient.iter_mut().for_each(|g| *g *= clip);
            step += 1;
            let progress = step as f32 / steps as f32;
            let rate = plan.rate * (step as f32 / WARM).min(1.0) * (1.0 - progress).max(0.01);
            adam.tick();
            adam.update(&mut values, 0, &pass.gradient, rate);
            for (start, width) in scatter(&network, &pass, factor * clip, &mut table_gradient) {
                let row = start..start + width;
                adam.update(&mut values, network.dense + start, &table_gradient[row.clone()], rate);
                table_gradient[row].fill(0.0);
            }
        }
        eprintln!("epoch {epoch}: loss {:.4}, {:.1?}", loss / total as f32, started.elapsed());
        if epoch % 3 == 0 || epoch == plan.epochs {
            let parser = Parser::new(&stored(&values)).expect("what is trained fits together");
            for (name, set) in development {
                evaluate::report(name, set, &parser);
            }
        }
    }
    stored(&values)
}

/// Loss and gradient of a batch: of a fixed number of shards, side by side, added up in order, so that the number of
/// threads does not matter.
fn gradient(network: &Network, values: &[f32], batch: &[&Example], plan: &Plan, random: &mut Random) -> Pass {
    const SHARDS: usize = 4;
    let shards: Vec<&[&Example]> = batch.chunks(batch.len().div_ceil(SHARDS)).collect();
    let seeds: Vec<u64> = shards.iter().map(|_| random.below(1 << 30) as u64 + 1).collect();
    let passes: Vec<Pass> = shards
        .par_iter()
        .zip(&seeds)
        .map(|(shard, seed)| network.pass(values, shard, plan, &mut Random::new((seed * 0x9e37_79b9) | 1)))
        .collect();
    let mut passes = passes.into_iter();
    let mut sum = passes.next().expect("no batch is empty");
    for pass in passes {
        add(&mut sum.gradient, &pass.gradient);
        sum.inputs.extend(pass.inputs);
        sum.rows.extend(pass.rows);
        sum.loss += pass.loss;
    }
    sum
}

/// Adds up the gradients of the embeddings that were used; returns where each begins among them, and its width.
fn scatter(network: &Network, pass: &Pass, factor: f32, to: &mut [f32]) -> Vec<(usize, usize)> {
    let mut touched = Vec::new();
    for (row, gradient) in pass.rows.iter().zip(pass.inputs.chunks_exact(WIDTH)) {
        let mut column = 0;
        for ((id, width), table) in row.iter().zip(WIDTHS).zip(&network.tables) {
            let start = table.start - network.dense + *id as usize * width;
            axpy(&mut to[start..start + width], factor, &gradient[column..column + width]);
            touched.push((start, width));
            column += width;
        }
    }
    touched.sort_unstable();
    touched.dedup();
    touched
}

/// The examples in random order, in batches of about so many tokens; very long sentences are left out.
fn batches<'e>(examples: &'e [Example], most: usize, random: &mut Random) -> Vec<Vec<&'e Example>> {
    let mut order: Vec<&Example> = examples.iter().filter(|e| e.rows.len() <= 150).collect();
    random.shuffle(&mut order);
    let mut batches = Vec::new();
    let mut batch = Vec::new();
    let mut tokens = 0;
    for example in order {
        tokens += example.rows.len();
        batch.push(example);
        if tokens >= most {
            batches.push(std::mem::take(&mut batch));
            tokens = 0;
        }
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    batches
}
