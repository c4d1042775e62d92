# The comparison of vendors.
vendors-title = Προμηθευτές
vendors-title-compared = Σύγκριση προμηθευτών
vendors-title-one = Προμηθευτής
vendors-all-calls = Όλες οι κλήσεις
vendors-skip = Μετάβαση στην απάντηση
vendors-nav = Σελίδες αυτού του φακέλου
vendors-n-calls = { $n ->
    [one] { $n } κλήση
   *[other] { $n } κλήσεις
}
vendors-calls-of = { $n } από { $of } κλήσεις
vendors-count-vendors = προμηθευτές
vendors-count-calls = κλήσεις
vendors-count-failed = δεν διαβάστηκαν
vendors-count-sound = ήχου
vendors-count-agents = γνωστοί εκπρόσωποι
vendors-count-judged = κλήσεις με λόγια που κρίθηκαν

# Who is better.
vendors-answer = Ποιος είναι καλύτερος, πόσο βέβαιο είναι, πόσες κλήσεις ακόμη
vendors-answer-one = Υπάρχει ένας μόνο προμηθευτής: δεν υπάρχει σύγκριση. Οι δείκτες του και οι αμφιβολίες ακολουθούν.
vendors-answer-many = Πάνω από 6 προμηθευτές: ο πίνακας παρακάτω τους περιέχει όλους, αλλά τα ζεύγη δεν συγκρίνονται ένα προς ένα. Για αυτό εκτελέστε το callvet σε λιγότερους φακέλους.
vendors-better = Όσο δείχνουν αυτές οι κλήσεις, { $name } υπερτερεί έναντι { $other }.
vendors-each = { $name } και { $other } υπερτερούν σε διαφορετικά σημεία.
vendors-cannot-tell = Δεν φαίνεται ακόμη ποιος είναι καλύτερος: { $name } ή { $other }.
vendors-sure-in = Με βεβαιότητα καλύτερα: { $name } σε: { $what }.
vendors-clearest = Ο πιο καθαρός δείκτης είναι «{ $figure }»: { $value } για { $name }, { $value2 } για { $other }.
vendors-clearest-chance = Διαφορά αυτού του μεγέθους ή μεγαλύτερη θα προέκυπτε από τύχη στο { $p } τέτοιων συγκρίσεων.
vendors-clearest-corrected = Μετά τη διόρθωση για { $n } συγκρίσεις παραμένει βέβαιο.
vendors-clearest-uncorrected = Μετά τη διόρθωση για { $n } συγκρίσεις δεν είναι αρκετά βέβαιο.
vendors-clearest-none = Κανένας δείκτης δεν διαφέρει μεταξύ τους.
vendors-more-each = Περίπου { $n } ακόμη κλήσεις από κάθε προμηθευτή θα έδειχναν διαφορά αυτού του μεγέθους, με πιθανότητα 8 στις 10.
vendors-more-enough = Οι διαθέσιμες κλήσεις θα έδειχναν διαφορά αυτού του μεγέθους με πιθανότητα 8 στις 10, αν ήταν ο μοναδικός δείκτης.
vendors-more-hopeless = Κανένα πλήθος κλήσεων που θα άκουγε κανείς (5000) δεν θα έλυνε το ερώτημα: η διαφορά είναι πολύ μικρή.
vendors-five-each = Περίπου { $n } ακόμη κλήσεις από τον καθένα θα προσδιόριζαν τον δείκτη «{ $figure }» με ακρίβεια ±5 μονάδων.
vendors-five-enough = Ο δείκτης «{ $figure }» είναι ήδη γνωστός με ακρίβεια ±5 μονάδων.
vendors-five-hopeless = Ούτε 5000 ακόμη κλήσεις από τον καθένα δεν θα προσδιόριζαν τον δείκτη «{ $figure }» με ακρίβεια ±5 μονάδων.
vendors-mix-alike = Οι κλήσεις τους είναι παρόμοιες (θα έπρεπε να αλλάξει το { $distance } των κλήσεων για να ταιριάξουν σε γλώσσα και διάρκεια).
vendors-mix-adjusted = Οι κλήσεις τους διαφέρουν σε γλώσσα ή διάρκεια (θα έπρεπε να αλλάξει το { $distance } των κλήσεων): οι δείκτες σταθμίζονται στα είδη που έχουν και οι δύο.
vendors-mix-apart = Προσοχή: οι κλήσεις τους είναι διαφορετικού είδους (θα έπρεπε να αλλάξει το { $distance } των κλήσεων) και τα κοινά είδη είναι πολύ λίγα. Μια διαφορά μπορεί να οφείλεται στις κλήσεις και όχι στους προμηθευτές: ζητήστε και από τους δύο κλήσεις ίδιου είδους.
vendors-noisier = Με βεβαιότητα περισσότερος θόρυβος: { $name }, σε σύγκριση με { $other }. Παρακάτω αυτό μετρά εις βάρος: { $name }· δεν είναι όμως πλεονέκτημα για { $other }: ένα δείγμα από ήσυχο χώρο δεν δείχνει τίποτα.
vendors-agents-unknown = Οι εκπρόσωποι δεν είναι γνωστοί: οι κλήσεις λογίζονται ανεξάρτητες και τα διαστήματα βγαίνουν πολύ στενά όταν ένας εκπρόσωπος έχει πολλές. Δηλώστε τους εκπροσώπους με --metadata ή --name-pattern.
vendors-few = Με { $n } κλήσεις του μικρότερου προμηθευτή μόνο μεγάλες διαφορές μπορούν να φανούν.

