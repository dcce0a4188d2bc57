//! In which language a text is, and which of its blocks are in another.
//!
//! Two tests. The share of frequent function words that English does not share with its neighbours: about one word in
//! six of English news, next to none of anything else; cheap, and enough for nearly every article. Where it fails,
//! trigrams and letters (the crate `whatlang`, after Cavnar and Trenkle 1994). A text of a few words gives no answer:
//! only what is surely another language is kept from being read as English.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::{Detector, Lang};

use super::words;
use crate::document::{Block, BlockKind, Document, Metadata};
use crate::error::Problem;

const TABLE: &str = include_str!("../../lexicon/languages.tsv");

const ENGLISH: &str = "en";

/// A code of ISO 639-3 to the code of ISO 639-1.
static CODES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| column(0));
/// A code of ISO 639-1 to the language's English name.
static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| column(1));

/// Each cell of a column with the cell after it.
fn column(column: usize) -> FxHashMap<&'static str, &'static str> {
    let pair = |row: &'static str| {
        let mut cells = row.split('\t').skip(column);
        Some((cells.next()?, cells.next()?))
    };
    crate::lexicon::rows(TABLE).filter_map(pair).collect()
}

/// Function words of English that are no words of German, Dutch, French, Spanish, Italian or Portuguese; in small
/// letters.
fn is_english(word: &[u8]) -> bool {
    match word.len() {
        2 => matches!(word, b"of" | b"to" | b"by" | b"it" | b"at" | b"be"),
        3 => matches!(
            word,
            b"the" | b"and" | b"for" | b"are" | b"has" | b"had" | b"its" | b"but" | b"not" | b"who"
        ),
        4 => matches!(
            word,
            b"that" | b"with" | b"from" | b"this" | b"were" | b"have" | b"been" | b"they" | b"said" | b"will"
        ),
        5 => matches!(word, b"which" | b"their" | b"would"),
        _ => false,
    }
}

/// Words, and those among them that are English; no more than it takes to have `enough` of the latter.
fn share<'a>(texts: impl Iterator<Item = &'a str>, enough: usize) -> (usize, usize) {
    const MOST: usize = 3000;
    let (mut all, mut known) = (0usize, 0usize);
    for word in texts.flat_map(words::split).take(MOST) {
        let word = words::bare(word);
        if word.is_empty() {
            continue;
        }
        all += 1;
        let mut small = [0; 5];
        if let Some(small) = small.get_mut(..word.len()) {
            small.copy_from_slice(word.as_bytes());
            small.make_ascii_lowercase();
            known += usize::from(is_english(small));
            if known >= enough {
                break;
            }
        }
    }
    (all, known)
}

/// The language by trigrams and letters, and how sure that is, from 0 to 1.
///
/// Neighbours such as Spanish and Portuguese make each other doubtful, though not that it is no English: so the
/// likeliest language is asked once more, against English alone.
fn by_letters<'a>(texts: impl Iterator<Item = &'a str>) -> Option<(&'static str, f64)> {
    /// Bytes that are looked at, and letters that there must be: fewer in scripts of few languages.
    const MOST: usize = 4000;
    const LETTERS: usize = 60;
    const SIGNS: usize = 16;
    let mut sample = String::new();
    for text in texts {
        let mut end = text.len().min(MOST - sample.len().min(MOST));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        sample.push_str(&text[..end]);
        sample.push('\n');
        if sample.len() >= MOST {
            break;
        }
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let signs = sample.chars().filter(|c| c.is_alphabetic() && !is_latin(*c)).count();
    // A name in its own script does not make an English text foreign.
    let scripted = signs >= SIGNS && signs * 2 > letters;
    if letters < LETTERS && !scripted {
        return None;
    }
    if !scripted && is_list(&sample) {
        return None;
    }
    let found = whatlang::detect(&sample)?;
    let code = CODES.get(found.lang().code()).copied()?;
    if found.is_reliable() || code == ENGLISH {
        return found.is_reliable().then(|| (code, found.confidence()));
    }
    let against = Detector::with_allowlist(vec![found.lang(), Lang::Eng]).detect(&sample)?;
    (against.lang() == found.lang() && against.is_reliable()).then(|| (code, found.confidence()))
}

/// Names, addresses and figures are of no language.
fn is_list(text: &str) -> bool {
    let (mut all, mut names) = (0, 0);
    for word in words::split(text).map(words::bare).filter(|w| !w.is_empty()) {
        all += 1;
        names += usize::from(
            word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || word.contains('@'),
        );
    }
    names * 2 > all
}

/// Latin letters, with those of Europe and Vietnam.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// What a text is surely written in.
fn of_text<'a>(texts: impl Iterator<Item = &'a str> + Clone, most: usize) -> Option<(&'static str, f64)> {
    // Enough, even if none of the other words is one of ours.
    let enough = (most.min(3000) / 10 + 1).max(2);
    let (all, known) = share(texts.clone(), enough);
    if known >= 2 && (known >= enough || known * 10 >= all) {
        return Some((ENGLISH, 1.0));
    }
    // Headlines and lists leave function words out, but not all of them.
    by_letters(texts).filter(|(code, _)| *code == ENGLISH || known * 16 <= all)
}

