extension AnchoredTable {
  /// Every table that says something about people, by its name.
  static let all: [String: AnchoredTable] = Dictionary(
    uniqueKeysWithValues: (office + students + cases + counted + linked + gaps + programmes).map {
      ($0.name, $0)
    })

  /// Tables whose rows may be changed past the program without being found, and why that is borne.
  ///
  /// Anchored otherwise: the trail itself. Following from other rows, which are anchored: what is due, the news, the
  /// tokens to search by, the marks of schools, the marks, terms, hours, weights and public places of what is offered. Public: the terms of other
  /// directories, the course of a directory's changes. Passing: drafts, class lists and directories under way (sealed at
  /// their place), leases, forms sent, attempts at the door.
  static let others: Set<String> = [
    "event", "access_row", "chain_link", "chain_head", "chain_pending", "due", "notice", "search_token",
    "draft", "roster_import", "lease", "sent_form", "sign_in_address", "schema_migration",
    "directory_import", "offer_trait", "offer_hours", "offer_fit", "term_use", "public_place",
    "directory_taxonomy", "directory_term", "directory_letters",
    "directory_change", "student_stamp",
  ]

  private static let office: [AnchoredTable] = [
    AnchoredTable("office", key: "id", "name made_at", isOfOffice: true),
    AnchoredTable(
      "school", key: "id", "name kind version area latitude longitude", isOfOffice: true),
    AnchoredTable("school_year", key: "year", "first_term_ends breaks version"),
    AnchoredTable("sealing_key", key: "owner_kind owner_id", "wrapped shredded_at"),
    AnchoredTable("staff", key: "id", "sign_in_token sealed left_at version", isOfOffice: true),
    AnchoredTable(
      "staff_role", key: "id", "staff_id school_id role from_day until_day granted_by granted_at",
      isOfOffice: true),
    AnchoredTable(
      "credential", key: "staff_id", "password_hash must_change changed_at totp version",
      passing: "totp_last_step failures locked_until", isOfOffice: true),
    AnchoredTable("recovery_code", key: "staff_id code_hash", "used_at", isOfOffice: true),
    AnchoredTable(
      "sign_in_session", key: "id", "token_hash staff_id begun_at ended_at awaits_code address device",
      passing: "seen_at", isOfOffice: true),
    AnchoredTable(
      "resource", key: "id",
      """
      kind needs formality place verified_on sealed version name document published_at verified_by agreed_until
      """, passing: "changed_at", isOfOffice: true),
    AnchoredTable(
      "offer", key: "id",
      """
      resource_id name resource_name kind needs status cost free_places waiting_days phone verified_on published_at
      document sealed version
      """, passing: "place_in_order changed_at", isOfOffice: true),
    AnchoredTable(
      "location", key: "id", "resource_id latitude longitude document sealed version",
      passing: "postcode", isOfOffice: true),
    AnchoredTable(
      "offer_location", key: "id", "offer_id location_id document sealed version",
      isOfOffice: true),
  ]

  private static let students: [AnchoredTable] = [
    AnchoredTable("student", key: "id", "number_token display profile version"),
    AnchoredTable("enrolment", key: "student_id year", "grade class_name seat status"),
    AnchoredTable(
      "relative", key: "student_id id",
      "relation is_legal_guardian must_not_contact ended_at sealed version"),
    AnchoredTable("informal_resource", key: "student_id id version", "by_id at sealed"),
    AnchoredTable("category", key: "student_id code confirmed_on", "confirmed_by ended_on"),
    AnchoredTable("destruction", key: "student_id", "id cases by_id at sealed"),
    AnchoredTable(
      "referral", key: "id",
      """
      student_id by_id route at is_urgent red_flags needs family_knows status case_id handler_id agency_id is_joint
      sealed version
      """),
    AnchoredTable(
      "agency_referral", key: "id",
      "resource_id by_id made_at state receipt sent_at is_urgent handler_id handled_at sealed version"),
    AnchoredTable(
      "referral_link", key: "id",
      "purpose referral_id token_hash code_token made_at expires_at failures used_at revoked_at locked_at"),
    AnchoredTable("referral_link_opening", key: "link_id id", "at address outcome"),
    AnchoredTable("referral_reply", key: "referral_id id", "kind by_id at sealed"),
    AnchoredTable("abuse_report", key: "id", "student_id manager_id made_at sealed version"),
  ]

