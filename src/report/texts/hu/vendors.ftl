# The comparison of vendors.
vendors-title = Szolgáltatók
vendors-title-compared = Szolgáltatók összehasonlítása
vendors-title-one = Szolgáltató
vendors-all-calls = Minden hívás
vendors-skip = Ugrás a válaszra
vendors-nav = A mappa oldalai
vendors-n-calls = { $n ->
    [one] { $n } hívás
   *[other] { $n } hívás
}
vendors-calls-of = { $of } hívásból { $n }
vendors-count-vendors = szolgáltató
vendors-count-calls = hívás
vendors-count-failed = nem olvasható felvétel
vendors-count-sound = hanganyag
vendors-count-agents = ismert operátor
vendors-count-judged = hívás megítélhető szöveggel

# Who is better.
vendors-answer = Ki a jobb, mennyire biztos, hány hívás kell még
vendors-answer-one = Csak egy szolgáltató van: nincs mihez hasonlítani. Mutatói és az aggályok alább olvashatók.
vendors-answer-many = 6-nál több szolgáltató van: az alábbi táblázat mindet tartalmazza, a párok nincsenek egyenként összevetve. Ehhez futtassa kevesebb mappával.
vendors-better = E hívások alapján { $name } jobb, mint { $other }.
vendors-each = { $name } és { $other } egyaránt jobb valamiben.
vendors-cannot-tell = Egyelőre nem dönthető el, melyik a jobb: { $name } vagy { $other }.
vendors-sure-in = { $name } biztosan jobb a következőkben: { $what }.
vendors-clearest = A legegyértelműbb mutató: „{ $figure }” – { $name }: { $value }, { $other }: { $value2 }.
vendors-clearest-chance = Ekkora vagy nagyobb különbség az ilyen összehasonlítások ennyi részében adódna véletlenül: { $p }.
vendors-clearest-corrected = { $n } összehasonlításra korrigálva is biztos.
vendors-clearest-uncorrected = { $n } összehasonlításra korrigálva nem elég biztos.
vendors-clearest-none = Egyik mutatóban sincs köztük különbség.
vendors-more-each = Szolgáltatónként még körülbelül { $n } hívás 10-ből 8 eséllyel kimutatna egy ekkora különbséget.
vendors-more-enough = A meglévő hívások 10-ből 8 eséllyel kimutatnának egy ekkora különbséget, ha ez volna az egyetlen mutató.
vendors-more-hopeless = Nincs annyi hívás, amennyit bárki meghallgatna (5000), és eldöntené a kérdést: a különbség túl kicsi.
vendors-five-each = Mindkettőtől még körülbelül { $n } hívás ±5 pontra rögzítené ezt: „{ $figure }”.
vendors-five-enough = Már ±5 pontra ismert: „{ $figure }”.
vendors-five-hopeless = Mindkettőtől még 5000 hívás sem rögzítené ±5 pontra ezt: „{ $figure }”.
vendors-mix-alike = A hívásaik hasonló fajtájúak (nyelvi és hosszúsági egyezéshez ennyit kellene kicserélni: { $distance }).
vendors-mix-adjusted = A hívásaik nyelvben vagy hosszban eltérnek (ennyit kellene kicserélni: { $distance }): a mutatók a mindkettőnél előforduló fajtákra vannak súlyozva.
vendors-mix-apart = Óvatosan: a hívásaik eltérő fajtájúak (ennyit kellene kicserélni: { $distance }), és túl kevés a közös fajta. A különbség a hívásoké is lehet, nem a szolgáltatóké: kérjen mindkettőtől azonos fajtájú hívásokat.
vendors-noisier = { $name } biztosan zajosabb, mint { $other }. Alább ez a zajosabb ellen szól ({ $name }), a másiknak ({ $other }) viszont nem érdem: egy csendes szobában készült bemutató nem bizonyít semmit.
vendors-agents-unknown = Az operátorok nem ismertek: a hívások függetlennek számítanak, és az intervallumok túl rövidek, ha egy operátortól több hívás van. Az operátorokat a --metadata vagy a --name-pattern kapcsolóval adhatja meg.
vendors-few = A kevesebb hívást adó szolgáltató { $n } hívásával csak nagy különbség mutatható ki.

