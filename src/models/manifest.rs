//! The models that callvet knows by name: `models/manifest.toml`, read at build time.

use serde::Deserialize;

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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

/// One known model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// What users and reports call it.
    pub name: String,
    /// What it is for.
    pub kind: ModelKind,
    /// Its file name in a models folder.
    pub file: String,
    /// Where it is published; empty if it is nowhere.
    #[serde(default)]
    pub url: String,
    /// SHA-256 of the file in lower-case hex, if known.
    pub sha256: Option<String>,
    /// SHA-1 as its publisher states it; used where no SHA-256 is known.
    pub sha1: Option<String>,
    /// Size in bytes, if known.
    pub bytes: Option<u64>,
    /// Licence and holder.
    pub licence: String,
    /// Languages in words.
    pub languages: String,
    /// True for the one that is taken when none is named.
    #[serde(default)]
    pub default: bool,
}

/// All known models.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
        for kind in [ModelKind::Speech, ModelKind::VoiceActivity, ModelKind::PerceivedQuality, ModelKind::Speaker] {
            assert_eq!(manifest.model.iter().filter(|m| m.kind == kind && m.default).count(), 1);
            // What comes with callvet can be checked in full.
            assert!(manifest.default_of(kind).sha256.is_some() && manifest.default_of(kind).bytes.is_some());
        }
    }

    #[test]
    fn every_model_has_its_own_name_an_address_of_its_file_and_a_hash() {
        let manifest = Manifest::builtin();
        for (i, model) in manifest.model.iter().enumerate() {
            assert!(manifest.model[..i].iter().all(|m| m.name != model.name && m.file != model.file), "{}", model.name);
            // A name that says too little by itself has something before it here: `dnsmos-p835-`.
            let published = model.url.rsplit('/').next().unwrap_or_default();
            assert!(
                model.kind == ModelKind::Speaker
                    || (model.url.starts_with("https://") && model.file.ends_with(published) && !published.is_empty()),
                "{}",
                model.url
            );
            let hash_lengths = (model.sha256.as_ref().map(String::len), model.sha1.as_ref().map(String::len));
            assert!(matches!(hash_lengths, (Some(64), None) | (None, Some(40))), "{}", model.name);
        }
    }
}
