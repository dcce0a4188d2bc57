//! Writes first inputs for every target, of the texts and files that the tests read:
//! `cargo run --no-default-features --example seeds -- FOLDER`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray as _;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use reportedly::corpus::{self, Progress};
use reportedly::document::Document;
use reportedly::storage;
use reportedly::table::Collection;
use reportedly::{parse, read};
use reportedly_fuzz::{made, mark};

/// Pieces of golden texts longer than this make slow inputs.
const LONGEST: usize = 1_500;

fn main() {
    let out = PathBuf::from(std::env::args().nth(1).expect("say where to"));
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    let mut seeds = Seeds { out, count: 0 };
    formats(&mut seeds, &tests.join("formats"));
    let texts = golden(&tests.join("golden"));
    articles(&mut seeds, &texts);
    packed(&mut seeds);
    saved(&mut seeds, &texts);
    for file in files(&tests.join("golden/html")).iter().filter(|f| f.extension().is_some_and(|e| e == "html")) {
        let page = fs::read(file).expect("file can be read");
        seeds.add("html", &[&page]);
        seeds.add("whole", &[b"\x01", &page]);
    }
    for query in QUERIES {
        seeds.add("search", &[query.as_bytes()]);
    }
    println!("{} inputs", seeds.count);
}

struct Seeds {
    out: PathBuf,
    count: usize,
}

impl Seeds {
    fn add(&mut self, target: &str, parts: &[&[u8]]) {
        let folder = self.out.join(target);
        fs::create_dir_all(&folder).expect("folder can be made");
        self.count += 1;
        fs::write(folder.join(format!("seed-{:04}", self.count)), parts.concat()).expect("file can be written");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("folder can be read");
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("folder can be read").path()).collect();
    files.sort();
    files
}

/// Each file of the reader's tests, for the reader that its name means.
fn formats(seeds: &mut Seeds, folder: &Path) {
    for file in files(folder) {
        let ending = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let name = file.file_stem().and_then(|e| e.to_str()).unwrap_or_default();
        let Ok(bytes) = fs::read(&file) else { continue };
        match ending {
            "json" => seeds.add("json", &[b"\0", &bytes]),
            "jsonl" => seeds.add("json", &[b"\x01", &bytes]),
            "csv" => seeds.add("csv", &[b"\0", &bytes]),
            "tsv" => seeds.add("csv", &[b"\x01", &bytes]),
            "warc" => seeds.add("warc", &[&bytes]),
            "eml" => seeds.add("mail", &[b"\0", &bytes]),
            "mbox" => seeds.add("mail", &[b"\x01", &bytes]),
            "rss" => seeds.add("feed", &[b"\0", &bytes]),
            "xml" => seeds.add("feed", &[b"\x02", &bytes]),
            "txt" if name.starts_with("nexis") => seeds.add("nexis", &[&bytes]),
            "txt" => seeds.add("text", &[b"\0", &bytes]),
            _ => continue,
        }
        if let Some(kind @ (1 | 3 | 4)) = ["txt", "html", "md", "jsonl", "csv"].iter().position(|e| *e == ending) {
            seeds.add("whole", &[&[kind as u8], &bytes]);
        }
        if bytes.len() < LONGEST {
            for how in 4..8 {
                seeds.add("archive", &[&[how, 0], format!("a.{ending}\n").as_bytes(), &bytes]);
            }
        }
    }
}

