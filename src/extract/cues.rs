//! The cue lexicon: words and phrases that attribute, with their act and certainty (`lexicon/cues.tsv`).

use crate::document::Act;

/// Word class of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueClass {
    /// "say", "point out": matched on lemmas.
    Verb,
    /// "report", "estimate", "rumor".
    Noun,
    /// "convinced", "adamant" (be + adjective + that).
    Adjective,
    /// "allegedly", "reportedly".
    Adverb,
    /// "according to", "in the words of": the source follows.
    Preposition,
}

/// One entry of the lexicon.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Lemma, or several separated by spaces.
    pub pattern: &'static str,
    /// Word class.
    pub class: CueClass,
    /// Speech act.
    pub act: Act,
    /// Act when the cue is negated ("did not confirm": decline).
    pub negated_act: Act,
    /// Certainty of the complement in [-3, 3], after MegaVeridicality.
    pub certainty: f32,
    /// The same when the cue is negated.
    pub negated_certainty: f32,
    /// CAMEO root code ("01" to "20"), if one fits.
    pub cameo: Option<&'static str>,
    /// Complements it takes.
    pub frames: Frames,
    /// How often the word is a reporting cue when it occurs with a complement, in [0, 1].
    pub reliability: f32,
}

/// Complements that a cue takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Frames {
    /// A clause, with "that" or without.
    pub that: bool,
    /// A noun phrase ("denied the allegations").
    pub np: bool,
    /// An infinitive ("vowed to respond").
    pub to: bool,
    /// A quotation.
    pub quote: bool,
    /// A wh-clause ("explained why").
    pub wh: bool,
    /// "as" plus predicate ("described it as").
    pub r#as: bool,
}