/// Sets the language of the document, and marks the blocks that are in another one than English.
///
/// A document that is not English as a whole keeps its blocks as they are: it yields no claims anyway. `most` is the
/// number of words, if it is known.
pub(super) fn mark(text: &str, blocks: &mut [Block], metadata: &mut Metadata, most: usize) {
    let whole = of_text(prose(text, blocks), most);
    let foreign: Vec<bool> =
        blocks.iter().map(|b| b.kind.is_prose() && is_foreign(b.span.of(text))).collect();
    let mut language = whole.map(|(code, _)| code);
    if foreign.contains(&true) {
        let of = |is: bool| blocks.iter().zip(&foreign).filter(move |(b, f)| b.kind.is_prose() && **f == is);
        let length = |is: bool| of(is).map(|(b, _)| b.span.len()).sum::<usize>();
        let rest = of_text(of(false).map(|(b, _)| b.span.of(text)), usize::MAX);
        let has_english = rest.is_some_and(|(code, _)| code == ENGLISH);
        if length(true) > length(false) {
            language = of_text(of(true).map(|(b, _)| b.span.of(text)), usize::MAX).map(|(code, _)| code);
        }
        if has_english || language.is_none_or(|l| l == ENGLISH) {
            // Short blocks between foreign ones are as foreign as they.
            for (block, foreign) in blocks.iter_mut().zip(&foreign) {
                if *foreign {
                    block.kind = BlockKind::Foreign;
                }
            }
        }
    }
    metadata.language = language.map(str::to_owned);
}

fn prose<'a>(text: &'a str, blocks: &'a [Block]) -> impl Iterator<Item = &'a str> + Clone {
    blocks.iter().filter(|b| b.kind.is_prose()).map(move |b| b.span.of(text))
}

/// Whether a block is long enough to tell, and surely not English.
fn is_foreign(block: &str) -> bool {
    const SHORTEST: usize = 30;
    if block.len() < SHORTEST {
        return false;
    }
    let (all, known) = share(std::iter::once(block), 2);
    known < 2
        && known * 16 <= all
        && by_letters(std::iter::once(block)).is_some_and(|(code, _)| code != ENGLISH)
}

