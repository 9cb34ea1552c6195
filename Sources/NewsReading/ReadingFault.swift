/// What was odd about a text; nothing of it is lost by it.
public enum ReadingFault: Hashable, Sendable, CustomStringConvertible {
  case otherEncoding(bytes: Int, firstOffset: Int)
  case invisibleMarks(Int)
  case unclosedQuotation(sentence: Int, words: String)
  case strayMark(sentence: Int, mark: String)
  case longSentence(sentence: Int, words: Int)

  public var description: String {
    switch self {
    case .otherEncoding(let bytes, let offset):
      "\(bytes) bytes are not UTF-8 (the first at byte \(offset)) and were read as Windows-1252. "
        + "Compare the quotes with the original, or save the text as UTF-8."
    case .invisibleMarks(let count):
      "\(count) invisible marks (direction, zero width) were passed over; quotes keep theirs."
    case .unclosedQuotation(let sentence, let words):
      "Sentence \(sentence): the quotation that begins “\(words)” has no end; it was taken to the "
        + "end of its paragraph. Check it against the original."
    case .strayMark(let sentence, let mark):
      "Sentence \(sentence): a closing \(mark) without an opening one was passed over."
    case .longSentence(let sentence, let words):
      "Sentence \(sentence) has \(words) words without an end and was read in pieces of "
        + "\(Paragraph.longestSentence)."
    }
  }
}
