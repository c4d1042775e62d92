//! Phrase list and personal data on text: transcripts and chat logs. No sound, so audio fields of the report are null.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Analysed, CallFailure, EngineError, Facts, Settings, finish_provenance, judge};
use crate::call::{CallMetadata, CallReport, Provenance, Recording, Score, Transcript};
use crate::phrases::{self, Phrases, UnusedLine};
use crate::text::{Language, guess_languages};

/// Text files larger than this are refused: 64 MiB is some 10 million words.
pub const MAX_TEXT_BYTES: u64 = 64 << 20;

/// The stages that work on words, without models.
pub struct Scanner {
    phrases: Phrases,
    facts: Option<Facts>,
    provenance: Provenance,
    language: Option<String>,
}

impl Scanner {
    /// Loads the phrase lists.
    ///
    /// # Errors
    /// When a phrase list or the fact sheet has a mistake.
    pub fn new(settings: &Settings) -> Result<Self, EngineError> {
        let phrases = Phrases::load_for(settings.builtin_phrases, &settings.phrases, settings.profile)?;
        let facts = Facts::load(settings)?;
        let provenance = finish_provenance(Provenance::default(), settings, &phrases, facts.as_ref(), None);
        Ok(Self { phrases, facts, provenance, language: settings.language.clone() })
    }

    /// Lines of the user's phrase lists that could not be used.
    pub fn unused_phrase_lines(&self) -> &[UnusedLine] {
        self.phrases.unused_lines()
    }

    /// Scans one text file, which reports call `source`.
    ///
    /// # Errors
    /// [`CallFailure::Failed`] if it cannot be read or is no transcript.
    pub fn scan(&self, path: &Path, source: &str) -> Result<Analysed, CallFailure> {
        let bytes = read_bounded(path)?;
        let read = phrases::read_transcript(path, &bytes).map_err(|e| CallFailure::new("malformed", e.to_string()))?;
        let mut transcript = read.transcript;
        if let Some(language) = &self.language {
            transcript.language = Some(language.clone());
            transcript.language_probability = Some(1.0);
            for utterance in &mut transcript.utterances {
                utterance.language = Some(language.clone());
            }
        }
        tell_languages(&mut transcript);
        let mut report = CallReport {
            schema: CallReport::SCHEMA.into(),
            recording: Recording {
                source: source.into(),
                sha256: Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
                bytes: bytes.len() as u64,
                container: None,
                codec: None,
                decoder: None,
                sample_rate_hz: None,
                n_channels: None,
                duration_s: None,
                files: Vec::new(),
            },
            call: CallMetadata::default(),
            layout: None,
            speakers: read.speakers,
            channels: None,
            crosstalk: None,
            conversation: None,
            transcript: Some(transcript),
            findings: Vec::new(),
            required: Vec::new(),
            score: Score { total: None, parts: Vec::new() },
            problems: Vec::new(),
            provenance: self.provenance.clone(),
        };
        let hits = report.transcript.as_ref().map(|t| self.phrases.find(t)).unwrap_or_default();
        let masked = judge(&mut report, &self.phrases, self.facts.as_ref(), hits, &read.lines);
        Ok(Analysed { raw: report, masked, channels: None, is_browser_playable: false })
    }
}

/// Gives every utterance without a language the one that its words tell, else the one that the whole text tells.
/// Stays `None` where script and words fit several languages or none.
fn tell_languages(transcript: &mut Transcript) {
    let only = |text: &str| match guess_languages(text).as_slice() {
        [language] => Some(Language::code(*language).to_owned()),
        _ => None,
    };
    if transcript.language.is_none() {
        let texts: Vec<&str> = transcript.utterances.iter().map(|u| u.text.as_str()).collect();
        transcript.language = only(&texts.join("\n"));
    }
    for utterance in transcript.utterances.iter_mut().filter(|u| u.language.is_none()) {
        utterance.language = only(&utterance.text).or_else(|| transcript.language.clone());
    }
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, CallFailure> {
    let io_error = |e: std::io::Error| CallFailure::new("io", format!("cannot read the file: {e}"));
    let size = std::fs::metadata(path).map_err(io_error)?.len();
    if size > MAX_TEXT_BYTES {
        return Err(CallFailure::new("limit", format!("text of {size} bytes is over the limit of {MAX_TEXT_BYTES}")));
    }
    std::fs::read(path).map_err(io_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_a_language_gets_the_one_that_its_words_tell() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("chat.txt");
        let text = "agent: Dzień dobry, czy mogę w czym pomóc?\ncustomer: Ok.\nagent: Здравствуйте, чем могу помочь?\n\
            agent: Proszę się nie martwić, jest to oferta dla pana.\n";
        std::fs::write(&path, text).expect("writable");
        let scanner = Scanner::new(&Settings::default()).expect("the built-in lists load");
        let report = scanner.scan(&path, "chat.txt").expect("a text").raw;
        let transcript = report.transcript.expect("words");
        let languages: Vec<_> = transcript.utterances.iter().map(|u| u.language.as_deref()).collect();
        assert_eq!(transcript.language.as_deref(), Some("pl"));
        assert_eq!(languages, [Some("pl"), Some("pl"), Some("ru"), Some("pl")]);
        assert!(report.problems.iter().all(|p| p.code != "no_rules_for_language"), "{:?}", report.problems);
    }
}
