//! An article as the sequence model sees it: each word as a few numbers, the passages that are decoded as one, where
//! quotations open and close, how words hang together in the trees.

use std::ops::Range;

use super::vocabulary::Vocabulary;
use crate::document::{Deprel, NameKind, Tag};
use crate::extract::attribution::Attribution;
use crate::extract::quotation::Quotation;
use crate::language::Annotated;
use crate::language::features::{Word, form};

/// Longest passage; longer ones are cut between sentences, or where they must.
const LONGEST_PASSAGE: usize = 700;
/// A paragraph that ends in a colon goes on in the next one, unless it is longer than this.
const LONGEST_LEAD: usize = 80;
/// Steps up a tree before one gives up.
const HIGHEST: usize = 60;

/// Where a token stands in a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(u8)]
pub(crate) enum Quoted {
    #[default]
    Outside,
    Inside,
    Opening,
    Closing,
}

/// A token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) word: Word,
    pub(crate) raw: u32,
    pub(crate) lemma: u32,
    pub(crate) tag: u32,
    pub(crate) name: u32,
    pub(crate) cluster: u32,
    /// Head in its tree, or -1.
    pub(crate) head: i32,
    pub(crate) relation: u32,
    /// Role by rule, and the rule.
    pub(crate) rule: u32,
    pub(crate) rule_name: u32,
    /// Class and act of the cue lexicon's entry that begins or goes on here.
    pub(crate) entry: u32,
    pub(crate) sentence: u32,
    pub(crate) passage: u32,
    pub(crate) quoted: Quoted,
    /// Tokens that open and close the quotation, or -1.
    pub(crate) opened: i32,
    pub(crate) closes: i32,
    /// Commas, verbs, "that", quotation marks before this token.
    pub(crate) commas: u32,
    pub(crate) verbs: u32,
    pub(crate) thats: u32,
    pub(crate) marks: u32,
    pub(crate) paragraph: u32,
    pub(crate) is_verb: bool,
    pub(crate) is_nominal: bool,
    pub(crate) is_comma: bool,
    pub(crate) is_that: bool,
    pub(crate) is_to: bool,
    pub(crate) is_stop: bool,
}

/// An article.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) tokens: Vec<Seen>,
    /// Tokens that are decoded as one: a paragraph; with the next one, if a quotation or a colon leads over.
    pub(crate) passages: Vec<Range<usize>>,
    /// Sentences, as tokens.
    pub(crate) sentences: Vec<Range<usize>>,
    /// Children of each token: `children[starts[i]..starts[i + 1]]`.
    children: Vec<u32>,
    starts: Vec<u32>,
    /// First and last token of what hangs on each token.
    pub(crate) yields: Vec<(u32, u32)>,
    /// What the parser's layers know of each token.
    states: Vec<f32>,
}

impl Reading {
    /// Reads an article, in its view of whole compounds.
    pub(crate) fn new(
        article: &Annotated<'_>,
        quotations: &[Quotation],
        ruled: &[Attribution],
        vocabulary: &Vocabulary,
    ) -> Reading {
        let tokens = (0..article.len()).map(|i| seen(article, i, vocabulary)).collect();
        let mut reading = Reading { tokens, ..Reading::default() };
        reading.name(article);
        reading.quote(quotations);
        reading.rule(ruled);
        reading.enter(article);
        reading.divide(article);
        reading.count();
        reading.hang();
        reading.states.clone_from(&article.analysis.states);
        reading
    }

