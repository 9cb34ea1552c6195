/// Nouns for who can speak: people by role, organizations, documents.
enum Agents {
  enum Class: Hashable, Sendable { case person, organization, document }

  /// The class of a lower-case noun in singular or plural; `nil` for what cannot speak.
  static func find(_ word: String) -> (class: Class, isPlural: Bool)? {
    var noun = word
    if noun.hasSuffix("'s") { noun = String(noun.dropLast(2)) }
    if let known = known(noun) { return (known, plurals.contains(noun)) }
    for single in singulars(of: noun) {
      if let known = known(single) { return (known, true) }
    }
    if let last = noun.split(separator: "-").last, last.count < noun.count {
      return find(String(last))
    }
    if noun.hasSuffix("maker") || noun.hasSuffix("makers"), !people.contains(noun) {
      return (.organization, noun.hasSuffix("s"))
    }
    if endsLikePerson(noun) { return (.person, false) }
    for single in singulars(of: noun) where endsLikePerson(single) { return (.person, true) }
    return nil
  }

  static func known(_ noun: String) -> Class? {
    if people.contains(noun) || plurals.contains(noun) { return .person }
    if organizations.contains(noun) { return .organization }
    if documents.contains(noun) { return .document }
    return nil
  }

  private static func singulars(of noun: String) -> [String] {
    var singles: [String] = []
    if noun.hasSuffix("ies") { singles.append(noun.dropLast(3) + "y") }
    if noun.hasSuffix("men") { singles.append(noun.dropLast(3) + "man") }
    if noun.hasSuffix("people") { singles.append(noun.dropLast(6) + "person") }
    if noun.hasSuffix("es") { singles.append(String(noun.dropLast(2))) }
    if noun.hasSuffix("s"), !noun.hasSuffix("ss") { singles.append(String(noun.dropLast())) }
    return singles
  }

  /// "fisherman", "seismologist", "historian", "firefighter".
  private static func endsLikePerson(_ noun: String) -> Bool {
    guard noun.count > 4, !notPeople.contains(noun) else { return false }
    for ending in [
      "man", "woman", "person", "ologist", "ist", "ician", "eer", "grapher", "keeper",
      "maker", "worker", "fighter", "holder", "driver", "owner", "leader", "goer", "dweller",
    ]
    where noun.hasSuffix(ending) { return true }
    return noun.hasSuffix("er") || noun.hasSuffix("or") || noun.hasSuffix("ian")
      || noun.hasSuffix("ee")
  }

  private static let notPeople = Words.set(
    """
    weather water matter letter paper number order river computer thermometer corner danger power
    tower center winter summer border shelter shoulder finger answer anger copper silver timber lumber
    thunder newspaper helicopter tanker trailer container crater counter character chapter meter liter
    layer disaster cluster tiger spider poster filter ladder butter dinner supper offer whether rather
    either neither together later other another never ever after under over quarter semester register
    poverty error mirror motor door floor terror horror minor major prior factor sector tractor reactor
    interior exterior color honor labor harbor favor humor rumor behavior vapor armor corridor indoor
    outdoor superior anchor tremor radar laser sonar cancer transfer passover however moreover former
    latter greater larger higher lower better lesser fewer older younger newer bigger smaller longer
    november october september december easter charter chamber member timer trigger freezer cracker
    elevator generator indicator detector sensor monitor committee coffee guarantee fee degree
    syrian iranian reuter reuters russian ukrainian italian indian australian canadian palestinian egyptian
    european asian american german mayan roman indonesian malaysian hungarian norwegian belgian
    civilian human ocean clean mean urban artisan list twist exist consist assist resist
    human woman-led caravan tristan vegetarian meridian enter consider remember deliver discover
    recover cover suffer differ occur refer prefer gather offer alter water-meter hover wander wonder
    hunger fever liver silver monster theater theatre bunker locker wiper pointer peer career pioneer
    engineer-led steer cheer sheer beer deer veer
    """
  )
  .subtracting(Words.set("member"))

