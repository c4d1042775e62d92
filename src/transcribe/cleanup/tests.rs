use super::*;

/// Half a second a word from `start_s` on.
fn segment(text: &str, start_s: f64, probability: f64) -> Segment {
    let words: Vec<Word> = text
        .split_whitespace()
        .enumerate()
        .map(|(i, text)| {
            let start_s = start_s + 0.5 * i as f64;
            Word { start_s, end_s: start_s + 0.5, text: text.into(), probability }
        })
        .collect();
    let span = TimeSpan::new(start_s, start_s + 0.5 * words.len() as f64);
    Segment { span, words, no_speech_probability: None, mean_log_probability: None }
}

fn line(spans: &[(f64, f64)]) -> Timeline {
    Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
}

fn run(segments: &[Segment], speech: &[(f64, f64)]) -> (String, Vec<Reason>) {
    run_with(segments, speech, speech, &[])
}

/// The same with other loud sound, and tones or music.
fn run_with(
    segments: &[Segment],
    speech: &[(f64, f64)],
    audible: &[(f64, f64)],
    sounds: &[(f64, f64)],
) -> (String, Vec<Reason>) {
    let evidence = Evidence { speech: &line(speech), audible: &line(audible), sounds: &line(sounds) };
    let mut removals = Vec::new();
    let kept = clean(segments.to_vec(), &evidence, &mut removals);
    let text: Vec<&str> = kept.iter().flat_map(|s| &s.words).map(|w| w.text.as_str()).collect();
    (text.join(" "), removals.iter().map(|r| r.reason).collect())
}

/// One segment, spoken throughout and heard clearly.
fn check(text: &str, expected: &str, reasons: &[Reason]) {
    let segment = segment(text, 0.0, 0.95);
    let speech = (segment.span.start_s, segment.span.end_s);
    assert_eq!(run(&[segment], &[speech]), (expected.to_owned(), reasons.to_vec()), "{text}");
}

#[test]
fn tags_go_and_the_words_around_them_stay() {
    check("[BLANK_AUDIO]", "", &[Reason::Tag]);
    check("(upbeat music)", "", &[Reason::Tag]);
    check("*sighs* I see.", "I see.", &[Reason::Tag]);
    check("Hold on. [phone ringing] Hello?", "Hold on. Hello?", &[Reason::Tag]);
    check("[Music] [Applause]", "", &[Reason::Tag, Reason::Tag]);
    check("♪ la la la ♪", "", &[Reason::Tag]);
    check("(музыка)", "", &[Reason::Tag]);
}

#[test]
fn brackets_that_are_no_tag_stay() {
    check("Call (555) 123 4567.", "Call (555) 123 4567.", &[]);
    check("a [very long text that goes on and on] b", "a [very long text that goes on and on] b", &[]);
    check("five * six", "five six", &[]);
}

#[test]
fn loops_keep_their_first_round() {
    check("no no no no no no no no", "no", &[Reason::Loop]);
    check("Thank you. Thank you. Thank you. Thank you. Bye.", "Thank you. Bye.", &[Reason::Loop]);
    check("so we can do it, so we can do it, so we can do it so", "so we can do it, so", &[Reason::Loop]);
}

#[test]
fn what_people_do_say_twice_stays() {
    for text in ["no, no, no, no.", "Yes, yes. Yes, yes.", "0 0 0 0 0 0 0 0", "it is what it is what it is"] {
        check(text, text, &[]);
    }
}

#[test]
fn an_answer_repeated_after_pauses_is_no_loop() {
    let answers: Vec<Segment> = (0..8).map(|i| segment("Yes.", 4.0 * f64::from(i), 0.95)).collect();
    assert_eq!(run(&answers, &[(0.0, 40.0)]).1, []);
    let loops: Vec<Segment> = (0..8).map(|i| segment("Yes.", 0.6 * f64::from(i), 0.95)).collect();
    assert_eq!(run(&loops, &[(0.0, 40.0)]), ("Yes.".to_owned(), vec![Reason::Loop]));
}

#[test]
fn credits_go_only_where_the_sound_does_not_support_them() {
    for text in
        ["Thanks for watching!", "Субтитры сделал кто-то", "Napisy stworzone przez kogoś", "Υπότιτλοι", "Feliratok"]
    {
        assert_eq!(run(&[segment(text, 0.0, 0.5)], &[(0.0, 9.0)]), (String::new(), vec![Reason::Credit]), "{text}");
        // Clearly heard, but for less than half of its time; enough to say it.
        let credit = segment(&format!("{text} a b c"), 0.0, 0.95);
        let end_s = credit.span.end_s;
        assert_eq!(run(&[credit], &[(0.55 * end_s, end_s + 0.5)]).1, [Reason::Credit], "{text}");
        assert_eq!(run(&[segment(text, 0.0, 0.95)], &[(0.0, 9.0)]).1, [], "{text}");
    }
    assert_eq!(
        run(&[segment("Napisy na fakturze są bardzo małe, proszę pana, widzi pan?", 0.0, 0.5)], &[(0.0, 9.0)]).1,
        []
    );
    assert_eq!(run(&[segment("I was watching it", 0.0, 0.3)], &[(0.0, 9.0)]).1, []);
}

