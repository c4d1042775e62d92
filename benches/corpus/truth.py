"""What the channels of a recording really are: two parties, the same sound twice, a dead line; clean, leaky, coded.

The file's codec is applied to each channel by itself, or as joint-stereo MP3 to both together.

    python3 benches/corpus/truth.py FOLDER [SPLIT [N]]
"""

import sys
import tempfile

import numpy as np
import soundfile as sf

import common as c
import leakage as lk

RATE = 8000
TOTAL_S = 24.0
KINDS = (
    "two parties", "two parties leaking", "two parties leaking much at once", "two parties, one hears music",
    "the same twice", "the same twice, other gain", "the same twice, inverted", "the same twice, 1 ms late", "one party twice",
    "dead: digital silence", "dead: constant", "dead: line floor", "silent party on a noisy line",
)


def joint_stereo(planes, kbit_s):
    """Both channels in one MP3 of joint stereo and back."""
    with tempfile.TemporaryDirectory() as folder:
        sf.write(f"{folder}/in.wav", np.stack(planes, axis=1), RATE, subtype="PCM_16")
        c.run("ffmpeg", "-y", "-i", f"{folder}/in.wav", "-c:a", "libmp3lame", "-b:a", f"{kbit_s}k", "-joint_stereo", "1", f"{folder}/out.mp3")
        c.run("ffmpeg", "-y", "-i", f"{folder}/out.mp3", "-c:a", "pcm_s16le", f"{folder}/back.wav")
        back, _ = sf.read(f"{folder}/back.wav", always_2d=True)
    n = len(planes[0])
    back = np.pad(back, ((0, max(0, n - len(back))), (0, 0)))[:n]
    return [back[:, 0], back[:, 1]]


def call(split, kind, i):
    rng = c.generator("truth", split, kind, i)
    names = [str(x) for x in rng.choice(c.speakers(split, RATE), 2, replace=False)]
    own = c.dialogue(rng, *names, RATE, TOTAL_S, overlap=0.2, levels_dbov=(rng.uniform(-30, -22), rng.uniform(-30, -22)))
    n = len(own[0])
    floor = lambda: c.line_floor(rng, n)
    both = own[0] + own[1] + floor()
    flags, dead = [], []
    if kind == "two parties":
        planes = [own[0] + floor(), own[1] + floor()]
    elif kind == "two parties leaking":
        flags = ["leaky"]
        gain_db = rng.uniform(-28, -6)
        planes = [own[0] + floor(), own[1] + lk.leaked(rng, own[0], gain_db, rng.uniform(0, 60), False) + floor()]
    elif kind == "two parties leaking much at once":
        flags = ["leaky"]
        planes = [own[k] + lk.leaked(rng, own[1 - k], -6, 0.0, False) + floor() for k in (0, 1)]
    elif kind == "two parties, one hears music":
        music = c.noise(rng, "music", RATE, n, split)[0]
        music[: n // 2] = 0
        planes = [own[0] + floor(), own[1] + c.at_rms(music, -28) + floor()]
    elif kind.startswith("the same twice") or kind == "one party twice":
        flags = ["dual_mono"]
        one = own[0] + floor() if kind == "one party twice" else both
        gain_db = rng.choice([-12, -6, 3, 6]) if "gain" in kind else 0
        other = one * 10 ** (gain_db / 20) * (-1 if "inverted" in kind else 1)
        if "inverted" in kind:
            flags = ["dual_mono", "polarity_inverted"]
        if "late" in kind:
            other = lk.delayed(other, rng.uniform(0.2, 1.0) * RATE / 1000)
        planes = [one, other]
    elif kind.startswith("dead"):
        flags, dead = ["dead_channel"], [int(rng.integers(2))]
        empty = {"digital silence": np.zeros(n), "constant": np.full(n, 0.02), "line floor": floor()}[kind[6:]]
        planes = [both, both]
        planes[dead[0]] = empty
    else:
        planes = [own[0] + floor(), c.at_rms(c.noise(rng, "pink", RATE, n, split)[0], rng.uniform(-55, -45))]
    codec = str(rng.choice(["none", "none", "joint_mp3", *lk.CODECS[1:]]))
    if codec == "joint_mp3":
        planes = joint_stereo(planes, int(rng.choice([24, 32, 48])))
        facts_codec = "joint_mp3"
    elif codec == "none":
        facts_codec = "none"
    else:
        facts_codec = codec
        planes = lk.coded_apart(planes, codec) if kind != "dead: constant" or codec in ("ulaw", "alaw") else planes
    return f"{KINDS.index(kind):02}_{i:03}", planes, dict(kind=kind, codec=facts_codec, flags=flags, dead_channels=dead, speakers=names)


def main(folder, splits=("tune", "test"), n=10):
    for split in splits:
        corpus = c.Corpus(folder, split)
        for kind in KINDS:
            for i in range(n):
                name, planes, facts = call(split, kind, i)
                corpus.add(name, RATE, planes, **facts)
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], (sys.argv[2],) if len(sys.argv) > 2 else ("tune", "test"), int(sys.argv[3]) if len(sys.argv) > 3 else 10)
