"""Words, their times and their probabilities as callvet reports them, against what was said when.

Heard and true words are brought to one form (lower case, no marks, ё as е, Greek without accents) and aligned by
Levenshtein distance per channel. Numbers are compared digit by digit on both sides, each digit as a word: "forty nine
ninety nine", "49.99" and "$49 99" are 4 9 9 9. Words for currencies are left out on both sides.

    callvet analyze --language CODE --show-personal-data --out OUT FOLDER/<split>/CODE_*.wav
    python3 benches/corpus/score_words.py FOLDER/<split> OUT...

Prints per language: WER and CER; starts of matched words within 0.1 and 0.2 s, median error and bias, numbers on their
own; the reliability of word probabilities: ten bins, ECE, Brier score.
"""

import collections
import functools
import pathlib
import re
import sys
import unicodedata

import numpy as np

import common as c

NUMERALS = pathlib.Path(__file__).parents[2] / "src" / "text" / "numerals"
CURRENCY = re.compile(
    r"^(dollars?|euros?|pounds?|usd|eur|złot\w*|zł|pln|рубл\w*|руб|доллар\w*|евро|ευρω|δολαρια?|forint\w*|ft|huf|[$€£₽])$"
)


def plain(word):
    """The form in which words are compared."""
    word = unicodedata.normalize("NFKC", word).lower().replace("ё", "е").replace("’", "'")
    if re.search(r"[α-ωά-ώ]", word):
        word = "".join(ch for ch in unicodedata.normalize("NFD", word) if not unicodedata.combining(ch)).replace("ς", "σ")
    return re.sub(r"[^\w']|_", "", word).strip("'")


@functools.lru_cache(maxsize=None)
def numerals(language):
    """{form: value}."""
    table = {}
    for line in (NUMERALS / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0].isdigit():
            value, forms = line.split("\t")
            table.update({plain(form): int(value) for form in forms.split()})
    if language == "en":
        table["oh"] = 0
    if language == "el":
        table.update({"εκατο": 100, "εκατον": 100, "διακοσια": 200})
    return table


def values(word, language):
    """Numbers of a word in letters, a Hungarian compound taken apart; None if it is no number."""
    table = numerals(language)
    if word in table:
        return [table[word]]
    if language == "hu":
        found, rest = [], word
        while rest:
            form = next((f for f in sorted(table, key=len, reverse=True) if rest.startswith(f)), None)
            if form is None:
                return None
            found.append(table[form])
            rest = rest[len(form) :]
        return found
    return None


def parsed(numbers):
    """A row of number words as numbers: [(digits, how many words)]; 40 9 90 9 is 49 99, 2 1000 500 is 2500."""
    done, total, part, last, n_words = [], 0, 0, None, 0
    for n in numbers:
        if n >= 1000 and last is not None and total == 0:
            total, part = max(part, 1) * n, 0
        elif n == 100 and last is not None and 1 <= part < 10:
            part *= 100
        elif last is not None and n < 1000 and last > n and (
            (last >= 1000 and part == 0) or (100 <= last < 1000 and n < 100) or (20 <= last < 100 and 0 < n < 10)
            or (last == 10 and 0 < n < 10)
        ):  # fmt: skip
            part += n
        else:
            if last is not None:
                done.append((str(total + part), n_words))
            total, part, n_words = (n, 0, 0) if n >= 1000 else (0, n, 0)
        last, n_words = n, n_words + 1
    if last is not None:
        done.append((str(total + part), n_words))
    return done


def units(words, language):
    """[(form, words, does it begin with the first of them)]: words as they are compared, numbers digit by digit."""
    out, row = [], []

    def number(digits, own):
        distinct = list({id(word): word for word in own}.values())
        out.extend(("#" + digit, distinct, i == 0) for i, digit in enumerate(digits))

    def close():
        # A Hungarian word may hold several numbers and a number several words.
        flat = [(value, word) for values_of_word, word in row for value in values_of_word]
        at = 0
        for digits, n in parsed([value for value, _ in flat]):
            number(digits, [word for _, word in flat[at : at + n]])
            at += n
        row.clear()

    group = None
    for word in words:
        if word.get("group") != group:
            close()
            group = word.get("group")
        for piece in (p for p in re.split(r"[\s–—-]+", word["text"]) if re.search(r"\w|[$€£₽]", p)):
            form = plain(piece)
            if CURRENCY.match(form) or not form:
                continue
            # "$684.00" for six hundred eighty four is no error.
            digits = re.sub(r"\D", "", re.sub(r"[.,]00\W*$", "", piece))
            if digits and len(digits) >= len(form) / 2:
                close()
                number(digits, [word])
            elif (numbers := values(form, language)) is not None:
                row.append((numbers, word))
            else:
                close()
                out.append((form, [word], True))
    close()
    return out


