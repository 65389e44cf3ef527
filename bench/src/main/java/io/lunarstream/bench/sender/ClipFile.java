package io.lunarstream.bench.sender;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvTag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A clip in an FLV file: H.264 and AAC, as they always were in FLV.
public final class ClipFile {
    /// Second byte of a tag that holds a codec configuration. Source: FLV 10.1, annexes E.4.2.2 and E.4.3.1.
    private static final int CONFIGURATION = 0;

    private ClipFile() {}

    /// Reads the first part of a clip.
    ///
    /// @param lengthMs how much of it
    /// @throws IOException if it cannot be read, or is no FLV file
    public static RecordedLoop loop(Path file, int lengthMs) throws IOException {
        List<FlvTag> configurations = new ArrayList<>();
        List<FlvTag> messages = new ArrayList<>();
        for (FlvTag tag : tags(file)) {
            if (tag.type() == FlvTag.Type.SCRIPT_DATA) {
                continue;
            }
            if (tag.body().getByte(tag.body().readerIndex() + 1) == CONFIGURATION) {
                configurations.add(tag);
            } else if (tag.timestampMs() < lengthMs) {
                messages.add(tag);
            }
        }
        return new RecordedLoop(configurations, messages, lengthMs);
    }

    private static List<FlvTag> tags(Path file) throws IOException {
        ByteBuf bytes = Unpooled.wrappedBuffer(Files.readAllBytes(file));
        FlvFileReader reader = new FlvFileReader();
        List<FlvTag> tags = new ArrayList<>();
        try {
            while (reader.read(bytes) instanceof FlvFileReader.Result.TagRead(FlvTag tag)) {
                tags.add(tag);
            }
        } catch (FlvException e) {
            throw new IOException(file + " is no FLV file", e);
        }
        return tags;
    }
}
