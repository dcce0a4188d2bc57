//! One name for one party over the whole corpus.
//!
//! People are one when their names agree up to transliteration, or differ by a letter while country or role speak
//! for it; names of few letters must agree wholly, so that Kim Hong-kyun and Kim Yong-hyun stay two. A description
//! ("the South Korean intelligence agency") is the one body of that class and country that some article of the
//! corpus names. Nothing about who is who is written in this file: it is learned from the articles at hand.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::fold::{fold, fold_words, transliterated};
use super::{bodies, mention};
use crate::document::{Claim, Document, SourceType};

/// Everything the corpus says about one name.
#[derive(Debug, Default)]
struct Named {
    /// Spellings and the documents that use each.
    spellings: BTreeMap<String, BTreeSet<u32>>,
    roles: BTreeMap<String, BTreeSet<u32>>,
    countries: BTreeMap<String, BTreeSet<u32>>,
}

/// What a name is to be replaced by.
#[derive(Clone, Debug)]
struct Canonical {
    name: String,
    role: Option<String>,
    country: Option<String>,
    why: Option<String>,
}

/// Unifies the names of all sources and links.
pub(super) fn unify(documents: &[Document], claims: &mut [Claim]) {
    let people = people(claims);
    let bodies = public_bodies(documents, claims);
    for claim in claims.iter_mut() {
        for source in claim.source.iter_mut().chain(claim.via.iter_mut()) {
            let table = match source.source_type {
                SourceType::Person => &people,
                SourceType::Organization | SourceType::Government | SourceType::Media => &bodies,
                _ => continue,
            };
            let Some(canonical) = table.get(&fold(&source.name)) else { continue };
            if canonical.name != source.name {
                let why = canonical.why.clone().unwrap_or_else(|| {
                    format!(
                        "“{}” and “{}” are one name; the corpus is shown under the latter",
                        source.name, canonical.name
                    )
                });
                source.path.push(why);
                source.name.clone_from(&canonical.name);
            }
            if canonical.role.is_some() {
                source.role.clone_from(&canonical.role);
            }
            if source.country.is_none() {
                source.country.clone_from(&canonical.country);
            }
        }
    }
}

fn gather(claims: &[Claim], wanted: impl Fn(SourceType) -> bool) -> BTreeMap<String, Named> {
    let mut out: BTreeMap<String, Named> = BTreeMap::new();
    for claim in claims {
        for source in claim.source.iter().chain(&claim.via).filter(|s| wanted(s.source_type)) {
            let named = out.entry(fold(&source.name)).or_default();
            named.spellings.entry(source.name.clone()).or_default().insert(claim.document);
            if let Some(role) = &source.role {
                named.roles.entry(role.clone()).or_default().insert(claim.document);
            }
            if let Some(country) = &source.country {
                named.countries.entry(country.clone()).or_default().insert(claim.document);
            }
        }
    }
    out
}

/// The value used by most documents; ties go to the longer, then to the alphabet.
fn commonest(counts: &BTreeMap<String, BTreeSet<u32>>) -> Option<&String> {
    counts
        .iter()
        .max_by(|a, b| {
            let by_documents = a.1.len().cmp(&b.1.len());
            by_documents.then(a.0.chars().count().cmp(&b.0.chars().count())).then(b.0.cmp(a.0))
        })
        .map(|(name, _)| name)
}

