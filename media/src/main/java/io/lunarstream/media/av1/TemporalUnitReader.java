package io.lunarstream.media.av1;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/// Looks into temporal units, that is, all OBUs of one instant, and takes the delimiters out, which samples do not
/// have.
///
/// A unit without a delimiter, or with one at its beginning, is passed on as it is; only others are copied. Source:
/// AV1 Codec ISO Media File Format Binding, section 2.4.
public final class TemporalUnitReader {
    /// `show_existing_frame` 0, `frame_type` 0 (key frame) in 2 bits, `show_frame` 1. Source: AV1, section 5.9.2.
    private static final int SHOWN_KEY_FRAME = 0b0001;

    private final ByteBuf copy = Unpooled.buffer(0);
    private final ObuReader obus = new ObuReader(Unpooled.EMPTY_BUFFER);
    private boolean frameSeen;
    private boolean keyFrame;
    private int inner;
    private int sequenceHeaderStart;
    private int sequenceHeaderEnd;
    private ByteBuf unit = Unpooled.EMPTY_BUFFER;

    /// Checks a unit and returns it without delimiters, in a view that the next call overwrites.
    public ByteBuf read(ByteBuf temporalUnit) throws MalformedException {
        unit = temporalUnit;
        frameSeen = false;
        keyFrame = false;
        inner = 0;
        sequenceHeaderEnd = -1;
        int start = temporalUnit.readerIndex();
        obus.reset(temporalUnit);
        while (obus.next()) {
            switch (obus.type()) {
                case TEMPORAL_DELIMITER -> {
                    inner += obus.start() == start ? 0 : 1;
                    start = obus.start() == start ? obus.end() : start;
                }
                case SEQUENCE_HEADER -> {
                    sequenceHeaderStart = obus.payloadStart();
                    sequenceHeaderEnd = obus.end();
                }
                case FRAME_HEADER, FRAME -> firstFrame();
                case OTHER -> {}
            }
        }
        return inner > 0 ? copied() : temporalUnit.slice(start, temporalUnit.writerIndex() - start);
    }

    /// Whether the unit that was read last begins with a key frame that is shown: a random access point.
    public boolean keyFrame() {
        return keyFrame;
    }

    /// The content of the sequence header in the unit that was read last.
    public Optional<ByteString> sequenceHeader() throws MalformedException {
        if (sequenceHeaderEnd < 0) {
            return Optional.empty();
        }
        int bytes = sequenceHeaderEnd - sequenceHeaderStart;
        if (bytes > Av1SequenceHeader.MAX_BYTES) {
            throw new MalformedException("sequence header of " + bytes + " bytes");
        }
        return Optional.of(ByteString.copyOf(unit, sequenceHeaderStart, bytes));
    }

    private void firstFrame() throws MalformedException {
        if (frameSeen) {
            return;
        }
        if (obus.end() == obus.payloadStart()) {
            throw new MalformedException("frame header is cut off");
        }
        frameSeen = true;
        keyFrame = unit.getUnsignedByte(obus.payloadStart()) >>> 4 == SHOWN_KEY_FRAME;
    }

    private ByteBuf copied() throws MalformedException {
        copy.clear();
        obus.reset(unit);
        while (obus.next()) {
            if (obus.type() != ObuType.TEMPORAL_DELIMITER) {
                copy.writeBytes(unit, obus.start(), obus.end() - obus.start());
            }
        }
        return copy;
    }
}
