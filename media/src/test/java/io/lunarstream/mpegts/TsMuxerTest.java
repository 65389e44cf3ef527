package io.lunarstream.mpegts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.dump.Clip;
import io.lunarstream.dump.TsDump;
import io.lunarstream.dump.TsDump.Pes;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TsMuxerTest {
    private static final Clip CLIP = Clip.load("h264-aac.flv");
    private static final Track VIDEO = track(MediaKind.VIDEO);
    private static final Track AUDIO = track(MediaKind.AUDIO);
    private static final long WRAP = 1L << 33;
    private static final long DELAY = 45_000;
    private static final String DELIMITER = "0000000109f0";
    private static final String PARAMETER_SETS =
            "000000016764000aacd94626c044000003000400000300c83c489658" + "0000000168ebe0412c8b";

    private final TsDump dump = new TsDump();

    @Test
    void fillsTheLastPacketToTheByteWhateverTheSize() {
        TsMuxer muxer = new TsMuxer(List.of(VIDEO));
        for (int bytes = 1; bytes <= 3 * 188; bytes++) {
            byte[] slice = new byte[bytes];
            slice[0] = 0x41;
            ByteBuf data = Unpooled.buffer().writeInt(bytes).writeBytes(slice);
            write(muxer, VIDEO, List.of(new Sample(bytes * 3_000L, 0, false, data)));
            String payload = dump.pesPackets().getLast().payload().toString();
            assertThat(payload).isEqualTo(DELIMITER + "00000001" + ByteBufUtil.hexDump(slice));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "000000026588, " + DELIMITER + PARAMETER_SETS + "000000016588, an IDR picture without parameter sets",
        "000000016700000001680000000165, " + DELIMITER + "000000016700000001680000000165, with them",
        "00000001670000000165, " + DELIMITER + PARAMETER_SETS + "00000001670000000165, with an SPS only",
        "0000000141, " + DELIMITER + "0000000141, another picture",
        "0000000209f00000000141, " + DELIMITER + "0000000141, with a delimiter of its own"
    })
    void writesAnAccessUnit(String sample, String payload, String what) {
        boolean sync = sample.contains("65");
        write(new TsMuxer(List.of(VIDEO)), VIDEO, List.of(new Sample(0, 0, sync, buffer(sample))));
        assertThat(dump.pesPackets().getFirst().payload()).as(what).hasToString(payload);
        assertThat(dump.pesPackets().getFirst().randomAccess()).isEqualTo(sync);
    }

    @Test
    void leavesTheSamplesIndexesAlone() {
        ByteBuf data =
                Unpooled.buffer().writeZero(3).writeInt(1).writeByte(0x41).skipBytes(3);
        write(new TsMuxer(List.of(VIDEO)), VIDEO, List.of(new Sample(0, 0, false, data)));
        assertThat(data.readerIndex()).isEqualTo(3);
        assertThat(data.writerIndex()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 7200", "3600, -3600", "0, -3600", "8589934591, 3", "8589934500, 7200", "100000000000, 0"})
    void wrapsTimeStampsAt33Bits(long dts, int compositionOffset) {
        write(new TsMuxer(List.of(VIDEO)), VIDEO, List.of(new Sample(dts, compositionOffset, false, slice())));
        Pes pes = dump.pesPackets().getFirst();
        assertThat(pes.dts()).isEqualTo((dts + DELAY) % WRAP);
        assertThat(pes.pts()).isEqualTo((dts + compositionOffset + DELAY) % WRAP);
        assertThat(pes.pcr()).isEqualTo(dts % WRAP);
    }

    @Test
    void givesAPcrEvery100MsThoughPicturesAreFarApart() {
        List<Sample> twoPicturesPerSecond = IntStream.range(0, 5)
                .mapToObj(i -> new Sample(i * 45_000L, 0, false, slice()))
                .toList();
        write(new TsMuxer(List.of(VIDEO)), VIDEO, twoPicturesPerSecond);
        List<Long> pcrs = dump.pcrs();
        assertThat(pcrs).startsWith(0L).endsWith(180_000L);
        for (int i = 1; i < pcrs.size(); i++) {
            assertThat(pcrs.get(i) - pcrs.get(i - 1)).isBetween(1L, 9_000L);
        }
    }

    @Test
    void doesNotFillAJumpOfTime() {
        write(
                new TsMuxer(List.of(VIDEO)),
                VIDEO,
                List.of(new Sample(0, 0, false, slice()), new Sample(1L << 40, 0, false, slice())));
        assertThat(dump.pcrs()).hasSize(2);
    }

    /// The dump fails on a continuity counter that leaps.
    @Test
    void goesOnWithTheCountersOfTheMuxerBefore() {
        TsMuxer before = new TsMuxer(List.of(VIDEO, AUDIO));
        write(before, VIDEO, List.of(new Sample(0, 0, true, slice()), new Sample(3_600, 0, false, slice())));
        TsMuxer next = new TsMuxer(List.of(VIDEO));
        next.continueFrom(before);
        write(next, VIDEO, List.of(new Sample(7_200, 0, true, slice())));
        assertThat(dump.pesPackets()).hasSize(3);
    }

    /// A decoder drops pictures whose time the clock has passed.
    @Test
    void keepsTheClockBehindThePicturesThoughAudioIsAhead() {
        TsMuxer muxer = new TsMuxer(List.of(VIDEO, AUDIO));
        ByteBuf segment = Unpooled.buffer();
        muxer.startSegment(segment);
        for (int i = 0; i < 50; i++) {
            muxer.write(VIDEO, new Sample(i * 3_600L, 0, i == 0, slice()));
            muxer.write(AUDIO, new Sample(AUDIO.timescale().ofMillis(3_000 + i * 40L), 0, true, slice()));
        }
        muxer.endSegment();
        dump.segment(segment);
        assertThat(dump.pesPackets())
                .filteredOn(pes -> pes.pid() == 0x100)
                .hasSize(50)
                .allSatisfy(pes -> assertThat(pes.pcr()).isEqualTo(pes.dts() - DELAY));
    }

    @Test
    void beginsWithAPcrThoughAudioComesFirst() {
        TsMuxer muxer = new TsMuxer(List.of(VIDEO, AUDIO));
        write(muxer, AUDIO, List.of(frame(9_000, 10)));
        assertThat(dump.pcrs()).containsExactly(18_367L);
    }

    @Test
    void gathersAudioFor100Ms() {
        List<Sample> frames =
                IntStream.range(0, 10).mapToObj(i -> frame(i * 1_024L, 10)).toList();
        write(new TsMuxer(List.of(AUDIO)), AUDIO, frames);
        assertThat(dump.pesPackets())
                .extracting(pes -> pes.payload().size() / 17)
                .containsExactly(4, 4, 2);
        assertThat(dump.pesPackets()).extracting(pes -> pes.pts() - DELAY).containsExactly(0L, 8_359L, 16_718L);
    }

    @Test
    void givesAudioBehindAGapItsOwnTime() {
        List<Sample> frames = List.of(frame(0, 10), frame(1_024, 10), frame(3_072, 10));
        write(new TsMuxer(List.of(AUDIO)), AUDIO, frames);
        assertThat(dump.pesPackets()).extracting(pes -> pes.pts() - DELAY).containsExactly(0L, 6_269L);
    }

    @Test
    void boundsGatheredAudioInBytes() {
        List<Sample> frames =
                IntStream.range(0, 4).mapToObj(i -> frame(i * 1_024L, 8_184)).toList();
        write(new TsMuxer(List.of(AUDIO)), AUDIO, frames);
        assertThat(dump.pesPackets()).hasSize(4);
    }

    @Test
    void countsOnFromOneSegmentToTheNext() {
        TsMuxer muxer = new TsMuxer(List.of(VIDEO, AUDIO));
        for (int segment = 0; segment < 40; segment++) {
            write(muxer, VIDEO, List.of(new Sample(segment * 90_000L, 0, false, slice())));
        }
        assertThat(dump.pesPackets()).hasSize(40);
    }

    @Test
    void refusesMisuse() {
        TsMuxer muxer = new TsMuxer(List.of(VIDEO));
        Sample sample = new Sample(0, 0, false, slice());
        assertThatThrownBy(() -> muxer.write(VIDEO, sample)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(muxer::endSegment).isInstanceOf(IllegalStateException.class);
        muxer.startSegment(Unpooled.buffer());
        assertThatThrownBy(() -> muxer.startSegment(Unpooled.buffer())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> muxer.write(AUDIO, sample)).isInstanceOf(IllegalArgumentException.class);
        for (String broken : List.of("00000002", "0000000241", "ffffffff41", "fffffffc41", "0000000041")) {
            assertThatThrownBy(() -> muxer.write(VIDEO, new Sample(0, 0, false, buffer(broken))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new TsMuxer(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private void write(TsMuxer muxer, Track track, List<Sample> samples) {
        ByteBuf segment = Unpooled.buffer();
        muxer.startSegment(segment);
        samples.forEach(sample -> muxer.write(track, sample));
        muxer.endSegment();
        assertThat(dump.segment(segment)).startsWith("PAT");
    }

    private static ByteBuf slice() {
        return buffer("0000000141");
    }

    private static Sample frame(long dts, int bytes) {
        return new Sample(dts, 0, true, Unpooled.wrappedBuffer(new byte[bytes]));
    }

    private static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private static Track track(MediaKind kind) {
        return CLIP.tracks().stream()
                .filter(track -> track.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
