//! Golden texts: what is extracted, written under the sentence it is extracted from.
//!
//! `tests/golden/*.golden` hold cases. A case is a run of lines that start with `> `, the text (each such line is a
//! paragraph); blank lines divide cases. Under each sentence stand its claims: a line that marks the roles, then
//! lines with what was made of them. Lines that start with `#` are comments, `@published 2024-10-26` and
//! `@outlet Name` before a case give what the reader would know.
//!
//! Files named `places*` show places alone: under each paragraph, in the order of the text, the name as written, the
//! place, its kind, ISO code and sense.
//!
//! The runner writes the file anew from the texts in it. If that changes the file the test fails, so that every
//! change of behaviour is reviewed as a diff. `tests/golden/seeds/` holds the same for the five articles.

mod analysis;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use reportedly::document::{Claim, Document, Kind, Quantity, Source};
use reportedly::extract::place;
use reportedly::language;
use reportedly::read::RawArticle;
use reportedly::span::Span;

#[test]
fn cases() {
    let mut stale = Vec::new();
    for path in files(Path::new("tests/golden"), "golden") {
        let old = fs::read_to_string(&path).expect("golden file is UTF-8");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        check(&path, &old, &rewrite(&old, name.starts_with("places")), &mut stale);
    }
    assert!(stale.is_empty(), "rewritten, review the diff: {stale:?}");
}

#[test]
fn seeds() {
    let sources = files(Path::new("seeds"), "txt");
    let articles = sources.iter().map(|p| RawArticle {
        id: p.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default(),
        text: fs::read_to_string(p).expect("seeds are UTF-8"),
        encoding: "UTF-8".to_owned(),
        ..RawArticle::default()
    });
    let (documents, claims) = analysis::analyse(articles.collect());
    let mut stale = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let own: Vec<&Claim> = claims.iter().filter(|c| c.document as usize == index).collect();
        let path = PathBuf::from(format!("tests/golden/seeds/{}.golden", document.id));
        let old = fs::read_to_string(&path).unwrap_or_default();
        let mut new = header(document);
        render(document, &own, true, &mut new);
        check(&path, &old, &new, &mut stale);
    }
    assert!(stale.is_empty(), "rewritten, review the diff: {stale:?}");
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("folder exists")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == extension))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no .{extension} in {}", folder.display());
    found
}

fn check(path: &Path, old: &str, new: &str, stale: &mut Vec<String>) {
    if old != new {
        fs::write(path, new).expect("golden file can be written");
        stale.push(path.display().to_string());
    }
}

/// One case: settings and comments as they are, the text with its claims anew.
fn rewrite(old: &str, places: bool) -> String {
    let mut new = String::new();
    for case in old.split("\n\n").map(str::trim).filter(|c| !c.is_empty()) {
        let mut article = RawArticle { id: "case".to_owned(), ..RawArticle::default() };
        for line in case.lines() {
            if let Some(text) = line.strip_prefix("> ") {
                if !article.text.is_empty() {
                    article.text.push_str("\n\n");
                }
                article.text.push_str(text);
            } else if let Some(date) = line.strip_prefix("@published ") {
                article.published = Some(date.trim().parse().expect("a date such as 2024-10-26"));
            } else if let Some(outlet) = line.strip_prefix("@outlet ") {
                article.outlet = Some(outlet.trim().to_owned());
            }
            if line.starts_with(['#', '@']) {
                let _ = writeln!(new, "{line}");
            }
        }
        if !article.text.is_empty() && places {
            render_places(&reportedly::parse::parse(article), &mut new);
        } else if !article.text.is_empty() {
            let (documents, claims) = analysis::analyse(vec![article]);
            render(&documents[0], &claims.iter().collect::<Vec<_>>(), false, &mut new);
        }
        new.push('\n');
    }
    let end = new.trim_end().len();
    new.truncate(end);
    new.push('\n');
    new
}

fn header(document: &Document) -> String {
    let metadata = &document.metadata;
    let stated = |value: Option<String>| value.unwrap_or_else(|| "unknown".to_owned());
    format!(
        "# title: {}\n# published: {}\n# outlet: {}\n",
        stated(metadata.title.as_ref().map(|t| t.value.clone())),
        stated(document.published().map(|d| d.to_string())),
        stated(metadata.outlet.as_ref().map(|o| o.value.clone())),
    )
}

/// `by_sentence`: one line a sentence, with the kind of its block; otherwise one line a block, as it was typed.
fn render(document: &Document, claims: &[&Claim], by_sentence: bool, out: &mut String) {
    let lines: Vec<(Span, &str)> = if by_sentence {
        document.sentences.iter().map(|s| (s.span, document.blocks[s.block as usize].kind.as_str())).collect()
    } else {
        document.blocks.iter().map(|b| (b.span, b.kind.as_str())).collect()
    };
    for (span, kind) in lines {
        if by_sentence && kind != "paragraph" {
            let _ = writeln!(out, "\n[{kind}] {}", flat(span.of(&document.text)));
            continue;
        }
        let _ = writeln!(out, "{}> {}", if by_sentence { "\n" } else { "" }, flat(span.of(&document.text)));
        if kind != "paragraph" {
            let _ = writeln!(out, "  [{kind}]");
        }
        for claim in claims {
            let roles = [
                ("SOURCE", &claim.source_spans),
                ("CUE", &claim.cue_spans),
                ("CONTENT", &claim.content_spans),
            ];
            let marks: Vec<(&str, Span)> = roles
                .iter()
                .flat_map(|(name, spans)| spans.iter().map(|s| (*name, *s)))
                .filter(|(_, s)| s.overlaps(span))
                .collect();
            if marks.is_empty() {
                continue;
            }
            let _ = writeln!(out, "  {}", underline(&document.text, span, &marks));
            if span.contains(Span::new(claim.content_spans[0].start(), claim.content_spans[0].start())) {
                describe(document, claim, out);
            }
        }
    }
}

