# The page of the batch.

batch-title = { $n ->
    [one] { $n } звонок
    [few] { $n } звонка
   *[many] { $n } звонков
}
batch-heading = Звонки
batch-n-calls = { $n ->
    [one] { $n } звонок
    [few] { $n } звонка
   *[many] { $n } звонков
}
batch-from-to = от { $from } до { $to }
batch-or-more = { $from } и больше
# 3 of 8 (calls).
batch-of = { $value } из { $of }
batch-of-calls = в { $value } из { $of } { $of ->
    [one] звонка
   *[other] звонков
}
batch-too-few = слишком мало
batch-skip = Перейти к списку звонков
batch-sections = Разделы страницы

# Totals.
batch-total-calls = звонков
batch-total-analysed = обработано
batch-total-failed = со сбоем
batch-total-pending = ещё не обработано
batch-total-sound = звука
batch-total-findings = находок всего
# How many of the findings are true by their confidences: $value ± $of.
batch-expected = ожидаемо верных { $value } ± { $of }

# What to hear.
batch-listen = С чего начать прослушивание
batch-listen-how = Шесть звонков, где критические и серьёзные находки вероятнее всего верны, затем четыре, где анализ наименее уверен; каждый открывается на нужном месте. Уверенности складываются: находка с 60 % считается за 0,6 находки.
batch-listen-none = Ни на один звонок ничто не указывает. Послушайте ниже звонки, выбранные случайно.
batch-why-risky = Из критических и серьёзных находок ({ $from }) верны, вероятно, { $value } ± { $of }.
batch-why-many = Вероятно, верны многие мелкие находки.
batch-why-unsure = Серьёзно, но уверенность лишь { $value }: нужна ваша оценка.
batch-why-unheard = Положиться можно лишь на { $value } слов.
batch-why-no-words = Слова не удалось разобрать: что было сказано, неизвестно.
batch-why-spread = Находки этого звонка в сумме наименее надёжны.
batch-kind-risky = риск
batch-kind-uncertain = неясно
batch-drawn = Случайный выбор из остальных звонков
batch-drawn-how = Правила находят только то, что ищут. Послушайте целиком и эти.
# $value: a share such as 63 %.
batch-drawn-says = Даже если в них нет ничего плохого, плохими могут быть до { $value } остальных звонков (доверительная вероятность 95 %): по нескольким звонкам судить трудно.
# $value of $of calls.
batch-drawn-more = Чтобы узнать долю плохих звонков с точностью ±10 пунктов, послушайте { $value } из этих { $of }, выбрав их случайно.
batch-drawn-seed = Начальное число { $value } получено из записей: при тех же записях выбор тот же.

# The list of calls.
batch-list = Все звонки, сначала худшие
batch-how-title = Как это читать
batch-how-score = Оценка: лучшее — 100; баллы снимаются за плохую линию, шум, пропущенные шаги, запрещённые фразы и раскрытые персональные данные, а на странице звонка видно, за какую находку. Звонки без оценки не удалось оценить достаточно полно.
batch-how-findings = Находки — это места, которые стоит послушать, а не доказательства: у каждой есть уверенность, и щелчок открывает её там, где это сказано.
batch-how-missing = Пропущенные шаги — то, что нужно было сказать, но не нашлось.
batch-how-snr = SNR — насколько речь выделяется над шумом, по худшему каналу.
batch-how-overtalk = Одновременная речь — доля разговора, когда говорят обе стороны.
batch-how-empty = Пустая ячейка означает «не измерено»; почему — сказано на странице звонка.
batch-how-link = Фильтры, порядок и столбцы хранятся в адресе страницы: скопированная ссылка покажет тот же список.
batch-filter = Фильтр звонков
batch-find = Найти
batch-find-hint = имя, оператор, слова …
batch-filter-severity = Находки
batch-severity-1 = критические
batch-severity-2 = серьёзные и выше
batch-severity-3 = незначительные и выше
batch-filter-category = Категория
batch-filter-status = Состояние
batch-filter-score = Оценка от
batch-filter-score-to = до
batch-any = все
batch-clear = Сбросить фильтры
batch-columns = Столбцы
batch-no-calls = Звонков нет.
batch-caption = Звонки, сначала худшие. Заголовки столбцов — кнопки сортировки.
batch-column-score = Оценка
batch-column-call = Звонок
batch-column-worst = Худшие находки
batch-column-missing = Пропущенные шаги
batch-column-started = Начало
batch-column-length = Длительность, мин:с
batch-column-snr = SNR, дБ
batch-column-overtalk = Одновр. речь, %
batch-column-status = Состояние
batch-pages = Страницы списка
batch-earlier = Назад
batch-later = Далее
# Without a script.
batch-first-only = Здесь показаны худшие звонки: { $value } из { $of }; все — в calls.csv.

