//! A part of a file as a byte source: the samples behind a mended header, or a stream behind a tag or rubbish.
//! Not a reader of any format.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes `start..start + len` of a file, which is opened anew so that sections do not share a position.
// Invariant: pos <= len.
#[derive(Debug)]
pub(super) struct Section {
    file: File,
    start: u64,
    len: u64,
    pos: u64,
    is_seekable: bool,
}

impl Section {
    /// The part of `file` from `start` on, `len` bytes or up to the end of the file.
    pub(super) fn new(mut file: File, start: u64, len: u64) -> io::Result<Self> {
        let file_len = file.metadata()?.len();
        let len = len.min(file_len.saturating_sub(start));
        file.seek(SeekFrom::Start(start))?;
        Ok(Self { file, start, len, pos: 0, is_seekable: true })
    }

    /// The same, for a reader that must not look ahead to the end.
    pub(super) fn forward_only(mut self) -> Self {
        self.is_seekable = false;
        self
    }

    /// May a reader jump about in it?
    pub(super) fn may_seek(&self) -> bool {
        self.is_seekable
    }

    /// Length in bytes.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Fills `buffer` as far as there are bytes; gives how many.
    pub(super) fn read_full(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len - self.pos).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let n = self.file.read(&mut buffer[..wanted])?;
        self.pos += n as u64;
        Ok(n)
    }
}

impl Seek for Section {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(delta) => self.len.checked_add_signed(delta),
            SeekFrom::Current(delta) => self.pos.checked_add_signed(delta),
        };
        // A position behind the end is put at the end: there is nothing to read there either way.
        let target = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?.min(self.len);
        self.file.seek(SeekFrom::Start(self.start + target))?;
        self.pos = target;
        Ok(target)
    }
}
