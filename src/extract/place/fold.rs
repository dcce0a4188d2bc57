//! Names as they are compared: small, without accents, apostrophes and full stops; hyphens part words.
//!
//! Zürich is Zurich, Xi’an is Xian, St. Louis is Saint Louis. Nothing is allocated: a name has room in a buffer, and
//! what has none there is no name of a place.

/// Bytes that a folded name may have; the longest in the tables has under 60.
const ROOM: usize = 72;

/// A name, folded.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    bytes: [u8; ROOM],
    len: usize,
}

impl Folded {
    pub(super) fn new() -> Folded {
        Folded { bytes: [0; ROOM], len: 0 }
    }

    /// The name of all these words; `None` if it is too long, or in another script.
    pub(super) fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<Folded> {
        let mut folded = Folded::new();
        words.into_iter().all(|word| folded.push(word)).then_some(folded)
    }

    /// The name as it stands in a table, cut into words where [`Folded::push`] wants them cut.
    pub(super) fn whole(name: &str) -> Option<Folded> {
        Folded::of(name.split(is_gap))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Hash by FNV-1a: the names are short, and the same in every build.
    pub(super) fn hash(&self) -> u32 {
        self.as_bytes()
            .iter()
            .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
    }

    /// Adds a word; false if there is no room, or it is in another script. Words without letters add nothing.
    pub(super) fn push(&mut self, word: &str) -> bool {
        let start = self.len;
        if start > 0 && !self.put(b' ') {
            return false;
        }
        let from = self.len;
        for c in word.chars() {
            let done = match c {
                'A'..='Z' | 'a'..='z' | '0'..='9' | '&' => self.put(c.to_ascii_lowercase() as u8),
                '.' | '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | ',' | '(' | ')' | '\u{300}'..='\u{36f}' => {
                    true
                }
                _ => letter(c).is_some_and(|byte| self.put(byte)),
            };
            if !done {
                return false;
            }
        }
        // "St. Louis", "Ft. Worth", "Mt. Vernon"
        let long: &[u8] = match &self.bytes[from..self.len] {
            b"st" => b"saint",
            b"ft" => b"fort",
            b"mt" => b"mount",
            b"" => {
                self.len = start;
                return true;
            }
            _ => return true,
        };
        self.len = from;
        long.iter().all(|byte| self.put(*byte))
    }

    fn put(&mut self, byte: u8) -> bool {
        let room = self.len < ROOM;
        if room {
            self.bytes[self.len] = byte;
            self.len += 1;
        }
        room
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '/')
}

/// The base letters of U+00C0 to U+017F and of U+1E00 to U+1EFF, as Unicode decomposes them; `-` for what is no letter.
const EXTENDED: &[u8] = b"aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
const ADDITIONAL: &[u8] =
    b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppp\
rrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas----\
aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy------";

fn letter(c: char) -> Option<u8> {
    let code = c as usize;
    let byte = match code {
        0xc0..=0x17f => EXTENDED.get(code - 0xc0),
        0x1e00..=0x1eff => ADDITIONAL.get(code - 0x1e00),
        0x1a0 | 0x1a1 => Some(&b'o'),
        0x1af | 0x1b0 => Some(&b'u'),
        0x218 | 0x219 => Some(&b's'),
        0x21a | 0x21b => Some(&b't'),
        0x18f | 0x1dd | 0x259 => Some(&b'a'),
        _ => None,
    };
    byte.copied().filter(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(
            Folded::whole(a).map(|f| f.as_bytes().to_vec()),
            Folded::whole(b).map(|f| f.as_bytes().to_vec()),
            "{a} and {b}"
        );
    }

    #[test]
    fn names_are_folded() {
        same("Zürich", "ZURICH");
        same("Xi’an", "Xian");
        same("St. Louis", "Saint Louis");
        same("Stoke-on-Trent", "Stoke on Trent");
        same("Đà Nẵng", "Da Nang");
        same("Łódź", "Lodz");
        assert!(Folded::whole("Київ").is_none());
        assert!(Folded::whole(&"a".repeat(200)).is_none());
        assert_eq!(EXTENDED.len(), 0x180 - 0xc0);
        assert_eq!(ADDITIONAL.len(), 0x100);
    }
}
