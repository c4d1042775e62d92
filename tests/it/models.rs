//! Models: fetched from a server in this process that breaks off, lies, hangs and redirects; and files that are no models.
//! Nothing here leaves the machine.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use callvet::models::fetch::{FetchError, FetchOptions, Fetched, Progress, fetch};
use callvet::models::{self, ModelEntry, ModelKind};

use crate::program::{Ran, arg, callvet, command, finish, reference};

// ---- The server ----

/// What the server does with one request. The last of a list answers all that follow.
#[derive(Debug, Clone)]
enum Reply {
    /// The file, or the part of it that was asked for.
    File,
    /// As `File`, under another entity tag: who asks for a part of what was there before gets the whole.
    OtherVersion,
    /// The file, of which only so many bytes are sent before the connection ends.
    Cut(usize),
    /// The whole file, whatever was asked for.
    WholeAlways,
    /// The file in chunks, without its length.
    Chunked,
    /// Part of the file, but from another byte than was asked for.
    OtherPart,
    /// So many bytes, then nothing until the server ends.
    Hang(usize),
    /// No file.
    Status(u16),
    /// Elsewhere: `{}` is this server.
    Redirect(&'static str),
    /// A web page with status 200.
    Page,
    /// These bytes in place of the file.
    Bytes(Vec<u8>),
}

/// A request as it came: the target and the headers, in lower case.
#[derive(Debug, Clone)]
struct Request {
    line: String,
    headers: String,
}

struct Server {
    address: String,
    requests: Arc<Mutex<Vec<Request>>>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    fn new(file: Vec<u8>, replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        let (requests, is_over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let server = Self { address: address.clone(), requests: requests.clone(), is_over: is_over.clone() };
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (file, replies, address) = (file.clone(), replies.clone(), address.clone());
                let (requests, is_over) = (requests.clone(), is_over.clone());
                // A client that goes away in the middle ends the thread, no more.
                std::thread::spawn(move || serve(stream, &file, &replies, &address, &requests, &is_over));
            }
        });
        server
    }

    fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no thread panics with it").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

fn serve(
    mut stream: TcpStream,
    file: &[u8],
    replies: &[Reply],
    address: &str,
    requests: &Mutex<Vec<Request>>,
    is_over: &AtomicBool,
) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    loop {
        let line = lines.next()?.ok()?;
        let headers: Vec<String> = lines
            .by_ref()
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .map(|h| h.to_lowercase())
            .collect();
        let is_connect = line.starts_with("CONNECT ");
        let index = {
            let mut requests = requests.lock().ok()?;
            requests.push(Request { line, headers: headers.join("\n") });
            requests.iter().filter(|r| !r.line.starts_with("CONNECT ")).count()
        };
        if is_connect {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
            continue;
        }
        let reply = replies.get(index - 1).or(replies.last())?;
        return answer(&mut stream, file, reply, &headers, address, is_over);
    }
}

