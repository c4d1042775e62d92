//! What a file is, told from its first bytes and never from its name. Not a reader: headers are read elsewhere.

use std::fs::File;
use std::io;
use std::path::Path;

use super::codecs::amr::Band;
use super::containers::amr;
use super::containers::mpeg::{self, Layer};
use super::section::Section;
use super::speech_stream;

/// A container that is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Wav,
    /// RF64 and BW64.
    Rf64,
    W64,
    Aiff,
    Au,
    Caf,
    Flac,
    Ogg,
    Mp4,
    /// Matroska and WebM.
    Mkv,
    Mp3,
    /// MPEG audio layer II.
    Mp2,
    Adts,
    /// GSM 06.10 without a header.
    Gsm,
    Amr(Band),
}

impl Container {
    /// The short name for reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Rf64 => "rf64",
            Self::W64 => "w64",
            Self::Aiff => "aiff",
            Self::Au => "au",
            Self::Caf => "caf",
            Self::Flac => "flac",
            Self::Ogg => "ogg",
            Self::Mp4 => "mp4",
            Self::Mkv => "mkv",
            Self::Mp3 => "mp3",
            Self::Mp2 => "mp2",
            Self::Adts => "adts",
            Self::Gsm => "gsm",
            Self::Amr(_) => "amr",
        }
    }

    /// What ffmpeg calls the container.
    pub(super) fn demuxer(self) -> &'static str {
        match self {
            Self::Rf64 => "wav",
            Self::Adts => "aac",
            Self::Mp4 => "mov",
            Self::Mkv => "matroska",
            Self::Mp2 => "mp3",
            other => other.name(),
        }
    }
}

/// What the first bytes tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A container that is decoded: it begins at byte `start`, behind `n_junk` bytes that belong to nothing.
    Known { container: Container, start: u64, n_junk: u64 },
    /// Something else that can be named. `demuxer`: what ffmpeg calls it, where ffmpeg may read it. `is_weak`: the bytes that
    /// tell are so few that samples without a header may begin with them.
    Other { name: &'static str, is_audio: bool, demuxer: Option<&'static str>, is_weak: bool },
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

/// Things that are not decoded: offset, bytes, name, whether they are sound, and ffmpeg's demuxer for those that it may
/// read. Only demuxers that open no other file stand here: a playlist could name any.
const OTHERS: &[(usize, &[u8], &str, bool, &str)] = &[
    (0, b"RIFX", "RIFX (big-endian WAV)", true, "wav"),
    (0, b"#!AMR", "AMR speech of several channels", true, ""),
    (0, b"#!SILK", "SILK speech", true, ""),
    (1, b"#!SILK", "SILK speech", true, ""),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media (WMA, WMV)", true, "asf"),
    (0, b"wvpk", "WavPack", true, "wv"),
    (0, b"MAC ", "Monkey's Audio", true, "ape"),
    (0, b"TTA1", "True Audio", true, "tta"),
    (0, b"MPCK", "Musepack", true, "mpc8"),
    (0, b"MP+", "Musepack", true, "mpc"),
    (0, b".ra\xfd", "RealAudio", true, "rm"),
    (0, b".RMF", "RealMedia", true, "rm"),
    (0, b"Creative Voice File", "VOC (Creative Voice)", true, "voc"),
    (0, b"NIST_1A", "NIST SPHERE", true, "nistsphere"),
    (0, b"DSD ", "DSD", true, "dsf"),
    (0, b"MThd", "MIDI", false, ""),
    (0, b"FLV\x01", "Flash video", true, "flv"),
    (0, b"\x00\x00\x01\xba", "MPEG video", false, "mpeg"),
    (0, b"\x00\x00\x01\xb3", "MPEG video", false, "mpeg"),
    (0, b"\x89PNG", "a PNG picture", false, ""),
    (0, b"\xff\xd8\xff", "a JPEG picture", false, ""),
    (0, b"GIF8", "a GIF picture", false, ""),
    (0, b"%PDF", "a PDF document", false, ""),
    (0, b"PK\x03\x04", "a ZIP archive or office document", false, ""),
    (0, b"\x1f\x8b", "a gzip archive", false, ""),
    (0, b"7z\xbc\xaf", "a 7z archive", false, ""),
    (0, b"Rar!", "a RAR archive", false, ""),
    (0, b"SQLite format 3\0", "an SQLite database", false, ""),
    (0, b"\x7fELF", "a program", false, ""),
    (0, b"MZ", "a program", false, ""),
    (0, b"\xd0\xcf\x11\xe0", "an old office document", false, ""),
    (0, b"\xff\xfe", "a text file (UTF-16)", false, ""),
    (0, b"\xfe\xff", "a text file (UTF-16)", false, ""),
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
        let demuxer = is_avi.then_some("avi");
        return Sniffed::Other { name, is_audio: is_avi, demuxer, is_weak: false };
    }
    if is_transport_stream(head) {
        return other("MPEG transport stream", true, "mpegts", false);
    }
    // A frame chain from the first byte on is looked for before short magic numbers, which MPEG frames may hold.
    let mpeg = mpeg::find_mpeg(head, is_whole);
    let adts = mpeg::find_adts(head, is_whole);
    let frames = |limit: usize| match (mpeg, adts) {
        (_, Some(at)) if at <= limit && mpeg.is_none_or(|(other, _)| at < other) => Some(known(Container::Adts, at)),
        (Some((at, Layer::Three)), _) if at <= limit => Some(known(Container::Mp3, at)),
        (Some((at, Layer::Two)), _) if at <= limit => Some(known(Container::Mp2, at)),
        (Some((at, Layer::One)), _) if at <= limit => Some(other("MPEG audio layer I (mp1)", true, "mp3", false)),
        _ => None,
    };
    if let Some(found) = frames(0) {
        return found;
    }
    let gsm = speech_stream::find_gsm(head);
    if gsm == Some(0) {
        return known(Container::Gsm, 0);
    }
    if let Some(&(_, bytes, name, is_audio, demuxer)) =
        OTHERS.iter().find(|(at, bytes, ..)| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes)))
    {
        return other(name, is_audio, demuxer, bytes.len() < 4);
    }
    if is_text(head) {
        return other("a text file", false, "", false);
    }
    let later = (1..head.len()).find_map(|at| {
        let rest = &head[at..];
        magic(rest).filter(|&container| is_sure(container, rest)).map(|container| known(container, at))
    });
    let gsm = gsm.map(|at| known(Container::Gsm, at));
    later.or_else(|| frames(usize::MAX)).or(gsm).unwrap_or(Sniffed::Unknown)
}

