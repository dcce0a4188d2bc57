//! Parts of speech: a greedy averaged perceptron over hashed features.
//!
//! After Collins, "Discriminative training methods for hidden Markov models" (2002), with the last two tags as
//! history and no search: one pass, left to right. Marks are tagged by rule ([`super::marks`]); frequent words
//! that have only one tag, by the model's lexicon. The weights are trained by `src/train`, cut down to bytes and
//! embedded; `models/README.md` is their card.

use std::sync::LazyLock;

use super::features::{self, COUNT, KEY_BITS, MARK, START, Word};
use super::marks::{self, Quotes};
use crate::document::Tag;

/// The model as embedded: see [`Model::decode`] for its layout.
static EMBEDDED: &[u8] = include_bytes!("../../models/tagger.bin");

/// Opens every model file, version last.
pub(crate) const MAGIC: [u8; 4] = *b"RPT1";

// Whoever builds with a model that is missing, cut short or of another version learns it from the compiler.
// The checksum is verified by a test, because it would slow every build down.
const _: () = {
    let model = include_bytes!("../../models/tagger.bin");
    assert!(model.len() > 16, "models/tagger.bin is cut short: see models/README.md");
    let magic = [model[0], model[1], model[2], model[3]];
    let same = magic[0] == MAGIC[0] && magic[1] == MAGIC[1] && magic[2] == MAGIC[2] && magic[3] == MAGIC[3];
    assert!(same, "models/tagger.bin is not a model of this version: see models/README.md");
    let length = u32::from_le_bytes([model[4], model[5], model[6], model[7]]) as usize;
    assert!(model.len() == 16 + length, "models/tagger.bin is cut short: see models/README.md");
};

/// The embedded tagger.
pub(crate) static TAGGER: LazyLock<Tagger> = LazyLock::new(|| {
    let model = Model::decode(EMBEDDED).expect("the embedded model is checked when built and tested");
    Tagger::new(model)
});

/// A token to be tagged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'t> {
    /// As written.
    pub(crate) word: &'t str,
    /// Normalised by [`super::normalise`].
    pub(crate) lower: &'t str,
    /// Whether nothing stands between it and the token before.
    pub(crate) glued: bool,
}

/// A trained model, in the form in which it is stored.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Model {
    /// Sets of tags that a form may have, the most frequent first.
    pub(crate) classes: Vec<Vec<Tag>>,
    /// Known forms: hash, index into `classes`, whether the first tag is (nearly) the only one; sorted by hash.
    pub(crate) lexicon: Vec<(u32, u16, bool)>,
    /// Keys of features that have weights, sorted.
    pub(crate) keys: Vec<u32>,
    /// Where the weights of each key end in `runs`; they begin where those of the key before end.
    pub(crate) ends: Vec<u32>,
    /// Tag (as discriminant) and weight.
    pub(crate) runs: Vec<(u8, i8)>,
}

impl Model {
    /// Reads a stored model: magic, length of what follows the header, its FNV-1a checksum (8 bytes), and the
    /// deflated body. The body holds columns, numbers as varints, sorted numbers as differences.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Model> {
        let (header, packed) = bytes.split_at_checked(16)?;
        let sum = u64::from_le_bytes(header[8..16].try_into().ok()?);
        if header[..4] != MAGIC || checksum(packed) != sum {
            return None;
        }
        let body = miniz_oxide::inflate::decompress_to_vec(packed).ok()?;
        let mut reader = Reader { bytes: &body, at: 0 };
        let names = reader.number()?;
        let tags: Option<Vec<Tag>> = (0..names).map(|_| Tag::from_name(reader.name()?)).collect();
        let tags = tags?;
        let classes = reader.number()?;
        let classes: Option<Vec<Vec<Tag>>> = (0..classes)
            .map(|_| {
                let count = reader.number()?;
                (0..count).map(|_| tags.get(reader.number()? as usize).copied()).collect()
            })
            .collect();
        let words = reader.number()?;
        let hashes = reader.sorted(words)?;
        let marks: Option<Vec<u32>> = (0..words).map(|_| reader.number()).collect();
        let lexicon = hashes.into_iter().zip(marks?).map(|(h, m)| (h, (m >> 1) as u16, m & 1 == 1)).collect();
        let rows = reader.number()?;
        let keys = reader.sorted(rows)?;
        let mut total = 0u32;
        let ends: Option<Vec<u32>> = (0..rows)
            .map(|_| {
                total = total.checked_add(reader.number()?)?;
                Some(total)
            })
            .collect();
        let total = total as usize;
        let columns = body.get(reader.at..reader.at + 2 * total)?;
        let (row_tags, row_weights) = columns.split_at(total);
        if row_tags.iter().any(|tag| usize::from(*tag) >= tags.len())
            || keys.last().is_some_and(|k| k >> KEY_BITS > 0)
        {
            return None;
        }
        let discriminants: Vec<u8> = tags.iter().map(|tag| *tag as u8).collect();
        let runs = row_tags.iter().zip(row_weights).map(|(t, w)| (discriminants[usize::from(*t)], *w as i8));
        Some(Model { classes: classes?, lexicon, keys, ends: ends?, runs: runs.collect() })
    }

    /// The bytes that [`Model::decode`] reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        let sorted = |body: &mut Vec<u8>, numbers: &mut dyn Iterator<Item = u32>| {
            let mut last = 0;
            for number in numbers {
                push_number(body, number - last);
                last = number;
            }
        };
        push_number(&mut body, Tag::ALL.len() as u32);
        for tag in Tag::ALL {
            push_number(&mut body, tag.as_str().len() as u32);
            body.extend(tag.as_str().as_bytes());
        }
        push_number(&mut body, self.classes.len() as u32);
        for class in &self.classes {
            push_number(&mut body, class.len() as u32);
            class.iter().for_each(|tag| push_number(&mut body, *tag as u32));
        }
        push_number(&mut body, self.lexicon.len() as u32);
        sorted(&mut body, &mut self.lexicon.iter().map(|(hash, ..)| *hash));
        for (_, class, certain) in &self.lexicon {
            push_number(&mut body, u32::from(*class) << 1 | u32::from(*certain));
        }
        push_number(&mut body, self.keys.len() as u32);
        sorted(&mut body, &mut self.keys.iter().copied());
        let mut start = 0;
        for end in &self.ends {
            push_number(&mut body, end - start);
            start = *end;
        }
        body.extend(self.runs.iter().map(|(tag, _)| tag));
        body.extend(self.runs.iter().map(|(_, weight)| *weight as u8));
        let packed = miniz_oxide::deflate::compress_to_vec(&body, 9);
        let mut out = MAGIC.to_vec();
        out.extend((packed.len() as u32).to_le_bytes());
        out.extend(checksum(&packed).to_le_bytes());
        out.extend(packed);
        out
    }
}

