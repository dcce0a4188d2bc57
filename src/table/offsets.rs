//! Bytes to code points.

/// Converts byte positions of one text to code point positions: linear to build, constant to ask.
///
/// A text of ASCII alone needs no table. Any other keeps one count every 64 bytes, a sixteenth of its size.
///
/// ```
/// use reportedly::table::Offsets;
/// let text = "“Да”, he said";
/// let offsets = Offsets::new(text);
/// assert_eq!(offsets.code_point(text, text.find("he").unwrap()), 6);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    /// Code points that start before byte `i * STRIDE`; empty for ASCII.
    counts: Vec<u32>,
}

const STRIDE: usize = 64;

impl Offsets {
    /// The table of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Offsets::default();
        }
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 2);
        let mut sum = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            counts.push(sum);
            sum += starts(chunk);
        }
        counts.push(sum);
        Offsets { counts }
    }

    /// Number of code points before byte `byte` of `text`, which must be the text this was built from.
    #[must_use]
    pub fn code_point(&self, text: &str, byte: usize) -> usize {
        if self.counts.is_empty() {
            return byte;
        }
        let chunk = byte / STRIDE;
        (self.counts[chunk] + starts(&text.as_bytes()[chunk * STRIDE..byte])) as usize
    }
}

/// Bytes that start a code point.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let offsets = Offsets::new(text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.code_point(text, byte), n, "{byte} of {text:?}");
        }
        assert_eq!(offsets.code_point(text, text.len()), text.chars().count());
    }

    #[test]
    fn agrees_with_counting() {
        for text in ["", "a", "é", "“Naïve 😀 idea”", "\u{0}e\u{301}\u{200f}שלום"] {
            check(text);
            check(&text.repeat(40));
        }
        check(&"a".repeat(64));
        check(&format!("{}é", "a".repeat(63)));
        check(&"é".repeat(32));
    }
}
