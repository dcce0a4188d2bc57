//! ZIP archives: each member goes the way of a file of its own.
//!
//! Nothing is ever written, so that names with `../` in them do no harm. What unpacks to more than is believable is
//! left out: `max_ratio` bounds each member and the archive as a whole, `max_file_bytes` each member.

use std::io::Read;
use std::ops::ControlFlow;

use zip::result::ZipError;
use zip::{ZipArchive, read::ZipFile};

use super::article::unreadable;
use super::encoding::Forced;
use super::input::{Input, Random};
use super::record::Out;
use super::{ReadOptions, format, records};
use crate::error::Problem;

/// So much may come out of any archive, however small it is.
const HARMLESS: u64 = 16 << 20;

/// The articles in the members of an archive, in the archive's order.
pub(super) fn members(
    name: &str,
    input: Input,
    options: &ReadOptions,
    forced: Forced,
    depth: usize,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    if depth >= options.max_archives {
        let message = format!("`{name}` was skipped: it is an archive inside of {depth} archives");
        let advice = "raise max_archives, or unpack the outer one first";
        return out(Err(Problem::read(name, "too_deep", message, advice)));
    }
    let size = input.size().ok().flatten();
    let archive = match input.random(options.max_file_bytes) {
        Ok(Some(random)) => ZipArchive::new(random),
        Ok(None) => {
            let limit = options.max_file_bytes;
            let message =
                format!("`{name}` was skipped: it unpacks to an archive of more than {limit} bytes");
            return out(Err(Problem::read(name, "too_large", message, "raise max_file_bytes to read it")));
        }
        Err(e) => {
            return out(Err(unreadable(name, &e)));
        }
    };
    let bad = |e: &dyn std::fmt::Display| {
        let message = format!("`{name}` could not be read: {e}");
        Problem::read(name, "format", message, "the archive is damaged or cut off: get it again")
    };
    let mut archive = match archive {
        Ok(archive) => archive,
        Err(e) => return out(Err(bad(&e))),
    };
    if archive.index_for_name("[Content_Types].xml").is_some() || archive.index_for_name("mimetype").is_some()
    {
        let message = format!("`{name}` was skipped: it is an Office document or an electronic book");
        return out(Err(Problem::read(name, "binary", message, "save it as text or HTML first")));
    }
    // Fifield (2019), "A better zip bomb": files that share their compressed data.
    match archive.has_overlapping_files() {
        Ok(false) => {}
        Ok(true) => return out(Err(bad(&"its members overlap, as those of zip bombs do"))),
        Err(e) => return out(Err(bad(&e))),
    }
    let mut left = size.unwrap_or(0).saturating_mul(options.max_ratio).max(HARMLESS);
    for index in 0..archive.len() {
        let (member, bytes) = match take(&mut archive, index, name, options, left) {
            Ok(None) => continue,
            Ok(Some(taken)) => taken,
            Err(problem) => {
                out(Err(*problem))?;
                continue;
            }
        };
        left = left.saturating_sub(bytes.len() as u64);
        let inner = Ok(Input::bytes(member.as_str(), bytes));
        records(&member, inner, options, forced, depth + 1, &mut |item| {
            out(item.map(|mut record| {
                record.member.get_or_insert_with(|| member.clone());
                record
            }))
        })?;
    }
    ControlFlow::Continue(())
}

/// The bytes of a member under its whole name; `None` for what is no file.
fn take(
    archive: &mut ZipArchive<Random>,
    index: usize,
    name: &str,
    options: &ReadOptions,
    left: u64,
) -> Result<Option<(String, Vec<u8>)>, Box<Problem>> {
    let known = archive.name_for_index(index).and_then(Result::ok).map(|n| n.into_owned());
    let member = format!("{name}/{}", known.unwrap_or_else(|| format!("member {index}")));
    let mut file: ZipFile<'_, Random> = archive.by_index(index).map_err(|e| {
        let (message, advice) = match &e {
            ZipError::UnsupportedArchive(what) if what.to_ascii_lowercase().contains("password") => {
                ("it is encrypted".to_owned(), "unpack it with its password first")
            }
            ZipError::CompressionMethodNotSupported(method) => {
                (format!("its compression (method {method}) is not known"), "pack it anew with deflate")
            }
            e => (e.to_string(), ""),
        };
        Box::new(Problem::read(&member, "format", format!("`{member}` was skipped: {message}"), advice))
    })?;
    let within = &member[name.len() + 1..];
    let hidden = within.split(['/', '\\']).any(|part| part.starts_with('.') && part != "." && part != "..");
    if !file.is_file() || within.starts_with("__MACOSX/") || hidden {
        return Ok(None);
    }
    if !format::is_known(&member) {
        let message = format!("`{member}` was passed over: its extension is of no format that is read");
        return Err(Box::new(Problem::read(
            &member,
            "format",
            message,
            "unpack it and name it to read it as text",
        )));
    }
    let believable = file.compressed_size().saturating_mul(options.max_ratio).max(HARMLESS);
    let limit = options.max_file_bytes.min(believable).min(left);
    let mut bytes = Vec::new();
    let read = file.by_ref().take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        let message = format!("`{member}` was skipped: it unpacks to more than {limit} bytes");
        let advice = "raise max_ratio or max_file_bytes if that is right";
        return Err(Box::new(Problem::read(&member, "too_large", message, advice)));
    }
    read.map_err(|e| {
        let message = format!("`{member}` could not be read: {e}");
        Box::new(Problem::read(&member, "format", message, ""))
    })?;
    Ok(Some((member, bytes)))
}
