import CaseWork
import Gateway
import Hummingbird
import Markup

/// One field of a card of the directory: how it is asked, read and written.
struct CardField<Card: Sendable>: Sendable {
  enum Kind: Sendable {
    /// One line; the class of its width.
    case line(width: String = "full", inputmode: String? = nil)
    case text
    /// One code of a list, or several.
    case one(CodeList.Name)
    case many(CodeList.Name)
    /// One of what is not a list of codes.
    case among([PickerOptions.Option])
    /// Several lines, each on its own.
    case lines
    /// A box to tick.
    case yes
  }

  let name: String
  let kind: Kind
  var limit = 200
  var isRequired = false
  let get: @Sendable (Card) -> [String]
  /// Writes what was typed, cleaned; says the code of a problem where it cannot be taken.
  let set: @Sendable (inout Card, [String]) -> String?
}

/// A form that changes a card field by field, keeps what was typed, and shows both where two changed it at once.
struct CardForm<Card: Sendable>: Sendable {
  /// The wordings are `<prefix>.<field>`, with `.hint` where there is one.
  let prefix: String
  /// Groups of fields, each under its own heading `<prefix>.group.<name>`.
  let groups: [(name: String, fields: [CardField<Card>])]
  var kept: Card?
  var sent: FormBody?
  var problems: [Problem] = []
  var isConflict = false

  private var fields: [CardField<Card>] { groups.flatMap(\.fields) }

  func labels(_ say: Speech) -> [String: String] {
    Dictionary(fields.map { ($0.name, say("\(prefix).\($0.name)")) }) { first, _ in first }
  }

  /// The card with everything that was typed.
  ///
  /// - Throws: `Refusal.invalid` with every field that cannot be taken.
  func typed(into card: Card) throws -> Card {
    var (card, problems) = (card, [Problem]())
    for field in fields {
      let texts = typed(field)
      if field.isRequired, texts.isEmpty {
        problems.append(Problem(field.name, isChoice(field) ? "choose-one" : "required"))
      } else if texts.contains(where: { $0.count > field.limit }) {
        problems.append(Problem(field.name, "too-long", String(field.limit)))
      } else if let code = field.set(&card, texts) {
        problems.append(Problem(field.name, code))
      }
    }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    return card
  }

  /// The version the form was made from; 0, which makes a new card, only where none was shown.
  ///
  /// - Throws: `Refusal.conflict` for a form of a card that does not say which version it was.
  func version(of kept: Int?) throws -> Int {
    guard kept != nil else { return 0 }
    guard let version = sent?.version(), version > 0 else { throw Refusal.conflict(.changedByAnother) }
    return version
  }

  private func isChoice(_ field: CardField<Card>) -> Bool {
    switch field.kind {
    case .one, .many, .among: true
    case .line, .text, .lines, .yes: false
    }
  }

  private func typed(_ field: CardField<Card>) -> [String] {
    switch field.kind {
    case .many: sent?[all: field.name] ?? []
    case .lines:
      (sent?[field.name] ?? "").split(whereSeparator: \.isNewline)
        .map { Text.cleaned(String($0), keepingLines: false) }.filter { !$0.isEmpty }
    case .text: [Text.cleaned(sent?[field.name] ?? "", keepingLines: true)].filter { !$0.isEmpty }
    case .line, .one, .among, .yes:
      [Text.cleaned(sent?[field.name] ?? "", keepingLines: false)].filter { !$0.isEmpty }
    }
  }

  private func shown(_ field: CardField<Card>) -> [String] {
    sent == nil ? saved(field) : typed(field)
  }

  private func saved(_ field: CardField<Card>) -> [String] { kept.map(field.get) ?? [] }

  /// The fields, in their groups; `version` is the one the form goes by.
  func html(_ frame: Frame, version: Int) -> HTML {
    HTML.several(
      [
        isConflict ? conflict(frame) : .nothing,
        input(
          .type("hidden"), .name("version"), .value(String(isConflict ? version : sent?.version() ?? version))
        ),
      ]
        + groups.map { group in
          let heading = "\(prefix).group.\(group.name)"
          return section(.class("band"), .aria("labelledby", "group-\(group.name)")) {
            h2(.id("group-\(group.name)")) { frame.say(heading) }
            div(.class("form mt3")) { group.fields.map { asked($0, frame) } }
          }
        })
  }

