public import CaseWork
public import Store

extension Session {
  /// Who holds a role in a school on a day.
  public func holders(of role: Role, in school: ID<School>, on day: Day) throws -> [ID<Staff>] {
    try rows(
      """
      SELECT DISTINCT staff_id FROM staff_role
      WHERE school_id = \(school) AND role = \(role) AND from_day <= \(day)
        AND (until_day IS NULL OR until_day >= \(day))
      ORDER BY staff_id
      """
    ) { try $0.get(0) }
  }

  /// Whether somebody holds a role anywhere on a day.
  public func holds(_ staff: ID<Staff>, _ role: Role, on day: Day) throws -> Bool {
    try row(
      """
      SELECT 1 FROM staff_role
      WHERE staff_id = \(staff) AND role = \(role) AND from_day <= \(day)
        AND (until_day IS NULL OR until_day >= \(day))
      LIMIT 1
      """
    ) { _ in true } ?? false
  }
}
