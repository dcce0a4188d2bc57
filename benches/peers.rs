//! Our half of `peers.py`: the seconds of processor time that each step takes on the texts of a file, least of several rounds.
//!
//! `cargo bench --bench peers -- FILE ROUNDS`, where FILE holds UTF-8 texts with NUL between them. Prints one line
//! `step seconds` for each step, and nothing without a file, so that a plain `cargo bench` passes by.

use std::hint::black_box;

use cpu_time::ThreadTime;
use reportedly::language::{analyse, annotate};
use reportedly::parse::{self, sentences, tokens};
use reportedly::read;
use reportedly::span::Span;

fn main() {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let Some(path) = arguments.first() else { return };
    let rounds: usize = arguments.get(1).map_or(5, |n| n.parse().expect("ROUNDS is a number"));
    let file = std::fs::read_to_string(path).expect("FILE is UTF-8");
    let texts: Vec<&str> = file.split('\0').collect();
    let whole = |text: &str| Span::new(0, text.len());
    let cut: Vec<Vec<Span>> = texts.iter().map(|t| tokens::tokenize(t, whole(t))).collect();
    println!("count {}", cut.iter().map(Vec::len).sum::<usize>());

    let least = |step: &str, run: &dyn Fn()| {
        let time = || {
            let start = ThreadTime::now();
            run();
            start.elapsed().as_secs_f64()
        };
        println!("{step} {}", (0..rounds).map(|_| time()).fold(f64::INFINITY, f64::min));
    };
    least("boundaries", &|| {
        for (text, tokens) in texts.iter().zip(&cut) {
            black_box(sentences::split(text, tokens));
        }
    });
    least("sentences", &|| {
        for text in &texts {
            black_box(sentences::split(text, &tokens::tokenize(text, whole(text))));
        }
    });
    least("document", &|| {
        for text in &texts {
            black_box(parse::parse(read::text("t", *text)));
        }
    });
    least("layer", &|| {
        for text in &texts {
            let document = parse::parse(read::text("t", *text));
            black_box(analyse(&annotate(&document)));
        }
    });
}
