//! A call in two files, one party in each: decoded both, and put side by side as the channels of one recording. Which
//! files belong together is decided by the batch; here is what to do with lengths and rates that differ, and with a
//! half that is missing or broken.

use std::path::Path;

use super::{CallFailure, CallJob};
use crate::audio::{self, DecodeError, DecodeLimits, DecodeOptions, Decoded};
use crate::call::{Channels, Pair, PartFile, Parts, Party, Problem, ProblemSeverity, RecordingFile};
use crate::dsp::resample::resample;
use crate::units::SampleRate;

/// Sound of a job, and the files that it came from if there are two.
pub(super) struct Opened {
    pub decoded: Decoded,
    pub files: Vec<RecordingFile>,
    /// Channel that is said to be the agent's.
    pub agent_channel: Option<u16>,
}

/// Lengths of two files that differ by less are those of one recorder: a packet of telephony more or less.
const SAME_LENGTH_S: f64 = 0.1;

/// Decodes the file or files of a job.
pub(super) fn open(job: &CallJob, options: &DecodeOptions) -> Result<Opened, CallFailure> {
    match &job.parts {
        Parts::Whole => Ok(one(audio::decode_with(&job.path, options)?)),
        Parts::Half(party) => {
            let mut opened = one(audio::decode_with(&job.path, options)?);
            opened.decoded.problems.insert(0, half_missing(*party));
            Ok(opened)
        }
        Parts::Two(pair) => open_two(pair, options),
    }
}

fn one(decoded: Decoded) -> Opened {
    Opened { decoded, files: Vec::new(), agent_channel: None }
}

fn half_missing(party: Option<Party>) -> Problem {
    let whose = match party {
        Some(Party::Agent) => "the agent's side",
        Some(Party::Customer) => "the customer's side",
        _ => "one side",
    };
    let text =
        format!("this file is {whose} of a call; the file of the other side was not found, and nothing is known of it");
    Problem::new("decode", "half_missing", ProblemSeverity::Lost, text)
}

fn open_two(pair: &Pair, options: &DecodeOptions) -> Result<Opened, CallFailure> {
    let [first, second] = [&pair.first, &pair.second].map(|file| decode_half(&file.path, &file.source, options));
    let (first, second) = match (first, second) {
        (Ok(first), Ok(second)) => (first, second),
        // Over a limit or not read this time: as a single file, the call fails and its half is not kept for the whole.
        (Ok(_), Err(error @ (DecodeError::Io(_) | DecodeError::Limit(_)))) => {
            return Err(CallFailure::new(error.kind(), format!("{}: {error}", pair.second.source)));
        }
        (Err(error @ (DecodeError::Io(_) | DecodeError::Limit(_))), Ok(_)) => {
            return Err(CallFailure::new(error.kind(), format!("{}: {error}", pair.first.source)));
        }
        // What can be heard is analysed.
        (Ok(heard), Err(error)) => return Ok(with_one_lost(heard, pair, &pair.second, 0, &error)),
        (Err(error), Ok(heard)) => return Ok(with_one_lost(heard, pair, &pair.first, 1, &error)),
        (Err(error), Err(other)) => {
            let text = format!("{}: {error}; {}: {other}", pair.first.source, pair.second.source);
            return Err(CallFailure::new(error.kind(), text));
        }
    };
    let files = vec![about(&pair.first, &first, Some(0)), about(&pair.second, &second, Some(1))];
    let agent_channel = pair.are_parties_known.then_some(0);
    let decoded = join(first, second, [&pair.first.source, &pair.second.source], &options.limits)?;
    Ok(Opened { decoded, files, agent_channel })
}

/// The halves apart are within the limit; both at the higher rate and of the longer length need not be.
fn check_size(first: &Channels, second: &Channels, limits: &DecodeLimits) -> Result<(), DecodeError> {
    let rate_hz = f64::from(first.rate().max(second.rate()).hz());
    let n_bytes = 2.0 * size_of::<f32>() as f64 * rate_hz * first.duration_s().max(second.duration_s());
    let most = limits.max_sample_bytes;
    if n_bytes > most as f64 {
        let text = format!("memory: both sides at {rate_hz} Hz take {n_bytes:.0} bytes, at most {most} are taken");
        return Err(DecodeError::Limit(text));
    }
    Ok(())
}

