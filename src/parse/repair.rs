//! A view of a text without what hinders reading: broken encodings, invisible characters, ligatures, entities, marks
//! of what a news service keeps back.
//!
//! The text itself stays as it is; analysis works on the view, and [`Original`] leads back. Broken encodings are
//! UTF-8 that was decoded as windows-1252 or ISO 8859-1 somewhere on its way (“â€œ” for an opening quotation mark),
//! as `ftfy` repairs them (Speer 2019), but only where the whole text shows that it happened: “IRMÃ”” is a word.

use crate::document::{Document, Edit, Original};
use crate::error::Problem;
use crate::span::Span;

/// The view and the original, if `text` needs repair.
pub(super) fn repair(text: &str) -> Option<(String, Original)> {
    let cut = cut_mark(text);
    if text.is_ascii() && !text.contains('&') && cut.is_none() {
        return None;
    }
    let broken = is_broken(text);
    let mut view = String::new();
    let mut edits = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(next) = next_candidate(text, at) {
        at = next;
        let Some((length, replacement)) = replacement(text, at, broken) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        view.push_str(&text[done..at]);
        let start = view.len();
        view.extend(replacement.iter());
        edits.push(Edit { original: Span::new(at, at + length), view: Span::new(start, view.len()) });
        at += length;
        done = at;
    }
    if let Some(mark) = cut.filter(|mark| mark.start() >= done) {
        view.push_str(&text[done..mark.start()]);
        edits.push(Edit { original: mark, view: Span::new(view.len(), view.len()) });
        done = mark.end();
    }
    if edits.is_empty() {
        return None;
    }
    view.push_str(&text[done..]);
    Some((view, Original::new(text.to_owned(), edits)))
}

/// That a document's encoding was broken before it was read.
pub(super) fn note(document: &Document) -> Option<Problem> {
    let original = document.original.as_ref()?;
    let broken = |edit: &&Edit| {
        let written = edit.original.of(original.text());
        !edit.view.is_empty() && written.starts_with(|c| matches!(c, '\u{c2}'..='\u{f4}'))
    };
    let first = original.edits().iter().find(broken)?;
    let n = original.edits().iter().filter(broken).count();
    let path = document.origin();
    let (written, meant) = (first.original.of(original.text()), first.view.of(&document.text));
    let message = format!(
        "`{path}` has {n} characters in a broken encoding, the first at byte {} ({written:?}, read as {meant:?})",
        first.original.start()
    );
    let advice = "the text stays as it is, positions hold in it; a better copy of the article may exist";
    Some(Problem::parse(path, "repair", message, advice).at(document.row))
}

/// "[+3214 chars]" at the end of a text: how news services say that they keep the rest back. It is no figure.
fn cut_mark(text: &str) -> Option<Span> {
    let end = text.trim_end();
    let before = end.strip_suffix(" chars]")?;
    let mark = before.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix("[+")?;
    (before.len() > mark.len() + 2).then(|| Span::new(mark.len(), end.len()))
}

/// The next character that may need repair.
fn next_candidate(text: &str, from: usize) -> Option<usize> {
    text.as_bytes()[from..].iter().position(|b| *b >= 0xC2 || *b == b'&').map(|n| from + n)
}

/// What stands at `at` instead, and how many bytes it replaces.
fn replacement(text: &str, at: usize, broken: bool) -> Option<(usize, Letters)> {
    let rest = &text[at..];
    let c = rest.chars().next()?;
    if c == '&' {
        return entity(rest).map(|(length, c)| (length, Letters::one(c)));
    }
    if is_invisible(c, text[..at].chars().next_back(), rest[c.len_utf8()..].chars().next()) {
        return Some((c.len_utf8(), Letters::default()));
    }
    if let Some(letters) = ligature(c) {
        return Some((c.len_utf8(), letters));
    }
    if broken { decoded(rest).map(|(length, c)| (length, Letters::one(c))) } else { None }
}

/// At most three characters.
#[derive(Clone, Copy, Debug, Default)]
struct Letters([Option<char>; 3]);

impl Letters {
    fn one(c: char) -> Self {
        Letters([Some(c), None, None])
    }

