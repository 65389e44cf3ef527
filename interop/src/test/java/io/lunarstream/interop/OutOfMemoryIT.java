package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program whose memory for media is full. What becomes of a full heap shows `./lunar faults heap`.
class OutOfMemoryIT {
    private static final Map<String, String> TOO_LITTLE = Map.of("JDK_JAVA_OPTIONS", "-XX:MaxDirectMemorySize=12m");
    private static final Duration TIME_TO_FILL = Duration.ofSeconds(60);

    @TempDir
    private Path dataDir;

    @Test
    void endsSaysWhyAndKeepsWhatWasAcknowledged() {
        Livestream livestream;
        try (LunarServer server = LunarServer.start(dataDir, TOO_LITTLE)) {
            livestream = server.apiOnMediaServer(server.credentials().mediaServerId())
                    .create("too large");
            try (FfmpegPublisher _ =
                    FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.FULL_HD_30)) {
                assertThat(server.awaitExit(TIME_TO_FILL)).isEqualTo(3);
            }
            assertThat(server.output()).contains("Out of memory: give it more");
        }
        try (LunarServer server = LunarServer.start(dataDir)) {
            assertThat(server.apiOnMediaServer(server.credentials().mediaServerId())
                            .get(livestream.id())
                            .streamKey())
                    .isEqualTo(livestream.streamKey());
        }
    }
}
