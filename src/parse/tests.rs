use super::*;
use crate::document::BlockKind::{
    Boilerplate, Byline, Dateline, Deck, Heading, ListItem, Paragraph, Quote, Title,
};
use crate::read;

/// The blocks of a text: kind and the first words.
fn kinds_of(text: &str) -> Vec<BlockKind> {
    parse(read::text("t", text)).blocks.iter().map(|b| b.kind).collect()
}

fn seed(name: &str) -> Document {
    let path = format!("{}/seeds/{name}", env!("CARGO_MANIFEST_DIR"));
    parse(read::text(name, std::fs::read_to_string(path).unwrap()))
}

/// Kinds in runs: `[(Paragraph, 1), (Heading, 1), ..]`.
fn runs(document: &Document) -> Vec<(BlockKind, usize)> {
    let mut runs: Vec<(BlockKind, usize)> = Vec::new();
    for block in &document.blocks {
        match runs.last_mut() {
            Some((kind, n)) if *kind == block.kind => *n += 1,
            _ => runs.push((block.kind, 1)),
        }
    }
    runs
}

#[test]
fn seed_with_headings_without_mark_up() {
    let document = seed("000_b3d991fe3ae594b6.txt");
    let (h, p) = (Heading, Paragraph);
    assert_eq!(
        runs(&document),
        [
            (p, 1),
            (h, 1),
            (p, 2),
            (h, 1),
            (p, 3),
            (h, 1),
            (p, 2),
            (h, 1),
            (p, 2),
            (h, 1),
            (p, 2),
            (h, 1),
            (p, 2),
            (h, 1),
            (p, 2)
        ]
    );
    assert_eq!(document.metadata, Metadata { language: Some("en".to_owned()), ..Metadata::default() });
}

#[test]
fn seed_of_paragraphs() {
    let document = seed("001_8b3bec7f91a5876d.txt");
    assert_eq!(runs(&document), [(Paragraph, 7)]);
    assert_eq!(document.published(), None);
}

#[test]
fn seed_with_markdown_headings() {
    let document = seed("002_275e3ed68c32802a.txt");
    let (h, p) = (Heading, Paragraph);
    assert_eq!(
        runs(&document),
        [
            (p, 2),
            (h, 1),
            (p, 2),
            (h, 1),
            (p, 1),
            (h, 1),
            (p, 1),
            (h, 1),
            (p, 1),
            (h, 1),
            (p, 1),
            (h, 1),
            (p, 2)
        ]
    );
    assert_eq!(document.blocks[2].span.of(&document.text), "Regional Stability Concerns");
}

#[test]
fn seed_with_page_furniture() {
    let document = seed("003_2ac6b3536899027c.txt");
    assert_eq!(
        runs(&document),
        [
            (Dateline, 1),
            (Boilerplate, 1),
            (Dateline, 1),
            (Title, 1),
            (Deck, 1),
            (Paragraph, 15),
            (Boilerplate, 17)
        ]
    );
    assert_eq!(document.published().unwrap().to_string(), "2024-10-26");
    let title = document.metadata.title.as_ref().unwrap();
    assert_eq!(title.value, "North Korean Troops Arrive To Support Russia Amid Ukraine Conflict");
    assert_eq!(title.span.unwrap().of(&document.text), title.value);
}

#[test]
fn seed_of_a_blog() {
    let document = seed("004_801dbc815b007bc0.txt");
    assert_eq!(runs(&document), [(Dateline, 1), (Title, 1), (Paragraph, 10), (Boilerplate, 4)]);
    assert_eq!(document.published().unwrap().to_string(), "2024-10-25");
}

#[test]
fn what_the_user_gives_wins() {
    let mut article = read::text(
        "t",
        "Some Title of a Page\n\n26 October 2024\n\nBy Jane Doe\n\nSeoul said on Friday that at least 3,000 soldiers had arrived there.",
    );
    article.title = Some("Mine".to_owned());
    article.published = Some(jiff::civil::date(2020, 1, 1));
    let document = parse(article);
    assert_eq!(
        document.metadata.title,
        Some(crate::document::Stated { value: "Mine".to_owned(), span: None })
    );
    assert_eq!(document.published(), Some(jiff::civil::date(2020, 1, 1)));
    assert_eq!(document.metadata.byline.unwrap().value, "Jane Doe");
    assert_eq!(
        document.blocks.iter().map(|b| b.kind).collect::<Vec<_>>(),
        [Title, Dateline, Byline, Paragraph]
    );
}

#[test]
fn agency_report() {
    let text = "Spy agency sees no sign of troops\r\n\r\nSEOUL, Oct. 25 (Yonhap) -- The spy agency said on Friday that it had \
                seen no sign of troops.\r\n\r\n- First, the border was quiet.\r\n- Second, so was the capital.\r\n\r\n> A quotation of \
                somebody.\r\n\r\nReporting by Jane Doe; Editing by John Roe\r\n";
    let document = parse(read::text("t", text));
    assert_eq!(kinds_of(text), [Title, Dateline, Paragraph, ListItem, ListItem, Quote, Byline]);
    assert_eq!(document.metadata.outlet.as_ref().unwrap().value, "Yonhap");
    assert_eq!(document.metadata.dateline.as_ref().unwrap().value, "SEOUL");
    assert_eq!(
        document.sentences[2].span.of(text),
        "The spy agency said on Friday that it had seen no sign of troops."
    );
}
