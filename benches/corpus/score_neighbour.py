"""Scores `background_voices` of the set `neighbour`.

    python3 benches/corpus/score_neighbour.py FOLDER/test OUT

By file: detection on channel 0 of recordings with and without voices behind the agent; channel 1 never has any. By frame:
over the time in which the agent is silent, as behind the agent's own speech nobody can tell.
"""

import collections
import sys

import numpy as np

import common as c


def main(folder, out):
    found = c.reports(out)
    by_kind, by_level, errors, spans, grades = (collections.defaultdict(list) for _ in range(5))
    false_other, confusion = [], collections.Counter()
    for truth in c.truths(folder):
        report = found.get(truth["file"])
        if report is None:
            print("no report:", truth["file"])
            continue
        first, second = (channel["background_voices"] for channel in report["channels"])
        false_other.append(bool(second["grade"]))
        told, is_heard = truth.get("neighbour"), bool(first["grade"])
        confusion[(told is not None, is_heard)] += 1
        by_kind[truth["kind"]].append(is_heard)
        if told is None:
            continue
        by_level[(told["kind"], told["attenuation_db"])].append(is_heard)
        grades[(told["kind"], first["grade"])].append(1)
        if first["level_below_speech_db"] is not None:
            errors[told["kind"]].append(first["level_below_speech_db"] - told["attenuation_db"])
            errors["all"].append(errors[told["kind"]][-1])
        silent = ~c.frames(truth["speech"][0], truth["duration_s"])
        voices = c.frames(told["speech"], truth["duration_s"]) & silent
        heard = c.frames([[s["start_s"], s["end_s"]] for s in first["spans"] or []], truth["duration_s"])
        heard = np.resize(heard, silent.shape) & silent
        spans[told["kind"]].append(c.f1(voices, heard)[2])
        spans["all"].append(spans[told["kind"]][-1])
        whole = c.frames(told["speech"], truth["duration_s"])
        spans["all, behind the agent too"].append(c.f1(whole, np.resize(c.frames([[s["start_s"], s["end_s"]] for s in first["spans"] or []], truth["duration_s"]), whole.shape))[2])

    hit, miss, alarm = confusion[(True, True)], confusion[(True, False)], confusion[(False, True)]
    print(f"files: precision {hit}/{hit + alarm} {share(hit, hit + alarm)}, recall {hit}/{hit + miss} {share(hit, hit + miss)}, "
          f"F1 {2 * hit / max(1, 2 * hit + miss + alarm):.3f}")
    print(f"false alarms on channel 1: {sum(false_other)}/{len(false_other)} {share(sum(false_other), len(false_other))}")
    for kind, values in by_kind.items():
        print(f"  {kind:12s} heard in {sum(values)}/{len(values)}")
    for (kind, attenuation_db), values in sorted(by_level.items()):
        print(f"  {kind:8s} -{attenuation_db} dB: {sum(values)}/{len(values)}")
    for kind, values in errors.items():
        low, high = c.bootstrap(np.abs(values))
        print(f"level {kind}: n {len(values)}, mean error {np.mean(np.abs(values)):.2f} dB [{low:.2f}, {high:.2f}], bias {np.mean(values):+.2f}, "
              f"within 3 dB {np.mean(np.abs(values) <= 3):.3f}, worst {np.max(np.abs(values)):.1f}")
    for kind, values in spans.items():
        low, high = c.bootstrap(values)
        print(f"frames {kind}: n {len(values)}, mean F1 {np.mean(values):.3f} [{low:.3f}, {high:.3f}]")
    print("grades:", {f"{kind} {grade}": len(v) for (kind, grade), v in sorted(grades.items(), key=str)})


def share(k, n):
    low, high = c.wilson(k, n)
    return f"{k / max(n, 1):.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    main(*sys.argv[1:3])
