//! Keys of features: hashed templates.

/// Collects the keys of one token's features.
#[derive(Debug)]
pub(crate) struct Keys {
    bits: u32,
    template: u64,
    pub(crate) all: Vec<u32>,
}

const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

impl Keys {
    /// For keys of so many bits.
    pub(crate) fn new(bits: u32) -> Keys {
        Keys { bits, template: 0, all: Vec::with_capacity(256) }
    }

    /// The templates that follow are numbered from here.
    pub(crate) fn from(&mut self, template: u64) {
        self.template = template;
    }

    /// Adds the feature of the next template with these values.
    #[inline]
    pub(crate) fn add<const N: usize>(&mut self, values: [u32; N]) {
        self.template += 1;
        self.put(self.template, values);
    }

    /// Adds a feature of a given template.
    #[inline]
    pub(crate) fn put<const N: usize>(&mut self, template: u64, values: [u32; N]) {
        let mut hash = template.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for value in values {
            hash = (hash.rotate_left(23) ^ u64::from(value)).wrapping_mul(MULTIPLIER);
        }
        hash ^= hash >> 29;
        self.all.push((hash.wrapping_mul(0xff51_afd7_ed55_8ccd) >> (64 - self.bits)) as u32);
    }
}

/// A distance, the coarser the longer.
pub(crate) fn distance(tokens: usize) -> u32 {
    match tokens {
        0..=4 => tokens as u32,
        5..=6 => 6,
        7..=9 => 9,
        10..=14 => 14,
        15..=22 => 22,
        23..=35 => 35,
        _ => 40,
    }
}
