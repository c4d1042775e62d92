//! The decoder: what is heard and the tokens so far to the next token. Several windows go through it side by side, so
//! that the weights are read once for all of them.

use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use rten_tensor::prelude::*;
use rten_vecmath::Softmax;

use super::encoder::{Attention, FeedForward};
use super::file::{FileError, ModelFile, Sizes};
use super::linear::{Kernels, Linear, Norm, Table, add, head};

struct Block {
    norm: Norm,
    attention: Attention,
    cross_norm: Norm,
    cross: Attention,
    feed_forward: FeedForward,
}

/// The decoder with its weights.
pub(super) struct Decoder {
    blocks: Vec<Block>,
    norm: Norm,
    positions: Vec<f32>,
    /// The token embedding, once as a table and once as the last product.
    table: Table,
    logits: Linear,
    sizes: Sizes,
    /// Layers and heads whose attention follows the sound in time.
    timed: Vec<(usize, usize)>,
}

/// Keys and values of one layer.
#[derive(Clone, Default)]
struct Memory {
    keys: Vec<f32>,
    values: Vec<f32>,
    /// True if they lie channel after channel, as suits many entries that stay; false for entry after entry, as suits
    /// few that grow.
    is_transposed: bool,
}

impl Memory {
    /// Keys (channels by entries) and values (entries by channels) of one head.
    fn head(&self, width: usize, h: usize, head_width: usize) -> (NdTensorView<'_, f32, 2>, NdTensorView<'_, f32, 2>) {
        if self.is_transposed {
            let n = self.keys.len() / width;
            let rows = h * head_width * n..(h + 1) * head_width * n;
            let own = |all| NdTensorView::from_data([head_width, n], all);
            (own(&self.keys[rows.clone()]), own(&self.values[rows]).transposed())
        } else {
            (head(&self.keys, width, h, head_width).transposed(), head(&self.values, width, h, head_width))
        }
    }
}

/// A window on its way through the decoder.
#[derive(Clone)]
pub(super) struct Sequence {
    /// Of the sound, by layer; shared by the tries at one window.
    sound: std::rc::Rc<Vec<Memory>>,
    /// Of the tokens so far, by layer.
    tokens: Vec<Memory>,
    n_tokens: usize,
    /// What the last token looked at: for each timed head, a weight a frame of the sound.
    pub attention: Vec<Vec<f32>>,
}

impl Decoder {
    pub fn read(file: &ModelFile, kernels: &Kernels) -> Result<Self, FileError> {
        let sizes = file.sizes;
        let width = sizes.width;
        let block = |i: usize| {
            let name = format!("decoder.blocks.{i}");
            Ok(Block {
                norm: Norm::read(file, &format!("{name}.attn_ln"), width)?,
                attention: Attention::read(file, kernels, &format!("{name}.attn"), width)?,
                cross_norm: Norm::read(file, &format!("{name}.cross_attn_ln"), width)?,
                cross: Attention::read(file, kernels, &format!("{name}.cross_attn"), width)?,
                feed_forward: FeedForward::read(file, kernels, &name, width)?,
            })
        };
        let table = Table::read(file, "decoder.token_embedding.weight", sizes.n_vocabulary, width)?;
        Ok(Self {
            blocks: (0..sizes.n_text_layers).map(block).collect::<Result<_, FileError>>()?,
            norm: Norm::read(file, "decoder.ln", width)?,
            positions: file.tensor("decoder.positional_embedding", width * sizes.n_text_positions)?,
            logits: Linear::new(kernels, &table, vec![0.0; sizes.n_vocabulary]),
            table,
            timed: super::align::timed_heads(&sizes),
            sizes,
        })
    }

    /// A window before its first token; `frames` are the encoder's.
    pub fn begin(&self, kernels: &Kernels, frames: &[f32]) -> Sequence {
        let width = self.sizes.width;
        let memory = |block: &Block| Memory {
            keys: transposed(&block.cross.key.apply(kernels, frames), width),
            values: transposed(&block.cross.value.apply(kernels, frames), width),
            is_transposed: true,
        };
        Sequence {
            sound: std::rc::Rc::new(self.blocks.iter().map(memory).collect()),
            tokens: vec![Memory::default(); self.blocks.len()],
            n_tokens: 0,
            attention: Vec::new(),
        }
    }

