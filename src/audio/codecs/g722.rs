//! G.722: 7 kHz speech in 64 kbit/s, a byte to two samples at 16 kHz. Only the decoder, and only mode 1: the modes of
//! 56 and 48 kbit/s, which give the lowest bits to other data, are not told by any file.
//!
//! ITU-T G.722 (09/2012): tables 14 to 21 and the blocks of clause 6.2, whose names the comments give.

/// Table 17: logarithmic steps of the lower band, by magnitude.
const WL: [i32; 8] = [-60, -30, 58, 172, 334, 538, 1198, 3042];
/// Which of them a code of four bits takes.
const RL42: [usize; 16] = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
/// The same of the higher band, by code.
const WH: [i32; 4] = [798, -214, 798, -214];
/// Table 18: antilogarithms.
const ILB: [i32; 32] = [
    2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960, 3025,
    3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
];
/// Table 16: inverse quantisers of two, four and six bits.
const QM2: [i32; 4] = [-7408, -1616, 7408, 1616];
const QM4: [i32; 16] =
    [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];
const QM6: [i32; 64] = [
    -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
    -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
    -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
    4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
];
/// Table 11: every second coefficient of the filter that joins the bands; backwards they are the others.
const QMF: [i32; 12] = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

/// Decodes one stream; samples lean on those before.
#[derive(Debug, Clone)]
pub(in crate::audio) struct G722 {
    low: Band,
    high: Band,
    /// Sums and differences of the bands, newest last.
    x: [i32; 24],
}

impl G722 {
    pub(in crate::audio) fn new() -> Self {
        // Clause 6.2.1.3: the scale factors after a reset.
        Self { low: Band::new(32), high: Band::new(8), x: [0; 24] }
    }

    /// The two samples of a byte.
    pub(in crate::audio) fn decode(&mut self, code: u8) -> [i16; 2] {
        let (low_code, high_code) = (usize::from(code & 0x3f), usize::from(code >> 6));
        // Lower band: six bits for the sound, the upper four of them for the predictor.
        let low = (self.low.s + ((self.low.det * QM6[low_code]) >> 15)).clamp(-16_384, 16_383);
        let difference = (self.low.det * QM4[low_code >> 2]) >> 15;
        self.low.rescale(WL[RL42[low_code >> 2]], 18_432, 8);
        self.low.predict(difference);
        // Higher band.
        let difference = (self.high.det * QM2[high_code]) >> 15;
        let high = (self.high.s + difference).clamp(-16_384, 16_383);
        self.high.rescale(WH[high_code], 22_528, 10);
        self.high.predict(difference);
        // RECA, RECB, ACCUMC, ACCUMD.
        self.x.copy_within(2.., 0);
        self.x[22] = low + high;
        self.x[23] = low - high;
        let (mut even, mut odd) = (0, 0);
        for (i, pair) in self.x.chunks_exact(2).enumerate() {
            even += pair[0] * QMF[i];
            odd += pair[1] * QMF[11 - i];
        }
        [odd, even].map(|sum| saturate(sum >> 11) as i16)
    }
}

/// The adaptive predictor of a band (figures 16 and 17).
#[derive(Debug, Clone)]
struct Band {
    /// Prediction of the next sample.
    s: i32,
    /// The part of it that the zeros make.
    sz: i32,
    /// Logarithmic and linear scale factor.
    nb: i32,
    det: i32,
    /// Poles, partially and fully reconstructed signal, newest first.
    a: [i32; 2],
    p: [i32; 2],
    r: [i32; 2],
    /// Zeros and quantised differences, newest first.
    b: [i32; 6],
    d: [i32; 6],
}

impl Band {
    fn new(det: i32) -> Self {
        Self { s: 0, sz: 0, nb: 0, det, a: [0; 2], p: [0; 2], r: [0; 2], b: [0; 6], d: [0; 6] }
    }

    /// LOGSCL and SCALEL, or LOGSCH and SCALEH.
    fn rescale(&mut self, step: i32, most: i32, exponent: i32) {
        self.nb = (((self.nb * 127) >> 7) + step).clamp(0, most);
        let mantissa = ILB[(self.nb >> 6) as usize & 31];
        let shift = exponent - (self.nb >> 11);
        self.det = (if shift < 0 { mantissa << -shift } else { mantissa >> shift }) << 2;
    }

    fn predict(&mut self, d: i32) {
        // RECONS, PARREC.
        let r = saturate(self.s + d);
        let p = saturate(self.sz + d);
        // UPPOL2.
        let is_like = |other: i32| (p < 0) == (other < 0);
        let a1 = saturate(self.a[0] << 2);
        let turn = if is_like(self.p[0]) { (-a1).min(32_767) } else { a1 };
        let second = (turn >> 7) + if is_like(self.p[1]) { 128 } else { -128 } + ((self.a[1] * 32_512) >> 15);
        let second = second.clamp(-12_288, 12_288);
        // UPPOL1.
        let first = saturate(if is_like(self.p[0]) { 192 } else { -192 } + ((self.a[0] * 32_640) >> 15));
        let most = saturate(15_360 - second);
        self.a = [first.clamp(-most, most), second];
        // UPZERO.
        let step = if d == 0 { 0 } else { 128 };
        for (b, &past) in self.b.iter_mut().zip(&self.d) {
            let turn = if (past < 0) == (d < 0) { step } else { -step };
            *b = saturate(turn + ((*b * 32_640) >> 15));
        }
        // DELAYA.
        self.d.copy_within(..5, 1);
        self.d[0] = d;
        self.r = [r, self.r[0]];
        self.p = [p, self.p[0]];
        // FILTEP, FILTEZ, PREDIC.
        let product = |value: i32, coefficient: i32| (coefficient * saturate(2 * value)) >> 15;
        let sp = saturate(product(self.r[0], self.a[0]) + product(self.r[1], self.a[1]));
        self.sz = saturate(self.d.iter().zip(&self.b).map(|(&d, &b)| product(d, b)).sum());
        self.s = saturate(sp + self.sz);
    }
}

/// To 16 bits.
fn saturate(value: i32) -> i32 {
    value.clamp(-32_768, 32_767)
}
