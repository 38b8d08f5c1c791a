/// The elements of HTML, one function each, so that a page reads as what it becomes.
extension HTML {
  fileprivate static func made(_ name: StaticString, _ attributes: [Attribute], _ content: () -> HTML) -> HTML
  {
    .element(name, attributes, content: content)
  }
}

public func html(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("html", attributes, content)
}

public func head(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("head", attributes, content)
}

public func title(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("title", attributes, content)
}

public func body(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("body", attributes, content)
}

public func header(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("header", attributes, content)
}

public func nav(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("nav", attributes, content)
}

public func main(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("main", attributes, content)
}

public func footer(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("footer", attributes, content)
}

public func aside(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("aside", attributes, content)
}

public func section(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("section", attributes, content)
}

public func article(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("article", attributes, content)
}

public func div(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("div", attributes, content)
}

public func p(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("p", attributes, content)
}

public func span(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("span", attributes, content)
}

public func strong(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("strong", attributes, content)
}

public func b(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("b", attributes, content)
}

public func em(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("em", attributes, content)
}

public func small(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("small", attributes, content)
}

public func sup(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("sup", attributes, content)
}

public func sub(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("sub", attributes, content)
}

public func mark(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("mark", attributes, content)
}

public func ins(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("ins", attributes, content)
}

public func del(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("del", attributes, content)
}

public func q(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("q", attributes, content)
}

public func blockquote(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("blockquote", attributes, content)
}

public func cite(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("cite", attributes, content)
}

public func time(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("time", attributes, content)
}

public func abbr(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("abbr", attributes, content)
}

public func kbd(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("kbd", attributes, content)
}

public func code(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("code", attributes, content)
}

public func pre(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("pre", attributes, content)
}

public func ul(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("ul", attributes, content)
}

public func ol(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("ol", attributes, content)
}

public func li(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("li", attributes, content)
}

public func dl(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("dl", attributes, content)
}

public func dt(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("dt", attributes, content)
}

public func dd(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("dd", attributes, content)
}

public func h1(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("h1", attributes, content)
}

public func h2(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("h2", attributes, content)
}

public func h3(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("h3", attributes, content)
}

public func h4(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("h4", attributes, content)
}

public func a(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("a", attributes, content)
}

public func button(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("button", attributes, content)
}

public func form(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("form", attributes, content)
}

public func fieldset(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("fieldset", attributes, content)
}

public func legend(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("legend", attributes, content)
}

public func label(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("label", attributes, content)
}

public func select(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("select", attributes, content)
}

public func option(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("option", attributes, content)
}

public func optgroup(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("optgroup", attributes, content)
}

public func textarea(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("textarea", attributes, content)
}

public func output(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("output", attributes, content)
}

public func progress(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("progress", attributes, content)
}

public func datalist(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("datalist", attributes, content)
}

public func table(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("table", attributes, content)
}

public func caption(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("caption", attributes, content)
}

public func thead(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("thead", attributes, content)
}

public func tbody(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("tbody", attributes, content)
}

public func tfoot(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("tfoot", attributes, content)
}

public func tr(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("tr", attributes, content)
}

public func th(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("th", attributes, content)
}

public func td(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("td", attributes, content)
}

public func details(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("details", attributes, content)
}

public func summary(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("summary", attributes, content)
}

public func figure(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("figure", attributes, content)
}

public func figcaption(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("figcaption", attributes, content)
}

public func script(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("script", attributes, content)
}

public func noscript(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("noscript", attributes, content)
}

public func svg(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { .nothing }) -> HTML {
  .made("svg", attributes, content)
}

public func meta(_ attributes: Attribute...) -> HTML {
  .void("meta", attributes)
}

public func link(_ attributes: Attribute...) -> HTML {
  .void("link", attributes)
}

public func br(_ attributes: Attribute...) -> HTML {
  .void("br", attributes)
}

public func hr(_ attributes: Attribute...) -> HTML {
  .void("hr", attributes)
}

public func input(_ attributes: Attribute...) -> HTML {
  .void("input", attributes)
}

public func img(_ attributes: Attribute...) -> HTML {
  .void("img", attributes)
}

public func col(_ attributes: Attribute...) -> HTML {
  .void("col", attributes)
}

public func wbr(_ attributes: Attribute...) -> HTML {
  .void("wbr", attributes)
}
