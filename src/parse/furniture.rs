//! Of which kind a line is that is not of the article.
//!
//! A phrase of the table says it of its own line, and of the lines that follow where it opens a section: "Leave a
//! reply" is followed by comments, "Related stories" by teasers. Elsewhere the line's own shape decides.

use std::sync::LazyLock;

use regex::Regex;

use super::boilerplate::{Reading, Shape};
use super::lines::Unit;
use super::phrases::Phrase;
use crate::document::BlockKind;

/// The kinds of the lines in `outside`; of the others the answer means nothing.
pub(super) fn kinds(text: &str, units: &[Unit], readings: &[Reading], outside: &[bool]) -> Vec<BlockKind> {
    let mut section: Option<BlockKind> = None;
    let mut kinds = Vec::with_capacity(units.len());
    for (i, unit) in units.iter().enumerate() {
        let reading = &readings[i];
        if !outside[i] {
            // A section of the page ends where the article goes on.
            section = None;
            kinds.push(BlockKind::Navigation);
            continue;
        }
        if matches!(reading.phrase, Some(Phrase::More | Phrase::End)) {
            section = reading.sort;
        }
        let line = unit.span.of(text);
        kinds.push(if is_caption(line, unit.words) {
            BlockKind::Caption
        } else {
            let teaser = reading.cut_off
                || reading.shape == Shape::Short
                    && units[i].words > 2
                    && readings.get(i + 1).is_some_and(|next| next.cut_off);
            let shown = teaser.then_some(BlockKind::Teaser);
            let told = reading.sort.or(shown).or(section);
            told.unwrap_or_else(|| of_shape(line, units, readings, i))
        });
    }
    kinds
}

/// The kind of a line about which no phrase says anything.
fn of_shape(line: &str, units: &[Unit], readings: &[Reading], i: usize) -> BlockKind {
    /// Menus have short lines, and headlines long ones.
    const HEADLINE: usize = 5;
    if readings[i].shape == Shape::Short {
        let dated = |at: Option<&Reading>| at.is_some_and(|r| r.furniture || r.cut_off);
        let beside = dated(readings.get(i + 1)) || i > 0 && dated(readings.get(i - 1));
        let headline = units[i].words >= HEADLINE || units[i].words > 2 && beside;
        return if headline || readings[i].furniture { BlockKind::Teaser } else { BlockKind::Navigation };
    }
    if addresses_reader(line) { BlockKind::Notice } else { BlockKind::Teaser }
}

/// Whether the page speaks to its reader: what it asks for and tells about itself is a notice.
fn addresses_reader(line: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:you|your|our|us|we|©|copyright|website|site|email|subscri\w+|author|editor)\b")
            .expect("a fixed pattern")
    });
    WORDS.is_match(line)
}

/// "Photo: Jane Doe/Reuters", "Troops at the border. (AP Photo/Jane Doe)".
pub(super) fn is_caption(line: &str, words: usize) -> bool {
    const LONGEST: usize = 60;
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?:(?i:photo(?:graph)?|image|picture|illustration)s?(?i:\s+(?:credit|courtesy|by|source|via|from))?\s*[:|©/]|©\s*\p{Lu}[\p{L}.]+\s+\p{Lu}[\p{L}.]+\s*/)
            |(?:[(\[|/]|[.”]\s)\s*(?:AP|AFP|EPA|Reuters|REUTERS|File|FILE|Handout)?\s*(?i:photo|image|picture)s?\s*(?:[:/]|(?i:by)\b)[^.]*$
            |(?:/|\bvia\s|\|\s)(?:Getty(?:\ Images)?|AFP|Reuters|REUTERS|Shutterstock|EPA|AP|Unsplash|iStock(?:photo)?|Alamy)\)?\.?$",
        )
        .expect("a fixed pattern")
    });
    words <= LONGEST && CREDIT.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::super::boilerplate::read;
    use super::super::lines::units;
    use super::*;

    fn check(text: &str, expected: &[BlockKind]) {
        let units = units(text);
        let readings: Vec<Reading> = units.iter().map(|u| read(text, u, false)).collect();
        assert_eq!(kinds(text, &units, &readings, &vec![true; units.len()]), expected, "{text}");
    }

    #[test]
    fn by_phrase_and_section() {
        use BlockKind::{Comment, Navigation, Notice, Teaser};
        check("Home\nAsia\nSkip to content", &[Navigation, Navigation, Navigation]);
        check(
            "Related stories\nMinister resigns over the affair\nLeave a reply\nI do not believe a word of it.",
            &[Teaser, Teaser, Comment, Comment],
        );
        check("Subscribe to our newsletter\n© 2024 The Example", &[Notice, Notice]);
        check(
            "Soldiers seen at the border…\nOur site keeps what you send us for thirty days.",
            &[Teaser, Notice],
        );
    }

    #[test]
    fn captions() {
        let is = |line: &str| is_caption(line, line.split_whitespace().count());
        for line in [
            "The photo shows a soldier at the border, Reuters said.",
            "The pictures were taken by satellites and published by AP.",
            "He told Reuters that the image: a soldier, was old.",
        ] {
            assert!(!is(line), "{line}");
        }
        for line in [
            "Photo: Jane Doe",
            "Image credit: Jane Doe/Example",
            "Soldiers at the border on Friday. (AP Photo/Jane Doe)",
            "Soldiers at the border on Friday. [File photo: Jane Doe]",
            "The capital at night. Jane Doe/Getty Images",
            "Soldiers march. REUTERS/Jane Doe/via Reuters",
        ] {
            assert!(is(line), "{line}");
        }
    }
}
