//! Fetches a model: one file over HTTPS, taken up again where an earlier attempt broke off, checked, and only then given
//! its name. What is under the final name is whole, always.
//!
//! While it is fetched the file is called `NAME.part`, with the server's tag for it in `NAME.part.etag`. Both stay when the
//! connection breaks, and the next run goes on from there. A part that turns out to be something else is deleted. An empty
//! `.callvet-fetch.lock` in the folder keeps two runs from writing into one part.
//!
//! Not for choosing models or finding them: that is [`super`].

mod http;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use self::http::{Answer, Broken, Client};
use super::{ModelEntry, Verified, ggml, verify};

/// How and whereto a model is fetched.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// The folder that gets the file. Made if it is not there.
    pub folder: PathBuf,
    /// Address of a folder that has the files under the names of the manifest, in place of where they are published.
    /// Plain `http` is allowed here: the hash tells whether the right file came. Default: none.
    pub mirror: Option<String>,
    /// How long connecting, an answer, or the next bytes may take. Default: 60 s, as a proxy that scans what passes may
    /// hold the first bytes back.
    pub patience: Duration,
    /// How often in a row a broken connection is made again. Default: 5. An attempt that brought [`ENOUGH_BYTES`] begins
    /// the count anew.
    pub n_retries: u32,
    /// Before the first of them; doubled each time. Default: 1 s.
    pub pause: Duration,
    /// Whether the proxy of the environment is used. Default: yes.
    pub with_proxy: bool,
}

impl FetchOptions {
    /// The defaults, for this folder.
    pub fn into_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            mirror: None,
            patience: Duration::from_secs(60),
            n_retries: 5,
            pause: Duration::from_secs(1),
            with_proxy: true,
        }
    }
}

/// An attempt that brought this much was worth it: 1 MiB, so that a server that drips cannot hold us for ever.
pub const ENOUGH_BYTES: u64 = 1 << 20;

/// More than any Whisper model has (large-v3: 3.1 GB): where the size is not known, no server fills the disk.
const MOST_BYTES: u64 = 8 << 30;

/// What is told while it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// The server sends; so much is here already, of so much.
    Started {
        /// Bytes in the part.
        received: u64,
        /// Size of the whole file, if known.
        bytes: Option<u64>,
    },
    /// So much is here now.
    Received(u64),
    /// The connection broke; it is tried again after a pause.
    Again {
        /// Why it broke.
        why: &'a str,
        /// How long until then.
        pause: Duration,
    },
    /// All is here, and its hash is computed.
    Checking,
}

/// How it ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The right file was there; no connection was made.
    AlreadyThere(PathBuf),
    /// It has come.
    New(PathBuf),
}

/// Why a model was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// There is no address: the user has to name a mirror.
    #[error(
        "{name} is not published for download: it comes with callvet, in models/; a mirror that has {file} can be named with --url"
    )]
    NotPublished {
        /// Its name.
        name: String,
        /// Its file.
        file: String,
    },
    /// The address of the mirror cannot be used.
    #[error("--url must be an address such as https://models.example.com/whisper, got {0:?}")]
    Mirror(String),
    /// The folder cannot be made or written to.
    #[error("cannot write to the models folder {}: {source}; name another one with --to DIR", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run is at it.
    #[error("another callvet is fetching into {}; wait until it has ended", .0.display())]
    Busy(PathBuf),
    /// A file cannot be written, mostly because the disk is full.
    #[error("cannot write {}: {source}{}", path.display(), needed(source, *bytes))]
    Write {
        /// The file.
        path: PathBuf,
        /// Size of the whole, if known.
        bytes: Option<u64>,
        /// Why.
        source: io::Error,
    },
    /// The server cannot be reached, or does not have it.
    #[error(
        "cannot fetch {name}: {why}; {}run the same command again later, name a mirror with --url, or get {file} another \
         way and put it into {}", kept(*received), folder.display()
    )]
    Network {
        /// Its name.
        name: String,
        /// Its file.
        file: String,
        /// What went wrong, without the name of the server.
        why: String,
        /// Bytes that stay for the next run.
        received: u64,
        /// Where it belongs.
        folder: PathBuf,
    },
    /// Something else came. Nothing of it stays.
    #[error(
        "what came for {name} is not the model: {why}; it was deleted. If a second try ends in the same way, something between here and the server changes the file"
    )]
    Wrong {
        /// Its name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
}

