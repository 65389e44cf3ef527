package io.lunarstream.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.media.Codec;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitSegmentTest {

    @ParameterizedTest
    @CsvSource({
        "1190, mp4a 87: channels 2 rate 48000",
        "2b118800, mp4a 89: channels 2 rate 24000",
        "1010, mp4a 87: channels 2 rate 0"
    })
    void describesAudioByItsCore(String config, String line) throws MalformedException {
        AudioSpecificConfig parsed = AudioSpecificConfig.read(ByteString.fromHex(config));
        Track track = new Track(1, new Codec.Aac(parsed), new Timescale(parsed.samplingFrequency()));
        ByteBuf init = InitSegment.write(List.of(track), UnpooledByteBufAllocator.DEFAULT);
        assertThat(Mp4Dump.of(init)).contains(line).contains("0580808" + "00" + config.length() / 2 + config);
        init.release();
    }
}
