package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.LunarApi;
import io.lunarstream.bench.viewer.Wrk;
import io.lunarstream.bench.viewer.WrkResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// A request that wrk sends over and over.
///
/// @param script of wrk's, with the key in it, which no process list shall show
record ApiLoad(URI address, Path script) {

    /// What one run has given.
    ///
    /// @param cpuMicrosecondsEach of the server alone
    record Measured(WrkResult result, double cpuMicrosecondsEach) {}

    /// One that needs no key.
    static ApiLoad open(Workspace workspace, URI address) {
        return new ApiLoad(address, script(workspace, "open.lua", ""));
    }

    /// Reads what a partner may.
    ///
    /// @param path below the API's address
    static ApiLoad get(Workspace workspace, LunarApi api, String path) {
        String text = "wrk.headers['ls-api-key'] = '" + api.apiKey() + "'\n";
        return new ApiLoad(URI.create(api.apiUrl() + path), script(workspace, "get.lua", text));
    }

    /// Creates livestreams.
    static ApiLoad create(Workspace workspace, LunarApi api) {
        String text = """
                wrk.method = 'POST'
                wrk.headers['ls-api-key'] = '%s'
                wrk.headers['content-type'] = 'application/json'
                wrk.body = '%s'
                """.formatted(api.apiKey(), api.body("livestream"));
        return new ApiLoad(URI.create(api.apiUrl() + "/livestream"), script(workspace, "create.lua", text));
    }

    private static Path script(Workspace workspace, String name, String text) {
        try {
            return Files.writeString(workspace.folder().resolve(name), text);
        } catch (IOException e) {
            throw new BenchException("cannot write for wrk", e);
        }
    }

    /// Sends it, after as long to warm up: what is compiled on the way in the first seconds is not the speed of the
    /// years after.
    Measured run(Wrk wrk, Workspace workspace, Program server) throws InterruptedException {
        WrkResult _ = wrk.run(workspace, address, "-s", script.toString());
        double before = server.processes().usage().cpuSeconds();
        WrkResult result = wrk.run(workspace, address, "-s", script.toString());
        double cpuSeconds = server.processes().usage().cpuSeconds() - before;
        return new Measured(result, cpuSeconds * 1e6 / result.requests());
    }
}
