//! Where a figure is of, from the country down.

use crate::document::{Claim, Place, PlaceKind, PlaceSense, Quantity};
use crate::extract::place::country_code;
use crate::language::gazetteer;

/// A place, and the way down to it: country, division, town or county. Empty if the text says none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Where {
    pub(super) name: Option<String>,
    pub(super) path: Vec<String>,
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

/// Where the figure is of, and whose it is. "Louisiana's death toll" tells of a place and not of an owner, as no country is one.
pub(super) fn place_and_owner(
    claim: &Claim,
    quantity: &Quantity,
    whose: Option<String>,
) -> (Where, Option<String>) {
    let placed = |name: &str| claim.places.iter().find(|p| p.name == name || is_named(p, name));
    if let Some(name) = &quantity.frame.place {
        let place = path(name, placed(name));
        let owner = whose.filter(|w| !place.path.iter().any(|step| step == w) && placed(w).is_none_or(is_country));
        return (place, owner);
    }
    if let Some(owner) = &whose
        && let Some(place) = placed(owner).filter(|p| !is_country(p))
    {
        return (path(&place.name, Some(place)), None);
    }
    (Where::default(), whose)
}

fn is_country(place: &Place) -> bool {
    place.kind == PlaceKind::Country
}

fn is_named(place: &Place, name: &str) -> bool {
    place.sense != PlaceSense::Demonym && place.name.eq_ignore_ascii_case(name)
}

fn path(name: &str, place: Option<&Place>) -> Where {
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
        let is_county = name.ends_with(" County") || name.ends_with(" Parish");
        let is_division = place.is_some_and(|p| p.kind == PlaceKind::Region) && division.is_some() && !is_county;
        if let Some(division) = division {
            steps.push(division);
        }
        if !is_division {
            let bare = name.strip_suffix(" County").or_else(|| name.strip_suffix(" Parish")).unwrap_or(name);
            steps.push(bare.to_owned());
        }
    }
    Where { name: Some(name.to_owned()), path: steps }
}
