//! One name for one party over the whole corpus.
//!
//! People are one when their names agree up to transliteration, or differ by a letter while country or role speak
//! for it; names of few letters must agree wholly, so that Kim Hong-kyun and Kim Yong-hyun stay two. Words that sound
//! alike (Moammar Gadhafi, Muammar Qaddafi) count as agreeing where country and role speak for it, and nothing is known
//! of different genders. An office ("South Korea's Vice Foreign Minister") is the one person of the corpus who holds
//! it, an acronym the one body with those initials. A description
//! ("the South Korean intelligence agency") is the one body of that class and country that some article of the
//! corpus names. Nothing about who is who is written in this file: it is learned from the articles at hand.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::fold::{fold, fold_words, sound, transliterated};
use super::gathered::{Gathered, Named, in_order};
use super::mention::Form;
use super::{Renamed, gender, mention};
use crate::document::{Claim, Document, SourceType};

/// What a name is to be replaced by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Canonical {
    name: String,
    role: Option<String>,
    country: Option<String>,
    why: Option<String>,
}

/// One name for every party of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    people: FxHashMap<String, Canonical>,
    bodies: FxHashMap<String, Canonical>,
    offices: BTreeMap<(String, Vec<String>), Canonical>,
}

impl Settled {
    /// Settles on names, given all that the articles of a corpus say.
    #[must_use]
    pub fn new(gathered: &Gathered) -> Settled {
        let people = people(gathered);
        Settled { bodies: public_bodies(gathered), offices: offices(gathered, &people), people }
    }

    /// Gives claims these names; returns what was different before, in order of the claims.
    #[must_use]
    pub fn apply(&self, claims: &mut [Claim]) -> Vec<Renamed> {
        rename(self, claims)
    }
}

/// Unifies the names of all sources and links; returns what was different before, in order of the claims.
pub(super) fn unify(documents: &[Document], claims: &mut [Claim]) -> Vec<Renamed> {
    let mut gathered = Gathered::of(documents, claims, |d| d);
    if needs_texts(&gathered) {
        gathered.mention(documents, |d| d);
    }
    Settled::new(&gathered).apply(claims)
}

