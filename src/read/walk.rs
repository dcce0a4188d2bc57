//! From what the user typed to the files that it means.

use std::io;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use rustc_hash::FxHashSet;
use walkdir::{DirEntry, WalkDir};

use super::article::unreadable;
use super::{ReadOptions, Source, format};
use crate::error::{Error, ErrorKind, Problem, Result, Severity};
use crate::storage::is_saved;

/// A file to read, or why something is none; in order.
pub(super) enum Found {
    File(PathBuf),
    Bytes(String, Vec<u8>),
    /// Not looked into yet: that may take its time.
    Stream(String, Box<dyn io::Read + Send>),
    Problem(Problem),
}

/// All files that the sources mean.
pub(super) fn find(sources: Vec<Source>, options: &ReadOptions) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for source in sources {
        let input = match source {
            Source::Path(path) => path,
            Source::Bytes(name, bytes) => {
                found.push(Found::Bytes(name, bytes));
                continue;
            }
            Source::Stream(name, stream) => {
                found.push(Found::Stream(name, stream));
                continue;
            }
        };
        let input = input.as_str();
        let path = Path::new(input);
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() && is_saved(path) => return Err(saved(input)),
            Ok(meta) if meta.is_dir() => folder(path, options, &mut found),
            Ok(_) => found.push(Found::File(path.to_owned())),
            Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
                found.push(Found::Problem(unreadable(input, &e)));
            }
            Err(_) if is_glob(input) && path.symlink_metadata().is_err() => glob(input, options, &mut found)?,
            Err(_) => return Err(missing(input)),
        }
    }
    once_each(&mut found);
    Ok(found)
}

fn missing(input: &str) -> Error {
    let path = Path::new(input);
    let message = if let Ok(target) = std::fs::read_link(path) {
        format!("`{input}` is a link to `{}`, which does not exist", target.display())
    } else if path.is_absolute() {
        format!("no file or folder `{input}`")
    } else {
        let here = std::env::current_dir().unwrap_or_default();
        format!("no file or folder `{input}` (relative to `{}`)", here.display())
    };
    Error::new(ErrorKind::NotFound, message)
}

/// Tables of claims are no articles.
fn saved(input: &str) -> Error {
    let message = format!("`{input}` is a saved corpus, and not articles: load it with rp.load({input:?})");
    Error::new(ErrorKind::Argument, message)
}

/// The same file, reached by two ways, is one document; special files (pipes, devices) might never end.
fn once_each(found: &mut Vec<Found>) {
    let mut seen = FxHashSet::default();
    found.retain_mut(|item| {
        let Found::File(path) = item else { return true };
        if let Ok(meta) = std::fs::metadata(&*path)
            && !meta.is_file()
        {
            let name = path.to_string_lossy();
            *item = Found::Problem(Problem::read(
                &name,
                "io",
                format!("`{name}` was skipped: it is not a regular file"),
                "",
            ));
            return true;
        }
        seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))
    });
}

/// The files of a folder, in path order. Hidden ones are left out; links are followed, never in circles.
fn folder(root: &Path, options: &ReadOptions, found: &mut Vec<Found>) {
    let depth = if options.recursive { usize::MAX } else { 1 };
    let walk = WalkDir::new(root).follow_links(true).min_depth(1).max_depth(depth).sort_by_file_name();
    let mut walk = walk.into_iter().filter_entry(|e| e.depth() == 0 || !is_hidden(e));
    while let Some(entry) = walk.next() {
        match entry {
            Err(e) => found.push(Found::Problem(walk_problem(&e))),
            Ok(entry) if entry.file_type().is_dir() && is_saved(entry.path()) => {
                walk.skip_current_dir();
                found.push(Found::Problem(saved_inside(&entry)));
            }
            Ok(entry) if entry.file_type().is_dir() => found.extend(empty_folder(&entry).map(Found::Problem)),
            Ok(entry) if format::is_known(&entry.path().to_string_lossy()) => {
                found.push(Found::File(entry.into_path()))
            }
            Ok(entry) => {
                let name = entry.path().to_string_lossy();
                let message = format!(
                    "`{name}` was passed over: folders are read for {}; name the file to read it as text",
                    format::extensions()
                );
                found.push(Found::Problem(Problem::read(&name, "format", message, "")));
            }
        }
    }
}

