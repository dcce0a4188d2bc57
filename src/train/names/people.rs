//! Names of persons from all over the world: CAMEO's table of political leaders (Open Event Data Alliance, MIT licence).
//!
//! American political news knows few names. Half of the table teaches the recogniser what given names and surnames look
//! like ([`Known`]); with the other half persons in silver articles are renamed ([`renamed`]), so that the
//! recogniser learns to read names that it has never seen.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashSet;

use super::article::{Labelled, Word, labels};
use crate::document::NameKind;
use crate::language::features::form;
use crate::language::gazetteer::{self, Sense};
use crate::language::names::known::{FAMILY, GIVEN, Known};
use crate::language::names::lists::is_role;
use crate::language::names::{OUTSIDE, spans};
use crate::language::normalise;
use crate::train::Random;

/// A person's name, cut as treebanks cut words; `true` where a word is glued to the one before.
pub(crate) type Person = Vec<(String, bool)>;

/// The names of persons in the table, in its order.
pub(crate) fn read(path: &Path) -> std::io::Result<Vec<Person>> {
    // The table has a few names in Latin-1.
    let bytes = std::fs::read(path)?;
    let text: String = bytes.iter().map(|b| char::from(*b)).collect();
    let mut people = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines().chain(["END"]) {
        if !line.is_empty() && !line.starts_with(['+', '\t', ' ', '#', '[']) {
            flush(&block, &mut people);
            block.clear();
        }
        block.push(line);
    }
    Ok(people)
}

/// An entry names a person if the codes of offices, with dates, follow on lines of their own.
fn flush(block: &[&str], people: &mut Vec<Person>) {
    let Some((head, rest)) = block.split_first() else { return };
    let office = |line: &&str| line.starts_with("\t[") && (line.contains("ELI") || line.contains("GOV"));
    if head.contains('[') || !rest.iter().any(office) {
        return;
    }
    let aliases = rest.iter().filter_map(|line| line.strip_prefix('+'));
    for name in std::iter::once(*head).chain(aliases) {
        let words = name.split('#').next().unwrap_or_default().trim().trim_matches('_').split('_');
        let words: Vec<&str> =
            words.filter(|w| !is_role(&w.to_lowercase()) && !w.contains(['"', '(', ')', '[', ','])).collect();
        if (2..=5).contains(&words.len()) && words.iter().all(|w| !w.is_empty()) {
            people.push(person(&words, people.len()));
        }
    }
}

fn person(words: &[&str], n: usize) -> Person {
    let mut out: Person = Vec::new();
    for (i, word) in words.iter().enumerate() {
        for (j, part) in word.split('-').filter(|p| !p.is_empty()).enumerate() {
            if j > 0 {
                out.push(("-".to_owned(), true));
            }
            let lower = part.to_lowercase();
            let small = matches!(
                lower.as_str(),
                "bin" | "ibn" | "al" | "de" | "la" | "da" | "van" | "von" | "el" | "der"
            ) && i > 0;
            let mut chars = lower.chars();
            let capital = chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default();
            out.push((if small { lower } else { capital }, j > 0));
        }
    }
    // "Kim Hwang Sik" is "Kim Hwang-sik" as often.
    let short = |w: &(String, bool)| w.0.len() <= 6 && w.0.bytes().all(|b| b.is_ascii_alphabetic());
    if out.len() == 3
        && words.len() == 3
        && out.iter().all(short)
        && out[2].0.len() <= 5
        && n.is_multiple_of(2)
    {
        let last = out[2].0.to_lowercase();
        out.truncate(2);
        out.extend([("-".to_owned(), true), (last, true)]);
    }
    out
}

/// The table of known words, from every other name of it and without words that `common` holds.
pub(crate) fn known(people: &[Person], common: &FxHashSet<String>) -> Known {
    let mut words: BTreeMap<u32, u8> = BTreeMap::new();
    for person in people.iter().step_by(2) {
        let last = person.len() - 1;
        for (i, (word, _)) in person.iter().enumerate() {
            let lower = normalise(word);
            if lower.len() > 1 && !common.contains(&lower) {
                *words.entry(form(&lower)).or_default() |= if i == last { FAMILY } else { GIVEN };
            }
        }
    }
    Known::new(words.into_iter().collect())
}

/// The article with other persons and countries in it, the same for the same.
pub(crate) fn renamed(sentences: &[Labelled], people: &[Person], random: &mut Random) -> Vec<Labelled> {
    let mut persons: BTreeMap<String, Person> = BTreeMap::new();
    let mut places: BTreeMap<String, &'static str> = BTreeMap::new();
    let countries = gazetteer::countries();
    let mut out = Vec::new();
    for sentence in sentences {
        let mut new = Labelled::default();
        let mut names = Vec::new();
        let mut at = 0;
        for (from, to, kind) in spans(&sentence.labels) {
            new.words.extend_from_slice(&sentence.words[at..from]);
            let start = new.words.len();
            let glued = sentence.words[from].glued;
            let form = |w: &Word| w.form.clone();
            match kind {
                NameKind::Person => {
                    let key = form(&sentence.words[to - 1]);
                    let person = persons
                        .entry(key)
                        .or_insert_with(|| people[random.below(people.len() / 2) * 2 + 1].clone());
                    let eastern = person.len() == 4 && person[2].0 == "-";
                    let shown = if to - from > 1 {
                        &person[..]
                    } else if eastern {
                        &person[..1]
                    } else {
                        family(person)
                    };
                    new.words.extend(shown.iter().enumerate().map(|(i, (word, joined))| Word {
                        form: word.clone(),
                        glued: if i == 0 { glued } else { *joined },
                    }));
                }
                NameKind::Location => {
                    let phrase = sentence.words[from..to].iter().map(form).collect::<Vec<_>>().join(" ");
                    let other = match gazetteer::lookup(&phrase) {
                        Some((_, sense @ (Sense::Name | Sense::Capital))) => {
                            Some(*places.entry(phrase).or_insert_with(|| {
                                let country = &countries[random.below(countries.len())];
                                let capital = country.capitals.first().filter(|_| sense == Sense::Capital);
                                capital.copied().unwrap_or(country.name)
                            }))
                        }
                        _ => None,
                    };
                    match other {
                        Some(place) => new.words.extend(
                            place
                                .split(' ')
                                .enumerate()
                                .map(|(i, word)| Word { form: word.to_owned(), glued: glued && i == 0 }),
                        ),
                        None => new.words.extend_from_slice(&sentence.words[from..to]),
                    }
                }
                _ => new.words.extend_from_slice(&sentence.words[from..to]),
            }
            names.push((start, new.words.len(), kind));
            at = to;
        }
        new.words.extend_from_slice(&sentence.words[at..]);
        new.labels = labels(new.words.len(), &names);
        debug_assert!(!names.is_empty() || new.labels.iter().all(|l| *l == OUTSIDE));
        out.push(new);
    }
    out
}

/// The last word of a name with what is glued to it: "al - Assad" of "Bashar al - Assad".
fn family(person: &Person) -> &[(String, bool)] {
    let mut from = person.len() - 1;
    while from > 0
        && (person[from].1 || matches!(person[from - 1].0.as_str(), "al" | "van" | "de" | "von" | "bin"))
    {
        from -= 1;
    }
    if from == 0 { &person[person.len() - 1..] } else { &person[from..] }
}
