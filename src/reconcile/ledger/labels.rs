//! A row in plain words: "North Korean soldiers sent to Russia".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::classes;
use super::rows::Row;
use crate::document::Change;
use crate::language::gazetteer;
use crate::language::lemma::irregular_verb;
use crate::resolve::tables::rows;

static PARTICIPLES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut out: FxHashMap<&str, &str> = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/lemmas.tsv")) {
        if let &[form, "verb", lemma] = row.as_slice()
            && !form.ends_with("ing")
            && !form.ends_with('s')
        {
            // of "took" and "taken" the one in n, of "sank" and "sunk" the one in u; else they are mostly alike
            let known = out.entry(lemma).or_insert(form);
            if form.ends_with('n') || form.ends_with("ne") || known.replacen('a', "u", 1) == form {
                *known = form;
            }
        }
    }
    out
});

static PLURALS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut out: FxHashMap<&str, &str> = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/lemmas.tsv")) {
        if let &[form, "noun", lemma] = row.as_slice() {
            out.entry(lemma).or_insert(form);
        }
    }
    out
});

/// What the figures of a row are of.
pub(super) fn label(row: &Row) -> String {
    let mut out = String::new();
    match row.change {
        Some(Change::Down) => out.push_str("fall in "),
        Some(_) if row.unit == "count" => out.push_str("additional "),
        Some(_) => out.push_str("growth of "),
        None if row.part => out.push_str("part of the "),
        None => {}
    }
    let adjective =
        row.whose.as_deref().and_then(gazetteer::lookup).and_then(|(c, _)| c.adjectives.first().copied());
    let counts = row.unit == "count";
    let before = adjective.or(row.whose.as_deref().filter(|_| counts));
    if let Some(owner) = before {
        out.push_str(owner);
        out.push(' ');
    }
    out.push_str(&if counts { plural(&row.counted) } else { row.counted.clone() });
    if let Some(owner) = row.whose.as_deref().filter(|_| before.is_none()) {
        out.push_str(" of the ");
        out.push_str(owner);
    }
    if let Some(predicate) = &row.predicate {
        out.push(' ');
        out.push_str(&said(predicate));
    }
    if let Some(place) = &row.place {
        out.push_str(if matches!(row.predicate.as_deref(), Some("sent" | "delivered")) {
            " to "
        } else {
            " in "
        });
        out.push_str(place);
    }
    if let Some(year) = row.year {
        out.push_str(&format!(" in {year}"));
    }
    out
}

/// A class as it is, a bare verb as a participle.
fn said(predicate: &str) -> String {
    if classes::is_class(predicate) || predicate.contains(' ') || predicate.ends_with("ing") {
        return predicate.to_owned();
    }
    // Adjectives and forms whose verb is not known stand as they were said: "certified", "sank".
    let verb = irregular_verb(predicate).unwrap_or(predicate);
    if let Some(form) = PARTICIPLES.get(verb) {
        return (*form).to_owned();
    }
    match verb.strip_suffix('y') {
        _ if verb.ends_with("ed") && verb.len() > 4 => verb.to_owned(),
        _ if verb.ends_with('e') => format!("{verb}d"),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ied"),
        _ if doubles(verb) => format!("{verb}{}ed", &verb[verb.len() - 1..]),
        _ => format!("{verb}ed"),
    }
}

/// Whether the last consonant of a verb is doubled: "planned", "dropped"; one syllable, one vowel, one consonant.
fn doubles(verb: &str) -> bool {
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut back = verb.chars().rev();
    let (last, vowel, before) = (back.next(), back.next(), back.next());
    verb.is_ascii()
        && last.is_some_and(|c| !is_vowel(&c) && !matches!(c, 'w' | 'x' | 'y'))
        && vowel.is_some_and(|c| is_vowel(&c))
        && before.is_some_and(|c| !is_vowel(&c))
        && !back.any(|c| is_vowel(&c) || c == 'y')
}

/// "people", "homes", "companies".
pub(super) fn plural(noun: &str) -> String {
    let (before, last) = noun.rsplit_once(' ').map_or((String::new(), noun), |(b, l)| (format!("{b} "), l));
    let plural = match last {
        "person" | "people" => "people".to_owned(),
        n if PLURALS.contains_key(n) => PLURALS[n].to_owned(),
        "aircraft" | "money" | "personnel" | "police" => last.to_owned(),
        n if n.ends_with("man") && n != "human" => format!("{}men", &n[..n.len() - 3]),
        n if n.ends_with('y') && !n.ends_with("ey") && !n.ends_with("ay") && !n.ends_with("oy") => {
            format!("{}ies", &n[..n.len() - 1])
        }
        n if n.ends_with('s') || n.ends_with("ch") || n.ends_with("sh") || n.ends_with('x') => {
            format!("{n}es")
        }
        n => format!("{n}s"),
    };
    before + &plural
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(counted: &str, predicate: &str, place: &str) -> Row {
        let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
        Row {
            story: 0,
            counted: counted.to_owned(),
            whose: None,
            predicate: some(predicate),
            place: some(place),
            unit: "count".to_owned(),
            change: None,
            year: None,
            part: false,
            label: String::new(),
            entries: Vec::new(),
        }
    }

    #[test]
    fn rows_have_names() {
        let whose = |r: Row| Row { whose: Some("North Korea".to_owned()), ..r };
        assert_eq!(label(&whose(row("soldier", "sent", "Russia"))), "North Korean soldiers sent to Russia");
        assert_eq!(label(&row("person", "killed", "")), "people killed");
        assert_eq!(label(&row("customer", "without power", "Texas")), "customers without power in Texas");
        assert_eq!(label(&row("boat", "search", "")), "boats searched");
        assert_eq!(label(&Row { unit: "m/s".to_owned(), ..row("speed of gusts", "", "") }), "speed of gusts");
        assert_eq!(label(&row("life", "lose", "")), "lives lost");
        assert_eq!(label(&row("child", "certified", "")), "children certified");
        assert_eq!(label(&row("family", "plan", "")), "families planned");
        assert_eq!(label(&row("ferry", "sank", "")), "ferries sunk");
        assert_eq!(label(&row("boat", "repair", "")), "boats repaired");
        let more = Row { change: Some(Change::Additional), ..row("soldier", "sent", "") };
        assert_eq!(label(&more), "additional soldiers sent");
    }
}