/// A folder among the articles that is a saved corpus.
fn saved_inside(entry: &DirEntry) -> Problem {
    let name = entry.path().to_string_lossy();
    let message = format!("`{name}` was passed over: it is a saved corpus, and not articles");
    let advice = format!("load it with rp.load({name:?})");
    let problem = Problem::read(&name, "saved", message, advice);
    Problem { severity: Severity::Information, ..problem }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// A folder that is named like a file is worth a word only if nothing comes of it.
fn empty_folder(entry: &DirEntry) -> Option<Problem> {
    let empty = std::fs::read_dir(entry.path()).is_ok_and(|mut entries| entries.next().is_none());
    let name = entry.path().to_string_lossy();
    (empty && format::is_known(&entry.path().to_string_lossy()))
        .then(|| Problem::read(&name, "directory", format!("`{name}` is an empty folder, not a file"), ""))
}

fn walk_problem(error: &walkdir::Error) -> Problem {
    let name = error.path().map_or_else(String::new, |p| p.to_string_lossy().into_owned());
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("`{name}` was passed over: this link leads back to `{}`", ancestor.display());
        return Problem::read(&name, "link", message, "");
    }
    match error.path().map(std::fs::read_link) {
        Some(Ok(target)) => {
            let message = format!("`{name}` is a link to `{}`, which could not be reached", target.display());
            Problem::read(&name, "link", message, "")
        }
        _ => {
            let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            Problem::read(&name, "io", format!("`{name}` could not be read: {cause}"), "")
        }
    }
}

fn is_glob(input: &str) -> bool {
    input.contains(['*', '?', '[', '{'])
}

/// The files that a glob matches, in path order; folders that it matches are read as folders.
fn glob(pattern: &str, options: &ReadOptions, found: &mut Vec<Found>) -> Result<()> {
    let malformed =
        |e: globset::Error| Error::new(ErrorKind::Argument, format!("malformed glob `{pattern}`: {e}"));
    let components: Vec<Component> = Path::new(pattern).components().collect();
    let tidy: PathBuf = components.iter().collect();
    let glob =
        GlobBuilder::new(&tidy.to_string_lossy()).literal_separator(true).build().map_err(malformed)?;
    let matcher = glob.compile_matcher();
    let fixed = components.iter().take_while(|c| !is_glob(&c.as_os_str().to_string_lossy())).count();
    let base: PathBuf = components[..fixed].iter().collect();
    let depth =
        if pattern.contains("**") || pattern.contains('{') { usize::MAX } else { components.len() - fixed };
    let hidden_wanted = components[fixed..].iter().any(|c| c.as_os_str().to_string_lossy().starts_with('.'));

    let here = base.as_os_str().is_empty();
    let root = if here { Path::new(".") } else { base.as_path() };
    let before = found.len();
    let mut any = false;
    if root.is_dir() {
        let walk = WalkDir::new(root).follow_links(true).min_depth(1).max_depth(depth).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || hidden_wanted || !is_hidden(e)) {
            match entry {
                Err(e) => {
                    let matched = e.path().is_some_and(|p| matches(&matcher, p, here));
                    // What lies on the way but is not asked for is nobody's concern.
                    if matched {
                        any = true;
                        found.push(Found::Problem(walk_problem(&e)));
                    }
                }
                Ok(entry) if matches(&matcher, entry.path(), here) => {
                    any = true;
                    if !entry.file_type().is_dir() {
                        found.push(Found::File(without_dot(entry.path(), here).to_owned()));
                    } else if !pattern.contains("**") {
                        folder(entry.path(), options, found);
                    }
                }
                Ok(_) => {}
            }
        }
    }
    if !any {
        found.truncate(before);
        return Err(Error::new(ErrorKind::NotFound, format!("no file matches `{pattern}`")));
    }
    Ok(())
}

fn matches(matcher: &GlobMatcher, path: &Path, here: bool) -> bool {
    matcher.is_match(without_dot(path, here))
}

fn without_dot(path: &Path, here: bool) -> &Path {
    if here { path.strip_prefix(".").unwrap_or(path) } else { path }
}
