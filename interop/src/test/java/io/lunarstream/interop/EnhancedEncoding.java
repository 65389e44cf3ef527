package io.lunarstream.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What FFmpeg 8.1 encodes and sends by Enhanced RTMP: 320x180 at 25 pictures a second, a keyframe each second, stereo
/// at 48 kHz.
enum EnhancedEncoding {
    HEVC_AAC(Video.HEVC, Audio.AAC),
    HEVC_OPUS(Video.HEVC, Audio.OPUS),
    AV1_OPUS(Video.AV1, Audio.OPUS),
    VP9_OPUS(Video.VP9, Audio.OPUS),
    H264_OPUS(Video.H264, Audio.OPUS),
    H264_FLAC(Video.H264, Audio.FLAC),
    H264_AC3(Video.H264, Audio.AC3);

    static final int WIDTH = 320;
    static final int HEIGHT = 180;
    static final int FRAME_RATE = 25;

    /// How pictures are coded.
    enum Video {
        /// With open groups of pictures, x265's own choice: all keyframes but the first are CRA pictures.
        HEVC("hevc", "hvc1", "hvc1.1.6.L60.", "libx265 -preset fast -x265-params log-level=1:open-gop=1:bframes=2"),
        AV1("av1", "av01", "av01.0.00M.08", "libsvtav1 -preset 12"),
        VP9("vp9", "vp09", "vp09.00.11.08", "libvpx-vp9 -deadline realtime -cpu-used 8"),
        H264("h264", "avc1", "avc1.4d400d", "libx264 -preset ultrafast -bf 2 -sc_threshold 0");

        /// ffprobe's name.
        final String probed;
        /// The four letters in the file.
        final String sampleEntry;
        /// The beginning of its name in `CODECS`.
        final String codecs;

        private final String encoder;

        Video(String probed, String sampleEntry, String codecs, String encoder) {
            this.probed = probed;
            this.sampleEntry = sampleEntry;
            this.codecs = codecs;
            this.encoder = encoder;
        }
    }

    /// How sound is coded.
    enum Audio {
        AAC("aac", "mp4a.40.2", 1_024, "aac"),
        OPUS("opus", "Opus", 960, "libopus"),
        FLAC("flac", "fLaC", 4_608, "flac"),
        AC3("ac3", "ac-3", 1_536, "ac3");

        final String probed;
        final String codecs;
        /// As this encoder cuts it.
        final int samplesPerFrame;

        private final String encoder;

        Audio(String probed, String codecs, int samplesPerFrame, String encoder) {
            this.probed = probed;
            this.codecs = codecs;
            this.samplesPerFrame = samplesPerFrame;
            this.encoder = encoder;
        }
    }

    final Video video;
    final Audio audio;

    EnhancedEncoding(Video video, Audio audio) {
        this.video = video;
        this.audio = audio;
    }

    List<String> command(String ffmpeg, String address, Duration length) {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-hide_banner", "-v", "info", "-stats_period", "1"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i"));
        command.add("testsrc2=size=" + WIDTH + "x" + HEIGHT + ":rate=" + FRAME_RATE);
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        command.addAll(List.of("-t", Long.toString(length.toSeconds()), "-pix_fmt", "yuv420p", "-c:v"));
        command.addAll(List.of(video.encoder.split(" ")));
        command.addAll(List.of("-g", Integer.toString(FRAME_RATE), "-b:v", "300k"));
        command.addAll(List.of("-c:a", audio.encoder, "-ac", "2", "-b:a", "96k", "-f", "flv", address));
        return command;
    }
}
