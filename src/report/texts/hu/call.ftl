# The page of a call.

call-skip = Ugrás a találatokra
call-nav = Hívások
call-all = Minden hívás
call-previous = ← Előző hívás
call-next = Következő hívás →

# What is known of the call.
call-fact-recording = Felvétel
call-fact-file-of-channel = Fájl, { $n }. csatorna
call-fact-file-without-sound = Hang nélküli fájl
call-fact-length = Hossz
call-fact-language = Nyelv
call-fact-call = Hívás
call-fact-started = Kezdés
call-fact-agent = Operátor
call-fact-customer = Ügyfél
call-fact-vendor = Szolgáltató
call-fact-campaign = Kampány
call-fact-direction = Irány
call-fact-sound = Hang
call-fact-odd = Rendellenes csatornák
call-inbound = bejövő: az ügyfél hívott
call-outbound = kimenő: a call center hívott

# What came out, in one look.
call-verdict = Minősítés
call-of-100 = pont a 100-ból
call-no-score = a pontszámhoz túl kevés ítélhető meg
call-no-findings = Nincs találat
call-words-not-judged = Nem ítélhető meg: a szöveg nem megbízható; a találatok hiánya nem jelent jó hívást
call-steps-missing = { $n ->
    [one] { $n } kötelező lépés hiányzik
   *[other] { $n } kötelező lépés hiányzik
}
call-parts-lost = { $n ->
    [one] A felvételből { $n } rész elveszett
   *[other] A felvételből { $n } rész elveszett
}
call-not-transcribed = Nincs átirat: a szavak nincsenek megítélve
call-worst = A legsúlyosabb meghallgatása
call-worst-read = A legsúlyosabb
call-go-to-finding = Ugrás a találatra

# The score and where it comes from.
call-score = Hogyan áll össze a pontszám
call-part = Rész
call-share = Arány
call-points = Pont
call-lost-through = Pontvesztés oka
call-points-of = { $points } / { $max }
call-points-cost = { $points } (csak pontot vonhat le)
call-not-judged = nem ítélhető meg
call-formula = 100 × ({ $points }) / ({ $max }) = { $total }
call-formula-says = A megszerzett pontok százszorosa osztva a megszerezhető pontokkal, a megítélhető részekre; soha nem kevesebb 0-nál. Egy találat a súlya és a bizonyossága szorzatába kerül.
call-formula-none = Nincs összpontszám: a megítélhető részek az összes pont kevesebb mint felét adják.

# The player.
call-player = Lejátszó
call-play = Lejátszás
call-back = Vissza 5 s
call-on = Előre 5 s
call-position = Hely a hívásban
call-finding-back = Előző találat
call-finding-on = Következő találat
call-speed = Sebesség
call-volume = Hangerő
call-loop = Ismétlés
call-loop-help = A kijelölést vagy a kiválasztott találatot ismétli
call-loop-from = Innen
call-loop-to = Idáig
call-loop-from-help = A kijelölés ezen a helyen kezdődik
call-loop-to-help = A kijelölés ezen a helyen ér véget
call-follow = A hang követése
call-help = Billentyűk
call-sound-problem = A felvétel nem játszható le: áthelyezték vagy törölték, vagy ez a böngésző nem ismeri a formátumát.

# Keys.
call-keys = Billentyűk
call-key-enter = a kiválasztott találat lejátszása 2 másodperccel előbbről
call-key-j = következő, előző találat
call-key-space = lejátszás, szünet
call-key-arrows = 5 s vissza, előre
call-key-l = a kijelölés vagy a kiválasztott találat ismétlése
call-key-edges = a kijelölés kezdete, vége itt
call-key-verdicts = egyetért, nem ért egyet, bizonytalan a kiválasztott találatnál
call-key-n = megjegyzés a kiválasztott találathoz
call-key-search = keresés az átiratban
call-key-help = ez a súgó
call-keys-on = Betű- és jelbillentyűk használata
call-keys-why = Kapcsolja ki, ha hanggal vezérli a számítógépet, vagy véletlenül nyomja meg őket. Az Enter, a szóköz és a nyilak megmaradnak.
call-close = Bezárás

