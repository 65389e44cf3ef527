package io.lunarstream.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What FFmpeg 8.1 sends by Enhanced RTMP multitrack: one picture in two encodings with the same keyframes, and two
/// sounds.
final class MultitrackEncoding {
    static final int LARGE_WIDTH = 640;
    static final int SMALL_WIDTH = 320;
    static final int FRAME_RATE = 25;

    private MultitrackEncoding() {}

    static List<String> command(String ffmpeg, String address, Duration length) {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-hide_banner", "-v", "info", "-stats_period", "1"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i"));
        command.add("testsrc2=size=" + LARGE_WIDTH + "x360:rate=" + FRAME_RATE);
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=880:sample_rate=48000"));
        command.addAll(List.of("-t", Long.toString(length.toSeconds())));
        command.addAll(List.of("-filter_complex", "[0:v]split[large][b];[b]scale=" + SMALL_WIDTH + ":180[small]"));
        command.addAll(List.of("-map", "[large]", "-map", "[small]", "-map", "1:a", "-map", "2:a"));
        command.addAll(List.of("-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2"));
        command.addAll(List.of("-sc_threshold", "0", "-g", Integer.toString(FRAME_RATE)));
        command.addAll(List.of("-b:v:0", "600k", "-b:v:1", "150k"));
        command.addAll(List.of("-c:a", "aac", "-ac", "2", "-b:a", "96k", "-f", "flv", address));
        return command;
    }
}
