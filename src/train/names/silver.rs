//! PolNeAR's silver names (CoreNLP), cleaned.

use std::collections::BTreeMap;
use std::path::Path;

use super::article::{Labelled, Word, labels};
use crate::document::NameKind;
use crate::language::gazetteer::{self, Sense};
use crate::language::names::{OUTSIDE, spans};
use crate::train::read_gz;

/// A sentence with what CoreNLP says of each word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) words: Vec<Word>,
    pub(crate) tags: Vec<String>,
    pub(crate) kinds: Vec<Option<NameKind>>,
}

/// The sentences of each article of a gzipped table with the columns `T start end sentence paragraph form POS NER …`,
/// words cut at hyphens.
pub(crate) fn read(path: &Path) -> std::io::Result<Vec<(String, Vec<Row>)>> {
    Ok(parse(&read_gz(path)?))
}

fn parse(text: &str) -> Vec<(String, Vec<Row>)> {
    let mut articles: Vec<(String, Vec<Row>)> = Vec::new();
    let mut last = (String::new(), String::new());
    for line in text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if let ["#doc", name] = columns[..] {
            articles.push((name.to_owned(), Vec::new()));
            last = Default::default();
            continue;
        }
        let [_, start, end, sentence, _, form, tag, ner, ..] = columns[..] else { continue };
        let Some((_, rows)) = articles.last_mut() else { continue };
        if sentence != last.0 || rows.is_empty() {
            rows.push(Row::default());
        }
        let Some(row) = rows.last_mut() else { continue };
        let glued = start == last.1 && !row.words.is_empty();
        last = (sentence.to_owned(), end.to_owned());
        let kind = match ner {
            "PERSON" => Some(NameKind::Person),
            "ORGANIZATION" => Some(NameKind::Organization),
            "LOCATION" => Some(NameKind::Location),
            "MISC" => Some(NameKind::Other),
            _ => None,
        };
        if form.is_empty() || form.contains(char::is_whitespace) {
            continue;
        }
        for (i, part) in cut(form).into_iter().enumerate() {
            row.words.push(Word { form: part.to_owned(), glued: glued || i > 0 });
            row.tags.push(tag.to_owned());
            row.kinds.push(kind);
        }
    }
    articles
}

/// Cuts a word at hyphens between letters, as treebanks do.
fn cut(form: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in form.char_indices() {
        let before = form[..at].chars().next_back().is_some_and(|c| c.is_alphabetic() || c == '.');
        let after = form[at + c.len_utf8()..].starts_with(char::is_alphabetic);
        if matches!(c, '-' | '‐' | '‑') && before && after {
            out.extend([&form[start..at], &form[at..at + c.len_utf8()]]);
            start = at + c.len_utf8();
        }
    }
    out.push(&form[start..]);
    out
}

/// Names by the definition of [`crate::language::names`], and one kind for one form in a document.
pub(crate) fn clean(rows: Vec<Row>) -> Vec<Labelled> {
    let mut names: Vec<Vec<(usize, usize, NameKind)>> = rows.iter().map(found).collect();
    // The majority of a document decides.
    let mut votes: BTreeMap<String, [u32; 4]> = BTreeMap::new();
    let form = |row: &Row, from: usize, to: usize| {
        row.words[from..to].iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ")
    };
    for (row, names) in rows.iter().zip(&names) {
        for (from, to, kind) in names {
            votes.entry(form(row, *from, *to)).or_default()[*kind as usize] += 1;
        }
    }
    for (row, names) in rows.iter().zip(&mut names) {
        for (from, to, kind) in names {
            if let Some(votes) = votes.get(&form(row, *from, *to))
                && let Some(top) = NameKind::ALL.iter().rev().max_by_key(|k| votes[**k as usize])
                && votes[*top as usize] * 2 > votes.iter().sum()
            {
                *kind = *top;
            }
        }
    }
    let mut out = Vec::new();
    for (row, names) in rows.into_iter().zip(&mut names) {
        // Headlines are where CoreNLP errs most; the recased copies stand in for them.
        if is_headline(&row) {
            continue;
        }
        let mut labels = labels(row.words.len(), names);
        restore(&row, &mut labels, &votes);
        out.push(Labelled { words: row.words, labels });
    }
    out
}

/// The names of a sentence as CoreNLP has them, without what is none by our definition.
fn found(row: &Row) -> Vec<(usize, usize, NameKind)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < row.words.len() {
        let Some(kind) = row.kinds[at] else {
            at += 1;
            continue;
        };
        let mut to = at + 1;
        while to < row.words.len() && row.kinds[to] == Some(kind) {
            to += 1;
        }
        out.extend(trimmed(row, at, to, kind));
        at = to;
    }
    out
}

fn trimmed(row: &Row, mut from: usize, mut to: usize, kind: NameKind) -> Option<(usize, usize, NameKind)> {
    let word = |i: usize| row.words[i].form.as_str();
    let capital = |i: usize| word(i).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    while from < to && (!capital(from) && kind != NameKind::Person || row.tags[from] == "DT") {
        from += 1;
    }
    while to > from && (row.tags[to - 1] == "POS" || !capital(to - 1)) {
        to -= 1;
    }
    if from == to {
        return None;
    }
    let proper = (from..to).any(|i| row.tags[i].starts_with("NNP"));
    let phrase = (from..to).map(word).collect::<Vec<_>>().join(" ");
    let people = gazetteer::lookup(&phrase).is_some_and(|(_, sense)| sense == Sense::Adjective);
    let last = &row.tags[to - 1];
    if people {
        // "Americans" is a name of kind other; "American", the adjective, is none.
        return (last == "NNPS" || last == "NNS").then_some((from, to, NameKind::Other));
    }
    (proper || kind != NameKind::Other).then_some((from, to, kind))
}

/// No word of four letters or more is written small.
fn is_headline(row: &Row) -> bool {
    let letters = |w: &&Word| w.form.chars().all(char::is_alphabetic);
    let small = row
        .words
        .iter()
        .filter(letters)
        .filter(|w| w.form.len() > 3 && w.form.starts_with(char::is_lowercase));
    let capitals =
        row.words.iter().filter(letters).filter(|w| w.form.starts_with(char::is_uppercase)).count();
    capitals > 3 && small.count() == 0
}

/// A proper noun that is a name everywhere else in the document is one here too.
fn restore(row: &Row, labels_here: &mut Vec<u8>, votes: &BTreeMap<String, [u32; 4]>) {
    let mut names = spans(labels_here);
    for (i, label) in labels_here.iter().enumerate() {
        let free = |j: Option<usize>| j.is_none_or(|j| row.tags.get(j).is_none_or(|t| !t.starts_with("NNP")));
        if *label != OUTSIDE
            || !row.tags[i].starts_with("NNP")
            || !free(i.checked_sub(1))
            || !free(Some(i + 1))
        {
            continue;
        }
        if let Some(votes) = votes.get(&row.words[i].form)
            && let Some(top) = NameKind::ALL.iter().rev().max_by_key(|k| votes[**k as usize])
            && votes[*top as usize] >= 2
            && *top != NameKind::Other
        {
            names.push((i, i + 1, *top));
        }
    }
    names.sort_unstable_by_key(|name| name.0);
    *labels_here = labels(row.words.len(), &names);
}
