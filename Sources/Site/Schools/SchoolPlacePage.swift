import CaseWork
import Gateway
import Markup

/// Says where a school lies.
struct SchoolPlacePage: Sendable {
  let school: School
  let kept: SchoolPlace
  var sent: FormBody?
  var problems: [Problem] = []

  func typed() throws -> SchoolPlace {
    let (latitude, longitude) = (text("latitude"), text("longitude"))
    var problems: [Problem] = []
    for (name, text) in [("latitude", latitude), ("longitude", longitude)]
    where !text.isEmpty && Double(text) == nil {
      problems.append(Problem(name, "not-a-degree"))
    }
    if latitude.isEmpty != longitude.isEmpty {
      problems.append(Problem(latitude.isEmpty ? "latitude" : "longitude", "both-or-none"))
    }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    let area = text("area").isEmpty ? nil : text("area")
    guard let y = Double(latitude), let x = Double(longitude) else { return SchoolPlace(area: area) }
    guard let point = GeoPoint(latitude: y, longitude: x) else {
      throw Refusal.invalid([Problem("latitude", "not-a-degree")])
    }
    return SchoolPlace(area: area, point: point)
  }

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    return Page(say("place.title"), width: .narrow, problems: problems.count) {
      frame.crumbs([
        (say("schools.title"), .schools), (school.name, .school(school.id)), (say("place.title"), nil),
      ])
      frame.problemSummary(
        problems,
        ["area": say("place.area"), "latitude": say("place.latitude"), "longitude": say("place.longitude")])
      frame.pageHead(say("place.title"), lead: say("place.lead"), eyebrow: school.name)
      frame.form(.schoolPlace(school.id), .class("form"), .novalidate()) {
        frame.entry(
          Entry("area", say("place.area"), value("area")).with {
            $0.hint = say("place.area.hint")
            $0.isOptional = true
          }, problems)
        for name in ["latitude", "longitude"] {
          frame.entry(
            Entry(name, say("place.\(name)"), value(name)).with {
              $0.hint = say("place.point.hint")
              $0.isOptional = true
              $0.inputmode = "decimal"
              $0.width = "w8"
            }, problems)
        }
        div(.class("btn-row")) {
          button(.class("btn primary")) { say("place.act") }
          a(.class("btn"), .href(Route.school(school.id).address)) { say("entry.back") }
        }
      }
    }
  }

  private func value(_ name: String) -> String {
    if sent != nil { return text(name) }
    return switch name {
    case "area": kept.area ?? ""
    case "latitude": kept.point.map { String($0.latitude) } ?? ""
    default: kept.point.map { String($0.longitude) } ?? ""
    }
  }

  private func text(_ name: String) -> String { Text.cleaned(sent?[name] ?? "", keepingLines: false) }
}
