//! Two calls as the pipeline would hand them over, a failed one, and one made by somebody who means harm.

use std::collections::BTreeMap;

use callvet::call::*;
use callvet::timeline::TimeSpan;
use callvet::units::SampleRate;
use serde_json::{Map, json};

pub const HOSTILE: [&str; 10] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\" onmouseover=\"alert(3)",
    "' onfocus='alert(4)",
    "{{7*7}}",
    "call\u{202e}gpj.exe",
    "line one\nline two\r\n\u{2028}end",
    "=cmd()",
    "<!--<svg/onload=alert(5)>",
    "]]>&lt;b&gt;&#x3c;",
];

fn words(text: &str, start_s: f64, end_s: f64, low: &[usize]) -> Vec<Word> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let step_s = (end_s - start_s) / parts.len() as f64;
    let word = |(i, text): (usize, &&str)| Word {
        start_s: start_s + i as f64 * step_s,
        end_s: start_s + (i as f64 + 0.9) * step_s,
        text: (*text).into(),
        probability: if low.contains(&i) { 0.31 } else { 0.93 },
    };
    parts.iter().enumerate().map(word).collect()
}

fn utterance(channel: u16, start_s: f64, end_s: f64, language: &str, text: &str) -> Utterance {
    Utterance {
        start_s: Some(start_s),
        end_s: Some(end_s),
        channel: Some(channel),
        speaker: Some(format!("s{channel}")),
        language: Some(language.into()),
        text: text.into(),
        confidence: Some(0.88),
        words: words(text, start_s, end_s, &[3]),
    }
}

fn finding(
    id: &str,
    category: &str,
    severity: Severity,
    span: (f64, f64),
    quote: Option<&str>,
    message: &str,
) -> Finding {
    Finding {
        id: id.into(),
        rule: format!("{category}.example"),
        category: category.into(),
        polarity: Polarity::Forbidden,
        severity,
        speaker: Some("s0".into()),
        channel: Some(0),
        start_s: Some(span.0),
        end_s: Some(span.1),
        utterance: None,
        line: None,
        quote: quote.map(Into::into),
        confidence: 0.82,
        message: message.into(),
        legal_source: None,
        evidence: Map::new(),
        review: None,
    }
}

fn channel(channel: u16, snr_db: Option<f64>) -> ChannelMeasurements {
    ChannelMeasurements {
        channel,
        level: Level {
            rms_dbfs: Some(-29.314),
            peak_dbfs: Some(-3.2),
            true_peak_dbtp: Some(-2.9),
            loudness_lufs: Some(-27.4),
            active_speech_level_dbov: Some(-24.6 - f64::from(channel)),
            activity_ratio: Some(0.41),
            dc_offset: Some(0.000_12),
        },
        noise: Noise {
            floor_dbfs: snr_db.map(|snr| -24.0 - snr),
            snr_db,
            snr_uncertainty_db: snr_db.map(|_| 0.8),
            snr_300_3400_db: snr_db.map(|snr| snr + 1.2),
            kind: snr_db.map(|_| NoiseKind::Stationary),
            segments: snr_db.map(|_| vec![NoiseSegment { start_s: 20.0, end_s: 31.5, kind: NoiseKind::Babble }]),
            hum_hz: None,
            digital_silence_ratio: Some(0.02),
            gated: Some(snr_db.is_none()),
        },
        clipping: Clipping {
            clipped_ratio: Some(0.000_21),
            n_runs: Some(7),
            spans: Some(vec![TimeSpan { start_s: 51.0, end_s: 52.2 }]),
        },
        dropouts: Dropouts { n: Some(0), total_s: Some(0.0), spans: Some(Vec::new()) },
        bandwidth: Bandwidth {
            edge_hz: Some(3412.0),
            kind: Some(BandwidthKind::Narrowband),
            clues: Some(vec!["was coded as MP3".into()]),
        },
        background_voices: BackgroundVoices::default(),
        perceived: Perceived::default(),
    }
}