# Verdicts.
vendors-verdict = Minősítés: { $name }
vendors-verdict-no-doubt = Nincs aggály
vendors-verdict-note = Megjegyzés
vendors-verdict-ask = Kérdezzen rá
vendors-verdict-red-flag = Riasztás
vendors-verdict-cannot-tell = Nem dönthető el
vendors-verdict-no-doubt-says = A megítélhető szövegű hívásokban nem találtunk semmi számottevőt. A bemutatóhívásokat a szolgáltató választja ki: kérje egy Ön által választott nap hívásait.
vendors-verdict-note-says = Egyfajta aggály. Tartsa szem előtt, és hallgasson bele.
vendors-verdict-ask-says = Két független aggály. Kérdezzen rá, mielőtt továbblép.
vendors-verdict-red-flag-says = { $n } független aggály; három már riasztás. Döntés előtt hallgassa meg az alábbi helyeket.
vendors-verdict-cannot-tell-says = Nem találtunk semmit, de { $of } hívásból { $n } szövege nem volt megítélhető: ez nem jó jegy.
vendors-doubts = Aggályok
vendors-doubts-rare = Előfordul, de túl ritkán ahhoz, hogy számítson (húsz hívásból egynél is ritkábban)
vendors-doubt-misleading = Megtévesztő kijelentések
vendors-doubt-pressure = Nyomásgyakorlás
vendors-doubt-rude = Udvariatlanság
vendors-doubt-outdated = Elavult technika
vendors-doubt-facts = Hamis vagy ellentmondó tények
vendors-doubt-personal_data = Személyes adatok hallhatók
vendors-doubt-secrets = Üzleti titkok hallhatók
vendors-doubt-missing_steps = Kötelező lépések hiányoznak
vendors-doubt-noise = Zaj vagy szomszédok az operátor mögött
vendors-doubt-line = Rossz vonal
vendors-doubt-staged = Megrendezett hívások jelei
vendors-doubt-unreadable = Nem olvasható felvételek
vendors-doubt-in = { $of } hívás közül { $n } esetben
vendors-expected = bizonyosság: { $percent }
vendors-question = Kérdés:
vendors-listen = Meghallgatás: { $time }
vendors-open = A hívás megnyitása

# May it be published?
vendors-publish = Közzétételre szánt anyagként:
vendors-publish-publish = nem találtunk akadályt
vendors-publish-fix = előbb javítandó
vendors-publish-do-not = ne tegye közzé
vendors-publish-cannot-tell = nem dönthető el
vendors-publish-publish-says = A hallottakban nincs semmi, ami ellene szólna.
vendors-publish-severe_data = kártya, számla, jelszó vagy személyi azonosító hallható ({ $calls })
vendors-publish-secrets = üzleti titkok hallhatók ({ $calls })
vendors-publish-neighbours = szomszédok szavai kivehetők ({ $calls })
vendors-publish-personal_data = személyes adatok hallhatók ({ $calls })
vendors-publish-misleading = megtévesztő kijelentések vagy nyomásgyakorlás hallható ({ $calls })
vendors-publish-staged = megrendezésre utaló szavak hallhatók ({ $calls })
vendors-publish-not_heard = a szavak nem voltak megítélhetők ({ $calls })
vendors-publish-privacy_not_judged = a személyes adatok nem ítélhetők meg ({ $calls })

# Figures.
vendors-figures = Egymás mellett
vendors-figures-how = Minden érték a 95 %-os intervallumával: 20 ilyen mintából 19-nél ebben van a szolgáltató valódi értéke. A sávok az értéket és az intervallumot mutatják; minél hosszabb a sáv, annál kevesebbet tudunk. Nincs intervallum: túl kevés hívás, vagy mind egyforma.
vendors-figure = Mutató
vendors-figure-score = Pontszám zaj nélkül, 0–100
vendors-figure-forbidden_calls = Hívások súlyosan tiltott szavakkal
vendors-figure-forbidden_rate = Tiltott szavak 10 percenként
vendors-figure-personal_data_calls = Hívások hallható személyes adattal
vendors-figure-fact_calls = Az adatlapnak ellentmondó hívások
vendors-figure-steps_present = Elhangzott kötelező lépések
vendors-figure-overtalk = Egymásra beszélés
vendors-figure-longest_silence = Leghosszabb csend
vendors-figure-bad_line_calls = Hívások rossz vonalon
vendors-figure-unreadable_calls = Nem olvasható felvételek
vendors-figure-neighbour_calls = Hívások szomszédok szavaival
vendors-figure-snr_db = Beszéd a zaj felett (SNR)
vendors-higher-better = a több a jobb
vendors-lower-better = a kevesebb a jobb
vendors-noise-only = csak ellene szólhat, mellette soha
vendors-interval = { $low } – { $high }
vendors-hits = { $n } / { $of }
vendors-not-measured = nincs mérve
vendors-no-interval = nincs intervallum
vendors-points = { $value } pont

# Differences.
vendors-differences = Különbségek
vendors-differences-of = { $name } kontra { $other }
vendors-differences-how = { $name } mínusz { $other }, 95 %-os intervallummal; a sáv közepén álló vonal jelenti, hogy nincs különbség. A „Mennyire biztos” egyetlen mutatóra vonatkozik; az utolsó oszlop az oldal összes ({ $n }) összehasonlítására korrigált (Holm).
vendors-difference = Különbség
vendors-who = Kinek kedvez
vendors-nobody = senkinek
vendors-how-sure = Mennyire biztos
vendors-after-all = Korrekció után
vendors-after-all-sure = biztos
vendors-after-all-not = nem biztos
vendors-more = További hívások szolgáltatónként
vendors-more-cell-each = { $n } a döntéshez
vendors-more-cell-enough = elég a döntéshez
vendors-more-cell-hopeless = 5000 felett a döntéshez
vendors-five-cell-each = { $n } a ±5 ponthoz
vendors-five-cell-enough = elég a ±5 ponthoz
vendors-five-cell-hopeless = 5000 felett a ±5 ponthoz
vendors-noise-note = csak zaj: senkit nem tesz jobbá

# Clips.
vendors-clips = Hallgassa meg a különbséget
vendors-clips-how = Hasonló helyek mindkettőtől, legfeljebb öt pár. Fajta és nyelv szerint válogatva, nem véletlenül: megmutatják, miről szólnak a mutatók, de nem bizonyítanak semmit.
vendors-clips-none = Egyiküknek nincs meghallgatható helye egy hívásban sem.
vendors-clip-greeting = A köszönés
vendors-clip-price = Elhangzik egy ár
vendors-clip-worst = A legrosszabb hely
vendors-clip-typical = Hogyan kezdődik egy szokásos hívás
vendors-clip-other-language = eltérő nyelven
vendors-clip-player = Részlet – { $name }: { $what }
vendors-play-both = Mindkettő lejátszása egymás után
vendors-no-sound = Itt nincs hang; nyissa meg a hívást.

# Case mix.
vendors-mix = Milyen hívásokat adtak
vendors-mix-kind = Nyelv és hossz
vendors-mix-short = 2 perc alatt
vendors-mix-middle = 2–10 perc
vendors-mix-long = 10 perc vagy több
vendors-mix-unknown = ismeretlen hossz
vendors-language-unknown = ismeretlen nyelv

# How to read it.
vendors-how = Hogyan számolunk
vendors-how-doubts = Az aggályok fajtánként számítanak, nem találatonként: tíz megtévesztő mondat egy aggály. Csak azok a találatok számítanak, amelyekkel egy gondos értékelő inkább egyetértene (bizonyosságuk legalább 50 %), és csak az, ami húsz hívásból legalább egyben előfordul. Egyfajta aggály megjegyzés, kettőre rá kell kérdezni, három vagy több riasztás.
vendors-how-noise = A zaj csak ronthatja a minősítést. A zajmentes hívás nem érdem: csendes szobában bárki készíthet bemutatót.
vendors-how-intervals = A hívásarányok intervalluma Wilson, a különbségeiké Newcombe szerinti; az átlagoké bootstrap operátoronként (ismeretlen operátoroknál hívásonként; { $n } újramintavételezés, mindig ugyanaz), tíznél kevesebbnél Student-féle t. A „biztos” azt jelenti: 100-ból 5-nél kisebb az esélye, hogy az oldal bármelyik összehasonlítása pusztán véletlenül látszik különbségnek (Holm).
vendors-how-not-measured = Ami egy hívásban nem volt mérhető, az kimarad a mutatóból, soha nem számít jónak. A hívás oldalán olvasható az ok.
vendors-footer = Készítette a callvet ezen a gépen. Az értékek programok számára:
