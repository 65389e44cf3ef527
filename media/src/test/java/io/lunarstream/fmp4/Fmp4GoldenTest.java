package io.lunarstream.fmp4;

import io.lunarstream.dump.Clip;
import io.lunarstream.dump.Golden;
import io.lunarstream.dump.Mp4Dump;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Fmp4GoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"h264-aac", "h264", "aac", "hevc-opus", "av1-flac", "vp9-ac3"})
    void writesTheClipAsBefore(String name) {
        Clip clip = Clip.load(name + ".flv");
        ByteBuf init = InitSegment.write(clip.tracks(), UnpooledByteBufAllocator.DEFAULT);
        try (FragmentWriter writer = new FragmentWriter(clip.tracks(), UnpooledByteBufAllocator.DEFAULT)) {
            clip.samples().forEach(timed -> writer.write(timed.track(), timed.sample()));
            ByteBuf fragment = writer.finish(clip::endDts);
            Golden.assertMatches("fmp4-" + name, Mp4Dump.of(init) + Mp4Dump.of(fragment));
            fragment.release();
        }
        init.release();
    }
}
