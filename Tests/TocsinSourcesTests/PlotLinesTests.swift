import Foundation
import Testing
import TocsinConfiguration
import TocsinModel
import TocsinSources

private let good = """
  {"t":"2026-01-01T00:00:01.250000Z","radar":"A1","range_m":12345.6,"azimuth_deg":201.25,\
  "elevation_deg":3.42,"sigma":{"range_m":10,"azimuth_deg":0.06,"elevation_deg":0.06},\
  "doppler_mps":-812.25,"plot_id":"p-7"}
  """

private func changed(_ old: String, _ new: String) -> String {
  good.replacingOccurrences(of: old, with: new)
}

@Suite struct `A plot line` {
  @Test func `is read with all its fields`() throws {
    let read = PlotLines([UInt8](good + "\n"))
    let plot = Plot(
      measured: try #require(Timestamp("2026-01-01T00:00:01.25Z")), radar: "A1", range: 12345.6,
      azimuth: 201.25, elevation: 3.42, sigma: .init(range: 10, azimuth: 0.06, elevation: 0.06),
      doppler: -812.25, id: "p-7")
    #expect(read.lines == [.plot(plot)])
    #expect(read.faults == [])
  }

  @Test func `may be a sign of life`() throws {
    let read = PlotLines([UInt8](#"{"t":"2026-01-01T02:00:00+02:00","radar":"A1","alive":true}"#))
    let time = try #require(Timestamp("2026-01-01T00:00:00Z"))
    #expect(read.lines == [.alive(radar: "A1", time: time)])
  }

  @Test(arguments: [
    changed("12345.6", "1.23456e4"), changed("\"A1\"", #""A\u0031""#),
    changed("\"t\":", "\"x\":{\"y\":[1,{}]},\"t\":"), changed(",\"", " ,\t\""),
    changed("\"t\":", "\"שדה\":\"\\n\",\"t\":"), good + "\r", changed("Z", "+00:00"),
    changed("10,", "10,\"z\":null,"), changed("\"t\":", "\"y\":\"#\",\"n\":-0.5,\"t\":"),
    changed("12345.6", "12345.600000000000000000000000"),
  ])
  func `means the same however it is written`(line: String) {
    let read = PlotLines([UInt8](line))
    #expect(read.faults == [])
    #expect(read.lines == PlotLines([UInt8](good)).lines)
  }

  @Test func `needs no sigma, no doppler and no id, and null is none`() throws {
    let line = #"""
      {"t":"2026-01-01T00:00:01Z","radar":"A1","range_m":1,"azimuth_deg":360,"elevation_deg":-90, \#
      "sigma":null,"doppler_mps":null,"plot_id":null,"alive":false}
      """#
    let read = PlotLines([UInt8](line))
    #expect(read.faults == [])
    guard case .plot(let plot) = try #require(read.lines.first) else { return }
    #expect(plot.sigma == nil && plot.doppler == nil && plot.id == nil)
  }

  @Test(arguments: [
    (changed("\"t\":", "\"x\":"), "t", "missing"),
    (changed("\"radar\":", "\"x\":"), "radar", "missing"),
    (changed("\"A1\"", "\"\""), "radar", "empty"),
    (changed("\"A1\"", "7"), "radar", "give a text"),
    (changed("\"p-7\"", "7"), "plot_id", "give a text"),
    (changed("12345.6", "\"far\""), "range_m", "give a number"),
    (changed("12345.6", "0"), "range_m", "above 0"),
    (changed("12345.6", "-5"), "range_m", "above 0"),
    (changed("12345.6", "2000000.5"), "range_m", "2,000,000"),
    (changed("12345.6", "1e400"), "range_m", "no number to compute with"),
    (changed("12345.6", "NaN"), "range_m", "no number to compute with"),
    (changed("201.25", "Infinity"), "azimuth_deg", "no number to compute with"),
    (changed("3.42", "-Infinity"), "elevation_deg", "no number to compute with"),
    (changed("201.25", "360.01"), "azimuth_deg", "degrees from true north"),
    (changed("201.25", "-1"), "azimuth_deg", "degrees from true north"),
    (changed("3.42", "90.5"), "elevation_deg", "above the horizontal"),
    (changed(":10,", ":0,"), "sigma.range_m", "not within"),
    (changed("0.06}", "-0.06}"), "sigma.elevation_deg", "not within"),
    (changed("\"range_m\":10,", ""), "sigma.range_m", "missing"),
    (
      changed("{\"range_m\":10,\"azimuth_deg\":0.06,\"elevation_deg\":0.06}", "4"), "sigma",
      "object"
    ),
    (changed("-812.25", "NaN"), "doppler_mps", "no number"),
    (changed("00Z", "00"), "t", "offset"),
    (changed("01-01T", "02-30T"), "t", "2026-01-01T00:00:01.25Z"),
    (changed("\"t\":", "\"radar\":\"B\",\"t\":"), "radar", "twice"),
    (changed("\"t\":", "\"t\":null,\"t\":"), "t", "twice"),
    (String(good.dropLast(30)), "", "cut off"),
    (changed("12345.6", "012"), "", "not JSON"),
    (changed("12345.6", "1."), "", "not JSON"),
    (good + good, "", "after the end"),
    ("[1,2]", "", "no JSON object"), ("radar A1", "", "not JSON"),
    (changed("\"x\"", "").replacingOccurrences(of: "\"A1\"", with: "\"A\u{1}\""), "", "control"),
    (String(repeating: "[", count: 500), "", "deep"),
  ])
  func `that is wrong is refused by line and field, and costs no other`(
    line: String, field: String, words: String
  ) {
    let read = PlotLines([UInt8](good + "\n\n" + line + "\n" + good))
    #expect(read.lines.count == 2)
    #expect(read.faults.map(\.line) == [3])
    #expect(read.faults.first?.field == field)
    #expect(read.faults.first?.error.contains(words) == true, "\(read.faults)")
  }

  @Test func `that is not UTF-8 is refused`() {
    let bytes = [UInt8](good).map { $0 == UInt8(ascii: "p") ? 0xFF : $0 }
    let read = PlotLines([UInt8](good + "\n") + bytes)
    #expect(read.lines.count == 1)
    #expect(read.faults.first?.error.contains("UTF-8") == true)
  }

  @Test(arguments: [1, 7, 4096, 1 << 20])
  func `is the same in pieces of any size, and refused when longer than 64 KiB`(piece: Int) {
    let long = changed("\"p-7\"", "\"" + String(repeating: "x", count: 70_000) + "\"")
    let bytes = [UInt8]("\u{FEFF}\n" + good + "\n" + long + "\n" + good)
    var lines = PlotLines()
    for start in stride(from: 0, to: bytes.count, by: piece) {
      lines.append(Array(bytes[start..<min(start + piece, bytes.count)]))
    }
    #expect(lines.take().count == 1)
    lines.finish()
    #expect(lines.lines.count == 1)
    #expect(lines.faults.map(\.line) == [3])
    #expect(lines.faults.first?.error.contains("65536") == true)
  }

  @Test func `is understood as JSONDecoder understands it, whatever is done to it`() {
    var chance = SeededGenerator(state: 20_230_514)
    let letters = [UInt8](#"{}[]",:.-+eE0159tfn \u \#u{E9}NaI"#)
    var accepted = 0
    for _ in 0..<20_000 {
      var bytes = [UInt8](good)
      for _ in 0..<Int.random(in: 0...3, using: &chance) {
        let place = Int.random(in: 0..<bytes.count, using: &chance)
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: bytes[place] = letters.randomElement(using: &chance) ?? 0
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &chance)
        case 2: bytes.remove(at: place)
        default: bytes.insert(letters.randomElement(using: &chance) ?? 0, at: place)
        }
      }
      if bytes.contains(UInt8(ascii: "\n")) { continue }
      let read = PlotLines(bytes)
      #expect(read.lines.count + read.faults.count <= 1)
      guard case .plot(let plot) = read.lines.first else { continue }
      accepted += 1
      let expected = try? JSONDecoder().decode(Plot.self, from: Data(bytes))
      #expect(plot == expected, "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(accepted > 4000)
  }

  @Test func `has the numbers that JSONDecoder finds, to the last bit`() throws {
    var chance = SeededGenerator(state: 7)
    for _ in 0..<20_000 {
      let whole = UInt64.random(in: 0...1_999_998, using: &chance)
      let decimals = (0..<Int.random(in: 1...24, using: &chance)).map { _ in
        String(Int.random(in: 0...9, using: &chance))
      }
      let line = changed("12345.6", "\(whole + 1).\(decimals.joined())")
      let expected = try JSONDecoder().decode(Plot.self, from: Data(line.utf8))
      #expect(PlotLines([UInt8](line)).lines == [.plot(expected)], "\(line)")
    }
  }
}

@Suite struct `A file of plots` {
  @Test(.enabled(if: SharedData.has("flights/plots/index.json")))
  func `is read whole from the index of real files, compressed as they are`() throws {
    let index = try FlightIndex.read(SharedData.path("flights/plots/index.json"))
    #expect(index.files.count == 150)
    #expect(index.site == Position(latitude: 31.6, longitude: 34.6))
    #expect(index.mask == 1 && index.height == 50)
    #expect(index.files.count { $0.met == nil } == 3)
    let first = try #require(index.files.first)
    #expect(first.flight == "F0004-A" && first.radar.id == "A" && first.groundHeight == 28.75)
    let read = try PlotFile.read(first.path)
    #expect(read.lines.count > 100 && read.faults == [])
  }

  @Test func `that is missing or no gzip is said to be`() throws {
    let folder = try Folder()
    let missing = #expect(throws: UnreadableFile.self) { try PlotFile.read("/nowhere.ndjson") }
    #expect(missing?.description.contains("no such file") == true)
    let path = try folder.write("a.ndjson.gz", "no gzip")
    let broken = #expect(throws: UnreadableFile.self) { try PlotFile.read(path) }
    #expect(broken?.description.contains("gunzip says") == true)
  }
}

@Suite struct `A radars file` {
  private let a1 = #"{"radar":"A1","lat":31.6,"lon":34.6,"height_m":50}"#

  @Test func `is a list of radars`() throws {
    let sigma = #","sigma":{"range_m":10,"azimuth_deg":0.1,"elevation_deg":0.2}}"#
    let radars = try RadarsFile.read(
      [UInt8]("[\(a1.dropLast())\(sigma)]"), name: "radars.json")
    let place = Position(latitude: 31.6, longitude: 34.6)
    #expect(
      radars == [
        Radar(
          id: "A1", position: place, height: 50,
          sigma: .init(range: 10, azimuth: 0.1, elevation: 0.2))
      ])
  }

  @Test func `takes clock, bias, bent ray, height over the sea and what a radar shares`() throws {
    let text =
      #"[{"radar":"A1","lat":31.6,"lon":34.6,"height_msl_m":30,"geoid_m":18.5,"clock_s":0.02,"#
      + #""bias":{"range_m":40,"azimuth_deg":0.2,"elevation_deg":0.3},"elevation":"apparent","#
      + #""shares":["mast 3","power north"]}]"#
    let radar = try #require(try RadarsFile.read([UInt8](text), name: "radars.json").first)
    #expect(radar.height == 48.5)
    #expect(radar.clockSigma == 0.02)
    #expect(radar.bias == .init(range: 40, azimuth: 0.2, elevation: 0.3))
    #expect(radar.isApparent)
    #expect(radar.shares == ["mast 3", "power north"])
    #expect(try JSONDecoder().decode(Radar.self, from: JSONEncoder().encode(radar)) == radar)
  }

  @Test func `names two radars of one name with both lines`() {
    let fault = #expect(throws: UnreadableFile.self) {
      try RadarsFile.read([UInt8]("[\n\(a1),\n\n\(a1)]"), name: "radars.json")
    }
    let text = fault?.description ?? ""
    #expect(text.contains("radars.json, line 4") && text.contains("line 2 too"), "\(text)")
  }

  @Test(arguments: [
    (#"[{"radar":"A1","lat":91,"lon":34.6,"height_m":50}]"#, "lat: 91.0 is not within"),
    (#"[{"radar":"A1","lat":NaN,"lon":34.6,"height_m":50}]"#, "lat: nan is not within"),
    (#"[{"radar":"A1","lat":1,"lon":-181,"height_m":50}]"#, "lon: -181.0 is not within"),
    (#"[{"radar":"A1","lat":1,"lon":1}]"#, "height_m: is missing"),
    (#"[{"lat":1,"lon":1,"height_m":1}]"#, "radar: is missing"),
    (#"[{"radar":"A","lat":1,"lon":1,"height_msl_m":1}]"#, "goes with geoid_m"),
    (#"[{"radar":"A","lat":1,"lon":1,"height_m":1,"geoid_m":1}]"#, "goes with geoid_m"),
    (#"[{"radar":"A","lat":1,"lon":1,"height_m":1,"clock_s":-1}]"#, "clock_s: -1.0 is not"),
    (#"[{"radar":"A","lat":1,"lon":1,"height_m":1,"elevation":"raw"}]"#, "neither geometric"),
    (#"[{"radar":"A","lat":1,"lon":1,"height_m":1,"shares":"mast"}]"#, "a list of texts"),
    (#"[{"radar":"A","lat":1,"lon":1,"height_m":1,"sigma":{"range_m":0}}]"#, "range_m: 0.0 is not"),
    (#"[7]"#, "is a number; give an object"), (#"{}"#, "give a list of radars"),
    (#"[{"radar":"A1","#, "is not JSON"),
  ])
  func `that is wrong is refused by place`(text: String, words: String) {
    let fault = #expect(throws: UnreadableFile.self) {
      try RadarsFile.read([UInt8](text), name: "radars.json")
    }
    #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
  }
}
