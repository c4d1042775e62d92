"""Scores `channels[0].noise.kind`, `segments` and `hum_hz` against the truth of kinds.py.

    python3 benches/corpus/score_kinds.py FOLDER/test OUT
"""

import collections
import sys

import numpy as np

import common
from kinds import KINDS

NOT_TOLD = "null"


def macro_f1(pairs):
    """Mean F1 of the kinds that are there, from {(truth, found): weight}."""
    scores = []
    for kind in KINDS:
        hit = pairs.get((kind, kind), 0.0)
        truth = sum(w for (t, _), w in pairs.items() if t == kind)
        found = sum(w for (_, f), w in pairs.items() if f == kind)
        if truth:
            scores.append(2 * hit / (truth + found))
    return float(np.mean(scores)) if scores else float("nan")


def added(maps):
    total = collections.Counter()
    for one in maps:
        total.update(one)
    return total


def along(truth, segments, frame_s=0.01):
    """{(truth, found): seconds} over frames of 10 ms."""
    n = int(round(truth["segments"][-1][1] / frame_s))
    labels = np.full(n, len(KINDS)), np.full(n, len(KINDS))
    spans = truth["segments"], [(s["start_s"], s["end_s"], s["kind"]) for s in segments or []]
    for flags, found in zip(labels, spans):
        for a, b, kind in found:
            flags[int(round(a / frame_s)) : int(round(b / frame_s))] = KINDS.index(kind)
    names = [*KINDS, NOT_TOLD]
    pairs, counts = np.unique(np.stack(labels), axis=1, return_counts=True)
    return {(names[t], names[f]): c * frame_s for (t, f), c in zip(pairs.T, counts)}


def table(title, maps):
    pairs = added(maps)
    rng = np.random.default_rng(1)
    draws = [macro_f1(added([maps[i] for i in rng.integers(len(maps), size=len(maps))])) for _ in range(300)]
    low, high = np.percentile(draws, [2.5, 97.5])
    print(f"\n{title}: n {len(maps)}, macro-F1 {macro_f1(pairs):.3f} ({low:.3f} to {high:.3f})")
    columns = [*KINDS, NOT_TOLD]
    print("truth         " + "".join(f"{c[:12]:>14}" for c in columns) + "            F1")
    for kind in KINDS:
        row = [pairs.get((kind, c), 0.0) for c in columns]
        if sum(row):
            found = sum(w for (_, f), w in pairs.items() if f == kind)
            print(f"{kind:14}" + "".join(f"{v:14.1f}" for v in row) + f"{2 * pairs.get((kind, kind), 0.0) / (sum(row) + found):14.3f}")


def main(folder, out):
    reports = common.reports(out)
    by_file, by_frame, hums, clean = [], {"single": [], "mixed": []}, [], []
    for truth in common.truths(folder):
        report = reports.get(truth["file"])
        if report is None:
            print("no report:", truth["file"])
            continue
        noise = report["channels"][0]["noise"]
        if truth["group"] == "single":
            by_file.append({(truth["kind"], noise["kind"] or NOT_TOLD): 1.0})
        by_frame[truth["group"]].append(along(truth, noise["segments"]))
        if truth["hum_hz"]:
            hums.append(noise["hum_hz"] == truth["hum_hz"])
        else:
            clean.append(noise["hum_hz"] is not None)
    table("by file, one kind each", by_file)
    for group, maps in by_frame.items():
        if maps:
            table(f"by frame of 10 ms, {group} (seconds)", maps)
    for name, hits in (("mains frequency right where there is hum", hums), ("mains frequency told where there is none", clean)):
        low, high = common.wilson(sum(hits), len(hits))
        print(f"\n{name}: {sum(hits)} of {len(hits)} ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main(*sys.argv[1:3])
