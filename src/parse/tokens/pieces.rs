//! Pieces: runs of letters and digits, and single marks; what tokens are put together from.

use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;

/// Whether a character shows nothing and so belongs to no token when it stands alone.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

pub(in crate::parse) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`')
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Non-ASCII marks that end a word wherever they stand, though UAX #29 lets some of them join letters.
fn is_typographic(c: char) -> bool {
    is_apostrophe(c)
        || is_hyphen(c)
        || matches!(c, '“' | '”' | '„' | '‚' | '«' | '»' | '‹' | '›' | '–' | '—' | '―' | '…' | '·' | '•')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// A run of letters and digits, or one mark.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) span: Span,
    /// The mark; nothing for a run of letters and digits.
    pub(super) mark: Option<char>,
}

impl Piece {
    fn new(start: usize, end: usize, mark: Option<char>) -> Self {
        Piece { span: Span::new(start, end), mark }
    }

    pub(super) fn start(&self) -> usize {
        self.span.start()
    }

    pub(super) fn end(&self) -> usize {
        self.span.end()
    }

    pub(super) fn is_word(&self) -> bool {
        self.mark.is_none()
    }
}

/// What a byte begins or goes on with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// An ASCII letter, digit or underscore.
    Word,
    /// ASCII white space or control.
    Blank,
    /// Any other ASCII character.
    Mark,
    /// Part of a character beyond ASCII.
    Wide,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        classes[byte] = if c.is_ascii_alphanumeric() || c == b'_' {
            Class::Word
        } else if c == b' ' || c.is_ascii_control() {
            Class::Blank
        } else {
            Class::Mark
        };
        byte += 1;
    }
    classes
};

/// How many ASCII letters and digits eight bytes begin with. Each byte is tested in its own eighth of a number: the
/// highest bit of `byte + (128 - low)` shows whether a byte below 128 is at least `low`.
fn letters(bytes: [u8; 8]) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    let within = |bytes: u64, low: u8, high: u8| {
        (bytes + EACH * u64::from(128 - low)) & !(bytes + EACH * u64::from(127 - high))
    };
    let all = u64::from_le_bytes(bytes);
    let ascii = all & !HIGH;
    let found = within(ascii, b'0', b'9') | within(ascii | (EACH * 0x20), b'a', b'z');
    ((!found | all) & HIGH).trailing_zeros() as usize / 8
}

/// Cuts a block into pieces. Runs that hold anything beyond ASCII are cut as UAX #29 says.
pub(super) fn pieces(text: &str, block: Span) -> Vec<Piece> {
    let bytes = &text.as_bytes()[..block.end()];
    let class = |at: usize| bytes.get(at).map(|byte| CLASSES[usize::from(*byte)]);
    let mut at = block.start();
    let mut pieces = Vec::with_capacity(block.len() / 4);
    while let Some(first) = class(at) {
        let start = at;
        at += 1;
        match first {
            Class::Blank => {}
            Class::Mark => pieces.push(Piece::new(start, at, Some(char::from(bytes[start])))),
            Class::Word => {
                while class(at) == Some(Class::Word) {
                    // At once, not byte by byte: where a word ends, no processor can guess.
                    at += bytes[at..].first_chunk().map_or(1, |eight| letters(*eight).max(1));
                }
                match class(at) {
                    Some(Class::Wide) => at = wide(text, start, block.end(), &mut pieces),
                    next => {
                        pieces.push(Piece::new(start, at, None));
                        at += usize::from(next == Some(Class::Blank));
                    }
                }
            }
            Class::Wide => at = wide(text, start, block.end(), &mut pieces),
        }
    }
    pieces
}

/// The run of letters that begins at `start` and holds characters beyond ASCII, or the mark there; returns its end.
#[cold]
fn wide(text: &str, start: usize, end: usize, pieces: &mut Vec<Piece>) -> usize {
    let stops = |c: char| {
        if c.is_ascii() { CLASSES[c as usize] != Class::Word } else { c.is_whitespace() || is_typographic(c) }
    };
    let rest = &text[start..end];
    let length = rest.find(stops).unwrap_or(rest.len());
    let ascii = rest.as_bytes()[..length].is_ascii();
    if length > 0 {
        if ascii {
            pieces.push(Piece::new(start, start + length, None));
        } else {
            segment(text, start, start + length, pieces);
        }
        return start + length;
    }
    let Some(c) = rest.chars().next() else { return end };
    let after = start + c.len_utf8();
    if !is_blank(c) {
        pieces.push(Piece::new(start, after, Some(c)));
    }
    after
}

fn segment(text: &str, start: usize, end: usize, pieces: &mut Vec<Piece>) {
    // Where the run of ideographs ends that the last piece is.
    let mut ideographs = usize::MAX;
    for (offset, segment) in text[start..end].split_word_bound_indices() {
        if segment.chars().all(is_blank) {
            continue;
        }
        let word = segment.chars().any(|c| c.is_alphanumeric() || c == '_');
        let start = start + offset;
        let end = start + segment.len();
        // UAX #29 cuts between ideographs; without a dictionary, a run of them counts as one word.
        let ideograph = segment.chars().all(is_ideograph);
        match pieces.last_mut() {
            Some(last) if ideograph && ideographs == start => last.span = Span::new(last.start(), end),
            _ => {
                let mark = segment.chars().next().filter(|_| !word);
                pieces.push(Piece::new(start, end, mark));
            }
        }
        ideographs = if ideograph { end } else { usize::MAX };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_counted() {
        for byte in 0..=u8::MAX {
            let expected = if byte.is_ascii_alphanumeric() { 8 } else { 3 };
            assert_eq!(letters([b'a', b'Z', b'9', byte, b'0', b'z', b'A', b'm']), expected, "{byte}");
            assert_eq!(letters([byte; 8]), if expected == 8 { 8 } else { 0 }, "{byte}");
        }
    }
}
