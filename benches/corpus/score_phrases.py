"""How well phrases are found on lines of `sales/`: every line is scanned by itself, as a text of one utterance.

    python benches/corpus/score_phrases.py CALLVET {tune,tune2,...,test} [LANGUAGE ...] [--show]

Prints for each language: macro recall and precision over forbidden categories and signals (own category against its `pos` and
`neg` lines), the same for lines that imitate mishearing, required steps found, findings on ordinary talk, and findings of
another category on `pos` lines. `--show` lists every miss and false alarm: not for `test`.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def wilson(hits, n, z=1.96):
    if n == 0:
        return 0.0, 1.0
    p, d = hits / n, 1 + z * z / n
    half = z * ((p * (1 - p) + z * z / (4 * n)) / n) ** 0.5
    return (p + z * z / (2 * n) - half) / d, (p + z * z / (2 * n) + half) / d


def scan(callvet, language, rows):
    """What is found in each row: (category, polarity, severity, tier) of findings, and steps that are present."""
    with tempfile.TemporaryDirectory() as folder:
        for at, (_, _, speaker, text) in enumerate(rows):
            pathlib.Path(folder, f"{at:05}.txt").write_text(f"{speaker}: {text}\n", encoding="utf-8")
        ran = subprocess.run(
            [callvet, "scan", folder, "--json", "--language", language], capture_output=True, text=True, check=True
        )
    found = [([], set())] * len(rows)
    for line in ran.stdout.splitlines():
        report = json.loads(line)
        at = int(pathlib.PurePath(report["recording"]["source"]).stem)
        findings = [
            (f["category"], f["polarity"], f["severity"], f["evidence"].get("tier"), f["quote"])
            for f in report["findings"]
            if f["polarity"] in ("forbidden", "signal") and not f["rule"].startswith("sequence.")
        ]
        steps = {r["category"] for r in report["required"] if r["status"] == "present"}
        found[at] = (findings, steps)
    return found


def score(callvet, split, language, show):
    lines = (HERE / "sales" / language / f"{split}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    tally = collections.defaultdict(collections.Counter)
    neutral, n_neutral, extra, by_tier = collections.Counter(), 0, 0, collections.Counter()
    for (kind, category, speaker, text), (findings, steps) in zip(rows, scan(callvet, language, rows)):
        own = category in steps if category.startswith("q_") else any(f[0] == category for f in findings)
        others = [f for f in findings if f[0] != category]
        if kind == "neutral":
            n_neutral += 1
            neutral.update(f[2] for f in findings)
        else:
            tally[category][(kind, own)] += 1
            extra += len(others) if kind == "pos" else 0
        for f in findings:
            by_tier[(f[3], f[0] == category and kind in ("pos", "heard"))] += 1
        wrong = own != (kind in ("pos", "heard")) if kind != "neutral" else bool(findings)
        if show and (wrong or others):
            print(f"{kind} {category} {'found' if own else 'not found'} {[(f[0], f[4]) for f in others]} | {speaker}: {text}")
    said = {c: t for c, t in tally.items() if not c.startswith("q_")}
    recall = [t["pos", True] / max(1, t["pos", True] + t["pos", False]) for t in said.values()]
    precision = [t["pos", True] / (t["pos", True] + t["neg", True]) if t["pos", True] else 0.0 for t in said.values()]
    total = sum(said.values(), collections.Counter())
    steps = sum((t for c, t in tally.items() if c.startswith("q_")), collections.Counter())
    n_pos = total["pos", True] + total["pos", False]
    low, high = wilson(total["pos", True], n_pos)
    n_heard = total["heard", True] + total["heard", False]
    print(
        f"{language} {split}: recall {sum(recall) / len(recall):.3f} ({total['pos', True]}/{n_pos}, {low:.2f}..{high:.2f}) "
        f"precision {sum(precision) / len(precision):.3f} (false {total['neg', True]}/{total['neg', True] + total['neg', False]}) "
        f"other categories {extra} | misheard {total['heard', True]}/{n_heard}, false {total['heardneg', True]} | "
        f"required {steps['pos', True]}/{steps['pos', True] + steps['pos', False]}, "
        f"false {steps['neg', True]}/{steps['neg', True] + steps['neg', False]} | ordinary talk {dict(neutral)} in {n_neutral}"
    )
    return by_tier


def main():
    arguments = [a for a in sys.argv[1:] if a != "--show"]
    callvet, split, languages = arguments[0], arguments[1], arguments[2:] or ["en", "pl", "ru", "el", "hu"]
    by_tier = collections.Counter()
    for language in languages:
        by_tier += score(callvet, split, language, "--show" in sys.argv)
    for tier in sorted({str(tier) for tier, _ in by_tier}):
        print(f"tier {tier}: own category {by_tier[tier, True]}, any other or where none is {by_tier[tier, False]}")


if __name__ == "__main__":
    main()
