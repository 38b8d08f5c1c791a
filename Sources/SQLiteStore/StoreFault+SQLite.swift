internal import GRDB
internal import Store

extension StoreFault {
  init(_ error: DatabaseError) {
    self.init(
      kind: Kind(error.extendedResultCode), code: String(error.extendedResultCode.rawValue),
      message: error.message ?? "")
  }

  static func mapping<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreFault(error)
    }
  }
}

extension StoreFault.Kind {
  fileprivate init(_ code: ResultCode) {
    self =
      switch code {
      case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: .alreadyExists
      case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_TRUNCATE,
        .SQLITE_IOERR_SHMSIZE:
        .full
      case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_MISUSE:
        .unavailable
      case .SQLITE_CONSTRAINT: .constraint
      default: .other
      }
  }
}
