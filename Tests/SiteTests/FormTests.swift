import CaseWork
import Foundation
import Gateway
import Markup
import Practice
import Testing

@testable import Site

@Suite struct `A form on a page` {
  private func words(_ text: String) -> Words { Words(ko: text, en: text) }

  private var form: Form {
    Form(
      id: "trial", number: "F00", version: 1, title: words("시험"), lead: nil,
      sections: [
        .init(
          id: "a", title: nil, hint: nil, isFolded: false,
          fields: [
            Field(id: "day", kind: .day, label: words("언제"), hint: words("날짜"), need: .always),
            Field(id: "facts", kind: .text, label: words("있었던 일"), hint: nil, need: .always),
            Field(id: "said", kind: .quote, label: words("한 말"), hint: nil, need: .optional),
            Field(id: "risk", kind: .scale(0...4), label: words("위험"), hint: nil, need: .optional),
            Field(id: "with", kind: .staff, label: words("누구와"), hint: nil, need: .optional),
            Field(
              id: "strengths",
              kind: .group(
                [Field(id: "what", kind: .line, label: words("무엇"), hint: nil, need: .always)], 2...9),
              label: words("강점"), hint: nil, need: .finish),
          ]),
        .init(
          id: "b", title: words("드문 것"), hint: nil, isFolded: true,
          fields: [Field(id: "note", kind: .line, label: words("덧붙임"), hint: nil, need: .optional)]),
      ])
  }

  private func html(
    _ answers: [String: [String]] = [:], _ problems: [Problem] = [], addedTo: String? = nil
  ) throws -> String {
    let frame = try frame()
    var page = FormPage(form: form, action: .refer, answers: Answers(answers), problems: problems, version: 3)
    page.addedTo = addedTo
    page.options.staff = [.init("7", "한나래", hint: "상담")]
    page.saves = [.init("draft", "초안으로 두기"), .init("finish", "마치기")]
    return frame.written(page.page(frame))
  }

  @Test func `keeps what was typed, as text`() throws {
    let html = try html([
      "day": ["2026-10-20"], "facts": ["<b>\"지각\"</b> & 결석"], "risk": ["3"], "with": ["7"],
    ])
    #expect(html.contains("value=\"2026. 10. 20.\""))
    #expect(html.contains("&lt;b&gt;&quot;지각&quot;&lt;/b&gt; &amp; 결석</textarea>"))
    #expect(html.contains("name=\"risk\" value=\"3\" checked"))
    #expect(html.contains("<option value=\"7\" selected>한나래 (상담)</option>"))
    #expect(html.contains("name=\"_version\" value=\"3\""))
  }

  @Test func `what could not be read stays as it was typed`() throws {
    let html = try html(["day": ["어제"]], [Problem("day", "not-a-day")])
    #expect(html.contains("value=\"어제\""))
    #expect(html.contains("aria-invalid=\"true\""))
  }

  @Test func `names each error at the top, at its field and in the title`() throws {
    let html = try html([:], [Problem("facts", "required"), Problem("strengths.1.what", "required")])
    #expect(html.contains("<title>오류 2개: "))
    #expect(html.contains("<a href=\"#facts\">있었던 일: 적어 주세요</a>"))
    #expect(html.contains("<a href=\"#strengths.1.what\">강점 2, 무엇: 적어 주세요</a>"))
    #expect(html.contains("id=\"facts-e\"") && html.contains("aria-describedby=\"facts-e\""))
  }

  @Test func `marks only what may be left out`() throws {
    let html = try html()
    #expect(html.contains("한 말<span class=\"optional\">"))
    #expect(!html.contains("있었던 일<span class=\"optional\">"))
    #expect(html.contains("aria-describedby=\"day-h\""))
  }

  @Test func `opens a folded part when something is in it`() throws {
    #expect(try html().contains("<details class=\"fold\" id=\"s-b\"><summary>"))
    #expect(try html(["note": ["x"]]).contains("<details class=\"fold\" id=\"s-b\" open>"))
    #expect(try html([:], [Problem("note", "too-long", "200")]).contains("id=\"s-b\" open>"))
  }

  @Test func `rows are added and taken away without script`() throws {
    #expect(try html().contains("name=\"_add\" value=\"strengths\""))
    let added = try html(["strengths.0.what": ["글"], "strengths.1.what": ["힘"]], addedTo: "strengths")
    #expect(added.contains("name=\"strengths.2.what\""))
    #expect(added.contains("<h2 class=\"row-title\" id=\"strengths.2-t\" tabindex=\"-1\" autofocus>"))
    let body = FormBody(values: [
      "strengths.0.what": ["글"], "strengths.1.what": [""], "strengths.2.what": ["힘"],
      "_remove": ["strengths.1"],
      "_version": ["4"],
    ])
    let intent = FormIntent(body, form: form)
    #expect(intent.wish == .remove(group: "strengths", row: 1))
    #expect(intent.answers.rows("strengths").compactMap { $0["what"] } == ["글", "힘"])
    #expect(intent.version == 4)
  }

  @Test func `in a long directory a resource is looked for without script, and nothing is saved by it`()
    throws
  {
    let field = Field(id: "resource", kind: .resource, label: words("기관"), hint: nil, need: .optional)
    let form = Form(
      id: "trial", number: "F00", version: 1, title: words("시험"), lead: nil,
      sections: [.init(id: "a", title: nil, hint: nil, isFolded: false, fields: [field])])
    var page = FormPage(form: form, action: .refer, answers: Answers(["resource": ["7"]]))
    page.options.resources = [.init("7", "가람 도서관", hint: "도서관")]
    let frame = try frame()
    #expect(!frame.written(page.page(frame)).contains("name=\"_find\""))
    page.options.hasMoreResources = true
    page.options.found = (place: "resource", text: "가람")
    let html = frame.written(page.page(frame))
    #expect(html.contains("name=\"_find\" value=\"resource\""))
    #expect(html.contains("name=\"_find.resource\" value=\"가람\""))
    #expect(html.contains("<option value=\"7\" selected>가람 도서관 (도서관)</option>"))
    let body = FormBody(values: ["resource": ["7"], "_find": ["resource"], "_find.resource": ["한빛"]])
    let intent = FormIntent(body, form: form)
    #expect(intent.wish == .find(place: "resource", text: "한빛"))
    #expect(intent.answers["resource"] == "7")
  }

  @Test func `the button that Enter presses saves`() throws {
    let html = try html()
    let first = try #require(
      html.firstMatch(of: /<form method="post"[^>]*id="record-form".*?<button[^>]*>/.dotMatchesNewlines()))
    #expect(first.0.hasSuffix("name=\"_save\" value=\"finish\">"))
  }

  @Test func `a sent form is read as it is kept`() {
    let body = FormBody(values: [
      "day": ["2026. 10. 20."], "facts": [" 말함 "], "_save": ["draft"], "_token": ["x"],
    ])
    let intent = FormIntent(body, form: form)
    #expect(intent.wish == .draft)
    #expect(intent.answers["day"] == "2026-10-20" && intent.answers["facts"] == "말함")
    #expect(intent.answers.paths == ["day", "facts"])
  }

  @Test func `a record is read with quotation marks and names`() throws {
    var view = RecordView(
      frame: try frame(), form: form,
      answers: Answers([
        "day": ["2026-10-20"], "said": ["학교 가기 싫어요"], "with": ["8"], "strengths.0.what": ["글쓰기"],
        "facts": ["첫 줄\n둘째 줄"],
      ]))
    view.options.staff = [.init("7", "한나래")]
    let html = view.html.description
    #expect(html.contains("<q>학교 가기 싫어요</q>"))
    #expect(html.contains("<dd>10. 20. 화</dd>"))
    #expect(html.contains("<p>첫 줄</p><p>둘째 줄</p>"))
    #expect(html.contains("글쓰기") && !html.contains(">8<") && !html.contains("덧붙임"))
  }

  @Test func `a clash shows both, marks what differs and keeps the rest`() throws {
    let base = Answers(["day": ["2026-10-20"], "facts": ["점심은 함께"], "note": ["하나"]])
    let mine = Answers(["day": ["2026-10-20"], "facts": ["점심은 친구와"], "note": ["하나"]])
    let theirs = Answers(["day": ["2026-10-20"], "facts": ["점심은 상담실에서"], "note": ["둘"]])
    let frame = try frame()
    let page = ConflictPage(
      form: form, merge: Merge(base: base, mine: mine, theirs: theirs, form: form), action: .refer,
      version: 5,
      title: "상담 기록", theirName: "한나래", theirTime: "17:02", myTime: "17:06", keepTheirs: .mine)
    let html = frame.written(page.page(frame))
    #expect(html.contains("<mark>친구와</mark>") && html.contains("<mark>상담실에서</mark>"))
    #expect(html.contains("<input type=\"hidden\" name=\"note\" value=\"둘\">"))
    #expect(html.contains("<input type=\"hidden\" name=\"day\" value=\"2026-10-20\">"))
    #expect(html.contains("name=\"facts\"") && html.contains("점심은 친구와</textarea>"))
    #expect(html.contains("덧붙임: 한쪽만 고쳐서"))
    #expect(html.contains("name=\"_version\" value=\"5\""))
    #expect(html.contains("value=\"both\""))
  }
}
