# The page of the batch.

batch-title = { $n ->
    [one] { $n } κλήση
   *[other] { $n } κλήσεις
}
batch-heading = Κλήσεις
batch-n-calls = { $n ->
    [one] { $n } κλήση
   *[other] { $n } κλήσεις
}
batch-from-to = { $from } έως { $to }
batch-or-more = { $from } και άνω
# 3 of 8 (calls).
batch-of = { $value } από { $of }
batch-of-calls = { $value } από { $of } κλήσεις που κρίθηκαν
batch-n-judged = κρίθηκαν { $value } από { $of }
batch-too-few = πολύ λίγες
batch-skip = Μετάβαση στη λίστα κλήσεων
batch-sections = Ενότητες της σελίδας

# Totals.
batch-total-calls = κλήσεις
batch-total-analysed = αναλύθηκαν
batch-total-failed = απέτυχαν
batch-total-not-judged = δεν κρίθηκαν
batch-total-pending = εκκρεμούν
batch-total-sound = ήχου
batch-total-findings = ευρήματα συνολικά
# How many of the findings are true by their confidences: $value ± $of.
batch-expected = αναμένεται να αληθεύουν { $value } ± { $of }

# What to hear.
batch-listen = Ακούστε πρώτα αυτές
batch-listen-how = Έξι κλήσεις όπου σοβαρά ευρήματα είναι πιθανότερο να αληθεύουν και τέσσερις όπου η ανάλυση είναι λιγότερο βέβαιη· κάθε μία ανοίγει στο κρίσιμο σημείο. Οι βεβαιότητες αθροίζονται: ένα εύρημα με 60 % μετρά ως 0,6.
batch-listen-none = Τίποτα δεν παραπέμπει σε συγκεκριμένη κλήση. Ακούστε τις κλήσεις που κληρώθηκαν παρακάτω.
batch-why-risky = Από { $from } σοβαρά ευρήματα πιθανώς αληθεύουν { $value } ± { $of }.
batch-why-many = Πολλά μικρότερα ευρήματα πιθανώς αληθεύουν.
batch-why-unsure = Σοβαρό, αλλά με βεβαιότητα μόνο { $value }: κρίνετε εσείς.
batch-why-unheard = Μόνο το { $value } των λέξεών της είναι αξιόπιστο.
batch-why-no-words = Οι λέξεις της δεν αναγνωρίστηκαν: δεν είναι γνωστό τι ειπώθηκε.
batch-why-not-judged = Όσα ειπώθηκαν δεν μπόρεσαν να κριθούν.
batch-why-spread = Τα ευρήματά της συνολικά είναι τα λιγότερο βέβαια.
batch-kind-risky = κίνδυνος
batch-kind-uncertain = αβέβαιη
batch-drawn = Με κλήρωση, από όλες τις υπόλοιπες κλήσεις
batch-drawn-how = Οι κανόνες βρίσκουν μόνο ό,τι ψάχνουν. Ακούστε και αυτές, ολόκληρες.
batch-drawn-all = Αυτές είναι όλες οι υπόλοιπες κλήσεις.
# $value: a share such as 63 %.
batch-drawn-says = Αν δεν βρείτε κανένα πρόβλημα σε αυτές, έως και { $value } των υπόλοιπων κλήσεων μπορεί να είναι κακές (εμπιστοσύνη 95 %): λίγες κλήσεις λένε λίγα.
# $value of $of calls.
batch-drawn-more = Για να μάθετε το ποσοστό των κακών κλήσεων με ακρίβεια ±10 μονάδων, ακούστε { $value } από αυτές τις { $of }, με κλήρωση.
batch-drawn-seed = Σπόρος { $value }, από τις ηχογραφήσεις: οι ίδιες ηχογραφήσεις δίνουν την ίδια κλήρωση.

