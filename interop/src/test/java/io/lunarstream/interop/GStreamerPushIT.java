package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GStreamer's RTMP client is nobody's copy: another handshake, other chunk sizes, other commands than FFmpeg's.
class GStreamerPushIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path dataDir;

    @Test
    void gstreamerPublishesAndSaysGoodbye() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            Livestream livestream = server.api().create("from GStreamer");
            try (GStreamerPublisher publisher = GStreamerPublisher.push(livestream.pushAddress())) {
                URI media = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
                Awaitility.await("three segments")
                        .atMost(SOON)
                        .until(() -> server.hls().read(media).segments().size() >= 3);
                publisher.stop();
                Livestream ended = server.api().awaitStatus(livestream.id(), "ENDED", SOON);
                assertThat(ended.endReason()).as(publisher.output()).isEqualTo("client_stopped");
            }
            for (HlsForm form : HlsForm.values()) {
                URI address = server.hls().multivariantAddress(form, livestream.streamKey());
                FfmpegDecoder.decodeWithoutAnError(address);
                Ffprobe probe = Ffprobe.look(address);
                assertThat(probe.only("video").width()).isEqualTo(1280);
                assertThat(probe.only("audio").codec()).isEqualTo("aac");
            }
        }
    }
}
