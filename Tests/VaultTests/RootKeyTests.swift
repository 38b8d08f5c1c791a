import Foundation
import Testing

@testable import Vault

@Suite struct `Root key` {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func `it is written for its owner alone and read back`() throws {
    let file = folder.appending(path: "root.key")
    let key = RootKey.random()
    try key.write(to: file)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
    #expect(try RootKey(file: file).hex == key.hex)
    #expect(throws: CocoaError.self) { try RootKey.random().write(to: file) }
    #expect(try RootKey(file: file).fingerprint == key.fingerprint)
  }

  @Test(arguments: [0o644, 0o640, 0o604, 0o666])
  func `a file that others may read is refused`(_ mode: Int) throws {
    let file = folder.appending(path: "root.key")
    try RootKey.random().write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    #expect(throws: VaultProblem.exposedKeyFile(mode: mode)) { try RootKey(file: file) }
  }

  @Test(arguments: ["", "00", "zz", String(repeating: "0", count: 63), String(repeating: "0", count: 66)])
  func `what is not 32 bytes is refused`(_ text: String) {
    #expect(throws: VaultProblem.unreadableRootKey) { try RootKey(hex: text) }
  }

  @Test func `a passphrase gives the same key with its header, another with another`() throws {
    let file = folder.appending(path: "root.header")
    let header = PassphraseHeader(rounds: 1 << 14)
    try header.write(to: file)
    let key = try RootKey(passphrase: "봄비가 내리는 운동장", header: header)
    let again = try RootKey(passphrase: "봄비가 내리는 운동장", header: PassphraseHeader(file: file))
    #expect(again.hex == key.hex)
    #expect(try RootKey(passphrase: "봄비가 내리는 교실", header: header).hex != key.hex)
    #expect(
      try RootKey(passphrase: "봄비가 내리는 운동장", header: PassphraseHeader(rounds: 1 << 14)).hex != key.hex)
    #expect(throws: VaultProblem.unreadableRootKey) { try RootKey(passphrase: "", header: header) }
  }
}