# Verdicts.
vendors-verdict = Συμπέρασμα: { $name }
vendors-verdict-no-doubt = Καμία αμφιβολία
vendors-verdict-note = Σημείωση
vendors-verdict-ask = Ρωτήστε τον προμηθευτή
vendors-verdict-red-flag = Συναγερμός
vendors-verdict-cannot-tell = Δεν μπορεί να κριθεί
vendors-verdict-no-doubt-says = Δεν βρέθηκε τίποτα που να μετρά στις κλήσεις με λόγια που κρίθηκαν. Τα δείγματα κλήσεων τα διαλέγει ο προμηθευτής: ζητήστε κλήσεις μιας ημέρας που θα επιλέξετε εσείς.
vendors-verdict-note-says = Ένα είδος αμφιβολίας. Έχετέ το υπόψη και ακούστε.
vendors-verdict-ask-says = Δύο ανεξάρτητα είδη αμφιβολίας. Ρωτήστε πριν προχωρήσετε.
vendors-verdict-red-flag-says = { $n } ανεξάρτητα είδη αμφιβολίας· τα τρία είναι συναγερμός. Ακούστε τα παρακάτω σημεία πριν αποφασίσετε.
vendors-verdict-cannot-tell-says = Δεν βρέθηκε τίποτα, αλλά σε { $n } από { $of } { $of ->
    [one] κλήση
   *[other] κλήσεις
} τα λόγια δεν μπόρεσαν να κριθούν: αυτό δεν είναι καλός βαθμός.
vendors-doubts = Αμφιβολίες
vendors-doubts-rare = Βρέθηκαν, αλλά πολύ σπάνια για να μετρήσουν (σε λιγότερες από μία στις είκοσι κλήσεις)
vendors-doubt-misleading = Παραπλανητικά λόγια
vendors-doubt-pressure = Πίεση
vendors-doubt-rude = Αγένεια
vendors-doubt-outdated = Ξεπερασμένη τεχνική
vendors-doubt-facts = Λανθασμένα ή αντιφατικά στοιχεία
vendors-doubt-personal_data = Ακούγονται προσωπικά δεδομένα
vendors-doubt-secrets = Ακούγονται επαγγελματικά απόρρητα
vendors-doubt-missing_steps = Λείπουν υποχρεωτικά βήματα
vendors-doubt-noise = Θόρυβος ή φωνές πίσω από τον εκπρόσωπο
vendors-doubt-line = Κακή γραμμή
vendors-doubt-staged = Ενδείξεις στημένων κλήσεων
vendors-doubt-unreadable = Ηχογραφήσεις που δεν διαβάζονται
vendors-doubt-in = σε { $n } από { $of } { $of ->
    [one] κλήση
   *[other] κλήσεις
}
vendors-expected = βεβαιότητα { $percent }
vendors-question = Ρωτήστε:
vendors-listen = Ακρόαση στο { $time }
vendors-open = Άνοιγμα κλήσης

# May it be published?
vendors-publish = Ως υλικό για δημοσίευση:
vendors-publish-publish = δεν βρέθηκε εμπόδιο
vendors-publish-fix = πρώτα διόρθωση
vendors-publish-do-not = να μη δημοσιευτεί
vendors-publish-cannot-tell = δεν μπορεί να κριθεί
vendors-publish-publish-says = Σε όσα ακούστηκαν δεν βρέθηκε τίποτα που να το αποκλείει.
vendors-publish-severe_data = ακούγονται κάρτες, λογαριασμοί, κωδικοί πρόσβασης ή αριθμοί ταυτότητας ({ $calls })
vendors-publish-secrets = ακούγονται επαγγελματικά απόρρητα ({ $calls })
vendors-publish-neighbours = ξεχωρίζουν λόγια από διπλανές θέσεις ({ $calls })
vendors-publish-personal_data = ακούγονται προσωπικά δεδομένα ({ $calls })
vendors-publish-misleading = ακούγονται παραπλανητικά λόγια ή πίεση ({ $calls })
vendors-publish-staged = ακούγονται λόγια που δείχνουν στημένη κλήση ({ $calls })
vendors-publish-not_heard = τα λόγια δεν μπόρεσαν να κριθούν ({ $calls })
vendors-publish-privacy_not_judged = δεν μπόρεσαν να κριθούν τα προσωπικά δεδομένα ({ $calls })

# Figures.
vendors-figures = Αντιπαραβολή
vendors-figures-how = Κάθε τιμή με το διάστημα 95 % της: η αλήθεια για τον προμηθευτή βρίσκεται μέσα του σε 19 από 20 τέτοια δείγματα. Οι ράβδοι δείχνουν τιμή και διάστημα· όσο μακρύτερη η ράβδος, τόσο λιγότερα είναι γνωστά. Χωρίς διάστημα: πολύ λίγες κλήσεις ή όλες ίδιες.
vendors-figure = Δείκτης
vendors-figure-score = Βαθμολογία χωρίς θόρυβο, 0 έως 100
vendors-figure-forbidden_calls = Κλήσεις με σοβαρά απαγορευμένα λόγια
vendors-figure-forbidden_rate = Απαγορευμένα λόγια ανά 10 λεπτά
vendors-figure-personal_data_calls = Κλήσεις όπου ακούγονται προσωπικά δεδομένα
vendors-figure-fact_calls = Κλήσεις αντίθετες με το δελτίο στοιχείων
vendors-figure-steps_present = Υποχρεωτικά βήματα που ειπώθηκαν
vendors-figure-overtalk = Ταυτόχρονη ομιλία
vendors-figure-longest_silence = Μεγαλύτερη σιωπή
vendors-figure-bad_line_calls = Κλήσεις σε κακή γραμμή
vendors-figure-unreadable_calls = Ηχογραφήσεις που δεν διαβάζονται
vendors-figure-neighbour_calls = Κλήσεις με λόγια από διπλανές θέσεις
vendors-figure-snr_db = Ομιλία πάνω από τον θόρυβο (SNR)
vendors-higher-better = το υψηλότερο είναι καλύτερο
vendors-lower-better = το χαμηλότερο είναι καλύτερο
vendors-noise-only = μετρά μόνο αρνητικά
vendors-interval = { $low } έως { $high }
vendors-hits = { $n } από { $of }
vendors-not-measured = δεν μετρήθηκε
vendors-no-interval = χωρίς διάστημα
vendors-points = { $value } μονάδες

# Differences.
vendors-differences = Διαφορές
vendors-differences-of = { $name } έναντι { $other }
vendors-differences-how = { $name } μείον { $other }, με διάστημα 95 %· η γραμμή στη μέση της ράβδου είναι η μηδενική διαφορά. Η στήλη «Πόσο βέβαιο» αφορά έναν δείκτη μόνο του· η τελευταία στήλη είναι διορθωμένη για όλες τις { $n } συγκρίσεις της σελίδας (Holm).
vendors-difference = Διαφορά
vendors-who = Υπέρ
vendors-nobody = κανενός
vendors-how-sure = Πόσο βέβαιο
vendors-after-all = Μετά τη διόρθωση
vendors-after-all-sure = βέβαιο
vendors-after-all-not = όχι βέβαιο
vendors-more = Κλήσεις ακόμη από τον καθένα
vendors-more-cell-each = { $n } για να φανεί
vendors-more-cell-enough = αρκούν για να φανεί
vendors-more-cell-hopeless = πάνω από 5000 για να φανεί
vendors-five-cell-each = { $n } για ±5 μονάδες
vendors-five-cell-enough = αρκούν για ±5 μονάδες
vendors-five-cell-hopeless = πάνω από 5000 για ±5 μονάδες
vendors-noise-note = μόνο θόρυβος: δεν κάνει κανέναν καλύτερο

