import Testing

@Suite struct CaseWorkPlaceholderTests {}