/// One half as a single channel.
fn decode_half(path: &Path, source: &str, options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    let mut decoded = audio::decode_with(path, options)?;
    let (rate, n_channels) = (decoded.channels.rate(), decoded.channels.n_channels());
    if n_channels > 1 {
        let planes = decoded.channels.into_planes();
        let heard = single(&planes, rate).ok_or_else(|| {
            DecodeError::Unsupported(format!(
                "{source} has {n_channels} channels that differ: it is no file of one party of a call; \
                 --no-join analyses each file by itself"
            ))
        })?;
        if let Heard::Loudest(channel) = heard {
            let text = format!(
                "{source} has {n_channels} channels that differ: channel {channel} was taken, on the others is only noise \
                 or sound much weaker than on it, and it is not analysed"
            );
            decoded.problems.push(Problem::new("decode", "half_one_channel", ProblemSeverity::Lost, text));
        }
        let plane = planes.into_iter().nth(heard.channel()).unwrap_or_default();
        decoded.channels = Channels::new(rate, vec![plane]).ok_or_else(|| DecodeError::NoAudio("no sound".into()))?;
    }
    Ok(decoded)
}

/// The channel of a file of one party that holds the party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// The others have the same sound, or none.
    Only(usize),
    /// The others have another sound, but nobody speaks there as this one does.
    Loudest(usize),
}

impl Heard {
    fn channel(self) -> usize {
        match self {
            Self::Only(channel) | Self::Loudest(channel) => channel,
        }
    }
}

/// Frames whose levels are compared: the length for which speech stays the same.
const FRAME_S: f64 = 0.02;

/// The level of the loud frames of speech: one in fifty is louder, also where one is on hold for most of the time.
const LOUD_SHARE: f64 = 0.98;

/// The level of the quiet frames: pauses, of which there are as many in any party's side of a call.
const QUIET_SHARE: f64 = 0.2;

/// Speech is louder than its pauses by 15 dB and more; 20 ms of steady noise at 8 kHz, 160 values, stay within 1 dB of
/// their mean in 49 of 50 frames. Between the two: noise that swells.
const MIN_SPEECH_RANGE_DB: f64 = 6.0;

/// Below the loud frames of the party by so much, speech of another channel is leakage: two people who were recorded
/// side by side hardly differ so much.
const MIN_WEAKER_DB: f64 = 15.0;

/// The one channel of a file that holds its party: all carry the same sound, or the others are silent, or hold nothing
/// but noise, or are much weaker. `None` if it cannot be told.
fn single(planes: &[Vec<f32>], rate: SampleRate) -> Option<Heard> {
    // A 16-bit step: what a codec makes of equal channels may differ by that much.
    const SAME: f32 = 2.0 / 32_768.0;
    let mut sounding = (0..planes.len()).filter(|channel| planes[*channel].iter().any(|s| s.abs() > SAME));
    // All are silent: silence of its length.
    let Some(first) = sounding.next() else { return (!planes.is_empty()).then_some(Heard::Only(0)) };
    let others: Vec<usize> = sounding.collect();
    let is_same = |other: &usize| planes[*other].iter().zip(&planes[first]).all(|(a, b)| (a - b).abs() <= SAME);
    if others.iter().all(is_same) {
        return Some(Heard::Only(first));
    }
    let frame = (FRAME_S * f64::from(rate.hz())).round().max(1.0) as usize;
    let mut levels: Vec<(usize, f64, f64)> = Vec::with_capacity(1 + others.len());
    for channel in std::iter::once(first).chain(others) {
        let (quiet_db, loud_db) = quiet_and_loud_db(&planes[channel], frame)?;
        levels.push((channel, loud_db, loud_db - quiet_db));
    }
    // Steady sound after whatever may be speech, then the louder one.
    let is_speech = |range_db: f64| range_db >= MIN_SPEECH_RANGE_DB;
    levels.sort_by(|a, b| is_speech(b.2).cmp(&is_speech(a.2)).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0)));
    let (channel, loud_db, range_db) = *levels.first()?;
    // Nobody speaks on any of them: which one is the party's cannot be told.
    if !is_speech(range_db) {
        return None;
    }
    let is_other = |level: &(usize, f64, f64)| {
        // What is much louder may be the party in so much noise that its pauses are not heard.
        let is_noise = !is_speech(level.2) && level.1 - loud_db < MIN_WEAKER_DB;
        is_noise || loud_db - level.1 >= MIN_WEAKER_DB
    };
    levels[1..].iter().all(is_other).then_some(Heard::Loudest(channel))
}

