//! Measures how well web pages are read: `evaluate_html --data DIR [--embedded] [--show body|dates|titles|bylines]`.
//!
//! `DIR/messy_html/dev.jsonl.gz` holds pages with the body, title, author and date that people marked. Each page is
//! read by a model that was trained without the pages of its site; `--embedded` takes the model of the package instead,
//! which has seen them all; `--repeat N` only reads them, N times. Reported: F1 of the words of the body (bags of words, mean over pages), publication day,
//! title and byline, the share of blocks that stand in the bytes of the page where the map says, and speed.

use std::path::Path;

use reportedly::train::pages;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1));
    let data =
        Path::new(value("--data").ok_or("usage: evaluate_html --data DIR [--embedded] [--show WHAT]")?);
    let show = value("--show").map_or("", String::as_str);
    if let Some(times) = value("--repeat") {
        return pages::repeat(data, times.parse()?);
    }
    if arguments.iter().any(|a| a == "--embedded") {
        pages::embedded(data, show)
    } else {
        pages::cross(data, show)
    }
}
