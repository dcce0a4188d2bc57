//! What the tagger looks at: words, their shapes and endings, and the tags before them, each as a hashed key.
//!
//! Training and tagging share this file, so that they cannot drift apart. To change anything here is to retrain.

use crate::document::Tag;

/// Bits of a feature's key. Training hashes as tagging does, so that it learns to live with collisions.
pub(crate) const KEY_BITS: u32 = 22;

/// Number of features of one token.
pub(crate) const COUNT: usize = 48;

/// Tag before the first token.
pub(crate) const START: u32 = 63;

/// Codes in place of a word before the first and after the last.
const BEFORE: u32 = 0x9e37_79b9;
const AFTER: u32 = 0x85eb_ca6b;

/// A token as features see it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Hash of the normalised form with digits as zeros.
    pub(crate) form: u32,
    /// Hashes of the last one to five characters.
    pub(crate) suffix: [u32; 5],
    /// Hashes of the first one to three characters.
    pub(crate) prefix: [u32; 3],
    /// Hash of the shape: `Xx`, `xx-d`.
    pub(crate) shape: u32,
    /// Capital, all capitals, digit, hyphen.
    pub(crate) flags: u32,
    /// Class of the form in the model's lexicon; 0 if unknown.
    pub(crate) class: u32,
}

/// How the capitals of a sentence are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As in running text.
    Running,
    /// Title Case or ALL CAPS: a capital says nothing.
    Headline,
    /// No capital at all.
    Small,
}

impl Word {
    /// `lower` must be [`super::normalise`] of `word`.
    pub(crate) fn new(word: &str, lower: &str) -> Word {
        let capital = word.starts_with(char::is_uppercase);
        let capitals = capital && !word.contains(char::is_lowercase);
        let digit = word.bytes().any(|b| b.is_ascii_digit());
        let hyphen = lower.contains('-');
        let flags =
            u32::from(capital) | u32::from(capitals) << 1 | u32::from(digit) << 2 | u32::from(hyphen) << 3;
        let mut suffix = [0; 5];
        let mut hash = SEED ^ 1;
        let mut ends = lower.bytes().rev();
        for slot in &mut suffix {
            if let Some(byte) = ends.next() {
                hash = step(hash, zeroed(byte));
            }
            *slot = hash;
        }
        let mut prefix = [0; 3];
        hash = SEED ^ 2;
        let mut starts = lower.bytes();
        for slot in &mut prefix {
            if let Some(byte) = starts.next() {
                hash = step(hash, zeroed(byte));
            }
            *slot = hash;
        }
        Word { form: form(lower), suffix, prefix, shape: shape(word), flags, class: 0 }
    }
}

const SEED: u32 = 0x811c_9dc5;

/// FNV-1a.
fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn zeroed(byte: u8) -> u8 {
    if byte.is_ascii_digit() { b'0' } else { byte }
}

/// Hash of a normalised form, digits as zeros.
pub(crate) fn form(lower: &str) -> u32 {
    lower.bytes().fold(SEED, |hash, byte| step(hash, zeroed(byte)))
}

fn shape(word: &str) -> u32 {
    let mut hash = SEED ^ 3;
    let mut last = 0u8;
    let mut run = 0;
    for c in word.chars().take(24) {
        let kind = match c {
            _ if c.is_ascii_digit() => b'd',
            _ if c.is_lowercase() => b'x',
            _ if c.is_uppercase() => b'X',
            _ if c.is_ascii() => c as u8,
            _ => b'?',
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            hash = step(hash, kind);
        }
    }
    hash
}

/// The style of a sentence, from its words.
pub(crate) fn style(words: &[Word]) -> Style {
    let letters = words.iter().filter(|w| w.flags & 4 == 0 && w.class != MARK);
    let (mut capitals, mut count) = (0, 0);
    for word in letters {
        count += 1;
        capitals += usize::from(word.flags & 1 == 1);
    }
    if capitals == 0 {
        Style::Small
    } else if count > 3 && capitals * 4 >= count * 3 {
        Style::Headline
    } else {
        Style::Running
    }
}

/// Class of marks, which are tagged by rule.
pub(crate) const MARK: u32 = 1;

/// The keys of all features of token `i`, given the two tags before it.
pub(crate) fn keys(words: &[Word], i: usize, style: Style, previous: [u32; 2], out: &mut [u32; COUNT]) {
    const EDGE: [Word; 2] = [edge(BEFORE), edge(AFTER)];
    let word = |offset: isize| -> &Word {
        let at = i as isize + offset;
        if at < 0 { &EDGE[0] } else { words.get(at as usize).unwrap_or(&EDGE[1]) }
    };
    let (here, b1, b2, a1, a2) = (word(0), word(-1), word(-2), word(1), word(2));
    let [t1, t2] = previous;
    let tags = t1 << 6 | t2;
    let place = u32::from(i == 0) << 2 | style as u32;
    let mut template = 0u32;
    let mut add = |a: u32, b: u32| {
        out[template as usize] = key(template, a, b, KEY_BITS);
        template += 1;
    };
    add(place, 0);
    add(here.form, 0);
    add(here.form, here.flags);
    add(here.suffix[0], 0);
    add(here.suffix[1], 0);
    add(here.suffix[2], 0);
    add(here.suffix[3], 0);
    add(here.suffix[4], 0);
    add(here.prefix[0], here.flags);
    add(here.prefix[1], 0);
    add(here.prefix[2], 0);
    add(here.shape, place);
    add(here.flags, place);
    add(here.suffix[2], here.flags << 4 | place);
    add(b1.form, 0);
    add(a1.form, 0);
    add(b2.form, 0);
    add(a2.form, 0);
    add(b1.suffix[2], here.class);
    add(a1.suffix[2], 0);
    add(a1.suffix[1], here.class);
    add(t1, 0);
    add(tags, 0);
    add(t1, here.form);
    add(b1.form, here.form);
    add(here.form, a1.form);
    add(t1, here.suffix[2]);
    add(t1, here.shape);
    add(t1, a1.form);
    add(tags, here.form);
    add(here.class, place);
    add(a1.class, t1);
    add(a2.class, here.class);
    add(here.class, t1);
    add(here.class, a1.class);
    add(here.class << 8 ^ a1.class << 20, t1);
    add(here.class << 8 ^ a1.class << 20, a2.class);
    add(here.form, a1.class);
    add(here.class, tags);
    add(here.suffix[2], a1.class);
    add(here.shape, a1.suffix[1]);
    add(here.shape, a1.shape);
    add(here.shape, b1.shape);
    add(b1.form, a1.form);
    add(b2.form, b1.form);
    add(a1.form, a2.form);
    add(here.flags << 8 | b1.flags << 4 | a1.flags, here.class);
    add(t1 << 8 | here.flags << 4 | a1.flags, here.suffix[1]);
}

const fn edge(code: u32) -> Word {
    Word { form: code, suffix: [code; 5], prefix: [code; 3], shape: code, flags: 0, class: code & 0xff }
}

/// A key of so many bits.
pub(super) fn key(template: u32, a: u32, b: u32, bits: u32) -> u32 {
    let mixed = (u64::from(a) << 32 | u64::from(b)) ^ u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 31).wrapping_mul(0xff51_afd7_ed55_8ccd);
    ((mixed ^ mixed >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53) >> (64 - bits)) as u32
}

/// Code of a tag in keys.
pub(crate) fn code(tag: Tag) -> u32 {
    tag as u32
}
