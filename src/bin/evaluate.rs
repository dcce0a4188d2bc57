//! Measures the pipeline on open corpora.
//!
//! ```text
//! evaluate attribution --data DIR [--split dev|train] [--predictions OUT.jsonl] [--from IN.jsonl] [--limit N]
//! evaluate certainty --data DIR [--split dev|train] [--set UW|UDS_IH2|MEANTIME] [--of predicates|claims] [--worst N]
//! ```
//!
//! `attribution`: PolNeAR's articles from raw text to claims, scored as in [`reportedly::train::score`], with the
//! precision of each rule. `--from` scores predictions from a file instead.
//!
//! `certainty`: event factuality, see [`reportedly::train::factuality`], of every judged predicate, or of those that are
//! heads of a claim's content, by the claim. `--worst` lists the largest errors.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use reportedly::error::{Error, ErrorKind, Result};
use reportedly::train::{factuality, polnear, score};

const USAGE: &str = "usage: evaluate attribution --data DIR [--split dev|train] [--predictions OUT] [--from IN] [--limit N]\n       \
     evaluate certainty --data DIR [--split dev|train] [--set UW|UDS_IH2|MEANTIME] [--of predicates|claims] [--worst N]";

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
    set: Option<String>,
    of: Option<String>,
    worst: Option<usize>,
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
            "--set" => options.set = Some(value),
            "--of" => options.of = Some(value),
            "--worst" => options.worst = Some(value.parse().map_err(|_| wrong("--worst takes a number"))?),
            _ => return Err(wrong(&format!("no option {name}"))),
        }
    }
    let data = options.data.clone().ok_or_else(|| wrong("--data is missing"))?;
    match task.as_str() {
        "attribution" => attribution(&options, &data),
        "certainty" => certainty(&options, &data),
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

fn certainty(options: &Options, data: &std::path::Path) -> Result<()> {
    let set = options.set.as_deref().unwrap_or("UW");
    let split = options.split.as_deref().unwrap_or("dev");
    let mut judgements = match options.of.as_deref() {
        Some("claims") => factuality::judge_claims(data, set, split)?,
        _ => factuality::judge(data, set, split)?,
    };
    let a = factuality::agreement(&judgements);
    println!("{set}: {} predicates, MAE {:.3} (all certain: {:.3}), r {:.3}", a.n, a.mae, a.baseline, a.r);
    judgements.sort_by(|a, b| (b.gold - b.found).abs().total_cmp(&(a.gold - a.found).abs()));
    for j in judgements.iter().take(options.worst.unwrap_or(0)) {
        println!("gold {:5.1}  found {:5.1}  {}", j.gold, j.found, j.context);
    }
    Ok(())
}
