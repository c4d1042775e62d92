//! WebVTT (W3C, 2019) and SubRip.

use super::{Builder, ReadTranscript, labels, times};

/// A block of lines without a blank one, with their 1-based numbers.
fn blocks(text: &str) -> Vec<Vec<(usize, &str)>> {
    let mut blocks = vec![Vec::new()];
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push((at + 1, line.trim()));
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn cue_times(line: usize, written: &str) -> Result<(Option<f64>, Option<f64>), String> {
    let error = || format!("line {line}: not `start --> end`");
    let (start, rest) = written.split_once("-->").ok_or_else(error)?;
    let end = rest.split_whitespace().next().ok_or_else(error)?;
    let (start, end) = times::seconds(start).zip(times::seconds(end)).ok_or_else(error)?;
    if end < start {
        return Err(format!("line {line}: the end is before the start"));
    }
    Ok((Some(start), Some(end)))
}

fn unescape(text: &str) -> String {
    let mut plain = text.to_owned();
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&lrm;", ""), ("&rlm;", "")] {
        plain = plain.replace(entity, sign);
    }
    plain.replace("&amp;", "&")
}

/// Text by voice: tags other than `<v Name>` are left out. A `<` without its `>` is text.
fn voices(text: &str) -> Vec<(Option<String>, String)> {
    let mut parts: Vec<(Option<String>, String)> = vec![(None, String::new())];
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let Some(length) = rest[open..].find('>') else { break };
        if let Some((_, said)) = parts.last_mut() {
            said.push_str(&rest[..open]);
        }
        let tag = &rest[open + 1..open + length];
        let name = tag.split_once(char::is_whitespace).filter(|(kind, _)| *kind == "v" || kind.starts_with("v."));
        if let Some((_, name)) = name {
            parts.push((Some(unescape(name.trim())), String::new()));
        }
        rest = &rest[open + length + 1..];
    }
    if let Some((_, said)) = parts.last_mut() {
        said.push_str(rest);
    }
    parts.into_iter().map(|(name, said)| (name, unescape(&said))).collect()
}

fn add_cue(builder: &mut Builder, block: &[(usize, &str)], at: usize) -> Result<(), String> {
    let Some(&(line, written)) = block.get(at) else { return Ok(()) };
    let times = cue_times(line, written)?;
    let first_line = block.get(at + 1).map_or(line, |(line, _)| *line);
    let text: Vec<&str> = block[at + 1..].iter().map(|(_, text)| *text).collect();
    for (voice, said) in voices(&text.join(" ")) {
        match voice {
            Some(voice) => builder.push(first_line, times, Some(&voice), &said),
            None => {
                let (label, said) = labels::split(said.trim());
                builder.push(first_line, times, label, said);
            }
        }
    }
    Ok(())
}

pub(super) fn vtt(text: &str) -> Result<ReadTranscript, String> {
    if !text.starts_with("WEBVTT") {
        return Err("line 1: a WebVTT file begins with WEBVTT".into());
    }
    let mut builder = Builder::default();
    for block in blocks(text) {
        let is_other = ["WEBVTT", "NOTE", "STYLE", "REGION"].iter().any(|word| block[0].1.starts_with(word));
        if let Some(at) = block.iter().take(2).position(|(_, line)| line.contains("-->")) {
            add_cue(&mut builder, &block, at)?;
        } else if !is_other {
            return Err(format!("line {}: a cue without times", block[0].0));
        }
    }
    Ok(builder.finish())
}

pub(super) fn srt(text: &str) -> Result<ReadTranscript, String> {
    let mut builder = Builder::default();
    for block in blocks(text) {
        let is_number = block[0].1.chars().all(|c| c.is_ascii_digit());
        if is_number && block.len() == 1 {
            continue;
        }
        add_cue(&mut builder, &block, usize::from(is_number))?;
    }
    Ok(builder.finish())
}