/// A call of 80 s in English with findings of all severities.
pub fn good_call() -> CallReport {
    let said = [
        (0, 1.0, 6.2, "Good morning, you are speaking with Joe from Example, this call is recorded for quality."),
        (1, 6.8, 9.4, "Hello, I wanted to ask about the fibre offer."),
        (
            0,
            9.9,
            17.5,
            "Of course. Today is the very last day for this price, tomorrow it will be gone for good, I promise.",
        ),
        (1, 17.2, 20.9, "Is there no other cost at all, nothing hidden?"),
        (0, 24.0, 31.4, "Absolutely everything is free of charge, you would be crazy to say no to that."),
        (1, 36.5, 39.0, "I would like to think about it first."),
        (
            0,
            39.4,
            49.8,
            "If you hang up now I cannot hold the price, other customers in your street already signed, so give me your card number, please.",
        ),
        (1, 50.4, 56.0, "It is [card], but please do not charge anything yet."),
        (0, 57.0, 66.0, "Do not worry. You have fourteen days to cancel, and I will send the contract by mail."),
        (1, 70.5, 73.0, "All right, thank you. Goodbye."),
    ];
    let mut findings = vec![
        finding(
            "a1b2c3d4e5f6",
            "urgency_false",
            Severity::Critical,
            (10.6, 17.5),
            Some("Today is the very last day for this price, tomorrow it will be gone for good"),
            "The offer is said to end today, without a reason in the fact sheet.",
        ),
        finding(
            "b1b2c3d4e5f6",
            "free_claim",
            Severity::Major,
            (24.0, 28.0),
            Some("Absolutely everything is free of charge"),
            "Something is called free although the customer pays for it.",
        ),
        finding(
            "c1b2c3d4e5f6",
            "pressure",
            Severity::Major,
            (39.4, 44.0),
            Some("If you hang up now I cannot hold the price"),
            "The customer is put under pressure to decide in this call.",
        ),
        finding(
            "d1b2c3d4e5f6",
            "pii",
            Severity::Minor,
            (50.9, 51.9),
            Some("[card]"),
            "A payment card number is spoken on the recording.",
        ),
        finding(
            "e1b2c3d4e5f6",
            "objection",
            Severity::Info,
            (36.5, 39.0),
            Some("I would like to think about it first"),
            "The customer asks for time to think.",
        ),
        finding(
            "f1b2c3d4e5f6",
            "identity_full",
            Severity::Major,
            (0.0, 30.0),
            None,
            "The agent does not say their full name and company.",
        ),
        finding(
            "01b2c3d4e5f6",
            "quality",
            Severity::Minor,
            (17.2, 17.5),
            None,
            "Both parties speak at once for 0.3 s.",
        ),
    ];
    for (at, utterance) in [(0, 2), (1, 4), (2, 6), (3, 7), (4, 5)] {
        findings[at].utterance = Some(utterance);
    }
    findings[0].legal_source = Some("Directive 2005/29/EC, Annex I, No. 7".into());
    findings[0].evidence = json!({"tier": "ordered", "matched_words": 14}).as_object().cloned().expect("an object");
    findings[3].speaker = Some("s1".into());
    findings[3].channel = Some(1);
    findings[3].polarity = Polarity::PersonalData;
    findings[4].speaker = Some("s1".into());
    findings[4].channel = Some(1);
    findings[4].polarity = Polarity::Signal;
    findings[5].polarity = Polarity::Required;
    findings[6].polarity = Polarity::Quality;
    findings[6].speaker = None;
    findings[6].channel = None;
    findings.sort_by(|a, b| a.start_s.partial_cmp(&b.start_s).expect("times"));
    let parts = [
        ("line", Some(15.0), 15.0, vec![]),
        ("noise", Some(9.5), 10.0, vec![]),
        ("conversation", Some(14.0), 15.0, vec!["01b2c3d4e5f6"]),
        ("required", Some(10.0), 20.0, vec!["f1b2c3d4e5f6"]),
        ("forbidden", Some(2.0), 25.0, vec!["a1b2c3d4e5f6", "b1b2c3d4e5f6", "c1b2c3d4e5f6"]),
        ("privacy", Some(5.0), 10.0, vec!["d1b2c3d4e5f6"]),
        ("facts", None, 5.0, vec![]),
    ];
    CallReport {
        schema: CallReport::SCHEMA.into(),
        recording: Recording {
            source: "demo/2026-11-02/joe_0017.wav".into(),
            sha256: "5f".repeat(32),
            bytes: 1_280_044,
            container: Some("wav".into()),
            codec: Some("pcm_s16le".into()),
            decoder: Some("symphonia 0.6.1".into()),
            sample_rate_hz: Some(8000),
            n_channels: Some(2),
            duration_s: Some(80.0),
            files: vec![],
        },
        call: CallMetadata {
            id: Some("0017".into()),
            started_at: Some("2026-11-02T09:14:00+01:00".into()),
            agent: Some("Joe".into()),
            vendor: Some("Example Calls".into()),
            direction: Some(Direction::Outbound),
            metadata_source: Some("metadata".into()),
            ..CallMetadata::default()
        },
        layout: Some(Layout {
            kind: LayoutKind::Stereo,
            flags: vec![LayoutFlag::Leaky],
            dead_channels: vec![],
            role_confidence: Some(0.94),
        }),
        speakers: vec![
            Speaker { id: "s0".into(), party: Party::Agent, channel: Some(0) },
            Speaker { id: "s1".into(), party: Party::Customer, channel: Some(1) },
        ],
        channels: Some(vec![channel(0, Some(27.345)), channel(1, None)]),
        crosstalk: Some(Crosstalk {
            leakage: Some(vec![
                Leakage { from: 0, to: 1, detected: Some(true), attenuation_db: Some(22.41), delay_ms: Some(31.2) },
                Leakage { from: 1, to: 0, detected: Some(false), attenuation_db: None, delay_ms: None },
            ]),
            level_difference_db: Some(2.5),
        }),
        conversation: Some(Conversation {
            speech_s: Some(BTreeMap::from([("s0".into(), 40.2), ("s1".into(), 16.4)])),
            talk_ratio: Some(BTreeMap::from([("s0".into(), 0.7102), ("s1".into(), 0.2898)])),
            monologue_s: Some(BTreeMap::from([("s0".into(), 10.4), ("s1".into(), 5.6)])),
            response_s: Some(BTreeMap::from([("s0".into(), 0.45), ("s1".into(), 0.6)])),
            words_per_minute: Some(BTreeMap::from([("s0".into(), 148.0), ("s1".into(), 131.0)])),
            syllables_per_minute: Some(BTreeMap::from([("s0".into(), 222.0), ("s1".into(), 190.0)])),
            overtalk: Some(Overtalk {
                total_s: 0.3,
                ratio: Some(0.0053),
                events: vec![OvertalkEvent {
                    start_s: 17.2,
                    end_s: 17.5,
                    kind: OvertalkKind::Interruption,
                    by: "s1".into(),
                }],
            }),
            silence: Some(Silence {
                total_s: 12.6,
                longest_s: 5.1,
                spans: vec![
                    TimeSpan { start_s: 20.9, end_s: 24.0 },
                    TimeSpan { start_s: 31.4, end_s: 36.5 },
                    TimeSpan { start_s: 66.0, end_s: 70.4 },
                ],
            }),
            hold: Some(vec![Hold { start_s: 74.0, end_s: 79.0, kind: HoldKind::Music }]),
            hold_count: Some(1),
            hold_total_s: Some(5.0),
            hold_ratio: Some(0.0625),
            tones: Some(vec![Signal { start_s: 72.0, end_s: 72.1, channel: 1, kind: SignalKind::Dtmf }]),
            live_talk: Some(vec![TimeSpan { start_s: 1.0, end_s: 66.0 }]),
            time_to_human_s: Some(1.0),
            billable_s: Some(Billable { by_1_1: 80, by_6_6: 84, by_30_6: 84, by_60_60: 120 }),
        }),
        transcript: Some(Transcript {
            language: Some("en".into()),
            language_probability: Some(0.98),
            model: Some("base-q8_0".into()),
            utterances: said.iter().map(|(c, from_s, to_s, text)| utterance(*c, *from_s, *to_s, "en", text)).collect(),
        }),
        findings,
        required: vec![
            Required {
                category: "identity_full".into(),
                status: RequiredStatus::Absent,
                start_s: None,
                utterance: None,
                quote: None,
                near_miss: Some(NearMiss {
                    quote: "you are speaking with Joe from Example".into(),
                    score: 0.62,
                    start_s: Some(2.0),
                }),
                searched: Some(Searched { from_s: Some(0.0), to_s: Some(30.0), audible_ratio: Some(0.97) }),
            },
            Required {
                category: "recording_notice".into(),
                status: RequiredStatus::Present,
                start_s: Some(4.1),
                utterance: Some(0),
                quote: Some("this call is recorded for quality".into()),
                near_miss: None,
                searched: None,
            },
            Required {
                category: "withdrawal_right".into(),
                status: RequiredStatus::Present,
                start_s: Some(58.0),
                utterance: Some(8),
                quote: Some("You have fourteen days to cancel".into()),
                near_miss: None,
                searched: None,
            },
            Required {
                category: "ai_disclosure".into(),
                status: RequiredStatus::NotApplicable,
                start_s: None,
                utterance: None,
                quote: None,
                near_miss: None,
                searched: None,
            },
        ],
        score: Score {
            total: Some(58.42),
            parts: parts
                .into_iter()
                .map(|(name, points, max, because)| ScorePart {
                    name: name.into(),
                    points,
                    max,
                    because: because.into_iter().map(Into::into).collect(),
                })
                .collect(),
        },
        problems: vec![
            Problem::new(
                "metrics",
                "noise_gated",
                ProblemSeverity::NotMeasurable,
                "only digital silence is left between the words of this channel",
            )
            .about(["/channels/1/noise/snr_db", "/channels/1/noise/floor_dbfs"])
            .on_channel(1),
            Problem::new(
                "metrics",
                "not_built",
                ProblemSeverity::NotMeasurable,
                "background voices are not measured by this version",
            )
            .about(["/channels/0/background_voices", "/channels/1/background_voices"]),
            Problem::new(
                "decode",
                "truncated",
                ProblemSeverity::Lost,
                "the file ends 3.2 s before its header says it should",
            )
            .about(["/recording/duration_s"]),
        ],
        provenance: Provenance {
            callvet: "0.1.0".into(),
            model: Some("base-q8_0".into()),
            model_sha256: Some("ab".repeat(32)),
            phrase_lists: vec![PhraseListRef { name: "en".into(), version: "1".into(), sha256: "cd".repeat(32) }],
            settings_sha256: "ef".repeat(32),
            ..Provenance::default()
        },
    }
}