    fn iter(&self) -> impl Iterator<Item = char> + '_ {
        self.0.iter().flatten().copied()
    }
}

/// Soft hyphens, zero-width characters, and what steers the direction of writing.
fn is_invisible(c: char, before: Option<char>, after: Option<char>) -> bool {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{180e}' => true,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Joiners shape letters of other scripts, and hold emoji together.
        '\u{200c}' | '\u{200d}' => {
            let latin =
                |c: Option<char>| c.is_none_or(|c| c < '\u{370}' || c == '\u{200c}' || c == '\u{200d}');
            latin(before) && latin(after)
        }
        _ => false,
    }
}

fn ligature(c: char) -> Option<Letters> {
    Some(Letters(match c {
        'ﬀ' => [Some('f'), Some('f'), None],
        'ﬁ' => [Some('f'), Some('i'), None],
        'ﬂ' => [Some('f'), Some('l'), None],
        'ﬃ' => [Some('f'), Some('f'), Some('i')],
        'ﬄ' => [Some('f'), Some('f'), Some('l')],
        'ﬅ' | 'ﬆ' => [Some('s'), Some('t'), None],
        _ => return None,
    }))
}

/// A character reference of HTML that nobody resolved, or one that was escaped twice (`&amp;quot;`); and its length.
fn entity(rest: &str) -> Option<(usize, char)> {
    let inner = rest.strip_prefix("&amp;").filter(|inner| !inner.starts_with("amp;"));
    let twice = inner.and_then(|inner| reference(inner).map(|(length, c)| (length + "&amp;".len(), c)));
    twice.or_else(|| rest.strip_prefix('&').and_then(reference).map(|(length, c)| (length + 1, c)))
}

/// `rest` begins after the ampersand.
fn reference(rest: &str) -> Option<(usize, char)> {
    const LONGEST: usize = 8;
    let end = rest.bytes().take(LONGEST + 1).position(|b| b == b';')?;
    let c = match &rest[..end] {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => '\u{a0}',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "bull" => '•',
        "pound" => '£',
        "euro" => '€',
        "cent" => '¢',
        "deg" => '°',
        "eacute" => 'é',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // The numbers between are those of windows-1252, as browsers read them.
            let c = u8::try_from(code)
                .ok()
                .filter(|b| (0x80..0xA0).contains(b))
                .map_or(char::from_u32(code), read);
            c.filter(|c| !c.is_control())?
        }
    };
    Some((end + 1, c))
}

/// Whether the text shows that its UTF-8 was decoded as something else: marks that nobody writes, more often than
/// letters that somebody may.
fn is_broken(text: &str) -> bool {
    let (mut certain, mut likely, mut against) = (0usize, 0usize, 0usize);
    let mut at = 0;
    while let Some(n) = text.as_bytes()[at..].iter().position(|b| *b >= 0xC2) {
        at += n;
        let rest = &text[at..];
        let lead = rest.chars().next().unwrap_or_default();
        match decoded(rest) {
            // Three bytes and more; or a letter and a control character, which only a decoder puts there.
            Some((length, _)) if rest[..length].chars().count() > 2 => {
                (certain, at) = (certain + 1, at + length)
            }
            Some((length, _)) if rest[..length].contains(|c: char| c.is_control()) => {
                (certain, at) = (certain + 1, at + length);
            }
            Some((length, _)) if matches!(lead, 'Â' | 'Ã') => (likely, at) = (likely + 1, at + length),
            _ => {
                against += usize::from(matches!(lead, 'À'..='ÿ' | '‘' | '’' | '“' | '”'));
                at += lead.len_utf8();
            }
        }
    }
    certain > 0 && (certain + likely) * 2 > against || likely >= 2 && likely > 2 * against
}

/// The character whose UTF-8 bytes the first characters of `rest` are, if each is read as one byte; and how many
/// bytes of `rest` they take.
fn decoded(rest: &str) -> Option<(usize, char)> {
    let mut bytes = [0u8; 4];
    let mut chars = rest.char_indices();
    bytes[0] = byte(chars.next()?.1)?;
    let wanted = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    for slot in &mut bytes[1..wanted] {
        *slot = byte(chars.next()?.1).filter(|b| (0x80..0xC0).contains(b))?;
    }
    let c = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
    // Controls and characters for private use are no repair.
    let good = !c.is_control() && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}'..='\u{ffff}');
    good.then(|| (chars.next().map_or(rest.len(), |(i, _)| i), c))
}

