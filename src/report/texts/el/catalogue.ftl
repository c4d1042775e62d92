# What the numbers of a report mean: label, meaning, where the limits come from, what misleads them.
# English is made from src/call/catalogue.rs: cargo test --lib write_the_catalogue -- --ignored

cat-recording-duration_s = Διάρκεια
cat-recording-duration_s-meaning = Διάρκεια όσων αποκωδικοποιήθηκαν.
cat-recording-duration_s-fooled = Ένα κομμένο αρχείο είναι συντομότερο από την κλήση.

cat-recording-sample_rate_hz = Συχνότητα δειγματοληψίας
cat-recording-sample_rate_hz-meaning = Δείγματα ανά δευτερόλεπτο στο αρχείο.
cat-recording-sample_rate_hz-fooled = Τηλεφωνική κλήση σε αρχείο ευρείας ζώνης: δείτε το όριο ζώνης.

cat-layout-role_confidence = Βεβαιότητα ρόλων
cat-layout-role_confidence-meaning = Πιθανότητα να έχουν διακριθεί σωστά εκπρόσωπος και πελάτης.
cat-layout-role_confidence-fooled = Μεταβιβάσεις και κλήσεις στις οποίες όλες τις ερωτήσεις τις κάνει ο πελάτης.

cat-channels-level-rms_dbfs = Στάθμη RMS
cat-channels-level-rms_dbfs-meaning = Ενεργός τιμή (RMS) όλων των δειγμάτων· ένα τετραγωνικό κύμα πλήρους κλίμακας είναι 0.
cat-channels-level-rms_dbfs-fooled = Οι παύσεις τη χαμηλώνουν.

cat-channels-level-peak_dbfs = Κορυφή
cat-channels-level-peak_dbfs-meaning = Το μεγαλύτερο δείγμα.
cat-channels-level-peak_dbfs-why = κορυφή σε απόσταση έως 0,1 dB από την πλήρη κλίμακα δεν αφήνει περιθώριο και υποδηλώνει ψαλιδισμό
cat-channels-level-peak_dbfs-fooled = Ένα μεμονωμένο κλικ.

cat-channels-level-true_peak_dbtp = Πραγματική κορυφή
cat-channels-level-true_peak_dbtp-meaning = Η μεγαλύτερη τιμή ανάμεσα στα δείγματα (BS.1770-4, υπερδειγματοληψία στα 192 kHz).
cat-channels-level-true_peak_dbtp-why = η EBU R 128 επιτρέπει -1 dBTP· πάνω από 0 ο μετατροπέας ψαλιδίζει
cat-channels-level-true_peak_dbtp-fooled = Ένα μεμονωμένο κλικ.

cat-channels-level-loudness_lufs = Ακουστότητα
cat-channels-level-loudness_lufs-meaning = Ολοκληρωμένη ακουστότητα κατά EBU R 128.
cat-channels-level-loudness_lufs-fooled = Η μουσική αναμονής και ο ήχος κλήσης μετρούν όπως η ομιλία.

cat-channels-level-active_speech_level_dbov = Στάθμη ομιλίας
cat-channels-level-active_speech_level_dbov-meaning = Στάθμη της ομιλίας όσο υπάρχει ομιλία (ITU-T P.56, μέθοδος B).
cat-channels-level-active_speech_level_dbov-fooled = Ο δυνατός θόρυβος στις παύσεις την τραβά προς τον μέσο όρο του συνόλου.

cat-channels-level-activity_ratio = Ενεργή ομιλία
cat-channels-level-activity_ratio-meaning = Μερίδιο του χρόνου με ομιλία κατά ITU-T P.56.
cat-channels-level-activity_ratio-fooled = Μετρά κάθε ήχος, ακόμη και μουσική ή θόρυβος.

cat-channels-level-dc_offset = Συνεχής συνιστώσα (DC)
cat-channels-level-dc_offset-meaning = Μέσος όρος των δειγμάτων ως μερίδιο της πλήρους κλίμακας.
cat-channels-level-dc_offset-fooled = Ισχυροί ήχοι κάτω από 1 Hz.

cat-channels-noise-floor_dbfs = Στάθμη θορύβου
cat-channels-noise-floor_dbfs-meaning = RMS του υποβάθρου στις παύσεις αυτού του καναλιού, χωρίς την ψηφιακή σιωπή.
cat-channels-noise-floor_dbfs-why = η ονομαστική στάθμη ομιλίας είναι -26 dBov: 30 dB πιο κάτω ο θόρυβος μόλις ακούγεται, 15 dB πιο κάτω κουράζει τον ακροατή
cat-channels-noise-floor_dbfs-fooled = Ανάσες και αντήχηση χώρου στις παύσεις· μια πύλη θορύβου τον κρύβει.

