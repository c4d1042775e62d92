"""An hour in which nobody speaks: what a telephone line carries besides talk. Every word heard in it is made up.

Silence, comfort noise, hum, tones of the network, keyed digits, fax and modem, hold music, steady and unsteady noise, animals,
coughs, babble of eight and more talkers, and a far babble under a silent line; 8 kHz, most of it through a telephone codec. A
minute a file; in every fourth one a second channel carries another of these sounds.

    python3 benches/corpus/nothing.py FOLDER [SPLIT]

Besides the sources of `common`: the music of the Debian packages lincity-ng-data, supertux-data, ardentryst, frozen-bubble-data,
singularity-music; weather and monsters of ardentryst. Odd files of each folder are `tune`, even ones `test`.
"""

import functools
import pathlib
import sys

import numpy as np

import common as c
import phases

RATE = 8000
TOTAL_S = 60.0
N = round(RATE * TOTAL_S)
GAMES = pathlib.Path("/usr/share/games")
CODECS = (None, "ulaw", "alaw", "gsm", "amr", "mp3_16k", "opus_8k")

# Special information tones (ITU-T E.180): three tones of a third of a second.
SPECIAL_HZ = (950.0, 1400.0, 1800.0)


def sequence(rng, events, least_gap_s, most_gap_s):
    """Events from `events()` one after the other with gaps between them, until the minute is full."""
    out, at = np.zeros(N), int(rng.uniform(0.1, 1.5) * RATE)
    while at < N:
        one = events()
        m = min(len(one), N - at)
        out[at : at + m] += one[:m]
        at += len(one) + int(rng.uniform(least_gap_s, most_gap_s) * RATE)
    return out


def cadence(rng, hz, on_off_s, dbfs):
    at_s, pieces = float(rng.uniform(0.1, 2.0)), []
    while at_s < TOTAL_S:
        for i, seconds in enumerate(on_off_s):
            if i % 2 == 0:
                pieces.append((at_s, phases.tone(RATE, seconds, hz, dbfs)))
            at_s += seconds
    return c.place(TOTAL_S, RATE, pieces)


def digital_silence(rng, split):
    return np.zeros(N)


def comfort_noise(rng, split):
    """Noise of a generator in steps of level, with the tilt of a telephone, and silence in between."""
    out = c._shaped(rng, N, RATE, lambda f: -rng.uniform(2, 5) * np.log2(f / 300))
    steps = np.repeat(rng.uniform(0.3, 1.0, 60), RATE)[:N]
    return c.at_rms(out * steps, rng.uniform(-65, -48))


def line_hum(rng, split):
    return c.at_rms(c.hum(rng, RATE, N, int(rng.choice([50, 60])), 20), rng.uniform(-50, -30))


def ringback(rng, split):
    _, hz, on_off_s = phases.RINGS[rng.integers(len(phases.RINGS))]
    return cadence(rng, hz, on_off_s, rng.uniform(-30, -14))


def busy(rng, split):
    hz, on_off_s = phases.BUSIES[rng.integers(len(phases.BUSIES))]
    return cadence(rng, hz, on_off_s, rng.uniform(-30, -14))


def special(rng, split):
    three = np.concatenate([phases.tone(RATE, 0.33, (hz,), rng.uniform(-24, -14)) for hz in SPECIAL_HZ])
    return sequence(rng, lambda: three, 1.0, 2.0)


def dial(rng, split):
    hz = [(425,), (350, 440), (440,)][rng.integers(3)]
    return phases.tone(RATE, TOTAL_S, hz, rng.uniform(-28, -14))


def keys(rng, split):
    level = rng.uniform(-24, -8)
    pair = lambda: (rng.choice(phases.ROWS), rng.choice(phases.COLUMNS))
    return sequence(rng, lambda: phases.tone(RATE, rng.uniform(0.06, 0.25), pair(), level, rng.uniform(-4, 4)), 0.05, rng.choice([0.2, 1.5]))


