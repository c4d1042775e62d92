//! Matrix products of the network, in 8-bit whole numbers where weights are involved: rows of weights and rows of
//! activations have a scale each, sums are exact, so that the result does not depend on their order. A thin layer over
//! rten's kernels, which choose the processor's widest instructions at run time.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_simd::SimdOp;
use rten_tensor::{NdTensorView, NdTensorViewMut};
use rten_vecmath::{ExtendInit, Quantize};

use super::file::{FileError, ModelFile};

/// The kernels for this processor. Cheap to make; they cannot be shared by threads.
pub(super) struct Kernels {
    pub float: GemmExecutor<f32>,
    byte: GemmExecutor<u8, i8, i32>,
    /// Largest magnitude of a stored activation.
    levels: u8,
}

impl Kernels {
    pub fn new() -> Self {
        let byte = GemmExecutor::<u8, i8, i32>::new();
        // Without VNNI two products are added in 16 bits: with seven bits on one side they fit.
        let levels = if byte.may_saturate() { 63 } else { 127 };
        Self { float: GemmExecutor::new(), byte, levels }
    }

    /// `a · b` into `out`, row after row: `a` is m by k, `b` k by n.
    pub fn product(&self, out: &mut [f32], a: NdTensorView<'_, f32, 2>, b: NdTensorView<'_, f32, 2>) {
        self.float
            .gemm(out, GemmInputA::Unpacked(a), GemmInputB::Unpacked(b), GemmOptions::default())
            .expect("shapes are those of the network");
    }

    /// The same with a `b` that was put in order before, for many products with it.
    pub fn product_packed(&self, out: &mut [f32], a: NdTensorView<'_, f32, 2>, b: &PackedBMatrix<f32>) {
        self.float
            .gemm(out, GemmInputA::Unpacked(a), GemmInputB::Packed(b), GemmOptions::default())
            .expect("shapes are those of the network");
    }
}

/// `y = x · Wᵀ + b` with 8-bit weights.
pub(super) struct Linear {
    packed: PackedBMatrix<i8>,
    /// One a row of W, that is, one an output.
    scales: Vec<f32>,
    bias: Vec<f32>,
    n_inputs: usize,
}

impl Linear {
    /// From `{name}.weight` (outputs by inputs) and, if there is one, `{name}.bias`.
    pub fn read(
        file: &ModelFile,
        kernels: &Kernels,
        name: &str,
        (n_inputs, n_outputs): (usize, usize),
        has_bias: bool,
    ) -> Result<Self, FileError> {
        let table = Table::read(file, &format!("{name}.weight"), n_outputs, n_inputs)?;
        let bias = if has_bias { file.tensor(&format!("{name}.bias"), n_outputs)? } else { vec![0.0; n_outputs] };
        Ok(Self::new(kernels, &table, bias))
    }

    /// From rows of weights, one an output.
    pub fn new(kernels: &Kernels, table: &Table, bias: Vec<f32>) -> Self {
        let n_inputs = table.width;
        let matrix = NdTensorView::from_data([table.scales.len(), n_inputs], &table.bytes[..]);
        Self { packed: kernels.byte.prepack_b(matrix.transposed()), scales: table.scales.clone(), bias, n_inputs }
    }

    pub fn n_outputs(&self) -> usize {
        self.scales.len()
    }

    /// For every row of `x`, row after row.
    pub fn apply(&self, kernels: &Kernels, x: &[f32]) -> Vec<f32> {
        let (k, n) = (self.n_inputs, self.n_outputs());
        let m = x.len() / k;
        let levels = f32::from(kernels.levels);
        // An unsigned byte with its zero in the middle: the kernels multiply unsigned by signed.
        let zero = kernels.levels + 1;
        let mut bytes = Vec::with_capacity(x.len());
        let mut scales = Vec::with_capacity(m);
        for row in x.chunks_exact(k) {
            let largest = row.iter().fold(0.0_f32, |most, v| most.max(v.abs())).max(f32::MIN_POSITIVE);
            scales.push(largest / levels);
            bytes.extend_init(|to| Quantize::new(row, &mut to[..k], levels / largest, zero).dispatch());
        }
        let mut sums = vec![0_i32; m * n];
        let zeros = vec![zero; m];
        let options = GemmOptions { a_quant: Some(QuantParams { zero_point: &zeros }), ..GemmOptions::default() };
        let a = NdTensorView::from_data([m, k], &bytes[..]);
        kernels
            .byte
            .gemm(&mut sums, GemmInputA::Unpacked(a), GemmInputB::Packed(&self.packed), options)
            .expect("shapes are those of the network");
        let mut y = Vec::with_capacity(m * n);
        for (row, scale) in sums.chunks_exact(n).zip(&scales) {
            y.extend(
                row.iter().zip(&self.scales).zip(&self.bias).map(|((sum, w), bias)| *sum as f32 * (scale * w) + bias),
            );
        }
        y
    }
}

