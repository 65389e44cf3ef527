package io.lunarstream.server.command;

import io.lunarstream.server.client.ClientException.Reason;

/// How a command ended, for scripts.
enum ExitCode {
    DONE(0),
    FAILED(1),
    MISUSED(2),
    UNREACHABLE(3),
    UNAUTHENTICATED(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(Reason reason) {
        return switch (reason) {
            case REFUSED -> FAILED;
            case MISUSED -> MISUSED;
            case UNREACHABLE -> UNREACHABLE;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
        };
    }
}
