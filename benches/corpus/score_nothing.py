"""Words that callvet heard in an hour in which nobody speaks, by kind of sound; what it removed itself, and how much voice
activity passed on. Of `nothing_between.py` only the words in the middle count.

    python3 benches/corpus/score_nothing.py FOLDER/<split> OUT [-v]
"""

import collections
import sys

import numpy as np

import common as c


def words_by_channel(report, between):
    """{channel: words} of a transcript, those of them whose middle lies in `between`."""
    out = collections.Counter()
    for utterance in (report["transcript"] or {}).get("utterances", []):
        inside = [w for w in utterance["words"] if between[0] < (w["start_s"] + w["end_s"]) / 2 < between[1]]
        out[utterance["channel"]] += len(inside)
    return out


def main(folder, out, is_verbose=False):
    reports = c.reports(out)
    minutes, words, files_with, speech_s, removed = (collections.Counter() for _ in range(5))
    per_minute = []
    for truth in c.truths(folder):
        if truth["file"] not in reports:
            continue
        report = reports[truth["file"]]
        between = truth.get("between", [0.0, truth["duration_s"]])
        heard = words_by_channel(report, between)
        for problem in report["problems"]:
            if problem["code"].startswith("removed_"):
                removed[problem["code"]] += 1
        for channel, kind in enumerate(truth["kinds"]):
            minutes[kind] += (between[1] - between[0]) / 60
            words[kind] += heard[channel]
            files_with[kind] += bool(heard[channel])
            per_minute.append(heard[channel])
        for speaker in report["speakers"]:
            spoken = (report["conversation"]["speech_s"] or {}).get(speaker["id"]) or 0.0
            if speaker["channel"] is not None and speaker["channel"] < len(truth["kinds"]):
                speech_s[truth["kinds"][speaker["channel"]]] += spoken
        if is_verbose and sum(heard.values()):
            print(truth["file"], truth["codec"], truth["kinds"], dict(heard))
            for utterance in report["transcript"]["utterances"]:
                p = "" if utterance["confidence"] is None else f"{utterance['confidence']:.2f}"
                print(f"    {utterance['channel']} {utterance['start_s']:.1f}-{utterance['end_s']:.1f} {p} {utterance['text']}")
    print("kind | minutes | words | lines with words | seconds taken for speech")
    for kind in sorted(minutes):
        print(f"{kind} | {minutes[kind]:.0f} | {words[kind]} | {files_with[kind]} | {speech_s[kind]:.1f}")
    low, high = c.bootstrap(per_minute)
    k, n = sum(w > 0 for w in per_minute), len(per_minute)
    a, b = c.wilson(k, n)
    print(f"all | {sum(minutes.values()):.0f} | {sum(words.values())} | {k} ({100 * a:.1f}..{100 * b:.1f} % of {n}) | {sum(speech_s.values()):.1f}")
    scale = 60 * len(per_minute) / sum(minutes.values())
    print(f"words an hour {scale * np.mean(per_minute):.1f} ({scale * low:.1f}..{scale * high:.1f})")
    print("files with removals", dict(removed))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "-v" in sys.argv)
