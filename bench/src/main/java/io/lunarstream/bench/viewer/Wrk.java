package io.lunarstream.bench.viewer;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// wrk: asks for one address as fast as it is answered, on connections that stay. One thread of it, so that a core is
/// left for the server.
///
/// @param connections at a time
/// @param length how long it asks
public record Wrk(int connections, Duration length) {
    private static final Duration TIME_TO_END = Duration.ofSeconds(30);

    /// Asks.
    ///
    /// @param options further ones, such as `-H` and a header
    /// @throws BenchException if answers failed
    public WrkResult run(Workspace workspace, URI address, String... options) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "--latency"));
        command.addAll(List.of("-d" + length.toSeconds() + "s", "--timeout", "10s"));
        command.addAll(List.of(options));
        command.add(address.toString());
        Program wrk = workspace.start(command, Map.of());
        if (wrk.awaitEnd(length.plus(TIME_TO_END)) != 0) {
            throw new BenchException("wrk failed: " + wrk.lastWords());
        }
        WrkResult result = WrkResult.parse(wrk.output());
        if (result.failed() > 0 || result.requests() == 0) {
            throw new BenchException(result.failed() + " of " + result.requests() + " requests failed");
        }
        return result;
    }
}
