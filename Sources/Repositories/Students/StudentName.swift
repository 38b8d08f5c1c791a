public import CaseWork

/// What a list shows of a student: the name, and the birthday that tells two of one name apart.
///
/// It lies sealed apart from the profile as plain text, so that fifty rows open without a decoder.
public struct StudentName: Hashable, Sendable {
  public let name: String
  public let birthDay: Day?

  public init(name: String, birthDay: Day?) {
    self.name = name
    self.birthDay = birthDay
  }

  var bytes: [UInt8] { Array("\(name)\n\(birthDay?.description ?? "")".utf8) }

  init(bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    name = lines.first.map(String.init) ?? ""
    birthDay = lines.count > 1 ? Day(String(lines[1])) : nil
  }
}