  /// Nouns that stand before "says" and speak for nobody.
  static func isThing(_ noun: String) -> Bool {
    things.contains(noun) || notPeople.contains(noun)
      || [
        "tion", "ness", "ment", "ity", "ism", "ance", "ence", "ship", "hood", "ing", "age", "ure",
      ].contains { noun.hasSuffix($0) }
  }

  private static let things = Words.set(
    """
    sign signs clock thumb rule rules law laws saying proverb legend story stories tale tradition label
    labels banner banners placard placards map maps common sense history wisdom logic instinct heart
    conscience joke rumour rumor rumours rumors word words name names headline headlines caption poster
    posters graffiti bible quran torah scripture verse song songs lyrics book books play film movie
    plaque tombstone ticket watch calendar scale scales meter gauge thermometer barometer compass
    price prices rate rates year day week month time times fact facts truth thing things something
    nothing everything anything experience evidence photo photos picture pictures video videos image
    images footage radar satellite map theory science math number numbers eyes eye face faces look
    silence smile body gut mind door wall house home car train ship plane rocket missile bomb fire
    flood quake earthquake storm wave water wind rain snow sun moon sky air sea land road street
    """)

  static let people = Words.set(
    """
    minister president premier chancellor secretary spokesman spokeswoman spokesperson mayor governor
    chief director head officer commander general colonel major captain lieutenant sergeant admiral
    brigadier judge justice lawyer attorney prosecutor doctor professor analyst expert economist
    scientist researcher seismologist meteorologist forecaster volcanologist coach manager striker
    forward defender goalkeeper midfielder farmer fisherman resident teacher student owner witness
    official source diplomat envoy ambassador negotiator mediator senator congressman congresswoman
    lawmaker lawmakers policymaker policymakers filmmaker filmmakers peacemaker shoemaker watchmaker legislator deputy mp councillor councilor king queen prince princess pope archbishop
    bishop priest imam rabbi cleric chairman chairwoman chair chairperson ceo executive founder
    co-founder adviser advisor aide assistant representative delegate leader member activist
    campaigner organizer organiser protester demonstrator supporter opponent critic candidate voter
    rescuer firefighter paramedic medic nurse surgeon physician pharmacist patient survivor victim
    mother father son daughter brother sister wife husband widow uncle aunt cousin grandmother
    grandfather relative parent neighbor neighbour friend colleague pilot driver passenger traveler
    traveller tourist guest worker employee miner sailor soldier trooper reservist veteran fighter
    militant rebel insurgent gunman suspect defendant plaintiff detective investigator inspector
    superintendent constable sheriff policeman policewoman marshal warden guard ranger coordinator
    administrator inspector auditor regulator commissioner clerk receptionist chef cook baker barber
    mechanic engineer technician architect builder contractor trader dealer broker investor banker
    strategist pollster observer monitor correspondent reporter journalist editor columnist author
    writer historian novelist artist singer musician actor actress player athlete runner cyclist
    swimmer boxer champion captain referee umpire skipper batsman bowler teammate agent landlord
    tenant shopkeeper shopper vendor villager islander herder headteacher principal dean lecturer
    chancellor speaker vice-president whistleblower informant insider man woman boy girl person
    somebody child teenager pensioner couple youth citizen local shareholder customer client consumer
    caller user eyewitness bystander onlooker evacuee refugee migrant hostage prisoner inmate monk nun
    pirate thief robber burglar hacker smuggler trafficker dealer addict beggar busker gardener waiter
    waitress bartender chambermaid maid nanny babysitter tutor instructor pupil undergraduate graduate
    alumnus intern apprentice trainee novice veteran-turned cadet recruit conscript deserter commando
    sniper paratrooper airman guerrilla jihadist extremist terrorist separatist loyalist nationalist
    hardliner moderate reformer dissident exile opposition-leader frontrunner incumbent challenger
    contender finalist medallist medalist semifinalist swimmer rower sailor sprinter wrestler gymnast
    goalscorer winger fullback centre-back batter pitcher quarterback linebacker point-guard
    bandleader conductor composer director-general secretary-general commander-in-chief head-coach
    vice-chancellor provost rector warden superior abbot abbess deacon vicar pastor reverend minister
    mufti ayatollah rebbe lama shaman healer dentist optometrist therapist psychologist psychiatrist
    vet veterinarian zookeeper biologist chemist physicist geologist hydrologist climatologist
    astronomer mathematician statistician actuary accountant bookkeeper cashier clerk secretary typist
    operator dispatcher controller signalman conductor stationmaster ticket-seller bus-driver cabbie
    cabdriver taxi-driver chauffeur courier postman postwoman mailman milkman butcher fishmonger grocer
    florist hairdresser stylist designer model photographer cameraman filmmaker producer screenwriter
    presenter host anchor newsreader commentator pundit blogger vlogger influencer streamer podcaster
    publisher bookseller librarian archivist curator guide archaeologist anthropologist sociologist
    economist-turned lobbyist fundraiser philanthropist benefactor donor heiress millionaire
    billionaire tycoon magnate oligarch mogul entrepreneur industrialist financier venture-capitalist
    stockbroker underwriter insurer adjuster surveyor planner developer-turned realtor agent broker
    tenant squatter homeowner householder motorcyclist pedestrian jogger rambler camper picnicker
    holidaymaker vacationer backpacker pilgrim worshipper worshiper congregant parishioner believer
    convert mourner bereaved widow orphan toddler baby infant teen adolescent adult oldster retiree
    octogenarian nonagenarian centenarian elder veteran settler nomad bedouin peasant sharecropper
    labourer laborer farmworker foreman supervisor overseer crewman crewmember shipmate purser
    stoker bosun first-mate navigator co-pilot copilot stewardess attendant mechanic-turned astronaut
    cosmonaut climber mountaineer sherpa porter explorer hunter trapper logger lumberjack forester
    beekeeper shepherd rancher cowboy vintner winemaker brewer distiller cook restaurateur hotelier
    innkeeper landlady publican barman barmaid bouncer doorman concierge bellhop cleaner dustman
    sweeper plasterer roofer carpenter joiner mason bricklayer glazier blacksmith locksmith
    jeweller jeweler goldsmith tanner cobbler seamstress dressmaker upholsterer interpreter translator
    linguist philosopher theologian ethicist jurist notary clerk bailiff usher stenographer sketch-artist
    ex-husband ex-wife stepfather stepmother stepson stepdaughter stepbrother stepsister half-brother
    father-in-law mother-in-law brother-in-law sister-in-law son-in-law daughter-in-law godfather
    godmother grandson granddaughter grandchild great-grandson kinsman clansman tribesman villager
    chaplain volunteer trustee treasurer controller comptroller registrar coroner pathologist
    epidemiologist virologist operative ally partner successor predecessor counterpart rival
    undersecretary pm fm no-one nobody elder chieftain emir sultan sheikh ayatollah dictator ruler tsar
    czar whip backbencher frontbencher attaché attache consul spy gp cop trainer jockey rider racer
    dad mum mom twin heir descendant farmhand janitor caretaker porter steward stewardess
    superintendent magistrate counsel barrister solicitor juror hiker skier climber diver surfer
    midwife carer guardian commuter motorist biker trucker docker welder plumber electrician painter
    tailor weaver potter fisher seafarer mariner boatman ferryman lifeguard one premiership's nephew
    niece fiancé fiance girlfriend boyfriend roommate classmate flatmate ex-president ex-minister
    vice-chairman co-chair lord lady baroness duke dame sir scholar academic fellow lobbyist
    """)

