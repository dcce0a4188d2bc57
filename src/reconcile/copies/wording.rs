//! The words of a text as copies need them: where each stands, a hash of it, and whether it stands in quotation marks.

use jiff::civil::Date;

use super::super::terms::prose;
use crate::document::Document;
use crate::span::Span;

/// A text as a sequence of hashed words, and the day it is of.
///
/// Words are runs of letters and digits, compared without case; what stands between them does not count, so that
/// other quotation marks, dashes or line ends make no other text.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    pub(super) words: Vec<Word>,
    pub(super) published: Option<Date>,
}

/// Where a word stands, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: u32,
    end: u32,
    /// 31 bits of a hash; the lowest bit says whether the word is quoted.
    key: u32,
}

impl Word {
    pub(super) fn id(self) -> u32 {
        self.key >> 1
    }

    pub(super) fn quoted(self) -> bool {
        self.key & 1 == 1
    }

    pub(super) fn same(self, other: Word) -> bool {
        (self.key ^ other.key) < 2
    }

    pub(super) fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

impl Wording {
    /// The running text of a document; headings, captions and page furniture are left out.
    #[must_use]
    pub fn of(document: &Document) -> Wording {
        let mut words = Vec::new();
        for block in prose(document) {
            read(&document.text, block, &mut words);
        }
        Wording { words, published: document.published() }
    }

    /// All of a text.
    ///
    /// # Panics
    /// If it is longer than 4 GiB.
    #[must_use]
    pub fn plain(text: &str, published: Option<Date>) -> Wording {
        let mut words = Vec::with_capacity(text.len() / 6);
        read(text, Span::new(0, text.len()), &mut words);
        words.shrink_to_fit();
        Wording { words, published }
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The same for texts of the same words.
    pub(super) fn digest(&self) -> u64 {
        self.words.iter().fold(0, |h, w| (h ^ u64::from(w.id())).wrapping_mul(MIX).rotate_left(29))
    }

    pub(super) fn is_same(&self, other: &Wording) -> bool {
        self.len() == other.len() && self.words.iter().zip(&other.words).all(|(a, b)| a.same(*b))
    }
}

/// An odd number without pattern (the golden ratio's fraction).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

const OTHER: u8 = 0;
const ALNUM: u8 = 1;
const QUOTE: u8 = 2;
const LINE: u8 = 3;
const WIDE: u8 = 4;

static CLASS: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        class[b] = match b as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => ALNUM,
            b'"' | b'\'' | b'`' => QUOTE,
            b'\n' => LINE,
            0x80.. => WIDE,
            _ => OTHER,
        };
        b += 1;
    }
    class
};

fn read(text: &str, within: Span, words: &mut Vec<Word>) {
    let bytes = &text.as_bytes()[..within.end()];
    let mut quoted = false;
    let mut i = within.start();
    while i < bytes.len() {
        match CLASS[usize::from(bytes[i])] {
            ALNUM => {
                let start = i;
                while i < bytes.len() && CLASS[usize::from(bytes[i])] == ALNUM {
                    i += 1;
                }
                let goes_on = i < bytes.len()
                    && bytes[i] >= 0x80
                    && text[i..].chars().next().is_some_and(char::is_alphanumeric);
                let hash = if goes_on {
                    i = word_end(text, i, bytes.len());
                    folded(&text[start..i])
                } else {
                    ascii(&bytes[start..i])
                };
                words.push(word(start, i, hash, quoted));
            }
            // Two apostrophes stand for a mark in many an archive; one is an apostrophe.
            QUOTE if bytes[i] != b'"' && bytes.get(i + 1) != Some(&bytes[i]) => i += 1,
            QUOTE => {
                let width = if bytes[i] == b'"' { 1 } else { 2 };
                // An inch mark opens nothing: a quotation opens before a word and after a gap.
                let after_gap = i == within.start() || !closes_after(text[..i].chars().next_back());
                let before_word = bytes.get(i + width).is_some_and(|b| !b.is_ascii_whitespace());
                quoted = !quoted && after_gap && before_word;
                i += width;
            }
            LINE => {
                quoted = quoted && !ends_paragraph(bytes, within.start(), i);
                i += 1;
            }
            WIDE => {
                let Some(c) = text[i..].chars().next() else { break };
                let start = i;
                i += c.len_utf8();
                match c {
                    '“' | '„' | '«' => quoted = true,
                    '”' | '»' => quoted = false,
                    c if c.is_alphanumeric() => {
                        i = word_end(text, i, bytes.len());
                        words.push(word(start, i, folded(&text[start..i]), quoted));
                    }
                    _ => {}
                }
            }
            _ => i += 1,
        }
    }
}

