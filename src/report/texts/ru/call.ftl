# The page of a call.

call-skip = Перейти к находкам
call-nav = Звонки
call-all = Все звонки
call-previous = ← Предыдущий звонок
call-next = Следующий звонок →

# What is known of the call.
call-fact-recording = Запись
call-fact-file-of-channel = Файл канала { $n }
call-fact-file-without-sound = Файл без звука
call-fact-length = Длительность
call-fact-language = Язык
call-fact-call = Звонок
call-fact-started = Начало
call-fact-agent = Оператор
call-fact-customer = Клиент
call-fact-vendor = Подрядчик
call-fact-campaign = Кампания
call-fact-direction = Направление
call-fact-sound = Звук
call-fact-odd = Странности каналов
call-inbound = звонил клиент
call-outbound = звонил центр

# What came out, in one look.
call-verdict = Вердикт
call-of-100 = из 100 баллов
call-no-score = данных слишком мало для оценки
call-no-findings = Находок нет
call-words-not-judged = Не оценено: на слова нельзя положиться; отсутствие находок не значит, что звонок хороший
call-steps-missing = { $n ->
    [one] Пропущен { $n } обязательный шаг
    [few] Пропущены { $n } обязательных шага
   *[many] Пропущено { $n } обязательных шагов
}
call-parts-lost = { $n ->
    [one] Потеряна { $n } часть записи
    [few] Потеряны { $n } части записи
   *[many] Потеряно { $n } частей записи
}
call-not-transcribed = Не расшифровано: слова не оценивались
call-worst = Сначала послушайте худшее
call-worst-read = Сначала худшее
call-go-to-finding = К находке

# The score and where it comes from.
call-score = Из чего складывается оценка
call-part = Часть
call-share = Доля
call-points = Баллы
call-lost-through = За что сняты
call-points-of = { $points } из { $max }
call-points-cost = { $points } (баллы только снимаются)
call-not-judged = оценить нельзя
call-formula = 100 × ({ $points }) / ({ $max }) = { $total }
call-formula-says = 100, умноженное на набранные баллы и делённое на возможные, по тем частям, которые можно оценить; не меньше 0. Находка стоит своего веса, умноженного на уверенность в ней.
call-formula-none = Общей оценки нет: части, которые можно оценить, дают меньше половины всех баллов.

# The player.
call-player = Плеер
call-play = Воспроизвести
call-back = Назад на 5 с
call-on = Вперёд на 5 с
call-position = Место в звонке
call-finding-back = Предыдущая находка
call-finding-on = Следующая находка
call-speed = Скорость
call-volume = Громкость
call-loop = Повтор
call-loop-help = Повторять выделение или выбранную находку
call-loop-from = Отсюда
call-loop-to = Досюда
call-loop-from-help = Выделение начинается в этом месте
call-loop-to-help = Выделение заканчивается в этом месте
call-follow = Следовать за звуком
call-help = Клавиши
call-sound-problem = Запись не воспроизводится: она перемещена или удалена либо браузер не знает её формата.

# Keys.
call-keys = Клавиши
call-key-enter = воспроизвести выбранную находку, начав за 2 с до неё
call-key-j = следующая, предыдущая находка
call-key-space = воспроизведение, пауза
call-key-arrows = на 5 с назад, вперёд
call-key-l = повторять выделение или выбранную находку
call-key-edges = начало, конец выделения здесь
call-key-verdicts = вердикт о выбранной находке: верно, неверно, неясно
call-key-n = заметка к выбранной находке
call-key-search = поиск в расшифровке
call-key-help = эта справка
call-keys-on = Управление буквами и знаками
call-keys-why = Отключите, если управляете компьютером голосом или нажимаете их случайно. Enter, пробел и стрелки продолжат работать.
call-close = Закрыть

# The picture.
call-picture = Весь звонок на одном экране
call-zoom = Масштаб
call-zoom-all = Весь звонок
call-zoom-min = { $n } мин
call-zoom-s = { $n } с
call-picture-about = Щёлкните, чтобы перейти к месту; протяните, чтобы выделить. То же самое — в списках ниже.
call-no-waveform = Осциллограммы этого звонка нет; дорожки построены по измерениям и расшифровке.
call-row-time = Время
call-row-findings = Находки
call-lane-speech = { $who }: речь
call-lane-voices = { $who }: посторонние голоса
call-lane-noise = { $who }: шум
call-lane-clipping = { $who }: клиппинг
call-lane-dropouts = { $who }: выпадения
call-lane-overtalk = Одновременная речь
call-lane-silence = Никто не говорит
call-lane-hold = Удержание
call-lane-tones = Тональные сигналы
call-lane-talk = Говорят люди
# The same without whose it is.
call-kind-voices = посторонние голоса
call-kind-noise = шум
call-kind-clipping = клиппинг
call-kind-dropouts = выпадения
call-lane-none = { $name }: нет
call-lane-unknown = { $name }: { $why }
call-lane-sum = { $name }: { $n }, всего { $length }
call-overtalk-by = { $kind }, { $who }
call-legend = Условные обозначения
call-legend-findings = Находки:
call-legend-wave = Осциллограмма: полная высота — { $value } dBFS, одинаково для всех каналов.
call-legend-soft = тоньше: поддакивание
call-legend-spectrogram = Спектрограмма: от 0 до { $value } Гц снизу вверх;
call-legend-scale = от тёмного к светлому
call-lists = Дорожки списками

