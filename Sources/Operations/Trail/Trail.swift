internal import Foundation
public import Repositories
public import Store

/// Writes access rows in groups: all that come while one group is being written share the next transaction, and each
/// caller returns when its own rows are durable.
///
/// An actor because it guards what waits. The first caller writes for those who wait and then wakes the next to write.
public actor Trail {
  private enum Turn { case written, lead }
  private struct Waiter {
    let rows: [AccessRow]
    let continuation: CheckedContinuation<Turn, any Error>
  }

  private let database: any Database
  private let rowsAtOnce: Int
  private let mostWaiting: Int
  private var isWriting = false
  private var waiting: [Waiter] = []

  /// - Parameters:
  ///   - database: where the rows go.
  ///   - rowsAtOnce: rows in one transaction, though the rows of one caller stay together.
  ///   - mostWaiting: callers beyond these are refused, for a store that cannot keep up must not fill the memory.
  public init(_ database: any Database, rowsAtOnce: Int = 200, mostWaiting: Int = 10_000) {
    self.database = database
    self.rowsAtOnce = rowsAtOnce
    self.mostWaiting = mostWaiting
  }

  /// Returns once every one of `rows` is durable; what the store throws, everyone of the group gets.
  public func record(_ rows: [AccessRow]) async throws {
    guard !rows.isEmpty else { return }
    if isWriting {
      guard waiting.count < mostWaiting else { throw TrailProblem.overloaded }
      let turn = try await withCheckedThrowingContinuation { continuation in
        waiting.append(Waiter(rows: rows, continuation: continuation))
      }
      if turn == .written { return }
    }
    isWriting = true
    try await write(rows, with: takeGroup(besides: rows.count))
  }

  public func record(_ row: AccessRow) async throws {
    try await record([row])
  }

  private func takeGroup(besides count: Int) -> [Waiter] {
    var total = count
    var group = 0
    while group < waiting.count, total + waiting[group].rows.count <= rowsAtOnce {
      total += waiting[group].rows.count
      group += 1
    }
    defer { waiting.removeFirst(group) }
    return Array(waiting.prefix(group))
  }

  private func write(_ rows: [AccessRow], with group: [Waiter]) async throws {
    let all = group.reduce(into: rows) { $0 += $1.rows }
    // A task of its own, and awaited: one reader who leaves must not cancel the rows of the others.
    let written = await Task { [database] in
      try await database.write { session in
        for part in stride(from: 0, to: all.count, by: 200) {
          try session.accessRows.append(Array(all[part..<min(part + 200, all.count)]))
        }
      }
    }.result
    for waiter in group { waiter.continuation.resume(with: written.map { Turn.written }) }
    if waiting.isEmpty {
      isWriting = false
    } else {
      waiting.removeFirst().continuation.resume(returning: .lead)
    }
    try written.get()
  }
}

public enum TrailProblem: Error, Hashable, Sendable {
  /// More readers wait for their rows to be written than may wait.
  case overloaded
}
