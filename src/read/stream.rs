//! Streams as readers of rows need them: in UTF-8, and with a bound on what one row may take.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use super::article::too_deep;
use super::encoding::{self, Forced};
use super::input::Input;

/// The encoding of a stream by its first bytes, and how sure that is; `None` for UTF-8, ASCII, and what is not clear.
pub(super) fn encoding(head: &[u8], forced: Forced) -> Option<(&'static Encoding, f32)> {
    // The sample may end inside a character.
    let decoded = encoding::decode(head, forced, None).ok()?;
    let encoding = Encoding::for_label(decoded.encoding.as_bytes())?;
    (encoding != UTF_8).then_some((encoding, decoded.confidence))
}

/// An input as a stream of UTF-8, given what [`encoding`] says of it.
pub(super) fn utf8(input: Input, encoding: Option<(&'static Encoding, f32)>) -> io::Result<Box<dyn BufRead>> {
    let reader = input.reader()?;
    Ok(match encoding {
        Some((encoding, _)) => Box::new(Transcoded::new(reader, encoding)),
        None => reader,
    })
}

/// Reads what a buffered stream has ready.
fn read_ready(stream: &mut impl BufRead, buffer: &mut [u8]) -> io::Result<usize> {
    let ready = stream.fill_buf()?;
    let n = ready.len().min(buffer.len());
    buffer[..n].copy_from_slice(&ready[..n]);
    stream.consume(n);
    Ok(n)
}

/// A stream of another encoding as UTF-8; what is malformed becomes U+FFFD, and `replaced` is set.
pub(super) struct Transcoded<R> {
    inner: R,
    decoder: Decoder,
    ready: Vec<u8>,
    from: usize,
    ended: bool,
    replaced: Arc<AtomicBool>,
}

impl<R: BufRead> Transcoded<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Transcoded {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            ready: Vec::new(),
            from: 0,
            ended: false,
            replaced: Arc::default(),
        }
    }

    /// Set when something was malformed.
    pub(super) fn replaced(&self) -> Arc<AtomicBool> {
        self.replaced.clone()
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_ready(self, buffer)
    }
}

impl<R: BufRead> BufRead for Transcoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.from == self.ready.len() && !self.ended {
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            self.ready.resize(1 << 16, 0);
            let (result, read, written, bad) = self.decoder.decode_to_utf8(input, &mut self.ready, last);
            self.ready.truncate(written);
            self.from = 0;
            self.inner.consume(read);
            self.ended = last && result == CoderResult::InputEmpty;
            if bad {
                self.replaced.store(true, Ordering::Relaxed);
            }
        }
        Ok(&self.ready[self.from..])
    }

    fn consume(&mut self, n: usize) {
        self.from += n;
    }
}

/// So much may be read until the next row begins.
#[derive(Clone)]
pub(super) struct Budget {
    left: Arc<AtomicU64>,
    all: u64,
}

impl Budget {
    pub(super) fn new(all: u64) -> Self {
        Budget { left: Arc::new(AtomicU64::new(all)), all }
    }

    /// A row is done.
    pub(super) fn renew(&self) {
        self.left.store(self.all, Ordering::Relaxed);
    }

    /// A stream that ends with an error when the budget is spent.
    pub(super) fn on<R: BufRead>(&self, inner: R) -> Budgeted<R> {
        Budgeted { inner, budget: self.clone() }
    }

    /// Whether it is spent.
    pub(super) fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }
}

/// See [`Budget::on`].
pub(super) struct Budgeted<R> {
    inner: R,
    budget: Budget,
}

impl<R: BufRead> Read for Budgeted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_ready(self, buffer)
    }
}

impl<R: BufRead> BufRead for Budgeted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.budget.is_spent() {
            let message = format!(
                "a single piece of it is larger than {} bytes; raise max_bytes to read it",
                self.budget.all
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        let left = self.budget.left.load(Ordering::Relaxed);
        self.budget.left.store(left.saturating_sub(n as u64), Ordering::Relaxed);
        self.inner.consume(n);
    }
}

/// How deep the arrays and objects of a JSON text lie in each other.
#[derive(Clone, Copy, Default)]
pub(super) struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// Where in the next `bytes` something lies deeper than `most`, if it does.
    pub(super) fn exceeds(&mut self, bytes: &[u8], most: usize) -> Option<usize> {
        for (i, byte) in bytes.iter().enumerate() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'[' | b'{' if self.depth >= most => return Some(i),
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        None
    }
}

