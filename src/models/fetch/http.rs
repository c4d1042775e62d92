//! One request for a model file, and what came back: status, length, body. The only place in callvet that opens a
//! network connection, and the adapter to the HTTP client. What to do with the answer is decided in [`super`].
//!
//! Redirects are followed here and not by the client: to `https` always, to plain `http` only inside a mirror that the user
//! gave as plain `http` himself.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use ureq::http::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, LOCATION};
use ureq::http::{HeaderMap, HeaderName, Uri};
use ureq::tls::{RootCerts, TlsConfig};

/// A model is one or two redirects away; curl and browsers give up at 20 to 50.
const MOST_REDIRECTS: usize = 10;

/// Why nothing, or no more, came.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// In words, without the name of the server.
    pub why: String,
    /// Whether the same request may work in a moment.
    pub is_transient: bool,
}

/// What the server answered.
pub(super) struct Answer {
    /// The status of HTTP: 200, 206, 404 ...
    pub status: u16,
    /// `Content-Length`, if stated: bytes of this body.
    pub length: Option<u64>,
    /// First byte and, if stated, size of the whole file, of `Content-Range: bytes FIRST-LAST/SIZE`.
    pub range: Option<(u64, Option<u64>)>,
    /// A strong entity tag, in its quotes.
    pub etag: Option<String>,
    /// Whether it is a web page by its own account.
    pub is_page: bool,
    body: ureq::BodyReader<'static>,
}

impl Answer {
    /// The next bytes of the body; 0 at its end.
    ///
    /// # Errors
    /// What broke the connection.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Broken> {
        loop {
            match self.body.read(buffer) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(broken(ureq::Error::from(e))),
                Ok(n) => return Ok(n),
            }
        }
    }
}

/// A client with its settings.
pub(super) struct Client {
    agent: ureq::Agent,
}

impl Client {
    /// `patience`: how long connecting, an answer or the next bytes may take. Without `with_proxy` the proxy of the
    /// environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) is left out.
    pub fn new(patience: Duration, with_proxy: bool) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let mut config = ureq::Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("callvet/", env!("CARGO_PKG_VERSION")))
            // A packed body would have another length than the file, and weights do not pack.
            .accept_encoding("identity")
            .timeout_resolve(Some(patience))
            .timeout_connect(Some(patience))
            .timeout_per_read(Some(patience))
            .timeout_per_write(Some(patience))
            .timeout_recv_response(Some(patience));
        if !with_proxy {
            config = config.proxy(None);
        }
        Self { agent: config.build().new_agent() }
    }

    /// Asks for the file at `url`, from byte `from` on; `etag` is the tag of what is here already, so that a server that
    /// has another file by now sends the whole of it.
    ///
    /// # Errors
    /// No answer, or a redirect that is not followed.
    pub fn get(&self, url: &str, from: u64, etag: Option<&str>) -> Result<Answer, Broken> {
        let mut url = url.to_owned();
        for _ in 0..=MOST_REDIRECTS {
            let mut request = self.agent.get(&url);
            if from > 0 {
                request = request.header("Range", format!("bytes={from}-"));
                if let Some(etag) = etag {
                    request = request.header("If-Range", etag);
                }
            }
            let response = request.call().map_err(broken)?;
            let status = response.status().as_u16();
            let headers = response.headers();
            if matches!(status, 301 | 302 | 303 | 307 | 308) {
                let location = text(headers, LOCATION).ok_or_else(|| lasting("the server redirects to nowhere"))?;
                url = next_hop(&url, location)?;
                continue;
            }
            return Ok(Answer {
                status,
                length: text(headers, CONTENT_LENGTH).and_then(|length| length.trim().parse().ok()),
                range: text(headers, CONTENT_RANGE).and_then(range_of),
                etag: text(headers, ETAG).filter(|tag| is_strong(tag)).map(str::to_owned),
                is_page: text(headers, CONTENT_TYPE).is_some_and(|kind| kind.trim_start().starts_with("text/html")),
                body: response.into_body().into_reader(),
            });
        }
        Err(lasting("the server redirects in a circle"))
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Weak tags (`W/"..."`) are not for joining parts of a file: RFC 9110, 13.1.5.
fn is_strong(tag: &str) -> bool {
    tag.len() >= 2 && tag.len() < 256 && tag.starts_with('"') && tag.ends_with('"')
}

/// `bytes 100-199/200` to (100, Some(200)); `*` for a size that the server does not know.
fn range_of(header: &str) -> Option<(u64, Option<u64>)> {
    let (span, size) = header.trim().strip_prefix("bytes")?.trim_start().split_once('/')?;
    let first = span.split_once('-')?.0.trim().parse().ok()?;
    match size.trim() {
        "*" => Some((first, None)),
        size => Some((first, Some(size.parse().ok()?))),
    }
}

/// Where a redirect from `url` leads to.
fn next_hop(url: &str, location: &str) -> Result<String, Broken> {
    let parsed = |text: &str| text.parse::<Uri>().map_err(|_| lasting("the server redirects to what is no address"));
    let from = parsed(url)?;
    let (scheme, place) = match (from.scheme_str(), from.authority()) {
        (Some(scheme), Some(place)) => (scheme, place.as_str()),
        _ => return Err(lasting("the address is not complete")),
    };
    let next = if location.contains("://") {
        location.to_owned()
    } else if let Some(elsewhere) = location.strip_prefix("//") {
        format!("{scheme}://{elsewhere}")
    } else if location.starts_with('/') {
        format!("{scheme}://{place}{location}")
    } else {
        // Beside the file: RFC 3986, 5.2.3.
        let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{place}{folder}/{location}")
    };
    // What follows a hash is for browsers.
    let next = next.split('#').next().unwrap_or_default().to_owned();
    let to = parsed(&next)?;
    let is_inside = to.authority().map(|a| a.as_str()) == Some(place);
    match (scheme, to.scheme_str()) {
        (_, Some("https")) => Ok(next),
        ("http", Some("http")) if is_inside => Ok(next),
        _ => Err(lasting("the server redirects to an address without encryption, which is not followed")),
    }
}

fn lasting(why: impl Into<String>) -> Broken {
    Broken { why: why.into(), is_transient: false }
}

fn passing(why: impl Into<String>) -> Broken {
    Broken { why: why.into(), is_transient: true }
}

/// A failure of the client in words for the user, without the name of the server.
fn broken(error: ureq::Error) -> Broken {
    use ureq::Error;
    match error {
        Error::HostNotFound => {
            lasting("the name of the server was not found: there is no network, or a proxy is needed (HTTPS_PROXY)")
        }
        Error::Timeout(_) => passing("the server did not answer in time"),
        Error::Io(e) => match e.kind() {
            io::ErrorKind::ConnectionRefused => lasting("the connection was refused"),
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => passing("the server did not answer in time"),
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => {
                lasting("the server cannot be reached: there is no network, or a proxy is needed (HTTPS_PROXY)")
            }
            // A name that cannot be resolved comes without a kind of its own.
            _ if e.to_string().contains("lookup") || e.to_string().contains("name resolution") => {
                lasting("the name of the server was not found: there is no network, or a proxy is needed (HTTPS_PROXY)")
            }
            io::ErrorKind::InvalidData => match e.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                Some(error) => insecure(error),
                None => lasting(format!("no secure connection: {e}")),
            },
            _ => passing("the connection broke off"),
        },
        Error::Rustls(e) => insecure(&e),
        Error::Tls(why) => lasting(format!("no secure connection: {why}")),
        Error::InvalidProxyUrl => lasting("the address of the proxy in the environment cannot be read"),
        Error::ConnectProxyFailed(_) => lasting("the proxy refused to connect"),
        Error::ConnectionFailed => passing("no connection could be made"),
        Error::BadUri(_) | Error::Http(_) => lasting("the address cannot be read"),
        Error::Protocol(_) | Error::BodyStalled | Error::LargeResponseHeader(..) => {
            passing("the server answered with something other than HTTP")
        }
        other => lasting(other.to_string()),
    }
}