#[test]
fn words_without_the_speech_to_say_them_go() {
    // Ten letters need 0.4 s.
    let words = segment("hello there", 10.0, 0.9);
    assert_eq!(run(std::slice::from_ref(&words), &[(0.0, 9.4)]), (String::new(), vec![Reason::NoSpeech]));
    assert_eq!(run(std::slice::from_ref(&words), &[(11.2, 12.0)]).1, [Reason::NoSpeech]);
    assert_eq!(run(std::slice::from_ref(&words), &[(10.7, 12.0)]).1, []);
    assert_eq!(run(&[words], &[]).1, [Reason::NoSpeech]);
}

#[test]
fn words_over_sound_as_loud_as_speech_stay_unless_it_is_music() {
    let words = segment("hello there", 10.0, 0.9);
    let loud = [(10.0, 11.0)];
    let check = |sounds: &[(f64, f64)], speech: &[(f64, f64)], expected: &[Reason]| {
        assert_eq!(run_with(std::slice::from_ref(&words), speech, &loud, sounds).1, expected);
    };
    check(&[], &[], &[]);
    check(&[(9.0, 12.0)], &[], &[Reason::NoSpeech]);
    // Somebody speaks over the music.
    check(&[(9.0, 12.0)], &[(10.0, 10.8)], &[]);
}

#[test]
fn each_word_needs_a_voice_at_its_time() {
    let words = segment("one two three four five six", 10.0, 0.9);
    let check = |speech: &[(f64, f64)], expected: &str| {
        assert_eq!(run(std::slice::from_ref(&words), speech).0, expected, "{speech:?}");
    };
    check(&[(10.0, 13.0)], "one two three four five six");
    // A word's time may be off by 0.3 s.
    check(&[(10.0, 11.65)], "one two three four");
    check(&[(11.0, 13.0)], "two three four five six");
    check(&[(10.0, 10.6), (12.4, 13.0)], "one two five six");
}

#[test]
fn text_that_the_model_itself_doubts_goes() {
    let check = |no_speech: Option<f64>, log_probability: Option<f64>, speech: (f64, f64), expected: &[Reason]| {
        let words = Segment {
            no_speech_probability: no_speech,
            mean_log_probability: log_probability,
            ..segment("hello there you", 10.0, 0.9)
        };
        assert_eq!(run(&[words], &[speech]).1, expected, "{no_speech:?} {log_probability:?} {speech:?}");
    };
    let (spoken, beside) = ((10.0, 11.5), (9.5, 10.6));
    check(Some(0.9), Some(-1.2), spoken, &[Reason::Doubted]);
    check(Some(0.9), Some(-0.8), spoken, &[]);
    check(Some(0.5), Some(-1.2), spoken, &[]);
    check(None, Some(-1.2), spoken, &[]);
    check(None, Some(-1.2), beside, &[Reason::Doubted]);
    check(Some(0.9), None, spoken, &[]);
    let unsure = segment("hello there you", 10.0, 0.3);
    assert_eq!(run(std::slice::from_ref(&unsure), &[beside]).1, [Reason::Doubted]);
    assert_eq!(run(&[unsure], &[spoken]).1, []);
}

#[test]
fn credits_that_somebody_says_stay() {
    // 23 letters in 2 s; a little unsure of them.
    let credit = segment("Thank you for watching.", 4.0, 0.65);
    assert_eq!(run(std::slice::from_ref(&credit), &[(4.0, 6.0)]).1, []);
    // Over ten seconds of murmur nobody says them.
    let stretched: Vec<Word> = (credit.words.iter().enumerate())
        .map(|(i, word)| Word { start_s: 4.0 + 2.5 * i as f64, end_s: 6.5 + 2.5 * i as f64, ..word.clone() })
        .collect();
    let murmur = Segment { span: TimeSpan::new(4.0, 14.0), words: stretched, ..credit.clone() };
    assert_eq!(run(&[murmur], &[(4.0, 14.0)]).1, [Reason::Credit]);
    // The sentence beside it stays either way.
    let both = segment("I will call you back tomorrow. Thanks for watching!", 0.0, 0.4);
    assert_eq!(run(&[both], &[(0.0, 9.0)]), ("I will call you back tomorrow.".to_owned(), vec![Reason::Credit]));
    let inside = segment("He said thanks for watching the children.", 0.0, 0.4);
    assert_eq!(run(&[inside], &[(0.0, 9.0)]).1, []);
}

#[test]
fn signatures_of_subtitles_are_said_by_nobody() {
    for text in [
        "Субтитры сделал DimaTorzok",
        "Napisy stworzone przez społeczność Amara.org",
        "Υπότιτλοι AUTHORWAVE",
        "Subtitles by the Amara.org community",
        "Felirat: Amara.org közösség",
    ] {
        assert_eq!(run(&[segment(text, 0.0, 0.99)], &[(0.0, 9.0)]), (String::new(), vec![Reason::Credit]), "{text}");
    }
    check("We looked at Amara.org for the subtitles.", "We looked at Amara.org for the subtitles.", &[]);
}

#[test]
fn loops_that_change_a_little_keep_their_first_round() {
    let loops = "and then we go to the shop and we go to the market and we go to the bank and we go to the";
    let (kept, reasons) = run(&[segment(loops, 0.0, 0.95)], &[(0.0, 20.0)]);
    assert_eq!((kept.as_str(), reasons), ("and then we go to the shop and", vec![Reason::Loop]));
    check("нетнетнетнетнетнетнет да", "да", &[Reason::Loop]);
}

#[test]
fn what_is_read_out_or_said_in_several_places_is_no_loop() {
    for text in [
        "one two one two one two one two",
        "четыре пять четыре пять четыре пять четыре пять",
        // A phrase three times in a long speech.
        "as I said the price is nine as I said it holds for a month and it includes everything as I said and more of it",
        // Terms and their confirmation.
        "you pay nine euros a month for two years is that right so you pay nine euros a month for two years",
    ] {
        check(text, text, &[]);
    }
}

#[test]
fn refrains_of_a_channel_go_where_hardly_anybody_speaks() {
    let clean = |texts: &[&str], probability: f64, speech: &[(f64, f64)]| {
        let mut segments: Vec<Segment> =
            texts.iter().enumerate().map(|(i, text)| segment(text, 30.0 * i as f64, probability)).collect();
        let mut removals = Vec::new();
        clean_channel(&mut segments, &line(speech), &mut removals);
        segments.len()
    };
    let noise = [(0.0, 0.2), (30.0, 30.2), (60.0, 60.2)];
    assert_eq!(clean(&["Thank you.", "thank you", "Thank you!"], 0.5, &noise), 0);
    assert_eq!(clean(&["Thank you.", "thank you"], 0.5, &noise), 2);
    assert_eq!(clean(&["Thank you.", "thank you", "Thank you!"], 0.9, &noise), 3);
    assert_eq!(clean(&["Thank you.", "thank you", "Thank you!"], 0.5, &[(0.0, 90.0)]), 3);
    assert_eq!(clean(&["12", "12", "12"], 0.5, &noise), 3);
}

#[test]
fn words_that_nobody_has_the_time_to_say_go() {
    // Eight prices in the last tenth of a second, after two that were said.
    let mut rushed = segment("It is $1.590, $2.890, $2.790, $2.890, $2.790, $1.590, $2.790, $2.890,", 0.0, 0.9);
    for (i, word) in rushed.words.iter_mut().enumerate().skip(2) {
        (word.start_s, word.end_s) = (1.0 + 0.0125 * (i - 2) as f64, 1.0 + 0.0125 * (i - 1) as f64);
    }
    assert_eq!(run(&[rushed.clone()], &[(0.0, 5.0)]), ("It is".to_owned(), vec![Reason::NoSpeech]));
    // Five of them are a few words whose times are a little off.
    rushed.words.truncate(7);
    assert_eq!(run(&[rushed.clone()], &[(0.0, 5.0)]).1, []);
    // Fast talk: twenty letters a second.
    let mut fast = segment("well I can tell you that it will not cost you more than now", 0.0, 0.9);
    for (i, word) in fast.words.iter_mut().enumerate() {
        (word.start_s, word.end_s) = (0.16 * i as f64, 0.16 * (i + 1) as f64);
    }
    assert_eq!(run(&[fast], &[(0.0, 7.0)]).1, []);
}

#[test]
fn removals_are_told_with_times_and_counted_beyond_a_few() {
    let removal = |i: usize| Removal { reason: Reason::Tag, span: TimeSpan::new(i as f64, i as f64 + 0.5) };
    let problems = told(&(0..10).map(removal).collect::<Vec<_>>(), 1);
    assert_eq!((problems.len(), problems[0].code.as_str(), problems[0].channel), (1, "removed_tag", Some(1)));
    assert!(problems[0].message.contains("0.0-0.5 s") && problems[0].message.ends_with("and 2 more"));
    assert!(told(&[], 0).is_empty());
}
