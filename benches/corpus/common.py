"""Mixtures of speech and damage with known truth: what every set of the accuracy corpus is made of.

Speakers, texts and noises are split in two: `tune`, on which constants may be chosen, and `test`, which is scored
once. Nothing made here is part of the project; the scripts are, so that anybody can make the recordings again.

Sources (Debian): asterisk-core-sounds-{en,fr,es,ru}-{wav,g722}, asterisk-core-sounds-it-wav,
asterisk-prompt-it-menardi-wav, asterisk-moh-opsound-wav, lincity-ng-data, bucklespring-data, ktuberling-data,
klettres-data, espeak-ng, flite, festival with festvox-ru and festvox-kallpc16k; ffmpeg and sox with all formats.
Python: numpy, scipy, soundfile.

Levels: dB relative to full scale 1.0 of RMS (dBFS = dBov, ITU-T G.100.1); active level by ITU-T P.56 method B.
"""

import functools
import hashlib
import json
import pathlib
import subprocess
import tempfile
import tomllib

import numpy as np
import scipy.signal as ss
import soundfile as sf

SOUNDS = pathlib.Path("/usr/share/asterisk/sounds")
MUSIC = pathlib.Path("/usr/share/asterisk/moh")
CITY = pathlib.Path("/usr/share/games/lincity-ng/sounds")
KEYS = pathlib.Path("/usr/share/buckle/wav")
PACKS = pathlib.Path(__file__).parents[2] / "src" / "phrases" / "packs"
LINE_FLOOR_DBFS = -72.0

# name: (language, split, kind of source, argument). Real voices first, then synthetic ones.
SPEAKERS = {
    "allison": ("en", "tune", "prompts", "en_US_f_Allison"),
    "june": ("fr", "tune", "prompts", "fr_CA_f_June"),
    "carlo": ("it", "tune", "prompts", "it_IT_m_Carlo"),
    "elena": ("es", "test", "prompts", "es_MX_f_Allison"),
    "ivr_ru": ("ru", "test", "prompts", "ru_RU_f_IvrvoiceRU"),
    "menardi": ("it", "test", "prompts", "it_IT_f_Menardi"),
    "words_ru": ("ru", "tune", "words", "/usr/share/ktuberling/sounds/ru"),
    "words_el": ("el", "test", "words", "/usr/share/ktuberling/sounds/el"),
    "words_hu": ("hu", "tune", "words", "/usr/share/klettres/hu"),
    "rms": ("en", "tune", "flite", "rms"),
    "slt": ("en", "test", "flite", "slt"),
    "awb": ("en", "test", "flite", "awb"),
    "festival_ru": ("ru", "tune", "festival", "voice_msu_ru_nsh_clunits"),
    "pl_m": ("pl", "tune", "espeak", "pl+m3"),
    "pl_f": ("pl", "test", "espeak", "pl+f2"),
    "el_f": ("el", "tune", "espeak", "el+f4"),
    "el_m": ("el", "test", "espeak", "el+m2"),
    "hu_f": ("hu", "tune", "espeak", "hu+f3"),
    "hu_m": ("hu", "test", "espeak", "hu+m7"),
}


# ---------------------------------------------------------------- files and tools


