import Testing

@testable import Markup

@Suite struct `Text never becomes markup` {
  /// Pieces that have broken other renderers, joined in every order up to three.
  static let pieces = [
    "<", ">", "&", "\"", "'", "</p>", "<script>", "javascript:", "&amp;", "가", "\u{0}", "\u{202E}", " ",
  ]

  static var texts: [String] {
    pieces + pieces.flatMap { a in pieces.map { a + $0 } }
      + pieces.flatMap { a in pieces.flatMap { b in pieces.map { a + b + $0 } } }
  }

  @Test func `an element with any text has exactly its own two tags`() {
    for text in Self.texts {
      let html = p { text }.description
      #expect(html.filter { $0 == "<" }.count == 2)
      #expect(html.filter { $0 == ">" }.count == 2)
      #expect(unescaped(String(html.dropFirst(3).dropLast(4))) == text.replacing("\u{0}", with: "\u{FFFD}"))
    }
  }

  @Test func `an attribute with any text ends where it ends`() {
    for text in Self.texts {
      let html = input(.value(text)).description
      #expect(html.filter { $0 == "\"" }.count == 2)
      #expect(html.hasPrefix("<input value=\"") && html.hasSuffix("\">"))
      #expect(!html.dropFirst().dropLast().contains { $0 == "<" || $0 == ">" })
    }
  }

  @Test func `an address cannot leave the site`() {
    for text in [
      "//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example", "/a b", "/\"x", "",
    ] {
      #expect(Address(returning: text) == nil)
    }
    #expect(Address(returning: "/cases?q=%EA%B0%80")?.description == "/cases?q=%EA%B0%80")
    #expect(
      Address(pattern: "/cases/{id}/{part}", values: ["../가", "a/b"]).description
        == "/cases/..%2F%EA%B0%80/a%2Fb")
    #expect(Address.telephone("javascript:109").description == "tel:109")
  }

  private func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}

@Suite struct `Markup is written as it reads` {
  @Test func `elements, conditions, loops and void elements come out in order`() {
    let late = true
    let html = ul(.class("ledger"), .hidden(false)) {
      for name in ["이도윤", "한다온"] {
        li(.class(late ? "late" : nil)) {
          b { name }
          br()
          if late { "지남" } else { "남음" }
        }
      }
    }
    #expect(
      html.description
        == "<ul class=\"ledger\"><li class=\"late\"><b>이도윤</b><br>지남</li><li class=\"late\"><b>한다온</b><br>지남</li></ul>"
    )
  }

  @Test func `flags stand without a value and absent attributes are not written`() {
    #expect(
      input(.type("radio"), .checked(true), .required(false), .value(nil), .none).description
        == "<input type=\"radio\" checked>")
    #expect(
      a(.href(.place("main")), .current(if: true)) { "본문" }.description
        == "<a href=\"#main\" aria-current=\"page\">본문</a>")
  }

  @Test func `the same page gives the same bytes`() {
    func page() -> HTML { html(.lang("ko")) { head { title { "곁 & 옆" } } } }
    #expect(page().document() == page().document())
    #expect(
      String(decoding: page().document(), as: UTF8.self)
        == "<!doctype html>\n<html lang=\"ko\"><head><title>곁 &amp; 옆</title></head></html>")
  }

  @Test func `what is read of a piece is its text as it was given`() {
    for text in ["a < b > c", "&lt;", "&amp;lt;", "\"'&", "가 <b>", ""] {
      let piece = p(.title(text)) {
        strong { text }
        br()
        text
      }
      #expect(piece.text == text + text)
    }
  }

  @Test func `what has no content is known to be nothing`() {
    #expect(HTML.several([.nothing, .text("")]).isNothing)
    #expect(!p {}.isNothing)
  }
}
