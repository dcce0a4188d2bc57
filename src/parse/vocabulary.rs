//! What the words of a line say about it: a linear model over hashed words and pairs of words.
//!
//! Menus, forms and notices have a vocabulary of their own, which no list of phrases exhausts. Each word and each pair
//! has a weight under its hash (Weinberger and others 2009); the weights of a line are added up and set against its
//! length. What comes out is one number among those that the trees see.

use super::words;

/// Buckets of the hash.
pub(crate) const BUCKETS: usize = 1 << 14;
/// Words of a line that are looked at.
const MOST: usize = 60;

/// The weights.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Vocabulary {
    pub(crate) bias: f32,
    /// In parts of [`PART`].
    pub(crate) weights: Vec<i8>,
}

/// Weights are stored as whole numbers of such parts.
pub(crate) const PART: f32 = 24.0;

impl Default for Vocabulary {
    fn default() -> Self {
        Vocabulary { bias: 0.0, weights: vec![0; BUCKETS] }
    }
}

impl Vocabulary {
    /// How much a line's words speak for the article; 0 is neither.
    pub(crate) fn score(&self, line: &str) -> f32 {
        let (mut sum, mut n) = (0i32, 0usize);
        for_each(line, |bucket| {
            sum += i32::from(self.weights[bucket]);
            n += 1;
        });
        self.bias + sum as f32 / PART / (n.max(1) as f32).sqrt()
    }

    /// The weights of a file's body, and what is left of it.
    pub(crate) fn read(body: &[u8]) -> Option<(Vocabulary, &[u8])> {
        let (bias, rest) = body.split_at_checked(4)?;
        let (weights, rest) = rest.split_at_checked(BUCKETS)?;
        let bias = f32::from_le_bytes(bias.try_into().ok()?);
        Some((Vocabulary { bias, weights: weights.iter().map(|w| w.cast_signed()).collect() }, rest))
    }

    /// Appends what [`Vocabulary::read`] reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn write(&self, body: &mut Vec<u8>) {
        body.extend(self.bias.to_le_bytes());
        body.extend(self.weights.iter().map(|w| w.cast_unsigned()));
    }
}

/// The buckets of a line: its words, its pairs, and which words are its first and last.
pub(crate) fn for_each(line: &str, mut see: impl FnMut(usize)) {
    const FIRST: u32 = 0x51ed_270b;
    const LAST: u32 = 0x2545_f491;
    let mut before = None;
    for word in words::split(line).map(words::bare).filter(|w| !w.is_empty()).take(MOST) {
        let hash = hash(word);
        see(bucket(hash));
        see(bucket(match before {
            None => hash ^ FIRST,
            Some(before) => hash.wrapping_mul(31) ^ before,
        }));
        before = Some(hash);
    }
    if let Some(last) = before {
        see(bucket(last ^ LAST));
    }
}

/// Of a word in small letters; figures are all alike.
fn hash(word: &str) -> u32 {
    let digit = word.as_bytes()[0].is_ascii_digit();
    let bytes = if digit { b"0" } else { &word.as_bytes()[..word.len().min(16)] };
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    })
}

fn bucket(hash: u32) -> usize {
    // The low bits of FNV are mixed worse than the high ones.
    (hash.wrapping_mul(0x9e37_79b1) >> 18) as usize % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_pairs() {
        let count = |line: &str| {
            let mut n = 0;
            for_each(line, |_| n += 1);
            n
        };
        assert_eq!([count(""), count("…"), count("Share"), count("Share this")], [0, 0, 3, 5]);
        let of = |line: &str| {
            let mut all = Vec::new();
            for_each(line, |bucket| all.push(bucket));
            all
        };
        assert_eq!(of("Share 12 items"), of("SHARE 3 items!"));
        assert_eq!(Vocabulary::default().score("Share this"), 0.0);
    }

    #[test]
    fn written_and_read() {
        let mut vocabulary = Vocabulary { bias: 0.5, ..Vocabulary::default() };
        vocabulary.weights[7] = -3;
        let mut body = Vec::new();
        vocabulary.write(&mut body);
        assert_eq!(Vocabulary::read(&body), Some((vocabulary, &[][..])));
    }
}
