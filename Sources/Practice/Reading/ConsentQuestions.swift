internal import CaseWork

extension ConsentText {
  init?(_ piece: Piece) {
    piece.allow("purpose", "version", "question-ko", "question-en", "easy-ko", "easy-en", "facts")
    guard let purpose = piece.need("purpose")?.code(Consent.Purpose.self),
      let question = piece.words("question-"),
      let easy = piece.words("easy-")
    else {
      piece.problem("purpose, question and easy words are needed")
      return nil
    }
    self.init(
      purpose: purpose, version: piece.need("version")?.number ?? 0, question: question, easy: easy,
      facts: piece.need("facts")?.list.compactMap { fact in
        fact.allow("ko", "en", "text-ko", "text-en")
        guard let label = fact.words(), let text = fact.words("text-") else { return nil }
        return Fact(label: label, text: text)
      } ?? [])
  }
}
