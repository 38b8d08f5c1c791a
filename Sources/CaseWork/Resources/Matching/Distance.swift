import Foundation

/// A point of the earth in degrees.
public struct GeoPoint: Hashable, Sendable {
  public let latitude: Double
  public let longitude: Double

  /// `nil` for what is no point of the earth.
  public init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Kilometres as the crow flies, on a sphere of 6,371 km (haversine).
  public func kilometres(to other: GeoPoint) -> Double {
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    let (dy, dx) = (radians(other.latitude - latitude), radians(other.longitude - longitude))
    let part =
      pow(sin(dy / 2), 2) + cos(radians(latitude)) * cos(radians(other.latitude)) * pow(sin(dx / 2), 2)
    return 2 * 6371 * asin(min(1, part.squareRoot()))
  }
}
