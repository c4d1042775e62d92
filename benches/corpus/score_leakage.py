"""Leakage as callvet reports it against what was mixed: found by gain, errors of gain and delay, false alarms.

    python3 benches/corpus/score_leakage.py FOLDER/<split> OUT
"""

import collections
import sys

import numpy as np

import common as c


def measured(report):
    """{(from, to): entry}"""
    return {(e["from"], e["to"]): e for e in (report["crosstalk"] or {}).get("leakage") or []}


def main(folder, out):
    reports = c.reports(out)
    found, errors = collections.defaultdict(list), collections.defaultdict(list)
    for truth in c.truths(folder):
        if truth["file"] not in reports:
            continue
        entries = measured(reports[truth["file"]])
        mixed = {(e["from"], e["to"]): e for e in truth["leakage"]}
        kind = "pcm, g711" if truth["codec"] in ("none", "ulaw", "alaw") else "coded"
        for direction in ((0, 1), (1, 0)):
            entry = entries.get(direction, {"detected": None})
            if direction not in mixed:
                other = "clean call" if not mixed else "clean direction"
                found[(other, kind)].append(entry["detected"])
                if entry["detected"]:
                    print("false alarm", truth["file"], direction, entry["attenuation_db"], entry["delay_ms"], truth["codec"], truth["line"], mixed)
                continue
            true = mixed[direction]
            group = (true["gain_db"], kind)
            found[group].append(entry["detected"])
            if entry["detected"]:
                gain, delay = -entry["attenuation_db"] - true["gain_db"], entry["delay_ms"] - true["delay_ms"]
                errors[(*group, "echo" if true["echo"] else "single")].append((gain, delay))
                if abs(gain) > 1.5 or abs(delay) > 1:
                    print("wrong", truth["file"], direction, f"{gain:+.2f} dB {delay:+.2f} ms", truth["codec"], truth["line"], true)
            else:
                print("missed", truth["file"], direction, entry["detected"], truth["codec"], truth["line"], true, truth["speakers"])
    print("group | n | detected (95 %) | null")
    for group in sorted(found, key=str):
        flags = found[group]
        judged = [f for f in flags if f is not None]
        k = sum(judged)
        low, high = c.wilson(k, len(judged))
        print(f"{group} | {len(flags)} | {k}/{len(judged)} ({low:.3f}..{high:.3f}) | {len(flags) - len(judged)}")
    print("group | n | mean |gain error| dB (95 %), bias, worst | worst delay error ms | within 1.5 dB and 1 ms")
    for group in sorted(errors, key=str):
        gain, delay = np.array(errors[group]).T
        low, high = c.bootstrap(np.abs(gain))
        right = int(np.sum((np.abs(gain) <= 1.5) & (np.abs(delay) <= 1.0)))
        print(
            f"{group} | {len(gain)} | {np.mean(np.abs(gain)):.2f} ({low:.2f}..{high:.2f}), {np.mean(gain):+.2f}, {np.max(np.abs(gain)):.2f}"
            f" | {np.max(np.abs(delay)):.2f} | {right}/{len(gain)}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:3])
