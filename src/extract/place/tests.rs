//! Places by name, adjective and people; what is no place.

use super::*;
use crate::extract::specimen;
use crate::language::annotate;

/// `name (kind country)` of each place.
#[track_caller]
fn check(text: &str, expected: &str) {
    let document = specimen::document(text, "");
    let found: Vec<String> = places(&annotate(&document).compounded())
        .iter()
        .map(|p| format!("{} ({} {})", p.name, p.kind.as_str(), p.country.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(found.join(", "), expected, "{text}");
}

#[test]
fn no_places() {
    for text in [
        "",
        "They told us of a turkey and some china.",
        "Minister Kim Jordan spoke.",
        "Secretary Lloyd Austin spoke, and Austin left.",
        "Sen. Chad Brown voted.",
        "The Moscow Times and the Korea Herald reported it.",
        "David French wrote it.",
        "A nice cork floats.",
    ] {
        check(text, "");
    }
}

#[test]
fn countries() {
    check("North Korea and the U.S. spoke.", "North Korea (country KP), United States (country US)");
    check("Russian and British troops left.", "Russia (country RU), United Kingdom (country GB)");
    check("The Russia-Ukraine war goes on.", "Russia (country RU), Ukraine (country UA)");
    check("U.S.-led sanctions hurt.", "United States (country US)");
    check("The North Korea-Russia pact holds.", "North Korea (country KP), Russia (country RU)");
    check("Amman is in Jordan.", "Amman (city JO), Jordan (country JO)");
    check("SEOUL hopes.", "Seoul (city KR)");
}

#[test]
fn narrower_places() {
    check("He left Kiev for Kharkiv.", "Kyiv (city UA), Kharkiv (city UA)");
    check("A base in eastern Russia was shown.", "eastern Russia (region RU)");
    check("They train in Russia's Far East.", "Russian Far East (region RU)");
    check("They train in Russia’s Far East.", "Russian Far East (region RU)");
    check("They fight in the Kursk region.", "Kursk region (region RU)");
    check("They fight in the Tula region.", "Tula region (region RU)");
    check("The Korean Peninsula is tense.", "Korean Peninsula (region -)");
    check("It goes beyond Europe to Asia.", "Europe (continent -), Asia (continent -)");
    check("They live in New York and New Mexico.", "New York State (region US), New Mexico (region US)");
    check("They live in New York.", "New York (city US)");
    check("Atlanta is in Georgia.", "Atlanta (city US), Georgia (region US)");
    check("Tbilisi is in Georgia.", "Tbilisi (city GE), Georgia (country GE)");
}

#[test]
fn countries_of_places() {
    assert_eq!(country_code("eastern Russia"), Some("RU"));
    assert_eq!(country_code("Kursk region"), Some("RU"));
    assert_eq!(country_code("Tula region"), Some("RU"));
    assert_eq!(country_code("The Hague"), Some("NL"));
    assert_eq!(country_code("Stoke-on-Trent"), Some("GB"));
    assert_eq!(country_code("Victoria"), Some("AU"));
    // cities of several countries, none of them much larger
    assert_eq!(country_code("San Vicente"), None);
    assert_eq!(country_code("Europe"), None);
    assert_eq!(country_code(""), None);
}

#[track_caller]
fn first(text: &str) -> Place {
    let document = specimen::document(text, "");
    places(&annotate(&document).compounded()).into_iter().next().unwrap_or_else(|| panic!("{text}"))
}

#[test]
fn cities_have_identity_and_coordinates() {
    let place = first("Drones hit Kiev on Monday.");
    assert_eq!((place.name.as_str(), place.geonames), ("Kyiv", Some(703_448)));
    assert_eq!(place.coordinates, Some((50.455, 30.524)));
    // none of the Londons that are known, and one of several
    for text in ["A man from London, Ohio, was arrested.", "The plant near Springfield closed."] {
        let place = first(text);
        assert_eq!(
            (place.country.as_deref(), place.geonames, place.coordinates),
            (Some("US"), None, None),
            "{text}"
        );
    }
    assert_eq!(first("He left for Berlin, Texas.").subdivision.as_deref(), Some("US-TX"));
    assert_eq!(first("The Tula region burned.").geonames, None);
}

#[test]
fn without_names_and_trees() {
    let text =
        "Talks in Paris, Texas, with Moscow failed. Lloyd Austin left; Austin said nothing. Reading is fun.";
    let document = specimen::document(text, "");
    let found = places(&crate::language::tagged(&document));
    let names: Vec<&str> = found.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Paris", "Texas", "Moscow"]);
}
