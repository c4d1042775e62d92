# The comparison of vendors.
vendors-title = Подрядчики
vendors-title-compared = Сравнение подрядчиков
vendors-title-one = Подрядчик
vendors-all-calls = Все звонки
vendors-skip = Перейти к ответу
vendors-nav = Страницы этой папки
vendors-n-calls = { $n ->
    [one] { $n } звонок
    [few] { $n } звонка
   *[many] { $n } звонков
}
vendors-calls-of = { $n } из { $of } звонков
vendors-count-vendors = подрядчиков
vendors-count-calls = звонков
vendors-count-failed = не удалось прочитать
vendors-count-sound = звука
vendors-count-agents = известно операторов
vendors-count-judged = звонков, слова которых удалось оценить

# Who is better.
vendors-answer = Кто лучше, насколько это надёжно, сколько звонков ещё нужно
vendors-answer-one = Подрядчик один: сравнивать не с кем. Его показатели и сомнения — ниже.
vendors-answer-many = Подрядчиков больше 6: в таблице ниже есть все, но попарно они не сравниваются. Для этого запустите анализ на меньшем числе папок.
vendors-better = Судя по этим звонкам, { $name } лучше, чем { $other }.
vendors-each = { $name } и { $other }: каждый в чём-то лучше другого.
vendors-cannot-tell = Пока нельзя сказать, кто лучше: { $name } или { $other }.
vendors-sure-in = Достоверно лучше: { $name } — { $what }.
vendors-clearest = Отчётливее всего различается показатель «{ $figure }»: { $name } — { $value }, { $other } — { $value2 }.
vendors-clearest-chance = Разница такой величины или больше возникла бы случайно в { $p } таких сравнений.
vendors-clearest-corrected = С поправкой на число сравнений ({ $n }) это остаётся достоверным.
vendors-clearest-uncorrected = С поправкой на число сравнений ({ $n }) этого недостаточно.
vendors-clearest-none = Ни один показатель у них не различается.
vendors-more-each = Чтобы показать разницу такой величины с шансами 8 из 10, нужно ещё примерно столько звонков каждого подрядчика: { $n }.
vendors-more-enough = Имеющиеся звонки показали бы разницу такой величины с шансами 8 из 10, будь этот показатель единственным.
vendors-more-hopeless = Вопрос не решить и за 5000 звонков, а больше никто слушать не станет: разница слишком мала.
vendors-five-each = Чтобы узнать показатель «{ $figure }» с точностью ±5 пунктов, нужно ещё примерно столько звонков каждого: { $n }.
vendors-five-enough = Показатель «{ $figure }» уже известен с точностью ±5 пунктов.
vendors-five-hopeless = Даже ещё 5000 звонков каждого не дали бы показателя «{ $figure }» с точностью ±5 пунктов.
vendors-mix-alike = Их звонки сходны по составу (чтобы совпасть по языку и длительности, другими должны быть { $distance }).
vendors-mix-adjusted = Их звонки различаются языком или длительностью (другими должны быть { $distance }): показатели взвешены по видам звонков, которые есть у обоих.
vendors-mix-apart = Осторожно: их звонки разного вида (другими должны быть { $distance }), а общих видов слишком мало. Разница может быть в звонках, а не в подрядчиках: попросите у обоих звонки одного вида.
vendors-noisier = { $name }: достоверно больше шума, чем у { $other }. Ниже это говорит против { $name }, но не в пользу { $other }: демозапись в тихой комнате ничего не доказывает.
vendors-agents-unknown = Операторы неизвестны: звонки считаются независимыми, и там, где у оператора их несколько, интервалы получаются слишком узкими. Укажите операторов через --metadata или --name-pattern.
vendors-few = Меньше всего звонков у одного из подрядчиков: { $n }. Различить можно лишь большую разницу.

