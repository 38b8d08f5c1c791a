internal import CaseWork

/// Instruments: one file each in `instruments/`, named after the instrument.
enum Instruments {
  static func read(from files: PracticeFiles) -> [String: Instrument] {
    var instruments: [String: Instrument] = [:]
    for (name, piece) in files.pieces(in: "instruments") { instruments[name] = instrument(name, piece) }
    return instruments
  }

  private static func instrument(_ name: String, _ piece: Piece) -> Instrument? {
    piece.allow(
      "version", "ko", "en", "licence", "caution-ko", "caution-en", "respondents", "items", "subscales",
      "missing-allowed", "total", "bands")
    guard let licence = piece.need("licence")?.code(Instrument.Licence.self),
      let caution = piece.words("caution-")
    else {
      piece.problem("licence and caution are needed")
      return nil
    }
    let items = piece["items"]?.list.map { item($0, licence: licence) } ?? []
    let known = Set(items.map(\.id))
    let reachable = items.reduce(0) { $0 + $1.range.upperBound }
    if !items.isEmpty, let total = piece["total"], total.range.upperBound != reachable {
      total.problem("the items add up to \(reachable)")
    }
    let subscales = piece["subscales"]?.list.map(subscale) ?? []
    for subscale in subscales where !items.isEmpty {
      for id in subscale.items where !known.contains(id) { piece.problem("there is no item “\(id)”") }
    }
    return Instrument(
      id: name, version: piece.need("version")?.number ?? 0, title: piece.needWords(), licence: licence,
      caution: caution, respondents: piece.need("respondents")?.list.map(\.text) ?? [], items: items,
      subscales: subscales, missingAllowed: piece["missing-allowed"]?.number ?? 0,
      total: piece.need("total")?.range ?? 0...0, bands: piece["bands"]?.list.map(bandSet) ?? [])
  }

  private static func item(_ piece: Piece, licence: Instrument.Licence) -> Instrument.Item {
    piece.allow("id", "ko", "en", "range", "reversed", "risk-from")
    let words = piece.words()
    if words != nil, licence != .embedded {
      piece.problem("the wording may not be embedded (licence \(licence.rawValue))")
    }
    return Instrument.Item(
      id: piece.need("id")?.text ?? "", words: words, range: piece.need("range")?.range ?? 0...0,
      isReversed: piece["reversed"]?.flag ?? false, riskFrom: piece["risk-from"]?.number)
  }

  private static func subscale(_ piece: Piece) -> Instrument.Subscale {
    piece.allow("id", "ko", "en", "items", "cut-off")
    return Instrument.Subscale(
      id: piece.need("id")?.text ?? "", title: piece.needWords(),
      items: piece["items"]?.list.map(\.text) ?? [],
      cutOff: piece["cut-off"]?.number)
  }

  private static func bandSet(_ piece: Piece) -> Instrument.BandSet {
    piece.allow("norm", "bands")
    let bands: [Instrument.Band] =
      piece.need("bands")?.list.map { band in
        band.allow("from", "id", "ko", "en")
        return Instrument.Band(
          from: band.need("from")?.number ?? 0, id: band.need("id")?.text ?? "", words: band.needWords())
      } ?? []
    if zip(bands, bands.dropFirst()).contains(where: { $0.from >= $1.from }) {
      piece.problem("the bands must rise")
    }
    return Instrument.BandSet(norm: piece.need("norm")?.text ?? "", bands: bands)
  }
}
