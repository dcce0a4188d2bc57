//! Which figures the ledger puts into one row: the golden ledger `tests/ledger.tsv`, read from raw text, one report for each outlet
//! and day.

mod analysis;

use std::collections::{BTreeMap, BTreeSet};

use reportedly::document::{Claim, Document};
use reportedly::read::RawArticle;
use reportedly::reconcile::{self, Entry, Options, Reconciliation};
use reportedly::span::Span;

static SUITE: &str = include_str!("ledger.tsv");

/// A figure of the golden ledger.
struct Figure {
    event: &'static str,
    part: &'static str,
    row: &'static str,
    low: Option<f64>,
    high: Option<f64>,
    mark: &'static str,
    /// The sentence with the figure in brackets.
    marked: &'static str,
    /// Its document, and where it stands in it.
    document: usize,
    span: Span,
}

/// The headline of an event's reports, and sentences without figures one of which opens each, as reports say what they are about.
fn setting(event: &str) -> (&'static str, [&'static str; 4]) {
    match event {
        "fire" => (
            "Manzanita Fire in California",
            [
                "The Manzanita Fire broke out in dry brush in the hills of San Diego County as Santa Ana winds rose.",
                "Santa Ana winds are driving the Manzanita Fire through the brush of San Diego County in California.",
                "Crews fought the Manzanita Fire in the dry hills of San Diego County, where Santa Ana winds blow.",
                "In the hills of San Diego County, brush burned in the Manzanita Fire, fanned by Santa Ana winds.",
            ],
        ),
        "hurricane" => (
            "Hurricane Odessa",
            [
                "Hurricane Odessa struck the coast of Louisiana and moved inland with heavy rain and storm surge.",
                "Along the coast of the Gulf, Hurricane Odessa brought a storm surge and heavy rain to Louisiana.",
                "The coast of Louisiana was hit hardest by Hurricane Odessa, its storm surge and its heavy rain.",
                "Heavy rain and a storm surge came with Hurricane Odessa, which struck the Gulf coast in Louisiana.",
            ],
        ),
        _ => (
            "Maryland flood",
            [
                "The Maryland flood came when heavy rain swelled the Monocacy River and swept through Frederick.",
                "Heavy rain made the Monocacy River flood the streets of Frederick in Maryland.",
                "In Frederick, Maryland, the Monocacy River left its bed after heavy rain in a sudden flood.",
                "Frederick was hit by the Maryland flood as heavy rain fell along the Monocacy River.",
            ],
        ),
    }
}

fn suite() -> (Vec<RawArticle>, Vec<Figure>) {
    let mut articles: Vec<RawArticle> = Vec::new();
    let mut of: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut figures = Vec::new();
    for line in SUITE.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[event, part, date, outlet, row, low, high, _, mark, marked] = cells.as_slice() else {
            panic!("{line}")
        };
        let plain = marked.replace(['[', ']'], "");
        // Headlines are given a full stop: what stands in headings makes no claims.
        let plain = if plain.ends_with('.') { plain } else { format!("{plain}.") };
        let next = articles.len();
        let document = *of.entry((event, date, outlet)).or_insert(next);
        if document == next {
            articles.push(RawArticle {
                id: format!("{event} {next}"),
                text: format!("{}\n\n{}", setting(event).0, setting(event).1[next % 4]),
                published: date.parse().ok(),
                outlet: Some(outlet.to_owned()),
                ..RawArticle::default()
            });
        }
        let text = &mut articles[document].text;
        let from = text.find(&plain).unwrap_or(text.len() + 2);
        if from > text.len() {
            text.push_str("\n\n");
            text.push_str(&plain);
        }
        let (open, close) = (marked.find('[').expect("a figure"), marked.find(']').expect("its end"));
        figures.push(Figure {
            event,
            part,
            row,
            low: low.parse().ok(),
            high: high.parse().ok(),
            mark,
            marked,
            document,
            span: Span::new(from + open, from + close - 1),
        });
    }
    (articles, figures)
}

fn found<'r>(r: &'r Reconciliation, figure: &Figure) -> Option<&'r Entry> {
    r.ledger.iter().find(|e| e.document as usize == figure.document && e.span.overlaps(figure.span))
}

/// Whether the interval is that of the annotation.
fn is_read(entry: &Entry, figure: &Figure) -> bool {
    let vague = figure.low.is_none() && figure.high.is_none();
    vague || (entry.low, entry.high) == (figure.low, figure.high)
}

/// Whether additional, forecast and denied figures are told from counts, and counts from them.
fn is_marked(entry: &Entry, figure: &Figure) -> bool {
    let added = entry.change.is_some_and(|c| !c.is_level());
    added == matches!(figure.mark, "additional" | "up")
        && (figure.mark == "additional" || entry.hypothetical == (figure.mark == "forecast"))
        && entry.put_forward == (figure.mark != "denied")
}

/// The figures of a gold row, with their entries.
type Members<'m> = Vec<(&'m Figure, Option<&'m Entry>)>;

/// How many of which are right.
#[derive(Default)]
struct Score {
    figures: usize,
    /// Figures whose interval is right.
    read: usize,
    /// Figures told right from additional ones, forecasts and denied ones.
    marked: usize,
    /// Figures that are both, and stand in the row that holds most of theirs and none of another.
    placed: usize,
    rows: usize,
    /// Rows whose figures all stand in one row, with none of another.
    rows_whole: usize,
    /// Of these, rows whose figures all are right.
    rows_right: usize,
    /// Pairs of figures in one row: in both, in the annotation, in ours.
    pairs: (usize, usize, usize),
}

