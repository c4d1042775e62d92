//! `callvet serve` as a browser meets it, and as those do who have no business there: a real socket, and requests written by
//! hand, since no client would send some of them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use callvet::batch::review::ReviewBook;
use serde_json::{Value, json};

use crate::batch::{Analyst, Place, options};
use crate::program::{arg, callvet, command};

/// A recording that browsers play, as far as its first bytes tell.
const SOUND: &str = "RIFF\u{4}\0\0\0WAVEfmt 0123456789abcdefghijklmnopqrstuvwxyz";

/// A running server.
pub struct Running {
    child: Child,
    port: u16,
    /// The path and query that give the cookie.
    entry: String,
    cookie: String,
}

impl Running {
    /// Serves a folder, and comes in.
    fn start(dir: &Path) -> Self {
        let mut running = Self::started(dir);
        running.enter();
        running
    }

    /// Serves a folder.
    pub fn started(dir: &Path) -> Self {
        let child = command().args(["serve", arg(dir)]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the program is built with the tests");
        let mut url = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut url).expect("a line of text");
        let rest = url.trim_end().strip_prefix("http://127.0.0.1:").expect("an address of this machine");
        let (port, entry) = rest.split_once('/').expect("a path");
        let port = port.parse().expect("a port");
        Self { child, port, entry: format!("/{entry}"), cookie: String::new() }
    }

    /// Comes in with the address that was printed.
    pub fn enter(&mut self) {
        let entered = self.raw(&format!("GET {} HTTP/1.1\r\nHost: {}\r\n", self.entry, self.host()), b"");
        assert_eq!((entered.status, entered.header("location")), (303, "/"));
        let cookie = entered.header("set-cookie");
        assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
        self.cookie = cookie.split(';').next().expect("a pair").to_owned();
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends a head without its last line, and a body.
    fn raw(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time");
        stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).expect("it reads");
        // A server that has refused by the head alone may have closed already.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        Answer::parse(&bytes).unwrap_or_else(|| panic!("no answer to {head}: {read:?} {bytes:?}"))
    }