cat-channels-noise-snr_db = SNR
cat-channels-noise-snr_db-meaning = Πόσο πάνω από τον θόρυβο βρίσκεται η ομιλία, σε όλη τη ζώνη.
cat-channels-noise-snr_db-why = πάνω από περίπου 25 dB ο θόρυβος σχεδόν δεν γίνεται αντιληπτός, κάτω από περίπου 12 dB η ακρόαση θέλει προσπάθεια και αυξάνονται τα λάθη αναγνώρισης
cat-channels-noise-snr_db-fooled = Θόρυβος που υπάρχει μόνο όσο μιλά ο ομιλητής· λέξεις στις παύσεις που δεν εντοπίστηκαν.

cat-channels-noise-snr_uncertainty_db = Αβεβαιότητα SNR
cat-channels-noise-snr_uncertainty_db-meaning = Μία τυπική απόκλιση του SNR.
cat-channels-noise-snr_uncertainty_db-fooled = Θόρυβος που διαφέρει από παύση σε παύση.

cat-channels-noise-snr_300_3400_db = SNR, τηλεφωνική ζώνη
cat-channels-noise-snr_300_3400_db-meaning = Το ίδιο ανάμεσα στα 300 και 3400 Hz, που περνούν από το τηλέφωνο· ο βόμβος μετρά λιγότερο.
cat-channels-noise-snr_300_3400_db-why = όπως για όλη τη ζώνη
cat-channels-noise-snr_300_3400_db-fooled = Ό,τι και για το SNR όλης της ζώνης.

cat-channels-noise-hum_hz = Βόμβος δικτύου ρεύματος
cat-channels-noise-hum_hz-meaning = 50 ή 60 όταν ακούγεται βόμβος του δικτύου ρεύματος, έστω και μόνο από τις αρμονικές του.
cat-channels-noise-hum_hz-fooled = Μηχάνημα που περιστρέφεται στη συχνότητα του δικτύου.

cat-channels-noise-digital_silence_ratio = Ψηφιακή σιωπή
cat-channels-noise-digital_silence_ratio-meaning = Μερίδιο των δειγμάτων σε συνεχόμενα ψηφιακά μηδενικά: πύλη, πλήκτρο σίγασης ή ασυνεχής μετάδοση.
cat-channels-noise-digital_silence_ratio-fooled = Και η συνθετική ομιλία έχει ψηφιακές παύσεις.

cat-channels-clipping-clipped_ratio = Ψαλιδισμένα
cat-channels-clipping-clipped_ratio-meaning = Μερίδιο των δειγμάτων σε επίπεδες κορυφές με τουλάχιστον 3 σχεδόν ίσα ακραία δείγματα.
cat-channels-clipping-clipped_ratio-why = ένα δείγμα στα χίλια ακούγεται ως παραμόρφωση, ένα στα δέκα χιλιάδες ως σπάνιο τρίξιμο
cat-channels-clipping-clipped_ratio-fooled = Τετραγωνικά κύματα· οι κωδικοποιητές χαμηλού ρυθμού αλλοιώνουν τις επίπεδες κορυφές.

cat-channels-clipping-n_runs = Ψαλιδισμένες κορυφές
cat-channels-clipping-n_runs-meaning = Πόσες επίπεδες κορυφές.
cat-channels-clipping-n_runs-fooled = Ό,τι και για το μερίδιο των ψαλιδισμένων.

cat-channels-dropouts-n = Διακοπές ήχου
cat-channels-dropouts-n-meaning = Κενά τουλάχιστον 20 ms στα οποία ο ήχος χάνεται μέσα στην ομιλία.
cat-channels-dropouts-n-why = το κανονικό είναι καμία· αρκετές ακούγονται ως κακή γραμμή
cat-channels-dropouts-n-fooled = Η απόκρυψη απωλειών γεμίζει τα κενά· μια πολύ αυστηρή πύλη δίνει την ίδια εικόνα.

cat-channels-dropouts-total_s = Διακοπές ήχου, σύνολο
cat-channels-dropouts-total_s-meaning = Διάρκεια όλων των διακοπών μαζί.
cat-channels-dropouts-total_s-fooled = Ό,τι και για το πλήθος των διακοπών.

