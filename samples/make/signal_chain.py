"""Room, telephone band, noises, level meters and codecs of the sample calls. Every random draw has a seed."""

import os
import subprocess
import tempfile
import wave

import numpy as np
from scipy.signal import fftconvolve, firwin, lfilter

from voices import RATE_HZ, read_wav, say


def rms(x):
    return float(np.sqrt(np.mean(np.square(x))))


def db(ratio):
    return 20.0 * np.log10(ratio)


def gain(db_):
    return 10.0 ** (db_ / 20.0)


# 513 taps at 8 kHz: edges about 50 Hz wide. Linear phase, and its delay is taken out again, so times do not move.
BAND = firwin(513, [300.0, 3400.0], pass_zero=False, fs=RATE_HZ)


def telephone_band(x):
    return fftconvolve(x, BAND, mode="same")


def room(x, rt60_s, rng):
    """Direct sound, then an exponentially decaying tail 10 dB below it in energy."""
    n = int(rt60_s * RATE_HZ)
    t = np.arange(n) / RATE_HZ
    tail = rng.standard_normal(n) * 10.0 ** (-3.0 * t / rt60_s)
    tail[: RATE_HZ // 500] = 0.0  # 2 ms until the first reflection
    tail *= gain(-10.0) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return fftconvolve(x, tail)[: len(x)]


def active_speech_level(x):
    """ITU-T P.56 method B: level of the active speech in dBov, and the activity ratio."""
    g = np.exp(-1.0 / (0.03 * RATE_HZ))  # 30 ms
    q = lfilter([1 - g], [1, -g], lfilter([1 - g], [1, -g], np.abs(x)))
    hang = int(round(0.2 * RATE_HZ))  # 200 ms
    total = float(np.sum(np.square(x)))
    margin = 15.9
    idx = np.arange(len(x))
    last = None
    for j in range(-15, 1):
        c = 2.0**j
        seen = np.maximum.accumulate(np.where(q >= c, idx, -10 * hang))
        active = int(np.count_nonzero(idx - seen <= hang))
        if active == 0:
            break
        a_db, c_db = 10 * np.log10(total / active), db(c)
        if a_db - c_db <= margin:
            if last is None:
                break
            pa, pc = last
            # The level where level minus threshold crosses the margin, on a straight line between two thresholds.
            f = ((pa - pc) - margin) / ((pa - pc) - (a_db - c_db))
            level = pa + f * (a_db - pa)
            return level, 10 ** (10 * np.log10(total / len(x)) / 10 - level / 10)
        last = (a_db, c_db)
    raise ValueError("no active speech")


def speech_intervals(x, level):
    """Spans of speech in a clean track: 10 ms frames above level - 22 dB, gaps under 0.30 s closed, bursts under 0.08 s
    dropped."""
    n = RATE_HZ // 100
    f = x[: len(x) // n * n].reshape(-1, n)
    on = 10 * np.log10(np.mean(f**2, axis=1) + 1e-12) > level - 22.0
    spans = []
    for i in np.flatnonzero(on):
        if spans and i - spans[-1][1] < 30:
            spans[-1][1] = i + 1
        else:
            spans.append([i, i + 1])
    return [(a / 100, b / 100) for a, b in spans if b - a >= 8]


BABBLE = [
    "В прошлом году мы ездили на озеро и три дня ловили рыбу с деревянного причала.",
    "Документы лежат в синей папке на верхней полке, рядом с календарём и часами.",
    "Утром было прохладно, а к обеду солнце разогнало туман над рекой.",
    "Бабушка сварила варенье из вишни и закрыла его в маленькие стеклянные банки.",
    "Поезд отправляется с пятого пути, стоянка на следующей станции десять минут.",
    "Он долго выбирал книгу, а потом всё равно взял словарь и ушёл читать в парк.",
]
BABBLE_VOICES = ["ru+m1", "ru+f2", "ru+m4", "ru+f4", "ru+m7", "ru+f5"]


def noise(kind, n, rng, hum_hz):
    """Background of `kind`, in the telephone band, at any level."""
    if kind == "hiss":
        return telephone_band(rng.standard_normal(n))
    if kind == "hum":
        t = np.arange(n) / RATE_HZ
        return telephone_band(sum(np.sin(2 * np.pi * hum_hz * k * t + rng.uniform(0, 6.3)) / k for k in range(1, 41)))
    if kind == "office":
        # Ventilation: noise falling by 3 dB an octave. Keys: 4 ms bursts, typed in runs, 10 dB under it in the long run.
        spec = np.fft.rfft(rng.standard_normal(n))
        spec[1:] /= np.sqrt(np.arange(1, len(spec)))
        air = telephone_band(np.fft.irfft(spec, n))
        keys = np.zeros(n)
        t = 1.0
        while t < n / RATE_HZ - 1.0:
            for _ in range(rng.integers(4, 15)):
                i = int(t * RATE_HZ)
                m = min(RATE_HZ // 100, n - i)
                if m <= 0:
                    break
                keys[i: i + m] += rng.standard_normal(m) * np.exp(-np.arange(m) / (0.004 * RATE_HZ)) * rng.uniform(0.5, 1)
                t += rng.uniform(0.10, 0.28)
            t += rng.uniform(1.5, 5.0)
        keys = telephone_band(keys)
        return air / rms(air) + keys / rms(keys) * gain(-10.0)
    if kind == "babble":
        out = np.zeros(n)
        for k, voice in enumerate(BABBLE_VOICES):
            lines = [say(voice, BABBLE[(k + i) % len(BABBLE)]) for i in range(3)]
            x = np.concatenate([np.concatenate([y, np.zeros(RATE_HZ // 4)]) for y in lines])
            x = np.roll(np.tile(x / rms(x), n // len(x) + 1)[:n], rng.integers(n))
            out += room(x, 0.5, rng)
        return telephone_band(out)
    raise ValueError(kind)


def ffmpeg(*args):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *args], check=True)


def write_wav(path, x):
    with wave.open(path, "wb") as f:
        f.setnchannels(x.shape[1])
        f.setsampwidth(2)
        f.setframerate(RATE_HZ)
        f.writeframes(np.clip(np.round(x * 32768.0), -32768, 32767).astype("<i2").tobytes())


LINE = {"alaw": ["-c:a", "pcm_alaw", "l.wav"], "mulaw": ["-c:a", "pcm_mulaw", "l.wav"], "gsm": ["-c:a", "libgsm", "l.gsm"]}


def through_line(x, codec):
    """There and back through the codec of the telephone line."""
    with tempfile.TemporaryDirectory() as d:
        a, b = os.path.join(d, "a.wav"), os.path.join(d, "b.wav")
        coded = os.path.join(d, LINE[codec][-1])
        write_wav(a, x)
        ffmpeg("-i", a, *LINE[codec][:-1], coded)
        ffmpeg("-i", coded, "-ar", str(RATE_HZ), "-c:a", "pcm_s16le", b)
        y, _ = read_wav(b)
    out = np.zeros_like(x)
    m = min(len(x), len(y))
    out[:m] = y[:m]
    return out


def encoder(name, bitrate):
    """Arguments of ffmpeg for the file that is kept."""
    return {
        None: [],
        "alaw": ["-c:a", "pcm_alaw"],
        "mulaw": ["-c:a", "pcm_mulaw"],
        # Joint stereo would carry one party's coding noise into the other's channel.
        "mp3": ["-c:a", "libmp3lame", "-b:a", bitrate, "-joint_stereo", "0"],
        "vorbis": ["-c:a", "libvorbis", "-q:a", "3"],
        "aac": ["-c:a", "aac", "-b:a", bitrate],
        "opus": ["-c:a", "libopus", "-b:a", bitrate, "-application", "audio"],
    }[name]


def encode(x, path, name, bitrate):
    with tempfile.TemporaryDirectory() as d:
        a = os.path.join(d, "a.wav")
        write_wav(a, x)
        extra = ["-compression_level", "8"] if path.endswith(".flac") else []
        ffmpeg("-i", a, "-map_metadata", "-1", *encoder(name, bitrate), *extra, "-fflags", "+bitexact", "-flags:a",
               "+bitexact", path)


def decode(path):
    with tempfile.TemporaryDirectory() as d:
        b = os.path.join(d, "b.wav")
        ffmpeg("-i", path, "-ar", str(RATE_HZ), "-c:a", "pcm_s16le", b)
        return read_wav(b)[0]