    /// A request as the browser that came in sends it; `more` are lines of the head.
    fn ask(&self, method: &str, path: &str, more: &[&str], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n", self.host(), self.cookie);
        more.iter().for_each(|line| head.push_str(&format!("{line}\r\n")));
        if !body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        self.raw(&head, body)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    /// Follows what leads on.
    fn follow(&self, path: &str) -> (String, Answer) {
        let answer = self.get(path);
        match answer.status {
            303 => self.follow(answer.header("location")),
            _ => (path.to_owned(), answer),
        }
    }

    fn post(&self, reviews: &Value) -> Answer {
        let origin = format!("Origin: http://{}", self.host());
        self.ask("POST", "/api/reviews", &[&origin, "Content-Type: application/json"], reviews.to_string().as_bytes())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have been ended by the test.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server sent.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let pair = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Some(Self { status, headers: lines.filter_map(pair).collect(), body: bytes[end + 4..].to_vec() })
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

/// Two calls with pages, and things of their owner beside them.
fn place() -> Place {
    let place = Place::new(&[("a b.wav", SOUND), ("ż/b.wav", SOUND), ("c.au", "no browser plays it")]);
    place.run(&options(1), &Analyst::default()).expect("a run");
    fs::write(place.input().join("secret.wav"), "never analysed").expect("writable");
    fs::write(place.out().join("notes.html"), "the owner's").expect("writable");
    place
}

/// The page of the call whose file begins so.
fn page_of(place: &Place, begin: &str) -> String {
    let names =
        fs::read_dir(place.out().join("calls")).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names = names.filter_map(|name| name.into_string().ok());
    names.find(|name| name.starts_with(begin) && name.ends_with(".html")).expect("a page")
}

#[test]
fn only_who_has_the_key_sees_anything() {
    let place = place();
    let server = Running::start(&place.out());
    let host = format!("Host: {}\r\n", server.host());
    let wrong = format!("/?token={}", "0".repeat(64));
    let other_cookie = format!("Cookie: callvet-{}={}\r\n", server.port, "0".repeat(64));
    let token = server.entry.trim_start_matches("/?token=");
    assert!(token.len() >= 32, "128 bits at least: {token}");
    let token_as_cookie = format!("Cookie: callvet-{}={token}\r\n", server.port);
    for (path, cookie) in [
        ("/", ""),
        ("/index.html", ""),
        ("/out/index.html", ""),
        ("/api/reviews", ""),
        ("/nothing", ""),
        (wrong.as_str(), ""),
        ("/?token=", ""),
        (&format!("/index.html?token={token}"), ""),
        ("/", &other_cookie),
        ("/", &token_as_cookie),
    ] {
        let answer = server.raw(&format!("GET {path} HTTP/1.1\r\n{host}{cookie}"), b"");
        assert_eq!(answer.status, 403, "{path} {cookie}");
        assert_eq!(answer.header("set-cookie"), "");
        assert!(answer.body.starts_with(b"Open the address that callvet printed"), "{answer:?}");
    }
    let (path, index) = server.follow("/");
    assert_eq!((path.as_str(), index.status), ("/out/index.html", 200));
    assert_eq!(index.body, fs::read(place.out().join("index.html")).expect("readable"));
    // The keys are of this run.
    let again = Running::start(&place.out());
    assert_ne!(again.entry, server.entry);
    let old =
        format!("GET / HTTP/1.1\r\nHost: {}\r\nCookie: callvet-{}={}\r\n", again.host(), again.port, server.cookie);
    assert_eq!(again.raw(&old, b"").status, 403);
}

#[test]
fn a_page_of_another_name_or_site_gets_nothing() {
    let place = place();
    let server = Running::start(&place.out());
    let port = server.port;
    for host in
        ["rebound.example".to_owned(), format!("rebound.example:{port}"), "127.0.0.1".into(), format!("[::1]:{port}")]
    {
        let head = format!("GET / HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\n", server.cookie);
        assert_eq!(server.raw(&head, b"").status, 421, "{host}");
    }
    assert_eq!(server.raw(&format!("GET / HTTP/1.0\r\nCookie: {}\r\n", server.cookie), b"").status, 421);
    let own = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {}\r\n", server.cookie);
    assert_eq!(server.raw(&own, b"").status, 303);
    for from in
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://127.0.0.1:9", "Origin: null"]
    {
        assert_eq!(server.ask("GET", "/api/reviews", &[from], b"").status, 403, "{from}");
    }
}

#[test]
fn it_listens_to_this_machine_alone() {
    let place = place();
    let server = Running::start(&place.out());
    // An address of this machine too, which a server of all addresses would answer on.
    assert!(TcpStream::connect(("127.0.0.2", server.port)).is_err());
    assert!(TcpStream::connect(("::1", server.port)).is_err());
    #[cfg(target_os = "linux")]
    {
        let port = format!(":{:04X}", server.port);
        let bound = |table: &str| -> Vec<String> {
            let text = fs::read_to_string(table).unwrap_or_default();
            let rows = text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
            // State 0A is LISTEN.
            let ours = rows.filter(|row| row.len() > 3 && row[3] == "0A" && row[1].ends_with(&port));
            ours.map(|row| row[1].to_owned()).collect()
        };
        assert_eq!(bound("/proc/net/tcp"), [format!("0100007F{port}")]);
        assert!(bound("/proc/net/tcp6").is_empty());
    }
}

#[test]
fn every_answer_is_kept_to_this_browser() {
    let place = place();
    let server = Running::start(&place.out());
    let index = server.follow("/").1;
    let refused = server.raw(&format!("GET / HTTP/1.1\r\nHost: {}\r\n", server.host()), b"");
    for (answer, policy) in [
        (&index, "frame-ancestors 'none'"),
        (&refused, "default-src 'none'; frame-ancestors 'none'"),
        (&server.get("/out/batch.json"), "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(answer.header("content-security-policy"), policy);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    assert_eq!(index.header("content-type"), "text/html; charset=utf-8");
}

#[test]
fn what_is_not_made_for_browsers_is_not_there() {
    let place = place();
    #[cfg(unix)]
    {
        let calls = place.out().join("calls");
        std::os::unix::fs::symlink(place.input().join("secret.wav"), calls.join("link-0123abcd.json"))
            .expect("writable");
        std::os::unix::fs::symlink(place.input(), place.out().join("linked")).expect("writable");
    }
    let server = Running::start(&place.out());
    let page = format!("/out/calls/{}", page_of(&place, "a-b-"));
    assert_eq!(server.get(&page).status, 200);
    assert_eq!(server.get("/in/a%20b.wav").status, 200);
    // From here on the store has a log beside it.
    assert_eq!(server.get("/api/reviews").status, 200);
    for path in [
        "/out/callvet.sqlite",
        "/out/callvet.sqlite-wal",
        "/out/callvet.sqlite-shm",
        "/out/.callvet.lock",
        "/out/notes.html",
        "/out/",
        "/out",
        "/out/calls/",
        "/out/calls/link-0123abcd.json",
        "/out/linked/a%20b.wav",
        "/in/secret.wav",
        "/in/",
        "/etc/passwd",
        "//etc/passwd",
        "/out/../out/callvet.sqlite",
        "/out/%2e%2e/in/secret.wav",
        "/out/..%2fin/secret.wav",
        "/out/..%5cin%5csecret.wav",
        "/out\\callvet.sqlite",
        "/out/calls/../callvet.sqlite",
        "/out/calls/..%2Fcallvet.sqlite",
        "/out/./callvet.sqlite",
        "/out//callvet.sqlite",
        "/out/callvet.sqlite%00.html",
        "/out/callvet%2Esqlite",
        "/out/index.html/",
        "/out/index.html%00",
        "/out/index.html%",
        "/out/%252e%252e/in/secret.wav",
        "/../../../../../../etc/passwd",
        "/%ff",
        "/C:/x",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {answer:?}");
        assert!(answer.body.len() < 100, "{path}");
    }
}

#[test]
fn a_page_finds_its_pictures_and_its_sound_by_its_own_links() {
    let place = place();
    let server = Running::start(&place.out());
    for (begin, sound) in [("a-b-", "/in/a%20b.wav"), ("b-", "/in/%C5%BC/b.wav")] {
        let name = page_of(&place, begin);
        // Who asks as if the folder were all there is gets to the same page.
        let (path, page) = server.follow(&format!("/calls/{}", name.replace('ż', "%C5%BC")));
        assert_eq!((path, page.status), (format!("/out/calls/{name}"), 200));
        let html = String::from_utf8(page.body).expect("UTF-8");
        // From `/out/calls/`, as browsers resolve it.
        assert!(html.contains(&format!("\"../..{sound}\"")), "{sound}");
        let heard = server.get(sound);
        assert_eq!((heard.status, heard.header("content-type")), (200, "audio/wav"));
        assert_eq!(heard.body, SOUND.as_bytes());
        let picture = server.get(&format!("/out/media/{}", name.replace(".html", ".0.png")));
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    }
    // A copy that callvet made is played instead.
    assert_eq!(server.get("/in/c.au").status, 404);
    let copy = page_of(&place, "c-").replace(".html", ".wav");
    assert_eq!(server.get(&format!("/out/media/{copy}")).body, b"RIFF");
}

#[test]
fn pages_that_were_to_hold_no_sound_lead_to_none() {
    let place = place();
    let none = callvet::batch::RenderOptions {
        audio: Some(callvet::batch::AudioMode::None),
        ..callvet::batch::RenderOptions::default()
    };
    callvet::batch::render(&place.out(), &none).expect("a store");
    let server = Running::start(&place.out());
    // Nothing is linked: addresses begin at the folder.
    assert_eq!(server.follow("/").0, "/index.html");
    for path in ["/in/a%20b.wav", "/a%20b.wav"] {
        assert_eq!(server.get(path).status, 404);
    }
}

#[test]
fn a_player_gets_the_bytes_that_it_asks_for() {
    let place = place();
    let server = Running::start(&place.out());
    let sound = SOUND.as_bytes();
    let n = sound.len();
    let check = |range: &str, status: u16, expected: &[u8], content_range: &str| {
        let answer = server.ask("GET", "/in/a%20b.wav", &[&format!("Range: {range}")], b"");
        assert_eq!((answer.status, answer.header("content-range")), (status, content_range), "{range}");
        assert_eq!(answer.body, expected, "{range}");
        assert_eq!(answer.header("content-length"), expected.len().to_string());
        assert_eq!(answer.header("accept-ranges"), "bytes");
    };
    // As Chromium and Firefox begin, then seek.
    check("bytes=0-", 206, sound, &format!("bytes 0-{}/{n}", n - 1));
    check("bytes=20-29", 206, &sound[20..30], &format!("bytes 20-29/{n}"));
    check("bytes=20-", 206, &sound[20..], &format!("bytes 20-{}/{n}", n - 1));
    check("bytes=-4", 206, &sound[n - 4..], &format!("bytes {}-{}/{n}", n - 4, n - 1));
    check("bytes=9999-", 416, b"", &format!("bytes */{n}"));
    check("bytes=0-1,5-6", 200, sound, "");
    check("pages=1-2", 200, sound, "");
    let head = server.ask("HEAD", "/in/a%20b.wav", &["Range: bytes=1-2"], b"");
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, n.to_string().as_str(), 0));
    // What has changed since comes whole.
    let tag = format!("If-Range: {}", head.header("etag"));
    let with = |tag: &str| server.ask("GET", "/in/a%20b.wav", &["Range: bytes=1-2", tag], b"").status;
    assert_eq!(
        (with(&tag), with("If-Range: \"other\""), with("If-Range: Mon, 23 Nov 2026 00:00:00 GMT")),
        (206, 200, 200)
    );
}

#[test]
fn a_file_of_many_pieces_comes_whole() {
    let place = place();
    let big: Vec<u8> = SOUND.bytes().cycle().take(3_000_017).collect();
    fs::write(place.input().join("a b.wav"), &big).expect("writable");
    let server = Running::start(&place.out());
    assert!(server.get("/in/a%20b.wav").body == big);
    let part = server.ask("GET", "/in/a%20b.wav", &["Range: bytes=100000-2500000"], b"");
    assert!(part.body == big[100_000..=2_500_000]);
}

#[test]
fn a_recording_that_is_analysed_meanwhile_can_be_heard() {
    let place = place();
    let server = Running::start(&place.out());
    assert_eq!(server.get("/in/d.wav").status, 404);
    place.put("d.wav", SOUND);
    place.run(&options(1), &Analyst::default()).expect("a run");
    // The store is looked into at most every other second.
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(server.get("/in/d.wav").status, 200);
}

fn review(reviewer: &str, finding: &str, verdict: &str, at: &str) -> Value {
    json!({"schema": "callvet.reviews/1", "reviewer": reviewer, "reviews": [{
        "source": "in/a b.wav", "sha256": "ab".repeat(32), "finding": finding, "rule": "test.rule", "verdict": verdict,
        "note": "", "at": at,
    }]})
}

#[test]
fn a_review_is_kept_in_the_store_and_read_back() {
    let place = place();
    let server = Running::start(&place.out());
    let reviews = |path: &str| server.get(path).json();
    assert_eq!(reviews("/api/reviews"), json!([]));
    let saved = server.post(&review("AK", "0123456789ab", "agree", "2026-11-02T10:00:00Z"));
    assert_eq!((saved.status, saved.json()["n_reviews"].clone()), (200, json!(1)), "{saved:?}");
    // Another reviewer.
    assert_eq!(server.post(&review("BW", "0123456789ab", "disagree", "2026-11-02T13:00:00+02:00")).status, 200);
    let kept = reviews("/api/reviews");
    for (index, reviewer, verdict) in [(0, "AK", "agree"), (1, "BW", "disagree")] {
        assert_eq!((&kept[index]["schema"], &kept[index]["reviewer"]), (&json!("callvet.reviews/1"), &json!(reviewer)));
        let entry = &kept[index]["reviews"][0];
        assert_eq!((&entry["finding"], &entry["verdict"]), (&json!("0123456789ab"), &json!(verdict)));
    }
    assert_eq!(reviews(&format!("/api/reviews?sha256={}", "ab".repeat(32))), kept);
    assert_eq!(reviews(&format!("/api/reviews?sha256={}", "cd".repeat(32))), json!([]));
    drop(server);
    assert_eq!(ReviewBook::open(&place.out()).expect("a store").all().expect("reviews").len(), 2);
}

#[test]
fn what_is_no_review_of_our_own_pages_is_refused_and_nothing_is_kept() {
    let place = place();
    let server = Running::start(&place.out());
    let good = review("AK", "0123456789ab", "agree", "2026-11-02T10:00:00Z");
    let body = good.to_string();
    let (origin, json_type) = (format!("Origin: http://{}", server.host()), "Content-Type: application/json");
    let check = |more: &[&str], body: &[u8], status: u16| {
        let answer = server.ask("POST", "/api/reviews", more, body);
        assert_eq!(answer.status, status, "{more:?} {answer:?}");
        if status != 403 {
            assert!(answer.json()["error"].is_string(), "{answer:?}");
        }
    };
    check(&[json_type], body.as_bytes(), 403);
    check(&[json_type, "Origin: http://127.0.0.1:9"], body.as_bytes(), 403);
    check(&[json_type, "Origin: http://rebound.example", "Sec-Fetch-Site: same-origin"], body.as_bytes(), 403);
    check(&[json_type, &origin, "Sec-Fetch-Site: cross-site"], body.as_bytes(), 403);
    check(&[&origin], body.as_bytes(), 415);
    check(&[&origin, "Content-Type: text/plain"], body.as_bytes(), 415);
    check(&[&origin, json_type], &vec![b' '; (1 << 20) + 1], 413);
    check(&[&origin, json_type], b"{", 400);
    check(&[&origin, json_type], b"[]", 400);
    for wrong in [
        review("", "0123456789ab", "agree", "2026-11-02T10:00:00Z"),
        review("AK", "../../../etc", "agree", "2026-11-02T10:00:00Z"),
        review("AK", "0123456789ab", "maybe", "2026-11-02T10:00:00Z"),
        review("AK", "0123456789ab", "agree", "yesterday"),
        json!({"schema": "callvet.reviews/2", "reviewer": "AK", "reviews": []}),
    ] {
        check(&[&origin, json_type], wrong.to_string().as_bytes(), 400);
    }
    // Without the cookie, whatever else is right.
    let head = format!(
        "POST /api/reviews HTTP/1.1\r\nHost: {}\r\n{origin}\r\n{json_type}\r\nContent-Length: {}\r\n",
        server.host(),
        body.len()
    );
    assert_eq!(server.raw(&head, body.as_bytes()).status, 403);
    assert_eq!(server.get("/api/reviews").json(), json!([]));
}

#[test]
fn nothing_but_reviews_can_be_written() {
    let place = place();
    let server = Running::start(&place.out());
    let origin = format!("Origin: http://{}", server.host());
    let before = place.tree();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "MKCOL"] {
        for path in ["/", "/out/index.html", "/out/callvet.sqlite", "/in/a%20b.wav", "/new.html"] {
            let status = server.ask(method, path, &[&origin, "Content-Type: application/json"], b"x").status;
            assert!(matches!(status, 400 | 403 | 404 | 405), "{method} {path}: {status}");
        }
        if method != "POST" {
            assert_eq!(server.ask(method, "/api/reviews", &[&origin], b"x").status, 405, "{method}");
        }
    }
    assert!(before == place.tree());
    assert_eq!(fs::read(place.input().join("a b.wav")).expect("readable"), SOUND.as_bytes());
}

#[test]
fn a_head_without_end_gets_no_place() {
    let place = place();
    let server = Running::start(&place.out());
    let long = format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n", server.host(), "x".repeat(40_000));
    let answer = server.raw(&long, b"");
    assert!(matches!(answer.status, 400 | 431), "{answer:?}");
    assert_eq!(server.follow("/").1.status, 200);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_with_success_and_leaves_no_log_of_names() {
    use rustix::process::{Pid, Signal, kill_process};
    let place = place();
    let mut server = Running::start(&place.out());
    assert_eq!(server.get("/in/a%20b.wav").status, 200);
    kill_process(Pid::from_child(&server.child), Signal::INT).expect("it runs");
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
    let mut said = String::new();
    server.child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert_eq!(said, "open this address in a browser; Ctrl-C ends\n");
}

#[test]
fn what_cannot_be_served_says_why() {
    let place = place();
    let nothing = place.root.path().join("nothing");
    fs::create_dir(&nothing).expect("writable");
    let ran = callvet(["serve", arg(&nothing)]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no results store: run `callvet analyze`"), "{}", ran.stderr);
    let server = Running::start(&place.out());
    let ran = callvet(["serve", arg(&place.out()), "--port", &server.port.to_string()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains(&format!("cannot listen on {}", server.host())), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
}
