//! Figures, times and places against annotated corpora.

use std::path::Path;

use reportedly::error::Result;
use reportedly::train::{places, quantities, sources, times};

use crate::Options;

pub(crate) fn quantities(options: &Options, data: &Path) -> Result<()> {
    let worst = options.worst.unwrap_or(0);
    let set = options.set.as_deref();
    if set.is_none_or(|set| set == "newsquant") {
        let mut report = quantities::newsquant::evaluate(data)?;
        println!(
            "NewsQuant: {} sentences, {} quantities, {} found",
            report.sentences, report.gold, report.found
        );
        for (name, pairs) in [
            ("value", report.value),
            ("value and unit", report.unit),
            ("value and change", report.change),
            ("the same, fixed", report.fixed),
        ] {
            let share = |of: usize| 100.0 * pairs as f64 / of.max(1) as f64;
            let (p, r, f) = (share(report.found), share(report.gold), report.f1(pairs));
            println!("{name:18} P {p:5.1}  R {r:5.1}  F1 {f:5.1}   ({pairs})");
        }
        report.errors.sort_by_key(|(class, _)| *class);
        for (class, what) in report.errors.iter().take(worst) {
            println!("{class:9} {what}");
        }
    }
    if set.is_none_or(|set| set == "recognizers") {
        let reports = quantities::recognizers::evaluate(data)?;
        println!("recognizers: cases passed, supported everywhere and by the reference implementation");
        let mut sums = [(0, 0); 2];
        for r in &reports {
            let (e, n) = (r.everywhere, r.reference);
            println!(
                "{:12} {:3} of {:3} ({:5.1} %)   {:3} of {:3} ({:5.1} %)",
                r.model,
                e.right,
                e.all,
                e.percent(),
                n.right,
                n.all,
                n.percent()
            );
            if r.counts {
                for (sum, passed) in sums.iter_mut().zip([e, n]) {
                    *sum = (sum.0 + passed.right, sum.1 + passed.all);
                }
            }
        }
        let share = |(right, all): (usize, usize)| 100.0 * right as f64 / all.max(1) as f64;
        let [e, n] = sums;
        println!(
            "first five   {:3} of {:3} ({:5.1} %)   {:3} of {:3} ({:5.1} %)",
            e.0,
            e.1,
            share(e),
            n.0,
            n.1,
            share(n)
        );
        for error in reports.iter().flat_map(|r| &r.errors).take(worst) {
            println!("{error}");
        }
    }
    Ok(())
}

pub(crate) fn times(options: &Options, data: &Path) -> Result<()> {
    let split = options.split.as_deref().unwrap_or("dev");
    let sets = options.set.as_deref().map_or(vec!["wikiwars", "gum", "recognizers"], |set| vec![set]);
    println!(
        "{:42} {:>5} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "times", "gold", "ours", "P", "R", "F1", "strict", "value", "acc."
    );
    let mut errors = Vec::new();
    for set in sets {
        if set == "recognizers" {
            let report = times::conformance(data)?;
            let share = |n: usize| 100.0 * n as f64 / report.cases.max(1) as f64;
            println!(
                "recognizers: {} cases; exact offsets {} ({:.1} %); without prepositions {} ({:.1} %), with value {} ({:.1} %)",
                report.cases,
                report.exact,
                share(report.exact),
                report.trimmed,
                share(report.trimmed),
                report.valued,
                share(report.valued)
            );
            for (class, count) in &report.classes {
                println!("  {class:40} {count:5}");
            }
            errors.extend(report.errors);
            continue;
        }
        let report = times::evaluate(data, set, split)?;
        for row in &report.rows {
            let t = row.tally;
            let (p, r, f) = t.extents();
            println!(
                "{:42} {:5} {:5} {p:6.1} {r:6.1} {f:6.1} {:6.1} {:6.1} {:6.1}",
                row.name,
                t.gold,
                t.found,
                t.strict_f1(),
                t.value_f1(),
                t.accuracy()
            );
        }
        errors.extend(report.errors);
    }
    let mut shown = std::collections::BTreeMap::new();
    for (class, text) in &errors {
        let count = shown.entry(class).or_insert(0);
        *count += 1;
        if *count <= options.worst.unwrap_or(0) {
            println!("{class}: {text}");
        }
    }
    Ok(())
}

pub(crate) fn places(options: &Options, data: &Path) -> Result<()> {
    let split = options.split.as_deref().unwrap_or("train+dev");
    let set = options.set.as_deref().unwrap_or("news");
    let report = places::evaluate(data, split, Some(set), options.of.as_deref() != Some("tags"))?;
    println!(
        "{} sentences, {:.0} words/s; the first document, with the tables, {:.0} ms",
        report.sentences,
        report.words as f64 / report.seconds.max(1e-9),
        1000.0 * report.tables.unwrap_or(0.0)
    );
    let mut all = sources::Share::default();
    let mut asked = sources::Share::default();
    for (class, share) in places::CLASSES.iter().zip(report.precision) {
        println!("{class:16} precision {:5.1} %  ({} of {})", share.percent(), share.right, share.all);
        for (sum, counts) in [(&mut all, true), (&mut asked, !matches!(*class, "other city" | "region"))] {
            sum.right += if counts { share.right } else { 0 };
            sum.all += if counts { share.all } else { 0 };
        }
    }
    for (name, share) in
        [("first four", asked), ("all", all), ("identity", report.identity), ("recall", report.recall)]
    {
        println!("{name:16} {:15.1} %  ({} of {})", share.percent(), share.right, share.all);
    }
    for error in report.errors.iter().take(options.worst.unwrap_or(0)) {
        println!("{error}");
    }
    for missed in report.missed.iter().take(options.worst.unwrap_or(0)) {
        println!("missed {missed}");
    }
    Ok(())
}
