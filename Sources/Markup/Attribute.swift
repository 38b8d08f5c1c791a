/// One attribute of an element. There is none for inline style or script: what is not here cannot be written.
public struct Attribute: Sendable {
  enum Value: Sendable {
    case absent
    case present
    case text(String)
  }

  let prefix: StaticString
  let name: StaticString
  let value: Value

  init(_ name: StaticString, _ text: String?, prefix: StaticString = "") {
    self.prefix = prefix
    self.name = name
    value = text.map(Value.text) ?? .absent
  }

  init(_ name: StaticString, if isPresent: Bool) {
    prefix = ""
    self.name = name
    value = isPresent ? .present : .absent
  }
}

// Everywhere.
extension Attribute {
  /// An attribute that is not written.
  public static let none = Attribute("", nil)
  public static func `class`(_ names: String?) -> Attribute { Attribute("class", names) }
  public static func id(_ id: String?) -> Attribute { Attribute("id", id) }
  public static func lang(_ code: String?) -> Attribute { Attribute("lang", code) }
  public static func title(_ text: String?) -> Attribute { Attribute("title", text) }
  public static func role(_ role: String?) -> Attribute { Attribute("role", role) }
  /// Another window, so that this page stays as it is.
  public static func newWindow() -> Attribute { Attribute("target", "_blank") }
  public static func disabled(_ isDisabled: Bool = true) -> Attribute {
    Attribute("disabled", if: isDisabled)
  }
  public static func hidden(_ isHidden: Bool = true) -> Attribute { Attribute("hidden", if: isHidden) }
  public static func tabindex(_ index: Int?) -> Attribute {
    Attribute("tabindex", index.map { String($0) })
  }
  public static func autofocus(_ isOn: Bool = true) -> Attribute { Attribute("autofocus", if: isOn) }
  public static func data(_ name: StaticString, _ text: String?) -> Attribute {
    Attribute(name, text, prefix: "data-")
  }
  public static func aria(_ name: StaticString, _ text: String?) -> Attribute {
    Attribute(name, text, prefix: "aria-")
  }
  /// `aria-current`, where this is the place.
  public static func current(_ kind: String = "page", if isHere: Bool) -> Attribute {
    Attribute("current", isHere ? kind : nil, prefix: "aria-")
  }
}

// Links and pieces of the head.
extension Attribute {
  public static func href(_ address: Address) -> Attribute { Attribute("href", address.description) }
  public static func src(_ address: Address) -> Attribute { Attribute("src", address.description) }
  public static func rel(_ text: String) -> Attribute { Attribute("rel", text) }
  public static func media(_ text: String?) -> Attribute { Attribute("media", text) }
  public static func charset(_ text: String) -> Attribute { Attribute("charset", text) }
  public static func content(_ text: String) -> Attribute { Attribute("content", text) }
  public static func refresh(seconds: Int) -> [Attribute] {
    [Attribute("http-equiv", "refresh"), Attribute("content", String(seconds))]
  }
  public static func hreflang(_ code: String) -> Attribute { Attribute("hreflang", code) }
  public static func download(_ name: String) -> Attribute { Attribute("download", name) }
  public static func keyShortcuts(_ keys: String) -> Attribute {
    Attribute("keyshortcuts", keys, prefix: "aria-")
  }
}

// Forms.
extension Attribute {
  public static func action(_ address: Address) -> Attribute { Attribute("action", address.description) }
  public static func formaction(_ address: Address?) -> Attribute {
    Attribute("formaction", address?.description)
  }
  /// `post`; `get` is what a form does without.
  public static let post = Attribute("method", "post")
  public static let multipart = Attribute("enctype", "multipart/form-data")
  public static func name(_ text: String?) -> Attribute { Attribute("name", text) }
  public static func value(_ text: String?) -> Attribute { Attribute("value", text) }
  public static func type(_ text: String) -> Attribute { Attribute("type", text) }
  public static func `for`(_ id: String) -> Attribute { Attribute("for", id) }
  public static func form(_ id: String?) -> Attribute { Attribute("form", id) }
  public static func checked(_ isChecked: Bool) -> Attribute { Attribute("checked", if: isChecked) }
  public static func selected(_ isSelected: Bool) -> Attribute { Attribute("selected", if: isSelected) }
  public static func required(_ isRequired: Bool = true) -> Attribute {
    Attribute("required", if: isRequired)
  }
  public static func novalidate(_ isOn: Bool = true) -> Attribute { Attribute("novalidate", if: isOn) }
  public static func formnovalidate(_ isOn: Bool = true) -> Attribute {
    Attribute("formnovalidate", if: isOn)
  }
  public static func readonly(_ isOn: Bool = true) -> Attribute { Attribute("readonly", if: isOn) }
  public static func multiple(_ isOn: Bool = true) -> Attribute { Attribute("multiple", if: isOn) }
  public static func accept(_ text: String) -> Attribute { Attribute("accept", text) }
  public static func autocomplete(_ text: String?) -> Attribute { Attribute("autocomplete", text) }
  public static func autocapitalize(_ text: String?) -> Attribute { Attribute("autocapitalize", text) }
  public static func spellcheck(_ isOn: Bool) -> Attribute {
    Attribute("spellcheck", isOn ? "true" : "false")
  }
  public static func inputmode(_ text: String?) -> Attribute { Attribute("inputmode", text) }
  public static func maxlength(_ length: Int?) -> Attribute {
    Attribute("maxlength", length.map { String($0) })
  }
  public static func rows(_ count: Int?) -> Attribute { Attribute("rows", count.map { String($0) }) }
  public static func list(_ id: String?) -> Attribute { Attribute("list", id) }
  public static func max(_ number: Int) -> Attribute { Attribute("max", String(number)) }
}

// Tables and disclosure.
extension Attribute {
  public static func scope(_ text: String) -> Attribute { Attribute("scope", text) }
  public static func colspan(_ count: Int) -> Attribute { Attribute("colspan", String(count)) }
  public static func rowspan(_ count: Int) -> Attribute { Attribute("rowspan", String(count)) }
  public static func open(_ isOpen: Bool) -> Attribute { Attribute("open", if: isOpen) }
  public static func datetime(_ text: String) -> Attribute { Attribute("datetime", text) }
}

// SVG.
extension Attribute {
  public static func viewBox(_ text: String) -> Attribute { Attribute("viewBox", text) }
  public static func preserveAspectRatio(_ text: String) -> Attribute {
    Attribute("preserveAspectRatio", text)
  }
  /// A number of the drawing: `x`, `y`, `cx`, `r`, `width`, …
  public static func at(_ name: StaticString, _ number: Double) -> Attribute {
    Attribute(name, number == number.rounded() ? String(Int(number)) : String(number))
  }
  public static func at(_ name: StaticString, _ number: Int) -> Attribute { Attribute(name, String(number)) }
  public static func width(_ number: Int) -> Attribute { Attribute("width", String(number)) }
  public static func height(_ number: Int) -> Attribute { Attribute("height", String(number)) }
  public static func points(_ text: String) -> Attribute { Attribute("points", text) }
  /// The data of a path.
  public static func path(_ text: String) -> Attribute { Attribute("d", text) }
  public static func transform(_ text: String) -> Attribute { Attribute("transform", text) }
}