fn answer(
    stream: &mut TcpStream,
    file: &[u8],
    reply: &Reply,
    headers: &[String],
    address: &str,
    is_over: &AtomicBool,
) -> Option<()> {
    let header = |name: &str| headers.iter().find_map(|h| h.strip_prefix(name)?.strip_prefix(": "));
    let tag = if matches!(reply, Reply::OtherVersion) { "\"v2\"" } else { "\"v1\"" };
    let is_same = header("if-range").is_none_or(|given| given == tag);
    let from: Option<usize> =
        header("range").filter(|_| is_same).and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let mut send = |head: String, body: &[u8]| {
        stream.write_all(format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n").as_bytes()).ok()?;
        stream.write_all(body).ok()?;
        stream.flush().ok()
    };
    let size = file.len();
    let part = match from {
        Some(from) if from >= size => {
            return send(format!("416 No\r\nContent-Range: bytes */{size}\r\nContent-Length: 0"), &[]);
        }
        Some(from) => format!(
            "206 Part\r\nETag: {tag}\r\nContent-Range: bytes {from}-{}/{size}\r\nContent-Length: {}",
            size - 1,
            size - from
        ),
        None => format!("200 OK\r\nETag: {tag}\r\nContent-Length: {size}"),
    };
    let body = &file[from.unwrap_or(0)..];
    match reply {
        Reply::File | Reply::OtherVersion => send(part, body),
        Reply::Cut(n_bytes) => send(part, &body[..*n_bytes]),
        Reply::Hang(n_bytes) => {
            send(part, &body[..*n_bytes])?;
            while !is_over.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(5));
            }
            Some(())
        }
        Reply::WholeAlways => send(format!("200 OK\r\nContent-Length: {size}"), file),
        Reply::OtherPart => send(
            format!("206 Part\r\nContent-Range: bytes 1-{}/{size}\r\nContent-Length: {}", size - 1, size - 1),
            &file[1..],
        ),
        Reply::Chunked => {
            let mut chunks = Vec::new();
            for chunk in file.chunks(50_000) {
                chunks.extend(format!("{:x}\r\n", chunk.len()).bytes().chain(chunk.iter().copied()).chain(*b"\r\n"));
            }
            chunks.extend(b"0\r\n\r\n");
            send("200 OK\r\nTransfer-Encoding: chunked".into(), &chunks)
        }
        Reply::Status(status) => send(format!("{status} Sorry\r\nContent-Length: 0"), &[]),
        Reply::Redirect(to) => {
            send(format!("302 There\r\nLocation: {}\r\nContent-Length: 0", to.replace("{}", address)), &[])
        }
        Reply::Page => {
            send("200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 13".into(), b"<html></html>")
        }
        Reply::Bytes(bytes) => send(format!("200 OK\r\nContent-Length: {}", bytes.len()), bytes),
    }
}

// ---- A model that is none, but has the form of one ----

/// The smallest file with the structure of a Whisper model: tiny's layers, one in the decoder, with weights of a few
/// bytes but for one of 200 kB.
fn whisper_file() -> Vec<u8> {
    let mut file = b"lmgg".to_vec();
    let add = |file: &mut Vec<u8>, values: &[i32]| values.iter().for_each(|v| file.extend(v.to_le_bytes()));
    // Vocabulary, encoder, decoder, mel bands, f16; then the mel filters and one word.
    add(&mut file, &[51_865, 1500, 384, 6, 4, 448, 384, 6, 1, 80, 1, 80, 201]);
    file.resize(file.len() + 4 * 80 * 201, 0);
    add(&mut file, &[1, 2]);
    file.extend(b"hi");
    for i in 0..7 + 4 + 15 * 4 + 24 {
        let n = if i == 0 { 100_000 } else { 8 };
        add(&mut file, &[1, 1, 1, n]);
        file.push(b't');
        file.extend((0..2 * n).map(|k| (k * 7 + i) as u8));
    }
    file
}

/// What the manifest would say of it.
fn entry_of(file: &[u8]) -> ModelEntry {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("m");
    fs::write(&path, file).expect("writable");
    ModelEntry {
        name: "test".into(),
        kind: ModelKind::Speech,
        file: "ggml-test.bin".into(),
        url: None,
        sha256: Some(models::sha256(&path).expect("readable")),
        sha1: None,
        bytes: Some(file.len() as u64),
        licence: "none".into(),
        languages: "any".into(),
        default: false,
        measured: None,
    }
}

// ---- Fetching ----

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Files in it but for the lock, by name.
    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .expect("readable")
            .map(|entry| entry.expect("readable").file_name().into_string().expect("text"))
            .filter(|name| name != ".callvet-fetch.lock")
            .collect();
        names.sort();
        names
    }

    fn options(&self, server: &Server) -> FetchOptions {
        FetchOptions {
            mirror: Some(format!("{}/whisper/", server.address)),
            // Longer than a busy machine can stall.
            patience: Duration::from_secs(30),
            n_retries: 2,
            pause: Duration::from_millis(1),
            with_proxy: false,
            ..FetchOptions::into_folder(self.0.path())
        }
    }
}

/// What came of a fetch.
struct Came {
    requests: Vec<Request>,
    /// Files in the folder afterwards.
    files: Vec<String>,
    /// What was told underway: bytes there at the start of each transfer, and reasons for trying again.
    starts: Vec<u64>,
    reasons: Vec<String>,
}

