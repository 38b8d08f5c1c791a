import Practice
import Testing

@Suite struct WeakPasswordTests {
  @Test(arguments: [
    "qwer1234!!", "korea123!!", "1q2w3e4r5t", "1q2w3e4r!@", "P@ssw0rd2026", "p@ssword 1234", "password123!",
    "학교1234!!!!", "우리학교 2026", "gkrry123456", "tkfkdgo1004", "dkssudgktpdy", "교육복지사 1234", "abcdefghij",
    "qwertyuiop[]", "abcabcabcabc", "20260301!!", "010-1234-5678", "iloveyou2026", "0987654321a", "ㅁㄴㅇㄹ1234",
    "wee-class-2026", "gyeot.admin.1", "manchester1", "aaaabbbbcccc", "dragonball12",
  ])
  func `what many people choose is refused`(_ password: String) throws {
    #expect(try Practice.bundled().weakPasswords.include(password))
  }

  @Test(arguments: [
    "느티나무 아래 벤치 하나", "a-long-password-of-the-bench", "k7qm-2fxa-pt4c", "83fa12c94e0b", "노란 우산 든 수달",
    "xK9!mQ2@vR", "correct horse battery staple", "학교 앞 문방구의 낡은 시소",
  ])
  func `what is long and not usual is taken`(_ password: String) throws {
    #expect(try !Practice.bundled().weakPasswords.include(password))
  }

  @Test func `names are refused as they are written, typed on other keys, and without the family's`() throws {
    let weak = try Practice.bundled().weakPasswords
    for password in ["강예담20260301", "예담예담1234", "rkddPeka!2026", "dPeka12345", "다솜센터 2026"] {
      #expect(weak.include(password, surroundings: ["강예담", "다솜센터(가상)"]), "\(password)")
      #expect(!weak.include(password + "꾀꼬리 둥지", surroundings: ["강예담"]), "\(password)")
    }
    #expect(!weak.include("다솜센터수달", surroundings: []))
  }

  @Test func `the longest password is judged at once`() throws {
    let weak = try Practice.bundled().weakPasswords
    let took = ContinuousClock().measure {
      #expect(weak.include(String(repeating: "abcd", count: 256)))
    }
    #expect(took < .seconds(2))
  }
}
