//! Recognition of time expressions, left to right, the longest reading first.
//!
//! Each file reads one family. What one finds another may take into something larger: an edge of it ("late October"),
//! a day with its hour ("5 p.m. on Monday"), the other end of a range ("June 30–July 2").

mod amounts;
mod clock;
mod days;
mod joining;
mod lengths;
mod relative;
mod sets;
mod stretches;
mod years;

use super::expression::{Expression, Looks, Shape};
use super::pieces::Piece;
use super::units::Unit;
use super::words::{self, Effect, Word};
use crate::document::{Modifier, Tag, TimeKind};

/// The time expressions of a sentence, in order, not overlapping.
pub(super) fn expressions(pieces: &[Piece<'_>]) -> Vec<Expression> {
    let reader = Reader { pieces };
    let mut out: Vec<Expression> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        match reader.at(i) {
            Some(mut found) => {
                i = found.next.max(i + 1);
                reader.framed(&mut found, out.last().map_or(0, |e| e.next));
                found.looks = reader.looks(&found);
                found.aside = reader.is_aside(&found);
                out.push(found);
            }
            None => i += 1,
        }
    }
    out
}

/// Reads expressions in one sentence.
pub(super) struct Reader<'a, 'p> {
    pieces: &'a [Piece<'p>],
}

/// Words that say nothing between a bound and what it bounds: "within *just* a few months".
fn is_filler(lower: &str) -> bool {
    matches!(lower, "just" | "only" | "even" | "perhaps" | "maybe" | "the" | "mere" | "about" | "as")
}

impl Reader<'_, '_> {
    fn word(&self, i: usize) -> Word {
        self.pieces.get(i).map_or(Word::Other, |p| p.word)
    }