/// Fetches into `place` and panics unless it ends as expected: `Ok(is_new)`, or an error that says this. Whatever
/// happens, the final name holds the right file or what was there before.
#[track_caller]
fn check_in(place: &Place, entry: &ModelEntry, file: &[u8], replies: &[Reply], expected: Result<bool, &str>) -> Came {
    let target = place.at(&entry.file);
    let before = fs::read(&target).ok();
    let server = Server::new(file.to_vec(), replies.to_vec());
    let (mut starts, mut reasons) = (Vec::new(), Vec::new());
    let mut options = place.options(&server);
    if replies.iter().any(|reply| matches!(reply, Reply::Hang(_))) {
        // Waited for to its end, as often as the server hangs.
        options.patience = Duration::from_secs(1);
    }
    let fetched = fetch(entry, &options, &mut |progress| match progress {
        Progress::Started { received, .. } => starts.push(received),
        Progress::Again { why, .. } => reasons.push(why.to_owned()),
        _ => {}
    });
    let files = place.files();
    match (&fetched, expected) {
        (Ok(Fetched::New(path)), Ok(true)) | (Ok(Fetched::AlreadyThere(path)), Ok(false)) => {
            assert_eq!(*path, target);
            assert!(fs::read(&target).expect("it is there") == file, "another file is under the final name");
            assert_eq!(files, [entry.file.as_str()], "something is left over");
        }
        (Err(error), Err(expected)) => {
            let message = error.to_string();
            assert!(message.contains(expected), "{expected:?} is not in {message}");
            assert!(!message.contains("127.0.0.1"), "{message}");
            assert!(fs::read(&target).ok() == before, "the final name was touched");
        }
        _ => panic!("{fetched:?} instead of {expected:?}; tried again because of {reasons:?}"),
    }
    Came { requests: server.requests(), files, starts, reasons }
}

#[track_caller]
fn check(replies: &[Reply], expected: Result<bool, &str>) -> Came {
    let file = whisper_file();
    check_in(&Place::new(), &entry_of(&file), &file, replies, expected)
}

#[test]
fn a_model_comes_whole_from_the_mirror_under_its_own_name() {
    let came = check(&[Reply::File], Ok(true));
    assert_eq!(came.requests.len(), 1);
    assert_eq!(came.requests[0].line, "GET /whisper/ggml-test.bin HTTP/1.1");
    assert!(!came.requests[0].headers.contains("range:"), "{:?}", came.requests);
    check(&[Reply::Chunked], Ok(true));
}

#[test]
fn a_broken_connection_is_taken_up_where_it_broke() {
    let came = check(&[Reply::Cut(100_000), Reply::Cut(50_000), Reply::File], Ok(true));
    let ranges: Vec<bool> = [100_000, 150_000]
        .iter()
        .zip(&came.requests[1..])
        .map(|(from, r)| r.headers.contains(&format!("range: bytes={from}-")) && r.headers.contains("if-range: \"v1\""))
        .collect();
    assert_eq!((ranges, came.starts), (vec![true; 2], vec![0, 100_000, 150_000]), "{:?}", came.requests);
}

#[test]
fn a_later_run_goes_on_with_what_an_earlier_one_left() {
    let (file, place) = (whisper_file(), Place::new());
    let entry = entry_of(&file);
    // Three attempts, then it is given up: 30 kB, and nothing more.
    let replies = [Reply::Cut(30_000), Reply::Status(503)];
    let came = check_in(&place, &entry, &file, &replies, Err("status 503"));
    assert_eq!(
        (came.reasons.len(), came.files),
        (2, vec!["ggml-test.bin.part".into(), "ggml-test.bin.part.etag".into()])
    );
    let came = check_in(&place, &entry, &file, &[Reply::File], Ok(true));
    assert_eq!((came.starts, came.requests.len()), (vec![30_000], 1));
}

#[test]
fn a_part_that_is_already_whole_is_only_checked() {
    let (file, place) = (whisper_file(), Place::new());
    fs::write(place.at("ggml-test.bin.part"), &file).expect("writable");
    let came = check_in(&place, &entry_of(&file), &file, &[Reply::Status(404)], Ok(true));
    assert!(came.requests.is_empty());
}

#[test]
fn a_server_that_ignores_or_mistakes_the_range_is_asked_for_the_whole() {
    for second in [Reply::WholeAlways, Reply::OtherVersion] {
        let came = check(&[Reply::Cut(100_000), second], Ok(true));
        assert_eq!(came.starts, [0, 0]);
    }
    let came = check(&[Reply::Cut(100_000), Reply::OtherPart, Reply::File], Ok(true));
    assert_eq!(came.starts, [0, 0], "nothing of the other part was taken");
    // The part of another, longer file, and one of the same length.
    let (file, place) = (whisper_file(), Place::new());
    fs::write(place.at("ggml-test.bin.part"), vec![1; file.len() + 5]).expect("writable");
    check_in(&place, &entry_of(&file), &file, &[Reply::File], Ok(true));
    fs::write(place.at("ggml-test.bin.part"), vec![1; file.len()]).expect("writable");
    fs::remove_file(place.at("ggml-test.bin")).expect("it came");
    let came = check_in(&place, &entry_of(&file), &file, &[Reply::File], Err("SHA-256"));
    assert!(came.files.is_empty(), "{:?}", came.files);
    check_in(&place, &entry_of(&file), &file, &[Reply::File], Ok(true));
}

#[test]
fn what_is_not_the_model_is_deleted_and_called_so() {
    let mut changed = whisper_file();
    *changed.last_mut().expect("long") ^= 1;
    let longer = [whisper_file(), vec![0]].concat();
    let page = b"<!DOCTYPE html><p>Please sign in to the network</p>".to_vec();
    for (reply, expected) in [
        (Reply::Bytes(changed), "SHA-256"),
        (Reply::Bytes(longer), "bytes instead of"),
        (Reply::Bytes(b"short".to_vec()), "5 bytes instead of"),
        (Reply::Page, "web page"),
        (Reply::Bytes(page), "bytes instead of"),
    ] {
        let came = check(&[reply], Err(expected));
        assert_eq!((came.requests.len(), came.files.len()), (1, 0), "{:?}", came.files);
    }
}

#[test]
fn a_page_in_between_does_not_cost_what_came_before() {
    let (file, place) = (whisper_file(), Place::new());
    let entry = entry_of(&file);
    check_in(&place, &entry, &file, &[Reply::Cut(100_000), Reply::Page], Err("web page"));
    let came = check_in(&place, &entry, &file, &[Reply::File], Ok(true));
    assert_eq!(came.starts, [100_000]);
}

#[test]
fn a_page_in_chunks_is_known_by_its_first_bytes() {
    let (file, place) = (whisper_file(), Place::new());
    let page = b"<html>Please sign in to the network</html>".repeat(100);
    check_in(&place, &entry_of(&file), &page, &[Reply::Chunked], Err("a web page, not a model"));
    let longer = [file.clone(), vec![0; 70_000]].concat();
    check_in(&place, &entry_of(&file), &longer, &[Reply::Chunked], Err("more than"));
}

#[test]
fn a_file_with_the_right_hash_must_still_be_a_model_of_its_kind() {
    let mut file = whisper_file();
    file.truncate(file.len() - 33);
    let (entry, place) = (entry_of(&file), Place::new());
    let came = check_in(&place, &entry, &file, &[Reply::File], Err("94 tensors of 95"));
    assert!(came.files.is_empty(), "{:?}", came.files);
    let silero = ModelEntry { kind: ModelKind::VoiceActivity, ..entry_of(&whisper_file()) };
    check_in(&place, &silero, &whisper_file(), &[Reply::File], Err("a speech model, not a voice activity model"));
}

#[test]
fn a_model_of_which_only_the_sha_1_is_known_is_fetched_without_its_size() {
    // FIPS 180-2, appendix A.1.
    let entry = ModelEntry {
        kind: ModelKind::Speaker,
        sha256: None,
        sha1: Some("a9993e364706816aba3e25717850c26c9cd0d89d".into()),
        bytes: None,
        ..entry_of(b"abc")
    };
    let place = Place::new();
    check_in(&place, &entry, b"abd", &[Reply::File], Err("SHA-1"));
    check_in(&place, &entry, b"abc", &[Reply::Cut(1), Reply::File], Ok(true));
    let place = Place::new();
    check_in(&place, &entry, b"abc", &[Reply::Chunked], Ok(true));
}

