//! Plain-text exports of news archives, in the layout of Nexis: many documents in one file, each with its outlet, date,
//! headline, labelled lines (`BYLINE:`, `LENGTH: 512 words`), body, and more labelled lines.
//!
//! There is no crate for this. Two layouts are known. The older one counts ("1 of 250 DOCUMENTS"), has outlet and date
//! first and labels in capitals; the newer one has the headline first, a line `Body`, and `End of Document`. The text
//! of an article is its body as it stands in the file.

use std::ops::{ControlFlow, Range};
use std::sync::LazyLock;

use encoding_rs::Encoding;
use jiff::civil::Date;
use regex::Regex;
use rustc_hash::FxHashMap;

use super::article::unreadable;
use super::encoding::{self, Forced};
use super::input::Input;
use super::record::{Content, Out, Record};
use super::{ReadOptions, stamp};
use crate::error::Problem;
use crate::lexicon;

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Head,
    Tail,
}

static LABELS: LazyLock<FxHashMap<&'static str, Place>> = LazyLock::new(|| {
    lexicon::rows(include_str!("../../lexicon/nexis.tsv"))
        .filter_map(|row| row.split_once('\t'))
        .map(|(label, place)| (label, if place == "head" { Place::Head } else { Place::Tail }))
        .collect()
});

static COUNTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:Document )?\d{1,5} of \d{1,5} (?:DOCUMENTS?|Documents?)\s*$")
        .expect("a fixed pattern")
});
static WORDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\d,.]+ words").expect("a fixed pattern"));

/// Whether a file begins like such an export: with a counter and a label, or with labels that nothing else has.
pub(super) fn is_export(head: &[u8]) -> bool {
    /// So many lines of a file's beginning tell.
    const LINES: usize = 400;
    let head = String::from_utf8_lossy(head);
    let (mut counter, mut words, mut end, mut labels) = (false, false, false, Vec::new());
    for line in head.lines().take(LINES) {
        counter |= COUNTER.is_match(line);
        end |= line.trim() == "End of Document";
        if let Some((label, value)) = label(line) {
            words |= label == "LENGTH" && WORDS.is_match(value);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    let labels = labels.len();
    counter && labels >= 1 || words && labels >= 3 || words && end
}

/// The label of a line in its standard form, and what comes after it.
fn label(line: &str) -> Option<(&'static str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_start_matches('\u{feff}');
    // Sentences begin with other words, or not at the margin.
    if name.len() > 20 || !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let (label, _) = LABELS.get_key_value(name.to_ascii_uppercase().as_str())?;
    Some((label, value.trim()))
}

/// The documents of an export.
pub(super) fn documents(
    name: &str,
    input: Input,
    options: &ReadOptions,
    forced: Forced,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let limit = options.max_file_bytes;
    let bytes = match input.whole(limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let message = format!("`{name}` was skipped: it has more than {limit} bytes");
            return out(Err(Problem::read(name, "too_large", message, "raise max_file_bytes to read it")));
        }
        Err(e) => {
            return out(Err(unreadable(name, &e)));
        }
    };
    let decoded = match encoding::decode(&bytes, forced, None) {
        Ok(decoded) => decoded,
        Err(what) => {
            let message = format!("`{name}` was skipped: it is {what}, not text");
            return out(Err(Problem::read(name, "binary", message, "convert it to text first")));
        }
    };
    drop(bytes);
    let encoding = Encoding::for_label(decoded.encoding.as_bytes());
    let text = decoded.text.as_str();
    let lines = lines(text);
    for (row, lines) in (0u64..).zip(split(text, &lines)) {
        let record = document(text, lines);
        if record.content.len() == 0 {
            let message = format!("document {row} of `{name}` was skipped: it has no text");
            out(Err(Problem::read(name, "empty", message, "").at(Some(row))))?;
            continue;
        }
        let encoding = encoding.map(|encoding| (encoding.name(), decoded.confidence));
        out(Ok(Record { row: Some(row), encoding, ..record }))?;
    }
    ControlFlow::Continue(())
}

/// The lines of a text, as ranges without their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\r', '\n']).len();
        lines.push(start..end);
        start += line.len();
    }
    lines
}

/// The lines of each document: from counter to counter, or from end to end.
fn split<'l>(text: &str, lines: &'l [Range<usize>]) -> Vec<&'l [Range<usize>]> {
    let is_counter = |line: &Range<usize>| COUNTER.is_match(&text[line.clone()]);
    let is_end = |line: &Range<usize>| text[line.clone()].trim() == "End of Document";
    let mut documents: Vec<&[Range<usize>]> = if lines.iter().any(is_counter) {
        // What stands before the first counter is a cover page.
        lines.split(is_counter).skip(1).collect()
    } else {
        lines.split(is_end).collect()
    };
    documents.retain(|lines| lines.iter().any(|line| label(&text[line.clone()]).is_some()));
    documents
}