# The list of calls.
batch-list = Όλες οι κλήσεις, πρώτα οι χειρότερες
batch-how-title = Πώς διαβάζεται η λίστα
batch-how-score = Βαθμολογία: άριστα είναι το 100· βαθμοί χάνονται για κακή γραμμή, θόρυβο, βήματα που λείπουν, απαγορευμένες φράσεις και έκθεση προσωπικών δεδομένων, και η σελίδα της κλήσης δείχνει ποιο εύρημα τους αφαίρεσε. Κλήσεις χωρίς βαθμολογία δεν μπόρεσαν να κριθούν επαρκώς.
batch-how-findings = Τα ευρήματα είναι σημεία για ακρόαση, όχι αποδείξεις: καθένα έχει μια βεβαιότητα και με ένα κλικ ανοίγει εκεί όπου ειπώθηκε.
batch-how-missing = Βήματα που λείπουν είναι όσα έπρεπε να ειπωθούν και δεν βρέθηκαν.
batch-how-not-judged = «Δεν κρίθηκε»: τα λόγια της κλήσης δεν μπόρεσαν να κριθούν. Το ότι δεν βρέθηκε τίποτα και δεν λείπει βήμα δεν λέει τίποτα για αυτήν.
batch-how-snr = Το SNR δείχνει πόσο ξεχωρίζει η ομιλία από τον θόρυβο, στο χειρότερο κανάλι.
batch-how-overtalk = Ταυτόχρονη ομιλία είναι το μερίδιο της ομιλίας στο οποίο μιλούν και οι δύο.
batch-how-empty = Κενό κελί σημαίνει ότι δεν μετρήθηκε· η σελίδα της κλήσης λέει γιατί.
batch-how-link = Φίλτρα, σειρά και στήλες περιέχονται στη διεύθυνση της σελίδας: ο αντιγραμμένος σύνδεσμος δείχνει την ίδια λίστα.
batch-filter = Φιλτράρισμα κλήσεων
batch-find = Αναζήτηση
batch-find-hint = όνομα, εκπρόσωπος, λέξεις …
batch-filter-severity = Ευρήματα
batch-severity-1 = κρίσιμα
batch-severity-2 = μείζονα και άνω
batch-severity-3 = ελάσσονα και άνω
batch-filter-category = Κατηγορία
batch-filter-status = Κατάσταση
batch-filter-score = Βαθμολογία από
batch-filter-score-to = έως
batch-any = όλα
batch-clear = Καθαρισμός φίλτρων
batch-columns = Στήλες
batch-no-calls = Καμία κλήση.
batch-caption = Κλήσεις, πρώτα οι χειρότερες. Οι επικεφαλίδες των στηλών είναι κουμπιά ταξινόμησης.
batch-column-score = Βαθμολογία
batch-column-call = Κλήση
batch-column-worst = Χειρότερα ευρήματα
batch-column-missing = Βήματα που λείπουν
batch-column-started = Έναρξη
batch-column-length = Διάρκεια, λ:δ
batch-column-snr = SNR, dB
batch-column-overtalk = Ταυτόχρονη ομιλία, %
batch-column-status = Κατάσταση
batch-status-not-judged = δεν κρίθηκε
batch-pages = Σελίδες της λίστας
batch-earlier = Προηγούμενες
batch-later = Επόμενες
# Without a script.
batch-first-only = Εδώ εμφανίζονται οι { $value } χειρότερες από { $of } κλήσεις· το calls.csv τις περιέχει όλες.

# What was found.
batch-found = Τι βρέθηκε
batch-found-how = Ποσοστά επί των κλήσεων όπου αυτό μπόρεσε να κριθεί. Αναμενόμενα: πόσα από τα ευρήματα αληθεύουν με βάση τη βεβαιότητά τους. Το διάστημα (95 %, Wilson) δείχνει πόσο μπορεί να απέχει το ποσοστό, αν οι κλήσεις αυτές είναι δείγμα περισσότερων.
batch-found-category = Κατηγορία
batch-found-kind = Είδος
batch-found-calls = Κλήσεις
batch-found-share = Ποσοστό κλήσεων που κρίθηκαν
batch-found-interval = Διάστημα 95 %
batch-found-findings = Ευρήματα
batch-found-expected = Αναμενόμενα αληθή
batch-found-example = Το πιο βέβαιο, για ακρόαση

