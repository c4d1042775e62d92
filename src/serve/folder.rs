//! Which addresses lead to which files: those that callvet made for browsers in the output folder, and the recordings that its
//! pages link. Nothing else in these folders can be asked for, whatever the address looks like.
//!
//! A page names its recording by the way to it from its own place (`../../in/a.wav`), so that it works by double click.
//! For the same link to work here, addresses are paths below the deepest folder that holds both the output folder and
//! the recordings: then it leads to the same file, and no two files have one address.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::send::Opened;
use crate::batch::served::{INDEX, is_for_browsers, linked_recordings};
use crate::batch::store::StoreError;

/// Between two looks into the store for recordings that an analysis has added meanwhile: what is not there may be asked for
/// often.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// An output folder and the recordings that its pages link.
#[derive(Debug)]
pub(super) struct Folder {
    /// The output folder, links resolved.
    dir: PathBuf,
    /// What addresses are below.
    root: PathBuf,
    /// Held while something is looked up in it, and no longer.
    known: Mutex<Known>,
    /// Held by who looks into the store.
    looking: Mutex<()>,
}

#[derive(Debug)]
struct Known {
    recordings: BTreeSet<PathBuf>,
    read: Instant,
}

impl Folder {
    /// Looks into the store of an output folder.
    pub(super) fn open(dir: &Path) -> Result<Self, StoreError> {
        let recordings = linked_recordings(dir)?;
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.into());
        let root = recordings.iter().fold(dir.clone(), |root, path| common(&root, path));
        let known = Mutex::new(Known { recordings, read: Instant::now() });
        Ok(Self { dir, root, known, looking: Mutex::new(()) })
    }

    /// The output folder, links resolved.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folders that files are read from.
    pub(super) fn read_from(&self) -> BTreeSet<PathBuf> {
        let known = self.known();
        let of_recordings = known.recordings.iter().filter_map(|path| path.parent());
        of_recordings.chain([self.dir.as_path()]).map(Path::to_path_buf).collect()
    }

    /// The address of the index.
    pub(super) fn index(&self) -> String {
        self.address(INDEX)
    }

    /// The address of a file of the output folder for who asks as if the folder were all there is.
    pub(super) fn moved(&self, address: &str) -> Option<String> {
        let name = decoded(address)?.into_iter().map(String::from_utf8).collect::<Result<Vec<_>, _>>().ok()?.join("/");
        is_for_browsers(&name).then(|| self.address(&name))
    }

    fn address(&self, name: &str) -> String {
        let below = self.dir.strip_prefix(&self.root).unwrap_or(Path::new("")).join(name);
        below.components().map(|part| format!("/{}", encoded(part.as_os_str().as_encoded_bytes()))).collect()
    }

    /// The file that an address leads to, opened; `None` for all that is not to be had.
    pub(super) fn file(&self, address: &str) -> Option<Opened> {
        let path =
            decoded(address)?.into_iter().try_fold(self.root.clone(), |path, part| Some(path.join(name(part)?)))?;
        if let Some(own) = path.strip_prefix(&self.dir).ok().and_then(Path::to_str)
            && is_for_browsers(&own.replace(std::path::MAIN_SEPARATOR, "/"))
        {
            return open(&path, content_type);
        }
        self.is_recording(&path).then(|| open(&path, sound_type))?
    }

    fn is_recording(&self, path: &Path) -> bool {
        if self.known().recordings.contains(path) {
            return true;
        }
        // One look at a time. The paths of thousands of calls take their time: who asks for what is known does not wait.
        let _looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        if self.known().read.elapsed() >= LOOK_AGAIN {
            let recordings = linked_recordings(&self.dir);
            let mut known = self.known();
            // A store that is busy now is looked into again later.
            if let Ok(recordings) = recordings {
                known.recordings = recordings;
            }
            known.read = Instant::now();
        }
        self.known().recordings.contains(path)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The deepest folder that holds a folder and a file.
fn common(folder: &Path, file: &Path) -> PathBuf {
    let parts = folder.components().zip(file.components());
    parts.take_while(|(a, b)| a == b).map(|(part, _)| part).collect()
}

/// Opens a plain file that is where its path says: no link leads to another one, no pipe waits for a writer.
fn open(path: &Path, kind: fn(&Path, &mut File) -> &'static str) -> Option<Opened> {
    let is_plain = path.symlink_metadata().ok()?.is_file() && path.canonicalize().ok()? == path;
    let mut file = is_plain.then(|| File::open(path).ok())??;
    let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
    let content_type = kind(path, &mut file);
    Some(Opened { file, metadata, content_type })
}

/// By the name, which is one of ours.
fn content_type(path: &Path, file: &mut File) -> &'static str {
    match extension(path).as_str() {
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "png" => "image/png",
        _ => sound_type(path, file),
    }
}

