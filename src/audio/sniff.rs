//! What a file is, told from its first bytes and never from its name. Not a reader: headers are read elsewhere.

use std::fs::File;
use std::io;
use std::path::Path;

use super::mpeg::{self, Layer};
use super::section::Section;

/// A container that is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Wav,
    Aiff,
    Flac,
    Ogg,
    Mp4,
    Mp3,
    Adts,
}

impl Container {
    /// The short name for reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Aiff => "aiff",
            Self::Flac => "flac",
            Self::Ogg => "ogg",
            Self::Mp4 => "mp4",
            Self::Mp3 => "mp3",
            Self::Adts => "adts",
        }
    }
}

/// What the first bytes tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A container that is decoded: it begins at byte `start`, behind `n_junk` bytes that belong to nothing.
    Known { container: Container, start: u64, n_junk: u64 },
    /// Something else that can be named.
    Other { name: &'static str, is_audio: bool },
    /// Nothing that is known.
    Unknown,
    /// No bytes at all.
    Empty,
}

/// How far into the file a beginning is looked for when the first bytes are none: enough for leading rubbish,
/// small enough to look at every file of a folder.
const WINDOW_BYTES: usize = 128 * 1024;

/// Most ID3v2 tags in front of a stream; more than one is rare, an endless row is an attack.
const MAX_ID3_TAGS: usize = 8;

/// Things that are not decoded: offset, bytes, name, whether they are sound.
const OTHERS: &[(usize, &[u8], &str, bool)] = &[
    (0, b"RF64", "RF64 (64-bit WAV)", true),
    (0, b"BW64", "BW64 (64-bit WAV)", true),
    (0, b"riff\x2e\x91\xcf\x11", "Wave64 (Sony W64)", true),
    (0, b"RIFX", "RIFX (big-endian WAV)", true),
    (0, b".snd", "AU (Sun audio)", true),
    (0, b"caff", "CAF (Core Audio)", true),
    (0, b"#!AMR-WB", "AMR-WB speech", true),
    (0, b"#!AMR", "AMR speech", true),
    (0, b"#!SILK", "SILK speech", true),
    (1, b"#!SILK", "SILK speech", true),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media (WMA, WMV)", true),
    (0, b"\x1a\x45\xdf\xa3", "Matroska or WebM", true),
    (0, b"wvpk", "WavPack", true),
    (0, b"MAC ", "Monkey's Audio", true),
    (0, b"TTA1", "True Audio", true),
    (0, b"MPCK", "Musepack", true),
    (0, b"MP+", "Musepack", true),
    (0, b".ra\xfd", "RealAudio", true),
    (0, b".RMF", "RealMedia", true),
    (0, b"Creative Voice File", "VOC (Creative Voice)", true),
    (0, b"NIST_1A", "NIST SPHERE", true),
    (0, b"DSD ", "DSD", true),
    (0, b"MThd", "MIDI", false),
    (0, b"FLV\x01", "Flash video", true),
    (0, b"\x00\x00\x01\xba", "MPEG video", false),
    (0, b"\x00\x00\x01\xb3", "MPEG video", false),
    (0, b"\x89PNG", "a PNG picture", false),
    (0, b"\xff\xd8\xff", "a JPEG picture", false),
    (0, b"GIF8", "a GIF picture", false),
    (0, b"%PDF", "a PDF document", false),
    (0, b"PK\x03\x04", "a ZIP archive or office document", false),
    (0, b"\x1f\x8b", "a gzip archive", false),
    (0, b"7z\xbc\xaf", "a 7z archive", false),
    (0, b"Rar!", "a RAR archive", false),
    (0, b"SQLite format 3\0", "an SQLite database", false),
    (0, b"\x7fELF", "a program", false),
    (0, b"MZ", "a program", false),
    (0, b"\xd0\xcf\x11\xe0", "an old office document", false),
    (0, b"\xff\xfe", "a text file (UTF-16)", false),
    (0, b"\xfe\xff", "a text file (UTF-16)", false),
    (4, b"moov", "QuickTime without a file type", true),
    (4, b"mdat", "QuickTime without a file type", true),
    (4, b"wide", "QuickTime without a file type", true),
];

/// Looks at the first bytes of a file.
pub(super) fn sniff(path: &Path) -> io::Result<Sniffed> {
    // Asked before opening: to open a pipe would wait for its writer.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let file = File::open(path)?;
    let file_len = file.metadata()?.len();
    if file_len == 0 {
        return Ok(Sniffed::Empty);
    }
    let start = behind_id3(path, file_len)?;
    let mut section = Section::new(file, start, u64::MAX)?;
    let mut head = vec![0; WINDOW_BYTES];
    let n = section.read_full(&mut head)?;
    head.truncate(n);
    Ok(judge(&head, start, start + n as u64 == file_len))
}

/// The first byte behind ID3v2 tags (id3.org, ID3v2.4 structure, section 3.1).
fn behind_id3(path: &Path, file_len: u64) -> io::Result<u64> {
    let mut start = 0;
    for _ in 0..MAX_ID3_TAGS {
        let mut head = [0; 10];
        let n = Section::new(File::open(path)?, start, 10)?.read_full(&mut head)?;
        if n < head.len() || !head.starts_with(b"ID3") || head[6..].iter().any(|b| b & 0x80 != 0) {
            break;
        }
        let size = head[6..].iter().fold(0, |size, &b| size << 7 | u64::from(b));
        let footer = if head[5] & 0x10 != 0 { 10 } else { 0 };
        // A tag that claims to be longer than the file lies: look right behind its header.
        let end = start + 10 + size + footer;
        start = if end < file_len { end } else { start + 10 };
    }
    Ok(start.min(file_len))
}

/// `head` begins at byte `start` of the file; `is_whole`: it goes up to the end.
fn judge(head: &[u8], start: u64, is_whole: bool) -> Sniffed {
    let known = |container, at: usize| Sniffed::Known { container, start: start + at as u64, n_junk: at as u64 };
    let at_0 = magic(head);
    if let Some(container) = at_0 {
        return known(container, 0);
    }
    if head.starts_with(b"RIFF") && head.len() >= 12 {
        let is_avi = head[8..].starts_with(b"AVI ");
        let name = if is_avi { "AVI video" } else { "RIFF without WAVE inside" };
        return Sniffed::Other { name, is_audio: is_avi };
    }
    // A frame chain from the first byte on is looked for before short magic numbers, which MPEG frames may hold.
    let mpeg = mpeg::find_mpeg(head, is_whole);
    let adts = mpeg::find_adts(head, is_whole);
    let frames = |limit: usize| match (mpeg, adts) {
        (_, Some(at)) if at <= limit && mpeg.is_none_or(|(other, _)| at < other) => Some(known(Container::Adts, at)),
        (Some((at, Layer::Three)), _) if at <= limit => Some(known(Container::Mp3, at)),
        (Some((at, Layer::Two)), _) if at <= limit => {
            Some(Sniffed::Other { name: "MPEG audio layer II (mp2)", is_audio: true })
        }
        (Some((at, Layer::One)), _) if at <= limit => {
            Some(Sniffed::Other { name: "MPEG audio layer I (mp1)", is_audio: true })
        }
        _ => None,
    };
    if let Some(found) = frames(0) {
        return found;
    }
    if let Some(&(_, _, name, is_audio)) =
        OTHERS.iter().find(|(at, bytes, ..)| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes)))
    {
        return Sniffed::Other { name, is_audio };
    }
    if is_text(head) {
        return Sniffed::Other { name: "a text file", is_audio: false };
    }
    let later = (1..head.len()).find_map(|at| {
        let rest = &head[at..];
        // Four letters occur in any large file: behind rubbish FLAC must show its first block too.
        let is_sure = !rest.starts_with(b"fLaC") || matches!(rest.get(4..8), Some([0 | 0x80, 0, 0, 34]));
        magic(rest).filter(|_| is_sure).map(|container| known(container, at))
    });
    later.or_else(|| frames(usize::MAX)).unwrap_or(Sniffed::Unknown)
}

/// The container whose first bytes these are.
fn magic(head: &[u8]) -> Option<Container> {
    let form = |outer: &[u8], inner: &[u8]| head.starts_with(outer) && head.get(8..12) == Some(inner);
    if form(b"RIFF", b"WAVE") {
        Some(Container::Wav)
    } else if form(b"FORM", b"AIFF") || form(b"FORM", b"AIFC") {
        Some(Container::Aiff)
    } else if head.starts_with(b"fLaC") {
        Some(Container::Flac)
    } else if head.starts_with(b"OggS\0") {
        Some(Container::Ogg)
    } else if head.get(4..8) == Some(b"ftyp") && head.starts_with(&[0, 0]) {
        Some(Container::Mp4)
    } else {
        None
    }
}

/// UTF-8 without control characters; a character cut by the end of the window is fine.
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_utf8 && !head.iter().any(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c))
}
