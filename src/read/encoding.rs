//! Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, legacy encodings; and what is no text at all.
//!
//! Names and decoders are those of the WHATWG Encoding standard (`encoding_rs`); legacy encodings are told apart
//! by `chardetng`, the detector of Firefox, and the Latin ones among them by the language of their words.

use encoding_rs::{
    DecoderResult, Encoding, ISO_2022_JP, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252,
    WINDOWS_1254, WINDOWS_1257,
};

use super::ReadOptions;
use crate::error::{Error, ErrorKind, Result};

/// Decoded text.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: String,
    /// How sure that is, from 0 to 1.
    pub(super) confidence: f32,
    /// Offset of the first byte that the encoding does not allow.
    pub(super) first_bad: Option<usize>,
}

impl Decoded {
    /// Text of a format that prescribes its encoding.
    pub(super) fn stated(text: String) -> Self {
        Decoded { text, encoding: "UTF-8".to_owned(), confidence: 1.0, first_bad: None }
    }
}

/// The encoding that the user prescribes.
pub(super) type Forced = Option<&'static Encoding>;

/// How much of a file is looked at to tell text from other content.
const SAMPLE: usize = 1 << 16;

/// First bytes of formats that people keep beside text, and what to call them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"\x1F\x8B", "gzip-compressed"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xFD7zXZ", "xz-compressed"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7FELF", "a program"),
];

/// The encoding that the options prescribe.
pub(super) fn forced(options: &ReadOptions) -> Result<Forced> {
    let Some(label) = &options.encoding else { return Ok(None) };
    match Encoding::for_label(label.trim().as_bytes()) {
        Some(encoding) => Ok(Some(encoding)),
        None => Err(Error::new(
            ErrorKind::Argument,
            format!("unknown encoding `{label}`: use a WHATWG label such as utf-8, windows-1252, shift_jis"),
        )),
    }
}