# By group.
batch-groups = Ποιος και πότε
batch-groups-how = Διαστήματα 95 %: t του Student για τη μέση βαθμολογία· για τα ευρήματα το ακριβές διάστημα Poisson, διευρυμένο επειδή εμφανίζονται σε συστάδες· Wilson για τα βήματα. Ομάδες με λιγότερες από 5 κλήσεις μπαίνουν στο τέλος χωρίς κατάταξη. Μια διαφορά μπορεί να οφείλεται στο τι ανατέθηκε στον καθένα. Τα ευρήματα μετρώνται στις κλήσεις των οποίων τα λόγια κρίθηκαν.
batch-by-agent = Ανά εκπρόσωπο
batch-by-vendor = Ανά προμηθευτή
batch-by-campaign = Ανά καμπάνια
batch-by-language = Ανά γλώσσα
batch-by-weekday = Ανά ημέρα
batch-by-hour = Ανά ώρα
batch-head-agent = Εκπρόσωπος
batch-head-vendor = Προμηθευτής
batch-head-campaign = Καμπάνια
batch-head-language = Γλώσσα
batch-head-weekday = Ημέρα
batch-head-hour = Ώρα
batch-group-calls = Κλήσεις
batch-group-score = Μέση βαθμολογία
batch-group-severe = Κρίσιμα και μείζονα ανά 10 κλήσεις
batch-group-missing = Βήματα που λείπουν
batch-group-small = λίγες κλήσεις
batch-group-more = { $n ->
    [one] { $n } ακόμη ομάδα δεν εμφανίζεται· η λίστα φιλτράρεται και με αυτήν.
   *[other] { $n } ακόμη ομάδες δεν εμφανίζονται· η λίστα φιλτράρεται και με αυτές.
}
batch-group-unknown = { $n ->
    [one] { $n } κλήση δεν ανήκει σε καμία: το στοιχείο δεν είναι γνωστό.
   *[other] { $n } κλήσεις δεν ανήκουν σε καμία: το στοιχείο δεν είναι γνωστό.
}
batch-weekday-1 = Δευτέρα
batch-weekday-2 = Τρίτη
batch-weekday-3 = Τετάρτη
batch-weekday-4 = Πέμπτη
batch-weekday-5 = Παρασκευή
batch-weekday-6 = Σάββατο
batch-weekday-7 = Κυριακή

# Heat map.
batch-heat = Τι και από ποιον
batch-heat-how = Ποσοστό των κλήσεων, από όσες μπόρεσαν να κριθούν, στις οποίες βρέθηκε με βεβαιότητα τουλάχιστον 50 %· για λιγότερες από 5 κλήσεις, το πλήθος τους. Με κλικ εμφανίζονται. Οι αποχρώσεις αρχίζουν στο 0,5, 10, 25, 50 και 75 %. Το – σημαίνει ότι καμία δεν μπόρεσε να κριθεί.
batch-heat-more-columns = { $n ->
    [one] { $n } ακόμη στήλη δεν εμφανίζεται.
   *[other] { $n } ακόμη στήλες δεν εμφανίζονται.
}
batch-heat-more-rows = { $n ->
    [one] { $n } ακόμη κατηγορία δεν εμφανίζεται.
   *[other] { $n } ακόμη κατηγορίες δεν εμφανίζονται.
}
batch-heat-nothing = δεν βρέθηκε

# Distributions.
batch-spread = Πώς κατανέμονται οι τιμές
batch-spread-how = Με κλικ σε μια ράβδο ή σε μια γραμμή του πίνακά της εμφανίζονται αυτές οι κλήσεις.
batch-chart-score = Βαθμολογία
batch-chart-severe = Κρίσιμα και μείζονα ευρήματα ανά κλήση
batch-chart-findings = Ευρήματα ανά κλήση
batch-chart-snr = SNR, dB
batch-chart-overtalk = Ταυτόχρονη ομιλία, %
batch-chart-talk = Μερίδιο ομιλίας εκπροσώπου, %
batch-chart-silence = Μεγαλύτερη σιωπή, s
batch-chart-length = Διάρκεια, λεπτά
batch-chart-summary = Διάμεσος { $value }· εννέα στις δέκα κλήσεις από { $from } έως { $to }.
batch-chart-summary-all = Διάμεσος { $value }· όλες οι κλήσεις από { $from } έως { $to }.
batch-chart-missing = { $n ->
    [one] Δεν μετρήθηκε σε { $n } κλήση.
   *[other] Δεν μετρήθηκε σε { $n } κλήσεις.
}
batch-chart-table = Ως πίνακας
batch-chart-step = Κλάση
batch-chart-calls = Κλήσεις

