use std::time::Duration;

use cpu_time::ThreadTime;

use super::article::{Html, fragment, page};
use crate::read::ReadOptions;

fn read(source: &str) -> Html {
    let html = page(source, None, &ReadOptions::default());
    check_map(source, &html);
    html
}

/// Every run of the map must lie in the page, and where it is exact the page must have its very bytes.
fn check_map(source: &str, html: &Html) {
    let mut last = 0;
    for run in html.map.runs() {
        assert!(run.text.start() >= last, "runs are in order");
        last = run.text.end();
        let there = source.get(run.start as usize..run.end as usize).expect("a place in the page");
        if run.is_exact() {
            let here = run.text.of(&html.text);
            let same = here.split_whitespace().eq(there.split_whitespace());
            assert!(same, "{here:?} is not {there:?}");
        }
    }
    for block in &html.blocks {
        assert!(html.map.range(block.span).is_some(), "{:?}", block.span.of(&html.text));
    }
}

/// Debug builds are slower; what must hold is that the cost does not grow faster than the page.
fn soon(name: &str, source: &str) -> Html {
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
    let started = ThreadTime::now();
    let html = read(source);
    let fragment = fragment(source, &ReadOptions::default());
    check_map(source, &fragment);
    let took = started.elapsed();
    if std::env::var_os("TIMES").is_some() {
        eprintln!("{name:.20} {took:?}");
    }
    assert!(took < limit * 2, "{name}: {took:?}");
    html
}

const PROSE: &str =
    "South Korea's spy agency said on Friday that at least 1,000 additional soldiers have been sent. ";

#[test]
fn nothing_to_read() {
    for source in [
        "",
        " \n ",
        "<html></html>",
        "<!-- only a comment -->",
        "<script>var a = 1;</script>",
        "<!-- open",
        "<script>open",
    ] {
        let html = read(source);
        assert_eq!((html.text.as_str(), html.blocks.len()), ("", 0), "{source}");
    }
}

#[test]
fn text_only_is_kept() {
    assert_eq!(read("Only words here.").text, "Only words here.");
}

#[test]
fn elements_inside_of_elements_are_flattened() {
    for name in ["div", "b", "span", "table><tr><td", "ul><li", "blockquote", "svg", "custom-element"] {
        let deep = format!("<{name}>").repeat(100_000);
        let html = soon(name, &format!("<p>{PROSE}</p>{deep}<p>{PROSE}"));
        assert!(html.text.contains("spy agency"), "{name}");
    }
    let closed = format!("{}{PROSE}{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let html = soon("closed", &closed);
    assert!(html.flattened);
    assert_eq!(html.text, PROSE.trim());
}

#[test]
fn many_elements() {
    for unit in [
        "<p>",
        "<p>x",
        "<b>x",
        "<a href=x>x",
        "<i><b>x</i>",
        "<a><p>x",
        "<td>x",
        "<table>x",
        "<li>x",
        "<br>",
        "x<br><br>",
        "</p>",
        "<p></b>",
        "<h1>x",
        "<option>x",
        "<select>",
    ] {
        soon(unit, &unit.repeat(100_000));
    }
}

#[test]
fn more_elements_than_allowed() {
    let options = ReadOptions { max_nodes: 100, ..ReadOptions::default() };
    let source = format!("<p>{PROSE}</p>").repeat(1000);
    let html = page(&source, None, &options);
    assert!(html.cut.is_some_and(|at| at < 20_000));
    assert!(html.text.starts_with("South Korea"));
}

#[test]
fn large_pieces() {
    let long = "x".repeat(5_000_000);
    soon("no space", &format!("<p>{long}"));
    soon("attribute", &format!("<p class='{long}' id='{long}' data-x=\"{long}\">{PROSE}"));
    soon("tag", &format!("<{long}>"));
    soon("comment", &format!("<!--{long}"));
    soon("script", &format!("<script>{long}"));
    soon("title", &format!("<title>{long}</title><p>{PROSE}"));
    soon("style", &format!("<p style='{}'>{PROSE}", "display : ".repeat(100_000)));
}

#[test]
fn references_and_controls() {
    for unit in [
        "&amp;",
        "&nbsp;",
        "&#x41;",
        "&notanentity;",
        "&",
        "&amp",
        "&#",
        "&CounterClockwiseContourIntegral;",
        "\0",
        "\r\n",
        "\u{feff}",
        "<",
        "</",
        "<!",
        "]]>",
    ] {
        soon(unit, &format!("<p>{}", unit.repeat(200_000)));
        soon(unit, &format!("<p title='{}'>{PROSE}", unit.repeat(200_000)));
    }
}

#[test]
fn linked_data_that_is_hostile() {
    for data in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        format!("[{}", "[],".repeat(100_000)),
        "{\"@type\":\"NewsArticle\",".repeat(10_000),
    ] {
        soon("json", &format!("<script type='application/ld+json'>{data}</script><p>{PROSE}"));
    }
    let graph = "{\"@type\":\"Article\",\"author\":{\"@id\":\"x\"}},".repeat(20_000);
    soon(
        "graph",
        &format!("<script type='application/ld+json'>{{\"@graph\":[{graph}{{}}]}}</script><p>{PROSE}"),
    );
    let body = PROSE.repeat(10_000);
    let many = format!("<p>{PROSE}").repeat(20_000);
    soon(
        "body",
        &format!(
            "<script type='application/ld+json'>{{\"@type\":\"Article\",\"articleBody\":\"{body}\"}}</script>{many}"
        ),
    );
}

#[test]
fn places_of_references_and_line_ends() {
    let source = "<p>Caf&eacute; R&D &amp; \r\n  more&nbsp;&#8212; end&hellip;</p>";
    let html = read(source);
    assert_eq!(html.text, "Café R&D & more\u{a0}— end…");
    let at = html.text.find("more").expect("it is there");
    let range = html.map.range(crate::span::Span::new(at, at + 4)).expect("it has a place");
    assert_eq!(&source[range.start as usize..range.end as usize], "more");
}
