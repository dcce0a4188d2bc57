//! Gradient descent over batches of sentences.

use std::time::Instant;

use rayon::prelude::*;

use super::model::{Network, Pass};
use super::{Example, Plan, evaluate};
use crate::language::parser::Parser;
use crate::language::parser::inputs::{WIDTH, WIDTHS};
use crate::language::parser::storage::Model;
use crate::train::Random;
use crate::train::network::{Adam, Layout, add, axpy, dot};

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
        let mut losses = 0.0;
        let mut total = 0;
        for batch in batches {
            let tokens: usize = batch.iter().map(|e| e.rows.len()).sum();
            total += tokens;
            step += 1;
            // A fixed number of shards, added up in order: the result does not depend on the number of threads.
            let shards: Vec<&[&Example]> = batch.chunks(batch.len().div_ceil(4)).collect();
            let seeds: Vec<u64> = shards.iter().map(|_| random.below(1 << 30) as u64 + 1).collect();
            let passes: Vec<Pass> = {
                shards
                    .par_iter()
                    .zip(&seeds)
                    .map(|(shard, seed)| {
                        network.pass(&values, shard, plan, &mut Random::new(seed * 0x9e37_79b9 | 1))
                    })
                    .collect()
            };
            let mut passes = passes.into_iter();
            let mut sum = passes.next().expect("a shard");
            for pass in passes {
                add(&mut sum.gradient, &pass.gradient);
                sum.inputs.extend(pass.inputs);
                sum.rows.extend(pass.rows);
                sum.loss += pass.loss;
            }
            losses += sum.loss * 16.0;
            // Mean over the tokens.
            let factor = 16.0 / tokens as f32 * 20.0;
            sum.gradient.iter_mut().for_each(|g| *g *= factor);
            let norm = dot(&sum.gradient, &sum.gradient).sqrt();
            let clip = (5.0 * 20.0 / norm).min(1.0);
            sum.gradient.iter_mut().for_each(|g| *g *= clip);
            let progress = step as f32 / steps as f32;
            let warm = (step as f32 / 200.0).min(1.0);
            let rate = plan.rate * warm * (1.0 - progress).max(0.01);
            adam.tick();
            adam.update(&mut values, 0, &sum.gradient, rate);
            let mut touched: Vec<(usize, usize)> = Vec::new();
            for (row, gradient) in sum.rows.iter().zip(sum.inputs.chunks_exact(WIDTH)) {
                let mut column = 0;
                for (t, id) in row.iter().enumerate() {
                    let w = WIDTHS[t];
                    let start = network.tables[t].start - network.dense + *id as usize * w;
                    axpy(&mut table_gradient[start..start + w], factor * clip, &gradient[column..column + w]);
                    touched.push((start, w));
                    column += w;
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for (start, w) in touched {
                let row = start..start + w;
                adam.update(&mut values, network.dense + start, &table_gradient[row.clone()], rate);
                table_gradient[row].fill(0.0);
            }
        }
        eprintln!("epoch {epoch}: loss {:.4}, {:.1?}", losses / total as f32, started.elapsed());
        if epoch % 3 == 0 || epoch == plan.epochs {
            let parser = Parser::new(&stored(&values)).expect("what is trained fits together");
            for (name, set) in development {
                evaluate::report(name, set, &parser);
            }
        }
    }
    stored(&values)
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
