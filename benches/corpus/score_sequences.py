"""Sequences found in dialogues against those written: by language and kind, with what was missed and what was made up.

    python3 benches/corpus/score_sequences.py target/release/callvet benches/corpus/sequences [-v]

The dialogues of `sequences/` were written before the rules. Each file is a language: `=`, name and what is expected, a tab
between, then who says what. Expected: pressure=<refusals>, template, readback=<kind>, mismatch=<kind>,
promise=<what>:<number><unit>, transfer, wait=<seconds>; `-` is nothing. With -v every difference is printed.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile

KINDS = ["pressure", "template", "readback", "mismatch", "promise", "transfer", "wait"]


def dialogues(path):
    """(language, name, expected, lines); the language of a line is the file's name, or the first of its columns."""
    found = []
    for row in path.read_text(encoding="utf-8").splitlines():
        cells = row.split("\t")
        if row.startswith("#") or not row.strip():
            continue
        if cells[0] == "=":
            language = path.stem if len(cells) == 3 else cells[1]
            expected = set() if cells[-1] == "-" else set(cells[-1].split(","))
            found.append((language, cells[-2], expected, []))
        else:
            found[-1][3].append(f"{cells[0]}: {cells[1]}")
    return found


def found_in(report):
    """The same words for what a report holds."""
    found = set()
    for finding in report["findings"]:
        evidence = finding["evidence"]
        match finding["rule"]:
            case "sequence.pressure_after_refusal":
                found.add(f"pressure={evidence['n_refusals']}")
            case "sequence.template_answer":
                found.add("template")
            case "sequence.readback_mismatch":
                found.add(f"mismatch={evidence['kind']}")
            case "sequence.promise":
                due = evidence["due"]
                n = "" if due is None or due["n"] is None else f"{due['n']:g}"
                found.add(f"promise={evidence['what']}:{n}{due['unit'] if due else ''}")
            case "sequence.blind_transfer":
                found.add("transfer")
        if finding["category"] == "c_wait_complaint" and evidence.get("claimed_wait_s") is not None:
            found.add(f"wait={evidence['claimed_wait_s']:g}")
    for step in report["required"]:
        if step["category"] == "q_readback_name" and step["status"] == "present" and "[phone]" in (step["quote"] or ""):
            found.add("readback=phone")
    return found


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    files = sorted(folder.glob("*.tsv")) if folder.is_dir() else [folder]
    cases = [case for file in files for case in dialogues(file)]
    counts = collections.defaultdict(lambda: [0, 0, 0])
    with tempfile.TemporaryDirectory() as temporary:
        paths = []
        for i, (language, _, _, lines) in enumerate(cases):
            path = pathlib.Path(temporary) / f"{i:04}.txt"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            paths.append(path)
        for (language, name, expected, lines), path in zip(cases, paths):
            run = subprocess.run(
                [program, "scan", "--json", "--language", language, path], capture_output=True, text=True, check=True
            )
            found = found_in(json.loads(run.stdout.splitlines()[0]))
            for kind in KINDS:
                want = {e for e in expected if e.startswith(kind)}
                got = {e for e in found if e.startswith(kind)}
                # What was not asked about: a data sheet that was read back well needs no label.
                if kind == "readback" and not want:
                    continue
                for key in ((language, "all"), ("all", kind)):
                    counts[key][0] += len(want & got)
                    counts[key][1] += len(want - got)
                    counts[key][2] += len(got - want)
                if want != got and "-v" in sys.argv:
                    print(f"{language} {name}: expected {sorted(want)}, found {sorted(got)}")
                    print("    " + "\n    ".join(lines))
    print("| of | right | missed | made up |\n|---|---|---|---|")
    for (language, kind), (right, missed, extra) in sorted(counts.items()):
        print(f"| {language} {kind} | {right} | {missed} | {extra} |")
    print(f"{len(cases)} dialogues")


main()
