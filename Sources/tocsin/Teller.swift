import TocsinCore
import TocsinEngine
import TocsinModel

/// Tells in the terminal what is decided, a line each, while it happens.
struct Teller: Viewer {
  func show(_ view: View) {
    for entry in view.entries {
      if case .statement(let statement) = entry.event.content,
        case .said(let said) = statement.content, said.isForTheTimeline
      {
        Output.line(
          "\(entry.event.time.milliseconds)  \(said.sentence)  [\(said.attribution)]")
      }
      for effect in entry.effects {
        switch effect {
        case .deliver(let delivery):
          let notice = delivery.message.notice
          let zones = notice.rows.map { row in
            let name = view.tocsin.atlas.zone(row.zone)?.name["en"] ?? row.zone
            return name + (row.seconds.map { notice.stage == .ended ? "" : " \(Int($0)) s" } ?? "")
          }
          Output.line(
            "\(notice.issued)  \(delivery.message.mode.rawValue.uppercased()) \(notice.kind.rawValue) "
              + "\(notice.warning), \(notice.hazard): \(zones.joined(separator: "; "))")
        case .refuse(let refusal): Output.line("\(entry.event.time.milliseconds)  \(refusal.text)")
        case .wake: break
        }
      }
    }
  }
}
