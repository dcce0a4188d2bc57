//! Parts of speech: a greedy averaged perceptron over hashed features.
//!
//! After Collins, "Discriminative training methods for hidden Markov models" (2002), with the last two tags as
//! history and no search: one pass, left to right. Marks are tagged by rule ([`super::marks`]); frequent words
//! that have only one tag, by the model's lexicon. The weights are trained by `src/train`, cut down to bytes and
//! embedded; `models/README.md` is their card.

use std::sync::LazyLock;

use super::features::{self, COUNT, KEY_BITS, MARK, START, Word};
use super::marks::{self, Quotes};
use super::storage::{self, Reader};
use super::weights::{Rows, Weights};
use crate::document::Tag;

/// The model as embedded: see [`Model::decode`] for its layout.
static EMBEDDED: &[u8] = include_bytes!("../../models/tagger.bin");

/// Opens the file, version last.
const MAGIC: [u8; 4] = *b"RPT1";

// Whoever builds with a model that is missing, cut short or of another version learns it from the compiler.
// The checksum is verified by a test, because it would slow every build down.
const _: () = {
    let model = include_bytes!("../../models/tagger.bin");
    assert!(
        storage::is_whole(model, MAGIC),
        "models/tagger.bin is of another version or cut short: see models/README.md"
    );
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
    /// Weights; labels are tags as discriminants.
    pub(crate) rows: Rows,
}

impl Model {
    /// Reads a stored model.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Model> {
        let body = storage::open(bytes, MAGIC)?;
        let mut reader = Reader::new(&body);
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
        let mut rows = Rows::decode(&mut reader, KEY_BITS, tags.len())?;
        rows.runs.iter_mut().for_each(|(label, _)| *label = tags[usize::from(*label)] as u8);
        Some(Model { classes: classes?, lexicon, rows })
    }

    /// The bytes that [`Model::decode`] reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        storage::push_number(&mut body, Tag::ALL.len() as u32);
        for tag in Tag::ALL {
            storage::push_name(&mut body, tag.as_str());
        }
        storage::push_number(&mut body, self.classes.len() as u32);
        for class in &self.classes {
            storage::push_number(&mut body, class.len() as u32);
            class.iter().for_each(|tag| storage::push_number(&mut body, *tag as u32));
        }
        storage::push_number(&mut body, self.lexicon.len() as u32);
        storage::push_sorted(&mut body, self.lexicon.iter().map(|(hash, ..)| *hash));
        for (_, class, certain) in &self.lexicon {
            storage::push_number(&mut body, u32::from(*class) << 1 | u32::from(*certain));
        }
        self.rows.encode(&mut body);
        storage::seal(&body, MAGIC)
    }
}

const TAGS: usize = Tag::ALL.len();

/// A model laid out for speed.
#[derive(Debug)]
pub(crate) struct Tagger {
    weights: Weights,
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
        let first_tags = model.classes.iter().map(|class| class[0]).collect();
        let lexicon = FormTable::new(&model.lexicon);
        Tagger { weights: Weights::new(model.rows, KEY_BITS), lexicon, first_tags }
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

    /// The most frequent tag of a known form, given by its hash ([`features::form`]).
    pub(crate) fn usual(&self, form: u32) -> Option<Tag> {
        let (class, _) = self.lexicon.class(form);
        class.checked_sub(2).and_then(|class| self.first_tags.get(class as usize).copied())
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
        let mut scores = [0i32; 64];
        self.weights.add(keys, &mut scores);
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
        assert!(model.rows.keys.is_sorted() && model.rows.keys.len() == model.rows.ends.len());
        assert!(model.lexicon.iter().all(|(_, class, _)| usize::from(*class) < model.classes.len()));
        assert!(model.classes.iter().all(|class| !class.is_empty()));
        assert!(EMBEDDED.len() <= 1_500_000);
    }

    #[test]
    fn a_model_survives_storage_and_damage_is_seen() {
        let model = Model {
            classes: vec![vec![Tag::NN], vec![Tag::VBD, Tag::VBN]],
            lexicon: vec![(3, 0, true), (900_000, 1, false)],
            rows: Rows {
                keys: vec![0, 4_000_000],
                ends: vec![2, 3],
                runs: vec![(Tag::NN as u8, 5), (Tag::VB as u8, -7), (Tag::IN as u8, 127)],
            },
        };
        let mut bytes = model.encode();
        assert_eq!(Model::decode(&bytes), Some(model));
        assert_eq!(Model::decode(&bytes[..20]), None);
        *bytes.last_mut().expect("not empty") ^= 1;
        assert_eq!(Model::decode(&bytes), None);
    }
}
