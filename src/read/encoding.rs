//! Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, legacy encodings; and what is no text at all.
//!
//! Names and decoders are those of the WHATWG Encoding standard (`encoding_rs`); legacy encodings are told apart
//! by `chardetng`, the detector of Firefox.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

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
pub(super) fn decode(
    bytes: &[u8],
    forced: Forced,
    declared: Option<&str>,
) -> std::result::Result<Decoded, &'static str> {
    if let Some(encoding) = forced {
        return Ok(with(bytes, encoding));
    }
    if let Some(text) = utf32(bytes) {
        return Ok(text);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(with(bytes, encoding));
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(what);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(encoding) = utf16_without_mark(sample) {
        return Ok(with(bytes, encoding));
    }
    if looks_binary(sample) {
        return Err("binary");
    }
    if std::str::from_utf8(bytes).is_ok() || mostly_utf8(bytes) {
        return Ok(with(bytes, UTF_8));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(with(bytes, detector.guess(None, chardetng::Utf8Detection::Deny)))
}

/// Decodes with one encoding, without its byte order mark, and finds the first bad byte.
fn with(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let skipped = match Encoding::for_bom(bytes) {
        Some((of_mark, length)) if of_mark == encoding => length,
        _ => 0,
    };
    let body = &bytes[skipped..];
    let (text, replaced) = encoding.decode_without_bom_handling(body);
    let first_bad = if replaced { first_bad(body, encoding).map(|at| at + skipped) } else { None };
    Decoded { text: text.into_owned(), encoding: encoding.name().to_owned(), confidence: 1.0, first_bad }
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
    fn binary_is_told() {
        assert_eq!(decode(b"%PDF-1.7 ...", None, None), Err("a PDF document"));
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, None, None), Err("binary"));
        assert_eq!(decode(&[0; 100], None, None), Err("binary"));
    }
}
