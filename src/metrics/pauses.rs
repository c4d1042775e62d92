//! Which frames of a channel hold nothing but background, though voice activity is never perfect: it misses syllables,
//! takes a bang for a word, and a gate may have closed between the words. What `noise` averages. Not a detector of
//! speech: it only mends the one it is given, where the sound itself speaks against it.
//!
//! What fools it: words that are missed altogether and hardly louder than the noise; music that is mended away as if it
//! were missed speech; noise that is heard only while the party speaks.

use super::Input;
use super::background::{ALL_BANDS, BandPowers};
use super::voicing::Voicing;
use crate::dsp::frames::{mean as frame_mean, percentile, smoothed};
use crate::units::power_to_db;

/// Distances from speech at which background is sought: beyond breath and soft ends, else nearer.
const MARGINS_S: [f64; 3] = [0.15, 0.05, 0.0];
/// With this sum of pauses no nearer margin is tried: it gives steady noise within 0.3 dB.
const ENOUGH_PAUSE_S: f64 = 1.0;
/// Less than this is one pause or two: no background.
pub const LEAST_PAUSE_S: f64 = 0.3;
/// Where speech stands 15 dB above its background its decay in the room and its soft ends are heard: a reverberation
/// time of 0.6 s falls by 15 dB in the margin above and by 50 dB in half a second.
const FAR_FROM: f64 = 32.0;
/// So pauses nearer than this are left out (or than the second, if too little is left) ...
const FAR_S: [f64; 2] = [0.5, 0.3];
/// ... if their louder frames are 1 dB above those of the rest,
const TAIL: f64 = 1.26;
/// or, where speech stands 35 dB above its background, if their mean is and they hold nothing but such weak sound.
const VERY_FAR_FROM: f64 = 3200.0;
/// Leakage comes up to this much later, and codecs smear.
const ELSEWHERE_MARGIN_S: f64 = 0.2;

/// Pauses below this are (nearly) digital silence: -80 dBFS is an RMS of three steps of 16 bits, less than any line or
/// microphone leaves (the idle noise of G.711 is -72 dBFS) ...
const SILENT: f64 = 1e-8;
/// ... if the speech is 55 dB louder, so that a quiet recording is not taken for a gated one.
const SILENT_BELOW_SPEECH: f64 = 3.2e-6;
/// Of the pauses, this share must be silent for a gate: it closes up to 0.25 s after the words.
const GATED_SHARE: f64 = 0.85;
/// Distances from speech at which a gate is sought.
const GATE_MARGINS_S: [f64; 3] = [0.3, 0.15, 0.05];

/// Frames over which levels are smoothed, on either side: 7 frames, about 100 ms.
const SMOOTH: usize = 3;
/// Missed speech stands above the background by 5 dB, and by 1.5 times the distance of the background's median from its
/// 15th percentile, 0.5 dB for steady noise and 2 to 3 dB for babble ...
const ABOVE_DB: f64 = 5.0;
const ABOVE_PER_CORE: f64 = 1.5;
/// ... and is at most 20 dB below the mean of the speech that was found.
const BELOW_SPEECH: f64 = 1e-2;
/// Periodicity of a voiced frame: 70 % of those of speech, 10 % of those of babble, 2 % of those of keys.
const VOICED: f64 = 0.8;
/// Voiced frames in a run of loud ones: 64 ms, the shortest vowel.
const LEAST_VOICED: usize = 4;
/// Dips of this many frames do not end a run: closures of plosives.
const DIP: usize = 3;
/// Breath and soft ends on both sides of missed speech.
const AROUND_MISSED_S: f64 = 0.2;
/// Noise has loud moments too: what was found is left out only if that changes the level by this much and half of the
/// distance named above.
const CHANGE_DB: f64 = 0.5;
const CHANGE_PER_CORE: f64 = 0.5;

/// A frame 16 dB above the median frame of speech is no speech, if such frames occur in pauses too ...
const EVENT_OVER_SPEECH: f64 = 40.0;
/// ... for three frames, about 50 ms. Peaks of some voices reach 20 dB above their median: without such a witness they are
/// left alone.
const LEAST_EVENT: usize = 3;

/// Without pauses the quietest tenth of the call stands for them; its mean is 2 dB below that of steady noise and 5 dB
/// below that of babble.
const QUIETEST: f64 = 0.1;
/// 3 dB.
pub const QUIETEST_TO_MEAN: f64 = 2.0;

/// Frames of a channel by what they hold.
#[derive(Debug)]
pub struct Pauses {
    /// Nothing but background.
    pub is_background: Vec<bool>,
    /// Speech: where voice activity found it, and what it missed.
    pub is_speech: Vec<bool>,
    /// Beside missed speech: it may be background or not.
    pub is_doubtful: Vec<bool>,
    /// Louder than any speech, anywhere.
    pub is_event: Vec<bool>,
    /// (Nearly) digital silence.
    pub is_silent: Vec<bool>,
    /// Length of the background.
    pub total_s: f64,
    /// Nothing but silence between words; `None` if there are no pauses at all.
    pub gated: Option<bool>,
    /// There were no pauses, and the quietest moments stand for them.
    pub is_guess: bool,
    /// By how much leaving out missed speech lowered the level.
    pub mended_db: f64,
}

