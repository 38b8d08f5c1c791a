import Markup

/// The few drawings of the site. Beside each stands a word.
enum Icon: String {
  case check, todo, warn, lock, phone, plus
  /// What happened in a case: a talk, a look, a paper, a plan, a meeting, a score, a step, a hand given.
  case talk, look, page, flag, group, bars, step, hand

  var html: HTML {
    .element("svg", [.class("icon"), .aria("hidden", "true")]) {
      HTML.element("use", [.href(.place("i-" + rawValue))]) { HTML.nothing }
    }
  }

  static let mark = HTML.drawing(
    """
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path class="mark-a" d="M4 9a4 4 0 0 1 8 0v13H4Z"/>\
    <path class="mark-b" d="M14 14.5a3 3 0 0 1 6 0V22h-6Z"/></svg>
    """)

  static let sprite = HTML.drawing(
    """
    <svg class="sprite" aria-hidden="true" focusable="false" width="0" height="0">\
    <symbol id="i-check" viewBox="0 0 24 24"><path d="M5 12.5 10 17.5 19.5 7"/></symbol>\
    <symbol id="i-todo" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8"/></symbol>\
    <symbol id="i-warn" viewBox="0 0 24 24"><path d="M12 4 21 20H3Z"/><path d="M12 10v4.5M12 17.3v.2"/></symbol>\
    <symbol id="i-lock" viewBox="0 0 24 24"><rect x="5" y="11" width="14" height="9" rx="2"/>\
    <path d="M8 11V8a4 4 0 0 1 8 0v3"/></symbol>\
    <symbol id="i-phone" viewBox="0 0 24 24"><path d="M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 \
    15 0 0 1 3 6a3 3 0 0 1 3-3Z"/></symbol>\
    <symbol id="i-plus" viewBox="0 0 24 24"><path d="M12 5v14M5 12h14"/></symbol>\
    <symbol id="i-talk" viewBox="0 0 24 24"><path d="M4 5h16v11H11l-5 4v-4H4Z"/></symbol>\
    <symbol id="i-look" viewBox="0 0 24 24"><circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/></symbol>\
    <symbol id="i-page" viewBox="0 0 24 24"><path d="M6 3h8l4 4v14H6ZM9 12h6M9 16h6"/></symbol>\
    <symbol id="i-flag" viewBox="0 0 24 24"><path d="M6 21V4h11l-2.5 4L17 12H6"/></symbol>\
    <symbol id="i-group" viewBox="0 0 24 24"><circle cx="8.5" cy="8" r="3"/><circle cx="16.5" cy="9" r="2.5"/>\
    <path d="M3 20c0-4 2.5-6 5.5-6s5.5 2 5.5 6M16 14.5c3 0 5 1.8 5 5"/></symbol>\
    <symbol id="i-bars" viewBox="0 0 24 24"><path d="M5 20v-6M12 20V9M19 20V4"/></symbol>\
    <symbol id="i-step" viewBox="0 0 24 24"><path d="M4 12h15M13 6l6 6-6 6"/></symbol>\
    <symbol id="i-hand" viewBox="0 0 24 24"><path d="M4 13l4 4 5-5M11 17l2 2 7-9"/></symbol></svg>
    """)
}
