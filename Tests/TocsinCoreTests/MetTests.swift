import Testing
import TocsinCore
import TocsinModel
import TocsinTracking

@Suite struct `A met message` {
  private let calm = Met(heights: [0, 1000], windToEast: [5, 9], windToNorth: [0, 0])

  @Test func `of a source of the plan serves the tracker, also under a new plan`() {
    var scene = Scene()
    #expect(scene.tell(met(calm, "feed")).refusals == [])
    #expect(scene.sequencer.tocsin.tracker.settings.met == calm)
    var plan = scene.sequencer.tocsin.plan
    plan.groundHeight = 40
    _ = scene.tell(.plan(plan))
    #expect(scene.sequencer.tocsin.tracker.settings.met == calm)
    plan.heightGrid = HeightGrid(
      southWest: Position(latitude: 31, longitude: 34), cell: 0.1, columns: 1, rows: 1,
      heights: [600])
    _ = scene.tell(.plan(plan))
    #expect(scene.sequencer.tocsin.tracker.settings.met == calm)
    #expect(scene.sequencer.tocsin.tracker.settings.heightGrid == plan.heightGrid)
  }

  @Test func `of a stranger, or that makes no sense, is refused and changes nothing`() {
    var scene = Scene()
    _ = scene.tell(met(calm, "feed"))
    let broken = Met(heights: [1000, 0], windToEast: [5, 9], windToNorth: [0, 0])
    let short = Met(heights: [0, 1000], windToEast: [5], windToNorth: [0, 0])
    let wild = Met(heights: [0], windToEast: [.nan], windToNorth: [0])
    #expect(scene.tell(met(calm, "stranger")).refusals == [.unknownSource])
    for unusable in [broken, short, wild] {
      #expect(scene.tell(met(unusable, "feed")).refusals == [.unreadable])
    }
    #expect(scene.sequencer.tocsin.tracker.settings.met == calm)
  }

  private func met(_ met: Met, _ source: String) -> Event.Content {
    .statement(Statement(source: source, said: nil, content: .met(met)))
  }
}
