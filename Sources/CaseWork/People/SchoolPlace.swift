/// Where a school lies, for what is near.
public struct SchoolPlace: Hashable, Sendable {
  /// As the directory names areas: 가상시 다솜구 다솜1동.
  public let area: String?
  public let point: GeoPoint?

  public init(area: String?, point: GeoPoint? = nil) {
    self.area = area
    self.point = point
  }
}

extension School.Kind {
  /// The grades before the first of this kind: 중1 is the seventh of all. Others count as they are.
  public var gradesBefore: Int {
    switch self {
    case .elementary, .special, .centre: 0
    case .middle: 6
    case .high: 9
    }
  }
}
