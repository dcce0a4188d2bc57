//! How many tokens a second the language layer reads, step by step and whole, on one thread.
//!
//! `make bench`, or `cargo bench --bench language`. The text is that of `seeds/`, in memory. Each step is given what
//! the step before it made; `values` and `times` are figures and times by themselves; `layer` is all of them, from the bare text; `claims` goes on to claims. The unit `elem` is a token.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use reportedly::document::Document;
use reportedly::extract::{self, Context};
use reportedly::language::{analyse, annotate, lemma, normalise, tagged};
use reportedly::parse::{self, sentences, tokens};
use reportedly::read;

fn seeds() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let paths = std::fs::read_dir(folder).expect("the seeds are in the repository");
    let mut paths: Vec<_> = paths.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let document = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("the seeds are UTF-8");
        parse::parse(read::text("seed", &text))
    };
    paths.iter().map(document).collect()
}

fn language(criterion: &mut Criterion) {
    let documents = seeds();
    let annotated: Vec<_> = documents.iter().map(|d| tagged(d)).collect();
    let count: usize = documents.iter().map(|d| d.tokens.len()).sum();
    let mut group = criterion.benchmark_group("language");
    group.throughput(Throughput::Elements(count as u64));

    group.bench_function("tokens", |b| {
        b.iter(|| {
            for d in &documents {
                for block in &d.blocks {
                    black_box(tokens::tokenize(&d.text, block.span));
                }
            }
        });
    });
    let cut: Vec<Vec<Vec<_>>> = documents
        .iter()
        .map(|d| d.blocks.iter().map(|block| tokens::tokenize(&d.text, block.span)).collect())
        .collect();
    group.bench_function("sentences", |b| {
        b.iter(|| {
            for (d, blocks) in documents.iter().zip(&cut) {
                for tokens in blocks {
                    black_box(sentences::split(&d.text, tokens));
                }
            }
        });
    });
    group.bench_function("document", |b| {
        b.iter(|| {
            for d in &documents {
                black_box(parse::parse(read::text("seed", &d.text)));
            }
        });
    });
    group.bench_function("plain", |b| {
        b.iter(|| {
            for d in &documents {
                black_box(parse::plain(read::text("seed", &d.text)));
            }
        });
    });
    group.bench_function("tags_and_lemmas", |b| {
        b.iter(|| {
            for d in &documents {
                black_box(tagged(d));
            }
        });
    });
    group.bench_function("values", |b| {
        b.iter(|| {
            for d in &documents {
                black_box(extract::values(d));
            }
        });
    });
    group.bench_function("times", |b| {
        b.iter(|| {
            for d in &documents {
                black_box(extract::times(d));
            }
        });
    });
    group.bench_function("lemmas", |b| {
        b.iter(|| {
            for a in &annotated {
                for i in 0..a.len() {
                    let word = a.word(i);
                    black_box(lemma::lemma(word, &normalise(word), a.tag(i)));
                }
            }
        });
    });
    group.bench_function("trees_and_names", |b| {
        b.iter(|| {
            for a in &annotated {
                black_box(analyse(a));
            }
        });
    });
    group.bench_function("layer", |b| {
        b.iter(|| {
            for d in &documents {
                let document = parse::parse(read::text("seed", &d.text));
                black_box(annotate(&document));
            }
        });
    });
    group.bench_function("claims", |b| {
        b.iter(|| {
            for d in &documents {
                let document = parse::parse(read::text("seed", &d.text));
                black_box(extract::claims(&annotate(&document), Context::default()));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, language);
criterion_main!(benches);