/// Whether a straight mark after this character can only close.
fn closes_after(before: Option<char>) -> bool {
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '!' | '?' | '…' | ';' | '\'' | '’'))
}

/// Whether the line end at `i` ends a paragraph. Lines that were wrapped go on in mid-sentence.
fn ends_paragraph(bytes: &[u8], start: usize, i: usize) -> bool {
    let before = bytes[start..i].iter().rev().find(|b| !b.is_ascii_whitespace());
    let after = bytes[i + 1..].iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    // The last byte of a closing curly mark.
    let full_stop = before.is_none_or(|b| matches!(b, b'.' | b'!' | b'?' | b'"' | b':' | 0x9d));
    full_stop || matches!(after, None | Some(b'\n' | b'"' | 0xe2))
}

fn word_end(text: &str, from: usize, end: usize) -> usize {
    text[from..end].char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(end, |(i, _)| from + i)
}

fn word(start: usize, end: usize, hash: u64, quoted: bool) -> Word {
    Word { start: start as u32, end: end as u32, key: ((hash >> 32) as u32 & !1) | u32::from(quoted) }
}

/// Of a word of ASCII letters and digits, eight bytes at a time. Setting one bit lowers letters and leaves digits.
fn ascii(word: &[u8]) -> u64 {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let mut hash = word.len() as u64;
    let mut eat = |bytes: u64| {
        hash = (hash ^ (bytes | LOWER)).wrapping_mul(MIX);
        hash ^= hash >> 32;
    };
    let mut chunks = word.chunks_exact(8);
    for chunk in &mut chunks {
        eat(chunk.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)));
    }
    let rest = chunks.remainder();
    let four =
        |b: &[u8]| u64::from(b[0]) | u64::from(b[1]) << 8 | u64::from(b[2]) << 16 | u64::from(b[3]) << 24;
    match rest.len() {
        0 => {}
        // Overlapping halves; the length tells them apart.
        n @ 4.. => eat(four(&rest[..4]) << 32 | four(&rest[n - 4..])),
        n => eat(u64::from(rest[0]) << 16 | u64::from(rest[n / 2]) << 8 | u64::from(rest[n - 1])),
    }
    hash.wrapping_mul(MIX)
}

/// Of a word with other letters, in lower case (FNV-1a, finished).
fn folded(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in word.chars().flat_map(char::to_lowercase) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash.wrapping_mul(MIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let wording = Wording::plain(text, None);
        let word = |w: &Word| {
            let word = w.span().of(text);
            if w.quoted() { format!("[{word}]") } else { word.to_owned() }
        };
        wording.words.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(shown(""), "");
        assert_eq!(shown("— … !"), "");
        assert_eq!(shown("Café-owners’ 1,500 naïve déjàvu x"), "Café owners 1 500 naïve déjàvu x");
    }

    #[test]
    fn case_and_marks_do_not_count() {
        let same = |a: &str, b: &str| Wording::plain(a, None).is_same(&Wording::plain(b, None));
        assert!(same("The “Blue House” said", "THE \"blue house\" SAID!"));
        assert!(same("Été", "ÉTÉ"));
        for (a, b) in
            [("ab", "ba"), ("abcdefghi", "abcdefghj"), ("a", "b"), ("aab", "abb"), ("abcde", "abcdf")]
        {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn quotations_are_marked() {
        assert_eq!(shown("He said “it is so” twice"), "He said [it] [is] [so] twice");
        assert_eq!(shown("\"It is,\" she said, \"so.\" Yes"), "[It] [is] she said [so] Yes");
        assert_eq!(shown("''It isn't so,'' he said. ``Yes''"), "[It] [isn] [t] [so] he said [Yes]");
        assert_eq!(shown("He is 6'2\" tall, he said"), "He is 6 2 tall he said");
        // Left open at the end of a paragraph, and taken up again in the next.
        assert_eq!(shown("“One.\n“Two.”\nThree"), "[One] [Two] Three");
        assert_eq!(shown("\"One\ntwo\" three"), "[One] [two] three");
        assert_eq!(shown("\"One.\ntwo three"), "[One] two three");
    }
}