/// Every text that a stranger can choose is hostile.
pub fn hostile_call() -> CallReport {
    let mut report = good_call();
    let all = HOSTILE.join(" ") + &"x".repeat(10_000);
    report.recording.source = format!("a/{}", HOSTILE.join("-"));
    report.recording.container = Some(all.clone());
    report.recording.codec = Some(all.clone());
    report.recording.decoder = Some(all.clone());
    report.call = CallMetadata {
        id: Some(all.clone()),
        started_at: Some(all.clone()),
        agent: Some(all.clone()),
        customer_ref: Some(all.clone()),
        vendor: Some(all.clone()),
        campaign: Some(all.clone()),
        direction: None,
        metadata_source: Some(all.clone()),
    };
    let transcript = report.transcript.as_mut().expect("transcribed");
    transcript.language = Some("en\" onload=\"x".into());
    for (i, utterance) in transcript.utterances.iter_mut().enumerate() {
        utterance.language = Some("en\"><script>".into());
        utterance.text = HOSTILE[i % HOSTILE.len()].into();
        utterance.words = words(&all, utterance.start_s.unwrap_or(0.0), utterance.end_s.unwrap_or(1.0), &[0, 1, 2]);
    }
    transcript.utterances[3].words.clear();
    for finding in &mut report.findings {
        finding.id = HOSTILE[1].into();
        finding.rule = all.clone();
        finding.category = all.clone();
        finding.quote = Some(all.clone());
        finding.message = all.clone();
        finding.legal_source = Some(all.clone());
        finding.evidence = Map::from_iter([(all.clone(), json!([all.clone()]))]);
    }
    for step in &mut report.required {
        step.category = all.clone();
        step.quote = Some(all.clone());
        step.near_miss = Some(NearMiss { quote: all.clone(), score: 0.5, start_s: Some(1.0) });
    }
    for part in &mut report.score.parts {
        part.name = all.clone();
        part.because = vec![HOSTILE[1].into(), all.clone()];
    }
    for problem in &mut report.problems {
        problem.message = all.clone();
        problem.code = all.clone();
    }
    for channel in report.channels.iter_mut().flatten() {
        channel.bandwidth.clues = Some(vec![all.clone()]);
    }
    report.provenance.model = Some(all.clone());
    report.provenance.phrase_lists[0].name = all;
    report
}

