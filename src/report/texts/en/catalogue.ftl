# What the numbers of a report mean: label, meaning, where the limits come from, what misleads them.
# English is made from src/call/catalogue.rs: cargo test --lib write_the_catalogue -- --ignored

cat-recording-duration_s = Length
cat-recording-duration_s-meaning = Length of what could be decoded.
cat-recording-duration_s-fooled = A truncated file is shorter than the call was.

cat-recording-sample_rate_hz = Sampling rate
cat-recording-sample_rate_hz-meaning = Samples a second in the file.
cat-recording-sample_rate_hz-fooled = A telephone call in a wideband file: see the band edge.

cat-layout-role_confidence = Role confidence
cat-layout-role_confidence-meaning = Probability that agent and customer are told apart rightly.
cat-layout-role_confidence-fooled = Transfers, and calls in which the customer asks all the questions.

cat-channels-level-rms_dbfs = RMS level
cat-channels-level-rms_dbfs-meaning = Root mean square of all samples; a full-scale square wave is 0.
cat-channels-level-rms_dbfs-fooled = Pauses lower it.

cat-channels-level-peak_dbfs = Peak
cat-channels-level-peak_dbfs-meaning = The largest sample.
cat-channels-level-peak_dbfs-why = a peak within 0.1 dB of full scale leaves no headroom and hints at clipping
cat-channels-level-peak_dbfs-fooled = One click.

cat-channels-level-true_peak_dbtp = True peak
cat-channels-level-true_peak_dbtp-meaning = The largest value between the samples (BS.1770-4, oversampled to 192 kHz).
cat-channels-level-true_peak_dbtp-why = EBU R 128 allows -1 dBTP; above 0 a converter clips
cat-channels-level-true_peak_dbtp-fooled = One click.

cat-channels-level-loudness_lufs = Loudness
cat-channels-level-loudness_lufs-meaning = Integrated loudness after EBU R 128.
cat-channels-level-loudness_lufs-fooled = Hold music and ring-back count like speech.

cat-channels-level-active_speech_level_dbov = Speech level
cat-channels-level-active_speech_level_dbov-meaning = Level of the speech while there is speech (ITU-T P.56, method B).
cat-channels-level-active_speech_level_dbov-fooled = Loud noise in the pauses pulls it towards the mean of the whole.

cat-channels-level-activity_ratio = Speech activity
cat-channels-level-activity_ratio-meaning = Share of the time in which there is speech by ITU-T P.56.
cat-channels-level-activity_ratio-fooled = Any sound counts, music and noise too.

cat-channels-level-dc_offset = DC offset
cat-channels-level-dc_offset-meaning = Mean of the samples as a share of full scale.
cat-channels-level-dc_offset-fooled = Strong sounds below 1 Hz.

cat-channels-noise-floor_dbfs = Noise floor
cat-channels-noise-floor_dbfs-meaning = RMS of the background in the pauses of this channel, digital silence left out.
cat-channels-noise-floor_dbfs-why = nominal speech is at -26 dBov: 30 dB below it noise is faint, 15 dB below it tires listeners
cat-channels-noise-floor_dbfs-fooled = Breath and room echo in the pauses; a noise gate hides it.

cat-channels-noise-snr_db = SNR
cat-channels-noise-snr_db-meaning = How far the speech lies above the noise, full band.
cat-channels-noise-snr_db-why = above about 25 dB noise is hardly noticed, below about 12 dB listening takes effort and recognition errors rise
cat-channels-noise-snr_db-fooled = Noise that comes only while the party speaks; missed words in the pauses.

cat-channels-noise-snr_uncertainty_db = SNR uncertainty
cat-channels-noise-snr_uncertainty_db-meaning = One standard deviation of the SNR.
cat-channels-noise-snr_uncertainty_db-fooled = Noise unlike itself from pause to pause.

cat-channels-noise-snr_300_3400_db = SNR, telephone band
cat-channels-noise-snr_300_3400_db-meaning = The same between 300 and 3400 Hz, where a telephone passes; hum counts less.
cat-channels-noise-snr_300_3400_db-why = as for the full band
cat-channels-noise-snr_300_3400_db-fooled = As the full-band SNR.

cat-channels-noise-hum_hz = Mains hum
cat-channels-noise-hum_hz-meaning = 50 or 60 when mains hum is heard, by its harmonics too.
cat-channels-noise-hum_hz-fooled = A machine that turns at the mains frequency.

cat-channels-noise-digital_silence_ratio = Digital silence
cat-channels-noise-digital_silence_ratio-meaning = Share of the samples in runs of digital zero: a gate, a mute button or discontinuous transmission.
cat-channels-noise-digital_silence_ratio-fooled = Synthetic speech has digital pauses too.