/// Levels in dBFS below which [`QUIET_SHARE`] and [`LOUD_SHARE`] of the frames are; digital silence counts as the
/// level of half a 16-bit step. `None` without a whole frame.
fn quiet_and_loud_db(plane: &[f32], frame: usize) -> Option<(f64, f64)> {
    const SILENCE: f64 = (0.5 / 32_768.0) * (0.5 / 32_768.0);
    let power = |frame: &[f32]| frame.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / frame.len() as f64;
    let mut levels_db: Vec<f64> =
        plane.chunks_exact(frame).map(|frame| 10.0 * power(frame).max(SILENCE).log10()).collect();
    levels_db.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| levels_db.get(((levels_db.len().checked_sub(1)?) as f64 * share).round() as usize).copied();
    at(QUIET_SHARE).zip(at(LOUD_SHARE))
}

fn with_one_lost(mut heard: Decoded, pair: &Pair, lost: &PartFile, channel: u16, error: &DecodeError) -> Opened {
    let text =
        format!("the other side of the call, {}, cannot be decoded, and nothing is known of it: {error}", lost.source);
    let at = usize::from(channel == 0);
    let fields = ["channel", "container", "codec", "sample_rate_hz", "duration_s"];
    heard.problems.insert(
        0,
        Problem::new("decode", "half_lost", ProblemSeverity::Lost, text)
            .about(fields.map(|field| format!("/recording/files/{at}/{field}"))),
    );
    heard.is_browser_playable = false;
    let unread = |file: &PartFile| RecordingFile {
        source: file.source.clone(),
        sha256: file.sha256.clone(),
        bytes: file.bytes,
        channel: None,
        container: None,
        codec: None,
        sample_rate_hz: None,
        duration_s: None,
    };
    let files = if channel == 0 {
        vec![about(&pair.first, &heard, Some(0)), unread(&pair.second)]
    } else {
        vec![unread(&pair.first), about(&pair.second, &heard, Some(0))]
    };
    Opened { decoded: heard, files, agent_channel: None }
}

fn about(file: &PartFile, decoded: &Decoded, channel: Option<u16>) -> RecordingFile {
    RecordingFile {
        source: file.source.clone(),
        sha256: file.sha256.clone(),
        bytes: file.bytes,
        channel,
        container: Some(decoded.container.clone()),
        codec: Some(decoded.codec.clone()),
        sample_rate_hz: Some(decoded.channels.rate().hz()),
        duration_s: Some(decoded.channels.duration_s()),
    }
}

