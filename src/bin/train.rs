//! Trains and evaluates models: `cargo run --release --features train --bin train -- COMMAND --data DIR [--out DIR]`.

use std::path::PathBuf;
use std::process::ExitCode;

use reportedly::train;

const USAGE: &str = "usage: train COMMAND --data DIR [--out DIR]
  tagger              train the tagger; writes DIR/tagger.bin
  names               train the recogniser of names; writes DIR/names.bin
  parser              train the parser; writes DIR/parser.bin
  attribution         train the sequence model of attributions; writes DIR/attribution.bin
  ablate-attribution  what each group of its features is worth [--stride N] (slow)
  lines               train the trees that tell an article's lines; writes DIR/lines.bin
  cross-lines         body and harm on pages of sites that the trees have not seen (slow)
  pages               train the finder of articles in web pages; writes DIR/pages.bin
  factuality          train the regressor of certainty; writes DIR/factuality.bin
  cross-factuality    the same, learned from four fifths of the training parts and measured on the fifth
  evaluate-tagger     accuracy of the embedded tagger
  evaluate-parser     attachment scores and universal tags of the embedded parser, given the treebanks' tokens
  evaluate-names      precision, recall and F1 of the embedded recogniser
  cross-names         the same on news of the training part, by models that have not seen them (slow)
  evaluate-lemmas     accuracy of the lemmas, given true tags
  evaluate-tokens     our own tokens and the tags on them, against the treebanks' [--training]
  evaluate-sentences  boundaries inside paragraphs
  evaluate-loading    how long the models take to load";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|a| a == name)?;
        arguments.get(at + 1).map(PathBuf::from)
    };
    let (Some(command), Some(data)) = (arguments.first(), option("--data")) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let result = match command.as_str() {
        "tagger" => train::tagger::run(&data, &option("--out").unwrap_or_else(|| "models".into())),
        "parser" => train::parser::run(&data, &option("--out").unwrap_or_else(|| "models".into())),
        "names" => train::names::run(&data, &option("--out").unwrap_or_else(|| "models".into())),
        "attribution" => train::attribution::run(&data, &option("--out").unwrap_or_else(|| "models".into()))
            .map_err(|e| std::io::Error::other(e.to_string())),
        "ablate-attribution" => {
            let stride = option("--stride").and_then(|n| n.to_str()?.parse().ok()).unwrap_or(3);
            train::attribution::ablate(&data, stride).map_err(|e| std::io::Error::other(e.to_string()))
        }
        "lines" => train::lines::run(&data, &option("--out").unwrap_or_else(|| "models".into())),
        "cross-lines" => train::lines::cross(&data),
        #[cfg(feature = "html")]
        "pages" => train::pages::run(&data, &option("--out").unwrap_or_else(|| "models".into()))
            .map_err(|e| std::io::Error::other(e.to_string())),
        "factuality" => {
            train::factuality::regression::run(&data, &option("--out").unwrap_or_else(|| "models".into()))
                .map_err(|e| std::io::Error::other(e.to_string()))
        }
        "cross-factuality" => {
            train::factuality::regression::cross(&data).map_err(|e| std::io::Error::other(e.to_string()))
        }
        "evaluate-names" => train::names::evaluate::embedded(&data),
        "cross-names" => train::names::evaluate::cross(&data),
        "evaluate-parser" => train::parser::evaluate::embedded(&data),
        "evaluate-tagger" => train::evaluate::embedded_tagger(&data),
        "evaluate-lemmas" => train::evaluate::lemmas(&data),
        "evaluate-tokens" => {
            train::agreement::run(&data, arguments.iter().any(|argument| argument == "--training"))
        }
        "evaluate-sentences" => train::evaluate::boundaries(&data),
        "evaluate-loading" => {
            train::evaluate::loading();
            Ok(())
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}
