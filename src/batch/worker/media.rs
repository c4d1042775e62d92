//! Pictures and sound of a call as the bytes behind the line of its result, and back.

use crate::call::CallMedia;
use crate::call::worker::Attachment;
use crate::report::media;

const PEAKS: &str = "peaks.json";
const SOUND: &str = "sound.wav";

/// Names and bytes, in the order in which they are sent.
pub fn attached(media: CallMedia) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![(PEAKS.to_owned(), media::to_json(&media.peaks).into_bytes())];
    parts.extend(media.spectrogram_png.into_iter().enumerate().map(|(channel, png)| (format!("{channel}.png"), png)));
    parts.extend(media.playable_wav.map(|wav| (SOUND.to_owned(), wav)));
    parts
}

/// What [`attached`] made; `None` if it is anything else.
pub fn detached(parts: Vec<(Attachment, Vec<u8>)>) -> Option<CallMedia> {
    let mut parts = parts.into_iter().peekable();
    let (first, peaks) = parts.next()?;
    let peaks = std::str::from_utf8(&peaks).ok().filter(|_| first.name == PEAKS)?;
    let mut made = CallMedia { peaks: media::from_json(peaks).ok()?, spectrogram_png: Vec::new(), playable_wav: None };
    for (part, bytes) in parts {
        if part.name == SOUND && made.playable_wav.is_none() {
            made.playable_wav = Some(bytes);
        } else if part.name == format!("{}.png", made.spectrogram_png.len()) {
            made.spectrogram_png.push(bytes);
        } else {
            return None;
        }
    }
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{ChannelPeaks, Peaks};

    #[test]
    fn media_come_back_as_they_were_and_nothing_else_does() {
        let made = CallMedia {
            peaks: Peaks { bin_s: 0.1, channels: vec![ChannelPeaks { min_max: vec![(-3, 4)] }; 2] },
            spectrogram_png: vec![vec![1, 2], vec![3]],
            playable_wav: Some(vec![4; 5]),
        };
        let sent = |media: &CallMedia| -> Vec<(Attachment, Vec<u8>)> {
            let named = attached(media.clone()).into_iter();
            named.map(|(name, bytes)| (Attachment { name, bytes: bytes.len() as u64 }, bytes)).collect()
        };
        assert_eq!(detached(sent(&made)), Some(made.clone()));
        let silent = CallMedia { playable_wav: None, ..made.clone() };
        assert_eq!(detached(sent(&silent)), Some(silent));
        let mut swapped = sent(&made);
        swapped.swap(1, 2);
        assert_eq!(detached(swapped), None);
        assert_eq!(detached(sent(&made)[1..].to_vec()), None);
        assert_eq!(detached(Vec::new()), None);
    }
}
