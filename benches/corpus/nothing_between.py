"""The same sounds as in `nothing.py` in the middle of a call: somebody speaks before and after, which tells voice activity what a
party's level is, and the model what the talk is about. Every word in the middle is made up.

English, 8 kHz, one channel, a minute a file: speech until 9 s and from 50 s on, the sound from 10 to 49 s, as loud as the speech
(up to 3 dB louder, 15 dB weaker; crowds 10 to 20 dB weaker, since near ones are party enough). Truth: `speech` and `kinds`.

    python3 benches/corpus/nothing_between.py FOLDER [SPLIT]
"""

import sys

import numpy as np

import common as c
import nothing

RATE, N, TOTAL_S = nothing.RATE, nothing.N, nothing.TOTAL_S
FROM_S, TO_S = 10.0, 49.0
VOICES = {"tune": ("allison", "rms"), "test": ("slt", "awb")}
# kind: how many files.
MIDDLE = {
    "hold_music": 6,
    "game_music": 6,
    "synthetic_music": 2,
    "street": 2,
    "office": 2,
    "keyboard": 1,
    "babble": 3,
    "coughs": 1,
    "animals": 2,
    "keys": 1,
    "ringback": 1,
    "fax_modem": 1,
    "steady_noise": 1,
    "clicks": 1,
}


def recording(rng, split, kind, k):
    makers = [make for name, _, make in nothing.HOUR if name == kind]
    speaker = VOICES[split][rng.integers(2)]
    pieces = c.turns(rng, speaker, RATE, [(0.5, FROM_S - 1.0), (TO_S + 1.0, TOTAL_S - 0.3)])
    voice = c.at_level(c.place(TOTAL_S, RATE, pieces), RATE, -26.0)
    level = -26 + (rng.uniform(-20, -10) if kind in ("babble", "office") else rng.uniform(-15, 3))
    sound = c.at_rms(makers[k % len(makers)](rng, split), level)
    at = np.arange(N) / RATE
    sound = sound * np.clip((at - FROM_S) / 0.2, 0, 1) * np.clip((TO_S - at) / 0.2, 0, 1)
    codec = nothing.CODECS[rng.integers(len(nothing.CODECS))]
    plane = c.coded(np.clip(voice + sound + c.line_floor(rng, N), -1, 1), RATE, codec)
    return plane, dict(kinds=[kind], codec=codec or "none", speech=c.speech_intervals(voice, RATE, -26.0), between=[FROM_S, TO_S], duration_s=TOTAL_S)


def main(folder, splits=("tune", "test")):
    for split in splits:
        corpus = c.Corpus(folder, split)
        for kind, n in MIDDLE.items():
            for k in range(n):
                plane, truth = recording(c.generator("nothing_between", split, kind, k), split, kind, k)
                corpus.add(f"{kind}-{k}", RATE, [plane], **truth)
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], (sys.argv[2],) if len(sys.argv) > 2 else ("tune", "test"))
