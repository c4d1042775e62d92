# The page of the batch.

batch-title = { $n ->
    [one] { $n } hívás
   *[other] { $n } hívás
}
batch-heading = Hívások
batch-n-calls = { $n ->
    [one] { $n } hívás
   *[other] { $n } hívás
}
batch-from-to = { $from } – { $to }
batch-or-more = { $from } vagy több
# 3 of 8 (calls).
batch-of = { $value } / { $of }
batch-of-calls = { $of } megítélt hívásból { $value }
batch-n-judged = { $of } hívásból { $value } megítélve
batch-too-few = túl kevés
batch-skip = Ugrás a hívások listájára
batch-sections = Az oldal részei

# Totals.
batch-total-calls = hívás
batch-total-analysed = elemezve
batch-total-failed = sikertelen
batch-total-not-judged = nincs megítélve
batch-total-pending = még nem került sorra
batch-total-sound = hanganyag
batch-total-findings = találat összesen
# How many of the findings are true by their confidences: $value ± $of.
batch-expected = ebből várhatóan { $value } ± { $of } valós

# What to hear.
batch-listen = Először ezeket hallgassa meg
batch-listen-how = Hat hívás, amelyben a legvalószínűbben valósak a súlyos találatok, majd négy, amelyben a legbizonytalanabb az elemzés; mindegyik az adott pillanatnál nyílik meg. A bizonyosságok összeadódnak: egy 60 %-os találat 0,6 találatnak számít.
batch-listen-none = Egyik hívásra sem mutat semmi. Hallgassa meg az alább kisorsolt hívásokat.
batch-why-risky = { $from } súlyos találatból { $value } ± { $of } valószínűleg valós.
batch-why-many = Sok kisebb találat valószínűleg valós.
batch-why-unsure = Súlyos, de a bizonyossága csak { $value }: kérjük, ítélje meg.
batch-why-unheard = Szavainak csak ekkora része megbízható: { $value }.
batch-why-no-words = A szavai nem olvashatók: nem tudni, mi hangzott el.
batch-why-not-judged = Az elhangzottakat nem lehetett megítélni.
batch-why-spread = Együttvéve ennek a találatai a legbizonytalanabbak.
batch-kind-risky = kockázatos
batch-kind-uncertain = bizonytalan
batch-drawn = Sorsolással, az összes többi hívásból
batch-drawn-how = A szabályok csak azt találják meg, amit keresnek. Ezeket is hallgassa végig.
batch-drawn-all = Ez az összes többi hívás.
# $value: a share such as 63 %.
batch-drawn-says = Ha semmi kifogásolhatót nem talál bennük, a többi hívásnak akár ekkora része még rossz lehet: { $value } (95 %-os konfidencia). Kevés hívás keveset mond.
# $value of $calls.
batch-drawn-more = A rossz hívások arányának ±10 százalékpontos ismeretéhez ezek közül ({ $of }) ennyit hallgasson meg, sorsolással: { $value }.
batch-drawn-seed = Véletlenmag: { $value }, a felvételekből képezve: ugyanazokból a felvételekből ugyanaz a sorsolás adódik.

