// swift-tools-version: 6.2
import PackageDescription

/// The one direction of imports is kept by the compiler: a target sees only what it names here.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
/// Everywhere but at the C boundary.
let strict: [SwiftSetting] = house + [.strictMemorySafety()]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpParts = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let tls = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let ssl = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
  name: "gyeot",
  products: [.executable(name: "gyeot", targets: ["gyeot"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(
      url: "https://github.com/apple/swift-configuration", from: "1.4.0",
      traits: [.defaults, "YAML", "CommandLineArguments"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The field's rules: values only.
    .target(name: "CaseWork", swiftSettings: strict),
    .target(
      name: "Practice", dependencies: ["CaseWork", .product(name: "Yams", package: "Yams")],
      resources: [.copy("Pack")], swiftSettings: strict),
    .target(name: "Documents", dependencies: ["CaseWork", "CZip", crypto], swiftSettings: house),
    .target(name: "Markup", swiftSettings: strict),

    // Storage.
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .target(name: "Store", swiftSettings: strict),
    .target(
      name: "SQLiteStore",
      dependencies: [
        "Store", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: house),
    .target(name: "PostgresStore", dependencies: ["Store", "CLibPQ"], swiftSettings: house),
    .target(
      name: "Vault",
      dependencies: ["CaseWork", crypto, .product(name: "CryptoExtras", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "Repositories", dependencies: ["CaseWork", "Store", "Vault"],
      resources: [.copy("Migrations")], swiftSettings: strict),

    // Acts.
    .target(
      name: "Operations",
      dependencies: ["CaseWork", "Practice", "Documents", "Repositories", "Store", "Vault", crypto],
      swiftSettings: strict),

    // The web.
    .target(
      name: "Gateway",
      dependencies: ["CaseWork", "Operations", hummingbird, httpTypes, logging, nio, crypto],
      swiftSettings: strict),
    .target(
      name: "Site",
      dependencies: [
        "CaseWork", "Practice", "Markup", "Operations", "Gateway", hummingbird, httpTypes, logging, nio,
        // For the types the acts take and give; SQL and keys themselves stay out of reach.
        "Repositories", "Vault",
      ],
      resources: [.copy("Assets")], swiftSettings: strict),
    .target(
      name: "API",
      dependencies: ["CaseWork", "Operations", "Gateway", hummingbird, httpTypes, nio],
      swiftSettings: strict),
    .target(
      name: "Jobs", dependencies: ["CaseWork", "Operations", logging, lifecycle], swiftSettings: strict),
    .target(
      name: "Server",
      dependencies: [
        "CaseWork", "Practice", "Documents", "Store", "SQLiteStore", "PostgresStore", "Vault", "Repositories",
        "Operations", "Gateway", "Site", "API", "Jobs", hummingbird, httpTypes, logging, metrics, lifecycle,
        nio,
        hummingbirdCore, httpParts, tls, ssl, crypto,
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "gyeot",
      dependencies: [
        "CaseWork", "Practice", "Documents", "Store", "Vault", "Repositories", "Operations", "Server",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests. `TestSupport` starts the private PostgreSQL and makes fresh stores of both engines.
    .target(
      name: "TestSupport",
      dependencies: [
        "CaseWork", "Practice", "Store", "SQLiteStore", "PostgresStore", "Vault", "Repositories",
        "Operations",
      ],
      path: "Tests/TestSupport", swiftSettings: house),
    // A store as large as a district's, for bin/bench.
    .executableTarget(
      name: "gyeot-bench-world",
      dependencies: [
        "CaseWork", "Store", "SQLiteStore", "PostgresStore", "Vault", "Repositories", "Operations",
        "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/bench/world", swiftSettings: house),
    .systemLibrary(name: "CZlib", path: "Tests/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .testTarget(name: "CaseWorkTests", dependencies: ["CaseWork", "Practice"], swiftSettings: house),
    .testTarget(name: "PracticeTests", dependencies: ["CaseWork", "Practice"], swiftSettings: house),
    .testTarget(
      name: "DocumentsTests", dependencies: ["CaseWork", "Documents", "TestSupport"], swiftSettings: house),
    .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: house),
    .testTarget(
      name: "StoreTests", dependencies: ["Store", "SQLiteStore", "PostgresStore", "TestSupport"],
      swiftSettings: house),
    .testTarget(name: "VaultTests", dependencies: ["CaseWork", "Vault"], swiftSettings: house),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "CaseWork", "Practice", "Documents", "Store", "Vault", "Repositories", "Operations", "TestSupport",
        "CZlib",
      ],
      swiftSettings: house),
    .testTarget(
      name: "SiteTests",
      dependencies: [
        "CaseWork", "Practice", "Markup", "Store", "Vault", "Repositories", "Operations", "Documents",
        "Gateway",
        "Site", "TestSupport", hummingbird, httpTypes, nio, logging,
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "APITests",
      dependencies: [
        "CaseWork", "Practice", "Store", "Vault", "Repositories", "Operations", "Gateway", "Site", "API",
        "TestSupport", hummingbird, httpTypes, nio, logging,
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "CaseWork", "Practice", "Store", "SQLiteStore", "PostgresStore", "Vault", "Repositories",
        "Operations",
        "Server", "TestSupport", metrics, logging,
      ],
      swiftSettings: house),
  ]
)

// The fuzzer of bin/fuzz, which says where the compiler keeps its library.
if let library = Context.environment["GYEOT_TEST_FUZZ"] {
  package.targets.append(
    .executableTarget(
      name: "gyeot-fuzz",
      dependencies: ["CaseWork", "Practice", "Documents", "Vault", "Gateway", "Operations"],
      path: "Tests/fuzz", exclude: ["corpus"], swiftSettings: house,
      linkerSettings: [.unsafeFlags([library]), .linkedLibrary("stdc++")]))
}
