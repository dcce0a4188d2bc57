//! Prototype.
use flate2::read::MultiGzDecoder;
use std::io::{BufRead, BufReader, Write};
fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut bits, mut n) = (0u32, 0);
    for b in text.bytes() {
        let v = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(v);
        n += 6;
        if n >= 8 {
            n -= 8;
            out.push((bits >> n) as u8);
        }
    }
    out
}
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = std::env::args().nth(1).unwrap();
    let mut out = std::io::BufWriter::new(std::fs::File::create(std::env::args().nth(2).unwrap())?);
    let file = std::fs::File::open(format!("{data}/messy_html/dev.jsonl.gz"))?;
    let mut time = 0.0;
    for row in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let value: serde_json::Value = serde_json::from_str(&row?)?;
        let page = String::from_utf8_lossy(&base64(value["html_base64"].as_str().unwrap())).into_owned();
        let t = std::time::Instant::now();
        let (texts, names, rows) = reportedly::read::html::debug_rows(&page);
        time += t.elapsed().as_secs_f64();
        writeln!(
            out,
            "{}",
            serde_json::json!({"id": value["id"], "texts": texts, "names": names, "rows": rows, "gold": value["gold"]})
        )?;
    }
    println!("{time}");
    Ok(())
}
