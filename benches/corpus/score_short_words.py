"""What was said in the recordings of `short_words.py` and is in the transcript: by its time, not by its spelling, which is the
model's affair; and words where nothing was said.

    python3 benches/corpus/score_short_words.py FOLDER/<split> OUT [-v]
"""

import collections
import sys

import common as c

# A word belongs to what was said if it lies within this of it; and is made up if it lies further from all of it.
NEAR_S, FAR_S = 0.4, 1.0


def main(folder, out, is_verbose=False):
    reports = c.reports(out)
    kept, n = collections.Counter(), collections.Counter()
    n_words, n_made_up, minutes = collections.Counter(), 0, 0.0
    for truth in c.truths(folder):
        if truth["file"] not in reports:
            continue
        minutes += truth["duration_s"] / 60
        utterances = (reports[truth["file"]]["transcript"] or {}).get("utterances", [])
        words = [word for utterance in utterances for word in utterance["words"]]
        for said in truth["said"]:
            near = [w for w in words if w["end_s"] > said["start_s"] - NEAR_S and w["start_s"] < said["end_s"] + NEAR_S]
            # Digits written as one number are as many words as it has digits.
            count = sum(max(1, sum(ch.isdigit() for ch in w["text"])) for w in near)
            for group in (said["kind"], truth["scene"], "all"):
                n[group] += 1
                kept[group] += bool(near)
                n_words[group, "said"] += len(said["text"].split()) if said["text"][0].isdigit() or " " in said["text"] else 1
                n_words[group, "heard"] += count
            if is_verbose and not near:
                print("lost", truth["file"], truth["codec"], said)
        for word in words:
            if all(word["end_s"] < s["start_s"] - FAR_S or word["start_s"] > s["end_s"] + FAR_S for s in truth["said"]):
                n_made_up += 1
                if is_verbose:
                    print("made up", truth["file"], word)
        if is_verbose:
            removed = [p["code"] + " " + p["message"][:90] for p in reports[truth["file"]]["problems"] if p["code"].startswith("removed_")]
            if removed:
                print(truth["file"], removed)
    print("group | n | heard at all (95 %) | words said | words heard")
    for group in sorted(n, key=lambda g: (g == "all", g)):
        a, b = c.wilson(kept[group], n[group])
        print(f"{group} | {n[group]} | {kept[group]} ({100 * a:.1f}..{100 * b:.1f} %) | {n_words[group, 'said']} | {n_words[group, 'heard']}")
    print(f"words where nothing was said: {n_made_up} in {minutes:.1f} min")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "-v" in sys.argv)
