package io.lunarstream.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A real FFmpeg that encodes a test picture and a tone, and pushes them over RTMP.
final class FfmpegPublisher implements AutoCloseable {
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    /// How FFmpeg encodes: H.264 and AAC-LC at 48 kHz in all cases.
    ///
    /// @param bFrames consecutive B-frames; with any, decoding and presentation times differ
    record Encoding(String size, int frameRate, int bFrames, int keyframeIntervalFrames, int videoKbps) {
        static final Encoding FULL_HD_30 = new Encoding("1920x1080", 30, 0, 60, 3_000);
        static final Encoding HD_60_WITH_B_FRAMES = new Encoding("1280x720", 60, 2, 120, 2_500);
        /// Small enough that the machine has time for a browser beside it.
        static final Encoding SMALL = new Encoding("640x360", 30, 0, 30, 500);

        Encoding withSize(String otherSize) {
            return new Encoding(otherSize, frameRate, bFrames, keyframeIntervalFrames, videoKbps);
        }
    }

    private final ChildProcess process;

    /// @param process whose last argument is the address it sends to
    private FfmpegPublisher(ChildProcess process) {
        this.process = Encoders.sending(process, process.command().getLast());
    }

    /// Pushes until it is stopped.
    static FfmpegPublisher push(String address, Encoding encoding) {
        return new FfmpegPublisher(ChildProcess.start(command(address, encoding, List.of())));
    }

    /// Pushes for a while of media time, then says good-bye by itself.
    static FfmpegPublisher push(String address, Encoding encoding, Duration length) {
        List<String> limit = List.of("-t", Double.toString(length.toMillis() / 1_000.0));
        return new FfmpegPublisher(ChildProcess.start(command(address, encoding, limit)));
    }

    /// Pushes with another FFmpeg and other codecs, for a while of media time.
    static FfmpegPublisher push(FfmpegPrograms programs, String address, EnhancedEncoding encoding, Duration length) {
        return new FfmpegPublisher(programs.start(encoding.command(programs.ffmpeg(), address, length)));
    }

    /// Pushes with another FFmpeg until it is stopped.
    static FfmpegPublisher push(FfmpegPrograms programs, String address, Encoding encoding) {
        List<String> command = command(address, encoding, List.of());
        command.set(0, programs.ffmpeg());
        return new FfmpegPublisher(programs.start(command));
    }

    /// Pushes one of the unusual encodings.
    static FfmpegPublisher push(String address, EncoderCase encoderCase) {
        return new FfmpegPublisher(ChildProcess.start(encoderCase.command(address)));
    }

    /// Pushes several encodings and sounds at once, for a while of media time.
    static FfmpegPublisher pushMultitrack(FfmpegPrograms programs, String address, Duration length) {
        return new FfmpegPublisher(programs.start(MultitrackEncoding.command(programs.ffmpeg(), address, length)));
    }

    /// Pushes a picture with the wall clock in it, until it is stopped: see [ClockPicture].
    static FfmpegPublisher pushClock(String address, Encoding encoding) {
        return new FfmpegPublisher(
                ChildProcess.start(command(address, encoding, ClockPicture.source(encoding), List.of())));
    }

    private static List<String> command(String address, Encoding encoding, List<String> limit) {
        String testPicture = "testsrc2=size=" + encoding.size() + ":rate=" + encoding.frameRate();
        return command(address, encoding, testPicture, limit);
    }

    private static List<String> command(String address, Encoding encoding, String picture, List<String> limit) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-v", "info", "-stats_period", "1"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", picture));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        command.addAll(limit);
        command.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"));
        command.addAll(List.of("-bf", Integer.toString(encoding.bFrames()), "-sc_threshold", "0"));
        command.addAll(List.of("-g", Integer.toString(encoding.keyframeIntervalFrames())));
        command.addAll(List.of("-b:v", encoding.videoKbps() + "k", "-c:a", "aac", "-ac", "2", "-b:a", "128k"));
        command.addAll(List.of("-f", "flv", address));
        return command;
    }

    /// Waits until FFmpeg was let in and media flows.
    FfmpegPublisher awaitSending(Duration atMost) {
        process.awaitLine(line -> line.contains("frame=") && !line.contains("frame=    0"), atMost);
        return this;
    }

    /// Waits until FFmpeg gives up or is done, and returns all it has said.
    String awaitEnd(Duration atMost) {
        process.awaitExit(atMost);
        return process.output();
    }

    void awaitLine(Predicate<String> wanted, Duration atMost) {
        process.awaitLine(wanted, atMost);
    }

    /// Says good-bye as an encoder does whose user presses stop.
    void stop() {
        process.type("q");
        process.awaitExit(TIME_TO_STOP);
    }

    /// Vanishes without a good-bye.
    void kill() {
        process.kill();
    }

    boolean isRunning() {
        return process.isRunning();
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