/// What is to be known of a document's language: that it is not English, or not all of it.
pub(super) fn note(document: &Document) -> Option<Problem> {
    let text = document.text.as_str();
    let path = document.origin();
    let name = |code: &str| NAMES.get(code).copied().unwrap_or("another language").to_owned();
    let all = document.blocks.iter().filter(|b| b.kind.is_prose() || b.kind == BlockKind::Foreign).count();
    let foreign: Vec<&Block> = document.blocks.iter().filter(|b| b.kind == BlockKind::Foreign).collect();
    let (message, advice) = if let Some(first) = foreign.first() {
        let language =
            of_text(foreign.iter().map(|b| b.span.of(text)), usize::MAX).map(|(code, _)| name(code));
        let language = language.unwrap_or_else(|| "languages other than English".to_owned());
        let n = foreign.len();
        (
            format!(
                "`{path}` has {n} of {all} blocks in {language}, the first at byte {}: no claims are extracted from them",
                document.in_decoded(first.span).start()
            ),
            "translate these passages, and read the translation as a document of its own",
        )
    } else {
        let code = document.metadata.language.as_deref().filter(|code| *code != ENGLISH)?;
        let sure =
            of_text(prose(text, &document.blocks), usize::MAX).map_or(1.0, |(_, confidence)| confidence);
        (
            format!("`{path}` is in {} ({code}, confidence {sure:.2}): no claims are extracted", name(code)),
            "translate it into English and read the translation",
        )
    };
    Some(Problem::parse(document.origin(), "language", message, advice).at(document.row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<&'static str> {
        of_text(std::iter::once(text), usize::MAX).map(|(code, _)| code)
    }

    #[test]
    fn the_table_is_well_formed() {
        for language in whatlang::Lang::all() {
            let code = CODES.get(language.code()).expect("every language has a row");
            assert!(code.len() == 2 && NAMES.contains_key(code), "{code}");
        }
    }

    #[test]
    fn english_stays_english() {
        for text in [
            "",
            "No.",
            "Prime Minister Viktor Orbán",
            "Oscar de la Hoya, Juan Martín del Potro, Diego Maradona, Gabriel García Márquez",
            "Kim Jong Un, Choe Son Hui, Ri Chang Ho, No Kwang Chol, Pak Jong Chon",
            "“C’est la vie,” he said.",
            "김정은",
            "Москва",
            "Bayern München 2, Borussia Dortmund 1; Hertha BSC 0, Werder Bremen 0",
            "Seoul denies report",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(of("The government said on Friday that it knew nothing of the matter."), Some("en"));
    }

    #[test]
    fn languages() {
        for (text, code) in [
            (
                "Die Regierung hat am Freitag in Berlin erklärt, dass sie davon nichts weiß und nichts wissen will.",
                "de",
            ),
            ("Le gouvernement a déclaré vendredi à Paris que le ministre n'en savait rien du tout.", "fr"),
            (
                "El gobierno declaró el viernes en Madrid que no sabía nada de los soldados enviados al frente.",
                "es",
            ),
            (
                "Il governo ha dichiarato venerdì a Roma che non sapeva nulla dei soldati inviati al fronte.",
                "it",
            ),
            (
                "O governo declarou na sexta-feira em Lisboa que não sabia nada dos soldados enviados para a frente.",
                "pt",
            ),
            ("De regering heeft vrijdag in Den Haag verklaard dat zij niets van de soldaten afwist.", "nl"),
            ("Rząd oświadczył w piątek w Warszawie, że nic nie wie o żołnierzach wysłanych na front.", "pl"),
            (
                "Vláda v pátek v Praze prohlásila, že o vojácích vyslaných na frontu nic neví a nic vědět nechce.",
                "cs",
            ),
            (
                "Hükümet cuma günü Ankara'da yaptığı açıklamada cepheye gönderilen askerlerden haberi olmadığını söyledi.",
                "tr",
            ),
            (
                "Hallitus ilmoitti perjantaina Helsingissä, ettei se tiedä mitään rintamalle lähetetyistä sotilaista.",
                "fi",
            ),
            (
                "A kormány pénteken Budapesten közölte, hogy semmit sem tud a frontra küldött katonákról.",
                "hu",
            ),
            (
                "Guvernul a declarat vineri la București că nu știe nimic despre soldații trimiși pe front.",
                "ro",
            ),
            (
                "Chính phủ tuyên bố hôm thứ Sáu tại Hà Nội rằng họ không biết gì về những người lính được cử ra mặt trận.",
                "vi",
            ),
            (
                "Pemerintah menyatakan pada hari Jumat di Jakarta bahwa mereka tidak tahu apa-apa tentang tentara yang dikirim.",
                "id",
            ),
            (
                "Правительство заявило в пятницу в Москве, что ничего не знает о солдатах, отправленных на фронт.",
                "ru",
            ),
            (
                "Уряд заявив у п'ятницю в Києві, що нічого не знає про солдатів, яких відправили на фронт.",
                "uk",
            ),
            (
                "Η κυβέρνηση δήλωσε την Παρασκευή στην Αθήνα ότι δεν γνωρίζει τίποτα για τους στρατιώτες.",
                "el",
            ),
            ("أعلنت الحكومة يوم الجمعة أنها لا تعرف شيئا عن الجنود الذين أرسلوا إلى الجبهة.", "ar"),
            ("הממשלה הודיעה ביום שישי בירושלים כי אינה יודעת דבר על החיילים שנשלחו לחזית.", "he"),
            ("सरकार ने शुक्रवार को नई दिल्ली में कहा कि उसे मोर्चे पर भेजे गए सैनिकों के बारे में कुछ नहीं पता है।", "hi"),
            ("대한민국 정부는 금요일 서울에서 전선에 파견된 병사들에 대해 아는 바가 없다고 발표했다.", "ko"),
            ("政府は金曜日に東京で、前線に送られた兵士については何も知らないと発表した。", "ja"),
            ("政府星期五在北京宣布，对派往前线的士兵一无所知，也不打算进行调查。", "zh"),
        ] {
            assert_eq!(of(text), Some(code), "{text}");
        }
    }

    #[test]
    fn mixed_documents() {
        let english =
            "The government said on Friday that it knew nothing of the matter, and that it would ask.";
        let german = "Die Regierung hat am Freitag in Berlin erklärt, dass sie davon nichts weiß und nichts wissen will.";
        let read = |text: &str| crate::parse::parse(crate::read::text("t", text));
        let kinds = |text: &str| read(text).blocks.iter().map(|b| b.kind).collect::<Vec<_>>();
        let mixed = format!("{english}\n\n{german}\n\n{english}\n");
        assert_eq!(kinds(&mixed), [BlockKind::Paragraph, BlockKind::Foreign, BlockKind::Paragraph]);
        assert_eq!(read(&mixed).metadata.language.as_deref(), Some("en"));
        assert!(note(&read(&mixed)).is_some());
        let foreign = format!("{german}\n\n{german}\n");
        assert_eq!(kinds(&foreign), [BlockKind::Paragraph, BlockKind::Paragraph]);
        assert_eq!(read(&foreign).metadata.language.as_deref(), Some("de"));
        assert!(!read(&foreign).is_read());
        let told = note(&read(&foreign)).expect("a note");
        assert_eq!((told.severity, told.kind.as_str()), (crate::error::Severity::Information, "language"));
        assert!(told.message.contains("is in German (de"), "{}", told.message);
        assert!(note(&read(english)).is_none());
    }
}
