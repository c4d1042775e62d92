"""Set `neighbour`: dialogues with voices behind the agent that belong to neither party, and with what is easily taken for them.

    python3 benches/corpus/neighbour.py FOLDER        writes FOLDER/{tune,test}/*.wav and manifest.jsonl

Positive: one talker, two or three, or a babble of eight, through a room and a band of 150 to 3600 Hz, 8 to 35 dB below the
agent (active level against active level), on channel 0 only. Negative: the party's own quiet phrases, breath, echo of
its own room, leakage (one arrival and a room), music, hiss, hum, keys, street, single bangs, and clean calls.
Truth: `speech` (both parties), `neighbour` {kind, attenuation_db, speech}; no `neighbour`: there is none.
"""

import sys

import numpy as np
import scipy.signal as ss

import common as c

ATTENUATIONS_DB = (8, 12, 16, 20, 25, 30, 35)
TALKERS = {"one": 1, "few": 3, "babble": 8}
CODECS = (None, "ulaw", "gsm", "amr", "mp3_16k", "opus_8k")
NEGATIVES = ("clean", "quiet", "breath", "own_room", "leak", "leak_room", "music", "white", "pink", "hum50", "keyboard", "street", "events", "fan")
PER_POSITIVE = 4
PER_NEGATIVE = 6
AGENT_DBOV = -26.0


def pair(rng, split, rate):
    """Names of agent and customer, and the others of the split in random order."""
    names = list(rng.permutation(c.speakers(split, rate)))
    return str(names[0]), str(names[1]), [str(n) for n in names[2:]]


def talker(rng, name, rate, n, pauses_s):
    """One speaker without turns: utterances with pauses of such lengths between them."""
    own, out, at = c.clips(name, rate), np.zeros(n), int(rng.uniform(0, 1.0) * rate)
    while at < n:
        clip = own[rng.integers(len(own))]
        m = min(len(clip), n - at)
        out[at : at + m] += clip[:m] / (np.std(clip) + 1e-9)
        at += len(clip) + int(rng.uniform(*pauses_s) * rate)
    return out


def far(rng, voice, rate):
    """A voice from elsewhere in the room: reverberation and 150 to 3600 Hz."""
    wet = ss.fftconvolve(voice, c.room(rng, rate, rt60_s=rng.uniform(0.3, 0.8), direct_db=rng.uniform(-6.0, 3.0)))[: len(voice)]
    return c.telephone_band(wet, rate, 150.0, 3600.0)


def behind(rng, kind, others, rate, n, split):
    """The voices behind the agent, at any level."""
    if kind == "babble":
        return far(rng, c.babble(rng, rate, n, split, reverberant=False), rate)
    n_talkers = 1 if kind == "one" else int(rng.integers(2, TALKERS["few"] + 1))
    # Half of them talk on, as a neighbour who sells; half stop now and then, as one who listens.
    pauses_s = (0.2, 0.6) if rng.random() < 0.5 else (0.3, 4.0)
    names = [others[i % len(others)] for i in range(n_talkers)]
    return far(rng, sum(talker(rng, name, rate, n, pauses_s) for name in names), rate)


def quiet_phrases(rng, agent, customer, rate, total_s):
    """A dialogue in which phrases of the agent differ by up to 15 dB."""
    slots, at_s, pieces = [], 0.5, []
    while at_s < total_s - 2.0:
        clip = c.clips(agent, rate)[rng.integers(len(c.clips(agent, rate)))]
        pieces.append((at_s, clip / (np.std(clip) + 1e-9) * 10 ** (-rng.uniform(0, 15) / 20)))
        at_s += len(clip) / rate + rng.uniform(0.2, 0.8)
        if rng.random() < 0.5:
            end_s = min(at_s + rng.uniform(2.5, 5.0), total_s - 0.3)
            slots.append((at_s, end_s))
            at_s = end_s + rng.uniform(0.2, 0.8)
    own = c.at_level(c.place(total_s, rate, pieces), rate, AGENT_DBOV)
    return own, c.at_level(c.place(total_s, rate, c.turns(rng, customer, rate, slots)), rate, AGENT_DBOV)


def breath(rng, rate, speech, n):
    """Breaths before turns: shaped noise that swells and ends, 20 to 32 dB below the speech."""
    out = np.zeros(n)
    for start_s, _ in speech:
        m = int(rng.uniform(0.25, 0.6) * rate)
        at = int(start_s * rate) - m - int(rng.uniform(0.02, 0.1) * rate)
        if at < 0:
            continue
        noise = ss.sosfilt(ss.butter(2, [500, min(3000, rate * 0.45)], "bandpass", fs=rate, output="sos"), rng.standard_normal(m))
        out[at : at + m] += c.at_rms(noise * np.hanning(m), AGENT_DBOV - rng.uniform(20, 32))
    return out


