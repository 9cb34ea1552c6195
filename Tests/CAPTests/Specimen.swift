import CAP

/// A message in which one place can be changed.
enum Specimen {
  static let plain = """
    <?xml version="1.0" encoding="UTF-8"?>
    <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
      <identifier>urn:oid:2.49.0.1.999.0.1</identifier>
      <sender>watch@example.org</sender>
      <sent>2026-05-24T16:49:00-07:00</sent>
      <status>Actual</status>
      <msgType>Alert</msgType>
      <scope>Public</scope>
      <code>IPAWSv1.0</code>
      <code>profile:CAP-CP:0.4</code>
      <info>
        <language>en-US</language>
        <category>Met</category>
        <event>Cyclone</event>
        <responseType>Shelter</responseType>
        <urgency>Expected</urgency>
        <severity>Severe</severity>
        <certainty>Likely</certainty>
        <eventCode><valueName>SAME</valueName><value>HUW</value></eventCode>
        <eventCode><valueName>profile:CAP-CP:Event:0.4</valueName><value>hurricane</value></eventCode>
        <expires>2026-05-24T22:49:00-07:00</expires>
        <senderName>Island Watch</senderName>
        <headline>Cyclone near</headline>
        <description>A cyclone comes.</description>
        <instruction>Take shelter.</instruction>
        <web>https://example.org/now</web>
        <contact>watch@example.org</contact>
        <parameter><valueName>CMAMtext</valueName><value>Take shelter</value></parameter>
        <resource><resourceDesc>map</resourceDesc><mimeType>image/png</mimeType><size>3</size><uri>https://example.org/a.png</uri><derefUri>YWJj</derefUri><digest>a9993e364706816aba3e25717850c26c9cd0d89d</digest></resource>
        <area>
          <areaDesc>North</areaDesc>
          <polygon>-20.0,57.4 -20.2,57.4 -20.2,57.7 -20.0,57.4</polygon>
          <circle>-20.1,57.5 12.5</circle>
          <geocode><valueName>SAME</valueName><value>006001</value></geocode>
          <geocode><valueName>profile:CAP-CP:Location:0.3</valueName><value>1</value></geocode>
          <altitude>10</altitude>
          <ceiling>200</ceiling>
        </area>
      </info>
      <info>
        <language>fr-CA</language>
        <category>Met</category>
        <event>Cyclone</event>
        <responseType>Shelter</responseType>
        <urgency>Expected</urgency>
        <severity>Severe</severity>
        <certainty>Likely</certainty>
        <eventCode><valueName>SAME</valueName><value>HUW</value></eventCode>
        <eventCode><valueName>profile:CAP-CP:Event:0.4</valueName><value>hurricane</value></eventCode>
        <expires>2026-05-24T22:49:00-07:00</expires>
        <senderName>Veille</senderName>
        <headline>Cyclone proche</headline>
        <description>Un cyclone arrive.</description>
        <instruction>Mettez-vous à l'abri.</instruction>
        <web>https://example.org/fr</web>
        <contact>watch@example.org</contact>
        <area>
          <areaDesc>Nord</areaDesc>
          <circle>-20.1,57.5 12.5</circle>
          <geocode><valueName>SAME</valueName><value>006001</value></geocode>
          <geocode><valueName>profile:CAP-CP:Location:0.3</valueName><value>1</value></geocode>
        </area>
      </info>
    </alert>
    """

  /// The first `old` replaced by `new`.
  static func changed(_ old: String, _ new: String) -> String {
    guard let place = plain.firstRange(of: old) else { preconditionFailure("no '\(old)' there") }
    return plain.replacingCharacters(in: place, with: new)
  }

  static func rules(_ text: String, _ profiles: [Profile] = []) -> [Rule] {
    Reading(Array(text.utf8), profiles: profiles).faults.map(\.rule)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with other: String) -> String
  {
    self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