/// FNV-1a over all bytes.
fn checksum(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(any(test, feature = "train"))]
fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn name(&mut self) -> Option<&'b str> {
        let length = self.number()? as usize;
        let bytes = self.bytes.get(self.at..self.at + length)?;
        self.at += length;
        std::str::from_utf8(bytes).ok()
    }

    fn sorted(&mut self, count: u32) -> Option<Vec<u32>> {
        let mut last = 0u32;
        (0..count)
            .map(|_| {
                last = last.checked_add(self.number()?)?;
                Some(last)
            })
            .collect()
    }
}

const TAGS: usize = Tag::ALL.len();

/// A model laid out for speed.
#[derive(Debug)]
pub(crate) struct Tagger {
    /// The set of keys, a bit for each, with the number of keys before each 64: most lookups find nothing, and
    /// for those one cache line is read.
    present: Vec<(u64, u32)>,
    /// Where the weights of the n-th key begin; one more at the end.
    starts: Vec<u32>,
    /// Tag and weight.
    runs: Vec<(u8, i8)>,
    lexicon: FormTable,
    first_tags: Vec<Tag>,
}

/// Forms by hash, open addressing: hash, class + 2 (0: empty), certain.
#[derive(Debug)]
struct FormTable(Vec<(u32, u16, bool)>);