/// Text that `scan` read: nothing to hear, no times.
pub fn text_only_call() -> CallReport {
    let mut report = good_call();
    report.recording = Recording {
        source: "chat.txt".into(),
        sha256: "aa".repeat(32),
        bytes: 100,
        container: None,
        codec: None,
        decoder: None,
        sample_rate_hz: None,
        n_channels: None,
        duration_s: None,
        files: vec![],
    };
    (report.layout, report.channels, report.crosstalk, report.conversation) = (None, None, None, None);
    for speaker in &mut report.speakers {
        speaker.channel = None;
    }
    for utterance in &mut report.transcript.as_mut().expect("words").utterances {
        (utterance.start_s, utterance.end_s, utterance.channel, utterance.confidence) = (None, None, None, None);
        utterance.words.clear();
    }
    for finding in &mut report.findings {
        (finding.start_s, finding.end_s, finding.channel) = (None, None, None);
        finding.line = finding.utterance.map(|u| u + 1);
    }
    report
}

/// The line of a call that could not be decoded.
pub fn failed_line() -> CallLine {
    let error = CallError { kind: "malformed".into(), message: "the file has a header but no sound".into() };
    let stem = "calls/header_only-0badf00d";
    CallLine::without_report("demo/header_only.wav", &"00".repeat(32), stem, CallMetadata::default(), Some(error))
}

