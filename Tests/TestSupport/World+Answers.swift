public import CaseWork

/// What is filled in along a case, enough for every gate.
public enum Filled {
  public static func answers(_ fields: [String: String]) -> Answers {
    Answers(fields.mapValues { [$0] })
  }

  public static var referral: Answers {
    var answers = answers([
      "facts": "3월에 아홉 번 지각했습니다.", "measures": "아침에 전화했습니다.", "urgency": "normal", "family-knows": "not-yet",
    ])
    answers[all: "needs"] = ["N02", "N07"]
    return answers
  }

  public static func intake(_ day: Day, decision: String = "case-management") -> Answers {
    answers([
      "day": "\(day)", "method": "M01", "confidentiality-read": "yes", "risk-screened": "yes",
      "student-words": "아침에 혼자 일어나는 게 힘들어요.", "decision": decision, "decision-reason": "여러 가지를 함께 도와야 한다.",
      "level": "2",
    ])
  }

  public static func assessment(_ day: Day, strengths: Int = 2) -> Answers {
    var fields = [
      "day": "\(day)", "basic-learning": "not-reached", "teacher-opinion": "아침을 먹은 날은 잘 참여한다.",
      "guardian-view": "저녁에 숙제를 봐 줄 곳이 있으면 좋겠다.", "level": "2",
      "needs.0.area": "N07", "needs.0.severity": "3", "needs.0.will": "3", "needs.0.priority": "1",
      "needs.0.voice-student": "배고프면 졸려요.", "needs.1.area": "N02", "needs.1.severity": "2",
      "needs.1.priority": "2",
    ]
    let risk = [
      "safety", "living", "protection", "emotion", "behaviour", "attendance", "learning", "peers", "health",
      "economy",
    ]
    for (domain, score) in zip(risk, [0, 3, 2, 1, 0, 2, 2, 0, 0, 1]) {
      fields["risk-" + domain] = String(score)
    }
    for index in 0..<strengths {
      fields["strengths.\(index).area"] = index == 0 ? "self" : "family"
      fields["strengths.\(index).what"] = index == 0 ? "그림을 잘 그린다" : "외할머니와 정이 깊다"
    }
    return answers(fields)
  }

  public static func reassessment(_ day: Day, decision: String = "continue") -> Answers {
    var answers = assessment(day)
    answers["changes"] = "결식이 줄었다."
    answers["decision"] = decision
    return answers
  }

  public static func conference(
    _ day: Day, decision: String = "select", tasksFor staff: ID<Staff>? = nil,
    parts: [String] = ["vice-principal", "homeroom"]
  ) -> Answers {
    var fields = [
      "day": "\(day)", "meeting-kind": "selection", "decision": decision, "decision-reason": "함께 도와야 한다.",
      "level": "2",
    ]
    for (index, part) in parts.enumerated() {
      fields["attendees.\(index).part"] = part
      fields["attendees.\(index).name"] = "참석자"
    }
    if let staff {
      fields["tasks.0.what"] = "조식 준비"
      fields["tasks.0.who"] = staff.description
      fields["tasks.0.due"] = "\(day.adding(days: 7))"
    }
    return answers(fields)
  }

  public static func plan(_ day: Day, agreed: Bool = true) -> Answers {
    var fields = [
      "from": "\(day)", "until": "\(day.adding(days: 180))", "long-term": "아침을 먹고 들어가고 싶어요.",
      "monitoring-every": "30", "next-monitoring": "\(day.adding(days: 30))",
      "next-reassessment": "\(day.adding(days: 90))",
    ]
    if agreed {
      for party in ["student", "guardian"] {
        fields["agree-\(party)"] = "yes"
        fields["agree-\(party)-day"] = "\(day)"
        fields["agree-\(party)-method"] = "paper"
      }
    }
    let goals = [("N07", "아침을 먹는다", "-1"), ("N02", "지각을 줄인다", "-2")]
    for (index, goal) in goals.enumerated() {
      fields["goals.\(index).need"] = goal.0
      fields["goals.\(index).goal"] = goal.1
      fields["goals.\(index).baseline"] = goal.2
      fields["goals.\(index).weight"] = "3"
      for (level, name) in ["m2", "m1", "z0", "p1", "p2"].enumerated() {
        fields["goals.\(index).\(name)"] = "수준 \(level)"
        fields["goals.\(index).\(name)-from"] = String(level * 2)
        fields["goals.\(index).\(name)-to"] = String(level * 2 + 1)
      }
    }
    fields["actions.0.goal"] = "1"
    fields["actions.0.what"] = "조식 간편식"
    fields["actions.0.part"] = "manager"
    return answers(fields)
  }

  public static func contact(_ day: Day, facts: String = "함께 아침을 먹었다.", notice: Bool = false) -> Answers {
    var answers = answers([
      "day": "\(day)", "minutes": "20", "service": "D16", "method": "M01", "facts": facts,
      "risk-check": "safe",
    ])
    if notice { answers["closure-notice"] = "yes" }
    return answers
  }

  public static func monitoring(_ day: Day, _ ratings: [Int], adjustments: [String] = ["AJ1"]) -> Answers {
    var answers = answers([
      "day": "\(day)", "method": "M01", "delivery": "as-planned", "student-words": "이제 배가 안 고파요.",
    ])
    answers[all: "adjustments"] = adjustments
    return rated(answers, ratings)
  }

  public static func evaluation(_ day: Day, _ ratings: [Int]) -> Answers {
    rated(answers(["day": "\(day)", "effects": "아침을 먹고 온다."]), ratings)
  }

  public static func closure(_ day: Day, reason: String = "TR-01") -> Answers {
    answers([
      "day": "\(day)", "reason": reason, "summary": "다섯 달 동안 도왔다.", "notified-student": "\(day)",
      "notified-student-method": "in-person", "notified-guardian": "\(day)",
      "notified-guardian-method": "phone",
    ])
  }

  public static func followUp(_ day: Day, action: String = "add") -> Answers {
    answers(["day": "\(day)", "method": "M02", "state": "kept", "safety": "safe", "action": action])
  }

  private static func rated(_ answers: Answers, _ ratings: [Int]) -> Answers {
    answers.replacing(
      "ratings",
      with: ratings.enumerated().map { index, rating in
        Filled.answers(["goal": String(index + 1), "rating": String(rating)])
      })
  }
}
