package io.lunarstream.server.command;

import picocli.CommandLine.Option;

/// Which server is meant, and who reads the result.
class ResultOptions extends ServerOptions {
    @Option(names = "--json", description = "print the API's data as JSON")
    private boolean json;

    boolean json() {
        return json;
    }
}
