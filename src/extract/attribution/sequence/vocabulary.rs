//! What training learnt about single words: their cluster, how often they are cues, how often they stand in sources.

use crate::language::storage::Reader;
#[cfg(feature = "train")]
use crate::language::storage::{push_number, push_sorted};

/// Strength of a word whose form is too rare to say, if it is a verb or not.
pub(crate) const RARE_VERB: u8 = 7;
pub(crate) const RARE: u8 = 8;
/// Strengths from which a word is taken for a likely cue.
pub(crate) const STRONG: std::ops::RangeInclusive<u8> = 3..=6;

/// Words of the training texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Vocabulary {
    /// Hashes of normalised forms, in order, with the path of each one's cluster in the tree of clusters: its bits
    /// after a leading one.
    forms: Vec<u32>,
    clusters: Vec<u32>,
    pub(crate) cues: Strengths,
    pub(crate) lemmas: Strengths,
    pub(crate) sources: Strengths,
}

/// How often words have a role, in steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Strengths {
    words: Vec<u32>,
    steps: Vec<u8>,
}

impl Strengths {
    /// From words in order, with their steps.
    #[cfg(feature = "train")]
    pub(crate) fn new(rows: Vec<(u32, u8)>) -> Strengths {
        let (words, steps) = rows.into_iter().unzip();
        Strengths { words, steps }
    }

    pub(crate) fn get(&self, word: u32) -> Option<u8> {
        self.words.binary_search(&word).ok().map(|at| self.steps[at])
    }

    fn decode(reader: &mut Reader<'_>) -> Option<Strengths> {
        let count = reader.number()?;
        let words = reader.sorted(count)?;
        let steps = reader.bytes(count as usize)?.to_vec();
        Some(Strengths { words, steps })
    }

    #[cfg(feature = "train")]
    fn encode(&self, body: &mut Vec<u8>) {
        push_number(body, self.words.len() as u32);
        push_sorted(body, self.words.iter().copied());
        body.extend(&self.steps);
    }
}

impl Vocabulary {
    /// From clusters of forms, in order.
    #[cfg(feature = "train")]
    pub(crate) fn new(clusters: Vec<(u32, u32)>) -> Vocabulary {
        let (forms, clusters) = clusters.into_iter().unzip();
        Vocabulary { forms, clusters, ..Vocabulary::default() }
    }

    /// Path of a form's cluster; 0 if the form is not known.
    pub(crate) fn cluster(&self, form: u32) -> u32 {
        self.forms.binary_search(&form).map_or(0, |at| self.clusters[at])
    }

    /// How likely a word is a cue.
    pub(crate) fn cue(&self, form: u32, lemma: u32, is_verb: bool) -> u8 {
        let by_lemma = || self.lemmas.get(lemma).filter(|_| is_verb);
        self.cues.get(form).or_else(by_lemma).unwrap_or(if is_verb { RARE_VERB } else { RARE })
    }

    /// How likely a word stands in a source.
    pub(crate) fn source(&self, form: u32) -> u8 {
        self.sources.get(form).unwrap_or(RARE_VERB)
    }

    pub(super) fn decode(reader: &mut Reader<'_>) -> Option<Vocabulary> {
        let count = reader.number()?;
        let forms = reader.sorted(count)?;
        let clusters = (0..count).map(|_| reader.number()).collect::<Option<_>>()?;
        Some(Vocabulary {
            forms,
            clusters,
            cues: Strengths::decode(reader)?,
            lemmas: Strengths::decode(reader)?,
            sources: Strengths::decode(reader)?,
        })
    }

    #[cfg(feature = "train")]
    pub(crate) fn encode(&self, body: &mut Vec<u8>) {
        push_number(body, self.forms.len() as u32);
        push_sorted(body, self.forms.iter().copied());
        self.clusters.iter().for_each(|path| push_number(body, *path));
        self.cues.encode(body);
        self.lemmas.encode(body);
        self.sources.encode(body);
    }
}

/// The first bits of a cluster's path.
pub(crate) fn prefix(path: u32, bits: u32) -> u32 {
    let length = 31 - path.max(1).leading_zeros();
    if length <= bits { path } else { path >> (length - bits) }
}
