//! What compressed buffers claim to unpack to. Arrow's readers make room for that before they unpack anything, and a
//! damaged file may ask for exabytes, which ends the process.

use std::io::{self, Read, Seek, SeekFrom};

use arrow_ipc::{Block, Message, root_as_message};

use super::super::ReadOptions;
use super::super::input::Random;

/// Before each compressed buffer stands in so many bytes what it unpacks to; -1 if it is not compressed after all.
const PREFIX: usize = 8;
/// What a message begins with; its length follows.
const MARK: [u8; 4] = [0xFF; 4];

/// What may be unpacked at once.
#[derive(Clone, Copy)]
pub(super) struct Budget {
    ratio: u64,
    most: u64,
}

impl Budget {
    pub(super) fn new(options: &ReadOptions) -> Self {
        Budget { ratio: options.max_ratio, most: options.max_file_bytes }
    }

    /// Adds up what the buffers of one message unpack to: the length of each, and what it claims.
    fn check(self, buffers: impl IntoIterator<Item = (u64, u64)>) -> Result<(), String> {
        /// As for other compressed streams: so little may be packed as well as it likes.
        const HARMLESS: u64 = 16 << 20;
        let mut sum = 0u64;
        for (length, claimed) in buffers {
            sum = sum.saturating_add(claimed);
            if sum > self.most || claimed > HARMLESS && claimed / length.max(1) > self.ratio {
                return Err(format!("a buffer of {length} bytes claims to unpack to {claimed}"));
            }
        }
        Ok(())
    }

    /// Checks the blocks of a file, all of which lie in it.
    pub(super) fn check_file<'b>(
        self,
        random: &mut Random,
        blocks: impl Iterator<Item = &'b Block>,
    ) -> Result<(), String> {
        let io = |e: io::Error| e.to_string();
        for block in blocks {
            let (offset, length) =
                (block.offset().unsigned_abs(), u64::from(block.metaDataLength().unsigned_abs()));
            let mut header = Vec::new();
            random.seek(SeekFrom::Start(offset)).map_err(io)?;
            random.take(length).read_to_end(&mut header).map_err(io)?;
            let skipped = if header.starts_with(&MARK) { 2 * MARK.len() } else { MARK.len() };
            let message =
                root_as_message(header.get(skipped..).unwrap_or_default()).map_err(|e| e.to_string())?;
            let mut claims = Vec::new();
            for (place, size) in packed(&message) {
                let mut prefix = [0; PREFIX];
                let start = offset.saturating_add(length).saturating_add(place);
                random.seek(SeekFrom::Start(start)).map_err(io)?;
                random.read_exact(&mut prefix).map_err(io)?;
                claims.push((size, claim(prefix)));
            }
            self.check(claims)?;
        }
        Ok(())
    }
}

/// Place in the body and length of each buffer that is compressed.
fn packed(message: &Message<'_>) -> Vec<(u64, u64)> {
    let dictionary = || message.header_as_dictionary_batch()?.data();
    let batch = message.header_as_record_batch().or_else(dictionary);
    let Some(batch) = batch.filter(|b| b.compression().is_some()) else { return Vec::new() };
    let buffers = batch.buffers().into_iter().flatten();
    let places =
        buffers.filter_map(|b| Some((u64::try_from(b.offset()).ok()?, u64::try_from(b.length()).ok()?)));
    places.filter(|(_, length)| *length >= PREFIX as u64).collect()
}

/// What a prefix claims; negative numbers make no room.
fn claim(prefix: [u8; PREFIX]) -> u64 {
    i64::from_le_bytes(prefix).try_into().unwrap_or(0)
}

/// An Arrow stream that hands out one message after the other, each when it was checked.
pub(super) struct Messages<R> {
    stream: R,
    budget: Budget,
    message: io::Cursor<Vec<u8>>,
}

impl<R: Read> Messages<R> {
    pub(super) fn new(stream: R, budget: Budget) -> Self {
        Messages { stream, budget, message: io::Cursor::default() }
    }

