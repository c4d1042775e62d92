"""Makes ratings.tsv: DNSMOS P.835 of eight made signals as the reference implementation gives it.

    python make.py > ratings.tsv

Needs the PyPI packages speechmos 0.0.1.1 (network, polynomials and the code that runs them), onnxruntime 1.31.1,
librosa 0.11.0 and numpy 2.4.6. The signals are made from formulas and a seed, so that tests/it/perceived.rs makes the
same ones without Python; `mean_square` shows that it does. Every signal is one window of the reference: 9.01 s, or a
shorter sound whose doubling gives one.
"""

import sys

import numpy as np
from speechmos import dnsmos

RATE_HZ = 16_000
WINDOW = 144_160


def noise(seed: int, n: int) -> np.ndarray:
    """Uniform in -1..1, by Knuth's 64-bit linear congruential generator."""
    out, state = np.empty(n), seed
    for i in range(n):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out[i] = (state >> 40) / 2**23 - 1.0
    return out


def voice(n: int) -> np.ndarray:
    """Harmonics of a gliding 120 Hz that fall by 6 dB an octave, in syllables and phrases; peak about 0.3."""
    t = np.arange(n) / RATE_HZ
    phase = np.cumsum(2 * np.pi * (120 + 20 * np.sin(2 * np.pi * 0.7 * t)) / RATE_HZ)
    tone = sum(np.sin(k * phase) / k for k in range(1, 31))
    syllables = np.maximum(np.sin(2 * np.pi * 3.1 * t), 0) ** 2
    return 0.16 * tone * syllables * (t % 3 < 2.2)


def with_noise(seed: int, snr_db: float) -> np.ndarray:
    """The voice and white noise that lies so far below its mean power."""
    clean, hiss = voice(WINDOW), noise(seed, WINDOW)
    gain = np.sqrt(np.mean(clean**2) / np.mean(hiss**2) / 10 ** (snr_db / 10))
    return clean + gain * hiss


def signals() -> dict[str, np.ndarray]:
    t = np.arange(WINDOW) / RATE_HZ
    chopped = noise(3, WINDOW) * np.maximum(np.sin(2 * np.pi * 4 * t), 0)
    rare = np.where((t > 4) & (t < 5.5), voice(WINDOW), 0) + 1e-4 * noise(4, WINDOW)
    return {
        "voice": voice(WINDOW),
        "voice_20_db": with_noise(1, 20),
        "voice_5_db": with_noise(2, 5),
        "chopped_noise": 0.3 * chopped,
        "two_tones": 0.2 * np.sin(2 * np.pi * 440 * t) + 0.1 * np.sin(2 * np.pi * 1250 * t),
        "mostly_silence": rare,
        "clipped": np.clip(6 * voice(WINDOW), -0.5, 0.5),
        "short": voice(73_600) + 0.01 * noise(5, 73_600),
    }


def main() -> None:
    print("signal\tn_samples\tmean_square\tsig\tbak\tovrl")
    for name, samples in signals().items():
        samples = samples.astype(np.float32)
        rated = dnsmos.run(samples, RATE_HZ)
        values = [np.mean(samples.astype(float) ** 2), rated["sig_mos"], rated["bak_mos"], rated["ovrl_mos"]]
        print(name, len(samples), *(f"{value:.6g}" for value in values), sep="\t", file=sys.stdout)


if __name__ == "__main__":
    main()
