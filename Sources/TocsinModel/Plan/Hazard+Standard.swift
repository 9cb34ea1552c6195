extension Hazard {
  /// The hazards of the field, with words in English, Hebrew, Arabic and Russian. A plan may replace any of them.
  public static let standard: [Hazard] = [
    under(
      "rockets",
      [
        "en": "Rocket fire", "he": "ירי רקטות וטילים", "ar": "إطلاق صواريخ",
        "ru": "Ракетный обстрел",
      ]),
    under(
      "aircraft",
      [
        "en": "Hostile aircraft", "he": "חדירת כלי טיס עוין", "ar": "تسلل طائرة معادية",
        "ru": "Вторжение вражеского летательного аппарата",
      ]),
    under(
      "shelling",
      ["en": "Shelling", "he": "הפגזה", "ar": "قصف مدفعي", "ru": "Артиллерийский обстрел"]),
    under(
      "air-strike",
      ["en": "Air strike", "he": "תקיפה אווירית", "ar": "غارة جوية", "ru": "Авиаудар"]),
    under(
      "infiltration",
      ["en": "Infiltration", "he": "חדירה", "ar": "تسلل", "ru": "Проникновение"]),
    under(
      "unconventional",
      [
        "en": "Unconventional missile", "he": "טיל לא קונבנציונלי", "ar": "صاروخ غير تقليدي",
        "ru": "Ракета с неконвенциональным зарядом",
      ]),
    under(
      "general",
      ["en": "Warning", "he": "התרעה", "ar": "إنذار", "ru": "Предупреждение"]),
    instructing(
      "earthquake", ["en": "Earthquake", "he": "רעידת אדמה", "ar": "زلزال", "ru": "Землетрясение"],
      [
        "en": "Go outside to open ground, or into a protected room.",
        "he": "צאו לשטח פתוח או היכנסו למרחב מוגן.",
        "ar": "اخرجوا إلى مكان مفتوح أو ادخلوا غرفة محمية.",
        "ru": "Выйдите на открытое место или в защищённое помещение.",
      ]),
    instructing(
      "tsunami", ["en": "Tsunami", "he": "צונאמי", "ar": "تسونامي", "ru": "Цунами"],
      [
        "en": "Leave the shore now; go inland and uphill, or to a fourth floor.",
        "he": "התרחקו מהחוף מיד, אל פנים הארץ ולמקום גבוה, או לקומה רביעית.",
        "ar": "ابتعدوا عن الشاطئ فورًا إلى الداخل وإلى مكان مرتفع أو إلى الطابق الرابع.",
        "ru": "Немедленно уйдите от берега вглубь и вверх или на четвёртый этаж.",
      ]),
    instructing(
      "chemical",
      [
        "en": "Hazardous materials", "he": "חומרים מסוכנים", "ar": "مواد خطرة",
        "ru": "Опасные вещества",
      ],
      [
        "en": "Go indoors, close windows and doors, turn off ventilation.",
        "he": "היכנסו למבנה, סגרו חלונות ודלתות, כבו מיזוג ואוורור.",
        "ar": "ادخلوا إلى مبنى وأغلقوا النوافذ والأبواب وأوقفوا التهوية.",
        "ru": "Зайдите в помещение, закройте окна и двери, выключите вентиляцию.",
      ]),
    instructing(
      "fire", ["en": "Wildfire", "he": "שריפה", "ar": "حريق", "ru": "Пожар"],
      [
        "en": "Leave the area now by the open road, away from the smoke.",
        "he": "עזבו את האזור מיד בדרך הפתוחה, הרחק מהעשן.",
        "ar": "غادروا المنطقة فورًا عبر الطريق المفتوح بعيدًا عن الدخان.",
        "ru": "Немедленно покиньте район по свободной дороге, прочь от дыма.",
      ]),
    instructing(
      "flood", ["en": "Flood", "he": "שיטפון", "ar": "فيضان", "ru": "Наводнение"],
      [
        "en": "Go to higher ground now. Do not walk or drive through water.",
        "he": "עלו למקום גבוה מיד. אל תחצו מים ברגל או ברכב.",
        "ar": "انتقلوا إلى مكان مرتفع فورًا. لا تعبروا المياه سيرًا أو بالسيارة.",
        "ru": "Поднимитесь на возвышенность. Не переходите и не переезжайте воду.",
      ]),
    instructing(
      "storm",
      ["en": "Violent storm", "he": "סופה קשה", "ar": "عاصفة شديدة", "ru": "Сильная буря"],
      [
        "en": "Go indoors now; stay away from windows and trees.",
        "he": "היכנסו למבנה מיד; התרחקו מחלונות ומעצים.",
        "ar": "ادخلوا إلى مبنى فورًا وابتعدوا عن النوافذ والأشجار.",
        "ru": "Немедленно зайдите в здание; держитесь подальше от окон и деревьев.",
      ]),
  ]

  /// A hazard from which people shelter.
  private static func under(_ id: String, _ name: Texts) -> Hazard {
    instructing(
      id, name,
      [
        "en": "Take shelter now.", "he": "היכנסו למרחב המוגן עכשיו.",
        "ar": "ادخلوا إلى الملجأ الآن.", "ru": "Немедленно в укрытие.",
      ])
  }

  private static func instructing(_ id: String, _ name: Texts, _ instruction: Texts) -> Hazard {
    let early: Texts = [
      "en": "Be ready: stay near a shelter or a safe place and wait for word.",
      "he": "היו מוכנים: הישארו ליד מרחב מוגן או מקום בטוח והמתינו להודעה.",
      "ar": "استعدوا: ابقوا قرب ملجأ أو مكان آمن وانتظروا التعليمات.",
      "ru": "Будьте готовы: оставайтесь рядом с укрытием или безопасным местом и ждите сообщения.",
    ]
    let ended: Texts = [
      "en": "All clear: you may leave the shelter.", "he": "הסתיים האירוע: ניתן לצאת מהמרחב המוגן.",
      "ar": "انتهى الخطر: يمكنكم مغادرة الملجأ.", "ru": "Отбой: можно покинуть укрытие.",
    ]
    let correction: Texts = [
      "en": "Correction: the warning was sent in error. There is no danger from it.",
      "he": "תיקון: ההתרעה נשלחה בטעות. אין סכנה בעקבותיה.",
      "ar": "تصحيح: أُرسل الإنذار بالخطأ. لا خطر بسببه.",
      "ru": "Исправление: предупреждение было отправлено по ошибке. Опасности нет.",
    ]
    return Hazard(
      id: id, name: name, early: name.joined(to: early), shelter: name.joined(to: instruction),
      ended: name.joined(to: ended), correction: name.joined(to: correction))
  }
}

extension Texts {
  /// Said where one warning ends and another goes on.
  static let stillWarned: Texts = [
    "en": "This warning has ended. Another is still in force here: stay where you are safe.",
    "he": "התרעה זו הסתיימה. התרעה אחרת עדיין בתוקף כאן: הישארו במקום מוגן.",
    "ar": "انتهى هذا الإنذار. لا يزال إنذار آخر ساريًا هنا: ابقوا في مكان آمن.",
    "ru": "Это предупреждение снято. Здесь ещё действует другое: оставайтесь в безопасном месте.",
  ]

  /// Two texts as two sentences, in every language that the first has.
  func joined(to sentence: Texts) -> Texts {
    Texts(
      Dictionary(
        uniqueKeysWithValues: byLanguage.map { language, text in
          (language, (text.hasSuffix(".") ? text : text + ".") + " " + sentence[language])
        }))
  }
}