/// Each paragraph of the text, and under it the places in it.
fn render_places(document: &Document, out: &mut String) {
    let places = place::places(&language::annotate(document).compounded());
    let mut start = 0;
    for line in document.text.split_inclusive("\n\n") {
        let span = Span::new(start, start + line.len());
        start += line.len();
        let _ = writeln!(out, "> {}", flat(line.trim()));
        let found = places.iter().filter(|p| span.contains(p.span));
        let shown: Vec<String> = found
            .map(|p| {
                format!(
                    "{} = {} ({} {} {})",
                    flat(p.span.of(&document.text)),
                    p.name,
                    p.kind.as_str(),
                    p.subdivision.as_deref().or(p.country.as_deref()).unwrap_or("-"),
                    p.sense.as_str()
                )
            })
            .collect();
        let _ = writeln!(out, "  : {}", if shown.is_empty() { "none".to_owned() } else { shown.join("; ") });
    }
}

fn flat(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// `SOURCE----- CUE- CONTENT------`, aligned with the text by characters.
fn underline(text: &str, line: Span, marks: &[(&str, Span)]) -> String {
    let width = line.of(text).chars().count();
    let mut row = vec![' '; width];
    for (name, span) in marks {
        let start = span.start().max(line.start());
        let end = span.end().min(line.end());
        let from = text[line.start()..start].chars().count();
        let length = text[start..end].chars().count();
        let mut letters = name.chars();
        for cell in row.iter_mut().skip(from).take(length) {
            *cell = letters.next().unwrap_or('-');
        }
    }
    row.into_iter().collect::<String>().trim_end().to_owned()
}

fn describe(document: &Document, claim: &Claim, out: &mut String) {
    let who = claim.source.as_ref().map_or_else(|| "nobody named".to_owned(), party);
    let via: Vec<&str> = claim.via.iter().skip(1).map(|s| s.name.as_str()).collect();
    let via = if via.is_empty() { String::new() } else { format!(" via {}", via.join(" > ")) };
    let certainty = claim.certainty;
    let _ = writeln!(
        out,
        "  : {who}{via}: {} {} {} {} {:.1}",
        claim.kind.as_str(),
        if claim.kind == Kind::Narrated { "-" } else { claim.act.as_str() },
        claim.polarity.as_str(),
        certainty.label.as_str(),
        certainty.value
    );
    let mut details: Vec<String> = claim.quantities.iter().map(figure).collect();
    details.extend(
        claim.times.iter().map(|t| {
            format!("<{} = {}>", flat(t.span.of(&document.text)), t.value.as_deref().unwrap_or("?"))
        }),
    );
    if !details.is_empty() {
        let _ = writeln!(out, "  : {}", details.join(" "));
    }
}

fn party(source: &Source) -> String {
    let mut words = vec![source.source_type.as_str().to_owned()];
    words.extend(source.country.clone());
    words.extend(source.role.clone());
    format!("{} ({})", source.name, words.join(", "))
}

/// `[>=1000 soldier of North Korea, additional, send @ Russia]`
fn figure(quantity: &Quantity) -> String {
    let number = |n: f64| format!("{n}");
    let mut out = match (quantity.relation.as_str(), quantity.low, quantity.high, quantity.value) {
        ("range", Some(low), Some(high), _) => format!("[{}..{}", number(low), number(high)),
        (sign, _, _, Some(value)) => format!("[{sign}{}", number(value)),
        (sign, low, high, None) => {
            format!(
                "[{sign}{}..{}",
                low.map(number).unwrap_or_default(),
                high.map(number).unwrap_or_default()
            )
        }
    };
    if quantity.unit != "count" {
        let _ = write!(out, " {}", quantity.unit);
    }
    if let Some(counted) = &quantity.counted {
        let _ = write!(out, " {}", counted.lemma);
        if let Some(whose) = &counted.whose {
            let _ = write!(out, " of {whose}");
        }
    }
    if let Some(partitive) = &quantity.partitive {
        let _ = write!(out, ", out of {}", partitive.value.map(number).unwrap_or_default());
    }
    if let Some(change) = quantity.change {
        let _ = write!(out, ", {}", change.as_str());
    }
    if let Some(predicate) = &quantity.frame.predicate {
        let _ = write!(out, ", {}{predicate}", if quantity.frame.hypothetical { "may " } else { "" });
    }
    if let Some(place) = &quantity.frame.place {
        let _ = write!(out, " @ {place}");
    }
    out.push(']');
    out
}
