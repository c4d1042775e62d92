//! Who gets an answer: the browser that was given the address with the key, asking for pages of this very server. Everybody
//! else on the machine, and every page of another site in the same browser, is refused before anything is looked up.
//!
//! What is checked, and against whom: `docs/serve.md`.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use sha2::{Digest, Sha256};

/// Bytes of a key: 256 bits, guessed by nobody.
const KEY_BYTES: usize = 32;

/// What a browser says of where a request comes from (W3C Fetch Metadata Request Headers, 2.3).
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A request that gets no answer: the status, and one sentence for who sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) StatusCode, pub(super) &'static str);

const NOT_THIS_HOST: Refusal = Refusal(
    StatusCode::MISDIRECTED_REQUEST,
    "This server answers to 127.0.0.1 and localhost with its own port only.\n",
);
const OTHER_SITE: Refusal = Refusal(StatusCode::FORBIDDEN, "This server does not answer to pages of other sites.\n");
const NO_KEY: Refusal = Refusal(
    StatusCode::FORBIDDEN,
    "Open the address that callvet printed when it started: it holds the key to these pages.\n",
);

/// The keys of one run of the server. They are made anew at each start and are written nowhere.
#[derive(Debug)]
pub(super) struct Session {
    /// In the address that is printed.
    token: String,
    /// In the cookie that is given for it. Another one, so that an address in a browser's history is not the cookie.
    cookie: String,
    port: u16,
}

impl Session {
    /// With keys from the system's source of random numbers.
    pub(super) fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self { token: random_key()?, cookie: random_key()?, port })
    }

    /// The address to open.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token)
    }

    /// The cookie for who came with the token. The name holds the port, since cookies do not tell ports apart: another
    /// callvet on this machine has another one.
    pub(super) fn set_cookie(&self) -> String {
        format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie_name(), self.cookie)
    }

    fn cookie_name(&self) -> String {
        format!("callvet-{}", self.port)
    }

    pub(super) fn is_token(&self, given: &str) -> bool {
        is_same(given, &self.token)
    }

    /// Does the request come over an address of ours, and not from a page of somebody else?
    ///
    /// The name in the address is looked at because a name that strangers own may lead to 127.0.0.1 (DNS rebinding): then
    /// the browser takes their page and this server for one site.
    pub(super) fn check_origin(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = only(headers, &header::HOST).filter(|host| self.is_own_host(host)).ok_or(NOT_THIS_HOST)?;
        // RFC 9112, 3.2.2: a whole address in the request line goes before Host.
        if uri.authority().is_some_and(|authority| authority.as_str() != host) {
            return Err(NOT_THIS_HOST);
        }
        let site = only(headers, &FETCH_SITE);
        // "same-site" is another port of this machine: somebody else's server.
        if headers.contains_key(&FETCH_SITE) && !matches!(site, Some("same-origin" | "none")) {
            return Err(OTHER_SITE);
        }
        let is_reading = matches!(*method, Method::GET | Method::HEAD);
        let is_ours = match only(headers, &header::ORIGIN) {
            Some(origin) => origin.strip_prefix("http://") == Some(host),
            None => !headers.contains_key(header::ORIGIN) && (is_reading || site == Some("same-origin")),
        };
        if is_ours { Ok(()) } else { Err(OTHER_SITE) }
    }

    /// Does the request have the cookie?
    pub(super) fn check_cookie(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let name = self.cookie_name();
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut values = pairs.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let has_it = values.any(|(key, value)| key == name && is_same(value, &self.cookie));
        if has_it { Ok(()) } else { Err(NO_KEY) }
    }

    /// Only what is bound, under the names that browsers have for it. Without the port if that is the one of HTTP.
    fn is_own_host(&self, host: &str) -> bool {
        ["127.0.0.1", "localhost"].iter().any(|name| match host.strip_prefix(name) {
            Some("") => self.port == 80,
            Some(port) => port.strip_prefix(':') == Some(self.port.to_string().as_str()),
            None => false,
        })
    }
}

/// A wrong token gets no other words than none.
pub(super) const fn wrong_token() -> Refusal {
    NO_KEY
}