/// A JSON text that ends with an error where it is nested deeper than allowed.
pub(super) struct Shallow<R> {
    inner: R,
    nesting: Nesting,
    most: usize,
    too_deep: bool,
}

impl<R> Shallow<R> {
    pub(super) fn new(inner: R, most: usize) -> Self {
        Shallow { inner, nesting: Nesting::default(), most, too_deep: false }
    }
}

impl<R: Read> Read for Shallow<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.too_deep {
            let message = format!("it is nested more than {} deep; raise max_depth to read it", self.most);
            return Err(too_deep(message));
        }
        let n = self.inner.read(buffer)?;
        let Some(end) = self.nesting.exceeds(&buffer[..n], self.most) else { return Ok(n) };
        // What stands before that place is still good.
        self.too_deep = true;
        if end == 0 { self.read(buffer) } else { Ok(end) }
    }
}

/// A line of a stream.
pub(super) enum Line {
    /// It is in the buffer.
    Whole,
    /// It was longer than allowed, by its length, and was passed over.
    TooLong(u64),
    /// There is none any more.
    End,
}

/// Reads a line, without its end, of at most `limit` bytes.
pub(super) fn line(stream: &mut dyn BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let mut length = 0u64;
    loop {
        let ready = match stream.fill_buf() {
            Ok(ready) => ready,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if ready.is_empty() && length == 0 {
            return Ok(Line::End);
        }
        let end = ready.iter().position(|b| *b == b'\n');
        let piece = &ready[..end.unwrap_or(ready.len())];
        length += piece.len() as u64;
        if length <= limit {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        let last = end.is_some() || ready.is_empty();
        // A blank line is a line, although it has no length.
        let blank = length == 0 && end.is_some();
        stream.consume(used);
        if last || blank {
            return Ok(if length <= limit { Line::Whole } else { Line::TooLong(length) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded() {
        let mut stream: &[u8] = b"one\n\nfar too long\r\nlast";
        let (mut buffer, mut seen) = (Vec::new(), Vec::new());
        loop {
            match line(&mut stream, 5, &mut buffer).unwrap() {
                Line::Whole => seen.push(String::from_utf8(buffer.clone()).unwrap()),
                Line::TooLong(n) => seen.push(format!("<{n}>")),
                Line::End => break,
            }
        }
        assert_eq!(seen, ["one", "", "<13>", "last"]);
    }

    #[test]
    fn transcoding() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Сеул сказал «нет».");
        let mut stream = Transcoded::new(&*bytes, encoding_rs::WINDOWS_1251);
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert_eq!(text, "Сеул сказал «нет».");
        let mut stream = Transcoded::new(&b"\xEF\xBB\xBFa\xFFb"[..], UTF_8);
        let replaced = stream.replaced();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert_eq!(text, "a\u{fffd}b");
        assert!(replaced.load(Ordering::Relaxed));
    }

    #[test]
    fn budgets() {
        let budget = Budget::new(10);
        let mut stream = budget.on(&b"0123456789abcdefghij"[..]);
        let mut four = [0; 4];
        for _ in 0..3 {
            budget.renew();
            stream.read_exact(&mut four).unwrap();
        }
        budget.renew();
        let mut text = String::new();
        assert!(stream.read_to_string(&mut text).is_ok());
        let mut stream = Budget::new(5).on(&b"0123456789"[..]);
        assert!(stream.read_to_string(&mut text).is_err());
    }

    #[test]
    fn nesting_at_below_and_above() {
        let deep = |text: &str, most| Nesting::default().exceeds(text.as_bytes(), most);
        for (text, depth) in [(r#"[{"a": [1]}]"#, 3), (r#"["[[[", "\"[", {}]"#, 2), ("[[]][[]]", 2), ("7", 0)]
        {
            assert_eq!(deep(text, depth + 1), None, "{text}");
            assert_eq!(deep(text, depth), None, "{text}");
            if depth > 0 {
                assert!(deep(text, depth - 1).is_some(), "{text}");
            }
        }
        let mut shallow = Shallow::new(&b"[1, [2, [3]]]"[..], 2);
        let mut text = String::new();
        assert_eq!(
            shallow.read_to_string(&mut text).unwrap_err().to_string(),
            "it is nested more than 2 deep; raise max_depth to read it"
        );
        assert_eq!(text, "[1, [2, ");
    }
}
