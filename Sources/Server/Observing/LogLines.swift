import Foundation
public import Logging

/// Writes one line an entry to standard error: for people, or as JSON for a collector.
///
/// Entries carry ids and codes only; what they may hold is decided where they are made.
public struct LogLines: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?
  public var logLevel: Logger.Level
  private let label: String
  private let format: Settings.LogFormat
  private let write: @Sendable (String) -> Void

  public init(
    label: String, level: Logger.Level, format: Settings.LogFormat,
    write: (@Sendable (String) -> Void)? = nil
  ) {
    self.label = label
    logLevel = level
    self.format = format
    self.write = write ?? { FileHandle.standardError.write(Data($0.utf8)) }
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    // The type alone: a message of an error may quote what somebody typed.
    if let error = event.error { all["error"] = .string(String(reflecting: type(of: error))) }
    let time = Date.now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
    switch format {
    case .text: write(text(event, time, all))
    case .json: write(json(event, time, all))
    }
  }

  private func text(_ event: LogEvent, _ time: String, _ all: Logger.Metadata) -> String {
    let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    return "\(time) \(event.level) \(label): \(event.message)\(pairs)".replacing("\n", with: "\\n") + "\n"
  }

  private func json(_ event: LogEvent, _ time: String, _ all: Logger.Metadata) -> String {
    var entry = ["time": time, "level": "\(event.level)", "label": label, "message": "\(event.message)"]
    for (key, value) in all where entry[key] == nil { entry[key] = "\(value)" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(entry) else { return "" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