/// Why there is no encrypted connection.
fn insecure(error: &rustls::Error) -> Broken {
    match error {
        // What the verifier of the system's store says when that is empty.
        rustls::Error::General(_) => {
            lasting("this machine has no root certificates: install the package ca-certificates")
        }
        rustls::Error::InvalidCertificate(why) => lasting(format!(
            "the certificate of the server is not trusted ({why:?}); where a proxy reads along, its own root certificate has \
             to be in the store of this machine"
        )),
        other => lasting(format!("no secure connection: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_go_to_encrypted_addresses_or_stay_inside_a_plain_mirror() {
        let check = |from: &str, location: &str, expected: Option<&str>| match (next_hop(from, location), expected) {
            (Ok(next), Some(expected)) => assert_eq!(next, expected),
            (Err(why), None) => assert!(!why.is_transient),
            (found, _) => panic!("{from} to {location}: {found:?}"),
        };
        check("https://a/x/m.bin", "https://b/y?k=1#part", Some("https://b/y?k=1"));
        check("https://a/x/m.bin", "/y", Some("https://a/y"));
        check("https://a/x/m.bin", "//b/y", Some("https://b/y"));
        check("https://a/x/m.bin", "y", Some("https://a/x/y"));
        check("https://a/x/m.bin", "http://a/x/m.bin", None);
        check("https://a/x/m.bin", "file:///etc/passwd", None);
        check("http://a:80/m.bin", "/y", Some("http://a:80/y"));
        check("http://a:80/m.bin", "https://b/y", Some("https://b/y"));
        check("http://a:80/m.bin", "http://b/y", None);
        check("http://a:80/m.bin", "http://a:81/y", None);
        check("https://a/m.bin", "http s://", None);
    }

    #[test]
    fn a_range_is_read_or_left() {
        for (header, expected) in [
            ("bytes 100-199/200", Some((100, Some(200)))),
            ("bytes 0-1/*", Some((0, None))),
            ("bytes */200", None),
            ("pages 1-2/3", None),
            ("bytes x-1/2", None),
            ("", None),
        ] {
            assert_eq!(range_of(header), expected, "{header}");
        }
    }

    #[test]
    fn only_a_strong_tag_joins_parts() {
        assert!(is_strong("\"abc\""));
        for tag in ["W/\"abc\"", "abc", "\"", ""] {
            assert!(!is_strong(tag), "{tag}");
        }
    }
}
