//! The encoder: a spectrogram to 1500 frames of 20 ms that say what is heard (Radford et al. 2022, section 2.2; the
//! layers are those of Vaswani et al. 2017, normalised first).

use rten_simd::SimdOp;
use rten_simd::SimdUnaryOp;
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Softmax};

use super::file::{FileError, ModelFile, Sizes};
use super::linear::{Kernels, Linear, Norm, add, head, put_head};

/// Frames at a time: what is computed for them, such as scores over all frames, stays in the processor's cache.
const QUERIES: usize = 250;

/// A convolution over three neighbouring frames as one matrix: inputs by outputs, the first frame's inputs first.
struct Convolution {
    weights: Vec<f32>,
    bias: Vec<f32>,
    n_inputs: usize,
    stride: usize,
}

const TAPS: usize = 3;

impl Convolution {
    fn read(file: &ModelFile, name: &str, n_inputs: usize, n_outputs: usize, stride: usize) -> Result<Self, FileError> {
        let stored = file.tensor(&format!("{name}.weight"), TAPS * n_inputs * n_outputs)?;
        let bias = file.tensor(&format!("{name}.bias"), n_outputs)?;
        // Stored output by output, input by input, taps fastest.
        let mut weights = vec![0.0; stored.len()];
        for (i, value) in stored.iter().enumerate() {
            let (tap, input, output) = (i % TAPS, i / TAPS % n_inputs, i / TAPS / n_inputs);
            weights[(tap * n_inputs + input) * n_outputs + output] = *value;
        }
        Ok(Self { weights, bias, n_inputs, stride })
    }

    /// Frames by inputs to frames by outputs, a frame of zeros beyond either end.
    fn apply(&self, kernels: &Kernels, x: &[f32]) -> Vec<f32> {
        let n = self.n_inputs;
        let n_frames = x.len() / n;
        let n_out = n_frames.div_ceil(self.stride);
        let n_outputs = self.bias.len();
        let weights = kernels.float.prepack_b(NdTensorView::from_data([TAPS * n, n_outputs], &self.weights[..]));
        let mut y = vec![0.0; n_out * n_outputs];
        let mut columns = vec![0.0; QUERIES * TAPS * n];
        for (from, y) in (0..n_out).step_by(QUERIES).zip(y.chunks_mut(QUERIES * n_outputs)) {
            let n_rows = y.len() / n_outputs;
            for (t, row) in columns.chunks_exact_mut(TAPS * n).take(n_rows).enumerate() {
                for (tap, part) in row.chunks_exact_mut(n).enumerate() {
                    let at = ((from + t) * self.stride + tap).checked_sub(1).filter(|at| *at < n_frames);
                    match at {
                        Some(at) => part.copy_from_slice(&x[at * n..(at + 1) * n]),
                        None => part.fill(0.0),
                    }
                }
            }
            let rows = NdTensorView::from_data([n_rows, TAPS * n], &columns[..n_rows * TAPS * n]);
            kernels.product_packed(y, rows, &weights);
        }
        for row in y.chunks_exact_mut(n_outputs) {
            add(row, &self.bias);
        }
        Gelu {}.map_mut(&mut y);
        y
    }
}

/// Query, key, value and output of one attention.
pub(super) struct Attention {
    pub query: Linear,
    pub key: Linear,
    pub value: Linear,
    pub out: Linear,
}

impl Attention {
    pub fn read(file: &ModelFile, kernels: &Kernels, name: &str, width: usize) -> Result<Self, FileError> {
        let square =
            |part: &str, has_bias| Linear::read(file, kernels, &format!("{name}.{part}"), (width, width), has_bias);
        Ok(Self {
            query: square("query", true)?,
            // A bias here would change nothing: it adds the same to all scores of a query.
            key: square("key", false)?,
            value: square("value", true)?,
            out: square("out", true)?,
        })
    }
}

/// Two layers with four times the width between them.
pub(super) struct FeedForward {
    norm: Norm,
    wide: Linear,
    narrow: Linear,
}

impl FeedForward {
    pub fn read(file: &ModelFile, kernels: &Kernels, block: &str, width: usize) -> Result<Self, FileError> {
        Ok(Self {
            norm: Norm::read(file, &format!("{block}.mlp_ln"), width)?,
            wide: Linear::read(file, kernels, &format!("{block}.mlp.0"), (width, 4 * width), true)?,
            narrow: Linear::read(file, kernels, &format!("{block}.mlp.2"), (4 * width, width), true)?,
        })
    }

