//! Words between white space, quickly: most of a text is ASCII.

/// The same words as [`str::split_whitespace`] gives.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        while at < bytes.len() {
            match white_space(text, at) {
                0 => break,
                length => at += length,
            }
        }
        let start = at;
        while at < bytes.len() && (IS_INNER[usize::from(bytes[at])] || white_space(text, at) == 0) {
            at += 1;
        }
        (start < at).then(|| &text[start..at])
    })
}

/// How many words of [`split`] have a letter or a digit.
pub(super) fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut counted, mut at) = (0, false, 0);
    while at < bytes.len() {
        let (letter, white) = match KINDS[usize::from(bytes[at])] {
            Some(kind) => {
                at += 1;
                kind
            }
            None => {
                let c = text[at..].chars().next().unwrap_or_default();
                at += c.len_utf8();
                (c.is_alphanumeric(), c.is_whitespace())
            }
        };
        count += usize::from(letter & !counted);
        counted = (counted | letter) & !white;
    }
    count
}

/// Whether an ASCII byte is a letter or digit, and whether it is white space.
static KINDS: [Option<(bool, bool)>; 256] = {
    let mut kinds = [None; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        kinds[byte] = Some((c.is_ascii_alphanumeric(), matches!(c, b'\t'..=b'\r' | b' ')));
        byte += 1;
    }
    kinds
};

/// Whether no white space has this byte as its first.
static IS_INNER: [bool; 256] = {
    let mut inner = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        inner[byte] = !matches!(byte as u8, b'\t'..=b'\r' | b' ' | 0xc2 | 0xe1..=0xe3);
        byte += 1;
    }
    inner
};

/// The length of the white space whose first byte is at `at`; 0 if there is something else.
fn white_space(text: &str, at: usize) -> usize {
    match text.as_bytes()[at] {
        b'\t'..=b'\r' | b' ' => 1,
        // First bytes of the others: U+0085, U+00A0, U+1680, U+2000 and on, U+3000.
        0xc2 | 0xe1 | 0xe2 | 0xe3 => {
            text[at..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8)
        }
        _ => 0,
    }
}

/// A word without what is neither letter nor digit at its edges.
pub(super) fn bare(word: &str) -> &str {
    let bytes = word.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => word,
        _ => word.trim_matches(|c: char| !c.is_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn white_space_is_known() {
        for c in (0..=0xffff).filter_map(char::from_u32) {
            let length = if c.is_whitespace() { c.len_utf8() } else { 0 };
            assert_eq!(white_space(&c.to_string(), 0), length, "{c:?}");
            assert!(length == 0 || !IS_INNER[usize::from(c.to_string().as_bytes()[0])], "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_library(text in "[a-z. \u{a0}\u{85}\u{2003}\u{3000}’é한\n\t-]{0,40}") {
            prop_assert!(split(&text).eq(text.split_whitespace()));
            let words = text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric));
            prop_assert_eq!(count(&text), words.count());
            for word in split(&text) {
                prop_assert_eq!(bare(word), word.trim_matches(|c: char| !c.is_alphanumeric()));
            }
        }
    }
}
