//! The models that callvet knows by name: `models/manifest.toml`, read at build time.

use serde::{Deserialize, Serialize};

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    /// Hears words: Whisper.
    Speech,
    /// Hears where somebody speaks: Silero.
    VoiceActivity,
    /// Rates how speech and background sound to listeners: DNSMOS P.835.
    PerceivedQuality,
    /// Tells voices apart: the GE2E speaker encoder.
    Speaker,
}

impl ModelKind {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Speech, Self::VoiceActivity, Self::PerceivedQuality, Self::Speaker];

    /// Whether files of this kind are in whisper.cpp's format, so that [`super::ggml::check`] can walk through them; the
    /// others are ONNX.
    pub fn is_ggml(self) -> bool {
        matches!(self, Self::Speech | Self::VoiceActivity)
    }
}

/// What we measured of a model ourselves. How, stands in the manifest beside the values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// CPU seconds (user + system) for a second of speech, one thread.
    pub cpu_factor: f64,
    /// Wrong, missing and added words for a hundred words.
    pub wer_percent: f64,
}

/// One known model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// What users and reports call it.
    pub name: String,
    /// What it is for.
    pub kind: ModelKind,
    /// Its file name in a models folder.
    pub file: String,
    /// Where it is published; `None` for a file that is published nowhere in this form.
    pub url: Option<String>,
    /// SHA-256 of the file in lower-case hex, if known.
    pub sha256: Option<String>,
    /// SHA-1 as its publisher states it; used where no SHA-256 is known.
    pub sha1: Option<String>,
    /// Size in bytes, if known.
    pub bytes: Option<u64>,
    /// Licence and holder.
    pub licence: String,
    /// `multilingual`, `en`, or `any` for what hears no words.
    pub languages: String,
    /// True for the one that is taken when none is named.
    #[serde(default)]
    pub default: bool,
    /// What we measured, if we did.
    pub measured: Option<Measured>,
}

/// All known models.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// In the order of the file.
    pub model: Vec<ModelEntry>,
}

impl Manifest {
    /// The manifest that was built in.
    pub fn builtin() -> Self {
        toml::from_str(include_str!("../../models/manifest.toml")).expect("a test reads the built-in manifest")
    }

    /// The model of this name, if known.
    pub fn named(&self, name: &str) -> Option<&ModelEntry> {
        self.model.iter().find(|m| m.name == name)
    }

    /// The model that is taken when none is named.
    pub fn default_of(&self, kind: ModelKind) -> &ModelEntry {
        self.model.iter().find(|m| m.kind == kind && m.default).expect("a test finds a default of each kind")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_manifest_can_be_read_and_has_one_default_of_each_kind() {
        let manifest = Manifest::builtin();
        for kind in ModelKind::ALL {
            assert_eq!(manifest.model.iter().filter(|m| m.kind == kind && m.default).count(), 1);
        }
    }

    #[test]
    fn every_model_has_its_own_name_and_can_be_checked_in_full() {
        let manifest = Manifest::builtin();
        let is_hex = |hash: &Option<String>, n| {
            hash.as_ref().is_none_or(|h| h.len() == n && h.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
        };
        for (i, model) in manifest.model.iter().enumerate() {
            let name = &model.name;
            assert!(manifest.model[..i].iter().all(|m| m.name != *name && m.file != model.file), "{name}");
            assert!(model.sha256.is_some() && model.bytes.is_some(), "{name}");
            assert!(manifest.model[..i].iter().all(|m| m.sha256 != model.sha256), "{name}: the hash of another");
            assert!(is_hex(&model.sha256, 64) && is_hex(&model.sha1, 40), "{name}");
            assert!(model.file.ends_with(if model.kind.is_ggml() { ".bin" } else { ".onnx" }), "{name}");
            assert!(!model.file.contains(['/', '\\']), "{name}");
        }
    }

    #[test]
    fn a_published_model_has_an_address_of_its_own_file() {
        for model in Manifest::builtin().model {
            let Some(url) = model.url else { continue };
            // A name that says too little by itself has something before it here: `dnsmos-p835-`.
            let published = url.rsplit('/').next().unwrap_or_default();
            assert!(url.starts_with("https://") && model.file.ends_with(published), "{url}");
            assert!(!published.is_empty(), "{url}");
        }
    }

    #[test]
    fn a_smaller_quantisation_is_a_smaller_file() {
        let manifest = Manifest::builtin();
        let bytes = |name: &str| manifest.named(name).and_then(|m| m.bytes).expect("known");
        for (name, five, eight) in [
            ("tiny", "tiny-q5_1", "tiny-q8_0"),
            ("base", "base-q5_1", "base-q8_0"),
            ("small", "small-q5_1", "small-q8_0"),
            ("medium", "medium-q5_0", "medium-q8_0"),
            ("large-v3-turbo", "large-v3-turbo-q5_0", "large-v3-turbo-q8_0"),
        ] {
            assert!(bytes(five) < bytes(eight) && bytes(eight) < bytes(name), "{name}");
        }
    }
}
