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
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: bool,
}

/// Cuts a block into pieces. Runs that hold anything beyond ASCII are cut as UAX #29 says.
pub(super) fn pieces(text: &str, block: Span) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let end = block.end();
    let mut at = block.start();
    let mut pieces = Vec::with_capacity(block.len() / 4);
    while at < end {
        let start = at;
        let mut ascii = true;
        while at < end {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                at += 1;
            } else if byte.is_ascii() {
                break;
            } else {
                let c = char_at(text, at);
                if c.is_whitespace() || is_typographic(c) {
                    break;
                }
                ascii = false;
                at += c.len_utf8();
            }
        }
        if at > start {
            if ascii {
                pieces.push(Piece { start, end: at, word: true });
            } else {
                segment(text, start, at, &mut pieces);
            }
            continue;
        }
        let c = char_at(text, at);
        at += c.len_utf8();
        if !is_blank(c) {
            pieces.push(Piece { start, end: at, word: false });
        }
    }
    pieces
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
            Some(last) if ideograph && ideographs == start => last.end = end,
            _ => pieces.push(Piece { start, end, word }),
        }
        ideographs = if ideograph { end } else { usize::MAX };
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("positions lie on character boundaries before the end")
}
