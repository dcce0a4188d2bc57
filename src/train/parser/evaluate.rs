//! How well the parser reads.

use std::path::Path;

use super::Example;
use crate::document::Deprel;
use crate::language::parser::PARSER;
use crate::language::parser::inputs::COUNT;
use crate::language::parser::layers::GROUP;
use crate::language::parser::{Parser, network};
use crate::language::tagger::TAGGER;

/// Prints attachment scores and universal tags of the embedded parser on the development sets, given their tokens.
///
/// # Errors
/// If a file cannot be read.
pub fn embedded(folder: &Path) -> std::io::Result<()> {
    for (name, trees) in crate::train::evaluate::development(folder)? {
        let sentences: Vec<_> = trees.into_iter().flat_map(|t| t.sentences).collect();
        report(name, &super::tagged(&sentences, &TAGGER, &PARSER.known), &PARSER);
    }
    Ok(())
}

/// Prints unlabelled and labelled attachment score and the accuracy of universal tags, in per cent of all tokens.
pub(super) fn report(name: &str, set: &[Example], parser: &Parser) {
    let mut scratch = network::Scratch::default();
    let mut readings = Vec::new();
    let (mut all, mut attached, mut labelled, mut upos) = (0, 0, 0, 0);
    let mut sorted: Vec<&Example> = set.iter().collect();
    sorted.sort_by_key(|example| std::cmp::Reverse(example.rows.len()));
    for group in sorted.chunks(GROUP) {
        let rows: Vec<&[[u32; COUNT]]> = group.iter().map(|example| example.rows.as_slice()).collect();
        parser.network.read(&rows, &mut scratch, &mut readings);
        for (example, reading) in group.iter().zip(&readings) {
            for i in 0..example.rows.len() {
                let head = reading.heads[i];
                let deprel = if head == 0 { Deprel::Root as u8 } else { reading.deprels[i] };
                let right = example.heads[i] as usize == head;
                all += 1;
                attached += usize::from(right);
                labelled += usize::from(right && example.deprels[i] == deprel);
                upos += usize::from(example.upos[i] == reading.upos[i]);
            }
        }
    }
    let percent = |n: usize| 100.0 * n as f64 / f64::max(all as f64, 1.0);
    let (uas, las, upos) = (percent(attached), percent(labelled), percent(upos));
    println!("{name:<20} {all:>7} tokens  UAS {uas:.2}  LAS {las:.2}  UPOS {upos:.2}");
}