    /// Reads so many bytes of the stream behind `message`; whether they were there.
    fn take(&mut self, bytes: u64, message: &mut Vec<u8>) -> io::Result<bool> {
        Ok((&mut self.stream).take(bytes).read_to_end(message)? as u64 == bytes)
    }

    /// The next message as it stands there, as far as it is there: the reader says what is missing.
    fn next(&mut self) -> io::Result<Vec<u8>> {
        let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
        let mut all = Vec::new();
        if !self.take(MARK.len() as u64, &mut all)?
            || all == MARK && !self.take(MARK.len() as u64, &mut all)?
        {
            return Ok(all);
        }
        let start = all.len();
        let length = all.last_chunk().map_or(0, |bytes| i32::from_le_bytes(*bytes));
        if length <= 0 || !self.take(u64::from(length.unsigned_abs()), &mut all)? {
            return Ok(all);
        }
        let message = root_as_message(&all[start..]).map_err(|e| wrong(e.to_string()))?;
        let (buffers, length) = (packed(&message), message.bodyLength().try_into().unwrap_or(0));
        if length > self.budget.most {
            return Err(wrong(format!("a message of it has {length} bytes")));
        }
        let start = all.len();
        self.take(length, &mut all)?;
        let prefix = |place: u64| all[start..].get(usize::try_from(place).ok()?..)?.first_chunk().copied();
        let claims = buffers.into_iter().filter_map(|(place, size)| Some((size, claim(prefix(place)?))));
        self.budget.check(claims).map_err(wrong)?;
        Ok(all)
    }
}

impl<R: Read> Read for Messages<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.message.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        self.message = io::Cursor::new(self.next()?);
        self.message.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use arrow_ipc::CompressionType;
    use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};

    use crate::read::{ReadOptions, bytes};

    /// A table of two articles, as file and as stream.
    fn written(compression: CompressionType) -> [Vec<u8>; 2] {
        let options = IpcWriteOptions::default().try_with_compression(Some(compression)).unwrap();
        // Long enough to be packed.
        let text: ArrayRef =
            Arc::new(StringArray::from(vec!["Seoul said no. ".repeat(20), "Moscow ".repeat(40)]));
        let batch = RecordBatch::try_from_iter([("text", text)]).unwrap();
        let (mut file, mut stream) = (Vec::new(), Vec::new());
        let mut writer =
            FileWriter::try_new_with_options(&mut file, &batch.schema(), options.clone()).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        drop(writer);
        let mut writer = StreamWriter::try_new_with_options(&mut stream, &batch.schema(), options).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        drop(writer);
        [file, stream]
    }

    #[test]
    fn packed_tables_are_read() {
        for table in [CompressionType::LZ4_FRAME, CompressionType::ZSTD].map(written).iter().flatten() {
            let (articles, problems) = bytes("a.arrow", table, &ReadOptions::default()).unwrap();
            assert_eq!((articles.len(), problems.len()), (2, 0), "{problems:?}");
        }
    }

    /// Sizes that no machine has, at every place where a size might stand: the allocator would end the process.
    #[test]
    fn exabytes_are_no_reason_to_die() {
        for table in [CompressionType::LZ4_FRAME, CompressionType::ZSTD].map(written).iter().flatten() {
            let mut refused = 0;
            for size in [i64::MAX, 1 << 61, 1 << 45, (1 << 31) + 7] {
                for at in 0..table.len() - 8 {
                    let mut changed = table.clone();
                    changed[at..at + 8].copy_from_slice(&size.to_le_bytes());
                    let (_, problems) = bytes("a.arrow", &changed, &ReadOptions::default()).unwrap();
                    refused +=
                        usize::from(problems.iter().any(|p| p.message.contains("claims to unpack to")));
                }
            }
            // Two buffers are packed.
            assert!(refused >= 8, "{refused}");
        }
    }
}
