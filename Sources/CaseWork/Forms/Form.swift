/// A form of the practice (서식), as its YAML file tells it: what is asked, in which order, and what is needed when.
public struct Form: Hashable, Sendable {
  /// `intake`, `assessment`, …: the name of its file and the last part of its address.
  public let id: String
  /// The office's number for it: F02.
  public let number: String
  /// Rises with every change of what is asked; kept with each record.
  public let version: Int
  public let title: Words
  public let lead: Words?
  public let sections: [Section]

  public init(id: String, number: String, version: Int, title: Words, lead: Words?, sections: [Section]) {
    self.id = id
    self.number = number
    self.version = version
    self.title = title
    self.lead = lead
    self.sections = sections
  }

  /// Every field that is not inside a group, in order.
  public var fields: [Field] { sections.flatMap(\.fields) }

  /// The form with only those of its fields that are wanted, and without the sections that then ask nothing.
  public func asking(only isWanted: (Field) -> Bool) -> Form {
    Form(
      id: id, number: number, version: version, title: title, lead: nil,
      sections: sections.compactMap { section in
        let fields = section.fields.filter(isWanted)
        return fields.isEmpty
          ? nil
          : Section(
            id: section.id, title: section.title, hint: section.hint, isFolded: section.isFolded,
            fields: fields)
      })
  }

  public struct Section: Hashable, Sendable {
    public let id: String
    public let title: Words?
    public let hint: Words?
    /// Rarely used parts are folded until opened.
    public let isFolded: Bool
    public let fields: [Field]

    public init(id: String, title: Words?, hint: Words?, isFolded: Bool, fields: [Field]) {
      self.id = id
      self.title = title
      self.hint = hint
      self.isFolded = isFolded
      self.fields = fields
    }
  }
}

/// A text in both languages of the program.
public struct Words: Hashable, Sendable, Codable {
  public let ko: String
  public let en: String

  public init(ko: String, en: String) {
    self.ko = ko
    self.en = en
  }

  public func callAsFunction(_ language: Language) -> String {
    switch language {
    case .korean: ko
    case .english: en
    }
  }
}

public enum Language: String, Hashable, Sendable, CaseIterable {
  case korean = "ko"
  case english = "en"
}

/// One question of a form.
public struct Field: Hashable, Sendable {
  public let id: String
  public let kind: Kind
  public let label: Words
  public let hint: Words?
  public let need: Need
  /// A name by which the program fills in what is likely: `today`, `now`, `me`, `usual-minutes`.
  public let preset: String?

  public init(id: String, kind: Kind, label: Words, hint: Words?, need: Need, preset: String? = nil) {
    self.id = id
    self.kind = kind
    self.label = label
    self.hint = hint
    self.need = need
    self.preset = preset
  }

  /// When an answer must be there.
  public enum Need: String, Hashable, Sendable, Codable {
    case optional
    /// Before the record is saved.
    case always
    /// Before it is approved or the step is finished; a draft may lack it.
    case finish
  }

  public indirect enum Kind: Hashable, Sendable {
    /// One line of text.
    case line
    /// Facts or judgement in paragraphs.
    case text
    /// Somebody's own words, shown in quotation marks.
    case quote
    /// One code of a list; `style` says how it is shown.
    case choice(CodeList.Name, style: ChoiceStyle)
    case choices(CodeList.Name, style: ChoiceStyle)
    /// A whole number on a printed scale, such as 0–4.
    case scale(ClosedRange<Int>)
    case number(ClosedRange<Int>)
    case minutes
    case won
    case day
    case time
    case flag
    /// A member of staff, by id.
    case staff
    /// A resource of the directory, by id.
    case resource
    /// One of the student's relatives, by id.
    case relative
    /// Somebody around the student who can help, by id.
    case informal
    /// A goal of the current plan, by its number; several.
    case goals
    /// Rows of the same fields.
    case group([Field], ClosedRange<Int>)
  }

  public enum ChoiceStyle: String, Hashable, Sendable, Codable {
    case tiles, quick, list
  }
}
