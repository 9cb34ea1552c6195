// swift-tools-version:6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "Tocsin",
  products: [
    .library(name: "Asterix", targets: ["Asterix"]),
    .library(name: "CAP", targets: ["CAP"]),
    .library(name: "HomeFrontCommand", targets: ["HomeFrontCommand"]),
    .library(name: "UkraineAlerts", targets: ["UkraineAlerts"]),
    .library(name: "NewsReading", targets: ["NewsReading"]),
    .library(name: "TocsinModel", targets: ["TocsinModel"]),
    .library(name: "TocsinTracking", targets: ["TocsinTracking"]),
    .library(name: "TocsinCore", targets: ["TocsinCore"]),
    .library(name: "TocsinSources", targets: ["TocsinSources"]),
    .library(name: "TocsinClient", targets: ["TocsinClient"]),
    .executable(name: "tocsin", targets: ["tocsin"]),
  ],
  traits: [
    .trait(name: "MQTT", description: "The channel mqtt, over Mosquitto's client library."),
    .default(enabledTraits: []),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Formats: bytes to values and back; they know nothing of Tocsin.
    .target(name: "Asterix", swiftSettings: strict),
    .target(
      name: "CXML",
      linkerSettings: [
        .linkedLibrary("xml2"), .linkedLibrary("xmlsec1-openssl"), .linkedLibrary("xmlsec1"),
        .linkedLibrary("crypto"),
      ]),
    .target(name: "CAP", dependencies: ["CXML"], swiftSettings: strict),
    .systemLibrary(
      name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
    .target(name: "HomeFrontCommand", swiftSettings: strict),
    .target(name: "UkraineAlerts", swiftSettings: strict),

    // Pure: no clock, no chance, no I/O.
    .target(name: "TocsinModel", swiftSettings: strict),
    .target(name: "TocsinTracking", dependencies: ["TocsinModel"], swiftSettings: strict),
    .target(
      name: "TocsinCore", dependencies: ["TocsinModel", "TocsinTracking"], swiftSettings: strict),
    .target(
      name: "TocsinRecord",
      dependencies: [
        "NewsReading", "TocsinModel", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: strict),
    .target(
      name: "TocsinSimulation", dependencies: ["TocsinModel", "TocsinTracking", "TocsinCore"],
      swiftSettings: strict),
    // Who said what in English news texts; knows nothing of Tocsin.
    .target(name: "NewsReading", swiftSettings: strict),

    // The loop and the outside.
    .target(
      name: "TocsinEngine",
      dependencies: [
        "TocsinModel", "TocsinCore", .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    .target(
      name: "TocsinJournals",
      dependencies: [
        "TocsinModel", "TocsinCore", "TocsinEngine", "TocsinRecord",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    // How files are read whose mistakes have lines: for sources, channels and the command line alike.
    .target(
      name: "TocsinConfiguration",
      dependencies: ["TocsinModel", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "TocsinSources",
      dependencies: [
        "Asterix", "CAP", "HomeFrontCommand", "UkraineAlerts", "TocsinModel",
        "TocsinConfiguration", "TocsinEngine", "TocsinSimulation",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.copy("Defaults"), .copy("Scenarios")], swiftSettings: strict),
    // Years of alert logs, and what can be counted in them.
    .target(
      name: "TocsinHistory",
      dependencies: [
        "TocsinModel", "TocsinConfiguration", "TocsinRecord", "TocsinSources",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: strict),
    .target(
      name: "TocsinChannels",
      dependencies: [
        "CAP", "TocsinModel", "TocsinConfiguration", "TocsinCore", "TocsinEngine",
        .target(name: "CMosquitto", condition: .when(traits: ["MQTT"])),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    .target(
      name: "TocsinWeb",
      dependencies: [
        "HomeFrontCommand", "UkraineAlerts", "NewsReading", "TocsinModel", "TocsinCore",
        "TocsinEngine", "TocsinRecord", "TocsinSources", "TocsinHistory",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      resources: [.copy("Public")], swiftSettings: strict),
    .target(name: "TocsinClient", dependencies: ["TocsinModel"], swiftSettings: strict),
    .executableTarget(
      name: "tocsin",
      dependencies: [
        "Asterix", "CAP", "NewsReading", "TocsinModel", "TocsinConfiguration", "TocsinTracking",
        "TocsinCore", "TocsinRecord", "TocsinSimulation", "TocsinEngine", "TocsinJournals",
        "TocsinSources", "TocsinHistory", "TocsinChannels", "TocsinWeb", "TocsinClient",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),

    // `Benchmarks/README.md`; not part of the product.
    .executableTarget(
      name: "tocsin-benchmarks",
      dependencies: [
        "TocsinModel", "TocsinCore", "TocsinTracking", "TocsinSimulation", "TocsinEngine",
        "TocsinJournals", "TocsinSources",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Benchmarks/Tocsin", swiftSettings: strict),

    .testTarget(name: "AsterixTests", dependencies: ["Asterix"], swiftSettings: strict),
    .testTarget(name: "CAPTests", dependencies: ["CAP"], swiftSettings: strict),
    .testTarget(
      name: "HomeFrontCommandTests", dependencies: ["HomeFrontCommand"], swiftSettings: strict),
    .testTarget(
      name: "UkraineAlertsTests", dependencies: ["UkraineAlerts"], swiftSettings: strict),
    .testTarget(
      name: "NewsReadingTests", dependencies: ["NewsReading"], exclude: ["Corpus"],
      swiftSettings: strict),
    .testTarget(name: "TocsinModelTests", dependencies: ["TocsinModel"], swiftSettings: strict),
    .testTarget(
      name: "TocsinTrackingTests",
      dependencies: ["TocsinModel", "TocsinSimulation", "TocsinTracking"],
      swiftSettings: strict),
    .testTarget(
      name: "TocsinCoreTests",
      dependencies: ["TocsinModel", "TocsinCore", "TocsinTracking", "TocsinSimulation"],
      swiftSettings: strict),
    .testTarget(
      name: "TocsinJournalsTests",
      dependencies: [
        "TocsinModel", "TocsinCore", "TocsinEngine", "TocsinJournals", "TocsinRecord",
        "TocsinSimulation",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .testTarget(
      name: "TocsinSimulationTests", dependencies: ["TocsinModel", "TocsinSimulation"],
      swiftSettings: strict),
    .testTarget(
      name: "TocsinRecordTests", dependencies: ["TocsinModel", "TocsinRecord", "TocsinSources"],
      path: "Tests/RecordTests", exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ScenarioTests",
      dependencies: [
        "TocsinModel", "TocsinConfiguration", "TocsinCore", "TocsinSimulation", "TocsinSources",
      ],
      path: "Tests/Scenarios",
      swiftSettings: strict),
    .testTarget(
      name: "TocsinSourcesTests",
      dependencies: [
        "Asterix", "HomeFrontCommand", "TocsinModel", "TocsinConfiguration", "TocsinSimulation",
        "TocsinSources",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TocsinHistoryTests",
      dependencies: ["TocsinModel", "TocsinHistory", "TocsinRecord", "TocsinSources"],
      swiftSettings: strict),
    .testTarget(
      name: "TocsinChannelsTests",
      dependencies: [
        "TocsinModel", "TocsinChannels", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: strict),
    .testTarget(
      name: "TocsinWebTests",
      dependencies: [
        "HomeFrontCommand", "UkraineAlerts", "TocsinModel", "TocsinCore", "TocsinEngine",
        "TocsinSources", "TocsinWeb", "TocsinClient",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    .testTarget(
      name: "TocsinClientTests", dependencies: ["TocsinModel", "TocsinClient"],
      swiftSettings: strict),
  ]
)
