/// What was given of one service, added up: 건, 연인원, 분, 원.
public struct ServiceTotal: Hashable, Sendable {
  /// SV code; `nil` for the sum over all.
  public let service: String?
  public let count: Int
  /// Everybody each time (연인원).
  public let people: Int
  public let minutes: Int
  /// In won.
  public let amount: Int

  public init(service: String?, of given: [ServiceGiven]) {
    self.service = service
    count = given.count
    people = given.reduce(0) { $0 + $1.people }
    minutes = given.reduce(0) { $0 + $1.minutes }
    amount = given.reduce(0) { $0 + $1.amount }
  }

  /// A line for each service, by its code.
  public static func byService(_ given: [ServiceGiven]) -> [ServiceTotal] {
    Dictionary(grouping: given, by: \.service).sorted { $0.key < $1.key }.map {
      ServiceTotal(service: $0, of: $1)
    }
  }
}
