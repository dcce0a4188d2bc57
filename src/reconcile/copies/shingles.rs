//! Runs of five words, hashed; and the sample of them that is indexed.
//!
//! The sample takes the shingles whose hash is 0 modulo 4 (Broder, "On the resemblance and containment of documents",
//! 1997): whether a shingle is taken depends on nothing but itself, so that the sample of what two texts share is what
//! their samples share, whatever their lengths. A fixed number of smallest hashes (MinHash) has no such property: it
//! estimates resemblance, which a text cut to a third has little of.

use super::wording::Word;

/// Words in a shingle.
pub(super) const SHINGLE: usize = 5;
/// One shingle in four is indexed: of the 36 in a passage of 40 words nine, on average.
const SAMPLED_BITS: u32 = 2;

const BASE: u64 = 0x9fb2_1c65_1e98_df25;
/// `BASE` to the power of [`SHINGLE`].
const OLDEST: u64 = {
    let mut power = 1u64;
    let mut i = 0;
    while i < SHINGLE {
        power = power.wrapping_mul(BASE);
        i += 1;
    }
    power
};

/// The hashes of all shingles, in order: a polynomial that rolls (Karp and Rabin 1987), then mixed.
pub(super) fn shingles(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    let first = words.len().min(SHINGLE - 1);
    let mut rolling = words[..first].iter().fold(0u64, |h, w| h.wrapping_mul(BASE).wrapping_add(value(*w)));
    words[first..].iter().enumerate().map(move |(i, new)| {
        rolling = rolling.wrapping_mul(BASE).wrapping_add(value(*new));
        if let Some(old) = i.checked_sub(1) {
            rolling = rolling.wrapping_sub(OLDEST.wrapping_mul(value(words[old])));
        }
        let mixed = (rolling ^ rolling >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ mixed >> 32
    })
}

/// Never 0, so that no word vanishes in the polynomial.
fn value(word: Word) -> u64 {
    u64::from(word.id()) + 1
}

/// What a shingle is indexed by, if it is.
pub(super) fn sampled(shingle: u64) -> Option<u32> {
    (shingle >> (64 - SAMPLED_BITS) == 0).then_some((shingle >> (32 - SAMPLED_BITS)) as u32)
}

/// The sample of a text, each shingle once.
pub(super) fn sample(words: &[Word]) -> Vec<u32> {
    let mut out: Vec<u32> = shingles(words).filter_map(sampled).collect();
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::super::wording::Wording;
    use super::*;

    fn of(text: &str) -> Vec<u64> {
        shingles(&Wording::plain(text, None).words).collect()
    }

    #[test]
    fn short_texts_have_none() {
        assert!(of("").is_empty());
        assert!(of("one two three four").is_empty());
        assert_eq!(of("one two three four five").len(), 1);
    }

    #[test]
    fn a_shingle_depends_on_its_words_alone() {
        let (a, b) = (of("x y one two three four five"), of("z one two three four five six six"));
        assert_eq!(a[2], b[1]);
        assert_ne!(of("one two three four five"), of("two one three four five"));
    }

    #[test]
    fn one_in_four_is_sampled() {
        let text: Vec<String> = (0..20_000).map(|i| format!("w{}", i * i % 7919)).collect();
        let words = Wording::plain(&text.join(" "), None).words;
        let taken = shingles(&words).filter(|s| sampled(*s).is_some()).count();
        assert!((4_700..5_300).contains(&taken), "{taken}");
    }
}