# Questions.
batch-questions = Ερωτήσεις προς υποβολή
batch-questions-of = Ερωτήσεις προς { $name }
batch-questions-how = Κάθε αμφιβολία ως ερώτηση, με τα σημεία που τη γεννούν. Μία κλήση είναι σημείωση, δύο αξίζουν ερώτηση, τρεις ανεξάρτητες κλήσεις είναι συναγερμός. Τα ευρήματα μπορεί να είναι λάθος, και μπορεί να υπάρχει καλή απάντηση. Μετρούν μόνο ευρήματα με βεβαιότητα τουλάχιστον 50 %.
batch-doubt-red = συναγερμός
batch-doubt-ask = ερώτηση
batch-doubt-note = σημείωση
batch-questions-all-calls = όλες
batch-questions-more = { $n ->
    [one] { $n } ακόμη ερώτηση προκύπτει από τη λίστα όσων βρέθηκαν.
   *[other] { $n } ακόμη ερωτήσεις προκύπτουν από τη λίστα όσων βρέθηκαν.
}
batch-question-any-said = Σε αυτές τις κλήσεις ακούστηκε: «{ $name }». Υπάρχει στο σενάριό σας, και πώς το αποτρέπετε;
batch-question-any-step = Το βήμα «{ $name }» δεν ακούστηκε. Περιλαμβάνεται στο σενάριό σας, και πώς ελέγχετε ότι λέγεται;
batch-question-any-fact = Όσα ειπώθηκαν για το θέμα «{ $name }» δεν συμφωνούν με τα στοιχεία. Από πού τα αντλούν οι εκπρόσωποί σας;
batch-question-any-personal = Σε αυτές τις ηχογραφήσεις ακούγονται προσωπικά δεδομένα ({ $name }). Ποιος επιτρέπεται να τα ακούσει, και γιατί δεν αφαιρέθηκαν;
batch-question-any-quality = Ο ήχος έχει πρόβλημα: { $name }. Από πού προέρχεται, και υπάρχει και στις ζωντανές κλήσεις;
batch-question-contradiction = Οι κλήσεις σας αναφέρουν διαφορετικές τιμές για το ίδιο στοιχείο ({ $name }): { $value }. Ποια ισχύει, και πού τη βρίσκουν οι εκπρόσωποι;
batch-question-urgency_false = Λέγεται στους πελάτες ότι η προσφορά λήγει σήμερα ή με αυτή την κλήση. Ισχύει; Τι την τερματίζει, και πού αναγράφεται;
batch-question-scarcity_stock = Οι εκπρόσωποι λένε ότι απομένουν λίγα. Πού βλέπουν το απόθεμα την ώρα που μιλούν, και ίσχυε εκείνες τις ημέρες;
batch-question-free_false = Κάτι παρουσιάζεται ως δωρεάν. Τι πληρώνει τελικά ο πελάτης, μαζί με παράδοση, ενεργοποίηση και σύμβαση;
batch-question-delivery_overpromise = Δίνεται υπόσχεση για παράδοση σε συγκεκριμένη ημέρα. Πόσο συχνά τηρείται, και τι γίνεται όταν δεν τηρείται;
batch-question-guarantee_overclaim = Δίνεται εγγύηση για αποτελέσματα ή ασφάλεια. Ποιος την καλύπτει, και πού μπορούμε να τη διαβάσουμε;
batch-question-health_claim = Λέγεται ότι κάτι θεραπεύει ή προστατεύει την υγεία. Ποια τεκμηρίωση και ποια άδεια έχετε για αυτό;
batch-question-false_authority = Ο καλών μιλά εξ ονόματος τράπεζας, υπηρεσίας ή άλλης εταιρείας. Για λογαριασμό ποιου καλείτε πραγματικά;
batch-question-purpose_concealed = Η κλήση αρχίζει ως έρευνα ή εξυπηρέτηση και καταλήγει σε πώληση. Πότε μαθαίνει ο πελάτης περί τίνος πρόκειται;
batch-question-prize_bait = Λέγεται στους πελάτες ότι κέρδισαν ή επιλέχθηκαν. Ποιος κληρώνει τους νικητές, και τι τους κοστίζει το έπαθλο;
batch-question-consent_engineering = Η σιωπή ή ένα μισόλογο εκλαμβάνεται ως «ναι». Τι θεωρείτε συγκατάθεση, και μπορούμε να ακούσουμε μία που να είναι σαφής;
batch-question-withdrawal_obstruction = Οι πελάτες αποτρέπονται από την ακύρωση. Τι πρέπει να κάνουν για να ακυρώσουν, και πόσοι το καταφέρνουν με την πρώτη;
batch-question-threat_penalty = Οι πελάτες απειλούνται με χρεώσεις, δικαστήρια ή ζημιές. Ποια από αυτά υπάρχουν, και ποιος επέτρεψε να λέγονται;
batch-question-pressure_after_refusal = Η πώληση συνεχίζεται μετά από ένα καθαρό «όχι». Μετά από πόσες αρνήσεις οφείλουν να σταματούν οι εκπρόσωποί σας, και ποιος το ελέγχει;
batch-question-secrecy_isolation = Ζητείται από τους πελάτες να μην το πουν σε κανέναν ή να αποφασίσουν μόνοι τους. Γιατί;
batch-question-sensitive_request = Στη γραμμή που ηχογραφείται ζητούνται αριθμοί καρτών, κωδικοί πρόσβασης ή αριθμοί ταυτότητας. Γιατί, και ποιος μπορεί να ακούσει την ηχογράφηση;
batch-question-off_record = Κάτι λέγεται «εκτός ηχογράφησης». Τι λένε οι εκπρόσωποί σας όταν δεν ηχογραφούνται;
batch-question-trade_secret_leak = Ακούγονται εσωτερικές πληροφορίες των πελατών σας. Τι θα άκουγαν οι καλούντες για εμάς;
batch-question-staged_marker = Ακούγονται λόγια όπως «πάμε πάλι» ή «πρόβα». Είναι πραγματικές κλήσεις, και μπορείτε να δείξετε από πού προέρχονται;
batch-question-rudeness = Εκπρόσωποι είναι αγενείς με πελάτες. Τι συνέπειες υπήρξαν, και γιατί επιλέχθηκε αυτή η κλήση ως δείγμα;
batch-question-q_recording = Ο πελάτης δεν ενημερώνεται ότι η κλήση ηχογραφείται. Πού ανακοινώνεται αυτό, και μπορείτε να το αποδείξετε για αυτές τις κλήσεις;
batch-question-q_company = Ο εκπρόσωπος δεν λέει ποια εταιρεία καλεί. Παραλείπεται σκόπιμα;
batch-question-q_total_price = Η συνολική τιμή δεν αναφέρεται πριν από την παραγγελία. Πότε τη μαθαίνει ο πελάτης;
batch-question-q_withdrawal_right = Δεν αναφέρεται το δικαίωμα υπαναχώρησης. Πότε και πώς ενημερώνονται οι πελάτες;
batch-question-q_explicit_consent = Δεν ακούγεται σαφές «ναι» στην παραγγελία. Τι κρατάτε ως απόδειξη της σύμβασης;
batch-question-q_optout_honoured = Πελάτης ζητά να μην ξανακληθεί και το αίτημα αγνοείται. Πώς φτάνουν τέτοια αιτήματα στις λίστες σας;
batch-question-q_payment_pause = Η ηχογράφηση συνεχίζεται ενώ λέγονται στοιχεία πληρωμής. Γιατί δεν διακόπτεται;
batch-question-c_dnc_request = Πελάτες ζητούν να μην ξανακληθούν. Σε ποια λίστα βρίσκονταν, και κλήθηκαν ξανά;
batch-question-c_audio_complaint = Πελάτες παραπονιούνται ότι δεν ακούν καλά. Φταίει η γραμμή, τα ακουστικά ή ο χώρος;
batch-question-c_wait_complaint = Πελάτες παραπονιούνται για την αναμονή. Πόση είναι η ουρά εκείνη την ώρα, και τι υπόσχεστε;
batch-question-pii-card = Σε αυτές τις ηχογραφήσεις ακούγονται αριθμοί καρτών πληρωμής. Πώς τηρείτε τους κανόνες των εταιρειών καρτών (PCI DSS);
batch-question-pii-person_name = Σε ηχογραφήσεις που παραδίδετε ακούγονται ονοματεπώνυμα. Συγκατατέθηκαν αυτά τα πρόσωπα;
batch-question-pii-phone = Σε ηχογραφήσεις που παραδίδετε ακούγονται αριθμοί τηλεφώνου. Συγκατατέθηκαν αυτά τα πρόσωπα;
batch-question-quality-background_voices = Πίσω από τον ομιλητή ακούγονται φωνές άλλων εκπροσώπων. Πόσο απέχουν οι θέσεις τους, και τι μαθαίνουν οι καλούντες για άλλους καλούντες;
batch-question-quality-leakage = Κάθε πλευρά ακούγεται στο κανάλι της άλλης. Είναι ανοιχτά τα ακουστικά, ή αναμείχθηκαν οι φωνές πριν ηχογραφηθούν;
batch-question-quality-dual_mono = Και τα δύο κανάλια έχουν τον ίδιο ήχο. Γιατί δεν ηχογραφήθηκαν χωριστά εκπρόσωπος και πελάτης;
batch-question-quality-clipping = Ο ήχος είναι ψαλιδισμένος: πολύ δυνατός για τον καταγραφέα. Έτσι τον ακούν και οι πελάτες;
batch-question-quality-gated = Ανάμεσα στις λέξεις υπάρχει ψηφιακή σιωπή: το υπόβαθρο αφαιρέθηκε. Μπορούμε να έχουμε την αρχική ηχογράφηση;