fn other(name: &'static str, is_audio: bool, demuxer: &'static str, is_weak: bool) -> Sniffed {
    Sniffed::Other { name, is_audio, demuxer: Some(demuxer).filter(|name| !name.is_empty()), is_weak }
}

/// Four letters occur in any large file: behind rubbish a container must show more of itself.
fn is_sure(container: Container, head: &[u8]) -> bool {
    match container {
        Container::Flac => matches!(head.get(4..8), Some([0 | 0x80, 0, 0, 34])),
        // The samples begin behind the header and a short text, and there are a few channels.
        Container::Au => matches!(head.get(4..24), Some([0, 0, 0..=15, 24..=255, .., 0, 0, 0, 1..=32])),
        // Version 1, and the description comes first.
        Container::Caf => head.get(4..12) == Some(b"\0\x01\0\0desc"),
        // These atoms open files, and stand inside them too.
        Container::Mp4 => head.get(4..8) == Some(b"ftyp"),
        _ => true,
    }
}

/// The container whose first bytes these are.
fn magic(head: &[u8]) -> Option<Container> {
    let form = |outer: &[u8], inner: &[u8]| head.starts_with(outer) && head.get(8..12) == Some(inner);
    if form(b"RIFF", b"WAVE") {
        Some(Container::Wav)
    } else if form(b"RF64", b"WAVE") || form(b"BW64", b"WAVE") {
        Some(Container::Rf64)
    } else if head.starts_with(b"riff\x2e\x91\xcf\x11") && head.get(24..28) == Some(b"wave") {
        Some(Container::W64)
    } else if form(b"FORM", b"AIFF") || form(b"FORM", b"AIFC") {
        Some(Container::Aiff)
    } else if head.starts_with(b"fLaC") {
        Some(Container::Flac)
    } else if head.starts_with(b"OggS\0") {
        Some(Container::Ogg)
    } else if is_mp4(head) {
        Some(Container::Mp4)
    } else if head.starts_with(b"\x1a\x45\xdf\xa3") {
        Some(Container::Mkv)
    } else if head.starts_with(b".snd") {
        Some(Container::Au)
    } else if head.starts_with(b"caff") {
        Some(Container::Caf)
    } else {
        amr::find(head).map(Container::Amr)
    }
}

/// Packets of 188 bytes that each begin with the same byte (ISO/IEC 13818-1, clause 2.4.3.2). Frames of sound inside them are
/// broken by their heads, and must not be taken for a stream of their own.
fn is_transport_stream(head: &[u8]) -> bool {
    const PACKET_BYTES: usize = 188;
    const SYNC: u8 = 0x47;
    head.len() >= 8 * PACKET_BYTES && head.chunks_exact(PACKET_BYTES).take(8).all(|packet| packet[0] == SYNC)
}

/// The file type, or one of the atoms with which QuickTime files from before file types begin. Their length comes first:
/// below 16 MB in all but the samples themselves.
fn is_mp4(head: &[u8]) -> bool {
    match head.get(4..8) {
        Some(b"ftyp") => head.starts_with(&[0, 0]),
        Some(b"mdat") => true,
        Some(b"moov" | b"wide" | b"free" | b"skip" | b"pnot") => head[0] == 0,
        _ => false,
    }
}

/// UTF-8 without control characters; a character cut by the end of the window is fine.
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_utf8 && !head.iter().any(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c))
}
