public import CaseWork
import Foundation

extension DirectoryFile {
  /// The whole directory as one object of JSON: lists named as in the standard, of whole objects. What lies in no whole
  /// object (a place without an organization) follows in lists of its own.
  public static func json(of directory: Directory) -> [UInt8] {
    let whole = WholeDirectory(directory)
    let lists = DirectoryJSON.lists.compactMap { name, kind -> (String, [DirectoryEntry])? in
      let entries = whole.loose(kind)
      let isAlways = kind == .organization || kind == .service
      return entries.isEmpty && !isAlways ? nil : (name, entries)
    }
    var bytes = Array("{".utf8)
    for (index, (name, entries)) in lists.enumerated() {
      bytes += Array("\(index > 0 ? "," : "")\"\(name)\":".utf8)
      bytes += list(entries, of: whole)
    }
    return bytes + Array("}\n".utf8)
  }

  /// All objects of one kind as a list of whole ones: the `service` or the `organization` of the standard.
  public static func json(of kind: DirectoryEntry.Kind, in directory: Directory) -> [UInt8] {
    list(directory[kind], of: WholeDirectory(directory)) + [0x0A]
  }

  /// One object a line.
  public static func lines(of kind: DirectoryEntry.Kind, in directory: Directory) -> [UInt8] {
    let whole = WholeDirectory(directory)
    return directory[kind].flatMap { Array((whole.whole($0).document() + "\n").utf8) }
  }

  private static func list(_ entries: [DirectoryEntry], of whole: WholeDirectory) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for (index, entry) in entries.enumerated() {
      bytes += Array((index > 0 ? ",\n" : "\n").utf8)
      bytes += Array(whole.whole(entry).document().utf8)
    }
    return bytes + Array("]".utf8)
  }

  /// The tabular package of HSDS 3.1: a ZIP of every table and of `datapackage.json`. The same directory gives the same
  /// bytes.
  public static func package(of directory: Directory) throws(TableProblem) -> [UInt8] {
    try ArchiveFile.bytes(of: files(of: directory))
  }

  /// The files of the tabular package.
  public static func files(of directory: Directory) -> [(name: String, bytes: [UInt8])] {
    var rows = DirectoryRows()
    for kind in Directory.kinds {
      for entry in directory[kind] { rows.add(entry) }
    }
    return [("datapackage.json", DirectoryDescription.bytes)]
      + DirectoryTable.files.map { kind, file in (file, rows.table(of: kind)) }
  }
}
