/// A verb by which English news attributes words, and what may follow it.
struct SayVerb: Hashable, Sendable {
  struct Frames: OptionSet, Hashable, Sendable {
    let rawValue: Int
    /// A quotation.
    static let quotation = Frames(rawValue: 1)
    /// "that …", or a bare clause.
    static let clause = Frames(rawValue: 2)
    /// A thing: "announced a truce".
    static let object = Frames(rawValue: 4)
    /// "to …": "vowed to rebuild".
    static let infinitive = Frames(rawValue: 8)
    /// A listener first: "told Reuters that …".
    static let listener = Frames(rawValue: 16)
    /// May stand beside a whole clause: "…, officials said".
    static let aside = Frames(rawValue: 32)
    /// A person first: "accused him of …", "urged them to …".
    static let person = Frames(rawValue: 64)
    /// "described it as …", "called it …".
    static let label = Frames(rawValue: 128)
    /// Whether its -s and base forms are as often nouns: "reports", "claims".
    static let nounToo = Frames(rawValue: 256)
    /// Speech only with a quotation or a clause with "that": "held", "read".
    static let rare = Frames(rawValue: 512)
  }

  enum Form: Hashable, Sendable { case base, present, past, participle, ing }

  var base: String
  var frames: Frames
  var stance: Draft.Stance = .asserts
  /// Prepositions that open what is said: "warned of …".
  var prepositions: Set<String> = []

  /// The verb and form that a lower-case word is, if it is one.
  static func find(_ word: String) -> (verb: SayVerb, form: Form)? { forms[word] }

  /// All forms of all verbs.
  static var words: Set<String> { Set(forms.keys) }

  private static let said: Frames = [.quotation, .clause, .aside]

  static let all: [SayVerb] = {
    var verbs: [SayVerb] = []
    func add(
      _ bases: String, _ frames: Frames, _ prepositions: String = "",
      stance: Draft.Stance = .asserts
    ) {
      for base in bases.split(separator: " ") {
        verbs.append(
          SayVerb(
            base: String(base), frames: frames, stance: stance,
            prepositions: Words.set(prepositions)))
      }
    }
    add("say", said)
    add("tell", said.union(.listener))
    add("add explain argue insist maintain contend assert note", said)
    add("emphasize emphasise stress point observe remark", said)
    add("recall recount conclude reiterate repeat clarify", said)
    add("reply respond continue complain counter", said)
    add(
      "quip joke shout cry lament boast muse retort exclaim fume shrug snap sigh plead beg chant "
        + "whisper roar thunder groan smile laugh nod grin scoff gush enthuse rage sob implore "
        + "counsel interject agree volunteer offer pray swear confide growl grumble",
      [.quotation, .aside, .rare])
    add("write tweet post", said)
    add("comment", [.quotation, .aside, .nounToo])
    add("warn caution", said.union(.listener).union(.person), "of against about")
    add("claim state", said.union(.nounToo))
    add("allege declare", said)
    add("acknowledge admit concede", said.union(.object))
    add("confirm announce", said.union(.object))
    add("report", said.union([.object, .nounToo]))
    add("reveal disclose", said.union(.object))
    add("estimate predict", said.union([.object, .nounToo]))
    add("believe suspect fear", [.clause, .aside])
    add("think", [.clause, .aside, .quotation])
    add("suggest indicate hint signal", [.clause, .aside, .quotation])
    add("find show", [.clause, .rare])
    add("read", [.quotation, .rare])
    add("testify", said, "about")
    add("inform assure remind notify", [.clause, .listener, .person])
    add("advise", [.quotation, .clause, .listener, .person, .aside])
    add("urge", [.quotation, .clause, .person, .aside, .object])
    add("demand", [.quotation, .clause, .object, .infinitive, .nounToo, .aside])
    add("call", [.label, .nounToo], "for on")
    add("appeal", [.nounToo], "for to")
    add("describe", [.label])
    add("brand label denounce slam blast decry", [.label, .quotation])
    add("condemn criticize criticise praise hail welcome", [.object, .label])
    add("deem", [.label])
    add("accuse", [.person])
    add("blame", [.object, .person, .nounToo])
    add("vow pledge promise threaten", [.infinitive, .clause, .quotation, .aside, .nounToo])
    add("ask wonder", [.quotation])
    add("rule", [.clause, .nounToo])
    add("deny", said.union([.object, .ingComplement]), stance: .denies)
    add("reject dismiss refute dispute rebut", [.label, .quotation], stance: .denies)
    add("retract withdraw correct", [.label], stance: .retracts)
    add("recant", [.quotation, .object], stance: .retracts)
    return verbs
  }()

  private static let forms: [String: (verb: SayVerb, form: Form)] = {
    var forms: [String: (verb: SayVerb, form: Form)] = [:]
    for verb in all {
      for (word, form) in conjugate(verb.base) where forms[word] == nil {
        forms[word] = (verb, form)
      }
    }
    return forms
  }()

  private static let irregular: [String: (past: String, participle: String)] = [
    "say": ("said", "said"), "tell": ("told", "told"), "write": ("wrote", "written"),
    "think": ("thought", "thought"), "find": ("found", "found"), "show": ("showed", "shown"),
    "read": ("read", "read"), "swear": ("swore", "sworn"), "withdraw": ("withdrew", "withdrawn"),
  ]

  private static func conjugate(_ base: String) -> [(String, Form)] {
    let doubled = [
      "quip", "admit", "rebut", "label", "beg", "snap", "shrug", "nod", "grin", "sob", "slam",
    ].contains(base)

    let stem = doubled ? base + String(base.suffix(1)) : base
    var past = base.hasSuffix("e") ? base + "d" : stem + "ed"
    var participle = past
    if base.hasSuffix("y"), let before = base.dropLast().last, !"aeiou".contains(before) {
      past = base.dropLast() + "ied"
      participle = past
    }
    if let forms = irregular[base] { (past, participle) = (forms.past, forms.participle) }
    let ing =
      (base.hasSuffix("e") && !base.hasSuffix("ee") ? String(base.dropLast()) : stem) + "ing"
    var present = base + "s"
    if base.hasSuffix("s") || base.hasSuffix("sh") || base.hasSuffix("ch") { present = base + "es" }
    if past.hasSuffix("ied") { present = base.dropLast() + "ies" }
    return [
      (past, .past), (present, .present), (participle, .participle), (ing, .ing), (base, .base),
    ]
      + (base == "label" ? [("labeled", .past)] : [])
  }
}

extension SayVerb.Frames {
  /// "denied knowing", "denied any role": the object needs no test.
  static let ingComplement = SayVerb.Frames(rawValue: 1024)
}
