package io.lunarstream.mpegts;

import io.lunarstream.dump.Clip;
import io.lunarstream.dump.Golden;
import io.lunarstream.dump.TsDump;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsMuxerGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"h264-aac", "h264", "aac"})
    void writesTheClipAsBefore(String name) {
        Clip clip = Clip.load(name + ".flv");
        TsMuxer muxer = new TsMuxer(clip.tracks());
        TsDump dump = new TsDump();
        StringBuilder text = new StringBuilder();
        ByteBuf segment = Unpooled.buffer();
        muxer.startSegment(segment);
        for (Clip.TrackSample timed : clip.samples()) {
            boolean cut = timed.sample().sync()
                    && timed.sample().dts() > 0
                    && timed.track().id() == 1
                    && name.startsWith("h264");
            if (cut) {
                muxer.endSegment();
                text.append("segment\n").append(dump.segment(segment));
                segment = Unpooled.buffer();
                muxer.startSegment(segment);
            }
            muxer.write(timed.track(), timed.sample());
        }
        muxer.endSegment();
        text.append("segment\n").append(dump.segment(segment));
        Golden.assertMatches("ts-" + name, text.toString());
    }
}
