import CAP

/// What in a message speaks against its being of a real danger, though its status does not; or the reverse.
///
/// A test that carried the codes of a real warning was relayed as one (6 February 2018): only what agrees
/// with itself goes on air, the rest goes to a person.
enum CAPDoubt {
  /// - Returns: `nil` if status, codes and text agree.
  static func contradiction(in alert: Alert) -> String? {
    let texts = texts(of: alert)
    guard alert.status == .actual else {
      return denial(in: texts).map {
        "its status is \(alert.status?.rawValue ?? "unknown") and its text says '\($0)'"
      }
    }
    let code = alert.infos.flatMap(\.eventCodes).map(\.value).first { testCodes.contains($0) }
    if let code { return "its status is Actual and its event code '\(code)' is a test's" }
    return mark(in: texts).map { "its status is Actual and its text says '\($0)'" }
  }

  /// Codes of tests: 47 CFR 11.31 (e) (EAS).
  private static let testCodes: Set<String> = ["RWT", "RMT", "NPT", "DMO", "NMN"]

  /// Words of tests in the languages of the warnings that we know.
  private static let marks = [
    "test", "exercise", "drill", "simulation", "essai", "exercice", "prueba", "simulacro", "übung",
    "probealarm", "ensayo", "תרגיל", "ניסיון", "تجربة", "تمرين", "учебная", "учение", "учения",
    "тест", "проверка",
  ]

  /// What says that it is none, and so is no mark of one.
  private static let denials = [
    "not a test", "not a drill", "not an exercise", "no drill", "no test", "no es un simulacro",
    "keine übung", "אין זה תרגיל", "זה לא תרגיל", "не учебная",
  ]

  private static func texts(of alert: Alert) -> [String] {
    let texts = alert.infos.flatMap { [$0.event, $0.headline, $0.description, $0.instruction] }
    return (texts + [alert.note]).compactMap { $0?.lowercased() }
  }

  private static func denial(in texts: [String]) -> String? {
    denials.first { denial in texts.contains { $0.contains(denial) } }
  }

  private static func mark(in texts: [String]) -> String? {
    for text in texts {
      let plain = denials.reduce(text) { $0.replacing($1, with: " ") }
      let words = Set(plain.split { !$0.isLetter }.map(String.init))
      if let mark = marks.first(where: words.contains) { return mark }
    }
    return nil
  }
}
