package io.lunarstream.interop;

import com.microsoft.playwright.Page;
import java.util.Map;

/// A test picture with the wall clock in its uppermost lines: 20 bars, white for a bit that is set, lowest bit first,
/// of the milliseconds since 1970. FFmpeg draws it when it makes the picture; a browser reads it from the frame that
/// it shows.
final class ClockPicture {
    private static final int BITS = 20;
    private static final int WRAPS_AT_MS = 1 << BITS;
    private static final int BAR_PIXELS = 32;
    private static final int HEIGHT = 32;

    private ClockPicture() {}

    /// The picture as a source of FFmpeg's. Its width must be 640 pixels.
    static String source(FfmpegPublisher.Encoding encoding) {
        String evenly = "setpts=N/" + encoding.frameRate() + "/TB";
        String bar = "if(mod(floor(mod(floor(T*1000)," + WRAPS_AT_MS + ")/pow(2,X)),2),235,16)";
        return "testsrc2=size=" + encoding.size() + ":rate=" + encoding.frameRate() + ",split[picture][clock];"
                + "[clock]scale=" + BITS + ":2:flags=neighbor,format=gray,settb=1/1000000,setpts=RTCTIME,"
                + "geq=lum='" + bar + "',scale=" + BITS * BAR_PIXELS + ":" + HEIGHT + ":flags=neighbor,"
                + evenly + "[bars];"
                + "[picture]settb=1/1000000," + evenly + "[even];"
                + "[even][bars]overlay=0:0";
    }

    /// How old the frame is that a page shows now, in milliseconds.
    static int ageMs(Page page) {
        Object age =
                page.evaluate("""
                ({bits, wrap, pixels, line}) => {
                  const video = document.getElementById("video");
                  const canvas = document.createElement("canvas");
                  canvas.width = bits * pixels;
                  canvas.height = 1;
                  const context = canvas.getContext("2d");
                  context.drawImage(video, 0, line, bits * pixels, 1, 0, 0, bits * pixels, 1);
                  const now = Date.now() % wrap;
                  const row = context.getImageData(0, 0, bits * pixels, 1).data;
                  let shown = 0;
                  for (let bit = 0; bit < bits; bit += 1) {
                    shown += row[4 * (bit * pixels + pixels / 2)] > 128 ? 2 ** bit : 0;
                  }
                  return (now - shown + wrap) % wrap;
                }
                """, Map.of("bits", BITS, "wrap", WRAPS_AT_MS, "pixels", BAR_PIXELS, "line", HEIGHT / 2));
        return ((Number) age).intValue();
    }
}
