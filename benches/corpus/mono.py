"""Telephone calls on one channel: two speakers in turn, calls with a single voice, and calls that begin with an
announcement. For telling the speakers of a mono recording apart.

    mono.py FOLDER [tune|test]

Besides the sources of `common` (Debian): asterisk-prompt-es-co, asterisk-prompt-fr-armelle, festvox-itapc16k,
festvox-italp16k, festvox-czech-ph, festvox-czech-machac, festvox-suopuhe-mv, festvox-kdlpc16k.

Truth of a line: `kind` two, one or ivr; `voices` their names and `sexes`; `speech` one list of spans a voice (the announcement
last); `snr_db`, `level_difference_db`, `codec`, `overlap_ratio` of the time in which anyone speaks.
"""

import functools
import hashlib
import pathlib
import sys
import tempfile

import numpy as np
import scipy.signal as ss

import common as c

# Sentences for diphone voices whose language has no phrase pack.
SENTENCES = {
    "it": [
        "Buongiorno, la chiamo per la sua nuova offerta.",
        "Il contratto dura due anni e costa venti euro al mese.",
        "Mi può dire quando arriva il tecnico?",
        "Non ho ancora ricevuto la fattura di marzo.",
        "Certo, controllo subito i suoi dati.",
        "La ringrazio, a domani.",
        "Vorrei cambiare il mio numero di telefono.",
        "Un momento per favore, cerco il suo nome.",
    ],
    "cs": [
        "Dobrý den, volám kvůli vaší objednávce.",
        "Smlouva trvá dva roky a stojí pět set korun.",
        "Kdy přijde technik, prosím vás?",
        "Ještě jsem nedostal účet za březen.",
        "Ano, hned se na to podívám.",
        "Děkuji vám a na shledanou.",
        "Chtěl bych změnit své telefonní číslo.",
        "Okamžik prosím, hledám vaše jméno.",
    ],
    "fi": [
        "Hyvää päivää, soitan teidän tilauksesta.",
        "Sopimus kestää kaksi vuotta ja maksaa kaksikymmentä euroa.",
        "Milloin asentaja tulee meille?",
        "En ole vielä saanut maaliskuun laskua.",
        "Kyllä, tarkistan sen heti.",
        "Kiitos paljon ja näkemiin.",
        "Haluaisin vaihtaa puhelinnumeroni.",
        "Hetkinen, etsin teidän nimenne.",
    ],
}

# name: (split, sex, kind, argument). `common` takes the voice from there; `files` are prompts, `words` single words that
# are joined to utterances, `festival` a synthetic voice with the sentences above.
VOICES = {
    "allison": ("tune", "f", "common", None),
    "june": ("tune", "f", "common", None),
    "carlo": ("tune", "m", "common", None),
    "words_de": ("tune", "m", "words", "/usr/share/ktuberling/sounds/de"),
    "words_wa": ("tune", "m", "words", "/usr/share/ktuberling/sounds/wa"),
    "words_uk": ("tune", "f", "words", "/usr/share/ktuberling/sounds/uk"),
    "words_ca": ("tune", "f", "words", "/usr/share/ktuberling/sounds/ca"),
    "letters_en": ("tune", "m", "words", "/usr/share/klettres/en"),
    "letters_cs": ("tune", "f", "words", "/usr/share/klettres/cs"),
    "rms": ("tune", "m", "common", None),
    "festival_ru": ("tune", "m", "common", None),
    "it_pc": ("tune", "m", "festival", ("voice_pc_diphone", "it")),
    "cs_ph": ("tune", "m", "festival", ("voice_czech_ph", "cs")),
    "elena": ("test", "f", "common", None),
    "ivr_ru": ("test", "f", "common", None),
    "menardi": ("test", "f", "common", None),
    "es_co": ("test", "f", "files", "/usr/share/asterisk/sounds/es"),
    "armelle": ("test", "f", "files", "/usr/share/asterisk/sounds/fr"),
    "words_lt": ("test", "m", "words", "/usr/share/ktuberling/sounds/lt"),
    "words_sl": ("test", "m", "words", "/usr/share/ktuberling/sounds/sl"),
    "words_el": ("test", "m", "words", "/usr/share/ktuberling/sounds/el"),
    "words_en": ("test", "f", "words", "/usr/share/ktuberling/sounds/en"),
    "letters_it": ("test", "f", "words", "/usr/share/klettres/it"),
    "letters_da": ("test", "m", "words", "/usr/share/klettres/da"),
    "slt": ("test", "f", "common", None),
    "awb": ("test", "m", "common", None),
    "cs_machac": ("test", "m", "festival", ("voice_czech_machac", "cs")),
    "fi_mv": ("test", "m", "festival", ("voice_hy_fi_mv_diphone", "fi")),
    "it_lp": ("test", "f", "festival", ("voice_lp_diphone", "it")),
}
# Recordings of announcements: the voice of a menu.
ANNOUNCERS = {"tune": ("allison", "june"), "test": ("elena", "ivr_ru", "es_co")}