# The picture.
call-picture = A hívás egy pillantásra
call-zoom = Nagyítás
call-zoom-all = Teljes hívás
call-zoom-min = { $n } perc
call-zoom-s = { $n } s
call-picture-about = Kattintással helyre ugorhat, húzással kijelölhet. Ugyanez alább listában is megtalálható.
call-no-waveform = Ehhez a híváshoz nincs hullámforma; a sávok a mérések és az átirat alapján készültek.
call-row-time = Idő
call-row-findings = Találatok
call-lane-speech = { $who }: beszéd
call-lane-voices = { $who }: háttérhangok
call-lane-noise = { $who }: zaj
call-lane-clipping = { $who }: túlvezérlés
call-lane-dropouts = { $who }: hangkimaradás
call-lane-overtalk = Egyszerre beszélnek
call-lane-silence = Senki nem beszél
call-lane-hold = Várakoztatás
call-lane-tones = Jelzőhangok
call-lane-talk = Élő beszéd
# The same without whose it is.
call-kind-voices = háttérhangok
call-kind-noise = zaj
call-kind-clipping = túlvezérlés
call-kind-dropouts = hangkimaradás
call-lane-none = { $name }: nincs
call-lane-unknown = { $name }: { $why }
call-lane-sum = { $name }: { $n }, összesen { $length }
call-overtalk-by = { $kind }, { $who }
call-legend = Jelmagyarázat
call-legend-findings = Találatok:
call-legend-wave = Hullámforma: a teljes magasság { $value } dBFS, minden csatornán azonos.
call-legend-soft = vékonyabb: figyelem jelzése
call-legend-spectrogram = Spektrogram: alulról felfelé 0–{ $value } Hz;
call-legend-scale = sötéttől világosig
call-lists = A sávok listaként

# Findings.
call-findings = Találatok
call-expected = { $findings }; a bizonyosságuk alapján { $mean } ± { $sd } valós.
call-hint = Enter vagy kattintás: a találat lejátszása 2 másodperccel előbbről.
call-hint-silent = Enter vagy kattintás: a találat helyének megmutatása.
call-filter = Megjelenítés
call-filter-severity = Súlyosság
call-filter-category = Kategória
call-filter-party = Fél
call-filter-state = Értékelve
call-filter-all = mind
call-filter-open = még nem
call-filter-done = értékelve
call-order = Sorrend
call-order-worst = a legsúlyosabb elöl
call-order-time = a hívás szerint
call-nothing-shown = Egy találat sem felel meg a szűrőknek.
call-clear-filters = Mind megjelenítése
call-line = { $n }. sor
call-sure = bizonyosság: { $value }
call-why = Miért: bizonyíték
call-nobody = Nem köthető félhez

# Reviews.
call-reviewer = Az Ön monogramja
call-export = Értékelések exportálása
call-import = Értékelések importálása
call-not-kept = Ez a böngésző nem engedi, hogy az oldal bármit megőrizzen: az értékelések az oldal bezárásakor elvesznek. Előtte exportálja őket.
call-agree = Egyetért
call-disagree = Nem ért egyet
call-unsure = Bizonytalan
call-note = Megjegyzés
call-ask = Ki értékel?
call-ask-why = A monogramja bekerül az exportba, hogy több értékelő véleménye összevethető legyen. Az oldal csak egyszer kérdezi.
call-save = Mentés
call-cancel = Mégse

# Required steps.
call-steps = Kötelező lépések
call-no-steps = Kötelező lépést nem kerestünk.
call-nearest = Legközelebbi egyezés ({ $value }):
call-searched = Keresés helye: { $where }
call-searched-heard = Keresés helye: { $where }; a beszéd hallható része: { $value }
call-from-to = { $from } – { $to }
call-from = innentől: { $from }
call-up-to = idáig: { $to }
call-whole-text = a teljes szöveg

