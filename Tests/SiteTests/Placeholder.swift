import Testing

@Suite struct SitePlaceholderTests {}
