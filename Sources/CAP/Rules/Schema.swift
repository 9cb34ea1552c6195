/// What an element may hold, as the schema of an edition has it.
indirect enum Form: Sendable {
  case text(Text)
  /// In this order.
  case elements([Particle])

  enum Text: Sendable {
    case any
    case oneOf(Set<String>)
    /// xs:dateTime, in CAP 1.2 with an offset and without fraction or letters.
    case time(isStrict: Bool)
    /// xs:language, which takes its default when empty.
    case language
    case integer
    case decimal
  }
}

/// One element within another: how often, and what it holds.
struct Particle: Sendable {
  var name: String
  var isRequired: Bool
  var isRepeatable: Bool
  var form: Form

  static func one(_ name: String, _ form: Form = .text(.any)) -> Particle {
    Particle(name: name, isRequired: true, isRepeatable: false, form: form)
  }
  static func optional(_ name: String, _ form: Form = .text(.any)) -> Particle {
    Particle(name: name, isRequired: false, isRepeatable: false, form: form)
  }
  static func some(_ name: String, _ form: Form = .text(.any)) -> Particle {
    Particle(name: name, isRequired: true, isRepeatable: true, form: form)
  }
  static func any(_ name: String, _ form: Form = .text(.any)) -> Particle {
    Particle(name: name, isRequired: false, isRepeatable: true, form: form)
  }
}

/// The schemas of the three editions, as OASIS published them.
struct Schema: Sendable {
  var alert: [Particle]
  /// Whether elements of XML signatures may follow.
  var allowsSignatures: Bool

  static func of(_ version: Version) -> Schema {
    switch version {
    case .v10: v10
    case .v11: v11
    case .v12: v12
    }
  }

  private static let v12 = Schema(
    alert: [
      .one("identifier"), .one("sender"), .one("sent", .text(.time(isStrict: true))),
      .one("status", words(Alert.Status.self)), .one("msgType", words(Alert.Kind.self)),
      .optional("source"), .one("scope", words(Alert.Scope.self)), .optional("restriction"),
      .optional("addresses"), .any("code"), .optional("note"), .optional("references"),
      .optional("incidents"),
      .any(
        "info",
        info(
          categories: Info.Category.allCases.map(\.rawValue),
          responses: Info.Response.allCases.map(\.rawValue), isStrict: true,
          resource: [
            .one("resourceDesc"), .one("mimeType"), .optional("size", .text(.integer)),
            .optional("uri"), .optional("derefUri"), .optional("digest"),
          ])),
    ], allowsSignatures: true)

  private static let v11 = Schema(
    alert: [
      .one("identifier"), .one("sender"), .one("sent", .text(.time(isStrict: false))),
      .one("status", words(Alert.Status.self)), .one("msgType", words(Alert.Kind.self)),
      .optional("source"), .one("scope", words(Alert.Scope.self)), .optional("restriction"),
      .optional("addresses"), .any("code"), .optional("note"), .optional("references"),
      .optional("incidents"),
      .any(
        "info",
        info(
          categories: Info.Category.allCases.map(\.rawValue),
          responses: ["Shelter", "Evacuate", "Prepare", "Execute", "Monitor", "Assess", "None"],
          isStrict: false,
          resource: [
            .one("resourceDesc"), .optional("mimeType"), .optional("size", .text(.integer)),
            .optional("uri"), .optional("derefUri"), .optional("digest"),
          ])),
    ], allowsSignatures: false)

  private static let v10 = Schema(
    alert: [
      .one("identifier"), .one("sender"), .one("sent", .text(.time(isStrict: false))),
      .one("status", .text(.oneOf(["Actual", "Exercise", "System", "Test"]))),
      .one("msgType", words(Alert.Kind.self)), .optional("password"), .optional("source"),
      .optional("scope", words(Alert.Scope.self)), .optional("restriction"),
      .optional("addresses"), .any("code"), .optional("note"), .optional("references"),
      .optional("incidents"), .any("info", info10),
    ], allowsSignatures: false)

  private static func info(
    categories: [String], responses: [String], isStrict: Bool, resource: [Particle]
  ) -> Form {
    let named = Form.elements([.one("valueName"), .one("value")])
    return .elements([
      .optional("language", .text(.language)), .some("category", .text(.oneOf(Set(categories)))),
      .one("event"), .any("responseType", .text(.oneOf(Set(responses)))),
      .one("urgency", words(Info.Urgency.self)), .one("severity", words(Info.Severity.self)),
      .one("certainty", words(Info.Certainty.self)), .optional("audience"),
      .any("eventCode", named), .optional("effective", .text(.time(isStrict: isStrict))),
      .optional("onset", .text(.time(isStrict: isStrict))),
      .optional("expires", .text(.time(isStrict: isStrict))), .optional("senderName"),
      .optional("headline"), .optional("description"), .optional("instruction"), .optional("web"),
      .optional("contact"), .any("parameter", named), .any("resource", .elements(resource)),
      .any(
        "area",
        .elements([
          .one("areaDesc"), .any("polygon"), .any("circle"), .any("geocode", named),
          .optional("altitude", .text(.decimal)), .optional("ceiling", .text(.decimal)),
        ])),
    ])
  }

  private static let info10 = Form.elements([
    .optional("language", .text(.language)),
    .any(
      "category",
      .text(.oneOf(Set(Info.Category.allCases.map(\.rawValue)).subtracting(["CBRNE"])))),
    .one("event"), .one("urgency", words(Info.Urgency.self)),
    .one("severity", words(Info.Severity.self)),
    .one("certainty", .text(.oneOf(["Very Likely", "Likely", "Possible", "Unlikely", "Unknown"]))),
    .optional("audience"), .any("eventCode"), .optional("effective", .text(.time(isStrict: false))),
    .optional("onset", .text(.time(isStrict: false))),
    .optional("expires", .text(.time(isStrict: false))), .optional("senderName"),
    .optional("headline"), .optional("description"), .optional("instruction"), .optional("web"),
    .optional("contact"), .any("parameter"),
    .any(
      "resource",
      .elements([
        .one("resourceDesc"), .optional("mimeType"), .optional("size", .text(.integer)),
        .optional("uri"), .optional("digest"),
      ])),
    .any(
      "area",
      .elements([
        .one("areaDesc"), .any("polygon"), .any("circle"), .any("geocode"), .optional("altitude"),
        .optional("ceiling"),
      ])),
  ])

  private static func words<Words: RawRepresentable & CaseIterable>(_ type: Words.Type) -> Form
  where Words.RawValue == String {
    .text(.oneOf(Set(type.allCases.map(\.rawValue))))
  }
}
