import CaseWork
import Operations
import TestSupport
import Testing

@Suite struct ReferralTests {
  @Test(arguments: Engine.available)
  func `the teacher sees status, handler and replies, and nothing of the case`(_ engine: Engine) async throws
  {
    let world = try await World.make(on: engine)
    let referral = try await world.refer(.harin)
    var mine = try await MyReferrals(world.office)(for: world.asker(.teacher))
    #expect(mine.map(\.status) == [.sent])
    #expect(mine.first?.student.name == "박하린")
    #expect(mine.first?.student.classLabel == "2-3")

    try await ReceiveReferral(world.office)(referral, by: world.asker(.caseManager))
    try await ReplyToReferral(world.office)(
      referral, text: "다음 주에 만나요.", request: "지각한 날을 적어 주세요.", by: world.asker(.caseManager))
    mine = try await MyReferrals(world.office)(for: world.asker(.teacher))
    #expect(mine.first?.status == .received)
    #expect(mine.first?.handler == "강예담")
    #expect(mine.first?.replies.map(\.kind) == [.receipt, .progress])
    #expect(mine.first?.replies.last?.request == "지각한 날을 적어 주세요.")
    let one = try await MyReferrals(world.office)(referral, for: world.asker(.teacher))
    #expect(one.answers?["facts"] == "3월에 아홉 번 지각했습니다.")
    let news = try await ReadToday(world.office)(for: world.asker(.teacher)).entries(in: .news)
    #expect(news.count == 2)
  }

  @Test func `another teacher's referral does not exist, nor does the inbox for a teacher`() async throws {
    let world = try await World.make(on: .sqlite)
    let referral = try await world.refer(.harin)
    #expect(try await MyReferrals(world.office)(for: world.asker(.homeroom)).isEmpty)
    await #expect(throws: Refusal.notFound) {
      try await MyReferrals(world.office)(referral, for: world.asker(.homeroom))
    }
    await #expect(throws: Refusal.notFound) {
      try await ReferralInbox(world.office)(referral, for: world.asker(.teacher))
    }
    #expect(try await ReferralInbox(world.office)(for: world.asker(.stranger)).isEmpty)
    await #expect(throws: Refusal.notFound) {
      try await ReceiveReferral(world.office)(referral, by: world.asker(.stranger))
    }
    await #expect(throws: Refusal.notAllowed) {
      try await ReceiveReferral(world.office)(referral, by: world.asker(.teacher))
    }
  }

  @Test func `a referral is received once`() async throws {
    let world = try await World.make(on: .sqlite)
    let referral = try await world.refer(.harin)
    try await ReceiveReferral(world.office)(referral, by: world.asker(.caseManager))
    await #expect(throws: Refusal.conflict(.alreadyAnswered)) {
      try await ReceiveReferral(world.office)(referral, by: world.asker(.colleague))
    }
  }

  @Test func `a student of another school cannot be referred, nor a number of a resident be written`()
    async throws
  {
    let world = try await World.make(on: .sqlite)
    await #expect(throws: Refusal.notFound) {
      try await SendReferral(world.office)(
        Filled.referral, for: world.student(.sora), in: world.school.id, by: world.asker(.teacher))
    }
    await #expect(throws: Refusal.notFound) {
      try await SendReferral(world.office)(
        Filled.referral, for: world.student(.sora), in: world.otherSchool.id, by: world.asker(.teacher))
    }
    var answers = Filled.referral
    answers["facts"] = "번호는 160511-3000000이다."
    await #expect(throws: Refusal.invalid([Problem("facts", "national-id")])) {
      try await SendReferral(world.office)(
        answers, for: world.student(.harin), in: world.school.id, by: world.asker(.teacher))
    }
  }

  @Test func `an urgent referral stands first in the inbox and on Today`() async throws {
    let world = try await World.make(on: .sqlite)
    _ = try await world.refer(.harin)
    var urgent = Filled.referral
    urgent["urgency"] = "today"
    let second = try await SendReferral(world.office)(
      urgent, for: world.student(.garam), in: world.school.id, by: world.asker(.teacher))
    #expect(
      try await ReferralInbox(world.office)(for: world.asker(.caseManager)).first?.referral.id == second)
    let first = try await ReadToday(world.office)(for: world.asker(.caseManager)).entries(in: .today).first
    #expect(first?.kind == .referral(second, isUrgent: true, by: "윤나래", isOfAgency: false))
  }
}