fn needed(error: &io::Error, bytes: Option<u64>) -> String {
    match (error.kind(), bytes) {
        (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, Some(bytes)) => {
            format!(
                "; the file needs {} MB. What has come stays; make room and run the same command again",
                bytes / 1_000_000
            )
        }
        _ => String::new(),
    }
}

fn kept(received: u64) -> String {
    match received {
        0 => String::new(),
        bytes => format!("{} MB have come and stay, the next run goes on from there: ", bytes / 1_000_000),
    }
}

/// Fetches a model, unless the right file is there already. A file of that name that is not the right one is replaced, and
/// only by the right one.
///
/// # Errors
/// See [`FetchError`]. Nothing half or wrong is ever under the final name.
pub fn fetch(
    entry: &ModelEntry,
    options: &FetchOptions,
    report: &mut dyn FnMut(Progress<'_>),
) -> Result<Fetched, FetchError> {
    let target = options.folder.join(&entry.file);
    if is_right(&target, entry) {
        return Ok(Fetched::AlreadyThere(target));
    }
    let url = address(entry, options)?;
    let cannot_write = |source| FetchError::Folder { folder: options.folder.clone(), source };
    fs::create_dir_all(&options.folder).map_err(cannot_write)?;
    let _lock = lock(&options.folder)?;
    // Who held the lock until now may have fetched it.
    if is_right(&target, entry) {
        return Ok(Fetched::AlreadyThere(target));
    }
    let part = Part::open(&target).map_err(cannot_write)?;
    let mut transfer = Transfer {
        client: Client::new(options.patience, options.with_proxy),
        entry,
        url: &url,
        part,
        report,
        is_without_range: false,
    };
    transfer.insist(options)?;
    (transfer.report)(Progress::Checking);
    let part = transfer.part;
    let write = |source| FetchError::Write { path: part.path.clone(), bytes: entry.bytes, source };
    part.file.sync_all().map_err(write)?;
    match verify(&part.path, entry) {
        Ok(Verified::Same) => {}
        Ok(Verified::Different(why)) => {
            part.delete();
            return Err(FetchError::Wrong { name: entry.name.clone(), why });
        }
        Err(e) => return Err(write(io::Error::other(e))),
    }
    fs::rename(&part.path, &target).map_err(write)?;
    part.delete_tag();
    Ok(Fetched::New(target))
}

fn is_right(path: &Path, entry: &ModelEntry) -> bool {
    path.is_file() && matches!(verify(path, entry), Ok(Verified::Same))
}

fn address(entry: &ModelEntry, options: &FetchOptions) -> Result<String, FetchError> {
    let Some(mirror) = &options.mirror else {
        let not_published = || FetchError::NotPublished { name: entry.name.clone(), file: entry.file.clone() };
        return entry.url.clone().ok_or_else(not_published);
    };
    let rest = mirror.strip_prefix("https://").or_else(|| mirror.strip_prefix("http://")).unwrap_or_default();
    let is_address = !rest.is_empty() && !rest.starts_with('/') && mirror.bytes().all(|b| b.is_ascii_graphic());
    match is_address && !rest.contains(['?', '#']) {
        true => Ok(format!("{}/{}", mirror.trim_end_matches('/'), entry.file)),
        false => Err(FetchError::Mirror(mirror.clone())),
    }
}

/// Holds the folder until it is dropped. Where the file system has no locks, there is none.
fn lock(folder: &Path) -> Result<File, FetchError> {
    let open = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".callvet-fetch.lock"));
    let file = open.map_err(|source| FetchError::Folder { folder: folder.to_owned(), source })?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(FetchError::Busy(folder.to_owned())),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// The file while it grows.
