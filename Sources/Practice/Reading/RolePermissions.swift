internal import CaseWork

extension Permissions {
  /// `role: {reads: [kinds], acts: {act: any | [stages]}}`.
  init(_ piece: Piece) {
    var allowed: Set<Key> = []
    var readable: [Role: Set<CaseRecord.Kind>] = [:]
    for (name, part) in piece.parts {
      guard let role = Role(rawValue: name) else {
        part.problem("“\(name)” is no role")
        continue
      }
      part.allow("reads", "acts")
      readable[role] = Set(part["reads"].map(Self.kinds) ?? [])
      for (act, stages) in part["acts"]?.parts ?? [] {
        guard let act = Act(rawValue: act) else {
          stages.problem("“\(act)” is no act")
          continue
        }
        for stage in Self.stages(stages) { allowed.insert(Key(role: role, act: act, stage: stage)) }
      }
    }
    for role in Role.allCases where readable[role] == nil {
      piece.problem("the role “\(role.rawValue)” is missing")
    }
    self.init(allowed: allowed, readable: readable)
  }

  private static func kinds(_ piece: Piece) -> [CaseRecord.Kind] {
    if piece.word == "all" { return CaseRecord.Kind.allCases }
    return piece.list.compactMap { $0.code(CaseRecord.Kind.self) }
  }

  /// `free`: belongs to no stage; `all`: every stage; `any`: both; otherwise a list of stages.
  private static func stages(_ piece: Piece) -> [Stage?] {
    switch piece.word {
    case "free": [nil]
    case "all": Stage.allCases.map { $0 }
    case "any": [nil] + Stage.allCases.map { $0 }
    default: piece.list.map { $0.code(Stage.self) }
    }
  }
}