fn rename(settled: &Settled, claims: &mut [Claim]) -> Vec<Renamed> {
    let Settled { people, bodies, offices } = settled;
    let mut renamed = Vec::new();
    for (index, claim) in claims.iter_mut().enumerate() {
        let via = claim.via.iter_mut().enumerate().map(|(link, source)| (Some(link as u32), source));
        for (link, source) in claim.source.iter_mut().map(|source| (None, source)).chain(via) {
            let table = match source.source_type {
                SourceType::Person => people,
                SourceType::Organization | SourceType::Government | SourceType::Media => bodies,
                SourceType::Unnamed if !offices.is_empty() => {
                    if let Some((_, canonical)) = office(&source.name).and_then(|o| offices.get_key_value(&o))
                    {
                        renamed.push(Renamed::new(index, link, source));
                        let why = format!(
                            "“{}” is {}, the only one whom the corpus names in that office",
                            source.name, canonical.name
                        );
                        source.path.push(why);
                        source.name.clone_from(&canonical.name);
                        source.role.clone_from(&canonical.role);
                        source.country.clone_from(&canonical.country);
                        source.source_type = SourceType::Person;
                    }
                    continue;
                }
                _ => continue,
            };
            let Some(canonical) = table.get(&fold(&source.name)) else { continue };
            if canonical.name != source.name
                || canonical.role.is_some() && canonical.role != source.role
                || canonical.country.is_some() && source.country.is_none()
            {
                renamed.push(Renamed::new(index, link, source));
            }
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
    renamed
}

/// Offices that one person holds at a time.
const OFFICES: &[&str] = &[
    "president",
    "premier",
    "chancellor",
    "minister",
    "secretary",
    "ambassador",
    "king",
    "queen",
    "emperor",
    "secretary-general",
    "vice-president",
    "speaker",
    "chairman",
    "commissioner",
    "governor",
    "mayor",
];

/// Country and folded title of an office without a name: "South Korea's Vice Foreign Minister".
fn office(name: &str) -> Option<(String, Vec<String>)> {
    let mention = mention::read(name).filter(|m| m.form == Form::Role)?;
    let country = mention.country?.code.to_owned();
    Some((country, title(&mention.role?)?))
}

/// The words of a title, if it is that of an office.
fn title(role: &str) -> Option<Vec<String>> {
    let words = fold_words(&role.replace("defence", "defense").replace("Defence", "Defense"));
    let last = words.last().filter(|w| words.len() <= 5 && OFFICES.contains(&w.as_str()))?;
    let bare = matches!(last.as_str(), "minister" | "secretary" | "commissioner" | "chairman" | "speaker");
    (!bare || words.len() > 1).then_some(words)
}

/// Who holds which office of which country, where the corpus names but one.
fn offices(
    gathered: &Gathered,
    people: &FxHashMap<String, Canonical>,
) -> BTreeMap<(String, Vec<String>), Canonical> {
    let mut found: BTreeMap<(String, Vec<String>), BTreeMap<String, Canonical>> = BTreeMap::new();
    for (name, country, role) in in_order(&gathered.holders).into_iter().filter(|h| h.0.contains(' ')) {
        let Some(words) = title(role) else { continue };
        let known = people.get(&fold(name));
        let name = known.map_or(name, |k| &k.name).clone();
        let canonical =
            Canonical { name, role: Some(role.clone()), country: Some(country.clone()), why: None };
        found.entry((country.clone(), words)).or_default().insert(fold(&canonical.name), canonical);
    }
    found
        .into_iter()
        .filter(|(_, holders)| holders.len() == 1)
        .filter_map(|(office, holders)| Some((office, holders.into_values().next()?)))
        .collect()
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

fn people(gathered: &Gathered) -> FxHashMap<String, Canonical> {
    let named: Vec<(&String, &Named)> = gathered.people.iter().collect();
    let words: Vec<Vec<String>> = named.iter().map(|(name, _)| fold_words(name)).collect();
    let mut group: Vec<usize> = (0..named.len()).collect();

    // Candidates share a first or last word up to transliteration, or the first three letters of their last.
    let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, name) in words.iter().enumerate().filter(|(_, w)| w.len() > 1) {
        let mut keys = BTreeSet::new();
        for word in [name.first(), name.last()].into_iter().flatten() {
            let letters = transliterated(word);
            keys.insert(format!("{}…", letters.chars().take(3).collect::<String>()));
            keys.insert(format!("~{}", sound(word)));
            keys.insert(letters);
        }
        for key in keys {
            buckets.entry(key).or_default().push(i);
        }
    }
    for members in buckets.values() {
        for (n, &a) in members.iter().enumerate() {
            for &b in members[n + 1..].iter().take(64) {
                if same_person(&words[a], named[a].1, &words[b], named[b].1) {
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
            fits.retain(|&c| roles_meet(named[i].1, named[c].1));
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
            let (_, one) = named[i];
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

/// Whether some role of both is the same word for word.
fn same_office(a: &Named, b: &Named) -> bool {
    a.roles.keys().any(|x| b.roles.keys().any(|y| fold_words(x) == fold_words(y)))
}

fn same_person(a: &[String], a_known: &Named, b: &[String], b_known: &Named) -> bool {
    let letters = |words: &[String]| words.iter().map(|w| transliterated(w)).collect::<Vec<_>>();
    let (mut x, mut y) = (letters(a), letters(b));
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
    let genders = (gender::of_name(&a.join(" ")), gender::of_name(&b.join(" ")));
    if let (Some(one), Some(other)) = genders
        && one != other
    {
        return false;
    }
    let (x, y) = (letters(a), letters(b));
    let shared_country = a_known.countries.keys().any(|c| b_known.countries.contains_key(c));
    // All words sound alike, and look it: two renderings from another script.
    let alike = a.iter().zip(b).zip(x.iter().zip(&y)).all(|((a, b), (p, q))| {
        p == q
            || (sound(a) == sound(b)
                && rapidfuzz::distance::jaro_winkler::normalized_similarity(p.chars(), q.chars()) >= 0.7)
    });
    if alike && same_office(a_known, b_known) && (shared_country || x.len() > 2) {
        return true;
    }
    let mut apart = x.iter().zip(&y).filter(|(p, q)| p != q);
    let Some((p, q)) = apart.next() else { return true };
    let close = p.chars().count().min(q.chars().count()) >= 5
        && rapidfuzz::distance::levenshtein::normalized_similarity(p.chars(), q.chars()) >= 0.8;
    // Holders of different offices may be namesakes of one country.
    let unlike = !a_known.roles.is_empty() && !b_known.roles.is_empty();
    close && apart.next().is_none() && (roles_meet(a_known, b_known) || (shared_country && !unlike))
}

/// Whether some name hangs on what bodies the running texts name: an acronym that nobody spells out, a description.
fn needs_texts(gathered: &Gathered) -> bool {
    let expansions = expansions(gathered);
    gathered.bodies.values().any(|one| {
        commonest(&one.spellings).is_some_and(|spelling| {
            is_acronym(spelling) && !expansions.contains_key(spelling)
                || !one.countries.is_empty()
                    && mention::read(spelling).is_some_and(|m| m.class.is_some() && !m.proper)
        })
    })
}

fn is_acronym(name: &str) -> bool {
    (3..=6).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase())
}

fn public_bodies(gathered: &Gathered) -> FxHashMap<String, Canonical> {
    let named = &gathered.bodies;
    let mut out = FxHashMap::default();
    // Which proper-named bodies of a class does the corpus link with a country?
    let mut known: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    let mut described: Vec<(String, String, String)> = Vec::new();
    for (key, one) in named {
        let Some(spelling) = commonest(&one.spellings) else { continue };
        let country = commonest(&one.countries).cloned();
        let canonical = Canonical { name: spelling.clone(), role: None, country: country.clone(), why: None };
        out.insert(key.clone(), canonical);
        if let (Some(m), Some(country)) = (mention::read(spelling), country)
            && let Some(class) = m.class
        {
            if m.proper {
                known.entry((class.to_owned(), country)).or_default().insert(key.clone(), spelling.clone());
            } else {
                described.push((key.clone(), class.to_owned(), country));
            }
        }
    }
    let expansions = expansions(gathered);
    for (key, one) in named {
        let Some(spelling) = commonest(&one.spellings) else { continue };
        if let Some(long) = expansions.get(spelling) {
            let canonical = out.get(&fold(long)).cloned();
            let name = canonical.as_ref().map_or_else(|| long.clone(), |c| c.name.clone());
            let why = format!("“{spelling}” is short for {name}");
            let country = canonical.and_then(|c| c.country).or_else(|| commonest(&one.countries).cloned());
            out.insert(key.clone(), Canonical { name, role: None, country, why: Some(why) });
        }
    }
    let acronyms: Vec<(String, String)> = named
        .iter()
        .filter_map(|(key, one)| Some((key.clone(), commonest(&one.spellings)?.clone())))
        .filter(|(_, s)| is_acronym(s) && !expansions.contains_key(s))
        .collect();
    if described.is_empty() && acronyms.is_empty() {
        return out;
    }
    // Bodies by the initials of their names.
    let mut initials: BTreeMap<String, BTreeMap<String, (String, Option<String>)>> = BTreeMap::new();
    for (key, one) in named {
        if let Some(spelling) = commonest(&one.spellings) {
            let country = commonest(&one.countries).cloned();
            initials.entry(capitals(spelling)).or_default().insert(key.clone(), (spelling.clone(), country));
        }
    }
    for body in in_order(&gathered.mentioned) {
        let key = fold(&body.name);
        let bodies = initials.entry(capitals(&body.name)).or_default();
        bodies.entry(key.clone()).or_insert_with(|| (body.name.clone(), body.country.clone()));
        if let (Some(class), Some(country)) = (&body.class, &body.country) {
            let bodies = known.entry((class.clone(), country.clone())).or_default();
            bodies.entry(key).or_insert_with(|| body.name.clone());
        }
    }
    for (key, spelling) in acronyms {
        let mut long = initials.get(&spelling).into_iter().flatten().filter(|(k, _)| **k != key);
        if let Some((long_key, (name, country))) = long.next()
            && long.next().is_none()
        {
            let own = commonest(&named[&key].countries);
            if own.zip(country.as_ref()).is_none_or(|(a, b)| a == b) {
                let known = out.get(long_key).cloned();
                let name = known.as_ref().map_or_else(|| name.clone(), |k| k.name.clone());
                let why = format!("“{spelling}” are the initials of {name} alone in the corpus");
                let country = country.clone().or_else(|| own.cloned());
                out.insert(key, Canonical { name, role: None, country, why: Some(why) });
            }
        }
    }
    let mut same: BTreeMap<(String, String), Named> = BTreeMap::new();
    for (key, class, country) in &described {
        let place = (class.clone(), country.clone());
        add(&mut same.entry(place).or_default().spellings, &named[key].spellings);
    }
    for (key, class, country) in described {
        let place = (class, country);
        let class = &place.0;
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
        out.insert(key, Canonical { name, role: None, country: Some(place.1.clone()), why: Some(why) });
    }
    out
}

/// "NIS" for "National Intelligence Service".
fn capitals(name: &str) -> String {
    let words = name.split([' ', '-']).filter_map(|w| w.chars().next());
    words.filter(|c| c.is_uppercase()).collect()
}

/// Acronyms in brackets after the name they stand for, where all articles agree on the name.
fn expansions(gathered: &Gathered) -> FxHashMap<String, String> {
    let mut found: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for (acronym, long) in in_order(&gathered.acronyms) {
        found.entry(acronym).or_default().insert(fold(long), long);
    }
    found
        .into_iter()
        .filter(|(_, long)| long.len() == 1)
        .filter_map(|(acronym, long)| Some((acronym.to_owned(), (*long.values().next()?).to_owned())))
        .collect()
}
