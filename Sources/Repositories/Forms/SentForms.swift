public import CaseWork
public import Foundation
public import Store

extension Session {
  public func sentForms(of staff: ID<Staff>) -> SentForms { SentForms(session: self, staff: staff) }
}

/// The forms that one person has sent.
public struct SentForms {
  let session: any Session
  let staff: ID<Staff>

  /// Notes that `form` led to what this transaction does.
  ///
  /// - Returns: `false` where it has led to something already, in another request than `request`.
  public func take(_ form: UUID, in request: String, at instant: Date) throws -> Bool {
    let key = form.uuidString.lowercased()
    let added = try session.execute(
      """
      INSERT INTO sent_form (staff_id, form, request, at)
      VALUES (\(staff), \(key), \(request), \(instant))
      ON CONFLICT (staff_id, form) DO NOTHING
      """)
    if added == 1 { return true }
    // One request may do several acts: the text first, then what follows from it.
    return try session.row(
      "SELECT 1 FROM sent_form WHERE staff_id = \(staff) AND form = \(key) AND request = \(request)"
    ) { try $0.get(0, as: Int.self) } != nil
  }

  /// Forgets what no open page can send any more.
  public func forget(sentBefore instant: Date) throws {
    try session.execute("DELETE FROM sent_form WHERE staff_id = \(staff) AND at < \(instant)")
  }
}
