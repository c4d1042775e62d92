# Words that several pages share.

label-n-findings = { $n ->
    [one] { $n } εύρημα
   *[other] { $n } ευρήματα
}
# Between the last two of a few names: agent and customer.
label-and = { $first } και { $second }
label-yes = ναι
label-no = όχι
label-none = κανένα
label-no-value = χωρίς τιμή
# Why a number is missing: $why is a sentence without its full stop.
label-not-measured = δεν μετρήθηκε: { $why }
label-limits = Καλό από { $good }, κακό έως { $poor }: { $why }.
# The same where less is better.
label-limits-less = Καλό έως { $good }, κακό από { $poor }: { $why }.
label-misled-by = Τι παραπλανά: { $what }
label-play-from-here = Αναπαραγωγή από εδώ
# Channels of a recording; $who is a party, or several.
label-channel = Κανάλι { $n }
label-channel-of = { $who } · κανάλι { $n }
label-channel-dead = χωρίς ήχο · κανάλι { $n }
label-channel-all = όλες οι φωνές · κανάλι { $n }

# Why the page of a call has no sound.
no-sound-text = Η κλήση αυτή υπάρχει μόνο ως κείμενο.
no-sound-left-out = Ο ήχος παραλείφθηκε (--audio none).
no-sound-not-playable = Οι περιηγητές δεν αναπαράγουν αυτή τη μορφή αρχείου και δεν δημιουργήθηκε αντίγραφο.
no-sound-gone = Η ηχογράφηση δεν βρίσκεται πλέον στη θέση της.

# Units, as they are written behind a number.
unit-db = dB
unit-plus-minus-db = ± dB
unit-dbfs = dBFS
unit-dbov = dBov
unit-dbtp = dBTP
unit-lufs = LUFS
unit-percent = %
unit-s = s
unit-ms = ms
unit-hz = Hz
unit-per-minute = 1/min
unit-full-scale = της πλήρους κλίμακας
unit-0-to-3 = 0 έως 3
unit-1-to-5 = 1 έως 5

# Lengths of time.
length-s = { $s } δ.
length-min-s = { $min } λ. { $s } δ.
length-h-min = { $h } ώ. { $min } λ.

# How bad a finding is.
label-severity-critical = κρίσιμο
label-severity-major = μείζον
label-severity-minor = έλασσον
label-severity-info = πληροφορία
# So many findings of a severity, without the word "findings".
label-n-severity-critical = { $n ->
    [one] { $n } κρίσιμο
   *[other] { $n } κρίσιμα
}
label-n-severity-major = { $n ->
    [one] { $n } μείζον
   *[other] { $n } μείζονα
}
label-n-severity-minor = { $n ->
    [one] { $n } έλασσον
   *[other] { $n } ελάσσονα
}
label-n-severity-info = { $n ->
    [one] { $n } πληροφορία
   *[other] { $n } πληροφορίες
}

# How a value stands against its limits.
label-grade-good = καλό
label-grade-fair = μέτριο
label-grade-poor = κακό

# A required step.
label-step-present = υπάρχει
label-step-absent = λείπει
label-step-not-judgeable = δεν μπορεί να κριθεί
label-step-not-applicable = δεν απαιτείται εδώ

# What a problem cost.
label-problem-lost = χάθηκε μέρος
label-problem-not-measurable = δεν μετρήθηκε
label-problem-note = σημείωση

# How far a call is.
label-status-ok = αναλύθηκε
label-status-failed = απέτυχε
label-status-pending = εκκρεμεί

# What a finding is about.
label-polarity-forbidden = δεν πρέπει να λέγεται
label-polarity-required = υποχρεωτικό βήμα
label-polarity-signal = μήνυμα από τον πελάτη
label-polarity-fact = αντίθετο με το δελτίο στοιχείων
label-polarity-personal-data = προσωπικά δεδομένα
label-polarity-quality = ποιότητα