/// The texts under the tests' golden annotations, in pieces.
fn golden(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for file in files(folder).iter().filter(|f| f.extension().is_some_and(|e| e == "golden")) {
        let all = fs::read_to_string(file).expect("file can be read");
        let mut text = String::new();
        for line in all.lines().filter_map(|line| line.strip_prefix("> ")) {
            if text.len() + line.len() > LONGEST {
                texts.push(std::mem::take(&mut text));
            }
            text.push_str(line);
            text.push_str("\n\n");
        }
        texts.push(text);
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn articles(seeds: &mut Seeds, texts: &[String]) {
    for text in texts {
        seeds.add("text", &[b"\0", text.as_bytes()]);
        seeds.add("whole", &[b"\0", text.as_bytes()]);
    }
    for pair in texts.windows(3) {
        let (first, second) = (pair[0].as_bytes(), pair[2].as_bytes());
        seeds.add("whole", &[b"\0Headline One\n\n", first, b"\x0C\0Oct 26, 2024\n\n", second, b"\x0C\0", first]);
    }
    let odd: [&[u8]; 9] = [
        b"\0# A Title\n\nBy Jane Doe\n\nOct 26, 2024\n\nSEOUL (AP) -- He said no.\n\n- Share\n- Tweet\n\n(c) 2024",
        b"\x04caf\xE9 said \x93no\x94\x85 on \x80100",
        b"\0\xFF\xFES\0a\0i\0d\0",
        b"\x02S\0a\0i\0d\0 \0n\0o\0",
        b"\x05\x82\xA0\x82\xA2\x82\xA4",
        b"\x07\x1B$B$\"\x1B(B no",
        b"\0\xC3\xA2\xE2\x82\xAC\xC5\x93No,\xC3\xA2\xE2\x82\xAC\xC2\x9D he said &amp;quot;of\xC2\xADficials&quot;",
        b"\x80| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n1. one\n2. two\n",
        b"\0Q: Did at least 1,500 of the 11,000 (or about 10-15%) arrive by Friday, 25 October 2024?\nA: No comment.",
    ];
    odd.iter().for_each(|bytes| seeds.add("text", &[*bytes]));
}

fn packed(seeds: &mut Seeds) {
    let lines = b"{\"text\": \"Seoul said no.\"}\n{\"text\": \"Moscow said no.\"}\n";
    let inner = made::zip(&[("deep.txt".to_owned(), b"Kyiv said maybe.")]);
    let members: [made::Member<'_>; 5] = [
        ("folder/a.txt".to_owned(), b"Seoul said no."),
        ("table.csv".to_owned(), b"title,text\nTroops,Seoul said no.\n"),
        ("../../etc/escape.txt".to_owned(), b"A path that leads out is only a name."),
        ("inner.zip".to_owned(), &inner),
        ("a.jsonl.gz".to_owned(), &made::gzip(lines)),
    ];
    seeds.add("archive", &[b"\0\0", &made::zip(&members)]);
    seeds.add("archive", &[b"\x01\0", &made::gzip(lines)]);
    seeds.add("archive", &[b"\x01\0", &made::gzip(&made::gzip(lines))]);
    seeds.add("archive", &[b"\x02\0", &made::zstd(lines)]);
    seeds.add("archive", &[b"\x03\0", &made::bzip2(lines)]);
    let table = made::table();
    for (kind, bytes) in [made::parquet(&table), made::arrow_file(&table), made::arrow_stream(&table)].iter().enumerate()
    {
        seeds.add("columnar", &[&[kind as u8], bytes]);
    }
}

/// Pickles, and the files of saved corpora.
fn saved(seeds: &mut Seeds, texts: &[String]) {
    for text in texts.iter().step_by(7) {
        let short: String = text.chars().take(300).collect();
        let documents: Vec<Document> = vec![parse::parse(read::text("a", short.clone()))];
        let extraction = corpus::extract(&documents, &Progress::default()).expect("nobody stops it");
        let claims = extraction.claims.len();
        let collection = Collection::new(documents, Vec::new());
        collection.set_extraction(extraction);
        seeds.add("pickle", &[&collection.to_bytes().expect("it can be stored")[mark().len()..]]);
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        storage::save(&collection, &[], folder.path(), &Progress::default()).expect("it can be saved");
        for file in files(folder.path()) {
            let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let bytes = fs::read(&file).expect("file can be read");
            let how = match name.split('-').next().unwrap_or_default() {
                "documents" => 1,
                "state" => 2,
                "problems" => 3,
                "manifest.json" => 5,
                _ => continue,
            };
            seeds.add("folder", &[&[how, 0, 0, 0, 0], &bytes]);
            if how == 2 && claims < 16 {
                let [document, claims_of] = row(&file);
                let (a, b) = ((document.len() as u16).to_le_bytes(), (claims_of.len() as u16).to_le_bytes());
                // Divisible by six, so that the row is meant: the number of claims stands in the upper half.
                let how = (0..16).map(|low| (claims as u8) << 4 | low).find(|how| how % 6 == 0).expect("one is");
                seeds.add("folder", &[&[how], &a, &b, &document, &claims_of, short.as_bytes()]);
            }
        }
    }
}

/// The one row of a file of `state`.
fn row(file: &Path) -> [Vec<u8>; 2] {
    let file = File::open(file).expect("file can be read");
    let mut rows = ParquetRecordBatchReaderBuilder::try_new(file).expect("a table").build().expect("a table");
    let batch = rows.next().expect("one batch").expect("a table");
    ["document", "claims"].map(|name| batch[name].as_binary::<i64>().value(0).to_vec())
}

const QUERIES: [&str; 12] = [
    "storm corps",
    "\"storm corps\" arriv*",
    "soldier* -drill",
    "NOT drill OR exercise | busan",
    "(drill OR exercise) (busan (storm))",
    "source:Moscow act:deny,warn",
    "kind:direct certainty:probable since:2024-10-01 until:2024-12-31 place:RU outlet:Yonhap",
    "-source:\"Ann Lee\" corps",
    "\"storm c*\" \"pyongyang based\"",
    "\u{201C}nobody is\u{201D} gda\u{144}sk \u{6771}\u{4EAC}",
    "((((a) -b) OR c",
    "AND OR NOT \" ( ) - * : ,",
];
