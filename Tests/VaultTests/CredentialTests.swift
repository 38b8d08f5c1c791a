import Foundation
import Testing

@testable import Vault

@Suite struct `Credentials` {
  /// RFC 6238, appendix B, SHA-1, eight digits.
  @Test(arguments: [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
  ])
  func `one-time passwords are those of RFC 6238`(_ seconds: Int, _ code: String) {
    let totp = TOTP(secret: Array("12345678901234567890".utf8), digits: 8)
    #expect(totp.code(atStep: TOTP.step(at: Date(timeIntervalSince1970: Double(seconds)))) == code)
  }

  @Test func `a code is good one step early or late, and once`() throws {
    let totp = TOTP(secret: Array("12345678901234567890".utf8))
    let now = Date(timeIntervalSince1970: 1_234_567_890)
    let step = TOTP.step(at: now)
    #expect(totp.step(of: "005 924", at: now, after: nil) == step)
    #expect(totp.step(of: totp.code(atStep: step - 1), at: now, after: nil) == step - 1)
    #expect(totp.step(of: totp.code(atStep: step + 1), at: now, after: nil) == step + 1)
    #expect(totp.step(of: totp.code(atStep: step + 2), at: now, after: nil) == nil)
    #expect(totp.step(of: totp.code(atStep: step - 2), at: now, after: nil) == nil)
    #expect(totp.step(of: "005924", at: now, after: step) == nil)
    #expect(totp.step(of: "", at: now, after: nil) == nil)
  }

  @Test func `an app reads the secret from the address`() {
    let totp = TOTP(secret: Array("12345678901234567890".utf8))
    #expect(totp.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    #expect(TOTP(base32: "gezd gnbv GY3TQOJQ GEZDGNBVGY3TQOJQ") == totp)
    #expect(TOTP(base32: "GEZDGNBVGY3TQOJ1") == nil)
    let address = totp.address(issuer: "곁", account: "kim")
    #expect(address.hasPrefix("otpauth://totp/"))
    #expect(address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
  }

  @Test func `a password is verified, another is not`() throws {
    let passwords = Passwords(rounds: 1 << 10)
    let hash = try passwords.hash("운동장 옆 느티나무")
    #expect(try passwords.verify("운동장 옆 느티나무", against: hash))
    #expect(try passwords.verify("운동장 옆 느티나무".decomposedStringWithCanonicalMapping, against: hash))
    #expect(try !passwords.verify("운동장 옆 은행나무", against: hash))
    #expect(try !passwords.verify("", against: hash))
    #expect(try !passwords.verify("운동장 옆 느티나무", against: "unreadable"))
    #expect(try passwords.hash("운동장 옆 느티나무") != hash)
    #expect(!hash.contains("느티나무"))
  }

  @Test func `a hash of another cost is still verified and asks to be made anew`() throws {
    let hash = try Passwords(rounds: 1 << 10).hash("오래된 비밀번호")
    let passwords = Passwords(rounds: 1 << 11)
    #expect(try passwords.verify("오래된 비밀번호", against: hash))
    #expect(passwords.needsRehash(hash))
    #expect(!Passwords(rounds: 1 << 10).needsRehash(hash))
  }

  @Test func `scrypt at the usual cost works`() throws {
    let passwords = Passwords()
    #expect(try passwords.verify("한 번은 제값으로", against: passwords.hash("한 번은 제값으로")))
  }

  @Test func `recovery codes are told apart and found however they are typed`() throws {
    let codes = RecoveryCodes()
    #expect(Set(codes.hashes).count == 10)
    let code = try #require(codes.codes.first)
    #expect(code.wholeMatch(of: /([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}/) != nil)
    #expect(RecoveryCodes.hash(of: code.lowercased().replacing("-", with: " ")) == codes.hashes[0])
    let misread = code.replacing("0", with: "o").replacing("1", with: "l")
    #expect(RecoveryCodes.hash(of: misread) == codes.hashes[0])
  }

  @Test func `a shorter recovery code of before is found under its hash of before`() {
    #expect(
      RecoveryCodes.hash(of: "k7qm 2fxa-PT4C")
        == "7b3b3d75e4524d5144d24303d890fc3f62a6923a2548a6d4d925223a917bbd40")
  }

  @Test func `a session token is read back and stored as a hash only`() throws {
    let token = SessionToken.random()
    #expect(SessionToken(token.text)?.hash == token.hash)
    #expect(token.hash != token.text)
    #expect(SessionToken("short") == nil)
    #expect(SessionToken(String(repeating: "x", count: 64)) == nil)
  }

  @Test func `a chain tells changed, absent and moved columns apart`() {
    let digests = [["a", "b"], ["ab"], ["a", nil, "b"], ["a", "", "b"], ["b", "a"]].map(Chain.digest(of:))
    #expect(Set(digests).count == digests.count)
    let first = Chain.link(previous: Chain.start, row: digests[0])
    #expect(first != Chain.link(previous: first, row: digests[0]))
    #expect(first == Chain.link(previous: Chain.start, row: digests[0]))
  }
}