# Whose voice.
label-party-agent = Εκπρόσωπος
label-party-customer = Πελάτης
label-party-ivr = Ηχογραφημένο μήνυμα
label-party-third = Τρίτη φωνή
label-party-unknown = Άγνωστη φωνή

# Parts of the score.
label-part-line = Γραμμή
label-part-noise = Θόρυβος
label-part-conversation = Συνομιλία
label-part-required = Υποχρεωτικά βήματα
label-part-forbidden = Απαγορευμένες φράσεις
label-part-privacy = Προσωπικά δεδομένα
label-part-facts = Στοιχεία

# Channels of a recording, and what is odd about them.
label-layout-mono = μονοφωνικό
label-layout-stereo = στερεοφωνικό
label-layout-multichannel = πολυκαναλικό
label-layout-dual-mono = και τα δύο κανάλια έχουν τον ίδιο ήχο
label-layout-polarity-inverted = το δεύτερο κανάλι είναι το πρώτο με ανεστραμμένη πολικότητα
label-layout-leaky = κάθε πλευρά ακούγεται και στο κανάλι της άλλης
label-layout-dead-channel = ένα κανάλι δεν έχει ήχο
label-layout-roles-swapped = εκπρόσωπος και πελάτης βρίσκονται σε αντίθετα κανάλια από ό,τι δηλώθηκε

# Kinds of noise.
label-noise-none = κανένας
label-noise-stationary = σταθερός (συριγμός, ανεμιστήρας, γραμμή)
label-noise-hum = βόμβος δικτύου ρεύματος
label-noise-babble = πολλές φωνές
label-noise-music = μουσική
label-noise-intermittent = διακεκομμένος

# Kinds of line.
label-band-narrowband = στενή ζώνη (τηλεφωνία)
label-band-wideband = ευρεία ζώνη (HD Voice)
label-band-fullband = πλήρης ζώνη

# Both speak at once.
label-overtalk-interruption = διακοπή συνομιλητή
label-overtalk-backchannel = ένδειξη προσοχής
label-overtalk-simultaneous-start = ταυτόχρονη έναρξη

# What is heard while somebody waits.
label-hold-music = μουσική
label-hold-silence = σιωπή
label-hold-ringback = ήχος κλήσης
label-hold-tone = τόνος
label-hold-ivr = ηχογραφημένο μήνυμα

# Signals of the line.
label-signal-tone = Τόνος
label-signal-dtmf = Πάτημα πλήκτρου

# Rows of the tables that are no numbers of the catalogue.
cat-channels-noise-kind = Είδος θορύβου
cat-channels-noise-kind-meaning = Πώς ακούγεται το υπόβαθρο σε όλη την κλήση.
cat-channels-noise-gated = Πύλη θορύβου
cat-channels-noise-gated-meaning = Ναι: ανάμεσα στις λέξεις μένει μόνο ψηφιακή σιωπή, οπότε το υπόβαθρο δεν ακούγεται και ο θόρυβός του δεν μετριέται.
cat-channels-bandwidth-kind = Είδος γραμμής
cat-channels-bandwidth-kind-meaning = Τι δείχνει το άνω όριο της ζώνης για τη γραμμή.
cat-channels-clipping-spans = Σημεία ψαλιδισμού
cat-channels-clipping-spans-meaning = Τμήματα με ψαλιδισμένα δείγματα, σημειωμένα στην κυματομορφή.
cat-channels-dropouts-spans = Σημεία διακοπών ήχου
cat-channels-dropouts-spans-meaning = Τμήματα με διακοπές ήχου, σημειωμένα στην κυματομορφή.
cat-channels-bandwidth-clues = Ίχνη κωδικοποιητών και αντιγραφών
cat-channels-bandwidth-clues-meaning = Τι δείχνουν οι τιμές και το φάσμα για προηγούμενη κωδικοποίηση ή αλλαγή συχνότητας δειγματοληψίας. Είναι ένδειξη, όχι απόδειξη.

# Tables of measurements.
table-measurement = Μέτρηση
table-unit = Μονάδα
table-says = Τι δείχνει
table-call = Κλήση

# One party heard in the other's channel.
leak-undecided = δεν μπορεί να κριθεί
leak-weaker = ασθενέστερη κατά { $value } dB
leak-later = { $value } ms αργότερα

# Self-test: damage mixed into recordings and measured.
recovery-name = Εντοπισμός τεχνητών αλλοιώσεων
recovery-damage = Προστέθηκε
recovery-number = Μετρήθηκε
recovery-found = Βρέθηκε
recovery-error = Σφάλμα
recovery-bias = Συστηματικό σφάλμα
recovery-worst = Μέγιστο
recovery-of = { $n } από { $of }
# What was measured, with its unit.
recovery-field-snr = λόγος σήματος προς θόρυβο, dB
recovery-field-floor = στάθμη θορύβου, dB
recovery-field-hum = συχνότητα δικτύου ρεύματος, Hz
recovery-field-attenuation = εξασθένηση της διαρροής, dB
recovery-field-delay = καθυστέρηση της διαρροής, ms
recovery-field-voice = φωνή κάτω από την ομιλία, dB
recovery-field-clipped = ψαλιδισμένα δείγματα, ποσοστιαίες μονάδες
recovery-field-dropout = αρχή της διακοπής ήχου, ms
# What was mixed in.
recovery-damage-all = όλα
recovery-damage-hiss = συριγμός, SNR { $value } dB
recovery-damage-hum = βόμβος 50 Hz, SNR { $value } dB
recovery-damage-knocks = χτύποι, SNR { $value } dB
recovery-damage-babble = βαβούρα, SNR { $value } dB
recovery-damage-leakage = διαρροή, { $value } dB χαμηλότερα
recovery-damage-voice = φωνή από διπλανή θέση, { $value } dB κάτω από την ομιλία
recovery-damage-clipping = ψαλιδισμός στο { $value } % των δειγμάτων
recovery-damage-dropouts = διακοπές ήχου { $value } ms
# $name is one of the following.
recovery-alarm = { $name }: { $n } από { $of } αλλοιωμένα αντίγραφα (με βεβαιότητα 95 %: κάτω από { $value } %)
recovery-alarm-leakage = διαρροή
recovery-alarm-voices = φωνές στο υπόβαθρο
recovery-alarm-clipping = ψαλιδισμός
recovery-alarm-dropouts = διακοπές ήχου
recovery-alarm-hum = βόμβος
recovery-false-alarms = Βρέθηκαν χωρίς να έχουν προστεθεί:
selftest-title = Αυτοέλεγχος
selftest-used = ηχογραφήσεις χρησιμοποιήθηκαν
selftest-of-sound = ήχου
selftest-how-well = Πόσο καλά εντοπίζονται οι αλλοιώσεις σε αυτές τις ηχογραφήσεις
selftest-what = Στις δικές σας ηχογραφήσεις προστέθηκαν γνωστές αλλοιώσεις και τα αντίγραφα μετρήθηκαν.
selftest-what-found = Σε πόσα αντίγραφα προέκυψε τιμή.
selftest-what-error = Πόσο απείχε κατά μέσο όρο από ό,τι είχε προστεθεί.
selftest-what-bias = Αν η τιμή βγαίνει υψηλότερη (+) ή χαμηλότερη (−).
selftest-what-worst = Το μεγαλύτερο σφάλμα.
selftest-left-out = { $n ->
    [one] Τι δεν ήταν δυνατό να δοκιμαστεί ({ $n } ηχογράφηση)
   *[other] Τι δεν ήταν δυνατό να δοκιμαστεί ({ $n } ηχογραφήσεις)
}
selftest-made-by = Δημιουργήθηκε από το callvet { $version } σε αυτόν τον υπολογιστή, με σπόρο { $seed }: οι ίδιες ηχογραφήσεις και ο ίδιος σπόρος δίνουν τον ίδιο πίνακα.
selftest-for-spreadsheets = Για υπολογιστικά φύλλα:
selftest-every-trial = Κάθε δοκιμή χωριστά:
