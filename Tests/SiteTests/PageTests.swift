import CaseWork
import Foundation
import Gateway
import Markup
import Practice
import Testing

@testable import Site

/// A frame around any page, on a fixed day.
func frame(
  _ language: Language = .korean, roles: [Role] = [.caseManager], theme: Preferences.Theme = .auto,
  path: String = "/today"
) throws -> Frame {
  let practice = try Practice.bundled()
  let school = ID<School>(UUID())
  let day = try #require(Day(2026, 3, 1))
  let staff = Staff(
    id: ID(UUID()), name: "강예담", assignments: roles.map { Assignment(school: school, role: $0, from: day) })
  let now = Date(timeIntervalSince1970: 1_792_455_120)
  return Frame(
    say: Speech(wordings: practice.wordings, lists: practice.codes, language: language),
    preferences: Preferences(language: language, theme: theme),
    visitor: Visitor(staff: staff, session: "s", formToken: "t0ken", signedInAt: now), token: "t0ken",
    newFormID: { UUID() }, path: path,
    now: now, isDemo: true, assets: try Assets.bundled(), idle: practice.policy.signIn, done: nil)
}

extension Frame {
  func written(_ page: Page) -> String { html(page).description }
}

@Suite struct `What pages say` {
  @Test(arguments: Language.allCases)
  func `every page says all its words in both languages`(_ language: Language) throws {
    let frame = try frame(language)
    let mishaps: [Mishap] = [
      .refused(.notFound), .refused(.notAllowed), .refused(.conflict(.held)),
      .refused(.conflict(.alreadyApproved)),
      .refused(.conflict(.changedByAnother)), .refused(.conflict(.alreadyClosed)),
      .refused(.conflict(.alreadyExists)),
      .refused(.conflict(.alreadyAnswered)),
      .refused(.invalid([Problem("a", "required"), Problem("b", "unheard-of")])),
      .refused(.notYet([Missing("strengths", at: "assessment#strengths", have: 1, need: 2)])), .kind(.forged),
      .kind(.tooLarge), .kind(.unreadable), .kind(.sentBefore), .fault(id: "F7K2AC"),
      .away(id: "F7K2AC", isUnsure: false), .away(id: "F7K2AC", isUnsure: true),
    ]
    var pages = mishaps.map { MishapPage(mishap: $0).page(frame) }
    pages += [
      SignInPage(problem: Problem("password", "wrong-name-or-password")).page(frame), CodePage().page(frame),
      KeysPage().page(frame),
      PasswordPage(minimumLength: 12, isForced: true, problems: [Problem("password", "too-short", "12")])
        .page(frame),
      SessionsPage(
        sessions: [false, true].map {
          .init(id: "x", address: "192.0.2.7", startedAt: frame.now, seenAt: frame.now, isThis: $0)
        }
      ).page(frame),
      ReadsPage(reads: []).page(frame),
      ReadsPage(reads: [.init(at: frame.now, what: "today", count: 3, address: "192.0.2.7")]).page(frame),
    ]
    for page in pages {
      let html = frame.written(page)
      #expect(
        !html.contains(/\[[a-z]+[a-z.-]*\]/),
        "\(page.title): \(html.firstMatch(of: /\[[a-z]+[a-z.-]*\]/)?.0 ?? "")")
      #expect(!html.contains(/\{[a-z]+\}/), "\(page.title)")
      #expect(html.contains("lang=\"\(language.rawValue)\""))
    }
  }

  @Test(arguments: Language.allCases)
  func `every form of the practice can be shown, empty and wrong`(_ language: Language) throws {
    let frame = try frame(language)
    for form in try Practice.bundled().forms.values.sorted(by: { $0.id < $1.id }) {
      let problems = form.problems(in: Answers(), lists: frame.say.lists, on: frame.today, finishing: true)
      let page = FormPage(
        form: form, action: .refer, problems: problems, saves: [.init("save", frame.say("form.save"))])
      let html = frame.written(page.page(frame))
      #expect(!html.contains(/\[[a-z]+[a-z.-]*\]/), "\(form.id)")
      for problem in problems {
        #expect(html.contains("id=\"\(problem.field)\""), "\(form.id) \(problem.field)")
      }
      #expect(problems.isEmpty || html.contains("role=\"alert\""))
    }
  }
}

@Suite struct `The frame` {
  @Test func `shows each role its own menu`() throws {
    let page = Page("x") { "" }
    let worker = try frame(roles: [.caseManager]).written(page)
    #expect(worker.contains("href=\"/today\"") && worker.contains("class=\"finder\""))
    let teacher = try frame(roles: [.teacher]).written(page)
    #expect(teacher.contains("href=\"/referrals/new\"") && !teacher.contains("href=\"/cases\""))
    #expect(!teacher.contains("class=\"finder\""))
    let administrator = try frame(roles: [.administrator]).written(page)
    #expect(administrator.contains("href=\"/staff\"") && !administrator.contains("href=\"/cases\""))
    #expect(!administrator.contains("class=\"finder\""))
    let both = try frame(roles: [.teacher, .caseManager], path: "/students/new").written(page)
    #expect(both.contains("action=\"/students\"") && !both.contains("href=\"/referrals/new\""))
    #expect(both.contains("<a href=\"/students\" aria-current=\"page\">"))
  }

  @Test func `says the theme on the root and nothing inline`() throws {
    let html = try frame(theme: .dark).written(Page("x") { "" })
    #expect(html.contains("data-theme=\"dark\""))
    #expect(!html.contains(" style=") && !html.contains("onclick") && !html.contains("<style"))
    #expect(try !frame(theme: .auto).written(Page("x") { "" }).contains("data-theme"))
  }

  @Test func `puts the token in every form that posts`() throws {
    let html = try frame().written(KeysPage().page(try frame()))
    let posts = html.matches(of: /<form method="post"/).count
    #expect(posts > 0)
    #expect(html.matches(of: /name="_token" value="t0ken"/).count == posts)
  }

  @Test func `gives dates and numbers in the habit of the language`() throws {
    let day = try #require(Day(2026, 10, 14))
    let (korean, english) = (try frame().say, try frame(.english).say)
    #expect(korean.short(day) == "10. 14. 수")
    #expect(korean.long(day) == "10월 14일 수요일")
    #expect(korean.short(day, from: Day(2028, 1, 1)) == "2026. 10. 14. 수")
    #expect(english.long(day) == "Wed 14 October")
    #expect(korean.grouped(1_234_567) == "1,234,567" && korean.grouped(-30_000) == "−30,000")
  }

  @Test func `has one address for every pattern and fills it`() {
    let id = ID<Referral>(UUID())
    #expect(Route.sent(id).address.description == "/referrals/mine/\(id)")
    #expect(
      Route.cases.with("q", "가 나").with("x", nil).address.description == "/cases?q=%EA%B0%80%20%EB%82%98")
    #expect(Route.home.address.description == "/")
  }
}
