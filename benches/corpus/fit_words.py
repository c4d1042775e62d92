"""Fits src/transcribe/calibration.rs: from the model's probability of a word to how often such a word is right.

Logistic regression over the log odds of the word and of the mean of its utterance and its length in letters, with an
offset and a slope of its own for each language; a ridge pulls the languages towards each other. Each language weighs
the same, and in each the voices of people (recorded, cut into diphones or learned from them) three times the formants
of espeak-ng, which the model mishears in ways of its own.
Needs reports of a build that gives raw probabilities (before calibration).

    python3 benches/corpus/fit_words.py FOLDER TUNE_OUT TEST_OUT [MORE_TUNE_FOLDER MORE_TUNE_OUT]

Reads FOLDER/tune and FOLDER/test; prints the constants, and ECE and Brier score before and after, by language.
"""

import sys

import numpy as np

import score_words as sw

LANGUAGES = ["en", "pl", "ru", "el", "hu"]
RAW = (0.02, 0.995)
MOST_LETTERS = 8
RIDGE = 20.0
FORMANT_SHARE = 0.25


def log_odds(p):
    p = np.clip(p, *RAW)
    return np.log(p / (1 - p))


def table(rows):
    """(features, right, language, has it a human voice, raw); features [own, utterance, letters, languages, own of languages]."""
    words = [(r["language"], w) for r in rows for w in r["heard"]]
    n_letters = [min(MOST_LETTERS, sum(ch.isalnum() for ch in w["text"])) for _, w in words]
    own = np.array([log_odds(w["probability"]) for _, w in words])
    utterance = np.array([log_odds(w["utterance"]) for _, w in words])
    is_of = np.array([[float(language == name) for name in LANGUAGES] for language, _ in words])
    features = np.column_stack([own, utterance, n_letters, is_of, is_of * own[:, None]])
    return (
        features, np.array([w["right"] for _, w in words], float), np.array([language for language, _ in words]),
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


def fit(x, y, w):
    """Weighted ridge logistic regression by Newton's method."""
    ones = np.column_stack([np.ones(len(x)), x])
    penalty = np.array([0.0] * 4 + [RIDGE] * (2 * len(LANGUAGES)))
    b = np.zeros(ones.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-ones @ b))
        gradient = ones.T @ (w * (y - p)) - penalty * b
        hessian = (ones * (w * p * (1 - p))[:, None]).T @ ones + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        b += step
        if np.abs(step).max() < 1e-9:
            break
    # A curve that fell would be no probability: see the test in calibration.rs.
    assert b[2] >= 0 and all(b[1] + slope >= 0 for slope in b[-len(LANGUAGES) :]), b
    return b


def apply(b, x):
    return 1 / (1 + np.exp(-(b[0] + x @ b[1:])))


def joined(tables):
    return [np.concatenate(column) for column in zip(*tables)]


def main(folder, tune_out, test_out, more_folder=None, more_out=None):
    tune = [table(sw.load(f"{folder}/tune", [tune_out]))]
    if more_folder:
        tune.append(table(sw.load(more_folder, [more_out])))
    x, y, language, human, _ = joined(tune)
    b = fit(x, y, weights(language, human))
    print(f"    offset: {b[0]:.3f},\n    own: {b[1]:.3f},\n    utterance: {b[2]:.3f},\n    letters: {b[3]:.3f},")
    for name, offset, slope in zip(LANGUAGES, b[4:9], b[9:]):
        print(f"        (Language::{name.title()}, {offset:.3f}, {slope:.3f}),")
    for split, tables in (("tune", tune), ("test", [table(sw.load(f"{folder}/test", [test_out]))])):
        x, y, language, human, raw = joined(tables)
        after = apply(b, x)
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
