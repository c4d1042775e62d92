"""Speech in noise with known SNR and floor: what `noise.rs` is scored on, with `score_noise.py`.

One speaker, one noise, 36 s, mono, 8 or 16 kHz; truth is taken before any codec. The line's own floor counts as
noise. Also gated recordings: the noise is heard with the words only, between them there is (nearly) digital silence.

    python3 benches/corpus/noise.py FOLDER [tune|test ...]
"""

import sys

import numpy as np

import common

KINDS = ["white", "pink", "speech_shaped", "fan", "hum50", "hum60", "babble", "office", "street", "cafe", "keyboard", "events", "music"]
SNRS_DB = list(range(-5, 45, 5))
CODECS = ["none", "none", "none", "ulaw", "alaw", "mp3_16k", "gsm", "amr", "opus_8k"]
DURATION_S = 32.0
GATES = ["zero", "near_zero", "opus_8k", "mp3_16k"]


def speech(rng, name, rate):
    """(samples, active level) of a monologue between -32 and -20 dBov."""
    level_dbov = rng.uniform(-32.0, -20.0)
    return common.monologue(rng, name, rate, DURATION_S, level_dbov), level_dbov


def truth_of(clean, asl_dbov, noise, rate):
    """The fields of the contract, from speech and noise apart."""
    telephone = [common.telephone_band(x, rate) for x in (clean, noise)]
    return {
        "asl_dbov": asl_dbov,
        "activity": 10 ** ((common.rms_db(clean) - asl_dbov) / 10),
        "noise_rms_dbfs": common.rms_db(noise),
        "snr_db": asl_dbov - common.rms_db(noise),
        "snr_300_3400_db": common.active_level(telephone[0], rate)[0] - common.rms_db(telephone[1]),
        "speech": common.speech_intervals(clean, rate, asl_dbov),
    }


def mixtures(corpus, split, round_):
    """Every kind at every SNR, at 8 or 16 kHz by turns (the other way round in the second round), in random order, so that a part is a fair sample."""
    cases = [(kind, snr_db, 16000 if (k + s + round_) % 2 else 8000) for k, kind in enumerate(KINDS) for s, snr_db in enumerate(SNRS_DB)]
    order = common.generator("noise-order", split, round_).permutation(len(cases))
    for case, which in enumerate(order):
        kind, snr_db, rate = cases[which]
        codec = CODECS[case % len(CODECS)]
        rate = 8000 if codec in ("gsm", "amr") else rate
        names = common.speakers(split, rate)
        name = names[case // 2 % len(names)]
        rng = common.generator("noise", split, kind, snr_db, round_)
        clean, asl_dbov = speech(rng, name, rate)
        sound, label = common.noise(rng, kind, rate, len(clean), split)
        sound = common.at_rms(sound, asl_dbov - snr_db) + common.line_floor(rng, len(clean))
        gain = min(1.0, 0.99 / np.max(np.abs(clean + sound)))
        corpus.add(
            f"{kind}_{snr_db:+03d}_{rate // 1000}k_{name}_{codec}_{round_}",
            rate,
            [common.coded((clean + sound) * gain, rate, codec)],
            kind=kind,
            label=label,
            codec=codec,
            speaker=name,
            language=common.SPEAKERS[name][0],
            nominal_snr_db=snr_db,
            gated=False,
            **truth_of(clean * gain, asl_dbov + common.db(gain), sound * gain, rate),
        )
        corpus.close()


def gated(corpus, split):
    """A noise gate that opens 20 ms before and closes 50 to 250 ms after the words."""
    for i, snr_db in enumerate([5, 10, 15, 20, 25, 30, 35, 40]):
        for g, gate in enumerate(GATES):
            rate = 8000 if (i + g) % 2 else 16000
            names = common.speakers(split, rate)
            name = names[(3 * i + g) % len(names)]
            rng = common.generator("gate", split, gate, snr_db)
            clean, asl_dbov = speech(rng, name, rate)
            sound, label = common.noise(rng, ["pink", "fan", "babble", "speech_shaped"][i % 4], rate, len(clean), split)
            sound = common.at_rms(sound, asl_dbov - snr_db) + common.line_floor(rng, len(clean))
            hold_s = rng.uniform(0.05, 0.25)
            is_open = np.zeros(len(clean))
            for a, b in common.speech_intervals(clean, rate, asl_dbov):
                is_open[max(0, int((a - 0.02) * rate)) : int((b + hold_s) * rate)] = 1.0
            ramp = rate // 200
            heard = (clean + sound) * np.convolve(is_open, np.ones(ramp) / ramp, "same")
            if gate == "near_zero":
                heard = heard + rng.standard_normal(len(heard)) * 10 ** (-88 / 20)
            corpus.add(
                f"gate_{gate}_{snr_db:+03d}_{rate // 1000}k_{name}",
                rate,
                # What a coder makes of silence is not always exactly zero.
                [common.coded(heard, rate, gate if gate in common.CODECS else None)],
                kind="gate_" + gate,
                label=label,
                codec="none",
                speaker=name,
                language=common.SPEAKERS[name][0],
                nominal_snr_db=snr_db,
                gated=True,
                **truth_of(clean, asl_dbov, sound, rate),
            )
            corpus.close()


def main(folder, *splits):
    for split in splits or ("tune", "test"):
        corpus = common.Corpus(folder, split)
        mixtures(corpus, split, 0)
        gated(corpus, split)
        mixtures(corpus, split, 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
