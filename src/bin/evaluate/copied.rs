//! Copies among generated versions.

use std::path::Path;

use reportedly::error::Result;
use reportedly::train::copies;

use super::Options;

/// Prints recall by sort of version, precision, and what PolNeAR's articles share by themselves.
pub(super) fn copies(options: &Options, data: &Path) -> Result<()> {
    let report = copies::evaluate(data, options.seed.unwrap_or(1))?;
    println!("{} texts of {} articles in {:.2} s", report.texts, report.articles, report.seconds);
    println!("{:16} {:>6} {:>7} {:>9}   resemblance >= 0.5, 0.8", "version", "pairs", "recall", "relation");
    for (edit, tally) in &report.edits {
        let share = |n: usize| n as f64 / tally.pairs.max(1) as f64;
        println!(
            "{:16} {:6} {:7.4} {:9.4}   {:.3} {:.3}",
            edit.name(),
            tally.pairs,
            share(tally.found),
            tally.related as f64 / tally.found.max(1) as f64,
            share(tally.resembling[0]),
            share(tally.resembling[1])
        );
        if options.worst.is_some() {
            let relations: Vec<String> =
                tally.relations.iter().map(|(relation, n)| format!("{} {n}", relation.as_str())).collect();
            println!("{:16} {}", "", relations.join(", "));
        }
    }
    let wrong = report.wrong.len();
    println!(
        "{} pairs told: {} of one article, {} of articles that share a passage as they stand, {wrong} wrong: precision {:.4}",
        report.told,
        report.versions,
        report.natural,
        (report.told - wrong) as f64 / report.told.max(1) as f64
    );
    let found = report.passages.iter().filter(|p| p.2).count();
    println!("{} pairs of articles share 40 words in a row, {found} of them told", report.passages.len());
    let worst = options.worst.unwrap_or(0);
    for (version, edit) in report.missed.iter().take(worst) {
        let text = &report.corpus[*version].text;
        println!("missed: text {version}, {}, {} words", edit.name(), text.split_whitespace().count());
    }
    for copy in report.wrong.iter().take(worst) {
        let text = &report.corpus[copy.earlier as usize].text;
        let passage = copy.passages.iter().map(|p| p.0).max_by_key(|p| p.len());
        println!(
            "wrong: {} {} {:.2} {:.2} {:?}",
            copy.earlier,
            copy.later,
            copy.earlier_in_later,
            copy.later_in_earlier,
            passage.map(|p| p.of(text))
        );
    }
    for (a, b, found) in report.passages.iter().filter(|_| worst > 0) {
        println!("shared: {a} {b} {}", if *found { "told" } else { "left" });
    }
    Ok(())
}