/// Reads one document.
fn document(text: &str, lines: &[Range<usize>]) -> Record {
    let of = |i: usize| text[lines[i].clone()].trim();
    let is = |i: usize, word: &str| of(i) == word;
    let labelled = |i: usize| label(&text[lines[i].clone()]);
    let end = lines.len();
    let body_line = (0..end).find(|i| is(*i, "Body"));
    let first_label = (0..end).find(|i| labelled(*i).is_some()).unwrap_or(end);
    let head_end = body_line.map_or(first_label, |body| body.min(first_label));

    // The labels of the head, each with the lines up to the next blank one; the body begins after the last.
    let (mut byline, mut headline) = (None, None);
    let mut start = head_end;
    let mut i = head_end;
    while i < body_line.unwrap_or(end) {
        let Some((label, value)) = labelled(i) else {
            if !of(i).is_empty() && body_line.is_none() {
                break;
            }
            i += 1;
            continue;
        };
        if LABELS.get(label) != Some(&Place::Head) {
            break;
        }
        let mut value = value.to_owned();
        i += 1;
        while i < end && !of(i).is_empty() && labelled(i).is_none() && Some(i) != body_line {
            value.push(' ');
            value.push_str(of(i));
            i += 1;
        }
        start = i;
        match label {
            "BYLINE" => byline = Some(without_by(&value).to_owned()),
            "HEADLINE" => headline = Some(value),
            _ => {}
        }
    }
    let start = body_line.map_or(start, |body| body + 1);
    let ends_body = |i: usize| {
        labelled(i).is_some_and(|(label, _)| LABELS.get(label) == Some(&Place::Tail))
            || is_copyright(of(i))
            || matches!(of(i), "End of Document" | "Classification" | "Notes" | "Graphic")
    };
    let body_end = (start..end).find(|i| ends_body(*i)).unwrap_or(end);
    let body = match (lines.get(start), body_end.checked_sub(1).and_then(|last| lines.get(last))) {
        (Some(first), Some(last)) if first.start < last.end => {
            text[first.start..last.end].trim_matches(['\r', '\n', '\u{c}'])
        }
        _ => "",
    };
    let head = Head::of((0..head_end).map(|i| &text[lines[i].clone()]));
    Record {
        content: Content::Text(if body.trim().is_empty() { String::new() } else { body.to_owned() }),
        title: headline.or(head.title),
        published: head.published,
        outlet: head.outlet,
        byline: byline.filter(|b| !b.is_empty()),
        ..Record::default()
    }
}

/// What stands before the first label.
#[derive(Default)]
struct Head {
    title: Option<String>,
    outlet: Option<String>,
    published: Option<Date>,
}

impl Head {
    fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        // Paragraphs, each of lines; whether they are centred tells editions from headlines.
        let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
        for line in lines {
            match (line.trim().is_empty(), paragraphs.last_mut()) {
                (false, Some(last))
                    if !is_copyright(line) && !line.trim().eq_ignore_ascii_case("all rights reserved") =>
                {
                    last.push(line);
                }
                (true, Some(last)) if !last.is_empty() => paragraphs.push(Vec::new()),
                _ => {}
            }
        }
        let flat: Vec<(usize, &str)> =
            paragraphs.iter().enumerate().flat_map(|(p, lines)| lines.iter().map(move |l| (p, *l))).collect();
        let Some(at) = flat.iter().position(|(_, line)| stamp::day(line).is_some()) else {
            return Head::default();
        };
        let text = |line: &str| Some(line.trim().to_owned());
        let outlet = at.checked_sub(1).and_then(|i| text(flat[i].1));
        let title = if at >= 2 {
            text(flat[0].1)
        } else {
            let is_left = |p: &&Vec<&str>| p.first().is_some_and(|line| !line.starts_with("     "));
            let mut after = paragraphs.iter().skip(flat[at].0 + 1).filter(|p| !p.is_empty());
            let paragraph = after.clone().rev().find(is_left).or(after.next_back());
            paragraph.map(|p| p.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "))
        };
        Head { title, outlet, published: stamp::day(flat[at].1) }
    }
}

fn without_by(value: &str) -> &str {
    let value = value.trim();
    match value.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => value[3..].trim(),
        _ => value,
    }
}

fn is_copyright(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("Copyright ") || line.starts_with('©')) && line.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_well_formed() {
        for row in lexicon::rows(include_str!("../../lexicon/nexis.tsv")) {
            let (label, place) = row.split_once('\t').expect("two cells");
            assert_eq!(label, label.to_uppercase());
            assert!(matches!(place, "head" | "tail"), "{row}");
        }
    }

    #[test]
    fn other_texts_are_no_exports() {
        for text in [
            "Section: the law says so.\n\nLength: a metre.\n",
            "He read 1 of 250 DOCUMENTS that day.\nSOURCE: AP",
            "BYLINE: Jane Doe\n\nSeoul said no.",
            "1 of 3 Documents\n\nSeoul said no.",
        ] {
            assert!(!is_export(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn exports() {
        assert!(is_export(
            b"\n   1 of 2 DOCUMENTS\n\n\n  The Example Times\n\nLENGTH: 512 words\n\nSeoul said no.\n"
        ));
        assert!(is_export(b"Troops\nThe Example Times\nOctober 26, 2024\n\nSection: NEWS\nLength: 512 words\nByline: Jane Doe\nBody\n\nX.\n"));
    }
}
