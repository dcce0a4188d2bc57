//! Who said what, in passages written for this suite: the expectation by hand, the system's answer, and the score.
//!
//! `*.txt` hold cases, one theme a file; blank lines divide cases. Lines that start with `> ` are the text, a
//! paragraph each (`> # ` a headline). Under them stands what a careful reader would mark, by hand:
//!
//! ```text
//! > Vesta reported that the general had said the bridge was lost.
//! = Vesta | reported | that the general had said the bridge was lost | indirect report
//! = the general | had said | the bridge was lost | indirect state via Vesta
//! ```
//!
//! that is source, cue, content (`-` for none, ` ... ` between fragments), then kind, act (left out where readers may
//! differ), `negative` if the content is rejected, and the chain of those who pass it on, outermost first. `= none`:
//! nobody is credited. Where a word occurs more than once, the one nearest to the content (a cue) or to the cue (a
//! source) is meant.
//!
//! The runner turns the `=` of what the system does not give exactly so into `!`, writes what it gives instead
//! behind `?`, and fails if that changed a file: every change of behaviour is reviewed as a diff. What the outlet says
//! itself is not looked at here. `scores.golden` holds the figures of each theme, of which [`FLOORS`] must not fall.

mod case;
mod score;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use reportedly::corpus::{self, Progress};
use reportedly::document::{Block, BlockKind, Claim, Document, Kind};
use reportedly::read::RawArticle;
use reportedly::span::Span;

use case::Case;
use score::Score;

const FOLDER: &str = "tests/attributions";

/// What the whole suite reached, in percent, rounded down: a change may not go below it.
const FLOORS: &[(&str, f64)] = &[
    ("who said what", 74.0),
    ("found", 69.0),
    ("source", 71.0),
    ("cue", 71.0),
    ("content", 66.0),
    ("exact", 60.0),
    ("silent", 81.0),
];

#[test]
fn suite() {
    let (mut stale, mut wrong) = (Vec::new(), Vec::new());
    let mut total = Score::default();
    let mut table = format!("{:<14} {}\n", "", Score::HEADER);
    for path in themes() {
        let old = fs::read_to_string(&path).expect("a theme is UTF-8");
        let mut score = Score::default();
        check(&path, &old, &rewrite(&path, &old, &mut score, &mut wrong), &mut stale);
        let theme = path.file_stem().unwrap_or_default().to_string_lossy();
        let _ = writeln!(table, "{theme:<14} {score}");
        total.add(&score);
    }
    let _ = writeln!(table, "{:<14} {total}", "all");
    println!("{table}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let path = Path::new(FOLDER).join("scores.golden");
    check(&path, &fs::read_to_string(&path).unwrap_or_default(), &table, &mut stale);
    assert!(total.cases >= 400, "{} cases", total.cases);
    for (figure, floor) in FLOORS {
        let reached = total.figure(figure);
        assert!(reached >= *floor, "{figure}: {reached:.1} % is below {floor:.1} %");
    }
    assert!(stale.is_empty(), "rewritten, review the diff: {stale:?}");
}

fn themes() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(FOLDER)
        .expect("folder exists")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    found.sort();
    found
}

fn check(path: &Path, old: &str, new: &str, stale: &mut Vec<String>) {
    if old != new {
        fs::write(path, new).expect("a theme can be written");
        stale.push(path.display().to_string());
    }
}

fn rewrite(path: &Path, old: &str, score: &mut Score, wrong: &mut Vec<String>) -> String {
    let mut new = String::new();
    for lines in old.split("\n\n").map(str::trim).filter(|c| !c.is_empty()) {
        if !new.is_empty() {
            new.push('\n');
        }
        match judged(lines, score) {
            Ok(text) => new += &text,
            Err(e) => {
                wrong.push(format!("{}: {e}\n{lines}", path.display()));
                new = new + lines + "\n";
            }
        }
    }
    new
}

/// One case: comments, passage and expectation as they are, signs and answers anew.
fn judged(lines: &str, score: &mut Score) -> Result<String, String> {
    let case = Case::read(lines)?;
    let mut new = case.head.clone();
    if case.paragraphs.is_empty() {
        return Ok(new);
    }
    let (document, claims) = analyse(&case);
    let expected = case.resolve(&document.text)?;
    let given: Vec<case::Claim> = claims
        .iter()
        .filter(|c| c.kind != Kind::Narrated)
        .map(|c| case::Claim::given(c, &document.text))
        .collect();
    let verdict = score.judge(&document.text, &expected, &given);
    if case.expected.is_empty() {
        let _ = writeln!(new, "{} none", if given.is_empty() { '=' } else { '!' });
    }
    for (line, right) in case.expected.iter().zip(&verdict.expected) {
        let _ = writeln!(new, "{} {line}", if *right { '=' } else { '!' });
    }
    for (claim, _) in given.iter().zip(&verdict.given).filter(|(_, right)| !**right) {
        let _ = writeln!(new, "? {}", claim.line(&document.text));
    }
    Ok(new)
}

/// The passage, each line a paragraph or headline, so that nothing depends on how blocks are told.
fn analyse(case: &Case) -> (Document, Vec<Claim>) {
    let mut article = RawArticle { id: "case".to_owned(), ..RawArticle::default() };
    for line in &case.paragraphs {
        let (kind, text) = match line.strip_prefix("# ") {
            Some(title) => (BlockKind::Title, title),
            None => (BlockKind::Paragraph, line.as_str()),
        };
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(text);
        article.blocks.push(Block { kind, span: Span::new(start, article.text.len()) });
    }
    let progress = Progress::default();
    let mut documents = corpus::parse_all(vec![article], &progress).expect("nobody stops it");
    let claims = corpus::claims(&documents, &progress).expect("nobody stops it");
    (documents.remove(0), claims)
}
