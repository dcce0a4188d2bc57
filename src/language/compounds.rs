//! Compounds: what the treebanks cut at hyphens and before units, put together again.
//!
//! Tagger and parser take tokens as Universal Dependencies cuts them: `U.S.|-|led`, `42|-|year|-|old`, `10|-|15`,
//! `155|mm`. A reader of sources, figures and times wants the whole: "Hong-kyun" is one name, "10-15" one interval,
//! "co-chair" and "vice-president" are one role. [`Annotated::compounded`] gives that view of the same article. Each
//! compound is one token with the tag that the Penn Treebank, which does not cut at hyphens, would give it, and takes
//! the place in the tree of its part that depends on a word outside.

use std::borrow::Cow;
use std::ops::Range;

use super::{Analysis, Annotated, lemma, normalise};
use crate::document::{Name, Sentence, Tag, Token};

impl<'d> Annotated<'d> {
    /// The same article with each compound as one token. Sentences keep their places. An article that is tagged and not
    /// parsed stays so.
    #[must_use]
    pub fn compounded(&self) -> Annotated<'d> {
        let mut out = Annotated {
            document: self.document,
            tokens: Cow::Owned(Vec::with_capacity(self.len())),
            sentences: Cow::Owned(Vec::with_capacity(self.sentences.len())),
            tags: Vec::with_capacity(self.len()),
            lower: Vec::with_capacity(self.len()),
            lemmas: Vec::with_capacity(self.len()),
            analysis: Analysis::default(),
        };
        // where each token goes
        let mut places: Vec<u32> = Vec::with_capacity(self.len());
        // of each compound, the token whose head lies outside
        let mut stems: Vec<usize> = Vec::with_capacity(self.len());
        let is_parsed = self.is_parsed();
        let tokens = out.tokens.to_mut();
        for sentence in self.sentences.iter() {
            let first = tokens.len() as u32;
            let mut at = sentence.tokens().start;
            while at < sentence.tokens().end {
                let end = self.compound_end(at, sentence.tokens().end);
                let span = self.span(at).cover(self.span(end - 1));
                places.resize(end, tokens.len() as u32);
                if is_parsed {
                    stems.push(self.stem(at..end));
                }
                tokens.push(Token { span });
                if end == at + 1 {
                    out.tags.push(self.tag(at));
                    out.lower.push(self.lower[at].clone());
                    out.lemmas.push(self.lemmas[at].clone());
                } else {
                    let word = span.of(self.text());
                    let (lower, tag) = (normalise(word), self.compound_tag(at..end, sentence.tokens().end));
                    out.lemmas.push(lemma::lemma(word, &lower, tag));
                    out.lower.push(lower);
                    out.tags.push(tag);
                }
                at = end;
            }
            let last = tokens.len() as u32;
            out.sentences.to_mut().push(Sentence {
                first_token: first,
                last_token: last,
                ..sentence.clone()
            });
        }
        if is_parsed {
            out.analysis = self.projected(&places, &stems);
        }
        out
    }

    /// The token of a compound whose head lies outside of it.
    fn stem(&self, compound: Range<usize>) -> usize {
        let mut parts = compound.clone();
        parts.find(|i| self.head(*i).is_none_or(|h| !compound.contains(&h))).unwrap_or(compound.start)
    }

    /// Trees and names over compounds; `places` is where each token goes, `stems` stands for each compound.
    fn projected(&self, places: &[u32], stems: &[usize]) -> Analysis {
        let name = |name: &Name| {
            let (first, last) = (places[name.tokens.0 as usize], places[name.tokens.1 as usize - 1]);
            Name { tokens: (first, last + 1), ..name.clone() }
        };
        Analysis {
            upos: stems.iter().map(|i| self.upos(*i)).collect(),
            heads: stems.iter().map(|i| self.head(*i).map(|h| places[h])).collect(),
            deprels: stems.iter().map(|i| self.deprel(*i)).collect(),
            names: self.names().iter().map(name).collect(),
            states: stems.iter().flat_map(|i| self.analysis.state(*i)).copied().collect(),
        }
    }

    /// The end of the compound that begins with token `at`; `at + 1` if it stands alone.
    fn compound_end(&self, at: usize, ceiling: usize) -> usize {
        let mut end = at + 1;
        if !self.is_part(at) {
            return end;
        }
        loop {
            if end + 1 < ceiling
                && is_hyphen(self.word(end))
                && self.touches(end)
                && self.touches(end + 1)
                && self.is_part(end + 1)
            {
                end += 2;
            } else if end < ceiling && self.touches(end) && self.is_unit(end) {
                end += 1;
            } else {
                return end;
            }
        }
    }

    fn touches(&self, i: usize) -> bool {
        self.span(i - 1).end() == self.span(i).start()
    }

    /// Whether a token may be a part of a compound: a word or number, not a clitic.
    fn is_part(&self, i: usize) -> bool {
        self.word(i).starts_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    /// Whether token `i`, written together with the one before, is letters behind a number: "155mm", "5pm".
    fn is_unit(&self, i: usize) -> bool {
        let number = self.word(i - 1);
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.ends_with(|c: char| c.is_ascii_digit())
            && self.word(i).starts_with(char::is_alphabetic)
    }

    /// The tag of a whole compound, as the Penn Treebank has it: "U.S.-led" JJ, "Hong-kyun" NNP, "10-15" CD.
    fn compound_tag(&self, parts: Range<usize>, ceiling: usize) -> Tag {
        let words = || parts.clone().filter(|i| !is_hyphen(self.word(*i)));
        let first = self.tag(parts.start);
        let last = self.tag(parts.end - 1);
        if !parts.clone().any(|i| is_hyphen(self.word(i))) || words().all(|i| self.tag(i) == Tag::CD) {
            return Tag::CD;
        }
        if words().all(|i| self.tag(i).is_proper()) {
            return last;
        }
        let next = (parts.end < ceiling).then(|| self.tag(parts.end));
        let attributive = next.is_some_and(|tag| tag.is_noun() || tag.is_adjective());
        match last {
            Tag::VBN | Tag::VBD | Tag::JJ | Tag::AFX | Tag::HYPH => Tag::JJ,
            Tag::VBG if attributive => Tag::JJ,
            Tag::NN | Tag::NNS | Tag::IN | Tag::RP | Tag::RB | Tag::CD if attributive && !first.is_noun() => {
                Tag::JJ
            }
            Tag::RP | Tag::IN => Tag::NN,
            tag => tag,
        }
    }
}

fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "\u{2010}" | "\u{2011}")
}