/// Of sound, whatever the name: a recording called `a.html` is no page. By the first bytes, since names of recordings come
/// from strangers; by the name where these tell nothing.
fn sound_type(path: &Path, file: &mut File) -> &'static str {
    let mut head = [0; 12];
    // A file that is too short, or cannot be read, has no head; sending it will tell.
    let is_read = file.read_exact(&mut head).and_then(|()| file.rewind()).is_ok();
    match head {
        _ if !is_read => OTHER,
        [b'R', b'I', b'F', b'F', .., b'W', b'A', b'V', b'E'] => "audio/wav",
        [b'f', b'L', b'a', b'C', ..] => "audio/flac",
        [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "audio/mp4",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "audio/webm",
        [b'I', b'D', b'3', ..] => "audio/mpeg",
        // ADTS: twelve set bits and layer 0; MPEG audio: eleven, and another layer.
        [0xff, second, ..] if second & 0xf6 == 0xf0 => "audio/aac",
        [0xff, second, ..] if second & 0xe0 == 0xe0 => "audio/mpeg",
        _ => match extension(path).as_str() {
            "mp3" => "audio/mpeg",
            "m4a" | "mp4" => "audio/mp4",
            "aac" => "audio/aac",
            _ => OTHER,
        },
    }
}

const OTHER: &str = "application/octet-stream";

fn extension(path: &Path) -> String {
    path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase()
}

/// The names in the path of an address. `None` for one that is no plain way down: empty names, `.` and `..`, and what is no
/// name of a file once it is decoded. Browsers resolve `..` before they ask.
fn decoded(address: &str) -> Option<Vec<Vec<u8>>> {
    address.strip_prefix('/')?.split('/').map(|part| percent_decoded(part).filter(|name| is_name(name))).collect()
}

fn is_name(name: &[u8]) -> bool {
    !matches!(name, b"" | b"." | b"..") && !name.iter().any(|byte| matches!(byte, b'/' | 0))
}

fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: Option<u8>| byte.and_then(|b| char::from(b).to_digit(16));
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => (digit(bytes.next())? * 16 + digit(bytes.next())?) as u8,
            byte => byte,
        });
    }
    Some(decoded)
}

/// A name as the system has it, and one name for the system too: on Windows `a\b` and `C:` are more.
fn name(bytes: Vec<u8>) -> Option<std::ffi::OsString> {
    #[cfg(unix)]
    let name = std::os::unix::ffi::OsStringExt::from_vec(bytes);
    #[cfg(not(unix))]
    let name = std::ffi::OsString::from(String::from_utf8(bytes).ok()?);
    let mut parts = Path::new(&name).components();
    let is_one = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    is_one.then_some(name)
}

fn encoded(bytes: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    bytes.iter().map(|&b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_plain_way_down_or_nothing() {
        let check = |address: &str, expected: Option<&[&str]>| {
            let names =
                decoded(address).map(|names| names.into_iter().map(|n| String::from_utf8_lossy(&n).into_owned()));
            assert_eq!(
                names.map(Iterator::collect::<Vec<_>>),
                expected.map(|e| e.iter().map(|n| (*n).into()).collect())
            );
        };
        check("/a%20b/c.wav", Some(&["a b", "c.wav"]));
        check("/%C5%BC", Some(&["ż"]));
        for address in [
            "",
            "a",
            "/",
            "//a",
            "/a//b",
            "/../a",
            "/a/..",
            "/%2e%2e/a",
            "/.%2E/a",
            "/a%2fb",
            "/a%00",
            "/%",
            "/%4",
            "/%zz",
            "/./a",
        ] {
            check(address, None);
        }
    }

    #[test]
    fn what_a_recording_is_sent_as_is_sound_whatever_its_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let check = |name: &str, bytes: &[u8], expected: &str| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).expect("writable");
            assert_eq!(sound_type(&path, &mut File::open(&path).expect("it is there")), expected, "{name}");
        };
        check("a.html", b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav");
        check("a.svg", b"<svg onload='x'></svg>", OTHER);
        check("a.wav", b"ID3\x04\0\0\0\0\0\0\0\0", "audio/mpeg");
        check("b", b"\xff\xf1\x50\x80\0\0\0\0\0\0\0\0", "audio/aac");
        check("c", b"\xff\xfb\x90\x40\0\0\0\0\0\0\0\0", "audio/mpeg");
        check("d.mp3", b"\0\0\0\0\0\0\0\0\0\0\0\0\0", "audio/mpeg");
        check("e.html", b"", OTHER);
    }

    #[test]
    fn the_root_is_the_deepest_folder_that_holds_both() {
        for (folder, file, expected) in
            [("/a/out", "/a/in/x.wav", "/a"), ("/a/in/out", "/a/in/x.wav", "/a/in"), ("/a/out", "/b/x.wav", "/")]
        {
            assert_eq!(common(Path::new(folder), Path::new(file)), Path::new(expected));
        }
    }
}
