"""Scores the phases of whole calls: reports of `callvet analyze --no-transcribe --out DIR` against the manifest of `phases.py`.

    python3 benches/corpus/score_phases.py FOLDER/test OUT

Per kind: frames of 10 ms pooled over the recordings that have the kind in truth or report (precision, recall, F1, 95 % interval
by bootstrap over recordings), share of phases whose start is found within 0.5 s (Wilson), and false alarms on calls without holds.
"""

import json
import sys

import numpy as np

import common as c

KINDS = ("ringback", "busy", "beep", "dtmf", "music", "ivr", "silence", "dead_air", "talk")
NO_HOLD = ("plain", "pauses")


def found_in(report):
    """{kind: spans} of a report."""
    conversation = report["conversation"]
    out = {kind: [] for kind in KINDS}
    for tone in conversation["tones"]:
        kind = {"tone": "beep"}.get(tone["kind"], tone["kind"])
        out.setdefault(kind, []).append([tone["start_s"], tone["end_s"]])
    for hold in conversation["hold"]:
        kind = {"silence": "dead_air"}.get(hold["kind"], hold["kind"])
        if kind in ("music", "ivr", "dead_air"):
            out[kind].append([hold["start_s"], hold["end_s"]])
    out["silence"] = [[s["start_s"], s["end_s"]] for s in conversation["silence"]["spans"]]
    out["talk"] = [[s["start_s"], s["end_s"]] for s in conversation["live_talk"]]
    return out


def truth_in(line):
    out = {kind: [] for kind in KINDS}
    talk = [p for p in line["phases"] if p[2] == "talk"]
    for a, b, kind in line["phases"]:
        out[kind].append([a, b])
        inside = talk and talk[0][0] < a and b <= talk[-1][1]
        if kind == "silence" and b - a >= 10.0 and inside:
            out["dead_air"].append([a, b])
    return out


def score(pairs):
    """pairs: [(manifest line, {kind: spans})]; prints the table."""
    print(f"{len(pairs)} recordings")
    print("| kind | files | phases | precision | recall | F1 (95 %) | starts within 0.5 s (95 %) | worst files |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in KINDS:
        counts, names, n_near, n_phases = [], [], 0, 0
        for line, found in pairs:
            total_s = line["duration_s"] + 1
            truth = truth_in(line)[kind]
            t, f = c.frames(truth, total_s), c.frames(found.get(kind, []), total_s)
            if not t.any() and not f.any():
                continue
            counts.append((int((t & f).sum()), int(t.sum()), int(f.sum())))
            names.append(line["file"])
            for a, _ in truth:
                n_phases += 1
                n_near += any(abs(a - x) <= 0.5 for x, _ in found.get(kind, []))
        if not counts:
            continue
        rows = np.array(counts, float)
        of = lambda r: 2 * r[:, 0].sum() / max(1.0, r[:, 1].sum() + r[:, 2].sum())
        rng = np.random.default_rng(1)
        draws = [of(rows[rng.integers(len(rows), size=len(rows))]) for _ in range(1000)]
        low, high = np.percentile(draws, [2.5, 97.5])
        both, t, f = rows.sum(0)
        a, b = c.wilson(n_near, n_phases)
        bad = np.argsort(-(rows[:, 1] + rows[:, 2] - 2 * rows[:, 0]))[:4]
        worst = " ".join(f"{names[i][:3]}:{rows[i, 1] / 100:.1f}/{rows[i, 2] / 100:.1f}/{rows[i, 0] / 100:.1f}" for i in bad)
        share = n_near / n_phases if n_phases else float("nan")
        print(f"| {kind} | {len(rows)} | {n_phases} | {both / max(f, 1):.3f} | {both / max(t, 1):.3f} | {of(rows):.3f} ({low:.3f}-{high:.3f}) | {share:.3f} ({a:.3f}-{b:.3f}) | {worst} |")
    clean = [(line, found) for line, found in pairs if line["template"] in NO_HOLD]
    for kind in ("ringback", "busy", "beep", "dtmf", "music", "ivr"):
        k = sum(bool(found.get(kind)) for _, found in clean)
        a, b = c.wilson(k, len(clean))
        print(f"false {kind}: {k} of {len(clean)} calls without any ({a:.3f}-{b:.3f})")


def main(truth_folder, reports_folder):
    reports = c.reports(reports_folder)
    score([(line, found_in(reports[line["file"]])) for line in c.truths(truth_folder) if line["file"] in reports])


if __name__ == "__main__":
    main(*sys.argv[1:])
