//! Whisper in Rust: the network of Radford et al. (2022), run from the model files of whisper.cpp. Sound in, tokens with
//! times and probabilities out. Not for finding speech, cutting windows or telling what of the text to believe.
//!
//! Beside the text, it gives what whisper.cpp keeps to itself: the probabilities of all languages and of "no speech" at
//! no further cost, and what each token looked at, from which its time follows. Windows are decoded side by side.

mod align;
mod decoder;
mod encoder;
mod file;
mod linear;
mod mel;
mod search;
mod vocabulary;

use std::path::Path;

pub(in crate::transcribe) use file::FileError;
pub(in crate::transcribe) use vocabulary::is_language;

use align::FRAME_S;
use decoder::{Decoder, Sequence};
use encoder::Encoder;
use file::ModelFile;
use linear::Kernels;
use mel::Mel;
use search::{Choice, Random};
use vocabulary::Vocabulary;

/// The network with its weights; shared by all threads.
pub(in crate::transcribe) struct Network {
    mel: Mel,
    encoder: Encoder,
    decoder: Decoder,
    vocabulary: Vocabulary,
    n_audio_frames: usize,
    /// As many as a text may have: half of the positions, the other half is for what was said before.
    max_tokens: usize,
}

/// A window that was heard and not yet written down.
pub(in crate::transcribe) struct Listened {
    sequence: Sequence,
    /// Frames of the encoder that hold sound.
    n_frames: usize,
    /// Probability 0..=1 of each of [`Network::languages`].
    pub languages: Vec<f64>,
    /// Probability 0..=1 that nobody speaks.
    pub no_speech: f64,
}

/// A piece of text: bytes, because a letter may be split between two tokens.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::transcribe) struct SaidToken {
    pub bytes: Vec<u8>,
    /// 0..=1.
    pub probability: f64,
    /// Seconds from the start of the window.
    pub start_s: f64,
    pub end_s: f64,
}

/// What the network took for one stretch of speech, usually a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::transcribe) struct SaidSegment {
    pub tokens: Vec<SaidToken>,
    /// Seconds from the start of the window, as the network wrote them.
    pub start_s: f64,
    pub end_s: f64,
}

/// A try at a window.
struct Try<'a> {
    window: usize,
    sequence: Sequence,
    listened: &'a Listened,
    chosen: Vec<Choice>,
    /// What each choice looked at, by head.
    looks: Vec<Vec<Vec<f32>>>,
    next: u32,
    prompt: std::vec::IntoIter<u32>,
    random: Random,
    is_done: bool,
    is_looping: bool,
}

impl Try<'_> {
    fn mean_log(&self) -> f64 {
        let n = self.chosen.len().max(1) as f64;
        self.chosen.iter().map(|c| c.probability.max(1e-10).ln()).sum::<f64>() / n
    }

    fn is_good(&self) -> bool {
        !self.is_looping && self.mean_log() >= search::MIN_MEAN_LOG
    }
}

