//! How trained models are stored: sealed against damage, compressed, numbers as varints.
//!
//! A file is a magic of four bytes, the length of what follows the header, its FNV-1a checksum (8 bytes), and the
//! body, compressed with Zstandard. Damage and other versions are seen when it is opened; a file that is cut short, by
//! the compiler.

/// Bytes before the compressed body.
pub(crate) const HEADER: usize = 16;

/// Whether a file begins with its magic and has its full length. The checksum is left to tests, because it would slow
/// every build down.
pub(crate) const fn is_whole(file: &[u8], magic: [u8; 4]) -> bool {
    if file.len() <= HEADER {
        return false;
    }
    let same = file[0] == magic[0] && file[1] == magic[1] && file[2] == magic[2] && file[3] == magic[3];
    same && file.len() == HEADER + u32::from_le_bytes([file[4], file[5], file[6], file[7]]) as usize
}

/// The body of a file, if it is intact.
pub(crate) fn open(file: &[u8], magic: [u8; 4]) -> Option<Vec<u8>> {
    let (header, packed) = file.split_at_checked(HEADER)?;
    let sum = u64::from_le_bytes(header[8..16].try_into().ok()?);
    if header[..4] != magic || checksum(packed) != sum {
        return None;
    }
    zstd::decode_all(packed).ok()
}

/// The file that [`open`] reads.
#[cfg(any(test, feature = "train"))]
pub(crate) fn seal(body: &[u8], magic: [u8; 4]) -> Vec<u8> {
    /// The most that there is: it is done once.
    const LEVEL: i32 = 22;
    let packed = zstd::encode_all(body, LEVEL).unwrap_or_default();
    let mut out = magic.to_vec();
    out.extend((packed.len() as u32).to_le_bytes());
    out.extend(checksum(&packed).to_le_bytes());
    out.extend(packed);
    out
}

/// FNV-1a over all bytes.
fn checksum(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Appends a number, seven bits a byte, the lowest first.
#[cfg(any(test, feature = "train"))]
pub(crate) fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends sorted numbers as differences.
#[cfg(any(test, feature = "train"))]
pub(crate) fn push_sorted(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let mut last = 0;
    for number in numbers {
        push_number(out, number - last);
        last = number;
    }
}

/// Appends a name with its length.
#[cfg(any(test, feature = "train"))]
pub(crate) fn push_name(out: &mut Vec<u8>, name: &str) {
    push_number(out, name.len() as u32);
    out.extend(name.as_bytes());
}

/// Reads a body from front to end.
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader { bytes, at: 0 }
    }

    /// What [`push_number`] wrote.
    pub(crate) fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// What [`push_name`] wrote.
    pub(crate) fn name(&mut self) -> Option<&'b str> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    /// So many bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let bytes = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(bytes)
    }

    /// What is left.
    pub(crate) fn rest(&mut self) -> &'b [u8] {
        let rest = &self.bytes[self.at..];
        self.at = self.bytes.len();
        rest
    }

    /// So many numbers, written by [`push_sorted`].
    pub(crate) fn sorted(&mut self, count: u32) -> Option<Vec<u32>> {
        let mut last = 0u32;
        (0..count)
            .map(|_| {
                last = last.checked_add(self.number()?)?;
                Some(last)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_seen() {
        let magic = *b"TEST";
        let mut file = seal(b"some bytes", magic);
        assert!(is_whole(&file, magic) && !is_whole(&file, *b"ELSE") && !is_whole(&file[..20], magic));
        assert_eq!(open(&file, magic).as_deref(), Some(&b"some bytes"[..]));
        assert_eq!(open(&file, *b"ELSE"), None);
        assert_eq!(open(&file[..20], magic), None);
        assert_eq!(open(&[], magic), None);
        *file.last_mut().expect("not empty") ^= 1;
        assert_eq!(open(&file, magic), None);
    }

    #[test]
    fn numbers_and_names_survive() {
        let mut body = Vec::new();
        push_number(&mut body, 0);
        push_number(&mut body, u32::MAX);
        push_name(&mut body, "O");
        push_sorted(&mut body, [3, 3, 900].into_iter());
        let mut reader = Reader::new(&body);
        assert_eq!((reader.number(), reader.number(), reader.name()), (Some(0), Some(u32::MAX), Some("O")));
        assert_eq!(reader.sorted(3), Some(vec![3, 3, 900]));
        assert_eq!((reader.number(), reader.bytes(1), reader.bytes(usize::MAX)), (None, None, None));
    }
}