fn people(claims: &[Claim]) -> FxHashMap<String, Canonical> {
    let named: Vec<(String, Named)> = gather(claims, |t| t == SourceType::Person).into_iter().collect();
    let words: Vec<Vec<String>> = named.iter().map(|(name, _)| fold_words(name)).collect();
    let mut group: Vec<usize> = (0..named.len()).collect();

    // Candidates share a first or last word up to transliteration, or the first three letters of their last.
    let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, name) in words.iter().enumerate().filter(|(_, w)| w.len() > 1) {
        let mut keys = BTreeSet::new();
        for word in [name.first(), name.last()].into_iter().flatten() {
            let sound = transliterated(word);
            keys.insert(format!("{}…", sound.chars().take(3).collect::<String>()));
            keys.insert(sound);
        }
        for key in keys {
            buckets.entry(key).or_default().push(i);
        }
    }
    for members in buckets.values() {
        for (n, &a) in members.iter().enumerate() {
            for &b in members[n + 1..].iter().take(64) {
                if same_person(&words[a], &named[a].1, &words[b], &named[b].1) {
                    join(&mut group, a, b);
                }
            }
        }
    }
    // A surname alone joins the one full name it can be short for.
    let full: Vec<usize> = (0..named.len()).filter(|&i| words[i].len() > 1).collect();
    let mut by_surname: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for &i in &full {
        let ends: BTreeSet<String> =
            [words[i].first(), words[i].last()].into_iter().flatten().map(|w| transliterated(w)).collect();
        for end in ends {
            by_surname.entry(end).or_default().push(i);
        }
    }
    for i in (0..named.len()).filter(|&i| words[i].len() == 1) {
        let Some(candidates) = by_surname.get(&transliterated(&words[i][0])) else { continue };
        let mut fits: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|&c| compatible(&named[i].1.countries, &named[c].1.countries))
            .collect();
        if !named[i].1.roles.is_empty() && fits.len() > 1 {
            fits.retain(|&c| roles_meet(&named[i].1, &named[c].1));
        }
        let roots: BTreeSet<usize> = fits.iter().map(|&c| root(&group, c)).collect();
        if roots.len() == 1 {
            join(&mut group, fits[0], i);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..named.len() {
        members.entry(root(&group, i)).or_default().push(i);
    }
    let mut out = FxHashMap::default();
    for cluster in members.values() {
        let mut all = Named::default();
        let any_full = cluster.iter().any(|&i| words[i].len() > 1);
        for &i in cluster {
            let (_, one) = &named[i];
            for (to, from) in [(&mut all.roles, &one.roles), (&mut all.countries, &one.countries)] {
                add(to, from);
            }
            if words[i].len() > 1 || !any_full {
                add(&mut all.spellings, &one.spellings);
            }
        }
        let Some(name) = commonest(&all.spellings) else { continue };
        let canonical = Canonical {
            name: name.clone(),
            role: commonest(&all.roles).cloned(),
            country: commonest(&all.countries).cloned(),
            why: None,
        };
        for &i in cluster {
            out.insert(named[i].0.clone(), canonical.clone());
        }
    }
    out
}

fn add(to: &mut BTreeMap<String, BTreeSet<u32>>, from: &BTreeMap<String, BTreeSet<u32>>) {
    for (key, documents) in from {
        to.entry(key.clone()).or_default().extend(documents);
    }
}

fn root(group: &[usize], mut i: usize) -> usize {
    while group[i] != i {
        i = group[i];
    }
    i
}

fn join(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group, a), root(group, b));
    let (low, high) = (a.min(b), a.max(b));
    group[high] = low;
}

fn compatible(a: &BTreeMap<String, BTreeSet<u32>>, b: &BTreeMap<String, BTreeSet<u32>>) -> bool {
    a.is_empty() || b.is_empty() || a.keys().any(|c| b.contains_key(c))
}

fn roles_meet(a: &Named, b: &Named) -> bool {
    a.roles.keys().any(|x| {
        let x = fold_words(x);
        b.roles.keys().any(|y| fold_words(y).iter().any(|w| w.len() > 2 && x.contains(w)))
    })
}

fn same_person(a: &[String], a_known: &Named, b: &[String], b_known: &Named) -> bool {
    let sound = |words: &[String]| words.iter().map(|w| transliterated(w)).collect::<Vec<_>>();
    let (mut x, mut y) = (sound(a), sound(b));
    if x.concat() == y.concat() {
        return true;
    }
    if !compatible(&a_known.countries, &b_known.countries) {
        return false;
    }
    // "Donald J. Trump" and "Donald Trump".
    if x.first() == y.first() && x.last() == y.last() && (x.len() == 2 || y.len() == 2) {
        return true;
    }
    // "J. Smith" and "John Smith", "Suk-yeol Yoon" and "Yoon Suk Yeol".
    let initial = |one: &str, other: &str| one.chars().count() == 1 && other.starts_with(one);
    if x.len() == 2 && y.len() == 2 && x[1] == y[1] && (initial(&x[0], &y[0]) || initial(&y[0], &x[0])) {
        return roles_meet(a_known, b_known);
    }
    x.sort_unstable();
    y.sort_unstable();
    if x == y {
        return true;
    }
    // One long word a letter or two apart, the others alike, and something else in common.
    if x.len() != y.len() {
        return false;
    }
    let (x, y) = (sound(a), sound(b));
    let mut apart = x.iter().zip(&y).filter(|(p, q)| p != q);
    let Some((p, q)) = apart.next() else { return true };
    let close = p.chars().count().min(q.chars().count()) >= 5
        && rapidfuzz::distance::levenshtein::normalized_similarity(p.chars(), q.chars()) >= 0.8;
    let shared_country = a_known.countries.keys().any(|c| b_known.countries.contains_key(c));
    close && apart.next().is_none() && (shared_country || roles_meet(a_known, b_known))
}

