package io.lunarstream.bench;

import io.lunarstream.bench.report.Section;

/// One thing that is measured.
interface Benchmark {

    /// As on the command line.
    String name();

    /// Measures. Progress goes to standard error.
    Section run(Bench bench) throws InterruptedException;
}
