package io.lunarstream.server.ingest;

import io.lunarstream.server.live.PublishRefusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Whom the RTMP port has turned away since the start; it only grows. Safe to call from any thread.
public final class IngestRefusals {
    private final Map<PublishRefusal, LongAdder> refused = new ConcurrentHashMap<>();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder unsupported = new LongAdder();
    private final LongAdder silent = new LongAdder();
    private final LongAdder crowded = new LongAdder();

    IngestRefusals() {}

    /// Publishers that were refused for a reason.
    public long refused(PublishRefusal reason) {
        return of(reason).sum();
    }

    /// Connections that sent what is not RTMP or FLV.
    public long malformed() {
        return malformed.sum();
    }

    /// Publishers of codecs that are not supported.
    public long unsupported() {
        return unsupported.sum();
    }

    /// Connections that did not publish in time, or stopped sending.
    public long silent() {
        return silent.sum();
    }

    /// Connections that were closed at once, because there were too many of their address.
    public long crowded() {
        return crowded.sum();
    }

    void countRefused(PublishRefusal reason) {
        of(reason).increment();
    }

    private LongAdder of(PublishRefusal reason) {
        return refused.computeIfAbsent(reason, _ -> new LongAdder());
    }

    void countMalformed() {
        malformed.increment();
    }

    void countUnsupported() {
        unsupported.increment();
    }

    void countSilent() {
        silent.increment();
    }

    void countCrowded() {
        crowded.increment();
    }
}