/// Decodes, or says what else the bytes are.
///
/// In this order: what the user prescribes, a byte order mark, strict UTF-8, the NULs of UTF-16, what the format
/// declares if the bytes agree, and a guess by the statistics of languages.
pub(super) fn decode(
    bytes: &[u8],
    forced: Forced,
    declared: Option<&str>,
) -> std::result::Result<Decoded, &'static str> {
    if let Some(encoding) = forced {
        return Ok(with(bytes, encoding, 1.0));
    }
    if let Some(text) = utf32(bytes) {
        return Ok(text);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(with(bytes, encoding, 1.0));
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(what);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let wide = utf16_without_mark(sample);
    if wide.is_none() && looks_binary(sample) {
        return Err("binary");
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if wide.is_none() && std::str::from_utf8(bytes).is_ok() {
        // Seven-bit escapes are valid UTF-8, too.
        if bytes.contains(&0x1B) && is_iso_2022_jp(bytes, declared) {
            return Ok(with(bytes, ISO_2022_JP, 0.98));
        }
        return Ok(with(bytes, UTF_8, 1.0));
    }
    if let Some(encoding) = wide {
        return Ok(with(bytes, encoding, 0.99));
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8 && first_bad(bytes, e).is_none()) {
        return Ok(with(bytes, encoding, 0.97));
    }
    if mostly_utf8(bytes) {
        return Ok(with(bytes, UTF_8, 0.9));
    }
    let (encoding, confidence) = guess(bytes);
    Ok(with(bytes, encoding, confidence))
}

/// The encoding whose letters make most sense, and how sure that is.
fn guess(bytes: &[u8]) -> (&'static Encoding, f32) {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, chardetng::Utf8Detection::Deny);
    let encoding = of_language(bytes, guessed);
    // Few letters tell little.
    let telling = bytes.iter().filter(|b| **b >= 0x80).count();
    (encoding, if telling < 4 { 0.8 } else { 0.95 })
}

/// Latin letters with marks are few, and the words around them tell the language better than they do: English with
/// typographic marks may pass for Baltic, Hungarian for French. The encoding is changed if the language is sure and
/// not written in the guessed one.
fn of_language(bytes: &[u8], guessed: &'static Encoding) -> &'static Encoding {
    use whatlang::Lang;
    const LATIN: [&Encoding; 5] = [WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257, ISO_8859_2];
    /// More of it tells no more.
    const ENOUGH: usize = 4000;
    if !LATIN.contains(&guessed) {
        return guessed;
    }
    let (text, _) = guessed.decode_without_bom_handling(&bytes[..bytes.len().min(ENOUGH)]);
    let Some(language) = whatlang::detect(&text).filter(whatlang::Info::is_reliable) else { return guessed };
    let own = match language.lang() {
        Lang::Hun | Lang::Pol | Lang::Ces | Lang::Slk | Lang::Slv | Lang::Hrv | Lang::Ron => WINDOWS_1250,
        Lang::Lit | Lang::Lav | Lang::Est => WINDOWS_1257,
        Lang::Tur => WINDOWS_1254,
        Lang::Eng | Lang::Fra | Lang::Deu | Lang::Spa | Lang::Por | Lang::Ita | Lang::Nld => WINDOWS_1252,
        Lang::Swe | Lang::Dan | Lang::Nob | Lang::Fin | Lang::Cat => WINDOWS_1252,
        _ => return guessed,
    };
    let written = own == guessed || own == WINDOWS_1250 && guessed == ISO_8859_2;
    if written || first_bad(bytes, own).is_some() { guessed } else { own }
}

/// Japanese in escapes: only escapes that it has, and nothing that it does not allow.
fn is_iso_2022_jp(bytes: &[u8], declared: Option<&'static Encoding>) -> bool {
    let escapes = [&b"\x1B$B"[..], b"\x1B$@", b"\x1B(B", b"\x1B(J", b"\x1B(I"];
    let mut found = bytes.iter().enumerate().filter(|(_, b)| **b == 0x1B).map(|(i, _)| &bytes[i..]);
    let known = found.all(|rest| escapes.iter().any(|e| rest.starts_with(e)));
    let double = bytes.windows(3).any(|w| w == b"\x1B$B" || w == b"\x1B$@");
    (known && double || declared == Some(ISO_2022_JP)) && first_bad(bytes, ISO_2022_JP).is_none()
}

/// Decodes with one encoding, without its byte order mark, and finds the first bad byte.
fn with(bytes: &[u8], encoding: &'static Encoding, confidence: f32) -> Decoded {
    let skipped = skipped(bytes, encoding);
    let body = &bytes[skipped..];
    let (text, replaced) = encoding.decode_without_bom_handling(body);
    let first_bad = if replaced { first_bad(body, encoding).map(|at| at + skipped) } else { None };
    Decoded { text: text.into_owned(), encoding: encoding.name().to_owned(), confidence, first_bad }
}

/// Length of the encoding's own byte order mark.
fn skipped(bytes: &[u8], encoding: &'static Encoding) -> usize {
    match Encoding::for_bom(bytes) {
        Some((of_mark, length)) if of_mark == encoding => length,
        _ => 0,
    }
}

/// Where in `bytes` the characters begin that were decoded to the given byte offsets of the text; for offsets in
/// ascending order. `None` for an encoding that is not of the WHATWG standard.
pub(super) fn origins(bytes: &[u8], encoding: &str, offsets: &[usize]) -> Option<Vec<u64>> {
    let encoding = Encoding::for_label(encoding.as_bytes())?;
    let skipped = skipped(bytes, encoding);
    if encoding == UTF_8 && std::str::from_utf8(&bytes[skipped..]).is_ok() {
        return Some(offsets.iter().map(|o| (o + skipped) as u64).collect());
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // One byte never makes more than a few characters.
    let mut out = [0; 64];
    let mut found = Vec::with_capacity(offsets.len());
    let mut offsets = offsets.iter().copied().peekable();
    let (mut written, mut start) = (0, skipped);
    for at in skipped..=bytes.len() {
        while offsets.next_if(|o| *o <= written).is_some() {
            found.push(start as u64);
        }
        let last = at == bytes.len();
        let next = if last { &[][..] } else { &bytes[at..=at] };
        let (_, _, n, _) = decoder.decode_to_utf8(next, &mut out, last);
        written += n;
        if n > 0 {
            start = at + 1;
        }
    }
    found.extend(offsets.map(|_| bytes.len() as u64));
    Some(found)
}

fn first_bad(bytes: &[u8], encoding: &'static Encoding) -> Option<usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = String::with_capacity(1 << 12);
    let mut read = 0;
    loop {
        let (result, n) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut out, true);
        read += n;
        match result {
            DecoderResult::InputEmpty => return None,
            DecoderResult::OutputFull => out.clear(),
            DecoderResult::Malformed(bad, after) => {
                return Some(read.saturating_sub(usize::from(bad) + usize::from(after)));
            }
        }
    }
}

/// UTF-32 with a byte order mark: outside the WHATWG standard, but some exports write it.
fn utf32(bytes: &[u8]) -> Option<Decoded> {
    let (read, name): (fn([u8; 4]) -> u32, _) = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => (u32::from_le_bytes, "UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] => (u32::from_be_bytes, "UTF-32BE"),
        _ => return None,
    };
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut first_bad = (!bytes.len().is_multiple_of(4)).then_some(bytes.len() / 4 * 4);
    for (i, unit) in bytes.chunks_exact(4).enumerate().skip(1) {
        let c = char::from_u32(read([unit[0], unit[1], unit[2], unit[3]]));
        if c.is_none() {
            first_bad = Some(first_bad.map_or(i * 4, |b| b.min(i * 4)));
        }
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Some(Decoded { text, encoding: name.to_owned(), confidence: 1.0, first_bad })
}

/// UTF-16 shows in NULs that all stand on one side of the byte pairs, and decodes to ordinary characters.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let sample = &sample[..sample.len() / 2 * 2];
    let even = sample.iter().step_by(2).filter(|b| **b == 0).count();
    let odd = sample.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    let (encoding, most, least) = if odd > even { (UTF_16LE, odd, even) } else { (UTF_16BE, even, odd) };
    // Spaces and line ends alone make about one unit in eight, in any script that has them.
    if most == 0 || most * 40 < sample.len() || least * 20 > most {
        return None;
    }
    let (mut text, _) = encoding.decode_without_bom_handling(sample);
    // The sample may end inside a surrogate pair.
    if text.ends_with(char::REPLACEMENT_CHARACTER) {
        text.to_mut().pop();
    }
    let strange = |c| is_control(c) || matches!(c, '\u{80}'..='\u{9f}' | '\u{fffd}'..='\u{ffff}');
    (!text.contains(strange)).then_some(encoding)
}

fn looks_binary(sample: &[u8]) -> bool {
    let control = sample.iter().filter(|b| is_control(char::from(**b)) && **b < 0x80).count();
    // One stray control character does no harm; real binary content is a tenth or more.
    control > 1 && control * 50 > sample.len()
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\x1b' | '\u{80}'..='\u{9f}')
}

/// Damaged UTF-8 keeps many more good multi-byte sequences than bad ones; no legacy text looks like that.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * bad
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes, None, None).expect("text");
        assert_eq!(
            (decoded.encoding.as_str(), decoded.text.as_str(), decoded.first_bad),
            (encoding, text, None)
        );
    }

    fn utf16(text: &str, mark: bool, le: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if le { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn plain_utf8_stays() {
        check(b"", "UTF-8", "");
        check("Zelenskyy said “no” – 북한".as_bytes(), "UTF-8", "Zelenskyy said “no” – 북한");
        check(b"one\r\ntwo\rthree\n", "UTF-8", "one\r\ntwo\rthree\n");
        check(
            b"a stray \x00 in a long enough sentence that is clearly text, and goes on for a while.",
            "UTF-8",
            "a stray \0 in a long enough sentence that is clearly text, and goes on for a while.",
        );
    }

    #[test]
    fn byte_order_marks_go() {
        check("\u{feff}Seoul".as_bytes(), "UTF-8", "Seoul");
        check(&utf16("Seoul 🚀", true, true), "UTF-16LE", "Seoul 🚀");
        check(&utf16("Seoul 🚀", true, false), "UTF-16BE", "Seoul 🚀");
        check(b"\xFF\xFE\0\0S\0\0\0", "UTF-32LE", "S");
        check(b"\0\0\xFE\xFF\0\0\0S", "UTF-32BE", "S");
    }

    #[test]
    fn utf16_without_a_mark() {
        let english = "The ministry said on Friday that it knew nothing.\r\n";
        check(&utf16(english, false, true), "UTF-16LE", english);
        check(&utf16(english, false, false), "UTF-16BE", english);
        let russian = "Министерство заявило в пятницу, что ничего не знает.\n";
        check(&utf16(russian, false, true), "UTF-16LE", russian);
    }

    #[test]
    fn legacy_encodings() {
        check(b"The caf\xE9 owner said: \x93No.\x94", "windows-1252", "The café owner said: “No.”");
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1251.encode("Министерство заявило в пятницу, что ничего не знает.");
        check(&bytes, "windows-1251", "Министерство заявило в пятницу, что ничего не знает.");
    }

    #[test]
    fn damaged_utf8_is_still_utf8() {
        let mut bytes = "“Yes,” he said. “No,” she said.".as_bytes().to_vec();
        bytes.push(0xE2);
        let decoded = decode(&bytes, None, None).expect("text");
        assert_eq!((decoded.encoding.as_str(), decoded.first_bad), ("UTF-8", Some(bytes.len() - 1)));
        assert!(decoded.text.ends_with("she said.\u{fffd}"));
    }

    #[test]
    fn bad_bytes_of_a_forced_encoding_are_found() {
        let decoded = decode(b"ab\xFFcd", Some(UTF_8), None).expect("text");
        assert_eq!((decoded.text.as_str(), decoded.first_bad), ("ab\u{fffd}cd", Some(2)));
        let decoded = decode(b"\xEF\xBB\xBFab\xFFcd", None, None).expect("text");
        assert_eq!((decoded.text.as_str(), decoded.first_bad), ("ab\u{fffd}cd", Some(5)));
    }

    #[test]
    fn what_is_declared_counts_if_the_bytes_agree() {
        let of = |bytes: &[u8], label| decode(bytes, None, Some(label)).expect("text").encoding;
        assert_eq!(of(b"caf\xE9", "utf-8"), "windows-1252");
        assert_eq!(of("café".as_bytes(), "iso-8859-1"), "UTF-8");
        assert_eq!(of(b"na\xEFve and caf\xE9", "klingon"), "windows-1252");
        assert_eq!(of(b"\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251"), "windows-1251");
        assert_eq!(of(b"\xB1\xE6\xEA", "ISO-8859-2"), "ISO-8859-2");
        assert_eq!(of(b"\x1B$B$3$s\x1B(B", "iso-2022-jp"), "ISO-2022-JP");
    }

    #[test]
    fn escapes_of_a_terminal_are_not_japanese() {
        check(b"\x1B[1mbold\x1B[0m", "UTF-8", "\x1B[1mbold\x1B[0m");
        check(b"\x1B$B@/I\x5C\x1B(B said no", "ISO-2022-JP", "政府 said no");
    }

    #[test]
    fn characters_are_found_again_in_the_bytes() {
        let text = "No “café”. 政府は – да.";
        let offsets: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        for label in ["utf-8", "utf-16le", "utf-16be", "gb18030"] {
            let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
            let marks = if label.starts_with("utf") { &["", "\u{feff}"][..] } else { &[""] };
            for mark in marks {
                let all = format!("{mark}{text}");
                let bytes = match label {
                    "utf-16le" => utf16(&all, false, true),
                    "utf-16be" => utf16(&all, false, false),
                    _ => encoding.encode(&all).0.into_owned(),
                };
                let at = origins(&bytes, label, &offsets).expect("a known encoding");
                for (i, pair) in at.windows(2).enumerate() {
                    let c = &text[offsets[i]..offsets[i + 1]];
                    let (decoded, _) =
                        encoding.decode_without_bom_handling(&bytes[pair[0] as usize..pair[1] as usize]);
                    assert_eq!(decoded, c, "{label}");
                }
            }
        }
    }

    #[test]
    fn binary_is_told() {
        assert_eq!(decode(b"%PDF-1.7 ...", None, None), Err("a PDF document"));
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, None, None), Err("binary"));
        assert_eq!(decode(&[0; 100], None, None), Err("binary"));
    }
}
