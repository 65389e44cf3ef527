package io.lunarstream.bench.glass;

import io.lunarstream.bench.host.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// FFmpeg, which encodes and publishes pictures with the wall clock in their uppermost lines: 20 bars, white for a bit
/// that is set, lowest bit first, of the milliseconds since 1970. `glass.html` reads them.
public final class ClockPublisher {
    /// In words, for reports.
    public static final String DESCRIPTION =
            "640x360, 30 pictures/s, a keyframe every 2 s, x264 without frames that it holds back";

    private static final int BITS = 20;
    private static final String BAR = "if(mod(floor(mod(floor(T*1000)," + (1 << BITS) + ")/pow(2,X)),2),235,16)";

    private static final String PICTURE = "testsrc2=size=640x360:rate=30,split[picture][clock];"
            + "[clock]scale=" + BITS + ":2:flags=neighbor,format=gray,settb=1/1000000,setpts=RTCTIME,"
            + "geq=lum='" + BAR + "',scale=640:32:flags=neighbor,setpts=N/30/TB[bars];"
            + "[picture]settb=1/1000000,setpts=N/30/TB[even];"
            + "[even][bars]overlay=0:0";

    private static final String COMMAND = "ffmpeg -nostdin -v error -re -f lavfi -i " + PICTURE
            + " -re -f lavfi -i sine=frequency=440:sample_rate=48000"
            + " -c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p"
            + " -g 60 -keyint_min 60 -sc_threshold 0 -b:v 1000k -c:a aac -b:a 96k -f flv";

    private ClockPublisher() {}

    /// Starts it. It ends with the workspace.
    ///
    /// @param address with whatever lets the encoder in
    public static void start(Workspace workspace, String address) {
        List<String> command = new ArrayList<>(List.of(COMMAND.split(" ", -1)));
        command.add(address);
        workspace.start(command, Map.of());
    }
}
