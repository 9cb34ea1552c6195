public import TocsinModel

/// What an app that watches places must know.
public enum PlaceUpdate: Hashable, Sendable {
  case change(StageChange)
  /// The server cannot be heard, or cannot see the place: not calm. Tell people to follow the sirens and the radio.
  case cannotSee(String)
  /// It can be heard and sees the places again.
  case seesAgain
}

extension TocsinClient {
  /// The stage changes of chosen places, for as long as they are listened to.
  ///
  /// What is in force already comes first, as changes. Blindness is told as well: silence is not calm.
  /// - Parameter places: zone ids, or names in any language of the map; empty: all zones.
  /// - Throws: `ClientFault.unknownPlace` for a name that the map does not know.
  public func changes(of places: [String]) async throws(ClientFault) -> AsyncStream<PlaceUpdate> {
    let zones = try await zones()
    let chosen = places.isEmpty ? nil : try Self.zones(named: places, in: zones)
    let updates = self.updates()
    return AsyncStream { changes in
      let watching = Task {
        var watch = Watch(chosen)
        for await update in updates {
          for told in watch.take(update) { changes.yield(told) }
        }
        changes.finish()
      }
      changes.onTermination = { _ in watching.cancel() }
    }
  }

  /// The zones that places stand for, each an id or a name in any language of the map.
  ///
  /// A name that several zones have means all of them: better one warning too many.
  public static func zones(
    named places: [String], in zones: [Zone]
  ) throws(ClientFault) -> [Zone] {
    let names = ZoneNames(zones)
    let known = Set(zones.map(\.id))
    var ids: Set<String> = []
    for place in places {
      let match = names.match(place)
      let found =
        known.contains(place) ? [place] : match.zones + match.ambiguous.flatMap(\.zones)
      guard !found.isEmpty, match.unknown.isEmpty || known.contains(place) else {
        throw .unknownPlace(place)
      }
      ids.formUnion(found)
    }
    return zones.filter { ids.contains($0.id) }
  }
}

/// Folds public updates into what an app must know of its places.
struct Watch: Sendable {
  private var board: Board
  /// English names of the places' districts; `nil`: all.
  private let districts: Set<String>?
  private var blindness: String?

  init(_ zones: [Zone]?) {
    board = Board(zones: zones.map { Set($0.map(\.id)) })
    districts = zones.map { Set($0.map { $0.district["en"] }) }
  }

  mutating func take(_ update: PublicUpdate) -> [PlaceUpdate] {
    let sight: [PlaceUpdate] =
      switch update {
      case .lost(let reason): see("the line is lost: \(reason)")
      case .health(let health): see(blindness(in: health))
      case .picture(let picture): see(blindness(in: picture.health))
      case .notice: []
      }
    return sight + board.take(update).map(PlaceUpdate.change)
  }

  private func blindness(in health: [PublicPicture.DistrictHealth]) -> String? {
    let blind = health.map { ($0.district["en"], $0.state) }.filter {
      $0.1 == .blind && districts?.contains($0.0) ?? true
    }
    return blind.isEmpty
      ? nil : "no source sees " + blind.map(\.0).joined(separator: ", ") + " now"
  }

  private mutating func see(_ reason: String?) -> [PlaceUpdate] {
    guard reason != blindness else { return [] }
    blindness = reason
    return [reason.map(PlaceUpdate.cannotSee) ?? .seesAgain]
  }
}