cat-channels-clipping-clipped_ratio = Clipped
cat-channels-clipping-clipped_ratio-meaning = Share of the samples in flat tops of at least 3 nearly equal extreme samples.
cat-channels-clipping-clipped_ratio-why = one sample in a thousand is heard as distortion, one in ten thousand is a rare crackle
cat-channels-clipping-clipped_ratio-fooled = Square waves; low-rate codecs smear flat tops.

cat-channels-clipping-n_runs = Clipped tops
cat-channels-clipping-n_runs-meaning = How many flat tops.
cat-channels-clipping-n_runs-fooled = As the clipped share.

cat-channels-dropouts-n = Dropouts
cat-channels-dropouts-n-meaning = Gaps of at least 20 ms in which the sound is gone inside speech.
cat-channels-dropouts-n-why = none is normal; several are heard as a bad line
cat-channels-dropouts-n-fooled = Loss concealment fills gaps; a gate set too tight looks the same.

cat-channels-dropouts-total_s = Dropouts, sum
cat-channels-dropouts-total_s-meaning = Length of all dropouts together.
cat-channels-dropouts-total_s-fooled = As the number of dropouts.

cat-channels-bandwidth-edge_hz = Band edge
cat-channels-bandwidth-edge_hz-meaning = Up to which frequency the speech reaches.
cat-channels-bandwidth-edge_hz-why = wideband speech (G.722) passes 7 kHz; a telephone band (G.712) 3.4 kHz
cat-channels-bandwidth-edge_hz-fooled = A muffled voice; noise that hides the upper band.

cat-channels-background_voices-ratio = Background voices
cat-channels-background_voices-ratio-meaning = Share of the time in which voices of neither party are heard.
cat-channels-background_voices-ratio-fooled = Television, echo of the party itself.

cat-channels-background_voices-level_below_speech_db = Background voices, below speech
cat-channels-background_voices-level_below_speech_db-meaning = How far they are below the party's own speech.
cat-channels-background_voices-level_below_speech_db-fooled = As the share.

cat-channels-background_voices-grade = Background voices, grade
cat-channels-background_voices-grade-meaning = 0 none, 1 babble, 2 words guessable, 3 words recognisable.
cat-channels-background_voices-grade-why = from grade 2 on another customer's data may be overheard
cat-channels-background_voices-grade-fooled = As the share.

cat-channels-perceived-sig = Speech quality, estimated
cat-channels-perceived-sig-meaning = DNSMOS P.835 SIG, 1 to 5: a network's estimate of how listeners would rate the speech; no part of the score.
cat-channels-perceived-sig-fooled = Telephone bands, languages and lines unlike its training data; music.

cat-channels-perceived-bak = Background quality, estimated
cat-channels-perceived-bak-meaning = DNSMOS P.835 BAK, 1 to 5: a network's estimate of how listeners would rate the background; no part of the score.
cat-channels-perceived-bak-fooled = As speech quality; background outside the windows scored.

cat-channels-perceived-ovrl = Overall quality, estimated
cat-channels-perceived-ovrl-meaning = DNSMOS P.835 OVRL, 1 to 5: a network's estimate of how listeners would rate the whole; no part of the score.
cat-channels-perceived-ovrl-fooled = As speech quality.

cat-channels-perceived-n_windows = Windows scored
cat-channels-perceived-n_windows-meaning = How many windows of 9 s the quality estimates are the mean of.

cat-crosstalk-leakage-attenuation_db = Leakage
cat-crosstalk-leakage-attenuation_db-meaning = How much weaker a party's voice is in the other party's channel than in its own.
cat-crosstalk-leakage-attenuation_db-why = below 15 dB the words of the other party are transcribed twice and overtalk cannot be told; 40 dB is inaudible beside speech
cat-crosstalk-leakage-attenuation_db-fooled = A party who never speaks alone; the same music on both channels.

cat-crosstalk-leakage-delay_ms = Leakage delay
cat-crosstalk-leakage-delay_ms-meaning = How much later it is heard there.
cat-crosstalk-leakage-delay_ms-fooled = Echo paths with several arrivals: the strongest counts.

cat-crosstalk-level_difference_db = Level difference
cat-crosstalk-level_difference_db-meaning = Speech level of the first channel minus that of the second: positive when the first party is louder.
cat-crosstalk-level_difference_db-fooled = Whatever fools the speech levels: loud noise in the pauses, hold music.

cat-conversation-speech_s = Speech
cat-conversation-speech_s-meaning = Seconds of speech of a speaker.
cat-conversation-speech_s-fooled = Noise taken for speech; quiet syllables missed.

cat-conversation-talk_ratio = Talk share
cat-conversation-talk_ratio-meaning = Share of all speech that is this speaker's.
cat-conversation-talk_ratio-fooled = Hold announcements counted as a party.

