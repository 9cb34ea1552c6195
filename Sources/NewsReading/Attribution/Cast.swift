/// Who has been named so far, for the pronouns to come.
struct Cast {
  private(set) var persons: [SpeakerPhrase] = []
  private var lastGroup: SpeakerPhrase?
  private var lastThing: SpeakerPhrase?
  private var genders: [String: Bool] = [:]

  /// The speaker that a phrase stands for.
  mutating func resolve(_ phrase: SpeakerPhrase) -> SpeakerPhrase? {
    switch phrase.head {
    case .itself: return phrase
    case .pronoun(let word): return resolve(pronoun: word)
    case .reference(let noun): return resolve(reference: noun) ?? phrase
    }
  }

  private mutating func resolve(pronoun: String) -> SpeakerPhrase? {
    switch pronoun {
    case "he", "she":
      let female = pronoun == "she"
      let match = persons.first { (gender(of: $0) ?? female) == female }
      if let match, gender(of: match) == nil { genders[match.words] = female }
      return match
    case "it": return lastThing
    case "they", "both": return lastGroup ?? lastThing ?? persons.first
    default: return persons.first
    }
  }

  /// "the minister" after "Defence Minister X".
  private func resolve(reference noun: String) -> SpeakerPhrase? {
    if noun == "year-old" { return persons.first { $0.kind == .named } }
    return persons.first { person in
      let words = (person.kind == .named ? person.role : person.words).lowercased()
      return words.split { !$0.isLetter && $0 != "-" }.contains { $0 == noun }
    }
  }

  private func gender(of person: SpeakerPhrase) -> Bool? {
    if let known = genders[person.words] { return known }
    let role = (person.role + " " + person.words).lowercased()
    let words = role.split { !$0.isLetter && $0 != "." && $0 != "-" }.map(String.init)
    if words.contains(where: { GivenNames.femaleWords.contains($0) || $0.hasSuffix("woman") }) {
      return true
    }
    if words.contains(where: {
      GivenNames.maleWords.contains($0)
        || $0.hasSuffix("man") && $0.count > 5 && person.role.lowercased().contains($0)
    }) {
      return false
    }
    guard person.kind == .named, let first = person.words.lowercased().split(separator: " ").first
    else { return nil }
    if GivenNames.female.contains(String(first)) { return true }
    if GivenNames.male.contains(String(first)) { return false }
    return nil
  }

  /// Notes somebody who speaks or whom a sentence is about.
  mutating func note(_ phrase: SpeakerPhrase) {
    switch phrase.kind {
    case .named, .office, .anonymous:
      if phrase.isPlural {
        lastGroup = phrase
      } else {
        if let place = persons.firstIndex(where: { $0.words == phrase.words }) {
          var known = persons.remove(at: place)
          if known.role.isEmpty { known.role = phrase.role }
          persons.insert(known, at: 0)
        } else {
          persons.insert(phrase, at: 0)
          if persons.count > 50 { persons.removeLast() }
        }
      }
    case .organization, .document:
      lastThing = phrase
      if phrase.isPlural || phrase.kind == .organization { lastGroup = phrase }
    case .outlet: break
    }
  }

  /// The role already known for a name.
  func role(of name: String) -> String { persons.first { $0.words == name }?.role ?? "" }
}

/// Words and given names that tell whether "he" or "she" stands for somebody.
enum GivenNames {
  static let femaleWords = Words.set(
    "mrs. ms. miss lady queen princess dame mother sister daughter wife aunt widow grandmother girl actress chairwoman mum mom niece girlfriend baroness duchess nun waitress hostess midwife"
  )
  static let maleWords = Words.set(
    "mr. lord king prince sir father brother son husband uncle grandfather boy chairman imam pope archbishop bishop rabbi priest dad nephew boyfriend duke monk sheikh sultan emir ayatollah fisherman"
  )
  static let female = Words.set(
    """
    mary maria marie anna anne ana anita angela olena olga oksana natalia nadia svetlana tatiana iryna
    irina kateryna elena eleni eva emma emily ellen elizabeth sarah sara sofia sophie susan julia julie
    jane jean joan jennifer jessica karen katherine kate kristalina laura linda lisa lucy luisa lucia
    margaret marta martha michelle monica nancy nicola olivia patricia paula rachel rebecca rita rosa
    ruth sandra silvia sharon stephanie teresa ursula victoria wendy yasmin zeinab fatima aisha amina
    layla leila mariam maryam noor huda hanan samira rania salma christine christina claudia carmen
    carolina gabriela giorgia camila beatriz ines isabel fernanda francesca chiara giulia helena hannah
    heather ingrid astrid kari sigrid katrin mette priya anjali sunita indra lakshmi meera nirmala sonia
    deepa kavita rina sheikh-hasina mei ling yuki yoko sakura akiko naomi hiroko min-ji siti dewi sri
    putri nurul amy abigail alice amanda barbara caroline catherine charlotte cynthia deborah diana
    donna dorothy grace gloria helen irene jacinda judith kamala keiko melissa miriam noa tamar yael
    shira michal rivka galit tzipi dalia sian bronwen fiona siobhan niamh aoife ni chloe lina
    """)
  static let male = Words.set(
    """
    john james robert michael william david richard joseph thomas charles daniel matthew anthony mark
    steven stephen steve paul andrew joshua kevin brian george edward timothy jason jeffrey ryan jacob
    gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory frank alexander
    raymond patrick jack dennis jerry tyler aaron jose adam henry nathan peter kyle walter ethan
    jeremy harold carl keith roger arthur terry lawrence sean christian austin joe albert juan luis
    carlos miguel pedro pablo javier fernando diego jorge rafael antonio marco giovanni matteo luca
    francesco giuseppe hans klaus jens lars erik olaf per sven bjorn magnus ivan dmitry dmitri vladimir
    sergei sergey oleh oleg andriy andrei mykola petro volodymyr yuri viktor boris pavel jan piotr
    tomasz mohammed mohammad muhammad ahmed ahmad mahmoud mustafa hassan hussein ali omar khalil
    ibrahim youssef yousef abdullah khaled tariq karim samir walid nasser amir reza mehdi hossein
    benny yair yoav yona amos moshe avi eli itamar bezalel gadi herzi eyal ron uri boaz kenji hiroshi
    takashi fumio shinzo wei jun chen ming narendra amit rahul rajesh ravi anil sanjay vijay suresh
    arun adi agus budi joko prabowo imran nawaz tajul abdul sher dev bishnu bill bob tom tim jim mike
    dan sam ben alex max leo oscar gavin graham ian neil simon stuart alan colin craig derek
    donald joe keir rishi emmanuel olivier pierre jean-pierre jacques francois philippe felix kofi
    kwame chinedu emeka sipho thabo jamie fredrick frederick gerard khalil tomas
    """)
}
