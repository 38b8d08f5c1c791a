import CaseWork
import Practice
import Testing

@Suite struct WordsTests {
  /// Every text of the practice with where it stands.
  static func texts() throws -> [(place: String, words: Words)] {
    let practice = try Practice.bundled()
    var texts = practice.wordings.keys.map { key in
      (key, Words(ko: practice.wordings(key, .korean), en: practice.wordings(key, .english)))
    }
    for list in practice.codes.values {
      for code in list.codes {
        texts += [code.words, code.hint].compactMap(\.self).map {
          ("\(list.name.rawValue) \(code.value)", $0)
        }
      }
    }
    for form in practice.forms.values {
      texts += [form.title, form.lead].compactMap(\.self).map { (form.id, $0) }
      for section in form.sections {
        texts += [section.title, section.hint].compactMap(\.self).map { ("\(form.id) \(section.id)", $0) }
        for field in section.fields { texts += Self.texts(of: field).map { ("\(form.id) \(field.id)", $0) } }
      }
    }
    for text in practice.consentTexts {
      texts += [text.question, text.easy].map { ("consent \(text.purpose.rawValue)", $0) }
      texts += text.facts.flatMap { [$0.label, $0.text] }.map { ("consent \(text.purpose.rawValue)", $0) }
    }
    for instrument in practice.instruments.values {
      texts += [instrument.title, instrument.caution].map { (instrument.id, $0) }
      texts += instrument.bands.flatMap(\.bands).map { (instrument.id, $0.words) }
    }
    return texts
  }

  private static func texts(of field: Field) -> [Words] {
    var texts = [field.label, field.hint].compactMap(\.self)
    if case .group(let inner, _) = field.kind { texts += inner.flatMap { Self.texts(of: $0) } }
    return texts
  }

  @Test func `every text is there in both languages`() throws {
    for (place, words) in try Self.texts() {
      #expect(!words.ko.isEmpty && !words.en.isEmpty, "\(place)")
      #expect(!words.ko.hasPrefix(" ") && !words.en.hasPrefix(" "), "\(place)")
    }
  }

  @Test func `no text uses a word that hurts or bosses`() throws {
    let banned = [
      "결손가정", "불우", "문제아", "문제 학생", "정상 가정", "귀하", "당사", "처리되었습니다", "불가합니다", "성공적으로", "바랍니다", "하십시오",
      "유효하지 않은", "필수값", "!",
    ]
    for (place, words) in try Self.texts() {
      for word in banned { #expect(!words.ko.contains(word), "\(place): \(words.ko)") }
    }
  }

  @Test func `no English text is Korean`() throws {
    for (place, words) in try Self.texts() where !place.hasPrefix("frame.language") {
      let hangul = words.en.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) }
      #expect(!hangul, "\(place): \(words.en)")
    }
  }

  @Test func `no text asks for a resident registration number`() throws {
    let practice = try Practice.bundled()
    for form in practice.forms.values {
      for field in form.fields { #expect(!field.label.ko.contains("주민등록번호"), "\(form.id) \(field.id)") }
    }
  }

  @Test(arguments: [
    "changed-by-another", "already-approved", "already-closed", "already-exists", "already-answered", "held",
    "not-found",
    "not-allowed",
  ])
  func `a refusal has its words`(_ code: String) throws {
    #expect(try Practice.bundled().wordings.has("refusal.\(code)"))
  }
}
