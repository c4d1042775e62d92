//! GSM 06.10 full rate speech, 13 kbit/s: frames of 20 ms to samples at 8 kHz. Only the decoder, and without the
//! substitution of lost frames (GSM 06.11), which this program leaves to silence.
//!
//! ETSI EN 300 961 (GSM 06.10), clauses 1.7 (bits of a frame), 5.2.15 to 5.2.18 and 5.3 (arithmetic), tables 4.1 to
//! 4.6. Names are those of the standard. The two packings: RFC 3551 section 4.5.8.1 (33 bytes, most significant bit
//! first, behind the signature 1101), and Microsoft's in WAV (65 bytes for two frames, least significant bit first).

/// Samples of a frame.
pub(in crate::audio) const SAMPLES: usize = 160;

/// Bytes of a frame by RFC 3551.
pub(in crate::audio) const FRAME_BYTES: usize = 33;

/// Bytes of a pair of frames in WAV.
pub(in crate::audio) const PAIR_BYTES: usize = 65;

/// What the first four bits of a frame by RFC 3551 are.
pub(in crate::audio) const SIGNATURE: u8 = 0xd;

/// Bits of each of the eight log area ratios.
const LAR_BITS: [u32; 8] = [6, 6, 5, 5, 4, 4, 3, 3];

/// Table 4.1: B shifted by one, the smallest code, and 1/A, of each log area ratio.
const LAR_B: [i16; 8] = [0, 0, 4096, -5120, 188, -3584, -682, -2288];
const LAR_MIC: [i16; 8] = [-32, -32, -16, -16, -8, -8, -4, -4];
const LAR_INVA: [i16; 8] = [13_107, 13_107, 13_107, 13_107, 19_223, 17_476, 31_454, 29_708];

/// Table 4.3b: gains of the long term predictor.
const QLB: [i16; 4] = [3277, 11_469, 21_299, 32_767];

/// Table 4.6: mantissas of the block maximum.
const FAC: [i16; 8] = [18_431, 20_479, 22_527, 24_575, 26_623, 28_671, 30_719, 32_767];

/// Lags that the long term predictor can have.
const LAGS: std::ops::RangeInclusive<usize> = 40..=120;

/// The coded parameters of a subframe of 40 samples.
#[derive(Debug, Clone, Copy, Default)]
struct Subframe {
    lag: u8,
    gain: u8,
    grid: u8,
    block_max: u8,
    pulses: [u8; 13],
}

/// The coded parameters of a frame.
#[derive(Debug, Clone, Default)]
struct Parameters {
    lar: [u8; 8],
    subframes: [Subframe; 4],
}

impl Parameters {
    /// In the order of the standard; `take(n)` gives the next `n` bits.
    fn read(mut take: impl FnMut(u32) -> u8) -> Self {
        let lar = LAR_BITS.map(&mut take);
        let subframes = [(); 4].map(|()| Subframe {
            lag: take(7),
            gain: take(2),
            grid: take(2),
            block_max: take(6),
            pulses: [(); 13].map(|()| take(3)),
        });
        Self { lar, subframes }
    }
}

/// Decodes one stream; frames lean on those before.
#[derive(Debug, Clone)]
pub(in crate::audio) struct Gsm {
    /// The last 120 samples of the reconstructed short term residual.
    history: [i16; 120],
    last_lag: usize,
    /// Log area ratios of the frame before.
    last_lar: [i16; 8],
    /// Memory of the short term synthesis filter.
    v: [i16; 9],
    /// Memory of the de-emphasis.
    msr: i16,
}

impl Gsm {
    pub(in crate::audio) fn new() -> Self {
        Self { history: [0; 120], last_lag: 40, last_lar: [0; 8], v: [0; 9], msr: 0 }
    }

    /// One frame by RFC 3551; `None` if it has not the signature.
    pub(in crate::audio) fn decode(&mut self, frame: &[u8; FRAME_BYTES]) -> Option<[i16; SAMPLES]> {
        if frame[0] >> 4 != SIGNATURE {
            return None;
        }
        let mut at = 4;
        let parameters = Parameters::read(|n| {
            (0..n).fold(0, |value, _| {
                let bit = (frame[at / 8] >> (7 - at % 8)) & 1;
                at += 1;
                value << 1 | bit
            })
        });
        Some(self.synthesise(&parameters))
    }

    /// Two frames in Microsoft's packing; every pattern of bits is a pair of frames.
    pub(in crate::audio) fn decode_pair(&mut self, pair: &[u8; PAIR_BYTES]) -> [[i16; SAMPLES]; 2] {
        let mut at = 0;
        let mut take = |n| {
            (0..n).fold(0, |value, shift| {
                let bit = (pair[at / 8] >> (at % 8)) & 1;
                at += 1;
                value | bit << shift
            })
        };
        let frames = [Parameters::read(&mut take), Parameters::read(&mut take)];
        frames.map(|frame| self.synthesise(&frame))
    }

    fn synthesise(&mut self, frame: &Parameters) -> [i16; SAMPLES] {
        // The residual of the frame behind the last 120 samples.
        let mut drp = [0; 120 + SAMPLES];
        drp[..120].copy_from_slice(&self.history);
        for (n, subframe) in frame.subframes.iter().enumerate() {
            let erp = excitation(subframe);
            let lag = usize::from(subframe.lag);
            // A lag that cannot be is a transmission error: the last one goes on.
            self.last_lag = if LAGS.contains(&lag) { lag } else { self.last_lag };
            let brp = QLB[usize::from(subframe.gain)];
            let start = 120 + 40 * n;
            for (k, e) in erp.into_iter().enumerate() {
                drp[start + k] = e.saturating_add(mult_r(brp, drp[start + k - self.last_lag]));
            }
        }
        self.history.copy_from_slice(&drp[SAMPLES..]);
        let mut samples = [0; SAMPLES];
        samples.copy_from_slice(&drp[120..]);
        self.short_term(&log_area_ratios(&frame.lar), &mut samples);
        for sample in &mut samples {
            self.msr = sample.saturating_add(mult_r(self.msr, 28_180));
            // Doubled and truncated to 13 bits.
            *sample = self.msr.saturating_add(self.msr) & !7;
        }
        samples
    }

    /// Clause 5.3.2 and 5.3.4: the filter, whose coefficients glide from the last frame's in the first 40 samples.
    fn short_term(&mut self, lar: &[i16; 8], samples: &mut [i16; SAMPLES]) {
        let last = std::mem::replace(&mut self.last_lar, *lar);
        let glide = |mix: fn(i16, i16) -> i16| {
            let mut rp = [0; 8];
            for (r, (&a, &b)) in rp.iter_mut().zip(last.iter().zip(lar)) {
                *r = reflection(mix(a, b));
            }
            rp
        };
        let (first, rest) = samples.split_at_mut(13);
        let (second, rest) = rest.split_at_mut(14);
        let (third, rest) = rest.split_at_mut(13);
        // Table 4.3: the shares of the last and this frame.
        self.filter(&glide(|a, b| (a >> 2).saturating_add(b >> 2).saturating_add(a >> 1)), first);
        self.filter(&glide(|a, b| (a >> 1).saturating_add(b >> 1)), second);
        self.filter(&glide(|a, b| (a >> 2).saturating_add(b >> 2).saturating_add(b >> 1)), third);
        self.filter(&glide(|_, b| b), rest);
    }

    fn filter(&mut self, rp: &[i16; 8], samples: &mut [i16]) {
        for sample in samples {
            let mut sri = *sample;
            for i in (0..8).rev() {
                sri = sri.saturating_sub(mult_r(rp[i], self.v[i]));
                self.v[i + 1] = self.v[i].saturating_add(mult_r(rp[i], sri));
            }
            self.v[0] = sri;
            *sample = sri;
        }
    }
}

/// Clause 5.2.15 to 5.2.17: the pulses of a subframe at their places.
fn excitation(subframe: &Subframe) -> [i16; 40] {
    let block_max = i16::from(subframe.block_max);
    let mut exponent = if block_max > 15 { (block_max >> 3) - 1 } else { 0 };
    let mut mantissa = block_max - (exponent << 3);
    if mantissa == 0 {
        (exponent, mantissa) = (-4, 7);
    } else {
        while mantissa <= 7 {
            mantissa = mantissa << 1 | 1;
            exponent -= 1;
        }
        mantissa -= 8;
    }
    // 0..=10, and 0..=7.
    let shift = 6 - exponent;
    let factor = FAC[mantissa as usize & 7];
    let rounding = if shift > 0 { 1 << (shift - 1) } else { 0 };
    let mut erp = [0; 40];
    for (i, &pulse) in subframe.pulses.iter().enumerate() {
        let value = ((i16::from(pulse) << 1) - 7) << 12;
        erp[usize::from(subframe.grid) + 3 * i] = mult_r(factor, value).saturating_add(rounding) >> shift;
    }
    erp
}

/// Clause 5.3.1: log area ratios from their codes.
fn log_area_ratios(codes: &[u8; 8]) -> [i16; 8] {
    let mut lar = [0; 8];
    for (i, &code) in codes.iter().enumerate() {
        // At most 63 - 32, shifted by 10: fits.
        let value = (i16::from(code) + LAR_MIC[i]) << 10;
        let value = mult_r(LAR_INVA[i], value.saturating_sub(LAR_B[i]));
        lar[i] = value.saturating_add(value);
    }
    lar
}

/// Clause 5.3.3: a reflection coefficient from a log area ratio.
fn reflection(lar: i16) -> i16 {
    let magnitude = lar.saturating_abs();
    let r = if magnitude < 11_059 {
        magnitude << 1
    } else if magnitude < 20_070 {
        magnitude + 11_059
    } else {
        (magnitude >> 2).saturating_add(26_112)
    };
    if lar < 0 { -r } else { r }
}

/// The standard's rounded product of two fractions.
fn mult_r(a: i16, b: i16) -> i16 {
    if a == i16::MIN && b == i16::MIN {
        return i16::MAX;
    }
    ((i32::from(a) * i32::from(b) + 16_384) >> 15) as i16
}