impl FormTable {
    fn new(forms: &[(u32, u16, bool)]) -> FormTable {
        let size = (forms.len() * 2 + 1).next_power_of_two();
        let mut table = vec![(0, 0, false); size];
        for &(hash, class, certain) in forms {
            let mut at = spread(hash) & (size - 1);
            while table[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            table[at] = (hash, class + 2, certain);
        }
        FormTable(table)
    }

    /// Class (0 unknown, 1 marks, then the model's) and whether its first tag is certain.
    fn class(&self, hash: u32) -> (u32, bool) {
        let mask = self.0.len() - 1;
        let mut at = spread(hash) & mask;
        loop {
            let (found, class, certain) = self.0[at];
            if class == 0 {
                return (0, false);
            }
            if found == hash {
                return (u32::from(class), certain);
            }
            at = (at + 1) & mask;
        }
    }
}

fn spread(hash: u32) -> usize {
    (u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

/// Memory that is used again for each sentence.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    words: Vec<Word>,
    fixed: Vec<Option<Tag>>,
}

impl Tagger {
    pub(crate) fn new(model: Model) -> Tagger {
        let mut present = vec![(0u64, 0u32); 1 << (KEY_BITS - 6)];
        for key in &model.keys {
            present[(key >> 6) as usize].0 |= 1 << (key & 63);
        }
        let mut count = 0;
        for (bits, before) in &mut present {
            *before = count;
            count += bits.count_ones();
        }
        let mut starts = vec![0];
        starts.extend(model.ends);
        let first_tags = model.classes.iter().map(|class| class[0]).collect();
        Tagger { present, starts, runs: model.runs, lexicon: FormTable::new(&model.lexicon), first_tags }
    }

    /// Tags one sentence; `tags` is overwritten and becomes as long as `sentence`.
    pub(crate) fn tag(&self, sentence: &[Input<'_>], scratch: &mut Scratch, tags: &mut Vec<Tag>) {
        self.prepare(sentence, scratch);
        let Scratch { words, fixed } = scratch;
        let style = features::style(words);
        let mut keys = [0; COUNT];
        let mut previous = [START; 2];
        tags.clear();
        for (i, fixed) in fixed.iter().enumerate() {
            let tag = fixed.unwrap_or_else(|| {
                features::keys(words, i, style, previous, &mut keys);
                self.best(&keys)
            });
            tags.push(tag);
            previous = [features::code(tag), previous[0]];
        }
    }

    /// Looks words up and settles what needs no weights.
    fn prepare(&self, sentence: &[Input<'_>], scratch: &mut Scratch) {
        let Scratch { words, fixed } = scratch;
        words.clear();
        fixed.clear();
        let mut quotes = Quotes::default();
        for (i, input) in sentence.iter().enumerate() {
            let mut word = Word::new(input.word, input.lower);
            if let Some(tag) = mark(sentence, i, &mut quotes) {
                word.class = MARK;
                fixed.push(Some(tag));
            } else {
                let (class, certain) = self.lexicon.class(word.form);
                word.class = class;
                fixed.push(certain.then(|| self.first_tags[class as usize - 2]));
            }
            words.push(word);
        }
    }

    fn best(&self, keys: &[u32; COUNT]) -> Tag {
        // The time goes into waiting for memory. In three passes without branches on what was read, the reads of
        // each pass wait together instead of one after the other.
        let mut rows = [0u32; COUNT];
        let mut found = 0;
        for key in keys {
            let (bits, before) = self.present[(key >> 6) as usize];
            let bit = key & 63;
            rows[found] = before + (bits & ((1 << bit) - 1)).count_ones();
            found += (bits >> bit & 1) as usize;
        }
        let mut spans = [(0u32, 0u32); COUNT];
        for (span, row) in spans.iter_mut().zip(&rows[..found]) {
            *span = (self.starts[*row as usize], self.starts[*row as usize + 1]);
        }
        let touched = spans[..found].iter().fold(0, |sum, span| sum ^ self.runs[span.0 as usize].0);
        std::hint::black_box(touched);
        let mut scores = [0i32; 64];
        for &(start, end) in &spans[..found] {
            for &(tag, weight) in &self.runs[start as usize..end as usize] {
                scores[usize::from(tag & 63)] += i32::from(weight);
            }
        }
        let mut best = Tag::NN as usize;
        for (tag, score) in scores[..TAGS].iter().enumerate() {
            if *score > scores[best] {
                best = tag;
            }
        }
        Tag::ALL[best]
    }
}

/// The tag of token `i` if it is a mark.
pub(crate) fn mark(sentence: &[Input<'_>], i: usize, quotes: &mut Quotes) -> Option<Tag> {
    let input = sentence[i];
    if marks::is_dash(input.word) {
        let glued = i > 0 && input.glued && sentence.get(i + 1).is_some_and(|next| next.glued);
        let before = if i > 0 { sentence[i - 1].word } else { "" };
        let after = sentence.get(i + 1).map_or("", |next| next.word);
        return Some(marks::dash(input.word, before, after, glued));
    }
    if let tag @ Some(_) = marks::tag(input.word) {
        if input.word == "‘" {
            quotes.open_single();
        }
        return tag;
    }
    if !matches!(input.word, "\"" | "'" | "’" | "''") {
        return None;
    }
    if input.word == "''" {
        return Some(Tag::CloseQuote);
    }
    let before = (i > 0 && input.glued).then(|| sentence[i - 1].word);
    let glued = sentence.get(i + 1).is_some_and(|next| next.glued);
    // A bounded look ahead keeps the cost linear in sentences made of quotation marks only.
    let another = sentence[i + 1..].iter().take(64).any(|next| next.word == input.word);
    Some(quotes.tag(input.word, before, glued, another))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_sound() {
        let model = Model::decode(EMBEDDED).expect("models/tagger.bin is intact");
        assert!(model.keys.is_sorted() && model.keys.len() == model.ends.len());
        assert!(model.lexicon.iter().all(|(_, class, _)| usize::from(*class) < model.classes.len()));
        assert!(model.classes.iter().all(|class| !class.is_empty()));
        assert!(EMBEDDED.len() <= 1_500_000);
    }

    #[test]
    fn a_model_survives_storage_and_damage_is_seen() {
        let model = Model {
            classes: vec![vec![Tag::NN], vec![Tag::VBD, Tag::VBN]],
            lexicon: vec![(3, 0, true), (900_000, 1, false)],
            keys: vec![0, 4_000_000],
            ends: vec![2, 3],
            runs: vec![(Tag::NN as u8, 5), (Tag::VB as u8, -7), (Tag::IN as u8, 127)],
        };
        let mut bytes = model.encode();
        assert_eq!(Model::decode(&bytes), Some(model));
        assert_eq!(Model::decode(&bytes[..20]), None);
        *bytes.last_mut().expect("not empty") ^= 1;
        assert_eq!(Model::decode(&bytes), None);
    }
}
