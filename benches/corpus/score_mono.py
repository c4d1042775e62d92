"""Who speaks when on one channel, as callvet tells it, against what was mixed: diarization error rate and its parts.

    cargo run --release --example speaker_turns -- FOLDER/<split> > TURNS
    python3 benches/corpus/score_mono.py FOLDER/<split> TURNS

Diarization error rate after NIST's Rich Transcription evaluation plan (2009): (missed speech + false alarm + confusion) over
the reference speech of all speakers, overlapped speech included; speakers mapped to those of the reference so that the
confusion is least. With a collar, what lies within 0.25 s of an edge of the reference is not judged. Recordings whose voices
were not told apart count as one speaker.
"""

import collections
import itertools
import json
import sys

import numpy as np

import common as c


def errors(reference, found, collar_s):
    """(missed, false alarm, confusion, reference) frames of two lists of flags by speaker."""
    judged = np.ones(len(reference[0]), bool)
    for flags in reference if collar_s else []:
        for edge in np.flatnonzero(np.diff(flags.astype(int))) + 1:
            judged[max(0, edge - round(collar_s * 100)) : edge + round(collar_s * 100)] = False
    n_true, n_found = (sum(f.astype(int) for f in flags) for flags in (reference, found))
    width = max(len(reference), len(found))
    right = max(
        sum(np.sum(reference[i] & found[k] & judged) for i, k in enumerate(order[: len(reference)]) if k < len(found))
        for order in itertools.permutations(range(width))
    )
    confusion = np.sum(np.minimum(n_true, n_found) * judged) - right
    return np.array(
        [np.sum(np.maximum(0, n_true - n_found) * judged), np.sum(np.maximum(0, n_found - n_true) * judged), confusion, np.sum(n_true * judged)],
        float,
    )


def rate(rows, parts):
    total = np.sum(rows, axis=0)
    return 100 * sum(total[k] for k in parts) / max(1.0, total[3])


def show(name, rows):
    rows = np.array(rows)
    if not len(rows):
        return
    cells = []
    for parts in ((0, 1, 2), (2,), (0,), (1,)):
        low, high = c.bootstrap(np.arange(len(rows)), lambda idx: rate(rows[idx.astype(int)], parts))
        cells.append(f"{rate(rows, parts):.1f} ({low:.1f}..{high:.1f})")
    print(f"{name} | {len(rows)} | {' | '.join(cells)}")


def main(folder, out):
    rows, told = collections.defaultdict(list), collections.defaultdict(list)
    lines = {line["file"]: line for line in map(json.loads, open(out, encoding="utf-8"))}
    for truth in c.truths(folder):
        report = lines.get(truth["file"])
        if report is None:
            continue
        found = [c.frames([[s["start_s"], s["end_s"]] for s in v["spans"]], truth["total_s"]) for v in report["voices"]]
        reference = [c.frames(s, truth["total_s"]) for s in truth["speech"]]
        kind, is_told = truth["kind"], report["confidence"] is not None
        told[kind].append(is_told)
        groups = [kind]
        if kind == "two":
            groups.append("two, sexes differ" if len(set(truth["sexes"])) == 2 else "two, same sex")
            groups.append("two, told apart" if is_told else "two, not told apart")
            groups.append("two, " + ("SNR under 20 dB" if truth["snr_db"] < 20 else "SNR from 20 dB"))
            groups.append("two, levels " + ("over" if abs(truth["level_difference_db"]) > 6 else "within") + " 6 dB")
            groups.append("two, codec " + truth["codec"])
        for group in groups:
            for collar_s in (0.0, 0.25):
                rows[(group, collar_s)].append(errors(reference, found, collar_s))
    print("group, collar in s | n | DER % (95 %) | confusion % | missed % | false alarm %")
    for (group, collar_s), values in sorted(rows.items()):
        show(f"{group}, {collar_s}", values)
    print("kind | told apart as two | n | share (95 %)")
    for kind, values in sorted(told.items()):
        low, high = c.wilson(sum(values), len(values))
        print(f"{kind} | {sum(values)} | {len(values)} | {sum(values) / len(values):.3f} ({low:.3f}..{high:.3f})")


if __name__ == "__main__":
    main(*sys.argv[1:3])
