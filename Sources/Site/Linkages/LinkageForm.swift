import CaseWork
import Gateway
import Hummingbird
import Markup
import Operations
import Practice
import Repositories

extension Site {
  func addLinkageForm(to router: Router<PageContext>) {
    router.get(.newLinkage) { request, context in
      let query = request.uri.queryParameters
      let recipient = query.get("resource").flatMap { ID<Resource>($0) }
      var page = try await linkageForm(context, to: recipient)
      page.wish.recipient = recipient
      page.wish.needs = query.getAll("need").map { String($0) }
      if page.wish.needs.isEmpty { page.wish.needs = Array(Set(page.start.needs)).sorted() }
      if let recipient = page.wish.recipient, let items = page.start.items[recipient] {
        page.wish.items = items.sorted()
      }
      page.wish.texts["plan"] = page.start.goals.joined(separator: "\n")
      let frame = frame(request, context)
      return frame.response(page.page(frame))
    }
    router.post(.newLinkage) { _, context in
      let id = try context.id(of: CaseFile.self)
      let wish = LinkageInput(context.form)
      var page = try await linkageForm(context, to: wish.recipient)
      page.wish = wish
      do {
        let linkage = try await DraftLinkage(office)(page.wish, in: id, by: try context.asker)
        return .to(.sendLinkage(linkage.id, in: id))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
        let frame = frame(context)
        return frame.response(page.page(frame), status: .unprocessableContent)
      }
    }
    router.get(.editLinkage) { request, context in
      let frame = frame(request, context)
      return frame.response(try await changing(context).page(frame))
    }
    router.post(.editLinkage) { _, context in
      let id = try context.id(of: CaseFile.self)
      var page = try await changing(context)
      page.wish = LinkageInput(context.form)
      do {
        let linkage = try await DraftLinkage(office)(
          page.wish, changing: try context.id(of: Linkage.self, "linkage"),
          from: context.form.version("_version"),
          in: id, by: try context.asker)
        return .to(.sendLinkage(linkage.id, in: id))
      } catch Refusal.invalid(let problems) {
        page.problems = problems
      } catch Refusal.conflict(.changedByAnother) {
        page.isBehind = true
      }
      let frame = frame(context)
      return frame.response(page.page(frame), status: .unprocessableContent)
    }
  }

  private func linkageForm(
    _ context: PageContext, to recipient: ID<Resource>?
  ) async throws -> LinkageFormPage {
    let asker = try context.asker
    let start = try await BeginLinkage(office)(try context.id(of: CaseFile.self), for: asker)
    let resources = try await ReadResource(office).names(by: asker, with: recipient)
    return LinkageFormPage(start: start, resources: resources)
  }

  private func changing(_ context: PageContext) async throws -> LinkageFormPage {
    let old = try await ReadLinkages(office)(
      try context.id(of: Linkage.self, "linkage"), in: try context.id(of: CaseFile.self),
      for: try context.asker)
    guard old.linkage.state == .draft else { throw Refusal.conflict(.alreadyAnswered) }
    let chosen = context.form["recipient"].flatMap { ID<Resource>($0) } ?? old.linkage.recipient
    var page = try await linkageForm(context, to: chosen)
    page.linkage = old.linkage
    page.wish = LinkageInput(
      recipient: old.linkage.recipient, kind: old.linkage.kind, isJoint: old.linkage.isJoint,
      needs: old.linkage.needs, items: old.linkage.items, texts: old.contents.texts,
      message: old.contents.message)
    return page
  }
}

extension LinkageInput {
  init(_ form: FormBody) {
    var texts: [String: String] = [:]
    for (name, values) in form.values where name.hasPrefix("texts.") {
      texts[String(name.dropFirst(6))] = values.first
    }
    self.init(
      recipient: form["recipient"].flatMap { ID<Resource>($0) },
      kind: form["kind"].flatMap(Linkage.Kind.init(rawValue:)) ?? .agency, isJoint: form["joint"] != nil,
      needs: form[all: "needs"], items: form[all: "items"], texts: texts, message: form["message"] ?? "")
  }
}

/// What is asked of which agency, and what may be told.
struct LinkageFormPage: Sendable {
  let start: LinkageStart
  let resources: [ResourceName]
  var linkage: Linkage?
  var wish = LinkageInput()
  var problems: [Problem] = []
  /// Somebody else changed it meanwhile; what was typed here stands.
  var isBehind = false

  func page(_ frame: Frame) -> Page {
    let say = frame.say
    let (file, name) = (start.file, start.student.name)
    let title = say("linkage.form.title", ["name": name])
    let action = linkage.map { Route.editLinkage($0.id, in: file.id) } ?? Route.newLinkage(in: file.id)
    return Page(title, place: .cases, width: .narrow, problems: problems.count) {
      frame.crumbs([
        (name, .caseFile(file.id)), (say("linkage.title"), .linkages(of: file.id)), (say("linkage.new"), nil),
      ])
      frame.problemSummary(problems, labels(say))
      if isBehind { BehindNote().html(frame) }
      frame.pageHead(title, lead: say("linkage.form.lead"))
      frame.form(action, .class("form mt5"), .novalidate(), .data("guard", "")) {
        if let linkage { input(.type("hidden"), .name("_version"), .value(String(linkage.version))) }
        frame.picker(
          "recipient", say("linkage.form.recipient"),
          resources.map { (value: $0.id.description, words: $0.name) },
          chosen: wish.recipient?.description, empty: say("form.choose"),
          hint: say("linkage.form.recipient.hint"), problems)
        kinds(say)
        frame.ticks("needs", say("linkage.form.needs"), problems) {
          for code in say.lists[.needArea]?.codes ?? [] {
            frame.tick("needs", code.value, say(code.words), isOn: wish.needs.contains(code.value))
          }
        }
        frame.longEntry(
          Entry("message", say("linkage.form.message"), wish.message).with {
            $0.hint = say("linkage.form.message.hint")
          }, problems)
        frame.ticks("items", say("linkage.form.items"), hint: say("linkage.form.items.hint"), problems) {
          for code in say.lists[.shareItem]?.codes ?? [] {
            frame.tick(
              "items", code.value, say(code.words),
              more: start.known.contains(code.value) ? say("linkage.form.known") : nil,
              isOn: wish.items.contains(code.value))
          }
        }
        texts(typed(say).filter { wish.items.contains($0.value) }, frame)
        if !rest(say).isEmpty {
          details(.class("fold")) {
            summary { say("linkage.form.others") }
            div(.class("form tight")) { texts(rest(say), frame) }
          }
        }
        div {
          button(.class("btn primary"), .data("busy", say("form.busy"))) { say("linkage.form.save") }
        }
      }
    }
  }

  /// What somebody has to write, one field an item.
  private func texts(_ codes: [CodeList.Code], _ frame: Frame) -> HTML {
    HTML.several(
      codes.map { code in
        frame.longEntry(
          Entry(
            "texts.\(code.value)", frame.say("linkage.form.text", ["item": frame.say(code.words)]),
            wish.texts[code.value] ?? ""
          ).with { $0.isOptional = !wish.items.contains(code.value) }, problems)
      })
  }

  /// The items that are not ticked: folded away, for whoever ticks them here without a script.
  private func rest(_ say: Speech) -> [CodeList.Code] {
    typed(say).filter { !wish.items.contains($0.value) }
  }

  private func kinds(_ say: Speech) -> HTML {
    fieldset {
      legend { say("linkage.form.kind") }
      div(.class("choices wide")) {
        for kind in Linkage.Kind.allCases {
          label(.class("choice")) {
            input(
              .type("radio"), .name("kind"), .value(kind.rawValue), .checked(wish.kind == kind))
            span { say("linkage.form.kind.\(kind.rawValue)") }
          }
        }
        label(.class("choice")) {
          input(.type("checkbox"), .name("joint"), .value("yes"), .checked(wish.isJoint))
          span {
            say("linkage.form.joint")
            small { say("linkage.form.joint.hint") }
          }
        }
      }
    }
  }

  /// The items that somebody has to write, those that are ticked first.
  private func typed(_ say: Speech) -> [CodeList.Code] {
    (say.lists[.shareItem]?.codes ?? []).filter { !start.known.contains($0.value) }
  }

  private func labels(_ say: Speech) -> [String: String] {
    var labels = ["recipient", "items", "needs", "message"].reduce(into: [String: String]()) {
      $0[$1] = say("linkage.field.\($1)")
    }
    for code in typed(say) { labels["texts.\(code.value)"] = say(code.words) }
    return labels
  }
}