    pub fn add_to(&self, kernels: &Kernels, x: &mut [f32]) {
        // So many rows at a time: the wide ones are the largest the network has.
        const ROWS: usize = 300;
        for x in x.chunks_mut(ROWS * self.narrow.n_outputs()) {
            let mut wide = self.wide.apply(kernels, &self.norm.apply(x));
            Gelu {}.map_mut(&mut wide);
            add(x, &self.narrow.apply(kernels, &wide));
        }
    }
}

struct Block {
    norm: Norm,
    attention: Attention,
    feed_forward: FeedForward,
}

/// The encoder with its weights.
pub(super) struct Encoder {
    first: Convolution,
    second: Convolution,
    positions: Vec<f32>,
    blocks: Vec<Block>,
    norm: Norm,
    sizes: Sizes,
}

impl Encoder {
    pub fn read(file: &ModelFile, kernels: &Kernels) -> Result<Self, FileError> {
        let sizes = file.sizes;
        let width = sizes.width;
        let block = |i: usize| {
            let name = format!("encoder.blocks.{i}");
            Ok(Block {
                norm: Norm::read(file, &format!("{name}.attn_ln"), width)?,
                attention: Attention::read(file, kernels, &format!("{name}.attn"), width)?,
                feed_forward: FeedForward::read(file, kernels, &name, width)?,
            })
        };
        Ok(Self {
            first: Convolution::read(file, "encoder.conv1", sizes.n_mels, width, 1)?,
            second: Convolution::read(file, "encoder.conv2", width, width, 2)?,
            positions: file.tensor("encoder.positional_embedding", width * sizes.n_audio_frames)?,
            blocks: (0..sizes.n_audio_layers).map(block).collect::<Result<_, FileError>>()?,
            norm: Norm::read(file, "encoder.ln_post", width)?,
            sizes,
        })
    }

    /// Frames of `width` values, one for every two of the spectrogram, which has at most twice the network's frames.
    pub fn encode(&self, kernels: &Kernels, mel: &[f32]) -> Vec<f32> {
        let mut x = self.second.apply(kernels, &self.first.apply(kernels, mel));
        add(&mut x, &self.positions);
        for block in &self.blocks {
            let attended = self.attend(kernels, &block.attention, &block.norm.apply(&x));
            add(&mut x, &attended);
            block.feed_forward.add_to(kernels, &mut x);
        }
        self.norm.apply(&x)
    }

    fn attend(&self, kernels: &Kernels, attention: &Attention, x: &[f32]) -> Vec<f32> {
        let width = self.sizes.width;
        let head_width = width / self.sizes.n_heads;
        let n_frames = x.len() / width;
        let mut queries = attention.query.apply(kernels, x);
        let scale = (head_width as f32).sqrt().recip();
        queries.iter_mut().for_each(|q| *q *= scale);
        let keys = attention.key.apply(kernels, x);
        let values = attention.value.apply(kernels, x);
        let mut all = vec![0.0; x.len()];
        let mut scores = vec![0.0; QUERIES.min(n_frames) * n_frames];
        let mut own = vec![0.0; n_frames * head_width];
        for h in 0..self.sizes.n_heads {
            let (q, k, v) = (
                head(&queries, width, h, head_width),
                head(&keys, width, h, head_width),
                head(&values, width, h, head_width),
            );
            let keys = kernels.float.prepack_b(k.transposed());
            let values = kernels.float.prepack_b(v);
            for from in (0..n_frames).step_by(QUERIES) {
                let to = (from + QUERIES).min(n_frames);
                let scores = &mut scores[..(to - from) * n_frames];
                kernels.product_packed(scores, q.slice((from..to, ..)), &keys);
                for row in scores.chunks_exact_mut(n_frames) {
                    Softmax::new_mut(row).dispatch();
                }
                let weights = NdTensorView::from_data([to - from, n_frames], &*scores);
                kernels.product_packed(&mut own[from * head_width..to * head_width], weights, &values);
            }
            put_head(&mut all, width, h, &own, head_width);
        }
        attention.out.apply(kernels, &all)
    }
}
