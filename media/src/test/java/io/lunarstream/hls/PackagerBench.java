package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.dump.TsDump;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A packager with an encoder before it, frame by frame, and a reader of both forms behind it.
///
/// What it has made is read at once and given back, so that a broadcast of days fits. Closing checks that every segment
/// kept its bounds and that all memory came back.
final class PackagerBench implements PackagerListener, AutoCloseable {
    private static final long WIRE = 0xFFFF_FFFFL;
    private static final byte[] IDR = {0, 0, 0, 2, 0x65, (byte) 0x88};
    private static final byte[] NON_IDR = {0, 0, 0, 2, 0x41, (byte) 0x9A};
    private static final byte[] AUDIO = {0x21, 0x10, 0x04};

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
    private final TsDump transportStream = new TsDump();
    private final List<Mp4Dump.Found> samples = new ArrayList<>();
    private final List<Part> partsOfSegment = new ArrayList<>();
    private List<Track> tracks = List.of();

    final Packager packager = new Packager(allocator, Optional.empty(), this);

    /// How long the segments are, in milliseconds.
    final List<Integer> durationsMs = new ArrayList<>();

    /// Whether segments begin with a keyframe, or with audio where there is no video.
    final List<Boolean> independent = new ArrayList<>();

    int generations;
    int discontinuities;
    private boolean reading = true;
    private long clockMs = 1_000_000_000_000L;

    PackagerBench announce(Codec... codecs) {
        for (Codec codec : codecs) {
            packager.configuration(codec);
        }
        return this;
    }

    /// H.264 of a real stream, and AAC at 48 kHz.
    PackagerBench announce() {
        return announce(Encoder.codec(MediaKind.VIDEO), aac("1190"));
    }

    /// AAC by its AudioSpecificConfig in hexadecimal.
    static Codec aac(String config) {
        try {
            return new Codec.Aac(AudioSpecificConfig.read(ByteString.fromHex(config)));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /// @param ms time stamp before it wraps
    void picture(long ms, boolean sync) {
        picture(ms, sync, sync ? IDR : NON_IDR);
    }

    void picture(long ms, boolean sync, byte[] data) {
        frame(MediaKind.VIDEO, ms, sync, data);
    }

    void audio(long ms) {
        frame(MediaKind.AUDIO, ms, true, AUDIO);
    }

    private void frame(MediaKind kind, long ms, boolean sync, byte[] bytes) {
        ByteBuf data = Unpooled.wrappedBuffer(bytes);
        packager.frame(new Frame(TrackKey.defaultOf(kind), ms & WIRE, 0, sync, data, clockMs));
    }

    /// Time passes at the encoder.
    void pass(long ms) {
        clockMs += ms;
    }

    /// Samples of a kind in all fragments so far, oldest first.
    List<Mp4Dump.Found> samples(MediaKind kind) {
        long trackId = track(kind).id();
        return samples.stream().filter(sample -> sample.trackId() == trackId).toList();
    }

    /// PES packets of a kind in all segments so far, oldest first.
    List<TsDump.Pes> pesPackets(MediaKind kind) {
        int pid = 0x100 + tracks.indexOf(track(kind));
        return transportStream.pesPackets().stream()
                .filter(pes -> pes.pid() == pid)
                .toList();
    }

    Track track(MediaKind kind) {
        return tracks.stream().filter(track -> track.kind() == kind).findFirst().orElseThrow();
    }

    /// Whether what is made from now on is read, or only given back.
    void read(boolean reads) {
        reading = reads;
    }

    /// Forgets what was read so far.
    void forget() {
        samples.clear();
        transportStream.pesPackets().clear();
        durationsMs.clear();
        independent.clear();
    }

    @Override
    public void generation(List<Track> tracks) {
        this.tracks = tracks;
        generations++;
    }

    @Override
    public void part(Part part) {
        partsOfSegment.add(part);
    }

    @Override
    public void segment(Segment segment) {
        partsOfSegment.add(segment.lastPart());
        assertThat(segment.durationTicks()).isPositive().isLessThanOrEqualTo(90_000L * segment.targetDurationSeconds());
        durationsMs.add((int) (segment.durationTicks() / 90));
        independent.add(partsOfSegment.getFirst().independent());
        discontinuities += segment.start().discontinuity() ? 1 : 0;
        if (reading) {
            samples.addAll(Mp4Dump.samples(plain(segment.fragmentedMp4())));
            segment.transportStream().ifPresent(bytes -> transportStream.segment(plain(bytes)));
        }
        segment.fragmentedMp4().release();
        segment.transportStream().ifPresent(ByteBuf::release);
        partsOfSegment.forEach(PartBounds::release);
        partsOfSegment.clear();
    }

    /// Buffers that are watched for leaks are slow to read.
    private static ByteBuf plain(ByteBuf watched) {
        return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(watched));
    }

    @Override
    public void close() {
        packager.close();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }
}
