//! Text files as transcripts: plain text, WebVTT, SubRip, CSV and JSON. What a file does not say stays unknown: no
//! times are made up, and a speaker without a known label has an unknown party.

mod json;
mod labels;
mod subtitles;
mod table;
mod times;

use std::collections::HashMap;
use std::path::Path;

use crate::call::{Party, Speaker, Transcript, Utterance};
use crate::text::language::normalize;

/// A transcript that was read from text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadTranscript {
    /// The words. `speaker` of an utterance is an id of `speakers`.
    pub transcript: Transcript,
    /// For each utterance its 1-based line in the file.
    pub lines: Vec<usize>,
    /// The speakers that labels name: `s0`, `s1`, … in order of appearance.
    pub speakers: Vec<Speaker>,
}

/// Gathers utterances and the speakers that their labels name.
#[derive(Default)]
struct Builder {
    read: Vec<(Utterance, usize)>,
    /// Index of each in `speakers`.
    labels: HashMap<String, usize>,
    speakers: Vec<Speaker>,
}

impl Builder {
    fn speaker(&mut self, label: &str) -> Option<String> {
        let key = normalize(label.trim());
        if key.is_empty() {
            return None;
        }
        let speakers = &mut self.speakers;
        let at = *self.labels.entry(key).or_insert_with(|| {
            let party = labels::party(label).unwrap_or(Party::Unknown);
            speakers.push(Speaker { id: format!("s{}", speakers.len()), party, channel: None });
            speakers.len() - 1
        });
        Some(self.speakers[at].id.clone())
    }

    fn push(&mut self, line: usize, times: (Option<f64>, Option<f64>), label: Option<&str>, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let speaker = label.and_then(|label| self.speaker(label));
        let utterance = Utterance {
            start_s: times.0,
            end_s: times.1,
            channel: None,
            speaker,
            language: None,
            text: text.to_owned(),
            confidence: None,
            words: Vec::new(),
        };
        self.read.push((utterance, line));
    }

    fn finish(mut self) -> ReadTranscript {
        // Utterances go by their start; where any start is unknown, the file's order is all there is.
        if self.read.iter().all(|(utterance, _)| utterance.start_s.is_some()) {
            self.read.sort_by(|(a, _), (b, _)| a.start_s.unwrap_or(0.0).total_cmp(&b.start_s.unwrap_or(0.0)));
        }
        let (utterances, lines) = self.read.into_iter().unzip();
        let transcript = Transcript { utterances, ..Transcript::default() };
        ReadTranscript { transcript, lines, speakers: self.speakers }
    }
}