/// Two channels of one length and rate: the higher of both rates, so that nothing is lost; the shorter one is followed
/// by silence. Both begin at 0 s: files do not tell by how much one recorder started later. `names` are for what is said
/// of the files. Of files with several channels the first is taken.
///
/// # Errors
/// [`CallFailure::Failed`] if neither side has sound, or both together are over the limit of memory.
pub fn join(first: Decoded, second: Decoded, names: [&str; 2], limits: &DecodeLimits) -> Result<Decoded, CallFailure> {
    check_size(&first.channels, &second.channels, limits)?;
    let rate = first.channels.rate().max(second.channels.rate());
    let mut problems = Vec::new();
    let lengths_s = [first.channels.duration_s(), second.channels.duration_s()];
    let both = |a: &str, b: &str| if a == b { a.to_owned() } else { format!("{a}+{b}") };
    let (container, codec) = (both(&first.container, &second.container), both(&first.codec, &second.codec));
    let decoder = both(&first.decoder, &second.decoder);
    let mut planes = Vec::with_capacity(2);
    for (channel, (decoded, name)) in [first, second].into_iter().zip(names).enumerate() {
        problems
            .extend(decoded.problems.into_iter().map(|problem| Problem { channel: Some(channel as u16), ..problem }));
        let from = decoded.channels.rate();
        let plane = decoded.channels.into_planes().into_iter().next().unwrap_or_default();
        if from == rate {
            planes.push(plane);
            continue;
        }
        let text = format!("{name} has {} Hz and was resampled to the {} Hz of the other side", from.hz(), rate.hz());
        problems.push(on(channel, Problem::new("decode", "half_resampled", ProblemSeverity::Note, text)));
        planes.push(resample(&plane, from, rate));
    }
    let n_samples = planes.iter().map(Vec::len).max().unwrap_or(0);
    if n_samples == 0 {
        return Err(DecodeError::NoAudio("neither side of the call has any sound".into()).into());
    }
    let (short, long) = if lengths_s[0] < lengths_s[1] { (0, 1) } else { (1, 0) };
    if lengths_s[long] - lengths_s[short] > SAME_LENGTH_S {
        let text = format!(
            "{} has {:.1} s and {} has {:.1} s: silence stands for the rest of the shorter side",
            names[short], lengths_s[short], names[long], lengths_s[long]
        );
        problems.push(on(short, Problem::new("decode", "halves_differ", ProblemSeverity::Note, text)));
    }
    for plane in &mut planes {
        plane.resize(n_samples, 0.0);
    }
    let channels = Channels::new(rate, planes)
        .ok_or_else(|| CallFailure::new("internal", "two channels of one length could not be joined"))?;
    // No browser plays two files as one.
    Ok(Decoded { container, codec, decoder, channels, problems, is_browser_playable: false })
}

fn on(channel: usize, problem: Problem) -> Problem {
    Problem { channel: u16::try_from(channel).ok(), ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(hz: u32, n_samples: usize, value: f32) -> Decoded {
        let rate = SampleRate::new(hz).expect("in range");
        let channels = Channels::new(rate, vec![vec![value; n_samples]]).expect("finite");
        Decoded {
            container: "wav".into(),
            codec: if hz == 8000 { "pcm_mulaw" } else { "pcm_s16le" }.into(),
            decoder: "test".into(),
            channels,
            problems: vec![Problem::new("decode", "truncated", ProblemSeverity::Lost, "cut")],
            is_browser_playable: true,
        }
    }

    /// Rate and samples by channel, codec, and code and channel of each problem.
    fn check(first: (u32, usize), second: (u32, usize), expected: (u32, usize, &str, &[(&str, u16)])) {
        let (first_side, second_side) = (decoded(first.0, first.1, 0.5), decoded(second.0, second.1, -0.5));
        let joined = join(first_side, second_side, ["a", "b"], &DecodeLimits::default());
        let joined = joined.expect("both have sound");
        let found: Vec<(&str, u16)> =
            joined.problems.iter().map(|p| (p.code.as_str(), p.channel.expect("of one side"))).collect();
        let channels = &joined.channels;
        assert_eq!((channels.rate().hz(), channels.n_samples(), joined.codec.as_str(), &found[..]), expected);
        assert_eq!(channels.n_channels(), 2);
        // The middle of each side, away from what resampling does to the ends of a constant.
        let middle = |plane: &[f32], n: usize| plane[n / 2];
        let n = |(hz, n): (u32, usize)| n * channels.rate().hz() as usize / hz as usize;
        assert!((middle(channels.plane(0), n(first)) - 0.5).abs() < 0.01, "the first file is channel 0");
        assert!((middle(channels.plane(1), n(second)) + 0.5).abs() < 0.01, "the second file is channel 1");
        assert!(!joined.is_browser_playable);
    }

    #[test]
    fn two_files_become_two_channels_of_one_rate_and_length() {
        let cut = |channel| ("truncated", channel);
        check((8000, 8000), (8000, 8000), (8000, 8000, "pcm_mulaw", &[cut(0), cut(1)]));
        // 20 ms: a packet more or less.
        check((8000, 8000), (8000, 8160), (8000, 8160, "pcm_mulaw", &[cut(0), cut(1)]));
        check((8000, 8000), (8000, 12_000), (8000, 12_000, "pcm_mulaw", &[cut(0), cut(1), ("halves_differ", 0)]));
        check((8000, 12_000), (8000, 8000), (8000, 12_000, "pcm_mulaw", &[cut(0), cut(1), ("halves_differ", 1)]));
        let resampled = [cut(0), ("half_resampled", 0), cut(1)];
        check((8000, 8000), (16_000, 16_000), (16_000, 16_000, "pcm_mulaw+pcm_s16le", &resampled));
    }

    #[test]
    fn a_half_with_several_channels_has_one_party_or_is_refused() {
        let rate = SampleRate::new(8000).expect("in range");
        let check = |planes: &[&[f32]], expected: Option<Heard>| {
            let planes: Vec<Vec<f32>> = planes.iter().map(|plane| plane.to_vec()).collect();
            assert_eq!(single(&planes, rate), expected);
        };
        // Two seconds from a generator (Numerical Recipes' ranqd1), at this level; `spoken` is quiet for every other 0.2 s.
        let noise = |seed: u32, amplitude: f32| -> Vec<f32> {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 23) as f32 - 1.0
            };
            (0..16_000).map(|_| amplitude * next()).collect()
        };
        let spoken = |seed: u32, amplitude: f32| -> Vec<f32> {
            let gain = |i: usize| if (i / 1600).is_multiple_of(2) { 1.0 } else { 0.01 };
            noise(seed, amplitude).into_iter().enumerate().map(|(i, s)| gain(i) * s).collect()
        };
        let silence = vec![0.0; 16_000];
        let party = spoken(1, 0.3);
        check(&[&party, &party], Some(Heard::Only(0)));
        check(&[&silence, &party], Some(Heard::Only(1)));
        check(&[&silence, &silence], Some(Heard::Only(0)));
        check(&[], None);
        // Noise of a line that nobody uses, weak or as loud as the party.
        check(&[&noise(2, 0.003), &party], Some(Heard::Loudest(1)));
        check(&[&party, &noise(2, 0.3)], Some(Heard::Loudest(0)));
        check(&[&noise(2, 0.01), &silence, &party], Some(Heard::Loudest(2)));
        // Leakage at -20 dB; somebody else at -10 dB is a party of their own.
        check(&[&party, &spoken(3, 0.03)], Some(Heard::Loudest(0)));
        check(&[&party, &spoken(3, 0.1)], None);
        check(&[&noise(2, 0.1), &noise(3, 0.1)], None);
        // Weak speech beside loud noise: either may be the party.
        check(&[&noise(2, 0.5), &spoken(3, 0.01)], None);
        // Somebody who says little in a file of silence, beside a louder hum on the unused channel.
        let brief: Vec<f32> =
            party.iter().zip(noise(4, 0.001)).enumerate().map(|(i, (s, n))| if i < 800 { *s } else { n }).collect();
        check(&[&brief, &noise(2, 0.01)], Some(Heard::Loudest(0)));
        // Nobody speaks: the louder hum is nobody's voice.
        check(&[&noise(2, 0.1), &noise(3, 0.001)], None);
        // Too short to have a level.
        check(&[&[0.1, -0.2, 0.3], &[0.3, 0.2, 0.1]], None);
    }
}
