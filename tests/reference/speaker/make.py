"""Makes mel.tsv and embeddings.tsv: what Resemblyzer 0.1.4 hears in two made signals, and where it puts them.

    pip download --no-deps Resemblyzer==0.1.4 && unzip Resemblyzer-0.1.4-py3-none-any.whl
    python make.py resemblyzer/pretrained.pt

Needs librosa 0.11.0 and numpy. The weights are the package's own; its network (three LSTM layers, a linear layer, ReLU, length
1) is written out below in double precision, so that PyTorch is not needed. The mel spectrum is the package's call of librosa.
The signals are 1.6 s made from formulas, so that tests/it/speakers.rs makes the same ones; their level is below -30 dBFS, to
which the reference raises them.

With the path of an .onnx file as second argument (needs onnxruntime) the differences between it and the original are printed
instead, over partials of the made signals and of telephone prompts (Debian: asterisk-core-sounds-en-g722, -es-g722, -ru-g722).
"""

import collections
import pathlib
import pickle
import subprocess
import sys

import librosa
import numpy as np

RATE_HZ = 16_000
N = 25_600


def voice(pitch_hz, formant_hz):
    """Harmonics of a gliding pitch that fall by 6 dB an octave, a resonance, in syllables."""
    t = np.arange(N) / RATE_HZ
    phase = np.cumsum(2 * np.pi * pitch_hz * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * t)) / RATE_HZ)
    tone = sum(np.sin(k * phase) / k * (1 + 4 * np.exp(-(((k * pitch_hz - formant_hz) / 200) ** 2))) for k in range(1, 25))
    return 0.01 * tone * (0.2 + np.maximum(np.sin(2 * np.pi * 3.1 * t), 0) ** 2)


SIGNALS = {"low": voice(110, 600), "high": voice(210, 900)}


class Weights(pickle.Unpickler):
    """PyTorch's format before 1.6: three pickles, then one with the names, the list of storages, and their bytes."""

    def find_class(self, module, name):
        if name == "_rebuild_tensor_v2":
            return lambda storage, offset, size, stride, *_: (storage, offset, size, stride)
        return collections.OrderedDict if name == "OrderedDict" else name

    def persistent_load(self, pid):
        return pid

    @staticmethod
    def read(path):
        with open(path, "rb") as file:
            for _ in range(3):
                pickle.load(file)
            state, keys = Weights(file).load(), pickle.load(file)
            kinds = {}

            def visit(value):
                if isinstance(value, tuple) and len(value) == 4 and isinstance(value[0], tuple):
                    kinds[value[0][2]] = value[0][1]
                elif isinstance(value, (dict, list)):
                    for one in value.values() if isinstance(value, dict) else value:
                        visit(one)

            visit(state)
            data = {}
            for key in keys:
                n = int(np.frombuffer(file.read(8), "<i8")[0])
                data[key] = np.frombuffer(file.read(n * (4 if kinds[key] == "FloatStorage" else 8)), "<f4" if kinds[key] == "FloatStorage" else "<i8")
        return {name: data[t[0][2]][t[1] : t[1] + int(np.prod(t[2]))].reshape(t[2]).astype(float) for name, t in state["model_state"].items()}


def embed(weights, mels):
    """(n, 160, 40) to (n, 256)."""
    sigmoid = lambda x: 1 / (1 + np.exp(-x))
    x = mels.astype(float)
    for layer in range(3):
        own = {k: weights[f"lstm.{k}_l{layer}"] for k in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
        h = c = np.zeros((len(x), 256))
        out = []
        for t in range(x.shape[1]):
            gates = x[:, t] @ own["weight_ih"].T + h @ own["weight_hh"].T + own["bias_ih"] + own["bias_hh"]
            i, f, g, o = np.split(gates, 4, axis=1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            out.append(h)
        x = np.stack(out, axis=1)
    raw = np.maximum(h @ weights["linear.weight"].T + weights["linear.bias"], 0)
    return raw / np.linalg.norm(raw, axis=1, keepdims=True)


def mel(samples):
    """`wav_to_mel_spectrogram` of the package, after its `normalize_volume` to -30 dBFS, upwards only."""
    samples = samples * max(1.0, 10 ** (-30 / 20) / np.sqrt(np.mean(samples**2)))
    return librosa.feature.melspectrogram(y=samples.astype(np.float32), sr=RATE_HZ, n_fft=400, hop_length=160, n_mels=40).T


def compare(weights, model):
    import onnxruntime

    network = onnxruntime.InferenceSession(model)
    partials = [mel(signal)[:160] for signal in SIGNALS.values()]
    for folder in ("en_US_f_Allison", "es_MX_f_Allison", "ru_RU_f_IvrvoiceRU"):
        for file in sorted(pathlib.Path("/usr/share/asterisk/sounds", folder).glob("*.g722"))[:8]:
            raw = subprocess.run(["ffmpeg", "-f", "g722", "-i", file, "-f", "s16le", "-"], capture_output=True, check=True).stdout
            heard = mel(np.frombuffer(raw, "<i2") / 32768.0)
            partials += [heard[at : at + 160] for at in range(0, len(heard) - 160, 80)]
    ours = np.concatenate([network.run(None, {"x": p[None].astype(np.float32)})[0] for p in partials])
    theirs = embed(weights, np.stack(partials))
    print(f"{len(partials)} partials: largest difference {np.abs(ours - theirs).max():.1e}, lowest cosine {np.sum(ours * theirs, axis=1).min():.9f}")


def main(path, *model):
    weights = Weights.read(path)
    if model:
        return compare(weights, model[0])
    folder = pathlib.Path(__file__).parent
    heard = {name: mel(signal)[:160] for name, signal in SIGNALS.items()}
    with open(folder / "mel.tsv", "w", encoding="utf-8") as out:
        out.write("# signal, frame, power in 40 bands; level raised to -30 dBFS\n")
        for name, frames in heard.items():
            for i in (0, 1, 40, 80, 159):
                out.write("\t".join([name, str(i), *(f"{v:.6e}" for v in frames[i])]) + "\n")
    with open(folder / "embeddings.tsv", "w", encoding="utf-8") as out:
        out.write("# signal, 256 values\n")
        for name, row in zip(heard, embed(weights, np.stack(list(heard.values())))):
            out.write("\t".join([name, *(f"{v:.6f}" for v in row)]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
