import CaseWork
import Foundation
import Markup

/// The people and agencies around a student as a picture (생태도): the student in the middle, a line for each tie.
///
/// The kind of line says the relation, arrows say which way strength flows. The same stands in a table below it.
struct Ecomap: Sendable {
  let surroundings: Surroundings
  /// The given name of the student.
  let middle: String
  let label: String
  let say: Speech

  private static let (width, height) = (320.0, 300.0)
  private static let (selfRadius, nodeRadius) = (32.0, 30.0)

  /// One circle of the picture.
  struct Node: Hashable, Sendable {
    let name: String
    /// RL1 … RL8; `nil` for a resource, whose relation nobody rated.
    let relation: String?
    let flow: String?
    let isResource: Bool
  }

  /// Those tied to the student, and the resources in use that are not among them.
  var nodes: [Node] {
    let ties = surroundings.ties.map {
      Node(name: $0.name, relation: $0.relation, flow: $0.flow, isResource: false)
    }
    let known = Set(ties.map(\.name))
    let used = surroundings.resources.filter { $0.use == "in-use" && !known.contains($0.name) }
    return Array(
      (ties + used.map { Node(name: $0.name, relation: nil, flow: nil, isResource: true) }).prefix(12))
  }

  var picture: HTML {
    let nodes = nodes
    return HTML.element(
      "svg",
      [
        .class("picture"), .viewBox("0 0 \(Int(Ecomap.width)) \(Int(Ecomap.height))"), .role("img"),
        .aria("label", label),
      ]
    ) {
      for (index, node) in nodes.enumerated() { tie(node, to: place(index, of: nodes.count)) }
      circle("p-self", at: centre, Ecomap.selfRadius)
      words([middle], at: centre, "on-self")
      for (index, node) in nodes.enumerated() {
        circle(
          node.isResource ? "p-node p-in" : "p-node", at: place(index, of: nodes.count), Ecomap.nodeRadius)
        words(Ecomap.lines(of: node.name), at: place(index, of: nodes.count), nil)
      }
    }
  }

  /// One kind of line by itself, for whoever looks up what it means.
  func sample(of relation: String?) -> HTML {
    HTML.element(
      "svg", [.class("picture sample"), .viewBox("0 0 48 16"), .aria("hidden", "true")]
    ) { stroke(relation, Point(x: 2, y: 8), Point(x: 46, y: 8), 1, 0) }
  }

  private struct Point {
    let x: Double
    let y: Double
  }

  private var centre: Point { Point(x: Ecomap.width / 2, y: Ecomap.height / 2) }

  /// Around the student on an oval, from the top, clockwise.
  private func place(_ index: Int, of count: Int) -> Point {
    let angle = 2 * Double.pi * Double(index) / Double(max(1, count)) - Double.pi / 2
    return Point(
      x: tenth(centre.x + (Ecomap.width / 2 - Ecomap.nodeRadius - 2) * cos(angle)),
      y: tenth(centre.y + (Ecomap.height / 2 - Ecomap.nodeRadius - 2) * sin(angle)))
  }

  private func tie(_ node: Node, to end: Point) -> HTML {
    let (dx, dy) = (end.x - centre.x, end.y - centre.y)
    let length = (dx * dx + dy * dy).squareRoot()
    let (ux, uy) = (dx / length, dy / length)
    let from = Point(x: centre.x + ux * Ecomap.selfRadius, y: centre.y + uy * Ecomap.selfRadius)
    let to = Point(x: end.x - ux * Ecomap.nodeRadius, y: end.y - uy * Ecomap.nodeRadius)
    return HTML.several([stroke(node.relation, from, to, ux, uy), arrows(node.flow, from, to, ux, uy)])
  }

  private func stroke(_ relation: String?, _ from: Point, _ to: Point, _ ux: Double, _ uy: Double) -> HTML {
    switch relation {
    case "RL1": return line("p-strong", from, to)
    case "RL3": return line("p-weak", from, to)
    case "RL4": return zigzag("p-clash", from, to, ux, uy)
    case "RL7": return zigzag("p-harm", from, to, ux, uy)
    case "RL5": return HTML.several([line("p-plain", from, to)] + bars(from, to, ux, uy))
    case "RL6":
      return HTML.several(
        [-3.0, 0, 3].map { offset in
          line("p-plain", moved(from, offset, ux, uy), moved(to, offset, ux, uy))
        })
    case "RL8": return line("p-dots", from, to)
    default: return line("p-plain", from, to)
    }
  }

