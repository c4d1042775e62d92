"""Fits src/transcribe/calibration.rs: from the model's probability of a word to how often such a word is right.

Logistic regression over the log odds of the word and of the mean of its utterance, its length in letters and its language; a ridge
pulls the languages towards each other. Each language weighs the same, and real voices as much as synthetic ones.
Needs reports of a build that gives raw probabilities (before calibration).

    python3 benches/corpus/fit_words.py FOLDER TUNE_OUT TEST_OUT

Reads FOLDER/tune and FOLDER/test; prints the constants, and ECE and Brier score before and after, by language.
"""

import sys

import numpy as np

import score_words as sw

LANGUAGES = ["en", "pl", "ru", "el", "hu"]
RAW = (0.02, 0.995)
MOST_LETTERS = 8
RIDGE = 20.0


def log_odds(p):
    p = np.clip(p, *RAW)
    return np.log(p / (1 - p))


def table(rows):
    """(features [own, utterance, letters, languages...], right, language, is it a real voice, raw)."""
    words = [(r["language"], w) for r in rows for w in r["heard"]]
    n_letters = [min(MOST_LETTERS, sum(ch.isalnum() for ch in w["text"])) for _, w in words]
    features = np.array(
        [
            [log_odds(w["probability"]), log_odds(w["utterance"]), n, *(float(language == own) for own in LANGUAGES)]
            for (language, w), n in zip(words, n_letters)
        ]
    )
    return (
        features, np.array([w["right"] for _, w in words], float), np.array([language for language, _ in words]),
        np.array([w["source"] in ("prompts", "digits") for _, w in words]), np.array([w["probability"] for _, w in words]),
    )  # fmt: skip


def weights(language, real):
    """One for all languages together; in each, half for real voices where there are any."""
    w = np.zeros(len(language))
    for own in np.unique(language):
        for kind in (True, False):
            group = (language == own) & (real == kind)
            if group.any():
                both = len(np.unique(real[language == own]))
                w[group] = len(language) / len(np.unique(language)) / both / group.sum()
    return w


def fit(x, y, w):
    """Weighted ridge logistic regression by Newton's method; slopes of the probabilities are not negative."""
    free = np.ones(x.shape[1] + 1, bool)
    ones = np.column_stack([np.ones(len(x)), x])
    penalty = np.array([0.0, 0.0, 0.0, 0.0] + [RIDGE] * len(LANGUAGES))
    while True:
        b = np.zeros(ones.shape[1])
        for _ in range(50):
            p = 1 / (1 + np.exp(-ones @ b))
            gradient = ones.T @ (w * (y - p)) - penalty * b
            hessian = (ones * (w * p * (1 - p))[:, None]).T @ ones + np.diag(penalty + 1e-9)
            step = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
            b[free] += step
            if np.abs(step).max() < 1e-9:
                break
        wrong = [i for i in (1, 2) if free[i] and b[i] < 0]
        if not wrong:
            return b
        free[wrong] = False


def apply(b, x):
    return 1 / (1 + np.exp(-(b[0] + x @ b[1:])))


def main(folder, tune_out, test_out):
    x, y, language, real, _ = table(sw.load(f"{folder}/tune", [tune_out]))
    b = fit(x, y, weights(language, real))
    print(f"    offset: {b[0]:.3f},\n    own: {b[1]:.3f},\n    utterance: {b[2]:.3f},\n    letters: {b[3]:.3f},")
    for name, value in zip(LANGUAGES, b[4:]):
        print(f"        (Language::{name.title()}, {value:.3f}),")
    for split, out in (("tune", tune_out), ("test", test_out)):
        x, y, language, real, raw = table(sw.load(f"{folder}/{split}", [out]))
        after = apply(b, x)
        for name in [*LANGUAGES, "all", "real"]:
            own = (language == name) | (name == "all") | ((name == "real") & real)
            if not own.any():
                continue
            for label, p in (("raw", raw), ("calibrated", after)):
                bins, ece, brier = sw.reliability(p[own], y[own])
                row = " ".join(f"{n}:{mean:.2f}/{good:.2f}" if n else "-" for n, mean, good in bins)
                print(f"{split} {name:4} {label:10} n {own.sum():5} right {y[own].mean():.3f} ECE {ece:.3f} Brier {brier:.3f}  {row}")


if __name__ == "__main__":
    main(*sys.argv[1:])
