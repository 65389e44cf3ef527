package io.lunarstream.server;

import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.media.Codec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The clip of the demo, for tests that need real media: 30 pictures a second, a keyframe every second, AAC.
public final class Clip {
    private static final String RESOURCE = "/io/lunarstream/server/demo/test-picture.flv";

    private Clip() {}

    /// Its tags with media or codec configurations, in order.
    public static List<FlvTag> tags() {
        List<FlvTag> tags = new ArrayList<>();
        FlvFileReader reader = new FlvFileReader();
        ByteBuf file = Unpooled.wrappedBuffer(bytes());
        try {
            while (reader.read(file) instanceof FlvFileReader.Result.TagRead(FlvTag tag)) {
                if (tag.type() != FlvTag.Type.SCRIPT_DATA) {
                    tags.add(tag);
                }
            }
        } catch (FlvException e) {
            throw new AssertionError("the clip is broken", e);
        }
        return tags;
    }

    /// The codec configurations of its tracks.
    public static List<Codec> codecs() {
        List<Codec> codecs = new ArrayList<>();
        for (FlvTag tag : tags().subList(0, 4)) {
            switch (packet(tag)) {
                case FlvPacket.VideoConfiguration(var codec) -> codecs.add(codec);
                case FlvPacket.AudioConfiguration(var codec) -> codecs.add(codec);
                case FlvPacket.FrameWithConfiguration(var codec, var _) -> codecs.add(codec);
                case FlvPacket.VideoFrame _, FlvPacket.AudioFrame _, FlvPacket.VideoEnd _ -> {}
                case FlvPacket.Multitrack _, FlvPacket.Unsupported _, FlvPacket.Ignored _ -> {}
            }
        }
        return codecs;
    }

    private static FlvPacket packet(FlvTag tag) {
        try {
            return tag.type() == FlvTag.Type.VIDEO
                    ? new FlvVideoReader().read(tag.body())
                    : new FlvAudioReader().read(tag.body());
        } catch (FlvException e) {
            throw new AssertionError("the clip is broken", e);
        }
    }

    private static byte[] bytes() {
        try (InputStream clip = Clip.class.getResourceAsStream(RESOURCE)) {
            if (clip == null) {
                throw new AssertionError("no clip");
            }
            return clip.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("the clip cannot be read", e);
        }
    }
}