  /// Plural only, or plural without an s.
  static let plurals = Words.set(
    """
    police people men women authorities forces troops media children experts officials sources others
    clergymen folks youths twins triplets bandits rescuers prosecutors doctors medics analysts locals personnel staff crew folk kin clergy colleagues
    """)

  static let organizations = Words.set(
    """
    ministry army military police agency department government council court committee commission
    office company firm union party group organization organisation association federation institute
    university hospital bank airline club league parliament cabinet guard navy force forces service
    authority authorities administration embassy consulate mission bureau centre center command
    headquarters directorate board panel tribunal charity foundation society network channel
    broadcaster newspaper daily weekly magazine website station radio television tv media press outlet
    publisher operator watchdog utility carrier manufacturer brigade brigades movement militia front
    coalition alliance bloc delegation school church municipality city palace kremlin pentagon
    observatory survey fund academy team junta faction wing unit battalion corps opposition campaign
    camp side state country kingdom republic insurer lender retailer developer chain regime syndicate
    cartel consortium trust laboratory lab clinic division fleet defence defense prosecution senate
    house congress assembly legislature secretariat registry inspectorate taskforce platform provider
    exchange port airport railway railroad rail utility brand studio theatre museum zoo think-tank
    thinktank ngo un eu nato inquiry ombudsman district county province village town borough region
    family staff tabloid wire newsroom paper department's administration federation diocese order
    patrol squad crew rangers fire-service airforce monitor monitors conglomerate giant startup
    supplier contractor refinery lobby spa clinic start-up nonprofit non-profit plant factory mill mine brewery farm hotel resort shop store
    supermarket bakery charity regiment presidency premiership
    """)