/// Rows of numbers in bytes, with what a byte is worth in each.
pub(super) struct Table {
    bytes: Vec<i8>,
    scales: Vec<f32>,
    width: usize,
}

impl Table {
    pub fn read(file: &ModelFile, name: &str, n_rows: usize, width: usize) -> Result<Self, FileError> {
        let mut table = Self { bytes: Vec::with_capacity(n_rows * width), scales: Vec::with_capacity(n_rows), width };
        for row in file.rows(name, n_rows, width)? {
            let largest = row.iter().fold(0.0_f32, |most, v| most.max(v.abs())).max(f32::MIN_POSITIVE);
            table.scales.push(largest / 127.0);
            table.bytes.extend(row.iter().map(|v| (v * (127.0 / largest)).round() as i8));
        }
        Ok(table)
    }

    /// A row as numbers; `None` beyond the last.
    pub fn row(&self, at: usize) -> Option<impl Iterator<Item = f32>> {
        let scale = *self.scales.get(at)?;
        let bytes = self.bytes.get(at * self.width..(at + 1) * self.width)?;
        Some(bytes.iter().map(move |q| f32::from(*q) * scale))
    }
}

/// Layer normalisation (Ba et al. 2016): every row to mean 0 and variance 1, then scaled and shifted.
pub(super) struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// Added to the variance, as in PyTorch and whisper.cpp.
const EPSILON: f32 = 1e-5;

impl Norm {
    pub fn read(file: &ModelFile, name: &str, width: usize) -> Result<Self, FileError> {
        Ok(Self {
            scale: file.tensor(&format!("{name}.weight"), width)?,
            shift: file.tensor(&format!("{name}.bias"), width)?,
        })
    }

    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let width = self.scale.len();
        let mut y = Vec::with_capacity(x.len());
        for row in x.chunks_exact(width) {
            let mean = lanes_sum(row, |v| v) / width as f32;
            let variance = lanes_sum(row, |v| (v - mean) * (v - mean)) / width as f32;
            let factor = 1.0 / (variance + EPSILON).sqrt();
            y.extend(
                row.iter()
                    .zip(&self.scale)
                    .zip(&self.shift)
                    .map(|((v, scale), shift)| (v - mean) * factor * scale + shift),
            );
        }
        y
    }
}

/// Sum over `f` in sixteen lanes: the compiler can keep them side by side, which it may not do with one sum.
fn lanes_sum(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let chunks = row.chunks_exact(16);
    let rest: f32 = chunks.remainder().iter().map(|v| f(*v)).sum();
    for chunk in chunks {
        for (lane, v) in lanes.iter_mut().zip(chunk) {
            *lane += f(*v);
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// `x += y`.
pub(super) fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

/// The columns of one head in rows of `width` values.
pub(super) fn head(rows: &[f32], width: usize, head: usize, head_width: usize) -> NdTensorView<'_, f32, 2> {
    let all = NdTensorView::from_data([rows.len() / width, width], rows);
    all.slice((.., head * head_width..(head + 1) * head_width))
}

/// Writes rows of one head back between those of the others.
pub(super) fn put_head(out: &mut [f32], width: usize, head: usize, rows: &[f32], head_width: usize) {
    let n = rows.len() / head_width;
    let mut all = NdTensorViewMut::from_data([n, width], out);
    let mut own = all.slice_mut((.., head * head_width..(head + 1) * head_width));
    own.copy_from(&NdTensorView::from_data([n, head_width], rows));
}