    fn lower(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |p| p.lower)
    }

    fn text(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |p| p.text)
    }

    fn tag(&self, i: usize) -> Tag {
        self.pieces.get(i).map_or(Tag::XX, |p| p.tag)
    }

    /// The word before, or nothing at the start.
    fn before(&self, i: usize) -> &str {
        if i > 0 { self.lower(i - 1) } else { "" }
    }

    /// Whether the piece touches the one before.
    fn glued(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| p.glued)
    }

    fn capital(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    fn digit(&self, i: usize) -> bool {
        self.text(i).starts_with(|c: char| c.is_ascii_digit())
    }

    fn follow(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(k, w)| self.lower(i + k) == *w)
    }

    /// Whether the clause or the sentence ends here.
    fn closes(&self, i: usize) -> bool {
        i >= self.pieces.len()
            || matches!(
                self.lower(i),
                "." | "," | ";" | ")" | ":" | "\"" | "?" | "!" | "]" | "--" | "—" | "…"
            )
    }

    fn hyphen(&self, i: usize) -> bool {
        matches!(self.lower(i), "-" | "‑" | "‐")
    }

    /// Whether a name goes on at `i`: a proper noun that is no word of time.
    fn name_goes_on(&self, i: usize) -> bool {
        self.tag(i).is_proper()
            && self.capital(i)
            && matches!(self.word(i), Word::Other | Word::Holiday | Word::Opener)
    }

    /// The expression that begins with piece `i`.
    fn at(&self, i: usize) -> Option<Expression> {
        // Most pieces leave here: neither a digit nor a word of time nor one that an expression opens with.
        if self.word(i) == Word::Other
            && !self.digit(i)
            && !self.lower(i).starts_with('\'')
            && !self.fiscal_opens(i)
        {
            return None;
        }
        self.bounded(i).or_else(|| self.plain(i))
    }

    /// An expression with "about", or a length with "more than" before it.
    fn bounded(&self, i: usize) -> Option<Expression> {
        for (words, effect) in words::beginning_with(self.lower(i)) {
            let length = words.len();
            let (modifier, any) = match effect {
                Effect::Bound(modifier) => (*modifier, false),
                Effect::About(modifier) => (*modifier, true),
                Effect::Frame(_) => continue,
            };
            if !words.iter().enumerate().all(|(k, w)| self.lower(i + k) == *w) {
                continue;
            }
            let mut k = i + length;
            if matches!(self.lower(k), "the" | "just" | "only") && self.word(k + 1) != Word::Other {
                k += usize::from(self.lower(k) != "the");
            }
            let found = self.plain(k)?;
            let length =
                matches!(found.shape, Shape::Duration { .. } | Shape::Offset { .. } | Shape::Span { .. });
            let large = matches!(found.shape, Shape::Offset { .. });
            let fits = if any {
                length || found.kind() != TimeKind::Set && found.modifier.is_none() && self.lower(k) != "the"
            } else {
                length
            };
            // "about the war in 1945" is not about 1945, "over the past year" not more than it
            let span = matches!(found.shape, Shape::Span { .. });
            if !fits || span && (modifier != Modifier::Approx || self.lower(k) == "the") {
                return None;
            }
            // "how about 2019?", "a book about 1968"; "a loan over 3 years" runs through them
            let point = any && !length && found.clock.is_none() && self.lower(i) == "about";
            let about = point && !(i > 0 && (self.tag(i - 1).is_verb() || self.tag(i - 1) == Tag::IN));
            let during = self.lower(i) == "over"
                && !matches!(found.shape, Shape::Offset { .. })
                && !(i == 0
                    || words::is("measure", self.before(i))
                    || matches!(self.before(i), "," | "(" | "of" | "with" | "well" | "just"));
            if about || during {
                return None;
            }
            let modifier = match (modifier, large) {
                // more than two years ago is before that date
                (Modifier::MoreThan, true) if found_is_back(&found) => Modifier::Before,
                (Modifier::LessThan, true) if found_is_back(&found) => Modifier::After,
                (Modifier::MoreThan, true) => Modifier::After,
                (Modifier::LessThan, true) => Modifier::Before,
                (other, _) => other,
            };
            return Some(Expression { first: i, modifier: Some(modifier), ..found });
        }
        None
    }

    fn plain(&self, i: usize) -> Option<Expression> {
        let found = self
            .numeric_date(i)
            .or_else(|| self.clock(i))
            .or_else(|| self.set(i))
            .or_else(|| self.edged(i))
            .or_else(|| self.point(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.part_of_day(i))
            .or_else(|| self.year(i, false))
            .or_else(|| self.reference(i))?;
        Some(self.joined(found))
    }

    /// A place in the calendar that begins with piece `i`, without an edge: what edges, ordinals and ranges can take.
    fn point(&self, i: usize) -> Option<Expression> {
        self.date(i)
            .or_else(|| self.holiday(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.named_day(i))
            .or_else(|| self.day_of_month(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.nth(i))
            .or_else(|| self.shifted(i))
            .or_else(|| self.told(i))
            .or_else(|| self.fiscal(i))
            .or_else(|| self.season(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.century(i))
    }

    /// What stands before an expression and bounds it: "since", "by", "no later than".
    fn framed(&self, found: &mut Expression, floor: usize) {
        if found.modifier.is_some() || found.first == 0 {
            return;
        }
        let mut k = found.first;
        while k > floor && k > found.first.saturating_sub(2) && is_filler(self.lower(k - 1)) {
            k -= 1;
        }
        for end in [found.first, k] {
            if end == 0 || end <= floor {
                continue;
            }
            for (words, effect) in words::ending_with(self.lower(end - 1)) {
                let Effect::Frame(modifier) = effect else { continue };
                let Some(start) = end.checked_sub(words.len()).filter(|s| *s >= floor) else { continue };
                if !words.iter().enumerate().all(|(j, w)| self.lower(start + j) == *w) {
                    continue;
                }
                let length = found.kind() == TimeKind::Duration;
                if length == (*modifier == Modifier::EqualOrLess) && found.kind() != TimeKind::Set {
                    // "from May to July" is a range; both of its ends are in it
                    found.modifier = Some(*modifier).filter(|_| found.until.is_none());
                }
                return;
            }
        }
    }

    /// Whether a year is said in passing: "(1967)", "the 1812 overture", "the film of 1999".
    fn is_aside(&self, found: &Expression) -> bool {
        if !matches!(found.shape, Shape::Year(_) | Shape::Decade(_) | Shape::Century(_) | Shape::ShortYear(_))
        {
            return false;
        }
        let whole = found.first == 0;
        let bracket = self.before(found.first) == "(" && found.until.is_none();
        let attribute = self.tag(found.next).is_noun() && !self.closes(found.next) && !whole;
        bracket || attribute
    }

    /// Which way the words around the expression look: "will", "scheduled", "is to" ahead, a past tense back.
    fn looks(&self, found: &Expression) -> Looks {
        let from = found.first.saturating_sub(12);
        for k in (from..found.first).rev() {
            if words::is("future", self.lower(k)) {
                return Looks::Ahead;
            }
            match self.tag(k) {
                Tag::VBD => return Looks::Back,
                // "is to meet on Monday", "are meeting on Monday"
                Tag::VB if k >= 2 && self.lower(k - 1) == "to" && is_be(self.lower(k - 2)) => {
                    return Looks::Ahead;
                }
                Tag::VBG if k >= 1 && is_be(self.lower(k - 1)) => return Looks::Ahead,
                Tag::VBN if k >= 1 && matches!(self.lower(k - 1), "has" | "have" | "was" | "were") => {
                    return Looks::Back;
                }
                _ => {}
            }
            if self.lower(k) == ";" {
                break;
            }
        }
        for k in found.next..(found.next + 9).min(self.pieces.len()) {
            match self.lower(k) {
                "will" | "'ll" | "shall" => return Looks::Ahead,
                "to" if k > 0 && is_be(self.lower(k - 1)) && self.tag(k + 1) == Tag::VB => {
                    return Looks::Ahead;
                }
                "." | ";" | "\"" => break,
                _ if self.tag(k) == Tag::VBD => return Looks::Back,
                _ => {}
            }
        }
        Looks::Open
    }

    /// A whole unit, no smaller than a day.
    fn whole_unit(&self, i: usize) -> Option<Unit> {
        match self.word(i) {
            Word::Unit(unit) if !unit.is_of_clock() => Some(unit),
            _ => None,
        }
    }
}

fn found_is_back(found: &Expression) -> bool {
    matches!(found.shape, Shape::Offset { back: true, .. })
}

fn is_be(lower: &str) -> bool {
    matches!(lower, "is" | "are" | "'s" | "'re" | "am" | "be")
}
