# The page of a call.

call-skip = Μετάβαση στα ευρήματα
call-nav = Κλήσεις
call-all = Όλες οι κλήσεις
call-previous = ← Προηγούμενη κλήση
call-next = Επόμενη κλήση →

# What is known of the call.
call-fact-recording = Ηχογράφηση
call-fact-file-of-channel = Αρχείο του καναλιού { $n }
call-fact-file-without-sound = Αρχείο χωρίς ήχο
call-fact-length = Διάρκεια
call-fact-language = Γλώσσα
call-fact-call = Κλήση
call-fact-started = Έναρξη
call-fact-agent = Εκπρόσωπος
call-fact-customer = Πελάτης
call-fact-vendor = Προμηθευτής
call-fact-campaign = Καμπάνια
call-fact-direction = Κατεύθυνση
call-fact-sound = Ήχος
call-fact-odd = Ιδιομορφίες καναλιών
call-inbound = εισερχόμενη (κάλεσε ο πελάτης)
call-outbound = εξερχόμενη (κάλεσε το κέντρο)

# What came out, in one look.
call-verdict = Συμπέρασμα
call-of-100 = στους 100 βαθμούς
call-no-score = κρίθηκαν πολύ λίγα για βαθμολογία
call-no-findings = Κανένα εύρημα
call-words-not-judged = Δεν κρίθηκε: τα λόγια δεν είναι αξιόπιστα· η απουσία ευρημάτων δεν σημαίνει καλή κλήση
call-steps-missing = { $n ->
    [one] Λείπει { $n } υποχρεωτικό βήμα
   *[other] Λείπουν { $n } υποχρεωτικά βήματα
}
call-parts-lost = { $n ->
    [one] Χάθηκε { $n } τμήμα της ηχογράφησης
   *[other] Χάθηκαν { $n } τμήματα της ηχογράφησης
}
call-not-transcribed = Χωρίς απομαγνητοφώνηση: τα λόγια δεν κρίθηκαν
call-worst = Ακούστε πρώτα τα χειρότερα
call-worst-read = Πρώτα τα χειρότερα
call-go-to-finding = Στο εύρημα

# The score and where it comes from.
call-score = Πώς προκύπτει η βαθμολογία
call-part = Μέρος
call-share = Μερίδιο
call-points = Βαθμοί
call-lost-through = Χάθηκαν λόγω
call-points-of = { $points } από { $max }
call-points-cost = { $points } (μόνο αφαιρεί βαθμούς)
call-not-judged = δεν μπορεί να κριθεί
call-formula = 100 × ({ $points }) / ({ $max }) = { $total }
call-formula-says = 100 επί τους βαθμούς που δόθηκαν, διά τους βαθμούς που μπορούσαν να δοθούν, για τα μέρη που μπορούν να κριθούν· ποτέ κάτω από 0. Ένα εύρημα κοστίζει το βάρος του επί τη βεβαιότητά του.
call-formula-none = Χωρίς σύνολο: τα μέρη που μπορούν να κριθούν έχουν λιγότερους από τους μισούς βαθμούς.

# The player.
call-player = Αναπαραγωγή ήχου
call-play = Αναπαραγωγή
call-back = 5 δ. πίσω
call-on = 5 δ. μπροστά
call-position = Θέση στην κλήση
call-finding-back = Προηγούμενο εύρημα
call-finding-on = Επόμενο εύρημα
call-speed = Ταχύτητα
call-volume = Ένταση
call-loop = Επανάληψη
call-loop-help = Επαναλαμβάνει την επιλογή ή το επιλεγμένο εύρημα
call-loop-from = Από εδώ
call-loop-to = Ως εδώ
call-loop-from-help = Η επιλογή αρχίζει σε αυτό το σημείο
call-loop-to-help = Η επιλογή τελειώνει σε αυτό το σημείο
call-follow = Παρακολούθηση ήχου
call-help = Πλήκτρα
call-sound-problem = Η ηχογράφηση δεν αναπαράγεται: μετακινήθηκε ή διαγράφηκε, ή ο περιηγητής δεν γνωρίζει τη μορφή της.

# Keys.
call-keys = Πλήκτρα
call-key-enter = αναπαραγωγή του επιλεγμένου ευρήματος από 2 δ. πριν
call-key-j = επόμενο, προηγούμενο εύρημα
call-key-space = αναπαραγωγή, παύση
call-key-arrows = 5 δ. πίσω, μπροστά
call-key-l = επανάληψη της επιλογής ή του επιλεγμένου ευρήματος
call-key-edges = αρχή, τέλος της επιλογής εδώ
call-key-verdicts = συμφωνία, διαφωνία, αβεβαιότητα για το επιλεγμένο εύρημα
call-key-n = σημείωση στο επιλεγμένο εύρημα
call-key-search = αναζήτηση στην απομαγνητοφώνηση
call-key-help = αυτή η βοήθεια
call-keys-on = Γράμματα και σύμβολα ως πλήκτρα εντολών
call-keys-why = Απενεργοποιήστε τα αν μιλάτε στον υπολογιστή σας ή τα πατάτε κατά λάθος. Το Enter, το διάστημα και τα βέλη παραμένουν.
call-close = Κλείσιμο

