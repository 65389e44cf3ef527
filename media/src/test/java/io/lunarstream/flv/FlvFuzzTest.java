package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.fmp4.InitSegment;
import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.hls.Frame;
import io.lunarstream.hls.Packager;
import io.lunarstream.hls.PackagerListener;
import io.lunarstream.hls.Part;
import io.lunarstream.hls.Segment;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/// Fuzzes FLV files, and so the bodies of audio and video messages, classic and enhanced: what the readers take can be
/// made into segments.
class FlvFuzzTest {
    private static final int MOST_MEMORY = 16 << 20;

    @FuzzTest
    @Timeout(10)
    void isRefusedOrMadeIntoSegments(byte[] file) {
        try (CountedMemory memory = new CountedMemory(MOST_MEMORY);
                Packager packager = new Packager(memory, Optional.empty(), new Releasing(memory))) {
            try {
                play(Unpooled.wrappedBuffer(file), packager);
            } catch (FlvException e) {
                assertThat(e).hasMessageMatching("\\P{Cntrl}+");
            }
        }
    }

    private static void play(ByteBuf file, Packager packager) throws FlvException {
        FlvFileReader reader = new FlvFileReader();
        FlvVideoReader video = new FlvVideoReader();
        FlvAudioReader audio = new FlvAudioReader();
        while (reader.read(file) instanceof FlvFileReader.Result.TagRead(FlvTag tag)) {
            switch (tag.type()) {
                case VIDEO -> take(packager, tag.timestampMs(), video.read(tag.body()));
                case AUDIO -> take(packager, tag.timestampMs(), audio.read(tag.body()));
                case SCRIPT_DATA -> {}
            }
        }
    }

    private static void take(Packager packager, long ms, FlvPacket packet) {
        if (packet instanceof FlvPacket.Multitrack(List<FlvPacket.TrackPacket> packets)) {
            packets.forEach(each -> take(packager, each.trackId(), ms, each.packet()));
        } else {
            take(packager, /* trackId= */ 0, ms, packet);
        }
    }

    private static void take(Packager packager, int trackId, long ms, FlvPacket packet) {
        TrackKey video = new TrackKey(MediaKind.VIDEO, trackId);
        TrackKey audio = new TrackKey(MediaKind.AUDIO, trackId);
        switch (packet) {
            case FlvPacket.VideoConfiguration(Codec codec) -> packager.configuration(video, codec);
            case FlvPacket.AudioConfiguration(Codec codec) -> packager.configuration(audio, codec);
            case FlvPacket.FrameWithConfiguration(Codec codec, FlvPacket frame) -> {
                packager.configuration(new TrackKey(codec.kind(), trackId), codec);
                take(packager, trackId, ms, frame);
            }
            case FlvPacket.VideoFrame(boolean sync, int compositionTimeMs, ByteBuf data) ->
                packager.frame(new Frame(video, ms, compositionTimeMs, sync, data, ms));
            case FlvPacket.AudioFrame(ByteBuf data) ->
                packager.frame(new Frame(audio, ms, /* compositionTimeMs= */ 0, /* sync= */ true, data, ms));
            case FlvPacket.Multitrack _, FlvPacket.VideoEnd _ -> {}
            case FlvPacket.Ignored _, FlvPacket.Unsupported _ -> {}
        }
    }

    /// Gives back all that it is given.
    private record Releasing(CountedMemory memory) implements PackagerListener {
        @Override
        public void generation(List<Track> tracks) {
            InitSegment.write(tracks, memory).release();
        }

        @Override
        public void part(Part part) {
            part.bytes().release();
            part.transportStream().ifPresent(ByteBuf::release);
        }

        @Override
        public void segment(Segment segment) {
            part(segment.lastPart());
            segment.fragmentedMp4().release();
            segment.transportStream().ifPresent(ByteBuf::release);
        }
    }
}
