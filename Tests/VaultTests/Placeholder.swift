import Testing

@Suite struct VaultPlaceholderTests {}
