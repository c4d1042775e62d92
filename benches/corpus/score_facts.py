"""Scores contradictions against lines labelled by hand: precision and recall by field of the fact sheet.

Run: python score_facts.py PROGRAM FOLDER PART [--lines]
FOLDER has a folder a language with facts.toml and facts-PART.tsv: `fields  speaker  text`, fields separated by commas
or `-`. Each line is scanned as a text of its own. Only totals are printed, unless --lines asks for what went wrong.
"""

import argparse
import collections
import json
import math
import pathlib
import subprocess
import tempfile


def interval(k, n, z=1.96):
    """Wilson's score interval (1927), in percent."""
    if n == 0:
        return "-"
    p = k / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((middle + sign * half) / (1 + z * z / n) for sign in (-1, 1))
    return f"{100 * p:.1f} ({100 * low:.1f}-{100 * high:.1f})"


def read(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            fields, speaker, text = line.split("\t")[:3]
            yield {f.strip() for f in fields.split(",")} - {"-"}, speaker, text


def scan(program, folder, language, lines):
    with tempfile.TemporaryDirectory() as work:
        for i, (_, speaker, text) in enumerate(lines):
            pathlib.Path(work, f"{i:05}.txt").write_text(f"{speaker}: {text}\n", encoding="utf-8")
        command = [program, "scan", work, "--json", "--language", language, "--facts", str(folder / "facts.toml")]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = []
    for line in output.splitlines():
        findings = json.loads(line)["findings"]
        found.append({f["rule"].removeprefix("fact.") for f in findings if f["polarity"] == "fact"})
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("part")
    parser.add_argument("--lines", action="store_true")
    options = parser.parse_args()
    counts = collections.defaultdict(lambda: [0, 0, 0])
    for path in sorted(options.folder.glob(f"*/facts-{options.part}.tsv")):
        language = path.parent.name
        lines = list(read(path))
        for (expected, _, text), found in zip(lines, scan(options.program, path.parent, language, lines), strict=True):
            for field in expected | found:
                kind = 0 if field in expected & found else 1 if field in found else 2
                for key in (("language", language), ("field", field), ("all", "")):
                    counts[key][kind] += 1
            if options.lines and expected != found:
                print(f"{language}: {sorted(expected)} expected, {sorted(found)} found: {text}")
    for (kind, name), (right, false, missed) in sorted(counts.items()):
        print(f"{kind:9}{name:28}precision {interval(right, right + false):22} recall {interval(right, right + missed)}"
              f"   right {right} false {false} missed {missed}")


if __name__ == "__main__":
    main()
