"""Overtalk as callvet reports it against what was mixed: frame F1 and the kinds of its events.

    python3 benches/corpus/score_overtalk.py FOLDER/<split> OUT
"""

import collections
import sys

import numpy as np

import common as c


def both(spans):
    """Spans in which both of two lists of spans hold."""
    return [[max(a, x), min(b, y)] for a, b in spans[0] for x, y in spans[1] if min(b, y) > max(a, x)]


def counts(true, found, total_s, edge_s):
    """(both, true, found) frames; frames within edge_s of an edge of the truth are not judged."""
    t, f = c.frames(true, total_s), c.frames(found, total_s)
    judged = np.ones(len(t), bool)
    if edge_s:
        for edge in np.flatnonzero(np.diff(t.astype(int))) + 1:
            judged[max(0, edge - round(edge_s * 100)) : edge + round(edge_s * 100)] = False
    t, f = t & judged, f[: len(t)] & judged
    return np.array([np.sum(t & f), np.sum(t), np.sum(f)])


def f1(rows):
    hit, true, found = np.sum(rows, axis=0)
    return 2 * hit / max(1, true + found)


def main(folder, out):
    reports = c.reports(out)
    rows, kinds = collections.defaultdict(list), collections.Counter()
    for truth in c.truths(folder):
        report = reports.get(truth["file"])
        if report is None:
            continue
        overtalk = report["conversation"]["overtalk"]
        channel = {s["id"]: s["channel"] for s in report["speakers"]}
        events = overtalk["events"]
        found = [[e["start_s"], e["end_s"]] for e in events]
        true = both(truth["speech"])
        # Single words of a game do not make sentences, and whether each is heard tells of voice activity only.
        if any(c.SPEAKERS[name][2] == "words" for name in truth["speakers"]):
            rows[("single words", truth["leak_db"])].append([counts(true, found, truth["total_s"], edge) for edge in (0.0, 0.1)])
            continue
        for group in ((truth["leak_db"], "pcm, g711" if truth["codec"] in ("none", "ulaw", "alaw") else "coded"), ("all", "no leakage" if truth["leak_db"] is None else "leakage"), ("all", truth["codec"])):
            rows[group].append([counts(true, found, truth["total_s"], edge) for edge in (0.0, 0.1)])
        for event in truth["events"]:
            # A clip may begin or end too softly for the speech intervals.
            if sum(min(b, event["end_s"]) - max(a, event["start_s"]) for a, b in true if min(b, event["end_s"]) > max(a, event["start_s"])) < 0.15:
                continue
            meets = [e for e in events if min(e["end_s"], event["end_s"]) - max(e["start_s"], event["start_s"]) > 0.05]
            if not meets:
                kinds[(event["kind"], "nothing")] += 1
                continue
            best = max(meets, key=lambda e: min(e["end_s"], event["end_s"]) - max(e["start_s"], event["start_s"]))
            right = event["by"] is None or channel[best["by"]] == event["by"]
            kinds[(event["kind"], best["kind"] + ("" if right else " by the other"))] += 1
    print("leak | n | F1 (95 %) | F1 with 0.1 s at edges left out (95 %)")
    for group in sorted(rows, key=str):
        r = np.array(rows[group])
        cells = []
        for k in (0, 1):
            low, high = c.bootstrap(np.arange(len(r)), lambda idx: f1(r[idx.astype(int), k]))
            cells.append(f"{f1(r[:, k]):.3f} ({low:.3f}..{high:.3f})")
        print(f"{group} | {len(r)} | {' | '.join(cells)}")
    print("kind placed | kind found | n")
    for (a, b), n in sorted(kinds.items()):
        print(f"{a} | {b} | {n}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
