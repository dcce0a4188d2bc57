//! Places.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A place named in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The name as written ("Pyongyang", "North Korean").
    pub span: Span,
    /// Canonical name ("Pyongyang", "North Korea").
    pub name: String,
    /// What sort of place.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code of its country, if it lies in one.
    pub country: Option<String>,
    /// ISO 3166-2 code of the region that it is or lies in ("US-GA"), if known.
    pub subdivision: Option<String>,
    /// How the mention means it.
    pub sense: PlaceSense,
    /// GeoNames id, of cities.
    pub geonames: Option<u32>,
    /// Latitude and longitude in degrees (WGS 84), of cities.
    pub coordinates: Option<(f64, f64)>,
}

/// Sorts of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PlaceKind {
    Country,
    Region,
    City,
    Continent,
}

impl PlaceKind {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Country => "country",
            PlaceKind::Region => "region",
            PlaceKind::City => "city",
            PlaceKind::Continent => "continent",
        }
    }
}

/// How a mention means its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlaceSense {
    /// The place itself ("in Moscow", "Russia").
    Location,
    /// Its people, or something of it ("Russian troops", "Parisians").
    Demonym,
    /// Its government, by the name of the capital ("Pyongyang denied …").
    Government,
}

impl PlaceSense {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceSense::Location => "location",
            PlaceSense::Demonym => "demonym",
            PlaceSense::Government => "government",
        }
    }
}
