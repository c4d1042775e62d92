//! What keeps a page from being broken, scripted or misread by the texts it shows: names of files, words that were
//! said, messages. Markup is escaped by the templates; here is what they do not do.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::call::json;
use crate::report::ReportError;

/// A copy of report data fit to be looked at: numbers rounded as in the JSON file, and in every text the
/// characters that would be invisible, or would turn the text around them, replaced by visible ones.
pub(super) fn shown<T: Serialize + DeserializeOwned>(data: &T) -> Result<T, ReportError> {
    let mut value = json::to_value(data)?;
    reveal_texts(&mut value);
    Ok(serde_json::from_value(value)?)
}

fn reveal_texts(value: &mut Value) {
    match value {
        Value::String(text) => *text = revealed(text),
        Value::Array(items) => items.iter_mut().for_each(reveal_texts),
        Value::Object(fields) => {
            // Keys too: evidence comes from phrase lists, maps from speaker ids.
            let revealed_fields = std::mem::take(fields).into_iter().map(|(key, mut field)| {
                reveal_texts(&mut field);
                (revealed(&key), field)
            });
            *fields = revealed_fields.collect();
        }
        _ => {}
    }
}

/// The text with each hidden character replaced by a visible one.
pub(in crate::report) fn revealed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match replacement(c) {
            Some(visible) => shown.push_str(&visible),
            None => shown.push(c),
        }
    }
    shown
}

/// What stands for a character that must not reach the page as it is. Joiners (U+200C, U+200D) stay: scripts and
/// emoji need them.
fn replacement(c: char) -> Option<String> {
    match c {
        '\t' => Some(" ".into()),
        // Not the control pictures from U+2400 on: few fonts have them.
        '\n' => Some("↵".into()),
        // C0 and C1 controls; soft hyphen; line and paragraph separator; bidirectional controls (Unicode UAX #9, section 2), which can
        // show "cod.exe" as "exe.doc"; blanks of no width; tags; noncharacters.
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => Some(format!("[U+{:04X}]", u32::from(c))),
        _ => None,
    }
}

/// JSON that may stand inside `<script type="application/json">`: no character in it can end the element, and
/// parsing gives the same data.
pub(super) fn json_for_script<T: Serialize>(data: &T) -> Result<String, ReportError> {
    let line = json::to_line(data)?;
    // In JSON these occur in strings only, where the escape means the same.
    Ok(line
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029"))
}

/// A path with `/` between its parts as a relative link from a page that lies `depth` folders below it. Every byte
/// that means something in a URL is written as `%XX`, a colon too, so that no name becomes another scheme.
pub fn href_of_path(path: &str, depth: usize) -> String {
    let mut href = "../".repeat(depth);
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => href.push(byte as char),
            _ => href.push_str(&format!("%{byte:02X}")),
        }
    }
    // A path that begins with a slash would leave the folder of the pages.
    if depth == 0 && href.starts_with('/') { format!(".{href}") } else { href }
}

/// The source expression that lets one inline script or style through a Content-Security-Policy (CSP Level 3, 2.3.1).
pub(super) fn csp_hash(inline: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(inline.as_bytes())))
}

/// RFC 4648, section 4.
pub(in crate::report) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for i in 0..4 {
            let is_padding = i > group.len();
            text.push(if is_padding { '=' } else { ALPHABET[(bits >> (18 - 6 * i) & 63) as usize] as char });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_gives_the_vectors_of_the_rfc() {
        for (bytes, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }

    #[test]
    fn characters_that_hide_or_turn_text_become_visible() {
        for (text, expected) in [
            ("call\u{202e}gpj.exe", "call[U+202E]gpj.exe"),
            ("a\nb\r\0", "a↵b[U+000D][U+0000]"),
            ("a\u{200b}\u{feff}\u{85}", "a[U+200B][U+FEFF][U+0085]"),
            ("Καλημέρα, zażółć, Ёлка", "Καλημέρα, zażółć, Ёлка"),
            ("👩\u{200d}💻", "👩\u{200d}💻"),
        ] {
            assert_eq!(revealed(text), expected);
        }
    }

    #[test]
    fn json_in_a_script_cannot_end_it_and_parses_to_the_same() {
        let data = serde_json::json!({"</script><!--": "&lt;\u{2028}\u{2029}<script>", "n": 1});
        let text = json_for_script(&data).expect("plain JSON");
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), data);
    }

    #[test]
    fn a_path_never_becomes_another_scheme_host_or_query() {
        for (path, depth, expected) in [
            ("calls/a-1.html", 0, "calls/a-1.html"),
            ("a b#c?d%20.wav", 1, "../a%20b%23c%3Fd%2520.wav"),
            ("javascript:alert(1)", 0, "javascript%3Aalert%281%29"),
            ("//evil.example/x", 0, ".//evil.example/x"),
            ("ż\".wav", 0, "%C5%BC%22.wav"),
        ] {
            assert_eq!(href_of_path(path, depth), expected);
        }
    }
}
