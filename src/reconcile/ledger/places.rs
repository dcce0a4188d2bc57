//! Where a figure is of, from the country down.

use rustc_hash::FxHashMap;

use crate::document::{Claim, Document, Place, PlaceKind, PlaceSense, Quantity};
use crate::extract::place::country_code;
use crate::language::gazetteer;

/// A place, and the way down to it: country, division, town or county. Empty if the text says none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Where {
    pub(super) name: Option<String>,
    pub(super) path: Vec<String>,
}

/// Places by name, as the corpus first reads them: a claim holds those of its content only, and its source may be one.
pub(super) type Known<'c> = FxHashMap<&'c str, &'c Place>;

/// The places of all claims.
pub(super) fn known(claims: &[Claim]) -> Known<'_> {
    let mut known = Known::default();
    for place in claims.iter().flat_map(|c| &c.places).filter(|p| p.sense != PlaceSense::Demonym) {
        known.entry(place.name.as_str()).or_insert(place);
    }
    known
}

/// The country a place lies in, if known; otherwise the place.
pub(crate) fn broad(place: &str) -> &str {
    if let Some((country, _)) = gazetteer::lookup(place) {
        return country.name;
    }
    match country_code(place).and_then(gazetteer::by_code) {
        Some(country) => country.name,
        None => place,
    }
}

/// Where the figure is of, and whose it is.
///
/// "Louisiana's death toll" tells of a place and not of an owner, as no country is one. "In Louisiana and Texas" is of both. If nothing hangs on the predicate, the only town or region that the sentence names is meant, but not for what is
/// sent: that may come from there.
pub(super) fn place_and_owner(
    known: &Known<'_>,
    document: &Document,
    claim: &Claim,
    quantity: &Quantity,
    whose: Option<String>,
    sent: bool,
) -> (Where, Option<String>) {
    let placed = |name: &str| {
        let own = around(claim, quantity).iter().find(|p| p.name == name || is_named(p, name));
        own.or_else(|| known.get(name).copied())
    };
    if let Some(name) = &quantity.frame.place {
        let here = nearest(claim, quantity, name).or_else(|| placed(name));
        let place = path(name, here);
        let owner =
            whose.filter(|w| !place.path.iter().any(|step| step == w) && placed(w).is_none_or(is_country));
        let several = here.and_then(|p| together(document, claim, p));
        return (several.unwrap_or(place), owner);
    }
    if let Some(owner) = &whose
        && let Some(place) = placed(owner).filter(|p| !is_country(p))
    {
        return (path(&place.name, Some(place)), None);
    }
    let at = quantity.span.start();
    let s = document.sentences.partition_point(|s| s.span.end() <= at);
    let Some(sentence) = document.sentences.get(s).filter(|_| !sent) else {
        return (Where::default(), whose);
    };
    let from = claim.places.partition_point(|p| p.span.start() < sentence.span.start());
    let mut here = claim.places[from..].iter().take_while(|p| p.span.end() <= sentence.span.end()).take(8);
    match (here.next(), here.next()) {
        (Some(only), None) if only.sense == PlaceSense::Location && !is_country(only) => {
            (path(&only.name, Some(only)), whose)
        }
        _ => (Where::default(), whose),
    }
}

/// The places of a claim around a figure; a claim may hold thousands.
fn around<'c>(claim: &'c Claim, quantity: &Quantity) -> &'c [Place] {
    const EACH_WAY: usize = 24;
    let k = claim.places.partition_point(|p| p.span.start() < quantity.span.start());
    &claim.places[k.saturating_sub(EACH_WAY)..claim.places.len().min(k + EACH_WAY)]
}

/// The mention of a place that stands nearest to the figure.
fn nearest<'c>(claim: &'c Claim, quantity: &Quantity, name: &str) -> Option<&'c Place> {
    let same = around(claim, quantity).iter().filter(|p| p.name == name);
    same.min_by_key(|p| p.span.start().abs_diff(quantity.span.start()))
}

/// Several places named in one breath, as one: "in Louisiana and Texas" lies in neither.
fn together(document: &Document, claim: &Claim, place: &Place) -> Option<Where> {
    let k = claim.places.partition_point(|p| p.span < place.span);
    let joined = |a: Option<&Place>, b: Option<&Place>| {
        let (a, b) = (a?, b?);
        let near = a.span.end() <= b.span.start() && b.span.start() - a.span.end() < 8;
        let between = if near { document.text[a.span.end()..b.span.start()].trim() } else { "" };
        matches!(between, "and" | "or" | ", and" | "and in" | "&").then(|| {
            let mut steps = path(&a.name, Some(a)).path;
            let other = path(&b.name, Some(b)).path;
            let common = steps.iter().zip(&other).take_while(|(x, y)| x == y).count();
            let name = format!("{} and {}", a.name, b.name);
            steps.truncate(common);
            steps.push(name.clone());
            Where { name: Some(name), path: steps }
        })
    };
    let before = k.checked_sub(1).and_then(|i| claim.places.get(i));
    joined(before, Some(place)).or_else(|| joined(Some(place), claim.places.get(k + 1)))
}

fn is_country(place: &Place) -> bool {
    place.kind == PlaceKind::Country
}

fn is_named(place: &Place, name: &str) -> bool {
    place.sense != PlaceSense::Demonym && place.name.eq_ignore_ascii_case(name)
}

/// Whether a step of a path is a county of its division.
pub(super) fn is_county(step: &str) -> bool {
    step.ends_with(" County") || step.ends_with(" Parish")
}

fn path(name: &str, place: Option<&Place>) -> Where {
    // "northern San Diego County"
    let bare = match name.split_once(' ') {
        Some((first, rest)) if first.starts_with(char::is_lowercase) => rest,
        _ => name,
    };
    let mut steps = Vec::new();
    let country = broad(name);
    let known = place.and_then(|p| p.country.as_deref()).and_then(gazetteer::by_code);
    if let Some(known) = known {
        steps.push(known.name.to_owned());
    } else if country != name || gazetteer::lookup(name).is_some() {
        steps.push(country.to_owned());
    }
    let is_whole_country = steps.first().is_some_and(|s| s == name) && gazetteer::lookup(name).is_some();
    if !is_whole_country {
        let division = place.and_then(|p| p.subdivision.clone());
        let is_division =
            place.is_some_and(|p| p.kind == PlaceKind::Region) && division.is_some() && !is_county(bare);
        if let Some(division) = division {
            steps.push(division);
        }
        if !is_division {
            steps.push(bare.to_owned());
        }
    }
    Where { name: Some(name.to_owned()), path: steps }
}
