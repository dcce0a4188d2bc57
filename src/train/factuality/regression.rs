//! Trains the regressor of certainty (`models/factuality.bin`).
//!
//! Two ridge regressions over words and relations: one on news and on sentences made for single verbs, where judges said
//! how certain a reader may be that something is so, and one on web texts, where they said whether it had happened. The
//! trees learn from both with what the two say among their columns; of a sentence that is learned from, the regressions
//! say what they say without it (stacking, Wolpert 1992). Web texts weigh little: there "will leave" counts as not
//! having happened, in news as nearly certain.

use std::path::Path;

use super::{Agreement, Judgement, agreement, each};
use crate::error::{Error, ErrorKind, Result};
use crate::extract::certainty;
use crate::extract::certainty::evidence::{Evidence, KEY_BITS};
use crate::extract::certainty::regressor::{LINEAR, Regressor, Scale};
use crate::forest::Forest;
use crate::language::weights;
use crate::train::boosting::{self, Rows, Settings};
use crate::train::ridge::Ridge;

/// What is learned from, and which of the linear models it belongs to.
const SETS: &[(&str, usize)] =
    &[("UW", 0), ("MEANTIME", 0), ("MV2/mv2", 0), ("RP/rp", 0), ("CB/CB", 0), ("UDS_IH2", 1)];
/// How much a predicate of each kind of set weighs for the trees.
const WEIGHTS: [f32; LINEAR] = [1.0, 0.1];
const FOLDS: usize = 5;
/// Pull of the linear weights towards nothing.
const PULL: f64 = 20.0;
const STEPS: usize = 80;
/// Features seen less often are not learned.
const LEAST: u32 = 2;
/// Weights that move the value by less are dropped.
const SMALLEST: f32 = 0.006;
const KNEE: f32 = 1.0;
const SETTINGS: Settings =
    Settings { trees: 350, rate: 0.05, ridge: 3.0, least: 12.0, rows: 0.7, columns: 0.5 };
const SEED: u64 = 20_241_027;

/// A judged predicate.
struct Example {
    set: usize,
    kind: usize,
    fold: usize,
    label: f32,
    evidence: Evidence,
    context: String,
}

fn load(data: &Path, split: &str) -> Result<Vec<Example>> {
    let mut out = Vec::new();
    for (set, (name, kind)) in SETS.iter().enumerate() {
        each(data, name, split, |number, article, event, label, context| {
            let Some(event) = event else { return };
            let evidence = certainty::evidence_of(article, event);
            let example =
                Example { set, kind: *kind, fold: number % FOLDS, label: label as f32, evidence, context };
            out.push(example);
        })?;
    }
    Ok(out)
}

/// One linear model of the examples that `belongs` names, cut down to what is stored.
fn linear(examples: &[Example], belongs: impl Fn(&Example) -> bool) -> Ridge {
    let mut seen = vec![0u32; 1 << KEY_BITS];
    let chosen: Vec<&Example> = examples.iter().filter(|e| belongs(e)).collect();
    for key in chosen.iter().flat_map(|e| &e.evidence.keys) {
        seen[*key as usize] += 1;
    }
    let rows: Vec<Vec<u32>> = chosen
        .iter()
        .map(|e| e.evidence.keys.iter().copied().filter(|k| seen[*k as usize] >= LEAST).collect())
        .collect();
    let rows: Vec<&[u32]> = rows.iter().map(Vec::as_slice).collect();
    let labels: Vec<f32> = chosen.iter().map(|e| e.label).collect();
    let mut model = Ridge::fit(&rows, &labels, 1 << KEY_BITS, PULL, STEPS);
    for weight in &mut model.weights {
        if weight.abs() < SMALLEST {
            *weight = 0.0;
        }
    }
    model
}

/// What is stored, learned from the examples.
fn fit(examples: &[Example]) -> Vec<u8> {
    let full: Vec<Ridge> = (0..LINEAR).map(|kind| linear(examples, |e| e.kind == kind)).collect();
    let partial: Vec<Vec<Ridge>> = (0..LINEAR)
        .map(|kind| {
            let without = |fold| linear(examples, |e| e.kind == kind && e.fold != fold);
            (0..FOLDS).map(without).collect()
        })
        .collect();
    let width = examples.first().map_or(0, |e| e.evidence.numbers.len()) + LINEAR;
    let mut rows = Rows::new(width);
    for example in examples {
        let mut row = example.evidence.numbers.clone();
        for kind in 0..LINEAR {
            let seen = example.kind == kind;
            let model = if seen { &partial[kind][example.fold] } else { &full[kind] };
            row.push(model.value(&example.evidence.keys));
        }
        rows.push(&row, example.label, WEIGHTS[example.kind]);
    }
    let forest: Forest = boosting::learn_values(&rows, SETTINGS, KNEE, SEED);
    let mut scales = [Scale::default(); LINEAR];
    for (scale, model) in scales.iter_mut().zip(&full) {
        let largest = model.weights.iter().fold(0.0f32, |l, w| l.max(w.abs()));
        *scale = Scale { base: model.base, largest };
    }
    let mut stored = weights::Rows::default();
    for key in 0..1u32 << KEY_BITS {
        for (kind, model) in full.iter().enumerate() {
            let byte = (model.weights[key as usize] * 127.0 / scales[kind].largest.max(1e-9)).round() as i8;
            if byte != 0 {
                stored.runs.push((kind as u8, byte));
            }
        }
        if stored.runs.len() as u32 > stored.ends.last().copied().unwrap_or(0) {
            stored.keys.push(key);
            stored.ends.push(stored.runs.len() as u32);
        }
    }
    Regressor::encode(&forest, &scales, &stored)
}

/// Trains on all training parts and writes `DIR/factuality.bin`.
///
/// # Errors
/// If a file cannot be read or written.
pub fn run(data: &Path, out: &Path) -> Result<()> {
    let examples = load(data, "train")?;
    let bytes = fit(&examples);
    println!("{} predicates, {} bytes", examples.len(), bytes.len());
    let path = out.join("factuality.bin");
    std::fs::write(&path, &bytes)
        .map_err(|e| Error::new(ErrorKind::Format, format!("{}: {e}", path.display())))?;
    measure(&bytes, &load(data, "dev")?)
}

/// Prints how well models agree with the fifth of the training parts that they have not seen.
///
/// # Errors
/// If a file cannot be read.
pub fn cross(data: &Path) -> Result<()> {
    let examples = load(data, "train")?;
    let (held, rest): (Vec<Example>, Vec<Example>) = examples.into_iter().partition(|e| e.fold == 0);
    measure(&fit(&rest), &held)
}

fn measure(model: &[u8], examples: &[Example]) -> Result<()> {
    let model = Regressor::decode(model)
        .ok_or_else(|| Error::new(ErrorKind::Format, "the new model cannot be read back".to_owned()))?;
    for (set, (name, _)) in SETS.iter().enumerate() {
        let judgements: Vec<Judgement> = examples
            .iter()
            .filter(|e| e.set == set)
            .map(|e| Judgement {
                context: e.context.clone(),
                gold: f64::from(e.label),
                found: f64::from(model.value(&e.evidence)),
            })
            .collect();
        let Agreement { n, mae, r, baseline } = agreement(&judgements);
        println!("{name:10} {n:6} predicates, MAE {mae:.3} (all certain: {baseline:.3}), r {r:.3}");
    }
    Ok(())
}
