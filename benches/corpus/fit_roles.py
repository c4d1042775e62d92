"""Weights of src/speakers/cues.toml and the table of src/speakers/leanings.toml from the tune split.

    cargo run --release --example roles -- FOLDER/tune/roles.jsonl > found.jsonl
    python3 benches/corpus/fit_roles.py FOLDER/tune found.jsonl            # prints; --write puts them into the files

Weights: logistic regression, drawn towards those set by hand; a cue that the corpus has little of keeps what was set.
No weight may be below 0: evidence against common sense in a few hundred calls is chance. One set for all languages.
Leanings: the logarithm of in how many calls agents and customers say a group of letters; its weight is fitted to
values from tables that were counted without the call. Also told: how well each language is told by weights that were
fitted to the four others.
"""

import collections
import json
import math
import os
import re
import sys

import numpy as np

SPEAKERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "speakers")
# How far a weight lies from what was set by hand, in nats, before anything is counted.
SPREAD = 0.5
# A state of a call is no new call: its six weigh as much as two.
CALL_WEIGHT = 1 / 3
# Calls that must have a group before it tells, and the least leaning that is kept.
LEAST_CALLS = 5
LEAST_LEANING = 0.4
# As in src/speakers/leanings.rs.
LITTLE = 10.0
# Folds of calls for the leanings' weight.
FOLDS = 8


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


def count(spoken):
    """{group: leaning} from (agent's groups, customer's groups) of calls as written."""
    agent, customer = collections.Counter(), collections.Counter()
    for of_agent, of_customer in spoken:
        agent.update(of_agent.keys())
        customer.update(of_customer.keys())
    leanings = {g: round(math.log((agent[g] + 1) / (customer[g] + 1)), 1) for g in agent | customer
                if agent[g] + customer[g] >= LEAST_CALLS}
    return {g: x for g, x in leanings.items() if abs(x) >= LEAST_LEANING}


def lean(leanings, of_agent, of_customer):
    """As in src/speakers/leanings.rs."""
    def values(groups):
        return [leanings[g] * math.log2(1 + min(n, 7)) for g, n in groups.items() if g in leanings]
    a, c = values(of_agent), values(of_customer)
    square = sum(v * v for v in a + c)
    return (sum(a) - sum(c)) / math.sqrt(square + LITTLE)


def main():
    calls = load(os.path.join(sys.argv[1], "roles.jsonl"))
    names, *found = load(sys.argv[2])
    names = names["names"] + ["leans"]
    with open(os.path.join(SPEAKERS, "cues.toml"), encoding="utf-8") as file:
        text = file.read()
    is_agent = [party == "agent" for party in re.findall(r'^party = "(\w+)"', text, re.M)]
    prior = np.array([float(w) for w in re.findall(r"# by hand: ([\d.]+)$", text, re.M)])
    sign = np.array([1.0 if a else -1.0 for a in is_agent] + [1.0] * (len(prior) - 1 - len(is_agent)))
    towards_agent = np.array([1.0 if call["agent"] == 0 else -1.0 for call in calls])
    language = np.array([call["language"] for call in calls])
    spoken = [(line["groups"][c["agent"]], line["groups"][1 - c["agent"]]) for c, line in zip(calls, found)]

    def table(chosen):
        return count([spoken[i] for i in chosen if calls[i]["variant"] == "written"])

    leans = np.zeros(len(calls))
    tables = {}
    for code in dict.fromkeys(language):
        own = [i for i in range(len(calls)) if language[i] == code]
        tables[code] = table(own)
        ids = list(dict.fromkeys(calls[i]["id"] for i in own))
        for fold in range(FOLDS):
            held = set(ids[fold::FOLDS])
            others = table([i for i in own if calls[i]["id"] not in held])
            for i in own:
                if calls[i]["id"] in held:
                    leans[i] = lean(others, *spoken[i])
    x = np.array([line["features"] for line in found]) * sign * towards_agent[:, None]
    x = np.hstack([x, leans[:, None]])

    for left_out in dict.fromkeys(language):
        odds = x[language == left_out] @ fit(x[language != left_out], prior)
        confidence = 1 / (1 + np.exp(-np.abs(odds)))
        told = confidence >= 0.8
        print(f"{left_out} by the others: right {np.mean(told & (odds > 0)):.3f} wrong {np.mean(told & (odds < 0)):.3f}"
              f" likelier right {np.mean(odds > 0):.3f} mean confidence {confidence.mean():.3f}")
    weights = np.round(fit(x, prior), 2)
    for k, (name, before, after) in enumerate(zip(names, prior, weights)):
        print(f"{name}: {before:.2f} -> {after:.2f} (in {np.sum(x[:, k] != 0)} of {len(x)}, mean {x[:, k].mean():+.2f})")
    if "--write" in sys.argv:
        values = iter(weights)
        text = re.sub(r'^(weight|"[^"]+") = [\d.]+', lambda m: f"{m[1]} = {next(values):.2f}", text, flags=re.M)
        with open(os.path.join(SPEAKERS, "cues.toml"), "w", encoding="utf-8") as file:
            file.write(text)
        with open(os.path.join(SPEAKERS, "leanings.toml"), "w", encoding="utf-8") as file:
            file.write("# Groups of four letters (by ear, `_` for a space) by how they lean: the logarithm of in how many calls\n"
                       "# agents and customers say them, above 0 the agent's. Counted by benches/corpus/fit_roles.py.\n")
            for code, leanings in tables.items():
                file.write(f"\n[{code}]\n")
                by_leaning = collections.defaultdict(list)
                for group, leaning in leanings.items():
                    by_leaning[leaning].append(group.replace(" ", "_"))
                for leaning in sorted(by_leaning, reverse=True):
                    file.write(f'"{leaning:.1f}" = "{"|".join(sorted(by_leaning[leaning]))}"\n')
        print({code: len(leanings) for code, leanings in tables.items()})


if __name__ == "__main__":
    main()