cat-channels-bandwidth-edge_hz = Όριο ζώνης
cat-channels-bandwidth-edge_hz-meaning = Μέχρι ποια συχνότητα φτάνει η ομιλία.
cat-channels-bandwidth-edge_hz-why = η ομιλία ευρείας ζώνης (G.722) φτάνει τα 7 kHz· η τηλεφωνική ζώνη (G.712) τα 3,4 kHz
cat-channels-bandwidth-edge_hz-fooled = Πνιχτή φωνή· θόρυβος που καλύπτει τις υψηλές συχνότητες.

cat-channels-background_voices-ratio = Φωνές στο υπόβαθρο
cat-channels-background_voices-ratio-meaning = Μερίδιο του χρόνου στο οποίο ακούγονται φωνές τρίτων.
cat-channels-background_voices-ratio-fooled = Τηλεόραση, ηχώ του ίδιου του ομιλητή.

cat-channels-background_voices-level_below_speech_db = Φωνές στο υπόβαθρο, κάτω από την ομιλία
cat-channels-background_voices-level_below_speech_db-meaning = Πόσο κάτω βρίσκονται από την ομιλία του ίδιου του ομιλητή.
cat-channels-background_voices-level_below_speech_db-fooled = Ό,τι και για το μερίδιο.

cat-channels-background_voices-grade = Φωνές στο υπόβαθρο, βαθμίδα
cat-channels-background_voices-grade-meaning = 0 καμία, 1 βαβούρα, 2 λέξεις που μαντεύονται, 3 λέξεις που αναγνωρίζονται.
cat-channels-background_voices-grade-why = από τη βαθμίδα 2 και πάνω ίσως ακούγονται στοιχεία άλλου πελάτη
cat-channels-background_voices-grade-fooled = Ό,τι και για το μερίδιο.

cat-channels-perceived-sig = Ποιότητα ομιλίας, εκτίμηση
cat-channels-perceived-sig-meaning = DNSMOS P.835 SIG, 1 έως 5: εκτίμηση νευρωνικού δικτύου για το πώς θα βαθμολογούσαν ακροατές την ομιλία· δεν μετρά στη βαθμολογία.
cat-channels-perceived-sig-fooled = Τηλεφωνική ζώνη, γλώσσες και γραμμές διαφορετικές από τα δεδομένα εκπαίδευσης· μουσική.

cat-channels-perceived-bak = Ποιότητα υποβάθρου, εκτίμηση
cat-channels-perceived-bak-meaning = DNSMOS P.835 BAK, 1 έως 5: εκτίμηση νευρωνικού δικτύου για το πώς θα βαθμολογούσαν ακροατές το υπόβαθρο· δεν μετρά στη βαθμολογία.
cat-channels-perceived-bak-fooled = Ό,τι και για την ποιότητα ομιλίας· υπόβαθρο έξω από τα παράθυρα που βαθμολογήθηκαν.

cat-channels-perceived-ovrl = Συνολική ποιότητα, εκτίμηση
cat-channels-perceived-ovrl-meaning = DNSMOS P.835 OVRL, 1 έως 5: εκτίμηση νευρωνικού δικτύου για το πώς θα βαθμολογούσαν ακροατές το σύνολο· δεν μετρά στη βαθμολογία.
cat-channels-perceived-ovrl-fooled = Ό,τι και για την ποιότητα ομιλίας.

cat-channels-perceived-n_windows = Παράθυρα που βαθμολογήθηκαν
cat-channels-perceived-n_windows-meaning = Σε πόσα παράθυρα των 9 s βασίζεται ο μέσος όρος των εκτιμήσεων ποιότητας.

cat-crosstalk-leakage-attenuation_db = Διαρροή
cat-crosstalk-leakage-attenuation_db-meaning = Πόσο ασθενέστερη είναι η φωνή μιας πλευράς στο κανάλι της άλλης από ό,τι στο δικό της.
cat-crosstalk-leakage-attenuation_db-why = κάτω από 15 dB τα λόγια της άλλης πλευράς απομαγνητοφωνούνται δύο φορές και η ταυτόχρονη ομιλία δεν ξεχωρίζει· στα 40 dB δεν ακούγεται δίπλα στην ομιλία
cat-crosstalk-leakage-attenuation_db-fooled = Πλευρά που δεν μιλά ποτέ μόνη· ίδια μουσική και στα δύο κανάλια.

cat-crosstalk-leakage-delay_ms = Καθυστέρηση διαρροής
cat-crosstalk-leakage-delay_ms-meaning = Πόσο αργότερα ακούγεται εκεί.
cat-crosstalk-leakage-delay_ms-fooled = Ηχώ που φτάνει από πολλές διαδρομές: μετρά η ισχυρότερη.

