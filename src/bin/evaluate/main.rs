//! Measures the pipeline on open corpora.
//!
//! ```text
//! evaluate attribution|rules --data DIR [--split dev|train] [--predictions OUT.jsonl] [--from IN.jsonl] [--limit N]
//! evaluate errors --data DIR [--split dev|train] [--from IN.jsonl] [--count N] [--seed N] [--texts yes|no]
//! evaluate certainty --data DIR [--split dev|train] [--set UW|UDS_IH2|MEANTIME] [--of predicates|claims] [--worst N]
//! evaluate sources --data DIR [--split dev|train] [--set GENRE] [--worst N]
//! evaluate quantities --data DIR [--set newsquant|recognizers] [--worst N]
//! evaluate times --data DIR [--set wikiwars|gum|recognizers] [--split dev|train] [--worst N]
//! evaluate places --data DIR [--split dev|train|train+dev] [--set GENRE] [--of tags] [--worst N]
//! evaluate copies --data DIR [--seed N] [--worst N]
//! evaluate ecbplus --data DIR [--of weights]
//! ```
//!
//! `attribution`: PolNeAR's articles from raw text to claims, scored as in [`reportedly::train::score`], with the
//! precision of each rule, and how well confidence is calibrated. `--from` scores predictions from a file instead.
//! `rules`: the same of the rules alone, which the model sees and which find what is nested.
//!
//! `errors`: errors of attribution by class, all and in a seeded sample; `--texts yes` shows the sample on the terminal.
//!
//! `certainty`: event factuality, see [`reportedly::train::factuality`], of every judged predicate, or of those that are
//! heads of a claim's content, by the claim. `--worst` lists the largest errors.
//!
//! `places`: names of places, see [`reportedly::train::places`]; of GUM's news unless `--set` says otherwise. `--of tags`
//! does without names and trees. `--worst` lists disagreements.
//!
//! `sources`: who claims are credited to, see [`reportedly::train::sources`]. `--set` takes one genre of GUM alone.
//!
//! `quantities`: figures against NewsQuant and the cases of Microsoft's recognizers, see
//! [`reportedly::train::quantities`]. `--worst` lists differences, class by class; they quote the data, so keep them.
//!
//! `times`: time expressions, their extents and values, see [`reportedly::train::times`]; `--worst` lists so many errors
//! of each class.
//!
//! `copies`: generated versions of articles, see [`reportedly::train::copies`]. `--worst` names so many pairs that are
//! missed or wrong.

//! `ecbplus`: stories and event coreference on ECB+, see [`reportedly::train::ecbplus`]; `--of weights` also learns the
//! weights of `lexicon/agreement.tsv`, from other topics than those that are judged, and from all.

mod copied;
mod coreference;
mod figures;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use reportedly::error::{Error, ErrorKind, Result};
use reportedly::train::{errors, factuality, polnear, score, sources};

const USAGE: &str = "usage: evaluate attribution|rules --data DIR [--split dev|train] [--predictions OUT] [--from IN] [--limit N]\n       \
     evaluate errors --data DIR [--split dev|train] [--from IN] [--count N] [--seed N] [--texts yes|no]\n       \
     evaluate certainty --data DIR [--split dev|train] [--set UW|UDS_IH2|MEANTIME] [--of predicates|claims] [--worst N]\n       \
     evaluate sources --data DIR [--split dev|train] [--set GENRE] [--worst N]\n       \
     evaluate quantities --data DIR [--set newsquant|recognizers] [--worst N]\n       \
     evaluate times --data DIR [--set wikiwars|gum|recognizers] [--split dev|train] [--worst N]\n       \
     evaluate places --data DIR [--split dev|train|train+dev] [--set GENRE] [--of tags] [--worst N]\n       \
     evaluate copies --data DIR [--seed N] [--worst N]\n       \
     evaluate ecbplus --data DIR [--of weights]";

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
    count: Option<usize>,
    seed: Option<u64>,
    texts: bool,
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
            "--count" => options.count = Some(value.parse().map_err(|_| wrong("--count takes a number"))?),
            "--seed" => options.seed = Some(value.parse().map_err(|_| wrong("--seed takes a number"))?),
            "--texts" => options.texts = value == "yes",
            _ => return Err(wrong(&format!("no option {name}"))),
        }
    }
    let data = options.data.clone().ok_or_else(|| wrong("--data is missing"))?;
    match task.as_str() {
        "attribution" => attribution(&options, &data, polnear::predict),
        "rules" => attribution(&options, &data, polnear::predict_by_rules),
        "errors" => errors(&options, &data),
        "certainty" => certainty(&options, &data),
        "copies" => copied::copies(&options, &data),
        "sources" => credited(&options, &data),
        "quantities" => figures::quantities(&options, &data),
        "times" => figures::times(&options, &data),
        "places" => figures::places(&options, &data),
        "ecbplus" => coreference::ecbplus(&data, options.of.as_deref() == Some("weights")),
        _ => Err(wrong(&format!("no task {task}"))),
    }
}

fn attribution(
    options: &Options,
    data: &std::path::Path,
    predict: fn(&[polnear::Article]) -> Vec<polnear::Prediction>,
) -> Result<()> {
    let mut articles = polnear::load(data, options.split.as_deref().unwrap_or("dev"))?;
    articles.truncate(options.limit.unwrap_or(usize::MAX));
    let predictions = match &options.from {
        Some(path) => polnear::read_predictions(path)?,
        None => {
            let words: usize = articles.iter().map(|a| a.text.split_whitespace().count()).sum();
            let start = Instant::now();
            let predictions = predict(&articles);
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
    let bins = score::reliability(&articles, &predictions);
    println!("\n{:>6} {:>10} {:>6}", "made", "confidence", "right");
    for bin in bins.iter().filter(|bin| bin.count > 0) {
        println!("{:6} {:10.3} {:6.3}", bin.count, bin.confidence, bin.right);
    }
    println!("expected calibration error {:.3}", score::calibration_error(&bins));
    Ok(())
}

fn errors(options: &Options, data: &std::path::Path) -> Result<()> {
    let mut articles = polnear::load(data, options.split.as_deref().unwrap_or("dev"))?;
    articles.truncate(options.limit.unwrap_or(usize::MAX));
    let predictions = match &options.from {
        Some(path) => polnear::read_predictions(path)?,
        None => polnear::predict(&articles),
    };
    let all = errors::errors(&articles, &predictions);
    let sample = errors::sample(&all, options.count.unwrap_or(100), options.seed.unwrap_or(1));
    if options.texts {
        for error in &sample {
            println!("{}  ({})", error.class, error.doc);
            for (sign, roles) in [("gold", &error.gold), ("found", &error.predicted)] {
                if let Some(r) = roles {
                    println!("  {sign:5} {} | {} | {}", r.source, r.cue, r.content);
                }
            }
        }
        println!();
    }
    let drawn: std::collections::BTreeMap<_, _> = errors::counts(&sample).into_iter().collect();
    println!("{:<52} {:>6} {:>6} {:>7}", "class", "all", "%", "sample");
    for (class, n) in errors::counts(&all) {
        let share = 100.0 * n as f64 / all.len().max(1) as f64;
        println!("{class:<52} {n:>6} {share:>6.1} {:>7}", drawn.get(class).unwrap_or(&0));
    }
    println!("{:<52} {:>6} {:>6.1} {:>7}", "all", all.len(), 100.0, sample.len());
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

fn credited(options: &Options, data: &std::path::Path) -> Result<()> {
    let report = sources::evaluate(data, options.split.as_deref().unwrap_or("dev"), options.set.as_deref())?;
    let show = |name: &str, share: sources::Share| {
        println!("{name:44} {:5.1} %  ({} of {})", share.percent(), share.right, share.all);
    };
    show("attributions found", report.found);
    show("head of the source, of those found", report.head);
    show("polarity of negative ones", report.negative);
    show("polarity of positive ones", report.positive);
    for (name, canonical) in [
        ("pipeline", report.pipeline),
        ("gold sources", report.sources),
        ("gold sources, third person", report.third),
        ("subjects", report.subjects),
    ] {
        show(&format!("{name}: canonical name"), canonical.named);
        show(&format!("{name}: of names given"), canonical.answered);
        show(&format!("{name}: nameless left so"), canonical.nameless);
    }
    for error in report.errors.iter().take(options.worst.unwrap_or(0)) {
        println!("{error}");
    }
    Ok(())
}