  private func asked(_ field: CardField<Card>, _ frame: Frame) -> HTML {
    let say = frame.say
    let (words, hintKey) = (say("\(prefix).\(field.name)"), "\(prefix).\(field.name).hint")
    let hint = say.has(hintKey) ? say(hintKey) : nil
    let value = shown(field)
    func entry(_ text: String) -> Entry {
      Entry(field.name, words, text).with {
        $0.hint = hint
        $0.isOptional = !field.isRequired
      }
    }
    switch field.kind {
    case .line(let width, let inputmode):
      return frame.entry(
        entry(value.first ?? "").with {
          $0.width = width
          $0.inputmode = inputmode
        }, problems)
    case .text: return frame.longEntry(entry(value.first ?? ""), problems)
    case .lines: return frame.longEntry(entry(value.joined(separator: "\n")), problems)
    case .yes:
      return frame.ticks(field.name, words, hint: hint, problems) {
        frame.tick(field.name, "yes", say("\(prefix).\(field.name).yes"), isOn: value == ["yes"])
      }
    case .one(let list):
      return frame.picker(
        field.name, words, options(list, frame), chosen: value.first, empty: say("entry.choose"), hint: hint,
        isOptional: !field.isRequired, problems)
    case .among(let options):
      return frame.picker(
        field.name, words, options.map { ($0.value, $0.words) }, chosen: value.first,
        empty: say("entry.choose"), hint: hint, isOptional: !field.isRequired, problems)
    case .many(let list):
      return frame.ticks(field.name, words, hint: hint, problems) {
        for option in options(list, frame) {
          frame.tick(field.name, option.value, option.words, isOn: value.contains(option.value))
        }
      }
    }
  }

  private func options(_ list: CodeList.Name, _ frame: Frame) -> [(value: String, words: String)] {
    (frame.say.lists[list]?.choosable(on: frame.today) ?? []).map { ($0.value, frame.say($0.words)) }
  }

  private func conflict(_ frame: Frame) -> HTML {
    let say = frame.say
    return EditConflictNote(
      rows: fields.map { field in
        (say("\(prefix).\(field.name)"), spoken(shown(field), field, say), spoken(saved(field), field, say))
      }
    ).html(frame)
  }

  /// Codes in words, for comparing.
  private func spoken(_ texts: [String], _ field: CardField<Card>, _ say: Speech) -> String {
    switch field.kind {
    case .one(let list), .many(let list):
      texts.map { say.name(of: $0, in: list) }.joined(separator: ", ")
    case .among(let options):
      texts.compactMap { text in options.first { $0.value == text }?.words }.joined(separator: ", ")
    case .yes: texts.isEmpty ? "" : say("\(prefix).\(field.name).yes")
    case .line, .text, .lines: texts.joined(separator: ", ")
    }
  }
}

extension CardField {
  /// A field of one text, `nil` where nothing is said.
  static func text(
    _ name: String, _ kind: Kind = .line(), limit: Int = 200, isRequired: Bool = false,
    _ get: @escaping @Sendable (Card) -> String?, _ set: @escaping @Sendable (inout Card, String?) -> Void
  ) -> CardField {
    CardField(
      name: name, kind: kind, limit: limit, isRequired: isRequired,
      get: { card in [get(card) ?? ""].filter { !$0.isEmpty } },
      set: { card, texts in
        set(&card, texts.first)
        return nil
      })
  }

  /// A whole number that is not negative.
  static func number(
    _ name: String, upTo most: Int, _ get: @escaping @Sendable (Card) -> Int?,
    _ set: @escaping @Sendable (inout Card, Int?) -> Void
  ) -> CardField {
    CardField(
      name: name, kind: .line(width: "w4", inputmode: "numeric"), limit: 8,
      get: { card in get(card).map { [String($0)] } ?? [] },
      set: { card, texts in
        guard let text = texts.first else {
          set(&card, nil)
          return nil
        }
        guard let number = Int(Text.withPlainDigits(text)), (0...most).contains(number) else {
          return "not-a-number"
        }
        set(&card, number)
        return nil
      })
  }

  /// A civil day, as people type it.
  static func day(
    _ name: String, _ get: @escaping @Sendable (Card) -> Day?,
    _ set: @escaping @Sendable (inout Card, Day?) -> Void
  ) -> CardField {
    CardField(
      name: name, kind: .line(width: "w8", inputmode: "numeric"), limit: 20,
      get: { card in get(card).map { ["\($0.year). \($0.month). \($0.day)."] } ?? [] },
      set: { card, texts in
        guard let text = texts.first else {
          set(&card, nil)
          return nil
        }
        guard let day = Day(typed: Text.withPlainDigits(text)) else { return "not-a-day" }
        set(&card, day)
        return nil
      })
  }
}

/// A page around the form of one card.
protocol CardPage: Sendable {
  associatedtype Card: Sendable
  var form: CardForm<Card> { get set }
  func page(_ frame: Frame) -> Page
  mutating func refuse(_ problems: [Problem])
}

extension CardPage {
  mutating func refuse(_ problems: [Problem]) { form.problems = problems }
}

extension Site {
  /// Saves what a card's form says; where it cannot be saved, the page comes again with what was typed.
  func keep(
    _ page: some CardPage, _ context: PageContext, _ save: () async throws -> Response
  ) async throws -> Response {
    var page = page
    do {
      return try await save()
    } catch Refusal.invalid(let problems) {
      page.refuse(problems)
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    } catch Refusal.conflict(.changedByAnother) {
      page.form.isConflict = true
      let frame = frame(context)
      return frame.response(page.page(frame), status: .conflict)
    }
  }
}
