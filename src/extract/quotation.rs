//! Quotations: straight, curly, doubled and single marks, nested, unmatched, over several paragraphs.
//!
//! A paragraph that ends inside a quotation continues it if the next one opens with a mark again, as English
//! typography has it (*The Chicago Manual of Style*, 13.32). A mark that finds no partner by the end of its
//! paragraph, and no continuation, opens nothing.

use std::ops::Range;

use crate::document::Block;
use crate::language::Annotated;

/// Text between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// Index of its block.
    pub block: usize,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether it goes on in the quotation that opens the next paragraph.
    pub continues: bool,
}

impl Quotation {
    /// Number of words, marks not counted.
    #[must_use]
    pub fn words(&self, article: &Annotated<'_>) -> usize {
        self.tokens.clone().filter(|i| !article.tag(*i).is_mark()).count()
    }
}

/// The outermost quotations of the document, in order.
#[must_use]
pub fn quotations(article: &Annotated<'_>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    for (index, block) in article.document.blocks.iter().enumerate() {
        if block.kind.may_attribute() {
            in_block(article, index, block, &mut found);
        }
    }
    mark_continuations(article, &mut found);
    found
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Open,
    Close,
    /// Straight marks: decided by what stands around.
    Either,
}

fn double_mark(word: &str) -> Option<Mark> {
    match word {
        "“" | "„" | "``" | "«" => Some(Mark::Open),
        "”" | "»" => Some(Mark::Close),
        "\"" | "''" | "＂" => Some(Mark::Either),
        _ => None,
    }
}

fn single_mark(word: &str) -> Option<Mark> {
    match word {
        "‘" | "`" => Some(Mark::Open),
        "’" => Some(Mark::Close),
        "'" => Some(Mark::Either),
        _ => None,
    }
}

fn in_block(article: &Annotated<'_>, index: usize, block: &Block, found: &mut Vec<Quotation>) {
    let tokens = article.tokens_in(block.span);
    let before = found.len();
    scan(article, index, tokens.clone(), double_mark, found);
    // British style: single marks outside. Only where no double mark claims the stretch.
    if found.len() == before {
        scan(article, index, tokens, single_mark, found);
        let kept: Vec<Quotation> =
            found.drain(before..).filter(|q| q.closed && q.words(article) >= 2).collect();
        found.extend(kept);
    }
}

fn scan(
    article: &Annotated<'_>,
    block: usize,
    tokens: Range<usize>,
    mark: fn(&str) -> Option<Mark>,
    found: &mut Vec<Quotation>,
) {
    let mut open: Option<usize> = None;
    for i in tokens.clone() {
        let Some(kind) = mark(article.word(i)) else { continue };
        match (kind, open) {
            (Mark::Open, None) => open = Some(i),
            (Mark::Either, None) if touches_right(article, i, tokens.end) => open = Some(i),
            (Mark::Close, Some(start)) => {
                push(found, block, start..i + 1);
                open = None;
            }
            (Mark::Either, Some(start)) => {
                // a mark glued to the next word only, after a space, opens anew: the first found no partner
                if touches_right(article, i, tokens.end) && !touches_left(article, i, tokens.start) {
                    open = Some(i);
                } else {
                    push(found, block, start..i + 1);
                    open = None;
                }
            }
            // an opening mark inside an open quotation is nested or the first was never closed
            (Mark::Open, Some(_)) | (Mark::Close | Mark::Either, None) => {}
        }
    }
    if let Some(start) = open {
        found.push(Quotation { tokens: start..tokens.end, block, closed: false, continues: false });
    }
}

fn push(found: &mut Vec<Quotation>, block: usize, tokens: Range<usize>) {
    if tokens.len() > 2 {
        found.push(Quotation { tokens, block, closed: true, continues: false });
    }
}

fn touches_right(article: &Annotated<'_>, i: usize, end: usize) -> bool {
    i + 1 < end && article.span(i).end() == article.span(i + 1).start()
}

fn touches_left(article: &Annotated<'_>, i: usize, start: usize) -> bool {
    i > start && article.span(i - 1).end() == article.span(i).start()
}

/// Unclosed quotations are kept only where the next prose paragraph opens with a mark, or where they open their
/// own paragraph (the closing mark was lost).
fn mark_continuations(article: &Annotated<'_>, found: &mut Vec<Quotation>) {
    let prose: Vec<usize> = article
        .document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.kind.is_prose())
        .map(|(i, _)| i)
        .collect();
    let opens: Vec<bool> = found.iter().map(|q| starts_block(article, q)).collect();
    for i in 0..found.len() {
        if found[i].closed {
            continue;
        }
        let next_block = prose.get(prose.partition_point(|b| *b <= found[i].block));
        found[i].continues = found.get(i + 1).is_some_and(|n| Some(&n.block) == next_block && opens[i + 1]);
    }
    let mut index = 0;
    found.retain(|q| {
        let keep = q.closed || q.continues || opens[index];
        index += 1;
        keep
    });
}

/// Whether the quotation opens its block.
fn starts_block(article: &Annotated<'_>, quotation: &Quotation) -> bool {
    let block = &article.document.blocks[quotation.block];
    article.tokens_in(block.span).start == quotation.tokens.start
}

#[cfg(test)]
mod tests {
    use super::quotations;
    use crate::extract::specimen;
    use crate::language::annotate;

    fn found(text: &str) -> Vec<String> {
        let document = specimen::document(text, "");
        let article = annotate(&document).compounded();
        quotations(&article).iter().map(|q| article.cover(q.tokens.clone()).of(text).to_owned()).collect()
    }

    #[test]
    fn apostrophes_and_lone_marks_quote_nothing() {
        for text in ["It’s the ministers’ plan.", "a 6\" pipe", "\"", "“”", "He said “no.", "rock 'n' roll"]
        {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn marks_of_every_sort() {
        for text in ["“It rains,”", "\"It rains,\"", "''It rains,''", "‘It rains,’", "«It rains,»"]
        {
            assert_eq!(found(&format!("{text} she said.")), [text]);
        }
    }

    #[test]
    fn the_outermost_is_kept() {
        assert_eq!(found("“He said ‘go’ to me,” she said."), ["“He said ‘go’ to me,”"]);
    }

    #[test]
    fn an_open_quotation_goes_on_in_the_next_paragraph() {
        assert_eq!(found("“One is here.\n“Two is there,” he said."), ["“One is here.", "“Two is there,”"]);
    }
}