impl Pauses {
    /// Sorts the frames of a channel.
    pub fn new(input: &Input<'_>, powers: &BandPowers) -> Self {
        let n_frames = powers.n_frames();
        let levels: Vec<f64> = (0..n_frames).map(|t| powers.power(t, &ALL_BANDS)).collect();
        let end_s = input.rate.samples_to_s(input.samples.len());
        let found = powers.flags(input.speech);
        let is_leaking = powers.flags(&input.elsewhere.union(input.sounds).widened(ELSEWHERE_MARGIN_S, end_s));
        let far_from_speech = |margin_s: f64| -> Vec<bool> {
            let near = powers.flags(&input.speech.widened(margin_s, end_s));
            near.iter().map(|is_near| !is_near).collect()
        };
        let without_leakage = |mut flags: Vec<bool>| -> Vec<bool> {
            flags.iter_mut().zip(&is_leaking).for_each(|(flag, is_leaking)| *flag &= !is_leaking);
            flags
        };

        let speech_mean = mean(&levels, |t| found[t] && !powers.is_silent[t]).unwrap_or(0.0);
        let silent_below = SILENT.min(SILENT_BELOW_SPEECH * speech_mean);
        let is_silent: Vec<bool> = (0..n_frames)
            .map(|t| powers.is_silent[t] || variance(&input.samples[powers.samples_of(t)]) < silent_below)
            .collect();
        let count = |flags: &[bool]| powers.seconds((0..n_frames).filter(|&t| flags[t] && !is_silent[t]).count());
        let gated = GATE_MARGINS_S.iter().find_map(|&margin_s| {
            let pause = without_leakage(far_from_speech(margin_s));
            let total_s = powers.seconds(pause.iter().filter(|p| **p).count());
            (total_s >= LEAST_PAUSE_S).then(|| total_s - count(&pause) >= GATED_SHARE * total_s)
        });

        let mut pause = Vec::new();
        for margin_s in MARGINS_S {
            pause = without_leakage(far_from_speech(margin_s));
            if count(&pause) >= ENOUGH_PAUSE_S {
                break;
            }
        }
        if count(&pause) < LEAST_PAUSE_S {
            // The other party never stops: better pauses with its leakage in them than none.
            pause = far_from_speech(0.0);
        }
        let smooth = smoothed(&levels, SMOOTH);
        let is_guess = count(&pause) < LEAST_PAUSE_S && speech_mean > 0.0;
        if is_guess {
            let heard: Vec<f64> = (0..n_frames).filter(|&t| !is_silent[t]).map(|t| smooth[t]).collect();
            let most = percentile(&heard, QUIETEST).unwrap_or(0.0);
            pause = smooth.iter().map(|&level| level <= most).collect();
        }
        pause.iter_mut().zip(&is_silent).for_each(|(pause, is_silent)| *pause &= !is_silent);
        let mut pauses = Self {
            is_background: pause,
            is_speech: found.iter().zip(&is_silent).map(|(found, is_silent)| *found && !is_silent).collect(),
            is_doubtful: vec![false; n_frames],
            is_event: vec![false; n_frames],
            is_silent,
            total_s: 0.0,
            gated,
            is_guess,
            mended_db: 0.0,
        };
        if let Some(background) = Levels::of(&pauses.is_background, &levels, &smooth) {
            if speech_mean > FAR_FROM * background.low {
                let above = (speech_mean, background.low);
                for margin_s in FAR_S {
                    let is_far = without_leakage(far_from_speech(margin_s));
                    if pauses.leave_out_tails(&smooth, &is_far, powers, above) {
                        break;
                    }
                }
            }
            pauses.find_events(&levels);
            if !is_guess && speech_mean > 0.0 {
                pauses.leave_out_missed_speech(input, powers, &levels, &background, speech_mean);
            }
        }
        pauses.total_s = powers.seconds(pauses.is_background.iter().filter(|b| **b).count());
        pauses
    }

    /// Keeps to what is far from speech, if the rest is louder. `false` if too little is far.
    fn leave_out_tails(&mut self, smooth: &[f64], is_far: &[bool], powers: &BandPowers, above: (f64, f64)) -> bool {
        let (mut far, mut near) = (Vec::new(), Vec::new());
        for t in (0..smooth.len()).filter(|&t| self.is_background[t]) {
            if is_far[t] { far.push(smooth[t]) } else { near.push(smooth[t]) }
        }
        if powers.seconds(far.len()) < ENOUGH_PAUSE_S {
            return false;
        }
        // The 80th percentile: decay is in every pause, bangs and keys are in a few moments only.
        let is_louder = percentile(&near, 0.8).zip(percentile(&far, 0.8)).is_some_and(|(n, f)| n > TAIL * f);
        let (speech_mean, low) = above;
        let weak = BELOW_SPEECH * speech_mean;
        let is_weakly_louder = speech_mean > VERY_FAR_FROM * low
            && near.iter().all(|level| *level < weak)
            && mean(&near, |_| true).zip(mean(&far, |i| far[i] < weak)).is_some_and(|(n, f)| n > TAIL * f);
        if is_louder || is_weakly_louder {
            self.is_background.iter_mut().zip(is_far).for_each(|(background, is_far)| *background &= is_far);
        }
        true
    }

    fn find_events(&mut self, levels: &[f64]) {
        let speech: Vec<f64> = levels.iter().zip(&self.is_speech).filter(|(_, s)| **s).map(|(l, _)| *l).collect();
        let Some(median) = percentile(&speech, 0.5) else { return };
        let is_over = |t: usize| levels[t] > EVENT_OVER_SPEECH * median;
        let n_in_pauses = (0..levels.len()).filter(|&t| self.is_background[t] && is_over(t)).count();
        if n_in_pauses >= LEAST_EVENT {
            self.is_event = (0..levels.len()).map(is_over).collect();
        }
    }

    fn leave_out_missed_speech(
        &mut self,
        input: &Input<'_>,
        powers: &BandPowers,
        levels: &[f64],
        background: &Levels,
        speech_mean: f64,
    ) {
        let above = 10f64.powf((ABOVE_DB + ABOVE_PER_CORE * background.core_db) / 10.0) * background.low;
        let least = above.max(BELOW_SPEECH * (speech_mean - background.low));
        let is_loud: Vec<bool> =
            (0..levels.len()).map(|t| self.is_background[t] && !self.is_event[t] && levels[t] > least).collect();
        let mut voicing = Voicing::new(input.rate, powers.samples_of(0).len());
        let mut is_missed = vec![false; levels.len()];
        for run in runs(&is_loud, DIP) {
            let is_voiced = |t: &usize| is_loud[*t] && voicing.of(&input.samples[powers.samples_of(*t)]) > VOICED;
            if run.clone().filter(is_voiced).take(LEAST_VOICED).count() == LEAST_VOICED {
                is_missed[run].fill(true);
            }
        }
        let around = (AROUND_MISSED_S / powers.hop_s) as usize;
        let mut is_left = self.is_background.clone();
        for run in runs(&is_missed, 0) {
            is_left[run.start.saturating_sub(around)..(run.end + around).min(levels.len())].fill(false);
        }
        let n_left = is_left.iter().filter(|left| **left).count();
        let mean_left = mean(levels, |t| is_left[t]).filter(|_| powers.seconds(n_left) >= LEAST_PAUSE_S);
        let change_db = mean(levels, |t| self.is_background[t])
            .zip(mean_left)
            .and_then(|(all, left)| power_to_db(all / left))
            .unwrap_or(0.0);
        if change_db < CHANGE_DB + CHANGE_PER_CORE * background.core_db {
            return;
        }
        for t in 0..levels.len() {
            self.is_speech[t] |= is_missed[t];
            self.is_doubtful[t] = self.is_background[t] && !is_left[t] && !is_missed[t];
        }
        self.is_background = is_left;
        self.mended_db = change_db;
    }
}

/// The quieter half of the background.
struct Levels {
    /// Its mean square.
    low: f64,
    /// From the 15th percentile of the background to its median.
    core_db: f64,
}

impl Levels {
    fn of(is_background: &[bool], levels: &[f64], smooth: &[f64]) -> Option<Self> {
        let background: Vec<f64> = smooth.iter().zip(is_background).filter(|(_, b)| **b).map(|(l, _)| *l).collect();
        let median = percentile(&background, 0.5)?;
        let core_db = power_to_db(median / percentile(&background, 0.15)?)?;
        let low = mean(levels, |t| is_background[t] && smooth[t] <= median)?;
        (low > 0.0).then_some(Self { low, core_db })
    }
}

/// Mean square around the frame's own mean: an offset that comes and goes with a gate is no sound.
fn variance(frame: &[f32]) -> f64 {
    let offset = frame_mean(frame);
    frame.iter().map(|&s| (f64::from(s) - offset).powi(2)).sum::<f64>() / frame.len().max(1) as f64
}

/// Mean of the values for whose index `is_wanted` holds.
fn mean(values: &[f64], is_wanted: impl Fn(usize) -> bool) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0usize);
    for (_, value) in values.iter().enumerate().filter(|(t, _)| is_wanted(*t)) {
        sum += value;
        n += 1;
    }
    (n > 0).then(|| sum / n as f64)
}

/// Ranges of frames whose flag is set, joined over gaps of up to `gap` frames.
pub fn runs(flags: &[bool], gap: usize) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (t, _) in flags.iter().enumerate().filter(|(_, flag)| **flag) {
        match runs.last_mut() {
            Some(last) if t - last.end <= gap => last.end = t + 1,
            _ => runs.push(t..t + 1),
        }
    }
    runs
}