def aligned(true, heard):
    """Pairs of indices (true or None, heard or None) of the cheapest alignment of two lists of units.

    Among equals a substitution by a similar word wins, so that times are compared between words that belong together."""
    n, m = len(true), len(heard)
    cost = np.zeros((n + 1, m + 1))
    cost[:, 0], cost[0] = np.arange(n + 1), np.arange(m + 1)
    different = np.ones((n, m))
    for i, (a, *_) in enumerate(true):
        for j, (b, *_) in enumerate(heard):
            different[i, j] = 0 if a == b else 1 + 1e-3 * (len(set(a) ^ set(b)))
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost[i, j] = min(cost[i - 1, j - 1] + different[i - 1, j - 1], cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    pairs, i, j = [], n, m
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + different[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


def distance(a, b):
    """Levenshtein distance of two strings."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def judged(truth, report):
    """What became of one recording: words, errors, characters, starts and the fate of each heard word."""
    out = {"language": truth["language"], "file": truth["file"], "n": 0, "errors": 0, "chars": 0, "char_errors": 0, "starts": [], "heard": []}
    utterances = ((report or {}).get("transcript") or {}).get("utterances", [])
    for channel in sorted({w["channel"] for w in truth["words"]}):
        said = [w for w in truth["words"] if w["channel"] == channel]
        source = said[0]["source"]
        heard = [
            {**word, "utterance": utterance["confidence"], "source": source}
            for utterance in utterances if utterance["channel"] == channel
            for word in utterance["words"]
        ]  # fmt: skip
        a, b = units(said, truth["language"]), units(heard, truth["language"])
        matched = collections.Counter()
        for i, j in aligned(a, b):
            is_right = i is not None and j is not None and a[i][0] == b[j][0]
            out["n"] += i is not None
            out["errors"] += not is_right
            if is_right:
                matched.update(id(w) for w in b[j][1])
                start_s = a[i][1][0]["start_s"]
                # Of a number only its first digit has a start, and only if it is the first on both sides.
                if start_s is not None and a[i][2] and b[j][2]:
                    out["starts"].append((b[j][1][0]["start_s"] - start_s, a[i][0].startswith("#"), source))
        # A heard word is right if all that it was compared by is.
        expected = collections.Counter(id(w) for _, own, _ in b for w in own)
        known = {id(w): w for _, own, _ in b for w in own}
        out["heard"] += [{**w, "right": matched[key] == expected[key]} for key, w in known.items()]
        x, y = ("".join(form.lstrip("#") for form, *_ in side) for side in (a, b))
        out["chars"] += len(x)
        out["char_errors"] += distance(x, y)
    return out


def reports(outs):
    """{file: report} of output folders, or of folders of them."""
    found = {}
    for out in outs:
        for batch in [out, *sorted(str(p) for p in pathlib.Path(out).glob("*") if (p / "calls").exists())]:
            found.update(c.reports(batch))
    return found


def load(folder, outs):
    """All recordings of a split that were analysed."""
    found = reports(outs)
    return [judged(t, found[t["file"]]) for t in c.truths(folder) if t["file"] in found]


def share(k, n):
    low, high = c.wilson(k, n)
    return f"{100 * k / max(1, n):5.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def reliability(p, right):
    """Ten bins (n, mean probability, share right), expected calibration error, Brier score."""
    p, right = np.asarray(p, float), np.asarray(right, float)
    at = np.minimum((p * 10).astype(int), 9)
    bins = [(int(np.sum(at == b)), float(p[at == b].mean()), float(right[at == b].mean())) if np.any(at == b) else (0, 0.0, 0.0) for b in range(10)]
    ece = sum(n * abs(mean - share_right) for n, mean, share_right in bins) / max(1, len(p))
    return bins, ece, float(np.mean((p - right) ** 2)) if len(p) else 0.0


def main(folder, *outs):
    rows = load(folder, outs)
    print(f"{'language':9} {'recs':>4} {'words':>6}  {'WER':22} CER")
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row["language"]].append(row)
    for language, own in groups.items():
        wer = [r["errors"] / r["n"] for r in own if r["n"]]
        total = lambda key: sum(r[key] for r in own)
        low, high = c.bootstrap(wer)
        print(f"{language:9} {len(own):4} {total('n'):6}  {100 * total('errors') / total('n'):5.1f} % [{100 * low:.1f}, {100 * high:.1f}]   {100 * total('char_errors') / total('chars'):5.1f} %")
    print("\nstarts of matched words")
    starts = [(r["language"], *s) for r in rows for s in r["starts"]]
    names = {"numbers": lambda s: s[2], "all": lambda s: True}
    names |= {f"{l} words": lambda s, l=l: s[0] == l and not s[2] for l in groups} | {f"{l} numbers": lambda s, l=l: s[0] == l and s[2] for l in groups}
    names |= {source: lambda s, source=source: s[3] == source for source in sorted({s[3] for s in starts})}
    for name, is_own in names.items():
        error = np.array([s[1] for s in starts if is_own(s)])
        if len(error):
            near = np.abs(error)
            print(
                f"{name:12} n {len(error):5}  in 0.1 s {share(np.sum(near <= 0.1), len(near))}  in 0.2 s {share(np.sum(near <= 0.2), len(near))}"
                f"  median {np.median(near):.3f} s  bias {np.median(error):+.3f} s"
            )
    print("\nprobabilities of heard words")
    for language in [*groups, "all"]:
        heard = [w for r in rows if language in (r["language"], "all") for w in r["heard"]]
        bins, ece, brier = reliability([w["probability"] for w in heard], [w["right"] for w in heard])
        print(f"{language:4} n {len(heard):5}  ECE {ece:.3f}  Brier {brier:.3f}  " + " ".join(f"{n}:{mean:.2f}/{good:.2f}" if n else "-" for n, mean, good in bins))


if __name__ == "__main__":
    main(*sys.argv[1:])
