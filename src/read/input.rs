//! Where bytes come from: files, memory, compressed streams.
//!
//! An [`Input`] is read once, from its start. It is looked at before ([`Input::head`]), unpacked if it is compressed,
//! and then handed to the reader of its format as a stream, as a whole, or with random access. What is unpacked is
//! bounded: a stream that swells beyond [`ReadOptions::max_ratio`] ends with an error that says so.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ReadOptions;
use super::article::too_deep;

/// So many bytes are looked at to tell one format from another.
const HEAD: usize = 1 << 16;

/// Bytes under a name.
pub(super) struct Input {
    /// The file as the user named it; `archive.zip/inner.txt` for what lies in an archive.
    pub(super) name: String,
    head: Vec<u8>,
    rest: Rest,
}

enum Rest {
    File(File),
    Bytes(Arc<[u8]>),
    Stream(Box<dyn Read + Send>),
}

/// What can be read at any place: Parquet and ZIP have their contents at the end.
pub(super) enum Random {
    File(File),
    Bytes(Cursor<Arc<[u8]>>),
}

impl Read for Random {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Random::File(file) => file.read(buffer),
            Random::Bytes(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Random {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Random::File(file) => file.seek(to),
            Random::Bytes(bytes) => bytes.seek(to),
        }
    }
}

impl Input {
    /// A file that is open, at its start.
    pub(super) fn file(name: impl Into<String>, mut file: File) -> io::Result<Self> {
        let head = take_head(&mut file)?;
        Ok(Input { name: name.into(), head, rest: Rest::File(file) })
    }

    /// Bytes at hand.
    pub(super) fn bytes(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let head = bytes[..bytes.len().min(HEAD)].to_vec();
        Input { name: name.into(), head, rest: Rest::Bytes(bytes) }
    }

    /// Anything else that can be read.
    pub(super) fn stream(name: impl Into<String>, mut stream: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut head = Vec::new();
        let failed = stream.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
        // What came before the end of a file that is cut off is still good.
        let stream = match failed {
            Some(e) if head.is_empty() => return Err(e),
            Some(e) => Box::new(Failed(Some(e))),
            None => stream,
        };
        Ok(Input { name: name.into(), head, rest: Rest::Stream(stream) })
    }

    /// The first bytes, at most 64 KiB.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether it is a file that is soon read as a whole, and becomes no larger by that.
    pub(super) fn is_small(&self) -> bool {
        const SMALL: u64 = 1 << 20;
        Packing::of(&self.head).is_none()
            && !self.head.starts_with(b"PK")
            && self.size().is_ok_and(|size| size.is_some_and(|size| size <= SMALL))
    }

    /// The input without its compression, if it has one; the name loses `.gz`, `.zst` or `.bz2`.
    pub(super) fn unpacked(self, options: &ReadOptions) -> io::Result<Self> {
        let mut input = self;
        for depth in 0.. {
            let Some(packing) = Packing::of(&input.head) else { break };
            if depth >= options.max_archives {
                let message =
                    format!("it is compressed more than {depth} times over; raise max_archives to read it");
                return Err(too_deep(message));
            }
            let name = packing.inner_name(&input.name);
            let packed = Count::new(input.reader()?);
            let (read, ratio) = (packed.read.clone(), options.max_ratio);
            let stream: Box<dyn Read + Send> = match packing {
                Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
                Packing::Zstd => Box::new(zstd::stream::read::Decoder::new(packed)?),
                Packing::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(packed)),
            };
            input = Input::stream(name, Box::new(Bounded { stream, packed: read, unpacked: 0, ratio }))?;
        }
        Ok(input)
    }

    /// The input from its start.
    pub(super) fn reader(self) -> io::Result<Box<dyn BufRead + Send>> {
        Ok(match self.rest {
            Rest::File(mut file) => {
                file.rewind()?;
                Box::new(BufReader::with_capacity(1 << 16, file))
            }
            Rest::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Rest::Stream(stream) => {
                Box::new(BufReader::with_capacity(1 << 16, Cursor::new(self.head).chain(stream)))
            }
        })
    }

    /// All of it, or `None` if that is more than `limit` bytes.
    pub(super) fn whole(self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        if self.size()?.is_some_and(|size| size > limit) {
            return Ok(None);
        }
        let mut content = Vec::new();
        // A file that grows while it is read must not escape the limit.
        self.reader()?.take(limit + 1).read_to_end(&mut content)?;
        Ok((content.len() as u64 <= limit).then_some(content))
    }

    /// All of it with random access; what is no file is taken into memory, up to `limit` bytes (`None` beyond).
    pub(super) fn random(self, limit: u64) -> io::Result<Option<Random>> {
        Ok(match self.rest {
            Rest::File(mut file) => {
                file.rewind()?;
                Some(Random::File(file))
            }
            Rest::Bytes(bytes) => Some(Random::Bytes(Cursor::new(bytes))),
            Rest::Stream(_) => self.whole(limit)?.map(|bytes| Random::Bytes(Cursor::new(bytes.into()))),
        })
    }

    /// Its size, where that is known.
    pub(super) fn size(&self) -> io::Result<Option<u64>> {
        Ok(match &self.rest {
            Rest::File(file) => Some(file.metadata()?.len()),
            Rest::Bytes(bytes) => Some(bytes.len() as u64),
            Rest::Stream(_) => None,
        })
    }
}

/// A stream that has failed before, and says so when it is read.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn take_head(stream: &mut (impl Read + ?Sized)) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    stream.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// How a stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zstd,
    Bzip2,
}

impl Packing {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Packing::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Some(Packing::Bzip2),
            _ => None,
        }
    }

    fn inner_name(self, name: &str) -> String {
        let endings: &[&str] = match self {
            Packing::Gzip => &[".gz", ".gzip"],
            Packing::Zstd => &[".zst", ".zstd"],
            Packing::Bzip2 => &[".bz2"],
        };
        let cut = endings.iter().find(|e| name.to_ascii_lowercase().ends_with(*e)).map_or(0, |e| e.len());
        name[..name.len() - cut].to_owned()
    }
}

/// Counts what is read of a compressed stream.
struct Count<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R> Count<R> {
    fn new(inner: R) -> Self {
        Count { inner, read: Arc::default() }
    }
}

impl<R: Read> Read for Count<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Stops a stream that unpacks to more than is believable.
struct Bounded {
    stream: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    ratio: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        /// Small streams of blanks may well be packed a thousandfold.
        const HARMLESS: u64 = 16 << 20;
        let n = self.stream.read(buffer)?;
        self.unpacked += n as u64;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        if self.unpacked > HARMLESS && self.unpacked / packed > self.ratio {
            let message = format!(
                "it unpacks to more than {} times its size; raise max_ratio if that is right",
                self.ratio
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(n)
    }
}