fn public_bodies(documents: &[Document], claims: &[Claim]) -> FxHashMap<String, Canonical> {
    let is_body = |t| matches!(t, SourceType::Organization | SourceType::Government | SourceType::Media);
    let named = gather(claims, is_body);
    let mut out = FxHashMap::default();
    // Which proper-named bodies of a class does the corpus link with a country?
    let mut known: BTreeMap<(&'static str, String), BTreeMap<String, String>> = BTreeMap::new();
    let mut described: Vec<(String, &'static str, String)> = Vec::new();
    for (key, one) in &named {
        let Some(spelling) = commonest(&one.spellings) else { continue };
        let country = commonest(&one.countries).cloned();
        let canonical = Canonical { name: spelling.clone(), role: None, country: country.clone(), why: None };
        out.insert(key.clone(), canonical);
        if let (Some(m), Some(country)) = (mention::read(spelling), country)
            && let Some(class) = m.class
        {
            if m.proper {
                known.entry((class, country)).or_default().insert(key.clone(), spelling.clone());
            } else {
                described.push((key.clone(), class, country));
            }
        }
    }
    let expansions = expansions(documents);
    for (key, one) in &named {
        let Some(spelling) = commonest(&one.spellings) else { continue };
        if let Some(long) = expansions.get(spelling) {
            let canonical = out.get(&fold(long)).cloned();
            let name = canonical.as_ref().map_or_else(|| long.clone(), |c| c.name.clone());
            let why = format!("“{spelling}” is short for {name}");
            let country = canonical.and_then(|c| c.country).or_else(|| commonest(&one.countries).cloned());
            out.insert(key.clone(), Canonical { name, role: None, country, why: Some(why) });
        }
    }
    if described.is_empty() {
        return out;
    }
    for document in documents {
        for (_, m) in bodies::named(document) {
            if let (Some(class), Some(country), true) = (m.class, m.country, m.proper) {
                known
                    .entry((class, country.code.to_owned()))
                    .or_default()
                    .entry(fold(&m.name))
                    .or_insert(m.name);
            }
        }
    }
    let mut same: BTreeMap<(&'static str, String), Named> = BTreeMap::new();
    for (key, class, country) in &described {
        add(&mut same.entry((class, country.clone())).or_default().spellings, &named[key].spellings);
    }
    for (key, class, country) in described {
        let place = (class, country);
        let one = &named[&key];
        let spelling = commonest(&one.spellings).cloned().unwrap_or_default();
        let country_name = crate::language::gazetteer::by_code(&place.1).map_or(place.1.as_str(), |c| c.name);
        let (name, why) = match known.get(&place).map(|names| names.values().collect::<Vec<_>>()).as_deref() {
            Some([name]) => (
                (*name).clone(),
                format!(
                    "“{spelling}” is {name}, the only {class} body of {country_name} that the corpus names"
                ),
            ),
            _ => {
                let name =
                    same.get(&place).and_then(|s| commonest(&s.spellings)).cloned().unwrap_or_default();
                (
                    name.clone(),
                    format!("“{spelling}” and “{name}” describe one {class} body of {country_name}"),
                )
            }
        };
        out.insert(key, Canonical { name, role: None, country: Some(place.1), why: Some(why) });
    }
    out
}

/// Acronyms in brackets after the name they stand for, where all articles agree on the name.
fn expansions(documents: &[Document]) -> FxHashMap<String, String> {
    let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for document in documents {
        let mut seen = BTreeSet::new();
        for (at, _) in document.text.match_indices('(') {
            let rest = &document.text[at + 1..];
            let Some(end) = rest.bytes().take(14).position(|b| b == b')') else { continue };
            let Some(acronym) = rest.get(..end) else { continue };
            if acronym.len() >= 2 && acronym.chars().all(|c| c.is_ascii_uppercase()) && seen.insert(acronym) {
                // Only a known source can need it; checked by the caller through the table of names.
                if let Some(long) = bodies::spelled_out_at(document, acronym, at) {
                    found.entry(acronym.to_owned()).or_default().insert(fold(&long), long);
                }
            }
        }
    }
    found
        .into_iter()
        .filter(|(_, long)| long.len() == 1)
        .filter_map(|(acronym, long)| Some((acronym, long.into_values().next()?)))
        .collect()
}