/// The byte that windows-1252 or ISO 8859-1 reads as `c`.
fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        _ => (0x80..0xA0).find(|b| read(*b) == Some(c)),
    }
}

/// What windows-1252 reads the bytes from 0x80 to 0x9F as (WHATWG Encoding, index windows-1252).
fn read(byte: u8) -> Option<char> {
    const READ: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    READ.get(usize::from(byte).checked_sub(0x80)?).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let view = repair(text).map_or_else(|| text.to_owned(), |(view, _)| view);
        assert_eq!(view, expected, "{text:?}");
    }

    fn stays(text: &str) {
        assert_eq!(repair(text).map(|(view, _)| view), None, "{text:?}");
    }

    #[test]
    fn what_somebody_wrote_stays() {
        stays("“No,” he said – “not at the café in Zürich.”");
        stays("A IRMÃ” said no.");
        stays("Â£ is how it looks.");
        stays("AT&T and R&D; more");
        stays("Il a dit « À bientôt » à Ângelo.");
        stays("क्\u{200d}ष and 👩\u{200d}🚀 stay joined");
        stays("He wrote [+ chars] and [+12 chars] in his code.");
        stays("&unknown; &#xFFFFFFFF; &#7; &;");
    }

    #[test]
    fn broken_encodings() {
        check("â€œNo,â€\u{9d} he said. Itâ€™s over â€“ now.", "“No,” he said. It’s over – now.");
        check("\u{e2}\u{80}\u{9c}No,\u{e2}\u{80}\u{9d} she said.", "“No,” she said.");
        check("The cafÃ© owner in ZÃ¼rich, Ã–zil", "The café owner in Zürich, Özil");
        check("It cost â‚¬5, DvoÅ™Ã¡k said ðŸ˜€", "It cost €5, Dvořák said 😀");
        check(
            "Good “quotes” here and â€œbrokenâ€\u{9d} there, â€™s",
            "Good “quotes” here and “broken” there, ’s",
        );
    }

    #[test]
    fn invisible_characters_and_ligatures() {
        check("gov\u{ad}ern\u{ad}ment of\u{fb01}ce", "government office");
        check("a\u{200b}b\u{2060}c \u{202e}d\u{202c} \u{feff}e", "abc d e");
        check("x\u{200c}y", "xy");
    }

    #[test]
    fn marks_of_what_is_kept_back() {
        check("It gave no… [+3214 chars]", "It gave no… ");
        check("It gave no… [+3214 chars]\n", "It gave no… \n");
    }

    #[test]
    fn entities() {
        check("AT&amp;T said &quot;no&quot; &#8211; it&#39;s &#x2019;over", "AT&T said \"no\" – it's ’over");
        check("&amp;quot;No&amp;#8217;s&nbsp;end &#146;s", "\"No’s\u{a0}end ’s");
    }

    proptest! {
        #[test]
        fn the_view_lies_on_the_original(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a", " ", "\u{ad}", "ﬁ", "â€œ", "Ã©", "&amp;", "&amp;quot;", "é", "😀", "\u{200d}", "क", "Â", "&", " [+31 chars]", "ï¬\u{81}",
                ]),
                0..30,
            ),
        ) {
            let text = pieces.concat();
            if let Some((view, original)) = repair(&text) {
                prop_assert_eq!(original.text(), &text);
                let (mut in_text, mut in_view) = (0, 0);
                for edit in original.edits() {
                    prop_assert_eq!(&text[in_text..edit.original.start()], &view[in_view..edit.view.start()]);
                    (in_text, in_view) = (edit.original.end(), edit.view.end());
                }
                prop_assert_eq!(&text[in_text..], &view[in_view..]);
                for (at, c) in view.char_indices() {
                    let span = original.span(Span::new(at, at + c.len_utf8()));
                    prop_assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
                    prop_assert!(!span.is_empty());
                }
            }
        }
    }
}
