//! Every limit that a rule judges by, with its reason and where it comes from. "Own choice" marks those that no
//! standard gives: they are set by hand and not fitted to any recording.

use crate::call::{PersonalKind, Severity};

/// Hits below this are dropped: more than two of three reviewers would send them back, and a list of
/// false alarms is not read. Own choice.
pub(super) const MIN_CONFIDENCE: f64 = 0.3;

/// A rule about one party, and the speaker's party is unknown: on a channel with two voices somewhat more than half of
/// the words are that party's, and phrases of the rule are said by the other one even less often. Own choice.
pub(super) const UNKNOWN_PARTY_FACTOR: f64 = 0.7;

/// It cannot be told whether the words stand where the rule holds. Own choice.
pub(super) const UNKNOWN_PLACE_FACTOR: f64 = 0.7;

/// What must not be said, or a signal, stands outside of the place that its rule names: "this is the tax office" at
/// minute two, words that press without a refusal that was heard. It is a weaker sign and no longer what the rule
/// describes; a careful listener would still want to know. Own choice.
pub(super) const OUT_OF_PLACE_FACTOR: f64 = 0.6;

/// One step less bad, at least worth knowing.
pub(super) fn milder(severity: Severity) -> Severity {
    match severity {
        Severity::Critical => Severity::Major,
        Severity::Major => Severity::Minor,
        Severity::Minor | Severity::Info => Severity::Info,
    }
}

/// Text without times: 150 words are 60 s, the contract's rate.
pub(super) const S_PER_WORD: f64 = 60.0 / 150.0;

/// A word counts as heard when the recogniser gave it at least even odds: the contract's definition.
pub(super) const MIN_AUDIBLE_PROBABILITY: f64 = 0.5;

/// If fewer words than this share are right, by their probabilities, nothing found in them is no praise: at even odds what was
/// said is as often missed as caught. Own choice.
pub(super) const MIN_HEARD_RATIO: f64 = 0.5;

/// With less than this share of a window heard, "not found" says nothing. Own choice.
pub(super) const MIN_AUDIBLE_RATIO: f64 = 0.5;

/// Selling for longer than this after the first no is pressure, however often the customer repeats it. Taxonomy,
/// `pressure_after_refusal`.
pub(super) const MAX_PRESSURE_S: f64 = 90.0;

/// After so much talk of the agent without any selling the subject had ended; what comes then is a new offer. Own choice.
pub(super) const MAX_SELLING_GAP_S: f64 = 60.0;

/// An offer to lower the price, known by its words alone, after a no. Own choice.
pub(super) const DISCOUNT_CONFIDENCE: f64 = 0.6;

/// Words before this time: the recording may have begun in the middle of speech (10 frames of 10 ms).
pub(super) const OPENING_CUT_S: f64 = 0.1;

/// How often a step that was said, in words that were heard, is found: phrase lists know most ways to say a thing, not
/// all. Own choice until it is calibrated against labels.
pub(super) const STEP_RECALL: f64 = 0.8;

/// On a line with noise that loud a recogniser leaves words out instead of marking them as unsure, so that more of those
/// that it gives have to be sure. Own choice.
pub(super) const MIN_AUDIBLE_RATIO_IN_NOISE: f64 = 0.8;

/// Text with fewer utterances is a line out of a conversation: what else was said nobody knows. One question, one answer
/// and one word more. Own choice.
pub(super) const MIN_CALL_UTTERANCES: usize = 3;

/// A call that begins with its first sentence has a greeting, a name or a company within its first words: what is
/// owed at the start begins at most so many words after the first. Own choice: "Hello, this is …" has one before.
pub(super) const MAX_WORDS_BEFORE_OPENING: usize = 1;

/// A hold longer than this calls for a word before and after. Taxonomy, `q_hold_etiquette`.
pub(super) const MIN_HOLD_S: f64 = 10.0;

/// A number measured beyond its limit, where its error is not known. Own choice.
pub(super) const MEASURED_CONFIDENCE: f64 = 0.9;

/// Speech over noise below this is tiring to listen to and costs words in recognition. Own choice; word error rates
/// of recognisers begin to climb at 10 to 15 dB.
pub(super) const MIN_SNR_DB: f64 = 15.0;
/// … and below this words are lost to people as well.
pub(super) const MIN_INTELLIGIBLE_SNR_DB: f64 = 8.0;

/// A background louder than this is heard as noise at any usual playback level: 20 dB below the nominal speech level
/// of -26 dBov (ITU-T P.56, P.800.1). Own choice.
pub(super) const MAX_FLOOR_DBFS: f64 = -46.0;

/// One sample in a thousand in flat tops is audible as harshness, one in a hundred in most words. Own choice.
pub(super) const MAX_CLIPPED_RATIO: f64 = 0.001;
/// … in most words.
pub(super) const MAX_CLIPPED_MAJOR_RATIO: f64 = 0.01;

/// Leakage weaker than this lies below the background of an ordinary line. Own choice, at the contract's detection
/// limit of 30 dB.
pub(super) const MAX_LEAKAGE_ATTENUATION_DB: f64 = 30.0;
/// Leakage stronger than this is understood word by word.
pub(super) const MAJOR_LEAKAGE_ATTENUATION_DB: f64 = 15.0;

/// Voices of others whose words can be guessed: the customer hears that calls are made in a row, and the next desk's
/// customer is overheard. The contract's scale of 0 to 3.
pub(super) const MIN_BACKGROUND_VOICES_GRADE: u8 = 2;
/// … whose words are understood: what another customer says may be on this recording.
pub(super) const MAJOR_BACKGROUND_VOICES_GRADE: u8 = 3;

/// Speech 12 dB below or above the nominal -26 dBov (ITU-T P.800.1): one side has to turn the volume. Own choice of
/// the 12 dB.
pub(super) const MIN_SPEECH_LEVEL_DBOV: f64 = -38.0;
/// As above.
pub(super) const MAX_SPEECH_LEVEL_DBOV: f64 = -14.0;

/// Share of overtalk above which parties do not let each other finish; ordinary telephone talk has about 5 to 10 %.
/// Own choice.
pub(super) const MAX_OVERTALK_RATIO: f64 = 0.15;

/// Nobody speaks: after this long callers ask whether the other is still there. Own choice.
pub(super) const MAX_SILENCE_S: f64 = 20.0;

/// A promise with a time in it is one; without a time it may be a way of speaking. Own choice.
pub(super) const PROMISE_CONFIDENCE: f64 = 0.8;
/// As above.
pub(super) const VAGUE_PROMISE_CONFIDENCE: f64 = 0.6;

/// Words in a row that are the same in two answers: shorter runs are phrases that everybody repeats. Taxonomy,
/// `template_nonanswer`.
pub(super) const TEMPLATE_WORDS: usize = 8;
/// Questions that share this share of the shorter one's words are the same question. Own choice.
pub(super) const SAME_QUESTION_RATIO: f64 = 0.7;
/// A canned sentence counts as the answer if it comes within the agent's first so many utterances: after that the
/// question has been dealt with. Own choice.
pub(super) const TEMPLATE_WITHIN_UTTERANCES: usize = 2;
/// Eight words are the same by chance hardly ever; whether they answer the second question too, only people can tell.
/// Own choice.
pub(super) const SAME_ANSWER_CONFIDENCE: f64 = 0.75;

/// A speech that nobody follows: 150 words are a minute of talk (the contract's rate), about the longest that instructions for
/// interviewers and operators let one side go on. Own choice.
pub(super) const MIN_MONOLOGUE_WORDS: usize = 150;
/// Amounts, terms and dates in it: without them it is a story and binds to nothing. Own choice.
pub(super) const MIN_MONOLOGUE_NUMBERS: usize = 3;
/// "Mhm", "yes, go on": a sign of listening. As for backchannels in `conversation`.
pub(super) const MAX_BACKCHANNEL_WORDS: usize = 2;
/// "Yes, I do, fine": an answer without a word of its own. Own choice.
pub(super) const MAX_BARE_ANSWER_WORDS: usize = 4;
/// Terms that have to be read out sound alike. Own choice.
pub(super) const MONOLOGUE_CONFIDENCE: f64 = 0.5;
/// After so many words of the agent the transfer has not happened, or was talked about. Two or three sentences; own choice.
pub(super) const MAX_WORDS_AFTER_TRANSFER: usize = 30;
/// The agent's words before the announcement that may have told why: two turns. Own choice.
pub(super) const N_BEFORE_TRANSFER: usize = 4;
/// A hold or ringing that begins within this time after an announcement belongs to the transfer. Own choice.
pub(super) const TRANSFER_HOLD_WITHIN_S: f64 = 20.0;
/// Own choice: a reason may have been told in words that are not known here.
pub(super) const BLIND_TRANSFER_CONFIDENCE: f64 = 0.7;
/// … and a department may be reason enough.
pub(super) const TRANSFER_TO_DEPARTMENT_CONFIDENCE: f64 = 0.5;

/// A hold is announced within this time before it, and thanked for within this time after it. Own choice: the last thing
/// said before, the first things said after.
pub(super) const HOLD_ASKED_WITHIN_S: f64 = 15.0;
/// As above.
pub(super) const HOLD_THANKED_WITHIN_S: f64 = 10.0;
/// Own choice: the words may have been others.
pub(super) const HOLD_CONFIDENCE: f64 = 0.7;

/// The shortest numbers that people dictate and want to hear back, those of one town, have seven digits.
pub(super) const MIN_NUMBER_DIGITS: usize = 7;
/// Said back in groups: fewer digits than this may be anything.
pub(super) const MIN_READBACK_DIGITS: usize = 3;
/// Of a number that is said back wrongly at most this share of the digits differs; beyond, it is another number. Own
/// choice: two of nine.
pub(super) const MAX_READBACK_DIFFERENCE: f64 = 0.3;
/// Data is said back within so many utterances and this time. Own choice: the next few turns.
pub(super) const READBACK_WITHIN_UTTERANCES: usize = 8;
/// As above.
pub(super) const READBACK_WITHIN_S: f64 = 90.0;
/// A recogniser may have misheard one of the two. Own choice.
pub(super) const READBACK_CONFIDENCE: f64 = 0.7;
/// So long after the name was told the agent still speaks to the one who told it. Own choice: a call's first half.
pub(super) const NAME_WITHIN_UTTERANCES: usize = 40;
/// A title beside another name may be about a third person. Own choice.
pub(super) const NAME_CONFIDENCE: f64 = 0.8;

/// What a customer complains about was heard shortly before, or goes on. Own choice: the last turn, and a moment.
pub(super) const COMPLAINT_BEFORE_S: f64 = 15.0;
/// As above.
pub(super) const COMPLAINT_AFTER_S: f64 = 3.0;

/// How bad it is that a kind of personal data is on a recording.
pub(super) fn personal_severity(kind: PersonalKind) -> Severity {
    match kind {
        // Enough to take money or an account. PCI DSS forbids to keep the verification value at all.
        PersonalKind::Card | PersonalKind::Cvv | PersonalKind::AccountPassword => Severity::Critical,
        // Enough to pose as the person or to set up a debit, with some more knowledge.
        PersonalKind::Iban | PersonalKind::NationalId | PersonalKind::Passport => Severity::Major,
        // Said in most calls for good reasons; to be masked, not to be blamed for.
        PersonalKind::Phone
        | PersonalKind::Email
        | PersonalKind::Address
        | PersonalKind::DateOfBirth
        | PersonalKind::PersonName => Severity::Minor,
    }
}

/// What a finding costs of its part of the score, before its confidence: one critical finding takes all, two major
/// ones or five minor ones as well. Own choice.
pub(super) fn cost_ratio(severity: Severity) -> f64 {
    match severity {
        Severity::Critical => 1.0,
        Severity::Major => 0.5,
        Severity::Minor => 0.2,
        Severity::Info => 0.0,
    }
}

/// How much a required step weighs among the others. Own choice.
pub(super) fn step_weight(severity: Severity) -> f64 {
    match severity {
        Severity::Critical => 5.0,
        Severity::Major => 3.0,
        Severity::Minor => 2.0,
        Severity::Info => 1.0,
    }
}
