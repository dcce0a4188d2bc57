//! Denials and refusals, each aimed at a statement: `tests/denials.tsv`, from texts to findings.

mod analysis;

use reportedly::document::{Claim, Document};
use reportedly::read::RawArticle;
use reportedly::reconcile::{self, FindingKind, Options};

/// What is asked of the suite.
const FLOOR: f64 = 0.95;

struct Case {
    class: &'static str,
    statement: &'static str,
    reply: &'static str,
    who: &'static str,
    expected: &'static str,
}

fn cases() -> Vec<Case> {
    include_str!("denials.tsv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [class, statement, reply, who, expected] = fields[..] else { panic!("five columns: {line}") };
            assert!(["denied", "declined", "contradicted", "none"].contains(&expected), "{line}");
            Case { class, statement, reply, who, expected }
        })
        .collect()
}

/// What the findings say of the reply: `denied`, `declined`, `contradicted`, each by whom; `none` if nothing.
fn outcomes(case: &Case) -> Vec<(&'static str, String)> {
    let article = |id: &str, text: &str, day: &str| RawArticle {
        id: id.to_owned(),
        text: text.to_owned(),
        published: day.parse().ok(),
        ..RawArticle::default()
    };
    let mut articles =
        vec![article("statement", case.statement, "2024-05-01"), article("reply", case.reply, "2024-05-02")];
    if case.statement.is_empty() {
        articles.remove(0);
    }
    // Articles of one sentence share little else than the statement.
    let options = Options { story_similarity: 0.05, ..Options::default() };
    let (documents, claims) = analysis::analyse(articles);
    let found = reconcile::reconcile(&documents, &claims, &options);
    let mut out = Vec::new();
    for finding in &found.findings {
        let of: Vec<&Claim> = finding.claims.iter().map(|&c| &claims[c as usize]).collect();
        // Aimed at the statement, if that is an article of its own; at anything said before, otherwise.
        if of.len() < 2 || (documents.len() == 2 && !of.iter().any(|c| c.document == 0)) {
            continue;
        }
        match finding.kind {
            FindingKind::Denied => {
                let declined = finding.message.contains("does not confirm");
                out.push((if declined { "declined" } else { "denied" }, who(&documents, of[0])));
            }
            FindingKind::Contradicted => {
                let reply = of.iter().find(|c| c.document as usize + 1 == documents.len()).unwrap_or(&of[0]);
                out.push(("contradicted", who(&documents, reply)));
            }
            _ => {}
        }
    }
    if out.is_empty() {
        out.push(("none", String::new()));
    }
    out
}

/// The source, as mentioned and as resolved.
fn who(documents: &[Document], claim: &Claim) -> String {
    let text = &documents[claim.document as usize].text;
    let mentioned: Vec<&str> = claim.source_spans.iter().map(|s| s.of(text)).collect();
    format!("{} / {}", mentioned.join(" "), claim.source.as_ref().map_or("", |s| s.name.as_str()))
}

#[test]
fn denials_are_told_and_aimed() {
    let cases = cases();
    assert!(cases.len() >= 80);
    let mut right = 0;
    for case in &cases {
        let outcomes = outcomes(case);
        let named = |by: &str| case.who.is_empty() || case.who.split(' ').any(|w| by.contains(w));
        let fits = outcomes.iter().any(|(what, by)| *what == case.expected && (*what == "none" || named(by)));
        right += usize::from(fits);
        if !fits {
            println!(
                "{}: {} | {}\n    {outcomes:?}, not {} by {:?}",
                case.class, case.statement, case.reply, case.expected, case.who
            );
        }
    }
    let share = right as f64 / cases.len() as f64;
    println!("denials: {right} of {} right, {:.1} %", cases.len(), 100.0 * share);
    assert!(share >= FLOOR, "only {share:.3}");
}
