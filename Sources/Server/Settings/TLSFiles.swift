/// The two PEM files of TLS ended here.
public struct TLSFiles: Hashable, Sendable {
  /// The certificate of this host, and behind it those that signed it.
  public let certificate: String
  public let key: String

  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }

  init?(_ values: SettingValues) throws {
    switch (values.text(.tlsCertificate), values.text(.tlsKey)) {
    case (nil, nil): return nil
    case (let certificate?, let key?): self.init(certificate: certificate, key: key)
    case (_?, nil):
      throw SettingsProblem.missing(key: Setting.tlsKey.rawValue, hint: "tls.certificate needs it")
    case (nil, _?):
      throw SettingsProblem.missing(key: Setting.tlsCertificate.rawValue, hint: "tls.key needs it")
    }
  }
}
