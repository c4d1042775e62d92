"""How many phrases that were said are found in what was heard: by their words, by stems, by sound; and how many that
were not said are found as well.

Phrases: runs of 2 and 3 words of the truth with at least 8 letters, numbers left out, one in three words. Each is
looked for in the channel where it was said (found or missed), and in the channels of the same language where it was
not said: a false hit if what was said there does not hold it by the same measure either ("the conference has" is near
"that conference is" however well it is heard). False hits are given for 1,000 words heard and 100 phrases, which is a
list of phrases and about seven minutes of talk.

    cargo build --release --example near_words
    python3 benches/corpus/score_near.py PROGRAM FOLDER/<split> OUT...
"""

import collections
import subprocess
import sys

import common as c
import score_words as sw

SHARES = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40)


def phrases(words, language):
    """Runs of 2 and 3 words."""
    forms = [sw.plain(w["text"]) for w in words]
    usable = [form and w["group"] is None and sw.values(form, language) is None for form, w in zip(forms, words)]
    found = []
    for at in range(0, len(words) - 1, 3):
        n = 2 + (at // 3) % 2
        run = forms[at : at + n]
        # A run must not go from one sentence to the next.
        whole = all(usable[at : at + n]) and not any(w["text"][-1] in ".,!?;:" for w in words[at : at + n - 1])
        if whole and len(run) == n and len("".join(run)) >= 8:
            found.append(" ".join(run))
    return found


def main(program, folder, *outs):
    reports = sw.reports(outs)
    channels = []
    for truth in c.truths(folder):
        if truth["file"] not in reports:
            continue
        utterances = reports[truth["file"]]["transcript"]["utterances"]
        for channel in sorted({w["channel"] for w in truth["words"]}):
            said = [w for w in truth["words"] if w["channel"] == channel]
            heard = " ".join(u["text"] for u in utterances if u["channel"] == channel)
            true_text = " ".join(sw.plain(w["text"]) for w in said)
            channels.append((truth["language"], phrases(said, truth["language"]), true_text, heard.replace("\t", " ").replace("\n", " ")))
    questions, lines = [], []
    for language, own, _, _ in channels:
        for phrase in own:
            for other_language, _, true_text, heard in channels:
                if other_language == language:
                    questions.append((language, f" {phrase} " in f" {true_text} ", len(heard.split())))
                    lines += [f"{language}\t{phrase}\t{heard}", f"{language}\t{phrase}\t{true_text}"]
    answers = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answers) == 2 * len(questions)
    tests = {"words": lambda a: a[0] == "1", "stems": lambda a: a[1] == "1"}
    tests |= {f"sound {share:.2f}": lambda a, share=share: a[2] != "-" and float(a[2]) <= share for share in SHARES}
    rows = collections.defaultdict(lambda: [0, 0, 0, 0])
    for (language, is_said, n_words), answer, of_truth in zip(questions, answers[::2], answers[1::2]):
        answer, of_truth = answer.split("\t"), of_truth.split("\t")
        for name, found in tests.items():
            row = rows[(language, name)]
            if is_said:
                row[0] += found(answer)
                row[1] += 1
            else:
                row[2] += found(answer) and not found(of_truth)
                row[3] += n_words
    for (language, name), (hits, n, false, n_words) in rows.items():
        print(f"{language} {name:11} found {hits:4} of {n:4} {sw.share(hits, n)}   false per 1,000 words and 100 phrases {1e5 * false / max(1, n_words):.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
