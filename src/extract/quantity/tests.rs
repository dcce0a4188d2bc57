//! One-line facts: the figures of a sentence, in brackets.
//!
//! `[>=1000 soldier of North Korea, additional | send @Kursk region]`: relation and number (or `low..high`), unit
//! unless it is a count, counted lemma, whose, change, the whole of a part; after the bar the predicate (`?`:
//! hypothetical) and the place.

use super::*;
use crate::extract::{place, specimen};
use crate::language::annotate;

fn number(v: f64) -> String {
    format!("{v}")
}

fn show(q: &Quantity, frame: bool) -> String {
    let mut out = String::from("[");
    let value = match (q.value, q.low, q.high) {
        (Some(v), ..) => number(v),
        (None, low, high) => {
            format!("{}..{}", low.map(number).unwrap_or_default(), high.map(number).unwrap_or_default())
        }
    };
    let relation = match q.relation {
        Relation::Equal | Relation::Range => "",
        r => r.as_str(),
    };
    out += relation;
    if q.approximate && q.relation != Relation::About {
        out += "~";
    }
    out += &value;
    if q.unit != "count" {
        out += &format!(" {}", q.unit);
    }
    if let Some(c) = &q.counted {
        out += &format!(" {}", c.lemma);
        if let Some(whose) = &c.whose {
            out += &format!(" of {whose}");
        }
    }
    if let Some(change) = q.change {
        out += &format!(", {}", change.as_str());
    }
    if let Some(p) = &q.partitive {
        out += &format!(", part of {}", p.value.map(number).unwrap_or_default());
    }
    if frame {
        let f = &q.frame;
        if f.predicate.is_some() || f.place.is_some() || f.hypothetical {
            out += &format!(" | {}", f.predicate.as_deref().unwrap_or("-"));
            if f.hypothetical {
                out += "?";
            }
            if let Some(p) = &f.place {
                out += &format!(" @{p}");
            }
        }
    }
    out + "]"
}

fn found(text: &str, frame: bool) -> String {
    let document = specimen::document(text, "");
    let article = annotate(&document);
    let places = place::places(&article);
    let quantities = quantities(&article, &places);
    quantities.iter().map(|q| show(q, frame)).collect::<Vec<_>>().join(" ")
}

/// Figures without their frames.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(found(text, false), expected, "{text}");
}

/// Figures with their frames.
#[track_caller]
fn check_frame(text: &str, expected: &str) {
    assert_eq!(found(text, true), expected, "{text}");
}

#[test]
fn seeds() {
    for entry in std::fs::read_dir("seeds").unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let document = specimen::document(&text, "");
        let article = annotate(&document);
        let places = place::places(&article);
        println!(
            "{:?}",
            places.iter().map(|p| format!("{}={}", p.span.of(&text), p.name)).collect::<Vec<_>>()
        );
        for q in quantities(&article, &places) {
            let s = document.sentences.iter().find(|s| s.span.contains(q.span)).unwrap();
            println!("{} <{}>\n    {}", show(&q, true), q.span.of(&text), s.span.of(&text));
        }
    }
}
