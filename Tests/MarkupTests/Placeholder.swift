import Testing

@Suite struct MarkupPlaceholderTests {}
