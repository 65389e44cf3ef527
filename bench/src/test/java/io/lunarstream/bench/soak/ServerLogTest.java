package io.lunarstream.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What of a log is a fault.
class ServerLogTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T09:00:00.000Z ERROR LiveStream: the media cannot be packaged",
                "java.lang.IllegalStateException: a publisher has a broadcast",
                "\tat io.lunarstream.server.live.LiveStream.current(LiveStream.java:1)",
                "Caused by: java.io.IOException: gone",
                "2026-11-23T09:00:00.000Z WARN  x: LEAK: ByteBuf.release() was not called",
                "Exception in thread \"main\" java.lang.OutOfMemoryError"
            })
    void aFaultIsFound(String line) {
        assertThat(ServerLog.of("before\n" + line + "\nafter\n").faults()).containsExactly(line);
    }

    @Test
    void whatOthersDoIsNoFault() {
        ServerLog log = ServerLog.of("""
                ready
                2026-11-23T09:00:00.000Z INFO  RtmpConnection: RTMP 127.0.0.1:5: malformed: no such chunk
                2026-11-23T09:00:00.000Z WARN  Disk: slow
                """);
        assertThat(log.faults()).isEmpty();
        assertThat(log.warnings()).isEqualTo(1);
    }
}
