//! Where each character of a decoded text stands in the page: character references, line ends.

use html5gum::{Token, Tokenizer};

/// A part of a decoded text and the part of the source that it was decoded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its length in the decoded text.
    pub(super) decoded: usize,
    /// Its length in the source; if both are equal the bytes are.
    pub(super) source: usize,
}

/// The longest name of a reference, `&CounterClockwiseContourIntegral;`, has 33 characters.
const LONGEST: usize = 40;

/// Aligns a source with what it was decoded to; `None` if it could not have been decoded to that.
pub(super) fn align(source: &str, decoded: &str) -> Option<Vec<Piece>> {
    let (mut from, mut to) = (source.as_bytes(), decoded.as_bytes());
    let mut pieces: Vec<Piece> = Vec::new();
    while !from.is_empty() || !to.is_empty() {
        let same = from.iter().zip(to).take_while(|(a, b)| a == b && !matches!(a, b'&' | b'\r')).count();
        if same > 0 {
            pieces.push(Piece { decoded: same, source: same });
            (from, to) = (&from[same..], &to[same..]);
            continue;
        }
        let piece = match (from.first()?, to.first()) {
            (b'&', Some(_)) => reference(from, to)?,
            (b'\r', Some(b'\n')) => {
                Piece { decoded: 1, source: if from.get(1) == Some(&b'\n') { 2 } else { 1 } }
            }
            (0, Some(_)) if to.starts_with("\u{fffd}".as_bytes()) => Piece { decoded: 3, source: 1 },
            (0, _) => Piece { decoded: 0, source: 1 },
            _ => return None,
        };
        pieces.push(piece);
        (from, to) = (&from[piece.source..], &to[piece.decoded..]);
    }
    Some(pieces)
}

/// The reference, or the lone ampersand, with which `from` begins.
fn reference(from: &[u8], to: &[u8]) -> Option<Piece> {
    let name =
        from[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let closed = from.get(1 + name) == Some(&b';');
    let length = 1 + name + usize::from(closed);
    if name > 0 {
        // Common ones do not need the tokenizer.
        let known: Option<&[u8]> = match &from[..length] {
            b"&amp;" => Some(b"&"),
            b"&nbsp;" => Some("\u{a0}".as_bytes()),
            b"&quot;" => Some(b"\""),
            b"&lt;" => Some(b"<"),
            b"&gt;" => Some(b">"),
            _ => None,
        };
        let value: Vec<u8> = match known {
            Some(value) => value.to_vec(),
            None => decode(&from[..length]),
        };
        if value != from[..length] && to.starts_with(&value) {
            return Some(Piece { decoded: value.len(), source: length });
        }
    }
    to.starts_with(b"&").then_some(Piece { decoded: 1, source: 1 })
}

/// A reference and what follows it, decoded.
fn decode(source: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for token in Tokenizer::new(source) {
        if let Ok(Token::String(text)) = token {
            out.extend_from_slice(&text.value);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, decoded: &str, expected: Option<&[(usize, usize)]>) {
        assert_eq!(decode(source.as_bytes()), decoded.replace("\r\n", "\n").as_bytes(), "{source}");
        let found =
            align(source, decoded).map(|p| p.iter().map(|p| (p.decoded, p.source)).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected, "{source}");
    }

    #[test]
    fn text_without_references_is_one_piece() {
        check("Seoul said no.", "Seoul said no.", Some(&[(14, 14)]));
    }

    #[test]
    fn ampersands_that_are_none() {
        check("a & b", "a & b", Some(&[(2, 2), (1, 1), (2, 2)]));
        check("R&D", "R&D", Some(&[(1, 1), (1, 1), (1, 1)]));
    }

    #[test]
    fn references() {
        check("a&nbsp;b", "a\u{a0}b", Some(&[(1, 1), (2, 6), (1, 1)]));
        check("&#8217;s", "’s", Some(&[(3, 7), (1, 1)]));
        check("&eacute;t&eacute", "été", Some(&[(2, 8), (1, 1), (2, 7)]));
        check("&NotEqualTilde;", "≂̸", Some(&[(5, 15)]));
        assert_eq!(align("a\r\nb", "a\nb").map(|p| p.len()), Some(3));
    }

    #[test]
    fn what_does_not_fit() {
        assert_eq!(align("abc", "abd"), None);
        assert_eq!(align("abc", "ab"), None);
    }
}
