//! Model files: where they are looked for, whether they are what they should be, and how another one is fetched. Not for
//! running them: that is `vad`, `transcribe`, `perceived` and `speakers`. Only `fetch` uses the network, and only when
//! the user asks for it; it can be left out of a build.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use sha1::Sha1;
use sha2::{Digest, Sha256};

#[cfg(feature = "fetch")]
pub mod fetch;
pub mod ggml;
mod manifest;

pub use manifest::{Manifest, Measured, ModelEntry, ModelKind};

/// A model file that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundModel {
    /// What reports call it: its name in the manifest, else its file name without `ggml-` and ending.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of the file in lower-case hex.
    pub sha256: String,
}

/// Why there is no model to work with.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file is in none of the places.
    #[error(
        "{} {file} not found; looked in {}; {}put the file into one of these folders or {}{}",
        called(*kind), list(tried), fetched(name, url.as_deref()), other_way(*kind), origin(url.as_deref())
    )]
    Missing {
        /// What it is for.
        kind: ModelKind,
        /// Its name in the manifest.
        name: String,
        /// File that was looked for.
        file: String,
        /// Folders in which it was looked for, in order.
        tried: Vec<PathBuf>,
        /// Where it is published, if it is.
        url: Option<String>,
    },
    /// No model has this name, and no file either.
    #[error("no {} is called {name}, and no such file is there; known names: {}; looked for {file} in {}", called(*kind), known.join(", "), list(tried))]
    Unknown {
        /// What it is for.
        kind: ModelKind,
        /// What was asked for.
        name: String,
        /// File that was looked for.
        file: String,
        /// Names of the manifest for this kind.
        known: Vec<String>,
        /// Folders in which it was looked for, in order.
        tried: Vec<PathBuf>,
    },
    /// The file is there and cannot be read.
    #[error("cannot read the model file {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What people call a model of this kind: `speech model`.
pub fn called(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Speech => "speech model",
        ModelKind::VoiceActivity => "voice activity model",
        ModelKind::PerceivedQuality => "perceived quality model",
        ModelKind::Speaker => "speaker model",
    }
}

fn fetched(name: &str, url: Option<&str>) -> String {
    url.filter(|_| cfg!(feature = "fetch"))
        .map(|_| format!("get it with `callvet models fetch {name}`, or "))
        .unwrap_or_default()
}

fn origin(url: Option<&str>) -> String {
    url.map_or(" (it comes with callvet, in models/)".into(), |url| format!(" (it is published at {url})"))
}

/// What helps beside copying the file.
fn other_way(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Speech => "name it with --model PATH",
        // No option names these: they come with the program.
        ModelKind::VoiceActivity | ModelKind::PerceivedQuality | ModelKind::Speaker => {
            "name its folder in the environment variable CALLVET_MODELS"
        }
    }
}

fn list(folders: &[PathBuf]) -> String {
    folders.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// The folders in which models are looked for, in order: `$CALLVET_MODELS`, `share/callvet/models` beside the
/// program's folder, the user's data folder, `./models`.
pub fn places() -> Vec<PathBuf> {
    let from_environment = std::env::var_os("CALLVET_MODELS").filter(|v| !v.is_empty()).map(PathBuf::from);
    let beside_program = std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().and_then(Path::parent).map(|prefix| prefix.join("share/callvet/models")));
    [from_environment, beside_program, users_folder(), Some(PathBuf::from("models"))].into_iter().flatten().collect()
}

/// The folder for models in the user's data folder, there or not: where `fetch` puts what it gets. `None` when the user
/// has no home.
pub fn users_folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|dirs| dirs.data_dir().join("callvet/models"))
}

/// The model of this name, or at this path, or the default one, looked for in [`places`].
///
/// # Errors
/// [`ModelError::Missing`] and [`ModelError::Unknown`] list every place tried and say what to do.
pub fn find(name_or_path: Option<&str>, kind: ModelKind) -> Result<FoundModel, ModelError> {
    find_in(&places(), name_or_path, kind)
}

/// As [`find`], in these folders.
pub fn find_in(folders: &[PathBuf], name_or_path: Option<&str>, kind: ModelKind) -> Result<FoundModel, ModelError> {
    let manifest = Manifest::builtin();
    if let Some(given) = name_or_path
        && (given.contains(std::path::is_separator) || Path::new(given).is_file())
    {
        return found(&manifest, Path::new(given));
    }
    let entry = match name_or_path {
        None => Some(manifest.default_of(kind)),
        Some(name) => manifest.named(name).filter(|entry| entry.kind == kind),
    };
    let name = name_or_path.unwrap_or_default();
    // A name that is not in the manifest may be a file that the user put there, such as another quantisation.
    let file = entry.map_or_else(|| format!("ggml-{name}.bin"), |entry| entry.file.clone());
    if let Some(path) = folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file()) {
        return found(&manifest, &path);
    }
    let tried = folders.to_vec();
    Err(match entry {
        Some(entry) => ModelError::Missing { kind, name: entry.name.clone(), file, tried, url: entry.url.clone() },
        None => {
            let known = manifest.model.iter().filter(|m| m.kind == kind).map(|m| m.name.clone()).collect();
            ModelError::Unknown { kind, name: name.to_owned(), file, known, tried }
        }
    })
}

