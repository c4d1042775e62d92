//! The sample calls are whole: audio, truth and source in every folder, the truth readable and inside the audio.
//! Not whether callvet hears in them what is there: that is measured and reported, not required here.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    schema: String,
    title: String,
    language: Language,
    #[serde(rename = "direction")]
    _direction: Direction,
    layout: Layout,
    audio: String,
    duration_s: f64,
    sample_rate_hz: u32,
    line_codec: String,
    file_codec: String,
    channel: Vec<Channel>,
    #[serde(default)]
    leakage: Vec<Leakage>,
    conversation: Conversation,
    #[serde(default)]
    overtalk: Vec<Overtalk>,
    said: Vec<Said>,
    finding: Vec<Finding>,
    required: Vec<Required>,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Language {
    En,
    Pl,
    Ru,
    El,
    Hu,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Direction {
    Inbound,
    Outbound,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Layout {
    Mono,
    Stereo,
    DualMono,
}

#[derive(Deserialize, PartialEq, Clone, Copy, Debug)]
#[serde(rename_all = "snake_case")]
enum Party {
    Agent,
    Customer,
    Both,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum NoiseKind {
    None,
    Stationary,
    Hum,
    Babble,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Channel {
    channel: usize,
    party: Party,
    active_speech_level_dbov: Option<f64>,
    activity_ratio: f64,
    noise_rms_dbfs: Option<f64>,
    snr_db: f64,
    snr_300_3400_db: f64,
    noise_kind: NoiseKind,
    noise_made_of: String,
    hum_hz: Option<u32>,
    clipped_ratio: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Leakage {
    from: usize,
    to: usize,
    attenuation_db: f64,
    delay_ms: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conversation {
    agent_speech_s: f64,
    customer_speech_s: f64,
    overtalk_s: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum OvertalkKind {
    Interruption,
    Backchannel,
    SimultaneousStart,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Overtalk {
    start_s: f64,
    end_s: f64,
    #[serde(rename = "kind")]
    _kind: OvertalkKind,
    by: Party,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    start_s: f64,
    end_s: f64,
    channel: usize,
    party: Party,
    text: String,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "snake_case")]
enum Polarity {
    Forbidden,
    Signal,
    PersonalData,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    category: String,
    rule: Option<String>,
    polarity: Polarity,
    start_s: f64,
    end_s: f64,
    channel: usize,
    party: Party,
    quote: String,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Status {
    Present,
    Absent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Required {
    category: String,
    status: Status,
    start_s: Option<f64>,
    quote: Option<String>,
}

// The category ids that reports and truths share. A typo here or in a truth would count as a missed finding for ever.
const FORBIDDEN: &str = "urgency_false scarcity_stock free_false price_minimising delivery_overpromise guarantee_overclaim \
    health_claim false_authority purpose_concealed prize_bait consent_engineering withdrawal_obstruction threat_penalty \
    guilt_appeal pressure_after_refusal outdated_technique assumptive_close competitor_disparagement superlative_unproven \
    secrecy_isolation sensitive_request rudeness not_my_job template_nonanswer trade_secret_leak staged_marker off_record";
const REQUIRED: &str = "q_greeting q_own_name q_company q_purpose q_recording q_time_ok q_data_source q_total_price \
    q_duration_renewal q_withdrawal_right q_delivery_terms q_explicit_consent q_recap q_readback_name q_hold_etiquette \
    q_anything_else q_farewell q_optout_honoured q_payment_pause";
const SIGNAL: &str = "c_refusal c_gratitude c_complaint c_wait_complaint c_audio_complaint c_suspicion c_dnc_request \
    c_repeat_contact c_product_feedback";
const PERSONAL: &str = "pii.phone pii.card pii.cvv pii.iban pii.email pii.address pii.national_id pii.date_of_birth \
    pii.person_name pii.passport pii.account_password";

fn is_one_of(id: &str, ids: &str) -> bool {
    ids.split_whitespace().any(|known| known == id)
}

fn samples_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// Folders of calls: all of `samples/` but `make/`, in order.
fn call_dirs() -> Vec<PathBuf> {
    let mut dirs: Vec<_> = fs::read_dir(samples_dir())
        .expect("samples/ is part of the project")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir() && !path.ends_with("make"))
        .collect();
    dirs.sort();
    dirs
}

fn truth_of(dir: &Path) -> Truth {
    let path = dir.join("truth.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Length in seconds by the durations of the packets, channels and rate by the header: no decoder has a say.
fn measure(path: &Path) -> (f64, usize, u32) {
    let stream = MediaSourceStream::new(Box::new(File::open(path).expect("the audio is there")), Default::default());
    let mut reader = symphonia::default::get_probe()
        .probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let track = reader.default_track(TrackType::Audio).expect("an audio track");
    let (id, time_base) = (track.id, track.time_base.expect("a time base"));
    let parameters = track.codec_params.as_ref().and_then(|p| p.audio()).expect("audio parameters").clone();
    let mut n_ticks = 0_u64;
    while let Some(packet) = reader.next_packet().unwrap_or_else(|error| panic!("{}: {error}", path.display())) {
        if packet.track_id == id {
            n_ticks += packet.dur.get();
        }
    }
    let duration_s = n_ticks as f64 * f64::from(time_base.numer.get()) / f64::from(time_base.denom.get());
    let n_channels = parameters.channels.as_ref().map_or(0, |channels| channels.count());
    (duration_s, n_channels, parameters.sample_rate.unwrap_or(0))
}

fn check_span(name: &str, start_s: f64, end_s: f64, duration_s: f64) {
    assert!(0.0 <= start_s && start_s < end_s && end_s <= duration_s, "{name}: {start_s}..{end_s} s of {duration_s} s");
}

#[test]
fn every_call_has_audio_truth_transcript_and_source() {
    let dirs = call_dirs();
    assert!(dirs.len() >= 8, "{} calls", dirs.len());
    let mut languages = BTreeSet::new();
    for dir in &dirs {
        let truth = truth_of(dir);
        let name = dir.display();
        assert_eq!(truth.schema, "callvet.truth/1", "{name}");
        for file in ["SOURCE.md", "transcript.txt", truth.audio.as_str()] {
            assert!(
                fs::metadata(dir.join(file)).is_ok_and(|data| data.len() > 0),
                "{name}: {file} is missing or empty"
            );
        }
        let source = fs::read_to_string(dir.join("SOURCE.md")).expect("it is there");
        assert!(source.contains("synthetic"), "{name}: SOURCE.md does not say that the voices are synthetic");
        assert!(!truth.title.is_empty() && !truth.line_codec.is_empty() && !truth.file_codec.is_empty(), "{name}");
        languages.insert(truth.language);
    }
    assert_eq!(languages.len(), 5, "every language has a call");
}

#[test]
fn the_audio_is_as_long_and_as_wide_as_its_truth_says() {
    for dir in call_dirs() {
        let truth = truth_of(&dir);
        let name = dir.display();
        let (duration_s, n_channels, rate_hz) = measure(&dir.join(&truth.audio));
        // 0.3 s: AAC pads up to a frame of 1024 samples and keeps as much of priming, 256 ms at 8 kHz.
        assert!((duration_s - truth.duration_s).abs() <= 0.3, "{name}: {duration_s} s, truth {} s", truth.duration_s);
        assert_eq!(n_channels, truth.channel.len(), "{name}");
        assert_eq!(rate_hz, truth.sample_rate_hz, "{name}");
        assert_eq!(truth.layout == Layout::Mono, n_channels == 1, "{name}");
    }
}

#[test]
fn every_time_lies_inside_the_call_and_every_quote_inside_what_is_said() {
    for dir in call_dirs() {
        let truth = truth_of(&dir);
        let name = dir.display().to_string();
        for said in &truth.said {
            check_span(&name, said.start_s, said.end_s, truth.duration_s);
            let on = truth.channel[said.channel].party;
            assert!(
                on == said.party || on == Party::Both,
                "{name}: {:?} is not on channel {}",
                said.party,
                said.channel
            );
        }
        for finding in &truth.finding {
            let said = truth.said.iter().find(|said| said.start_s == finding.start_s && said.party == finding.party);
            let said = said.unwrap_or_else(|| panic!("{name}: nobody speaks at {} s", finding.start_s));
            assert!(said.text.contains(&finding.quote), "{name}: {:?} is not in {:?}", finding.quote, said.text);
            assert_eq!((finding.end_s, finding.channel), (said.end_s, said.channel), "{name}");
        }
        let mut overtalk_s = 0.0;
        for event in &truth.overtalk {
            check_span(&name, event.start_s, event.end_s, truth.duration_s);
            assert_ne!(event.by, Party::Both, "{name}");
            overtalk_s += event.end_s - event.start_s;
        }
        let talk = &truth.conversation;
        // 1 ms: sums of times that are printed with four decimals.
        assert!((overtalk_s - talk.overtalk_s).abs() < 1e-3, "{name}: {overtalk_s} s, truth {} s", talk.overtalk_s);
        assert!(overtalk_s <= talk.agent_speech_s.min(talk.customer_speech_s), "{name}");
        assert!(talk.agent_speech_s.max(talk.customer_speech_s) <= truth.duration_s, "{name}");
    }
}

#[test]
fn categories_are_known_and_stand_under_their_polarity() {
    for dir in call_dirs() {
        let truth = truth_of(&dir);
        let name = dir.display();
        for finding in &truth.finding {
            let id = finding.rule.as_deref().unwrap_or(&finding.category);
            let ids = match finding.polarity {
                Polarity::Forbidden => FORBIDDEN,
                Polarity::Signal => SIGNAL,
                Polarity::PersonalData => PERSONAL,
            };
            assert!(is_one_of(id, ids), "{name}: {id} is not {:?}", finding.polarity);
            assert_eq!(finding.polarity == Polarity::PersonalData, finding.category == "pii", "{name}: {id}");
            let customer_speaks = finding.party == Party::Customer;
            assert!(finding.polarity != Polarity::Signal || customer_speaks, "{name}: {id} by {:?}", finding.party);
            assert!(finding.polarity != Polarity::Forbidden || !customer_speaks, "{name}: {id} by the customer");
        }
        let mut seen = BTreeSet::new();
        for step in &truth.required {
            assert!(is_one_of(&step.category, REQUIRED), "{name}: {}", step.category);
            assert!(seen.insert(&step.category), "{name}: {} twice", step.category);
            let is_present = step.status == Status::Present;
            assert_eq!(step.start_s.is_some() && step.quote.is_some(), is_present, "{name}: {}", step.category);
        }
    }
}

#[test]
fn signal_truth_adds_up() {
    for dir in call_dirs() {
        let truth = truth_of(&dir);
        let name = dir.display();
        for (index, channel) in truth.channel.iter().enumerate() {
            assert_eq!(channel.channel, index, "{name}");
            assert!(!channel.noise_made_of.is_empty(), "{name}");
            assert!((0.0..=1.0).contains(&channel.activity_ratio), "{name}");
            assert!((0.0..=1.0).contains(&channel.clipped_ratio), "{name}");
            // 60 dB: no telephone line is that clean. 2 dB: speech and noise are both band-limited or white.
            assert!((0.0..60.0).contains(&channel.snr_db), "{name}: {} dB", channel.snr_db);
            assert!((channel.snr_db - channel.snr_300_3400_db).abs() < 2.0, "{name}");
            assert_eq!(matches!(channel.noise_kind, NoiseKind::Hum), channel.hum_hz.is_some(), "{name}");
            match (channel.active_speech_level_dbov, channel.noise_rms_dbfs) {
                // 0.001 dB: four decimals each.
                (Some(level), Some(noise)) => assert!((level - noise - channel.snr_db).abs() < 1e-3, "{name}"),
                _ => {
                    assert!(channel.clipped_ratio > 0.0, "{name}: levels are left out only where clipping changed them")
                }
            }
        }
        for leak in &truth.leakage {
            assert!(leak.from != leak.to && leak.from.max(leak.to) < truth.channel.len(), "{name}");
            assert!(leak.attenuation_db > 0.0 && leak.delay_ms >= 0.0, "{name}");
        }
    }
}

#[test]
fn samples_stay_small() {
    let n_bytes: u64 = walkdir::WalkDir::new(samples_dir())
        .into_iter()
        .map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.metadata().expect("a readable file").len())
        .sum();
    // A clone carries them for ever.
    assert!(n_bytes < 10_000_000, "{n_bytes} bytes");
}
