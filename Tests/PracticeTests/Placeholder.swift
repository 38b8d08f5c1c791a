import Testing

@Suite struct PracticePlaceholderTests {}
