package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.dump.TsDump;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.bytes.ByteString;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What encoders' clocks do, from their time stamps to the times in both forms.
class TimeTest {
    private static final int PICTURE_MS = 40;
    private static final int KEYFRAME_INTERVAL_MS = 2_000;
    private static final long AN_HOUR_MS = 3_600_000;
    private static final long WRAP_OF_TS = 1L << 33;
    private static final long DELAY_TICKS = 45_000;

    private final PackagerBench bench = new PackagerBench();
    private long sentMs;
    private long audioFrames;
    private LongUnaryOperator videoStamp = ms -> ms;
    private LongUnaryOperator audioStamp = ms -> ms;

    @AfterEach
    void givesAllMemoryBack() {
        bench.close();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "16777216, 24 bits of ms: extended time stamps begin",
        "95443717, 33 bits of 90 kHz",
        "2147483648, 31 bits of ms: signed numbers overflow",
        "4294967296, 32 bits of ms: the wire wraps",
        "8589934592, 32 bits of ms for the second time"
    })
    void goesThroughEveryWrapOfTheEncodersTimeStamps(long borderMs, String what) {
        bench.announce();
        videoStamp = ms -> borderMs - 3_000 + ms;
        audioStamp = videoStamp;
        send(6_040);
        assertThat(bench.durationsMs).as(what).containsExactly(2_000, 2_000, 2_000);
        assertUnbroken();
    }

    /// The broadcast itself lasts longer than 33 bits of 90 kHz: 26.5 h with few pictures, and audio at both ends.
    @Test
    void goesThroughTheWrapOfMpegTsTimeStamps() {
        long untilMs = WRAP_OF_TS / 90 - 20_000;
        bench.announce();
        send(2_000);
        bench.read(false);
        for (sentMs = 4_000; sentMs < untilMs; sentMs += 3_000) {
            bench.picture(sentMs, true);
            bench.pass(3_000);
        }
        sentMs -= 1_000;
        bench.forget();
        bench.read(true);
        audioFrames = Math.ceilDiv(sentMs * 48, 1_024);
        send(20_040);
        assertThat(bench.discontinuities).isZero();
        assertThat(bench.samples(MediaKind.VIDEO).getLast().dts()).isGreaterThan(WRAP_OF_TS);
        assertThat(bench.pesPackets(MediaKind.VIDEO).getLast().dts()).isLessThan(90_000 * 20);
        assertSameTimesInBothForms();
    }

    /// RTMP rounds to milliseconds; what is heard does not.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1190, 48000, 1024",
        "1210, 44100, 1024",
        "1388, 22050, 1024",
        "2b8a0800, 22050, 1024",
        "1194, 48000, 960",
        "1214, 44100, 960"
    })
    void givesAudioWithoutAGapOrAnOverlap(String config, int samplingFrequency, int samplesPerFrame) {
        bench.announce(Encoder.codec(MediaKind.VIDEO), PackagerBench.aac(config));
        double frameMs = samplesPerFrame * 1_000.0 / samplingFrequency;
        for (int ms = 0; ms <= 20_000; ms += PICTURE_MS) {
            bench.picture(ms, ms % KEYFRAME_INTERVAL_MS == 0);
            for (; audioFrames * frameMs < ms + PICTURE_MS; audioFrames++) {
                bench.audio((long) (audioFrames * frameMs));
            }
            bench.pass(PICTURE_MS);
        }
        bench.packager.interrupt();
        List<Mp4Dump.Found> audio = bench.samples(MediaKind.AUDIO);
        assertThat(audio).hasSize((int) audioFrames);
        assertThat(audio).allMatch(sample -> sample.duration() == samplesPerFrame);
        assertUnbroken();
    }

    /// Ahead in their time stamps, or that much earlier on the wire: it is the same.
    @ParameterizedTest
    @ValueSource(ints = {900, 3_000, 3_500, 9_000, -900, -3_000, -9_000})
    void cutsAtKeyframesHoweverFarAudioIsAhead(int aheadMs) {
        bench.announce();
        audioStamp = ms -> 20_000 + ms + aheadMs;
        videoStamp = ms -> 20_000 + ms;
        send(20_040);
        assertThat(bench.durationsMs).hasSize(10).containsOnly(2_000);
        assertThat(bench.independent).containsOnly(true);
        assertNothingLost(20_040);
        assertThat(startOf(MediaKind.AUDIO) - startOf(MediaKind.VIDEO)).isEqualTo(90L * aheadMs);
        assertUnbroken();
    }

    @Test
    void startsAudioWithTheVideoThatHasAClockOfItsOwn() {
        bench.announce();
        audioStamp = ms -> AN_HOUR_MS + ms;
        send(10_040);
        assertThat(bench.durationsMs).hasSize(5).containsOnly(2_000);
        assertNothingLost(10_040);
        assertThat(startOf(MediaKind.AUDIO) - startOf(MediaKind.VIDEO)).isBetween(0L, 40L * 90);
        assertUnbroken();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3_000, -3_000})
    void goesOnWhileOneTrackPauses(int aheadMs) {
        bench.announce();
        videoStamp = ms -> 20_000 + ms;
        audioStamp = ms -> 20_000 + ms + aheadMs;
        send(4_000);
        for (long end = sentMs + 10_000; sentMs < end; sentMs += PICTURE_MS) {
            sendAudio();
            bench.pass(PICTURE_MS);
        }
        send(4_000);
        for (long end = sentMs + 10_000; sentMs < end; sentMs += PICTURE_MS) {
            sendPicture();
            bench.pass(PICTURE_MS);
        }
        audioFrames += 10_000 * 48 / 1_024;
        send(4_040);
        assertThat(bench.discontinuities).isZero();
        assertThat(bench.packager.dropped()).isZero();
        assertThat(startOfLast(MediaKind.AUDIO) - startOfLast(MediaKind.VIDEO))
                .isBetween((aheadMs - 40) * 90L, (aheadMs + 80) * 90L);
    }

    @ParameterizedTest
    @CsvSource({
        "VIDEO, 3600000",
        "VIDEO, -3600000",
        "VIDEO, 2000",
        "VIDEO, -2000",
        "VIDEO, 700",
        "VIDEO, -5040",
        "KEYFRAME, 3600000",
        "KEYFRAME, -3600000",
        "KEYFRAME, 5000",
        "KEYFRAME, -5000",
        "KEYFRAME, 2000",
        "AUDIO, 3600000",
        "AUDIO, -3600000",
        "AUDIO, 2000",
        "AUDIO, -2000",
        "AUDIO, 200",
        "AUDIO, -5040"
    })
    void isNotTornByOneBadTimestamp(String frame, long offMs) {
        bench.announce();
        long badMs = frame.equals("KEYFRAME") ? 6_000 : 5_040;
        videoStamp = ms -> 20_000 + ms + (ms == badMs && !frame.equals("AUDIO") ? offMs : 0);
        audioStamp = ms -> 20_000 + ms + (audioFrames == 240 && frame.equals("AUDIO") ? offMs : 0);
        send(10_040);
        assertThat(bench.durationsMs).containsExactly(2_000, 2_000, 2_000, 2_000, 2_000);
        assertNothingLost(10_040);
        assertUnbroken();
        assertPicturesAreEven();
    }

    @ParameterizedTest
    @CsvSource({
        "3600000, 5040, 0",
        "3600000, 6000, 1",
        "-3600000, 5040, 0",
        "-3600000, 6000, 1",
        "10000, 5040, 0",
    })
    void movesBothTracksTogetherWhenTimeJumps(long jumpMs, long atMs, int discontinuities) {
        bench.announce();
        videoStamp = ms -> AN_HOUR_MS + ms + (ms < atMs ? 0 : jumpMs);
        audioStamp = videoStamp;
        send(20_040);
        assertThat(bench.discontinuities).isEqualTo(1);
        assertThat(bench.packager.dropped()).isZero();
        assertThat(bench.durationsMs.stream().mapToInt(ms -> ms).sum()).isBetween(19_990, 20_100);
        assertThat(startOfLast(MediaKind.AUDIO) - startOfLast(MediaKind.VIDEO)).isBetween(-2L * 90, 42L * 90);
    }

    @ParameterizedTest
    @CsvSource({"AUDIO, 3600000", "AUDIO, -3600000", "AUDIO, 20000", "VIDEO, 3600000", "VIDEO, -3600000", "VIDEO, 20000"
    })
    void keepsBothTracksTogetherWhenOneJumpsAlone(MediaKind kind, long jumpMs) {
        bench.announce();
        LongUnaryOperator jumping = ms -> AN_HOUR_MS + ms + (ms < 5_040 ? 0 : jumpMs);
        LongUnaryOperator steady = ms -> AN_HOUR_MS + ms;
        videoStamp = kind == MediaKind.VIDEO ? jumping : steady;
        audioStamp = kind == MediaKind.AUDIO ? jumping : steady;
        send(20_040);
        assertThat(bench.durationsMs.stream().mapToInt(ms -> ms).sum()).isBetween(19_990, 20_100);
        assertNothingLost(20_040);
        assertThat(bench.discontinuities).isEqualTo(kind == MediaKind.VIDEO ? 1 : 0);
        assertThat(startOfLast(MediaKind.AUDIO) - startOfLast(MediaKind.VIDEO)).isBetween(-42L * 90, 62L * 90);
    }

    /// Without video there is nothing to say that time did not jump: one discontinuity, and nothing lost.
    @ParameterizedTest
    @CsvSource({"3600000, 1, 1000", "3600000, 1000, 1", "-3600000, 1, 1000", "-3600000, 1000, 1"})
    void followsAudioAlone(long jumpMs, int oddFrames, int believed) {
        bench.announce(PackagerBench.aac("1190"));
        for (int i = 0; i < 1_000; i++) {
            long jump = i >= 300 && i < 300 + oddFrames ? jumpMs : 0;
            bench.audio(AN_HOUR_MS + Math.round(i * 1_024 / 48.0) + jump);
            bench.pass(21);
        }
        bench.packager.interrupt();
        assertThat(bench.discontinuities).isEqualTo(believed == 1 ? 1 : 0);
        assertThat(bench.samples(MediaKind.AUDIO)).hasSize(1_000);
        assertThat(bench.packager.dropped()).isZero();
    }

    /// An encoder whose sound card runs at another speed than its clock: 300 parts in a million.
    @ParameterizedTest
    @ValueSource(doubles = {1.0003, 0.9997})
    void keepsAudioWithinAFrameOfVideoWhoseClockDriftsAway(double speed) {
        bench.announce();
        audioStamp = ms -> Math.round(ms * speed);
        for (int minute = 0; minute < 30; minute++) {
            bench.forget();
            send(60_000);
        }
        long lastStampMs = audioStamp.applyAsLong(Math.round((audioFrames - 1) * 1_024 / 48.0));
        long audioMs = (startOfLast(MediaKind.AUDIO) - 10_000 * 90) / 90;
        send(40);
        assertThat(Math.abs(audioMs - lastStampMs)).isLessThan(2_022);
        assertThat(bench.discontinuities).isZero();
        assertThat(bench.packager.repairs()).isBetween(20L, 30L);
    }

    private void send(int lengthMs) {
        for (long end = sentMs + lengthMs; sentMs < end; sentMs += PICTURE_MS) {
            sendPicture();
            sendAudio();
            bench.pass(PICTURE_MS);
        }
    }

    private void sendPicture() {
        bench.picture(videoStamp.applyAsLong(sentMs), sentMs % KEYFRAME_INTERVAL_MS == 0);
    }

    private void sendAudio() {
        for (; audioFrames * 1_024 < (sentMs + PICTURE_MS) * 48; audioFrames++) {
            bench.audio(audioStamp.applyAsLong(Math.round(audioFrames * 1_024 / 48.0)));
        }
    }

    private void assertNothingLost(int sentMs) {
        bench.packager.interrupt();
        assertThat(bench.packager.dropped()).isZero();
        assertThat(bench.samples(MediaKind.VIDEO)).hasSize(sentMs / PICTURE_MS);
        assertThat(bench.samples(MediaKind.AUDIO)).hasSize((int) audioFrames);
    }

    private void assertPicturesAreEven() {
        assertThat(bench.samples(MediaKind.VIDEO))
                .allSatisfy(sample -> assertThat(sample.duration()).isBetween(38L * 90, 42L * 90));
    }

    /// No discontinuity, every sample ends where the next begins, and both forms say the same.
    private void assertUnbroken() {
        assertThat(bench.discontinuities).isZero();
        for (MediaKind kind : MediaKind.values()) {
            List<Mp4Dump.Found> samples = bench.samples(kind);
            for (int i = 1; i < samples.size(); i++) {
                Mp4Dump.Found before = samples.get(i - 1);
                assertThat(samples.get(i).dts()).as("%s %d", kind, i).isEqualTo(before.dts() + before.duration());
            }
        }
        assertSameTimesInBothForms();
    }

    private void assertSameTimesInBothForms() {
        List<Mp4Dump.Found> pictures = bench.samples(MediaKind.VIDEO);
        List<TsDump.Pes> pesPackets = bench.pesPackets(MediaKind.VIDEO);
        assertThat(pesPackets).hasSameSizeAs(pictures);
        for (int i = 0; i < pictures.size(); i++) {
            long dts = pictures.get(i).dts();
            assertThat(pesPackets.get(i).dts()).isEqualTo((dts + DELAY_TICKS) % WRAP_OF_TS);
            assertThat(pesPackets.get(i).pcr()).isEqualTo(dts % WRAP_OF_TS);
        }
        List<Mp4Dump.Found> audio = bench.samples(MediaKind.AUDIO);
        int frame = 0;
        for (TsDump.Pes pes : bench.pesPackets(MediaKind.AUDIO)) {
            long ticks = mpeg(MediaKind.AUDIO, audio.get(frame).dts());
            assertThat(pes.pts()).isEqualTo((ticks + DELAY_TICKS) % WRAP_OF_TS);
            frame += adtsFrames(pes.payload());
        }
        assertThat(frame).isEqualTo(audio.size());
    }

    private static int adtsFrames(ByteString payload) {
        int frames = 0;
        for (int at = 0; at < payload.size(); frames++) {
            at += (payload.at(at + 3) & 0b11) << 11 | payload.at(at + 4) << 3 | payload.at(at + 5) >>> 5;
        }
        return frames;
    }

    private long startOf(MediaKind kind) {
        return mpeg(kind, bench.samples(kind).getFirst().dts());
    }

    private long startOfLast(MediaKind kind) {
        return mpeg(kind, bench.samples(kind).getLast().dts());
    }

    private long mpeg(MediaKind kind, long ticks) {
        return bench.track(kind).timescale().convert(ticks, Timescale.MPEG);
    }
}
