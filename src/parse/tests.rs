use super::*;
use crate::document::BlockKind::{
    Byline, Comment, Dateline, Deck, Heading, ListItem, Navigation, Notice, Paragraph, Quote, Teaser, Title,
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
        [(Dateline, 1), (Navigation, 1), (Dateline, 1), (Title, 1), (Deck, 1), (Paragraph, 15), (Teaser, 17)]
    );
    assert_eq!(document.published().unwrap().to_string(), "2024-10-26");
    let title = document.metadata.title.as_ref().unwrap();
    assert_eq!(title.value, "North Korean Troops Arrive To Support Russia Amid Ukraine Conflict");
    assert_eq!(title.span.unwrap().of(&document.text), title.value);
}

#[test]
fn seed_of_a_blog() {
    let document = seed("004_801dbc815b007bc0.txt");
    assert_eq!(runs(&document), [(Dateline, 1), (Title, 1), (Paragraph, 10), (Comment, 2), (Teaser, 2)]);
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

/// A page as a browser's "select all" gives it.
const PAGE: &str = "Skip to main content\nWorld\nAsia\nWar in Ukraine\nSubscribe\nSign In\n\n\
    First foreign soldiers seen at the front\nBy Jane Doe and John Roe\nReuters\nOctober 24, 2024 7:31 PM GMT+9 Updated 2 days ago\n\n\
    KYIV, Oct 24 (Reuters) - Military intelligence said on Thursday that the first units trained in Russia had been deployed.\n\
    \"We do not know how many,\" a spokesman said.\nAdvertisement \u{b7} Scroll to continue\n\
    The Kremlin dismissed the reports as \"fake news\".\nThe next steps would be:\n- More sanctions on banks\n- More help\n\
    Get the latest news with our newsletter. Sign up here.\nReporting by Jane Doe; Editing by John Roe\n\
    Read Next\nSome other story about an election elsewhere\nOctober 25, 2024\n";

#[test]
fn a_whole_page() {
    let document = parse(read::text("t", PAGE));
    assert_eq!(
        runs(&document),
        [
            (Navigation, 4),
            (Notice, 1),
            (Navigation, 1),
            (Title, 1),
            (Byline, 2),
            (Dateline, 2),
            (Paragraph, 2),
            (Notice, 1),
            (Paragraph, 2),
            (ListItem, 2),
            (Notice, 1),
            (Byline, 1),
            (Teaser, 3)
        ]
    );
    assert_eq!(document.published().unwrap().to_string(), "2024-10-24");
    let metadata = &document.metadata;
    assert_eq!(metadata.byline.as_ref().unwrap().value, "Jane Doe and John Roe");
    assert_eq!(metadata.outlet.as_ref().unwrap().value, "Reuters");
    assert_eq!(metadata.dateline.as_ref().unwrap().value, "KYIV");
}

#[test]
fn markdown_page() {
    let text = "# Troops sent to Russia - BBC News\n\n*What we know so far about the deployment*\n\n**By Jane Doe**\n*26 Oct 2024*\n\n\
                Troops have been sent, the ministry said on Friday.\n\n## What has been said?\n\n> \"It is very, very serious,\" said \
                the secretary.\n\nRelated Topics\n- Korea\n- Russia\n";
    let document = parse(read::text("t", text));
    assert_eq!(
        kinds_of(text),
        [Title, Deck, Byline, Dateline, Paragraph, Heading, Quote, Teaser, Teaser, Teaser]
    );
    assert_eq!(document.metadata.title.unwrap().value, "Troops sent to Russia");
    assert_eq!(document.metadata.outlet.unwrap().value, "BBC");
}

#[test]
fn hard_wrapped_text_with_prose_dates_has_none() {
    let text = "On October 29, 2023, the minister arrived in Moscow for talks that were\nexpected to last for several days, her \
                office said.\n\nShe had last been there on 3 May 2022, when the two sides signed a treaty\nthat has not been published.\n";
    let document = parse(read::text("t", text));
    assert_eq!(runs(&document), [(Paragraph, 2)]);
    assert_eq!(document.published(), None);
}

#[test]
fn a_chronicle_has_no_date_of_its_own() {
    let text = "How it came about\n\nOctober 8, 2024\nThe first units left their barracks, the agency said on Friday.\n\n\
                October 13, 2024\nMore units followed, and the ministry in the capital confirmed it.\n\n\
                October 20, 2024\nThe units arrived in the east of the country after a long journey.\n";
    assert_eq!(parse(read::text("t", text)).published(), None);
}

#[test]
fn a_first_line_that_is_a_sentence_is_no_title() {
    let text = "South Korea said on Friday: \"We know.\"\r\n\r\nBackground\r\n\r\nThe agency had said so earlier, according to two \
                lawmakers who were briefed on it.\r\n";
    assert_eq!(kinds_of(text), [Paragraph, Heading, Paragraph]);
}

#[test]
fn author_and_outlet_on_lines_of_their_own() {
    let text = "Troops 'could join fight in days'\n\n26 October 2024\n\nShare\nSave\n\nJane Doe\nBBC News, Seoul\n\nTroops could join the \
                fight within days, the country's president has warned.\n\nHe said they had been sent to Kursk.\n";
    let document = parse(read::text("t", text));
    assert_eq!(
        kinds_of(text),
        [Title, Dateline, Navigation, Navigation, Byline, Byline, Paragraph, Paragraph]
    );
    assert_eq!(document.metadata.byline.unwrap().value, "Jane Doe");
    assert_eq!(document.metadata.outlet.unwrap().value, "BBC");
}