#[test]
fn a_server_in_trouble_is_asked_again_one_without_the_file_is_not() {
    let came = check(&[Reply::Status(500), Reply::Status(429), Reply::File], Ok(true));
    assert_eq!(came.reasons.len(), 2);
    for (status, expected) in [(404, "does not have it"), (403, "sign-in"), (204, "status 204"), (304, "status 304")] {
        let came = check(&[Reply::Status(status)], Err(expected));
        assert_eq!((came.requests.len(), came.files.len()), (1, 0), "{:?}", came.files);
    }
}

#[test]
fn a_server_that_hangs_is_given_up_and_what_came_stays() {
    let came = check(&[Reply::Hang(0)], Err("did not answer in time"));
    assert_eq!(came.reasons.len(), 2);
    let came = check(&[Reply::Hang(70_000), Reply::File], Ok(true));
    assert_eq!(came.starts, [0, 70_000]);
}

#[test]
fn redirects_are_followed_inside_the_mirror_and_never_to_plain_http_elsewhere() {
    check(&[Reply::Redirect("{}/other/place"), Reply::File], Ok(true));
    let came = check(&[Reply::Redirect("/other/place"), Reply::Cut(9), Reply::File], Ok(true));
    assert!(came.requests[1].line.starts_with("GET /other/place "), "{:?}", came.requests);
    check(&[Reply::Redirect("http://models.invalid/m.bin")], Err("without encryption"));
    check(&[Reply::Redirect("again")], Err("in a circle"));
}

#[test]
fn the_right_file_is_not_fetched_again_and_a_wrong_one_is_replaced() {
    let (file, place) = (whisper_file(), Place::new());
    let entry = entry_of(&file);
    fs::write(place.at("ggml-test.bin"), b"an older one").expect("writable");
    check_in(&place, &entry, &file, &[Reply::Page], Err("web page"));
    check_in(&place, &entry, &file, &[Reply::File], Ok(true));
    let came = check_in(&place, &entry, &file, &[Reply::Status(404)], Ok(false));
    assert!(came.requests.is_empty());
}

#[test]
fn two_at_once_do_not_write_into_one_part() {
    let (file, place) = (whisper_file(), Place::new());
    let entry = entry_of(&file);
    let server = Server::new(file.clone(), vec![Reply::Hang(1000), Reply::File]);
    let options = FetchOptions { patience: Duration::from_secs(2), ..place.options(&server) };
    let (begun, has_begun) = mpsc::channel();
    let first = std::thread::spawn({
        let (entry, options) = (entry.clone(), options.clone());
        move || {
            fetch(&entry, &options, &mut |progress| {
                if matches!(progress, Progress::Received(_)) {
                    let _ = begun.send(());
                }
            })
        }
    });
    has_begun.recv().expect("the first has received something");
    let second = fetch(&entry, &options, &mut |_| panic!("the second must not begin"));
    assert!(matches!(&second, Err(FetchError::Busy(_))), "{second:?}");
    assert!(matches!(first.join().expect("no panic"), Ok(Fetched::New(_))));
    assert!(fs::read(place.at("ggml-test.bin")).expect("it came") == file);
}

