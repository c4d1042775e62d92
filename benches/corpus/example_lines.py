"""Lines that sentences are compared with (src/phrases/resemblance.rs), beside the examples of the packs. Writes
src/phrases/lines/<language>.tsv: a category or `-`, a tab, the line.

    python benches/corpus/example_lines.py CALLVET

Lines of `sales/` that may be learned from (but `tune6`, of which only the packs learned), with those that imitate mishearing: cases of a category under it, hard negatives
and ordinary talk as `-`. Calls of `roles/` as ordinary talk, but for the lines in which CALLVET finds something: some of
these calls are pushy.
"""

import pathlib
import sys

import score_phrases

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent.parent / "src/phrases/lines"


def sales(language):
    for path in sorted((HERE / "sales" / language).glob("tune*.tsv")):
        if path.stem == "tune6":
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                kind, category, _, text = line.split("\t")
                yield category if kind in ("pos", "heard") else "-", text


def ordinary(callvet, language):
    rows = []
    for line in (HERE / "roles" / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        speaker = {"a: ": "agent", "c: ": "customer"}.get(line[:3])
        if speaker:
            rows.append(("neutral", "-", speaker, line[3:].strip()))
    for (*_, text), (findings, steps) in zip(rows, score_phrases.scan(callvet, language, rows)):
        if not findings and not steps:
            yield "-", text


def main():
    for language in ["en", "pl", "ru", "el", "hu"]:
        lines = [*sales(language), *ordinary(sys.argv[1], language)]
        OUT.mkdir(exist_ok=True)
        text = "".join(f"{category}\t{line}\n" for category, line in dict.fromkeys(lines))
        (OUT / f"{language}.tsv").write_text(text, encoding="utf-8")
        print(language, len(lines))


if __name__ == "__main__":
    main()
