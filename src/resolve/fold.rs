//! Names folded for comparison: case, accents, hyphens and the commonest differences of transliteration.

/// The words of a name in lower case, without accents; hyphens part words ("Kim Jong-un" is "Kim Jong Un").
pub(crate) fn fold_words(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‑' | '‐' | ',')) {
        let word: String = part.chars().flat_map(char::to_lowercase).filter_map(plain).collect();
        if !word.is_empty() {
            out.push(word);
        }
    }
    out
}

/// A name on one line, folded; equal for equal names.
pub(crate) fn fold(name: &str) -> String {
    let words = fold_words(name);
    let from = usize::from(words.len() > 1 && words[0] == "the");
    words[from..].join(" ")
}

/// A word with transliterations of one sound made one: Zelenskiy, Zelenskyy, Zelensky; Georgy, Georgiy.
pub(crate) fn transliterated(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let (to, used) = match rest {
            r if r.starts_with("kh") => ("h", 2),
            r if r.starts_with("zh") => ("j", 2),
            r if r.starts_with("iy") || r.starts_with("yy") || r.starts_with("ij") || r.starts_with("ii") => {
                ("i", 2)
            }
            r if r.starts_with("ou") => ("u", 2),
            r if r.starts_with("oo") => ("u", 2),
            r if r.starts_with("ks") => ("x", 2),
            r if r.starts_with("ph") => ("f", 2),
            r if r.starts_with('y') || r.starts_with('i') => ("i", 1),
            r if r.starts_with('w') => ("v", 1),
            r if r.starts_with('q') => ("k", 1),
            _ => ("", 0),
        };
        if used == 0 {
            if !out.ends_with(c) {
                out.push(c);
            }
            rest = &rest[c.len_utf8()..];
        } else {
            if !out.ends_with(to) {
                out.push_str(to);
            }
            rest = &rest[used..];
        }
    }
    out
}

/// How a word sounds, roughly: its consonants after transliteration, with those that scripts render now so, now so,
/// made one. Gaddafi, Qadhafi and Kadafi agree; so do Mohammed and Muhammad, Myung and Myeong.
///
/// A phonetic key in the sense of Soundex, for names that come from other scripts. Good for finding candidates, not for
/// deciding.
pub(crate) fn sound(word: &str) -> String {
    let mut out = String::new();
    for (i, c) in transliterated(word).chars().enumerate() {
        let c = match c {
            'g' | 'k' | 'q' | 'c' => 'k',
            'd' | 't' => 't',
            'b' | 'p' => 'p',
            'f' | 'v' => 'f',
            'z' | 's' | 'x' => 's',
            'l' | 'r' if i == 0 => c,
            'a' | 'e' | 'i' | 'o' | 'u' if i > 0 => continue,
            'a' | 'e' | 'i' | 'o' | 'u' => 'a',
            'h' if i > 0 => continue,
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '\'' | '’' | '.' | '"' | '“' | '”' | '\u{300}'..='\u{36f}' => return None,
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        assert_eq!(fold_words("Kim Jong-un"), fold_words("Kim Jong Un"));
        assert_ne!(fold_words("Kim Hong-kyun"), fold_words("Kim Yong-hyun"));
        assert_eq!(fold("The Korea Times"), "korea times");
    }

    #[test]
    fn spellings_of_one_sound_agree() {
        assert_eq!(transliterated("zelenskiy"), transliterated("zelenskyy"));
        assert_eq!(transliterated("zelensky"), transliterated("zelenskyy"));
        assert_eq!(transliterated("georgy"), transliterated("georgiy"));
        assert_ne!(transliterated("zinoviev"), transliterated("zelensky"));
    }

    #[test]
    fn words_that_sound_alike_share_a_key() {
        for (a, b) in
            [("gaddafi", "qadhafi"), ("mohammed", "muhammad"), ("myung", "myeong"), ("yevgeny", "evgeni")]
        {
            assert_eq!(sound(a), sound(b));
        }
        assert_ne!(sound("hong"), sound("yong"));
        assert_ne!(sound("kyun"), sound("hyun"));
        assert_ne!(sound("un"), sound("il"));
    }
}