# Contradictions.
batch-consistency = Κλήσεις που αντιφάσκουν μεταξύ τους
batch-consistency-how = Διαφορετικές τιμές για το ίδιο πράγμα· ποια ισχύει το λέει μόνο ένα δελτίο στοιχείων.
batch-consistency-about = Θέμα
batch-consistency-product = Προϊόν
batch-consistency-value = Τιμή
batch-consistency-calls = Κλήσεις
batch-consistency-heard = Ακούστηκε σε
batch-consistency-same-agent = ίδιος εκπρόσωπος, διαφορετικές τιμές

# Trend.
batch-trend = Από εκτέλεση σε εκτέλεση
batch-trend-how = Τι βρήκε κάθε εκτέλεση σε αυτόν τον φάκελο. Εκτελέσεις με άλλες ρυθμίσεις μετρούν διαφορετικά και επισημαίνονται.
batch-trend-when = Εκτέλεση, UTC
batch-trend-score = Μέση βαθμολογία
batch-trend-severe = Κρίσιμα και μείζονα ανά 10 κλήσεις
batch-trend-changed = άλλες ρυθμίσεις

# Failed, left out.
batch-failed = { $n ->
    [one] { $n } αρχείο δεν μπόρεσε να αναλυθεί
   *[other] { $n } αρχεία δεν μπόρεσαν να αναλυθούν
}
batch-failed-kind = Είδος
batch-failed-why = Γιατί
batch-failed-file = Αρχείο
batch-skipped = { $n ->
    [one] Αρχεία που παραλείφθηκαν ({ $n })
   *[other] Αρχεία που παραλείφθηκαν ({ $n })
}
batch-selftest = Πόσο καλά εντοπίζονται οι αλλοιώσεις σε τέτοιες ηχογραφήσεις (αυτοέλεγχος)
batch-selftest-how = { $n ->
    [one] Γνωστές αλλοιώσεις προστέθηκαν σε { $n } ηχογράφηση και τα αντίγραφα μετρήθηκαν.
   *[other] Γνωστές αλλοιώσεις προστέθηκαν σε { $n } ηχογραφήσεις και τα αντίγραφα μετρήθηκαν.
}
batch-selftest-more = Αναλυτικά:
batch-made = Δημιουργήθηκε από το callvet σε αυτόν τον υπολογιστή.
batch-spreadsheets = Για υπολογιστικά φύλλα:

# For the script.
js-batch-shown = { $n ->
    [one] { $n } από { $of } κλήσεις
   *[other] { $n } από { $of } κλήσεις
}
js-batch-range = { $from } έως { $to }
js-batch-none = Καμία κλήση δεν ταιριάζει με αυτά τα φίλτρα.
js-batch-remove = Αφαίρεση του φίλτρου { $name }
js-batch-any = όλα
js-batch-with = με { $name }
js-batch-confidence = βεβαιότητα { $value } %
js-batch-lost = χάθηκε μέρος
js-batch-bar = { $name }: { $value }
js-batch-column-campaign = Καμπάνια
js-batch-column-talk = Ομιλία εκπροσώπου, %
js-batch-column-silence = Μεγαλύτερη σιωπή, s
js-batch-range-severe = Κρίσιμα και μείζονα
js-batch-range-findings = Ευρήματα
js-batch-range-snr = SNR, dB
js-batch-range-overtalk = Ταυτόχρονη ομιλία, %
js-batch-range-talk = Ομιλία εκπροσώπου, %
js-batch-range-silence = Μεγαλύτερη σιωπή, s
js-batch-range-length = Διάρκεια, λεπτά
js-batch-likely = βεβαιότητα τουλάχιστον 50 %
js-batch-filter-weekday = Ημέρα
js-batch-filter-hour = Ώρα
js-batch-filter-campaign = Καμπάνια
js-batch-trend-score = Μέση βαθμολογία
js-batch-trend-severe = Κρίσιμα και μείζονα ανά 10 κλήσεις
