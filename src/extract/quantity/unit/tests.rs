//! The tables, and units by name.

use rustc_hash::FxHashMap;

use super::tables::{base_code, entries};
use super::*;
use crate::language::gazetteer::rows;

#[test]
fn the_tables_are_well_formed() {
    let mut n = 0;
    for (unit, forms) in entries() {
        n += 1;
        assert!(!unit.code.is_empty() && unit.factor > 0.0, "{unit:?}");
        if unit.kind == "currency" {
            assert!(unit.code.len() == 3 && unit.code.bytes().all(|b| b.is_ascii_uppercase()), "{unit:?}");
        } else if unit.kind != "each" {
            assert_eq!(
                unit.base.is_some(),
                base_code(unit.kind).is_some() && !matches!(unit.code, "{mach}" | "L/(100.km)"),
                "{unit:?}"
            );
        }
        for form in forms.split('|') {
            assert!(!form.is_empty() && form.split(' ').count() <= LONGEST, "{form}");
        }
    }
    let lines = |table: &'static str| rows(table).count();
    let all = lines(include_str!("../../../../lexicon/units.tsv"))
        + lines(include_str!("../../../../lexicon/currencies.tsv"));
    assert_eq!(n, all, "every row is read");
}

/// No form means two units: the first would hide the second.
#[test]
fn forms_stand_once() {
    let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
    for (unit, forms) in entries() {
        for form in forms.split('|') {
            if let Some(other) = seen.insert(form, unit.code) {
                panic!("{form:?} is {other} and {}", unit.code);
            }
        }
    }
}

#[test]
fn written_together() {
    assert_eq!(tail("x"), None);
    assert_eq!(tail("mm").map(|u| u.code), Some("mm"));
    assert_eq!(tail("-kilometer").map(|u| u.code), Some("km"));
    assert_eq!(tail("-year-old").map(|u| u.code), Some("a"));
    assert_eq!(tail("-cent-a-share").map(|u| u.code().into_owned()), Some("USD/{share}".to_owned()));
}

#[test]
fn compounds_are_put_together() {
    let code = |name: &str| named(name).map(|u| u.code().into_owned()).unwrap_or_default();
    assert_eq!(code("dollar per barrel"), "USD/[bbl_us]");
    assert_eq!(code("mile per hour"), "[mi_i]/h");
    assert_eq!(code("kilovolt per centimetre"), "kV/cm");
    assert_eq!(code("soldier per day"), "");
    assert_eq!(kind("USD/[bbl_us]"), Some("price"));
    assert_eq!(kind("m/s"), Some("speed"));
    assert_eq!(kind("count"), None);
}

/// One of `name` in the base unit.
fn worth(name: &str) -> f64 {
    let unit = named(name).unwrap_or_else(|| panic!("{name} is a unit"));
    unit.based(Some(unit.factor), None).and_then(|base| base.low).unwrap_or(f64::NAN)
}

/// The definitions of NIST SP 811 tie the customary units together.
#[test]
fn factors_agree_with_definitions() {
    for (one, many, of) in [
        ("mile", 1760.0, "yard"),
        ("yard", 3.0, "foot"),
        ("foot", 12.0, "inch"),
        ("inch", 2.54, "cm"),
        ("nautical mile", 1.852, "km"),
        ("fathom", 6.0, "foot"),
        ("pound", 16.0, "ounce"),
        ("short ton", 2000.0, "pound"),
        ("long ton", 2240.0, "pound"),
        ("stone", 14.0, "pound"),
        ("troy ounce", 480.0 / 7000.0, "pound"),
        ("gallon", 231.0, "cubic inch"),
        ("gallon", 4.0, "quart"),
        ("gallon", 128.0, "fluid ounce"),
        ("quart", 2.0, "pint"),
        ("barrel", 42.0, "gallon"),
        ("bushel", 2150.42, "cubic inch"),
        ("cubic foot", 1728.0, "cubic inch"),
        ("square mile", 640.0, "acre"),
        ("square foot", 144.0, "square inch"),
        ("psi", 4.4482216152605 / 0.00064516, "pascal"),
        ("horsepower", 550.0, "foot-pounds per second"),
        ("Btu", 1055.05585262, "joule"),
        ("calorie", 4.184, "kJ"),
        ("kWh", 3.6, "MJ"),
        ("year", 365.25, "day"),
        ("year", 12.0, "month"),
        ("week", 7.0, "day"),
        ("knot", 1.852, "km/h"),
        ("mph", 1609.344 / 1000.0, "km/h"),
        ("light year", 299_792_458.0 * 31_557_600.0, "meter"),
    ] {
        let ratio = worth(one) / (many * worth(of));
        // The survey foot that acres and square miles rest on differs from the international one by 2 in a million.
        assert!((ratio - 1.0).abs() < 5e-6, "{one} = {many} {of}: {ratio}");
    }
    let celsius = named("degrees Fahrenheit").and_then(|f| f.based(Some(212.0), Some(32.0)));
    let celsius = celsius.map(|b| (b.low.map(|v| v.round()), b.high.map(|v| (v * 100.0).round())));
    assert_eq!(celsius, Some((Some(373.0), Some(27315.0))));
}
