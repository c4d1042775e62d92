//! How wide.amr was made: the encoder of rvoip-codec-core 0.3.12 (features amr-nb, amr-wb) with discontinuous transmission,
//! the nine rates in turn, eight frames each; 3 s of ../../speech/agent.wav at 16 kHz, 16-bit little-endian on stdin.

use std::io::{Read, Write};

use codec_core::codecs::amr::AmrCodec;
use codec_core::types::{CodecConfig, FrameKind, VariableRateCodec};

fn main() {
    let mut pcm = Vec::new();
    std::io::stdin().read_to_end(&mut pcm).expect("samples on stdin");
    let samples: Vec<i16> = pcm.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
    let mut codec = AmrCodec::new(&CodecConfig::amr_wb()).expect("a valid configuration");
    codec.set_allow_dtx(true);
    let mut file = b"#!AMR-WB\n".to_vec();
    for (n, frame) in samples.chunks_exact(320).enumerate() {
        codec.set_mode((n / 8 % 9) as u8).expect("a mode");
        let coded = codec.encode_frame(frame).expect("encodes");
        let frame_type = match coded.kind {
            FrameKind::Speech => coded.mode,
            FrameKind::ComfortNoise => 9,
            _ => 15,
        };
        file.push(frame_type << 3 | 4);
        file.extend(&coded.data);
    }
    std::io::stdout().write_all(&file).expect("written");
}
