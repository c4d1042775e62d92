"""Roles found against roles written: right, wrong and unknown by language, direction and state of the text.

    cargo run --release --example roles -- FOLDER/test/roles.jsonl > found.jsonl
    python3 benches/corpus/score_roles.py FOLDER/test found.jsonl
"""

import json
import math
import os
import sys

from common import wilson

# As in src/speakers/mod.rs.
MIN_CONFIDENCE = 0.8


def load(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def outcome(call, found):
    """right, wrong or unknown, and the confidence in the channel that is likelier."""
    agent = 0 if found["log_odds"] > 0 else 1
    confidence = 1 / (1 + math.exp(-abs(found["log_odds"])))
    if confidence < MIN_CONFIDENCE:
        return "unknown", confidence, agent == call["agent"]
    return ("right" if agent == call["agent"] else "wrong"), confidence, agent == call["agent"]


def main():
    calls = load(os.path.join(sys.argv[1], "roles.jsonl"))
    found = [line for line in load(sys.argv[2]) if "log_odds" in line]
    assert len(calls) == len(found), "found.jsonl is of other calls"
    results = [(call, *outcome(call, line)) for call, line in zip(calls, found)]
    print("| of | n | right (95 %) | wrong | unknown | likelier one right |\n|---|---|---|---|---|---|")

    def row(name, chosen):
        n = len(chosen)
        if not n:
            return
        right = sum(o == "right" for _, o, _, _ in chosen)
        low, high = wilson(right, n)
        wrong = sum(o == "wrong" for _, o, _, _ in chosen)
        likelier = sum(is_right for *_, is_right in chosen) / n
        print(f"| {name} | {n} | {right / n:.3f} [{low:.3f}, {high:.3f}] | {wrong / n:.3f} | "
              f"{(n - right - wrong) / n:.3f} | {likelier:.3f} |")

    variants = list(dict.fromkeys(call["variant"] for call in calls))
    for variant in variants:
        row(variant, [r for r in results if r[0]["variant"] == variant])
    for language in dict.fromkeys(call["language"] for call in calls):
        for variant in ("written", "misheard"):
            row(f"{language}, {variant}",
                [r for r in results if r[0]["language"] == language and r[0]["variant"] == variant])
    for direction in ("in", "out"):
        row(f"direction {direction}", [r for r in results if r[0]["direction"] == direction])
    print("\n| confidence | n | mean | right |\n|---|---|---|---|")
    edges = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01]
    error = 0.0
    for low, high in zip(edges, edges[1:]):
        bin_ = [(confidence, is_right) for _, _, confidence, is_right in results if low <= confidence < high]
        if bin_:
            mean = sum(c for c, _ in bin_) / len(bin_)
            right = sum(r for _, r in bin_) / len(bin_)
            error += abs(mean - right) * len(bin_) / len(results)
            print(f"| {low:.2f}..{min(high, 1):.2f} | {len(bin_)} | {mean:.3f} | {right:.3f} |")
    print(f"\ncalibration error {error:.3f}")
    if "--wrong" in sys.argv:
        for call, o, confidence, is_right in results:
            if not is_right or o != "right":
                print(call["id"], call["variant"], o, "likelier right" if is_right else "LIKELIER WRONG", f"{confidence:.2f}")


if __name__ == "__main__":
    main()
