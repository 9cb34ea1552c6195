import Foundation
import Testing
import TocsinModel

@Suite struct `The public page` {
  private static let warn = #"{"order":"warn","hazard":"rockets","zones":["Zikim"]}"#

  @Test func `has the warning in its first bytes, in words`() async throws {
    try await Station.run { station in
      try await station.order(Self.warn)
      let page = try await station.ask("GET", "/").body
      #expect(page.contains(#"<h1 id="headline">Take shelter now in</h1>"#))
      #expect(page.contains(#"<span class="where-name">Zikim</span>"#))
      #expect(page.contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>"))
      #expect(page.contains("/icon-danger.svg"))
    }
  }

  @Test(arguments: [
    ("/?lang=he", "", "he", "rtl"), ("/", "he-IL,en;q=0.5", "he", "rtl"),
    ("/", "fr, ar;q=0.9, en;q=0.4", "ar", "rtl"), ("/?lang=ru", "he", "ru", "ltr"),
    ("/?lang=xx", "", "en", "ltr"),
  ])
  func `speaks the reader's language, and truly from right to left`(
    path: String, accept: String, language: String, direction: String
  ) async throws {
    try await Station.run { station in
      let headers = accept.isEmpty ? [] : ["Accept-Language: \(accept)"]
      let page = try await station.ask("GET", path, headers: headers).body
      #expect(page.contains("<html lang=\"\(language)\" dir=\"\(direction)\""))
    }
  }

  @Test func `says on every edge and in every sentence that an exercise is one`() async throws {
    try await Station.run { station in
      try await station.exercise()
      let page = try await station.ask("GET", "/").body
      #expect(page.contains(#"data-mode="exercise""#))
      #expect(page.contains("<title>Exercise: Take shelter now in"))
      #expect(page.contains("/icon-exercise.svg"))
      #expect(page.contains("<p class=\"now-say\">Exercise: Rocket fire."))
      #expect(!page.contains("/icon-danger.svg"))
    }
  }

  @Test func `says that it cannot see when no source covers it`() async throws {
    var plan = Plan.test
    plan.sources = []
    try await Station.run(plan: plan) { station in
      let page = try await station.ask("GET", "/").body
      #expect(page.contains("We cannot see right now"))
      #expect(page.contains("Follow the sirens and the radio."))
    }
  }

  @Test func `makes nothing of markup in names`() async throws {
    var plan = Plan.test
    plan.zones[0].name = "<script>alert('1')</script>"
    plan.title = "</title><img src=x onerror=alert(1)>"
    try await Station.run(plan: plan) { station in
      try await station.order(#"{"order":"warn","hazard":"rockets","zones":["1"]}"#)
      let page = try await station.ask("GET", "/").body
      #expect(!page.contains("<script>alert"))
      #expect(!page.contains("<img src=x"))
      #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"))
    }
  }

  @Test func `weighs less than 150 kB with all that it loads, the map library apart`() async throws
  {
    try await Station.run { station in
      let files = [
        "page.js", "words.js", "dom.js", "clock.js", "state.js", "now.js", "lists.js", "places.js",
        "sound.js", "stream.js", "map.js", "base.css", "page.css", "icon-calm.svg",
      ]
      var bytes = try await station.ask("GET", "/").body.utf8.count
      for file in files {
        let answer = try await station.ask("GET", "/\(file)")
        #expect(answer.status == 200, "\(file)")
        bytes += answer.body.utf8.count
      }
      #expect(bytes < 150_000)
    }
  }
}