struct Part {
    path: PathBuf,
    file: File,
    received: u64,
}

impl Part {
    /// Opens what an earlier run left, or begins.
    fn open(target: &Path) -> io::Result<Self> {
        let path = with_suffix(target, ".part");
        let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path)?;
        let received = file.seek(SeekFrom::End(0))?;
        Ok(Self { path, file, received })
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Where it was cut short by an error the length is taken from the file by the next run.
        self.file.write_all(bytes)?;
        self.received += bytes.len() as u64;
        Ok(())
    }

    fn begin_again(&mut self) -> io::Result<()> {
        self.delete_tag();
        self.received = 0;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.set_len(0)
    }

    fn tag_path(&self) -> PathBuf {
        with_suffix(&self.path, ".etag")
    }

    fn tag(&self) -> Option<String> {
        fs::read_to_string(self.tag_path()).ok()
    }

    /// Without the tag the part is still taken up: the hash decides in the end.
    fn set_tag(&self, tag: Option<&str>) {
        match tag {
            Some(tag) => drop(fs::write(self.tag_path(), tag)),
            None => self.delete_tag(),
        }
    }

    /// What cannot be deleted is found out by its hash again.
    fn delete(&self) {
        self.delete_tag();
        let _ = fs::remove_file(&self.path);
    }

    fn delete_tag(&self) {
        let _ = fs::remove_file(self.tag_path());
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// How one attempt failed.
enum Failed {
    /// Another may work.
    Again(String),
    /// None will.
    Network(String),
    /// What came is something else, and some of it is in the part.
    Wrong(String),
    /// What was about to come is something else. What an earlier attempt brought may still be right.
    Refused(String),
    /// The disk does not take it.
    Write(io::Error),
}

impl From<Broken> for Failed {
    fn from(broken: Broken) -> Self {
        if broken.is_transient { Self::Again(broken.why) } else { Self::Network(broken.why) }
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

struct Transfer<'a> {
    client: Client,
    entry: &'a ModelEntry,
    url: &'a str,
    part: Part,
    report: &'a mut dyn FnMut(Progress<'_>),
    /// The server answered nonsense to a request for the rest.
    is_without_range: bool,
}

impl Transfer<'_> {
    /// Attempts until all is here, or it makes no sense any more.
    fn insist(&mut self, options: &FetchOptions) -> Result<(), FetchError> {
        let mut n_failed = 0;
        loop {
            let before = self.part.received;
            let why = match self.attempt() {
                Ok(()) => return Ok(()),
                Err(Failed::Again(why)) => why,
                Err(Failed::Network(why)) => return Err(self.network(why, options)),
                Err(Failed::Refused(why)) if self.part.received > 0 => {
                    return Err(FetchError::Wrong { name: self.entry.name.clone(), why });
                }
                Err(Failed::Wrong(why) | Failed::Refused(why)) => {
                    self.part.delete();
                    return Err(FetchError::Wrong { name: self.entry.name.clone(), why });
                }
                Err(Failed::Write(source)) => {
                    let path = self.part.path.clone();
                    return Err(FetchError::Write { path, bytes: self.entry.bytes, source });
                }
            };
            n_failed = if self.part.received >= before + ENOUGH_BYTES { 1 } else { n_failed + 1 };
            if n_failed > options.n_retries {
                return Err(self.network(why, options));
            }
            // At most 16 times the first.
            let pause = options.pause * (1 << (n_failed - 1).min(4));
            (self.report)(Progress::Again { why: &why, pause });
            std::thread::sleep(pause);
        }
    }

    fn network(&self, why: String, options: &FetchOptions) -> FetchError {
        if self.part.received == 0 {
            self.part.delete();
        }
        FetchError::Network {
            name: self.entry.name.clone(),
            file: self.entry.file.clone(),
            why,
            received: self.part.received,
            folder: options.folder.clone(),
        }
    }

    fn attempt(&mut self) -> Result<(), Failed> {
        match self.entry.bytes {
            // All came before, and only the check is missing.
            Some(bytes) if self.part.received == bytes => return Ok(()),
            Some(bytes) if self.part.received > bytes => self.part.begin_again()?,
            _ if self.is_without_range => self.part.begin_again()?,
            _ => {}
        }
        let from = self.part.received;
        let answer = self.client.get(self.url, from, self.part.tag().as_deref())?;
        match answer.status {
            200 => self.whole(answer),
            206 => self.rest(answer),
            404 | 410 => Err(Failed::Network(format!("the server does not have it (status {})", answer.status))),
            401 | 403 | 407 => Err(Failed::Network(format!("the server wants a sign-in (status {})", answer.status))),
            // The part is longer than what the server has.
            416 if from > 0 => {
                self.part.begin_again()?;
                Err(Failed::Again("the server has no such part of the file".into()))
            }
            408 | 425 | 429 | 500..=599 => {
                Err(Failed::Again(format!("the server is in trouble (status {})", answer.status)))
            }
            status => Err(Failed::Network(format!("the server answered with status {status}"))),
        }
    }

    /// The server sends all of it: nothing was here, it knows no parts, or it has another file by now.
    fn whole(&mut self, answer: Answer) -> Result<(), Failed> {
        if answer.is_page {
            return Err(Failed::Refused(
                "the server sent a web page, perhaps to sign in to the network or to a proxy".into(),
            ));
        }
        if let (Some(length), Some(bytes)) = (answer.length, self.entry.bytes)
            && length != bytes
        {
            return Err(Failed::Refused(format!("{length} bytes instead of {bytes}")));
        }
        if self.part.received > 0 {
            self.part.begin_again()?;
        }
        self.part.set_tag(answer.etag.as_deref());
        let bytes = self.entry.bytes.or(answer.length);
        self.copy(answer, bytes)
    }

    /// The server sends what is missing.
    fn rest(&mut self, answer: Answer) -> Result<(), Failed> {
        let size = answer.range.and_then(|(_, size)| size);
        let is_next = answer.range.is_some_and(|(first, _)| first == self.part.received);
        if !is_next || (size.is_some() && self.entry.bytes.is_some() && size != self.entry.bytes) {
            self.is_without_range = true;
            return Err(Failed::Again("the server sent another part of the file than was asked for".into()));
        }
        let bytes = self.entry.bytes.or(size);
        self.copy(answer, bytes)
    }

    fn copy(&mut self, mut answer: Answer, bytes: Option<u64>) -> Result<(), Failed> {
        (self.report)(Progress::Started { received: self.part.received, bytes });
        let most = bytes.unwrap_or(MOST_BYTES);
        let mut buffer = vec![0; 1 << 16];
        loop {
            let n = answer.read(&mut buffer)?;
            if n == 0 {
                break;
            }
            let came = buffer.get(..n).unwrap_or_default();
            if self.part.received == 0
                && self.entry.kind.is_ggml()
                && let Some(what) = ggml::what_else(came).filter(|_| n >= 4)
            {
                return Err(Failed::Wrong(what.into()));
            }
            if self.part.received + n as u64 > most {
                return Err(Failed::Wrong(format!("more than {most} bytes")));
            }
            self.part.append(came)?;
            (self.report)(Progress::Received(self.part.received));
        }
        match bytes {
            Some(bytes) if self.part.received < bytes => {
                Err(Failed::Again(format!("the connection ended after {} of {bytes} bytes", self.part.received)))
            }
            _ => Ok(()),
        }
    }
}