# Clips.
vendors-clips = Ακούστε τη διαφορά
vendors-clips-how = Αντίστοιχα σημεία και από τους δύο, έως πέντε ζεύγη. Επιλέχθηκαν με βάση το είδος και τη γλώσσα, όχι τυχαία: δείχνουν τι αφορούν οι δείκτες και δεν αποδεικνύουν τίποτα.
vendors-clips-none = Σε έναν από τους δύο καμία κλήση δεν έχει σημείο για ακρόαση.
vendors-clip-greeting = Ο χαιρετισμός
vendors-clip-price = Αναφέρεται τιμή
vendors-clip-worst = Το χειρότερο σημείο
vendors-clip-typical = Πώς αρχίζει μια συνηθισμένη κλήση
vendors-clip-other-language = σε διαφορετικές γλώσσες
vendors-clip-player = Απόσπασμα ({ $name }): { $what }
vendors-play-both = Αναπαραγωγή και των δύο στη σειρά
vendors-no-sound = Εδώ δεν υπάρχει ήχος· ανοίξτε την κλήση.

# Case mix.
vendors-mix = Ποιες κλήσεις έδωσε ο καθένας
vendors-mix-kind = Γλώσσα και διάρκεια
vendors-mix-short = κάτω από 2 λεπτά
vendors-mix-middle = 2 έως 10 λεπτά
vendors-mix-long = 10 λεπτά και άνω
vendors-mix-unknown = άγνωστη διάρκεια
vendors-language-unknown = άγνωστη γλώσσα

# How to read it.
vendors-how = Πώς γίνεται ο υπολογισμός
vendors-how-doubts = Οι αμφιβολίες μετρούν ανά είδος, όχι ανά εύρημα: δέκα παραπλανητικές φράσεις είναι μία αμφιβολία. Μετρούν μόνο ευρήματα με τα οποία ένας προσεκτικός αξιολογητής μάλλον θα συμφωνούσε (βεβαιότητα 50 % και άνω) και μόνο ό,τι βρίσκεται σε τουλάχιστον μία στις είκοσι κλήσεις. Ένα είδος είναι σημείωση, δύο είναι λόγος για ερώτηση, τρία ή περισσότερα συναγερμός.
vendors-how-noise = Ο θόρυβος μόνο χειροτερεύει ένα συμπέρασμα. Κλήσεις χωρίς θόρυβο δεν κερδίζουν τίποτα: ο καθένας μπορεί να φτιάξει δείγμα σε ήσυχο χώρο.
vendors-how-intervals = Τα ποσοστά κλήσεων έχουν διάστημα Wilson, οι διαφορές τους διάστημα Newcombe· οι μέσοι όροι έχουν bootstrap ανά εκπρόσωπο (ανά κλήση όπου οι εκπρόσωποι δεν είναι γνωστοί· { $n } επαναδειγματοληψίες, πάντα οι ίδιες) ή t του Student όταν είναι λιγότεροι από δέκα. «Βέβαιο» σημαίνει: λιγότερες από 5 πιθανότητες στις 100 να χαρακτηριστεί από τύχη και μόνο διαφορετική οποιαδήποτε από τις συγκρίσεις της σελίδας (Holm).
vendors-how-not-measured = Ό,τι δεν μετρήθηκε σε μια κλήση μένει έξω από τον δείκτη και δεν θεωρείται ποτέ καλό. Η σελίδα της κλήσης λέει γιατί.
vendors-footer = Δημιουργήθηκε από το callvet σε αυτόν τον υπολογιστή. Οι αριθμοί για προγράμματα:
