import Foundation
import TocsinConfiguration
import TocsinModel
import TocsinSimulation

/// What truly flew in a file of plots; for measuring only, never an input of tracking.
struct FlightTruth {
  struct Member: Decodable {
    struct End: Decodable {
      var lat: Double
      var lon: Double
      var t: Timestamp

      var place: Position { Position(latitude: lat, longitude: lon) }
    }

    var id: String
    var impact: End?
    var end: End
    /// When it failed in flight, which nobody could foresee.
    var failure: Timestamp?
    var firstPlot: Timestamp?
    var launch: Timestamp?
    var burnout: Timestamp?
    /// Seconds after the launch, latitude, longitude, height.
    var trajectory: [[Double]]?

    enum CodingKeys: String, CodingKey {
      case id, impact, end, trajectory
      case failure = "failure_t"
      case firstPlot = "first_plot"
      case launch = "launch_t"
      case burnout = "burnout_t"
    }
  }

  enum Kind: String, CaseIterable { case single, clutter, salvo }

  /// The same of all files that show the same bodies.
  var flight: String
  var kind: Kind
  var radar: String
  var members: [Member]
}

extension FlightTruth.Member {
  /// Whether it was still in the air and nothing was to come that nobody could foresee: a failure later than two
  /// seconds before.
  func isForeseeable(at moment: Timestamp) -> Bool {
    guard let impact else { return false }
    return moment < impact.t && failure.map { $0 <= moment - .seconds(2) } ?? true
  }
}

extension FlightTruth {
  /// What its bodies meant for a zone, by the distances of `Verdict`.
  struct Danger {
    /// The first that came down in it or near it.
    var first: Member?
    /// Whether a warning was not needless: one came down not far away, or none came down at all, so that nobody knows
    /// where it would have.
    var isExcused: Bool

    /// Whether it was in danger and not warned, or less than `Verdict.leastLead` before.
    func isMissed(_ warned: Timestamp?) -> Bool {
      guard let impact = first?.impact?.t else { return false }
      return warned.map { (impact - $0).inSeconds < Verdict.leastLead } ?? true
    }
  }

  func danger(for zone: Zone) -> Danger {
    var danger = Danger(first: nil, isExcused: members.allSatisfy { $0.impact == nil })
    for member in members {
      guard let impact = member.impact else { continue }
      let distance = zone.area.distance(to: impact.place)
      if distance <= Verdict.notFar { danger.isExcused = true }
      if distance <= Verdict.near, danger.first?.impact.map({ impact.t < $0.t }) ?? true {
        danger.first = member
      }
    }
    return danger
  }
}

extension FlightTruth {
  /// All truths of a folder by the name of the plot file. JSON that is no truth is told and left out.
  static func read(_ folder: String) throws -> [String: FlightTruth] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".json") }.sorted()
    } catch {
      throw Refused(
        description:
          "The truth's folder \(folder) cannot be read. Check it, or name another with --truth.")
    }
    var truths: [String: FlightTruth] = [:]
    var faults: [String] = []
    for name in names {
      let path = "\(folder)/\(name)"
      let bytes = try FileBytes.read(path)
      do {
        guard let own = try read(Data(bytes)) else {
          Output.note("\(path) is left out: it is no truth, with neither 'plots' nor 'members'.")
          continue
        }
        truths.merge(own) { $1 }
      } catch {
        let fault = Record.Fault(error)
        faults.append("\(path): \(fault.field.isEmpty ? "" : fault.field + ": ")\(fault.error)")
      }
    }
    guard faults.isEmpty else {
      throw Refused(
        description: faults.joined(separator: "\n")
          + "\nCorrect it (Docs/FORMATS.md, Truth), or name another folder with --truth.")
    }
    return truths
  }

  /// - Returns: `nil` where it is none.
  private static func read(_ data: Data) throws -> [String: FlightTruth]? {
    let decoder = JSONDecoder()
    switch try decoder.decode(Form.self, from: data) {
    case .other: return nil
    case .salvo:
      let salvo = try decoder.decode(Salvo.self, from: data)
      return [
        salvo.flight: FlightTruth(
          flight: salvo.flight, kind: .salvo, radar: salvo.radar, members: salvo.members)
      ]
    case .single:
      let member = try decoder.decode(Member.self, from: data)
      return try decoder.decode(Single.self, from: data).plots.mapValues { plots in
        var own = member
        own.firstPlot = plots.firstPlot
        return FlightTruth(
          flight: member.id, kind: plots.hasFalsePlots ? .clutter : .single, radar: plots.radar,
          members: [own])
      }
    }
  }

  private enum Form: Decodable {
    case single, salvo, other

    enum CodingKeys: CodingKey { case plots, members }

    init(from decoder: any Decoder) throws {
      guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
        self = .other
        return
      }
      self =
        container.contains(.members) ? .salvo : container.contains(.plots) ? .single : .other
    }
  }

  private struct Salvo: Decodable {
    var flight: String
    var radar: String
    var members: [Member]
  }

  private struct Single: Decodable {
    struct Plots: Decodable {
      var radar: String
      var firstPlot: Timestamp
      var hasFalsePlots: Bool

      enum CodingKeys: String, CodingKey {
        case radar, labels
        case firstPlot = "first_plot"
      }

      /// Only files with false plots among the true ones carry labels, in whatever form.
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        radar = try container.decode(String.self, forKey: .radar)
        firstPlot = try container.decode(Timestamp.self, forKey: .firstPlot)
        hasFalsePlots = container.contains(.labels)
      }
    }
    var plots: [String: Plots]
  }
}