# The list of calls.
batch-list = Minden hívás, a legrosszabb elöl
batch-how-title = Hogyan olvassa
batch-how-score = Pontszám: a 100 a legjobb; pontvesztés jár a rossz vonalért, a zajért, a hiányzó lépésekért, a tiltott kifejezésekért és a hallható személyes adatokért, és a hívás oldala megmutatja, melyik találat vitte el a pontokat. A pontszám nélküli hívások nem voltak eléggé megítélhetők.
batch-how-findings = A találat meghallgatandó hely, nem bizonyíték: mindegyiknek van bizonyossága, és kattintásra ott nyílik meg, ahol elhangzik.
batch-how-missing = Hiányzó lépés: aminek el kellett volna hangzania, de nem található.
batch-how-not-judged = „Nincs megítélve”: a hívás szavait nem lehetett megítélni. Az, hogy semmi sem került elő, és egy lépés sem hiányzik, semmit nem mond róla.
batch-how-snr = SNR: mennyivel emelkedik ki a beszéd a zajból, a rosszabb csatornán.
batch-how-overtalk = Egymásra beszélés: a beszédidő mekkora részében beszél mindkét fél.
batch-how-empty = Üres cella: nincs mérve; a hívás oldalán olvasható az ok.
batch-how-link = A szűrők, a sorrend és az oszlopok az oldal címében vannak: a kimásolt hivatkozás ugyanezt a listát mutatja.
batch-filter = Hívások szűrése
batch-find = Keresés
batch-find-hint = név, operátor, szavak …
batch-filter-severity = Találatok
batch-severity-1 = kritikus
batch-severity-2 = jelentős vagy súlyosabb
batch-severity-3 = enyhe vagy súlyosabb
batch-filter-category = Kategória
batch-filter-status = Állapot
batch-filter-score = Pontszám, legalább
batch-filter-score-to = legfeljebb
batch-any = bármely
batch-clear = Szűrők törlése
batch-columns = Oszlopok
batch-no-calls = Nincs hívás.
batch-caption = Hívások, a legrosszabb elöl. Az oszlopfejek rendezőgombok.
batch-column-score = Pontszám
batch-column-call = Hívás
batch-column-worst = Legsúlyosabb találatok
batch-column-missing = Hiányzó lépések
batch-column-started = Kezdés
batch-column-length = Hossz, p:mp
batch-column-snr = SNR, dB
batch-column-overtalk = Egymásra beszélés, %
batch-column-status = Állapot
batch-status-not-judged = nincs megítélve
batch-pages = A lista oldalai
batch-earlier = Előző
batch-later = Következő
# Without a script.
batch-first-only = { $of } hívásból itt a legrosszabb { $value } látható; a calls.csv mindet tartalmazza.

# What was found.
batch-found = Mit talált
batch-found-how = Az arány azokra a hívásokra vonatkozik, amelyekben ez megítélhető volt. Várható: a bizonyosságuk alapján hány találat valós. Az intervallum (95 %, Wilson) azt mutatja, mennyit tévedhet az arány, ha ezek a hívások egy nagyobb halmaz mintája.
batch-found-category = Kategória
batch-found-kind = Fajta
batch-found-calls = Hívások
batch-found-share = Megítélt hívások aránya
batch-found-interval = 95 %-os intervallum
batch-found-findings = Találatok
batch-found-expected = Várhatóan valós
batch-found-example = A legbiztosabb, meghallgatásra

# By group.
batch-groups = Ki és mikor
batch-groups-how = Az intervallumok 95 %-osak: az átlagpontszámhoz Student-féle t, a találatokhoz egzakt Poisson-intervallum, kiszélesítve, mert halmozódnak, a lépésekhez Wilson. Az 5-nél kevesebb hívásból álló csoportok a lista végén vannak, rangsor nélkül. A különbség abból is fakadhat, kinek milyen feladat jutott. A találatok azokban a hívásokban számítanak, amelyeknek a szavait sikerült megítélni.
batch-by-agent = Operátoronként
batch-by-vendor = Szolgáltatónként
batch-by-campaign = Kampányonként
batch-by-language = Nyelvenként
batch-by-weekday = Napok szerint
batch-by-hour = Órák szerint
batch-head-agent = Operátor
batch-head-vendor = Szolgáltató
batch-head-campaign = Kampány
batch-head-language = Nyelv
batch-head-weekday = Nap
batch-head-hour = Óra
batch-group-calls = Hívások
batch-group-score = Átlagpontszám
batch-group-severe = Kritikus és jelentős, 10 hívásonként
batch-group-missing = Hiányzó lépések
batch-group-small = kevés hívás
batch-group-more = { $n ->
    [one] További { $n } csoport nem látható; a lista szűrhető rá.
   *[other] További { $n } csoport nem látható; a lista bármelyikre szűrhető.
}
batch-group-unknown = { $n ->
    [one] { $n } hívás egyikbe sem tartozik: nem ismert, hová.
   *[other] { $n } hívás egyikbe sem tartozik: nem ismert, hová.
}
batch-weekday-1 = Hétfő
batch-weekday-2 = Kedd
batch-weekday-3 = Szerda
batch-weekday-4 = Csütörtök
batch-weekday-5 = Péntek
batch-weekday-6 = Szombat
batch-weekday-7 = Vasárnap

