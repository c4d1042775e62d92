"""Words of the other party in a channel's transcript, and own words lost, where leakage was added: each call against the same call
without it, heard by the same model. Texts are compared here, by the score; callvet itself never does.

A word more than in the clean call is the other party's if that party's own transcript has it within 1.5 s, or if it stands where
only that party speaks. A word less is lost, whatever stands in its place.

    python3 benches/corpus/score_leaked_words.py FOLDER/<split> OUT [-v [OUT_CLEAN]]
"""

import collections
import difflib
import sys

import numpy as np

import common as c

NEAR_S = 1.5
# Edges of truth, and times of words, are this good.
EDGE_S = 0.3


def words(report):
    """[[(text, start_s, end_s)]] by channel, lower case without marks."""
    out = ([], [])
    for utterance in (report["transcript"] or {}).get("utterances", []):
        for word in utterance["words"]:
            text = "".join(ch for ch in word["text"].lower() if ch.isalnum())
            if text and utterance["channel"] in (0, 1):
                out[utterance["channel"]].append((text, word["start_s"], word["end_s"]))
    return [sorted(line, key=lambda w: w[1]) for line in out]


def speaks(spans, word, margin_s):
    return any(word[2] > a - margin_s and word[1] < b + margin_s for a, b in spans)


def compare(truth, clean, leaky):
    """{what: number of words} over both channels."""
    count = collections.Counter()
    shown = []
    for k in (0, 1):
        own, other = [w[0] for w in clean[k]], clean[1 - k]
        count["own"] += len(own)
        for tag, a, b, x, y in difflib.SequenceMatcher(None, own, [w[0] for w in leaky[k]], autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            more = leaky[k][x:y]
            strange = []
            for word in more:
                is_theirs = any(word[0] == w[0] and abs(word[1] - w[1]) < NEAR_S for w in other)
                is_alone = speaks(truth["speech"][1 - k], word, 0) and not speaks(truth["speech"][k], word, EDGE_S)
                strange.append(is_theirs or is_alone)
            count["wrong_party"] += sum(strange)
            count["other_changes"] += len(strange) - sum(strange)
            count["lost"] += b - a
            shown.append((k, tag, own[a:b], [("!" if s else "") + w[0] for w, s in zip(more, strange)]))
    return count, shown


def main(folder, out, verbose="", out_clean=None):
    leaky, clean = c.reports(out), c.reports(out_clean or out)
    rows = []
    for truth in c.truths(folder):
        if not truth["leakage"]:
            continue
        other = truth["file"].replace("-leak", "-clean")
        if truth["file"] not in leaky or other not in clean:
            continue
        count, shown = compare(truth, words(clean[other]), words(leaky[truth["file"]]))
        leak = truth["leakage"][0]
        found = sum(bool(e["detected"]) for e in (leaky[truth["file"]]["crosstalk"] or {}).get("leakage") or [])
        rows.append((f"{leak['gain_db']} dB", "echo" if leak["echo"] else "single", "PCM, G.711" if truth["codec"] in ("none", "ulaw", "alaw") else "coded", count))
        if verbose and (count["wrong_party"] or count["lost"]):
            print(truth["file"], truth["codec"], truth["line"], truth["leakage"], f"{found} found", dict(count))
            for line in shown:
                print("    ", *line)
    print("group | calls | own words | of the other party per 100 (95 %) | lost per 100 (95 %) | other changes per 100")
    groups = ["all"] + sorted({g for row in rows for g in row[:3]})
    for group in groups:
        mine = [row[3] for row in rows if group == "all" or group in row[:3]]
        own = np.array([m["own"] for m in mine], float)
        rates = []
        for what in ("wrong_party", "lost", "other_changes"):
            n = np.array([m[what] for m in mine], float)
            rng = np.random.default_rng(1)
            draws = [(lambda at: 100 * n[at].sum() / max(1, own[at].sum()))(rng.integers(len(n), size=len(n))) for _ in range(2000)]
            low, high = np.percentile(draws, [2.5, 97.5])
            rates.append(f"{100 * n.sum() / max(1, own.sum()):.1f} ({low:.1f}..{high:.1f})")
        print(f"{group} | {len(mine)} | {own.sum():.0f} | " + " | ".join(rates))


if __name__ == "__main__":
    main(*sys.argv[1:5])
