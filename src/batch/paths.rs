//! The names of a call's files: `<name>-<hash8>`, where `<name>` is for people and `<hash8>` tells calls apart that
//! have the same name. Not where the recording is: that is its `source`.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::discover::Found;

use crate::call::{Pair, PartFile, Parts};

/// Characters of `<name>` at most: with four bytes each and the longest extension a name stays under the 255 bytes
/// that file systems allow.
const MAX_NAME_CHARS: usize = 40;

/// What a recording's bytes are and how its files are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// `<name>-<hash8>`.
    pub stem: String,
    /// How many bytes were read.
    pub bytes: u64,
    /// Each file before it was read.
    pub stamps: Vec<Stamp>,
    /// The job's files with their hashes.
    pub parts: Parts,
}

/// What changes when a file is written to or replaced. Two stamps are compared for equality only: no clock is believed
/// to go forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    bytes: u64,
    modified: Option<std::time::SystemTime>,
    /// Device, number of the file, time of its last change in seconds and nanoseconds, where the system has them: a
    /// file that was renamed over another, or got its old time back, is told apart.
    identity: [i64; 4],
}

impl Stamp {
    /// Looks at a file without reading it.
    ///
    /// # Errors
    /// Those of looking at it.
    pub fn of(path: &Path) -> io::Result<Self> {
        Ok(Self::from_metadata(&fs::metadata(path)?))
    }

    fn from_metadata(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            [metadata.dev() as i64, metadata.ino() as i64, metadata.ctime(), metadata.ctime_nsec()]
        };
        #[cfg(not(unix))]
        let identity = [0; 4];
        Self { bytes: metadata.len(), modified: metadata.modified().ok(), identity }
    }
}

impl Fingerprint {
    /// Why the bytes that were analysed may not be those that were hashed; `None` if they are.
    ///
    /// Asked after an analysis. A file whose stamp is another is hashed again: a change of its owner or name is none of
    /// its sound.
    pub fn change_of(&self, found: &Found) -> Option<String> {
        let stamps: io::Result<Vec<Stamp>> = files_of(found).map(Stamp::of).collect();
        let failed = |e: io::Error| match e.kind() {
            io::ErrorKind::NotFound => "the file was removed while it was analysed".to_owned(),
            _ => format!("the file cannot be read any more after its analysis: {e}"),
        };
        match stamps {
            Ok(stamps) if stamps == self.stamps => None,
            Ok(_) => match fingerprint_of(found) {
                Ok(now) if now.sha256 == self.sha256 => None,
                Ok(_) => Some("the file changed while it was analysed: run again when it is complete".into()),
                Err(e) => Some(failed(e)),
            },
            Err(e) => Some(failed(e)),
        }
    }
}

