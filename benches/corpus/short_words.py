"""Little said, and said where a careless clean-up would take it for made up: "yes", "no", single digits, a number read slowly,
a card number with equal digits, "no, no, no", "thank you", and what subtitles end with, said by a person.

Half a minute a file, 8 kHz, one channel: after ring-back, after hold music, over music, in noise, or on a quiet line, most of it
through a telephone codec. Recorded people where their package has the words, synthetic voices for sentences.

    python3 benches/corpus/short_words.py FOLDER [SPLIT [N]]

Truth of a line: `said` [{start_s, end_s, kind, text}].
"""

import sys

import numpy as np

import common as c
import nothing
import phases

RATE = 8000
TOTAL_S = 30.0
N = round(RATE * TOTAL_S)
SCENES = ("quiet", "noise", "over_music", "after_ringback", "after_music")
KINDS = ("digit", "number", "card", "no_no", "yes_no", "thanks", "credit")

# What synthetic voices say.
TEXTS = {
    "en": {
        "yes_no": ("Yes.", "No.", "Okay.", "Yeah.", "Sure.", "Right.", "Hello?"),
        "no_no": ("No, no, no.", "No, no, no, no!", "Yes, yes, yes."),
        "thanks": ("Thank you.", "Thanks.", "Bye.", "Thank you, bye bye."),
        "credit": ("Thank you for watching.", "Thanks for watching.", "Please subscribe.", "Thank you for watching the demo with me today."),
    },
    "ru": {
        "yes_no": ("Да.", "Нет.", "Хорошо.", "Алло?"),
        "no_no": ("Нет, нет, нет.", "Да, да, да."),
        "thanks": ("Спасибо.", "До свидания."),
        "credit": ("Спасибо за просмотр.", "Субтитры мне не нужны."),
    },
    "pl": {
        "yes_no": ("Tak.", "Nie.", "Dobrze.", "Halo?"),
        "no_no": ("Nie, nie, nie.", "Tak, tak, tak."),
        "thanks": ("Dziękuję.", "Do widzenia."),
        "credit": ("Dziękuję za oglądanie.", "Napisy mi nie są potrzebne."),
    },
}
# What recorded prompts say.
PROMPTS = {
    "yes_no": ("vm-no", "hello", "sorry"),
    "thanks": ("auth-thankyou", "goodbye", "vm-goodbye"),
}
VOICES = {"tune": ("allison", "june", "rms", "rms", "carlo", "pl_m", "festival_ru"), "test": ("elena", "ivr_ru", "slt", "slt", "awb", "menardi", "pl_f")}


def prompt(speaker, name):
    folder = c.SOUNDS / c.SPEAKERS[speaker][3]
    file = folder / f"{name}.wav"
    return c.trimmed(c.load(file, RATE), RATE) if file.exists() else None


def read(rng, digits, speak, least_gap_s, most_gap_s):
    """Digits one by one."""
    parts = []
    for digit in digits:
        parts += [speak(str(digit)), np.zeros(int(rng.uniform(least_gap_s, most_gap_s) * RATE))]
    return np.concatenate(parts[:-1])


def utterance(rng, speaker, kind):
    """(samples, text), or None where this voice does not have it."""
    language, _, source, argument = c.SPEAKERS[speaker]
    is_recorded = source == "prompts"
    speak = (lambda d: prompt(speaker, f"digits/{d}")) if is_recorded else (lambda d: c._spoken(source, argument, d, RATE))
    if kind == "digit":
        digits = [int(rng.integers(10))]
    elif kind == "number":
        digits = [int(d) for d in rng.integers(0, 10, rng.integers(4, 7))]
    elif kind == "card":
        groups = [rng.permutation([d, d, d, int(rng.integers(10))]) if rng.random() < 0.5 else [d] * 4 for d in rng.integers(0, 10, 4)]
        digits = [int(d) for group in groups for d in group]
    elif is_recorded:
        if kind == "no_no":
            no = prompt(speaker, "vm-no")
            n = int(rng.integers(3, 6))
            gap = np.zeros(int(rng.uniform(0.08, 0.3) * RATE))
            return None if no is None else (np.concatenate([x for _ in range(n) for x in (no, gap)]), "no " * n)
        names = PROMPTS.get(kind, ())
        found = [(prompt(speaker, name), name) for name in names]
        found = [one for one in found if one[0] is not None]
        return found[rng.integers(len(found))] if found else None
    else:
        texts = TEXTS[language][kind]
        text = texts[rng.integers(len(texts))]
        return c._spoken(source, argument, text, RATE), text
    slow = (0.4, 0.9) if kind == "number" else (0.1, 0.35)
    return read(rng, digits, speak, *slow), " ".join(map(str, digits))


def recording(split, i):
    rng = c.generator("short_words", split, i)
    scene = SCENES[i % len(SCENES)]
    voices = VOICES[split]
    # Consecutive scenes of one voice: every voice meets every scene.
    speaker = voices[i // len(SCENES) % len(voices)]
    lead_s = rng.uniform(6, 10) if scene.startswith("after") else rng.uniform(1, 3)
    order = rng.permutation(len(KINDS))
    pieces, said, at_s = [], [], lead_s
    for k in order:
        made = utterance(rng, speaker, KINDS[k])
        if made is None or at_s + len(made[0]) / RATE > TOTAL_S - 0.5:
            continue
        end_s = at_s + len(made[0]) / RATE
        pieces.append((at_s, c.at_level(made[0], RATE, -26.0)))
        said.append({"start_s": round(at_s, 3), "end_s": round(end_s, 3), "kind": KINDS[k], "text": made[1]})
        at_s = end_s + rng.uniform(2.0, 4.0)
    voice = c.place(TOTAL_S, RATE, pieces)
    before = np.arange(N) < lead_s * RATE - 0.5 * RATE
    if scene == "noise":
        kind = str(rng.choice(["white", "fan", "street", "office", "babble", "keyboard"]))
        around = c.at_rms(c.noise(rng, kind, RATE, N, split)[0], -26 - rng.uniform(8, 20))
    elif scene == "over_music":
        around = c.at_rms(nothing.moh(rng, split)[:N], -26 - rng.uniform(8, 20))
    elif scene == "after_ringback":
        around = nothing.ringback(rng, split)[:N] * before
    elif scene == "after_music":
        around = c.at_rms(nothing.moh(rng, split)[:N], -26 + rng.uniform(-6, 3)) * before
    else:
        around = np.zeros(N)
    codec = nothing.CODECS[rng.integers(len(nothing.CODECS))]
    sound = c.coded(np.clip(voice + around + c.line_floor(rng, N), -1, 1), RATE, codec)
    return sound, dict(scene=scene, speaker=speaker, language=c.SPEAKERS[speaker][0], codec=codec or "none", said=said, duration_s=TOTAL_S)


def main(folder, splits=("tune", "test"), n=35):
    for split in splits:
        corpus = c.Corpus(folder, split)
        for i in range(n):
            sound, truth = recording(split, i)
            corpus.add(f"{i:03}-{truth['scene']}-{truth['speaker']}", RATE, [sound], **truth)
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], (sys.argv[2],) if len(sys.argv) > 2 else ("tune", "test"), int(sys.argv[3]) if len(sys.argv) > 3 else 35)