impl Network {
    /// Reads a model file of whisper.cpp.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        let file = ModelFile::read(path)?;
        let kernels = Kernels::new();
        let vocabulary = Vocabulary::new(file.sizes.n_vocabulary, file.vocabulary.clone())
            .ok_or_else(|| FileError::Damaged("its vocabulary is not Whisper's".into()))?;
        Ok(Self {
            mel: Mel::new(&file.filters),
            encoder: Encoder::read(&file, &kernels)?,
            decoder: Decoder::read(&file, &kernels)?,
            vocabulary,
            n_audio_frames: file.sizes.n_audio_frames,
            max_tokens: file.sizes.n_text_positions / 2 - 4,
        })
    }

    /// Codes of the languages that [`Listened::languages`] is about.
    pub fn languages(&self) -> &'static [&'static str] {
        self.vocabulary.languages()
    }

    pub fn is_multilingual(&self) -> bool {
        self.vocabulary.is_multilingual
    }

    /// Hears up to 30 s at 16 kHz; what is beyond is not heard.
    pub fn listen(&self, sound: &[f32]) -> Listened {
        let kernels = Kernels::new();
        let mel = self.mel.of(sound, 2 * self.n_audio_frames);
        let frames = self.encoder.encode(&kernels, &mel);
        let mut sequence = self.decoder.begin(&kernels, &frames);
        let before = sequence.clone();
        let mut logits = self.decoder.step(&kernels, &mut [&mut sequence], &[self.vocabulary.start]);
        let first = self.vocabulary.first_language as usize;
        let (languages, no_speech) =
            search::shares(&mut logits, first, self.vocabulary.n_languages, self.vocabulary.no_speech as usize);
        let n_frames = sound.len().div_ceil(2 * mel::HOP).clamp(1, self.n_audio_frames);
        // To a model of English only there is nothing to be said between the start and the text.
        let sequence = if self.is_multilingual() { sequence } else { before };
        Listened { sequence, n_frames, languages, no_speech }
    }

    /// Writes windows down, each in the language of this code: the segments of each, in order. A code that [`Network::languages`] lacks is English.
    pub fn write(&self, windows: &[(&Listened, &str)]) -> Vec<Vec<SaidSegment>> {
        let kernels = Kernels::new();
        let mut best: Vec<Option<Try<'_>>> = windows.iter().map(|_| None).collect();
        for temperature in search::TEMPERATURES {
            let mut tries: Vec<Try<'_>> = windows
                .iter()
                .enumerate()
                .filter(|(i, _)| best[*i].as_ref().is_none_or(|best| !best.is_good()))
                .map(|(i, (listened, language))| self.begin(i, listened, language))
                .collect();
            while self.go_on(&kernels, &mut tries, temperature) {}
            for new in tries {
                let old = &mut best[new.window];
                let is_better = old
                    .as_ref()
                    .is_none_or(|old| (!new.is_looping, new.mean_log()) > (!old.is_looping, old.mean_log()));
                if is_better {
                    *old = Some(new);
                }
            }
        }
        best.into_iter().flatten().map(|found| self.said(&found)).collect()
    }

    fn begin<'a>(&self, window: usize, listened: &'a Listened, language: &str) -> Try<'a> {
        let v = &self.vocabulary;
        let mut prompt = if v.is_multilingual {
            vec![v.language(language).unwrap_or(v.first_language), v.transcribe]
        } else {
            vec![v.start]
        }
        .into_iter();
        Try {
            window,
            sequence: listened.sequence.clone(),
            listened,
            chosen: Vec::new(),
            looks: Vec::new(),
            next: prompt.next().unwrap_or(v.start),
            prompt,
            random: Random::new(),
            is_done: false,
            is_looping: false,
        }
    }

    /// One token more for every try that is not done; false if all are.
    fn go_on(&self, kernels: &Kernels, tries: &mut [Try<'_>], temperature: f32) -> bool {
        let mut active: Vec<&mut Try<'_>> = tries.iter_mut().filter(|t| !t.is_done).collect();
        if active.is_empty() {
            return false;
        }
        let tokens: Vec<u32> = active.iter().map(|t| t.next).collect();
        let mut sequences: Vec<&mut Sequence> = active.iter_mut().map(|t| &mut t.sequence).collect();
        let mut logits = self.decoder.step(kernels, &mut sequences, &tokens);
        let n = logits.len() / tokens.len();
        for (own, logits) in active.iter_mut().zip(logits.chunks_exact_mut(n)) {
            if let Some(next) = own.prompt.next() {
                own.next = next;
                continue;
            }
            let choice = search::choose(&self.vocabulary, logits, &own.chosen, temperature, &mut own.random);
            let n_frames = own.listened.n_frames;
            own.looks.push(own.sequence.attention.iter().map(|w| w[..n_frames.min(w.len())].to_vec()).collect());
            own.chosen.push(choice);
            own.next = choice.token;
            let text: Vec<u32> = own.chosen.iter().map(|c| c.token).filter(|t| *t < self.vocabulary.end).collect();
            own.is_looping = search::is_looping(&text);
            own.is_done = choice.token == self.vocabulary.end
                || own.is_looping
                || own.chosen.len() >= self.max_tokens
                || !self.decoder.has_room(&own.sequence);
        }
        true
    }

    fn said(&self, found: &Try<'_>) -> Vec<SaidSegment> {
        let v = &self.vocabulary;
        let n_frames = found.listened.n_frames;
        let window_s = n_frames as f64 * FRAME_S;
        // Times are written, not said: only what stands for text, and the end, lies on the sound.
        let lies = |choice: &Choice| choice.token <= v.end;
        let looks: Vec<Vec<Vec<f32>>> =
            found.chosen.iter().zip(&found.looks).filter(|(c, _)| lies(c)).map(|(_, look)| look.clone()).collect();
        let firsts = align::first_frames(&looks, n_frames);
        let mut at = 0;
        let mut segments: Vec<SaidSegment> = Vec::new();
        let mut is_open = false;
        for choice in &found.chosen {
            let time_s = || (f64::from(choice.token - v.first_time) * FRAME_S).min(window_s);
            if choice.token >= v.first_time {
                match segments.last_mut().filter(|_| is_open) {
                    Some(segment) if !segment.tokens.is_empty() => {
                        segment.end_s = time_s();
                        is_open = false;
                    }
                    Some(segment) => segment.start_s = time_s(),
                    None => {
                        segments.push(SaidSegment { tokens: Vec::new(), start_s: time_s(), end_s: window_s });
                        is_open = true;
                    }
                }
            } else if choice.token < v.end {
                let frame_s = |at: usize| firsts.get(at).map_or(window_s, |frame| *frame as f64 * FRAME_S);
                let token = SaidToken {
                    bytes: v.bytes(choice.token).to_vec(),
                    probability: choice.probability,
                    start_s: frame_s(at),
                    end_s: frame_s(at + 1),
                };
                at += 1;
                if let Some(segment) = segments.last_mut() {
                    segment.tokens.push(token);
                }
            }
        }
        segments.retain(|segment| !segment.tokens.is_empty());
        segments
    }
}