cat-conversation-monologue_s = Longest monologue
cat-conversation-monologue_s-meaning = Longest turn while nobody else takes the floor, pauses under 2 s included.
cat-conversation-monologue_s-why = after a minute without a turn customers stop following; two minutes are a recital
cat-conversation-monologue_s-fooled = Backchannels that were missed.

cat-conversation-response_s = Response time
cat-conversation-response_s-meaning = Median time from the end of the other's turn to the start of this speaker's; negative when they overlap.
cat-conversation-response_s-why = turns in conversation follow each other within about 0.2 s in all languages; 3 s is an awkward gap
cat-conversation-response_s-fooled = Line delay; a recording made at one end.

cat-conversation-words_per_minute = Speaking rate
cat-conversation-words_per_minute-meaning = Words a minute of this speaker's own speech.
cat-conversation-words_per_minute-why = about 150 is a normal telephone pace in English; above 200 terms that are read out are hard to follow
cat-conversation-words_per_minute-fooled = Languages with long words (Hungarian, Greek) count fewer; recognition errors.

cat-conversation-syllables_per_minute = Speaking rate in syllables
cat-conversation-syllables_per_minute-meaning = Syllables a minute of this speaker's own speech, counted by vowels.
cat-conversation-syllables_per_minute-fooled = Recognition errors; numbers written in digits; English spelling.

cat-conversation-overtalk-total_s = Overtalk
cat-conversation-overtalk-total_s-meaning = Seconds in which both parties speak at once.
cat-conversation-overtalk-total_s-fooled = Leakage taken for speech.

cat-conversation-overtalk-ratio = Overtalk share
cat-conversation-overtalk-ratio-meaning = Share of the time in which anyone speaks that both do.
cat-conversation-overtalk-ratio-why = a few percent are normal in lively talk, most of it backchannels; beyond 15 % people talk past each other
cat-conversation-overtalk-ratio-fooled = Leakage taken for speech; backchannels are overtalk too.

cat-conversation-silence-total_s = Silence
cat-conversation-silence-total_s-meaning = Sum of the times in which nobody speaks for at least 2 s and no music or signal is heard.
cat-conversation-silence-total_s-fooled = Speech too faint to be heard.

cat-conversation-silence-longest_s = Longest silence
cat-conversation-silence-longest_s-meaning = The longest time in which nobody speaks.
cat-conversation-silence-longest_s-why = after some 5 s callers ask whether anyone is there; 20 s without a word is dead air
cat-conversation-silence-longest_s-fooled = Hold without music.

cat-conversation-hold_count = Times on hold
cat-conversation-hold_count-meaning = How often a party waits (what follows at once counts as one wait): music, announcements, ringing, tones, or silence of at least 10 s within the call.
cat-conversation-hold_count-fooled = Songs, which are heard as speech.

cat-conversation-hold_total_s = On hold
cat-conversation-hold_total_s-meaning = Sum of the times on hold.
cat-conversation-hold_total_s-fooled = As the times on hold.

cat-conversation-hold_ratio = Share on hold
cat-conversation-hold_ratio-meaning = Share of the recording that is waiting.
cat-conversation-hold_ratio-fooled = As the times on hold.

cat-conversation-time_to_human_s = Time to a human
cat-conversation-time_to_human_s-meaning = Seconds until the first live human word.
cat-conversation-time_to_human_s-why = the common service level is 80 % of calls answered within 20 s
cat-conversation-time_to_human_s-fooled = Announcements taken for people.

cat-conversation-billable_s = Billable
cat-conversation-billable_s-meaning = Seconds from answer to hang-up as charged under each rounding: first block / next blocks.
cat-conversation-billable_s-fooled = Recording that starts before the call is connected.

cat-transcript-language_probability = Language probability
cat-transcript-language_probability-meaning = How sure the language is.
cat-transcript-language_probability-why = below an even chance the transcript may be in the wrong language
cat-transcript-language_probability-fooled = Short or mixed speech.

cat-transcript-utterances-confidence = Transcript confidence
cat-transcript-utterances-confidence-meaning = Mean probability of the words of an utterance.
cat-transcript-utterances-confidence-why = below an even chance a word is more likely wrong than right
cat-transcript-utterances-confidence-fooled = Models are sure of fluent mistakes.

cat-transcript-utterances-words-probability = Word probability
cat-transcript-utterances-words-probability-meaning = How likely the word is right: the model's probability, calibrated.
cat-transcript-utterances-words-probability-fooled = As the transcript confidence.

cat-findings-confidence = Confidence
cat-findings-confidence-meaning = Probability that a careful reviewer would agree with the finding.
cat-findings-confidence-fooled = A wrong transcript.

cat-score-total = Score
cat-score-total-meaning = The call in one number, 100 is best; parts that cannot be judged are left out.
cat-score-total-why = a fifth of the points lost deserves a look, two fifths a review
cat-score-total-fooled = It is no better than its parts: look at them.
