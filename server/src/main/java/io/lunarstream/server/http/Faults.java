package io.lunarstream.server.http;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with the input, so that a client learns all of it at once.
final class Faults {

    /// More rows help nobody, and a body of 64 KiB could ask for ten thousand.
    private static final int MAX_ROWS = 100;

    private final ErrorCode code;
    private final List<Fault> rows = new ArrayList<>();

    Faults(ErrorCode code) {
        this.code = code;
    }

    void add(Fault fault) {
        if (rows.size() < MAX_ROWS) {
            rows.add(fault);
        }
    }

    /// Ends the request if there is any.
    void check() {
        if (!rows.isEmpty()) {
            throw new ApiException(ApiError.ofFaults(code, rows));
        }
    }
}
