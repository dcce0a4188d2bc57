//! Every input that was ever worth keeping, through its target.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use reportedly_fuzz::TARGETS;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("folder can be read").path()).collect();
    files.sort();
    files
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

#[test]
fn nothing_panics_or_takes_long() {
    for (name, target) in TARGETS {
        let files = files(&corpus().join(name));
        assert!(!files.is_empty(), "{name} has no corpus");
        for file in files {
            // Shown only if the test fails: the last one is the culprit.
            println!("{}", file.display());
            let bytes = fs::read(&file).expect("file can be read");
            let start = Instant::now();
            target(&bytes);
            assert!(start.elapsed() < Duration::from_secs(10), "{} took {:?}", file.display(), start.elapsed());
        }
    }
}

#[test]
fn every_target_has_its_program_and_its_corpus() {
    let names: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let stems = |folder: &str| -> BTreeSet<String> {
        let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        files.iter().filter_map(|f| Some(f.file_stem()?.to_str()?.to_owned())).collect()
    };
    assert_eq!(stems("fuzz_targets"), names);
    assert_eq!(stems("corpus"), names);
}
