"""Words that a language has, from the texts that were written for this project: what stands here is never taken for a
misheard word of a phrase (src/phrases/heard.rs). Writes src/phrases/known/<language>.txt, sorted, one word a line.

    python benches/corpus/known_words.py

Texts of the corpora (roles, sequences, sales lines but `test` and lines that imitate mishearing), and the samples' kind of
talk is left out on purpose: samples are there to be judged on.
"""

import pathlib
import re
import tomllib
import unicodedata

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def texts(language):
    """Every line of text, without labels."""
    for path in [HERE / "roles" / f"{language}.txt", HERE / "sequences" / f"{language}.tsv"]:
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                yield line.split("\t")[-1].split(": ", 1)[-1]
    for path in sorted((HERE / "sales" / language).glob("*tune*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#") and not line.startswith("heard"):
                yield re.sub(r"⟦\w+\|([^⟧]*)⟧", r"\1", line.split("\t")[-1])
    pack = tomllib.loads((ROOT / "src/phrases/packs" / f"{language}.toml").read_text(encoding="utf-8"))
    for rule in pack["rule"]:
        yield from rule.get("must_fire", [])
        yield from rule.get("must_not_fire", [])


def is_of(language, word):
    """Whether the letters are those of the language: texts quote other languages, and Greek in Latin letters."""
    script = {"el": "GREEK", "ru": "CYRILLIC"}.get(language, "LATIN")
    return all(script in unicodedata.name(letter, "") for letter in word if letter.isalpha())


def main():
    for language in ["en", "pl", "ru", "el", "hu"]:
        words = {word.lower() for text in texts(language) for word in WORD.findall(text) if is_of(language, word)}
        out = ROOT / "src/phrases/known" / f"{language}.txt"
        out.parent.mkdir(exist_ok=True)
        out.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
        print(language, len(words))


if __name__ == "__main__":
    main()
