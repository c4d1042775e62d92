"""Errors of floor and SNR on the recordings of `noise.py`, as rows of a Markdown table.

    callvet analyze --no-transcribe --out OUT FOLDER/test
    python3 benches/corpus/score_noise.py FOLDER/test OUT

Mean absolute error with its 95 % interval (bootstrap over recordings), bias, and how many had no value. `covered`: share
of errors within the reported uncertainty, about 68 % if it is honest.
"""

import sys

import numpy as np

import common

GROUPS = {
    "white, pink, speech-shaped, fan": ("white", "pink", "speech_shaped", "fan"),
    "hum": ("hum50", "hum60"),
    "babble, office, street, café": ("babble", "office", "street", "cafe"),
    "keyboard": ("keyboard",),
    "loud isolated events": ("events",),
    "music": ("music",),
}
RANGES_DB = {"-5..5": (-5, 5), "10..25": (10, 25), "30..40": (30, 40), "all": (-5, 40)}


def row(name, cases, key, truth_key):
    """One line: n, mean error with interval, bias, median error, worst, without a value, covered."""
    errors = np.array([r[key] - t[truth_key] for t, r in cases if r[key] is not None])
    covered = [abs(r[key] - t[truth_key]) <= r["snr_uncertainty_db"] for t, r in cases if r[key] is not None and r["snr_uncertainty_db"]]
    if not len(errors):
        return f"| {name} | {len(cases)} | | | | | {len(cases)} | |"
    low, high = common.bootstrap(np.abs(errors))
    share = f"{100 * np.mean(covered):.0f} %" if covered and key == "snr_db" else ""
    return (
        f"| {name} | {len(cases)} | {np.mean(np.abs(errors)):.2f} ({low:.2f} to {high:.2f}) | {np.mean(errors):+.2f} | {np.median(np.abs(errors)):.2f} "
        f"| {np.max(np.abs(errors)):.1f} | {len(cases) - len(errors)} | {share} |"
    )


def table(title, groups, key, truth_key):
    print(f"\n**{title}**\n\n| what | n | mean error, dB (95 %) | bias | median | worst | no value | covered |\n|---|---|---|---|---|---|---|---|")
    for name, cases in groups:
        if cases:
            print(row(name, cases, key, truth_key))


def main(folder, out):
    found = common.reports(out)
    cases = [(t, found[t["file"]]["channels"][0]["noise"]) for t in common.truths(folder) if t["file"] in found]
    mixed = [(t, r) for t, r in cases if not t["gated"]]
    by_group = []
    for group, kinds in GROUPS.items():
        for span, (low, high) in RANGES_DB.items():
            by_group.append((f"{group}, {span} dB", [c for c in mixed if c[0]["kind"] in kinds and low <= c[0]["nominal_snr_db"] <= high]))
    by_group.append(("all", mixed))
    for key, truth_key in (("snr_db", "snr_db"), ("snr_300_3400_db", "snr_300_3400_db"), ("floor_dbfs", "noise_rms_dbfs")):
        table(f"{key} by noise and SNR", by_group, key, truth_key)
    for what in ("codec", "language", "rate"):
        values = sorted({t[what] for t, _ in mixed})
        table(f"snr_db by {what}", [(f"{v}", [c for c in mixed if c[0][what] == v]) for v in values], "snr_db", "snr_db")
    gates = [(t, r) for t, r in cases if t["gated"]]
    print("\n| gate | n | found | with a level all the same |\n|---|---|---|---|")
    for kind in sorted({t["kind"] for t, _ in gates}):
        own = [r for t, r in gates if t["kind"] == kind]
        print(f"| {kind} | {len(own)} | {sum(r['gated'] is True for r in own)} | {sum(r['floor_dbfs'] is not None for r in own)} |")
    print(f"| none | {len(mixed)} | {sum(r['gated'] is True for _, r in mixed)} | {sum(r['floor_dbfs'] is not None for _, r in mixed)} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
