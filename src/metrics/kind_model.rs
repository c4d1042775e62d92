//! Coefficients of the kinds of noise, written by `benches/corpus/fit_kinds.py` from the tune split: do not edit.

use super::kind_features::N_FEATURES;
use crate::call::NoiseKind;

/// The kinds that are told by features.
pub const MODELLED: [NoiseKind; 5] =
    [NoiseKind::Stationary, NoiseKind::Hum, NoiseKind::Babble, NoiseKind::Music, NoiseKind::Intermittent];
/// By kind.
pub const BIAS: [f64; 5] = [3.5898, -3.4824, -1.7958, -10.1045, 11.7929];
/// By kind and feature.
#[rustfmt::skip]
#[allow(clippy::approx_constant, reason = "fitted numbers; that some are near constants is chance")]
pub const WEIGHTS: [[f64; N_FEATURES]; 5] = [
    [-0.6656, -0.3259, -0.9524, 4.7212, -0.5683, -0.5236, -0.2620, -8.2154, 0.0262, -3.4779, -5.0942, -1.2973, -7.6184, -6.5561, -0.1177, -2.7851, -0.5674],
    [-0.3642, 2.4734, 1.7969, -4.3185, 0.5453, -0.8211, 1.4758, 6.8700, -3.9340, 0.0394, 4.3298, -1.4440, -2.7358, -3.5616, -0.7782, 1.4114, 11.1220],
    [0.4751, -1.1819, 3.6650, -1.6092, -0.8140, -1.1194, -0.4327, 5.0082, 1.7822, -0.9410, 3.9908, 1.5554, 13.1185, -0.7125, -5.3592, -1.7668, 2.1741],
    [0.1621, -1.8289, -7.5117, 0.8126, -0.0343, 2.0280, -2.1242, 9.4884, 3.6193, 1.0766, -0.5891, -2.1108, 2.1996, 11.1597, 5.7690, 2.5648, -7.8171],
    [0.3926, 0.8633, 3.0022, 0.3939, 0.8713, 0.4361, 1.3431, -13.1512, -1.4937, 3.3028, -2.6372, 3.2967, -4.9640, -0.3294, 0.4861, 0.5757, -4.9117],
];
