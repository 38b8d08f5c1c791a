import ArgumentParser
@main struct Gyeot: ParsableCommand {}
