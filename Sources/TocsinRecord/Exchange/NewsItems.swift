import TocsinModel

/// IPTC ninjs 2.1: one item a statement.
///
/// Source: IPTC, "ninjs Standard 2.1", items with `pubstatus`, `embargoed`, `versioncreated`.
struct NewsItems: Encodable {
  var items: [Item]

  struct Item: Encodable {
    var uri: String
    var type = "text"
    var standard = Standard()
    var versioncreated: String
    var pubstatus: String
    var language: String?
    var by: String
    var body: String?
    var statement: Record.Statement

    enum CodingKeys: String, CodingKey {
      case uri, type, standard, versioncreated, pubstatus, language, by
      case body = "body_text"
      case statement = "tocsin_statement"
    }
  }

  struct Standard: Encodable {
    var name = "ninjs"
    var version = "2.1"
    var schema = "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"
  }

  init(_ dossier: Dossier) {
    items = dossier.statements.map { recorded in
      let statement = recorded.statement
      return Item(
        uri: "urn:tocsin:record:\(recorded.id)", versioncreated: recorded.recordedAt.description,
        pubstatus: "usable", language: statement.quote?.language, by: statement.attribution,
        body: statement.quote?.text ?? statement.value.words?.text,
        statement: statement)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var one = encoder.singleValueContainer()
    try one.encode(items)
  }
}

/// schema.org `Claim`, with a `ClaimReview` for every assessment.
struct Claims: Encodable {
  var context = ["@vocab": "https://schema.org/", "tocsin": "urn:tocsin:record:"]
  var graph: [Node]

  enum CodingKeys: String, CodingKey {
    case context = "@context"
    case graph = "@graph"
  }

  struct Node: Encodable {
    var type: String
    var id: String?
    var text: String?
    var datePublished: String?
    var author: Party?
    var firstAppearance: Work?
    var appearance: [Work]?
    var itemReviewed: [String: String]?
    var reviewRating: Rating?
    var reviewBody: String?
    var statement: Record.Statement?

    enum CodingKeys: String, CodingKey {
      case type = "@type"
      case id = "@id"
      case text, datePublished, author, firstAppearance, appearance, itemReviewed, reviewRating
      case reviewBody
      case statement = "tocsin:statement"
    }
  }

  struct Party: Encodable {
    var type: String
    var name: String
    enum CodingKeys: String, CodingKey {
      case type = "@type"
      case name
    }
  }

  struct Work: Encodable {
    var type = "CreativeWork"
    var publisher: String
    var url: String?
    enum CodingKeys: String, CodingKey {
      case type = "@type"
      case publisher, url
    }
  }

  struct Rating: Encodable {
    var type = "Rating"
    var alternateName: String
    enum CodingKeys: String, CodingKey {
      case type = "@type"
      case alternateName
    }
  }

  init(_ dossier: Dossier) {
    graph =
      dossier.statements.map { Node(claim: $0) } + dossier.assessments.map { Node(review: $0) }
  }
}

extension Claims.Node {
  init(claim recorded: Recorded) {
    let statement = recorded.statement
    let works = statement.relays.map { Claims.Work(publisher: $0.agent.text, url: $0.reference) }
    type = "Claim"
    id = "tocsin:\(recorded.id)"
    text = statement.quote?.text ?? statement.value.words?.text ?? statement.value.plain
    datePublished = statement.saidAt.from?.description
    author = Claims.Party(
      type: statement.speaker.kind == .named ? "Person" : "Organization",
      name: statement.speaker.name.text)
    firstAppearance = works.first
    appearance = works
    self.statement = statement
  }

  init(review assessed: Archive.Assessed) {
    let assessment = assessed.assessment
    type = "ClaimReview"
    datePublished = assessed.at.description
    author = Claims.Party(type: "Person", name: assessment.assessor)
    itemReviewed = ["@id": "tocsin:\(assessment.statement)"]
    reviewRating = Claims.Rating(
      alternateName: "\(assessment.reliability.rawValue)\(assessment.credibility.rawValue)")
    reviewBody = assessment.reason
  }
}