# What was found.
batch-found = Что найдено
batch-found-how = По всем обработанным звонкам. «Ожидаемо верных» — сколько находок верны, судя по их уверенности. Интервал (95 %, Уилсон) показывает, насколько может отклоняться доля, если эти звонки — выборка из большего числа.
batch-found-category = Категория
batch-found-kind = Вид
batch-found-calls = Звонки
batch-found-share = Доля звонков
batch-found-interval = Интервал 95 %
batch-found-findings = Находки
batch-found-expected = Ожидаемо верных
batch-found-example = Послушать самую надёжную

# By group.
batch-groups = Кто и когда
batch-groups-how = Интервалы 95-процентные: для средней оценки — по Стьюденту; для находок — точный интервал Пуассона, расширенный, поскольку находки идут группами; для шагов — Уилсона. Группы, где меньше 5 звонков, стоят в конце и не ранжируются. Разница может объясняться тем, какую работу кому поручили.
batch-by-agent = По операторам
batch-by-vendor = По подрядчикам
batch-by-campaign = По кампаниям
batch-by-language = По языкам
batch-by-weekday = По дням недели
batch-by-hour = По часам
batch-head-agent = Оператор
batch-head-vendor = Подрядчик
batch-head-campaign = Кампания
batch-head-language = Язык
batch-head-weekday = День недели
batch-head-hour = Час
batch-group-calls = Звонки
batch-group-score = Средняя оценка
batch-group-severe = Критические и серьёзные на 10 звонков
batch-group-missing = Пропущенные шаги
batch-group-small = мало звонков
batch-group-more = { $n ->
    [one] Не показана ещё { $n } группа; список можно отфильтровать по ней.
    [few] Не показаны ещё { $n } группы; список можно отфильтровать по любой.
   *[many] Не показано ещё { $n } групп; список можно отфильтровать по любой.
}
batch-group-unknown = { $n ->
    [one] { $n } звонок не отнесён ни к одной группе: данных нет.
    [few] { $n } звонка не отнесены ни к одной группе: данных нет.
   *[many] { $n } звонков не отнесены ни к одной группе: данных нет.
}
batch-weekday-1 = Понедельник
batch-weekday-2 = Вторник
batch-weekday-3 = Среда
batch-weekday-4 = Четверг
batch-weekday-5 = Пятница
batch-weekday-6 = Суббота
batch-weekday-7 = Воскресенье

# Heat map.
batch-heat = Что и у кого
batch-heat-how = Доля звонков, где это найдено с уверенностью не ниже 50 %; если звонков меньше 5 — их число. Щелчок показывает их. Оттенки начинаются с 0,5, 10, 25, 50 и 75 %.
batch-heat-more-columns = { $n ->
    [one] Не показан ещё { $n } столбец.
    [few] Не показаны ещё { $n } столбца.
   *[many] Не показано ещё { $n } столбцов.
}
batch-heat-more-rows = { $n ->
    [one] Не показана ещё { $n } категория.
    [few] Не показаны ещё { $n } категории.
   *[many] Не показано ещё { $n } категорий.
}
batch-heat-nothing = не найдено

# Distributions.
batch-spread = Как распределены значения
batch-spread-how = Щелчок по столбику или по строке его таблицы показывает эти звонки.
batch-chart-score = Оценка
batch-chart-severe = Критические и серьёзные находки на звонок
batch-chart-findings = Находки на звонок
batch-chart-snr = SNR, дБ
batch-chart-overtalk = Одновременная речь, %
batch-chart-talk = Доля речи оператора, %
batch-chart-silence = Самая долгая тишина, с
batch-chart-length = Длительность, мин
batch-chart-summary = Медиана { $value }; в девяти звонках из десяти — от { $from } до { $to }.
batch-chart-missing = { $n ->
    [one] Не измерено в { $n } звонке.
    [few] Не измерено в { $n } звонках.
   *[many] Не измерено в { $n } звонках.
}
batch-chart-table = Таблицей
batch-chart-step = Интервал
batch-chart-calls = Звонки

