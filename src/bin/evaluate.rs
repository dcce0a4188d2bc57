//! Measures the pipeline on open corpora.
//!
//! ```text
//! evaluate attribution --data DIR [--split dev|train] [--predictions OUT.jsonl] [--from IN.jsonl] [--limit N]
//! ```
//!
//! `attribution`: PolNeAR's articles from raw text to claims, scored as in [`reportedly::train::score`], with the
//! precision of each rule. `--from` scores predictions from a file instead.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use reportedly::error::{Error, ErrorKind, Result};
use reportedly::train::{polnear, score};

const USAGE: &str =
    "usage: evaluate attribution --data DIR [--split dev|train] [--predictions OUT] [--from IN] [--limit N]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Options {
    data: Option<PathBuf>,
    split: Option<String>,
    predictions: Option<PathBuf>,
    from: Option<PathBuf>,
    limit: Option<usize>,
}

fn run() -> Result<()> {
    let wrong = |what: &str| Error::new(ErrorKind::Argument, format!("{what}\n{USAGE}"));
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().ok_or_else(|| wrong("say what to evaluate"))?;
    let mut options = Options::default();
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| wrong(&format!("{name} needs a value")))?;
        match name.as_str() {
            "--data" => options.data = Some(value.into()),
            "--split" => options.split = Some(value),
            "--predictions" => options.predictions = Some(value.into()),
            "--from" => options.from = Some(value.into()),
            "--limit" => {
                options.limit = Some(value.parse().map_err(|_| wrong("--limit takes a number of articles"))?);
            }
            _ => return Err(wrong(&format!("no option {name}"))),
        }
    }
    match task.as_str() {
        "attribution" => {
            attribution(&options, &options.data.clone().ok_or_else(|| wrong("--data is missing"))?)
        }
        _ => Err(wrong(&format!("no task {task}"))),
    }
}

fn attribution(options: &Options, data: &std::path::Path) -> Result<()> {
    let mut articles = polnear::load(data, options.split.as_deref().unwrap_or("dev"))?;
    articles.truncate(options.limit.unwrap_or(usize::MAX));
    let predictions = match &options.from {
        Some(path) => polnear::read_predictions(path)?,
        None => {
            let words: usize = articles.iter().map(|a| a.text.split_whitespace().count()).sum();
            let start = Instant::now();
            let predictions = polnear::predict(&articles);
            let seconds = start.elapsed().as_secs_f64();
            println!("{} articles, {words} words, {:.0} words/s", articles.len(), words as f64 / seconds);
            predictions
        }
    };
    if let Some(path) = &options.predictions {
        polnear::write_predictions(path, &predictions)?;
    }
    let report = score::score(&articles, &predictions);
    for name in score::FIGURES {
        let t = report.tallies[name];
        let (p, r, f) = (100.0 * t.precision(), 100.0 * t.recall(), 100.0 * t.f1());
        println!("{name:18} P {p:5.1}  R {r:5.1}  F1 {f:5.1}   (pred {} gold {})", t.predicted, t.gold);
    }
    println!("\n{:32} {:>6} {:>6} {:>6}  precision (wsw)", "rule", "made", "what", "wsw");
    for (rule, o) in &report.rules {
        let precision = if o.predicted == 0 { 0.0 } else { o.wsw as f64 / o.predicted as f64 };
        println!("{rule:32} {:6} {:6} {:6}  {precision:.2}", o.predicted, o.what, o.wsw);
    }
    Ok(())
}
