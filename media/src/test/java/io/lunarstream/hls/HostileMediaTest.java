package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Clip;
import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.fmp4.InitSegment;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real recordings with every byte wrong in turn, where codec configurations and frame headers are: each is refused as
/// FLV or made into segments, and all memory is given back.
class HostileMediaTest implements PackagerListener {
    /// Codec configurations and the first frames of both tracks.
    private static final int SPOILT_TAGS = 6;

    /// As many tags are played, which is enough for a frame behind each configuration.
    private static final int PLAYED_TAGS = 14;

    /// The longest codec configuration and all frame headers are shorter.
    private static final int BYTES_OF_A_TAG = 130;

    private static final int[] WRONG_BITS = {0xFF, 0x01};

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
    private int made;
    private int refused;

    @Override
    public void generation(List<Track> tracks) {
        InitSegment.write(tracks, allocator).release();
    }

    @Override
    public void part(Part part) {
        PartBounds.release(part);
    }

    @Override
    public void segment(Segment segment) {
        made++;
        PartBounds.release(segment.lastPart());
        segment.fragmentedMp4().release();
        segment.transportStream().ifPresent(ByteBuf::release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h264-aac.flv", "hevc-opus.flv", "av1-flac.flv", "vp9-ac3.flv"})
    void isRefusedOrPlayed(String clip) throws FlvException {
        List<FlvTag> tags = tags(clip);
        for (int index = 0; index < SPOILT_TAGS; index++) {
            ByteBuf body = tags.get(index).body();
            for (int at = 0; at < Math.min(body.readableBytes(), BYTES_OF_A_TAG); at++) {
                for (int bits : WRONG_BITS) {
                    int right = body.getByte(body.readerIndex() + at);
                    body.setByte(body.readerIndex() + at, right ^ bits);
                    play(tags);
                    body.setByte(body.readerIndex() + at, right);
                }
            }
        }
        assertThat(made).isPositive();
        assertThat(refused).isPositive();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    private void play(List<FlvTag> tags) {
        FlvVideoReader video = new FlvVideoReader();
        FlvAudioReader audio = new FlvAudioReader();
        try (Packager packager = new Packager(allocator, Optional.empty(), this)) {
            for (FlvTag tag : tags) {
                FlvPacket packet = tag.type() == FlvTag.Type.VIDEO ? video.read(tag.body()) : audio.read(tag.body());
                take(packager, tag.timestampMs(), packet);
            }
        } catch (FlvException e) {
            refused++;
        }
    }

    private static void take(Packager packager, long ms, FlvPacket packet) {
        switch (packet) {
            case FlvPacket.VideoConfiguration(var codec) -> packager.configuration(codec);
            case FlvPacket.AudioConfiguration(var codec) -> packager.configuration(codec);
            case FlvPacket.FrameWithConfiguration(var codec, FlvPacket frame) -> {
                packager.configuration(codec);
                take(packager, ms, frame);
            }
            case FlvPacket.VideoFrame(boolean sync, int offsetMs, ByteBuf data) ->
                packager.frame(new Frame(TrackKey.VIDEO, ms, offsetMs, sync, data, ms));
            case FlvPacket.AudioFrame(ByteBuf data) -> packager.frame(new Frame(TrackKey.AUDIO, ms, 0, true, data, ms));
            case FlvPacket.Multitrack _, FlvPacket.VideoEnd _ -> {}
            case FlvPacket.Ignored _, FlvPacket.Unsupported _ -> {}
        }
    }

    private static List<FlvTag> tags(String clip) throws FlvException {
        List<FlvTag> tags = new ArrayList<>();
        FlvFileReader reader = new FlvFileReader();
        ByteBuf file = Unpooled.wrappedBuffer(Clip.bytes(clip));
        while (reader.read(file) instanceof FlvFileReader.Result.TagRead(FlvTag tag)) {
            if (tag.type() != FlvTag.Type.SCRIPT_DATA) {
                tags.add(tag);
            }
        }
        return tags.subList(0, PLAYED_TAGS);
    }
}
