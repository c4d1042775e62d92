"""Calls in which one party, or both, leak into the other's channel, each beside the same call without leakage: what the model
hears in the second is what it ought to hear in the first.

English, 8 kHz, 20 s, overlaps in three of ten turns; gains of -6 to -30 dB, single arrivals and echo paths, clean lines and noisy
ones, PCM, G.711 and lossy coders, as in `leakage.py`.

    python3 benches/corpus/leaked_words.py FOLDER [SPLIT [N]]

NNN-leak.wav and NNN-clean.wav; truth as in `leakage.py`, and `speech` of each channel.
"""

import sys

import numpy as np

import common as c
import leakage

RATE = leakage.RATE
TOTAL_S = 20.0
GAINS_DB = (-6, -12, -18, -24, -30)
CODECS = ("none", "none", "ulaw", "alaw", "gsm", "amr", "mp3_16k", "opus_8k")
# English only: what the model mishears in the other languages would drown what leaks.
VOICES = {"tune": ("allison", "rms"), "test": ("slt", "awb")}


def call(split, i):
    """(planes without leakage, planes with it, truth)"""
    rng = c.generator("leaked_words", split, i)
    pair = rng.permutation(VOICES[split])
    levels = (rng.uniform(-30, -22), rng.uniform(-30, -22))
    own = c.dialogue(rng, pair[0], pair[1], RATE, TOTAL_S, overlap=0.3, levels_dbov=levels)
    directions = [[0], [1], [0, 1]][rng.integers(3)]
    truth, extra = [], [np.zeros(len(own[0])), np.zeros(len(own[0]))]
    gain_db, is_echo = GAINS_DB[i % len(GAINS_DB)], bool(i // len(GAINS_DB) % 2)
    for frm in directions:
        delay_ms = round(float(rng.choice([0.0, rng.uniform(0, 60), rng.uniform(60, 200)])), 3)
        extra[1 - frm] = leakage.leaked(rng, own[frm], gain_db, delay_ms, is_echo)
        truth.append({"from": frm, "to": 1 - frm, "gain_db": gain_db, "delay_ms": delay_ms, "echo": is_echo})
    noise = [c.line_floor(rng, len(own[0])) for _ in own]
    kind = "floor" if rng.random() < 0.5 else str(rng.choice(["white", "fan", "office", "street"]))
    if kind != "floor":
        noise = [line + c.at_rms(c.noise(rng, kind, RATE, len(line), split)[0], level - 22) for line, level in zip(noise, levels)]
    codec = str(CODECS[rng.integers(len(CODECS))])
    coded = lambda planes: leakage.coded_apart([np.clip(p, -1, 1) for p in planes], codec) if codec != "none" else planes
    clean = coded([own[k] + noise[k] for k in (0, 1)])
    leaky = coded([own[k] + extra[k] + noise[k] for k in (0, 1)])
    speech = [c.speech_intervals(own[k], RATE, levels[k]) for k in (0, 1)]
    return clean, leaky, dict(leakage=truth, codec=codec, line=kind, speakers=[str(s) for s in pair], speech=speech, duration_s=TOTAL_S)


def main(folder, splits=("tune", "test"), n=60):
    for split in splits:
        corpus = c.Corpus(folder, split)
        for i in range(n):
            clean, leaky, truth = call(split, i)
            corpus.add(f"{i:03}-clean", RATE, clean, **{**truth, "leakage": []})
            corpus.add(f"{i:03}-leak", RATE, leaky, **truth)
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], (sys.argv[2],) if len(sys.argv) > 2 else ("tune", "test"), int(sys.argv[3]) if len(sys.argv) > 3 else 60)
