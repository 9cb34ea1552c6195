/// Closed classes of English words that the grammar rests on.
enum Words {
  static func set(_ words: String) -> Set<String> {
    Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// Written with a point, which then ends no sentence by itself.
  static let abbreviations = set(
    """
    mr mrs ms dr prof rev hon fr sr jr st mt ft lt col gen maj capt cpt sgt cpl pvt cmdr cdr adm brig
    gov sen rep reps sens pres supt insp det lieut messrs mme mlle amb atty no nos vs inc corp ltd co
    bros dept div est approx fig vol pp al etc jan feb mar apr jun jul aug sept sep oct nov dec mon
    tue tues wed thu thurs fri sat sun ave blvd rd calif fla ga pa md va mass conn ill mich minn wis
    ch supt tenn ariz colo okla ore wash tex ala ark del kan ky la mo mont neb nev res ret
    """)

  /// Abbreviations that a name or number always follows.
  static let titles = set(
    """
    mr. mrs. ms. dr. prof. rev. hon. fr. st. mt. ft. lt. col. gen. maj. capt. cpt. sgt. cpl. pvt. cmdr.
    cdr. adm. brig. gov. sen. rep. reps. sens. pres. supt. insp. det. lieut. messrs. mme. mlle. amb. ch.
    atty. no. nos. vs.
    """)
  /// Whether a word is a title, with or without its point.
  static func isTitle(_ word: String) -> Bool {
    titles.contains(word) && word != "no." && word != "vs." || bareTitles.contains(word)
  }
  private static let bareTitles = set(
    "mr mrs ms mx dr prof lt col gen maj capt sgt cpl cmdr adm brig gov sen rep rev supt insp det pc dc lord lady sir dame miss"
  )
  static let closingAbbreviations = set("inc. corp. ltd. co. jr. sr. etc. bros. ret. res.")
  static let clock = set("a.m. p.m.")
  static let weekdays = set(
    "monday tuesday wednesday thursday friday saturday sunday mondays yesterday today tonight tomorrow"
  )
  static let months = set(
    """
    january february march april may june july august september october november december
    jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.
    """)
  static let calendar = weekdays.union(months).union(set("gmt utc est edt cet local"))

  /// Words that open a sentence and continue no name.
  static let sentenceStarters = set(
    """
    the a an it he she they we i you this that these those in on at by for from to with after before
    as but and or so if when while since there his her its their our my no not some many most several
    both each all one two three police officials however meanwhile also according among under over
    during until despite although though because what who why how where now then last earlier later
    more another other residents rescuers
    """)
  /// Lower-case words that may open a sentence of messy text.
  static let sentenceLower: Set<String> = []

  /// Apostrophes that open no quotation: 'em, '90s.
  static let clipped = set("em til tis twas cause bout n cos round ere s t")
  static let lowerNamePrefixes = ["al-", "el-", "ash-", "as-", "an-", "ad-", "d'", "i2", "e-"]
  /// Small words within a name.
  static let nameParticles = set(
    "al el bin ben bint ibn abu de del della da di do dos du la le van von der den ten ter y e af")

  static let determiners = set(
    """
    the a an this that these those his her its their our my your some any every each no another
    several many few both all most more other such one two three four five six seven eight nine ten
    dozens hundreds thousands
    """)
  static let possessives = set("his her its their our my your")
  static let pronouns = set("he she it they we i you")
  static let personPronouns = set("he she")
  static let prepositions = set(
    """
    of in on at by for from to with about against after before during under over near inside outside
    into onto through via within without among between across around behind beyond amid despite
    toward towards upon off along throughout following concerning regarding
    """)
  static let auxiliaries = set(
    """
    is are was were be been being am has have had having do does did will would shall should can could
    may might must cannot can't won't wouldn't couldn't shouldn't didn't doesn't don't isn't aren't
    wasn't weren't hasn't haven't hadn't he's she's it's they're there's we're i'm i've we've they've
    """)
  static let modals = set(
    "will would shall should can could may might must cannot can't won't wouldn't couldn't")
  static let negatives = set(
    "not never no didn't doesn't don't hasn't haven't hadn't wouldn't won't couldn't can't cannot neither nor"
  )
  /// Past forms without "-ed", which make a clause of the words around them.
  static let irregularPasts = set(
    """
    began became came went saw took gave got made found left lost held kept knew led met ran rose
    fell fired hit shot struck broke brought built bought caught cut drew drove fled flew fought
    grew heard hurt lay let meant paid put read sank sent set shook shut slept sold spent spoke stood
    swept taught thought threw told understood won wore wrote burst blew dealt felt forgot
    beat bore chose froze hid rode sat sought spread stole stuck swam woke said
    """)
  /// Present forms that headlines and live coverage use.
  static let presents = set(
    """
    is are has have does do goes comes takes makes remains appears seems shows faces rises falls hits
    kills needs wants plans expects hopes fears fires strikes wins loses leads begins ends starts
    continues calls holds keeps gives gets runs lies stands means happens belongs looks works
    """)
  /// Words that open a clause of their own; a subject does not reach over them.
  static let clauseOpeners = set(
    """
    but while whereas although though because when where whether since until so yet if as unless than
    that after before nor
    """)
  static let adverbs = set(
    """
    also first later then earlier now only still again since already further separately meanwhile too
    afterwards afterward instead thus however always never ever once twice soon just even often
    sometimes all both himself herself itself themselves jointly not today yesterday tonight
    however, therefore though
    """)
  static let participles = set(
    "seen written sent shown read given known held taken released aboard made drawn heard caught left signed"
  )
  static let subordinators = set(
    "because although though while if unless until when where whereas since")

  /// Means of publication that tell the medium and not a listener.
  static let media = set(
    """
    statement statements briefing briefings conference interview interviews speech address post posts
    tweet tweets message messages video email e-mail emails letter letters report reports bulletin
    update remarks comments comment call broadcast note notice memo filing release communique
    communiqué advisory thread session hearing testimony ruling article column podcast appearance
    declaration announcement text texts reply response phone telephone television tv radio court
    parliament media summary assessment verdict judgment judgement affidavit press announcement rally filings papers documents memos notices bulletins statements
    ceremony meeting forecast leaflet newsletter blog blogpost book memoir indictment
    """)
  static let platforms = set(
    "x twitter telegram facebook instagram tiktok whatsapp youtube linkedin weibo truth-social bluesky viber vk threads"
  )
  /// Words of a name that tell a news outlet.
  static let outletWords = set(
    """
    news times post tv radio agency press journal herald tribune guardian daily bbc cnn afp ap reuters
    channel network newspaper broadcaster station website newsroom magazine telegraph observer mail
    mirror sun gazette chronicle today globe star standard independent broadcasting television media
    report fm wire programme program show podcast outlet associated courier bulletin inquirer dispatch sport sports npr nbc abc cbs fox
    haaretz bloomberg interfax tass xinhua kyodo anadolu nhk
    """)
  /// Whom somebody tells without being a way to the reader.
  static let audiences = set(
    """
    reporters journalists parliament lawmakers congress senators mps deputies senate council
    court committee assembly commission knesset duma supporters delegates investors shareholders
    police investigators officials residents viewers listeners crowds crowd hearing conference
    inquiry judge jurors jury tribunal ministers members people him her them us me it you meeting
    briefing colleagues employees staff workers students parents families relatives soldiers troops
    gathering summit rally diplomats analysts fans commons lords house bundestag
    """)
}