/// Reads a recording once, in pieces, and returns both its hash and the name of its files.
///
/// # Errors
/// Those of reading the file.
pub fn fingerprint(path: &Path, source: &str) -> io::Result<Fingerprint> {
    let mut file = File::open(path)?;
    let stamp = Stamp::from_metadata(&file.metadata()?);
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => {
                hasher.update(&piece[..n]);
                bytes += n as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    let sha256 = hex(&hasher.clone().finalize());
    hasher.update([0]);
    hasher.update(source.as_bytes());
    let hash8 = &hex(&hasher.finalize())[..8];
    Ok(Fingerprint { sha256, stem: stem(source, hash8), bytes, stamps: vec![stamp], parts: Parts::Whole })
}

/// The same for a job that may be in two files: then the hash is that of the hexadecimal hashes of both, a line feed
/// after each, and `hash8` is made from that hash as if it were the bytes.
///
/// # Errors
/// Those of reading the files; the message names the second one if it is that.
pub fn fingerprint_of(found: &Found) -> io::Result<Fingerprint> {
    let Parts::Two(pair) = &found.parts else {
        let print = fingerprint(&found.path, &found.source)?;
        return Ok(Fingerprint { parts: found.parts.clone(), ..print });
    };
    let first = fingerprint(&found.path, &found.source)?;
    let named = |e: io::Error| io::Error::new(e.kind(), format!("{}: {e}", pair.second.source));
    let second = fingerprint(&pair.second.path, &pair.second.source).map_err(named)?;
    let sha256 = hex(&Sha256::digest(format!("{}\n{}\n", first.sha256, second.sha256)));
    let hash = hex(&Sha256::new().chain_update(&sha256).chain_update([0]).chain_update(&found.source).finalize());
    let read = |file: &PartFile, print: &Fingerprint| PartFile {
        bytes: print.bytes,
        sha256: print.sha256.clone(),
        ..file.clone()
    };
    let pair = Pair {
        first: read(&pair.first, &first),
        second: read(&pair.second, &second),
        are_parties_known: pair.are_parties_known,
    };
    Ok(Fingerprint {
        stem: stem(&found.source, &hash[..8]),
        sha256,
        bytes: first.bytes + second.bytes,
        stamps: [first.stamps, second.stamps].concat(),
        parts: Parts::Two(Box::new(pair)),
    })
}

fn files_of(found: &Found) -> impl Iterator<Item = &Path> {
    std::iter::once(found.path.as_path()).chain(found.second().map(|second| second.path.as_path()))
}

/// The name of a call's files from its source and `hash8`, the first 8 hex digits of SHA-256(bytes, 0x00, source).
///
/// Letters and digits of all scripts, `-` and `_` are kept, everything else becomes `-`. Names that Windows reserves
/// (`CON`, `AUX`) are no danger because of what follows them.
pub fn stem(source: &str, hash8: &str) -> String {
    let file_name = source.rsplit('/').next().unwrap_or(source);
    let name = match file_name.rsplit_once('.') {
        Some((name, _)) if !name.is_empty() => name,
        _ => file_name,
    };
    // Composed, so that a decomposed accent (as macOS writes names) does not become a '-'.
    let safe: String =
        name.nfc().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect();
    // No '-' in front: the name could be taken for an option of a command.
    let short: String = safe.trim_start_matches('-').chars().take(MAX_NAME_CHARS).collect();
    let short = short.trim_end_matches('-');
    format!("{}-{hash8}", if short.is_empty() { "call" } else { short })
}

/// The stem that a file of `calls/` or `media/` belongs to; `None` for a name that this program does not give.
pub fn stem_of_file(file_name: &str) -> Option<&str> {
    let (stem, _) = file_name.split_once('.')?;
    let (name, hash8) = stem.rsplit_once('-')?;
    let is_hash = hash8.len() == 8 && hash8.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash && !name.is_empty()).then_some(stem)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(stem(source, "0123abcd"), expected);
        assert_eq!(stem_of_file(&format!("{expected}.0.png")), Some(expected));
    }

    #[test]
    fn names_are_safe_short_and_never_empty() {
        check("calls/2026/agent_1.wav", "agent_1-0123abcd");
        check("calls/Żółć Ελλάδα.mp3", "Żółć-Ελλάδα-0123abcd");
        check("calls/a<b>'\"&.wav", "a-b-0123abcd");
        check("calls/../..", "call-0123abcd");
        check("calls/.hidden", "hidden-0123abcd");
        check("--help.wav", "help-0123abcd");
        check("CON.wav", "CON-0123abcd");
        check("a.b.c.wav", "a-b-c-0123abcd");
        check(&format!("{}.wav", "ж".repeat(300)), &format!("{}-0123abcd", "ж".repeat(40)));
    }

    #[test]
    fn a_decomposed_accent_gives_the_same_name_as_a_composed_one() {
        assert_eq!(stem("e\u{301}te\u{301}.wav", "0123abcd"), stem("été.wav", "0123abcd"));
    }

    #[test]
    fn names_that_we_do_not_give_belong_to_no_stem() {
        for name in ["notes.html", "a-0123abc.json", "a-0123ABCD.json", "-0123abcd.json", "a-0123abcd"] {
            assert_eq!(stem_of_file(name), None, "{name}");
        }
    }

    #[test]
    fn hashes_are_those_of_the_contract() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("x.wav");
        std::fs::write(&path, b"abc").expect("writable");
        let print = fingerprint(&path, "in/x.wav").expect("readable");
        // FIPS 180-2, appendix B.1.
        assert_eq!(print.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(print.bytes, 3);
        let by_hand = hex(&Sha256::digest(b"abc\0in/x.wav"));
        assert_eq!(print.stem, format!("x-{}", &by_hand[..8]));
    }
}