cat-crosstalk-level_difference_db = Διαφορά στάθμης
cat-crosstalk-level_difference_db-meaning = Στάθμη ομιλίας του πρώτου καναλιού μείον του δεύτερου: θετική όταν η πρώτη πλευρά είναι δυνατότερη.
cat-crosstalk-level_difference_db-fooled = Ό,τι και για τις στάθμες ομιλίας: δυνατός θόρυβος στις παύσεις, μουσική αναμονής.

cat-conversation-speech_s = Ομιλία
cat-conversation-speech_s-meaning = Δευτερόλεπτα ομιλίας ενός ομιλητή.
cat-conversation-speech_s-fooled = Θόρυβος που θεωρήθηκε ομιλία· σιγανές συλλαβές που δεν εντοπίστηκαν.

cat-conversation-talk_ratio = Μερίδιο ομιλίας
cat-conversation-talk_ratio-meaning = Μερίδιο αυτού του ομιλητή στο σύνολο της ομιλίας.
cat-conversation-talk_ratio-fooled = Μηνύματα αναμονής που λογίστηκαν ως ομιλητής.

cat-conversation-monologue_s = Μεγαλύτερος μονόλογος
cat-conversation-monologue_s-meaning = Η μεγαλύτερη συνεχής ομιλία χωρίς να πάρει τον λόγο άλλος, μαζί με παύσεις κάτω από 2 s.
cat-conversation-monologue_s-why = ύστερα από ένα λεπτό χωρίς να πάρει τον λόγο, ο πελάτης παύει να παρακολουθεί· τα δύο λεπτά είναι απαγγελία
cat-conversation-monologue_s-fooled = Ενδείξεις προσοχής που δεν εντοπίστηκαν.

cat-conversation-response_s = Χρόνος απόκρισης
cat-conversation-response_s-meaning = Διάμεσος χρόνος από τη στιγμή που σταματά ο άλλος ως τη στιγμή που αρχίζει αυτός ο ομιλητής· αρνητικός όταν επικαλύπτονται.
cat-conversation-response_s-why = σε όλες τις γλώσσες οι συνομιλητές εναλλάσσονται μέσα σε περίπου 0,2 s· τα 3 s είναι αμήχανο κενό
cat-conversation-response_s-fooled = Καθυστέρηση της γραμμής· ηχογράφηση στο ένα άκρο.

cat-conversation-words_per_minute = Ρυθμός ομιλίας
cat-conversation-words_per_minute-meaning = Λέξεις ανά λεπτό ομιλίας αυτού του ομιλητή.
cat-conversation-words_per_minute-why = στα αγγλικά κανονικός ρυθμός στο τηλέφωνο είναι περίπου 150· πάνω από 200 οι όροι που διαβάζονται δύσκολα παρακολουθούνται
cat-conversation-words_per_minute-fooled = Γλώσσες με μεγάλες λέξεις (ουγγρικά, ελληνικά) δίνουν λιγότερες· λάθη αναγνώρισης.

cat-conversation-syllables_per_minute = Ρυθμός ομιλίας σε συλλαβές
cat-conversation-syllables_per_minute-meaning = Συλλαβές ανά λεπτό ομιλίας αυτού του ομιλητή, με βάση τα φωνήεντα.
cat-conversation-syllables_per_minute-fooled = Λάθη αναγνώρισης· αριθμοί γραμμένοι με ψηφία· αγγλική ορθογραφία.

cat-conversation-overtalk-total_s = Ταυτόχρονη ομιλία
cat-conversation-overtalk-total_s-meaning = Δευτερόλεπτα στα οποία μιλούν και οι δύο πλευρές.
cat-conversation-overtalk-total_s-fooled = Διαρροή που θεωρήθηκε ομιλία.

cat-conversation-overtalk-ratio = Μερίδιο ταυτόχρονης ομιλίας
cat-conversation-overtalk-ratio-meaning = Μερίδιο του χρόνου ομιλίας στο οποίο μιλούν και οι δύο.
cat-conversation-overtalk-ratio-why = λίγα τοις εκατό είναι φυσιολογικά σε ζωηρή συζήτηση, κυρίως ενδείξεις προσοχής· πάνω από 15 % ο ένας δεν ακούει τον άλλον
cat-conversation-overtalk-ratio-fooled = Διαρροή που θεωρήθηκε ομιλία· και οι ενδείξεις προσοχής είναι ταυτόχρονη ομιλία.

cat-conversation-silence-total_s = Σιωπή
cat-conversation-silence-total_s-meaning = Άθροισμα των διαστημάτων τουλάχιστον 2 s στα οποία δεν μιλά κανείς και δεν ακούγεται μουσική ή σήμα.
cat-conversation-silence-total_s-fooled = Ομιλία πολύ αδύναμη για να ακουστεί.

