"""Personal data as `callvet scan` finds it against lines in which it is marked.

    python3 benches/corpus/score_privacy.py CALLVET FILE.tsv... [--show] [--language]

A file has `speaker<TAB>text` lines, personal data in them as ⟦kind|the words⟧; a text that begins with >> goes on with
the call of the line before. The language is the name of the file's folder; it is given to callvet only with --language.
A mark is found if a finding of its kind shares a character with it; a finding is right if it shares one with a mark of
its kind. --show prints what is wrong: never for lines that nobody may tune on.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import common as c

# Kinds whose number carries its own check.
CHECKED = {"card", "iban", "national_id"}
MARK = re.compile("⟦([a-z_]+)\\|([^⟧]*)⟧")


def calls(path):
    """Calls of a file: lists of (speaker, text, [(kind, start, end)])."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        speaker, text = line.split("\t", 1)
        goes_on, text = text.lstrip().startswith(">>"), text.lstrip().removeprefix(">>").strip()
        plain, marks, at = "", [], 0
        for mark in MARK.finditer(text):
            plain += text[at : mark.start()]
            marks.append((mark[1], len(plain), len(plain) + len(mark[2])))
            plain, at = plain + mark[2], mark.end()
        turn = (speaker.strip(), plain + text[at:], marks)
        if goes_on and found:
            found[-1].append(turn)
        else:
            found.append([turn])
    return found


def places(quote, text):
    return [(m.start(), m.end()) for m in re.finditer(re.escape(quote), text)] if quote else []


def main(program, *arguments):
    show, give = "--show" in arguments, "--language" in arguments
    marks, found = collections.defaultdict(list), collections.defaultdict(list)
    for path in (pathlib.Path(a) for a in arguments if not a.startswith("--")):
        language = path.parent.name
        with tempfile.TemporaryDirectory() as folder:
            all_calls = calls(path)
            for i, call in enumerate(all_calls):
                text = "".join(f"{speaker}: {said}\n" for speaker, said, _ in call)
                (pathlib.Path(folder) / f"{i:05}.txt").write_text(text, encoding="utf-8")
            command = [program, "scan", folder, "--json", "--show-personal-data", *(["--language", language] if give else [])]
            output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        reports = {int(pathlib.Path(r["recording"]["source"]).stem): r for r in map(json.loads, output.splitlines())}
        for i, call in enumerate(all_calls):
            hits = [f for f in reports[i]["findings"] if f["rule"].startswith("pii.")]
            of = lambda line: [(h["rule"][4:], at) for h in hits if h["line"] == line for at in places(h["quote"], call[line - 1][1])]
            for line, (speaker, text, own) in enumerate(call, 1):
                for kind, start, end in own:
                    is_found = any(k == kind and a < end and start < b for k, (a, b) in of(line))
                    for key in ("all", language, kind, "checked" if kind in CHECKED else "other"):
                        marks[key].append(is_found)
                    if show and not is_found:
                        print("missed", language, kind, repr(text[start:end]), "in", text)
                for hit in (h for h in hits if h["line"] == line):
                    kind = hit["rule"][4:]
                    is_right = any(k == kind and a < end and start < b for k, start, end in own for a, b in places(hit["quote"], text))
                    for key in ("all", language, kind, "checked" if kind in CHECKED else "other"):
                        found[key].append(is_right)
                    if show and not is_right:
                        print("wrong", language, kind, repr(hit["quote"]), "in", text)
    for key in ["all", "checked", "other", *sorted((set(marks) | set(found)) - {"all", "checked", "other"})]:
        shares = []
        for flags in (marks[key], found[key]):
            low, high = c.wilson(sum(flags), len(flags)) if flags else (0.0, 1.0)
            shares.append(f"{sum(flags)}/{len(flags)} ({low:.3f}..{high:.3f})")
        print(f"{key} | recall {shares[0]} | precision {shares[1]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
