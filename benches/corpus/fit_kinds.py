"""Fits the decision on kinds of noise to the tune split and writes it as Rust.

    cargo run --release --example noise_features -- FOLDER/tune > features.jsonl
    python3 benches/corpus/fit_kinds.py FOLDER/tune features.jsonl > src/metrics/kind_model.rs

A multinomial logistic regression on the features of src/metrics/kind_features.rs, one step of 0.5 s a row, weighted so
that kinds and recordings count alike. Steps in which two kinds meet and steps below the level of hearing are left out,
as the program does not ask the model there. Python: numpy, scipy.
"""

import json
import sys

import numpy as np
from scipy.optimize import minimize

import common

KINDS = ["stationary", "hum", "babble", "music", "intermittent"]
STEP_S, REACH_S, INAUDIBLE_DBFS = 0.5, 1.5, -65.0
RIDGE = 1e-4  # weak: features are of the order of 1, and thousands of rows speak against large weights


def rows(truth, steps):
    for i, step in enumerate(steps):
        middle_s = (i + 0.5) * STEP_S
        here = [kind for a, b, kind in truth["segments"] if a < middle_s + REACH_S and b > middle_s - REACH_S]
        if step is not None and len(here) == 1 and here[0] in KINDS and step["loud_dbfs"] > INAUDIBLE_DBFS:
            yield KINDS.index(here[0]), step["features"], step["weight"]


def fit(x, y, w):
    """(bias, weights) by kind, on the features as they are."""
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.column_stack([np.ones(len(x)), (x - mean) / scale])
    target = np.eye(len(KINDS))[y]

    def loss(flat):
        b = flat.reshape(len(KINDS), -1)
        s = z @ b.T
        s -= s.max(axis=1, keepdims=True)
        logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        grad = ((np.exp(logp) - target) * w[:, None]).T @ z + 2 * RIDGE * b
        return -np.sum(w * logp[np.arange(len(y)), y]) + RIDGE * np.sum(b**2), grad.ravel()

    b = minimize(loss, np.zeros(len(KINDS) * z.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x.reshape(len(KINDS), -1)
    weights = b[:, 1:] / scale
    return b[:, 0] - weights @ mean, weights


def main(folder, features):
    by_file = {line["file"]: line["steps"] for line in map(json.loads, open(features, encoding="utf-8"))}
    x, y, w = [], [], []
    for truth in common.truths(folder):
        found = list(rows(truth, by_file.get(truth["file"], [])))
        for kind, step, weight in found:
            x.append(step)
            y.append(kind)
            w.append(weight / len(found))
    x, y, w = np.array(x), np.array(y), np.array(w)
    for kind in range(len(KINDS)):
        w[y == kind] /= w[y == kind].sum() * len(KINDS)
    bias, weights = fit(x, y, w)
    right = (x @ weights.T + bias).argmax(axis=1) == y
    print(f"{len(y)} steps, right by kind:", {k: round(float(np.average(right[y == i], weights=w[y == i])), 3) for i, k in enumerate(KINDS)}, file=sys.stderr)

    def row(values):
        return "[" + ", ".join(f"{v:.4f}" for v in values) + "]"

    print("//! Coefficients of the kinds of noise, written by `benches/corpus/fit_kinds.py` from the tune split: do not edit.\n")
    print("use super::kind_features::N_FEATURES;\nuse crate::call::NoiseKind;\n")
    print("/// The kinds that are told by features.\npub const MODELLED: [NoiseKind; 5] =")
    print("    [NoiseKind::Stationary, NoiseKind::Hum, NoiseKind::Babble, NoiseKind::Music, NoiseKind::Intermittent];")
    print(f"/// By kind.\npub const BIAS: [f64; 5] = {row(bias)};")
    print("/// By kind and feature.\n#[rustfmt::skip]\n#[allow(clippy::approx_constant, reason = \"fitted numbers; that some are near constants is chance\")]\npub const WEIGHTS: [[f64; N_FEATURES]; 5] = [")
    for values in weights:
        print(f"    {row(values)},")
    print("];")


if __name__ == "__main__":
    main(*sys.argv[1:3])
