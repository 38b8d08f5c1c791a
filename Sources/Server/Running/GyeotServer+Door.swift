import Foundation
import Glibc
import HummingbirdCore
import HummingbirdTLS
import NIOSSL

extension Settings {
  /// HTTP/1.1 within the bounds, over TLS where there is a certificate.
  ///
  /// - Throws: `SettingsProblem` where the certificate or its key cannot be used.
  func door() throws -> HTTPServerBuilder {
    let bounds = bounds
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [ConnectionClock(bounds)],
        // What browsers send is far below; a proxy's own headers included.
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
    return try tls.map { try .tls(plain, tlsConfiguration: $0.configuration()) } ?? plain
  }

  /// Each connection is an open file, of which a process may have few unless it asks for all it may have.
  func allowOpenFiles() {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard unsafe getrlimit(kind, &limit) == 0 else { return }
    let wanted = rlim_t(bounds.limit) + 500
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    _ = unsafe setrlimit(kind, &limit)
  }
}

extension TLSFiles {
  /// TLS 1.2 with forward secrecy and authenticated ciphers only, and 1.3.
  func configuration() throws -> TLSConfiguration {
    guard let chain = try? NIOSSLCertificate.fromPEMFile(certificate), !chain.isEmpty else {
      throw refusal(.tlsCertificate, certificate, "a readable file of certificates in PEM")
    }
    let mode = try? FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? NSNumber
    if let mode, mode.intValue & 0o007 != 0 {
      throw refusal(.tlsKey, key, "kept from others (chmod o= on it)")
    }
    guard let secret = try? NIOSSLPrivateKey(file: key, format: .pem) else {
      throw refusal(.tlsKey, key, "a readable file of an unlocked private key in PEM")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
    configuration.minimumTLSVersion = .tlsv12
    configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
    configuration.applicationProtocols = ["http/1.1"]
    do {
      _ = try NIOSSLContext(configuration: configuration)
    } catch {
      throw refusal(.tlsKey, key, "the key of the certificate in \(certificate)")
    }
    return configuration
  }

  private func refusal(_ setting: Setting, _ path: String, _ expected: String) -> SettingsProblem {
    .invalid(key: setting.rawValue, value: path, expected: expected)
  }
}
