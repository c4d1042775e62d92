"""Fits src/transcribe/calibration.rs: from the model's probability of a word to how often such a word is right.

To the log odds of the model are added a constant and a constant for each letter above or below five, both by language,
by logistic regression with the slope held at one; a ridge keeps them small. Slopes by language, the mean of the
utterance as a second value and one constant a letter for all languages were no better on what was left out of tune.
Each language weighs the same, and in each the voices of people (recorded, cut into diphones or learned from them) nine
times the formants of espeak-ng, which the model mishears in ways of its own. Needs reports of a build that gives raw
probabilities (before calibration).

    python3 benches/corpus/fit_words.py FOLDER TUNE_OUT TEST_OUT [MORE_TUNE_FOLDER MORE_TUNE_OUT]

Reads FOLDER/tune and FOLDER/test; prints the constants, and ECE and Brier score before and after, by language.
"""

import sys

import numpy as np

import score_words as sw

LANGUAGES = ["en", "pl", "ru", "el", "hu"]
RAW = (0.02, 0.995)
MOST_LETTERS = 8
USUAL_LETTERS = 5
# Of all, of a language, of its letters: best on tune with one voice left out at a time.
RIDGES = (30.0, 15.0, 100.0)
FORMANT_SHARE = 0.1


def log_odds(p):
    p = np.clip(p, *RAW)
    return np.log(p / (1 - p))


def table(rows):
    """(features, right, language, has it a human voice, raw); features: languages, letters by language."""
    words = [(r["language"], w) for r in rows for w in r["heard"]]
    n_letters = np.array([min(MOST_LETTERS, sum(ch.isalnum() for ch in w["text"])) - USUAL_LETTERS for _, w in words])
    is_of = np.array([[float(language == name) for name in LANGUAGES] for language, _ in words])
    return (
        np.column_stack([is_of, is_of * n_letters[:, None]]), np.array([w["right"] for _, w in words], float), np.array([language for language, _ in words]),
        np.array([w["source"] != "espeak" for _, w in words]), np.array([w["probability"] for _, w in words]),
    )  # fmt: skip


def weights(language, human):
    """One for all languages together, shared out by FORMANT_SHARE in each."""
    w = np.zeros(len(language))
    for own in np.unique(language):
        both = len(np.unique(human[language == own])) == 2
        for kind in (True, False):
            group = (language == own) & (human == kind)
            if group.any():
                part = (1 - FORMANT_SHARE if kind else FORMANT_SHARE) if both else 1.0
                w[group] = len(language) / len(np.unique(language)) * part / group.sum()
    return w


def fit(x, y, w, raw):
    """Weighted ridge logistic regression by Newton's method: constant, languages, letters."""
    ones = np.column_stack([np.ones(len(x)), x])
    penalty = np.repeat(RIDGES, (1, len(LANGUAGES), len(LANGUAGES)))
    b = np.zeros(ones.shape[1])
    for _ in range(50):
        p = apply(b, x, raw)
        gradient = ones.T @ (w * (y - p)) - penalty * b
        hessian = (ones * (w * p * (1 - p))[:, None]).T @ ones + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        b += step
        if np.abs(step).max() < 1e-9:
            break
    return b


def apply(b, x, raw):
    return 1 / (1 + np.exp(-(log_odds(raw) + b[0] + x @ b[1:])))


def joined(tables):
    return [np.concatenate(column) for column in zip(*tables)]


def main(folder, tune_out, test_out, more_folder=None, more_out=None):
    tune = [table(sw.load(f"{folder}/tune", [tune_out]))]
    if more_folder:
        tune.append(table(sw.load(more_folder, [more_out])))
    x, y, language, human, raw = joined(tune)
    b = fit(x, y, weights(language, human), raw)
    print(f"const OTHERS: f64 = {b[0]:.2f};")
    for name, added, a_letter in zip(LANGUAGES, b[1:], b[1 + len(LANGUAGES) :]):
        print(f"    (Language::{name.title()}, {b[0] + added:.2f}, {a_letter:.2f}),")
    for split, tables in (("tune", tune), ("test", [table(sw.load(f"{folder}/test", [test_out]))])):
        x, y, language, human, raw = joined(tables)
        after = apply(b, x, raw)
        for name in [*LANGUAGES, "all"]:
            for kind, of_kind in (("human", human), ("formants", ~human)):
                own = ((language == name) | (name == "all")) & of_kind
                if not own.any():
                    continue
                for label, p in (("raw", raw), ("calibrated", after)):
                    bins, ece, brier = sw.reliability(p[own], y[own])
                    row = " ".join(f"{n}:{mean:.2f}/{good:.2f}" if n else "-" for n, mean, good in bins)
                    print(
                        f"{split} {name:3} {kind:8} {label:10} n {own.sum():5} right {y[own].mean():.3f} mean {p[own].mean():.3f}"
                        f" ECE {ece:.3f} Brier {brier:.3f}  {row}"
                    )


if __name__ == "__main__":
    main(*sys.argv[1:])
