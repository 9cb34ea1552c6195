import TocsinCore
import TocsinEngine
import TocsinModel

/// Tells in the terminal what is decided, a line each, while it happens.
struct Teller: Viewer {
  func show(_ view: View) {
    let time = LocalTime(view.tocsin.plan.timeZone)
    for entry in view.entries {
      if case .statement(let statement) = entry.event.content,
        case .said(let said) = statement.content, said.isForTheTimeline
      {
        Output.line(
          "\(time.short(entry.event.time))  \(said.sentence)  [\(said.attribution)]")
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
            "\(time.short(notice.issued))  \(delivery.message.mode.rawValue.uppercased()) \(notice.kind.rawValue) "
              + "\(notice.warning), \(notice.hazard): \(zones.joined(separator: "; "))")
        case .refuse(let refusal): Output.line("\(time.short(entry.event.time))  \(refusal.text)")
        case .wake: break
        }
      }
    }
  }
}
