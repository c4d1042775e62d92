//! Tokens: which stand for text, which for languages and times.

/// Codes of the languages in the order of their tokens (OpenAI's table; the last is only in the newest models).
const LANGUAGES: [&str; 100] = [
    "en", "zh", "de", "es", "ru", "ko", "fr", "ja", "pt", "tr", "pl", "ca", "nl", "ar", "sv", "it", "id", "hi", "fi",
    "vi", "he", "uk", "el", "ms", "cs", "ro", "da", "hu", "ta", "no", "th", "ur", "hr", "bg", "lt", "la", "mi", "ml",
    "cy", "sk", "te", "fa", "lv", "bn", "sr", "az", "sl", "kn", "et", "mk", "br", "eu", "is", "hy", "ne", "mn", "bs",
    "kk", "sq", "sw", "gl", "mr", "pa", "si", "km", "sn", "yo", "so", "af", "oc", "ka", "be", "tg", "sd", "gu", "am",
    "yi", "lo", "uz", "fo", "ht", "ps", "tk", "nn", "mt", "sa", "lb", "my", "bo", "tl", "mg", "as", "tt", "haw", "ln",
    "ha", "ba", "jw", "su", "yue",
];

/// Whether this is the code of a language of a published model.
pub(in crate::transcribe) fn is_language(code: &str) -> bool {
    LANGUAGES.contains(&code)
}

/// Text tokens of the English-only vocabulary; the multilingual ones have one more.
const N_ENGLISH: usize = 50_256;
/// Times a step apart: 0 s to 30 s.
const N_TIMES: usize = 1501;

/// Ids of the tokens that are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vocabulary {
    /// Ends the text; text tokens have smaller ids.
    pub end: u32,
    pub start: u32,
    /// First language; `n_languages` of them.
    pub first_language: u32,
    pub n_languages: usize,
    pub transcribe: u32,
    pub no_speech: u32,
    pub no_times: u32,
    /// 0 s; then one every 20 ms.
    pub first_time: u32,
    /// A lone space.
    pub space: Option<u32>,
    pub is_multilingual: bool,
    text: Vec<Vec<u8>>,
}

impl Vocabulary {
    /// From the number of tokens that the network tells apart and the bytes of those that are text; `None` if that
    /// is no vocabulary of Whisper.
    pub fn new(n_tokens: usize, mut text: Vec<Vec<u8>>) -> Option<Self> {
        // end, start, languages, translate, transcribe, two more, no speech, no times, times.
        let others = 2 + 6 + N_TIMES;
        let is_multilingual = n_tokens >= N_ENGLISH + 1 + others + 99;
        let end = N_ENGLISH + usize::from(is_multilingual);
        let n_languages = n_tokens.checked_sub(end + others)?;
        if n_languages > LANGUAGES.len() || text.len() < end {
            return None;
        }
        text.truncate(end);
        let id = |at: usize| u32::try_from(at).ok();
        let after = end + 2 + n_languages;
        Some(Self {
            end: id(end)?,
            start: id(end + 1)?,
            first_language: id(end + 2)?,
            n_languages,
            transcribe: id(after + 1)?,
            no_speech: id(after + 4)?,
            no_times: id(after + 5)?,
            first_time: id(after + 6)?,
            space: text.iter().position(|bytes| bytes == b" ").and_then(id),
            is_multilingual,
            text,
        })
    }

    /// Codes of the languages that the network knows, in the order of their tokens.
    pub fn languages(&self) -> &'static [&'static str] {
        &LANGUAGES[..self.n_languages]
    }

    pub fn language(&self, code: &str) -> Option<u32> {
        let at = self.languages().iter().position(|known| *known == code)?;
        Some(self.first_language + u32::try_from(at).ok()?)
    }

    /// What a token stands for; empty for those that are no text. Not always whole letters.
    pub fn bytes(&self, token: u32) -> &[u8] {
        self.text.get(token as usize).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_published_vocabularies() {
        let text = |n: usize| (0..n).map(|i| if i == 220 { b" ".to_vec() } else { vec![b'a'] }).collect();
        // OpenAI's multilingual vocabulary.
        let v = Vocabulary::new(51_865, text(50_257)).expect("a vocabulary");
        assert_eq!((v.end, v.start, v.first_language, v.n_languages), (50_257, 50_258, 50_259, 99));
        assert_eq!((v.transcribe, v.no_speech, v.no_times, v.first_time), (50_359, 50_362, 50_363, 50_364));
        assert_eq!((v.language("pl"), v.language("yue"), v.space), (Some(50_269), None, Some(220)));
        // The one of large-v3 has a language more, the English one a token less.
        let v = Vocabulary::new(51_866, text(50_257)).expect("a vocabulary");
        assert_eq!((v.n_languages, v.first_time, v.language("yue")), (100, 50_365, Some(50_358)));
        let v = Vocabulary::new(51_864, text(50_257)).expect("a vocabulary");
        assert_eq!((v.end, v.is_multilingual, v.first_time, v.n_languages), (50_256, false, 50_363, 99));
        assert_eq!(Vocabulary::new(32_000, text(32_000)), None);
        assert_eq!(Vocabulary::new(51_865, text(10)), None);
    }
}
