//! Stories and events against ECB+.

use std::path::Path;

use reportedly::error::Result;
use reportedly::train::ecbplus;

pub(crate) fn ecbplus(data: &Path, learn: bool) -> Result<()> {
    let report = ecbplus::evaluate(data, learn)?;
    let c = report.clustering;
    println!(
        "{} documents in {} stories, {} of ours: B3 P {:.1}  R {:.1}  F1 {:.1}",
        report.documents,
        report.stories.0,
        report.stories.1,
        100.0 * c.precision,
        100.0 * c.recall,
        100.0 * c.f1()
    );
    println!(
        "{} mentions of {} events in linked sentences; {} of {} in all",
        report.mentions.0, report.events.0, report.mentions.1, report.events.1
    );
    println!(
        "{:32} {:>17} {:>17} {:>17} {:>6} {:>6}",
        "", "MUC P R F1", "B3 P R F1", "CEAFe P R F1", "CoNLL", "all"
    );
    for (name, s, all) in &report.rows {
        print!("{name:32}");
        for score in [s.muc, s.b3, s.ceafe] {
            let (p, r, f) = (100.0 * score.precision, 100.0 * score.recall, 100.0 * score.f1());
            print!(" {p:5.1} {r:5.1} {f:5.1}");
        }
        println!(" {:6.1} {:6.1}", 100.0 * s.conll(), 100.0 * all.conll());
    }
    for (sign, weight) in &report.weights {
        println!("{sign}\t{weight:.2}");
    }
    Ok(())
}
