//! The folder of a saved corpus, for its one writer: files appear whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::manifest::{self, Entry, Found, Manifest};
use crate::error::{Error, ErrorKind, Result};

/// Held, as a lock, by the writer; it stays when the writer is gone, for no writer can tell whether another one waits.
const LOCK: &str = ".lock";

/// What the names of files begin with while they are written.
const DRAFT: &str = ".new-";

/// A folder that nobody else writes to while this lives.
pub(super) struct Folder<'p> {
    path: &'p Path,
    /// Unlocked when it is closed, also by the end of the process, whatever ends it.
    _lock: File,
    /// The corpus that is there.
    old: Option<Manifest>,
}

impl<'p> Folder<'p> {
    /// Makes the folder if it is not there, and locks it.
    pub(super) fn open(path: &'p Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(|e| failed(path, &e))?;
        // Before the lock is written: nothing is to be left in a folder of something else.
        check(path)?;
        let lock = File::options().create(true).truncate(false).write(true).open(path.join(LOCK));
        let lock = lock.map_err(|e| failed(path, &e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let message = format!(
                    "`{}` is being written by another save; wait until that is done, or save to another folder",
                    path.display()
                );
                return Err(Error::new(ErrorKind::Storage, message));
            }
            // Some network file systems have no locks. Each file and the manifest still appear whole.
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(failed(path, &e)),
        }
        // What was there before the lock may be gone.
        let old = check(path)?;
        Ok(Folder { path, _lock: lock, old })
    }

    /// Begins a file.
    pub(super) fn draft(&self, part: &str) -> Result<Draft> {
        // Where there are no locks, the number of the process keeps two writers apart.
        let path = self.path.join(format!("{DRAFT}{}-{part}", std::process::id()));
        let file = File::create(&path).map_err(|e| failed(&path, &e))?;
        Ok(Draft { path, hasher: Sha256::new(), bytes: 0, file: Some(BufWriter::new(file)) })
    }

    /// Makes `drafts` the corpus of the folder, under `manifest`, which names them.
    pub(super) fn commit(mut self, manifest: Manifest, drafts: Vec<Draft>) -> Result<()> {
        let moved = self.replace(&manifest, drafts);
        if moved.is_ok() {
            self.old = Some(manifest);
        }
        if let Some(current) = &self.old {
            self.sweep(current);
        }
        moved
    }

    fn replace(&self, manifest: &Manifest, drafts: Vec<Draft>) -> Result<()> {
        for (draft, entry) in drafts.into_iter().zip(&manifest.files) {
            draft.rename(&self.path.join(&entry.file))?;
        }
        self.sync();
        let mut draft = self.draft("manifest")?;
        draft.write_all(manifest.text()?.as_bytes()).map_err(|e| failed(&draft.path, &e))?;
        draft.finish()?;
        draft.rename(&self.path.join(manifest::NAME))?;
        self.sync();
        Ok(())
    }

    /// Removes what the manifest does not name: files of the corpus before, and of writers that did not come to their
    /// end.
    fn sweep(&self, current: &Manifest) {
        let Ok(entries) = fs::read_dir(self.path) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let named = current.files.iter().any(|e| e.file == name);
            if name.starts_with(DRAFT) || manifest::is_file_name(name) && !named {
                // Whatever cannot be removed now (Windows keeps files that are open) is removed by the next save.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Makes names last. Not every system can; contents and order of writing are then what protects.
    fn sync(&self) {
        if let Ok(folder) = File::open(self.path) {
            let _ = folder.sync_all();
        }
    }
}

/// The corpus that `path` holds, if any; an error if what it holds is to be left alone.
fn check(path: &Path) -> Result<Option<Manifest>> {
    match manifest::find(path).map_err(|e| failed(path, &e))? {
        Found::Manifest(manifest) => Ok(Some(manifest)),
        Found::Damaged(_) => Ok(None),
        Found::Newer(version) => {
            let message = format!(
                "`{}` holds a corpus in version {version} of the format, and this program writes version {}: update \
                 reportedly, or save to another folder",
                path.display(),
                manifest::VERSION
            );
            Err(Error::new(ErrorKind::Format, message))
        }
        Found::Other(_) => Err(occupied(path, manifest::NAME)),
        Found::Nothing => {
            for entry in fs::read_dir(path).map_err(|e| failed(path, &e))? {
                let name = entry.map_err(|e| failed(path, &e))?.file_name();
                let name = name.to_string_lossy();
                let own = name == LOCK || name.starts_with(DRAFT) || manifest::is_file_name(&name);
                if !own {
                    return Err(occupied(path, &name));
                }
            }
            Ok(None)
        }
    }
}

fn occupied(path: &Path, name: &str) -> Error {
    let message = format!(
        "`{}` holds something else than a saved corpus (`{name}`): save to a new or empty folder",
        path.display()
    );
    Error::new(ErrorKind::Storage, message)
}

/// What the system said when `path` was written.
pub(super) fn failed(path: &Path, error: &dyn std::fmt::Display) -> Error {
    let message = format!("`{}` could not be written: {error}", path.display());
    Error::new(ErrorKind::Storage, message)
}

/// A file that is being written; removed if it is not finished and renamed.
pub(super) struct Draft {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    hasher: Sha256,
    bytes: u64,
}

impl Draft {
    /// Where it is written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Brings everything to the disk.
    pub(super) fn finish(&mut self) -> Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let synced = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|f| f.sync_all());
        synced.map_err(|e| failed(&self.path, &e))
    }

    /// What the manifest says of it.
    pub(super) fn entry(&self, part: &str, rows: u64) -> Entry {
        let sha256 = hexadecimal(&self.hasher.clone().finalize());
        let file = manifest::file_name(part, &sha256);
        Entry { part: part.to_owned(), file, rows, bytes: self.bytes, sha256 }
    }

    fn rename(mut self, to: &Path) -> Result<()> {
        fs::rename(&self.path, to).map_err(|e| failed(to, &e))?;
        self.path.clear();
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(file) = &mut self.file else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let written = file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.file = None;
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Bytes as digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