# Verdicts.
vendors-verdict = Вердикт: { $name }
vendors-verdict-no-doubt = Сомнений нет
vendors-verdict-note = На заметку
vendors-verdict-ask = Спросить подрядчика
vendors-verdict-red-flag = Тревожный сигнал
vendors-verdict-cannot-tell = Сказать нельзя
vendors-verdict-no-doubt-says = В звонках, слова которых удалось оценить, не найдено ничего весомого. Демозвонки выбирает подрядчик: попросите звонки за день, который выберете вы.
vendors-verdict-note-says = Сомнение одного вида. Имейте его в виду и послушайте.
vendors-verdict-ask-says = Два независимых вида сомнений. Прежде чем продолжать, спросите.
vendors-verdict-red-flag-says = Независимых видов сомнений: { $n }; три — это уже тревога. Послушайте места ниже, прежде чем решать.
vendors-verdict-cannot-tell-says = Ничего не найдено, но слова { $n } из { $of } { $of ->
    [one] звонка
   *[other] звонков
} оценить не удалось: хорошей отметкой это не считается.
vendors-doubts = Сомнения
vendors-doubts-rare = Найдено, но слишком редко, чтобы учитывать (реже чем в одном звонке из двадцати)
vendors-doubt-misleading = Вводящие в заблуждение слова
vendors-doubt-pressure = Давление
vendors-doubt-rude = Грубость
vendors-doubt-outdated = Устаревшие приёмы
vendors-doubt-facts = Ложные или противоречивые факты
vendors-doubt-personal_data = Слышны персональные данные
vendors-doubt-secrets = Слышны коммерческие тайны
vendors-doubt-missing_steps = Пропущены обязательные шаги
vendors-doubt-noise = Шум или соседи за оператором
vendors-doubt-line = Плохая линия
vendors-doubt-staged = Признаки постановочных звонков
vendors-doubt-unreadable = Записи, которые не читаются
vendors-doubt-in = в { $n } из { $of } { $of ->
    [one] звонка
   *[other] звонков
}
vendors-expected = уверенность { $percent }
vendors-question = Спросите:
vendors-listen = Послушать с { $time }
vendors-open = Открыть звонок

# May it be published?
vendors-publish = Как материал для публикации:
vendors-publish-publish = препятствий не найдено
vendors-publish-fix = сначала исправить
vendors-publish-do-not = не публиковать
vendors-publish-cannot-tell = сказать нельзя
vendors-publish-publish-says = В услышанном не найдено ничего, что этому мешает.
vendors-publish-severe_data = слышны номера карт, счетов, документов или пароли ({ $calls })
vendors-publish-secrets = слышны коммерческие тайны ({ $calls })
vendors-publish-neighbours = можно разобрать слова соседей ({ $calls })
vendors-publish-personal_data = слышны персональные данные ({ $calls })
vendors-publish-misleading = слышны вводящие в заблуждение слова или давление ({ $calls })
vendors-publish-staged = слышны слова, выдающие постановку ({ $calls })
vendors-publish-not_heard = слова не удалось оценить ({ $calls })
vendors-publish-privacy_not_judged = персональные данные не удалось оценить ({ $calls })

# Figures.
vendors-figures = Сравнение показателей
vendors-figures-how = Каждое значение — с интервалом 95 %: в 19 из 20 таких выборок в нём лежит истинное значение подрядчика. Полосы показывают значение и интервал; чем длиннее полоса, тем меньше известно. Без интервала: звонков слишком мало или все одинаковы.
vendors-figure = Показатель
vendors-figure-score = Оценка без учёта шума, от 0 до 100
vendors-figure-forbidden_calls = Звонки с серьёзными запрещёнными словами
vendors-figure-forbidden_rate = Запрещённые слова за 10 минут
vendors-figure-personal_data_calls = Звонки, где слышны персональные данные
vendors-figure-fact_calls = Звонки, противоречащие карточке фактов
vendors-figure-steps_present = Выполненные обязательные шаги
vendors-figure-overtalk = Одновременная речь
vendors-figure-longest_silence = Самая долгая тишина
vendors-figure-bad_line_calls = Звонки на плохой линии
vendors-figure-unreadable_calls = Записи, которые не читаются
vendors-figure-neighbour_calls = Звонки, где слышны слова соседей
vendors-figure-snr_db = Речь над шумом (SNR)
vendors-higher-better = больше — лучше
vendors-lower-better = меньше — лучше
vendors-noise-only = только против, никогда не за
vendors-interval = от { $low } до { $high }
vendors-hits = { $n } из { $of }
vendors-not-measured = не измерено
vendors-no-interval = без интервала
vendors-points = { $value } п.

