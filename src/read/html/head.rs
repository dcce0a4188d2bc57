//! What the first bytes of a file say: whether it is a web page, and in which character set.

use std::sync::LazyLock;

use regex::bytes::Regex;

/// How much of a page is looked at for its character set; the standard asks for 1,024 bytes, pages take more.
const SAMPLE: usize = 8 << 10;

/// Whether a file is a web page, by the element that it begins with. `called`: its name says so too.
pub(crate) fn is_page(head: &[u8], called: bool) -> bool {
    static BEGINNING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)^<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|base|noscript|header|main|article)(?:[\s/>]|$)")
            .expect("a fixed pattern")
    });
    static ANY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)</?(?:html|head|body|title|p|div|span|a|br|h[1-6]|ul|li|table|section|article|img)(?:\s|/?>)").expect("a fixed pattern")
    });
    let rest = first_element(head);
    BEGINNING.is_match(rest) || called && ANY.is_match(head)
}

/// What follows marks, white space, comments and declarations of XML.
fn first_element(head: &[u8]) -> &[u8] {
    let mut rest = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    loop {
        rest = rest.trim_ascii_start();
        let close: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?xml") {
            b"?>"
        } else {
            return rest;
        };
        // A comment that goes on beyond what is seen hides the rest.
        let Some(end) = rest.windows(close.len()).position(|w| w == close) else { return b"" };
        rest = &rest[end + close.len()..];
    }
}

/// The character set that a page declares: `<meta charset>`, `<meta http-equiv>`, or the declaration of XML.
pub(crate) fn declared_charset(head: &[u8]) -> Option<String> {
    static FORMS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        [
            r#"(?i-u)^\s*<\?xml[^>]*\sencoding\s*=\s*["']\s*([a-z0-9][a-z0-9_:.-]*)"#,
            r#"(?i-u)<meta\s[^>]*?charset\s*=\s*["']?\s*([a-z0-9][a-z0-9_:.-]*)"#,
        ]
        .map(|form| Regex::new(form).expect("a fixed pattern"))
    });
    let head = &head[..head.len().min(SAMPLE)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let label = FORMS.iter().find_map(|form| form.captures(head)?.get(1))?;
    let label = String::from_utf8_lossy(label.as_bytes()).to_ascii_lowercase();
    // A declaration that can be read byte by byte is not in UTF-16 (HTML standard, 13.2.3.2).
    Some(if label.starts_with("utf-16") { "utf-8".to_owned() } else { label })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_page() {
        for text in [
            "",
            "The <b>tag</b> stands in a text.",
            "<b>Seoul</b> said no.",
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            "<html-like words in a text",
            "# Title\n\nWrite <html> first.",
            "<!-- a comment that does not end",
        ] {
            assert!(!is_page(text.as_bytes(), false), "{text}");
        }
        assert!(!is_page(b"Plain words under a wrong name", true));
    }

    #[test]
    fn pages() {
        for text in [
            "<!DOCTYPE html><p>x",
            "\u{feff}  \n<!doctype HTML PUBLIC \"-//W3C//DTD\">",
            "<html lang=en>",
            "<!-- saved from -->\n<HTML>",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>",
            "<head><title>x</title>",
            "<meta charset=utf-8><p>x",
            "<body>",
        ] {
            assert!(is_page(text.as_bytes(), false), "{text}");
        }
        assert!(is_page(b"Words <p>and a paragraph", true));
    }

    #[test]
    fn charsets() {
        for (page, label) in [
            ("<p>charset=utf-8", None),
            ("<meta name=viewport content=x>", None),
            ("<meta charset=\"windows-1251\">", Some("windows-1251")),
            (
                "<head><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=Shift_JIS'>",
                Some("shift_jis"),
            ),
            ("<?xml version='1.0' encoding='ISO-8859-2'?><html>", Some("iso-8859-2")),
            ("<meta charset=utf-16>", Some("utf-8")),
        ] {
            assert_eq!(declared_charset(page.as_bytes()).as_deref(), label, "{page}");
        }
    }
}