#[test]
fn a_folder_that_cannot_be_made_and_a_mirror_that_is_no_address_are_told() {
    let (file, place) = (whisper_file(), Place::new());
    let (entry, server) = (entry_of(&file), Server::new(file, vec![Reply::File]));
    fs::write(place.at("file"), b"").expect("writable");
    let options = FetchOptions { folder: place.at("file/models"), ..place.options(&server) };
    let error = fetch(&entry, &options, &mut |_| {}).expect_err("a file is in the way");
    assert!(matches!(&error, FetchError::Folder { .. }) && error.to_string().contains("--to"), "{error}");
    for mirror in ["models", "ftp://a/b", "http://", "https:///a", "https://a b", "https://a/?x="] {
        let options = FetchOptions { mirror: Some(mirror.into()), ..place.options(&server) };
        let error = fetch(&entry, &options, &mut |_| {}).expect_err("no address");
        assert!(matches!(&error, FetchError::Mirror(_)), "{mirror}: {error}");
    }
    let options = FetchOptions { mirror: None, ..place.options(&server) };
    let error = fetch(&entry, &options, &mut |_| {}).expect_err("published nowhere");
    assert!(matches!(&error, FetchError::NotPublished { .. }), "{error}");
    assert!(server.requests().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_what_the_file_needs() {
    let (file, place) = (whisper_file(), Place::new());
    std::os::unix::fs::symlink("/dev/full", place.at("ggml-test.bin.part")).expect("a link");
    check_in(&place, &entry_of(&file), &file, &[Reply::File], Err("make room"));
}

// ---- The command ----

/// `callvet models fetch ...` without a proxy of whoever runs the tests, with a data folder of its own.
fn fetch_command(place: &Place, args: &[&str]) -> Command {
    let mut command = command();
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env("XDG_DATA_HOME", place.0.path()).args(["models", "fetch"]).args(args);
    command
}

#[track_caller]
fn check_ran(ran: &Ran, code: i32, on_stderr: &str) {
    assert_eq!(ran.code, code, "{ran:?}");
    assert!(ran.stderr.contains(on_stderr), "{on_stderr:?} is not in {}", ran.stderr);
    assert!(ran.stdout.is_empty() && !ran.stderr.contains('\u{1b}'), "{ran:?}");
}

fn silero() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/ggml-silero-v6.2.0.bin")).expect("it is committed")
}

#[test]
fn the_command_puts_a_model_into_the_users_data_folder_and_finds_it_there() {
    let place = Place::new();
    let server = Server::new(silero(), vec![Reply::Cut(400_000), Reply::File]);
    let mut command = fetch_command(&place, &["silero-v6.2.0", "--url", &server.address]);
    // Not those of the source tree, where it is already.
    command.env("CALLVET_MODELS", place.at("elsewhere")).current_dir(place.0.path());
    let ran = finish(&mut command);
    check_ran(&ran, 0, "trying again in 1 s");
    assert_eq!(server.requests().len(), 2);
    let file = place.at("callvet/models/ggml-silero-v6.2.0.bin");
    assert!(fs::read(&file).expect("it came") == silero());
    check_ran(&finish(&mut command), 0, "already there");
    assert_eq!(server.requests().len(), 2, "the second run asked again");
    let verified = callvet(["models", "verify", arg(&file)]);
    assert!(verified.code == 0 && verified.stdout.contains("ok: size and SHA-256"), "{verified:?}");
}

#[test]
fn the_command_uses_the_proxy_of_the_environment() {
    let place = Place::new();
    let proxy = Server::new(silero(), vec![Reply::File]);
    let mut command = fetch_command(&place, &["silero-v6.2.0", "--to", arg(&place.at("to"))]);
    // The name exists nowhere: only the proxy can have answered.
    command.env("CALLVET_MODELS_URL", "http://models.invalid/whisper").env("HTTP_PROXY", &proxy.address);
    check_ran(&finish(&mut command), 0, "CALLVET_MODELS");
    assert!(proxy.requests()[0].line.contains("models.invalid"), "{:?}", proxy.requests());
}

#[test]
fn offline_refuses_to_fetch_and_opens_no_connection() {
    let place = Place::new();
    let server = Server::new(silero(), vec![Reply::File]);
    let to = place.at("to");
    let args = ["silero-v6.2.0", "--to", arg(&to), "--url", &server.address];
    check_ran(&finish(fetch_command(&place, &args).arg("--offline")), 2, "--offline");
    check_ran(&finish(fetch_command(&place, &args).env("CALLVET_OFFLINE", "1")), 2, "CALLVET_OFFLINE");
    check_ran(&finish(fetch_command(&place, &args).env("CALLVET_OFFLINE", "maybe")), 2, "offline");
    assert!(server.requests().is_empty() && !to.exists());
    check_ran(&finish(fetch_command(&place, &args).env("CALLVET_OFFLINE", "0")), 0, "silero");
}

#[test]
fn every_command_takes_offline() {
    for args in [vec!["--offline", "models", "list"], vec!["doctor", "--offline"], vec!["phrases", "list", "--offline"]]
    {
        assert_eq!(callvet(&args).code, 0, "{args:?}");
    }
    let clip = reference("speech/agent.wav");
    let ran = callvet(["analyze", arg(&clip), "--offline", "--dry-run", "--out", "never"]);
    assert!(!ran.stderr.contains("unexpected argument '--offline'"), "{ran:?}");
}

#[test]
fn the_command_tells_usage_environment_and_wrong_files_apart() {
    let place = Place::new();
    let server = |reply| Server::new(silero(), vec![reply]);
    let (file, page, missing) = (server(Reply::File), server(Reply::Page), server(Reply::Status(404)));
    fs::write(place.at("file"), b"").expect("writable");
    let (to, blocked) = (place.at("to"), place.at("file/models"));
    let nobody = {
        // Bound and given back: nobody listens there.
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        format!("http://{}", listener.local_addr().expect("bound"))
    };
    for (args, code, expected) in [
        (vec!["smal", "--url", &file.address], 2, "known names: base-q8_0, "),
        (vec![], 2, "NAME"),
        (vec!["tiny", "--url", "models"], 2, "--url must be an address"),
        (vec!["ge2e-speaker-encoder", "--to", arg(&to)], 2, "not published"),
        (vec!["silero-v6.2.0", "--url", &page.address, "--to", arg(&to)], 3, "web page"),
        (vec!["silero-v6.2.0", "--url", &missing.address, "--to", arg(&to)], 4, "does not have it"),
        (vec!["silero-v6.2.0", "--url", &nobody, "--to", arg(&to)], 4, "refused"),
        (vec!["silero-v6.2.0", "--url", &file.address, "--to", arg(&blocked)], 4, "cannot write to the models folder"),
    ] {
        check_ran(&finish(&mut fetch_command(&place, &args)), code, expected);
    }
    assert!(file.requests().is_empty());
}

#[test]
fn the_list_has_addresses_and_hashes_as_json() {
    let ran = callvet(["models", "list", "--json"]);
    let models: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let small = models.as_array().expect("a list").iter().find(|m| m["name"] == "small").expect("known");
    assert_eq!((&small["kind"], &small["bytes"]), (&"speech".into(), &487_601_967_u64.into()));
    assert!(small["url"].as_str().is_some_and(|url| url.starts_with("https://")), "{small}");
    assert!(small["sha256"].as_str().is_some_and(|hash| hash.len() == 64) && small["measured"].is_null(), "{small}");
}

// ---- Files that are no models ----

#[test]
fn a_file_that_is_no_speech_model_is_refused_by_name_before_any_call_is_heard() {
    let place = Place::new();
    let whole = whisper_file();
    let mut unknown_weights = whole.clone();
    unknown_weights[44..48].copy_from_slice(&99_i32.to_le_bytes());
    let onnx = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/dnsmos-p835-sig_bak_ovr.onnx"));
    for (name, bytes, expected) in [
        ("empty.bin", Vec::new(), "the file is empty"),
        ("cut.bin", whole[..whole.len() / 2].to_vec(), "ends too early"),
        ("tensor-missing.bin", whole[..whole.len() - 33].to_vec(), "94 tensors of 95"),
        ("weights.bin", unknown_weights, "weights of type 99"),
        ("llama.gguf", b"GGUF\x03\0\0\0\x01\0\0\0".to_vec(), "a GGUF file"),
        ("dnsmos.onnx", onnx.expect("it is committed"), "an ONNX model"),
        ("notes.txt", b"just some notes\n".to_vec(), "text, not a model"),
        ("ggml-small.bin", b"<!DOCTYPE html><title>404</title>".to_vec(), "a web page"),
        ("ggml-silero.bin", silero(), "a voice activity model, not a speech model"),
    ] {
        let file = place.at(name);
        fs::write(&file, bytes).expect("writable");
        let (clip, out) = (reference("speech/agent.wav"), place.at("out"));
        let ran = callvet(["analyze", arg(&clip), "--out", arg(&out), "--model", arg(&file)]);
        check_ran(&ran, 2, expected);
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
        assert!(!out.join("batch.json").exists(), "{name}");
    }
}
