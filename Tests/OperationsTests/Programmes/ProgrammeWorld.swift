import CaseWork
import Foundation
import Operations
import TestSupport

/// A world with more students than usual, each with a case that may be written in.
extension World {
  /// A student of the school and a case of theirs, led by `manager`; `agreed` says whether taking part was agreed to.
  func participant(
    _ index: Int, of manager: Person = .caseManager, agreed: Bool = true
  ) async throws -> CaseFile {
    let year = SchoolYear.year(of: today)
    let student = try await AddStudent(office)(
      Student.Profile(
        name: "최참\(index)", birthDay: .on("2016-05-11"), number: "9\(1000 + index)", phone: "010-0000-0300"),
      enrolment: Enrolment(year: year, grade: 2, className: "4", seat: index + 1), in: school.id,
      by: member(.administrator))
    let referral = try await SendReferral(office)(
      Filled.referral, for: student, in: school.id, by: asker(.teacher))
    let file = try await ReceiveReferral(office)(referral, by: asker(manager))
    if agreed {
      try await AnswerConsent(office)(agreement([.participation]), in: file.id, by: asker(manager))
    }
    return file
  }

  func participants(_ range: Range<Int>, of manager: Person = .caseManager) async throws -> [CaseFile] {
    var files: [CaseFile] = []
    for index in range { files.append(try await participant(index, of: manager)) }
    return files
  }

  /// A peer group of `places`, from yesterday on.
  func programme(places: Int) async throws -> Programme {
    try await KeepProgramme(office)(
      Programme(
        id: office.id(at: watch.now()), school: school.id, name: "또래 사회성 집단", service: "D12",
        legalKind: "SL02", needs: ["N05"], first: today.adding(days: -1), last: today.adding(days: 90),
        rhythm: "수요일 14:30", place: "교육복지실", places: places, leader: id(.caseManager)),
      by: asker(.caseManager))
  }

  /// What is the same for everybody of a session.
  var session: Answers {
    Filled.answers([
      "day": "\(today)", "minutes": "40", "facts": "차례 지키기를 연습했다.", "risk-check": "safe",
    ])
  }
}