# The transcript.
call-transcript = Átirat
call-no-words = Nem hallható szó.
call-no-transcript = Ehhez a híváshoz nem készült átirat.
call-uncertain-about = Beszédfelismerő modell írta. A pontozott vonallal jelölt szavak bizonytalanok; a mértéket az egérmutató alatt láthatja.
call-uncertain-example = pontozott vonal
call-uncertain = Bizonytalan, valószínűsége { $value }
call-search = Keresés az átiratban
call-hit-back = Előző hely
call-hit-on = Következő hely

# Measurements.
call-numbers = Mérések
call-numbers-call = A teljes hívás
call-numbers-speakers = Hogyan beszélnek
call-numbers-channels = Hang, csatornánként
call-numbers-none = Ez a jelentés szövegből készült: nincs mérhető hang.
call-leakage = Áthallás: az egyik fél hallatszik a másik csatornáján
call-leak-from = Kinek a hangja
call-leak-to = hol hallható
call-leak-found = Megtalálva
call-leak-level = Szint
call-leak-delay = Késés
call-problems = Amit nem lehetett elvégezni
call-no-problems = Nem volt akadály.

# What made the report.
call-made = Miből készült a jelentés
call-made-recording = Felvétel, SHA-256
call-made-bytes = Felvétel, bájt
call-made-settings = Beállítások, SHA-256
call-made-decoder = Dekóder
call-made-model = Beszédfelismerő modell
call-made-model-hash = Beszédfelismerő modell, SHA-256
call-made-vad = Beszédérzékelő modell, SHA-256
call-made-dnsmos = DNSMOS-modell, SHA-256
call-made-speakers = Beszélőmodell, SHA-256
call-made-metadata = A hívás adatainak forrása
call-made-phrases = Kifejezéslista, SHA-256
call-disclaimer = Az átiratot modell írta, az ítéletet szabályok hozták. Hallgassa meg, mielőtt egy találat alapján intézkedik.

# What the script says.
js-call-play = Lejátszás
js-call-pause = Szünet
js-call-position = { $time } / { $of }
js-call-loop-on = Ismétlés: { $from } – { $to }
js-call-loop-off = Nincs ismétlés
js-call-loop-nothing = Nincs mit ismételni: válasszon egy találatot, vagy jelöljön ki húzással
js-call-selected = Kijelölve: { $from } – { $to }; az l billentyű ismétli
js-call-all-shown = { $n ->
    [one] { $n } találat
   *[other] { $n } találat
}
js-call-some-shown = { $of } találatból { $n } látható
js-call-reviewed = Értékelve: { $n } / { $of }
js-call-agree = egyetért
js-call-disagree = nem ért egyet
js-call-unsure = bizonytalan
js-call-judged = { $value }: { $name }
js-call-review-of = Értékelés: { $name }
js-call-saved-there = Mentve a kiszolgálón
js-call-not-saved-there = A kiszolgáló nem fogadta az értékelést: ebben a böngészőben marad meg
js-call-nothing-to-export = Nincs mit exportálni: ebben a hívásban még egy találatot sem értékelt
js-call-exported = { $n ->
    [one] { $n } értékelés exportálva
   *[other] { $n } értékelés exportálva
}
js-call-imported = { $n ->
    [one] { $n } új értékelés ehhez a híváshoz
   *[other] { $n } új értékelés ehhez a híváshoz
}
js-call-not-reviews = Ez a fájl nem tartalmaz értékelést
js-call-hits = { $n } / { $of }
js-call-no-hits = nem található

# Verdicts of reviewers that are in the store.
call-reviewed = Értékelve: { $agreed } egyetért, { $disagreed } nem ért egyet, { $unsure } bizonytalan.
call-rejected = ✗ az értékelők elvetették
