use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

/// A folder with the given files; paths ending in `/` are folders.
fn tree(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::write(path, content).unwrap();
        }
    }
    dir
}

fn at(dir: &TempDir, name: &str) -> String {
    dir.path().join(name).to_string_lossy().into_owned()
}

fn read(inputs: &[String]) -> (Vec<RawArticle>, Vec<Problem>) {
    paths(inputs, &ReadOptions::default()).unwrap()
}

fn ids(articles: &[RawArticle]) -> Vec<&str> {
    articles.iter().map(|a| a.id.as_str()).collect()
}

fn kinds(problems: &[Problem]) -> Vec<(&str, &str)> {
    let name = |p: &str| Path::new(p).file_name().unwrap().to_str().unwrap().to_owned();
    problems.iter().map(|p| (p.kind.as_str(), &*name(&p.path).leak())).collect()
}

fn error(inputs: &[String]) -> (ErrorKind, String) {
    let e = paths(inputs, &ReadOptions::default()).unwrap_err();
    (e.kind(), e.to_string())
}

#[test]
fn a_folder_in_path_order_without_problems() {
    let dir = tree(&[
        ("b.txt", b"B."),
        ("a.md", b"# A"),
        ("c/d.TXT", b"D.\r\n"),
        (".hidden.txt", b"no"),
        (".git/x.txt", b"no"),
        ("e.txt/inside.text", b"I."),
    ]);
    let (articles, problems) = read(&[at(&dir, "")]);
    assert_eq!(ids(&articles), ["a", "b", "d", "inside"]);
    assert_eq!(problems, []);
    assert_eq!(articles[0].markup, Markup::Markdown);
    assert_eq!(articles[2].text, "D.\r\n");
    assert!(articles[2].path.as_ref().unwrap().ends_with("c/d.TXT"));
}

#[test]
fn not_recursive_if_so_wished() {
    let dir = tree(&[("b.txt", b"B."), ("c/d.txt", b"D.")]);
    let options = ReadOptions { recursive: false, ..ReadOptions::default() };
    assert_eq!(ids(&paths(&[at(&dir, "")], &options).unwrap().0), ["b"]);
}

#[test]
fn a_named_file_is_read_whatever_its_extension() {
    let dir = tree(&[("notes", b"N."), ("page.html", b"<p>P.</p>")]);
    let (articles, problems) = read(&[at(&dir, "page.html"), at(&dir, "notes")]);
    assert_eq!(ids(&articles), ["page", "notes"]);
    assert_eq!(problems, []);
}

#[test]
fn one_file_reached_twice_is_one_document() {
    let dir = tree(&[("a.txt", b"A."), ("b.txt", b"B.")]);
    let (articles, _) = read(&[at(&dir, "b.txt"), at(&dir, ""), at(&dir, "*.txt")]);
    assert_eq!(ids(&articles), ["b", "a"]);
}

#[test]
fn same_stems_get_their_folder() {
    let dir = tree(&[("x/a.txt", b"A."), ("y/a.txt", b"A."), ("y/b.txt", b"B.")]);
    assert_eq!(ids(&read(&[at(&dir, "")]).0), ["x/a", "y/a", "b"]);
}

#[test]
fn globs() {
    let dir = tree(&[("a1.txt", b"A."), ("a2.log", b"A."), ("s/a3.txt", b"A."), ("s/t/a4.txt", b"A.")]);
    assert_eq!(ids(&read(&[at(&dir, "*.txt")]).0), ["a1"]);
    assert_eq!(ids(&read(&[at(&dir, "a?.log")]).0), ["a2"]);
    assert_eq!(ids(&read(&[at(&dir, "*/*.txt")]).0), ["a3"]);
    assert_eq!(ids(&read(&[at(&dir, "**/*.txt")]).0), ["a1", "a3", "a4"]);
    assert_eq!(ids(&read(&[at(&dir, "{a1.txt,s}")]).0), ["a1", "a3", "a4"]);
    assert_eq!(error(&[at(&dir, "*.csv")]).0, ErrorKind::NotFound);
    assert_eq!(error(&[at(&dir, "nowhere/*.txt")]).0, ErrorKind::NotFound);
    assert_eq!(error(&[at(&dir, "[.txt")]).0, ErrorKind::Argument);
}

#[test]
fn a_file_named_like_a_glob_is_a_file() {
    let dir = tree(&[("what [1].txt", b"W.")]);
    assert_eq!(ids(&read(&[at(&dir, "what [1].txt")]).0), ["what [1]"]);
}

#[test]
fn what_is_missing_is_named() {
    let dir = tree(&[("a.txt", b"A.")]);
    let (kind, message) = error(&[at(&dir, "a.txt"), at(&dir, "b.txt")]);
    assert_eq!(kind, ErrorKind::NotFound);
    assert!(message.contains("b.txt"), "{message}");
    let (kind, message) = error(&["no-such-folder/".to_owned()]);
    assert_eq!(kind, ErrorKind::NotFound);
    assert!(message.contains("no-such-folder") && message.contains("relative to"), "{message}");
    assert_eq!(error(&[String::new()]).0, ErrorKind::NotFound);
    assert_eq!(error(&["nul\0byte".to_owned()]).0, ErrorKind::NotFound);
    assert_eq!(error(&[]).0, ErrorKind::Argument);
}

#[test]
fn a_folder_with_nothing_to_read() {
    let dir = tree(&[("empty/", b""), ("images/a.png", b"\x89PNG")]);
    let (kind, message) = error(&[at(&dir, "empty")]);
    assert_eq!(kind, ErrorKind::NoDocuments);
    assert!(message.contains("empty") && message.contains(".markdown"), "{message}");
    let (kind, message) = error(&[at(&dir, "images")]);
    assert_eq!(kind, ErrorKind::NoDocuments);
    assert!(message.contains("a.png"), "{message}");
}

#[test]
fn bad_files_are_problems_and_the_good_go_on() {
    let dir = tree(&[
        ("a.txt", b"Good."),
        ("binary.txt", b"\x00\x01\x02\x03\xFF\xFE\x00\x80binary"),
        ("big.txt", &[b'x'; 2000]),
        ("blank.txt", b" \r\n\t\xC2\xA0\n"),
        ("broken.txt", b"\xE2\x80\x9CNo,\xE2\x80\x9D he said, \xE2\x80\x9CI \xFF do not.\xE2\x80\x9D"),
        ("empty.txt", b""),
        ("folder.txt/", b""),
        ("image.jpg", b"\xFF\xD8\xFF"),
        ("z.txt", b"Good too."),
    ]);
    let options = ReadOptions { max_bytes: 1000, ..ReadOptions::default() };
    let (articles, problems) = paths(&[at(&dir, "")], &options).unwrap();
    assert_eq!(ids(&articles), ["a", "broken", "z"]);
    assert_eq!(
        kinds(&problems),
        [
            ("too_large", "big.txt"),
            ("binary", "binary.txt"),
            ("empty", "blank.txt"),
            ("encoding", "broken.txt"),
            ("empty", "empty.txt"),
            ("directory", "folder.txt"),
            ("format", "image.jpg"),
        ]
    );
    assert!(problems[3].message.contains("byte 24"), "{}", problems[3].message);
    assert!(problems.iter().all(|p| p.stage == "read"));
}

#[test]
fn bytes_and_text() {
    let options = ReadOptions::default();
    let (articles, problems) = bytes("x", b"caf\xE9 owners met.", &options).unwrap();
    let article = &articles[0];
    assert_eq!((article.id.as_str(), article.encoding.as_str()), ("x", "windows-1252"));
    assert_eq!(article.text, "café owners met.");
    assert_eq!(problems, []);
    let (articles, problems) = bytes("x", b"\x89PNG", &options).unwrap();
    assert_eq!((articles.len(), kinds(&problems)), (0, vec![("binary", "x")]));
    let wrong = ReadOptions { encoding: Some("klingon".to_owned()), ..options };
    assert_eq!(bytes("x", b"", &wrong).unwrap_err().kind(), ErrorKind::Argument);
    assert_eq!(text("x", "\u{feff}Hello").text, "Hello");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn links() {
        let dir = tree(&[("a.txt", b"A."), ("s/b.txt", b"B.")]);
        symlink(dir.path(), dir.path().join("s/up")).unwrap();
        symlink(dir.path().join("gone.txt"), dir.path().join("dangling.txt")).unwrap();
        symlink(dir.path().join("a.txt"), dir.path().join("z.txt")).unwrap();
        let (articles, problems) = read(&[at(&dir, "")]);
        assert_eq!(ids(&articles), ["a", "b"]);
        assert_eq!(kinds(&problems), [("link", "dangling.txt"), ("link", "up")]);
        let (kind, message) = error(&[at(&dir, "dangling.txt")]);
        assert_eq!(kind, ErrorKind::NotFound);
        assert!(message.contains("gone.txt"), "{message}");
    }

    #[test]
    fn unreadable_files_and_folders() {
        let dir = tree(&[("a.txt", b"A."), ("locked.txt", b"L."), ("locked/b.txt", b"B.")]);
        for name in ["locked.txt", "locked"] {
            fs::set_permissions(dir.path().join(name), fs::Permissions::from_mode(0o000)).unwrap();
        }
        // The superuser may read everything.
        if fs::read(dir.path().join("locked.txt")).is_err() {
            let (articles, problems) = read(&[at(&dir, "")]);
            assert_eq!(ids(&articles), ["a"]);
            assert_eq!(kinds(&problems), [("io", "locked"), ("io", "locked.txt")]);
        }
        fs::set_permissions(dir.path().join("locked"), fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn special_files_are_not_opened() {
        let dir = tree(&[("a.txt", b"A.")]);
        let _socket = UnixListener::bind(dir.path().join("socket.txt")).unwrap();
        let (articles, problems) = read(&[at(&dir, "")]);
        assert_eq!(ids(&articles), ["a"]);
        assert_eq!(kinds(&problems), [("io", "socket.txt")]);
    }
}
