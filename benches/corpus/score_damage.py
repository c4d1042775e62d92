"""Scores clipping, dropouts, band edges and codec clues against the recordings of damage.py.

    python3 benches/corpus/score_damage.py FOLDER/test OUT      # OUT: what `callvet analyze --no-transcribe` wrote

Prints by condition: n, value and 95 % interval (Wilson for shares, bootstrap over recordings for means).
"""

import argparse
import collections

import numpy as np

import common as c

CLIPPED_ENOUGH = 0.001
# What a clue's text must say for a kind of clue to count as found.
SAYS = {"ulaw": "µ-law", "alaw": "A-law", "mp3": "MP3", "up": "cut off", "eight": "8-bit"}


def share(k, n):
    low, high = c.wilson(k, n)
    return f"{k}/{n} = {k / n if n else float('nan'):.3f} ({low:.3f}..{high:.3f})"


def center(values, unit=""):
    low, high = c.bootstrap(values)
    return f"{np.mean(values):.4g}{unit} ({low:.4g}..{high:.4g})"


def clipping(rows):
    """By file: is any clipping reported at 0.1 % or more of truth, and none where there is none; and the ratio."""
    by = collections.defaultdict(list)
    for truth, found in rows:
        ratio = found["clipping"]["clipped_ratio"] or 0.0
        by[truth["condition"]].append((truth["clipped_ratio"], ratio, truth, found))
    true_found = false_found = n_clipped = 0
    for name, cases in by.items():
        clipped = [x for x in cases if x[0] >= CLIPPED_ENOUGH]
        clean = [x for x in cases if x[0] == 0]
        hits, alarms = sum(x[1] > 0 for x in clipped), sum(x[1] > 0 for x in clean)
        true_found, n_clipped, false_found = true_found + hits, n_clipped + len(clipped), false_found + alarms
        if clipped:
            error = [np.log10(x[1] / x[0]) for x in clipped if x[1] > 0]
            text = f"; log10(found/true ratio) {center(error)}, mean absolute {np.mean(np.abs(error)):.3f}" if error else ""
            inside = []
            for t, r, truth, found in clipped:
                total = truth["duration_s"]
                # Spans join runs within 0.5 s: truth joined alike.
                want, got = c.frames(joined(truth["spans_s"], 0.5), total), c.frames([(s["start_s"], s["end_s"]) for s in found["clipping"]["spans"] or []], total)
                if r > 0:
                    inside.append(c.f1(want, got)[2])
            text += f"; span F1 {center(inside)}" if inside else ""
            print(f"clip {name:10} recall {share(hits, len(clipped))}{text}")
        if clean:
            print(f"clip {name:10} false {share(alarms, len(clean))}  {sorted({x[2].get('later') for x in clean if x[1] > 0})}")
    print(f"clip all        recall {share(true_found, n_clipped)} precision {share(true_found, true_found + false_found)}")


def joined(spans, gap):
    out = []
    for a, b in sorted(map(tuple, spans)):
        if out and a - out[-1][1] <= gap:
            out[-1][1] = max(b, out[-1][1])
        else:
            out.append([a, b])
    return out


def dropouts(rows):
    """By hole: found when spans overlap by half; edges in ms; false ones by the minute."""
    by = collections.defaultdict(list)
    for truth, found in rows:
        by[truth["condition"]].append((truth["holes_s"], [(s["start_s"], s["end_s"]) for s in found["dropouts"]["spans"] or []], truth))
    for name, cases in by.items():
        hits, n, edges, false = 0, 0, [], []
        for holes, spans, truth in cases:
            taken = set()
            for a, b in holes:
                best = max(range(len(spans)), key=lambda i: min(b, spans[i][1]) - max(a, spans[i][0]), default=None)
                n += 1
                if best is not None and min(b, spans[best][1]) - max(a, spans[best][0]) >= 0.5 * (b - a):
                    hits += 1
                    taken.add(best)
                    edges += [abs(a - spans[best][0]) * 1000, abs(b - spans[best][1]) * 1000]
            false.append((len(spans) - len(taken)) / (truth["duration_s"] / 60))
        recall = f"recall {share(hits, n)}, edges p95 {np.percentile(edges, 95) if edges else float('nan'):.1f} ms" if n else ""
        print(f"drop {name:14} {recall} false a minute {center(false)}")


def bands(rows):
    by = collections.defaultdict(list)
    for truth, found in rows:
        by[truth["condition"]].append((truth["edge_hz"], found["bandwidth"]["edge_hz"], truth))
    for name, cases in by.items():
        errors = [e - t for t, e, _ in cases if e is not None]
        good = sum(abs(e) <= 150 for e in errors)
        print(f"band {name:12} within 150 Hz {share(good, len(cases))}, mean error {center(errors)} Hz, worst {max(map(abs, errors)):.0f}")


def clues(rows):
    by = collections.defaultdict(list)
    for truth, found in rows:
        by[truth["condition"]].append((found["bandwidth"]["clues"] or [], truth))
    for name, cases in by.items():
        says = next((text for key, text in SAYS.items() if name.startswith(key)), None)
        named = sum(any(says in clue for clue in found) for found, _ in cases) if says else 0
        any_at_all = sum(bool(found) for found, _ in cases)
        print(f"clue {name:10} named {share(named, len(cases)) if says else '-':34} any clue {share(any_at_all, len(cases))}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("truth")
    arguments.add_argument("out")
    given = arguments.parse_args()
    reports, groups = c.reports(given.out), collections.defaultdict(list)
    for truth in c.truths(given.truth):
        report = reports.get(truth["file"])
        if report is None:
            print("no report on", truth["file"])
            continue
        truth["duration_s"] = report["recording"]["duration_s"]
        groups[truth["group"]].append((truth, report["channels"][0]))
    for group, score in (("clip", clipping), ("drop", dropouts), ("band", bands), ("clue", clues)):
        if groups[group]:
            score(groups[group])
