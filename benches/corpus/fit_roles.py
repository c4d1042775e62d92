"""Weights of src/speakers/cues.toml from the tune split: logistic regression, drawn towards those set by hand.

    cargo run --release --example roles -- FOLDER/tune/roles.jsonl > found.jsonl
    python3 benches/corpus/fit_roles.py FOLDER/tune found.jsonl            # prints; --write puts them into cues.toml

A cue that the corpus has little of keeps what was set by hand. No weight may change its sign: evidence against common
sense in a hundred calls is chance. One set of weights for all languages. Also told: the error on each language when
the weights are fitted to the four others.
"""

import json
import os
import re
import sys

import numpy as np

CUES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "speakers", "cues.toml")
# How far a weight lies from what was set by hand, in nats, before anything is counted.
SPREAD = 0.5
# A state of a call is no new call: its six weigh as much as two.
CALL_WEIGHT = 1 / 3


def load(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def fit(x, prior):
    """Weights >= 0 that make the rows (agent minus customer) most probable under the prior; projected gradient."""
    w = prior.copy()
    step = 1 / (CALL_WEIGHT * np.linalg.norm(x, 2) ** 2 / 4 + 1 / SPREAD**2)
    for _ in range(20000):
        p = 1 / (1 + np.exp(x @ w))
        w = np.maximum(w + step * (CALL_WEIGHT * x.T @ p - (w - prior) / SPREAD**2), 0)
    return w


def main():
    calls = load(os.path.join(sys.argv[1], "roles.jsonl"))
    names, *found = load(sys.argv[2])
    names = names["names"]
    with open(CUES, encoding="utf-8") as file:
        text = file.read()
    head, conduct = text.split("[conduct]")
    is_agent = [party == "agent" for party in re.findall(r'^party = "(\w+)"', head, re.M)]
    prior = [float(w) for w in re.findall(r"# by hand: ([\d.]+)$", text, re.M)]
    sign = np.array([1.0 if a else -1.0 for a in is_agent] + [1.0] * (len(prior) - len(is_agent)))
    towards_agent = np.array([1.0 if call["agent"] == 0 else -1.0 for call in calls])
    x = np.array([line["features"] for line in found]) * sign * towards_agent[:, None]
    prior = np.array(prior)
    language = np.array([call["language"] for call in calls])
    for left_out in dict.fromkeys(language):
        odds = x[language == left_out] @ fit(x[language != left_out], prior)
        confidence = 1 / (1 + np.exp(-np.abs(odds)))
        told = confidence >= 0.8
        print(f"{left_out} by the others: right {np.mean(told & (odds > 0)):.3f} wrong {np.mean(told & (odds < 0)):.3f}"
              f" mean confidence {confidence.mean():.3f} likelier right {np.mean(odds > 0):.3f}")
    weights = np.round(fit(x, prior), 2)
    for name, before, after, n in zip(names, prior, weights, (x != 0).sum(0)):
        print(f"{name}: {before:.2f} -> {after:.2f} (in {n} of {len(x)}, mean {x[:, names.index(name)].mean():+.2f})")
    if "--write" in sys.argv:
        values = iter(weights)
        text = re.sub(r'^(weight|"[^"]+") = [\d.]+', lambda m: f"{m[1]} = {next(values):.2f}", text, flags=re.M)
        with open(CUES, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