  private static let cases: [AnchoredTable] = [
    AnchoredTable(
      "case_file", key: "id",
      """
      student_id number episode previous_id referral_id family_id opened_on stage standing level manager_id held_since
      closed_on closed_by closure_reason closure_more last_contact_on version
      """, passing: "next_due_on next_due_kind"),
    AnchoredTable("case_participant", key: "case_id staff_id capacity from_day", "until_day"),
    AnchoredTable(
      "case_transition", key: "case_id id", "from_stage to_stage standing reason by_id at_day sealed"),
    AnchoredTable(
      "case_record", key: "case_id id",
      """
      student_id kind series day author_id written_at asked_at approved_by approved_at follows_id form_id form_version
      marks sealed version
      """),
    AnchoredTable(
      "case_record_version", key: "case_id record_id version", "author_id written_at marks sealed"),
    AnchoredTable(
      "consent", key: "case_id id",
      """
      purpose party relative_id answer day until_day method guardian_confirmation wording wording_version recipient_id
      items recorded_by recorded_at sealed
      """),
    AnchoredTable("follow_up", key: "case_id number", "due_day record_id done_on"),
    AnchoredTable("task", key: "id", "case_id record_id staff_id due_day done_at sealed version"),
    AnchoredTable(
      "disclosure", key: "id", "case_id recipient_id ground consent_id items form by_id at sealed"),
  ]

  private static let gaps: [AnchoredTable] = [
    AnchoredTable(
      "unmet_need", key: "id", "case_id student_id need reason grade area day by_id met_on sealed version"),
    AnchoredTable(
      "development", key: "id",
      "school_id leader_id need title state begun_on due_on ended_on resource_id version", isOfOffice: true),
    AnchoredTable(
      "development_contact", key: "development_id id", "day by_id sealed", isOfOffice: true),
  ]

  private static let programmes: [AnchoredTable] = [
    AnchoredTable(
      "programme", key: "id",
      """
      name service legal_kind resource_id needs first_day last_day rhythm place places fund cost leader_id version
      """),
    AnchoredTable(
      "programme_seat", key: "programme_id id",
      "case_id student_id state asked_at by_id enrolled_on left_on sealed version"),
    AnchoredTable(
      "programme_session", key: "programme_id id", "number day minutes topic cancelled by_id version"),
    AnchoredTable(
      "programme_attendance", key: "programme_id session_id seat_id",
      "mark record_id by_id at sealed version"),
  ]

  private static let counted: [AnchoredTable] = [
    AnchoredTable(
      "service_given", key: "case_id record_id position",
      "student_id day service legal_kind method minutes people amount fund resource_id goals"),
    AnchoredTable("goal_rating", key: "case_id record_id goal", "plan day rating weight"),
    AnchoredTable(
      "instrument_score", key: "case_id record_id instrument respondent scale", "day score"),
    AnchoredTable("need_seen", key: "case_id record_id area", "day severity will priority"),
  ]

  private static let linked: [AnchoredTable] = [
    AnchoredTable(
      "linkage", key: "id",
      """
      case_id number by_id made_at resource_id kind is_joint needs items state state_since ground consents
      disclosure_id sent_at reply_by reminders reminded_at escalated_at is_partial accepted_on ended_on withdrawn_on
      help help_score help_at sealed version
      """),
    AnchoredTable(
      "linkage_step", key: "linkage_id id", "by_id party way at from_state to_state reason sealed"),
    AnchoredTable(
      "agency_link", key: "id",
      "purpose linkage_id token_hash code_token made_at expires_at failures used_at revoked_at locked_at"),
    AnchoredTable("agency_link_opening", key: "link_id id", "at address outcome"),
    AnchoredTable("linkage_file", key: "linkage_id id", "kind size at sealed_name sealed"),
  ]
}
