package io.lunarstream.server.command;

/// The command that broadcasts a test picture with FFmpeg, to be copied into a shell.
public final class TestPicture {
    private TestPicture() {}

    /// The command that sends to one livestream.
    ///
    /// @param address RTMP server, stream key and push token
    public static String command(String address) {
        return "ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -f lavfi -i sine=frequency=440"
                + " -c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -g 60 -b:v 2500k -c:a aac"
                + " -f flv " + quoted(address);
    }

    /// As one word of a shell's command, whatever it holds.
    private static String quoted(String text) {
        return "'" + Printable.line(text).replace("'", "'\\''") + "'";
    }
}