# Heat map.
batch-heat = Mi és kinél
batch-heat-how = A megítélhető hívások közül azoknak az aránya, amelyekben legalább 50 %-os bizonyossággal előfordul; 5-nél kevesebb hívásnál maguk a hívások. Kattintásra megjelennek. Az árnyalatok határa 0,5, 10, 25, 50 és 75 %. A – azt jelenti, hogy egyiket sem lehetett megítélni.
batch-heat-more-columns = { $n ->
    [one] További { $n } oszlop nem látható.
   *[other] További { $n } oszlop nem látható.
}
batch-heat-more-rows = { $n ->
    [one] További { $n } kategória nem látható.
   *[other] További { $n } kategória nem látható.
}
batch-heat-nothing = nem fordul elő

# Distributions.
batch-spread = Az értékek eloszlása
batch-spread-how = Az oszlopra vagy a táblázat sorára kattintva ezek a hívások láthatók.
batch-chart-score = Pontszám
batch-chart-severe = Kritikus és jelentős találatok hívásonként
batch-chart-findings = Találatok hívásonként
batch-chart-snr = SNR, dB
batch-chart-overtalk = Egymásra beszélés, %
batch-chart-talk = Operátor beszédaránya, %
batch-chart-silence = Leghosszabb csend, s
batch-chart-length = Hossz, perc
batch-chart-summary = Medián: { $value }; tíz hívásból kilenc: { $from } – { $to }.
batch-chart-summary-all = Medián: { $value }; az összes hívás: { $from } – { $to }.
batch-chart-missing = { $n ->
    [one] { $n } hívásban nincs mérve.
   *[other] { $n } hívásban nincs mérve.
}
batch-chart-table = Táblázatként
batch-chart-step = Tartomány
batch-chart-calls = Hívások

