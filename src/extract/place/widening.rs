//! Widening: the words around a name that narrow it or name its sort.
//!
//! "eastern Russia" is a part of Russia, "the Tula region" the region around Tula.

use super::candidates::Candidate;
use super::reading::{Reading, division};
use super::words::{Class, is};
use crate::document::{Place, PlaceKind, PlaceSense};
use crate::language::Annotated;

/// The place with the words around it.
pub(super) fn widened(article: &Annotated<'_>, candidate: &Candidate, reading: &Reading) -> Place {
    let &Reading { name, kind, demonym, .. } = reading;
    let mut place = Place {
        span: candidate.span,
        name: name.to_owned(),
        kind,
        country: Some(reading.country.to_owned()).filter(|code| !code.is_empty()),
        subdivision: reading.subdivision(),
        sense: if demonym { PlaceSense::Demonym } else { PlaceSense::Location },
        geonames: reading.geonames,
        coordinates: reading.coordinates,
    };
    if demonym || !candidate.whole {
        return place;
    }
    let sentence = article.sentences[candidate.sentence].tokens();
    let land = matches!(kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Continent);
    if land && candidate.first > sentence.start && is(article.lower(candidate.first - 1), Class::Compass) {
        let compass = candidate.first - 1;
        place.span = article.span(compass).cover(candidate.span);
        place.name = format!("{} {name}", article.lower(compass));
        place.kind = PlaceKind::Region;
        place.subdivision = place.subdivision.filter(|_| kind == PlaceKind::Region);
    } else if kind != PlaceKind::Country
        && kind != PlaceKind::Continent
        && candidate.last + 1 < sentence.end
        && is(article.lower(candidate.last + 1), Class::Administrative)
        && (kind == PlaceKind::City || !name.contains(' '))
    {
        let sort = candidate.last + 1;
        // "the Dallas district attorney"
        let compound =
            article.lower(sort) == "district" && sort + 1 < sentence.end && article.tag(sort + 1).is_noun();
        if compound || article.lower(sort) == "county" && reading.country != "US" && reading.country != "GB" {
            return place;
        }
        place.span = candidate.span.cover(article.span(sort));
        place.name = format!("{name} {}", article.lower(sort));
        place.kind = PlaceKind::Region;
        let words: Vec<&str> = name.split([' ', '-']).collect();
        let own = division(reading.country, &words).filter(|_| article.lower(sort) != "district");
        place.subdivision = own.map(|d| format!("{}-{d}", reading.country)).or(place.subdivision);
        place.geonames = None;
        place.coordinates = None;
    }
    place
}