/// What every answer has: nothing of it is kept on the disk, sent on, shown in a frame, or taken for what it is not.
pub(super) fn protect(headers: &mut HeaderMap) {
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    // A page brings its own policy, which knows its scripts; both hold. All else has nothing to run or load.
    let policy = if is_page { "frame-ancestors 'none'" } else { "default-src 'none'; frame-ancestors 'none'" };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// The value of a header that is there once; twice is nobody's browser.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Compared by their hashes: how long that takes tells nothing of the key, as it would letter by letter.
fn is_same(given: &str, key: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(key)
}

fn random_key() -> Result<String, getrandom::Error> {
    let mut bytes = [0; KEY_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let parse = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value"))
        };
        let mut headers = HeaderMap::new();
        for (name, value) in pairs.iter().map(parse) {
            headers.append(name, value);
        }
        headers
    }

    fn session() -> Session {
        Session::new(8123).expect("a random source")
    }

    #[test]
    fn only_requests_to_our_own_address_are_answered() {
        let check = |hosts: &[&str], uri: &str, expected: Result<(), Refusal>| {
            let pairs: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();
            let asked = session().check_origin(&Method::GET, &uri.parse().expect("a URI"), &headers(&pairs));
            assert_eq!(asked, expected, "{hosts:?} {uri}");
        };
        check(&["127.0.0.1:8123"], "/", Ok(()));
        check(&["localhost:8123"], "/", Ok(()));
        check(&["127.0.0.1:8123"], "http://127.0.0.1:8123/", Ok(()));
        for hosts in [
            &[][..],
            &["127.0.0.1"],
            &["127.0.0.1:8124"],
            &["127.0.0.1:81230"],
            &["[::1]:8123"],
            &["localhost.example:8123"],
            &["rebound.example:8123"],
            &["127.0.0.1:8123", "rebound.example"],
        ] {
            check(hosts, "/", Err(NOT_THIS_HOST));
        }
        check(&["127.0.0.1:8123"], "http://rebound.example:8123/", Err(NOT_THIS_HOST));
    }

    #[test]
    fn a_page_of_another_site_can_neither_read_nor_write() {
        let check = |method: Method, pairs: &[(&'static str, &str)], expected: Result<(), Refusal>| {
            let pairs = [&[("host", "127.0.0.1:8123")], pairs].concat();
            let asked = session().check_origin(&method, &Uri::from_static("/"), &headers(&pairs));
            assert_eq!(asked, expected, "{method} {pairs:?}");
        };
        let own = "http://127.0.0.1:8123";
        check(Method::GET, &[("sec-fetch-site", "none")], Ok(()));
        check(Method::GET, &[("sec-fetch-site", "same-origin")], Ok(()));
        check(Method::POST, &[("sec-fetch-site", "same-origin")], Ok(()));
        check(Method::POST, &[("origin", own)], Ok(()));
        check(Method::GET, &[("sec-fetch-site", "same-site")], Err(OTHER_SITE));
        check(Method::GET, &[("sec-fetch-site", "cross-site")], Err(OTHER_SITE));
        check(Method::GET, &[("origin", "http://127.0.0.1:9")], Err(OTHER_SITE));
        check(Method::POST, &[], Err(OTHER_SITE));
        check(Method::POST, &[("sec-fetch-site", "none")], Err(OTHER_SITE));
        for origin in ["null", "http://127.0.0.1:9", "https://127.0.0.1:8123", "http://localhost:8123"] {
            check(Method::POST, &[("origin", origin)], Err(OTHER_SITE));
            check(Method::POST, &[("origin", origin), ("sec-fetch-site", "same-origin")], Err(OTHER_SITE));
        }
        check(Method::POST, &[("origin", own), ("origin", "null")], Err(OTHER_SITE));
    }

    #[test]
    fn the_cookie_of_this_run_is_asked_for() {
        let session = session();
        let given = session.set_cookie();
        let pair = given.split(';').next().expect("a pair");
        assert_eq!(session.check_cookie(&headers(&[("cookie", pair)])), Ok(()));
        assert_eq!(session.check_cookie(&headers(&[("cookie", &format!("a=b; {pair}"))])), Ok(()));
        let of_another_run = Session::new(8123).expect("a random source").set_cookie();
        for pairs in
            [&[][..], &[("cookie", "callvet-8123=")], &[("cookie", of_another_run.split(';').next().expect("one"))]]
        {
            assert_eq!(session.check_cookie(&headers(pairs)), Err(NO_KEY));
        }
        let token = session.url().rsplit_once('=').expect("a token").1.to_owned();
        assert_eq!(token.len(), 2 * KEY_BYTES);
        assert!(session.is_token(&token) && !session.is_token("") && !session.is_token(&token[1..]));
        assert_eq!(session.check_cookie(&headers(&[("cookie", &format!("callvet-8123={token}"))])), Err(NO_KEY));
    }
}
