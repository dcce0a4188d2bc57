//! What the founding articles come to, as a reader would check it against them: `tests/golden/seeds/reconciliation.txt`.
//!
//! The runner writes the file anew. If that changes it the test fails, so that every change is reviewed as a diff.

mod analysis;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use reportedly::document::{Claim, Document};
use reportedly::reconcile::{self, Options, Reconciliation};
use reportedly::span::cover;

const GOLDEN: &str = "tests/golden/seeds/reconciliation.txt";

#[test]
fn the_founding_articles_are_reconciled() {
    let (documents, claims) = analysis::analyse(analysis::founding_articles());
    let found = reconcile::reconcile(&documents, &claims, &Options::default());
    let new = render(&documents, &claims, &found);
    let old = fs::read_to_string(Path::new(GOLDEN)).unwrap_or_default();
    if old != new {
        fs::write(GOLDEN, new).expect("the folder can be written");
        panic!("rewritten, review the diff: {GOLDEN}");
    }
}

fn render(documents: &[Document], claims: &[Claim], found: &Reconciliation) -> String {
    let mut out = String::new();
    let id = |d: u32| documents[d as usize].id.as_str();
    let ids = |of: &[u32]| of.iter().map(|&d| id(d)).collect::<Vec<_>>().join(" ");
    let says = |c: u32| {
        let claim = &claims[c as usize];
        let content =
            cover(&claim.content_spans).map_or("", |s| documents[claim.document as usize].written(s));
        let source = claim.source.as_ref().map_or("-", |s| s.name.as_str());
        format!(
            "{} {source}: {}",
            id(claim.document),
            content.split_whitespace().collect::<Vec<_>>().join(" ")
        )
    };
    let mut line = |text: String| {
        let _ = writeln!(out, "{}", text.trim_end());
    };

    line("# Stories".to_owned());
    for story in &found.stories {
        let dates = story.dates.map_or_else(String::new, |d| format!("{} to {}", d.0, d.1));
        line(format!("{} | {} | {dates}", ids(&story.documents), story.label.join(", ")));
    }
    line("\n# Copies".to_owned());
    for copy in &found.copies {
        line(format!("{} {} {}", id(copy.later), copy.relation.as_str(), id(copy.earlier)));
    }
    line("\n# Findings".to_owned());
    for finding in &found.findings {
        line(format!("{} {}: {}", finding.severity, finding.kind.as_str(), finding.message));
        for (document, span) in &finding.evidence {
            let text = documents[*document as usize].written(*span);
            line(format!(
                "      {} “{}”",
                id(*document),
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            ));
        }
    }
    line("\n# Ledger".to_owned());
    for (number, row) in found.rows.iter().enumerate() {
        line(format!("## {number} {}", row.label));
        for entry in row.entries.iter().map(|&e| &found.ledger[e as usize]) {
            let end = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
            let mut marks: Vec<&str> = entry.change.iter().map(|c| c.as_str()).collect();
            marks.extend(entry.hypothetical.then_some("hypothetical"));
            marks.extend(entry.part.then_some("part"));
            marks.extend((!entry.put_forward).then_some("not put forward"));
            let as_of = entry.as_of.map_or_else(String::new, |t| format!("{}/{}", t.0.date(), t.1.date()));
            line(format!(
                "  {} | {} | [{}..{}] {} | as of {as_of} | {} | origin {} | {:+.1} | {}",
                id(entry.document),
                documents[entry.document as usize].written(entry.span),
                end(entry.low),
                end(entry.high),
                entry.relation.as_str(),
                entry.chain,
                found.origins[entry.origin as usize].name,
                entry.certainty,
                marks.join(", ")
            ));
        }
    }
    line("\n# Propositions".to_owned());
    for p in &found.propositions {
        let opposite = p.opposite.map_or_else(String::new, |o| format!(" | opposite: {o}"));
        line(format!(
            "## {} {} | {} | {} | {} | {} origins{opposite}",
            p.polarity.as_str(),
            p.predicate.as_deref().unwrap_or("-"),
            p.participants.join(", "),
            p.figures.join(", "),
            p.places.join(", "),
            p.origins.len()
        ));
        p.claims.iter().for_each(|&c| line(format!("  {}", says(c))));
        for m in &p.matches {
            line(format!("      {:.2} {}", m.similarity, m.matched.join("; ")));
        }
    }
    line("\n# Origins".to_owned());
    for origin in &found.origins {
        let what = format!("{} ({})", origin.name, origin.source_type.as_str());
        line(format!("{what} | {} | {} claims", ids(&origin.documents), origin.claims.len()));
        origin.folded.iter().for_each(|f| line(format!("      {f}")));
    }
    out
}