# Differences.
vendors-differences = Разница
vendors-differences-of = { $name } против { $other }
vendors-differences-how = { $name } минус { $other }, с интервалом 95 %; линия посередине полосы — разницы нет. «Уверенность» относится только к этому показателю; в последнем столбце — поправка на все сравнения этой страницы ({ $n }, по Холму).
vendors-difference = Разница
vendors-who = В чью пользу
vendors-nobody = ни в чью
vendors-how-sure = Уверенность
vendors-after-all = С поправкой
vendors-after-all-sure = достоверно
vendors-after-all-not = недостоверно
vendors-more = Сколько ещё звонков каждого
vendors-more-cell-each = { $n }, чтобы различить
vendors-more-cell-enough = достаточно, чтобы различить
vendors-more-cell-hopeless = больше 5000, чтобы различить
vendors-five-cell-each = { $n } для ±5 пунктов
vendors-five-cell-enough = достаточно для ±5 пунктов
vendors-five-cell-hopeless = больше 5000 для ±5 пунктов
vendors-noise-note = только шум: никого не делает лучше

# Clips.
vendors-clips = Услышать разницу
vendors-clips-how = Сходные места обоих, не больше пяти пар. Выбраны по виду и языку, а не случайно: они показывают, о чём говорят показатели, и ничего не доказывают.
vendors-clips-none = У одного из них ни в одном звонке нет места для прослушивания.
vendors-clip-greeting = Приветствие
vendors-clip-price = Названа цена
vendors-clip-worst = Худшее место
vendors-clip-typical = Как начинается обычный звонок
vendors-clip-other-language = на разных языках
vendors-clip-player = Фрагмент, { $name }: { $what }
vendors-play-both = Послушать оба подряд
vendors-no-sound = Звука здесь нет; откройте звонок.

# Case mix.
vendors-mix = Какие звонки дал каждый
vendors-mix-kind = Язык и длительность
vendors-mix-short = до 2 минут
vendors-mix-middle = от 2 до 10 минут
vendors-mix-long = 10 минут и больше
vendors-mix-unknown = длительность неизвестна
vendors-language-unknown = язык неизвестен

# How to read it.
vendors-how = Как это считается
vendors-how-doubts = Сомнения считаются по видам, а не по находкам: десять вводящих в заблуждение фраз — одно сомнение. Учитываются только находки, с которыми внимательный проверяющий скорее согласится (уверенность от 50 %), и только то, что найдено хотя бы в одном звонке из двадцати. Один вид — на заметку, два — повод спросить, три и больше — тревожный сигнал.
vendors-how-noise = Шум может только ухудшить вердикт. За звонки без шума ничего не прибавляется: сделать демозапись в тихой комнате может любой.
vendors-how-intervals = Для долей звонков — интервал Уилсона, для их разностей — Ньюкомба; для средних — бутстреп по операторам (по звонкам, если операторы неизвестны; повторных выборок: { $n }, всегда одни и те же) или Стьюдент, если их меньше десяти. «Достоверно» означает: менее 5 шансов из 100, что хотя бы одно из сравнений на этой странице названо различием лишь случайно (Холм).
vendors-how-not-measured = То, что в звонке не удалось измерить, в показатель не входит и за хорошее не принимается. Почему — сказано на странице звонка.
vendors-footer = Создано программой callvet на этом компьютере. Числа для программ:
