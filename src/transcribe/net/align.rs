//! When each token was said: some heads of the decoder look at the sound that the next token comes from, and the best
//! path through their weights gives the times (dynamic time warping; the method of OpenAI's word timestamps, 2023).

use super::file::Sizes;

/// Seconds of a frame of the encoder.
pub(super) const FRAME_S: f64 = 0.02;

/// A layer of the decoder and one of its heads.
type Head = (usize, usize);

/// Heads that follow the sound, by sizes of the published models: layers of the decoder, heads, tokens. OpenAI's table.
#[rustfmt::skip]
const TIMED: [(usize, usize, bool, &[Head]); 10] = [
    (4, 6, false, &[(1, 0), (2, 0), (2, 5), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4)]),
    (4, 6, true, &[(2, 2), (3, 0), (3, 2), (3, 3), (3, 4), (3, 5)]),
    (6, 8, false, &[(3, 3), (4, 7), (5, 1), (5, 5), (5, 7)]),
    (6, 8, true, &[(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)]),
    (12, 12, true, &[(5, 3), (5, 9), (8, 0), (8, 4), (8, 7), (8, 8), (9, 0), (9, 7), (9, 9), (10, 5)]),
    (24, 16, true, &[(13, 15), (15, 4), (15, 15), (16, 1), (20, 0), (23, 4)]),
    (4, 20, true, &[(2, 4), (2, 11), (3, 3), (3, 6), (3, 11), (3, 14)]),
    (32, 20, true, &[(7, 0), (10, 17), (12, 18), (13, 12), (16, 1), (17, 14), (19, 11), (21, 4), (24, 1), (25, 6)]),
    (12, 12, false, &[(6, 6), (7, 0), (7, 3), (7, 8), (8, 2), (8, 5), (8, 7), (9, 0), (9, 4), (9, 8), (9, 10), (10, 0),
        (10, 1), (10, 2), (10, 3), (10, 6), (10, 11), (11, 2), (11, 4)]),
    (24, 16, false, &[(11, 4), (14, 1), (14, 12), (14, 14), (15, 4), (16, 0), (16, 4), (16, 9), (17, 12), (17, 14),
        (18, 7), (18, 10), (18, 15), (20, 0), (20, 3), (20, 9), (20, 14), (21, 12)]),
];

/// Of large-v2, which differs from large-v3 in its spectrogram alone; large-v1, which nothing tells from it, is taken for it.
#[rustfmt::skip]
const TIMED_LARGE_V2: &[Head] = &[
    (10, 12), (13, 17), (16, 11), (16, 12), (16, 13), (17, 15), (17, 16), (18, 4), (18, 11), (18, 19), (19, 11), (21, 2),
    (21, 3), (22, 3), (22, 9), (22, 12), (23, 5), (23, 7), (23, 13), (25, 5), (26, 1), (26, 12), (27, 15),
];

/// Layers and heads to take times from. Of a model that is not in the table, the upper half of the layers.
pub(super) fn timed_heads(sizes: &Sizes) -> Vec<Head> {
    let is_multilingual = sizes.n_vocabulary > 51_864;
    if (sizes.n_text_layers, sizes.n_mels) == (32, 80) {
        return TIMED_LARGE_V2.to_vec();
    }
    let known = TIMED.iter().find(|(layers, heads, multilingual, _)| {
        (*layers, *heads, *multilingual) == (sizes.n_text_layers, sizes.n_heads, is_multilingual)
    });
    match known {
        Some((.., heads)) => heads.to_vec(),
        None => {
            let upper = sizes.n_text_layers / 2..sizes.n_text_layers;
            upper.flat_map(|layer| (0..sizes.n_heads).map(move |head| (layer, head))).collect()
        }
    }
}

/// Frames of the median that takes single glances out.
const MEDIAN: usize = 7;

/// First frame of each row. `rows` holds, token after token, for each head a weight for each of `n_frames` frames.
pub(super) fn first_frames(rows: &[Vec<Vec<f32>>], n_frames: usize) -> Vec<usize> {
    let n_heads = rows.first().map_or(0, Vec::len);
    if n_heads == 0 || n_frames == 0 {
        return vec![0; rows.len()];
    }
    let mut cost = vec![0.0_f32; rows.len() * n_frames];
    for head in 0..n_heads {
        // A head that looks at one place whatever is said tells nothing: every frame is compared over the tokens.
        let mut weights: Vec<Vec<f32>> = rows.iter().map(|row| shares(&row[head], n_frames)).collect();
        for frame in 0..n_frames {
            let n = weights.len() as f32;
            let mean = weights.iter().map(|w| w[frame]).sum::<f32>() / n;
            let variance = weights.iter().map(|w| (w[frame] - mean).powi(2)).sum::<f32>() / n;
            let factor = 1.0 / variance.sqrt().max(1e-9);
            weights.iter_mut().for_each(|w| w[frame] = (w[frame] - mean) * factor);
        }
        for (cost, weights) in cost.chunks_exact_mut(n_frames).zip(&weights) {
            for (cost, weight) in cost.iter_mut().zip(median(weights)) {
                *cost -= weight / n_heads as f32;
            }
        }
    }
    cheapest_path(&cost, n_frames)
}

/// The first frames, as shares of their sum.
fn shares(weights: &[f32], n_frames: usize) -> Vec<f32> {
    let mut own: Vec<f32> = weights.iter().copied().take(n_frames).collect();
    own.resize(n_frames, 0.0);
    let sum: f32 = own.iter().sum();
    if sum > 0.0 {
        own.iter_mut().for_each(|w| *w /= sum);
    }
    own
}

/// Running median, mirrored at the ends.
fn median(values: &[f32]) -> Vec<f32> {
    let (n, half) = (values.len() as isize, (MEDIAN / 2) as isize);
    if n <= half {
        return values.to_vec();
    }
    let at = |i: isize| {
        let i = i.abs();
        values[if i < n { i } else { 2 * (n - 1) - i } as usize]
    };
    (0..n)
        .map(|i| {
            let mut near: [f32; MEDIAN] = std::array::from_fn(|k| at(i + k as isize - half));
            near.sort_unstable_by(f32::total_cmp);
            near[MEDIAN / 2]
        })
        .collect()
}

/// The path from the first row and frame to the last ones that costs least, a step at a time in row, frame or both;
/// the first frame of each row.
fn cheapest_path(cost: &[f32], n_frames: usize) -> Vec<usize> {
    #[derive(Clone, Copy)]
    enum From {
        Both,
        Row,
        Frame,
    }
    let n_rows = cost.len() / n_frames;
    let mut above = vec![f32::INFINITY; n_frames];
    let mut from = vec![From::Frame; cost.len()];
    for row in 0..n_rows {
        let mut here = vec![f32::INFINITY; n_frames];
        for frame in 0..n_frames {
            let both = match (row, frame) {
                (0, 0) => 0.0,
                (0, _) | (_, 0) => f32::INFINITY,
                _ => above[frame - 1],
            };
            let stay = if frame > 0 { here[frame - 1] } else { f32::INFINITY };
            let down = if row > 0 { above[frame] } else { f32::INFINITY };
            let (least, step) = if both <= down && both <= stay {
                (both, From::Both)
            } else if down <= stay {
                (down, From::Row)
            } else {
                (stay, From::Frame)
            };
            here[frame] = cost[row * n_frames + frame] + least;
            from[row * n_frames + frame] = step;
        }
        above = here;
    }
    let mut first = vec![0; n_rows];
    let (mut row, mut frame) = (n_rows.saturating_sub(1), n_frames - 1);
    loop {
        first[row] = frame;
        match from[row * n_frames + frame] {
            _ if row == 0 && frame == 0 => break,
            From::Both => (row, frame) = (row - 1, frame - 1),
            From::Row => row -= 1,
            From::Frame => frame -= 1,
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head that looks at 20 frames from each start on, and one that always looks at the same place.
    fn rows(starts: &[usize], n_frames: usize) -> Vec<Vec<Vec<f32>>> {
        let look = |start: usize| {
            (0..n_frames).map(|f| if (start..start + 20).contains(&f) { 0.05 } else { 0.001 }).collect::<Vec<f32>>()
        };
        starts.iter().map(|start| vec![look(*start), look(40)]).collect()
    }

    #[test]
    fn tokens_begin_where_they_are_looked_for() {
        let starts = [0, 20, 40, 90, 110];
        let found = first_frames(&rows(&starts, 130), 130);
        for (found, expected) in found.iter().zip(starts) {
            // The median and the pause between the third and the fourth leave a few frames open.
            assert!(
                found.abs_diff(expected) <= 30 && (expected == 90 || found.abs_diff(expected) <= 3),
                "{found} {expected}"
            );
        }
        assert!(found.is_sorted());
    }

    #[test]
    fn every_model_has_heads_that_it_has() {
        let sizes = |n_text_layers, n_heads, n_vocabulary, n_mels| Sizes {
            n_vocabulary,
            n_audio_frames: 1500,
            width: 64 * n_heads,
            n_heads,
            n_audio_layers: n_text_layers,
            n_text_positions: 448,
            n_text_layers,
            n_mels,
        };
        // Layers, heads, tokens and bands of the published models, and of one that nobody published.
        let models = [(4, 6), (6, 8), (12, 12), (24, 16)]
            .into_iter()
            .flat_map(|(layers, heads)| [51_864, 51_865].map(|vocabulary| sizes(layers, heads, vocabulary, 80)));
        let large =
            [sizes(32, 20, 51_865, 80), sizes(32, 20, 51_866, 128), sizes(4, 20, 51_866, 128), sizes(3, 5, 51_865, 80)];
        for sizes in models.chain(large) {
            let heads = timed_heads(&sizes);
            assert!(!heads.is_empty() && heads.iter().all(|(l, h)| *l < sizes.n_text_layers && *h < sizes.n_heads));
        }
        // OpenAI's table for base.
        assert_eq!(timed_heads(&sizes(6, 8, 51_865, 80)).len(), 8);
    }

    #[test]
    fn nothing_to_look_at_gives_zeros() {
        assert_eq!(first_frames(&[], 10), Vec::<usize>::new());
        assert_eq!(first_frames(&[vec![vec![1.0]]], 0), [0]);
        assert_eq!(first_frames(&[vec![vec![1.0]], vec![vec![1.0]]], 1), [0, 0]);
    }

    #[test]
    fn a_median_takes_single_glances_out() {
        let mut values = vec![0.0; 20];
        values[10] = 1.0;
        assert_eq!(median(&values), vec![0.0; 20]);
        assert_eq!(median(&[1.0, 2.0]), [1.0, 2.0]);
    }
}
