/// The templates of every language, by key: frames of attribution (`f.`), clauses (`c.`), terms (`t.`), topics,
/// titles and what else a dispatch says.
///
/// A place `{v}`, `{who}`, … takes names and values unchanged, so no template asks for their gender, number or
/// case. The four have the same keys and the same places; a test holds them to it.
package enum Phrases {
  package static let all: [String: [String: String]] = ["en": en, "he": he, "ar": ar, "ru": ru]
}