/// Reads a text file as a transcript, by its extension: `.txt`, `.vtt`, `.srt`, `.csv` or `.json`.
///
/// * `.txt`: an utterance a line; optional `[mm:ss]` or `[h:mm:ss.s]`, optional label (`agent:`, `customer:`, `operator:`,
///   `client:` and those words in the five languages), text; lines that begin with `#` and blank lines are left out.
/// * `.vtt`: voice tags are labels. `.srt`: labels as in plain text.
/// * `.csv`: a header with `text` and any of `start`, `end`, `speaker`; comma, semicolon or tab.
/// * `.json`: a call report or transcript of callvet, or the output of Whisper.
///
/// The error is one sentence and names the line.
pub fn read_transcript(path: &Path, bytes: &[u8]) -> Result<ReadTranscript, String> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("line 1: the file is UTF-16; save it as UTF-8".into());
    }
    let text = std::str::from_utf8(bytes).map_err(|wrong| {
        let line = 1 + bytes[..wrong.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        format!("line {line}: the file is not UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match extension.as_deref() {
        Some("txt") => plain(text),
        Some("vtt") => subtitles::vtt(text),
        Some("srt") => subtitles::srt(text),
        Some("csv") => table::csv(text),
        Some("json") => json::json(text),
        _ => Err("the extension is none of txt, vtt, srt, csv, json".into()),
    }
}

fn plain(text: &str) -> Result<ReadTranscript, String> {
    let mut builder = Builder::default();
    for (at, line) in text.lines().enumerate() {
        let mut rest = line.trim();
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        let mut start_s = None;
        if let Some((inside, after)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']'))
            && times::looks_like_time(inside)
        {
            start_s = Some(times::seconds(inside).ok_or_else(|| format!("line {}: no time in the brackets", at + 1))?);
            rest = after.trim_start();
        }
        let (label, said) = labels::split(rest);
        builder.push(at + 1, (start_s, None), label, said);
    }
    Ok(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> ReadTranscript {
        read_transcript(Path::new(name), text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Start, end, party and text of an utterance.
    type Told<'a> = (Option<f64>, Option<f64>, Option<Party>, &'a str);

    fn told(read: &ReadTranscript) -> Vec<Told<'_>> {
        let party = |id: &String| read.speakers.iter().find(|speaker| speaker.id == *id).map(|speaker| speaker.party);
        let utterances = read.transcript.utterances.iter();
        utterances.map(|u| (u.start_s, u.end_s, u.speaker.as_ref().and_then(party), u.text.as_str())).collect()
    }

    #[test]
    fn plain_text_has_times_and_labels_in_five_languages() {
        let text = "\u{feff}# a call\r\n\r\n[00:05] Agent: Good morning.\r\n[0:01:10.5] Клиент: Да.\r\n[01:20] Ügyfél 2: Igen.\r\n\
                    [01:30] Note: not a label\r\n[music] la\r\n";
        let read = read("a.txt", text);
        let expected: Vec<Told> = vec![
            (Some(5.0), None, Some(Party::Agent), "Good morning."),
            (Some(70.5), None, Some(Party::Customer), "Да."),
            (Some(80.0), None, Some(Party::Customer), "Igen."),
            (Some(90.0), None, None, "Note: not a label"),
            (None, None, None, "[music] la"),
        ];
        assert_eq!(told(&read), expected);
        assert_eq!(read.lines, [3, 4, 5, 6, 7]);
        let ids: Vec<_> = read.speakers.iter().map(|speaker| speaker.id.as_str()).collect();
        assert_eq!(ids, ["s0", "s1", "s2"]);
    }

    #[test]
    fn subtitles_have_voices_and_both_times() {
        let vtt = "WEBVTT - x\n\nNOTE nothing\nhere\n\n1\n00:01.000 --> 00:02.500 align:start\n<v Agent>Good <b>day</b> &amp; hello\nagain\n\n\
                   00:00:03.000 --> 00:00:04.000\n<v.loud Maria>Yes</v>\n";
        let read_vtt = read("a.vtt", vtt);
        assert_eq!(
            told(&read_vtt),
            [
                (Some(1.0), Some(2.5), Some(Party::Agent), "Good day & hello again"),
                (Some(3.0), Some(4.0), Some(Party::Unknown), "Yes"),
            ]
        );
        assert_eq!(read_vtt.lines, [8, 12]);
        let srt =
            "1\n00:00:01,000 --> 00:00:02,500\nOperator: <i>Dzień</i> dobry\n\n2\n00:00:03,000 --> 00:00:04,000\nTak\n";
        assert_eq!(
            told(&read("a.srt", srt)),
            [(Some(1.0), Some(2.5), Some(Party::Agent), "Dzień dobry"), (Some(3.0), Some(4.0), None, "Tak")]
        );
    }

    #[test]
    fn tables_may_have_their_columns_in_any_order() {
        let csv = "Speaker,TEXT,start,end\r\nagent,\"Hello, \"\"you\"\"\",1.5,2\r\n,Yes,00:03,\r\n";
        let read_csv = read("a.csv", csv);
        assert_eq!(
            told(&read_csv),
            [(Some(1.5), Some(2.0), Some(Party::Agent), "Hello, \"you\""), (Some(3.0), None, None, "Yes")]
        );
        assert_eq!(read_csv.lines, [2, 3]);
        assert_eq!(told(&read("a.csv", "text;speaker\nHi;customer\n")), [(None, None, Some(Party::Customer), "Hi")]);
    }

    #[test]
    fn json_is_whispers_or_our_own() {
        let whisper = "{\"language\":\"pl\",\n\"segments\":[\n{\"start\":1,\"end\":2.5,\"text\":\" Dzień dobry\",\n\
                       \"words\":[{\"word\":\" Dzień\",\"start\":1,\"end\":1.5,\"probability\":0.9}]},\n{\"start\":3,\"end\":4,\"text\":\"x\"}]}";
        let read_whisper = read("a.json", whisper);
        assert_eq!(told(&read_whisper)[0], (Some(1.0), Some(2.5), None, "Dzień dobry"));
        assert_eq!(read_whisper.lines, [3, 5]);
        assert_eq!(read_whisper.transcript.language.as_deref(), Some("pl"));
        assert_eq!(read_whisper.transcript.utterances[0].words[0].text, "Dzień");
        let own = serde_json::to_string(&read_whisper.transcript).expect("plain data");
        let again = read("b.json", &format!("{{\"transcript\":{own},\"speakers\":[]}}"));
        assert_eq!(again.transcript, read_whisper.transcript);
    }

    #[test]
    fn errors_name_the_line() {
        let check = |name: &str, bytes: &[u8], expected: &str| {
            let error = read_transcript(Path::new(name), bytes).expect_err(name);
            assert!(error.contains(expected), "{name}: {error}");
        };
        check("a.txt", b"ok\n[99:99] x", "line 2");
        check("a.txt", b"ok\n\xff", "line 2");
        check("a.vtt", b"hello", "line 1");
        check("a.vtt", b"WEBVTT\n\n00:05.000 --> 00:01.000\nx", "line 3");
        check("a.srt", b"1\n00:0x:00 --> 1\nx", "line 2");
        check("a.csv", b"start,end\n1,2", "line 1");
        check("a.csv", b"start,text\nx,hello", "line 2");
        check("a.json", b"{\n\"segments\": [", "line 2");
        check("a.json", b"{\"segments\": [\n{\"text\": 5}]}", "line 2");
        check("a.json", b"[1]", "no transcript");
        check("a.pdf", b"", "extension");
    }
}