def fax(rng, split):
    """Calling tone, answer tone, then frames of 300 bit/s frequency shift keying (ITU-T T.30, V.21 channel 2)."""
    level = rng.uniform(-26, -12)

    def frame():
        bits = np.repeat(rng.integers(0, 2, int(rng.uniform(1.0, 3.0) * 300)), RATE // 300)
        sound = np.sin(2 * np.pi * np.cumsum(np.where(bits, 1650.0, 1850.0)) / RATE)
        return c.at_rms(sound, level)

    start = [(0.5, phases.tone(RATE, 0.5, (1100,), level)), (4.0, phases.tone(RATE, 0.5, (1100,), level)), (7.0, phases.tone(RATE, 2.8, (2100,), level))]
    out = sequence(rng, frame, 0.1, 1.5)
    out[: 10 * RATE] = 0
    return out + c.place(TOTAL_S, RATE, start)


def modem(rng, split):
    """1200 bit/s in four phases on 1200 and 2400 Hz (ITU-T V.22), and scrambled noise in the whole band as later modems send."""
    t = np.arange(N) / RATE
    phase = lambda: np.repeat(np.cumsum(rng.integers(0, 4, N // (RATE // 600) + 1)) * np.pi / 2, RATE // 600)[:N]
    low, high = np.sin(2 * np.pi * 1200 * t + phase()), np.sin(2 * np.pi * 2400 * t + phase())
    wide = c.telephone_band(rng.standard_normal(N), RATE)
    parts = [low, low + high, wide][rng.integers(3)]
    return c.at_rms(c.telephone_band(parts, RATE), rng.uniform(-28, -14))


@functools.lru_cache(maxsize=8)
def _music_file(path):
    return c.load(path, RATE)[: 240 * RATE]


def _piece(rng, files):
    samples = _music_file(str(files[rng.integers(len(files))]))
    out = c._loop(rng, samples, N)
    if rng.random() < 0.5:
        out = c.telephone_band(out, RATE)
    return c.at_rms(out, rng.uniform(-36, -18))


def moh(rng, split):
    return _piece(rng, c._files(c.MUSIC, "*.wav", split))


def _game(folder, pattern):
    def music(rng, split):
        return _piece(rng, c._files(GAMES / folder, pattern, split))

    return music


def synthetic_music(rng, split):
    """Chords of a synthesizer on a beat, a melody over them, a drum; another scale for each split."""
    scale = np.array([0, 2, 4, 5, 7, 9, 11] if split == "tune" else [0, 2, 3, 5, 7, 8, 10])
    beat = int(RATE * 60 / rng.uniform(70, 130))
    key_hz, harmonics = 110 * 2 ** (rng.integers(12) / 12), rng.integers(2, 8)
    note = lambda step, octave: key_hz * 2 ** (octave + scale[step % 7] / 12 + step // 7)

    def sound(hz, n, decay_s):
        t = np.arange(n) / RATE
        wave = sum(np.sin(2 * np.pi * hz * k * t) / k for k in range(1, harmonics) if hz * k < 3800)
        return wave * np.exp(-t / decay_s) * np.minimum(1, t / 0.01)

    out = np.zeros(N + 8 * beat)
    for i, at in enumerate(range(0, N, beat)):
        if i % 4 == 0:
            root = rng.integers(7)
            for step in (root, root + 2, root + 4):
                out[at : at + 4 * beat] += sound(note(step, 0), 4 * beat, 1.5)
        out[at : at + beat] += 0.8 * sound(note(rng.integers(7), 1), beat, 0.4)
        drum = rng.standard_normal(beat) * np.exp(-np.arange(beat) / (0.03 * RATE))
        out[at : at + beat] += 0.5 * drum * (i % 2)
    return c.at_rms(out[:N], rng.uniform(-34, -18))


def _noise(kind, low_dbfs=-50.0, high_dbfs=-22.0):
    def make(rng, split):
        return c.at_rms(c.noise(rng, kind, RATE, N, split)[0], rng.uniform(low_dbfs, high_dbfs))

    return make


def crowd(rng, split):
    """Eight to twelve talkers at once, as near as a party."""
    return c.at_rms(c.babble(rng, RATE, N, split, int(rng.integers(8, 13))), rng.uniform(-40, -22))


def far_crowd(rng, split):
    """The same far behind a line on which nobody speaks."""
    voices = c.telephone_band(c.babble(rng, RATE, N, split, int(rng.integers(8, 13))), RATE)
    return c.at_rms(voices, rng.uniform(-62, -45))


def office(rng, split):
    """Keys, a fan and a crowd behind."""
    parts = [(c.keyboard(rng, RATE, N, split), 0), (c.noise(rng, "fan", RATE, N, split)[0], -6), (c.babble(rng, RATE, N, split, 10), -6)]
    return c.at_rms(sum(c.at_rms(part, db) for part, db in parts), rng.uniform(-46, -26))


def coughs(rng, split):
    """A burst through the resonances of an open throat, twice or three times."""

    def cough():
        n = int(rng.uniform(0.15, 0.4) * RATE)
        breath = rng.standard_normal(n) * np.exp(-np.arange(n) / (rng.uniform(0.04, 0.12) * RATE))
        resonances = [(rng.uniform(500, 900), 90), (rng.uniform(1100, 1700), 140), (rng.uniform(2300, 3000), 220)]
        shaped = sum(c.ss.lfilter(*c.ss.iirpeak(hz, hz / width, RATE), breath) for hz, width in resonances)
        once = np.concatenate([shaped / np.max(np.abs(shaped)), np.zeros(int(rng.uniform(0.05, 0.3) * RATE))])
        return once * rng.uniform(0.3, 1.0)

    return c.at_rms(sequence(rng, lambda: np.concatenate([cough() for _ in range(rng.integers(1, 4))]), 1.0, 8.0), rng.uniform(-40, -24))


def dogs(rng, split):
    """Barks: a voice-like pitch that jumps up and falls within a fifth of a second, with much breath."""
    pitch_hz = rng.uniform(250, 700)

    def bark():
        n = int(rng.uniform(0.1, 0.25) * RATE)
        t = np.arange(n) / n
        phase = 2 * np.pi * np.cumsum(pitch_hz * (1 + 0.5 * np.sin(np.pi * t)) * rng.uniform(0.9, 1.1)) / RATE
        voice = sum(np.sin(k * phase) / k for k in range(1, 5)) + 0.7 * rng.standard_normal(n)
        return voice * np.sin(np.pi * t) ** 0.7 * rng.uniform(0.4, 1.0)

    return c.at_rms(sequence(rng, bark, 0.15, 2.5), rng.uniform(-40, -24))


def animals(rng, split):
    """Of a game: growls and rain in `tune`, blows, ice and fire in `test`."""
    folder = GAMES / "ardentryst" / "Sounds"
    files = c._files(folder, "MonsterSounds/*.ogg", split) + c._files(folder, "[A-Z]*_Loop.ogg", split)
    files = files if split == "tune" else c._files(folder, "[B-OSTW]*.ogg", split) + c._files(folder, "f*.ogg", split)
    sounds = [c.load(f, RATE) for f in files]
    return c.at_rms(sequence(rng, lambda: sounds[rng.integers(len(sounds))][: 6 * RATE], 0.2, 3.0), rng.uniform(-40, -24))


def clicks(rng, split):
    return c.at_rms(c.events(rng, RATE, N, split, per_minute=40), rng.uniform(-40, -24))


# kind, how many minutes of the hour, maker.
HOUR = (
    ("silence", 1, digital_silence),
    ("silence", 2, comfort_noise),
    ("hum", 2, line_hum),
    ("ringback", 4, ringback),
    ("busy", 2, busy),
    ("special_tone", 1, special),
    ("dial_tone", 1, dial),
    ("keys", 3, keys),
    ("fax_modem", 2, fax),
    ("fax_modem", 2, modem),
    ("hold_music", 6, moh),
    ("hold_music", 2, _game("lincity-ng/music/default", "*.ogg")),
    ("game_music", 6, _game("supertux2/music", "*/*.ogg")),
    ("game_music", 2, _game("ardentryst/Music", "*.ogg")),
    ("game_music", 1, _game("frozen-bubble/snd", "*zik*.ogg")),
    ("game_music", 2, _game("singularity/music", "*.ogg")),
    ("synthetic_music", 2, synthetic_music),
    ("steady_noise", 1, _noise("white")),
    ("steady_noise", 1, _noise("pink")),
    ("steady_noise", 1, _noise("fan")),
    ("street", 3, _noise("street")),
    ("office", 2, office),
    ("keyboard", 2, _noise("keyboard", -50, -30)),
    ("babble", 3, crowd),
    ("far_babble", 2, far_crowd),
    ("clicks", 1, clicks),
    ("coughs", 1, coughs),
    ("animals", 1, dogs),
    ("animals", 1, animals),
)


def main(folder, splits=("tune", "test")):
    for split in splits:
        corpus = c.Corpus(folder, split)
        minutes = [(kind, make, k) for kind, n, make in HOUR for k in range(n)]
        for i, (kind, make, k) in enumerate(minutes):
            rng = c.generator("nothing", split, kind, make.__qualname__, i)
            planes, kinds = [make(rng, split)], [kind]
            if i % 4 == 3:
                beside, other, _ = minutes[rng.integers(len(minutes))]
                planes.append(other(rng, split))
                kinds.append(beside)
            # Every fourth file without the noise of a line: digital silence between the sounds.
            if i % 4:
                planes = [plane + c.line_floor(rng, N) for plane in planes]
            codec = CODECS[rng.integers(len(CODECS))] if kind != "silence" or i % 2 else None
            planes = [c.coded(np.clip(plane, -1, 1), RATE, codec) for plane in planes]
            corpus.add(f"{i:03}-{kind}", RATE, planes, kinds=kinds, codec=codec or "none", duration_s=TOTAL_S)
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], (sys.argv[2],) if len(sys.argv) > 2 else ("tune", "test"))
