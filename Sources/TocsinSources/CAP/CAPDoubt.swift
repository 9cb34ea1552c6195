import CAP

/// What in a message speaks against its being of a real danger, though its status does not; or the reverse.
///
/// A test that carried the codes of a real warning was relayed as one (6 February 2018): only what agrees
/// with itself goes on air, the rest goes to a person.
enum CAPDoubt {
  /// - Returns: `nil` if status, codes and text agree.
  static func contradiction(in alert: Alert) -> String? {
    let words = mark(in: alert)
    let code = alert.infos.flatMap(\.eventCodes).map(\.value).first { testCodes.contains($0) }
    guard alert.status == .actual else {
      return nil
    }
    if let code { return "its status is Actual and its event code '\(code)' is a test's" }
    return words.map { "its status is Actual and its text says '\($0)'" }
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

  private static func mark(in alert: Alert) -> String? {
    let texts = alert.infos.flatMap { info in
      [info.event, info.headline, info.description, info.instruction].compactMap { $0 }
    }
    for text in texts + [alert.note].compactMap({ $0 }) {
      var plain = text.lowercased()
      for denial in denials { plain = plain.replacing(denial, with: " ") }
      let words = Set(plain.split { !$0.isLetter }.map(String.init))
      if let mark = marks.first(where: words.contains) { return mark }
    }
    return nil
  }
}