def _festival(voice, language, text, rate):
    folder = pathlib.Path(tempfile.gettempdir(), "callvet-corpus-voices")
    folder.mkdir(exist_ok=True)
    out = folder / (hashlib.sha256(f"{voice}/{text}".encode()).hexdigest()[:16] + ".wav")
    if not out.exists():
        # The Czech voices read ISO 8859-2, the others 8859-15.
        c.run("text2wave", "-eval", f"({voice})", "-o", out, data=text.encode("iso8859-2" if language == "cs" else "iso8859-15"))
    return c.trimmed(c.load(out, rate), rate)


@functools.lru_cache(maxsize=None)
def clips(name, rate):
    """Utterances of a voice of 0.4 to 6 s."""
    _, _, kind, argument = VOICES[name]
    if kind == "common":
        own = c.clips(name, rate) or [c.resample(x, 8000, rate) for x in c.clips(name, 8000)]
    elif kind == "festival":
        own = [_festival(argument[0], argument[1], text, rate) for text in SENTENCES[argument[1]]]
    else:
        folder = pathlib.Path(argument).resolve()
        files = sorted(f for e in ("ogg", "wav", "gsm") for f in (folder.glob if kind == "files" else folder.rglob)(f"*.{e}"))
        own = [c.trimmed(c.load(f, rate), rate) for f in files[:: max(1, len(files) // 90)]]
        own = [x / (np.std(x) + 1e-9) * 0.05 for x in own if len(x) > 0.15 * rate and np.std(x) > 1e-5]
        if kind == "words":
            # One after the other as in a list that is read out.
            rng, joined = c.generator("mono words", name), []
            for _ in range(60):
                parts = []
                for k in rng.integers(len(own), size=rng.integers(2, 7)):
                    parts += [own[k], np.zeros(round(rng.uniform(0.02, 0.18) * rate))]
                joined.append(np.concatenate(parts[:-1]))
            own = joined
    own = [x for x in own if 0.4 < len(x) / rate < 6.0]
    return [x / (np.std(x) + 1e-9) * 0.05 for x in own]


def turn(rng, name, rate, seconds):
    """About `seconds` of one voice, short breaths between its utterances."""
    own, parts, length_s = clips(name, rate), [], 0.0
    while length_s < seconds:
        fits = [x for x in own if len(x) / rate <= max(1.2, seconds - length_s + 0.5)] or sorted(own, key=len)[:3]
        parts += [fits[rng.integers(len(fits))], np.zeros(round(rng.uniform(0.1, 0.5) * rate))]
        length_s += (len(parts[-2]) + len(parts[-1])) / rate
    return np.concatenate(parts[:-1])


def backchannel(rng, name, rate):
    """The first 0.3 to 0.8 s of an utterance."""
    own = clips(name, rate)
    x = own[rng.integers(len(own))][: round(rng.uniform(0.3, 0.8) * rate)].copy()
    n = min(len(x), rate // 50)
    x[-n:] *= np.linspace(1, 0, n)
    return x


def talk(rng, names, rate, from_s, until_s):
    """Two in turn; lists of pieces by voice."""
    pieces, at_s, who = ([], []), from_s, int(rng.integers(2))
    while at_s < until_s - 1.5:
        # Most turns are short, some are long.
        seconds = float(np.clip(rng.lognormal(np.log(3.2), 0.7), 1.0, 12.0))
        own = turn(rng, names[who], rate, min(seconds, until_s - at_s - 0.5))
        pieces[who].append((at_s, own))
        length_s = len(own) / rate
        if length_s > 3.0 and rng.random() < 0.25:
            pieces[1 - who].append((at_s + rng.uniform(1.0, length_s - 1.0), backchannel(rng, names[1 - who], rate) * 0.7))
        gap_s = -rng.uniform(0.2, 1.2) if rng.random() < 0.22 else float(np.clip(rng.lognormal(np.log(0.4), 0.7), 0.1, 1.5))
        at_s += max(0.5, length_s + gap_s)
        who = 1 - who
    return pieces


def line(rng, samples, rate):
    """A voice's own way to the recorder: handset, band, perhaps a room and a codec of the network."""
    if rng.random() < 0.4:
        samples = ss.fftconvolve(samples, c.room(rng, rate, rng.uniform(0.2, 0.6), rng.uniform(0.0, 12.0)))[: len(samples)]
    tilt = rng.uniform(-4, 4)
    spectrum, hz = np.fft.rfft(samples), np.fft.rfftfreq(len(samples), 1 / rate)
    samples = np.fft.irfft(spectrum * 10 ** (tilt * np.log2(np.maximum(hz, 100) / 1000) / 40), len(samples))
    if rate == 8000 or rng.random() < 0.3:
        samples = c.telephone_band(samples, rate, rng.uniform(150, 320), rng.uniform(3200, 3700))
    codec = rng.choice(["none", "none", "gsm", "amr", "opus_8k"])
    return c.coded(samples, rate, codec) if rate == 8000 else samples


def call(corpus, number, kind, split):
    rng = c.generator("mono", split, kind, number)
    rate = 8000 if rng.random() < 0.8 else 16000
    total_s = rng.uniform(45, 110)
    everyone = [n for n, v in VOICES.items() if v[0] == split]
    announcer = str(rng.choice(ANNOUNCERS[split]))
    # Of each sex in turn, so that equal and different ones are as many.
    first, other = rng.choice(["f", "m"]), number % 2
    first_names = [n for n in everyone if VOICES[n][1] == first and (kind != "ivr" or n != announcer)]
    a = str(rng.choice(first_names))
    sex = first if other else {"f": "m", "m": "f"}[str(first)]
    b = str(rng.choice([n for n in everyone if VOICES[n][1] == sex and n != a and (kind != "ivr" or n != announcer)]))
    names = [a] if kind == "one" else [a, b]
    from_s = rng.uniform(0.3, 1.0)
    planes = []
    if kind == "one":
        at_s, pieces = from_s, []
        while at_s < total_s - 2:
            own = turn(rng, a, rate, min(float(rng.uniform(1.5, 10)), total_s - at_s - 0.5))
            pieces.append((at_s, own))
            at_s += len(own) / rate + rng.uniform(0.4, 5.0)
        planes.append(c.place(total_s, rate, pieces))
    else:
        ivr = []
        if kind == "ivr":
            until_s = from_s + rng.uniform(7, 18)
            while from_s < until_s:
                own = c.at_level(turn(rng, announcer, rate, rng.uniform(3, 6)), rate, -26)
                ivr.append((from_s, own))
                from_s += len(own) / rate + rng.uniform(0.3, 0.8)
            from_s += rng.uniform(0.5, 2.0)
            total_s += from_s
        planes += [c.place(total_s, rate, p) for p in talk(rng, names, rate, from_s, total_s)]
        if ivr:
            planes.append(c.place(total_s, rate, ivr))
            names = names + [announcer]
    planes = [c.at_level(p, rate, -26.0) for p in planes]
    speech = [c.speech_intervals(p, rate) for p in planes]
    difference_db = float(np.clip(rng.normal(0, 5), -12, 12)) if kind != "one" else 0.0
    levels = [-26 + difference_db / 2, -26 - difference_db / 2, -26.0]
    mixed = sum(c.at_level(line(rng, p, rate), rate, level) for p, level in zip(planes, levels))
    snr_db = float(rng.uniform(10, 40))
    noise_kind = str(rng.choice(["white", "pink", "speech_shaped", "fan", "street", "office"]))
    mixed = mixed + c.noise(rng, noise_kind, rate, len(mixed), split)[0] * 10 ** ((-26.0 - snr_db) / 20) + c.line_floor(rng, len(mixed))
    codec = str(rng.choice(["ulaw", "alaw", "gsm", "amr", "mp3_16k", "opus_8k"] if rate == 8000 else ["none", "mp3_32k"]))
    mixed = c.coded(mixed, rate, codec)
    flags = [c.frames(s, total_s) for s in speech]
    both = float(np.mean(sum(f.astype(int) for f in flags) > 1) / max(1e-9, np.mean(sum(f.astype(int) for f in flags) > 0)))
    corpus.add(
        f"{kind}_{number:03d}", rate, [mixed], kind=kind, voices=names, sexes=[VOICES[n][1] for n in names], speech=speech,
        total_s=round(total_s, 3), snr_db=round(snr_db, 1), noise=noise_kind, level_difference_db=round(difference_db, 1),
        codec=codec, overlap_ratio=round(both, 4),
    )


COUNTS = {"tune": {"two": 80, "one": 40, "ivr": 20}, "test": {"two": 100, "one": 60, "ivr": 30}}


def main(folder, *splits):
    for split in splits or COUNTS:
        corpus = c.Corpus(folder, split)
        for kind, n in COUNTS[split].items():
            for number in range(n):
                call(corpus, number, kind, split)
        corpus.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