def hold_music(rng, rate, n, split):
    """Music behind the whole call, or loud for a third of it."""
    music, _ = c.noise(rng, "music", rate, n, split)
    if rng.random() < 0.5:
        return c.at_rms(music, AGENT_DBOV - rng.uniform(15, 30))
    start = int(rng.uniform(0.2, 0.6) * n)
    gate = np.zeros(n)
    gate[start : start + n // 3] = 1.0
    return c.at_rms(music, AGENT_DBOV - rng.uniform(0, 10)) * gate


def negative(rng, kind, agent, customer, rate, total_s, split):
    """(agent's clean speech, customer's, channel 0, channel 1, what is told of it)."""
    dialogue = quiet_phrases if kind == "quiet" else c.dialogue
    own, other = dialogue(rng, agent, customer, rate, total_s)
    n, told = len(own), {}
    heard, far_end = own.copy(), other.copy()
    if kind == "breath":
        heard += breath(rng, rate, c.speech_intervals(own, rate), n)
    elif kind == "own_room":
        heard = c.at_level(ss.fftconvolve(own, c.room(rng, rate, rng.uniform(0.3, 0.8), rng.uniform(-3, 6)))[:n], rate, AGENT_DBOV)
    elif kind in ("leak", "leak_room"):
        gain_db, delay = -rng.uniform(12, 30), int(rng.uniform(0.005, 0.06) * rate)
        echo = other if kind == "leak" else ss.fftconvolve(other, c.room(rng, rate, 0.2, rng.uniform(3, 9)))[:n]
        heard[delay:] += 10 ** (gain_db / 20) * echo[: n - delay]
        told = {"leakage_db": round(gain_db, 1)}
    elif kind == "music":
        heard += hold_music(rng, rate, n, split)
    elif kind != "clean" and kind != "quiet":
        snr_db = rng.uniform(10, 30)
        heard += c.at_rms(c.noise(rng, kind, rate, n, split)[0], AGENT_DBOV - snr_db)
        told = {"snr_db": round(snr_db, 1)}
    return own, other, heard, far_end, told


def make(folder, split):
    corpus = c.Corpus(folder, split)

    def add(name, rng, rate, own, other, heard, far_end, codec, **truth):
        n = len(own)
        lines = [c.coded(side + c.line_floor(rng, n), rate, codec) for side in (heard, far_end)]
        speech = [c.speech_intervals(own, rate), c.speech_intervals(other, rate)]
        corpus.add(name, rate, lines, duration_s=n / rate, codec=codec, speech=speech, **truth)

    case = 0
    for kind in TALKERS:
        for attenuation_db in ATTENUATIONS_DB:
            for i in range(PER_POSITIVE):
                rng = c.generator("neighbour", split, kind, attenuation_db, i)
                rate, codec = (16000, None) if case % 5 == 4 else (8000, CODECS[case % len(CODECS)])
                case += 1
                total_s = rng.uniform(38.0, 50.0)
                agent, customer, others = pair(rng, split, rate)
                own, other = c.dialogue(rng, agent, customer, rate, total_s)
                voices = c.at_level(behind(rng, kind, others, rate, len(own), split), rate, AGENT_DBOV - attenuation_db)
                told = {"kind": kind, "attenuation_db": attenuation_db, "speech": c.speech_intervals(voices, rate)}
                add(f"{kind}_{attenuation_db:02}dB_{i}", rng, rate, own, other, own + voices, other, codec, kind=kind, agent=agent, neighbour=told)
    for kind in NEGATIVES:
        for i in range(PER_NEGATIVE):
            rng = c.generator("no neighbour", split, kind, i)
            rate, codec = (16000, None) if case % 5 == 4 else (8000, CODECS[case % len(CODECS)])
            case += 1
            agent, customer, _ = pair(rng, split, rate)
            own, other, heard, far_end, told = negative(rng, kind, agent, customer, rate, rng.uniform(38.0, 50.0), split)
            add(f"no_{kind}_{i}", rng, rate, own, other, heard, far_end, codec, kind=kind, agent=agent, **told)
    corpus.close()


if __name__ == "__main__":
    for split in sys.argv[2:] or ("tune", "test"):
        make(sys.argv[1], split)