    /// One more token for each sequence; gives the logits of what may follow, row after row.
    pub fn step(&self, kernels: &Kernels, sequences: &mut [&mut Sequence], tokens: &[u32]) -> Vec<f32> {
        let width = self.sizes.width;
        let mut x = Vec::with_capacity(tokens.len() * width);
        for (sequence, token) in sequences.iter().zip(tokens) {
            let position = &self.positions[sequence.n_tokens * width..][..width];
            // Every token that can be chosen has a row.
            let row = self.table.row(*token as usize).into_iter().flatten();
            x.extend(row.zip(position).map(|(v, p)| v + p));
        }
        for sequence in sequences.iter_mut() {
            sequence.attention.clear();
        }
        for (layer, block) in self.blocks.iter().enumerate() {
            let normal = block.norm.apply(&x);
            let queries = self.queries(kernels, &block.attention, &normal);
            let keys = block.attention.key.apply(kernels, &normal);
            let values = block.attention.value.apply(kernels, &normal);
            let mut attended = Vec::with_capacity(x.len());
            for (i, sequence) in sequences.iter_mut().enumerate() {
                let row = i * width..(i + 1) * width;
                let memory = &mut sequence.tokens[layer];
                memory.keys.extend_from_slice(&keys[row.clone()]);
                memory.values.extend_from_slice(&values[row.clone()]);
                attended.extend(self.look(kernels, &queries[row], memory, |_, _| ()));
            }
            add(&mut x, &block.attention.out.apply(kernels, &attended));

            let queries = self.queries(kernels, &block.cross, &block.cross_norm.apply(&x));
            attended.clear();
            for (i, sequence) in sequences.iter_mut().enumerate() {
                let Sequence { sound, attention, .. } = &mut **sequence;
                let keep = |head: usize, weights: &[f32]| {
                    if self.timed.contains(&(layer, head)) {
                        attention.push(weights.to_vec());
                    }
                };
                attended.extend(self.look(kernels, &queries[i * width..(i + 1) * width], &sound[layer], keep));
            }
            add(&mut x, &block.cross.out.apply(kernels, &attended));
            block.feed_forward.add_to(kernels, &mut x);
        }
        for sequence in sequences.iter_mut() {
            sequence.n_tokens += 1;
        }
        self.logits.apply(kernels, &self.norm.apply(&x))
    }

    fn queries(&self, kernels: &Kernels, attention: &Attention, x: &[f32]) -> Vec<f32> {
        let mut queries = attention.query.apply(kernels, x);
        let scale = ((self.sizes.width / self.sizes.n_heads) as f32).sqrt().recip();
        queries.iter_mut().for_each(|q| *q *= scale);
        queries
    }

    /// One query over a memory, head by head; `see` is shown each head's weights.
    fn look(&self, kernels: &Kernels, query: &[f32], memory: &Memory, mut see: impl FnMut(usize, &[f32])) -> Vec<f32> {
        let width = self.sizes.width;
        let head_width = width / self.sizes.n_heads;
        let mut weights = vec![0.0; memory.keys.len() / width];
        let mut out = vec![0.0; width];
        for (h, out) in out.chunks_exact_mut(head_width).enumerate() {
            let (keys, values) = memory.head(width, h, head_width);
            let query = NdTensorView::from_data([1, head_width], &query[h * head_width..(h + 1) * head_width]);
            kernels.product(&mut weights, query, keys);
            Softmax::new_mut(&mut weights).dispatch();
            see(h, &weights);
            let row = NdTensorView::from_data([1, weights.len()], &weights[..]);
            kernels.product(out, row, values);
        }
        out
    }

    /// Whether another token fits.
    pub fn has_room(&self, sequence: &Sequence) -> bool {
        sequence.n_tokens < self.sizes.n_text_positions
    }
}

/// Rows of so many values, column after column.
fn transposed(rows: &[f32], width: usize) -> Vec<f32> {
    NdTensorView::from_data([rows.len() / width, width], rows).transposed().to_vec()
}
