"""Texts of calls for telling agent from customer, as a recogniser might hand them over: as written, and damaged.

    python3 benches/corpus/roles.py FOLDER          # writes FOLDER/{tune,test}/roles.jsonl

The calls stand in roles/<language>.txt. One line of the result is one call in one state: {id, language, direction,
variant, agent: channel, transcript}. The agent's channel and every error are drawn from a seed. Needs no package.
"""

import json
import os
import random
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = ("en", "pl", "ru", "el", "hu")
WORDS_PER_S = 2.5
TURN_GAP_S = 0.4


def read(language):
    """Calls of a file: [{id, split, trade, direction, turns: [(agent?, pause_s after it, text)]}]."""
    calls = []
    with open(os.path.join(HERE, "roles", f"{language}.txt"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("="):
                split, name, trade, direction = line[1:].split()
                calls.append({"id": name, "split": split, "trade": trade, "direction": direction, "turns": []})
                continue
            said = re.fullmatch(r"([ac]): (.+?)(?: \((\d+)\))?", line)
            if not said:
                sys.exit(f"{language}.txt:{number}: neither a call nor a turn: {line}")
            calls[-1]["turns"].append((said[1] == "a", float(said[3] or TURN_GAP_S), said[2]))
    return calls


def without_marks(text):
    """Lower case, no diacritics, no punctuation: what a poor recogniser leaves."""
    text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^\w\s]", "", text.replace("ł", "l"))


def with_errors(text, rate, letters, draw):
    """Letters and spaces wrong, left out or put in, each in a third of `rate` of the places."""
    out = []
    for c in text:
        kind = draw.random()
        if kind < rate / 3:
            out.append(draw.choice(letters))
        elif kind < 2 * rate / 3:
            continue
        elif kind < rate:
            out.extend((c, draw.choice(letters)))
        else:
            out.append(c)
    return "".join(out)


def merged(text, draw):
    """Every third space lost."""
    return "".join("" if c == " " and draw.random() < 1 / 3 else c for c in text)


def misheard(text, letters, draw):
    """One letter in seven wrong and every fourth word another one: a word error rate of about 70 %."""
    words = [
        "".join(draw.choices(letters, k=len(word))) if draw.random() < 0.25 else word
        for word in without_marks(text).split()
    ]
    return with_errors(" ".join(words), 1 / 7, letters, draw)


def variants(turns, letters, draw):
    """Name and turns of each state of a call."""
    def each(change):
        return [(agent, pause_s, change(text)) for agent, pause_s, text in turns]

    yield "written", turns
    yield "bare", each(without_marks)
    yield "merged", each(lambda text: merged(text, draw))
    yield "cer20", each(lambda text: with_errors(text, 0.2, letters, draw))
    yield "misheard", each(lambda text: misheard(text, letters, draw))
    # As if the recording began later.
    yield "cut", turns[2:]


def transcript(turns, language, agent):
    utterances, now_s = [], 1.0
    for is_agent, pause_s, text in turns:
        start_s = now_s
        end_s = start_s + max(len(text.split()), 1) / WORDS_PER_S
        now_s = end_s + pause_s
        utterances.append({
            "start_s": round(start_s, 3), "end_s": round(end_s, 3), "channel": agent if is_agent else 1 - agent,
            "speaker": None, "language": language, "text": text, "confidence": None, "words": [],
        })
    return {"language": language, "language_probability": None, "model": None, "utterances": utterances}


def main():
    folder = sys.argv[1]
    lines = {"tune": [], "test": []}
    for language in LANGUAGES:
        calls = read(language)
        letters = sorted({c for call in calls for _, _, text in call["turns"] for c in without_marks(text)})
        for call in calls:
            draw = random.Random(f"roles {call['id']}")
            agent = draw.randrange(2)
            for variant, turns in variants(call["turns"], letters, draw):
                if sum(is_agent for is_agent, _, _ in turns) >= 3:
                    lines[call["split"]].append({
                        "id": call["id"], "language": language, "direction": call["direction"], "variant": variant,
                        "agent": agent, "transcript": transcript(turns, language, agent),
                    })
    for split, calls in lines.items():
        os.makedirs(os.path.join(folder, split), exist_ok=True)
        with open(os.path.join(folder, split, "roles.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(call, ensure_ascii=False) + "\n" for call in calls)
        print(f"{split}: {len({c['id'] for c in calls})} calls, {len(calls)} transcripts")


if __name__ == "__main__":
    main()