# Findings.
call-findings = Находки
call-expected = { $findings }; судя по их уверенности, из них верны { $mean } ± { $sd }.
call-hint = Enter или щелчок воспроизводит находку, начиная за 2 с до неё.
call-hint-silent = Enter или щелчок показывает место находки.
call-filter = Показать
call-filter-severity = Серьёзность
call-filter-category = Категория
call-filter-party = Сторона
call-filter-state = Проверка
call-filter-all = все
call-filter-open = не проверены
call-filter-done = проверены
call-order = Порядок
call-order-worst = сначала худшие
call-order-time = как в звонке
call-nothing-shown = Под фильтры не подходит ни одна находка.
call-clear-filters = Показать все
call-line = строка { $n }
call-sure = уверенность { $value }
call-why = Почему: основания
call-nobody = Ни к кому конкретно

# Reviews.
call-reviewer = Ваши инициалы
call-export = Экспорт проверок
call-import = Импорт проверок
call-not-kept = Этот браузер не даёт странице ничего сохранять: при закрытии страницы проверки пропадут. Сначала экспортируйте их.
call-agree = Верно
call-disagree = Неверно
call-unsure = Неясно
call-note = Заметка
call-ask = Кто проверяет?
call-ask-why = Инициалы указываются в экспорте, чтобы можно было сравнить вердикты нескольких проверяющих. Страница спросит один раз.
call-save = Сохранить
call-cancel = Отмена

# Required steps.
call-steps = Обязательные шаги
call-no-steps = Обязательные шаги не искались.
call-nearest = Ближайшее ({ $value }):
call-searched = Где искали: { $where }
call-searched-heard = Где искали: { $where }; различимо { $value } речи на этом участке
call-from-to = от { $from } до { $to }
call-from = от { $from }
call-up-to = до { $to }
call-whole-text = весь текст

# The transcript.
call-transcript = Расшифровка
call-no-words = Не распознано ни одного слова.
call-no-transcript = Этот звонок не расшифрован.
call-uncertain-about = Расшифровано речевой моделью. Слова с пунктиром ненадёжны; наведите указатель, чтобы увидеть насколько.
call-uncertain-example = пунктир
call-uncertain = Ненадёжно: вероятность { $value }
call-search = Поиск в расшифровке
call-hit-back = Предыдущее место
call-hit-on = Следующее место

# Measurements.
call-numbers = Измерения
call-numbers-call = Весь звонок
call-numbers-speakers = Как они говорят
call-numbers-channels = Звук по каналам
call-numbers-none = Этот отчёт составлен по тексту: звука для измерений нет.
call-leakage = Просачивание: одна сторона слышна в канале другой
call-leak-from = Чей голос
call-leak-to = где слышен
call-leak-found = Найдено
call-leak-level = Уровень
call-leak-delay = Задержка
call-problems = Что не удалось
call-no-problems = Препятствий не было.

# What made the report.
call-made = Из чего получен этот отчёт
call-made-recording = Запись, SHA-256
call-made-bytes = Запись, байт
call-made-settings = Настройки, SHA-256
call-made-decoder = Декодер
call-made-model = Речевая модель
call-made-model-hash = Речевая модель, SHA-256
call-made-vad = Модель обнаружения речи, SHA-256
call-made-dnsmos = Модель DNSMOS, SHA-256
call-made-speakers = Модель голосов, SHA-256
call-made-metadata = Источник сведений о звонке
call-made-phrases = Список фраз, SHA-256
call-disclaimer = Расшифровку сделала модель, а оценили её правила. Прежде чем действовать по находке, послушайте её.

# What the script says.
js-call-play = Воспроизвести
js-call-pause = Пауза
js-call-position = { $time } из { $of }
js-call-loop-on = Повтор от { $from } до { $to }
js-call-loop-off = Без повтора
js-call-loop-nothing = Повторять нечего: выберите находку или выделите участок на схеме
js-call-selected = Выделено от { $from } до { $to }: нажмите l для повтора
js-call-all-shown = { $n ->
    [one] { $n } находка
    [few] { $n } находки
   *[many] { $n } находок
}
js-call-some-shown = Показано находок: { $n } из { $of }
js-call-reviewed = Проверено: { $n } из { $of }
js-call-agree = верно
js-call-disagree = неверно
js-call-unsure = неясно
js-call-judged = { $value }: { $name }
js-call-review-of = Проверка: { $name }
js-call-saved-there = Сохранено на сервере
js-call-not-saved-there = Сервер не принял проверку: она хранится в этом браузере
js-call-nothing-to-export = Экспортировать нечего: в этом звонке вы не проверили ни одной находки
js-call-exported = { $n ->
    [one] Экспортирована { $n } проверка
    [few] Экспортированы { $n } проверки
   *[many] Экспортировано { $n } проверок
}
js-call-imported = { $n ->
    [one] { $n } новая проверка этого звонка
    [few] { $n } новые проверки этого звонка
   *[many] { $n } новых проверок этого звонка
}
js-call-not-reviews = В этом файле нет проверок
js-call-hits = { $n } из { $of }
js-call-no-hits = не найдено

# Verdicts of reviewers that are in the store.
call-reviewed = Проверено: верно { $agreed }, неверно { $disagreed }, неясно { $unsure }.
call-rejected = ✗ отклонено проверяющими