    /// What the parser's layers know of token `i`.
    pub(crate) fn state(&self, i: usize) -> &[f32] {
        let width = self.states.len() / self.len().max(1);
        &self.states[i * width..(i + 1) * width]
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// What depends on token `i`.
    pub(crate) fn children(&self, i: usize) -> &[u32] {
        &self.children[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    pub(crate) fn passage(&self, i: usize) -> Range<usize> {
        self.passages[self.tokens[i].passage as usize].clone()
    }

    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        self.sentences[self.tokens[i].sentence as usize].clone()
    }

    fn name(&mut self, article: &Annotated<'_>) {
        for name in article.names() {
            let kind = match name.kind {
                NameKind::Person => 1,
                NameKind::Organization => 2,
                NameKind::Location => 3,
                NameKind::Other => 4,
            };
            for token in &mut self.tokens[name.tokens.0 as usize..name.tokens.1 as usize] {
                token.name = kind;
            }
        }
    }

    fn quote(&mut self, quotations: &[Quotation]) {
        for quotation in quotations {
            let range = quotation.tokens.clone();
            let last = range.end - 1;
            for i in range.clone() {
                let token = &mut self.tokens[i];
                token.opened = range.start as i32;
                token.closes = if quotation.closed { last as i32 } else { range.end as i32 };
                token.quoted = Quoted::Inside;
            }
            self.tokens[range.start].quoted = Quoted::Opening;
            if quotation.closed {
                self.tokens[last].quoted = Quoted::Closing;
            }
        }
    }

    /// What the rules found: the outermost attributions win.
    fn rule(&mut self, ruled: &[Attribution]) {
        for attribution in ruled {
            let cue = attribution.cue.first().map_or(usize::MAX, |c| c.start);
            let side = |range: &Range<usize>| u32::from(range.start > cue);
            let roles = [(&attribution.content, 4), (&attribution.source, 2), (&attribution.cue, 1)];
            for (ranges, role) in roles {
                for range in ranges {
                    let role = if role == 1 { 1 } else { role + side(range) };
                    for i in range.clone() {
                        if self.tokens[i].rule == 0 {
                            self.tokens[i].rule = role << 1 | u32::from(i == range.start);
                            self.tokens[i].rule_name = form(attribution.rule);
                        }
                    }
                }
            }
        }
    }

    /// Entries of the cue lexicon.
    fn enter(&mut self, article: &Annotated<'_>) {
        let mut i = 0;
        while i < self.len() {
            let Some(found) = crate::extract::cues::at(article, i) else {
                i += 1;
                continue;
            };
            let end = found.tokens.end.max(i + 1);
            let entry = 1 + found.cue.class as u32 * 32 + found.cue.act as u32;
            for (k, token) in self.tokens[i..end].iter_mut().enumerate() {
                token.entry = entry << 1 | u32::from(k == 0);
            }
            i = end;
        }
    }

    /// Sentences and passages.
    fn divide(&mut self, article: &Annotated<'_>) {
        let blocks = &article.document.blocks;
        let mut last_block = None;
        for sentence in article.sentences.iter() {
            let range = sentence.tokens();
            if range.is_empty() || !blocks[sentence.block as usize].kind.may_attribute() {
                continue;
            }
            let number = self.sentences.len() as u32;
            let same = last_block == Some(sentence.block);
            last_block = Some(sentence.block);
            let longest = self.passages.last().is_some_and(|p| range.end - p.start > LONGEST_PASSAGE);
            let joined =
                !longest && (same || self.leads_over(blocks[sentence.block as usize].kind, range.start));
            match self.passages.last_mut() {
                Some(passage) if joined && passage.end == range.start => passage.end = range.end,
                _ => {
                    // a sentence without end is cut where it must be
                    let mut start = range.start;
                    while range.end - start > LONGEST_PASSAGE {
                        self.passages.push(start..start + LONGEST_PASSAGE);
                        start += LONGEST_PASSAGE;
                    }
                    self.passages.push(start..range.end);
                }
            }
            for token in &mut self.tokens[range.clone()] {
                token.sentence = number;
                token.paragraph = sentence.block;
            }
            self.sentences.push(range);
        }
        for (number, passage) in self.passages.iter().enumerate() {
            for token in &mut self.tokens[passage.clone()] {
                token.passage = number as u32;
            }
        }
    }

    /// Whether the last passage goes on in the paragraph that begins at token `start`.
    fn leads_over(&self, kind: crate::document::BlockKind, start: usize) -> bool {
        let Some(passage) = self.passages.last().filter(|p| kind.is_prose() && p.end == start) else {
            return false;
        };
        let last = &self.tokens[passage.end - 1];
        let unclosed = last.opened >= passage.start as i32 && last.closes == passage.end as i32;
        let colon =
            last.tag == Tag::Colon as u32 && last.word.form == form(":") && passage.len() < LONGEST_LEAD;
        colon || unclosed && self.tokens[start].quoted == Quoted::Opening
    }

    fn count(&mut self) {
        let (mut commas, mut verbs, mut thats, mut marks) = (0, 0, 0, 0);
        for token in &mut self.tokens {
            (token.commas, token.verbs, token.thats, token.marks) = (commas, verbs, thats, marks);
            commas += u32::from(token.is_comma);
            verbs += u32::from(token.is_verb);
            thats += u32::from(token.is_that);
            marks += u32::from(matches!(token.quoted, Quoted::Opening | Quoted::Closing));
        }
    }

    fn hang(&mut self) {
        let count = self.len();
        self.starts = vec![0; count + 1];
        for token in &self.tokens {
            if token.head >= 0 {
                self.starts[token.head as usize + 1] += 1;
            }
        }
        for i in 0..count {
            self.starts[i + 1] += self.starts[i];
        }
        let mut next = self.starts.clone();
        self.children = vec![0; self.starts[count] as usize];
        for (i, token) in self.tokens.iter().enumerate() {
            if token.head >= 0 {
                let slot = &mut next[token.head as usize];
                self.children[*slot as usize] = i as u32;
                *slot += 1;
            }
        }
        self.yields = (0..count as u32).map(|i| (i, i)).collect();
        for i in 0..count {
            let mut at = i;
            for _ in 0..HIGHEST {
                let head = self.tokens[at].head;
                if head < 0 {
                    break;
                }
                at = head as usize;
                let (first, last) = &mut self.yields[at];
                *first = (*first).min(i as u32);
                *last = (*last).max(i as u32);
            }
        }
    }
}

fn seen(article: &Annotated<'_>, i: usize, vocabulary: &Vocabulary) -> Seen {
    let lower = article.lower(i);
    let tag = article.tag(i);
    let word = Word::new(article.word(i), lower);
    Seen {
        word,
        raw: form(article.word(i)),
        lemma: form(article.lemma(i)),
        tag: tag as u32,
        cluster: vocabulary.cluster(word.form),
        head: article.head(i).map_or(-1, |h| h as i32),
        relation: relation(article.deprel(i)),
        opened: -1,
        closes: -1,
        is_verb: tag.is_verb(),
        is_nominal: tag.is_noun() || tag == Tag::PRP,
        is_comma: lower == ",",
        is_that: lower == "that",
        is_to: lower == "to",
        is_stop: tag == Tag::Period,
        ..Seen::default()
    }
}

/// Number of a relation.
pub(super) fn relation(deprel: Deprel) -> u32 {
    deprel as u32 + 1
}