  private func moved(_ point: Point, _ offset: Double, _ ux: Double, _ uy: Double) -> Point {
    Point(x: point.x - uy * offset, y: point.y + ux * offset)
  }

  /// Two short strokes across the middle: the tie is cut.
  private func bars(_ from: Point, _ to: Point, _ ux: Double, _ uy: Double) -> [HTML] {
    [-3.0, 3].map { along in
      let middle = Point(x: (from.x + to.x) / 2 + ux * along, y: (from.y + to.y) / 2 + uy * along)
      return line("p-cut", moved(middle, 8, ux, uy), moved(middle, -8, ux, uy))
    }
  }

  private func zigzag(_ className: String, _ from: Point, _ to: Point, _ ux: Double, _ uy: Double) -> HTML {
    let length = ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
    let teeth = max(4, Int(length / 7))
    let points = (0...teeth).map { index -> String in
      let along = Double(index) / Double(teeth)
      let point = Point(x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along)
      let isEnd = index == 0 || index == teeth
      let bent = moved(point, isEnd ? 0 : index.isMultiple(of: 2) ? 5 : -5, ux, uy)
      return "\(tenth(bent.x)),\(tenth(bent.y))"
    }
    return HTML.element("polyline", [.class(className), .points(points.joined(separator: " "))]) {
      HTML.nothing
    }
  }

  /// EF1 flows to the student, EF2 from the student, EF3 both ways.
  private func arrows(_ flow: String?, _ from: Point, _ to: Point, _ ux: Double, _ uy: Double) -> HTML {
    let toStudent = arrow(at: from, -ux, -uy)
    let fromStudent = arrow(at: to, ux, uy)
    switch flow {
    case "EF1": return toStudent
    case "EF2": return fromStudent
    case "EF3": return HTML.several([toStudent, fromStudent])
    default: return .nothing
    }
  }

  private func arrow(at tip: Point, _ ux: Double, _ uy: Double) -> HTML {
    let back = Point(x: tip.x - ux * 9, y: tip.y - uy * 9)
    let corners = [tip, moved(back, 4.5, ux, uy), moved(back, -4.5, ux, uy)]
    let points = corners.map { "\(tenth($0.x)),\(tenth($0.y))" }.joined(separator: " ")
    return HTML.element("polygon", [.class("p-arrow"), .points(points)]) { HTML.nothing }
  }

  private func line(_ className: String, _ from: Point, _ to: Point) -> HTML {
    HTML.element(
      "line",
      [
        .class(className), .at("x1", tenth(from.x)), .at("y1", tenth(from.y)), .at("x2", tenth(to.x)),
        .at("y2", tenth(to.y)),
      ]
    ) { HTML.nothing }
  }

  private func circle(_ className: String, at point: Point, _ radius: Double) -> HTML {
    HTML.element(
      "circle", [.class(className), .at("cx", point.x), .at("cy", point.y), .at("r", radius)]
    ) { HTML.nothing }
  }

  private func words(_ lines: [String], at point: Point, _ className: String?) -> HTML {
    let first = point.y + 4.5 - Double(lines.count - 1) * 7.5
    return HTML.several(
      lines.enumerated().map { index, text in
        HTML.element(
          "text", [.class(className), .at("x", point.x), .at("y", tenth(first + Double(index) * 15))]
        ) { text }
      })
  }

  private func tenth(_ number: Double) -> Double { (number * 10).rounded() / 10 }

  /// A name broken to fit its circle: by its spaces, or every four letters; what is left over is in the table.
  static func lines(of name: String) -> [String] {
    let bare = name.split(separator: "(").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? name
    var lines: [String] = []
    for word in bare.split(separator: " ") {
      // `Wee클래스`: another script is another line.
      let turn = word.indices.first {
        $0 > word.startIndex && word[$0].isASCII != word[word.startIndex].isASCII
      }
      for part in [word[..<(turn ?? word.endIndex)], word[(turn ?? word.endIndex)...]] {
        var rest = part
        while let first = rest.first {
          // Latin letters are half as wide.
          let most = first.isASCII ? 7 : 4
          lines.append(String(rest.prefix(most)))
          rest = rest.dropFirst(most)
        }
      }
    }
    return lines.count <= 3 ? lines : Array(lines.prefix(2)) + [(lines[2].prefix(3) + "…")]
  }
}
