//! Are legacy encodings told apart? Texts are made of the sentences in `files/encodings.tsv`, seeded, cut to
//! 100, 600 and 4,000 characters, encoded, and read again: they must come back letter by letter.
//!
//! `cargo test --test encodings -- --nocapture` prints the share for each encoding and length.

use encoding_rs::Encoding;
use reportedly::read;

/// Encodings and the languages that are written in them.
const ENCODINGS: &[(&str, &[&str])] = &[
    ("windows-1250", &["pl", "cs", "hu"]),
    ("windows-1251", &["ru", "uk", "bg"]),
    ("windows-1252", &["en", "fr", "de", "es"]),
    ("windows-1253", &["el"]),
    ("windows-1254", &["tr"]),
    ("windows-1255", &["he"]),
    ("windows-1256", &["ar"]),
    ("windows-1257", &["lt", "lv"]),
    ("windows-1258", &["vi"]),
    ("windows-874", &["th"]),
    ("ISO-8859-2", &["pl", "cs", "hu"]),
    ("ISO-8859-5", &["ru", "bg"]),
    ("ISO-8859-7", &["el"]),
    ("KOI8-R", &["ru"]),
    ("KOI8-U", &["uk"]),
    ("IBM866", &["ru"]),
    ("Shift_JIS", &["ja"]),
    ("EUC-JP", &["ja"]),
    ("ISO-2022-JP", &["ja"]),
    ("GBK", &["zh"]),
    ("Big5", &["tw"]),
    ("EUC-KR", &["ko"]),
];

const LENGTHS: &[usize] = &[100, 600, 4000];

/// Texts for each encoding and length.
const TEXTS: usize = 60;

/// Steele, Lea and Flood (2014), SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

fn sentences(language: &str) -> Vec<&'static str> {
    let rows = include_str!("files/encodings.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).filter(|(l, _)| *l == language).map(|(_, s)| s).collect()
}

/// A text of so many characters.
fn text(language: &str, length: usize, random: &mut Random) -> String {
    let stock = sentences(language);
    let mut text = String::new();
    while text.chars().count() < length {
        text.push_str(stock[random.below(stock.len())]);
        // Figures, so that no two texts are the same.
        text.push_str(&format!(" ({}) ", random.below(5000)));
    }
    text.chars().take(length).collect()
}

/// Older character sets have no typographic marks; their writers used what there was.
fn typewritten(text: &str) -> String {
    text.replace(['«', '»', '“', '”', '„'], "\"").replace(['–', '—'], "-").replace('’', "'")
}

/// The share of texts that come back.
fn exact(label: &str, languages: &[&str], length: usize) -> f64 {
    let encoding = Encoding::for_label(label.as_bytes()).expect("a label of the standard");
    let mut random = Random(length as u64);
    let mut right = 0;
    for i in 0..TEXTS {
        let text = text(languages[i % languages.len()], length, &mut random);
        let (_, _, lossy) = encoding.encode(&text);
        let text = if lossy { typewritten(&text) } else { text };
        let (bytes, _, lossy) = encoding.encode(&text);
        assert!(!lossy, "{label}: {text}");
        let (articles, _) =
            read::bytes("news", &bytes, &read::ReadOptions::default()).expect("options are good");
        let back = articles.first().map(|a| a.text.as_str());
        right += usize::from(back == Some(text.as_str()));
        if back != Some(text.as_str()) && std::env::var_os("SHOW").is_some() {
            println!("{label} {} {text}", articles.first().map_or("", |a| &a.encoding));
        }
    }
    right as f64 / TEXTS as f64
}

#[test]
fn legacy_encodings_come_back_letter_by_letter() {
    let mut sums = vec![0.0; LENGTHS.len()];
    for (label, languages) in ENCODINGS {
        let shares: Vec<f64> = LENGTHS.iter().map(|length| exact(label, languages, *length)).collect();
        println!("{label:<14} {shares:.3?}");
        sums.iter_mut().zip(&shares).for_each(|(sum, share)| *sum += share);
    }
    let means: Vec<f64> = sums.iter().map(|s| s / ENCODINGS.len() as f64).collect();
    println!("{:<14} {means:.3?}", "mean");
    assert!(means.iter().all(|m| *m >= 0.99), "{means:?}");
}
