//! A file as an answer: whole, or the range of bytes that a player asks for when somebody clicks into the middle of a call
//! (RFC 9110, 14). Read piece by piece while it is sent: an hour of sound is never in memory.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::UNIX_EPOCH;

use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderMap};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncSeekExt, ReadBuf};

/// Bytes read at once: of telephone sound, seconds.
const PIECE: usize = 64 * 1024;

/// A file that was found and opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub file: std::fs::File,
    pub metadata: std::fs::Metadata,
    pub content_type: &'static str,
}

/// What is asked for of a file of some length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// All of it.
    Whole,
    /// From one byte to another, both included.
    Part(u64, u64),
    /// What is not there.
    Nothing,
}

/// The answer to a GET or HEAD of a file.
///
/// # Errors
/// Those of seeking in the file.
pub(super) async fn file(opened: Opened, method: &Method, headers: &HeaderMap) -> io::Result<Response> {
    let length = opened.metadata.len();
    let tag = tag(&opened.metadata);
    let asked = match headers.get(header::RANGE).and_then(|range| range.to_str().ok()) {
        // 14.2: of GET alone. 13.1.5: of a file that has changed since, the whole.
        Some(range) if method == Method::GET && is_still(headers, &tag) => asked(range, length),
        _ => Asked::Whole,
    };
    let (status, first, n_bytes) = match asked {
        Asked::Whole => (StatusCode::OK, 0, length),
        Asked::Part(first, last) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Asked::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
    };
    let body = if *method == Method::HEAD || n_bytes == 0 {
        Body::empty()
    } else {
        let mut file = tokio::fs::File::from_std(opened.file);
        file.set_max_buf_size(PIECE);
        file.seek(io::SeekFrom::Start(first)).await?;
        Body::new(Pieces { file, left: n_bytes, piece: vec![0; PIECE.min(n_bytes as usize)] })
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, n_bytes.into());
    let range = match asked {
        Asked::Whole => None,
        Asked::Part(first, last) => Some(format!("bytes {first}-{last}/{length}")),
        Asked::Nothing => Some(format!("bytes */{length}")),
    };
    for (name, value) in [(header::CONTENT_RANGE, range), (header::ETAG, Some(tag))] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    if status != StatusCode::RANGE_NOT_SATISFIABLE {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(opened.content_type));
    }
    Ok(response)
}

/// Length and time of the last change, which our files get anew whenever they are written.
fn tag(metadata: &std::fs::Metadata) -> String {
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("\"{:x}-{:x}\"", metadata.len(), changed.unwrap_or_default().as_nanos())
}

/// False if the client has a part of what the file was before. A date is no tag: then the client gets it whole.
fn is_still(headers: &HeaderMap, tag: &str) -> bool {
    headers.get(header::IF_RANGE).is_none_or(|has| has.as_bytes() == tag.as_bytes())
}

/// Reads a Range header. One that is malformed, in other units or of several ranges is as if it were not there, as 14.2
/// allows; no player asks for several.
fn asked(range: &str, length: u64) -> Asked {
    let Some((unit, set)) = range.split_once('=') else { return Asked::Whole };
    let Some((first, last)) = set.trim().split_once('-') else { return Asked::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Asked::Whole;
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // More digits than fit are beyond any file.
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    match (first, last) {
        // The last so many bytes.
        ("", suffix) if is_number(suffix) => match number(suffix).min(length) {
            0 => Asked::Nothing,
            n => Asked::Part(length - n, length - 1),
        },
        (first, last) if is_number(first) && (last.is_empty() || is_number(last)) => {
            let first = number(first);
            let last = if last.is_empty() { u64::MAX } else { number(last) };
            if first > last {
                Asked::Whole
            } else if first >= length {
                Asked::Nothing
            } else {
                Asked::Part(first, last.min(length - 1))
            }
        }
        _ => Asked::Whole,
    }
}

/// Bytes of a file as they are read. A file that has become shorter meanwhile ends the connection: the length was told.
struct Pieces {
    file: tokio::fs::File,
    left: u64,
    piece: Vec<u8>,
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let most = (this.piece.len() as u64).min(this.left) as usize;
        let mut read = ReadBuf::new(&mut this.piece[..most]);
        match Pin::new(&mut this.file).poll_read(context, &mut read) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok(())) if read.filled().is_empty() => {
                Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())))
            }
            Poll::Ready(Ok(())) => {
                let bytes = Bytes::copy_from_slice(read.filled());
                this.left -= bytes.len() as u64;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_has_them() {
        let check = |range: &str, length: u64, expected: Asked| assert_eq!(asked(range, length), expected, "{range}");
        // The examples of 14.1.2, for a representation of 10000 bytes.
        check("bytes=0-499", 10_000, Asked::Part(0, 499));
        check("bytes=500-999", 10_000, Asked::Part(500, 999));
        check("bytes=-500", 10_000, Asked::Part(9500, 9999));
        check("bytes=9500-", 10_000, Asked::Part(9500, 9999));
        check("Bytes=0-0", 10_000, Asked::Part(0, 0));
        check("bytes=0-99999", 10_000, Asked::Part(0, 9999));
        check("bytes=-99999", 10_000, Asked::Part(0, 9999));
        check("bytes=0-99999999999999999999999", 10_000, Asked::Part(0, 9999));
        for beyond in ["bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999999-"] {
            check(beyond, 10_000, Asked::Nothing);
        }
        check("bytes=0-", 0, Asked::Nothing);
        check("bytes=-1", 0, Asked::Nothing);
        for other in ["bytes=0-0,-1", "bytes=5-4", "bytes=", "bytes=-", "bytes=a-b", "bytes=+1-2", "seconds=0-1", "0-1"]
        {
            check(other, 10_000, Asked::Whole);
        }
    }
}
