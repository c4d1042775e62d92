"""Layout as callvet reports it against what the channels are.

    python3 benches/corpus/score_truth.py FOLDER/<split> OUT
"""

import collections
import sys

import common as c


def main(folder, out):
    reports, right = c.reports(out), collections.defaultdict(list)
    for truth in c.truths(folder):
        report = reports.get(truth["file"])
        if report is None:
            continue
        layout = report["layout"]
        is_right = sorted(layout["flags"]) == sorted(truth["flags"]) and layout["dead_channels"] == truth["dead_channels"]
        right[truth["kind"]].append(is_right)
        right["all"].append(is_right)
        if not is_right:
            print("wrong", truth["file"], truth["kind"], truth["codec"], truth["speakers"], "found", layout["flags"], layout["dead_channels"], (report["crosstalk"] or {}).get("leakage"))
    for kind, flags in right.items():
        low, high = c.wilson(sum(flags), len(flags))
        print(f"{kind} | {sum(flags)}/{len(flags)} ({low:.3f}..{high:.3f})")


if __name__ == "__main__":
    main(*sys.argv[1:3])
