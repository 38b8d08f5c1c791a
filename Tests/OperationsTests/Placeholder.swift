import Testing

@Suite struct OperationsPlaceholderTests {}
