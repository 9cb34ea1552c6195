/// Reads an Atom feed (RFC 4287).
struct AtomReading {
  let profiles: [Profile]

  init(_ profiles: [Profile]) { self.profiles = profiles }

  static let types: Set = ["application/cap+xml", "application/common-alerting-protocol+xml"]

  func read(_ root: Element, _ faults: inout Faults) -> Feed {
    root.requires(["id", "title", "updated"], &faults)
    if !root.all("link").contains(where: { $0.attribute("rel") == "self" }) {
      faults.add(.feedSelf, at: root, "has no link rel=\"self\", by which readers know it again")
    }
    var feed = Feed(
      kind: .atom, id: root.value("id"), title: root.value("title"),
      updated: moment(root, &faults))
    var ids: Set<String> = []
    for entry in root.all("entry") { feed.entries.append(read(entry: entry, &ids, &faults)) }
    return feed
  }

  private func read(
    entry: Element, _ ids: inout Set<String>, _ faults: inout Faults
  ) -> Feed.Entry {
    entry.requires(["id", "title", "updated"], &faults)
    let id = entry.value("id") ?? ""
    if !id.isEmpty, !ids.insert(id).inserted {
      faults.add(.feedRepeated, at: entry, "has the id '\(id.shortened)' a second time")
    }
    let links = entry.all("link")
    let embedded = entry.embedded(profiles)
    let marked = links.first { Self.types.contains($0.attribute("type")?.lowercased() ?? "") }
    if marked == nil, embedded == nil {
      faults.add(
        .feedLink, at: entry,
        links.isEmpty
          ? "has neither a link nor the message itself"
          : "has no link of type application/cap+xml, by which readers know the message")
    }
    // A link that says nothing of its type may lead to the message all the same.
    let guess = links.first {
      ["alternate", nil].contains($0.attribute("rel")) && $0.attribute("type") == nil
    }
    return Feed.Entry(
      id: id, title: entry.value("title") ?? "", updated: moment(entry, &faults),
      link: (marked ?? guess)?.attribute("href"), embedded: embedded)
  }

  private func moment(_ element: Element, _ faults: inout Faults) -> Moment? {
    guard let updated = element.first("updated"), !updated.text.isBlank else { return nil }
    let (moment, misfit) = Moment.read(updated.text)
    if let misfit, !misfit.isLegalInOlderVersions {
      faults.add(.feedTime, at: updated, "'\(updated.text.trimmed.shortened)' \(misfit.text)")
    }
    return moment
  }
}

/// Reads an RSS 2.0 feed. Its times are not read: the messages have their own.
struct RSSReading {
  let profiles: [Profile]

  init(_ profiles: [Profile]) { self.profiles = profiles }

  func read(_ root: Element, _ faults: inout Faults) -> Feed {
    guard let channel = root.first("channel") else {
      faults.add(.feedElement, at: root, "lacks 'channel', which must be there")
      return Feed(kind: .rss)
    }
    channel.requires(["title", "link", "description"], &faults)
    var feed = Feed(kind: .rss, id: channel.value("link"), title: channel.value("title"))
    var ids: Set<String> = []
    for item in channel.all("item") { feed.entries.append(read(item: item, &ids, &faults)) }
    return feed
  }

  private func read(
    item: Element, _ ids: inout Set<String>, _ faults: inout Faults
  ) -> Feed.Entry {
    if !item.has("title"), !item.has("description") {
      faults.add(.feedElement, at: item, "lacks 'title' or 'description'; one must be there")
    }
    let embedded = item.embedded(profiles)
    let link = item.value("link")
    if link?.isEmpty ?? true, embedded == nil {
      faults.add(.feedLink, at: item, "has neither a link nor the message itself")
    }
    let guid = item.first("guid")
    if let guid, guid.attribute("isPermaLink") != "false", !guid.text.trimmed.isAbsoluteURI {
      faults.add(
        .feedPermalink, at: guid,
        "is '\(guid.text.trimmed.shortened)', no address; say isPermaLink=\"false\"")
    }
    let id = guid.map { String($0.text.trimmed) } ?? link ?? ""
    if !id.isEmpty, !ids.insert(id).inserted {
      faults.add(.feedRepeated, at: item, "has the guid '\(id.shortened)' a second time")
    }
    return Feed.Entry(
      id: id, title: item.value("title") ?? "", updated: nil, link: link, embedded: embedded)
  }
}

/// Reads an EDXL-DE 1.0 envelope.
struct EnvelopeReading {
  let profiles: [Profile]

  init(_ profiles: [Profile]) { self.profiles = profiles }

  func read(_ root: Element, _ faults: inout Faults) -> Feed {
    root.requires(
      [
        "distributionID", "senderID", "dateTimeSent", "distributionStatus", "distributionType",
        "combinedConfidentiality",
      ], &faults)
    var feed = Feed(
      kind: .edxl, id: root.value("distributionID"),
      updated: root.first("dateTimeSent").flatMap { Moment.read($0.text).moment })
    let contents = root.all("contentObject")
    if contents.isEmpty {
      faults.add(.feedLink, at: root, "has no 'contentObject', and so no message")
    }
    for content in contents {
      let embedded = content.embedded(profiles)
      let link = content.first("nonXMLContent")?.value("uri")
      if embedded == nil, link == nil {
        faults.add(.feedLink, at: content, "has neither a CAP message nor the uri of one")
      }
      feed.entries.append(
        Feed.Entry(
          id: embedded?.reading.alert?.identifier ?? "",
          title: content.value("contentDescription") ?? "", updated: nil, link: link,
          embedded: embedded))
    }
    return feed
  }
}
