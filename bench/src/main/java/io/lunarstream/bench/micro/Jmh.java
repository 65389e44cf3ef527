package io.lunarstream.bench.micro;

import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// How often and how long JMH runs each benchmark of this package.
///
/// @param forks JVMs, one after the other
/// @param warmUps iterations of each that do not count
/// @param iterations of each that count
/// @param secondsEach how long an iteration is
public record Jmh(int forks, int warmUps, int iterations, int secondsEach) {

    /// Runs all of them, each in JVMs of its own.
    ///
    /// @param folder for what JMH says and reports
    public List<Measured> run(Path folder, Path clip, int clipMs) {
        Path report = folder.resolve("jmh.json");
        Options options = new OptionsBuilder()
                .include(Jmh.class.getPackageName() + ".*")
                .mode(Mode.Throughput)
                .forks(forks)
                .warmupIterations(warmUps)
                .warmupTime(TimeValue.seconds(secondsEach))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(secondsEach))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(Recording.arguments(clip, clipMs))
                .shouldFailOnError(true)
                .output(folder.resolve("jmh.txt").toString())
                .resultFormat(ResultFormatType.JSON)
                .result(report.toString())
                .build();
        try {
            new Runner(options).run();
            return Measured.parse(Files.readString(report));
        } catch (RunnerException | IOException e) {
            throw new BenchException("JMH: " + e.getMessage() + "; see " + folder.resolve("jmh.txt"), e);
        }
    }

    /// How many iterations count.
    public int counted() {
        return forks * iterations;
    }
}