  static let documents = Words.set(
    """
    report statement letter document indictment complaint lawsuit filing memo email e-mail bulletin
    notice data figures figure survey poll study review audit ruling verdict affidavit transcript log
    record communique communiqué release advisory forecast minutes petition testimony resolution paper
    warrant note message post tweet analysis findings finding results result estimates estimate
    announcement assessment summary papers statistics index census dossier manifesto declaration
    leaflet diary readout pamphlet prospectus newsletter submission brief briefing decree proclamation
    alert
    """)

  /// Speakers of one's own kind who hold an office when "the" stands before them, or speak for one.
  static let offices = Words.set(
    """
    minister president premier chancellor secretary spokesman spokeswoman spokesperson mayor governor
    chief director head commander general judge prosecutor ambassador chairman chairwoman chair ceo
    commissioner king queen pope prince sheriff speaker coach manager captain leader envoy admiral
    lawyer attorney agent candidate aide secretary-general pm premier regulator coroner principal
    superintendent executive spokespersons spokesmen spokespeople chairperson ombudsman emir undersecretary
    """)
  static let spokes = Words.set("spokesman spokeswoman spokesperson spokespeople spokesmen")

  /// Words of a proper name that make it an organization's or a place's, and not a person's.
  static let organizationNames = Words.set(
    """
    ministry agency council party army force forces police department office institute university court
    bank group news times union committee center centre service command survey organization
    organisation association federation company corp corp. inc inc. ltd ltd. hospital airlines airways
    air authority commission front brigade brigades movement cross crescent society nations states
    congress senate house parliament assembly guard navy league club press radio tv television post
    network channel agency's bureau board tribunal embassy kremlin pentagon foundation fund academy
    coalition alliance administration directorate corps crisis group rail railways energy oil gas
    steel motors electric power water lines shipping holdings industries partners capital securities
    research college school church museum airport port city county state district province region
    island islands sea river lake mount mountain valley strip bay gulf coast street road avenue square
    park plaza bridge north south east west northern southern eastern western central upper lower new
    san santa los las saint st. st fort port cape rovers united wanderers fc cup open games olympics
    council's independence day war treaty agreement accord operation chiefs staff monitor watch health
    initiative project program programme system systems technologies international national federal
    royal democratic republican conservative labour labor liberal socialist communist islamic jihad
    hamas hezbollah defense defence broadcasting meteorological geological weather disaster
    management emergency response transport transportation safety security home interior foreign
    finance justice education agriculture trade republic kingdom emirates america britain israel russia
    ukraine
    """)
}
