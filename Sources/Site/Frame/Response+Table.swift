import HTTPTypes
import Hummingbird
import NIOCore
import Operations

/// Tables that are taken away as files.
extension Response {
  static func csv(_ table: [[String]], named name: String) -> Response {
    file(TableExport.csv(table), "text/csv; charset=utf-8", "\(name).csv")
  }

  static func xlsx(_ table: [[String]], sheet: String, named name: String) -> Response {
    file(
      TableExport.xlsx(table, sheet: sheet),
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "\(name).xlsx")
  }

  /// What is taken away under a name.
  static func file(_ bytes: [UInt8], _ type: String, _ name: String) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\""],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