/// What the extraction made of a figure that has no entry.
fn extracted(documents: &[Document], claims: &[Claim], f: &Figure) -> String {
    let document = &documents[f.document];
    let block = document.blocks.iter().find(|b| b.span.contains(f.span)).map(|b| b.kind);
    let all = claims.iter().filter(|c| c.document as usize == f.document).flat_map(|c| &c.quantities);
    let of = all.rev().find(|q| q.span.overlaps(f.span));
    of.map_or_else(
        || format!("no figure in {block:?}"),
        |q| format!("{:?} {:?} {:?}", q.unit, q.counted, q.frame.predicate),
    )
}

fn score(r: &Reconciliation, documents: &[Document], claims: &[Claim], figures: &[&Figure]) -> Score {
    let mut s = Score::default();
    let mut gold: BTreeMap<(&str, &str), Members<'_>> = BTreeMap::new();
    for figure in figures {
        gold.entry((figure.event, figure.row)).or_default().push((figure, found(r, figure)));
    }
    let mut holders: BTreeMap<u32, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (row, members) in &gold {
        for (_, entry) in members {
            if let Some(e) = entry {
                holders.entry(e.row).or_default().insert(*row);
            }
        }
    }
    let mut all: Vec<((&str, &str), Option<u32>)> = Vec::new();
    for (row, members) in &gold {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, entry) in members {
            if let Some(e) = entry {
                *counts.entry(e.row).or_default() += 1;
            }
        }
        // The row that most of them stand in, and that stands for no other more.
        let main = counts.iter().max_by_key(|(row, n)| (**n, std::cmp::Reverse(**row))).map(|(r, _)| *r);
        let alone = main.is_some_and(|m| holders[&m].len() == 1);
        let read = |f: &Figure, e: Option<&Entry>| e.is_some_and(|e| is_read(e, f) && is_marked(e, f));
        let whole = alone && members.iter().all(|(_, e)| e.is_some_and(|e| Some(e.row) == main));
        let right = whole && members.iter().all(|(f, e)| read(f, *e));
        s.rows += 1;
        s.rows_whole += usize::from(whole);
        s.rows_right += usize::from(right);
        if !right {
            println!("{} / {}{}", row.0, row.1, if alone { "" } else { " (shared)" });
        }
        for (f, e) in members {
            s.figures += 1;
            s.read += usize::from(e.is_some_and(|e| is_read(e, f)));
            s.marked += usize::from(e.is_some_and(|e| is_marked(e, f)));
            let fine = read(f, *e) && e.is_some_and(|e| Some(e.row) == main) && alone;
            s.placed += usize::from(fine);
            all.push((*row, e.map(|e| e.row)));
            if !right {
                let what = e.map_or_else(
                    || format!("no entry: {}", extracted(documents, claims, f)),
                    |e| {
                        let row = &r.rows[e.row as usize];
                        format!(
                            "{} {} [{}..{} {}]{}{}",
                            e.row,
                            row.label,
                            e.low.map_or("-".to_owned(), |x| x.to_string()),
                            e.high.map_or("-".to_owned(), |x| x.to_string()),
                            e.relation.as_str(),
                            if is_marked(e, f) { "" } else { " MARK" },
                            if is_read(e, f) { "" } else { " INTERVAL" },
                        )
                    },
                );
                println!("    {} {what} | {}", if fine { " " } else { "x" }, f.marked);
            }
        }
    }
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            let (gold, ours) = (a.0 == b.0, a.1.is_some() && a.1 == b.1);
            s.pairs.0 += usize::from(gold && ours);
            s.pairs.1 += usize::from(gold);
            s.pairs.2 += usize::from(ours);
        }
    }
    s
}

#[test]
fn figures_stand_in_the_rows_of_a_careful_reader() {
    let (articles, figures) = suite();
    assert!(figures.len() >= 120, "{}", figures.len());
    let (documents, claims) = analysis::analyse(articles);
    let r = reconcile::reconcile(&documents, &claims, &Options::default());
    println!("{} documents, {} stories", documents.len(), r.stories.len());
    for (part, figures_right, rows_right) in [("tuned", 95.0, 90.0), ("held out", 95.0, 90.0)] {
        let of: Vec<&Figure> = figures.iter().filter(|f| f.part == part).collect();
        let s = score(&r, &documents, &claims, &of);
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        let (hit, gold, ours) = s.pairs;
        println!(
            "{part}: {} figures: interval {:.1} %, kind {:.1} %, right and in their row {:.1} %",
            s.figures,
            share(s.read, s.figures),
            share(s.marked, s.figures),
            share(s.placed, s.figures)
        );
        println!(
            "{part}: {} rows: whole and alone {:.1} %, and every figure right {:.1} %; pairs: precision {:.1} %, recall {:.1} %",
            s.rows,
            share(s.rows_whole, s.rows),
            share(s.rows_right, s.rows),
            share(hit, ours),
            share(hit, gold)
        );
        assert!(share(s.placed, s.figures) >= figures_right, "{part}");
        assert!(share(s.rows_right, s.rows) >= rows_right, "{part}");
    }
}