# Questions.
batch-questions = Какие вопросы задать
batch-questions-of = Какие вопросы задать подрядчику { $name }
batch-questions-how = Каждое сомнение — в виде вопроса, с местами, которые его вызвали. Один звонок — это заметка, о двух стоит спросить, три независимых звонка — тревога. Находки могут быть ошибочны, и хороший ответ возможен.
batch-doubt-red = тревога
batch-doubt-ask = спросить
batch-doubt-note = заметка
batch-questions-all-calls = все эти звонки
batch-questions-more = { $n ->
    [one] Ещё { $n } вопрос следует из списка найденного.
    [few] Ещё { $n } вопроса следуют из списка найденного.
   *[many] Ещё { $n } вопросов следуют из списка найденного.
}
batch-question-any-said = В этих звонках слышно: «{ $name }». Есть ли это в вашем сценарии и как вы удерживаете от этого операторов?
batch-question-any-step = Шаг «{ $name }» не прозвучал. Входит ли он в ваш сценарий и как вы проверяете, что он выполнен?
batch-question-any-fact = Сказанное не соответствует фактам ({ $name }). Откуда это берут ваши операторы?
batch-question-any-personal = В этих записях слышны персональные данные ({ $name }). Кому разрешено их слушать и почему данные не вырезаны?
batch-question-any-quality = Дефект звука: { $name }. Откуда он берётся и есть ли он в живых звонках?
batch-question-contradiction = В ваших звонках расходятся значения ({ $name }): { $value }. Какое из них верно и где его смотрят операторы?
batch-question-urgency_false = Клиентам говорят, что предложение кончается сегодня или с этим звонком. Это так? Что его прекращает и где это записано?
batch-question-scarcity_stock = Операторы говорят, что осталось мало. Где они видят остаток во время разговора и было ли это правдой в те дни?
batch-question-free_false = Что-то названо бесплатным. Сколько клиент платит в итоге, с доставкой, подключением и договором?
batch-question-delivery_overpromise = Обещают доставить к определённому дню. Как часто это выполняется и что бывает, если нет?
batch-question-guarantee_overclaim = Гарантируют результат или безопасность. Кто за это отвечает и где можно прочитать эту гарантию?
batch-question-health_claim = Утверждают, что что-то лечит или оберегает здоровье. Какие у вас есть доказательства и разрешения?
batch-question-false_authority = Звонящий говорит от имени банка, ведомства или другой компании. По чьему поручению вы звоните на самом деле?
batch-question-purpose_concealed = Звонок начинается как опрос или сервисный звонок, а кончается продажей. Когда клиенты узнают, о чём речь?
batch-question-prize_bait = Клиентам говорят, что они выиграли или выбраны. Кто определяет победителей и во что приз обходится клиенту?
batch-question-consent_engineering = Молчание или междометия принимают за «да». Что у вас считается согласием и можно ли услышать ясное согласие?
batch-question-withdrawal_obstruction = Клиентов отговаривают от расторжения. Что нужно сделать, чтобы расторгнуть договор, и скольким это удаётся с первого раза?
batch-question-threat_penalty = Клиентам грозят штрафами, судом или потерями. Что из этого существует и кто разрешил операторам так говорить?
batch-question-pressure_after_refusal = После ясного «нет» продажа продолжается. После скольких отказов операторы обязаны остановиться и кто это проверяет?
batch-question-secrecy_isolation = Клиентов просят никому не говорить или решать в одиночку. Почему?
batch-question-sensitive_request = На записываемой линии спрашивают номера карт, пароли или номера документов. Почему и кто может слушать запись?
batch-question-off_record = Что-то говорят «не под запись». Что говорят ваши операторы, когда запись выключена?
batch-question-trade_secret_leak = Слышны внутренние сведения о ваших заказчиках. Что звонящие услышали бы о нас?
batch-question-staged_marker = Слышны слова вроде «второй дубль» или «репетиция». Это настоящие звонки? Можете показать, откуда они?
batch-question-rudeness = Операторы грубят клиентам. Какие меры были приняты и почему для показа выбран этот звонок?
batch-question-q_recording = Клиенту не сообщают, что разговор записывается. Где об этом предупреждают и можете ли вы доказать это для этих звонков?
batch-question-q_company = Оператор не говорит, какая компания звонит. Это сделано намеренно?
batch-question-q_total_price = Полная цена не названа до заказа. Когда её узнаёт клиент?
batch-question-q_withdrawal_right = О праве на отказ не упомянуто. Когда и как о нём узнают клиенты?
batch-question-q_explicit_consent = Ясного «да» на заказ не слышно. Что вы храните как доказательство договора?
batch-question-q_optout_honoured = Клиент просит больше не звонить, и это оставлено без внимания. Как такие просьбы попадают в ваши списки?
batch-question-q_payment_pause = Запись продолжается, пока называют платёжные данные. Почему её не приостанавливают?
batch-question-c_dnc_request = Клиенты просят больше им не звонить. В каком списке они были и звонили ли им ещё раз?
batch-question-c_audio_complaint = Клиенты жалуются, что плохо слышно. Дело в линии, гарнитурах или помещении?
batch-question-c_wait_complaint = Клиенты жалуются на ожидание. Какая у вас очередь в этот час и что вы обещаете?
batch-question-pii-card = В этих записях слышны номера платёжных карт. Как вы соблюдаете правила платёжных систем (PCI DSS)?
batch-question-pii-person_name = В записях, которые вы передаёте, слышны полные имена. Эти люди согласились?
batch-question-pii-phone = В записях, которые вы передаёте, слышны номера телефонов. Эти люди согласились?
batch-question-quality-background_voices = За говорящим слышны голоса других операторов. Как далеко друг от друга они сидят и что звонящие узнают друг о друге?
batch-question-quality-leakage = Стороны слышны в каналах друг друга. Гарнитуры открытые или голоса смешаны до записи?
batch-question-quality-dual_mono = В обоих каналах один и тот же звук. Почему оператор и клиент не записаны раздельно?
batch-question-quality-clipping = Звук обрезан: слишком громко для записи. Клиенты слышат его таким же?
batch-question-quality-gated = Между словами цифровая тишина: фон удалён. Можно ли получить исходную запись?