cat-conversation-silence-longest_s = Μεγαλύτερη σιωπή
cat-conversation-silence-longest_s-meaning = Το μεγαλύτερο διάστημα στο οποίο δεν μιλά κανείς.
cat-conversation-silence-longest_s-why = ύστερα από περίπου 5 s ο καλών ρωτά αν τον ακούνε· 20 s χωρίς λέξη είναι νεκρός χρόνος
cat-conversation-silence-longest_s-fooled = Αναμονή χωρίς μουσική.

cat-conversation-hold_count = Πλήθος αναμονών
cat-conversation-hold_count-meaning = Πόσες φορές περιμένει μια πλευρά (ό,τι ακολουθεί αμέσως μετρά ως μία αναμονή): μουσική, ηχογραφημένα μηνύματα, ήχος κλήσης, τόνοι ή σιωπή τουλάχιστον 10 s μέσα στην κλήση.
cat-conversation-hold_count-fooled = Τραγούδια, που ακούγονται ως ομιλία.

cat-conversation-hold_total_s = Σε αναμονή
cat-conversation-hold_total_s-meaning = Άθροισμα των χρόνων αναμονής.
cat-conversation-hold_total_s-fooled = Ό,τι και για το πλήθος αναμονών.

cat-conversation-hold_ratio = Μερίδιο αναμονής
cat-conversation-hold_ratio-meaning = Μερίδιο της ηχογράφησης που είναι αναμονή.
cat-conversation-hold_ratio-fooled = Ό,τι και για το πλήθος αναμονών.

cat-conversation-time_to_human_s = Χρόνος ως τον άνθρωπο
cat-conversation-time_to_human_s-meaning = Δευτερόλεπτα ως την πρώτη λέξη ζωντανού ομιλητή.
cat-conversation-time_to_human_s-why = το σύνηθες επίπεδο εξυπηρέτησης είναι το 80 % των κλήσεων να απαντάται μέσα σε 20 s
cat-conversation-time_to_human_s-fooled = Ηχογραφημένα μηνύματα που θεωρήθηκαν άνθρωποι.

cat-conversation-billable_s = Χρεώσιμος χρόνος
cat-conversation-billable_s-meaning = Δευτερόλεπτα από την απάντηση ως το κλείσιμο όπως χρεώνονται σε κάθε στρογγυλοποίηση: πρώτο βήμα / επόμενα βήματα.
cat-conversation-billable_s-fooled = Ηχογράφηση που αρχίζει πριν από τη σύνδεση της κλήσης.

cat-transcript-language_probability = Πιθανότητα γλώσσας
cat-transcript-language_probability-meaning = Πόσο βέβαιη είναι η γλώσσα.
cat-transcript-language_probability-why = κάτω από το μισό, η απομαγνητοφώνηση μπορεί να είναι σε λάθος γλώσσα
cat-transcript-language_probability-fooled = Σύντομη ή ανάμεικτη ομιλία.

cat-transcript-utterances-confidence = Βεβαιότητα απομαγνητοφώνησης
cat-transcript-utterances-confidence-meaning = Μέση πιθανότητα των λέξεων μιας φράσης.
cat-transcript-utterances-confidence-why = κάτω από το μισό, μια λέξη είναι πιθανότερο να είναι λάθος παρά σωστή
cat-transcript-utterances-confidence-fooled = Τα μοντέλα είναι βέβαια και για λάθη που ακούγονται στρωτά.

cat-transcript-utterances-words-probability = Πιθανότητα λέξης
cat-transcript-utterances-words-probability-meaning = Πόσο πιθανό είναι να είναι σωστή η λέξη: η πιθανότητα του μοντέλου, βαθμονομημένη.
cat-transcript-utterances-words-probability-fooled = Ό,τι και για τη βεβαιότητα απομαγνητοφώνησης.

cat-findings-confidence = Βεβαιότητα
cat-findings-confidence-meaning = Πιθανότητα να συμφωνούσε με το εύρημα ένας προσεκτικός αξιολογητής.
cat-findings-confidence-fooled = Λανθασμένη απομαγνητοφώνηση.

cat-score-total = Βαθμολογία
cat-score-total-meaning = Η κλήση σε έναν αριθμό, με άριστα το 100· όσα δεν μπορούν να κριθούν δεν υπολογίζονται.
cat-score-total-why = απώλεια του ενός πέμπτου των βαθμών αξίζει μια ματιά, των δύο πέμπτων μια αξιολόγηση
cat-score-total-fooled = Δεν είναι καλύτερη από τα μέρη της: δείτε τα.