# The picture.
call-picture = Η κλήση με μια ματιά
call-zoom = Ζουμ
call-zoom-all = Όλη η κλήση
call-zoom-min = { $n } λ.
call-zoom-s = { $n } δ.
call-picture-about = Κάντε κλικ σε ένα σημείο ή σύρετε για επιλογή. Τα ίδια υπάρχουν παρακάτω σε λίστες.
call-no-waveform = Δεν υπάρχει κυματομορφή για αυτή την κλήση· οι λωρίδες σχεδιάζονται από όσα μετρήθηκαν και απομαγνητοφωνήθηκαν.
call-row-time = Χρόνος
call-row-findings = Ευρήματα
call-lane-speech = Ομιλία: { $who }
call-lane-voices = { $who }: φωνές στο υπόβαθρο
call-lane-noise = { $who }: θόρυβος
call-lane-clipping = { $who }: ψαλιδισμός
call-lane-dropouts = { $who }: διακοπές ήχου
call-lane-overtalk = Μιλούν και οι δύο
call-lane-silence = Δεν μιλά κανείς
call-lane-hold = Σε αναμονή
call-lane-tones = Τόνοι
call-lane-talk = Συνομιλία
# The same without whose it is.
call-kind-voices = φωνές στο υπόβαθρο
call-kind-noise = θόρυβος
call-kind-clipping = ψαλιδισμός
call-kind-dropouts = διακοπές ήχου
call-lane-none = { $name }: πουθενά
call-lane-unknown = { $name }: { $why }
call-lane-sum = { $name }: { $n }, συνολικά { $length }
call-overtalk-by = { $kind }, { $who }
call-legend = Υπόμνημα
call-legend-findings = Ευρήματα:
call-legend-wave = Κυματομορφή: το πλήρες ύψος είναι { $value } dBFS, ίδιο για όλα τα κανάλια.
call-legend-soft = λεπτότερο: ένδειξη προσοχής
call-legend-spectrogram = Φασματογράφημα: 0 έως { $value } Hz από κάτω προς τα πάνω·
call-legend-scale = σκούρο προς φωτεινό
call-lists = Οι λωρίδες ως λίστες

# Findings.
call-findings = Ευρήματα
call-expected = { $findings }· με βάση τη βεβαιότητά τους αληθεύουν { $mean } ± { $sd }.
call-hint = Με Enter ή κλικ το εύρημα ακούγεται από 2 δ. πριν.
call-hint-silent = Με Enter ή κλικ εμφανίζεται το σημείο του ευρήματος.
call-filter = Εμφάνιση
call-filter-severity = Σοβαρότητα
call-filter-category = Κατηγορία
call-filter-party = Πλευρά
call-filter-state = Αξιολόγηση
call-filter-all = όλα
call-filter-open = εκκρεμεί
call-filter-done = έγινε
call-order = Σειρά
call-order-worst = πρώτα τα χειρότερα
call-order-time = όπως στην κλήση
call-nothing-shown = Κανένα εύρημα δεν περνά τα φίλτρα.
call-clear-filters = Εμφάνιση όλων
call-line = γραμμή { $n }
call-sure = βεβαιότητα { $value }
call-why = Γιατί: τεκμήρια
call-nobody = Κανείς συγκεκριμένα

# Reviews.
call-reviewer = Τα αρχικά σας
call-export = Εξαγωγή αξιολογήσεων
call-import = Εισαγωγή αξιολογήσεων
call-not-kept = Αυτός ο περιηγητής δεν επιτρέπει στη σελίδα να αποθηκεύσει τίποτα: οι αξιολογήσεις χάνονται όταν κλείσει. Εξαγάγετέ τες πρώτα.
call-agree = Συμφωνώ
call-disagree = Διαφωνώ
call-unsure = Αβέβαιο
call-note = Σημείωση
call-ask = Ποιος αξιολογεί;
call-ask-why = Τα αρχικά σας γράφονται στην εξαγωγή, ώστε να συγκρίνονται οι κρίσεις πολλών αξιολογητών. Η σελίδα ρωτά μία φορά.
call-save = Αποθήκευση
call-cancel = Άκυρο

# Required steps.
call-steps = Υποχρεωτικά βήματα
call-no-steps = Δεν αναζητήθηκαν υποχρεωτικά βήματα.
call-nearest = Πλησιέστερο ({ $value }):
call-searched = Αναζήτηση: { $where }
call-searched-heard = Αναζήτηση: { $where }· ακουγόταν το { $value } της ομιλίας
call-from-to = { $from } έως { $to }
call-from = από { $from }
call-up-to = έως { $to }
call-whole-text = όλο το κείμενο

# The transcript.
call-transcript = Απομαγνητοφώνηση
call-no-words = Δεν ακούστηκαν λέξεις.
call-no-transcript = Αυτή η κλήση δεν απομαγνητοφωνήθηκε.
call-uncertain-about = Γράφτηκε από μοντέλο ομιλίας. Οι λέξεις με διάστικτη γραμμή είναι αβέβαιες· ο δείκτης του ποντικιού δείχνει πόσο.
call-uncertain-example = διάστικτη γραμμή
call-uncertain = Αβέβαιη λέξη: πιθανότητα { $value }
call-search = Αναζήτηση στην απομαγνητοφώνηση
call-hit-back = Προηγούμενο σημείο
call-hit-on = Επόμενο σημείο

# Measurements.
call-numbers = Μετρήσεις
call-numbers-call = Όλη η κλήση
call-numbers-speakers = Πώς μιλούν
call-numbers-channels = Ήχος, ανά κανάλι
call-numbers-none = Η αναφορά αυτή έγινε από κείμενο: δεν υπάρχει ήχος για μέτρηση.
call-leakage = Διαρροή: η μία πλευρά ακούγεται στο κανάλι της άλλης
call-leak-from = Φωνή
call-leak-to = ακούγεται σε
call-leak-found = Βρέθηκε
call-leak-level = Στάθμη
call-leak-delay = Καθυστέρηση
call-problems = Τι δεν ήταν δυνατό
call-no-problems = Δεν υπήρξε κανένα εμπόδιο.

# What made the report.
call-made = Με τι δημιουργήθηκε η αναφορά
call-made-recording = Ηχογράφηση, SHA-256
call-made-bytes = Ηχογράφηση, byte
call-made-settings = Ρυθμίσεις, SHA-256
call-made-decoder = Αποκωδικοποιητής
call-made-model = Μοντέλο ομιλίας
call-made-model-hash = Μοντέλο ομιλίας, SHA-256
call-made-vad = Μοντέλο ανίχνευσης ομιλίας, SHA-256
call-made-dnsmos = Μοντέλο DNSMOS, SHA-256
call-made-speakers = Μοντέλο ομιλητών, SHA-256
call-made-metadata = Στοιχεία της κλήσης από
call-made-phrases = Κατάλογος φράσεων, SHA-256
call-disclaimer = Την απομαγνητοφώνηση την έγραψε μοντέλο και την έκριναν κανόνες. Ακούστε πριν ενεργήσετε με βάση ένα εύρημα.

# What the script says.
js-call-play = Αναπαραγωγή
js-call-pause = Παύση
js-call-position = { $time } από { $of }
js-call-loop-on = Επανάληψη { $from } έως { $to }
js-call-loop-off = Χωρίς επανάληψη
js-call-loop-nothing = Δεν υπάρχει τι να επαναληφθεί: επιλέξτε εύρημα ή σύρετε πάνω στην εικόνα
js-call-selected = Επιλέχθηκε { $from } έως { $to }: πατήστε l για επανάληψη
js-call-all-shown = { $n ->
    [one] { $n } εύρημα
   *[other] { $n } ευρήματα
}
js-call-some-shown = εμφανίζονται { $n } από { $of } ευρήματα
js-call-reviewed = αξιολογήθηκαν { $n } από { $of }
js-call-agree = συμφωνία
js-call-disagree = διαφωνία
js-call-unsure = αβεβαιότητα
js-call-judged = { $value }: { $name }
js-call-review-of = Αξιολόγηση: { $name }
js-call-saved-there = Αποθηκεύτηκε στον διακομιστή
js-call-not-saved-there = Ο διακομιστής δεν δέχτηκε την αξιολόγηση: αποθηκεύτηκε σε αυτόν τον περιηγητή
js-call-nothing-to-export = Δεν υπάρχει τι να εξαχθεί: δεν έχετε αξιολογήσει εύρημα αυτής της κλήσης
js-call-exported = { $n ->
    [one] Εξήχθη { $n } αξιολόγηση
   *[other] Εξήχθησαν { $n } αξιολογήσεις
}
js-call-imported = { $n ->
    [one] { $n } νέα αξιολόγηση αυτής της κλήσης
   *[other] { $n } νέες αξιολογήσεις αυτής της κλήσης
}
js-call-not-reviews = Το αρχείο δεν περιέχει αξιολογήσεις
js-call-hits = { $n } από { $of }
js-call-no-hits = δεν βρέθηκε

# Verdicts of reviewers that are in the store.
call-reviewed = Αξιολογήθηκε: συμφωνούν { $agreed }, διαφωνούν { $disagreed }, αβέβαιοι { $unsure }.
call-rejected = ✗ απορρίφθηκε από αξιολογητές
