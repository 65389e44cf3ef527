package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real GStreamer pipeline, which ends in `rtmp2sink`, an RTMP client of its own making.
final class GStreamerPublisher implements AutoCloseable {
    private static final List<String> ELEMENTS = List.of("x264enc", "avenc_aac", "flvmux", "rtmp2sink");
    private static final Duration TIME_TO_LOOK = Duration.ofSeconds(20);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    private final ChildProcess process;

    private GStreamerPublisher(ChildProcess process) {
        this.process = process;
    }

    /// Pushes 1280x720 at 30 frames/s, H.264 and AAC, until it is stopped.
    static GStreamerPublisher push(String address) {
        ELEMENTS.forEach(GStreamerPublisher::require);
        List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-e"));
        // Without a pixel format it would choose 10 bits and 4:4:4, which no browser plays.
        command.addAll(List.of("videotestsrc", "is-live=true", "pattern=ball", "!"));
        command.addAll(List.of("video/x-raw,format=I420,width=1280,height=720,framerate=30/1", "!"));
        command.addAll(List.of("x264enc", "tune=zerolatency", "speed-preset=ultrafast", "key-int-max=60", "!"));
        command.addAll(List.of("h264parse", "!", "queue", "!", "flvmux", "name=mux", "streamable=true", "!"));
        command.addAll(List.of("rtmp2sink", "location=" + address));
        command.addAll(List.of("audiotestsrc", "is-live=true", "volume=0.2", "!"));
        command.addAll(List.of("audio/x-raw,rate=48000,channels=2", "!"));
        command.addAll(List.of("avenc_aac", "!", "aacparse", "!", "queue", "!", "mux."));
        return new GStreamerPublisher(Encoders.sending(ChildProcess.start(command), address));
    }

    private static void require(String element) {
        try (ChildProcess inspect = ChildProcess.start(List.of("gst-inspect-1.0", "--exists", element))) {
            assertThat(inspect.awaitExit(TIME_TO_LOOK))
                    .as("missing GStreamer element: %s", element)
                    .isZero();
        }
    }

    /// Ends the stream in order: end-of-stream through the pipeline, then good-bye.
    void stop() {
        process.interrupt();
        process.awaitExit(TIME_TO_STOP);
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