/// The line of a call that was not reached.
pub fn pending_line() -> CallLine {
    CallLine::without_report("demo/later.wav", "", "calls/later-00000001", CallMetadata::default(), None)
}

/// The batch of these lines.
pub fn batch(lines: &[CallLine]) -> BatchReport {
    let count = |status: CallStatus| lines.iter().filter(|l| l.status == status).count() as u64;
    BatchReport {
        schema: BatchReport::SCHEMA.into(),
        calls: lines
            .iter()
            .map(|l| BatchLine {
                source: l.source.clone(),
                status: l.status,
                error: l.error.clone(),
                report: (l.status == CallStatus::Ok).then(|| format!("{}.json", l.stem)),
            })
            .collect(),
        consistency: vec![],
        totals: BatchTotals {
            n_calls: lines.len() as u64,
            n_ok: count(CallStatus::Ok),
            n_failed: count(CallStatus::Failed),
            n_pending: count(CallStatus::Pending),
            duration_s: lines.iter().filter_map(|l| l.duration_s).sum(),
            findings: BTreeMap::from([("critical".into(), 1), ("major".into(), 3)]),
            expected_true: lines.iter().fold(Expected::default(), |sum, line| sum.with(line.expected_true)),
            skipped: vec![Skipped { source: "demo/notes.txt".into(), reason: "not audio".into() }],
        },
    }
}

/// 80 s of two channels with bursts of a voice-like sound where the good call has speech.
pub fn sound(report: &CallReport) -> Channels {
    let rate = SampleRate::new(8000).expect("in range");
    let n = rate.s_to_samples(report.recording.duration_s.expect("has a length"));
    let mut planes = vec![vec![0f32; n]; 2];
    let mut seed = 1u32;
    for (channel, plane) in planes.iter_mut().enumerate() {
        for sample in plane.iter_mut() {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *sample = (f64::from(seed) / f64::from(u32::MAX) - 0.5) as f32 * 0.004;
        }
        for u in report.transcript.iter().flat_map(|t| &t.utterances).filter(|u| u.channel == Some(channel as u16)) {
            let (from_s, to_s) = (u.start_s.expect("timed"), u.end_s.expect("timed"));
            for (at, sample) in plane[rate.s_to_samples(from_s)..rate.s_to_samples(to_s)].iter_mut().enumerate() {
                let t = at as f64 / 8000.0;
                let pitch_hz = (if channel == 0 { 120.0 } else { 210.0 }) * (1.0 + 0.1 * (2.1 * t).sin());
                let syllable = (std::f64::consts::TAU * 2.2 * t).sin().max(0.0) * (0.6 + 0.4 * (1.3 * t).sin());
                let voice: f64 =
                    (1..14).map(|k| (std::f64::consts::TAU * pitch_hz * f64::from(k) * t).sin() / f64::from(k)).sum();
                *sample += (0.35 * syllable * voice) as f32;
            }
        }
    }
    Channels::new(rate, planes).expect("finite planes of one length")
}