def run(*command, data=None):
    """Runs a program, gives its standard output as bytes."""
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def resample(samples, from_hz, to_hz):
    """Polyphase, with scipy's default Kaiser filter."""
    if from_hz == to_hz:
        return samples
    common = np.gcd(from_hz, to_hz)
    return ss.resample_poly(samples, to_hz // common, from_hz // common)


def load(path, rate):
    """A sound file as mono float64 at `rate`."""
    path = pathlib.Path(path)
    if path.suffix == ".g722":
        samples = np.frombuffer(run("ffmpeg", "-f", "g722", "-i", path, "-f", "s16le", "-"), "<i2") / 32768.0
        return resample(samples, 16000, rate)
    samples, own_hz = sf.read(path, always_2d=True)
    return resample(samples.mean(axis=1), own_hz, rate)


def trimmed(samples, rate):
    """Without DC and without what is more than 40 dB below the loudest 20 ms at both ends."""
    samples = samples - samples.mean()
    n = rate // 50
    if len(samples) < 2 * n:
        return samples
    power = np.convolve(samples**2, np.ones(n) / n, "same")
    loud = np.flatnonzero(power > power.max() * 1e-4)
    return samples[max(0, loud[0] - n) : loud[-1] + n]


def _texts(language, split):
    """Lines of the phrase packs as text to speak: even lines tune, odd ones test."""
    pack = tomllib.loads((PACKS / f"{language}.toml").read_text())
    lines = sorted({line for rule in pack["rule"] for key in ("must_fire", "must_not_fire") for line in rule.get(key, [])})
    return [line for line in lines if len(line.split()) >= 4][0 if split == "tune" else 1 :: 2]


def _spoken(kind, voice, text, rate):
    folder = pathlib.Path(tempfile.gettempdir(), "callvet-corpus-voices")
    folder.mkdir(exist_ok=True)
    out = str(folder / (hashlib.sha256(f"{kind}/{voice}/{text}".encode()).hexdigest()[:16] + ".wav"))
    if not pathlib.Path(out).exists():
        if kind == "espeak":
            run("espeak-ng", "-v", voice, "-s", "150", "-w", out, text)
        elif kind == "flite":
            run("flite", "-voice", voice, "-t", text, "-o", out)
        else:
            run("text2wave", "-eval", f"({voice})", "-o", out, data=text.encode())
    return trimmed(load(out, rate), rate)


@functools.lru_cache(maxsize=None)
def clips(speaker, rate, n_most=60):
    """Utterances of a speaker: list of arrays, ends trimmed. Wideband prompts where the rate asks for them."""
    language, split, kind, argument = SPEAKERS[speaker]
    if kind == "prompts":
        wide = rate > 8000 and list((SOUNDS / argument).glob("*.g722"))
        files = sorted((SOUNDS / argument).glob("*.g722" if wide else "*.wav"))
        named = [f for f in files if f.stem not in ("beep", "beeperr", "ascending-2tone", "descending-2tone", "confbridge-join", "confbridge-leave")]
        if not wide and rate > 8000:
            return None
        sized = [f for f in named if f.stat().st_size > (20_000 if wide else 24_000)]
        return [c for c in (trimmed(load(f, rate), rate) for f in sized[:n_most]) if 1.0 < len(c) / rate < 12.0]
    if kind == "words":
        files = sorted(pathlib.Path(argument).rglob("*.ogg")) + sorted(pathlib.Path(argument).rglob("*.wav"))
        return [trimmed(load(f, rate), rate) for f in files[:n_most]]
    return [c for c in (_spoken(kind, argument, t, rate) for t in _texts(language, split)[: n_most // 2]) if len(c) > rate // 2]


def speakers(split, rate=8000, real=None):
    """Names of the speakers of a split who can be had at a rate; `real` True or False chooses recorded or synthetic ones."""
    return [
        name
        for name, (_, s, kind, _) in SPEAKERS.items()
        if s == split
        and (real is None or real == (kind in ("prompts", "words")))
        and (kind != "prompts" or rate <= 8000 or any((SOUNDS / SPEAKERS[name][3]).glob("*.g722")))
    ]


# ---------------------------------------------------------------- levels


def db(ratio):
    return 20 * np.log10(np.maximum(ratio, 1e-12))


def rms_db(samples):
    return float(db(np.sqrt(np.mean(np.square(samples)) + 1e-24)))


def active_level(samples, rate):
    """(dBov, activity 0..1) by ITU-T P.56 method B: two 30 ms smoothers, 200 ms hangover, 15.9 dB margin."""
    g = np.exp(-1.0 / (rate * 0.03))
    envelope = ss.lfilter([1 - g], [1, -g], ss.lfilter([1 - g], [1, -g], np.abs(samples)))
    hang = round(0.2 * rate)
    energy = float(np.sum(np.square(samples)))
    levels, margins = [], []
    for j in range(15):
        c = 2.0 ** (-15 + j)
        over = envelope >= c
        # Active while the envelope was over the threshold at some time in the last 200 ms.
        last = np.maximum.accumulate(np.where(over, np.arange(len(over)), -(10**12)))
        count = int(np.sum(np.arange(len(over)) - last <= hang))
        if count == 0:
            break
        levels.append(10 * np.log10(energy / count + 1e-30))
        margins.append(levels[-1] - db(c))
    for j in range(1, len(levels)):
        if margins[j] <= 15.9 <= margins[j - 1]:
            part = (margins[j - 1] - 15.9) / max(margins[j - 1] - margins[j], 1e-9)
            level = levels[j - 1] + part * (levels[j] - levels[j - 1])
            return float(level), float(energy / len(samples) / 10 ** (level / 10))
    return (float(levels[0]), 1.0) if levels else (-100.0, 0.0)


def at_level(samples, rate, dbov):
    """Speech scaled to an active level."""
    return samples * 10 ** ((dbov - active_level(samples, rate)[0]) / 20)


def at_rms(samples, dbfs):
    """Sound scaled to an RMS."""
    return samples * 10 ** ((dbfs - rms_db(samples)) / 20)


def telephone_band(samples, rate, low_hz=300.0, high_hz=3400.0):
    """The band of a telephone: Butterworth of 6th order both ways round."""
    return ss.sosfiltfilt(ss.butter(6, [low_hz, min(high_hz, rate * 0.49)], "bandpass", fs=rate, output="sos"), samples)


def speech_intervals(clean, rate, level_dbov=None):
    """Truth of who speaks when: 10 ms frames above the active level - 22 dB, gaps under 0.30 s closed, bursts under 0.08 s dropped."""
    level = active_level(clean, rate)[0] if level_dbov is None else level_dbov
    n = rate // 100
    frames = clean[: len(clean) // n * n].reshape(-1, n)
    on = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12) > level - 22
    spans = []
    for i in np.flatnonzero(on):
        if spans and i * 0.01 - spans[-1][1] < 0.30:
            spans[-1][1] = (i + 1) * 0.01
        else:
            spans.append([i * 0.01, (i + 1) * 0.01])
    return [[round(a, 3), round(b, 3)] for a, b in spans if b - a >= 0.08]


# ---------------------------------------------------------------- who speaks when


def place(total_s, rate, pieces):
    """Pieces [(start_s, samples)] added into silence."""
    out = np.zeros(round(total_s * rate))
    for start_s, samples in pieces:
        at = round(start_s * rate)
        n = min(len(samples), len(out) - at)
        if n > 0:
            out[at : at + n] += samples[:n]
    return out


def turns(rng, speaker, rate, slots):
    """Fills time slots [(start_s, end_s)] with whole utterances, short breaths between them; returns pieces for `place`."""
    own = clips(speaker, rate)
    pieces = []
    for start_s, end_s in slots:
        at_s = start_s
        for _ in range(50):
            fits = [c for c in own if at_s + len(c) / rate <= end_s]
            if not fits:
                break
            clip = fits[rng.integers(len(fits))]
            pieces.append((at_s, clip))
            at_s += len(clip) / rate + rng.uniform(0.15, 0.6)
    return pieces


def monologue(rng, speaker, rate, total_s, active_level_dbov=-26.0):
    """One speaker with pauses of 0.4 to 3 s, about half of the time; returns samples at that active level."""
    slots, at_s = [], rng.uniform(0.4, 1.5)
    while at_s < total_s - 1.5:
        end_s = min(at_s + rng.uniform(3.0, 8.0), total_s - 0.3)
        slots.append((at_s, end_s))
        at_s = end_s + rng.uniform(0.4, 3.0)
    return at_level(place(total_s, rate, turns(rng, speaker, rate, slots)), rate, active_level_dbov)


def dialogue(rng, agent, customer, rate, total_s, overlap=0.0, levels_dbov=(-26.0, -26.0)):
    """Two speakers in turn, gaps of 0.2 to 1.2 s; with probability `overlap` a turn begins 0.3 to 1.5 s too early. Returns (agent, customer)."""
    slots = ([], [])
    at_s, who = rng.uniform(0.3, 1.0), 0
    while at_s < total_s - 2.0:
        end_s = min(at_s + rng.uniform(2.5, 7.0), total_s - 0.3)
        slots[who].append((at_s, end_s))
        at_s = end_s + (-rng.uniform(0.3, 1.5) if rng.random() < overlap else rng.uniform(0.2, 1.2))
        who = 1 - who
    return tuple(
        at_level(place(total_s, rate, turns(rng, name, rate, own)), rate, level)
        for name, own, level in zip((agent, customer), slots, levels_dbov)
    )


# ---------------------------------------------------------------- noises


def _shaped(rng, n, rate, curve_db):
    """Noise whose spectrum follows curve_db(frequency in Hz)."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    f = np.fft.rfftfreq(n, 1 / rate)
    return np.fft.irfft(spectrum * 10 ** (curve_db(np.maximum(f, 20.0)) / 20), n)


def _loop(rng, samples, n):
    """n samples from somewhere in a recording, joined end to end with cross-fades if it is too short."""
    fade = min(2000, len(samples) // 4)
    ramp = np.linspace(0, 1, fade)
    out = np.zeros(n + len(samples))
    at = 0
    while at < n:
        piece = samples.copy()
        if at:
            piece[:fade] *= ramp
        piece[-fade:] *= ramp[::-1]
        out[at : at + len(piece)] += piece
        at += len(piece) - fade
    start = rng.integers(0, max(1, len(samples) - fade))
    return np.roll(out[:n], -start)


def _files(folder, pattern, split):
    files = sorted(folder.glob(pattern))
    return files[0::2] if split == "tune" else files[1::2]


def babble(rng, rate, n, split, n_talkers=8, reverberant=True):
    """Several speakers of the split at once, without pauses, in a room."""
    names = speakers(split, rate)
    total = np.zeros(n)
    for i in range(n_talkers):
        own = clips(names[(i + rng.integers(len(names))) % len(names)], rate)
        order = rng.permutation(len(own))
        voice = np.concatenate([own[k] / (np.std(own[k]) + 1e-9) for k in np.tile(order, 30)[: 40 + n // rate]])
        total += _loop(rng, voice, n)
    return ss.fftconvolve(total, room(rng, rate, rt60_s=rng.uniform(0.3, 0.7), direct_db=-3.0))[:n] if reverberant else total


def keyboard(rng, rate, n, split, per_second=5.0):
    """Keys struck at random: recorded single keys."""
    keys = [load(f, rate) for f in _files(KEYS, "*.wav", split)[:40]]
    out, at = np.zeros(n), 0
    while at < n:
        key = keys[rng.integers(len(keys))] * rng.uniform(0.4, 1.0)
        m = min(len(key), n - at)
        out[at : at + m] += key[:m]
        at += max(1, int(rng.exponential(rate / per_second)))
        if rng.random() < 0.05:
            at += int(rng.uniform(0.5, 3.0) * rate)
    return out


def door(rng, rate):
    """A bang: a decaying low noise with a click at its start."""
    n = int(rng.uniform(0.15, 0.5) * rate)
    t = np.arange(n) / rate
    bang = _shaped(rng, n, rate, lambda f: -8 * np.log2(f / 100)) * np.exp(-t / rng.uniform(0.03, 0.1))
    bang[: rate // 500] += rng.standard_normal(rate // 500) * np.std(bang[: rate // 50]) * 3
    return bang / np.max(np.abs(bang))


def events(rng, rate, n, split, per_minute=20.0):
    """Loud isolated events: bangs, and things of a city yard."""
    recorded = [load(f, rate) for f in _files(CITY, "[BWT]*.wav", split)]
    out, at = np.zeros(n), int(rng.uniform(0.2, 1.0) * rate)
    while at < n:
        one = door(rng, rate) if rng.random() < 0.6 or not recorded else recorded[rng.integers(len(recorded))][: int(0.8 * rate)].copy()
        one = one / (np.max(np.abs(one)) + 1e-9) * rng.uniform(0.3, 1.0)
        one[-min(len(one), 100) :] *= np.linspace(1, 0, min(len(one), 100))
        m = min(len(one), n - at)
        out[at : at + m] += one[:m]
        at += int((0.6 + rng.exponential(60.0 / per_minute)) * rate)
    return out


def hum(rng, rate, n, mains_hz, n_harmonics=12):
    """Mains hum with falling harmonics in random phases."""
    t = np.arange(n) / rate
    out = np.zeros(n)
    for k in range(1, n_harmonics + 1):
        if k * mains_hz < rate * 0.45:
            out += 10 ** (-rng.uniform(0.5, 1.5) * (k - 1) * 3 / 20) * np.sin(2 * np.pi * k * mains_hz * t + rng.uniform(0, 2 * np.pi))
    return out


def noise(rng, kind, rate, n, split):
    """A noise of one kind, n samples, RMS 1. The second value is the class that a report should call it."""
    if kind in ("white", "pink", "speech_shaped", "fan"):
        curve = {
            "white": lambda f: 0 * f,
            "pink": lambda f: -3 * np.log2(f / 100),
            "speech_shaped": lambda f: -6 * np.maximum(0, np.log2(f / 500)) - 6 * np.maximum(0, np.log2(150 / f)),
            "fan": lambda f: -5 * np.log2(f / 100) + 8 * np.exp(-(((f - 180) / 25) ** 2)),
        }[kind]
        out, label = _shaped(rng, n, rate, curve), "stationary"
    elif kind in ("hum50", "hum60"):
        out, label = hum(rng, rate, n, int(kind[3:])), "hum"
    elif kind == "babble":
        out, label = babble(rng, rate, n, split), "babble"
    elif kind == "office":
        voices = babble(rng, rate, n, split, n_talkers=4)
        out = voices / np.std(voices) + 1.5 * keyboard(rng, rate, n, split) / (np.std(keyboard(rng, rate, n, split)) + 1e-9)
        out, label = out + 0.5 * _shaped(rng, n, rate, lambda f: -5 * np.log2(f / 100)) / 3, "babble"
    elif kind == "street":
        files = _files(CITY, "Trafic*.wav", split) + _files(CITY, "R*Train*.wav", split)
        out = sum(_loop(rng, load(f, rate), n) for f in files) + 0
        low = _shaped(rng, n, rate, lambda f: -6 * np.log2(f / 80))
        swing = np.interp(np.arange(n), np.linspace(0, n, max(4, n // rate // 3)), rng.uniform(0.3, 1.5, max(4, n // rate // 3)))
        out, label = out / np.std(out) + swing * low / np.std(low), "intermittent"
    elif kind == "cafe":
        crowd = _loop(rng, load(_files(CITY, "SportsCroud*.wav", "tune" if split == "tune" else "test")[0], rate), n)
        dishes = events(rng, rate, n, split, per_minute=40)
        out = babble(rng, rate, n, split, n_talkers=12)
        out, label = out / np.std(out) + 0.4 * crowd / np.std(crowd) + 0.5 * dishes / np.std(dishes), "babble"
    elif kind == "keyboard":
        out, label = keyboard(rng, rate, n, split), "intermittent"
    elif kind == "events":
        out, label = events(rng, rate, n, split), "intermittent"
    elif kind == "music":
        out, label = _loop(rng, load(_files(MUSIC, "*.wav", split)[rng.integers(len(_files(MUSIC, "*.wav", split)))], rate), n), "music"
    else:
        raise ValueError(f"no noise is called {kind}")
    return out / (np.sqrt(np.mean(out**2)) + 1e-12), label


def line_floor(rng, n):
    """The noise of a line: white at -72 dBFS."""
    return rng.standard_normal(n) * 10 ** (LINE_FLOOR_DBFS / 20)


def room(rng, rate, rt60_s=0.5, direct_db=0.0):
    """A room's response: the direct sound and exponentially decaying noise; direct_db is direct against reverberant energy."""
    n = int(rt60_s * rate)
    tail = rng.standard_normal(n) * 10 ** (-3 * np.arange(n) / n)
    tail[: int(0.002 * rate)] = 0
    tail *= 10 ** (-direct_db / 20) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return tail / np.sqrt(np.sum(tail**2))


# ---------------------------------------------------------------- codecs

CODECS = {
    "ulaw": ("wav", ["-c:a", "pcm_mulaw"]),
    "alaw": ("wav", ["-c:a", "pcm_alaw"]),
    "gsm": ("gsm", ["-c:a", "libgsm"]),
    "mp3_16k": ("mp3", ["-c:a", "libmp3lame", "-b:a", "16k"]),
    "mp3_32k": ("mp3", ["-c:a", "libmp3lame", "-b:a", "32k"]),
    "opus_8k": ("ogg", ["-c:a", "libopus", "-b:a", "8k", "-application", "voip"]),
    "amr": ("amr", None),
}


def coded(samples, rate, name):
    """Mono samples through a codec and back, delay taken out, same length. AMR and GSM are 8 kHz codecs."""
    if name in (None, "none"):
        return samples
    suffix, options = CODECS[name]
    with tempfile.TemporaryDirectory() as folder:
        raw, out, back = f"{folder}/in.wav", f"{folder}/out.{suffix}", f"{folder}/back.wav"
        sf.write(raw, np.clip(samples, -1, 1), rate, subtype="PCM_16")
        if name == "amr":
            run("sox", raw, "-r", "8000", "-t", "amr-nb", "-C", "7", out)
            run("sox", "-t", "amr-nb", out, "-r", str(rate), back)
        else:
            run("ffmpeg", "-y", "-i", raw, *options, out)
            run("ffmpeg", "-y", "-i", out, "-ar", str(rate), "-c:a", "pcm_s16le", back)
        heard = load(back, rate)
    n = min(len(samples), len(heard), 30 * rate)
    reach = int(0.15 * rate)
    correlation = ss.correlate(heard[:n], samples[:n], "full", "fft")
    lag = int(np.argmax(correlation[n - 1 - reach : n + reach])) - reach
    heard = heard[lag:] if lag > 0 else np.concatenate([np.zeros(-lag), heard])
    return np.pad(heard, (0, max(0, len(samples) - len(heard))))[: len(samples)]


# ---------------------------------------------------------------- output


class Corpus:
    """Writes recordings and one line of truth each into folder/<split>/."""

    def __init__(self, folder, split):
        self.folder = pathlib.Path(folder) / split
        self.folder.mkdir(parents=True, exist_ok=True)
        self.split = split
        self.lines = []

    def add(self, name, rate, channels, **truth):
        """channels: list of arrays; written as 16-bit WAV. `truth` goes into the manifest as it is."""
        planes = np.stack([np.asarray(c, float) for c in channels], axis=1)
        sf.write(self.folder / f"{name}.wav", np.clip(planes, -1.0, 32767 / 32768), rate, subtype="PCM_16")
        self.lines.append({"file": f"{name}.wav", "split": self.split, "rate": rate, **truth})

    def close(self):
        with open(self.folder / "manifest.jsonl", "w", encoding="utf-8") as out:
            out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)


def generator(*words):
    """A random generator that depends on nothing but these words."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256("/".join(map(str, words)).encode()).digest()[:8], "little"))


# ---------------------------------------------------------------- scoring


def reports(folder):
    """{source: report} of an output folder of `callvet analyze`; the last path component of the source is the key."""
    out = {}
    for file in pathlib.Path(folder, "calls").glob("*.json"):
        report = json.loads(file.read_text())
        out[report["recording"]["source"].rsplit("/", 1)[-1]] = report
    return out


def truths(folder):
    """Lines of a manifest."""
    return [json.loads(line) for line in open(pathlib.Path(folder) / "manifest.jsonl", encoding="utf-8")]


def wilson(k, n, z=1.96):
    """95 % interval of a share."""
    if n == 0:
        return (0.0, 1.0)
    p, d = k / n, 1 + z * z / n
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
    mid = (p + z * z / (2 * n)) / d
    return (max(0.0, mid - half), min(1.0, mid + half))


def bootstrap(values, statistic=np.mean, n_draws=2000, seed=1):
    """95 % interval of a statistic over recordings."""
    values = np.asarray(values, float)
    if len(values) < 2:
        return (float("nan"), float("nan"))
    rng = np.random.default_rng(seed)
    draws = [statistic(values[rng.integers(len(values), size=len(values))]) for _ in range(n_draws)]
    return tuple(float(v) for v in np.percentile(draws, [2.5, 97.5]))


def frames(spans, total_s, frame_s=0.01):
    """Spans [[start_s, end_s]] as one flag a frame."""
    flags = np.zeros(int(round(total_s / frame_s)), bool)
    for a, b in spans:
        flags[int(round(a / frame_s)) : int(round(b / frame_s))] = True
    return flags


def f1(truth, found):
    """(precision, recall, F1) of two arrays of flags."""
    both, t, f = int(np.sum(truth & found)), int(np.sum(truth)), int(np.sum(found))
    precision, recall = both / f if f else 1.0, both / t if t else 1.0
    return precision, recall, 2 * both / (t + f) if t + f else 1.0