# Questions.
batch-questions = Felteendő kérdések
batch-questions-of = Felteendő kérdések: { $name }
batch-questions-how = Minden aggály kérdésként, az azt felvető pillanatokkal. Egy hívás megjegyzés, kettőnél érdemes rákérdezni, három független hívás riasztás. A találat téves lehet, és lehet rá jó válasz. Csak a legalább 50 %-os bizonyosságú találatok számítanak.
batch-doubt-red = riasztás
batch-doubt-ask = kérdés
batch-doubt-note = megjegyzés
batch-questions-all-calls = az összes
batch-questions-more = { $n ->
    [one] További { $n } kérdés következik a találatok listájából.
   *[other] További { $n } kérdés következik a találatok listájából.
}
batch-question-any-said = Ezekben a hívásokban ez hallható: „{ $name }”. Benne van a forgatókönyvükben, és hogyan veszik elejét az operátoroknál?
batch-question-any-step = Ez a lépés nem hangzott el: „{ $name }”. Része a forgatókönyvüknek, és hogyan ellenőrzik, hogy elhangzik-e?
batch-question-any-fact = Erről nem a tényeknek megfelelő hangzott el: „{ $name }”. Honnan veszik az operátorok?
batch-question-any-personal = Személyes adat hallható a felvételeken ({ $name }). Ki hallgathatja meg, és miért nem vették ki?
batch-question-any-quality = A hang hibás: { $name }. Mi az oka, és az élő hívásokban is előfordul?
batch-question-contradiction = A hívásokban eltérő értékek hangzanak el erről: { $name } – { $value }. Melyik érvényes, és hol nézik meg az operátorok?
batch-question-urgency_false = Az ügyfeleknek azt mondják, hogy az ajánlat ma vagy a hívás végén lejár. Így van? Mi vet véget neki, és hol van ez leírva?
batch-question-scarcity_stock = Az operátorok azt mondják, hogy kevés maradt. Hol látják beszéd közben a készletet, és igaz volt ez azokon a napokon?
batch-question-free_false = Valamit ingyenesnek neveznek. Mennyit fizet végül az ügyfél a szállítással, az aktiválással és a szerződéssel együtt?
batch-question-delivery_overpromise = Napra pontos szállítást ígérnek. Milyen gyakran teljesül, és mi történik, ha nem?
batch-question-guarantee_overclaim = Eredményt vagy biztonságot garantálnak. Ki áll érte, és hol olvasható a garancia?
batch-question-health_claim = Valamiről azt állítják, hogy gyógyít vagy védi az egészséget. Milyen bizonyítékuk és engedélyük van erre?
batch-question-false_authority = A hívó egy bank, hatóság vagy más cég nevében beszél. Valójában kinek a megbízásából telefonálnak?
batch-question-purpose_concealed = A hívás felméréssel vagy ügyintézéssel kezdődik, és értékesítéssel végződik. Mikor tudja meg az ügyfél, miről van szó?
batch-question-prize_bait = Az ügyfeleknek azt mondják, hogy nyertek vagy kiválasztották őket. Ki sorsolja a nyerteseket, és mibe kerül nekik a nyeremény?
batch-question-consent_engineering = Hallgatást vagy apró szavakat igennek vesznek. Mi számít Önöknél beleegyezésnek, és meghallgathatunk egy egyértelműt?
batch-question-withdrawal_obstruction = Az ügyfeleket lebeszélik a lemondásról. Mit kell tenniük a lemondáshoz, és hányuknak sikerül elsőre?
batch-question-threat_penalty = Az ügyfeleket díjjal, perrel vagy veszteséggel fenyegetik. Melyik létezik ezek közül, és ki engedte meg, hogy ezt mondják?
batch-question-pressure_after_refusal = Egyértelmű nem után tovább értékesítenek. Hány elutasítás után kell leállniuk az operátoroknak, és ki ellenőrzi?
batch-question-secrecy_isolation = Az ügyfelektől azt kérik, hogy senkinek ne szóljanak, vagy egyedül döntsenek. Miért?
batch-question-sensitive_request = A rögzített vonalon kártyaszámot, jelszót vagy személyi azonosítót kérnek. Miért, és ki hallgathatja meg a felvételt?
batch-question-off_record = Valami „felvételen kívül” hangzik el. Mit mondanak az operátorok, amikor nincs rögzítés?
batch-question-trade_secret_leak = Megbízóik belső információi hallhatók. Mit hallanának rólunk a hívók?
batch-question-staged_marker = Olyan szavak hallhatók, mint „második felvétel” vagy „próba”. Valódi hívások ezek, és meg tudják mutatni, honnan származnak?
batch-question-rudeness = Az operátorok udvariatlanok az ügyfelekkel. Mi lett ennek a következménye, és miért ezt a hívást választották bemutatásra?
batch-question-q_recording = Az ügyfelet nem tájékoztatják a hívás rögzítéséről. Hol hangzik ez el, és tudják-e ezeknél a hívásoknál igazolni?
batch-question-q_company = Az operátor nem mondja meg, melyik cég hív. Szándékosan marad ki?
batch-question-q_total_price = A teljes ár nem hangzik el a megrendelés előtt. Mikor tudja meg az ügyfél?
batch-question-q_withdrawal_right = Az elállási jogról nem esik szó. Mikor és hogyan tájékoztatják róla az ügyfelet?
batch-question-q_explicit_consent = Nem hallható egyértelmű igen a megrendelésre. Mit őriznek meg a szerződés bizonyítékaként?
batch-question-q_optout_honoured = Az ügyfél kéri, hogy többé ne hívják, és elsiklanak fölötte. Hogyan kerülnek a listáikra az ilyen kérések?
batch-question-q_payment_pause = A felvétel fizetési adatok bemondása közben is folytatódik. Miért nem szünetel?
batch-question-c_dnc_request = Az ügyfelek kérik, hogy többé ne hívják őket. Melyik listán voltak, és hívták őket utána még?
batch-question-c_audio_complaint = Az ügyfelek panaszkodnak, hogy rosszul hallanak. A vonal, a fejbeszélő vagy a terem az oka?
batch-question-c_wait_complaint = Az ügyfelek a várakozásra panaszkodnak. Milyen hosszú a várakozási sor abban az órában, és mit vállalnak?
batch-question-pii-card = Bankkártyaszámok hallhatók a felvételeken. Hogyan tartják be a kártyatársaságok szabályait (PCI DSS)?
batch-question-pii-person_name = Teljes nevek hallhatók az átadott felvételeken. Hozzájárultak az érintettek?
batch-question-pii-phone = Telefonszámok hallhatók az átadott felvételeken. Hozzájárultak az érintettek?
batch-question-quality-background_voices = A beszélő mögött más operátorok hangja hallható. Milyen messze ülnek egymástól, és mit tudnak meg egymásról a hívók?
batch-question-quality-leakage = A felek áthallatszanak egymás csatornájára. Nyitottak a fejhallgatók, vagy a rögzítés előtt összekeverték a két hangot?
batch-question-quality-dual_mono = Mindkét csatornán ugyanaz a hang szól. Miért nem rögzítették külön az operátort és az ügyfelet?
batch-question-quality-clipping = A hang túlvezérelt: túl hangos a felvevőnek. Az ügyfelek is így hallják?
batch-question-quality-gated = A szavak között digitális csend van: a hátteret eltávolították. Megkaphatjuk az eredeti felvételt?

# Contradictions.
batch-consistency = Egymásnak ellentmondó hívások
batch-consistency-how = Ugyanarról elhangzó eltérő értékek; hogy melyik érvényes, azt az adatlap dönti el.
batch-consistency-about = Miről
batch-consistency-product = Termék
batch-consistency-value = Érték
batch-consistency-calls = Hívások
batch-consistency-heard = Hol hallható
batch-consistency-same-agent = egy operátor, több érték

# Trend.
batch-trend = Futásról futásra
batch-trend-how = Mit talált a mappa egy-egy futása. Az eltérő beállítású futások másképp mérnek, ezért jelölve vannak.
batch-trend-when = Futás, UTC
batch-trend-score = Átlagpontszám
batch-trend-severe = Kritikus és jelentős, 10 hívásonként
batch-trend-changed = más beállítások

# Failed, left out.
batch-failed = { $n ->
    [one] { $n } fájl nem volt elemezhető
   *[other] { $n } fájl nem volt elemezhető
}
batch-failed-kind = Fajta
batch-failed-why = Ok
batch-failed-file = Fájl
batch-skipped = { $n ->
    [one] Kihagyott fájlok ({ $n })
   *[other] Kihagyott fájlok ({ $n })
}
batch-selftest = Mennyire találja meg a program a hibákat ilyen felvételeken (önteszt)
batch-selftest-how = { $n ->
    [one] { $n } felvételhez ismert hibákat kevertünk, és a másolatokat megmértük.
   *[other] { $n } felvételhez ismert hibákat kevertünk, és a másolatokat megmértük.
}
batch-selftest-more = A teljes eredmény:
batch-made = Készítette a callvet ezen a gépen.
batch-spreadsheets = Táblázatkezelőhöz:

# For the script.
js-batch-shown = { $n ->
    [one] { $of } hívásból { $n }
   *[other] { $of } hívásból { $n }
}
js-batch-range = { $from } – { $to }
js-batch-none = Egy hívás sem felel meg a szűrőknek.
js-batch-remove = Szűrő törlése: { $name }
js-batch-any = bármely
js-batch-with = benne: { $name }
js-batch-confidence = bizonyosság: { $value } %
js-batch-lost = egy rész elveszett
js-batch-bar = { $name }: { $value }
js-batch-column-campaign = Kampány
js-batch-column-talk = Operátor beszédaránya, %
js-batch-column-silence = Leghosszabb csend, s
js-batch-range-severe = Kritikus és jelentős
js-batch-range-findings = Találatok
js-batch-range-snr = SNR, dB
js-batch-range-overtalk = Egymásra beszélés, %
js-batch-range-talk = Operátor beszédaránya, %
js-batch-range-silence = Leghosszabb csend, s
js-batch-range-length = Hossz, perc
js-batch-likely = legalább 50 %-os bizonyosság
js-batch-filter-weekday = Nap
js-batch-filter-hour = Óra
js-batch-filter-campaign = Kampány
js-batch-trend-score = Átlagpontszám
js-batch-trend-severe = Kritikus és jelentős, 10 hívásonként