# Contradictions.
batch-consistency = Звонки, противоречащие друг другу
batch-consistency-how = Об одном и том же названы разные значения; какое из них верно, должна сказать карточка фактов.
batch-consistency-about = О чём
batch-consistency-product = Продукт
batch-consistency-value = Значение
batch-consistency-calls = Звонки
batch-consistency-heard = Где слышно
batch-consistency-same-agent = один оператор, несколько значений

# Trend.
batch-trend = От запуска к запуску
batch-trend-how = Что нашёл каждый запуск по этой папке. Запуски с другими настройками измеряют иначе и отмечены.
batch-trend-when = Запуск, UTC
batch-trend-score = Средняя оценка
batch-trend-severe = Критические и серьёзные на 10 звонков
batch-trend-changed = другие настройки

# Failed, left out.
batch-failed = { $n ->
    [one] Не удалось обработать { $n } файл
    [few] Не удалось обработать { $n } файла
   *[many] Не удалось обработать { $n } файлов
}
batch-failed-kind = Вид
batch-failed-why = Почему
batch-failed-file = Файл
batch-skipped = { $n ->
    [one] Пропущенные файлы ({ $n })
    [few] Пропущенные файлы ({ $n })
   *[many] Пропущенные файлы ({ $n })
}
batch-selftest = Насколько хорошо находятся дефекты на таких записях (самопроверка)
batch-selftest-how = { $n ->
    [one] В { $n } запись внесли известные дефекты и измерили полученные копии.
    [few] В { $n } записи внесли известные дефекты и измерили полученные копии.
   *[many] В { $n } записей внесли известные дефекты и измерили полученные копии.
}
batch-selftest-more = Полностью:
batch-made = Создано программой callvet на этом компьютере.
batch-spreadsheets = Для электронных таблиц:

# For the script.
js-batch-shown = { $n ->
    [one] { $n } из { $of } звонков
    [few] { $n } из { $of } звонков
   *[many] { $n } из { $of } звонков
}
js-batch-range = от { $from } до { $to }
js-batch-none = Под эти фильтры не подходит ни один звонок.
js-batch-remove = Убрать фильтр { $name }
js-batch-any = любые
js-batch-with = с находкой «{ $name }»
js-batch-confidence = уверенность { $value } %
js-batch-lost = часть потеряна
js-batch-bar = { $name }: { $value }
js-batch-column-campaign = Кампания
js-batch-column-talk = Речь оператора, %
js-batch-column-silence = Самая долгая тишина, с
js-batch-range-severe = Критические и серьёзные
js-batch-range-findings = Находки
js-batch-range-snr = SNR, дБ
js-batch-range-overtalk = Одновр. речь, %
js-batch-range-talk = Речь оператора, %
js-batch-range-silence = Самая долгая тишина, с
js-batch-range-length = Длительность, мин
js-batch-likely = уверенность от 50 %
js-batch-filter-weekday = День недели
js-batch-filter-hour = Час
js-batch-filter-campaign = Кампания
js-batch-trend-score = Средняя оценка
js-batch-trend-severe = Критические и серьёзные на 10 звонков
