//! Dialogic (OKI) ADPCM, the `.vox` of telephony boards: 4 bits a sample, at 8 or 6 kHz, without a header.
//! Only the decoder. Not IMA ADPCM, which has other steps and 16 bits.
//!
//! Dialogic application note 1366, "Dialogic ADPCM Algorithm" (1988): a step table of 49 entries that grow by a tenth,
//! 12-bit samples, the upper half of a byte first.

/// Steps of the quantiser.
const STEPS: [i32; 49] = [
    16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190,
    209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552,
];

/// How far a code moves in the table, by its magnitude.
const MOVES: [i32; 8] = [-1, -1, -1, -1, 2, 4, 6, 8];

/// Decodes one stream; samples lean on those before.
#[derive(Debug, Clone, Default)]
pub(in crate::audio) struct Oki {
    /// 12 bits.
    sample: i32,
    step: usize,
}

impl Oki {
    /// The two samples of a byte.
    pub(in crate::audio) fn decode(&mut self, byte: u8) -> [i16; 2] {
        [byte >> 4, byte & 0xf].map(|code| self.next(code))
    }

    fn next(&mut self, code: u8) -> i16 {
        let magnitude = usize::from(code & 7);
        let difference = ((2 * magnitude as i32 + 1) * STEPS[self.step]) >> 3;
        let difference = if code & 8 != 0 { -difference } else { difference };
        self.sample = (self.sample + difference).clamp(-2048, 2047);
        self.step = (self.step as i32 + MOVES[magnitude]).clamp(0, STEPS.len() as i32 - 1) as usize;
        // 12 bits, in the upper part of 16.
        (self.sample << 4) as i16
    }
}
