//! Attributions by a sequence model.
//!
//! Two linear-chain conditional random fields over hashed features of whole passages (a paragraph, and those that a
//! quotation or a colon joins to it). The first says of each token how likely it is part of a cue, a source or a
//! content ([`roles`]); the second takes each likely cue and says which tokens around it are its own ([`relations`]),
//! given what the first found likely everywhere. [`linking`] makes attributions of that, and boosted trees say how
//! likely each one is right ([`judgement`]). The features follow Pareti (2012, 2015) for roles and Newell and others
//! (2018) for PolNeAR; two passes, so that the second sees the first's marginals, are stacking (Wolpert 1992; Cohen
//! and Carvalho 2005).
//!
//! The weights are in `models/attribution.bin`; `models/README.md` is their card.

pub(crate) mod chain;
pub(crate) mod context;
pub(crate) mod encoder;
pub(crate) mod explanation;
pub(crate) mod field;
pub(crate) mod judgement;
pub(crate) mod keys;
pub(crate) mod linking;
pub(crate) mod reading;
pub(crate) mod relations;
pub(crate) mod roles;
pub(crate) mod vocabulary;

use std::sync::LazyLock;

use self::context::{Context, steps};
use self::encoder::{Encoder, Stored};
use self::field::Field;
use self::linking::Link;
use self::reading::Reading;
use self::roles::Groups;
use self::vocabulary::Vocabulary;
use super::Attribution;
use crate::extract::quotation::Quotation;
use crate::forest::Forest;
use crate::language::Annotated;
use crate::language::storage::{self, Reader};

/// The model as embedded.
static EMBEDDED: &[u8] = include_bytes!("../../../../models/attribution.bin");

/// Opens the file, version last.
pub(crate) const MAGIC: [u8; 4] = *b"RPA2";

const _: () = {
    let model = include_bytes!("../../../../models/attribution.bin");
    assert!(
        storage::is_whole(model, MAGIC),
        "models/attribution.bin is of another version or cut short: see models/README.md"
    );
};

/// The embedded model.
pub(crate) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::decode(EMBEDDED).expect("the embedded model is checked when built and tested"));

/// What is less likely right is left out. Chosen on the training split, out of fold.
pub(crate) const LEAST: f32 = 0.35;

/// Everything that training learnt.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) encoder: Encoder,
    pub(crate) roles: Field<{ roles::LABELS }>,
    pub(crate) relations: Field<{ relations::LABELS }>,
    pub(crate) judge: Forest,
    /// Groups of features that it looks at: all, but in ablations.
    pub(crate) groups: Groups,
}

impl Model {
    fn decode(file: &[u8]) -> Option<Model> {
        let body = storage::open(file, MAGIC)?;
        let mut reader = Reader::new(&body);
        let vocabulary = Vocabulary::decode(&mut reader)?;
        let length = reader.number()?;
        let stored: Stored = postcard::from_bytes(reader.bytes(length as usize)?).ok()?;
        let encoder = Encoder::new(&stored)?;
        let roles = Field::decode(&mut reader, roles::KEY_BITS, roles::TRANSITIONS)?;
        let relations = Field::decode(&mut reader, relations::KEY_BITS, relations::TRANSITIONS)?;
        let (judge, rest) = Forest::read(reader.rest(), judgement::COLUMNS)?;
        rest.is_empty().then_some(Model { vocabulary, encoder, roles, relations, judge, groups: Groups::ALL })
    }

    /// What surrounds the tokens of an article, and its attributions, in order of their cues.
    fn passes(&self, reading: &Reading) -> (Context, Vec<Link>) {
        let mut context = Context::new(reading, steps(reading, &self.vocabulary));
        context.encoded = self.encoder.likely(reading, &context);
        let likely = linking::likely(reading, &context, &self.roles, self.groups);
        let links = linking::links(reading, &context, &likely, &self.relations, self.groups);
        (context, links)
    }

    /// How likely an attribution is right.
    fn probability(&self, reading: &Reading, context: &Context, link: &Link) -> f32 {
        self.judge.probability(&judgement::row(reading, context, link))
    }

    /// The attributions of an article, in order of their cues, with how likely each is right.
    pub(crate) fn links(&self, reading: &Reading) -> Vec<(Link, f32)> {
        let (context, links) = self.passes(reading);
        let judged = links.into_iter().map(|link| {
            let probability = self.probability(reading, &context, &link);
            (link, probability)
        });
        judged.collect()
    }
}

/// The attributions that the model finds, given those that rules find; in order of their cues, with how likely each
/// is right.
pub(crate) fn attributions(
    article: &Annotated<'_>,
    quotations: &[Quotation],
    ruled: &[Attribution],
) -> Vec<(Link, f32)> {
    let reading = Reading::new(article, quotations, ruled, &MODEL.vocabulary);
    MODEL.links(&reading).into_iter().filter(|(_, probability)| *probability >= LEAST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::attribution::rules;
    use crate::extract::quotation::quotations;
    use crate::extract::specimen;
    use crate::language::annotate;

    /// Source, cue and content of each attribution, fragments joined by "…".
    fn found(text: &str) -> Vec<[String; 3]> {
        let document = specimen::document(text, "");
        let article = annotate(&document).compounded();
        let quotations = quotations(&article);
        let ruled = rules::attributions(&article, &quotations);
        let joined = |ranges: &[std::ops::Range<usize>]| {
            let parts: Vec<&str> = ranges.iter().map(|r| article.cover(r.clone()).of(text)).collect();
            parts.join(" … ")
        };
        let links = attributions(&article, &quotations, &ruled);
        links.iter().map(|(l, _)| [joined(&l.source), joined(&l.cue), joined(&l.content)]).collect()
    }

    #[test]
    fn the_embedded_model_is_intact() {
        assert!(Model::decode(EMBEDDED).is_some());
        assert!(Model::decode(&EMBEDDED[..EMBEDDED.len() - 1]).is_none());
    }

    #[test]
    fn what_is_not_said_is_not_found() {
        for text in ["The river rose by a metre overnight.", "Stocks closed higher on Friday.", "", "“”", "…"]
        {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn speech_is_found_with_its_source() {
        let all = found(
            "The mayor said that the bridge was unsafe. “We will close it,” she told reporters on Monday.",
        );
        assert_eq!(all[0], ["The mayor", "said", "that the bridge was unsafe"]);
        assert_eq!((all[1][0].as_str(), all[1][2].as_str()), ("she", "“We will close it,”"));
    }

    #[test]
    fn quotations_run_over_paragraphs() {
        let text = "“The bridge is old,” said Ann Lee, the mayor.\n\n“We should have closed it years ago.\n\n\
                    “Now we must act,” she added.";
        let last = found(text).pop().expect("there is an attribution");
        assert_eq!(last[0], "she");
    }

    #[test]
    fn a_sentence_without_end_is_read_in_pieces() {
        let text = format!("The mayor said {}.", "that the bridge was unsafe and ".repeat(600));
        assert!(found(&text).len() < 2000);
    }

    #[test]
    fn the_same_text_gives_the_same() {
        let text = "According to the ministry, 300 people left. Its spokesman denied that anybody was hurt.";
        assert_eq!(found(text), found(text));
    }
}