fn found(manifest: &Manifest, path: &Path) -> Result<FoundModel, ModelError> {
    let sha256 = sha256(path).map_err(|source| ModelError::Io { path: path.to_owned(), source })?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let name = manifest.model.iter().find(|m| m.file == file).map_or_else(
        || file.trim_start_matches("ggml-").trim_end_matches(".bin").to_owned(),
        |entry| entry.name.clone(),
    );
    Ok(FoundModel { name, path: path.to_owned(), sha256 })
}

/// A known model and where it is, for `callvet models list`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedModel {
    /// What is known about it.
    pub entry: ModelEntry,
    /// The file that [`find`] would take; `None` if it is in none of the places.
    pub path: Option<PathBuf>,
}

/// Every known model, in the order of the manifest.
pub fn list_in(folders: &[PathBuf]) -> Vec<ListedModel> {
    Manifest::builtin()
        .model
        .into_iter()
        .map(|entry| {
            let path = folders.iter().map(|folder| folder.join(&entry.file)).find(|path| path.is_file());
            ListedModel { entry, path }
        })
        .collect()
}

/// What a check of a model file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// Size and hash are those of the manifest, and a file in whisper.cpp's format is whole.
    Same,
    /// Another file: what differs.
    Different(String),
}

/// Checks a model file against what is known about it: its size, its SHA-256 (its SHA-1 where that is all that is known),
/// and its structure where we can read it.
///
/// # Errors
/// [`ModelError::Io`] if it cannot be read.
pub fn verify(path: &Path, entry: &ModelEntry) -> Result<Verified, ModelError> {
    let io = |source| ModelError::Io { path: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(io)?.len();
    if let Some(expected) = entry.bytes
        && bytes != expected
    {
        return Ok(Verified::Different(format!("{bytes} bytes instead of {expected}")));
    }
    let (hash, expected, actual) = match (&entry.sha256, &entry.sha1) {
        (Some(expected), _) => ("SHA-256", expected, sha256(path).map_err(io)?),
        (None, Some(expected)) => ("SHA-1", expected, hex_of::<Sha1>(path).map_err(io)?),
        (None, None) => return Ok(Verified::Different("no hash of it is known to compare with".into())),
    };
    if *expected != actual {
        return Ok(Verified::Different(format!("{hash} {actual} instead of {expected}")));
    }
    Ok(match entry.kind.is_ggml().then(|| ggml::check(path, entry.kind)) {
        Some(Err(why)) => Verified::Different(why.reason),
        _ => Verified::Same,
    })
}

/// SHA-256 of a file in lower-case hex, read in pieces.
///
/// # Errors
/// Those of reading.
pub fn sha256(path: &Path) -> io::Result<String> {
    hex_of::<Sha256>(path)
}

fn hex_of<D: Digest>(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = D::new();
    // 1 MiB: large enough that the calls cost nothing, small beside a model.
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => hasher.update(&buffer[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Other hardware and libraries that this program was built for, by their cargo features; none in the default build.
pub fn accelerators() -> Vec<&'static str> {
    [
        ("cuda", cfg!(feature = "cuda")),
        ("hipblas", cfg!(feature = "hipblas")),
        ("metal", cfg!(feature = "metal")),
        ("openblas", cfg!(feature = "openblas")),
        ("vulkan", cfg!(feature = "vulkan")),
    ]
    .into_iter()
    .filter_map(|(name, is_built_in)| is_built_in.then_some(name))
    .collect()
}

/// Whether one of them is a graphics processor, so that the speech engine is to be asked to use it. OpenBLAS runs on the
/// processor itself.
pub const HAS_GPU: bool = cfg!(any(feature = "cuda", feature = "hipblas", feature = "metal", feature = "vulkan"));

/// Whether this processor can run the speech engine; the message says what is missing.
///
/// # Errors
/// A sentence for the user: the program is built for AVX2 and FMA and would stop with an illegal instruction.
pub fn check_processor() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    {
        let missing: Vec<&str> = [("AVX2", is_x86_feature_detected!("avx2")), ("FMA", is_x86_feature_detected!("fma"))]
            .into_iter()
            .filter(|(_, has_it)| !has_it)
            .map(|(name, _)| name)
            .collect();
        if !missing.is_empty() {
            return Err(format!(
                "this processor lacks {}, which the speech engine was built for; build callvet on this machine with \
                 GGML_NATIVE=ON, or use --no-transcribe",
                missing.join(" and ")
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in files {
            std::fs::write(dir.path().join(name), bytes).expect("written");
        }
        dir
    }

    #[test]
    fn the_first_folder_that_has_the_file_wins() {
        let (empty, first, second) = (
            folder_with(&[]),
            folder_with(&[("ggml-base-q8_0.bin", b"abc")]),
            folder_with(&[("ggml-base-q8_0.bin", b"x")]),
        );
        let folders = [&empty, &first, &second].map(|d| d.path().to_owned());
        let found = find_in(&folders, None, ModelKind::Speech).expect("it is there");
        assert_eq!((found.name.as_str(), found.path), ("base-q8_0", first.path().join("ggml-base-q8_0.bin")));
        // FIPS 180-2, appendix B.1.
        assert_eq!(found.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_missing_model_names_every_place_and_where_to_get_it() {
        let folders = [PathBuf::from("/nowhere/a"), PathBuf::from("/nowhere/b")];
        let message = find_in(&folders, Some("small"), ModelKind::Speech).expect_err("missing").to_string();
        for part in ["ggml-small.bin", "/nowhere/a", "/nowhere/b", "--model", "https://"] {
            assert!(message.contains(part), "{message}");
        }
        assert_eq!(message.contains("models fetch small"), cfg!(feature = "fetch"), "{message}");
    }

    #[test]
    fn a_missing_voice_activity_model_is_called_so_and_helped_by_what_exists() {
        let message = find_in(&[PathBuf::from("/nowhere")], None, ModelKind::VoiceActivity).expect_err("missing");
        let message = message.to_string();
        for part in ["voice activity model ggml-silero", "/nowhere", "CALLVET_MODELS", "https://"] {
            assert!(message.contains(part), "{message}");
        }
        assert!(!message.contains("speech model") && !message.contains("--model"), "{message}");
    }

    #[test]
    fn an_unknown_name_tells_the_known_ones() {
        let message = find_in(&[PathBuf::from("/nowhere")], Some("smal"), ModelKind::Speech).expect_err("unknown");
        assert!(
            matches!(&message, ModelError::Unknown { known, .. } if known.contains(&"small".to_owned())),
            "{message}"
        );
        // The voice activity model hears no words.
        let wrong_kind = find_in(&[PathBuf::from("/nowhere")], Some("silero-v6.2.0"), ModelKind::Speech);
        assert!(matches!(wrong_kind, Err(ModelError::Unknown { .. })));
    }

    #[test]
    fn a_path_is_taken_as_it_is_and_named_after_its_file() {
        let dir = folder_with(&[("ggml-small-q5_1.bin", b"abc")]);
        let path = dir.path().join("ggml-small-q5_1.bin");
        let found = find_in(&[], path.to_str(), ModelKind::Speech).expect("it is there");
        assert_eq!((found.name.as_str(), found.path), ("small-q5_1", path));
        let missing = find_in(&[], dir.path().join("no.bin").to_str(), ModelKind::Speech);
        assert!(matches!(missing, Err(ModelError::Io { .. })));
    }

    #[test]
    fn a_missing_model_that_is_published_nowhere_is_not_offered_for_download() {
        let missing = find_in(&[PathBuf::from("/nowhere")], None, ModelKind::Speaker).expect_err("missing").to_string();
        assert!(missing.contains("speaker model") && missing.contains("comes with callvet"), "{missing}");
        assert!(!missing.contains("fetch") && !missing.contains("https://"), "{missing}");
    }

    #[test]
    fn a_changed_file_is_told_from_the_published_one() {
        let dir = folder_with(&[("m.onnx", b"abc")]);
        let path = dir.path().join("m.onnx");
        let mut entry = Manifest::builtin().default_of(ModelKind::PerceivedQuality).clone();
        let mut check = |change: fn(&mut ModelEntry), expected: &str| {
            change(&mut entry);
            match verify(&path, &entry).expect("readable") {
                Verified::Same => assert_eq!(expected, "same"),
                Verified::Different(why) => assert!(why.contains(expected), "{why}"),
            }
        };
        check(|_| {}, "3 bytes instead of 1157965");
        check(|e| e.bytes = Some(3), "SHA-256 ba7816bf");
        // FIPS 180-2, appendices B.1 and A.1: the hashes of "abc".
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256(&path).expect("readable"), sha256);
        check(|e| e.sha256 = Some("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into()), "same");
        check(|e| e.sha256 = None, "no hash");
        check(|e| e.sha1 = Some("a9993e364706816aba3e25717850c26c9cd0d89d".into()), "same");
        check(|e| e.sha1 = Some("0".repeat(40)), "SHA-1 a9993e36");
        // With the right hash, what claims to be a speech model must still be one.
        check(
            |e| {
                e.sha1 = Some("a9993e364706816aba3e25717850c26c9cd0d89d".into());
                e.kind = ModelKind::Speech;
            },
            "ends too early",
        );
    }
}
