/// What a document is held against. The raw value names the rule in output and stays as it is.
///
/// Sources in brackets: [XML] Extensible Markup Language 1.0; [XSD] the schema of the message's edition of CAP;
/// [CAP] the text of CAP 1.2; [ours] what we ask for because recipients cannot do without it.
public enum Rule: String, Hashable, Sendable, CaseIterable {
  // The document [XML].
  case unreadable = "file_unreadable"
  case empty = "xml_empty"
  case tooLarge = "xml_too_large"
  case doctype = "xml_doctype_forbidden"
  case notWellFormed = "xml_not_well_formed"
  case notCAP = "not_cap"
  /// CAP 1.0 or 1.1: read, never sent.
  case oldVersion = "version_old"
  case more = "more_faults"

  // The schema [XSD].
  case order = "schema_order"
  case missing = "schema_missing"
  case unknown = "schema_unknown"
  case repeated = "schema_repeated"
  case value = "schema_value"
  case time = "schema_time"
  case strayText = "schema_text"
  case attribute = "schema_attribute"

  // The header [CAP 3.2.1].
  case identifierForm = "identifier_form"
  case senderForm = "sender_form"
  case noteMissing = "note_missing"
  case referencesMissing = "references_missing"
  case referencesAdvised = "references_advised"
  case referencesForm = "references_form"
  case referencesItself = "references_itself"
  case referencesLater = "references_later"
  case restrictionMissing = "restriction_missing"
  case restrictionMismatch = "restriction_mismatch"
  case addressesMissing = "addresses_missing"
  case quotes = "quotes_not_closed"

  // What is said in one language [CAP 3.2.2].
  case eventEmpty = "event_empty"
  case nameEmpty = "value_name_empty"
  case valueEmpty = "value_empty"
  /// Agencies publish empty parameters: nothing is lost by them.
  case parameterEmpty = "parameter_value_empty"
  case expiresMissing = "expires_missing"
  case expiresBeforeEffective = "expires_before_effective"
  case expiresBeforeSent = "expires_before_sent"
  case longBeforeSent = "time_long_before_sent"
  case headlineLong = "headline_over_160"
  case web = "web_not_absolute_uri"
  case tags = "html_tags_in_text"
  case entities = "html_entities_in_text"
  case sameText = "same_text_different_language"

  // Files [CAP 3.2.3].
  case mimeType = "mime_type_form"
  case uriRelative = "uri_relative_without_content"
  case contentForm = "deref_uri_not_base64"
  case sizeNegative = "size_negative"
  case sizeMismatch = "size_mismatch"
  case digestForm = "digest_form"
  case digestMismatch = "digest_mismatch"

  // Places [CAP 3.2.4].
  case areaDescriptionEmpty = "area_desc_empty"
  case coordinateForm = "coordinate_form"
  case coordinateRange = "coordinate_range"
  case polygonEmpty = "polygon_empty"
  case polygonTooShort = "polygon_too_few_points"
  case polygonOpen = "polygon_not_closed"
  case polygonCrossing = "polygon_self_intersection"
  case polygonUnchecked = "polygon_too_large_to_check"
  case polygonAntimeridian = "polygon_over_antimeridian"
  case circleForm = "circle_form"
  case circleRadius = "circle_radius_range"
  case circleZero = "circle_zero_radius"
  case ceilingAlone = "ceiling_without_altitude"
  case ceilingBelow = "ceiling_below_altitude"

  // Profiles: see the file of each.
  case ipawsCode = "ipaws_code_missing"
  case ipawsReferences = "ipaws_references_missing"
  case ipawsInfo = "ipaws_info_missing"
  case ipawsExpires = "ipaws_expires_missing"
  case ipawsCategories = "ipaws_categories_differ"
  case ipawsEventCodes = "ipaws_event_codes_differ"
  case ipawsSAME = "ipaws_same_event_code"
  case ipawsArea = "ipaws_area_missing"
  case ipawsCellText = "ipaws_cell_text_long"
  case ipawsTexts = "ipaws_text_advised"
  case ipawsGeocode = "ipaws_same_geocode_advised"
  case ipawsIgnored = "ipaws_time_ignored"
  case wmoIdentifier = "wmo_identifier_of_authority"
  case wmoIdentifierForm = "wmo_identifier_advised"
  case wmoExpires = "wmo_expires_missing"
  case wmoUnknown = "wmo_unknown_value"
  case wmoEventLong = "wmo_event_over_35"
  case googleReferences = "google_references_missing"
  case googleInfo = "google_info_missing"
  case googleDescription = "google_description_missing"
  case googleWeb = "google_web_missing"
  case googleExpires = "google_expires_missing"
  case googleExpired = "google_expires_before_effective"
  case googleArea = "google_area_missing"
  case googlePlace = "google_area_without_place"
  case googleCategories = "google_categories_differ"
  case googleEventCodes = "google_event_codes_differ"
  case googleCrossing = "google_polygon_self_intersection"
  case googleHeadline = "google_headline_over_140"
  case googleAdvised = "google_element_advised"
  case googleUnknown = "google_unknown_value"
  case googleZero = "google_circle_zero_radius"
  case canadaCode = "capcp_code_missing"
  case canadaReferences = "capcp_references_missing"
  case canadaInfo = "capcp_info_missing"
  case canadaEvent = "capcp_event_code"
  case canadaEventsDiffer = "capcp_event_codes_differ"
  case canadaArea = "capcp_area_missing"
  case canadaLocation = "capcp_location_missing"
  case canadaAdvised = "capcp_element_advised"

  // Feeds.
  case feedUnknown = "feed_unknown"
  case feedElement = "feed_element_missing"
  case feedRepeated = "feed_id_repeated"
  case feedLink = "feed_link_missing"
  case feedTime = "feed_time"
  case feedSelf = "feed_self_link_advised"
  case feedPermalink = "feed_guid_is_no_link"

  /// Whether a message that goes against it is valid all the same.
  public var isAdvice: Bool { Self.advice.contains(self) }

  private static let advice: Set<Rule> = [
    .noteMissing, .referencesAdvised, .referencesLater, .parameterEmpty, .expiresMissing,
    .expiresBeforeEffective, .expiresBeforeSent, .longBeforeSent, .headlineLong, .tags, .entities,
    .sameText, .sizeMismatch, .digestForm, .digestMismatch, .polygonCrossing, .polygonUnchecked,
    .polygonAntimeridian, .circleZero, .ipawsTexts, .ipawsGeocode, .ipawsIgnored,
    .wmoIdentifierForm, .wmoUnknown, .wmoEventLong, .googleHeadline, .googleAdvised,
    .googleUnknown, .googleZero, .canadaAdvised, .feedSelf,
  ]
}
