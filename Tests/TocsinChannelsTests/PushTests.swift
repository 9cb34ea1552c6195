import Crypto
import Testing
import TocsinChannels
import TocsinModel

@Suite struct `A push message` {
  /// RFC 8291, section 5 and appendix A.
  @Test func `is encrypted as in the example of the standard`() throws {
    func bytes(_ text: String) throws -> [UInt8] { try #require([UInt8](base64URL: text)) }
    let ephemeral = try P256.KeyAgreement.PrivateKey(
      rawRepresentation: bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    let body = try PushEncryption.encrypt(
      Array("When I grow up, I want to be a watermelon".utf8),
      for: bytes(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
      secret: bytes("BTBZMqHH6r4Tts7J_aSIgg"), ephemeral: ephemeral,
      salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"))
    #expect(
      body.base64URL
        == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
  }

  private static let now = Timestamp(seconds: 1_700_000_000)

  private func delivery(_ stage: Stage, rows: Int = 1) -> Delivery {
    let row = { (zone: Int) in
      Notice.Row(
        zone: "town-\(zone)", seconds: 15, shelterSeconds: 15, expected: nil,
        expires: Self.now + .seconds(600), probability: nil)
    }
    let notice = Notice(
      kind: stage == .ended ? .allClear : .warning, warning: "W1", hazard: "rockets", stage: stage,
      issued: Self.now, rows: (0..<rows).map(row), texts: ["en": "Take shelter now."])
    return Delivery(id: "1-0", outlet: "push", message: .actual(notice))
  }

  private func message(_ stage: Stage, _ zones: [String], after seconds: Int = 0, rows: Int = 1)
    -> PushMessage?
  {
    PushMessage(
      delivery(stage, rows: rows), zones: zones, language: "en", names: [:],
      at: Self.now + .seconds(seconds))
  }

  @Test func `dies when it is too late to be of use`() throws {
    #expect(try #require(message(.shelter, ["town-0"])).lasts == 120)
    #expect(try #require(message(.shelter, ["town-0"], after: 119)).lasts == 1)
    #expect(message(.shelter, ["town-0"], after: 120) == nil)
    #expect(try #require(message(.early, ["town-0"])).lasts == 600)
    let end = try #require(message(.ended, ["town-0"]))
    #expect(end.lasts == 900 && end.urgency == "normal")
    #expect(try #require(message(.shelter, ["town-0"])).urgency == "high")
  }

  @Test func `is for the places that were chosen and never longer than a service takes`() throws {
    #expect(message(.shelter, ["elsewhere"]) == nil)
    let long = try #require(message(.shelter, (0..<500).map { "town-\($0)" }, rows: 500))
    #expect(long.text.count <= PushEncryption.limit && long.text.count > 3000)
    #expect(long.topic.count <= 32)
  }

  @Test(arguments: [
    (#"{"#, "body"),
    (#"{"subscription":{"endpoint":"x","keys":{"p256dh":"","auth":""}}}"#, "endpoint"),
    (
      #"{"subscription":{"endpoint":"https://a.b/c","keys":{"p256dh":"AAAA","auth":""}}}"#, "p256dh"
    ),
    (
      #"{"subscription":{"endpoint":"https://u@a.b/c","keys":{"p256dh":"AAAA","auth":""}}}"#,
      "endpoint"
    ),
  ])
  func `for an address that is none is refused by its field`(text: String, field: String) {
    #expect { try PushSubscription(Array(text.utf8)) } throws: {
      ($0 as? PushSubscription.Fault)?.field == field
    }
  }
}
